#![no_main]
//! Place names.

use dateline_core::Span;
use dateline_fuzz::set_up;
use dateline_place::{Hints, Resolver};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static RESOLVER: LazyLock<Resolver> = LazyLock::new(|| Resolver::new().expect("the gazetteer loads"));

fuzz_target!(init: set_up(), |data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let (mut found, mut again) = (Vec::new(), Vec::new());
    let hints = Hints { url: text.lines().next(), ..Hints::default() };
    RESOLVER.find(&text, &hints, &mut found);
    RESOLVER.find(&text, &hints, &mut again);
    assert_eq!(found, again);
    assert!(found.iter().all(|toponym| !toponym.span.of(&text).is_empty()), "{found:?}");
    // Names may be asked for wherever somebody else saw them.
    let mut spans: Vec<Span> = found.iter().map(|toponym| toponym.span).collect();
    spans.extend(text.char_indices().step_by(7).map(|(at, c)| Span::new(at as u32, (at + c.len_utf8()) as u32)));
    assert_eq!(RESOLVER.resolve_spans(&text, &spans, &hints).len(), spans.len());
});
