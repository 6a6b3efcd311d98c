//! A file that is one report.

use crate::container::Members;
use crate::entry::{Entry, Fault, Known};
use crate::kind::uncompressed_name;
use crate::source::Opened;
use dateline_ingest::Format;
use std::io::Read;

pub(crate) fn members(opened: Opened, max_bytes: usize) -> Members {
    let mut opened = Some(opened);
    Box::new(std::iter::from_fn(move || opened.take().map(|opened| read(opened, max_bytes))))
}

fn read(opened: Opened, max_bytes: usize) -> Result<Entry, Fault> {
    let (place, id) = (opened.place(), opened.source.stem());
    let fetched = opened.fetched.clone();
    let format = match &fetched {
        Some(page) if page.content_type.as_deref().is_some_and(|told| told == "text/plain") => Format::Text,
        Some(_) => Format::Html,
        None => Format::of_name(uncompressed_name(&place.path)),
    };
    let (url, charset) = fetched.map_or((None, None), |page| (Some(page.url), page.charset));
    let mut bytes = Vec::new();
    let most = (max_bytes as u64).saturating_add(1);
    opened
        .content()
        .and_then(|content| content.take(most).read_to_end(&mut bytes))
        .map_err(|error| Fault::io(place.clone(), &error))?;
    if bytes.len() > max_bytes {
        return Err(Fault::too_large(place, max_bytes));
    }
    let known = Known { url, charset, ..Known::default() };
    Ok(Entry { place, id, known, bytes, format, warnings: Vec::new() })
}
