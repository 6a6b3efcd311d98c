//! Which place each name means: all names of a text are resolved together.
//!
//! A candidate's score is its prior (size and rank of the place) plus what the text says for it: the division or country
//! behind a comma, the kind of place the neighbouring words ask for, the other places of the text that are near it or
//! share its division or country, and the publisher's home. One name has one meaning in a text, unless commas say
//! otherwise.

use crate::gazetteer::{Class, Entry};
use crate::home::Home;
use crate::kinds::Wanted;
use crate::lexicon::{Role, Target};
use crate::lookup::Names;
use crate::recognize::Mention;
use crate::vote::{Tally, vote};
use crate::words::{Gap, Word};
use dateline_core::Country;
use std::collections::HashMap;

/// Candidates of one name that are looked at.
const MOST: usize = 48;

/// A place that a name may mean.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) target: Target,
    pub(crate) country: Option<Country>,
    pub(crate) admin1: Option<u16>,
    pub(crate) country_row: Option<u8>,
    pub(crate) class: Option<Class>,
    /// Unit vector of its position.
    pub(crate) at: [f32; 3],
    pub(crate) prior: f32,
    pub(crate) score: f32,
}

/// All mentions of one name with one wanted kind and one container.
#[derive(Debug)]
pub(crate) struct Group {
    pub(crate) candidates: Vec<Candidate>,
    /// Index of the best candidate.
    pub(crate) best: usize,
    pub(crate) mentions: u32,
    /// Group that contains this one by a comma.
    pub(crate) container: Option<usize>,
}

impl Group {
    pub(crate) fn best(&self) -> Option<&Candidate> {
        self.candidates.get(self.best)
    }
}

/// Resolves `mentions`; answers the groups, and of each mention its group.
pub(crate) fn resolve(
    names: &Names,
    text: &str,
    words: &[Word],
    mentions: &[Mention],
    home: &Home,
) -> (Vec<Group>, Vec<usize>) {
    let mut groups: Vec<Group> = Vec::new();
    let mut index: HashMap<(String, Wanted, Option<usize>), usize> = HashMap::new();
    let mut of = vec![0; mentions.len()];
    let mut key = String::new();
    // From the last to the first, so that the container is known before what it contains.
    for (i, m) in mentions.iter().enumerate().rev() {
        key.clear();
        crate::fold::fold_into(m.name.span.of(text), &mut key);
        let next = mentions.get(i + 1);
        let container = next
            .filter(|n| {
                n.first == m.last && words[m.last - 1].gap == Gap::Comma && n.name.large && !n.demonym
            })
            .map(|_| of[i + 1]);
        let group = *index.entry((key.clone(), m.wanted, container)).or_insert_with(|| {
            let mut candidates = candidates(names, text, m);
            if let Some(c) = container {
                narrow(&mut candidates, &mut groups[c]);
            }
            groups.push(Group { candidates, best: 0, mentions: 0, container });
            groups.len() - 1
        });
        groups[group].mentions += 1;
        of[i] = group;
    }
    unite(&index, &mut groups);
    for ((key, ..), &group) in &index {
        if home.is_called(key) {
            for c in &mut groups[group].candidates {
                c.prior *= 0.5;
            }
        }
    }
    for group in &mut groups {
        for c in &mut group.candidates {
            c.prior += home.speaks_for(c.country, c.admin1, c.at);
            c.score = c.prior;
        }
        choose(group);
    }
    let mut tally = Tally::new(names.gazetteer.admin1_rows());
    for _ in 0..2 {
        vote(&mut groups, &mut tally);
    }
    (groups, of)
}

/// The place that the text sets the nameless mention `i` in: what contains it by a comma, else the nearest town or
/// division before or behind it, else the nearest country.
pub(crate) fn anchor(
    text: &str,
    i: usize,
    mentions: &[Mention],
    groups: &[Group],
    of: &[usize],
) -> Option<Candidate> {
    if let Some(container) = groups[of[i]].container {
        return groups[container].best().copied();
    }
    // "X district of Y province", "X, in the eastern Y"
    if let Some(next) = mentions.get(i + 1) {
        let between = text.get(mentions[i].span.end as usize..next.span.start as usize).unwrap_or("");
        let joined = between.len() < 30
            && !between.contains('.')
            && [" of ", " in "].iter().any(|w| between.contains(w));
        if let Some(best) = groups[of[i + 1]].best().filter(|_| joined) {
            return Some(*best);
        }
    }
    let order = (1..mentions.len().max(2)).flat_map(|d| [i.checked_sub(d), Some(i + d)]).flatten();
    let places = || order.clone().filter_map(|j| groups[*of.get(j)?].best().map(|c| (j, c)));
    let local = places().find(|(j, c)| c.class > Some(Class::Admin1) && !mentions[*j].demonym);
    local
        .or_else(|| places().find(|(_, c)| c.class == Some(Class::Admin1)))
        .or_else(|| places().next())
        .map(|(_, c)| *c)
}

