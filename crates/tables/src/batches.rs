//! Records to Arrow record batches.

use crate::array::ArrayBuilder;
use crate::error::Error;
use crate::schema::schema;
use arrow_array::RecordBatch;
use dateline_core::record::Record;
use dateline_export::Table;
use dateline_export::flat::{self, Visit};
use dateline_export::row::{Row, Value};

/// Collects the rows of records, table by table.
#[derive(Debug)]
pub struct Batches {
    /// In the order of [`Table::ALL`].
    tables: Vec<Vec<ArrayBuilder>>,
    rows: [usize; Table::ALL.len()],
    records: usize,
    bytes: usize,
}

impl Default for Batches {
    fn default() -> Self {
        Self::new()
    }
}

impl Batches {
    /// Without rows.
    pub fn new() -> Self {
        let builders = |table: &Table| table.all_columns().map(|c| ArrayBuilder::new(c.kind)).collect();
        Self {
            tables: Table::ALL.iter().map(builders).collect(),
            rows: [0; Table::ALL.len()],
            records: 0,
            bytes: 0,
        }
    }

    /// Takes the rows of one record, whose offsets count bytes.
    ///
    /// # Errors
    /// When a column gets more than 2 GiB of text; the rows so far are lost then.
    pub fn push(&mut self, record: &Record) -> Result<(), Error> {
        flat::visit(record, self)?;
        self.records += 1;
        Ok(())
    }

    /// Number of records since the last [`finish`](Self::finish).
    pub const fn records(&self) -> usize {
        self.records
    }

    /// Bytes of text since the last [`finish`](Self::finish), about what the batches take in memory.
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    /// Number of rows of a table since the last [`finish`](Self::finish).
    pub const fn rows(&self, table: Table) -> usize {
        self.rows[table as usize]
    }

    /// One batch a table, in the order of [`Table::ALL`]; the next batches start empty.
    ///
    /// # Errors
    /// When Arrow refuses the columns, which would be a fault of this crate.
    pub fn finish(&mut self) -> Result<Vec<RecordBatch>, Error> {
        let mut batches = Vec::with_capacity(self.tables.len());
        for (&table, builders) in Table::ALL.iter().zip(&mut self.tables) {
            let arrays = builders.iter_mut().map(ArrayBuilder::finish).collect::<Result<_, _>>()?;
            batches.push(RecordBatch::try_new(schema(table), arrays)?);
        }
        (self.rows, self.records, self.bytes) = ([0; Table::ALL.len()], 0, 0);
        Ok(batches)
    }
}

impl Visit for Batches {
    type Error = Error;

    fn row<R: Row>(&mut self, table: Table, row: &R) -> Result<(), Error> {
        let mut builders = self.tables[table as usize].iter_mut();
        let mut outcome = Ok(());
        row.each(&mut |value| {
            if let Value::Text(text) = &value {
                self.bytes += text.len();
            }
            if let (Ok(()), Some(builder)) = (&outcome, builders.next()) {
                outcome = builder.push(&value);
            }
        });
        self.rows[table as usize] += 1;
        outcome
    }
}
