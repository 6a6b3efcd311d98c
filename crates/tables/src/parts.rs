//! A part of a run: one file a table, each of which appears whole or not at all.

use crate::batches::Batches;
use crate::error::Error;
use crate::file::{Form, Writer};
use crate::schema::schema;
use dateline_core::record::Record;
use dateline_export::Table;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Records and bytes of text that are held before they are handed on.
const MOST_RECORDS: usize = 1024;
const MOST_BYTES: usize = 8 << 20;

/// What was written of one table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The table.
    pub table: Table,
    /// Where its file is.
    pub path: PathBuf,
    /// Rows in it.
    pub rows: usize,
    /// Its size.
    pub bytes: u64,
}

/// Writes a part: `FOLDER/events/NAME.parquet` and so on, a folder a table, as Spark, Polars and pandas read them.
///
/// Files are written beside their places under names that begin with a dot; [`finish`](Self::finish) syncs and renames
/// them. Dropped before that, the writer leaves nothing.
#[derive(Debug)]
pub struct PartWriter {
    batches: Batches,
    files: Vec<OpenFile>,
}

#[derive(Debug)]
struct OpenFile {
    table: Table,
    path: PathBuf,
    rows: usize,
    writer: Writer<BufWriter<NamedTempFile>>,
}

impl PartWriter {
    /// Opens a part; folders are made where they are missing.
    ///
    /// # Errors
    /// When folders or files cannot be made.
    pub fn create(folder: &Path, name: &str, form: Form) -> Result<Self, Error> {
        let open = |&table: &Table| {
            let folder = folder.join(table.as_str());
            std::fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
            let mut builder = tempfile::Builder::new();
            builder.prefix(".dateline-").suffix(".part");
            #[cfg(unix)]
            builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
            let file = builder.tempfile_in(&folder).map_err(Error::io(&folder))?;
            let path = folder.join(format!("{name}.{form}"));
            let writer = Writer::new(BufWriter::new(file), form, &schema(table))?;
            Ok(OpenFile { table, path, rows: 0, writer })
        };
        let files = Table::ALL.iter().map(open).collect::<Result<_, Error>>()?;
        Ok(Self { batches: Batches::new(), files })
    }

    /// Takes a record, whose offsets count bytes.
    ///
    /// # Errors
    /// When a file does not take its rows.
    pub fn push(&mut self, record: &Record) -> Result<(), Error> {
        self.batches.push(record)?;
        if self.batches.records() >= MOST_RECORDS || self.batches.bytes() >= MOST_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), Error> {
        for (batch, file) in self.batches.finish()?.iter().zip(&mut self.files) {
            file.rows += batch.num_rows();
            if batch.num_rows() > 0 {
                file.writer.write(batch)?;
            }
        }
        Ok(())
    }

    /// Writes out what is left, syncs every file and gives it its name.
    ///
    /// # Errors
    /// When the disk does not take it; files that have their name already are whole.
    pub fn finish(mut self) -> Result<Vec<Part>, Error> {
        self.flush()?;
        self.files.into_iter().map(OpenFile::finish).collect()
    }
}

impl OpenFile {
    fn finish(self) -> Result<Part, Error> {
        let Self { table, path, rows, writer } = self;
        let mut buffer = writer.finish()?;
        buffer.flush().map_err(Error::io(&path))?;
        let file = buffer.into_inner().map_err(|e| Error::io(&path)(e.into_error()))?;
        file.as_file().sync_all().map_err(Error::io(&path))?;
        let bytes = file.as_file().metadata().map_err(Error::io(&path))?.len();
        file.persist(&path).map_err(|e| Error::io(&path)(e.error))?;
        // The name is safe once the folder is.
        #[cfg(unix)]
        if let Some(folder) = path.parent() {
            File::open(folder).and_then(|f| f.sync_all()).map_err(Error::io(folder))?;
        }
        Ok(Part { table, path, rows, bytes })
    }
}
