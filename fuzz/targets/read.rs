#![no_main]
//! The whole line, from the bytes of a report to its record.

use dateline::Format;
use dateline_fuzz::{holds, options_of, read, set_up, written};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    let options = options_of(Format::Auto);
    if let Some(record) = read(data, &options) {
        holds(&record);
        let again = read(data, &options).expect("what was read is read again");
        assert_eq!(written(&record), written(&again));
    }
});
