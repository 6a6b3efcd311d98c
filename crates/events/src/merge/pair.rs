//! What speaks for two tellings being of one act.

use super::{Tellings, is_one_trip, is_reciprocal, parties, settled};
use crate::occurrence::Occurrence;
use dateline_core::EventType;
use dateline_core::cast::Cast;
use dateline_core::codes::EntityKind;
use dateline_core::ranker::Put;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use std::fmt::Arguments;

impl Tellings<'_> {
    /// Calls `give` with every feature of two tellings of one type, `i` before `j` in the text.
    pub fn features(&self, i: usize, j: usize, give: &mut dyn FnMut(&str)) {
        let Tellings { s, cast, all, words, before, kin } = self;
        let (a, b) = (&all[i], &all[j]);
        let mut out = Put::new(give);
        let mut put = |feature: Arguments<'_>| out.feature(feature);
        let kind = a.event_type;
        let again = is_again(s, b);
        let rule = if again { takes_up(a, b) } else { same(cast, a, b) };
        let far = match a.sentence.abs_diff(b.sentence) {
            0 => "0",
            1 => "1",
            2..=3 => "2-3",
            4..=8 => "4-8",
            9..=16 => "9-16",
            _ => "17+",
        };
        put(format_args!("bias"));
        put(format_args!("rule {rule} {again}"));
        put(format_args!("{kind} rule {rule}"));
        put(format_args!("far {far}"));
        put(format_args!("{kind} far {far}"));
        put(format_args!("rule {rule} far {far}"));
        let lemma = s.lemma(a.trigger) == s.lemma(b.trigger);
        let frame = a.frame == b.frame;
        put(format_args!("lemma {lemma} frame {frame}"));
        put(format_args!("{kind} lemma {lemma}"));
        put(format_args!("lemma {lemma} far {far}"));
        let noun = |o: &Occurrence| s.token(o.trigger).upos == Upos::Noun;
        let definite =
            s.children_with(b.trigger, Deprel::Det).any(|d| matches!(s.lemma(d), "the" | "this" | "that"));
        put(format_args!("nouns {} {} definite {definite}", noun(a), noun(b)));
        let (x, y) = if is_reciprocal(kind) {
            (likeness(cast, &parties(a), &parties(b)), likeness(cast, &[], &[]))
        } else {
            (likeness(cast, &a.actors, &b.actors), likeness(cast, &a.recipients, &b.recipients))
        };
        put(format_args!("actors {x}"));
        put(format_args!("recipients {y}"));
        put(format_args!("parties {x} {y}"));
        put(format_args!("{kind} parties {x} {y}"));
        put(format_args!("parties {x} {y} lemma {lemma}"));
        put(format_args!("parties {x} {y} near {}", a.sentence.abs_diff(b.sentence) <= 3));
        let when = match (&a.when, &b.when) {
            (Some(p), Some(q)) if p.start == q.start && p.end == q.end => "same",
            (Some(p), Some(q)) if p.end < q.start || q.end < p.start => "apart",
            (Some(_), Some(_)) => "overlap",
            (None, None) => "none",
            _ => "one",
        };
        put(format_args!("when {when}"));
        put(format_args!("{kind} when {when}"));
        let place = agreement(a.place, b.place);
        put(format_args!("place {place}"));
        put(format_args!("{kind} place {place}"));
        let settled = settled(a.status) == settled(b.status);
        put(format_args!("status {settled} {}", a.status == b.status));
        put(format_args!("{kind} status {settled}"));
        put(format_args!("statuses {} {}", a.status, b.status));
        let mode = match (a.mode, b.mode) {
            (Some(p), Some(q)) if p == q => "same",
            (Some(_), Some(_)) => "apart",
            _ => "open",
        };
        put(format_args!("{kind} mode {mode}"));
        put(format_args!("mode {mode} parties {x} {y}"));
        if let (Some(p), Some(q)) = (a.mode, b.mode) {
            put(format_args!("modes {} {}", p.as_str(), q.as_str()));
        }
        let matter = matter(s, a, b);
        put(format_args!("matter {matter}"));
        put(format_args!("{kind} matter {matter}"));
        put(format_args!("matter {matter} parties {x} {y}"));
        put(format_args!("killed {}", agreement(a.magnitude.killed, b.magnitude.killed)));
        put(format_args!("injured {}", agreement(a.magnitude.injured, b.magnitude.injured)));
        put(format_args!("background {} {}", a.background, b.background));
        let over = s.is_within(a.trigger, b.trigger) || s.is_within(b.trigger, a.trigger);
        put(format_args!("{kind} nested {over} {}", a.sentence == b.sentence));
        put(format_args!("nested {over} {} parties {x} {y}", a.sentence == b.sentence));
        if a.sentence != b.sentence {
            let shared = words.shared(i, j);
            put(format_args!("shared rare {}", shared.rare.min(4)));
            put(format_args!("{kind} shared rare {}", shared.rare.min(3)));
            put(format_args!("shared rare {} lemma {lemma}", shared.rare.min(3)));
            put(format_args!("shared rare {} parties {x} {y}", shared.rare.min(2)));
            put(format_args!("shared words {}", shared.words.min(5)));
            put(format_args!("shared names {}", shared.names.min(4)));
            put(format_args!("{kind} shared names {}", shared.names.min(3)));
            put(format_args!("shared quarters {}", shared.quarters));
            put(format_args!("{kind} shared quarters {}", shared.quarters));
        }
        let (p, q) = (determiner(s, a.trigger), determiner(s, b.trigger));
        put(format_args!("determiners {p} {q}"));
        put(format_args!("{kind} determiners {p} {q}"));
        let many = |o: &Occurrence| s.token(o.trigger).xpos == Xpos::Nns;
        put(format_args!("many {} {} lemma {lemma}", many(a), many(b)));
        let (v, w) = (s.lemma(a.trigger), s.lemma(b.trigger));
        let (v, w) = if v <= w { (v, w) } else { (w, v) };
        put(format_args!("lemmas {v} {w}"));
        let position = match a.sentence {
            0 => "0",
            1 => "1",
            2..=4 => "2-4",
            5..=9 => "5-9",
            _ => "10+",
        };
        put(format_args!("lead {position} {far}"));
        put(format_args!("{kind} lead {}", a.sentence < 2));
        put(format_args!("lead {} lemma {lemma} {far}", a.sentence < 2));
        put(format_args!("lead {} parties {x} {y}", a.sentence < 2));
        let kin = kin.get(&kind).copied().unwrap_or_default();
        put(format_args!("kin {}", kin.min(12)));
        put(format_args!("{kind} kin {}", kin.min(12) / 3));
        let between = before[j] - before[i] - 1;
        put(format_args!("between {}", between.min(6)));
        put(format_args!("between {} lemma {lemma}", between.min(3)));
        let sources = agreement(source(a), source(b));
        put(format_args!("sources {sources}"));
        put(format_args!("{kind} sources {sources}"));
    }
}

