//! One table in one file: Parquet or Arrow IPC.

use crate::error::Error;
use arrow_array::RecordBatch;
use arrow_ipc::reader::FileReader;
use arrow_ipc::writer::FileWriter;
use arrow_schema::SchemaRef;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::Path;

dateline_core::named_enum! {
    /// A form that has typed columns.
    pub enum Form { Parquet = "parquet", Arrow = "arrow" }
}

/// Compresses well, at a speed that the reader of reports never waits for.
const LEVEL: i32 = 3;

/// Rows of a group, which readers skip by its statistics.
const GROUP_ROWS: usize = 1 << 17;

/// Bytes of a group, which the writer holds in memory.
const GROUP_BYTES: usize = 32 << 20;

/// Writes the batches of one table, whatever table it is.
pub struct Writer<W: Write + Send> {
    inner: Inner<W>,
}

enum Inner<W: Write + Send> {
    Parquet(Box<ArrowWriter<W>>),
    Arrow(Box<FileWriter<W>>),
}

impl<W: Write + Send> std::fmt::Debug for Writer<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.inner {
            Inner::Parquet(_) => "Writer(parquet)",
            Inner::Arrow(_) => "Writer(arrow)",
        })
    }
}

impl<W: Write + Send> Writer<W> {
    /// Writes the head of the file.
    ///
    /// # Errors
    /// When the output does not take it.
    pub fn new(out: W, form: Form, schema: &SchemaRef) -> Result<Self, Error> {
        let inner = match form {
            Form::Parquet => {
                let writer = ArrowWriter::try_new(out, schema.clone(), Some(properties()?))?;
                Inner::Parquet(Box::new(writer))
            }
            Form::Arrow => Inner::Arrow(Box::new(FileWriter::try_new(out, schema)?)),
        };
        Ok(Self { inner })
    }

    /// Writes a batch.
    ///
    /// # Errors
    /// When the output does not take it, or the batch has another schema.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        match &mut self.inner {
            Inner::Parquet(writer) => writer.write(batch)?,
            Inner::Arrow(writer) => writer.write(batch)?,
        }
        Ok(())
    }

    /// Writes the foot of the file and gives the output back.
    ///
    /// # Errors
    /// When the output does not take it.
    pub fn finish(self) -> Result<W, Error> {
        match self.inner {
            Inner::Parquet(writer) => Ok(writer.into_inner()?),
            Inner::Arrow(mut writer) => {
                writer.finish()?;
                Ok(writer.into_inner()?)
            }
        }
    }
}

fn properties() -> Result<WriterProperties, Error> {
    Ok(WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_max_row_group_row_count(Some(GROUP_ROWS))
        .set_max_row_group_bytes(Some(GROUP_BYTES))
        .set_created_by(concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned())
        .build())
}

/// The batches of a file, Parquet or Arrow by its ending.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Vec<RecordBatch>, Error> {
    // The libraries trust what a file says of its own lengths, and panic where it is wrong.
    std::panic::catch_unwind(|| batches(path))
        .unwrap_or_else(|_| Err(Error::Damaged { path: path.to_owned() }))
}

fn batches(path: &Path) -> Result<Vec<RecordBatch>, Error> {
    let file = File::open(path).map_err(Error::io(path))?;
    if path.extension().is_some_and(|e| e == Form::Arrow.as_str()) {
        return Ok(FileReader::try_new(BufReader::new(file), None)?.collect::<Result<_, _>>()?);
    }
    let reader = ParquetRecordBatchReaderBuilder::try_new(file)?.build()?;
    Ok(reader.collect::<Result<_, _>>()?)
}
