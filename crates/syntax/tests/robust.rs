//! What holds for any text that the whole stage reads: sentences, tokens, tags, lemmas, trees, names.

use dateline_core::labels::Deprel;
use dateline_core::syntax::NONE;
use dateline_core::{Document, Meta};
use dateline_syntax::segment::MAX_SENTENCE;
use dateline_syntax::{Model, Worker};
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::Instant;

static MODEL: LazyLock<Model> = LazyLock::new(|| Model::embedded().expect("the embedded model can be read"));

fn parse(worker: &mut Worker, text: &str) -> Document {
    let mut document = Document::new(Meta::default(), text);
    worker.parse(&MODEL, &mut document);
    document
}

/// Every sentence is a tree with one root and ends within bounds; every word has a lemma.
fn check(document: &Document) {
    let syntax = &document.syntax;
    for (i, sentence) in syntax.sentences.iter().enumerate() {
        assert!(sentence.range().len() <= MAX_SENTENCE);
        let root = syntax.root(i).expect("a root");
        for t in sentence.range() {
            let token = syntax.token(t);
            assert!(
                token.head == NONE || sentence.range().contains(&token.head),
                "word {t} leaves its sentence"
            );
            assert_eq!(token.head == NONE, token.deprel == Deprel::Root, "word {t}");
            assert!(syntax.is_within(t, root), "word {t} hangs on nothing");
            assert!(!syntax.lemma(t).is_empty(), "word {t} has no lemma");
        }
    }
}

/// Words, marks and characters from anywhere.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[a-zA-Z]{1,8} ",
        2 => "[A-Z]{2,9} ",
        2 => prop::sample::select(vec![
            "said ", "President ", "U.S. ", "“", "” ", "'s ", "n't ", ". ", ", ", "\n\n", "\n", " - ", "(", ") ", "$1.5m ", "\u{0}",
            "\u{202e}", "\u{fffd}", "\u{301}", "👩‍👩‍👧", "دمشق ", "北京", "Київ ", "ß", "İ", "ﬀ", "\u{e000}", "\u{10ffff}",
        ]).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..80).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Also: what a worker read before makes no difference.
    #[test]
    fn any_text_is_read(text in texts(), before in texts()) {
        let mut worker = Worker::new(&MODEL);
        let first = parse(&mut worker, &text);
        check(&first);
        check(&parse(&mut worker, &before));
        let again = parse(&mut worker, &text);
        let told = |d: &Document| {
            let s = &d.syntax;
            s.tokens.iter().map(|t| format!("{} {} {} {} {} {:?}", t.upos, t.xpos, t.head, t.deprel, t.name, t.lemma.of(&s.lemmas))).collect::<Vec<_>>()
        };
        prop_assert_eq!(told(&first), told(&again));
    }
}

#[test]
fn a_soft_hyphen_alone_is_a_word_too() {
    check(&parse(&mut Worker::new(&MODEL), "\u{ad}{"));
}

#[test]
fn headlines_in_capitals_have_a_verb_and_its_arguments() {
    let mut worker = Worker::new(&MODEL);
    for (text, subject, verb, object) in [
        ("POLICE DETAIN 30 PROTESTERS IN KHARTOUM", 0, 1, 3),
        ("REBELS ATTACK CONVOY NEAR BORDER", 0, 1, 2),
        ("PRESIDENT VISITS TURKEY", 0, 1, 2),
    ] {
        let document = parse(&mut worker, text);
        check(&document);
        let syntax = &document.syntax;
        assert_eq!(syntax.root(0), Some(verb), "{text}");
        assert_eq!(syntax.token(subject).deprel, Deprel::Nsubj, "{text}");
        assert_eq!((syntax.token(object).head, syntax.token(object).deprel), (verb, Deprel::Obj), "{text}");
    }
}

/// Ten megabytes in a release build, by far enough in any other.
const SIZE: usize = if cfg!(debug_assertions) { 100_000 } else { 10_000_000 };

#[test]
#[ignore = "a minute; run it with --release -- --ignored"]
fn ten_megabytes_without_a_full_stop_cost_as_much_a_word_as_news() {
    let mut worker = Worker::new(&MODEL);
    let cost = |worker: &mut Worker, text: &str| {
        let start = Instant::now();
        let document = parse(worker, text);
        check(&document);
        start.elapsed().as_secs_f64() / document.syntax.tokens.len() as f64
    };
    let news = "Rebels attacked a convoy near Goma on Tuesday, killing at least 12 soldiers, an army spokesman said. ";
    let plain = cost(&mut worker, &news.repeat(SIZE / 10 / news.len()));
    for unit in [
        "rebels attacked a convoy near Goma and ",
        "BREAKING NEWS ",
        "a",
        "a ",
        "\"",
        "( ",
        "日本",
        "said he said she ",
    ] {
        let size = if unit.len() > 30 { SIZE } else { SIZE / 100 };
        let endless = cost(&mut worker, &unit.repeat(size / unit.len()));
        let per_byte = unit == "a";
        println!("{unit:?}: {:.1} times the cost of a word of news", endless / plain);
        assert!(per_byte || endless < 10.0 * plain, "{unit:?} costs {endless:e} s a word, news {plain:e} s");
    }
}

/// The same at a size that any test run can bear, without the clock.
#[test]
fn text_without_a_full_stop_is_cut() {
    let mut worker = Worker::new(&MODEL);
    for unit in ["rebels attacked a convoy near Goma and ", "AND ", "\" ", "a-"] {
        let document = parse(&mut worker, &unit.repeat(20_000 / unit.len()));
        check(&document);
    }
}
