//! The layout of CAMEO and Phoenix event data: one line a dyad, with tabs between date, source, target and code.

use super::dyads::dyads;
use super::{Options, coded, party, tabs};
use crate::error::ExportError;
use crate::names::Names;
use dateline_core::record::Record;
use std::io::Write;

/// Writes a line for every pair of parties of every event; `---` is a party of which neither country nor sector is known.
///
/// # Errors
/// When the output does not take it.
pub fn write(record: &Record, options: Options, out: &mut impl Write) -> Result<(), ExportError> {
    let names = Names::new(record);
    for coded in coded(record, options) {
        for dyad in dyads(&names, coded.event) {
            let (Some(source), Some(target)) = dyad else { continue };
            let row = [
                coded.date.to_string(),
                party::cameo_code(source),
                party::cameo_code(target),
                coded.cameo().to_owned(),
            ];
            tabs::row(&row, out)?;
        }
    }
    Ok(())
}
