//! A brief on a situation, written by rule from the record alone.

use crate::choice::Choice;
use crate::cluster::Cluster;
use crate::link::Linked;
use crate::page::{Item, Page, Section};
use crate::plan::{Origin, Plan, State};
use crate::timeline::{self, Entry};
use crate::{days, excerpt, say};
use dateline_core::codes::{EntityKind, Stance, Status};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Days before the first report that belong to the situation.
const LOOKS_BACK: i64 = 3;

/// Days after a due day from which it is told that there was no news.
const SILENT: i32 = 2;

/// Most lines of the parts.
const HAPPENED: usize = 14;
const SAID: usize = 6;
const DISPUTED: usize = 8;
const PLANS: usize = 12;

/// The brief on what is asked for.
pub fn page(linked: &Linked, choice: &Choice) -> Page {
    let reports: Vec<usize> =
        (0..linked.reports.len()).filter(|&n| choice.has_day(linked.reports[n].day)).collect();
    let days_told = reports.iter().filter_map(|&n| linked.reports[n].day);
    let from = choice.since.or(days_told.clone().min());
    let to = choice.until.or(days_told.max());
    let title = match (from, to) {
        (Some(a), Some(b)) => format!("Situation brief, {}", days::range(a, b)),
        _ => "Situation brief".to_owned(),
    };
    // History that reports tell beside the news belongs in no brief, unless it is asked for.
    let recent = Choice {
        since: from.map(|d| d.saturating_sub(jiff::Span::new().days(LOOKS_BACK))),
        ..choice.clone()
    };
    let choice = if choice.since.is_some() { choice } else { &recent };
    let mut sections = Vec::new();
    let disputes = disputed(linked, choice);
    happened(linked, choice, &disputes, &mut sections);
    add(&mut sections, "Who said what", said(linked, choice, &reports));
    add(&mut sections, "In dispute", disputes.into_iter().map(dispute).collect());
    plans(linked, choice, to, &mut sections);
    if sections.is_empty() {
        let text = "Nothing in the reports of these days can be told with enough confidence.".to_owned();
        add(&mut sections, "What happened", vec![Item { text, ..Item::default() }]);
    }
    Page { title, intro: intro(linked, &reports), sections }
}

fn add(sections: &mut Vec<Section>, heading: &str, items: Vec<Item>) {
    if !items.is_empty() {
        sections.push(Section { heading: heading.to_owned(), level: 2, items });
    }
}

fn intro(linked: &Linked, reports: &[usize]) -> String {
    let copies = reports.iter().filter(|&&n| linked.documents[n].copy).count();
    let withdrawn = reports.iter().filter(|&&n| linked.documents[n].withdrawn).count();
    let publishers: BTreeSet<&str> =
        reports.iter().filter_map(|&n| linked.reports[n].publisher.as_deref()).collect();
    let mut text = format!("Written by rule from {}", say::count(reports.len(), "report"));
    if !publishers.is_empty() {
        text += &format!(" by {}", say::count(publishers.len(), "publisher"));
    }
    if copies > 0 {
        text += &format!(
            "; {}",
            if copies == 1 {
                "one is a copy of another".to_owned()
            } else {
                format!("{copies} are copies of others")
            }
        );
    }
    if withdrawn > 0 {
        text += &format!("; {withdrawn} withdrawn and left out");
    }
    text += ". Lines quote the report they name first; sources count copies and publishers once.";
    text
}

