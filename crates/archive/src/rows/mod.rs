//! Reports that are rows: JSON objects, lines of CSV, rows of Parquet.

pub(crate) mod bounded;
pub(crate) mod columns;
pub(crate) mod delimited;
mod delta;
pub(crate) mod json;
pub(crate) mod jsonl;
mod pages;
pub(crate) mod values;
