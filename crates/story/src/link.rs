//! All reports brought together.

use crate::cluster::{self, Cluster};
use crate::near::Index;
use crate::plan::{self, Plan};
use crate::report::{Act, Report};
use crate::stories::{self, Story};
use crate::{deny, parts, same, versions};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// Reports and what they tell together.
///
/// Everything here is a function of the set of reports: their order and the portions they came in make no difference.
#[derive(Debug, Default)]
pub struct Linked {
    /// The reports, by day of publication and identifier.
    pub reports: Vec<Report>,
    /// What each is beside the others.
    pub documents: Vec<Document>,
    /// Stories, by their first report.
    pub stories: Vec<Story>,
    /// Events, by day and identifier.
    pub clusters: Vec<Cluster>,
    /// Plans, by the day they were announced.
    pub plans: Vec<Plan>,
}

/// What a report is beside the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Identifier of the report.
    pub doc_id: String,
    /// Day of publication.
    pub published: Option<Date>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Headline.
    pub title: String,
    /// Group of its copies.
    pub group: String,
    /// The fullest report of the group.
    pub fullest: String,
    /// The report of the group that was published first.
    pub first: String,
    /// Whether another report of the group stands for it.
    pub copy: bool,
    /// A later version of the report.
    pub superseded_by: Option<String>,
    /// Whether it was withdrawn, or withdraws another.
    pub withdrawn: bool,
    /// Its story.
    pub story: String,
}

impl Document {
    /// A report that no other is known beside.
    pub(crate) fn of(report: &Report) -> Self {
        Self {
            doc_id: report.id.clone(),
            published: report.day,
            publisher: report.publisher.clone(),
            title: report.title.clone(),
            group: String::new(),
            fullest: report.id.clone(),
            first: report.id.clone(),
            copy: false,
            superseded_by: None,
            withdrawn: report.withdraws,
            story: String::new(),
        }
    }
}