/// What happened: the weightiest lines, told day by day.
fn happened(linked: &Linked, choice: &Choice, disputes: &[&Cluster], sections: &mut Vec<Section>) {
    let mut entries = timeline::entries(linked, choice);
    let all = entries.len();
    // What is in dispute is told there.
    entries.retain(|e| !disputes.iter().any(|d| alike(&d.text, &e.text)));
    entries.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.text.cmp(&b.text)));
    // One line a sentence of any wording: the same words in a copy tell nothing new.
    let mut kept: Vec<Entry> = Vec::new();
    for entry in entries {
        if kept.len() < HAPPENED && !kept.iter().any(|k| alike(&k.text, &entry.text)) {
            kept.push(entry);
        }
    }
    kept.sort_by(|a, b| a.date.cmp(&b.date).then(b.weight.total_cmp(&a.weight)));
    if kept.is_empty() {
        return;
    }
    let heading = if all > kept.len() + disputes.len() {
        format!("What happened: the {} weightiest of {all} events", kept.len())
    } else {
        "What happened".to_owned()
    };
    sections.push(Section { heading, level: 2, items: Vec::new() });
    for entry in &kept {
        let heading = entry.date.map_or_else(|| "Day unknown".to_owned(), days::full);
        match sections.last_mut().filter(|s| s.heading == heading) {
            Some(section) => section.items.push(timeline::item(entry)),
            None => sections.push(Section { heading, level: 3, items: vec![timeline::item(entry)] }),
        }
    }
}

/// Whether two sentences share most of their words.
fn alike(a: &str, b: &str) -> bool {
    let words = |t: &str| {
        let mut set = BTreeSet::new();
        crate::words::each(t, |w| {
            set.insert(crate::words::number(w));
        });
        set
    };
    let (a, b) = (words(a), words(b));
    let least = a.len().min(b.len());
    least > 0 && a.intersection(&b).count() as f32 / least as f32 > 0.7
}

/// Plans without those that are told in much the same words as an earlier one.
fn unlike(plans: Vec<&Plan>) -> Vec<&Plan> {
    let mut kept: Vec<&Plan> = Vec::new();
    for plan in plans {
        if !kept.iter().any(|k| alike(&k.text, &plan.text)) {
            kept.push(plan);
        }
    }
    kept
}

/// The words of those who take most part.
fn said(linked: &Linked, choice: &Choice, reports: &[usize]) -> Vec<Item> {
    let mut weight: BTreeMap<String, f32> = BTreeMap::new();
    for cluster in linked.clusters.iter().filter(|c| choice.has(linked, c)) {
        for party in cluster.actors.iter().chain(&cluster.recipients) {
            *weight.entry(party.short_name()).or_default() += cluster.sources as f32;
        }
    }
    let mut best: BTreeMap<String, (f32, usize, usize)> = BTreeMap::new();
    for &n in reports.iter().filter(|&&n| !linked.documents[n].copy && !linked.documents[n].withdrawn) {
        let report = &linked.reports[n];
        for (q, quote) in report.quotes.iter().enumerate() {
            let Some(party) = quote.speaker.and_then(|s| report.parties.get(s as usize)) else { continue };
            // Words belong to somebody with a name.
            if matches!(party.kind, EntityKind::Country | EntityKind::Place | EntityKind::Group) {
                continue;
            }
            if choice.actor.is_some()
                && !choice
                    .actor
                    .as_ref()
                    .is_some_and(|a| party.name.to_lowercase().contains(&a.to_lowercase()))
            {
                continue;
            }
            let name = party.short_name();
            let whole = quote.text.ends_with(['.', ',', '!', '?'])
                && quote.text.starts_with(|c: char| c.is_uppercase());
            if quote.text.contains("â€") {
                continue;
            }
            let length = quote.text.len() as f32;
            let worth = weight.get(&name).copied().unwrap_or(0.0).ln_1p() + if whole { 1.0 } else { 0.0 }
                - (length - 120.0).abs() / 200.0
                + if party.country.is_some() { 0.5 } else { 0.0 };
            let entry = best.entry(name).or_insert((f32::MIN, n, q));
            if worth > entry.0 {
                *entry = (worth, n, q);
            }
        }
    }
    let mut quotes: Vec<(f32, usize, usize)> = best.into_values().collect();
    quotes.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    quotes.truncate(SAID);
    quotes.sort_by_key(|&(_, n, q)| (linked.reports[n].day, n, q));
    quotes
        .into_iter()
        .map(|(_, n, q)| {
            let report = &linked.reports[n];
            let quote = &report.quotes[q];
            let who = quote
                .speaker
                .and_then(|s| report.parties.get(s as usize))
                .map_or_else(|| quote.name.clone(), say::person);
            Item {
                lead: format!("{who}:"),
                text: say::quotation(&quote.text),
                note: report.day.map(|d| format!("({})", days::short(d))).unwrap_or_default(),
                cites: vec![report.id.clone()],
            }
        })
        .collect()
}

