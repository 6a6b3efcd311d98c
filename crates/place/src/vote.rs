//! What the names of a text say for each other's candidates.
//!
//! Every name casts a ballot: for each country and first-order division the likelihood of its likeliest candidate there. A
//! candidate gains by the share of names in its country, by the number and share of names in its division, and by the
//! nearness of the other names' best places.

use crate::gazetteer::Class;
use crate::resolve::{Candidate, Group, choose};

/// How strongly the names of a text speak for each country and each first-order division.
pub(crate) struct Tally {
    countries: Vec<f32>,
    divisions: Vec<f32>,
    /// Names that have been counted, by weight.
    said: f32,
}

impl Tally {
    pub(crate) fn new(divisions: usize) -> Self {
        Self { countries: vec![0.0; 256], divisions: vec![0.0; divisions], said: 0.0 }
    }

    /// What the tally holds for a candidate, without the part `own` that its own name put in.
    fn kinship(&self, c: &Candidate, own: &Ballot) -> f32 {
        let country = c.country_row.map_or(0.0, |row| {
            self.countries.get(usize::from(row)).copied().unwrap_or(0.0) - own.of_country(row)
        });
        let division = c.division().map_or(0.0, |row| {
            self.divisions.get(usize::from(row)).copied().unwrap_or(0.0) - own.of_division(row)
        });
        let said = self.said.max(1.0);
        SAME_COUNTRY * country.max(0.0) / said
            + SAME_DIVISION * division.max(0.0) * (division.max(0.0) / said)
    }
}

/// One name's say: for each country and division the likelihood of its likeliest candidate there.
#[derive(Debug, Default)]
struct Ballot {
    /// Weight of the name.
    weight: f32,
    countries: Vec<(u8, f32)>,
    divisions: Vec<(u16, f32)>,
}

impl Ballot {
    fn of(group: &Group) -> Self {
        let mut ballot = Self::default();
        let Some(best) = group.best() else { return ballot };
        let weight = group.weight();
        ballot.weight = weight;
        for c in &group.candidates {
            let say = weight * ((c.score - best.score) / 1.5).exp();
            if say < 0.02 {
                continue;
            }
            if let Some(row) = c.country_row {
                // world news names countries far from its towns
                let say = if c.class == Some(Class::Country) { 0.4 * say } else { say };
                raise(&mut ballot.countries, row, say);
            }
            if let Some(row) = c.division() {
                raise(&mut ballot.divisions, row, say);
            }
        }
        ballot
    }

    fn of_country(&self, row: u8) -> f32 {
        self.countries.iter().find(|r| r.0 == row).map_or(0.0, |r| r.1)
    }

    fn of_division(&self, row: u16) -> f32 {
        self.divisions.iter().find(|r| r.0 == row).map_or(0.0, |r| r.1)
    }

    fn cast(&self, tally: &mut Tally, sign: f32) {
        tally.said += sign * self.weight;
        for (row, say) in &self.countries {
            if let Some(n) = tally.countries.get_mut(usize::from(*row)) {
                *n += sign * say;
            }
        }
        for (row, say) in &self.divisions {
            if let Some(n) = tally.divisions.get_mut(usize::from(*row)) {
                *n += sign * say;
            }
        }
    }
}

/// Keeps the larger say for a row.
fn raise<T: PartialEq>(rows: &mut Vec<(T, f32)>, row: T, say: f32) {
    match rows.iter_mut().find(|r| r.0 == row) {
        Some(r) => r.1 = r.1.max(say),
        None => rows.push((row, say)),
    }
}

impl Candidate {
    /// The division it is or lies in; countries have none.
    fn division(&self) -> Option<u16> {
        self.admin1.filter(|_| self.class > Some(Class::Country))
    }
}

impl Group {
    /// Names said often, and names placed by a comma, are the better witnesses.
    fn weight(&self) -> f32 {
        let often = 1.0 + 0.3 * (self.mentions.min(4) as f32 - 1.0);
        if self.container.is_some() { 1.4 * often } else { often }
    }
}

/// One round: every candidate is scored by what the other names say for its country and division, and by its nearness
/// to their best places.
pub(crate) fn vote(groups: &mut [Group], tally: &mut Tally) {
    let ballots: Vec<Ballot> = groups.iter().map(Ballot::of).collect();
    for ballot in &ballots {
        ballot.cast(tally, 1.0);
    }
    let near: Vec<(usize, [f32; 3], f32)> = groups
        .iter()
        .enumerate()
        .filter_map(|(i, g)| {
            g.best().filter(|b| b.class > Some(Class::Country)).map(|b| (i, b.at, g.weight()))
        })
        .collect();
    for (i, group) in groups.iter_mut().enumerate() {
        if group.candidates.len() < 2 {
            continue;
        }
        for c in &mut group.candidates {
            let mut support = tally.kinship(c, &ballots[i]);
            if c.class > Some(Class::Country) {
                for (j, at, weight) in &near {
                    if *j != i {
                        support += weight * nearness(c.at, *at);
                    }
                }
            }
            c.score = c.prior + SUPPORT * (1.0 + support).ln();
        }
        choose(group);
    }
    for ballot in &ballots {
        ballot.cast(tally, -1.0);
    }
}

/// What support by the text weighs against size.
const SUPPORT: f32 = 3.5;
/// What the share of names in a country says for it: little, for world news names towns of many.
const SAME_COUNTRY: f32 = 0.6;
/// What the names in a division say for it, times their share: much in a local paper, little in a list of states.
const SAME_DIVISION: f32 = 4.0;

/// One at the same spot, a half at 100 km.
fn nearness(a: [f32; 3], b: [f32; 3]) -> f32 {
    let dot: f32 = a.iter().zip(b).map(|(a, b)| a * b).sum();
    let chord = (2.0 - 2.0 * dot).max(0.0) * 4058.0;
    1.0 / (1.0 + chord)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::unit;

    #[test]
    fn nearness_halves_at_a_hundred_kilometres() {
        let cairo = unit(30.0, 31.0);
        assert!((nearness(cairo, cairo) - 1.0).abs() < 0.01);
        assert!((nearness(cairo, unit(30.9, 31.0)) - 0.5).abs() < 0.02);
        assert!(nearness(cairo, unit(-30.0, 31.0)) < 0.01);
    }
}
