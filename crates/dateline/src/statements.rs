//! Who said what, written down: quotations and reported speech with their speakers.

use crate::assemble::{Places, entity_id};
use crate::naming::Names;
use crate::reader::Reading;
use crate::settle;
use dateline_core::cast::MentionKind;
use dateline_core::record::Statement;
use dateline_core::{Country, Span};

/// Words it takes to make a statement; shorter quotations are names, titles and scare quotes.
const STATEMENT_WORDS: usize = 3;

/// What is known of a statement before it is written down.
#[derive(Clone, Copy)]
struct Said {
    quoted: bool,
    span: Span,
    /// Head of the words that name the speaker.
    source: Option<u32>,
    /// The word of saying, and all words of saying.
    cue: Option<(u32, Span)>,
    addressee: Option<u32>,
}

/// The statements of a report, in text order.
pub(crate) fn all(reading: &Reading, names: &Names, places: &Places) -> Vec<Statement> {
    let mut said: Vec<Said> = quoted(reading).chain(reported(reading)).collect();
    said.sort_by_key(|s| (s.span.start, s.span.end));
    let mut statements: Vec<Statement> =
        said.into_iter().filter_map(|s| statement(reading, names, places, s)).collect();
    statements.iter_mut().zip(1..).for_each(|(s, number)| s.id = format!("s{number}"));
    statements
}

/// Quotations that are somebody's words.
fn quoted(reading: &Reading) -> impl Iterator<Item = Said> + '_ {
    let doc = &reading.doc;
    let quotes = reading.voices.quotes.iter().zip(&reading.voices.speakers);
    quotes
        .filter(|(q, speaker)| {
            speaker.spoken && q.span.of(&doc.text).split_whitespace().nth(STATEMENT_WORDS - 1).is_some()
        })
        .map(|(q, speaker)| Said {
            quoted: true,
            span: q.span,
            source: speaker.source,
            cue: speaker.cue.map(|c| (c, doc.syntax.token(c).span)),
            addressee: speaker.addressee,
        })
}

/// Reported speech without quotations, of somebody who is named.
fn reported(reading: &Reading) -> impl Iterator<Item = Said> + '_ {
    reading.voices.reports.iter().filter(|r| r.vouches() && r.source.is_some()).filter_map(|r| {
        let quoted = r.content.iter().any(|c| reading.voices.is_quoted(*c));
        let words =
            |span: &Span| span.of(&reading.doc.text).split_whitespace().nth(STATEMENT_WORDS - 1).is_some();
        let span = r.content.iter().copied().find(words).filter(|_| !quoted)?;
        Some(Said {
            quoted: false,
            span,
            source: r.source,
            cue: Some((r.cue, r.cue_span)),
            addressee: r.addressee,
        })
    })
}

/// Without quotation marks it takes a speaker to make a statement.
fn statement(reading: &Reading, names: &Names, places: &Places, said: Said) -> Option<Statement> {
    let speaker = said.source.and_then(|t| names.voice(reading, t));
    if speaker.is_none() && !said.quoted {
        return None;
    }
    let cue = said.cue.map(|(token, _)| token);
    Some(Statement {
        id: String::new(),
        speaker: speaker.as_ref().and_then(|v| v.member).map(entity_id),
        name: speaker.map(|v| v.name),
        quoted: said.quoted,
        span: said.span,
        cue: said.cue.map(|(_, span)| span),
        addressee: said.addressee.and_then(|t| names.hearer(reading, t)),
        place: cue.and_then(|c| settle::place_of_speech(reading, c)).and_then(|p| places.id(p)),
        when: cue.and_then(|c| settle::time_of_speech(reading, c)),
        topics: topics(reading, said.span),
    })
}

/// The countries that words are about: those of the places, states and persons they name, in the order of the text.
fn topics(reading: &Reading, span: Span) -> Vec<Country> {
    let s = &reading.doc.syntax;
    let toponyms = &reading.toponyms;
    let from = toponyms.partition_point(|t| t.span.end <= span.start);
    let named = toponyms[from..]
        .iter()
        .take_while(|t| t.span.start < span.end)
        .filter_map(|t| Some((t.span.start, t.place.as_ref()?.country?)));
    let mentions = s.tokens_in(span).filter_map(|t| {
        let m = reading.cast.mention_at(t).filter(|m| m.kind != MentionKind::Pronoun)?;
        Some((s.token(t).span.start, reading.cast.member(m.member).country?))
    });
    let mut found: Vec<(u32, Country)> = named.chain(mentions).collect();
    found.sort_unstable();
    let mut countries: Vec<Country> = Vec::new();
    for (_, country) in found {
        if !countries.contains(&country) {
            countries.push(country);
        }
    }
    countries
}
