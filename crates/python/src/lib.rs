//! Dateline for Python: the native module `dateline._native`, under a thin package of Python.
//!
//! [`reader`] reads reports, one or many; [`rows`] takes them out of tables; [`record`] and [`table`] are what comes out;
//! [`story`] brings many together; [`eval`] measures against annotated reports; [`shards`] are the steps of the same work as a cluster of machines does them. Nothing
//! here is global: all state lies in the objects that Python holds. The interpreter's lock is let go while work is done,
//! and a panic becomes an exception ([`errors`]).

// The macros of pyo3 write code that looks odd to the lints.
#![allow(
    clippy::needless_pass_by_value,
    clippy::elidable_lifetime_names,
    missing_docs,
    unsafe_op_in_unsafe_fn
)]

mod errors;
mod eval;
mod many;
mod reader;
mod record;
mod rows;
mod shards;
mod story;
mod story_tables;
mod table;

use pyo3::prelude::*;

#[pymodule(gil_used = false)]
fn _native(m: &Bound<'_, PyModule>) -> PyResult<()> {
    m.add("__version__", env!("CARGO_PKG_VERSION"))?;
    errors::add(m)?;
    m.add_class::<reader::Reader>()?;
    m.add_class::<record::Record>()?;
    m.add_class::<table::Table>()?;
    m.add_class::<story::Linked>()?;
    m.add_function(wrap_pyfunction!(table::tables_of_json, m)?)?;
    m.add_function(wrap_pyfunction!(table::table_schema, m)?)?;
    m.add_function(wrap_pyfunction!(story_tables::story_schema, m)?)?;
    m.add_function(wrap_pyfunction!(eval::score, m)?)?;
    shards::add(m)
}
