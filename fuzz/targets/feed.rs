#![no_main]
//! RSS, Atom, JSON Feed.

use dateline_archive::Kind;
use dateline_fuzz::{set_up, walk};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    walk(Some(Kind::Feed), data);
    let _ = dateline_archive::feed_links(data, Some("https://wire.example/feed"));
});
