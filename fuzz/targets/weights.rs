#![no_main]
//! Tables of weights and words, which `dateline-eval --weights` takes from a folder.

use dateline_core::{EventType, ranker::Ranker};
use dateline_events::{
    factuality::Factuality, frame::Frame, magnitude, proposer::Proposer, scorer::Scorer, subjects::Subjects,
    support::SupportVerbs,
};
use dateline_fuzz::set_up;
use dateline_voices::cues::Cues;
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    let text = &*String::from_utf8_lossy(data);
    let _ = (Ranker::parse("same", text), Proposer::parse(text), Scorer::parse(text), Factuality::parse(text));
    let _ = (Subjects::parse(text), Cues::parse(text, text, text));
    SupportVerbs::parse(text);
    magnitude::Numbers::parse(text);
    magnitude::parse(text);
    for line in text.lines() {
        let _ = Frame::parse(EventType::ALL[0], "frames.tsv", line);
    }
});
