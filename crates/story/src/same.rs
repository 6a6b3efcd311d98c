//! Whether what two reports tell is the same event: the keys under which such reports meet, and how alike they are.
//!
//! Both are functions of one or two events and their reports alone, so that a cluster of machines can bring events
//! together by [`keys`] and compare them with [`likelihood`] just as one machine does.

use crate::coref::Concepts;
use crate::days;
use crate::gist::{Gist, UNTOLD};
use crate::parties::{Figure, Figures};
use crate::report::{Act, Report};
use crate::words::Frequencies;
use dateline_core::Interval;
use dateline_core::codes::{EventType, Status};

/// From which likelihood two events are one.
pub const SAME: f32 = 0.5;

/// Where the sum begins: two events of one kind, of which no more is known, are two.
const START: f32 = -3.6;

/// Most that one word can weigh beside another: names that news seldom has must not stand for all.
const HEAVIEST: f32 = 6.0;

/// How alike the words must be of what is said again and again.
const SAID_ALIKE: f32 = 0.4;

/// Most that base forms and reports can add to the sum.
const MOST_BESIDE_WORDS: f32 = 0.8 + 0.72;

/// Days of a window in which events meet.
const WINDOW: i32 = 4;

/// Types that reports use for one act.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Family {
    /// Meeting and talking.
    Talk,
    /// Promising and backing.
    Support,
    /// Giving.
    Help,
    /// Giving in.
    Yield,
    /// Asking.
    Ask,
    /// Blaming, refusing and threatening.
    Object,
    /// Demonstrating.
    Protest,
    /// Pressing without force.
    Press,
    /// Arming and using force.
    Force,
}

/// The family of a type.
pub const fn family(t: EventType) -> Family {
    match t {
        EventType::Consult => Family::Talk,
        EventType::Agree | EventType::Support => Family::Support,
        EventType::Cooperate | EventType::Aid => Family::Help,
        EventType::Concede | EventType::Retreat => Family::Yield,
        EventType::Request => Family::Ask,
        EventType::Accuse | EventType::Reject | EventType::Threaten => Family::Object,
        EventType::Protest => Family::Protest,
        EventType::Sanction | EventType::Coerce => Family::Press,
        EventType::Mobilize | EventType::Assault => Family::Force,
    }
}

/// What is asked of an event before two can be one: did it take place, will it, or might it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Sphere {
    /// It took place, or somebody says so, or denies it.
    Real,
    /// It is planned.
    Planned,
    /// It is thought of.
    Possible,
}

/// The sphere of a status.
pub const fn sphere(status: Status) -> Sphere {
    match status {
        Status::Happened | Status::Ongoing | Status::Denied => Sphere::Real,
        Status::Planned => Sphere::Planned,
        Status::Hypothetical => Sphere::Possible,
    }
}

/// First and last day on which an event can have taken place, as numbers: what is told, else the days before the report.
pub fn span(act: &Act, report: &Report) -> Option<(i32, i32)> {
    let told = |w: Interval| (days::number(w.start), days::number(w.end));
    let day = report.day.map(days::number);
    match (act.when, sphere(act.status)) {
        (Some(w), _) => Some(told(w)),
        (None, _) if act.background => None,
        (None, Sphere::Real) => day.map(|d| (d - 2, d)),
        (None, _) => day.map(|d| (d, d + 7)),
    }
}

/// The keys under which reports of one event meet: family, sphere, a party or place, and a window of days.
pub fn keys(act: &Act, report: &Report) -> Vec<u64> {
    let mut figures = Figures::default();
    let mut keys = Vec::new();
    keys_of(&alone(act, report, &mut figures), &figures, |key| keys.push(key));
    keys
}

/// The keys of [`keys`] of what is compared.
pub fn keys_of(act: &Gist, figures: &Figures, mut each: impl FnMut(u64)) {
    let (first, last) = act.span.unwrap_or((i32::MIN, i32::MIN));
    // What is known to a few days only meets in each window it touches, and the one after.
    let windows = match last.saturating_sub(first) {
        0..=8 => (first.div_euclid(WINDOW), last.div_euclid(WINDOW) + 1),
        _ => (i32::MAX - first.rem_euclid(1024), i32::MAX - first.rem_euclid(1024)),
    };
    let mut what: Vec<u32> = act.parties().iter().map(|&p| figures.get(p).key()).collect();
    if what.is_empty() {
        what.extend(act.place.map(|p| p.name));
        what.push(act.trigger);
    }
    what.sort_unstable();
    what.dedup();
    let kind = (family(act.event_type) as u64) << 4 | act.sphere() as u64;
    for who in what {
        for window in windows.0..=windows.1 {
            each(stir((kind << 56) ^ (u64::from(who) << 24) ^ u64::from(window as u32)));
        }
    }
}

