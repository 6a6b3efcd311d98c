//! Linking on a cluster of machines: the steps of [`link()`](crate::link()) over portions of reports.
//!
//! Between the steps a cluster brings together what has a key, or a part, in common; each step looks at one such portion
//! alone. The keys, the comparisons, the limits and the grouping are those of one machine, so that the result is the same
//! however the portions are cut (a test holds it to that). Reports and acts go by their [`place`]: a string that sorts as one
//! machine sorts them, and tells the first of a group.

use crate::blocks::{Blocks, Limits};
use crate::cluster::{self, Claim, Cluster};
use crate::deny::{self, Target};
use crate::gist::{Digest, Gist};
use crate::link::identifier;
use crate::near::{self, Sketch};
use crate::parties::{Figure, Figures};
use crate::parts::{self, Likeness};
use crate::report::{Act, Party, Report};
use crate::shelf::Shelf;
use crate::stories::{self, Story, Subject, Subjects};
use crate::ties::Ties;
use crate::versions::{self, Standing, Version};
use crate::{days, same};
use dateline_core::EventType;
use dateline_core::codes::Stance;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

/// How many pairs of a thing with those before it count: the most alike ones; of as alike ones, the first.
pub fn most_pairs() -> usize {
    Limits::default().pairs
}

/// Where a report stands in the order of time: its day and its identifier.
pub fn place(report: &Report) -> String {
    place_of_day(report.day, &report.id)
}

fn place_of_day(day: Option<Date>, id: &str) -> String {
    // What has no day comes first.
    let day = day.map_or(0, |d| i64::from(days::number(d)) - i64::from(i32::MIN));
    format!("{day:010}\0{id}")
}

/// Every node of some edges with the first node of its part.
pub fn components(edges: &[(String, String)]) -> Vec<(String, String)> {
    let mut nodes: Vec<&String> = edges.iter().flat_map(|(a, b)| [a, b]).collect();
    nodes.sort_unstable();
    nodes.dedup();
    let number = |node: &String| nodes.binary_search(&node).map_or(0, |n| n as u32);
    let mut groups = near::Groups::new(nodes.len());
    edges.iter().for_each(|(a, b)| groups.join(number(a), number(b)));
    (0..nodes.len()).map(|n| (nodes[n].clone(), nodes[groups.leader(n as u32) as usize].clone())).collect()
}

/// Identifier of a group of copies by that of its first report.
pub fn group(first: &str) -> String {
    identifier('g', &[first])
}

/// Two places, the first one first, and how alike what stands there is.
pub type Edge = (String, String, f32);

/// Pairs of reports that share shingles, with how many, out of all reports of some shingles: shingle, place and number of
/// shingles of a report. What two reports share under all portions is to be added up, and judged by [`near::enough`].
pub fn candidates(mut postings: Vec<(u32, String, u32)>) -> Vec<(String, String, u32, u32)> {
    postings.sort_unstable();
    let mut shared: FxHashMap<(&str, &str), (u32, u32)> = FxHashMap::default();
    for same in postings.chunk_by(|a, b| a.0 == b.0) {
        for (n, (_, report, length)) in same.iter().enumerate() {
            for (_, earlier, other) in &same[..n.min(near::MOST_POSTED)] {
                let entry = shared.entry((earlier, report)).or_insert((0, (*length).min(*other)));
                entry.0 += 1;
            }
        }
    }
    shared.into_iter().map(|((a, b), (n, least))| (a.to_owned(), b.to_owned(), n, least)).collect()
}

/// Whether candidates are copies, by how many shingles they share, the fewest that one of them has, and their sketches.
pub fn copies(shared: u32, least: u32, a: &Sketch, b: &Sketch) -> bool {
    near::enough(shared, (least, least)) && near::copies(a, b)
}

/// A report as far as versions and stories need it.
pub fn topic(report: &Report) -> Report {
    Report {
        id: report.id.clone(),
        url: report.url.clone(),
        publisher: report.publisher.clone(),
        title: report.title.clone(),
        day: report.day,
        subject: report.subject.clone(),
        withdraws: report.withdraws,
        take: report.take,
        ..Report::default()
    }
}

