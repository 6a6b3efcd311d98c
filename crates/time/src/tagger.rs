//! Finds time expressions and resolves them.

use crate::compose::Maker;
use crate::fields::Fields;
use crate::holidays::Holiday;
use crate::lex::{Token, lex};
use crate::passage::Passage;
use crate::pattern::{Match, Pattern, WordSet};
use crate::table::{TableError, rows};
use crate::tense::Tenses;
use crate::timex::{Anchors, Direction, Relation, Timex};
use crate::words::{GAP, Words};
use dateline_core::Span;
use std::collections::HashMap;
use std::sync::OnceLock;

/// The rules and the vocabulary, built once.
#[derive(Debug)]
pub struct Tagger {
    words: Words,
    rules: Vec<Rule>,
    /// For every word the rules that can begin with it, and the words that they let follow.
    first: Vec<Vec<(u16, WordSet)>>,
    tenses: Tenses,
    relations: HashMap<String, Relation>,
}

#[derive(Debug)]
struct Rule {
    pattern: Pattern,
    maker: Maker,
}

const WORDS: &str = include_str!("../../../knowledge/time/words.tsv");
const RULES: &str = include_str!("../../../knowledge/time/rules.tsv");
const HOLIDAYS: &str = include_str!("../../../knowledge/time/holidays.tsv");

impl Tagger {
    /// Reads the tables that come with the crate.
    ///
    /// # Errors
    /// A line of a table that cannot be read; never with the tables as delivered.
    pub fn new() -> Result<Tagger, TableError> {
        let mut words = Words::builder();
        words.intern("'s");
        for row in rows("words.tsv", WORDS) {
            words.add(&row)?;
        }
        let mut macros = HashMap::new();
        let mut rules = Vec::new();
        for row in rows("rules.tsv", RULES) {
            let name = row.get(0)?;
            if let Some(name) = name.strip_prefix('%') {
                macros.insert(name.to_owned(), row.get(1)?.to_owned());
                continue;
            }
            let pattern = Pattern::parse(row.get(1)?, &macros, &mut words).map_err(|e| row.error(&e))?;
            rules.push(Rule { pattern, maker: Maker::parse(row.get(2)?).map_err(|e| row.error(&e))? });
        }
        for row in rows("holidays.tsv", HOLIDAYS) {
            let names = row.get(0)?.replace('-', " ");
            let text = format!("%holiday_before ? ( {names} ) %holiday_after ?");
            let pattern = Pattern::parse(&text, &macros, &mut words).map_err(|e| row.error(&e))?;
            rules.push(Rule { pattern, maker: Maker::holiday(Holiday::parse(&row)?) });
        }
        let words = words.finish();
        let mut first: Vec<Vec<(u16, WordSet)>> = vec![Vec::new(); words.len()];
        for (rule, r) in rules.iter().enumerate() {
            for (word, second) in r.pattern.openings(&words) {
                first[word as usize].push((rule as u16, second));
            }
        }
        Ok(Tagger { words, rules, first, tenses: Tenses::new()?, relations: crate::tense::relations()? })
    }

