//! Whatever a record holds comes back from every form as it went in.

mod common;

use dateline_core::record::Record;
use dateline_tables::{Batches, Form, PartWriter, Table, read, sqlite};
use proptest::prelude::*;

fn through_files(records: &[Record], form: Form) -> Vec<Record> {
    let folder = tempfile::tempdir().expect("a folder");
    let mut writer = PartWriter::create(folder.path(), "part-0", form).expect("files open");
    for record in records {
        writer.push(record).expect("the disk takes it");
    }
    let parts = writer.finish().expect("the disk takes it");
    assert_eq!(parts.len(), Table::ALL.len());
    assert_eq!(parts[Table::Documents as usize].rows, records.len());
    read::part(folder.path(), "part-0", form).expect("it reads back")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn json_loses_nothing(record in common::record("r".to_owned())) {
        let text = serde_json::to_string(&record.clone().in_code_points()).expect("JSON");
        let back: Record = serde_json::from_str(&text).expect("it reads back");
        prop_assert_eq!(back.in_bytes(), record);
    }

    #[test]
    fn batches_lose_nothing(records in common::records()) {
        let mut batches = Batches::new();
        records.iter().try_for_each(|r| batches.push(r)).expect("memory takes it");
        let tables = batches.finish().expect("columns fit");
        let back = read::records(|table| Ok(vec![tables[table as usize].clone()])).expect("it reads back");
        prop_assert_eq!(back, records);
    }

    #[test]
    fn parquet_and_arrow_files_lose_nothing(records in common::records()) {
        prop_assert_eq!(&through_files(&records, Form::Parquet), &records);
        prop_assert_eq!(&through_files(&records, Form::Arrow), &records);
    }

    #[test]
    fn sqlite_loses_nothing(records in common::records()) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("news.sqlite");
        let mut writer = sqlite::SqliteWriter::create(&path).expect("a file");
        records.iter().try_for_each(|r| writer.push(r)).expect("the disk takes it");
        writer.finish().expect("the disk takes it");
        prop_assert_eq!(sqlite::read(&path).expect("it reads back"), records);
    }
}

#[test]
fn a_part_that_is_not_finished_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    drop(PartWriter::create(folder.path(), "part-0", Form::Parquet).expect("files open"));
    for &table in Table::ALL {
        assert_eq!(std::fs::read_dir(folder.path().join(table.as_str())).expect("a folder").count(), 0);
    }
}
