#![no_main]
//! Tables of records, whoever wrote them: SQLite, Arrow, Parquet.

use dateline_fuzz::{file, forgiving, set_up};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    if data.starts_with(b"SQLite format 3") {
        let _ = dateline_tables::sqlite::read(&file("tables.sqlite", data));
        return;
    }
    let name = if data.starts_with(b"ARROW1") { "tables.arrow" } else { "tables.parquet" };
    let path = file(name, data);
    // Every table is read from the one file, which may have the columns of all of them.
    let _ = dateline_tables::read::records(|_| forgiving(|| dateline_tables::file::read(&path)));
});
