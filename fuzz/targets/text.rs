#![no_main]
//! Text and Markdown: encodings, headlines, datelines, what is no part of the report.

use dateline::{Format, Options};
use dateline_fuzz::{ingest, options_of, set_up};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    ingest(data, &Options { date: None, english_only: true, ..options_of(Format::Auto) });
    ingest(data, &options_of(Format::Text));
    ingest(data, &options_of(Format::Markdown));
});
