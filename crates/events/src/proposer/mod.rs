//! The proposer: a linear model that tells which type of act a sentence speaks of between two parties, where frames are
//! silent or torn. Its types are those the PLOVER manual would code, with the tense folded in (a planned visit is AGREE, a
//! planned attack THREATEN); CONCEDE and RETREAT are one class. Trained by `train/proposer`, its weights are a table.

mod features;

pub use features::features;

use crate::occurrence::Occurrence;
use crate::table::FrameTable;
use dateline_core::cast::Cast;
use dateline_core::ranker::logistic;
use dateline_core::weights::Table;
use dateline_core::{Document, EventType, Status};

const EMBEDDED: &str = include_str!("../../../../models/proposer.tsv");

/// Number of classes.
pub const CLASSES: usize = 15;

/// The types told apart; [`EventType::Concede`] stands for RETREAT, too.
pub const TYPES: [EventType; CLASSES] = [
    EventType::Accuse,
    EventType::Agree,
    EventType::Aid,
    EventType::Assault,
    EventType::Coerce,
    EventType::Consult,
    EventType::Cooperate,
    EventType::Mobilize,
    EventType::Protest,
    EventType::Reject,
    EventType::Request,
    EventType::Sanction,
    EventType::Support,
    EventType::Threaten,
    EventType::Concede,
];

/// The weights.
#[derive(Debug, Default)]
pub struct Proposer {
    /// Row of every feature in `weights`.
    rows: Table<u32>,
    weights: Vec<[f32; CLASSES]>,
    bias: [f32; CLASSES],
}

/// How likely every type is; the probabilities add up to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Distribution(pub [f32; CLASSES]);

impl Distribution {
    /// The likeliest type and how likely it is.
    pub fn best(&self) -> (EventType, f32) {
        let mut best = 0;
        for k in 1..CLASSES {
            if self.0[k] > self.0[best] {
                best = k;
            }
        }
        (TYPES[best], self.0[best])
    }

    /// How likely a type is, as the manual codes it.
    pub fn of(&self, event_type: EventType) -> f32 {
        let class = if event_type == EventType::Retreat { EventType::Concede } else { event_type };
        TYPES.iter().position(|&t| t == class).map_or(0.0, |k| self.0[k])
    }

    /// How likely an act of this type and status is: the manual's tense rules are applied first.
    pub fn of_act(&self, event_type: EventType, status: Status) -> f32 {
        self.of(crate::plover::fold(event_type, status).unwrap_or(event_type))
    }
}

/// What is wrong with a line of the weights.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "models/proposer.tsv:{line}: needs feature and {CLASSES} numbers; make the table anew with train/proposer"
)]
pub struct WeightError {
    /// Line, from 1.
    pub line: usize,
}

impl Proposer {
    /// The weights that are part of the program.
    pub fn embedded() -> Result<Proposer, WeightError> {
        Proposer::parse(EMBEDDED)
    }

    /// Reads `feature TAB numbers` lines; the numbers are hundredths, one a type in the order of [`TYPES`], joined by
    /// spaces. The feature `bias` counts once in every sentence.
    pub fn parse(text: &str) -> Result<Proposer, WeightError> {
        let mut proposer = Proposer { rows: Table::with_rows(text.lines().count()), ..Proposer::default() };
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let error = || WeightError { line: number + 1 };
            let (feature, numbers) = line.split_once('\t').ok_or_else(error)?;
            let mut row = [0.0; CLASSES];
            let mut given = numbers.split(' ');
            for cell in &mut row {
                let hundredths: i16 = given.next().and_then(|n| n.parse().ok()).ok_or_else(error)?;
                *cell = f32::from(hundredths) / 100.0;
            }
            if feature == "bias" {
                proposer.bias = row;
            } else {
                proposer.rows.insert(feature, proposer.weights.len() as u32);
                proposer.weights.push(row);
            }
        }
        Ok(proposer)
    }

    /// The same for the parties of a telling, where its sentence mentions them.
    pub fn of_telling(
        &self,
        doc: &Document,
        cast: &Cast,
        frames: &FrameTable,
        telling: &Occurrence,
    ) -> Distribution {
        let sentence = doc.syntax.sentences[telling.sentence as usize].range();
        let tokens = |members: &[u32]| -> Vec<u32> {
            let here = cast.indices_in(&sentence).map(|k| &cast.mentions[k as usize]);
            let near =
                here.filter(|m| members.contains(&m.member)).min_by_key(|m| m.head.abs_diff(telling.trigger));
            near.map_or(Vec::new(), |m| doc.syntax.tokens_in(m.span).collect())
        };
        let (source, target) = (tokens(&telling.actors), tokens(&telling.recipients));
        if source.is_empty() && target.is_empty() {
            // Somebody does it: the predicate stands for the party that is not named.
            return self.distribution(doc, frames, &[telling.trigger], &[]);
        }
        self.distribution(doc, frames, &source, &target)
    }

    /// How likely each type is for what `source` does to `target`, both given as tokens of `doc`, either may be empty.
    ///
    /// ```
    /// use dateline_core::{Document, Meta};
    /// use dateline_events::{proposer::Proposer, table::FrameTable};
    /// let (proposer, frames) = (Proposer::embedded()?, FrameTable::embedded()?);
    /// let told = proposer.distribution(&Document::new(Meta::default(), ""), &frames, &[], &[]);
    /// assert!((told.0.iter().sum::<f32>() - 1.0).abs() < 1e-4);
    /// # Ok::<(), dateline_events::EventsError>(())
    /// ```
    pub fn distribution(
        &self,
        doc: &Document,
        frames: &FrameTable,
        source: &[u32],
        target: &[u32],
    ) -> Distribution {
        let mut seen: Vec<u32> = Vec::with_capacity(256);
        features(doc, frames, source, target, &mut |feature| seen.extend(self.rows.get(feature)));
        seen.sort_unstable();
        seen.dedup();
        // Long sentences give many features; each counts the less.
        let share = 1.0 / (seen.len().max(1) as f32).sqrt();
        let mut scores = self.bias;
        for row in seen {
            for (score, weight) in scores.iter_mut().zip(&self.weights[row as usize]) {
                *score += share * weight;
            }
        }
        let highest = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let mut odds = scores.map(|x| exponential(x - highest));
        let sum: f32 = odds.iter().sum();
        for x in &mut odds {
            *x /= sum;
        }
        Distribution(odds)
    }
}

/// The exponential of a number that is not positive, the same on every machine.
fn exponential(x: f32) -> f32 {
    logistic(x) / logistic(-x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_weights_are_sound() {
        let proposer = Proposer::embedded().unwrap();
        assert!(proposer.rows.len() > 1000);
        assert!(EMBEDDED.lines().all(|l| l.starts_with('#')
            || l.contains(':')
            || l.contains("none\t")
            || l.starts_with("bias\t")));
        assert_eq!(Proposer::parse("# head\nw:go\t1 2\n").unwrap_err(), WeightError { line: 2 });
    }

    #[test]
    fn retreat_and_concede_are_one_class() {
        let mut told = Distribution([0.0; CLASSES]);
        told.0[14] = 1.0;
        assert!(told.of(EventType::Retreat) > 0.99);
        assert!(told.of_act(EventType::Retreat, Status::Planned) > 0.99);
        assert_eq!(told.best().0, EventType::Concede);
    }
}
