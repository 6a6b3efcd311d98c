//! Who said what, written down: quotations and reported speech with their speakers.

use crate::assemble::{Places, entity_id};
use crate::reader::Reading;
use crate::settle;
use dateline_core::grammar;
use dateline_core::record::Statement;
use dateline_core::syntax::{Deprel, Syntax};

/// Words a quotation needs to be a statement; shorter ones are names, titles and scare quotes.
const STATEMENT_WORDS: usize = 3;

/// The statements of a report, in text order.
pub(crate) fn all(reading: &Reading, places: &Places) -> Vec<Statement> {
    let doc = &reading.doc;
    let name_of = |token: Option<u32>| {
        let token = token?;
        Some(match reading.cast.member_at(token) {
            Some(m) => reading.cast.member(m).name.clone(),
            None => dateline_actors::phrase::span(&doc.syntax, token).of(&doc.text).to_owned(),
        })
    };
    let id_of = |token: Option<u32>| token.and_then(|t| reading.cast.member_at(t)).map(entity_id);
    let mut found: Vec<Statement> = Vec::new();
    for (q, speaker) in reading.voices.quotes.iter().zip(&reading.voices.speakers) {
        if !speaker.spoken || q.span.of(&doc.text).split_whitespace().count() < STATEMENT_WORDS {
            continue;
        }
        let source = speaker.source.map(|t| speaking(&doc.syntax, t));
        found.push(Statement {
            id: String::new(),
            speaker: id_of(source),
            name: name_of(source),
            quoted: true,
            span: q.span,
            cue: speaker.cue.map(|c| doc.syntax.token(c).span),
            addressee: name_of(speaker.addressee),
            place: speaker.cue.and_then(|c| settle::place_of_speech(reading, c)).and_then(|p| places.id(p)),
            when: speaker.cue.and_then(|c| settle::time_of_speech(reading, c)),
        });
    }
    for r in &reading.voices.reports {
        let quoted = r.content.iter().any(|c| reading.voices.quotes.iter().any(|q| c.overlaps(q.span)));
        let Some(span) = r.content.first().copied().filter(|_| !quoted && r.vouches() && r.source.is_some())
        else {
            continue;
        };
        let source = r.source.map(|t| speaking(&doc.syntax, t));
        found.push(Statement {
            id: String::new(),
            speaker: id_of(source),
            name: name_of(source),
            quoted: false,
            span,
            cue: Some(r.cue_span),
            addressee: name_of(r.addressee),
            place: settle::place_of_speech(reading, r.cue).and_then(|p| places.id(p)),
            when: settle::time_of_speech(reading, r.cue),
        });
    }
    found.sort_by_key(|s| (s.span.start, s.span.end));
    for (k, s) in found.iter_mut().enumerate() {
        s.id = format!("s{}", k + 1);
    }
    found
}

/// Whoever speaks where a thing is said to: "Trump's statement", "a statement released by his office", "they issued a
/// statement which said", "some of the protesters".
pub(crate) fn speaking(s: &Syntax, token: u32) -> u32 {
    if matches!(
        s.lemma(token),
        "some" | "many" | "several" | "most" | "one" | "all" | "both" | "others" | "none"
    ) {
        return grammar::prepositional(s, token, "of").next().unwrap_or(token);
    }
    let paper = matches!(
        s.lemma(token),
        "statement"
            | "letter"
            | "tweet"
            | "post"
            | "message"
            | "memo"
            | "email"
            | "announcement"
            | "communique"
            | "declaration"
            | "speech"
            | "release"
            | "note"
            | "comment"
            | "remark"
    );
    if !paper {
        return token;
    }
    let owner = s.child(token, Deprel::NmodPoss);
    let issued = || s.children_with(token, Deprel::Acl).find_map(|c| grammar::agent(s, c));
    let from = || ["by", "from"].into_iter().find_map(|p| grammar::prepositional(s, token, p).next());
    let issuer = || {
        let verb = s.head(token).filter(|_| s.token(token).deprel == Deprel::Obj)?;
        grammar::subject(s, verb)
    };
    owner.or_else(issued).or_else(from).or_else(issuer).unwrap_or(token)
}
