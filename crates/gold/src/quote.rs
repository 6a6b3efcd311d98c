//! Words that stand once in a text: how an annotation points at a clause.

use dateline_core::Span;

/// Fewest and most words of a quotation that shows an event.
const WORDS: (usize, usize) = (3, 30);

/// The quotation that shows `clause` with its `trigger` (bytes of `text`): 3 to 30 words that the text has once and in
/// which the trigger's words come first where the trigger stands. None where the text repeats itself too often.
pub(crate) fn of(text: &str, clause: Span, trigger: Span) -> Option<(&str, &str)> {
    let word = trigger.of(text);
    if word.trim().is_empty() {
        return None;
    }
    let words = words(text);
    let at = |span: Span| {
        let first = words.partition_point(|w| w.end <= span.start);
        let last = words.partition_point(|w| w.start < span.end);
        (first, last)
    };
    let (from, to) = at(trigger);
    let (first, last) = at(clause);
    let (mut first, mut last) = (first.min(from), last.max(to));
    // A clause that is too long is cut around the trigger.
    while last - first > WORDS.1 {
        if from.saturating_sub(first) > last.saturating_sub(to) { first += 1 } else { last -= 1 }
    }
    loop {
        let quote = &text[words.get(first)?.start as usize..words.get(last.checked_sub(1)?)?.end as usize];
        let starts = quote.find(word).map(|at| at + words[first].start as usize);
        if starts != Some(trigger.start as usize) {
            // The same word stands before: begin behind it.
            if first >= from {
                return None;
            }
            first += 1;
            continue;
        }
        if last - first >= WORDS.0 && is_once(text, quote) {
            return Some((quote, word));
        }
        if last - first >= WORDS.1 {
            return None;
        }
        let before =
            first > 0 && text[words[first - 1].start as usize..trigger.start as usize].find(word).is_none();
        if last < words.len() {
            last += 1;
        } else if before {
            first -= 1;
        } else {
            return None;
        }
    }
}

/// Whether the text has the words once, overlaps counted.
pub(crate) fn is_once(text: &str, quote: &str) -> bool {
    let Some(at) = text.find(quote) else { return false };
    let next = at + text[at..].chars().next().map_or(1, char::len_utf8);
    !text[next..].contains(quote)
}

/// Runs of characters between blanks.
fn words(text: &str) -> Vec<Span> {
    let mut words = Vec::new();
    let mut start = None;
    for (i, c) in text.char_indices().chain([(text.len(), ' ')]) {
        if c.is_whitespace() {
            if let Some(start) = start.take() {
                words.push(Span::new(start, i as u32));
            }
        } else if start.is_none() {
            start = Some(i as u32);
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn find(text: &str, word: &str) -> Span {
        let at = text.find(word).unwrap();
        Span::new(at as u32, (at + word.len()) as u32)
    }

    #[test]
    fn a_quotation_is_made_long_enough_to_be_found_again() {
        let text = "Troops fired. They fired at a car near the bridge. Troops fired.";
        let (quote, word) = of(text, find(text, "They fired"), Span::new(19, 24)).unwrap();
        assert_eq!((quote, word), ("They fired at", "fired"));
        assert!(of("a a a a a a", Span::new(0, 3), Span::new(2, 3)).is_none());
        let (quote, _) = of(text, find(text, "Troops fired"), find(text, "fired")).unwrap();
        assert!(is_once(text, quote) && quote.starts_with("Troops fired. They"));
    }

    proptest! {
        #[test]
        fn what_is_given_can_be_found(text in "[ab é.]{0,80}", a in 0usize..80, b in 0usize..6, c in 0usize..20) {
            let floor = |mut i: usize| { i = i.min(text.len()); while !text.is_char_boundary(i) { i -= 1; } i };
            let (start, end) = (floor(a), floor(a + b));
            let trigger = Span::new(start as u32, end as u32);
            let clause = Span::new(floor(a.saturating_sub(c)) as u32, floor(a + b + c) as u32);
            if let Some((quote, word)) = of(&text, clause, trigger) {
                prop_assert_eq!(text.matches(quote).count(), 1);
                let count = quote.split_whitespace().count();
                prop_assert!((3..=30).contains(&count));
                prop_assert_eq!(text.find(quote).unwrap() + quote.find(word).unwrap(), start);
            }
        }
    }
}