/// Whether both tell the same of something, different things, only one of them, or neither.
fn agreement<T: PartialEq>(a: Option<T>, b: Option<T>) -> &'static str {
    match (a, b) {
        (Some(p), Some(q)) if p == q => "same",
        (Some(_), Some(_)) => "apart",
        (None, None) => "none",
        _ => "one",
    }
}

/// On whose word a telling rests.
fn source(o: &Occurrence) -> Option<&str> {
    o.sources.first().and_then(|x| x.name.as_deref())
}

/// Whether a noun takes up what is known: "the attack", "an attack", "their attack", "attacks".
fn determiner(s: &Syntax, trigger: u32) -> &'static str {
    if s.token(trigger).upos != Upos::Noun {
        return "verb";
    }
    let word = s.children_with(trigger, Deprel::Det).next().map(|d| s.lemma(d));
    match word {
        Some("the") => "the",
        Some("this" | "that" | "these" | "those") => "this",
        Some("a" | "an" | "another") => "a",
        Some(_) => "any",
        None if s.child(trigger, Deprel::NmodPoss).is_some() => "own",
        None => "bare",
    }
}

/// Whether two tellings name the same matter: "flew to the region" and "her visit to the region".
fn matter(s: &Syntax, a: &Occurrence, b: &Occurrence) -> &'static str {
    let named = |o: &Occurrence| -> Vec<u32> {
        let words = std::iter::once(o.trigger).chain(o.others.iter().copied());
        words
            .flat_map(|w| s.children(w).iter().copied())
            .filter(|&c| {
                matches!(s.token(c).deprel, Deprel::Obl | Deprel::Nmod | Deprel::Obj | Deprel::Compound)
                    && matches!(s.token(c).upos, Upos::Noun | Upos::Propn)
                    && c != o.trigger
                    && !o.others.contains(&c)
            })
            .collect()
    };
    let (x, y) = (named(a), named(b));
    match (x.is_empty(), y.is_empty()) {
        (true, true) => "none",
        (true, false) | (false, true) => "one",
        _ if x.iter().any(|&i| y.iter().any(|&j| s.lemma(i) == s.lemma(j))) => "same",
        _ => "apart",
    }
}

