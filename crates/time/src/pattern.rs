//! Patterns over tokens: what a rule may look like, and how it is matched.
//!
//! ```text
//! pattern  = branch { "|" branch }
//! branch   = { item [ "?" ] }
//! item     = word | Word | number | CLASS | "%macro" | "-" | "~" | "END" | "<" | ">" | ";" | "(" pattern ")"
//! ```
//! A word with a capital asks for one in the text. `-` asks for a hyphen before the next token, `~` for none, `END` for no
//! further word before the next mark. Everything before `<` and behind `>` is context and not part of the expression. `;` begins a second expression.

use crate::lex::Token;
use crate::words::{COMMA, Class, GAP, Words, WordsBuilder};
use std::collections::HashMap;

/// One step of a compiled pattern.
#[derive(Clone, Copy, Debug)]
enum Op {
    Word(u16, bool),
    Class(Class),
    /// This number in digits.
    Number(i32),
    Joined,
    Apart,
    /// No word follows: a mark, or the end.
    Closed,
    Start,
    End,
    Cut,
    /// Go on behind, or at the other place.
    Either(u16),
    Jump(u16),
}

/// A compiled pattern.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pattern {
    ops: Vec<Op>,
    /// Where each step goes on, jumps followed; behind the last one is the end.
    next: Vec<u16>,
    start: u16,
}

/// A set of words.
#[derive(Clone, Debug)]
pub(crate) struct WordSet(Vec<u64>);

impl WordSet {
    fn new(words: usize) -> WordSet {
        WordSet(vec![0; words.div_ceil(64)])
    }

    fn insert(&mut self, word: u16) {
        self.0[word as usize / 64] |= 1 << (word % 64);
    }

    fn join(&mut self, other: &WordSet) {
        self.0.iter_mut().zip(&other.0).for_each(|(a, b)| *a |= b);
    }

    #[inline]
    pub(crate) fn contains(&self, word: u16) -> bool {
        self.0.get(word as usize / 64).is_some_and(|bits| bits >> (word % 64) & 1 == 1)
    }
}

/// A token read as a class.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    pub(crate) class: Class,
    pub(crate) token: u32,
}

/// The tokens that a pattern matched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Match {
    /// Token behind the last one, context included.
    pub(crate) reach: usize,
    /// First token of the expression.
    pub(crate) first: usize,
    /// Token behind the expression.
    pub(crate) end: usize,
    /// First token of a second expression.
    pub(crate) cut: Option<usize>,
    pub(crate) bound: Vec<Bound>,
}

impl Pattern {
    pub(crate) fn parse(
        text: &str,
        macros: &HashMap<String, String>,
        words: &mut WordsBuilder,
    ) -> Result<Pattern, String> {
        let mut expanded = text.to_owned();
        for _ in 0..8 {
            if !expanded.contains('%') {
                break;
            }
            let mut next = String::new();
            for item in spaced(&expanded).split_whitespace() {
                if let Some(name) = item.strip_prefix('%') {
                    let body = macros.get(name).ok_or_else(|| format!("no macro %{name}"))?;
                    next.extend([" ( ", body, " )"]);
                } else {
                    next.extend([" ", item]);
                }
            }
            expanded = next;
        }
        let spaced = spaced(&expanded);
        let mut items = spaced.split_whitespace().peekable();
        let mut pattern = Pattern::default();
        pattern.alternatives(&mut items, words)?;
        if let Some(rest) = items.next() {
            return Err(format!("{rest:?} is left over"));
        }
        pattern.link();
        Ok(pattern)
    }

    /// Follows all jumps once and for all.
    fn link(&mut self) {
        let follow = |mut at: u16| {
            while let Some(Op::Jump(to)) = self.ops.get(at as usize) {
                at = *to;
            }
            at
        };
        self.next = (0..self.ops.len() as u16).map(|at| follow(at + 1)).collect();
        self.start = follow(0);
        let others: Vec<Op> = self
            .ops
            .iter()
            .map(|op| match op {
                Op::Either(other) => Op::Either(follow(*other)),
                op => *op,
            })
            .collect();
        self.ops = others;
    }

