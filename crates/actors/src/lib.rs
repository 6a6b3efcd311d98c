//! Who is meant: names, titles and pronouns to entities with office, country and sector.
//!
//! [`read`] fills the [`Cast`] of a parsed document; [`speak`] adds "I" and "we" once the speakers of quotations are known.

#![forbid(unsafe_code)]

pub mod affinity;
pub mod candidate;
mod describe;
mod description;
mod index;
pub mod link;
pub mod names;
mod near;
pub mod origin;
mod person;
pub mod phrase;
pub mod pronouns;
mod recall;
mod sets;
mod setting;
mod several;
mod title;

pub use describe::{Description, describe};

use dateline_core::cast::Cast;
use dateline_core::ranker::Ranker;
use dateline_core::syntax::Upos;
use dateline_core::{Country, Document, Span};
use dateline_knowledge::Knowledge;
use jiff::civil::{Date, date};
use names::Named;

/// The day on which offices are asked for when a report has none.
const UNKNOWN_DAY: Date = date(2020, 1, 1);

/// Tokens between the first word of a title and the name.
const LONGEST_TITLE: u32 = 12;

/// Everybody in `doc`. `place_country` tells the country of a place name that begins at a byte offset; `home` the country
/// of the report's dateline, if known; `quotes` the
/// quotations in text order; `origin` judges of which country somebody is for whom the words name none.
pub fn read(
    doc: &Document,
    knowledge: &Knowledge,
    place_country: &dyn Fn(u32) -> Option<Country>,
    home: Option<Country>,
    quotes: &[Span],
    origin: &Ranker,
    cast: &mut Cast,
) {
    let s = &doc.syntax;
    cast.reset(s.tokens.len());
    let mut names = Vec::new();
    let day = doc.meta.published.or(doc.dateline.and_then(|d| d.date)).unwrap_or(UNKNOWN_DAY);
    names::find(doc, knowledge, Some(day), &mut names);
    let reader =
        candidate::Reader { doc, knowledge, names: &names, day: Some(day), place_countries: place_country };
    let mut roll = link::Roll::default();
    for i in 0..s.tokens.len() as u32 {
        let t = s.token(i);
        if t.upos == Upos::Pron || cast.member_at(i).is_some() {
            continue;
        }
        let heard = phrase::is_head(s, i) || (phrase::is_modifier(t.deprel) && stands_alone(&reader, i));
        let Some(c) = heard.then(|| reader.read(i)).flatten() else { continue };
        let parties = reader.several(i, &c);
        if parties.is_empty() {
            link::add(doc, cast, &mut roll, c);
        } else {
            link::add_several(doc, cast, &mut roll, i, parties);
        }
    }
    let known = &roll.known;
    setting::fill(doc, cast, known, home, origin);
    pronouns::resolve(doc, cast, known, quotes);
    link::own(cast, known);
    cast.mentions.sort_by_key(|m| m.head);
    for (k, m) in cast.mentions.iter().enumerate() {
        cast.of_token[m.head as usize] = k as u32;
    }
    sets::resolve(doc, cast);
}

/// A modifier that names a party by itself: "Israeli strikes", "Hamas attack", "police violence", but not a part of a
/// person's name or title.
fn stands_alone(reader: &candidate::Reader<'_>, i: u32) -> bool {
    let s = &reader.doc.syntax;
    let Some(name) = reader.name_at(i) else { return false };
    let Some(head) = s.head(i) else { return false };
    // Of a name whose words all hang on the head the last stands for all, else the one that the others hang on.
    let last = name.tokens.1 - 1;
    if name.covers(head) || (last != i && !s.is_within(last, i)) {
        return false;
    }
    let person = reader.name_at(head).is_some_and(|n| n.named == Named::Person);
    let in_title = matches!(name.named, Named::Role(..)) && is_in_title(reader, i);
    !person && !in_title
}

/// "Top hostage mediator Archbishop Cipriani": a role that stands before somebody's name, or before another such role.
fn is_in_title(reader: &candidate::Reader<'_>, i: u32) -> bool {
    let s = &reader.doc.syntax;
    let mut bearer = i;
    while phrase::is_modifier(s.token(bearer).deprel) {
        match s.head(bearer).filter(|h| h.saturating_sub(i) <= LONGEST_TITLE) {
            Some(head) if head > bearer => bearer = head,
            _ => return false,
        }
    }
    reader.is_person(bearer)
}

/// Links "I" and "we" in speeches to their speakers, given as members of the cast.
pub fn speak(doc: &Document, cast: &mut Cast, speeches: &[(Span, u32)]) {
    pronouns::resolve_speakers(doc, cast, speeches);
    cast.mentions.sort_by_key(|m| m.head);
    for (k, m) in cast.mentions.iter().enumerate() {
        cast.of_token[m.head as usize] = k as u32;
    }
}
