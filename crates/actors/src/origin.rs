//! Of which country somebody is for whom the words name none: "police", "two soldiers", a speaker without a title.
//!
//! A small linear model (`models/origin.tsv`, made by `train/events`) ranks the countries that the passage speaks of by
//! where and how it does.

use dateline_core::cast::{Cast, MentionKind};
use dateline_core::codes::EntityKind;
use dateline_core::ranker::{Put, Ranker};
use dateline_core::syntax::Deprel;
use dateline_core::{Country, Document, Sector, grammar};
use rustc_hash::FxHashMap;
use std::fmt::Arguments;

/// A place where the report speaks of a country.
#[derive(Clone, Copy, Debug)]
struct Sight {
    country: Country,
    /// Token that heads the mention.
    head: u32,
    sentence: u32,
    kind: EntityKind,
    member: u32,
}

/// Where a report speaks of one country.
#[derive(Debug, Default)]
struct Seen {
    /// In the order of their sentences.
    sights: Vec<Sight>,
    places: usize,
    sectors: Vec<Sector>,
}

/// Where a report speaks of which countries, as its words and the tables tell.
#[derive(Debug)]
pub struct Passage {
    /// In the order of their sentences.
    sights: Vec<Sight>,
    by_country: FxHashMap<Country, Seen>,
    /// Countries with the number of their mentions, the most frequent first.
    counts: Vec<(Country, usize)>,
    home: Option<Country>,
    /// For every member the heads of its mentions, without pronouns.
    heads: Vec<Vec<u32>>,
}

/// The part of sights, which are in the order of their sentences, that is in a sentence.
fn within(sights: &[Sight], sentence: u32) -> &[Sight] {
    let low = sights.partition_point(|x| x.sentence < sentence);
    let high = sights.partition_point(|x| x.sentence <= sentence);
    &sights[low..high]
}

/// The sights of which one is the nearest to a sentence: those in it, else those in the next sentences on both sides.
fn nearest_to(sights: &[Sight], sentence: u32) -> impl Iterator<Item = &Sight> {
    let here = within(sights, sentence);
    let behind = sights.partition_point(|x| x.sentence < sentence);
    let beside = |at: Option<&Sight>| at.map_or(&[][..], |x| within(sights, x.sentence));
    let (before, after) = if here.is_empty() {
        (beside(sights[..behind].last()), beside(sights.get(behind)))
    } else {
        (here, &[][..])
    };
    before.iter().chain(after)
}

