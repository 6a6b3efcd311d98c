//! The places that the words of an act mean without naming them: "the city", "the capital".

use super::candidates::{Candidates, How};
use super::clause::Site;
use crate::reader::Reading;
use dateline_core::syntax::Deprel;
use dateline_events::Occurrence;
use dateline_place::{PlacePrecision, ResolvedPlace};

/// Place names before a description that it may mean.
const REACH: usize = 12;

/// Words on either side of the one that tells an act among which descriptions are looked for: few sentences are longer, and in
/// one without end the work for a word must not be.
const AROUND: u32 = 60;

/// The places that the sentences of an act mean by descriptions.
pub(super) struct Meant {
    /// Candidates, and whether something is there.
    places: Vec<(u32, bool)>,
}

impl Meant {
    /// What the sentences of an act mean.
    pub(super) fn of(reading: &Reading, tellings: &[Occurrence], candidates: &Candidates) -> Meant {
        let mut places = Vec::new();
        for o in tellings {
            meant_in(reading, candidates, o.sentence, o.trigger, &mut places);
        }
        places.sort_unstable();
        places.dedup();
        Meant { places }
    }

    /// Whether a candidate is meant, or another one.
    pub(super) fn role(&self, candidate: Option<u32>) -> &'static str {
        match self.places.iter().filter(|(c, _)| Some(*c) == candidate).map(|(_, there)| there).max() {
            Some(true) => "there",
            Some(false) => "otherwise",
            None if self.places.is_empty() => "nothing",
            None => "another",
        }
    }
}

/// Adds the places that the descriptions of a sentence around one of its words mean: each the last one named before that is of
/// its kind.
fn meant_in(
    reading: &Reading,
    candidates: &Candidates,
    sentence: u32,
    word: u32,
    meant: &mut Vec<(u32, bool)>,
) {
    let s = &reading.doc.syntax;
    let whole = s.sentences[sentence as usize].range();
    for token in whole.start.max(word.saturating_sub(AROUND))..whole.end.min(word.saturating_add(AROUND)) {
        let Some(fits) = description(s.lemma(token)) else { continue };
        let definite = s.child(token, Deprel::Det).is_some_and(|d| matches!(s.lemma(d), "the" | "this"));
        let told = [Deprel::Nmod, Deprel::Compound].into_iter().any(|r| s.child(token, r).is_some());
        if !definite || told {
            continue;
        }
        let start = s.token(token).span.start;
        let before = reading.toponyms.partition_point(|t| t.span.start < start);
        let last = (0..before).rev().take(REACH).find_map(|k| {
            let t = &reading.toponyms[k];
            (How::of(t) == How::Name && fits(t.place.as_ref()?)).then_some(candidates.of[k]?)
        });
        meant.extend(last.map(|c| (c, Site::of(s, token).is_locative())));
    }
}

/// The kind of place that a noun describes.
fn description(noun: &str) -> Option<fn(&ResolvedPlace) -> bool> {
    Some(match noun {
        "capital" => |p| p.capital,
        "city" | "town" | "village" => |p| p.precision == PlacePrecision::City,
        "province" | "state" | "region" | "district" | "enclave" | "territory" => |p| {
            matches!(
                p.precision,
                PlacePrecision::Province | PlacePrecision::District | PlacePrecision::Region
            )
        },
        "country" | "nation" | "kingdom" | "republic" => |p| p.precision == PlacePrecision::Country,
        "camp" | "mosque" | "palace" | "square" | "airport" | "building" | "base" => {
            |p| p.precision == PlacePrecision::Point
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settle::rank::tests::reading;

    /// How the last sentence of a text means each of its candidates.
    fn meant(text: &str) -> Vec<&'static str> {
        let reading = reading(text);
        let candidates = Candidates::new(&reading);
        let mut places = Vec::new();
        let last = reading.doc.syntax.sentences.len() as u32 - 1;
        let word = reading.doc.syntax.sentences[last as usize].range().start;
        meant_in(&reading, &candidates, last, word, &mut places);
        let meant = Meant { places };
        (0..candidates.all.len() as u32).map(|c| meant.role(Some(c))).collect()
    }

    #[test]
    fn a_description_means_the_last_place_of_its_kind() {
        assert_eq!(meant("Troops left Mosul for Iran. Shops in the city opened."), ["there", "another"]);
        assert_eq!(meant("Troops left Mosul for Iran. The country thanked them."), ["another", "otherwise"]);
    }

    #[test]
    fn a_description_of_its_own_means_nothing_told_before() {
        assert_eq!(meant("Troops left Mosul. They marched to a city."), ["nothing"]);
    }
}
