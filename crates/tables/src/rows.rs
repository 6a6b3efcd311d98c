//! Rows of any kind in one file.

use crate::array::ArrayBuilder;
use crate::error::Error;
use crate::file::{Form, Writer};
use crate::schema::schema_of;
use arrow_array::RecordBatch;
use dateline_export::row::Row;
use std::io::Write;

/// Rows of one batch.
const BATCH: usize = 1 << 16;

/// Writes rows with their columns as one file, and gives the output back.
///
/// # Errors
/// When the output does not take it, or a batch has more than 2 GiB of text.
pub fn write<R: Row, W: Write + Send>(rows: &[R], form: Form, out: W) -> Result<W, Error> {
    let columns = || R::COLUMNS.iter().chain(R::NESTED);
    let schema = schema_of(columns());
    let mut writer = Writer::new(out, form, &schema)?;
    for some in rows.chunks(BATCH) {
        let mut builders: Vec<ArrayBuilder> = columns().map(|c| ArrayBuilder::new(c.kind)).collect();
        for row in some {
            let mut column = builders.iter_mut();
            let mut pushed = Ok(());
            row.each(&mut |value| {
                if let (Some(builder), Ok(())) = (column.next(), &pushed) {
                    pushed = builder.push(&value);
                }
            });
            pushed?;
        }
        let arrays = builders.iter_mut().map(ArrayBuilder::finish).collect::<Result<_, _>>()?;
        writer.write(&RecordBatch::try_new(schema.clone(), arrays)?)?;
    }
    writer.finish()
}