/// A name that commas place somewhere once means the same where it stands alone.
fn unite(index: &HashMap<(String, Wanted, Option<usize>), usize>, groups: &mut [Group]) {
    let mut placed: Vec<(&str, usize)> =
        index.iter().filter(|(k, _)| k.2.is_some()).map(|(k, &g)| (k.0.as_str(), g)).collect();
    placed.sort_unstable();
    for (key, wanted, container) in index.keys() {
        if container.is_some() || *wanted != Wanted::Any {
            continue;
        }
        let Some(&group) = index.get(&(key.clone(), *wanted, None)) else { continue };
        let from = placed.partition_point(|p| p.0 < key.as_str());
        for &(_, other) in placed[from..].iter().take_while(|p| p.0 == key) {
            let favoured: Vec<Target> = groups[other].candidates.iter().map(|c| c.target).take(3).collect();
            for c in &mut groups[group].candidates {
                if favoured.contains(&c.target) {
                    c.prior += 6.0;
                }
            }
        }
    }
}

/// Leaves the candidates that lie in what the container may mean, if there are any; such a meaning of the container
/// gains by it. Two countries in a row are a list.
fn narrow(candidates: &mut Vec<Candidate>, container: &mut Group) {
    let country = candidates.iter().any(|c| c.class == Some(Class::Country));
    let inside = |c: &Candidate, k: &Candidate| match k.class {
        Some(Class::Admin1) => c.admin1 == k.admin1 && c.class != Some(Class::Admin1),
        Some(Class::Country) => !country && c.country == k.country,
        _ => false,
    };
    let fits = |c: &Candidate| container.candidates.iter().any(|k| inside(c, k));
    if !candidates.iter().any(fits) {
        return;
    }
    candidates.retain(fits);
    for k in &mut container.candidates {
        if candidates.iter().any(|c| inside(c, k)) {
            k.prior += 1.5;
        }
    }
}

fn candidates(names: &Names, text: &str, m: &Mention) -> Vec<Candidate> {
    let mut out: Vec<Candidate> = Vec::new();
    let mut only_own = false;
    for own in m.name.own(text) {
        only_own |= own.role != Role::Name;
        let candidate = match own.target {
            Target::Entry(n) => names.gazetteer.entry(n).map(|e| of_entry(&e, false, m.wanted, 2.0)),
            Target::Spot(n) => names.lexicon.spots.get(usize::from(n)).map(|s| Candidate {
                target: own.target,
                country: s.country,
                admin1: None,
                country_row: s.country.and_then(|c| names.gazetteer.country(c)).map(|e| e.country_row),
                class: None,
                at: unit(s.lat, s.lon),
                prior: if m.wanted == Wanted::Any { 10.5 } else { 7.5 },
                score: 0.0,
            }),
            Target::Nowhere => None,
        };
        out.extend(candidate);
    }
    if only_own {
        return out;
    }
    let mut key = String::new();
    if m.wanted == Wanted::Feature {
        crate::fold::fold_into(m.span.of(text), &mut key);
        add(names, &key, Wanted::Any, 0.0, &mut out);
        if let Some(base) = key.strip_suffix(" island").or_else(|| key.strip_suffix(" islands")) {
            add(names, base, Wanted::Any, 0.0, &mut out);
        }
        return out;
    }
    if m.last > m.name.last {
        // "Laurel County" by its full name first
        crate::fold::fold_into(m.span.of(text), &mut key);
        add(names, &key, m.wanted, 3.0, &mut out);
        key.clear();
    }
    crate::fold::fold_into(m.name.span.of(text), &mut key);
    add(names, &key, m.wanted, 0.0, &mut out);
    exonyms(names, &key, &mut out);
    capitals_first(&mut out);
    seats_before_divisions(&mut out, m.wanted);
    out
}

