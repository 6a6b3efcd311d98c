//! Structs within the cells of the tables.

use crate::names::Names;
use crate::row::row;
use dateline_core::Span;
use dateline_core::offsets::CodePoints;
use dateline_core::record;
use jiff::civil::Date;

row! {
    /// Where words stand.
    SpanCell {
        start: u32 = "Where the words begin, in code points.",
        end: u32 = "Where they end.",
    }
}

impl From<Span> for SpanCell {
    fn from(span: Span) -> Self {
        Self { start: span.start, end: span.end }
    }
}

/// Spans of bytes as cells of code points.
pub(super) fn spans(points: &CodePoints, spans: &[Span]) -> Vec<SpanCell> {
    spans.iter().map(|&s| points.span(s).into()).collect()
}

row! {
    /// A party of an event.
    PartyCell<'a> {
        id: &'a str = "Identifier in `entities`.",
        name: Option<&'a str> = "Fullest name the report gives.",
        kind: Option<&'static str> = "Person, organization, group, country or place.",
        title: Option<&'a str> = "Office or role.",
        country: Option<String> = "Country.",
        sector: Option<&'static str> = "Sector.",
        code: Option<&'a str> = "Country and sector.",
        wikidata: Option<&'a str> = "Wikidata identifier.",
    }
}

impl<'a> PartyCell<'a> {
    pub(super) fn all(names: &Names<'a>, ids: &'a [String]) -> Vec<Self> {
        ids.iter()
            .map(|id| {
                let entity = names.entity(id);
                PartyCell {
                    id,
                    name: entity.map(|e| e.name.as_str()),
                    kind: entity.map(|e| e.kind.as_str()),
                    title: entity.and_then(|e| e.title.as_deref()),
                    country: entity.and_then(|e| e.country).map(|c| c.to_string()),
                    sector: entity.map(|e| e.sector.as_str()),
                    code: entity.map(|e| e.code.as_str()),
                    wikidata: entity.and_then(|e| e.wikidata.as_deref()),
                }
            })
            .collect()
    }
}

row! {
    /// On whose word an event rests.
    SourceCell<'a> {
        entity: Option<&'a str> = "Identifier in `entities`.",
        name: Option<&'a str> = "Name, null for \"reportedly\".",
        kind: &'static str = "How the word reached the report.",
        stance: &'static str = "What the source does with it.",
        cue: Option<SpanCell> = "Where the words of saying stand.",
    }
}

impl<'a> SourceCell<'a> {
    pub(super) fn all(points: &CodePoints, sources: &'a [record::Source]) -> Vec<Self> {
        let cell = |s: &'a record::Source| SourceCell {
            entity: s.entity.as_deref(),
            name: s.name.as_deref(),
            kind: s.kind.as_str(),
            stance: s.stance.as_str(),
            cue: s.cue.map(|cue| points.span(cue).into()),
        };
        sources.iter().map(cell).collect()
    }
}

row! {
    /// When something took place.
    WhenCell<'a> {
        start: Date = "First day.",
        end: Date = "Last day, included.",
        precision: &'static str = "How exactly the time was told.",
        text: &'a str = "The words that tell it.",
    }
}

impl<'a> From<&'a record::When> for WhenCell<'a> {
    fn from(when: &'a record::When) -> Self {
        Self { start: when.start, end: when.end, precision: when.precision.as_str(), text: &when.text }
    }
}

row! {
    /// What is demanded, promised, threatened or refused.
    AboutCell<'a> {
        event_type as "type": &'static str = "PLOVER type.",
        mode: Option<&'static str> = "PLOVER mode.",
        actors: Vec<&'a str> = "Identifiers of who would do it.",
        recipients: Vec<&'a str> = "Identifiers of whom it would be done to.",
        when: Option<WhenCell<'a>> = "When.",
    }
}

impl<'a> From<&'a record::About> for AboutCell<'a> {
    fn from(about: &'a record::About) -> Self {
        Self {
            event_type: about.event_type.as_str(),
            mode: about.mode.map(dateline_core::Mode::as_str),
            actors: about.actors.iter().map(String::as_str).collect(),
            recipients: about.recipients.iter().map(String::as_str).collect(),
            when: about.when.as_ref().map(Into::into),
        }
    }
}

row! {
    /// Where an event is told.
    MentionCell<'a> {
        sentence: u32 = "Index of the sentence, from 0.",
        clause: SpanCell = "The clause that tells it.",
        trigger: SpanCell = "The word that expresses it.",
        rule: &'a str = "The frame that matched.",
    }
}

impl<'a> MentionCell<'a> {
    pub(super) fn all(points: &CodePoints, mentions: &'a [record::EventMention]) -> Vec<Self> {
        let cell = |m: &'a record::EventMention| MentionCell {
            sentence: m.sentence,
            clause: points.span(m.clause).into(),
            trigger: points.span(m.trigger).into(),
            rule: &m.rule,
        };
        mentions.iter().map(cell).collect()
    }
}

row! {
    /// The line that opens wire copy.
    DatelineCell<'a> {
        place: Option<&'a str> = "Identifier in `places`.",
        date: Option<Date> = "Day told in it.",
    }
}

row! {
    /// A part of the text that was not read.
    RemovedCell<'a> {
        start: u32 = "Where it begins, in code points.",
        end: u32 = "Where it ends.",
        reason: &'a str = "Why it was not read.",
    }
}