/// An identifier of `kind` that depends on `parts` alone.
pub(crate) fn identifier(kind: char, parts: &[&str]) -> String {
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    for byte in parts.iter().flat_map(|p| p.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    format!("{kind}{:012x}", (hash ^ (hash >> 29)) & 0xFFFF_FFFF_FFFF)
}

/// Links reports. Of two with one identifier the later in the list counts. `today` is the day up to which plans are followed,
/// the last day of publication when none is given.
pub fn link(reports: Vec<Report>, today: Option<Date>) -> Linked {
    let mut by_id: FxHashMap<String, Report> = FxHashMap::default();
    for report in reports {
        by_id.insert(report.id.clone(), report);
    }
    let mut reports: Vec<Report> = by_id.into_values().collect();
    reports.sort_by(|a, b| (a.day, &a.id).cmp(&(b.day, &b.id)));
    let (groups, fullest) = copies(&reports);
    let subjects: Vec<&stories::Subject> = reports.iter().map(|r| &r.subject).collect();
    let story_of = stories::group(&subjects);
    let documents = documents(&reports, &groups, &fullest, &story_of);
    let clusters = clusters(&reports, &documents, &groups);
    let stories = stories::describe(&reports, &documents, &story_of);
    let last = reports.iter().filter_map(|r| r.day).max();
    let plans = plan::follow(&reports, &clusters, today.or(last));
    Linked { reports, documents, stories, clusters, plans }
}

/// The group of copies of each report, and the fullest report of it.
fn copies(reports: &[Report]) -> (Vec<u32>, Vec<u32>) {
    let mut index = Index::default();
    for report in reports {
        index.add(report.sketch.clone());
    }
    (0..reports.len() as u32).map(|n| (index.group(n), index.fullest(n))).unzip()
}

fn documents(reports: &[Report], groups: &[u32], fullest: &[u32], story_of: &[u32]) -> Vec<Document> {
    let id = |n: u32| reports[n as usize].id.clone();
    let mut documents: Vec<Document> = reports
        .iter()
        .enumerate()
        .map(|(n, report)| Document {
            group: identifier('g', &[&reports[groups[n] as usize].id]),
            fullest: id(fullest[n]),
            first: id(groups[n]),
            copy: fullest[n] != n as u32,
            story: identifier('s', &[&reports[story_of[n] as usize].id]),
            ..Document::of(report)
        })
        .collect();
    let mut versions: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (n, report) in reports.iter().enumerate() {
        if let Some(key) = versions::key(report) {
            versions.entry(key).or_default().push(n);
        }
    }
    for mut numbers in versions.into_values() {
        numbers.sort_by_key(|&n| (reports[n].take, n));
        for pair in numbers.windows(2) {
            let (old, new) = (&reports[pair[0]], &reports[pair[1]]);
            if versions::supersedes(new, old) {
                documents[pair[0]].superseded_by = Some(new.id.clone());
                documents[pair[0]].withdrawn |= new.withdraws;
            }
        }
    }
    documents
}

/// Events of reports that still stand, brought together.
fn clusters(reports: &[Report], documents: &[Document], groups: &[u32]) -> Vec<Cluster> {
    let mut acts: Vec<(u32, u32)> = Vec::new();
    for (n, report) in reports.iter().enumerate().filter(|(n, _)| !documents[*n].withdrawn) {
        acts.extend((0..report.acts.len() as u32).map(|k| (n as u32, k)));
    }
    let of = |n: usize| -> (&Report, &Act) {
        let (r, k) = acts[n];
        (&reports[r as usize], &reports[r as usize].acts[k as usize])
    };
    let likelihood = |a: usize, b: usize| {
        let ((ra, x), (rb, y)) = (of(a), of(b));
        same::likelihood(x, ra, y, rb, || ra.subject.likeness(&rb.subject))
    };
    let keys = |n: usize| {
        let (report, act) = of(n);
        same::keys(act, report)
    };
    let edges = parts::edges(acts.len(), same::SAME, keys, likelihood);
    let together = parts::group(acts.len(), edges, same::SAME, likelihood);
    let mut members: FxHashMap<u32, Vec<(u32, u32)>> = FxHashMap::default();
    for (n, &first) in together.iter().enumerate() {
        members.entry(first).or_default().push(acts[n]);
    }
    let mut clusters: Vec<Cluster> =
        members.into_values().map(|m| cluster::merge(reports, documents, groups, m)).collect();
    clusters.sort_by(|a, b| (a.day(), &a.id).cmp(&(b.day(), &b.id)));
    deny::apply(reports, &acts, &mut clusters);
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(id: &str, day: u8, text: &str) -> Report {
        let date = format!("2031-06-{day:02}");
        let line = serde_json::json!({
            "schema_version": "1", "id": id, "title": text, "published": date, "publisher": format!("P{}", day % 3), "text": text,
            "sentences": [[0, text.chars().count()]],
            "entities": [
                {"id": "e1", "name": "Ecuador", "kind": "country", "title": null, "country": "ECU", "sector": "GOV", "code": "ECUGOV"},
                {"id": "e2", "name": "Peru", "kind": "country", "title": null, "country": "PER", "sector": "GOV", "code": "PERGOV"}],
            "events": [{
                "id": format!("{id}-1"), "type": "ASSAULT", "mode": null, "status": "happened", "actors": ["e1"],
                "recipients": ["e2"], "when": {"start": date, "end": date, "precision": "day"}, "quad": 4, "score": -9.0,
                "confidence": 0.6, "mentions": [{"sentence": 0, "clause": [0, text.chars().count()], "trigger": [0, 5]}]}]
        });
        Report::from_json(&line.to_string()).unwrap()
    }

    fn reports() -> Vec<Report> {
        let texts = [
            "Ecuador shelled a border post of Peru near Jaen and killed three soldiers",
            "Troops of Ecuador shelled a Peruvian border post near Jaen, killing three soldiers",
            "Ecuador shelled a school in the town of Zarumilla where nobody was hurt",
        ];
        let days = [2, 2, 9];
        (0..12).map(|n| report(&format!("r{n:02}"), days[n % 3] + (n / 6) as u8 * 9, texts[n % 3])).collect()
    }

    #[test]
    fn order_and_portions_make_no_difference() {
        let whole = link(reports(), None);
        let mut turned = reports();
        turned.reverse();
        turned.rotate_left(5);
        let turned = link(turned, None);
        let half = link(reports().into_iter().take(6).collect(), None);
        let joined = link(half.reports.into_iter().chain(reports().into_iter().skip(6)).collect(), None);
        for other in [turned, joined] {
            assert_eq!(whole.clusters, other.clusters);
            assert_eq!(
                (&whole.stories, &whole.plans, &whole.documents),
                (&other.stories, &other.plans, &other.documents)
            );
        }
        let first = whole.clusters.iter().find(|c| c.documents > 1).unwrap();
        assert_eq!(first.members[0].doc_id, "r00");
    }

    #[test]
    fn nothing_gives_nothing() {
        let linked = link(Vec::new(), None);
        assert!(linked.clusters.is_empty() && linked.stories.is_empty() && linked.plans.is_empty());
    }
}
