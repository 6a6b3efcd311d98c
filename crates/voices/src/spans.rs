//! The words of a report: of its source, of its cue, and of what it tells.

use crate::cues::Cues;
use crate::quotes::Quote;
use crate::shape::{Candidate, Shape};
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{Document, Span, grammar};

/// Marks and blanks that may stand between a quotation and what goes on behind it, in bytes.
const GAP: usize = 12;

/// The words of saying that may stand between two parts of a quotation, in bytes.
const INSERTED: usize = 250;

/// Quotations that one speech may be made of, so that a text of quotations only takes linear time.
const PARTS: usize = 64;

/// The quotation beside the sentence of a cue that has none within: behind it, or before it.
pub fn neighbour(doc: &Document, quotes: &[Quote], c: &Candidate) -> Option<usize> {
    let s = &doc.syntax;
    let at = s.token(c.content).span;
    let (k, between) = if c.shape == Shape::Preceding {
        let k = quotes.partition_point(|q| q.span.end <= at.start).checked_sub(1)?;
        let between = doc.text.get(quotes[k].span.end as usize..at.start as usize)?;
        (k, Some(between).filter(|b| b.len() <= GAP && !b.contains('\n'))?)
    } else {
        let k = quotes.partition_point(|q| q.span.start < at.end);
        (k, doc.text.get(at.end as usize..quotes.get(k)?.span.start as usize)?)
    };
    (between.len() <= GAP && !between.contains(char::is_alphanumeric)).then_some(k)
}

/// The head of the source of a candidate, as it stands: a relative pronoun is not replaced by what it stands for.
pub fn source(doc: &Document, c: &Candidate) -> Option<u32> {
    let s = &doc.syntax;
    if let Some(quoted) = quoted_as(s, c.cue) {
        return Some(quoted);
    }
    match c.shape {
        Shape::Preposition | Shape::Colon => c.link,
        Shape::Following if c.link.is_some() => c.link,
        Shape::Adverb => None,
        Shape::Noun => of_noun(s, c.cue, c.content),
        _ if s.token(c.cue).upos == Upos::Adj => subject(s, c.cue),
        _ => subject(s, c.cue).or_else(|| before(s, c.cue)).or_else(|| beside(s, c)),
    }
    .filter(|&x| x != c.content || c.shape == Shape::Colon)
}

/// Who is quoted: "Lavrov was quoted by Interfax as saying", "Interfax quoted Lavrov as saying".
fn quoted_as(s: &Syntax, saying: u32) -> Option<u32> {
    let quoting = s.head(saying).filter(|&h| matches!(s.lemma(h), "quote" | "cite"))?;
    let marks = s.children_with(saying, Deprel::Mark).chain(s.children_with(saying, Deprel::Case));
    marks.into_iter().any(|m| s.lemma(m) == "as").then(|| grammar::object(s, quoting)).flatten()
}

/// The subject of a predicate, its own before one that it shares.
fn subject(s: &Syntax, i: u32) -> Option<u32> {
    if grammar::is_passive(s, i) {
        return grammar::agent(s, i);
    }
    s.child(i, Deprel::Nsubj).or_else(|| grammar::subject(s, i))
}

/// Whose claim it is: "Iran's claim", "a claim by Iran", "Iran made the claim".
fn of_noun(s: &Syntax, noun: u32, content: u32) -> Option<u32> {
    let by = |word| grammar::prepositional(s, noun, word).find(|&x| x != content);
    s.child(noun, Deprel::NmodPoss)
        .or_else(|| by("by"))
        .or_else(|| by("from"))
        .or_else(|| by("among"))
        .or_else(|| by("of"))
        .or_else(|| {
            s.children(noun).iter().copied().find(|&x| {
                matches!(s.token(x).deprel, Deprel::Compound | Deprel::Amod)
                    && s.token(x).name.class().is_some()
            })
        })
        .or_else(|| {
            let verb = s.head(noun).filter(|&h| s.token(h).upos == Upos::Verb)?;
            (s.token(noun).deprel == Deprel::Obj).then(|| subject(s, verb)).flatten()
        })
}

