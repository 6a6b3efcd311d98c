//! `docs/tables.md` is written from the declaration of the columns.

use dateline_export::Table;
use dateline_export::row::{Column, Kind};
use std::fmt::Write;

const HEAD: &str = "\
# The flat tables

What `--format csv`, `tsv`, `parquet`, `arrow` and `sqlite` write, column by column. This page is made from the same
declaration as the header of a CSV file and the Arrow schema (`dateline schema --arrow`); a test fails where they part, and
`DATELINE_BLESS=1 cargo test -p dateline-export --test tables_page` writes it anew.

* Lists in a flat column are joined by `; `. What is not known is empty (CSV) or null.
* Columns of lists and structs stand behind the others in Parquet and Arrow; CSV leaves them out, and SQLite has tables for
  them (see [formats.md](formats.md#sqlite)).
* Offsets count Unicode code points of the document's `text`.
* `doc_id` joins a row to its report; identifiers such as `e1` mean nothing without it.
";

fn page() -> String {
    let mut page = HEAD.to_owned();
    for &table in Table::ALL {
        write!(page, "\n## {table}\n\n| column | type | meaning |\n|---|---|---|\n")
            .expect("memory takes it");
        for column in table.all_columns() {
            rows(&mut page, column, "");
        }
    }
    page
}

fn rows(page: &mut String, column: &Column, within: &str) {
    let (kind, inner) = type_of(column.kind);
    let null = if column.nullable { ", may be null" } else { "" };
    writeln!(page, "| `{within}{}` | {kind}{null} | {} |", column.name, column.doc).expect("memory takes it");
    for field in inner {
        rows(page, field, &format!("{within}{}.", column.name));
    }
}

fn type_of(kind: Kind) -> (String, &'static [Column]) {
    match kind {
        Kind::Text => ("text".to_owned(), &[]),
        Kind::Bool => ("bool".to_owned(), &[]),
        Kind::Int => ("int64".to_owned(), &[]),
        Kind::Single => ("float32".to_owned(), &[]),
        Kind::Double => ("float64".to_owned(), &[]),
        Kind::Date => ("day".to_owned(), &[]),
        Kind::List(member) => {
            let (name, inner) = type_of(*member);
            (format!("list of {name}"), inner)
        }
        Kind::Struct(columns) => ("struct".to_owned(), columns),
    }
}

#[test]
fn the_page_says_what_the_columns_are() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/tables.md");
    if std::env::var_os("DATELINE_BLESS").is_some() {
        std::fs::write(path, page()).expect("the page can be written");
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == page(), "docs/tables.md is not of this version: see how to write it anew at its head");
}
