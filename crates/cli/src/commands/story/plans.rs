//! `dateline plans`: what was planned, and what became of it.

use super::input;
use crate::args;
use crate::failures::Tally;
use crate::sink::Target;
use crate::stop::Stop;
use crate::story_args::PlansArgs;
use dateline_export::{Format, listing};
use dateline_story::{Party, Plan, say};
use serde::Serialize;
use serde_json::Value;

#[derive(Debug, Serialize)]
struct Row {
    state: String,
    origin: String,
    due: String,
    #[serde(rename = "type")]
    kind: String,
    actors: String,
    recipients: String,
    place: String,
    announced: String,
    sources: usize,
    changes: String,
    fulfilled_by: String,
    text: String,
    outcome: String,
    doc_id: String,
    outcome_doc_id: String,
}

const COLUMNS: [&str; 15] = [
    "state",
    "origin",
    "due",
    "type",
    "actors",
    "recipients",
    "place",
    "announced",
    "sources",
    "changes",
    "fulfilled_by",
    "text",
    "outcome",
    "doc_id",
    "outcome_doc_id",
];

pub(crate) fn run(args: &PlansArgs) -> Result<Tally, Stop> {
    let (linked, tally) = input::linked(&args.view.input)?;
    let choice = args.view.choice.choice();
    let asked = |p: &&Plan| {
        choice.has_plan(&linked, p)
            && (choice.has_day(p.announced) || choice.has_day(p.due.map(|w| w.start)))
            && args.only.as_ref().is_none_or(|only| word(&p.state) == *only)
    };
    let plans: Vec<&Plan> = linked.plans.iter().filter(asked).collect();
    let mut out = Target::of(args.view.output.output.as_deref()).open()?;
    match args::format(&args.format) {
        format @ (Format::Json | Format::Jsonl) => listing::write(&plans, &[], format, &mut out)?,
        Format::Table => {
            let rows: Vec<_> = plans.iter().map(|p| short(&row(p))).collect();
            listing::write(
                &rows,
                &["state", "origin", "due", "type", "who", "text"],
                Format::Table,
                &mut out,
            )?;
        }
        format => {
            listing::write(&plans.iter().map(|p| row(p)).collect::<Vec<_>>(), &COLUMNS, format, &mut out)?;
        }
    }
    out.commit()?;
    Ok(tally)
}

/// The word an enum is written as.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn row(plan: &Plan) -> Row {
    let names = |list: &[Party]| list.iter().map(|p| p.name.as_str()).collect::<Vec<_>>().join("; ");
    let outcome = plan.outcome.as_ref();
    Row {
        state: word(&plan.state),
        origin: word(&plan.origin),
        due: plan
            .due
            .map(|w| if w.start == w.end { w.start.to_string() } else { format!("{}..{}", w.start, w.end) })
            .unwrap_or_default(),
        kind: say::kind(plan.event_type, plan.mode.as_deref()),
        actors: names(&plan.actors),
        recipients: names(&plan.recipients),
        place: plan.place.as_ref().map(|p| p.name.clone()).unwrap_or_default(),
        announced: plan.announced.map(|d| d.to_string()).unwrap_or_default(),
        sources: plan.sources,
        changes: plan.changes.join("; "),
        fulfilled_by: plan.fulfilled_by.clone().unwrap_or_default(),
        text: plan.text.clone(),
        outcome: outcome.map(|o| o.text.clone()).unwrap_or_default(),
        doc_id: plan.text_doc.clone(),
        outcome_doc_id: outcome.map(|o| o.doc_id.clone()).unwrap_or_default(),
    }
}

/// What fits on a line.
fn short(row: &Row) -> (String, String, String, String, String, String) {
    let who = if row.recipients.is_empty() {
        row.actors.clone()
    } else {
        format!("{} → {}", row.actors, row.recipients)
    };
    let cut = dateline_story::excerpt::cut;
    (
        row.state.clone(),
        row.origin.clone(),
        row.due.clone(),
        row.kind.clone(),
        cut(&who, 44),
        cut(&row.text, 90),
    )
}