/// Rarest words of an event by which it is looked up where too many share a key.
const RAREST: usize = 6;

/// Narrower keys than one of [`keys`], for where too many share it: with the names of the parties, the place, the word that
/// tells the event, and its rarest words.
pub fn narrower(act: &Act, report: &Report, key: u64) -> Vec<u64> {
    let mut figures = Figures::default();
    let mut keys = Vec::new();
    narrower_of(&alone(act, report, &mut figures), &figures, key, |key| keys.push(key));
    keys
}

/// The keys of [`narrower`] of what is compared.
pub fn narrower_of(act: &Gist, figures: &Figures, key: u64, each: impl FnMut(u64)) {
    // Of a country, its name says no more than the key.
    let named = act.parties().iter().map(|&p| figures.get(p)).filter(|f| f.is_narrower()).map(|f| f.name);
    let mut what: Vec<u32> = named.collect();
    what.extend(act.place.filter(|p| p.exact).map(|p| p.name));
    what.push(act.trigger);
    what.extend(act.rarest(RAREST));
    what.sort_unstable();
    what.dedup();
    what.into_iter().map(|w| stir(key ^ u64::from(w).wrapping_mul(0xD6E8_FEB8_6659_FD93))).for_each(each);
}

const fn stir(key: u64) -> u64 {
    let key = (key ^ (key >> 31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    key ^ (key >> 29)
}

/// What of an event is compared, with parties numbered by `figures`.
fn alone(act: &Act, report: &Report, figures: &mut Figures) -> Gist {
    let numbers: Vec<u32> = report.parties.iter().map(|p| figures.number(Figure::of(p))).collect();
    Gist::of(act, report, &numbers)
}

/// How likely two events are one: 0 to 1. `reports` gives how alike their reports are; it is asked only when it matters.
pub fn likelihood(a: &Act, ra: &Report, b: &Act, rb: &Report, reports: impl FnOnce() -> f32) -> f32 {
    let mut figures = Figures::default();
    let (x, y) = (alone(a, ra, &mut figures), alone(b, rb, &mut figures));
    likelihood_of(&x, &y, &figures, std::ptr::eq(ra, rb), 0.0, reports)
}

/// The likelihood of [`likelihood`] of what is compared; `together` tells whether one report has both. What is sure to be below
/// `least` is given as nothing.
pub fn likelihood_of(
    a: &Gist,
    b: &Gist,
    figures: &Figures,
    together: bool,
    least: f32,
    reports: impl FnOnce() -> f32,
) -> f32 {
    if family(a.event_type) != family(b.event_type) || a.sphere() != b.sphere() {
        return 0.0;
    }
    let Some(time) = time(a, b) else { return 0.0 };
    let actors = figures.fit(a.actors(), b.actors()).unwrap_or(0.0);
    let recipients = figures.fit(a.recipients(), b.recipients()).unwrap_or(0.0);
    let mut x = START + time + place(a, b) + numbers(a, b);
    x += 2.1 * actors.max(0.0) + 1.8 * recipients.max(0.0);
    x += if a.event_type == b.event_type { 1.0 } else { -0.6 };
    x += match (a.mode, b.mode) {
        (Some(m), Some(n)) if m == n => 0.6,
        (Some(_), Some(_)) => -0.4,
        _ => 0.0,
    };
    if together {
        // The reader took them for two; in a headline it could not know.
        x -= if a.heads || b.heads { 1.5 } else { 8.0 };
    }
    // The words can add no more than their weight, and what follows no more than this.
    if x + 3.6 + MOST_BESIDE_WORDS < 0.0 {
        return 0.0;
    }
    let words = shared_words(a, b);
    if least > 0.0 && x + 3.6 * words + MOST_BESIDE_WORDS < (least / (1.0 - least)).ln() {
        return 0.0;
    }
    let reports = reports();
    x += 3.6 * words + 1.2 * reports.min(0.6);
    x += if a.trigger == b.trigger {
        0.8
    } else if Concepts::embedded().between(a.concept, b.concept).same {
        0.6
    } else {
        0.0
    };
    // A copy tells the same, whatever a reader made of its parties.
    if words <= 0.85 || reports <= 0.6 {
        x += 3.5 * actors.min(0.0) + 3.0 * recipients.min(0.0);
        // What many say again and again is one only where the words are, and the speaker is.
        if matches!(family(a.event_type), Family::Ask | Family::Object | Family::Support) {
            x -= 7.0 * (SAID_ALIKE - words).max(0.0);
            x += 4.0 * actors.min(0.0);
        }
    }
    1.0 / (1.0 + (-x).exp())
}

/// What the days say; none when they rule it out.
fn time(a: &Gist, b: &Gist) -> Option<f32> {
    match (a.span, b.span) {
        (Some(x), Some(y)) => {
            let gap = (x.0.max(y.0) - x.1.min(y.1)).max(0);
            let both = a.exact && b.exact;
            match gap {
                0 if both => Some(1.2),
                0 if a.told || b.told => Some(0.5),
                0 => Some(0.2),
                1 => Some(if both { -0.5 } else { -0.2 }),
                2..=3 if !both => Some(-0.8),
                _ => None,
            }
        }
        (None, None) => Some(-0.3),
        _ => Some(-0.8),
    }
}

fn place(a: &Gist, b: &Gist) -> f32 {
    let (Some(p), Some(q)) = (&a.place, &b.place) else { return 0.0 };
    if p.is(q) {
        return if p.exact { 0.9 } else { 0.3 };
    }
    match (p.country, q.country) {
        (Some(x), Some(y)) if x != y => -0.6,
        _ if p.exact && q.exact => -0.5,
        _ => 0.1,
    }
}

fn numbers(a: &Gist, b: &Gist) -> f32 {
    let mut x = 0.0;
    for (m, n) in a.numbers.into_iter().zip(b.numbers) {
        if m == UNTOLD || n == UNTOLD {
            continue;
        }
        let (least, most) = (m.min(n) as f32, m.max(n) as f32);
        // One dead and one dead are soon found; forty-one and forty-one are not.
        x += if m == n {
            (0.3 + most.ln() * 0.3).min(1.0)
        } else if least >= 0.6 * most {
            0.1
        } else {
            -0.5
        };
    }
    x
}

/// How much it tells that two events share a word.
pub fn weight(word: u32) -> f32 {
    Frequencies::of_news().weight(word).min(HEAVIEST).powi(2)
}

/// The cosine of the words of two events, weighed by how rare they are.
pub fn shared_words(a: &Gist, b: &Gist) -> f32 {
    cosine(a.words(), a.square, b.words(), b.square)
}

/// The cosine of two ascending lists of words, weighed by how rare they are.
pub fn common_words(a: &[u32], b: &[u32]) -> f32 {
    let square = |list: &[u32]| list.iter().map(|&w| weight(w)).sum::<f32>();
    cosine(a, square(a), b, square(b))
}

/// The cosine of two ascending lists of words, of which the sums of squared weights are known.
pub fn cosine(a: &[u32], square_a: f32, b: &[u32], square_b: f32) -> f32 {
    let (mut i, mut j, mut both) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        let (x, y) = (a[i], b[j]);
        if x == y {
            both += weight(x);
        }
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    let length = (square_a * square_b).sqrt();
    if length > 0.0 { both / length } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parties::tests::party;
    use crate::words::number;
    use dateline_core::Sector;
    use dateline_core::codes::EntityKind;
    use jiff::civil::{Date, date};

    fn report(id: &str, day: Date, kind: EventType, actor: &str, text: &str, killed: Option<u64>) -> Report {
        let mut report = Report { id: id.to_owned(), day: Some(day), ..Report::default() };
        report.parties = vec![
            party(actor, EntityKind::Country, actor, Sector::Gov),
            party("PER", EntityKind::Country, "PER", Sector::Gov),
        ];
        let mut words = Vec::new();
        crate::words::each(text, |w| words.push(number(w)));
        words.sort_unstable();
        report.acts = vec![Act {
            event_type: kind,
            actors: vec![0],
            recipients: vec![1],
            when: Some(Interval::day(day)),
            magnitude: crate::Numbers { killed, ..crate::Numbers::default() },
            trigger: "shell".to_owned(),
            words,
            text: text.to_owned(),
            sentence: 1,
            ..Act::default()
        }];
        report
    }

    fn alike(a: &Report, b: &Report) -> bool {
        likelihood(&a.acts[0], a, &b.acts[0], b, || 0.3) >= SAME
    }

    #[test]
    fn one_attack_told_twice_is_one() {
        let day = date(2031, 6, 2);
        let first =
            report("a", day, EventType::Assault, "ECU", "troops shelled the post near the river", Some(3));
        let second =
            report("b", day, EventType::Assault, "ECU", "the post was shelled, soldiers died", Some(4));
        assert!(alike(&first, &second));
        let keys_of = |r: &Report| keys(&r.acts[0], r);
        assert!(keys_of(&first).iter().any(|k| keys_of(&second).contains(k)));
        let other =
            report("c", day, EventType::Assault, "CHL", "the post was shelled, soldiers died", Some(4));
        assert!(!alike(&first, &other), "another attacker");
        let later =
            report("d", date(2031, 6, 9), EventType::Assault, "ECU", "troops shelled a school", Some(1));
        assert!(!alike(&first, &later), "a week later");
        let words =
            report("e", day, EventType::Accuse, "ECU", "troops shelled the post near the river", None);
        assert!(!alike(&first, &words), "another kind of act");
    }
}
