#![no_main]
//! Several reports, parted by lines of `===`: in whatever order they come, the same is read in each and found in all.

use dateline::{Format, Options};
use dateline_fuzz::{options_of, read, set_up, written};
use dateline_story::{Report, link};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut texts: Vec<(usize, &str)> = text.split("\n===\n").take(6).enumerate().collect();
    let read_all = |texts: &[(usize, &str)]| {
        let one = |(n, text): &(usize, &str)| {
            let date = Some(jiff::civil::date(2012, 11, 21 + (*n % 3) as i8));
            let record = read(text.as_bytes(), &Options { id: format!("r{n}"), date, ..options_of(Format::Text) })?;
            Some((*n, record))
        };
        let records: Vec<_> = texts.iter().filter_map(one).collect();
        let reports = records.iter().map(|(_, record)| Report::of(record).expect("a record of this version")).collect();
        let linked = link(reports, None);
        let linked = (linked.documents, linked.stories, linked.clusters, linked.plans);
        let mut records: Vec<_> = records.iter().map(|(n, record)| (*n, written(record))).collect();
        records.sort();
        (records, serde_json::to_string(&linked).expect("what is linked is JSON"))
    };
    let first = read_all(&texts);
    texts.reverse();
    assert_eq!(first, read_all(&texts));
    let half = texts.len() / 2;
    texts.rotate_left(half);
    assert_eq!(first, read_all(&texts));
});
