//! Noun phrases: which tokens belong to the words that name somebody.

use dateline_core::Span;
use dateline_core::syntax::{Deprel, Syntax, Upos};

/// The noun phrase around head `i`, without determiner, relative clause, apposition and coordination: first and last token.
pub fn extent(s: &Syntax, i: u32) -> (u32, u32) {
    let (mut low, mut high) = (i, i);
    let mut stack = vec![i];
    while let Some(node) = stack.pop() {
        low = low.min(node);
        high = high.max(node);
        for &c in s.children(node) {
            let inside = match s.token(c).deprel {
                Deprel::Compound | Deprel::Flat | Deprel::NmodDesc | Deprel::Goeswith | Deprel::Fixed => true,
                Deprel::Amod | Deprel::Nummod | Deprel::NmodPoss => c < node,
                Deprel::Punct => c > low && c < high && s.token(c).upos == Upos::Punct,
                Deprel::Case => s.token(node).deprel == Deprel::NmodPoss && c > node,
                Deprel::Conj | Deprel::Cc => s.token(node).deprel != Deprel::Root && node != i && c < i,
                _ => false,
            };
            if inside {
                stack.push(c);
            }
        }
    }
    (low, high)
}

/// The bytes of [`extent`], reaching on over a complement with "of": "members of parliament".
pub fn span(s: &Syntax, i: u32) -> Span {
    let (low, high) = extent(s, i);
    let span = s.token(low).span.join(s.token(high).span);
    let complement = s
        .children_with(i, Deprel::Nmod)
        .find(|&c| c == high + 2 && s.children_with(c, Deprel::Case).any(|p| s.lemma(p) == "of"));
    match complement {
        Some(c) => span.join(s.token(extent(s, c).1).span),
        None => span,
    }
}

/// Whether a word with this relation stands before the one it hangs on and belongs to it.
pub const fn is_modifier(deprel: Deprel) -> bool {
    matches!(deprel, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc)
}

/// Whether token `i` heads a noun phrase of its own rather than standing inside another one.
pub fn is_head(s: &Syntax, i: u32) -> bool {
    let t = s.token(i);
    let nominal = matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
        || (t.upos == Upos::Adj && !matches!(t.deprel, Deprel::Amod | Deprel::Advmod));
    nominal
        && !matches!(
            t.deprel,
            Deprel::Compound
                | Deprel::Flat
                | Deprel::NmodDesc
                | Deprel::Fixed
                | Deprel::Goeswith
                | Deprel::Amod
        )
}
