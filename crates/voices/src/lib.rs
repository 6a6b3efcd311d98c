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

pub use quotes::{Marks, Quote};
pub use reported::Report;
pub use speakers::Speaker;

use dateline_core::stretches::Stretches;
use dateline_core::{Document, Span};

/// Everything said in one document.
#[derive(Clone, Debug, Default)]
pub struct Voices {
    /// Stretches between quotation marks, in text order.
    pub quotes: Vec<Quote>,
    /// The speaker of each.
    pub speakers: Vec<Speaker>,
    /// Reported speech, in text order of the words of saying.
    pub reports: Vec<Report>,
    /// Where the reports tell what they tell.
    stretches: Stretches,
}

impl Voices {
    /// The stretches between quotation marks, in text order.
    pub fn quoted(&self) -> Vec<Span> {
        self.quotes.iter().map(|q| q.span).collect()
    }

    /// Index of the quotation around a byte offset.
    pub fn quote_at(&self, offset: u32) -> Option<usize> {
        let k = self.quotes.partition_point(|q| q.span.end <= offset);
        self.quotes.get(k).filter(|q| q.span.contains(offset)).map(|_| k)
    }

    /// Whether a stretch has to do with a quotation.
    pub fn is_quoted(&self, span: Span) -> bool {
        let k = self.quotes.partition_point(|q| q.span.end <= span.start);
        self.quotes.get(k).is_some_and(|q| q.span.overlaps(span))
    }

    /// Indices of the reports whose content holds a byte offset.
    pub fn reports_at(&self, offset: u32) -> Vec<usize> {
        self.stretches.holding(offset)
    }
}

/// The quotations of a document, without those in removed text.
pub fn quotations(doc: &Document) -> Vec<Quote> {
    quotes::find(&doc.text).into_iter().filter(|q| !doc.is_removed(q.span)).collect()
}

/// Reads reported speech and speakers of a parsed document whose quotations are known.
pub fn read(doc: &Document, cues: &cues::Cues, quotes: Vec<Quote>) -> Voices {
    let reports = reported::find(doc, cues, &quotes);
    let speakers = speakers::find(doc, cues, &quotes, &reports);
    let stretches = (0..).zip(&reports).flat_map(|(k, r)| r.content.iter().map(move |c| (*c, k)));
    Voices { stretches: Stretches::new(stretches), quotes, speakers, reports }
}