/// The phrase that ends before a word of saying, where the tree hangs it on what is said: "..., the minister, Jane Doe, said
/// on Friday."
fn before(s: &Syntax, cue: u32) -> Option<u32> {
    if !matches!(s.token(cue).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) {
        return None;
    }
    let first = s.sentence_of(cue).range().start;
    let last = (first.max(cue.saturating_sub(2))..cue).rev().find(|&t| s.token(t).upos != Upos::Punct)?;
    let named = |t: u32| grammar::is_nominal(s.token(t).upos) && s.child(t, Deprel::Case).is_none();
    let up = |t: u32| {
        let part =
            matches!(s.token(t).deprel, Deprel::Flat | Deprel::Appos | Deprel::Compound | Deprel::NmodDesc);
        s.head(t).filter(|&h| part && h < cue && named(h))
    };
    let head = std::iter::successors(Some(last).filter(|&t| named(t)), |&t| up(t)).last()?;
    let start = s.subtree(head).0;
    // What ends the clause before is no source: "They left and the minister said".
    (start > first && s.token(start - 1).xpos == Xpos::Comma).then_some(head)
}

/// The noun next to a word of saying, where the tree has no subject: `" said Nuland`.
fn beside(s: &Syntax, c: &Candidate) -> Option<u32> {
    if !matches!(s.token(c.cue).xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp) {
        return None;
    }
    let range = s.sentence_of(c.cue).range();
    let nominal = |t: &u32| {
        matches!(s.token(*t).upos, Upos::Propn | Upos::Pron | Upos::Noun)
            && s.child(*t, Deprel::Case).is_none()
            && !s.is_within(*t, c.content)
    };
    (range.start.max(c.cue.saturating_sub(2))..c.cue)
        .rev()
        .find(nominal)
        .or_else(|| (c.cue + 1..(c.cue + 5).min(range.end)).find(nominal))
}

/// The words of the source: the whole phrase without what is told.
pub fn source_span(s: &Syntax, c: &Candidate, head: u32) -> Span {
    let (mut low, mut high) = (head, head);
    let mut stack = vec![head];
    while let Some(node) = stack.pop() {
        low = low.min(node);
        high = high.max(node);
        stack.extend(s.children(node).iter().copied().filter(|&d| {
            let t = s.token(d);
            let other = matches!(t.deprel, Deprel::Punct | Deprel::Parataxis | Deprel::CcPreconj)
                || (t.deprel == Deprel::Case && s.token(head).deprel != Deprel::NmodPoss)
                || (t.deprel == Deprel::AclRelcl && is_apart(s, d))
                || (t.deprel == Deprel::Conj && !grammar::is_nominal(t.upos));
            d != c.cue && d != c.content && !(node == head && other) && !s.is_within(c.cue, d)
        }));
    }
    // Never across the cue.
    if low <= c.cue && c.cue <= high {
        if head < c.cue {
            high = c.cue.saturating_sub(1).max(head);
        } else {
            low = (c.cue + 1).min(head);
        }
    }
    trimmed(s, low, high)
}

/// A comma stands before the tree under `i`.
fn is_apart(s: &Syntax, i: u32) -> bool {
    let low = s.subtree(i).0;
    s.child(i, Deprel::Punct).is_some_and(|p| p == low) || (low > 0 && s.token(low - 1).xpos == Xpos::Comma)
}

/// The bytes of tokens `low..=high` without punctuation at the ends.
fn trimmed(s: &Syntax, mut low: u32, mut high: u32) -> Span {
    let stop = |t: u32| {
        let t = s.token(t);
        t.upos == Upos::Punct && !matches!(t.xpos, Xpos::Lrb | Xpos::Rrb)
    };
    while low < high && stop(low) {
        low += 1;
    }
    while high > low && stop(high) {
        high -= 1;
    }
    s.token(low).span.join(s.token(high).span)
}

