//! What tells how certain an act is: the word itself with its auxiliaries, negation and small words, and every word it
//! stands under, with the relation, up to five steps.

use crate::status::StatusCues;
use dateline_core::syntax::{Deprel, Syntax, Upos};
use dateline_core::{Document, grammar};
use std::fmt::Write;

/// Steps up the tree that are followed.
const CLIMB: usize = 5;

/// Calls `give` with every feature of the act that token `i` expresses; some come more than once.
pub fn features(doc: &Document, cues: &StatusCues, i: u32, give: &mut dyn FnMut(&str)) {
    let s = &doc.syntax;
    let mut view = View { s, buffer: String::with_capacity(64), give };
    view.put(format_args!("bias"));
    view.word("0", i, true);
    let status = cues.read(doc, i, &[]);
    view.put(format_args!("status:{status}"));
    view.put(format_args!("status:{status}|{}", s.token(i).deprel));
    view.put(format_args!("0d:{}", s.token(i).deprel));
    view.climb(i);
    let sentence = s.sentence_of(i).range();
    if sentence.clone().rev().take(2).any(|t| doc.form(t) == "?") {
        view.put(format_args!("?"));
    }
    if sentence.clone().take_while(|&t| t < i).any(|t| s.lemma(t) == "if") {
        view.put(format_args!("if before"));
    }
}

struct View<'a> {
    s: &'a Syntax,
    buffer: String,
    give: &'a mut dyn FnMut(&str),
}

impl View<'_> {
    fn put(&mut self, feature: std::fmt::Arguments<'_>) {
        self.buffer.clear();
        if self.buffer.write_fmt(feature).is_ok() {
            (self.give)(&self.buffer);
        }
    }

    /// A word with what hangs on it; `at` tells how far above the act it stands.
    fn word(&mut self, at: &str, v: u32, lexical: bool) {
        let s = self.s;
        let t = s.token(v);
        self.put(format_args!("{at}x:{}", t.xpos));
        self.put(format_args!("{at}u:{}", t.upos));
        if lexical {
            self.put(format_args!("{at}l:{}", s.lemma(v)));
        }
        let mut auxiliaries = String::new();
        for &c in s.children(v) {
            let lemma = s.lemma(c);
            match s.token(c).deprel {
                Deprel::Aux | Deprel::AuxPass | Deprel::Cop => {
                    self.put(format_args!("{at}a:{lemma}/{}", s.token(c).xpos));
                    auxiliaries.push_str(lemma);
                    auxiliaries.push('+');
                }
                deprel @ (Deprel::Mark
                | Deprel::Case
                | Deprel::Advmod
                | Deprel::Det
                | Deprel::Amod
                | Deprel::Compound
                | Deprel::Cc) => self.put(format_args!("{at}c:{deprel}={lemma}")),
                Deprel::Nsubj | Deprel::NsubjPass if matches!(s.token(c).upos, Upos::Pron | Upos::Det) => {
                    self.put(format_args!("{at}s:{lemma}"));
                }
                Deprel::Advcl => {
                    for mark in s.children_with(c, Deprel::Mark) {
                        self.put(format_args!("{at}clause:{}", s.lemma(mark)));
                    }
                }
                _ => {}
            }
        }
        let negated = is_negated(s, v);
        if negated {
            self.put(format_args!("{at}neg"));
        }
        self.put(format_args!("{at}ax:{auxiliaries}|{}|{negated}", t.xpos));
    }

    /// Everything above the act.
    fn climb(&mut self, i: u32) {
        let s = self.s;
        let own = s.token(i).xpos;
        let mut path = String::new();
        let mut v = i;
        for level in 1..=CLIMB {
            let Some(h) = s.head(v) else { return };
            let (deprel, lemma) = (s.token(v).deprel, s.lemma(h));
            let _ = write!(path, "{deprel}>");
            self.put(format_args!("g:{lemma}/{deprel}"));
            if level == 1 {
                self.put(format_args!("g1:{lemma}/{deprel}"));
                self.put(format_args!("g1d:{deprel}/{}/{own}", s.token(h).upos));
                self.put(format_args!("g1n:{lemma}/{deprel}/{}", is_negated(s, i)));
                self.put(format_args!("g1x:{lemma}/{deprel}/{own}"));
            }
            for &c in s.children(v) {
                if matches!(s.token(c).deprel, Deprel::Case | Deprel::Mark) {
                    let word = s.lemma(c);
                    self.put(format_args!("gc:{lemma}/{deprel}/{word}"));
                    self.put(format_args!("gcd:{deprel}/{word}/{level}"));
                }
            }
            match level {
                1 => self.word("1", h, true),
                2 => self.word("2", h, false),
                _ => {}
            }
            if is_negated(s, h) {
                self.put(format_args!("gneg:{lemma}/{deprel}"));
                self.put(format_args!("gneg:{deprel}"));
            }
            for aux in s.children_with(h, Deprel::Aux) {
                self.put(format_args!("ga:{}/{deprel}", s.lemma(aux)));
            }
            if level <= 3 {
                self.put(format_args!("path:{path}"));
            }
            v = h;
        }
    }
}

fn is_negated(s: &Syntax, v: u32) -> bool {
    grammar::is_negated(s, v)
        || s.children(v).iter().any(|&c| {
            matches!(s.lemma(c), "neither" | "nor" | "nobody" | "nothing" | "none")
                && matches!(s.token(c).deprel, Deprel::Cc | Deprel::Nsubj | Deprel::Obj | Deprel::Advmod)
        })
}