impl Passage {
    /// Gathers the countries told in a report; `home` is the country of its dateline.
    pub fn new(doc: &Document, cast: &Cast, home: Option<Country>) -> Passage {
        let told = || cast.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun);
        let sights: Vec<Sight> = told()
            .filter_map(|m| {
                let member = cast.member(m.member);
                let country = member.country.filter(|_| !member.placed)?;
                let sentence = doc.syntax.token(m.head).sentence;
                Some(Sight { country, head: m.head, sentence, kind: member.kind, member: m.member })
            })
            .collect();
        let mut counts: Vec<(Country, usize)> = Vec::new();
        let mut by_country: FxHashMap<Country, Seen> = FxHashMap::default();
        for s in &sights {
            let seen = by_country.entry(s.country).or_default();
            if seen.sights.is_empty() {
                counts.push((s.country, 0));
            }
            seen.sights.push(*s);
            seen.places += usize::from(s.kind == EntityKind::Place);
            let sector = cast.member(s.member).sector;
            if !seen.sectors.contains(&sector) {
                seen.sectors.push(sector);
            }
        }
        for (country, n) in &mut counts {
            *n = by_country[country].sights.len();
        }
        if let Some(home) = home.filter(|h| counts.iter().all(|(c, _)| c != h)) {
            counts.push((home, 0));
        }
        counts.sort_by_key(|(c, n)| (std::cmp::Reverse(*n), *c));
        let mut heads = vec![Vec::new(); cast.members.len()];
        told().for_each(|m| heads[m.member as usize].push(m.head));
        Passage { sights, by_country, counts, home, heads }
    }

    /// The countries that a member may be of, the most frequent first.
    pub fn candidates(&self) -> impl Iterator<Item = Country> + '_ {
        self.counts.iter().take(8).map(|(c, _)| *c)
    }

    /// The most likely country of member `index`, none if the member is rather of no country.
    pub(crate) fn country(
        &self,
        doc: &Document,
        cast: &Cast,
        index: u32,
        ranker: &Ranker,
    ) -> Option<Country> {
        ranker.best(self.candidates(), |&country, give| self.features(doc, cast, index, country, give))
    }

    /// Calls `give` with every feature of member `index` being of `country`.
    pub fn features(
        &self,
        doc: &Document,
        cast: &Cast,
        index: u32,
        country: Country,
        give: &mut dyn FnMut(&str),
    ) {
        let s = &doc.syntax;
        let member = cast.member(index);
        let sector = member.sector;
        let who = match (member.kind, member.named, member.plural) {
            (EntityKind::Person, true, _) => "person",
            (EntityKind::Person, false, _) => "somebody",
            (EntityKind::Organization, ..) => "body",
            (_, true, _) => "name",
            (_, false, true) => "some",
            _ => "group",
        };
        let mut out = Put::new(give);
        let mut put = |feature: Arguments<'_>| out.feature(feature);
        let rank = self.counts.iter().position(|(c, _)| *c == country).unwrap_or(9);
        let total: usize = self.counts.iter().map(|(_, n)| n).sum();
        let own = self.counts.get(rank).map_or(0, |(_, n)| *n);
        let share = (own * 8).checked_div(total).unwrap_or(0);
        let home = self.home == Some(country);
        put(format_args!("bias"));
        put(format_args!("{who}"));
        put(format_args!("{who} {sector}"));
        put(format_args!("rank {}", rank.min(5)));
        put(format_args!("{who} rank {}", rank.min(3)));
        put(format_args!("{sector} rank {}", rank.min(3)));
        put(format_args!("share {share}"));
        put(format_args!("countries {} rank {}", self.counts.len().min(5), rank.min(2)));
        put(format_args!("home {home}"));
        put(format_args!("{sector} home {home}"));
        let mut best = (u32::MAX, None);
        let mut first = true;
        let none = Seen::default();
        let seen = self.by_country.get(&country).unwrap_or(&none);
        for &head in &self.heads[index as usize] {
            let sentence = s.token(head).sentence;
            for sight in nearest_to(&seen.sights, sentence).filter(|x| x.member != index) {
                let far = sight.sentence.abs_diff(sentence) * 40 + sight.head.abs_diff(head).min(39);
                if far < best.0 {
                    best = (far, Some((*sight, head)));
                }
            }
            if first {
                first = false;
                let (far, told) = best;
                put(format_args!("first far {}", bucket(far)));
                put(format_args!("{who} first far {}", bucket(far)));
                if let Some((sight, head)) = told.filter(|_| far < 40) {
                    put(format_args!("first {} before {}", sight.kind, sight.head < head));
                    put(format_args!("{sector} first {} before {}", sight.kind, sight.head < head));
                    let case = grammar::preposition(s, sight.head).unwrap_or("-");
                    put(format_args!("first case {case} {}", s.token(sight.head).deprel));
                    let nearest = within(&self.sights, sentence)
                        .iter()
                        .filter(|x| x.member != index)
                        .min_by_key(|x| x.head.abs_diff(head));
                    put(format_args!("nearest {}", nearest.is_some_and(|x| x.country == country)));
                    put(format_args!("{who} nearest {}", nearest.is_some_and(|x| x.country == country)));
                    let clause = |t: u32| s.ancestors(t).find(|&a| grammar::is_verbal(s, a));
                    put(format_args!("clause {}", clause(head) == clause(sight.head)));
                    put(format_args!(
                        "under {} over {}",
                        s.is_within(sight.head, head),
                        s.is_within(head, sight.head)
                    ));
                }
            }
        }
        put(format_args!("far {}", bucket(best.0)));
        put(format_args!("{sector} far {}", bucket(best.0)));
        if let Some((sight, _)) = best.1 {
            put(format_args!("by {}", sight.kind));
            put(format_args!("{who} by {} {}", sight.kind, bucket(best.0)));
            let subject = matches!(s.token(sight.head).deprel, Deprel::Nsubj | Deprel::NsubjPass);
            put(format_args!("by subject {subject}"));
        }
        let opening = !within(&seen.sights, 0).is_empty();
        put(format_args!("opening {opening}"));
        put(format_args!("places {}", seen.places.min(3)));
        let same = seen.sectors.contains(&sector);
        put(format_args!("same sector {same}"));
        put(format_args!("{sector} same sector {same}"));
    }
}

/// Tokens to the nearest mention, 40 for every sentence between, in rough steps.
fn bucket(far: u32) -> &'static str {
    match far {
        0..=2 => "0",
        3..=6 => "3",
        7..=14 => "7",
        15..=39 => "15",
        40..=79 => "1s",
        80..=159 => "2s",
        160..=319 => "4s",
        320..=u32::MAX => "9s",
    }
}
