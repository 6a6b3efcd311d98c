//! What the proposer sees of a sentence and two parties in it: words, the way between the parties, the words that govern
//! them with their negation and mood, and the types of the frames that start on the way.

use crate::bag::Bag;
use crate::matcher;
use crate::table::FrameTable;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_core::{Document, EventType};
use std::fmt::Write;
use std::ops::Range;

/// Steps up the tree that are followed.
const CLIMB: usize = 40;

/// Calls `give` with every feature of the pair of `source` and `target`, given as tokens; some come more than once.
pub fn features(
    doc: &Document,
    frames: &FrameTable,
    source: &[u32],
    target: &[u32],
    give: &mut dyn FnMut(&str),
) {
    let s = &doc.syntax;
    let Some(range) = sentences(s, source, target) else { return };
    let bag = Bag::of(s, range.clone());
    let mut view = View { s, frames, bag, range, source, target, buffer: String::with_capacity(64), give };
    view.words();
    let heads = [view.head(source), view.head(target)];
    view.parties(heads);
    let governors = [view.governor(heads[0]), view.governor(heads[1])];
    view.way(heads);
    view.predicate("v1", governors[0]);
    view.predicate("v2", governors[1]);
    view.together(governors);
}

/// The tokens of the sentences that hold the parties.
fn sentences(s: &Syntax, source: &[u32], target: &[u32]) -> Option<Range<u32>> {
    let all = || source.iter().chain(target).copied();
    let (first, last) = (all().min()?, all().max()?);
    Some(s.sentence_of(first).tokens.0..s.sentence_of(last).tokens.1)
}

struct View<'a> {
    s: &'a Syntax,
    frames: &'a FrameTable,
    /// The words of the range.
    bag: Bag,
    range: Range<u32>,
    source: &'a [u32],
    target: &'a [u32],
    buffer: String,
    give: &'a mut dyn FnMut(&str),
}

impl<'a> View<'a> {
    fn put(&mut self, feature: std::fmt::Arguments<'_>) {
        self.buffer.clear();
        if self.buffer.write_fmt(feature).is_ok() {
            (self.give)(&self.buffer);
        }
    }