/// What some say and others deny, and what is told differently.
fn disputed<'a>(linked: &'a Linked, choice: &Choice) -> Vec<&'a Cluster> {
    let mut clusters: Vec<&Cluster> = linked
        .clusters
        .iter()
        .filter(|c| {
            choice.has(linked, c)
                && !c.background
                && matches!(c.status, Status::Happened | Status::Ongoing | Status::Denied)
        })
        .filter(|c| (c.disputed && contested(c)) || (c.sources > 1 && differing(c).is_some()))
        .collect();
    clusters.sort_by(|a, b| timeline::weight(b).total_cmp(&timeline::weight(a)).then(a.id.cmp(&b.id)));
    clusters.truncate(DISPUTED);
    clusters.sort_by(|a, b| (a.day(), &a.id).cmp(&(b.day(), &b.id)));
    clusters
}

/// Whether somebody with a name denies what is told elsewhere.
fn contested(cluster: &Cluster) -> bool {
    let mut denials = cluster.claims.iter().filter(|c| c.stance == Stance::Denies && c.who.is_some());
    denials.any(|denial| {
        let stands = cluster.claims.iter().any(|c| {
            matches!(c.stance, Stance::Says | Stance::Claims | Stance::Confirms) && c.who != denial.who
        });
        stands || cluster.members.iter().any(|m| !denial.doc_ids.contains(&m.doc_id))
    })
}

