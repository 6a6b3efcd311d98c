//! Rows of a Parquet file. Only the columns that are needed are read.

use crate::container::Members;
use crate::entries::Options;
use crate::entry::{Fault, FaultKind, Place, Unit};
use crate::kind::Compression;
use crate::meter::Meter;
use crate::rows::{delta, pages};
use crate::source::{Opened, Source};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, RowGroupMetaData};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::serialized_reader::ReadOptionsBuilder;
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

pub(crate) fn members(opened: Opened, options: &Options) -> Result<Members, Fault> {
    let (place, stem) = (opened.place(), opened.source.stem());
    let (Source::Path(path), Compression::None) = (&opened.source, opened.compression) else {
        let reason = "is Parquet, which is read from its end: give it as a file that is not compressed again";
        return Err(Fault::new(place, FaultKind::Malformed, reason));
    };
    let file = File::open(path).map_err(|error| Fault::io(place.clone(), &error))?;
    let copy = file.try_clone().map_err(|error| Fault::io(place.clone(), &error))?;
    let reader = tried(|| SerializedFileReader::new(copy)).map_err(|error| damaged(&place, &error))?;
    let schema = reader.metadata().file_metadata().schema();
    let wanted = options.fields.wanted();
    let is_wanted = |name: &str| wanted.contains(&name) || wanted.contains(&name.to_lowercase().as_str());
    let all: Vec<String> = schema.get_fields().iter().map(|field| field.name().to_owned()).collect();
    let fields = schema
        .get_fields()
        .iter()
        .filter(|field| is_wanted(field.name()))
        .map(Arc::clone)
        .collect::<Vec<_>>();
    // Without a wanted column all are read, to say what there is.
    let projection = if fields.is_empty() {
        None
    } else {
        let projection = Type::group_type_builder(schema.name()).with_fields(fields).build();
        Some(projection.map_err(|error| damaged(&place, &error))?)
    };
    let groups = reader.metadata().row_groups().to_vec();
    let groups = Groups { file, groups, projection, next: 0 };
    let fields = options.fields.clone();
    let max_bytes = options.max_bytes;
    let (mut number, mut done, meter) = (0, false, opened.meter);
    let path = path.clone();
    let mut rows = groups.rows();
    Ok(Box::new(std::iter::from_fn(move || {
        if done {
            return None;
        }
        number += 1;
        let here = place.at(Unit::Row, number);
        match rows.next() {
            None => {
                done = true;
                // The rows were read here and there; the fingerprint is over the file as it lies.
                fingerprint(&path, &meter).err().map(|error| Err(Fault::io(place.clone(), &error)))
            }
            Some(Ok(row)) => {
                let entry =
                    fields.entry(|name| cell(&row, name), || all.clone(), here, format!("{stem}-{number}"));
                Some(entry.and_then(|entry| match entry.bytes.len() {
                    length if length > max_bytes => Err(Fault::too_large(entry.place, max_bytes)),
                    _ => Ok(entry),
                }))
            }
            Some(Err(error)) => {
                done = true;
                Some(Err(damaged(&here, &error)))
            }
        }
    })))
}

/// The groups of rows of a file.
struct Groups {
    file: File,
    groups: Vec<RowGroupMetaData>,
    projection: Option<Type>,
    next: usize,
}

impl Groups {
    /// All rows, group by group.
    fn rows(mut self) -> impl Iterator<Item = Result<Row, ParquetError>> {
        let mut group: Option<RowIter<'static>> = None;
        std::iter::from_fn(move || {
            loop {
                if let Some(row) = tried(|| group.as_mut().and_then(Iterator::next).transpose()).transpose() {
                    return Some(row);
                }
                if self.next == self.groups.len() {
                    return None;
                }
                self.next += 1;
                match tried(|| self.open(self.next - 1)) {
                    Ok(rows) => group = Some(rows),
                    Err(error) => return Some(Err(error)),
                }
            }
        })
    }

    /// The rows of one group, whose pages claim nothing that cannot be.
    fn open(&self, index: usize) -> Result<RowIter<'static>, ParquetError> {
        let wanted = |column: &&ColumnChunkMetaData| {
            let root = column.column_path().parts().first();
            let is_root = |field: &Arc<Type>| Some(field.name()) == root.map(String::as_str);
            self.projection.as_ref().is_none_or(|wanted| wanted.get_fields().iter().any(is_root))
        };
        let this = ReadOptionsBuilder::new().with_predicate(Box::new(move |_, k| k == index)).build();
        let reader = SerializedFileReader::new_with_options(self.file.try_clone()?, this)?;
        for (k, column) in
            self.groups[index].columns().iter().enumerate().filter(|(_, column)| wanted(column))
        {
            if pages::check(&self.file, column)? {
                let described = column.column_descr();
                let levels = [described.max_rep_level(), described.max_def_level()];
                delta::check(reader.get_row_group(0)?.get_column_page_reader(k)?, levels)?;
            }
        }
        RowIter::from_file_into(Box::new(reader)).project(self.projection.clone())
    }
}

/// The library asserts what only a sound file has.
fn tried<T>(work: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, ParquetError> {
    let broken = |_| ParquetError::General("its parts do not fit together".to_owned());
    catch_unwind(AssertUnwindSafe(work)).map_err(broken).flatten()
}

fn damaged(place: &Place, error: &ParquetError) -> Fault {
    let reason = format!("cannot be read as Parquet ({error}): write or copy it again");
    Fault::new(place.clone(), FaultKind::Malformed, reason)
}

fn fingerprint(path: &std::path::Path, meter: &Meter) -> io::Result<()> {
    let mut file = File::open(path)?;
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(()),
            n => meter.add(&buffer[..n]),
        }
    }
}

/// The value of a column, whose name may be written in any case.
fn cell(row: &Row, name: &str) -> Option<Vec<u8>> {
    let field = row
        .get_column_iter()
        .find(|(column, _)| *column == name)
        .or_else(|| row.get_column_iter().find(|(column, _)| column.to_lowercase() == name))?;
    match field.1 {
        Field::Null => None,
        Field::Str(text) => Some(text.clone().into_bytes()),
        Field::Bytes(bytes) => Some(bytes.data().to_vec()),
        Field::ListInternal(list) => {
            let words: Vec<&str> = list
                .elements()
                .iter()
                .filter_map(|item| match item {
                    Field::Str(text) => Some(text.as_str()),
                    _ => None,
                })
                .collect();
            (!words.is_empty()).then(|| words.join(", ").into_bytes())
        }
        other => Some(other.to_string().into_bytes()),
    }
}
