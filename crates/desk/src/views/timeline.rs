//! Events by day, with lanes of stories.

use crate::columns::{Columns, NO_DAY};
use crate::error::Refusal;
use crate::filter::Ready;
use crate::sheet::{Cell, Kind, Sheet};
use crate::store::Store;
use dateline_core::EventType;
use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// Days up to which steps are days, and weeks.
const STEPS: (i32, i32) = (130, 900);

/// Days around the time of the reports that are shown unless more is asked for: before and after.
const AROUND: (i32, i32) = (31, 62);

/// Most lanes.
const LANES: usize = 14;

/// How a timeline looks.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default)]
pub(crate) struct Look {
    /// What is stacked: `quad` or `type`.
    by: Option<String>,
    /// Length of a step: day, week, month; by the length of the whole when it is not given.
    step: Option<String>,
    /// `all`: all days, those too that lie far from the time of the reports.
    range: Option<String>,
}

/// Events by day.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Timeline {
    /// day, week or month.
    step: &'static str,
    /// What is stacked: the names of the counts of each bin.
    keys: Vec<String>,
    /// First day and day behind the last.
    #[schema(value_type = Option<Vec<String>>)]
    range: Option<(Date, Date)>,
    /// Steps with events.
    bins: Vec<Bin>,
    /// Lanes of the stories that tell most.
    lanes: Vec<Lane>,
    /// How many stories are not shown.
    more_lanes: usize,
    /// Events that are shown.
    total: usize,
    /// Events before the range, behind it, and without a day.
    before: usize,
    after: usize,
    undated: usize,
}

/// A step.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Bin {
    /// Its first day.
    #[schema(value_type = String)]
    start: Date,
    /// Its last day.
    #[schema(value_type = String)]
    end: Date,
    /// Counts, in the order of the keys.
    counts: Vec<u32>,
    /// How many of them have only the day of their report.
    reported: u32,
}

/// A story over time.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Lane {
    story: String,
    title: String,
    events: u32,
    /// Counts by step: its first day and the number of events.
    #[schema(value_type = Vec<Vec<String>>)]
    bins: Vec<(Date, u32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
}

