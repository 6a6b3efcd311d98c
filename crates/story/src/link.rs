//! All reports brought together.

use crate::blocks::Limits;
use crate::cluster::Cluster;
use crate::plan::Plan;
use crate::report::Report;
use crate::shelf::Shelf;
use crate::stories::Story;
use crate::ties::Earlier;
use crate::web::{Digests, Web};
use jiff::civil::Date;
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

/// A number that depends on `parts` alone.
pub(crate) fn hash(parts: &[&str]) -> u64 {
    let mut hash: u64 = 0xCBF2_9CE4_8422_2325;
    for byte in parts.iter().flat_map(|p| p.bytes().chain([0])) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    hash ^ (hash >> 29)
}

/// An identifier of `kind` that depends on `parts` alone.
pub(crate) fn identifier(kind: char, parts: &[&str]) -> String {
    format!("{kind}{:012x}", hash(parts) & 0xFFFF_FFFF_FFFF)
}

/// Links reports. Of two with one identifier the later in the list counts. `today` is the day up to which plans are followed,
/// the last day of publication when none is given.
pub fn link(reports: Vec<Report>, today: Option<Date>) -> Linked {
    link_within(reports, today, Limits::default())
}

pub(crate) fn link_within(reports: Vec<Report>, today: Option<Date>, limits: Limits) -> Linked {
    let mut digests = Digests::default();
    reports.iter().for_each(|report| digests.add(report));
    let order = digests.order();
    let mut reports: Vec<Option<Report>> = reports.into_iter().map(Some).collect();
    let reports: Vec<Report> = order.iter().filter_map(|&n| reports[n as usize].take()).collect();
    Web::new(Shelf::Memory(reports), digests, today, limits, |_| Earlier::default()).linked().0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kept::Kept;
    use proptest::prelude::*;

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
    fn later_portions_join_what_is_there() {
        let whole = link(reports(), None);
        let half = link(reports().into_iter().take(6).collect(), None);
        let joined = link(half.reports.into_iter().chain(reports().into_iter().skip(6)).collect(), None);
        same(&whole, &joined);
        let first = whole.clusters.iter().find(|c| c.documents > 1).unwrap();
        assert_eq!(first.members[0].doc_id, "r00");
    }

    fn same(one: &Linked, other: &Linked) {
        assert_eq!(one.documents, other.documents);
        assert_eq!(one.stories, other.stories);
        assert_eq!(one.clusters, other.clusters);
        assert_eq!(one.plans, other.plans);
    }

    /// What a newsroom might send: reports of three events and what is said of them, over and over.
    fn told(n: usize, what: usize, day: u8) -> Report {
        let texts = [
            "Ecuador shelled a border post of Peru near Jaen and killed three soldiers",
            "Troops of Ecuador shelled a Peruvian border post near Jaen, killing three soldiers",
            "Ecuador shelled a school in the town of Zarumilla where nobody was hurt",
            "Shells fired by Ecuador hit a school in Zarumilla, the second time this month",
            "Ecuador attacked a convoy of trucks on the road to Piura with mortars",
        ];
        report(&format!("r{n:02}"), day, texts[what])
    }

    /// Limits so tight that all that is done for the sake of scale is done here.
    const TIGHT: Limits = Limits { too_common: 6, looked_at: 6, many: 9, pairs: 3, at_once: 12 };

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn order_and_portions_change_nothing(
            what in proptest::collection::vec((0usize..5, 1u8..12), 1..40),
            keys in proptest::collection::vec(any::<u32>(), 40),
            cuts in proptest::collection::vec(0usize..40, 0..4),
        ) {
            let reports: Vec<Report> = what.iter().enumerate().map(|(n, &(t, day))| told(n, t, day)).collect();
            let whole = link_within(reports.clone(), None, TIGHT);
            let mut turned: Vec<(u32, Report)> = keys.into_iter().zip(reports).collect();
            turned.sort_by_key(|t| t.0);
            let turned: Vec<Report> = turned.into_iter().map(|t| t.1).collect();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|c| c.min(turned.len())).collect();
            cuts.push(turned.len());
            cuts.sort_unstable();
            let mut kept: Option<Kept> = None;
            for cut in cuts {
                // Each portion joins what was found before.
                let mut digests = Digests::default();
                turned[..cut].iter().for_each(|r| digests.add(r));
                let order = digests.order();
                let sorted: Vec<Report> = order.iter().map(|&n| turned[n as usize].clone()).collect();
                let before = kept.take();
                let earlier = |acts: &[(u32, u32)]| before.map_or_else(Earlier::default, |k| k.earlier(&order, acts));
                let web = Web::new(Shelf::Memory(sorted), digests, None, TIGHT, earlier);
                let acts = turned[..cut].iter().map(|r| r.acts.len() as u32).collect();
                kept = Some(Kept::of(web.ties(), &order, acts));
                if cut == turned.len() {
                    same(&whole, &web.linked().0);
                }
            }
        }
    }

    #[test]
    fn nothing_gives_nothing() {
        let linked = link(Vec::new(), None);
        assert!(linked.clusters.is_empty() && linked.stories.is_empty() && linked.plans.is_empty());
    }
}