/// The keys under which versions of one report meet: of its address, which counts before the other, and of its headline.
pub fn version_keys(report: &Report) -> [Option<u64>; 2] {
    let version = Version::of(report);
    [version.address, version.slug]
}

/// What later versions made of reports that share keys of one kind, addresses or headlines: place, place of the next version,
/// and whether that withdraws it.
pub fn versions(rows: Vec<(u64, Report)>, by_address: bool) -> Vec<(String, String, bool)> {
    let mut figures = Figures::default();
    let mut found = Vec::new();
    let mut by_key: FxHashMap<u64, Vec<Report>> = FxHashMap::default();
    rows.into_iter().for_each(|(key, report)| by_key.entry(key).or_default().push(report));
    for (key, mut reports) in by_key {
        reports.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
        let (address, slug) = if by_address { (Some(key), None) } else { (None, Some(key)) };
        let digest =
            |r: &Report| Digest { version: Version { address, slug }, ..Digest::of(r, &mut figures) };
        let digests: Vec<Digest> = reports.iter().map(digest).collect();
        for (report, standing) in reports.iter().zip(versions::standing(&digests)) {
            if let Some(next) = standing.superseded_by {
                let next = &reports[next as usize];
                found.push((place(report), place(next), next.withdraws));
            }
        }
    }
    found
}

/// Things with the places they stand at, in order.
struct Things<T> {
    places: Vec<String>,
    things: Vec<T>,
}

impl<T> Things<T> {
    fn new(mut all: Vec<(String, T)>) -> Self {
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all.dedup_by(|a, b| a.0 == b.0);
        let (places, things) = all.into_iter().unzip();
        Self { places, things }
    }

    fn number(&self, place: &str) -> Option<u32> {
        self.places.binary_search_by(|p| p.as_str().cmp(place)).ok().map(|n| n as u32)
    }

    /// Pairs that are alike, of all things that have some keys.
    fn edges(&self, keys: &[(u64, u32)], limits: Limits, least: f32, likeness: &impl Likeness) -> Vec<Edge> {
        let mut of: Vec<Vec<u64>> = vec![Vec::new(); self.places.len()];
        keys.iter().for_each(|&(key, n)| of[n as usize].push(key));
        let each = |n: u32, each: &mut dyn FnMut(u64)| of[n as usize].iter().for_each(|&key| each(key));
        let limits = Limits { too_common: usize::MAX, many: usize::MAX, ..limits };
        let blocks = Blocks::new(of.len(), limits, each, |_, _, _| {});
        let (mut met, mut edges) = (Vec::new(), Vec::new());
        for n in 0..of.len() as u32 {
            blocks.before(n, &mut met);
            let mut alike = likeness.of(n, least);
            for &m in &met {
                let alike = alike(m);
                if alike >= least {
                    edges.push((self.places[m as usize].clone(), self.places[n as usize].clone(), alike));
                }
            }
        }
        edges
    }

    /// The number of the first of each thing's group, of all things of some parts and all pairs between them.
    fn groups(&self, edges: &[Edge], limits: Limits, least: f32, likeness: &impl Likeness) -> Vec<u32> {
        let pair = |(a, b, alike): &Edge| Some((self.number(a)?, self.number(b)?, *alike));
        let mut pairs: Vec<parts::Pair> = edges.iter().filter_map(pair).collect();
        pairs.sort_unstable_by(|a, b| a.1.cmp(&b.1).then(b.2.total_cmp(&a.2)).then(a.0.cmp(&b.0)));
        parts::group_of_pairs(limits, self.places.len(), &pairs, least, likeness)
    }
}

