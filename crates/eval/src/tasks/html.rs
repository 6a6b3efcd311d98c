//! `html`: the article of a page.

use super::{Failure, field};
use flate2::read::GzDecoder;
use serde_json::{Value, json};
use std::io::Read;
use std::path::{Path, PathBuf};

/// Bytes of a page that are read at the most.
const LARGEST: u64 = 64 << 20;

/// The folder of pages beside a masked file or, for masked files elsewhere, the one that `DATELINE_PAGES` names.
pub(crate) fn pages(input: &Path) -> Result<PathBuf, Failure> {
    if let Some(folder) = std::env::var_os("DATELINE_PAGES") {
        return Ok(folder.into());
    }
    Ok(input.parent().ok_or("the input has no folder")?.to_path_buf())
}

pub(crate) fn answer(folder: &Path, row: &Value) -> Result<Value, Failure> {
    let file = field(row, "file");
    let path = [folder.join(file), folder.join("html-dev").join(file)].into_iter().find(|p| p.is_file());
    let path = path.ok_or_else(|| format!("no page `{file}` in {}", folder.display()))?;
    let mut bytes = std::fs::read(&path)?;
    if path.extension().is_some_and(|e| e == "gz") {
        let mut page = Vec::new();
        GzDecoder::new(&bytes[..]).take(LARGEST).read_to_end(&mut page)?;
        bytes = page;
    }
    let html = String::from_utf8_lossy(&bytes);
    let article = dateline_ingest::extract(&html, row["url"].as_str());
    Ok(
        json!({ "id": row["id"], "articleBody": article.report(), "title": article.title, "date": article.date.map(|d| d.to_string()) }),
    )
}
