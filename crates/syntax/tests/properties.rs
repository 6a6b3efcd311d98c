//! What holds for any text.

use dateline_core::{Span, Syntax};
use dateline_syntax::conllu;
use dateline_syntax::segment::{Buffers, MAX_SENTENCE, Segmenter};
use proptest::prelude::*;
use std::sync::LazyLock;

static SEGMENTER: LazyLock<Segmenter> =
    LazyLock::new(|| Segmenter::embedded().expect("the tables can be read"));

fn segment(text: &str, removed: &[Span], cuts: &[u32]) -> Syntax {
    let mut syntax = Syntax::default();
    SEGMENTER.segment(text, removed, cuts, &mut Buffers::default(), &mut syntax);
    syntax
}

/// Spans slice, tokens and sentences are in order and disjoint, and nothing visible outside `removed` is left out.
fn check(text: &str, removed: &[Span], syntax: &Syntax) {
    let mut covered = vec![false; text.len()];
    let mut end = 0;
    for (i, token) in syntax.tokens.iter().enumerate() {
        let form = token.span.of(text);
        assert!(!form.is_empty(), "token {i} has no text");
        assert!(token.span.start >= end, "token {i} overlaps the one before");
        assert!(removed.iter().all(|r| !r.overlaps(token.span)), "token {i} was removed");
        end = token.span.end;
        covered[token.span.start as usize..end as usize].fill(true);
    }
    for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
        let gone = removed.iter().any(|r| r.contains(at as u32));
        assert!(covered[at] || gone, "{c:?} at {at} is in no token");
    }
    let mut next = 0;
    for (i, sentence) in syntax.sentences.iter().enumerate() {
        assert_eq!(sentence.tokens.0, next, "sentence {i} does not follow");
        assert!(sentence.tokens.1 > next && sentence.tokens.1 - next <= MAX_SENTENCE as u32);
        next = sentence.tokens.1;
        let span = syntax.token(sentence.tokens.0).span.join(syntax.token(next - 1).span);
        assert_eq!(sentence.span, span);
    }
    assert_eq!(next as usize, syntax.tokens.len());
}

/// Text in which the marks that matter are frequent.
fn texts() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        3 => "[a-zA-Z]{1,6}",
        2 => prop::sample::select(vec![
            ".", "...", "'", "’", "n't", "'s", "U.S.", "Lt. Gen. ", "\"", "“", "”", "-", "--", "—", ",", "(", ")", "1,000", "5:30",
            "/", "@", "://", "www.", "http://", "&", "$", "#", "_", "*", "\0", "\u{feff}", "\u{200d}", "\u{301}", "👍🏽", "é", "ß",
            "\u{a0}", "\r\n", "\n", "\n\n", "\t", ":)", "mailto:", "No. ", "A.", "``", "''", "…", "日本", "ﬁ", "İ",
        ]).prop_map(str::to_owned),
        2 => Just(" ".to_owned()),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 0..60).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn any_text_is_covered(text in texts()) {
        let syntax = segment(&text, &[], &[]);
        check(&text, &[], &syntax);
    }

    #[test]
    fn removed_parts_are_skipped(text in texts(), places in prop::collection::vec(any::<prop::sample::Index>(), 0..6)) {
        let bounds: Vec<u32> = text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect();
        let mut places: Vec<u32> = places.iter().map(|i| bounds[i.index(bounds.len())]).collect();
        places.sort_unstable();
        let removed: Vec<Span> = places.chunks_exact(2).map(|p| Span::new(p[0], p[1])).filter(|s| !s.is_empty()).collect();
        let syntax = segment(&text, &removed, &places);
        check(&text, &removed, &syntax);
        for &cut in &places {
            prop_assert!(syntax.sentences.iter().all(|s| s.span.start >= cut || s.span.end <= cut));
        }
    }

    #[test]
    fn what_is_written_reads_back(text in texts()) {
        let syntax = segment(&text, &[], &[]);
        let mut out = String::new();
        conllu::write(&text, &syntax, "s", &mut out);
        let blocks = conllu::read(&out).expect("ten columns");
        let words: usize = blocks.iter().map(|b| b.words().count()).sum();
        prop_assert_eq!(words, syntax.tokens.len());
    }
}

/// Texts that would be slow if any step looked too far.
#[test]
fn cost_is_linear() {
    let size = if cfg!(debug_assertions) { 300_000 } else { 3_000_000 };
    let read = |unit: &str| {
        let text = unit.repeat(size / unit.len());
        let start = std::time::Instant::now();
        (segment(&text, &[], &[]), start.elapsed())
    };
    // Against plain words, so that a busy machine makes no difference.
    let (_, plain) = read("word ");
    for unit in [
        "a", "word ", "A. ", "a.", "a'", "a-", "1/", "1,", ".", "@a", "a@", "http://)", "mailto:@", "://",
        "(", "\"", "\n", "a\n", "👍", "\u{200d}", " ", "n't", "U.S. ", "a_", "www.", "a/b-", "x\u{301}",
    ] {
        let (syntax, took) = read(unit);
        assert!(
            took < 20 * plain + std::time::Duration::from_secs(1),
            "{unit:?} took {took:?}, plain words {plain:?}"
        );
        assert!(unit.trim().is_empty() || !syntax.tokens.is_empty());
    }
}
