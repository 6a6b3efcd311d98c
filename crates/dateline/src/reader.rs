//! The line of stages, for one thread.

use crate::model::{Error, Model};
use crate::{assemble, settle, training};
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::record::Record;
use dateline_core::{Country, Document, Span};
use dateline_events::speech::Speech;
use dateline_place::{Hints, NameHint, Toponym};
use dateline_time::{Anchors, Timex};
use dateline_voices::Voices;

/// Reads reports into records; one a thread, its buffers are reused.
///
/// ```no_run
/// use dateline::{Model, Reader};
/// let mut reader = Reader::new(&Model::embedded()?);
/// let options = dateline::Options { date: Some("2012-11-21".parse().unwrap()), ..Default::default() };
/// let record = reader.read(b"Clinton met Netanyahu in Jerusalem on Tuesday.", &options)?;
/// assert_eq!(record.events.len(), 1);
/// # Ok::<(), dateline::Error>(())
/// ```
pub struct Reader {
    model: Model,
    worker: dateline_syntax::Worker,
}

/// What the stages have read of one report, before it is written down as a record.
#[derive(Debug, Default)]
pub struct Reading {
    /// Text and trees.
    pub doc: Document,
    /// Country of the dateline.
    pub home: Option<Country>,
    /// Who is spoken of.
    pub cast: Cast,
    /// Place names.
    pub toponyms: Vec<Toponym>,
    /// Time expressions.
    pub times: Vec<Timex>,
    /// Quotations and reported speech.
    pub voices: Voices,
    /// Tellings of acts.
    pub occurrences: Vec<dateline_events::Occurrence>,
}

impl Reader {
    /// A reader over a shared model.
    pub fn new(model: &Model) -> Reader {
        Reader { worker: dateline_syntax::Worker::new(model.syntax()), model: model.clone() }
    }

    /// The model it reads with.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Reads the bytes of a text or web page.
    pub fn read(&mut self, bytes: &[u8], options: &dateline_ingest::Options) -> Result<Record, Error> {
        Ok(self.read_document(dateline_ingest::read(bytes, options)?))
    }

    /// Reads a document whose text is known.
    pub fn read_document(&mut self, doc: Document) -> Record {
        let reading = self.reading(doc);
        self.record(reading)
    }

    /// Runs all stages and keeps what they found.
    pub fn reading(&mut self, doc: Document) -> Reading {
        let mut reading = Reading { doc, ..Reading::default() };
        self.worker.parse(self.model.syntax(), &mut reading.doc);
        self.understand(reading)
    }

    /// What the trained parts see of a reading, for training them.
    pub fn training(&self, reading: &Reading) -> training::Training {
        training::of(&self.model, reading)
    }

    /// Writes a reading down as a record.
    pub fn record(&self, reading: Reading) -> Record {
        assemble::record(&self.model, reading)
    }

    /// Writes a reading down with every act in it, those too that a record leaves out as unlikely; for training.
    pub fn record_of_all(&self, reading: Reading) -> Record {
        assemble::record_of_all(&self.model, reading)
    }

    /// Resolves given place names of a document, one answer a span.
    pub fn resolve_places(&mut self, doc: &Document, spans: &[Span]) -> Vec<Toponym> {
        let mut parsed = doc.clone();
        self.worker.parse(self.model.syntax(), &mut parsed);
        let (names, removed) = (name_hints(&parsed), removed(&parsed));
        self.model.parts.places.resolve_spans(&doc.text, spans, &hints(&parsed, &names, &removed))
    }