/// The words of saying: auxiliaries and adverbs before the verb, particles and the way to the content behind it.
pub fn cue_span(doc: &Document, cues: &Cues, c: &Candidate) -> Span {
    let s = &doc.syntax;
    if c.shape == Shape::Preposition {
        let last = s.children_with(c.cue, Deprel::Fixed).last().unwrap_or(c.cue);
        let phrase = c.link.unwrap_or(last);
        let last = (last..phrase).take_while(|&t| s.token(t).upos == Upos::Adp || t == last).last();
        return s.token(c.cue).span.join(s.token(last.unwrap_or(c.cue)).span);
    }
    let before = |d: u32| {
        let t = s.token(d);
        match t.deprel {
            Deprel::Aux | Deprel::AuxPass | Deprel::Cop => true,
            Deprel::Advmod => t.upos != Upos::Sconj && !matches!(t.xpos, Xpos::Wrb),
            Deprel::Mark => t.xpos == Xpos::To,
            Deprel::Det | Deprel::Amod => s.token(c.cue).upos == Upos::Noun,
            _ => false,
        }
    };
    let mut low = c.cue;
    while low > s.sentence_of(c.cue).tokens.0
        && (s.token(low - 1).head == c.cue && before(low - 1) || under_adverb(s, low - 1, c.cue))
    {
        low -= 1;
    }
    let mut high = c.cue;
    for &d in s.children(c.cue) {
        if d > high && d == high + 1 && matches!(s.token(d).deprel, Deprel::CompoundPrt | Deprel::Fixed) {
            high = d;
        }
    }
    let link = c.link.filter(|&l| l > c.cue && l != c.content && c.shape != Shape::Predication);
    if let Some(link) = link {
        high = high.max(link);
        if c.shape == Shape::Phrase
            && let Some(case) = s.child(c.content, Deprel::Case).filter(|&k| k > link && k < c.content)
        {
            high = high.max(case);
        }
    } else if c.shape == Shape::Noun
        && let Some(case) = s.child(c.content, Deprel::Case).filter(|&k| k > high && k < c.content)
    {
        high = case;
    } else if matches!(c.shape, Shape::Clause | Shape::Inserted | Shape::Following)
        && let Some(medium) = s
            .children_with(c.cue, Deprel::Obl)
            .find(|&o| o > high && s.subtree(o).0 == high + 1 && cues.is_medium(s.lemma(o)) && o != c.content)
    {
        high = medium;
    }
    trimmed(s, low, high.max(c.cue))
}

/// "very" in "has very clearly said".
fn under_adverb(s: &Syntax, t: u32, cue: u32) -> bool {
    s.token(t).upos == Upos::Adv
        && s.head(t).is_some_and(|h| h == t + 1 && s.token(h).upos == Upos::Adv && s.token(h).head == cue)
}

/// The stretches of what is told.
pub fn content(
    doc: &Document,
    cues: &Cues,
    quotes: &[Quote],
    c: &Candidate,
    source: Option<u32>,
) -> Vec<Span> {
    let s = &doc.syntax;
    let mut spans = Vec::new();
    match c.shape {
        Shape::Following => {}
        Shape::Preceding => spans.extend(neighbour(doc, quotes, c).map(|k| quotes[k].span)),
        Shape::Predication => {
            let first = c.link.map_or(c.content, |o| s.subtree(o).0).max(c.cue + 1);
            spans.push(trimmed(s, first.min(c.content), s.subtree(c.content).1));
        }
        Shape::Clause => clause(s, cues, c, &mut spans),
        Shape::Colon => {
            let range = s.sentence_of(c.cue).range();
            spans.push(trimmed(s, c.content, range.end - 1));
        }
        Shape::Inserted | Shape::Adverb | Shape::Preposition => {
            let cut = if c.shape == Shape::Preposition { c.link.unwrap_or(c.cue) } else { c.cue };
            around(s, c.content, cut, &mut spans);
        }
        _ => around(s, c.content, c.cue, &mut spans),
    }
    let joint = if c.shape == Shape::Infinitive { c.link } else { s.child(c.content, Deprel::Case) };
    if let (Some(case), [first, ..]) = (joint, &mut spans[..])
        && matches!(c.shape, Shape::Oblique | Shape::Phrase | Shape::Noun | Shape::Infinitive)
        && case < c.content
        && first.start <= s.token(case).span.start
    {
        let last = s.children_with(case, Deprel::Fixed).last().unwrap_or(case);
        let begin = s.token(last).span.end;
        if let Some(next) = s.token_at(begin) {
            first.start = s.token(next).span.start.min(first.end);
        }
    }
    whole_quotes(doc, quotes, c, source, &mut spans);
    spans.retain(|x| x.of(&doc.text).contains(char::is_alphanumeric));
    spans
}

