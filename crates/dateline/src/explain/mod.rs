//! Why every event was found, and what was passed over.

mod text;

pub use text::text;

use crate::reader::{Reader, Reading};
use dateline_core::cast::Cast;
use dateline_core::record::{Event, Record, Source, When};
use dateline_core::syntax::{Deprel, Upos};
use dateline_core::{Document, EventType, Mode, Span, Status, Syntax};
use dateline_events::fill::{self, Predicate};
use dateline_events::frame::{Pos, Relation};
use dateline_events::matcher::Unmet;
use dateline_events::{Coder, Occurrence};
use rustc_hash::FxHashSet;

/// A reading, written down, with the reasons.
#[derive(Debug)]
pub struct Explained {
    /// Text and trees.
    pub doc: Document,
    /// What is written down.
    pub record: Record,
    /// One after the other, the sentences of the text.
    pub sentences: Vec<Sentence>,
}

/// What frames made of one sentence.
#[derive(Debug, Default)]
pub struct Sentence {
    /// Acts that were found.
    pub tellings: Vec<Telling>,
    /// Words that begin a frame but became no event, with the names of their frames.
    pub unfit: Vec<(String, Vec<String>)>,
    /// Verbs that no frame knows.
    pub unknown: Vec<String>,
}

/// One act that was found.
#[derive(Debug)]
pub struct Telling {
    /// The word that expresses it.
    pub trigger: Span,
    /// Type of the act.
    pub event_type: EventType,
    /// Mode of the act.
    pub mode: Option<Mode>,
    /// Whether it took place.
    pub status: Status,
    /// Name of the frame.
    pub frame: String,
    /// A sentence that the frame was made for.
    pub example: String,
    /// What the condition of the frame is about that does not hold.
    pub unmet: Option<Unmet>,
    /// Who acts.
    pub actors: Slot,
    /// To whom.
    pub recipients: Slot,
    /// The words from which the status is read: what hangs on the trigger, then what it stands under, up to the root.
    pub cues: Vec<String>,
    /// When.
    pub when: Option<When>,
    /// On whose word.
    pub sources: Vec<Source>,
    /// What became of it.
    pub fate: Fate,
}

/// A slot of a frame.
#[derive(Debug)]
pub struct Slot {
    /// Each relation that was looked at, with the words that stand there.
    pub looked: Vec<(String, Vec<String>)>,
    /// Who was taken, each with country and sector.
    pub taken: Vec<String>,
}

/// What became of a telling.
#[derive(Debug)]
pub enum Fate {
    /// It is told by this event of the record.
    Event {
        /// Identifier of the event.
        id: String,
        /// How often the report tells it.
        times: usize,
        /// How sure the reading is.
        confidence: f32,
    },
    /// It is what a demand, promise, threat or refusal is about; the word that expresses that.
    ContentOf(String),
    /// The scorer thinks it unlikely.
    LeftOut,
}

impl Reader {
    /// Writes a reading down, and tells why each event is there.
    pub fn explain(&self, reading: Reading) -> Explained {
        let (doc, cast, mut occurrences) =
            (reading.doc.clone(), reading.cast.clone(), reading.occurrences.clone());
        let record = self.record(reading);
        // Where a frame does not wholly fit it counts only if the act became an event.
        let became: FxHashSet<Span> =
            record.events.iter().flat_map(|e| &e.mentions).map(|m| m.trigger).collect();
        occurrences.retain(|o| o.unmet.is_none() || became.contains(&o.trigger_span));
        let kept = Kept { doc: &doc, cast: &cast, occurrences: &occurrences, record: &record };
        let coder = self.model().coder();
        let sentences = (0..doc.syntax.sentences.len()).map(|n| kept.sentence(coder, n)).collect();
        Explained { doc, record, sentences }
    }
}

/// What was read of one report, beside its record.
struct Kept<'a> {
    doc: &'a Document,
    cast: &'a Cast,
    occurrences: &'a [Occurrence],
    record: &'a Record,
}

