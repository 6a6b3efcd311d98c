//! Reports brought together, and what they tell, one thing at a time: what is large is made anew from the reports when it is
//! asked for, so that a million of them fit into memory.

use crate::blocks::Limits;
use crate::cluster::{self, Claim, Cluster};
use crate::deny::{self, Denial};
use crate::follow::{Follower, Settled};
use crate::gist::Digest;
use crate::link::{Document, Linked, identifier};
use crate::near::{Copies, Sketch, Sketches};
use crate::outline::Outline;
use crate::parties::Figures;
use crate::plan::{self, Opened, Plan};
use crate::report::Report;
use crate::shelf::Shelf;
use crate::stories::{self, Story};
use crate::ties::{Earlier, Ties};
use dateline_core::codes::Stance;
use jiff::civil::Date;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// What is compared of all reports, in the order they came.
#[derive(Debug, Default)]
pub struct Digests {
    figures: Figures,
    list: Vec<Digest>,
    /// In the order they came.
    sketches: Sketches,
    /// The place of each report among the sketches.
    order: Vec<u32>,
}

impl Digests {
    /// Adds a report.
    pub fn add(&mut self, report: &Report) {
        self.join(Draft::of(report));
    }

    /// Adds what is compared of a report.
    pub fn join(&mut self, Draft { mut digest, sketch, figures }: Draft) {
        self.sketches.add(&sketch);
        let numbers: Vec<u32> = figures.into_list().into_iter().map(|f| self.figures.number(f)).collect();
        digest.renumber(&numbers);
        self.list.push(digest);
    }

    /// Puts reports in order, by day of publication and identifier. Of two with one identifier the later one counts. Gives the
    /// place of each in the order they came.
    pub fn order(&mut self) -> Vec<u32> {
        let mut last: FxHashMap<&str, u32> = FxHashMap::default();
        for (n, digest) in self.list.iter().enumerate() {
            last.insert(&digest.id, n as u32);
        }
        let mut order: Vec<u32> = last.into_values().collect();
        order.par_sort_unstable_by_key(|&n| {
            let digest = &self.list[n as usize];
            (digest.day, &digest.id)
        });
        let mut list: Vec<Option<Digest>> = std::mem::take(&mut self.list).into_iter().map(Some).collect();
        self.list = order.iter().filter_map(|&n| list[n as usize].take()).collect();
        self.order.clone_from(&order);
        order
    }

    /// Number of reports.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}

/// What is compared of one report, made on any thread before it is among the others.
#[derive(Debug)]
pub struct Draft {
    digest: Digest,
    sketch: Sketch,
    /// Its parties, by the numbers in the digest.
    figures: Figures,
}

impl Draft {
    /// What is compared of a report.
    pub fn of(report: &Report) -> Self {
        let mut figures = Figures::default();
        Self { digest: Digest::of(report, &mut figures), sketch: report.sketch.clone(), figures }
    }

    /// Number of its events.
    pub fn events(&self) -> usize {
        self.digest.acts.len()
    }
}

/// What can be written of a [`Web`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// What each report is beside the others, in order.
    Documents,
    /// Stories, by their first report.
    Stories,
    /// Events, by day and identifier.
    Clusters,
    /// Plans, by the day they were announced.
    Plans,
}

/// All reports brought together.
#[derive(Debug)]
pub struct Web {
    shelf: Shelf,
    digests: Vec<Digest>,
    ties: Ties,
    outlines: Vec<Outline>,
    denials: FxHashMap<u32, Vec<Denial>>,
    settled: Vec<Option<Settled>>,
    members: Vec<Vec<u32>>,
}

impl Web {
    /// Brings reports together that are in order and lie on the shelf in the same order. `today` is the day up to which plans
    /// are followed, the last day of publication when none is given.
    pub fn new(
        shelf: Shelf,
        digests: Digests,
        today: Option<Date>,
        limits: Limits,
        earlier: impl FnOnce(&[(u32, u32)]) -> Earlier,
    ) -> Self {
        let Digests { figures, list: digests, sketches, order } = digests;
        let copies = Copies::find(&sketches, &order);
        drop(sketches);
        let ties = Ties::new(copies, &digests, &figures, limits, earlier);
        let tellings = ties.tellings();
        let outline = |tellings: Vec<(u32, u32)>| {
            let cluster = cluster::merge(&shelf, &digests, &ties, |_| String::new(), &tellings);
            let (r, _) = cluster.lead;
            let plan = Opened::of(&cluster, &shelf.report(r), &digests[r as usize]);
            Outline::of(&cluster, &digests, plan)
        };
        let outlines: Vec<Outline> = tellings.into_par_iter().map(outline).collect();
        let denials = deny::find(&digests, &figures, &ties.acts, &outlines);
        let last = digests.iter().filter_map(|d| d.day).max();
        let settled = Follower::new(&digests, &figures, &outlines, today.or(last)).settled();
        let members = stories::members(&ties.stories.groups);
        Self { shelf, digests, ties, outlines, denials, settled, members }
    }

    /// What holds the reports together.
    pub fn ties(&self) -> &Ties {
        &self.ties
    }

    /// All of it in memory, and the shelf.
    pub fn linked(self) -> (Linked, Shelf) {
        let linked = Linked {
            reports: self.reports().into_iter().map(|n| self.shelf.report(n).clone()).collect(),
            documents: in_turn(self.reports(), |n| Some(self.document(n))).collect(),
            stories: self.stories().collect(),
            clusters: in_turn(self.events(), |n| Some(self.cluster(n))).collect(),
            plans: in_turn(self.announced(), |n| self.plan(n)).collect(),
        };
        (linked, self.shelf)
    }