impl Step {
    fn parse(text: Option<&str>, days: i32) -> Result<Self, Refusal> {
        match text.filter(|t| !t.is_empty()) {
            None if days <= STEPS.0 => Ok(Self::Day),
            None if days <= STEPS.1 => Ok(Self::Week),
            None | Some("month") => Ok(Self::Month),
            Some("day") => Ok(Self::Day),
            Some("week") => Ok(Self::Week),
            Some(other) => Err(Refusal::unknown("step", other)),
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the step that a day lies in.
    fn start(self, day: Date) -> Date {
        let back = |span: Span| day.checked_sub(span).unwrap_or(day);
        match self {
            Self::Day => day,
            Self::Week => back(i64::from(day.weekday().since(Weekday::Monday)).days()),
            Self::Month => day.first_of_month(),
        }
    }

    /// Its last day.
    fn end(self, start: Date) -> Date {
        match self {
            Self::Day => start,
            Self::Week => start.checked_add(6.days()).unwrap_or(start),
            Self::Month => start.last_of_month(),
        }
    }
}

fn date(day: i32) -> Date {
    Date::constant(1970, 1, 1).checked_add(i64::from(day).days()).unwrap_or(Date::constant(1970, 1, 1))
}

pub(crate) fn timeline(
    store: &Store,
    columns: &Columns,
    ready: &Ready,
    days: Option<(i32, i32)>,
    look: &Look,
) -> Result<Timeline, Refusal> {
    let by_type = match look.by.as_deref().filter(|b| !b.is_empty()) {
        None | Some("quad") => false,
        Some("type") => true,
        Some(other) => return Err(Refusal::unknown("by", other)),
    };
    let shown = ready.rows(columns);
    let dated: Vec<usize> = shown.iter().filter(|&r| columns.days[r] != NO_DAY).collect();
    let undated = shown.count() - dated.len();
    let (first, last) =
        (dated.iter().map(|&r| columns.days[r]).min(), dated.iter().map(|&r| columns.days[r]).max());
    let around = (look.range.as_deref() != Some("all") && days.is_none()).then(|| {
        let published = || dated.iter().map(|&r| columns.published[r]).filter(|&d| d != NO_DAY);
        Some((published().min()? - AROUND.0, published().max()? + AROUND.1))
    });
    let (from, to) = match around.flatten() {
        Some((from, to)) => (first.map(|f| f.max(from)), last.map(|l| l.min(to))),
        None => (first, last),
    };
    let keys: Vec<String> = if by_type {
        EventType::ALL.iter().map(|t| t.as_str().to_owned()).collect()
    } else {
        (1..=4).map(|q: u8| q.to_string()).collect()
    };
    let mut timeline = Timeline {
        step: "day",
        keys,
        range: None,
        bins: Vec::new(),
        lanes: Vec::new(),
        more_lanes: 0,
        total: shown.count(),
        before: 0,
        after: 0,
        undated,
    };
    let (Some(from), Some(to)) = (from, to) else { return Ok(timeline) };
    let step = Step::parse(look.step.as_deref(), to - from)?;
    timeline.step = step.name();
    timeline.range = Some((step.start(date(from)), step.end(step.start(date(to)))));
    // The number of the bin of each day met, and the bins as they were met.
    let mut bin_of: FxHashMap<i32, u32> = FxHashMap::default();
    let mut number_of: FxHashMap<Date, u32> = FxHashMap::default();
    let mut bins: Vec<Bin> = Vec::new();
    let mut told = vec![0_u32; store.names.stories.list.len()];
    let mut inside: Vec<(u32, u32)> = Vec::with_capacity(dated.len());
    for row in dated {
        let day = columns.days[row];
        if day < from || day > to {
            *(if day < from { &mut timeline.before } else { &mut timeline.after }) += 1;
            continue;
        }
        let number = *bin_of.entry(day).or_insert_with(|| {
            let start = step.start(date(day));
            *number_of.entry(start).or_insert_with(|| {
                let counts = vec![0; timeline.keys.len()];
                bins.push(Bin { start, end: step.end(start), counts, reported: 0 });
                bins.len() as u32 - 1
            })
        });
        let bin = &mut bins[number as usize];
        let key =
            if by_type { columns.types[row] as usize } else { columns.quads[row].clamp(1, 4) as usize - 1 };
        bin.counts[key] += 1;
        bin.reported += u32::from(columns.reported[row]);
        told[columns.stories[row] as usize] += 1;
        inside.push((columns.stories[row], number));
    }
    let mut ranked: Vec<u32> = (0..told.len() as u32).filter(|&story| told[story as usize] > 0).collect();
    ranked.sort_unstable_by_key(|&story| (std::cmp::Reverse(told[story as usize]), story));
    timeline.more_lanes = ranked.len().saturating_sub(LANES);
    ranked.truncate(LANES);
    let mut lanes: Vec<(u32, u32, BTreeMap<Date, u32>)> =
        ranked.iter().map(|&story| (told[story as usize], story, BTreeMap::new())).collect();
    for (story, number) in inside {
        if let Some(lane) = ranked.iter().position(|&s| s == story) {
            *lanes[lane].2.entry(bins[number as usize].start).or_default() += 1;
        }
    }
    bins.sort_unstable_by_key(|bin| bin.start);
    timeline.bins = bins;
    lanes.sort_by_key(|(_, _, bins)| bins.keys().next().copied());
    timeline.lanes = lanes
        .into_iter()
        .map(|(events, story, bins)| {
            let story = store.names.stories.list[story as usize].clone();
            let title = store.story(&story).map(|s| crate::row::title(&s.title));
            Lane { title: title.unwrap_or_default(), story, events, bins: bins.into_iter().collect() }
        })
        .collect();
    Ok(timeline)
}

const COLUMNS: &[(&str, Kind)] =
    &[("start", Kind::Text), ("end", Kind::Text), ("key", Kind::Text), ("events", Kind::Int)];

/// The counts as a sheet, a row a step and key.
pub(crate) fn sheet(timeline: &Timeline) -> Sheet {
    let mut sheet = Sheet::new(COLUMNS);
    for bin in &timeline.bins {
        for (key, &count) in timeline.keys.iter().zip(&bin.counts).filter(|(_, count)| **count > 0) {
            let (start, end) = (bin.start.to_string(), bin.end.to_string());
            sheet.push(vec![
                Cell::text(&start),
                Cell::text(&end),
                Cell::text(key),
                Cell::int(count as usize),
            ]);
        }
    }
    sheet
}