    /// Runs the stages behind the syntax over a document that is parsed already.
    pub fn understand(&mut self, mut reading: Reading) -> Reading {
        let parts = &self.model.parts;
        let doc = &reading.doc;
        let (names, removed) = (name_hints(doc), removed(doc));
        parts.places.find(&doc.text, &hints(doc, &names, &removed), &mut reading.toponyms);
        let anchors = Anchors { published: doc.meta.published, dateline: doc.dateline.and_then(|d| d.date) };
        parts.times.tag_with(&doc.text, &anchors, |span| settle::tense(doc, span), &mut reading.times);
        let toponyms = &reading.toponyms;
        let country = |offset: u32| -> Option<Country> {
            let k = toponyms.partition_point(|t| t.span.end <= offset);
            toponyms.get(k).filter(|t| t.span.contains(offset))?.place.as_ref()?.country
        };
        let home = doc.dateline.and_then(|d| country(d.place.start));
        let quotes = dateline_voices::quotations(doc);
        let quoted: Vec<Span> = quotes.iter().map(|q| q.span).collect();
        dateline_actors::read(
            doc,
            &parts.knowledge,
            &country,
            home,
            &quoted,
            &parts.origin_ranker,
            &mut reading.cast,
        );
        reading.home = home;
        reading.voices = dateline_voices::read(doc, &parts.cues, quotes);
        let speeches: Vec<(Span, u32)> = reading
            .voices
            .quotes
            .iter()
            .zip(&reading.voices.speakers)
            .filter_map(|(q, s)| Some((q.span, reading.cast.member_at(s.source?)?)))
            .collect();
        dateline_actors::speak(doc, &mut reading.cast, &speeches);
        go_on(doc, &mut reading.cast, &reading.voices);
        reading.cast.count();
        reading.occurrences =
            parts.coder.read(doc, &reading.cast, &words_of_others(&reading.cast, &reading.voices));
        settle::all(&mut reading);
        reading
    }
}

/// "He added": the pronoun stands for whoever spoke last, and so does one for a man or woman that was taken for a group.
fn go_on(doc: &Document, cast: &mut Cast, voices: &Voices) {
    let mut last = None;
    for speaker in &voices.speakers {
        let Some(token) = speaker.source else { continue };
        let mut member = cast.member_at(token);
        let person = |m: u32| cast.member(m).kind == EntityKind::Person;
        let mistaken = matches!(doc.syntax.lemma(token), "he" | "she") && !member.is_some_and(person);
        if (speaker.goes_on || mistaken)
            && let Some(last) = last
            && let Some(mention) =
                cast.of_token.get(token as usize).and_then(|k| cast.mentions.get_mut(*k as usize))
        {
            mention.member = last;
            member = Some(last);
        }
        last = member.or(last);
    }
}

fn removed(doc: &Document) -> Vec<Span> {
    doc.removed.iter().map(|r| r.span).collect()
}

fn hints<'a>(doc: &'a Document, names: &'a [NameHint], removed: &'a [Span]) -> Hints<'a> {
    Hints {
        names: Some(names),
        removed,
        dateline: doc.dateline.map(|d| d.place),
        url: doc.meta.url.as_deref(),
        home: None,
    }
}

/// What is quoted or reported of members of the cast.
fn words_of_others(cast: &Cast, voices: &Voices) -> Vec<Speech> {
    let quoted = voices
        .quotes
        .iter()
        .zip(&voices.speakers)
        .filter_map(|(q, s)| Some(Speech { speaker: cast.member_at(s.source?)?, content: vec![q.span] }));
    let reported = voices
        .reports
        .iter()
        .filter_map(|r| Some(Speech { speaker: cast.member_at(r.source?)?, content: r.content.clone() }));
    quoted.chain(reported).collect()
}

/// Names by the English model.
fn name_hints(doc: &Document) -> Vec<NameHint> {
    use dateline_core::labels::NameTag;
    let mut names: Vec<NameHint> = Vec::new();
    let mut open = false;
    for t in &doc.syntax.tokens {
        match t.name {
            NameTag::Begin(class) => {
                names.push(NameHint { span: t.span, class });
                open = true;
            }
            NameTag::Inside(_) if open => {
                if let Some(last) = names.last_mut() {
                    last.span = last.span.join(t.span);
                }
            }
            _ => open = false,
        }
    }
    names
}