/// Numbers that differ: "killed: 3 (medics), 5".
fn differing(cluster: &Cluster) -> Option<String> {
    let mut kinds: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    // Many values are a sum that grows, or several events: no dispute.
    let many = |what: &str| cluster.details.iter().filter(|d| d.what == what).count() > 3;
    for detail in
        cluster.details.iter().filter(|d| !matches!(d.what, "day" | "place" | "size") && !many(d.what))
    {
        let by =
            if detail.voices.is_empty() { String::new() } else { format!(" ({})", detail.voices.join(", ")) };
        kinds.entry(detail.what).or_default().push(format!("{}{by}", detail.value));
    }
    let parts: Vec<String> =
        kinds.into_iter().map(|(what, values)| format!("{what}: {}", values.join(" or "))).collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn dispute(cluster: &Cluster) -> Item {
    let mut note: Vec<String> = Vec::new();
    let stances = [
        ("first told by", &[Stance::Says, Stance::Claims][..]),
        ("confirmed by", &[Stance::Confirms]),
        ("denied by", &[Stance::Denies]),
    ];
    for (verb, stances) in stances {
        // Claims stand in the order they were reported.
        let mut names: Vec<String> = Vec::new();
        let claims = || cluster.claims.iter().filter(|c| stances.contains(&c.stance));
        for claim in claims() {
            let who = claim.who.clone().unwrap_or_else(|| "a source without a name".to_owned());
            if !names.contains(&who) {
                names.push(who);
            }
        }
        let day = claims().next().and_then(|c| c.first).map(|d| format!(" on {}", days::short(d)));
        if let [first, others @ ..] = &names[..] {
            let also =
                if others.is_empty() { String::new() } else { format!(", then by {}", say::list(others)) };
            note.push(format!("{verb} {first}{}{also}", day.unwrap_or_default()));
        }
    }
    note.extend(differing(cluster));
    let mut cites = vec![cluster.text_doc.clone()];
    cites.extend(cluster.members.iter().map(|m| m.doc_id.clone()).filter(|d| *d != cluster.text_doc));
    cites.dedup();
    Item {
        text: say::sentence(&cluster.text),
        note: if note.is_empty() { String::new() } else { format!("({})", note.join("; ")) },
        cites,
        ..Item::default()
    }
}

/// What was planned and what became of it, and what is due next.
fn plans(linked: &Linked, choice: &Choice, to: Option<Date>, sections: &mut Vec<Section>) {
    let asked = |p: &&Plan| {
        choice.has_plan(linked, p)
            && p.announced.is_some_and(|d| choice.until.is_none_or(|u| d <= u))
            && p.actors.iter().chain(&p.recipients).next().is_some()
    };
    let touched = |p: &&Plan| {
        let days = [p.announced, p.outcome.as_ref().and_then(|o| o.day), p.due.map(|w| w.end)];
        days.into_iter().flatten().any(|d| choice.has_day(Some(d)))
    };
    let mut settled: Vec<&Plan> =
        linked.plans.iter().filter(asked).filter(touched).filter(|p| p.state != State::Open).collect();
    settled.sort_by_key(|p| {
        let unclear = !excerpt::stands_alone(&p.text);
        (p.state == State::Overdue, unclear, std::cmp::Reverse(p.sources), p.announced)
    });
    let mut settled = unlike(settled);
    let silent = |p: &Plan| p.due.zip(to).is_some_and(|(due, to)| days::between(due.end, to) >= SILENT);
    settled.retain(|p| p.state != State::Overdue || (excerpt::stands_alone(&p.text) && silent(p)));
    settled.truncate(PLANS);
    settled.sort_by_key(|p| (p.due.map(|w| w.start).or(p.announced), p.id.clone()));
    add(sections, "Plans, and what became of them", settled.into_iter().map(settled_item).collect());
    let mut due: Vec<&Plan> = linked
        .plans
        .iter()
        .filter(asked)
        .filter(|p| {
            p.state == State::Open
                && matches!(p.origin, Origin::Planned | Origin::Promised | Origin::Threatened)
        })
        .filter(|p| p.due.is_some_and(|w| to.is_none_or(|t| w.end >= t)))
        .collect();
    due.retain(|p| excerpt::stands_alone(&p.text));
    due.sort_by_key(|p| (p.due.map(|w| w.start), p.id.clone()));
    let mut due = unlike(due);
    due.truncate(PLANS);
    add(sections, "Due next", due.into_iter().map(due_item).collect());
}

/// What is said of a plan, when it was due, and what became of it.
fn settled_item(plan: &Plan) -> Item {
    let word = match (plan.origin, plan.state) {
        (Origin::Demanded, State::Kept) => "Demanded, and done:",
        (Origin::Threatened, State::Kept) => "Threatened, and carried out:",
        (Origin::Promised, State::Kept) => "Promised, and kept:",
        (Origin::Refused, State::Changed) => "Refused, then done:",
        (_, State::Kept) => "Took place as planned:",
        (_, State::Changed) => "Changed:",
        (_, State::Cancelled) => "Called off:",
        (_, State::Overdue) => "Due, without news:",
        (_, State::Open) => "Open:",
    };
    let due = plan.due.map(|w| format!("(due {})", days::range(w.start, w.end)));
    let mut text = say::sentence(&plan.text);
    let mut cites = vec![plan.text_doc.clone()];
    if let Some(outcome) = &plan.outcome {
        if outcome.text != plan.text {
            let day =
                outcome.day.map_or_else(|| "Later:".to_owned(), |d| format!("Reported {}:", days::short(d)));
            text += &format!(" {day} {}", say::sentence(&outcome.text));
        }
        cites.push(outcome.doc_id.clone());
    }
    cites.dedup();
    Item { lead: word.to_owned(), text, note: due.unwrap_or_default(), cites }
}

fn due_item(plan: &Plan) -> Item {
    let day =
        plan.due.map(|w| if w.start == w.end { days::full(w.start) } else { days::range(w.start, w.end) });
    Item {
        lead: day.map(|d| format!("{d}:")).unwrap_or_default(),
        text: say::sentence(&plan.text),
        note: if plan.sources > 1 { format!("({} sources)", plan.sources) } else { String::new() },
        cites: vec![plan.text_doc.clone()],
    }
}
