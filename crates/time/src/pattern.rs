//! Patterns over tokens: what a rule may look like, and how it is matched.
//!
//! ```text
//! pattern  = branch { "|" branch }
//! branch   = { item [ "?" ] }
//! item     = word | Word | CLASS | "%macro" | "-" | "~" | "END" | "<" | ">" | ";" | "(" pattern ")"
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
                match item.strip_prefix('%') {
                    Some(name) => {
                        let body = macros.get(name).ok_or_else(|| format!("no macro %{name}"))?;
                        next.push_str(&format!(" ( {body} )"));
                    }
                    None => {
                        next.push(' ');
                        next.push_str(item);
                    }
                }
            }
            expanded = next;
        }
        let spaced = spaced(&expanded);
        let mut items = spaced.split_whitespace().peekable();
        let mut pattern = Pattern::default();
        pattern.alternatives(&mut items, words)?;
        match items.next() {
            Some(rest) => Err(format!("{rest:?} is left over")),
            None => Ok(pattern),
        }
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

    /// Whether a match can begin with this word.
    pub(crate) fn begins_with(&self, word: u16, mask: u64) -> bool {
        let mut stack = vec![0usize];
        let mut seen = vec![false; self.ops.len() + 1];
        while let Some(at) = stack.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match self.ops.get(at) {
                None => {}
                Some(Op::Word(id, _)) if *id == word => return true,
                Some(Op::Class(class)) if mask & class.bit() != 0 => return true,
                Some(Op::Word(..) | Op::Class(_)) => {}
                Some(Op::Joined | Op::Apart | Op::Closed | Op::Start | Op::End | Op::Cut) => stack.push(at + 1),
                Some(Op::Jump(to)) => stack.push(*to as usize),
                Some(Op::Either(other)) => stack.extend([at + 1, *other as usize]),
            }
        }
        false
    }

    /// The longest match that begins at token `from`, written to `best` when it reaches further than `best.end`
    /// does already.
    pub(crate) fn longest(&self, words: &Words, tokens: &[Token], from: usize, best: &mut Match, trial: &mut Match) -> bool {
        trial.bound.clear();
        (trial.first, trial.end, trial.cut) = (from, 0, None);
        let mut found = false;
        self.step(words, tokens, 0, from, best, trial, &mut found);
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
                    if end > best.end && end > trial.first {
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
                Some(Op::Joined) => match tokens.get(token) {
                    Some(t) if t.joined => {}
                    _ => break,
                },
                Some(Op::Apart) => match tokens.get(token) {
                    Some(t) if t.joined => break,
                    _ => {}
                },
                Some(Op::Closed) => match tokens.get(token) {
                    Some(t) if !(t.word == GAP && t.value == 0 || t.word == COMMA) => break,
                    _ => {}
                },
                Some(Op::Start) => trial.first = token,
                Some(Op::End) => trial.end = token,
                Some(Op::Cut) => trial.cut = Some(token),
                Some(Op::Jump(to)) => {
                    at = *to as usize;
                    continue;
                }
                Some(Op::Either(other)) => {
                    self.step(words, tokens, at + 1, token, best, trial, found);
                    at = *other as usize;
                    continue;
                }
            }
            at += 1;
        }
        trial.bound.truncate(depth);
        (trial.first, trial.end, trial.cut) = kept;
    }
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