    /// The tagger that everybody shares.
    ///
    /// # Panics
    /// Never with the tables as delivered: a test reads them.
    pub fn shared() -> &'static Tagger {
        static SHARED: OnceLock<Tagger> = OnceLock::new();
        SHARED.get_or_init(|| match Tagger::new() {
            Ok(tagger) => tagger,
            Err(error) => panic!("{error}"),
        })
    }

    /// Appends the time expressions of `text` to `out`, in text order. Weekdays and months without a year are
    /// resolved by the words around them.
    ///
    /// ```
    /// use dateline_time::{Anchors, Tagger};
    /// use jiff::civil::date;
    /// let mut found = Vec::new();
    /// let text = "The two met on Friday and will meet again next month.";
    /// Tagger::shared().tag(text, &Anchors::published(date(2019, 2, 24)), &mut found);
    /// let values: Vec<&str> = found.iter().map(|t| t.value.as_str()).collect();
    /// assert_eq!(values, ["2019-02-22", "2019-03"]);
    /// ```
    pub fn tag(&self, text: &str, anchors: &Anchors, out: &mut Vec<Timex>) {
        self.tag_with(text, anchors, |_| None, out);
    }

    /// Like [`Tagger::tag`], where `tense` tells of an expression whether it speaks of the past or the future, if
    /// the caller knows better than the words nearby.
    pub fn tag_with(
        &self,
        text: &str,
        anchors: &Anchors,
        tense: impl Fn(Span) -> Option<Direction>,
        out: &mut Vec<Timex>,
    ) {
        let mut tokens = Vec::with_capacity(text.len() / 16);
        lex(&self.words, text, &mut tokens);
        let mut passage = Passage::new(anchors);
        let (mut best, mut trial) = (Match::default(), Match::default());
        let mut at = 0;
        while at < tokens.len() {
            if tokens[at].word == GAP {
                at += 1;
                continue;
            }
            let Some(rule) = self.best_rule(&tokens, at, &mut best, &mut trial) else {
                at += 1;
                continue;
            };
            let begin = out.len();
            self.compose(text, &tokens, rule, &best, out);
            // Both ends of a range lie in the same direction.
            let mut direction = None;
            for timex in &mut out[begin..] {
                timex.direction = *direction.get_or_insert_with(|| {
                    tense(timex.span)
                        .unwrap_or_else(|| self.tenses.direction(text, timex.span, timex.relation))
                });
                passage.resolve(timex);
            }
            if let [a, b] = &mut out[begin..] {
                Passage::range(a, b);
            }
            at = best.end.max(at + 1);
        }
    }

    /// The rule with the longest match at token `at`, the first of equals.
    fn best_rule(&self, tokens: &[Token], at: usize, best: &mut Match, trial: &mut Match) -> Option<usize> {
        (best.end, best.reach) = (0, 0);
        let mut rule = self.longest_at(tokens, at, best, trial);
        if rule.is_some() && best.first > at {
            // Only context began here; the expression itself may go on further by another rule.
            let first = best.first;
            rule = self.longest_at(tokens, first, best, trial).or(rule);
        }
        rule
    }

    fn longest_at(&self, tokens: &[Token], at: usize, best: &mut Match, trial: &mut Match) -> Option<usize> {
        let mut found = None;
        let second = tokens.get(at + 1).map_or(GAP, |t| t.word);
        for (rule, follow) in &self.first[tokens[at].word as usize] {
            let rule = *rule as usize;
            if follow.contains(second)
                && self.rules[rule].pattern.longest(&self.words, tokens, at, best, trial)
            {
                found = Some(rule);
            }
        }
        found
    }

    fn compose(&self, text: &str, tokens: &[Token], rule: usize, found: &Match, out: &mut Vec<Timex>) {
        let maker = &self.rules[rule].maker;
        if maker.is_nothing() {
            return;
        }
        let cut = found.cut.unwrap_or(found.end);
        let read = |from: usize, to: usize| {
            let inside = found.bound.iter().filter(|b| (from..to).contains(&(b.token as usize)));
            Fields::read(&self.words, tokens, inside)
        };
        let mut halves = [(found.first, cut), (cut, found.end)];
        let (mut first, mut second) = (read(found.first, cut), read(cut, found.end));
        if found.cut.is_some() {
            Fields::lend(&mut first, &mut second);
            // The word between the two belongs to neither.
            halves[0].1 = cut.saturating_sub(usize::from(!tokens[cut.min(tokens.len() - 1)].joined));
        }
        for ((from, to), fields) in halves.into_iter().zip([first, second]) {
            if from >= to {
                continue;
            }
            let Some(made) = maker.make(fields) else { continue };
            let span = Span::new(tokens[from].start, tokens[to - 1].end);
            let origin = made.meaning.origin();
            out.push(Timex {
                span,
                kind: made.kind,
                value: String::new(),
                interval: None,
                range: None,
                modifier: made.modifier,
                relation: self.relation(text, span),
                deictic: origin == Some(crate::meaning::Origin::Speech),
                anaphoric: origin.is_some_and(|o| o != crate::meaning::Origin::Speech),
                direction: Direction::Unknown,
                meaning: made.meaning,
            });
        }
    }

    /// The preposition before an expression, articles left out.
    fn relation(&self, text: &str, span: Span) -> Relation {
        let before = text.get(..span.start as usize).unwrap_or_default();
        for word in crate::tense::words_before(before).take(3) {
            if let Some(relation) = self.relations.get(word.to_ascii_lowercase().as_str()) {
                return *relation;
            }
            if !matches!(word, "the" | "a" | "an" | "about" | "more" | "than" | "at" | "least") {
                break;
            }
        }
        Relation::At
    }
}