    /// "S" and "T" for words of the parties.
    fn role(&self, i: u32) -> Option<&'static str> {
        if self.source.contains(&i) {
            Some("S")
        } else if self.target.contains(&i) {
            Some("T")
        } else {
            None
        }
    }

    fn lemma(&self, i: u32) -> &'a str {
        if self.s.token(i).upos == Upos::Num { "#" } else { self.s.lemma(i) }
    }

    /// What stands for a word: its role, that it is a name, or its lemma.
    fn label(&self, i: u32) -> &'a str {
        self.role(i).unwrap_or(if self.s.token(i).upos == Upos::Propn { "NAME" } else { self.lemma(i) })
    }

    /// Words and their neighbours, with the parties as one word each.
    fn words(&mut self) {
        let mut row: Vec<&str> = Vec::new();
        for i in self.range.clone() {
            let label = self.label(i);
            let again = matches!(label, "S" | "T" | "NAME") && row.last() == Some(&label);
            if !again && self.s.token(i).upos != Upos::Punct {
                row.push(label);
            }
        }
        for (k, w) in row.iter().enumerate() {
            self.put(format_args!("w:{w}"));
            if let Some(x) = row.get(k + 1) {
                self.put(format_args!("b:{w} {x}"));
            }
        }
        if let Some(k) = row.iter().position(|w| *w == "S") {
            for (j, w) in row[k + 1..].iter().take(4).enumerate() {
                self.put(format_args!("s{}:{w}", (j + 1).min(3)));
            }
        }
        if let Some(k) = row.iter().position(|w| *w == "T") {
            for (j, w) in row[..k].iter().rev().take(3).enumerate() {
                self.put(format_args!("t-{}:{w}", j + 1));
            }
            if let Some(w) = row.get(k + 1) {
                self.put(format_args!("t+1:{w}"));
            }
        }
        for i in self.range.clone() {
            if self.role(i).is_none()
                && matches!(self.s.token(i).upos, Upos::Verb | Upos::Noun | Upos::Adj)
                && let [Some(first), _] = self.types(i)
            {
                self.put(format_args!("f:{first}"));
            }
        }
    }

    /// The word of a party that governs its others.
    fn head(&self, party: &[u32]) -> Option<u32> {
        let outside = |i: u32| self.s.head(i).is_none_or(|h| !party.contains(&h));
        party
            .iter()
            .copied()
            .find(|&i| outside(i) && self.s.token(i).upos != Upos::Punct)
            .or(party.first().copied())
    }

    fn parties(&mut self, heads: [Option<u32>; 2]) {
        for (tag, head) in [("S", heads[0]), ("T", heads[1])] {
            let Some(head) = head else {
                self.put(format_args!("{tag}none"));
                continue;
            };
            let t = self.s.token(head);
            self.put(format_args!("{tag}h:{}", self.s.lemma(head)));
            self.put(format_args!("{tag}d:{}", t.deprel));
            self.put(format_args!("{tag}n:{}", t.upos));
        }
    }

    fn chain(&self, i: u32) -> impl Iterator<Item = u32> + use<'a> {
        std::iter::once(i).chain(self.s.ancestors(i).take(CLIMB))
    }

    /// The first word above a party that may be a predicate.
    fn governor(&self, head: Option<u32>) -> Option<u32> {
        let head = head?;
        let role = self.role(head);
        self.chain(head).skip(1).find(|&x| {
            self.role(x) != role
                && matches!(self.s.token(x).upos, Upos::Verb | Upos::Aux | Upos::Noun | Upos::Adj)
        })
    }

    /// The way through the tree from one party to the other.
    fn way(&mut self, heads: [Option<u32>; 2]) {
        let path: Vec<u32> = match heads {
            [Some(a), Some(b)] if self.s.token(a).sentence == self.s.token(b).sentence => {
                let up: Vec<u32> = self.chain(a).collect();
                let down: Vec<u32> = self.chain(b).collect();
                let Some(at) = up.iter().position(|x| down.contains(x)) else { return };
                let turn = down.iter().position(|&x| x == up[at]).unwrap_or(0);
                let mut relations = String::new();
                for &x in &up[..at] {
                    let _ = write!(relations, "{}>", self.s.token(x).deprel);
                }
                self.put(format_args!("uprel:{relations}"));
                relations.push('^');
                for &x in down[..turn].iter().rev() {
                    let _ = write!(relations, "<{}", self.s.token(x).deprel);
                }
                self.put(format_args!("rel:{relations}"));
                up[..=at].iter().chain(down[..turn].iter().rev()).copied().collect()
            }
            [Some(a), _] => self.chain(a).collect(),
            [None, Some(b)] => self.chain(b).collect(),
            [None, None] => return,
        };
        for x in path {
            if self.role(x).is_some() {
                continue;
            }
            self.put(format_args!("p:{}", self.lemma(x)));
            self.put(format_args!("pd:{}/{}", self.lemma(x), self.s.token(x).deprel));
            for kind in self.types(x).into_iter().flatten() {
                self.put(format_args!("pf:{kind}"));
            }
        }
    }

    /// Mood, negation and voice of a predicate, joined by `+`.
    fn flags(&self, v: u32) -> String {
        let s = self.s;
        let (mut infinitive, mut negated, mut passive, mut modal) = (false, false, false, "");
        for &c in s.children(v) {
            let lemma = s.lemma(c);
            match s.token(c).deprel {
                Deprel::Aux => match lemma {
                    "will" | "'ll" | "wo" | "shall" => modal = "will",
                    "would" | "'d" => modal = "would",
                    "could" | "may" | "might" | "can" | "ca" => modal = "may",
                    "should" | "must" => modal = "must",
                    _ => {}
                },
                Deprel::AuxPass | Deprel::NsubjPass => passive = true,
                Deprel::Mark if lemma == "to" => infinitive = true,
                Deprel::Advmod | Deprel::Det | Deprel::Cc => {
                    negated |= matches!(lemma, "not" | "n't" | "never" | "no" | "nor" | "neither");
                }
                _ => {}
            }
        }
        let mut flags = String::new();
        let mut add = |yes: bool, name: &str| {
            if yes {
                if !flags.is_empty() {
                    flags.push('+');
                }
                flags.push_str(name);
            }
        };
        add(infinitive, "inf");
        add(s.token(v).xpos == Xpos::Vbg, "ing");
        add(!modal.is_empty(), modal);
        add(negated, "neg");
        add(passive, "pass");
        flags
    }

    /// A word that governs a party, with what hangs on it.
    fn predicate(&mut self, tag: &str, v: Option<u32>) {
        let Some(v) = v else {
            self.put(format_args!("{tag}none"));
            return;
        };
        let s = self.s;
        let (lemma, flags) = (self.lemma(v), self.flags(v));
        self.put(format_args!("{tag}:{lemma}"));
        self.put(format_args!("{tag}fl:{flags}"));
        self.put(format_args!("{tag}:{lemma}|{flags}"));
        for flag in flags.split('+').filter(|f| !f.is_empty()) {
            self.put(format_args!("{tag}x:{flag}"));
        }
        for kind in self.types(v).into_iter().flatten() {
            self.put(format_args!("{tag}f:{kind}"));
            self.put(format_args!("{tag}f:{kind}|{flags}"));
        }
        for &c in s.children(v) {
            let t = s.token(c);
            if t.upos == Upos::Punct {
                continue;
            }
            let (deprel, label) = (t.deprel, self.label(c));
            self.put(format_args!("{tag}c:{deprel}={label}"));
            if self.role(c).is_some() {
                continue;
            }
            self.put(format_args!("{tag}&:{lemma}>{deprel}={label}"));
            if !matches!(deprel, Deprel::Obj | Deprel::Xcomp | Deprel::Ccomp) {
                continue;
            }
            let inner = self.flags(c);
            self.put(format_args!("{tag}cf:{deprel}|{inner}"));
            self.put(format_args!("{tag}&f:{lemma}|{deprel}|{inner}"));
            for kind in self.types(c).into_iter().flatten() {
                self.put(format_args!("{tag}o:{deprel}={kind}"));
                self.put(format_args!("{tag}&o:{lemma}>{kind}"));
                self.put(format_args!("{tag}fl&o:{flags}>{kind}"));
            }
            for &d in s.children(c) {
                if s.token(d).upos != Upos::Punct {
                    self.put(format_args!("{tag}cc:{deprel}>{}={}", s.token(d).deprel, self.label(d)));
                }
            }
        }
    }

    /// Both governing words, and what the first one stands under.
    fn together(&mut self, governors: [Option<u32>; 2]) {
        if let [Some(a), Some(b)] = governors {
            self.put(format_args!("vv:{}&{}", self.lemma(a), self.lemma(b)));
        }
        if let Some(a) = governors[0] {
            for x in self.chain(a).skip(1).take(3) {
                self.put(format_args!("up:{}", self.lemma(x)));
            }
        }
    }

    /// The two types most of whose frames fit token `i` with the most words.
    fn types(&self, i: u32) -> [Option<EventType>; 2] {
        let s = self.s;
        let mut counts: Vec<(EventType, usize)> = Vec::new();
        let mut longest = 0;
        for &index in self.frames.starting_with(s.lemma(i)) {
            if !self.frames.may_apply(index, &self.bag) {
                continue;
            }
            let frame = self.frames.frame(index);
            if frame.words.len() < longest || !matcher::fits_pos(s, frame.pos, i) {
                continue;
            }
            let near = |word: &str| {
                s.children(i)
                    .iter()
                    .any(|&c| s.lemma(c) == word || s.children(c).iter().any(|&d| s.lemma(d) == word))
            };
            if !frame.words[1..].iter().all(|w| near(w)) {
                continue;
            }
            if frame.words.len() > longest {
                longest = frame.words.len();
                counts.clear();
            }
            match counts.iter_mut().find(|(t, _)| *t == frame.event_type) {
                Some((_, n)) => *n += 1,
                None => counts.push((frame.event_type, 1)),
            }
        }
        counts.sort_by_key(|&(_, n)| std::cmp::Reverse(n));
        let mut best = counts.into_iter().map(|(t, _)| t);
        [best.next(), best.next()]
    }
}
