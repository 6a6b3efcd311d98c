//! What holds for every text, whatever it is.

mod common;

use dateline::{Reader, Record};
use proptest::prelude::*;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs;

/// Pieces of news, of its marks and of what breaks readers, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => prop::sample::select(vec![
            "The", "Egyptian", "president", "Vladimir", "Putin", "Mr.", "U.S.", "troops", "attacked", "said", "met",
            "will", "not", "that", "in", "Cairo", "on", "Monday", "and", "\"", "“", "”", "'", "’s", ",", ".", ";", ":",
            "(", ")", "—", "killed", "12", "people", "threatened", "to", "who", "she", "they", "tomorrow", "\n", "\n\n",
            "JERUSALEM (AP) -", "according", "talks", "with", "Nov. 20", "?", "!", "...",
        ]).prop_map(str::to_owned),
        2 => "\\PC{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    let gap = prop::sample::select(vec![" ", " ", " ", "", "\n", "\t", "\u{a0}"]);
    prop::collection::vec((piece, gap), 1..120)
        .prop_map(|pairs| pairs.into_iter().flat_map(|(p, g)| [p, g.to_owned()]).collect())
}

fn json(record: Record) -> String {
    serde_json::to_string(&record.in_code_points()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_and_every_span_slices(text in pieces()) {
        let mut reader = Reader::new(common::model());
        let Ok(record) = reader.read(text.as_bytes(), &common::options()) else { return Ok(()) };
        let body = record.text.clone();
        record.clone().each_span(|s| {
            assert!(body.get(s.start as usize..s.end as usize).is_some(), "{s:?} does not slice {body:?}");
        });
        let ids = |all: Vec<&str>| all.iter().collect::<HashSet<_>>().len() == all.len();
        prop_assert!(ids(record.events.iter().map(|e| e.id.as_str()).collect()));
        prop_assert!(ids(record.entities.iter().map(|e| e.id.as_str()).collect()));
        prop_assert!(ids(record.places.iter().map(|p| p.id.as_str()).collect()));
        prop_assert!(ids(record.statements.iter().map(|s| s.id.as_str()).collect()));
        // A used reader and a fresh one read the same.
        let first = json(record);
        prop_assert_eq!(&first, &json(reader.read(text.as_bytes(), &common::options()).unwrap()));
        prop_assert_eq!(&first, &json(Reader::new(common::model()).read(text.as_bytes(), &common::options()).unwrap()));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = Reader::new(common::model()).read(&bytes, &dateline::Options::default());
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let texts: Vec<Vec<u8>> = common::files("examples", "txt")
        .iter()
        .chain(&common::files("examples/strait", "txt"))
        .map(|p| fs::read(p).unwrap())
        .collect();
    // Several rounds, so that readers are used again for other texts.
    let rounds: Vec<&Vec<u8>> = [&texts, &texts, &texts].into_iter().flatten().collect();
    let read = |threads: usize| -> Vec<String> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let one =
            |reader: &mut Reader, bytes: &&Vec<u8>| json(reader.read(bytes, &common::options()).unwrap());
        pool.install(|| rounds.par_iter().map_init(|| Reader::new(common::model()), one).collect())
    };
    assert!(!texts.is_empty());
    assert_eq!(read(1), read(4));
}