/// A clause without the next saying that the tree hangs on it: "said he would stay, adding that".
fn clause(s: &Syntax, cues: &Cues, c: &Candidate, spans: &mut Vec<Span>) {
    let next = s.children_with(c.content, Deprel::Advcl).find(|&a| {
        a > c.content
            && s.token(a).xpos == Xpos::Vbg
            && cues.stance(s.lemma(a)).is_some()
            && is_apart(s, a)
            && s.child(a, Deprel::Mark).is_none()
    });
    around(s, c.content, c.cue, spans);
    if let (Some(next), Some(last)) = (next, spans.last_mut()) {
        let (low, high) = s.subtree(next);
        if low > 0 && last.end <= s.token(high).span.end + 2 {
            last.end = s.token(low - 1).span.end.max(last.start);
        }
    }
}

/// The tree under `root` without the tree under `cut`: the stretch before and the one behind it.
fn around(s: &Syntax, root: u32, cut: u32, spans: &mut Vec<Span>) {
    let (mut low, mut high) = (root, root);
    let mut stack = vec![root];
    while let Some(node) = stack.pop() {
        low = low.min(node);
        high = high.max(node);
        stack.extend(s.children(node).iter().copied().filter(|&d| d != cut));
    }
    if cut < low || cut > high {
        spans.push(trimmed(s, low, high));
        return;
    }
    let (from, to) = own_subtree(s, cut, root);
    if from > low {
        spans.push(trimmed(s, low, from - 1));
    }
    if to < high {
        spans.push(trimmed(s, to + 1, high));
    }
}

/// First and last token of the tree under `i`, without what stands under `without`.
fn own_subtree(s: &Syntax, i: u32, without: u32) -> (u32, u32) {
    let (mut low, mut high) = (i, i);
    let mut stack = vec![i];
    while let Some(node) = stack.pop() {
        low = low.min(node);
        high = high.max(node);
        stack.extend(s.children(node).iter().copied().filter(|&d| d != without));
    }
    (low, high)
}

/// Content that begins or ends within a quotation takes all of it; quotations that go on behind the sentence follow.
fn whole_quotes(doc: &Document, quotes: &[Quote], c: &Candidate, source: Option<u32>, spans: &mut Vec<Span>) {
    let s = &doc.syntax;
    let cue = s.token(c.cue).span;
    let inside = |q: &Quote| {
        q.span.contains(cue.start) || source.is_some_and(|x| q.span.contains(s.token(x).span.start))
    };
    let mut quoted = matches!(c.shape, Shape::Following | Shape::Preceding);
    for span in spans.iter_mut() {
        let from = quotes.partition_point(|q| q.span.end <= span.start);
        for q in &quotes[from..] {
            if q.span.start >= span.end {
                break;
            }
            if inside(q) {
                continue;
            }
            quoted |= q.span.start <= span.start + 1 || q.span.end + 1 >= span.end;
            *span = span.join(q.span);
        }
    }
    if !quoted || matches!(c.shape, Shape::Object | Shape::Oblique | Shape::Noun | Shape::Adjective) {
        return;
    }
    let sentence = s.sentence_of(c.cue).span;
    let mut end = spans.last().map_or(sentence.end, |x| x.end);
    let mut open = c.shape == Shape::Following;
    let mut inserted = false;
    let from = quotes.partition_point(|q| q.span.start < end);
    for q in quotes[from..].iter().take(PARTS) {
        let Some(between) = doc.text.get(end as usize..q.span.start as usize) else { break };
        if between.len() > INSERTED || (between.contains('\n') && !open && !q.continues) {
            break;
        }
        let words = between.contains(char::is_alphanumeric);
        // "..., he said. "...", but not "..., he said of the "..."
        let here = cue.start >= end && cue.end <= q.span.start && q.span.start <= sentence.end + 4;
        let stop =
            between.trim_end_matches(|b: char| !matches!(b, ',' | '.' | ':' | ';') && !b.is_alphanumeric());
        if words && (inserted || !here || stop.ends_with(char::is_alphanumeric)) {
            break;
        }
        inserted |= words;
        open = !q.closed;
        spans.push(q.span);
        end = q.span.end;
    }
}
