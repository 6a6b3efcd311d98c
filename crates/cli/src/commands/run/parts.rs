//! One part of the output, in one of the forms.

use super::hashed::{self, Hashed};
use super::out::Out;
use crate::stop::Stop;
use dateline::Record;
use dateline_archive::hex;
use dateline_export::table::Look;
use dateline_export::{Format, Shape, Table, Tables, Writer};
use dateline_tables::Form;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io;
use std::path::PathBuf;

/// A file of a part, as the manifest names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct PartFile {
    /// Path in the folder of the run.
    pub(super) path: String,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

/// Writes the records of one part.
pub(super) trait PartWriter {
    /// Writes one record, whose offsets count bytes.
    fn write(&mut self, record: Record) -> Result<(), Stop>;

    /// Ends the part: its files are synced and take their names.
    fn finish(self: Box<Self>) -> Result<Vec<PartFile>, Stop>;
}

/// Opens a part of one of the forms of a run.
///
/// # Errors
/// When its files cannot be made.
pub(super) fn open(out: &Out, format: &str, number: u64) -> Result<Box<dyn PartWriter>, Stop> {
    let name = |table: &str| format!("{table}/part-{number:05}.{format}");
    if let Ok(form) = format.parse::<Form>() {
        let folder = out.path("");
        let writer = dateline_tables::PartWriter::create(&folder, &format!("part-{number:05}"), form);
        let writer = writer.map_err(|error| stop(&folder, error))?;
        return Ok(Box::new(Columns { writer, folder }));
    }
    if let Some(delimiter) = format.parse().ok().and_then(Format::delimiter) {
        let names: Vec<String> = Table::ALL.iter().map(|table| name(table.as_str())).collect();
        let open = |table: Table| Hashed::create(out.path(&names[table as usize]));
        let tables = Tables::new(open, delimiter)?;
        Ok(Box::new(Flat { tables, names, path: out.path("") }))
    } else {
        let name = name("records");
        let path = out.path(&name);
        let look = Look { width: 100, color: false };
        let writer = Writer::new(Hashed::create(path.clone())?, Format::Jsonl, Shape::Many, look);
        Ok(Box::new(Lines { writer, name, path }))
    }
}

/// A record a line.
struct Lines {
    writer: Writer<Hashed>,
    name: String,
    path: PathBuf,
}

impl PartWriter for Lines {
    fn write(&mut self, record: Record) -> Result<(), Stop> {
        self.writer.write(record).map_err(|error| hashed::stop(self.path.clone(), error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<PartFile>, Stop> {
        let Self { writer, name, path } = *self;
        let file = writer.finish().map_err(|error| hashed::stop(path, error))?;
        Ok(vec![committed(file, name)?])
    }
}

/// All flat tables.
struct Flat {
    tables: Tables<Hashed>,
    names: Vec<String>,
    path: PathBuf,
}

impl PartWriter for Flat {
    fn write(&mut self, record: Record) -> Result<(), Stop> {
        self.tables.write(&record).map_err(|error| hashed::stop(self.path.clone(), error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<PartFile>, Stop> {
        let Self { tables, names, path } = *self;
        let files = tables.finish().map_err(|error| hashed::stop(path, error))?;
        files.into_iter().zip(names).map(|(file, name)| committed(file, name)).collect()
    }
}

fn committed(file: Hashed, path: String) -> Result<PartFile, Stop> {
    let (bytes, sha256) = file.commit()?;
    Ok(PartFile { path, bytes, sha256 })
}

/// Typed tables: Parquet, Arrow.
struct Columns {
    writer: dateline_tables::PartWriter,
    folder: PathBuf,
}

impl PartWriter for Columns {
    fn write(&mut self, record: Record) -> Result<(), Stop> {
        self.writer.push(&record).map_err(|error| stop(&self.folder, error))
    }

    fn finish(self: Box<Self>) -> Result<Vec<PartFile>, Stop> {
        let Self { writer, folder } = *self;
        let parts = writer.finish().map_err(|error| stop(&folder, error))?;
        let file = |part: dateline_tables::Part| {
            let sha256 = hash_of(&part.path).map_err(|error| Stop::output(&part.path, error))?;
            let path = part.path.strip_prefix(&folder).unwrap_or(&part.path).display().to_string();
            Ok(PartFile { path, bytes: part.bytes, sha256 })
        };
        parts.into_iter().map(file).collect()
    }
}

fn stop(folder: &std::path::Path, error: dateline_tables::Error) -> Stop {
    Stop::output(folder, io::Error::other(error))
}

fn hash_of(path: &std::path::Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    let mut file = File::open(path)?;
    loop {
        match io::Read::read(&mut file, &mut buffer)? {
            0 => return Ok(hex(&hash.finalize())),
            n => hash.update(&buffer[..n]),
        }
    }
}