/// Pairs of reports of one story, of all reports that share some words; by their key.
pub fn story_edges(rows: Vec<(u64, Report)>) -> Vec<Edge> {
    let keys: Vec<(u64, String)> = rows.iter().map(|(key, topic)| (*key, place(topic))).collect();
    let things = Things::new(rows.into_iter().map(|(_, topic)| (place(&topic), topic)).collect());
    let keys: Vec<(u64, u32)> = keys.iter().filter_map(|(k, p)| Some((*k, things.number(p)?))).collect();
    let subjects: Vec<&Subject> = things.things.iter().map(|topic| &topic.subject).collect();
    things.edges(&keys, stories::within(Limits::default()), stories::STORY, &Subjects(&subjects))
}

/// The stories of whole parts, of topics with whether they are copies, given all pairs between them: each story, with the
/// places of its reports.
pub fn stories(topics: Vec<(Report, bool)>, edges: &[Edge]) -> Vec<(Story, Vec<String>)> {
    let things = Things::new(topics.into_iter().map(|topic| (place(&topic.0), topic)).collect());
    let subjects: Vec<&Subject> = things.things.iter().map(|topic| &topic.0.subject).collect();
    let first =
        things.groups(edges, stories::within(Limits::default()), stories::STORY, &Subjects(&subjects));
    let mut figures = Figures::default();
    let digests: Vec<Digest> = things.things.iter().map(|topic| Digest::of(&topic.0, &mut figures)).collect();
    let story = |numbers: Vec<u32>| {
        let id = identifier('s', &[&digests[numbers[0] as usize].id]);
        let story = stories::describe(id, &digests, &numbers, |n| things.things[n as usize].1);
        (story, numbers.into_iter().map(|n| things.places[n as usize].clone()).collect())
    };
    stories::members(&first).into_iter().map(story).collect()
}

/// An act with as much of its report as linking needs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Piece {
    /// The report with this act only.
    pub report: Report,
    /// Number of the act in the whole report.
    pub number: u32,
}

impl Piece {
    /// The acts of a report, one by one.
    pub fn all(report: &Report) -> Vec<Piece> {
        let bare = Report {
            acts: Vec::new(),
            sketch: Sketch::default(),
            quotes: Vec::new(),
            turns: Vec::new(),
            ..report.clone()
        };
        let piece = |(act, number): (&Act, u32)| Piece {
            report: Report { acts: vec![act.clone()], ..bare.clone() },
            number,
        };
        report.acts.iter().zip(0..).map(piece).collect()
    }

    /// Where it stands.
    pub fn place(&self) -> String {
        format!("{}\0{:05}", place(&self.report), self.number)
    }

    fn act(&self) -> &Act {
        &self.report.acts[0]
    }

    /// The keys under which tellings of one event meet.
    pub fn keys(&self) -> Vec<u64> {
        same::keys(self.act(), &self.report)
    }

    /// The keys under which a denial meets what it denies; none when it denies nothing.
    pub fn denial_keys(&self) -> Vec<u64> {
        let mut figures = Figures::default();
        let gist = self.gist(&mut figures);
        deny::denies(&gist).map_or(Vec::new(), |event_type| denial_keys(event_type, gist.actors(), &figures))
    }

    fn gist(&self, figures: &mut Figures) -> Gist {
        let numbers: Vec<u32> = self.report.parties.iter().map(|p| figures.number(Figure::of(p))).collect();
        Gist::of(self.act(), &self.report, &numbers)
    }
}

fn denial_keys(event_type: EventType, actors: &[u32], figures: &Figures) -> Vec<u64> {
    let mut keys: Vec<u64> =
        actors.iter().map(|&a| (event_type as u64) << 32 | u64::from(figures.get(a).key())).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// Acts as they are compared.
struct Told<'a> {
    figures: Figures,
    gists: Vec<Gist>,
    pieces: Vec<&'a Piece>,
}

impl<'a> Told<'a> {
    fn new(pieces: impl Iterator<Item = &'a Piece>) -> Self {
        let mut figures = Figures::default();
        let pieces: Vec<&Piece> = pieces.collect();
        let gists = pieces.iter().map(|piece| piece.gist(&mut figures)).collect();
        Self { figures, gists, pieces }
    }
}