/// How alike two lists of parties are.
fn likeness(cast: &Cast, a: &[u32], b: &[u32]) -> &'static str {
    match (a.is_empty(), b.is_empty()) {
        (true, true) => return "none",
        (true, false) | (false, true) => return "one",
        _ => {}
    }
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if small.iter().all(|x| large.contains(x)) {
        return if a.len() == b.len() { "same" } else { "within" };
    }
    if small.iter().any(|x| large.contains(x)) {
        return "share";
    }
    if compatible(cast, a, b) {
        return "stand";
    }
    let country = |m: &[u32]| cast.member(m[0]).country;
    match (country(a), country(b)) {
        (Some(p), Some(q)) if p == q => "kin",
        (Some(_), Some(_)) => "foreign",
        _ => "apart",
    }
}

/// "The meeting", "the attack", "these talks" with nobody named: something told before.
fn is_again(s: &Syntax, o: &Occurrence) -> bool {
    o.actors.is_empty()
        && o.recipients.is_empty()
        && s.token(o.trigger).upos == Upos::Noun
        && s.children_with(o.trigger, Deprel::Det)
            .any(|d| matches!(s.lemma(d), "the" | "this" | "these" | "that" | "those"))
}

/// Whether a bare noun takes up an act told shortly before.
fn takes_up(before: &Occurrence, o: &Occurrence) -> bool {
    before.event_type == o.event_type
        && o.sentence.abs_diff(before.sentence) <= 8
        && !(before.actors.is_empty() && before.recipients.is_empty())
        && before.when.as_ref().zip(o.when.as_ref()).is_none_or(|(x, y)| x.start <= y.end && y.start <= x.end)
}

/// Whether two tellings may be of one act.
fn same(cast: &Cast, a: &Occurrence, b: &Occurrence) -> bool {
    if a.event_type != b.event_type || settled(a.status) != settled(b.status) {
        return false;
    }
    if a.mode.is_some() && b.mode.is_some() && a.mode != b.mode && !loose_mode(a.event_type) {
        return false;
    }
    if let (Some(x), Some(y)) = (&a.when, &b.when)
        && (x.end < y.start || y.end < x.start)
    {
        return false;
    }
    if let (Some(x), Some(y)) = (a.place, b.place)
        && x != y
        && a.event_type != EventType::Consult
    {
        return false;
    }
    if let (Some(x), Some(y)) = (a.magnitude.killed, b.magnitude.killed)
        && x != y
        && a.sentence != b.sentence
        && x.max(y) > 2 * x.min(y)
    {
        return false;
    }
    if is_one_trip(a, b) {
        return true;
    }
    if is_reciprocal(a.event_type) {
        let (x, y) = (parties(a), parties(b));
        return both_known(&x, &y) && compatible(cast, &x, &y);
    }
    compatible(cast, &a.actors, &b.actors)
        && compatible(cast, &a.recipients, &b.recipients)
        && (both_known(&a.actors, &b.actors) || both_known(&a.recipients, &b.recipients) || same_noun(a, b))
        && !speech_apart(a, b)
}

/// Verbal acts of one speaker in different sentences are different acts unless the words agree.
fn speech_apart(a: &Occurrence, b: &Occurrence) -> bool {
    a.event_type.quad() == 3 && a.sentence.abs_diff(b.sentence) > 2 && a.frame != b.frame
}

/// Both tell of force without naming anybody: close by, it is the same attack.
fn same_noun(a: &Occurrence, b: &Occurrence) -> bool {
    a.actors.is_empty()
        && b.actors.is_empty()
        && a.event_type == EventType::Assault
        && a.sentence.abs_diff(b.sentence) <= 3
}

fn loose_mode(event_type: EventType) -> bool {
    matches!(event_type, EventType::Consult | EventType::Assault | EventType::Protest | EventType::Accuse)
}

fn both_known(a: &[u32], b: &[u32]) -> bool {
    !a.is_empty() && !b.is_empty()
}

/// One list is empty, or one holds the other, a country standing for its own.
fn compatible(cast: &Cast, a: &[u32], b: &[u32]) -> bool {
    if a.is_empty() || b.is_empty() {
        return true;
    }
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    small.iter().all(|&x| large.iter().any(|&y| x == y || stands_for(cast, x, y) || stands_for(cast, y, x)))
}

/// "Israel" for "the Israeli army", a description without a name for a member of the same side.
fn stands_for(cast: &Cast, x: u32, y: u32) -> bool {
    let (a, b) = (cast.member(x), cast.member(y));
    if a.country.is_none() || a.country != b.country {
        return false;
    }
    a.kind == EntityKind::Country || (a.sector == b.sector && !a.named && b.kind != EntityKind::Person)
}
