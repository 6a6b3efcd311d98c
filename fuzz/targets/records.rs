#![no_main]
//! Records of JSON lines, whoever wrote them: written in every form, and back.

use dateline::Record;
use dateline_export::{Format, Shape, Table, Writer, layout, read, report, table::Look};
use dateline_fuzz::{set_up, written};
use dateline_tables::Batches;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    let mut records: Vec<Record> = read::records(data).filter_map(Result::ok).collect();
    for record in &records {
        let json = written(record);
        assert_eq!(written(&read::record(&json).expect("a record reads back")), json);
        for &format in Format::ALL {
            let mut writer = Writer::new(Vec::new(), format, Shape::Many, Look::default());
            writer.write(record.clone()).and_then(|()| writer.finish()).expect("memory takes it");
        }
        for &layout in layout::Layout::ALL {
            layout.write(record, layout::Options { hypothetical: true }, &mut Vec::new()).expect("memory takes it");
        }
        let _ = (report::html(record), report::markdown(record));
    }
    records.sort_by(|a, b| a.id.cmp(&b.id));
    records.dedup_by(|a, b| a.id == b.id);
    let mut batches = Batches::new();
    records.iter().for_each(|record| batches.push(record).expect("columns take it"));
    let tables = batches.finish().expect("columns are tables");
    let back = dateline_tables::read::records(|table: Table| Ok(vec![tables[table as usize].clone()]));
    if let Ok(back) = back {
        assert_eq!(back.len(), records.len());
    }
});
