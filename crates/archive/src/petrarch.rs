//! The XML that PETRARCH takes: sentences with date, source and identifier.
//!
//! Sentences of one story (`id="story_1"`, `id="story_2"`) become one report, so that pronouns find whom they mean.

use crate::container::Members;
use crate::entry::{Entry, Fault, FaultKind, Known, Place, Unit};
use crate::rows::bounded::{Bound, Bounded};
use crate::source::Opened;
use dateline_ingest::Format;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use std::io::BufRead;

pub(crate) fn members(opened: Opened, max_bytes: usize) -> Result<Members, Fault> {
    let (place, stem) = (opened.place(), opened.source.stem());
    let content = opened.content().map_err(|error| Fault::io(place.clone(), &error))?;
    let bound = Bound::new(max_bytes.saturating_mul(2).saturating_add(1 << 16));
    let mut xml = Reader::from_reader(Bounded::new(content, bound.clone()));
    xml.config_mut().check_end_names = false;
    Ok(Box::new(Stories {
        xml: Some(xml),
        bound,
        place,
        stem,
        max_bytes,
        number: 0,
        open: None,
        ended: None,
    }))
}

struct Stories<R> {
    xml: Option<Reader<Bounded<R>>>,
    bound: Bound,
    place: Place,
    stem: String,
    max_bytes: usize,
    number: u64,
    /// The story whose sentences are being gathered.
    open: Option<Story>,
    /// What comes after the last story.
    ended: Option<Fault>,
}

#[derive(Default)]
struct Story {
    id: String,
    position: u64,
    known: Known,
    text: String,
}

/// What an attribute list says of a sentence.
#[derive(Default)]
struct Sentence {
    id: Option<String>,
    is_sentence: bool,
    known: Known,
}

impl<R: BufRead> Iterator for Stories<R> {
    type Item = Result<Entry, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.xml.is_some() {
            match self.sentence() {
                Ok(Some((sentence, text))) => {
                    if let Some(story) = self.add(sentence, &text) {
                        return Some(self.entry(story));
                    }
                }
                Ok(None) => self.xml = None,
                Err(fault) => {
                    self.xml = None;
                    self.ended = Some(fault);
                }
            }
        }
        if let Some(story) = self.open.take() {
            return Some(self.entry(story));
        }
        self.ended.take().map(Err)
    }
}

impl<R: BufRead> Stories<R> {
    /// The next sentence (or whole story) and its text.
    fn sentence(&mut self) -> Result<Option<(Sentence, String)>, Fault> {
        let Some(xml) = &mut self.xml else { return Ok(None) };
        let here = self.place.at(Unit::Byte, xml.buffer_position());
        let bound = &self.bound;
        let fail = |error: quick_xml::Error| match error {
            quick_xml::Error::Io(error) => Fault::io(here.clone(), &error),
            // A tag, comment or the like that has no end.
            quick_xml::Error::Syntax(_) => Fault::io(here.clone(), &std::io::ErrorKind::UnexpectedEof.into()),
            error => {
                let reason = format!("cannot be read as XML ({error}): mend the file");
                Fault::new(here.clone(), FaultKind::Malformed, reason)
            }
        };
        bound.renew();
        let (mut sentence, mut text, mut in_text) = (None, String::new(), false);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match xml.read_event_into(&mut buffer).map_err(fail)? {
                Event::Start(tag) => match tag.local_name().as_ref() {
                    "Sentence" | "Story" => {
                        bound.renew();
                        text.clear();
                        sentence = Some(attributes(&tag));
                    }
                    "Text" => in_text = true,
                    _ => {}
                },
                Event::Text(part) if in_text => text.push_str(&part),
                Event::CData(part) if in_text => text.push_str(&part),
                Event::GeneralRef(name) if in_text => text.push_str(&resolved(&name)),
                Event::End(tag) => match tag.local_name().as_ref() {
                    "Text" => in_text = false,
                    "Sentence" | "Story" => {
                        if let Some(sentence) = sentence.take() {
                            return Ok(Some((sentence, text)));
                        }
                    }
                    _ => {}
                },
                Event::Eof if sentence.is_some() || in_text => {
                    return Err(Fault::io(here, &std::io::ErrorKind::UnexpectedEof.into()));
                }
                Event::Eof => return Ok(None),
                _ => {}
            }
        }
    }

    /// Takes in a sentence; the story before it, when it belongs to another.
    fn add(&mut self, sentence: Sentence, text: &str) -> Option<Story> {
        self.number += 1;
        let id = sentence.id.unwrap_or_else(|| format!("{}-{}", self.stem, self.number));
        let story = match id.rsplit_once('_') {
            Some((story, number)) if sentence.is_sentence && number.bytes().all(|b| b.is_ascii_digit()) => {
                story.to_owned()
            }
            _ => id,
        };
        // Lines are broken where it suited the file.
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match &mut self.open {
            Some(open) if open.id == story => {
                // One more than the most is enough to see that it is too long.
                if open.text.len() <= self.max_bytes {
                    open.text.push('\n');
                    open.text.push_str(&text);
                }
                None
            }
            open => open.replace(Story { id: story, position: self.number, known: sentence.known, text }),
        }
    }

    fn entry(&self, story: Story) -> Result<Entry, Fault> {
        let place = self.place.at(Unit::Entry, story.position);
        if story.text.len() > self.max_bytes {
            return Err(Fault::too_large(place, self.max_bytes));
        }
        Ok(Entry {
            place,
            id: story.id,
            known: story.known,
            bytes: story.text.into_bytes(),
            format: Format::Text,
            warnings: Vec::new(),
        })
    }
}

fn attributes(tag: &BytesStart<'_>) -> Sentence {
    let mut sentence = Sentence::default();
    for attribute in tag.attributes().with_checks(false).filter_map(Result::ok) {
        let value = attribute.value.trim();
        let value = quick_xml::escape::unescape(value).map_or(value.to_owned(), std::borrow::Cow::into_owned);
        if value.is_empty() {
            continue;
        }
        match attribute.key.local_name().as_ref() {
            "id" => sentence.id = Some(value),
            "date" => sentence.known.published = dateline_ingest::day_in(&value),
            "source" => sentence.known.publisher = Some(value),
            "url" => sentence.known.url = Some(value),
            "headline" => sentence.known.title = Some(value),
            "sentence" => sentence.is_sentence = value.eq_ignore_ascii_case("true"),
            _ => {}
        }
    }
    sentence
}

/// What an entity stands for; itself when it is not known.
fn resolved(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(character)) = name.resolve_char_ref() {
        return character.to_string();
    }
    let name: &str = name;
    quick_xml::escape::resolve_predefined_entity(name).map_or_else(|| format!("&{name};"), str::to_owned)
}