    /// The shelf of the reports.
    pub fn into_shelf(self) -> Shelf {
        self.shelf
    }

    fn id(&self, n: u32) -> &str {
        &self.digests[n as usize].id
    }

    fn story_of(&self, n: u32) -> String {
        identifier('s', &[self.id(self.ties.stories.groups[n as usize])])
    }

    /// Whether another report stands for a report.
    fn is_copy(&self, n: u32) -> bool {
        self.ties.fullest[n as usize] != n
    }

    /// A table, a JSON object a line, without the ends of the lines.
    ///
    /// # Errors
    /// None is known: whatever is linked can be written.
    pub fn lines(&self, table: Table) -> Box<dyn Iterator<Item = Result<Vec<u8>, serde_json::Error>> + '_> {
        match table {
            Table::Documents => Box::new(in_turn(self.reports(), |n| Some(line(&self.document(n))))),
            Table::Stories => Box::new(in_turn(self.told(), |n| Some(line(&self.story(n))))),
            Table::Clusters => Box::new(in_turn(self.events(), |n| Some(line(&self.cluster(n))))),
            Table::Plans => Box::new(in_turn(self.announced(), |n| self.plan(n).as_ref().map(line))),
        }
    }

    /// Stories, by their first report.
    pub fn stories(&self) -> impl Iterator<Item = Story> {
        in_turn(self.told(), |n| Some(self.story(n)))
    }

    /// Numbers of reports, in order.
    fn reports(&self) -> Vec<u32> {
        (0..self.digests.len() as u32).collect()
    }

    /// What a report is beside the others.
    fn document(&self, n: u32) -> Document {
        let digest = &self.digests[n as usize];
        let standing = self.ties.standing[n as usize];
        let first = self.id(self.ties.copies[n as usize]);
        Document {
            doc_id: digest.id.to_string(),
            published: digest.day,
            publisher: digest.publisher.as_deref().map(str::to_owned),
            title: digest.title.to_string(),
            group: identifier('g', &[first]),
            fullest: self.id(self.ties.fullest[n as usize]).to_owned(),
            first: first.to_owned(),
            copy: self.is_copy(n),
            superseded_by: standing.superseded_by.map(|m| self.id(m).to_owned()),
            withdrawn: standing.withdrawn,
            story: self.story_of(n),
        }
    }

    /// Numbers of stories, by their first report.
    fn told(&self) -> Vec<u32> {
        (0..self.members.len() as u32).collect()
    }

    fn story(&self, n: u32) -> Story {
        let numbers = &self.members[n as usize];
        stories::describe(self.story_of(numbers[0]), &self.digests, numbers, |n| self.is_copy(n))
    }

    /// Numbers of events, by day and identifier.
    fn events(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.outlines.len() as u32).collect();
        order.par_sort_unstable_by_key(|&n| {
            let outline = &self.outlines[n as usize];
            (outline.day(), outline.id)
        });
        order
    }

    fn cluster(&self, n: u32) -> Cluster {
        let tellings = &self.outlines[n as usize].tellings;
        let mut cluster =
            cluster::merge(&self.shelf, &self.digests, &self.ties, |r| self.story_of(r), tellings);
        for &(r, k) in self.denials.get(&n).map_or(&[][..], Vec::as_slice) {
            let report = self.shelf.report(r);
            let Some(act) = report.acts.get(k as usize) else { continue };
            let who = report.names(&act.actors).next().map(|p| p.name.clone());
            cluster.disputed = true;
            Claim::note(&mut cluster.claims, who, Stance::Denies, &report);
        }
        cluster
    }

    /// Numbers of events that announce plans, by the day they were announced.
    fn announced(&self) -> Vec<u32> {
        let mut order: Vec<u32> =
            (0..self.outlines.len() as u32).filter(|&n| self.settled[n as usize].is_some()).collect();
        let key = |n: u32| {
            let outline = &self.outlines[n as usize];
            (outline.first_reported, outline.id)
        };
        order.sort_unstable_by_key(|&n| key(n));
        order.dedup_by_key(|n| self.outlines[*n as usize].id);
        order
    }

    fn plan(&self, n: u32) -> Option<Plan> {
        let settled = self.settled[n as usize].as_ref()?;
        plan::told(self.cluster(n), settled, &self.shelf, &self.outlines)
    }

    /// Number of stories, events and plans of each story, in the order of [`Self::stories`].
    pub fn counts(&self) -> Vec<(usize, usize)> {
        let mut counts: FxHashMap<u32, (usize, usize)> = FxHashMap::default();
        for (outline, settled) in self.outlines.iter().zip(&self.settled) {
            let story = self.ties.stories.groups[outline.tellings[0].0 as usize];
            let entry = counts.entry(story).or_default();
            entry.0 += 1;
            entry.1 += usize::from(settled.is_some());
        }
        self.members.iter().map(|numbers| counts.get(&numbers[0]).copied().unwrap_or_default()).collect()
    }
}

fn line(row: &impl Serialize) -> Result<Vec<u8>, serde_json::Error> {
    serde_json::to_vec(row)
}

/// Things that are made at once, by all threads, when the first of them is asked for.
const AT_ONCE: usize = 4096;

/// Makes things one after the other, some ahead of what is asked for.
fn in_turn<T: Send>(order: Vec<u32>, make: impl Fn(u32) -> Option<T> + Sync) -> impl Iterator<Item = T> {
    (0..order.len().div_ceil(AT_ONCE)).flat_map(move |step| {
        let numbers = &order[step * AT_ONCE..order.len().min((step + 1) * AT_ONCE)];
        numbers.par_iter().filter_map(|&n| make(n)).collect::<Vec<T>>()
    })
}
