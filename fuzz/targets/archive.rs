#![no_main]
//! Files that their first bytes must tell: what they hold, and how they are packed.

use dateline_fuzz::{set_up, walk};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| walk(None, data));
