//! No text breaks out of its cell or its element, whatever stands in it.

mod common;

use dateline_core::record::Record;
use dateline_export::layout::{Layout, Options, gdelt, polecat};
use dateline_export::{ExportError, Table, Tables, report};
use proptest::prelude::*;

fn tables(records: &[Record], delimiter: u8) -> Vec<Vec<csv::StringRecord>> {
    let mut tables = Tables::new(|_| Ok::<_, ExportError>(Vec::new()), delimiter).expect("memory takes it");
    records.iter().try_for_each(|r| tables.write(r)).expect("memory takes it");
    let read = |bytes: &Vec<u8>| {
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes.as_slice());
        reader.records().collect::<Result<_, _>>().expect("every row has all cells")
    };
    tables.finish().expect("memory takes it").iter().map(read).collect()
}

fn rows(record: &Record, layout: Layout) -> Vec<Vec<String>> {
    let mut out = Vec::new();
    layout.write(record, Options { hypothetical: true }, &mut out).expect("memory takes it");
    let text = String::from_utf8(out).expect("text");
    text.split_terminator('\n').map(|l| l.split('\t').map(str::to_owned).collect()).collect()
}

/// The text as a page shows it: line ends as `\n`, control characters replaced.
fn shown(text: &str) -> String {
    let show = |c: char| match c {
        '\r' => None,
        '\n' | '\t' => Some(c),
        c if c.is_control() => Some(char::REPLACEMENT_CHARACTER),
        c => Some(c),
    };
    text.chars().filter_map(show).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn cells_of_csv_and_tsv_hold_what_was_put_in(records in common::records()) {
        for delimiter in [b',', b'\t'] {
            let tables = tables(&records, delimiter);
            let (documents, events) = (&tables[Table::Documents as usize], &tables[Table::Events as usize]);
            prop_assert_eq!(documents.len(), records.len());
            for (row, record) in documents.iter().zip(&records) {
                prop_assert_eq!(&row[0], record.id.as_str());
                prop_assert_eq!(&row[row.len() - 1], record.text.as_str());
            }
            let ids: Vec<&str> = records.iter().flat_map(|r| &r.events).map(|e| e.id.as_str()).collect();
            prop_assert_eq!(events.iter().map(|row| row[1].to_owned()).collect::<Vec<_>>(), ids);
        }
    }

    #[test]
    fn rows_of_layouts_have_all_their_cells(record in common::record("r".to_owned())) {
        let events = rows(&record, Layout::Gdelt);
        prop_assert!(events.iter().all(|row| row.len() == gdelt::EVENT_COLUMNS.len()));
        let mentions = rows(&record, Layout::GdeltMentions);
        prop_assert!(mentions.iter().all(|row| row.len() == gdelt::MENTION_COLUMNS.len()));
        prop_assert_eq!(events.len(), mentions.len());
        let polecat = rows(&record, Layout::Polecat);
        prop_assert!(polecat.iter().all(|row| row.len() == polecat::COLUMNS.len()));
        prop_assert!(rows(&record, Layout::Cameo).iter().all(|row| row.len() == 4));
        let all = events.iter().chain(&mentions).chain(&polecat).flatten();
        let tame = |c: char| !c.is_control() && c != '"' && c != '\u{202e}' && c != '\u{2028}';
        prop_assert!(all.into_iter().all(|cell| cell.chars().all(tame)));
        let mut plover = Vec::new();
        Layout::Plover.write(&record, Options { hypothetical: true }, &mut plover).expect("memory takes it");
        for line in String::from_utf8(plover).expect("text").split_terminator('\n') {
            prop_assert!(serde_json::from_str::<serde_json::Value>(line).is_ok());
        }
    }

    #[test]
    fn pages_show_the_text_and_nothing_acts(record in common::record("r".to_owned())) {
        let page = dom_query::Document::from(report::html(&record));
        prop_assert_eq!(page.select("script, img, iframe, link, object").length(), 0);
        prop_assert_eq!(page.select("li.card").length(), record.events.len());
        page.select(".pop").remove();
        let text = page.select("section.text").text().to_string();
        prop_assert_eq!(text, shown(&record.text));
    }

    #[test]
    fn markdown_has_the_headings_that_we_wrote(record in common::record("r".to_owned())) {
        let page = report::markdown(&record);
        prop_assert!(!page.contains('<') && !page.contains('\u{0}'));
        prop_assert_eq!(page.lines().filter(|l| l.starts_with("### ")).count(), record.events.len());
        prop_assert_eq!(page.lines().filter(|l| l.starts_with("# ")).count(), 1);
    }
}
