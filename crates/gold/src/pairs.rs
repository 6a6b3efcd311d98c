//! Which answered event is which annotated one.

use crate::error::Error;
use crate::files::Case;
use crate::format::{Event, Mention, Party};
use crate::names::{same_parties, words};
use dateline_core::record::{Magnitude, Record, When};
use dateline_core::{EventType, Span, Status};

/// Longest clause and trigger of an answer that count, in words.
const MOST: (usize, usize) = (60, 6);

/// Where an event is told: clause and trigger, in code points.
pub(crate) type Told = (Span, Span);

/// An annotated event with the places where it is told.
#[derive(Debug)]
pub(crate) struct Gold<'a> {
    pub(crate) event: &'a Event,
    pub(crate) told: Vec<Told>,
}

/// An answered event, its names looked up.
#[derive(Debug)]
pub(crate) struct Answer<'a> {
    pub(crate) event_type: EventType,
    pub(crate) mode: Option<&'static str>,
    pub(crate) status: Status,
    pub(crate) actors: Vec<Party>,
    pub(crate) recipients: Vec<Party>,
    pub(crate) place: Option<&'a str>,
    pub(crate) when: Option<&'a When>,
    pub(crate) sources: Vec<String>,
    pub(crate) magnitude: Magnitude,
    pub(crate) background: bool,
    pub(crate) told: Vec<Told>,
}

/// The span of code points that bytes make.
pub(crate) fn points(text: &str, start: usize, end: usize) -> Span {
    let before = text[..start].chars().count() as u32;
    Span::new(before, before + text[start..end].chars().count() as u32)
}

/// The annotated events of a case.
pub(crate) fn gold(case: &Case) -> Result<Vec<Gold<'_>>, Error> {
    let text = &case.text.text;
    let missing = |what: &str| Error::Quote {
        path: case.path.clone(),
        id: case.text.id.clone(),
        what: format!("{what:?}"),
    };
    let told = |mention: &Mention| match mention {
        Mention::Spans { clause, trigger } => Ok((*clause, *trigger)),
        Mention::Quoted { quote, trigger } => {
            let start = text.find(quote.as_str()).ok_or_else(|| missing(quote))?;
            let word = start + quote.find(trigger.as_str()).ok_or_else(|| missing(trigger))?;
            Ok((points(text, start, start + quote.len()), points(text, word, word + trigger.len())))
        }
    };
    let mut gold = Vec::with_capacity(case.gold.events.len());
    for event in &case.gold.events {
        gold.push(Gold { event, told: event.mentions.iter().map(told).collect::<Result<_, Error>>()? });
    }
    Ok(gold)
}

/// The events of a record whose spans count code points.
pub(crate) fn answers(record: &Record) -> Vec<Answer<'_>> {
    let chars: Vec<char> = record.text.chars().collect();
    let count = |span: Span| {
        let cut: String =
            chars.get(span.start as usize..span.end as usize).unwrap_or_default().iter().collect();
        words(&cut).len()
    };
    let entity = |id: &str| record.entities.iter().find(|e| e.id == id);
    let place = |id: &str| record.places.iter().find(|p| p.id == id);
    let party = |id: &String| match (entity(id), place(id)) {
        (Some(e), _) => {
            Party { name: e.name.clone(), country: e.country.map(|c| c.to_string()), sector: Some(e.sector) }
        }
        (None, Some(p)) => Party {
            name: p.name.clone(),
            country: p.country.map(|c| c.to_string()),
            sector: Some(dateline_core::Sector::Gov),
        },
        (None, None) => Party::default(),
    };
    let source = |s: &'_ dateline_core::record::Source| {
        let of_entity = || s.entity.as_deref().and_then(entity).map(|e| e.name.clone());
        s.name.clone().filter(|n| !n.is_empty()).or_else(of_entity).unwrap_or_default()
    };
    let mut answers = Vec::with_capacity(record.events.len());
    for e in &record.events {
        let told = e.mentions.iter().map(|m| (m.clause, m.trigger));
        answers.push(Answer {
            event_type: e.event_type,
            mode: e.mode.map(dateline_core::Mode::as_str),
            status: e.status,
            actors: e.actors.iter().map(party).collect(),
            recipients: e.recipients.iter().map(party).collect(),
            place: e.place.as_deref().and_then(place).map(|p| p.name.as_str()),
            when: e.when.as_ref(),
            sources: e.sources.iter().map(source).collect(),
            magnitude: e.magnitude,
            background: e.background,
            told: told.filter(|&(c, t)| count(c) <= MOST.0 && count(t) <= MOST.1).collect(),
        });
    }
    answers
}

/// Acts that all parties do to each other.
pub(crate) const fn is_reciprocal(event_type: EventType) -> bool {
    matches!(event_type, EventType::Consult | EventType::Agree | EventType::Cooperate)
}

/// Whether actors and recipients agree; of acts that are done to each other, all parties as one set.
pub(crate) fn parties_agree(gold: &Event, answer: &Answer<'_>) -> bool {
    let [ga, gr, aa, ar] = [&gold.actors, &gold.recipients, &answer.actors, &answer.recipients]
        .map(|list| list.iter().collect::<Vec<&Party>>());
    (same_parties(&ga, &aa) && same_parties(&gr, &ar))
        || is_reciprocal(gold.event_type) && same_parties(&[ga, gr].concat(), &[aa, ar].concat())
}

/// Pairs of numbers of annotated and answered events, such that as much as possible agrees.
pub(crate) fn pair(gold: &[Gold<'_>], answers: &[Answer<'_>]) -> Vec<(usize, usize)> {
    let mut candidates = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, a) in answers.iter().enumerate().filter(|(_, a)| a.event_type == g.event.event_type) {
            let meet = |(gc, gt): &Told, (ac, at): &Told| at.overlaps(*gc) && gt.overlaps(*ac);
            let hits: usize = g.told.iter().map(|x| a.told.iter().filter(|y| meet(x, y)).count()).sum();
            if hits > 0 {
                let agree = 4 * i32::from(parties_agree(g.event, a))
                    + 2 * i32::from(g.event.status == a.status)
                    + i32::from(g.event.sure);
                candidates.push((-agree, -(hits as i64), i, j));
            }
        }
    }
    candidates.sort_unstable();
    let (mut pairs, mut used) = (Vec::new(), (vec![false; gold.len()], vec![false; answers.len()]));
    for (_, _, i, j) in candidates {
        if !used.0[i] && !used.1[j] {
            (used.0[i], used.1[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs
}
