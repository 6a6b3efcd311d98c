#![no_main]
//! Web pages, whole and in parts.

use dateline::Format;
use dateline_fuzz::{ingest, options_of, set_up};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    ingest(data, &options_of(Format::Html));
    ingest(data, &options_of(Format::Fragment));
});
