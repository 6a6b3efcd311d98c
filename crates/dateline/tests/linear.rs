//! The cost of a token does not grow with the length of the text, whatever the text.
//!
//! Texts are parsed once and laid end to end, since parsing is slow without optimisation and has tests of its own. What
//! comes behind the parser may then cost up to three times as much for a long text as for eight texts of an eighth of its
//! length; what looks at everything for everything would cost eight times as much. Time is that of this thread's work,
//! not that of the clock.

mod common;

use common::{model, options, repository};
use dateline::core::syntax::{NONE, Upos};
use dateline::core::{Document, Sentence, Span, Token};
use dateline::{Reader, Reading};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Copies in the short text, and how many times as long the long one is.
const SHORT: u32 = 8;
const TIMES: u32 = 8;
/// How many times as much the long text may cost as so many short ones.
const MORE: f64 = 3.0;

/// The time that this thread has worked; where the system does not tell, the time by the clock.
fn worked() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.as_deref().and_then(|t| t.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| START.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// A parsed text as often as told. Every other copy has names of its own, so that neither the mentions of somebody nor the
/// number of those mentioned stays small.
fn repeated(doc: &Document, times: u32) -> Document {
    let mut out = Document::new(doc.meta.clone(), "");
    let (tokens, sentences) = (&doc.syntax.tokens, &doc.syntax.sentences);
    for copy in 0..times {
        let (at, lemmas) = (out.text.len() as u32, out.syntax.lemmas.len() as u32);
        let (first, sentence) = (out.syntax.tokens.len() as u32, out.syntax.sentences.len() as u32);
        let moved = |span: Span, by: u32| Span::new(span.start + by, span.end + by);
        let (mut text, mut lemma) = (doc.text.clone().into_bytes(), doc.syntax.lemmas.clone().into_bytes());
        for t in tokens.iter().filter(|t| copy % 2 == 1 && t.upos == Upos::Propn && t.span.len() > 3) {
            for (letters, span) in [(&mut text, t.span), (&mut lemma, t.lemma)] {
                let word = &mut letters[span.start as usize..span.end as usize];
                if word.is_ascii() && word.len() > 3 {
                    word[1] = b'a' + (copy % 26) as u8;
                    word[2] = b'a' + (copy / 26) as u8;
                }
            }
        }
        out.text += std::str::from_utf8(&text).expect("only letters were changed");
        out.syntax.lemmas += std::str::from_utf8(&lemma).expect("only letters were changed");
        out.syntax.tokens.extend(tokens.iter().map(|t| Token {
            span: moved(t.span, at),
            lemma: moved(t.lemma, lemmas),
            sentence: t.sentence + sentence,
            head: if t.head == NONE { NONE } else { t.head + first },
            ..*t
        }));
        out.syntax.sentences.extend(sentences.iter().map(|s| Sentence {
            tokens: (s.tokens.0 + first, s.tokens.1 + first),
            span: moved(s.span, at),
            paragraph: s.paragraph + sentence,
        }));
        out.text.push_str("\n\n");
    }
    out.syntax.index();
    out
}

/// Seconds of work behind the parser on so many texts of so many copies, the lesser of two times.
fn cost(reader: &mut Reader, doc: &Document, texts: u32, copies: u32) -> f64 {
    let doc = repeated(doc, copies);
    let mut once = || {
        let readings =
            (0..texts).map(|_| Reading { doc: doc.clone(), ..Reading::default() }).collect::<Vec<_>>();
        let before = worked();
        for reading in readings {
            let reading = reader.understand(reading);
            drop(reader.record(reading));
        }
        worked().saturating_sub(before).as_secs_f64()
    };
    (0..2).map(|_| once()).fold(f64::INFINITY, f64::min)
}

fn is_linear(name: &str, text: &str) {
    let mut reader = Reader::new(model());
    let doc = reader.reading(dateline::ingest(text.as_bytes(), &options()).expect("a text")).doc;
    let short = cost(&mut reader, &doc, TIMES, SHORT);
    let long = cost(&mut reader, &doc, 1, TIMES * SHORT);
    println!("{name}: {TIMES} texts {short:.3} s, one {long:.3} s, {:.2} times as much", long / short);
    assert!(
        long < MORE * short,
        "{name}: {long:.3} s for a text, {short:.3} s for {TIMES} of the same length"
    );
}

#[test]
fn news_is_read_in_linear_time() {
    let folder = repository("examples/crisis");
    let mut files: Vec<_> =
        folder.read_dir().expect("examples").map(|entry| entry.expect("an example").path()).collect();
    files.sort();
    files.push(repository("examples/shuttle.txt"));
    let texts: Vec<String> =
        files.iter().map(|path| std::fs::read_to_string(path).expect("a text")).collect();
    is_linear("news", &texts.join("\n\n"));
}

#[test]
fn monotonous_texts_are_read_in_linear_time() {
    for (name, unit) in [
        ("meetings", "Karl Brandt will meet Hisham Mansour in Cairo on Monday. "),
        ("quotations", "\"We will attack tomorrow,\" said Karl Brandt of the police. "),
        ("speech", "He said they said she would say that he said so. "),
        ("coordination", "Paris, London, Cairo and Rome and the army and the police and "),
        (
            "names",
            "Karl Brandt of the Brandt Council and Ivo Mansour of the Mansour Council met Anna Khoury. ",
        ),
        ("days", "On Monday, May 3, 2012, and on Tuesday since last week until Friday "),
        ("brackets", "((((((((("),
        ("marks", "\"\"\"\" “ “ “ ' ' '"),
        ("one word", "police "),
    ] {
        is_linear(name, &unit.repeat(3000 / unit.len()));
    }
}