impl Likeness for Told<'_> {
    fn of(&self, n: u32, least: f32) -> impl FnMut(u32) -> f32 {
        let (report, gist) = (&self.pieces[n as usize].report, &self.gists[n as usize]);
        move |m| {
            let (other, told) = (&self.pieces[m as usize].report, &self.gists[m as usize]);
            same::likelihood_of(gist, told, &self.figures, report.id == other.id, least, || {
                report.subject.likeness(&other.subject)
            })
        }
    }
}

/// What acts of some keys have to do with each other.
#[derive(Clone, Debug, Default)]
pub struct Met {
    /// Pairs that are one event.
    pub edges: Vec<Edge>,
    /// Narrower keys of acts, by their places, in place of keys that were too common.
    pub narrower: Vec<(u64, String)>,
}

/// Brings together all acts of some keys. Keys that are `narrower` ones are never too common.
pub fn event_edges(rows: Vec<(u64, Piece)>, narrower: bool) -> Met {
    let keys: Vec<(u64, String)> = rows.iter().map(|(key, piece)| (*key, piece.place())).collect();
    let things = Things::new(rows.into_iter().map(|(_, piece)| (piece.place(), piece)).collect());
    let mut keys: Vec<(u64, u32)> = keys.iter().filter_map(|(k, p)| Some((*k, things.number(p)?))).collect();
    keys.sort_unstable();
    keys.dedup();
    let (mut kept, mut met) = (Vec::with_capacity(keys.len()), Met::default());
    for run in keys.chunk_by(|a, b| a.0 == b.0) {
        if narrower || run.len() <= Limits::default().too_common {
            kept.extend_from_slice(run);
            continue;
        }
        for &(key, n) in run {
            let piece = &things.things[n as usize];
            let place = &things.places[n as usize];
            met.narrower.extend(
                same::narrower(piece.act(), &piece.report, key).into_iter().map(|key| (key, place.clone())),
            );
        }
    }
    met.edges = things.edges(&kept, Limits::default(), same::SAME, &Told::new(things.things.iter()));
    met
}

/// What is known of a report besides what it tells.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Story.
    pub story: String,
    /// Place of the first report of its copies.
    pub first: String,
    /// Publisher of that report.
    pub publisher: Option<String>,
    /// Whether a later version stands in for it.
    pub superseded: bool,
}

/// What a denial is held against.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Deniable {
    /// Place of the first telling, by which the event goes.
    pub event: String,
    day: Option<Date>,
    actors: Vec<Party>,
    sources: usize,
    lead: Piece,
}

impl Deniable {
    /// The keys under which it meets what denies it.
    pub fn keys(&self) -> Vec<u64> {
        let mut figures = Figures::default();
        let actors: Vec<u32> = self.actors.iter().map(|p| figures.number(Figure::of(p))).collect();
        denial_keys(self.lead.act().event_type, &actors, &figures)
    }
}

/// An event by the place of its first telling, and what a denial of it is held against.
#[derive(Clone, Debug)]
pub struct Event {
    /// Place of the first telling.
    pub place: String,
    /// The event.
    pub cluster: Cluster,
    /// None when it is not for denying.
    pub deniable: Option<Deniable>,
}

/// The events of whole parts, given all pairs between their acts.
pub fn events(pieces: Vec<(Piece, Beside)>, edges: &[Edge]) -> Vec<Event> {
    let things = Things::new(pieces.into_iter().map(|row| (row.0.place(), row)).collect());
    let told = Told::new(things.things.iter().map(|(piece, _)| piece));
    let groups = things.groups(edges, Limits::default(), same::SAME, &told);
    let event = |numbers: Vec<u32>| {
        let tellings: Vec<&(Piece, Beside)> = numbers.iter().map(|&n| &things.things[n as usize]).collect();
        merged(things.places[numbers[0] as usize].clone(), &tellings)
    };
    stories::members(&groups).into_iter().map(event).collect()
}