/// The name of a great capital means the capital before a state of that name: Washington.
fn capitals_first(candidates: &mut [Candidate]) {
    if candidates.iter().any(|c| c.class == Some(Class::Capital) && c.prior > 9.0) {
        for c in candidates.iter_mut().filter(|c| c.class == Some(Class::Admin1)) {
            c.prior -= 1.0;
        }
    }
}

/// An alternate name counts nearly as its own where no other place of weight has it: Geneva is Genève, but Philadelphia
/// is not Amman.
fn exonyms(names: &Names, key: &str, candidates: &mut [Candidate]) {
    let alternates: Vec<u32> =
        names.gazetteer.find(key).senses().filter(|s| s.alternate).take(4).map(|s| s.place).collect();
    let own_name = |c: &&Candidate| !matches!(c.target, Target::Entry(n) if alternates.contains(&n));
    let largest = candidates.iter().filter(own_name).map(|c| c.prior).fold(0.0, f32::max);
    for c in candidates.iter_mut() {
        if matches!(c.target, Target::Entry(n) if alternates.contains(&n)) && c.prior > largest {
            c.prior += if largest < 7.5 { 1.0 } else { -1.0 };
        }
    }
}

fn add(names: &Names, key: &str, wanted: Wanted, bonus: f32, out: &mut Vec<Candidate>) {
    for sense in names.gazetteer.find(key).senses().take(MOST) {
        if out.iter().any(|c| c.target == Target::Entry(sense.place)) {
            continue;
        }
        let entry = names.gazetteer.entry(sense.place);
        out.extend(entry.map(|e| of_entry(&e, sense.alternate, wanted, bonus)));
    }
}

fn of_entry(e: &Entry, alternate: bool, wanted: Wanted, bonus: f32) -> Candidate {
    let p = e.log_population;
    let size = match e.class {
        Class::Country => 11.0 + 0.1 * p,
        Class::Admin1 => 5.0 + 0.25 * p,
        Class::Admin2 => 0.5 + 0.4 * p,
        Class::Capital => 0.6 * p + 1.5,
        Class::Seat1 => 0.6 * p + 0.7,
        Class::Seat2 => 0.6 * p + 0.2,
        Class::Town => 0.6 * p,
        Class::Section => 0.5 * p - 1.0,
    };
    let kind = match (wanted, e.class) {
        (Wanted::Province, Class::Admin1)
        | (Wanted::District, Class::Admin2)
        | (Wanted::Town, Class::Capital | Class::Seat1 | Class::Seat2 | Class::Town | Class::Section) => 5.0,
        (Wanted::Province, Class::Admin2) | (Wanted::District, Class::Admin1) => 2.0,
        _ => 0.0,
    };
    Candidate {
        target: Target::Entry(e.number),
        country: Some(e.country),
        admin1: Some(e.admin1),
        country_row: Some(e.country_row),
        class: Some(e.class),
        at: unit(e.lat, e.lon),
        prior: size + kind + bonus - if alternate { 1.5 } else { 0.0 },
        score: 0.0,
    }
}

/// Where a division and its chief town share a name, the bare name means the town, outside federations of large states.
fn seats_before_divisions(candidates: &mut [Candidate], wanted: Wanted) {
    if wanted != Wanted::Any {
        return;
    }
    for i in 0..candidates.len() {
        let c = candidates[i];
        if c.class != Some(Class::Admin1) || c.country.is_some_and(|c| c.as_str() == "USA") {
            continue;
        }
        let seat = candidates
            .iter_mut()
            .filter(|s| s.admin1 == c.admin1 && s.class.is_some_and(Class::is_town))
            .max_by(|a, b| a.prior.total_cmp(&b.prior));
        if let Some(seat) = seat {
            seat.prior = seat.prior.max(c.prior + 0.5);
        }
    }
}

pub(crate) fn choose(group: &mut Group) {
    let mut best = 0;
    for (i, c) in group.candidates.iter().enumerate() {
        if c.score > group.candidates[best].score {
            best = i;
        }
    }
    group.best = best;
}

/// The unit vector of a position in degrees.
pub(crate) fn unit(lat: f32, lon: f32) -> [f32; 3] {
    let (lat, lon) = (lat.to_radians(), lon.to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}