    fn alternatives<'a>(
        &mut self,
        items: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
        words: &mut WordsBuilder,
    ) -> Result<(), String> {
        let mut exits = Vec::new();
        loop {
            let fork = self.ops.len();
            self.ops.push(Op::Either(0));
            self.branch(items, words)?;
            exits.push(self.ops.len());
            self.ops.push(Op::Jump(0));
            let next = self.ops.len() as u16;
            if items.next_if_eq(&"|").is_some() {
                self.ops[fork] = Op::Either(next);
            } else {
                // The last branch has no other way.
                self.ops[fork] = Op::Jump(fork as u16 + 1);
                break;
            }
        }
        let end = self.ops.len() as u16;
        for exit in exits {
            self.ops[exit] = Op::Jump(end);
        }
        Ok(())
    }

    fn branch<'a>(
        &mut self,
        items: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>,
        words: &mut WordsBuilder,
    ) -> Result<(), String> {
        while let Some(&item) = items.peek() {
            if item == "|" || item == ")" {
                break;
            }
            items.next();
            let fork = self.ops.len();
            self.ops.push(Op::Jump(fork as u16 + 1));
            match item {
                "(" => {
                    self.alternatives(items, words)?;
                    if items.next() != Some(")") {
                        return Err("a bracket is not closed".to_owned());
                    }
                }
                "-" => self.ops.push(Op::Joined),
                "~" => self.ops.push(Op::Apart),
                "END" => self.ops.push(Op::Closed),
                "<" => self.ops.push(Op::Start),
                ">" => self.ops.push(Op::End),
                ";" => self.ops.push(Op::Cut),
                _ => match Class::named(item) {
                    Some(class) => self.ops.push(Op::Class(class)),
                    None if item.starts_with(|c: char| c.is_ascii_digit()) => {
                        self.ops
                            .push(Op::Number(item.parse().map_err(|_| format!("{item:?} is no number"))?));
                    }
                    None => {
                        let capital = item.starts_with(|c: char| c.is_ascii_uppercase());
                        self.ops.push(Op::Word(words.intern(item), capital));
                    }
                },
            }
            if items.next_if_eq(&"?").is_some() {
                self.ops[fork] = Op::Either(self.ops.len() as u16);
            }
        }
        Ok(())
    }

    /// The steps that read the next token from step `at` on, and whether the pattern can end instead.
    fn reading(&self, at: u16) -> (Vec<u16>, bool) {
        let (mut steps, mut ends, mut stack) = (Vec::new(), false, vec![at]);
        while let Some(at) = stack.pop() {
            match self.ops.get(at as usize) {
                None => ends = true,
                Some(Op::Word(..) | Op::Class(_) | Op::Number(_)) if !steps.contains(&at) => steps.push(at),
                Some(Op::Word(..) | Op::Class(_) | Op::Number(_)) => {}
                Some(Op::Joined | Op::Apart | Op::Closed | Op::Start | Op::End | Op::Cut) => {
                    stack.push(self.next[at as usize]);
                }
                Some(Op::Jump(to)) => stack.push(*to),
                Some(Op::Either(other)) => stack.extend([self.next[at as usize], *other]),
            }
        }
        (steps, ends)
    }

    fn reads(&self, at: u16, word: u16, mask: u64) -> bool {
        match self.ops[at as usize] {
            Op::Word(id, _) => id == word,
            Op::Class(class) => mask & class.bit() != 0,
            Op::Number(_) => mask & Class::Num.bit() != 0,
            _ => false,
        }
    }

    /// Every word that a match can begin with, and the words (the gap among them) that can follow it.
    pub(crate) fn openings(&self, words: &Words) -> Vec<(u16, WordSet)> {
        let ids = 1..words.len() as u16;
        let (first, _) = self.reading(self.start);
        // What can follow depends on the step that read the first word, and there are few of those.
        let follow: Vec<(u16, WordSet)> = first
            .into_iter()
            .map(|step| {
                let (second, ends) = self.reading(self.next[step as usize]);
                let mut set = WordSet::new(words.len());
                for id in 0..words.len() as u16 {
                    if ends || second.iter().any(|&s| self.reads(s, id, words.get(id).mask)) {
                        set.insert(id);
                    }
                }
                (step, set)
            })
            .collect();
        ids.filter_map(|id| {
            let mask = words.get(id).mask;
            let mut fitting = follow.iter().filter(|(step, _)| self.reads(*step, id, mask));
            let mut set = fitting.next()?.1.clone();
            fitting.for_each(|(_, other)| set.join(other));
            Some((id, set))
        })
        .collect()
    }

    /// The longest match that begins at token `from`, written to `best` when it is longer than what stands there;
    /// of equal ones, that with more context behind it.
    pub(crate) fn longest(
        &self,
        words: &Words,
        tokens: &[Token],
        from: usize,
        best: &mut Match,
        trial: &mut Match,
    ) -> bool {
        trial.bound.clear();
        (trial.first, trial.end, trial.cut) = (from, 0, None);
        let mut found = false;
        self.step(words, tokens, self.start as usize, from, best, trial, &mut found);
        found
    }

    #[allow(clippy::too_many_arguments)]
    fn step(
        &self,
        words: &Words,
        tokens: &[Token],
        mut at: usize,
        mut token: usize,
        best: &mut Match,
        trial: &mut Match,
        found: &mut bool,
    ) {
        let depth = trial.bound.len();
        let kept = (trial.first, trial.end, trial.cut);
        loop {
            match self.ops.get(at) {
                None => {
                    let end = if trial.end == 0 { token } else { trial.end };
                    if (end, token) > (best.end, best.reach) && end > trial.first {
                        best.end = end;
                        best.reach = token;
                        best.first = trial.first;
                        best.cut = trial.cut;
                        best.bound.clear();
                        best.bound.extend_from_slice(&trial.bound);
                        *found = true;
                    }
                    break;
                }
                Some(Op::Word(id, capital)) => match tokens.get(token) {
                    Some(t) if t.word == *id && (t.capital || !capital) => token += 1,
                    _ => break,
                },
                Some(Op::Class(class)) => match tokens.get(token) {
                    Some(t) if words.get(t.word).mask(t.capital) & class.bit() != 0 => {
                        trial.bound.push(Bound { class: *class, token: token as u32 });
                        token += 1;
                    }
                    _ => break,
                },
                Some(Op::Number(value)) => match tokens.get(token) {
                    Some(t) if t.word < COMMA && t.value == *value => token += 1,
                    _ => break,
                },
                Some(Op::Joined) if !tokens.get(token).is_some_and(|t| t.joined) => break,
                Some(Op::Apart) if tokens.get(token).is_some_and(|t| t.joined) => break,
                Some(Op::Closed) if !closed(tokens.get(token)) => break,
                Some(Op::Joined | Op::Apart | Op::Closed) => {}
                Some(Op::Start) => trial.first = token,
                Some(Op::End) => trial.end = token,
                Some(Op::Cut) => trial.cut = Some(token),
                Some(Op::Jump(to)) => {
                    at = *to as usize;
                    continue;
                }
                Some(Op::Either(other)) => {
                    self.step(words, tokens, self.next[at] as usize, token, best, trial, found);
                    at = *other as usize;
                    continue;
                }
            }
            at = self.next[at] as usize;
        }
        trial.bound.truncate(depth);
        (trial.first, trial.end, trial.cut) = kept;
    }
}

