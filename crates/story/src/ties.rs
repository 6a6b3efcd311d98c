//! Which reports are copies, versions and parts of one story, and which of their events are one: numbers alone.

use crate::blocks::{Blocks, Limits};
use crate::gist::{Digest, Gist};
use crate::near::Copies;
use crate::parties::Figures;
use crate::parts::{self, Grouping, Known, Likeness};
use crate::same;
use crate::stories::{self, Compared};
use crate::versions::{self, Standing};
use std::cell::LazyCell;

/// What holds reports together. Reports are numbered by day of publication and identifier.
#[derive(Clone, Debug, Default)]
pub struct Ties {
    /// The first of each report's copies.
    pub copies: Vec<u32>,
    /// The fullest of them.
    pub fullest: Vec<u32>,
    /// What later versions made of each report.
    pub standing: Vec<Standing>,
    /// Which reports are of one story.
    pub stories: Grouping,
    /// Report and number of each event of reports that still stand.
    pub acts: Vec<(u32, u32)>,
    /// Which of these are one.
    pub events: Grouping,
}

/// What earlier work found, in the numbers of now: of reports and of the events in [`Ties::acts`].
#[derive(Clone, Debug, Default)]
pub struct Earlier {
    /// Of reports.
    pub stories: Known,
    /// Of events.
    pub events: Known,
}

impl Ties {
    /// Finds out what holds reports together, given their copies. `earlier` is told the events that stand and gives what is known of
    /// them and of the reports; that saves work and changes nothing.
    pub fn new(
        copies: Copies,
        digests: &[Digest],
        figures: &Figures,
        limits: Limits,
        earlier: impl FnOnce(&[(u32, u32)]) -> Earlier,
    ) -> Self {
        let standing = versions::standing(digests);
        let mut acts: Vec<(u32, u32)> = Vec::new();
        for (n, digest) in digests.iter().enumerate().filter(|(n, _)| !standing[*n].withdrawn) {
            acts.extend((0..digest.acts.len() as u32).map(|k| (n as u32, k)));
        }
        let earlier = earlier(&acts);
        let subjects: Vec<&stories::Subject> = digests.iter().map(|d| &d.subject).collect();
        let stories = stories::group_known(&subjects, limits, &earlier.stories);
        let events = events(digests, figures, &acts, limits, &earlier.events);
        Self { copies: copies.first, fullest: copies.fullest, standing, stories, acts, events }
    }

    /// The tellings of each event, in the order of the first ones.
    pub fn tellings(&self) -> Vec<Vec<(u32, u32)>> {
        let mut place = vec![u32::MAX; self.acts.len()];
        let mut all: Vec<Vec<(u32, u32)>> = Vec::new();
        for (n, &first) in self.events.groups.iter().enumerate() {
            let at = &mut place[first as usize];
            if *at == u32::MAX {
                *at = all.len() as u32;
                all.push(Vec::with_capacity(1));
            }
            all[*at as usize].push(self.acts[n]);
        }
        all
    }
}

/// Which events are one.
fn events(
    digests: &[Digest],
    figures: &Figures,
    acts: &[(u32, u32)],
    limits: Limits,
    known: &Known,
) -> Grouping {
    let acts = Acts { digests, figures, acts };
    // Keys of events give way to narrower ones.
    let limits = Limits { many: usize::MAX, ..limits };
    let blocks = Blocks::new(
        acts.acts.len(),
        limits,
        |n, each| same::keys_of(acts.get(n).1, figures, each),
        |n, key, each| same::narrower_of(acts.get(n).1, figures, key, each),
    );
    parts::group(acts.acts.len(), &blocks, same::SAME, &acts, known)
}

struct Acts<'a> {
    digests: &'a [Digest],
    figures: &'a Figures,
    acts: &'a [(u32, u32)],
}

impl Acts<'_> {
    fn get(&self, n: u32) -> (u32, &Gist) {
        let (r, k) = self.acts[n as usize];
        (r, &self.digests[r as usize].acts[k as usize])
    }
}

impl Likeness for Acts<'_> {
    fn of(&self, n: u32, least: f32) -> impl FnMut(u32) -> f32 {
        let (r, one) = self.get(n);
        let subject = LazyCell::new(move || Compared::of(&self.digests[r as usize].subject));
        // Events of one report come one after the other.
        let mut last = (r, 0.0);
        move |m| {
            let (q, other) = self.get(m);
            same::likelihood_of(one, other, self.figures, q == r, least, || {
                if last.0 != q || q == r {
                    last = (q, subject.likeness(&self.digests[q as usize].subject));
                }
                last.1
            })
        }
    }
}
