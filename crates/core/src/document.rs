//! The document that flows through the stages.

use crate::span::Span;
use crate::syntax::Syntax;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What is known of a report besides its text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meta {
    /// Identifier, unique in a run.
    pub id: String,
    /// Where it was read from.
    pub path: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its headline.
    pub title: Option<String>,
    /// The day of publication.
    pub published: Option<Date>,
    /// Where that day was found.
    pub published_from: Option<DateOrigin>,
    /// Who wrote it.
    pub author: Option<String>,
}

/// Where a day of publication was found, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateOrigin {
    /// Told by the user.
    Given,
    /// Told by the archive it came in: a column, an entry of a feed.
    Archive,
    /// A `<meta>` or `<time>` element of the page.
    Tag,
    /// The JSON-LD block of the page.
    JsonLd,
    /// The page's address: `/2012/11/21/`.
    Url,
    /// The dateline of the report, when it tells a year.
    Dateline,
    /// A date line above the report.
    Line,
    /// None of these: the day it was fetched from the web.
    Fetched,
}

/// A part of the text that is no part of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Removed {
    /// The bytes.
    pub span: Span,
    /// Why: `related`, `caption`, `share`, `byline`, `legal`, ...
    pub reason: &'static str,
}

/// The line that opens wire copy: `JERUSALEM, Nov. 21 (AP) -`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// All of it, with the dash.
    pub span: Span,
    /// The place name in it.
    pub place: Span,
    /// The day in it, if one is told.
    pub date: Option<Date>,
}

/// A report on its way through the stages.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// What is known besides the text.
    pub meta: Meta,
    /// The text that all offsets point into; never altered after ingest.
    pub text: String,
    /// What is not read: sorted, not overlapping.
    pub removed: Vec<Removed>,
    /// The dateline, if there is one.
    pub dateline: Option<Dateline>,
    /// Sentences, tokens and trees.
    pub syntax: Syntax,
    /// What went wrong without stopping the reading.
    pub warnings: Vec<String>,
}

impl Document {
    /// A document of plain text, nothing removed.
    pub fn new(meta: Meta, text: impl Into<String>) -> Self {
        Self { meta, text: text.into(), ..Self::default() }
    }

    /// The words of token `i` as they stand in the text.
    #[inline]
    pub fn form(&self, i: u32) -> &str {
        self.syntax.token(i).span.of(&self.text)
    }

    /// Whether `span` touches a removed part.
    pub fn is_removed(&self, span: Span) -> bool {
        let i = self.removed.partition_point(|r| r.span.end <= span.start);
        self.removed.get(i).is_some_and(|r| r.span.overlaps(span))
    }
}