/// Merges the tellings of one event, in order.
fn merged(place: String, told: &[&(Piece, Beside)]) -> Event {
    let mut firsts: Vec<&Beside> = told.iter().map(|(_, beside)| beside).collect();
    firsts.sort_by(|a, b| a.first.cmp(&b.first));
    firsts.dedup_by(|a, b| a.first == b.first);
    let mut reports: Vec<Report> = Vec::new();
    let mut besides: Vec<&Beside> = Vec::new();
    let mut tellings: Vec<(u32, u32)> = Vec::new();
    for (piece, beside) in told {
        if reports.last().is_none_or(|r| r.id != piece.report.id) {
            reports.push(Report { acts: Vec::new(), ..piece.report.clone() });
            besides.push(beside);
        }
        let at = reports.len() - 1;
        tellings.push((at as u32, reports[at].acts.len() as u32));
        reports[at].acts.push(piece.act().clone());
    }
    // The first reports of the copies stand behind, with their publishers alone.
    let behind = reports.len();
    let first = |beside: &&Beside| (behind + firsts.partition_point(|b| b.first < beside.first)) as u32;
    let superseded =
        |beside: &&Beside| Standing { superseded_by: beside.superseded.then_some(0), withdrawn: false };
    let ties = Ties {
        copies: besides.iter().map(first).collect(),
        standing: besides.iter().map(superseded).collect(),
        ..Ties::default()
    };
    reports.extend(firsts.iter().map(|b| Report { publisher: b.publisher.clone(), ..Report::default() }));
    let mut figures = Figures::default();
    let digests: Vec<Digest> = reports.iter().map(|report| Digest::of(report, &mut figures)).collect();
    let shelf = Shelf::Memory(reports);
    let cluster = cluster::merge(&shelf, &digests, &ties, |r| besides[r as usize].story.clone(), &tellings);
    let lead = tellings.iter().position(|&at| at == cluster.lead).unwrap_or(0);
    let deniable = deny::may_be_denied(cluster.status).then(|| Deniable {
        event: place.clone(),
        day: cluster.day(),
        actors: cluster.actors.clone(),
        sources: cluster.sources,
        lead: told[lead].0.clone(),
    });
    Event { place, cluster, deniable }
}

/// A denial's place, how well it answers an event, and the place of that event.
pub type Answer = (String, f32, String);

/// What the events and denials of some keys have to do with each other. Of all answers of a denial the worthiest counts; of
/// as worthy ones, that of the first event.
pub fn answers(events: &[(u64, Deniable)], denials: &[(u64, Piece)]) -> Vec<Answer> {
    let mut by_key: FxHashMap<u64, Vec<&Deniable>> = FxHashMap::default();
    events.iter().for_each(|(key, event)| by_key.entry(*key).or_default().push(event));
    let mut answers = Vec::new();
    for (key, denial) in denials {
        let Some(day) = denial.report.day.map(days::number) else { continue };
        for event in by_key.get(key).map_or(&[][..], Vec::as_slice) {
            let Some(first) = event.day.map(days::number) else { continue };
            let mut figures = Figures::default();
            let actors: Vec<u32> = event.actors.iter().map(|p| figures.number(Figure::of(p))).collect();
            let (act, lead) = (denial.gist(&mut figures), event.lead.gist(&mut figures));
            let target = Target { day: first, actors: &actors, lead: &lead, sources: event.sources as u32 };
            if let Some(worth) = deny::worth(&figures, &act, day, &target) {
                answers.push((denial.place(), worth, event.event.clone()));
            }
        }
    }
    answers
}

/// A cluster, as JSON, with the denials that are of it, in the order of their places.
///
/// # Errors
/// When it is no cluster.
pub fn denied(cluster: &str, denials: &[Piece]) -> Result<String, serde_json::Error> {
    let mut cluster: serde_json::Value = serde_json::from_str(cluster)?;
    let mut claims: Vec<Claim> = serde_json::from_value(cluster["claims"].take())?;
    for denial in denials {
        let who = denial.report.names(&denial.act().actors).next().map(|p| p.name.clone());
        Claim::note(&mut claims, who, Stance::Denies, &denial.report);
    }
    cluster["claims"] = serde_json::to_value(claims)?;
    cluster["disputed"] = true.into();
    serde_json::to_string(&cluster)
}
