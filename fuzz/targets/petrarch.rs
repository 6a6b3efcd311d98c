#![no_main]
//! The XML of PETRARCH.

use dateline_archive::Kind;
use dateline_fuzz::{set_up, walk};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| walk(Some(Kind::Petrarch), data));