impl Kept<'_> {
    fn sentence(&self, coder: &Coder, n: usize) -> Sentence {
        let here = self.occurrences.iter().filter(|o| o.sentence as usize == n);
        let mut sentence =
            Sentence { tellings: here.map(|o| self.telling(coder, o)).collect(), ..Sentence::default() };
        self.passed_over(coder, n, &mut sentence);
        sentence
    }

    /// Frame, parties, status and fate of one telling.
    fn telling(&self, coder: &Coder, o: &Occurrence) -> Telling {
        let frame = coder.frames.frame(o.frame);
        let predicate =
            Predicate { head: o.trigger, others: o.others.clone(), nominal: frame.pos == Pos::Noun };
        Telling {
            trigger: o.trigger_span,
            event_type: o.event_type,
            mode: o.mode,
            status: o.status,
            frame: frame.name.to_string(),
            example: frame.example.to_string(),
            unmet: o.unmet,
            actors: self.slot(coder, &frame.actors, &predicate, &o.actors),
            recipients: self.slot(coder, &frame.recipients, &predicate, &o.recipients),
            cues: surroundings(self.doc, o.trigger),
            when: o.when.clone(),
            sources: o.sources.clone(),
            fate: self.fate(o),
        }
    }

    /// Each relation of a slot with the words that stand there, then who was taken.
    fn slot(&self, coder: &Coder, relations: &[Relation], predicate: &Predicate, members: &[u32]) -> Slot {
        let looked = relations.iter().map(|relation| {
            let mut tokens = Vec::new();
            fill::fill(&self.doc.syntax, &coder.support, predicate, relation, &mut tokens);
            let words = tokens.iter().map(|&t| self.doc.form(t).to_owned()).collect();
            (relation_name(relation).to_owned(), words)
        });
        let taken = members.iter().map(|&m| {
            let m = self.cast.member(m);
            format!("{} [{}{}]", m.name, m.country.map_or(String::new(), |c| c.to_string()), m.sector)
        });
        Slot { looked: looked.collect(), taken: taken.collect() }
    }

    /// The event of the record that holds the telling, or why there is none.
    fn fate(&self, o: &Occurrence) -> Fate {
        if let Some(owner) = o.content_of {
            return Fate::ContentOf(self.doc.form(owner).to_owned());
        }
        let holds = |e: &&Event| {
            e.event_type == o.event_type && e.mentions.iter().any(|m| m.trigger == o.trigger_span)
        };
        self.record.events.iter().find(holds).map_or(Fate::LeftOut, |e| Fate::Event {
            id: e.id.clone(),
            times: e.mentions.len(),
            confidence: e.confidence,
        })
    }

    /// Words of a sentence that begin a frame but became no event, and verbs that no frame knows.
    fn passed_over(&self, coder: &Coder, sentence: usize, out: &mut Sentence) {
        let syntax = &self.doc.syntax;
        let used = |i: u32| self.occurrences.iter().any(|o| o.trigger == i || o.others.contains(&i));
        let open = |i: u32| {
            matches!(syntax.token(i).upos, Upos::Verb | Upos::Noun | Upos::Propn | Upos::Adj | Upos::Adv)
        };
        for i in syntax.sentences[sentence].range().filter(|&i| open(i) && !used(i)) {
            let frames = coder.frames.starting_with(syntax.lemma(i));
            if frames.is_empty() {
                if syntax.token(i).upos == Upos::Verb {
                    out.unknown.push(syntax.lemma(i).to_owned());
                }
            } else {
                let names = frames.iter().map(|&f| coder.frames.frame(f).name.to_string()).collect();
                out.unfit.push((self.doc.form(i).to_owned(), names));
            }
        }
    }
}

/// The relation as the frame tables spell it.
fn relation_name(relation: &Relation) -> &str {
    match relation {
        Relation::Subject => "subj",
        Relation::Object => "obj",
        Relation::Indirect => "iobj",
        Relation::Possessor => "poss",
        Relation::Modifier => "adj",
        Relation::Support => "lv",
        Relation::Preposition(word) => word,
    }
}

/// The words from which a status is read: what depends on the trigger without content of its own, and what it stands
/// under, up to the root.
fn surroundings(doc: &Document, trigger: u32) -> Vec<String> {
    let syntax = &doc.syntax;
    let mut words: Vec<String> = syntax
        .children(trigger)
        .iter()
        .filter(|&&c| is_function_word(syntax, c))
        .map(|&c| format!("{} ({})", doc.form(c), syntax.token(c).deprel))
        .collect();
    let mut node = trigger;
    for head in syntax.ancestors(trigger) {
        words.push(format!("{} of {}", syntax.token(node).deprel, doc.form(head)));
        node = head;
    }
    words.push("root".to_owned());
    words
}

fn is_function_word(syntax: &Syntax, i: u32) -> bool {
    matches!(
        syntax.token(i).deprel,
        Deprel::Aux | Deprel::AuxPass | Deprel::Mark | Deprel::Advmod | Deprel::Amod | Deprel::Det
    )
}