/// Whether no word follows: a mark, or the end of the text.
fn closed(token: Option<&Token>) -> bool {
    token.is_none_or(|t| t.word == GAP && t.value == 0 || t.word == COMMA)
}

/// Sets every mark of the pattern language apart by spaces.
fn spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        if "()|?;<>".contains(c) {
            out.extend([' ', c, ' ']);
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_that_cannot_be_read_is_an_error() {
        let mut words = Words::builder();
        for text in ["( a", "a )", "%nothing", "99999999999"] {
            assert!(Pattern::parse(text, &HashMap::new(), &mut words).is_err(), "{text}");
        }
        assert!(Pattern::parse("(a | b)? c", &HashMap::new(), &mut words).is_ok());
    }

    #[test]
    fn openings_know_two_words() {
        let mut words = Words::builder();
        let pattern = Pattern::parse("a? (b | c)", &HashMap::new(), &mut words).unwrap();
        let [a, b, c] = ["a", "b", "c"].map(|w| words.intern(w));
        let openings = pattern.openings(&words.finish());
        let follow = |word: u16| &openings.iter().find(|(w, _)| *w == word).unwrap().1;
        assert_eq!(openings.len(), 3);
        assert!(follow(a).contains(b) && follow(a).contains(c) && !follow(a).contains(GAP));
        assert!(follow(b).contains(GAP));
    }
}
