//! On whose word: quotations, reported speech and the sources of events.

#![forbid(unsafe_code)]

pub mod cues;
pub mod quotes;
pub mod reported;
pub mod scorer;
pub mod shape;
pub mod spans;
pub mod speakers;
pub mod weights;

pub use quotes::Quote;
pub use reported::Report;
pub use speakers::Speaker;

use dateline_core::Document;

/// Everything said in one document.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// Stretches between quotation marks.
    pub quotes: Vec<Quote>,
    /// The speaker of each.
    pub speakers: Vec<Speaker>,
    /// Reported speech.
    pub reports: Vec<Report>,
}

/// Reads quotations and reported speech of a parsed document.
pub fn read(doc: &Document, cues: &cues::Cues) -> Voices {
    let quotes: Vec<Quote> =
        quotes::find(&doc.text).into_iter().filter(|q| !doc.is_removed(q.span)).collect();
    let reports = reported::find(doc, cues, &quotes);
    let speakers = speakers::find(doc, cues, &quotes, &reports);
    Voices { quotes, speakers, reports }
}
