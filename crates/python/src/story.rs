//! Many reports brought together.

use crate::errors::{Fault, free};
use crate::reader::day;
use crate::record::{Record, records};
use crate::shards::on_threads;
use crate::story_tables::{Columns, table};
use crate::table::Table;
use dateline::pipeline;
use dateline_story::choice::Choice;
use dateline_story::page::Page;
use dateline_story::series::{self, Step, Unit};
use dateline_story::{Plan, Report, brief, link, timeline};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3_arrow::PyTable;
use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

/// Where records come from.
#[derive(FromPyObject)]
pub(crate) enum Records {
    /// Records in memory.
    Given(Vec<Py<Record>>),
    /// Files of JSON lines.
    Paths(Vec<PathBuf>),
    /// The flat tables, by name.
    Tables(HashMap<String, PyTable>),
}

/// Which events are asked for.
#[derive(FromPyObject)]
#[pyo3(from_item_all)]
pub(crate) struct Asked {
    since: Option<String>,
    until: Option<String>,
    story: Option<String>,
    actor: Option<String>,
    dyad: Option<(String, String)>,
    place: Option<String>,
}

impl Asked {
    fn choice(self) -> PyResult<Choice> {
        Ok(Choice {
            since: self.since.as_deref().map(day).transpose()?,
            until: self.until.as_deref().map(day).transpose()?,
            story: self.story,
            actor: self.actor,
            dyad: self.dyad,
            place: self.place,
        })
    }
}

/// Reports and what they tell together.
#[pyclass(frozen, module = "dateline._native")]
pub(crate) struct Linked {
    inner: dateline_story::Linked,
}

#[pymethods]
impl Linked {
    /// Links records, up to a day.
    #[new]
    fn new(py: Python<'_>, given: Records, as_of: Option<String>, jobs: usize) -> PyResult<Self> {
        let today = as_of.as_deref().map(day).transpose()?;
        free(py, || {
            let reports = match given {
                Records::Given(all) => {
                    all.iter().map(|r| Report::of(&r.get().inner).map_err(wrong)).collect::<Result<_, _>>()?
                }
                Records::Paths(paths) => of_files(&paths, jobs)?,
                Records::Tables(tables) => {
                    records(tables)?.iter().map(|r| Report::of(r).map_err(wrong)).collect::<Result<_, _>>()?
                }
            };
            on_threads(jobs, || Ok(Self { inner: link(reports, today) }))
        })
    }

    #[getter]
    fn clusters(&self, py: Python<'_>) -> PyResult<Table> {
        free(py, || table(Columns::Clusters, &self.inner.clusters))
    }

    #[getter]
    fn documents(&self, py: Python<'_>) -> PyResult<Table> {
        free(py, || table(Columns::Documents, &self.inner.documents))
    }

    #[getter]
    fn stories(&self, py: Python<'_>) -> PyResult<Table> {
        free(py, || table(Columns::Stories, &self.inner.stories))
    }

    /// The clusters as the command writes them: JSON, one a line.
    fn clusters_json(&self, py: Python<'_>) -> PyResult<Vec<String>> {
        free(py, || {
            let line = |c| serde_json::to_string(c).map_err(|e| Fault::Internal(e.to_string()));
            self.inner.clusters.iter().map(line).collect()
        })
    }

    /// Plans that are asked for, in one state or all.
    fn plans(&self, py: Python<'_>, asked: Asked, only: Option<String>) -> PyResult<Table> {
        let choice = asked.choice()?;
        free(py, || {
            let of_state = |plan: &Plan| {
                let state = serde_json::to_value(plan.state).unwrap_or_default();
                only.as_deref().is_none_or(|only| state == only)
            };
            let days = |p: &Plan| choice.has_day(p.announced) || choice.has_day(p.due.map(|w| w.start));
            let plans = self.inner.plans.iter();
            let plans = plans.filter(|p| choice.has_plan(&self.inner, p) && days(p) && of_state(p));
            table(Columns::Plans, &plans.collect::<Vec<_>>())
        })
    }

    /// The timeline of what is asked for.
    fn timeline(&self, py: Python<'_>, asked: Asked) -> PyResult<Table> {
        let choice = asked.choice()?;
        free(py, || table(Columns::Timeline, &timeline::entries(&self.inner, &choice)))
    }

    /// The timeline as Markdown or a page.
    fn timeline_page(&self, py: Python<'_>, asked: Asked, html: bool) -> PyResult<String> {
        let choice = asked.choice()?;
        free(py, || Ok(self.written(&timeline::page(&self.inner, &choice), html)))
    }

    /// A brief as Markdown or a page.
    fn brief(&self, py: Python<'_>, asked: Asked, html: bool) -> PyResult<String> {
        let choice = asked.choice()?;
        free(py, || Ok(self.written(&brief::page(&self.inner, &choice), html)))
    }

    /// Counts and scores by day, week or month, for dyads or countries.
    fn series(&self, py: Python<'_>, asked: Asked, by: &str, country: bool) -> PyResult<Table> {
        let choice = asked.choice()?;
        let step = match by {
            "day" => Step::Day,
            "week" => Step::Week,
            "month" => Step::Month,
            other => {
                return Err(PyValueError::new_err(format!("no step `{other}`: take day, week or month")));
            }
        };
        let unit = if country { Unit::Country } else { Unit::Dyad };
        free(py, || table(Columns::Series, &series::rows(&self.inner, &choice, step, unit)))
    }
}

impl Linked {
    fn written(&self, page: &Page, html: bool) -> String {
        if html { page.html(&self.inner.reports) } else { page.markdown(&self.inner.reports) }
    }
}

fn wrong(error: impl std::fmt::Display) -> Fault {
    Fault::Format("record", error.to_string())
}

fn of_files(paths: &[PathBuf], jobs: usize) -> Result<Vec<Report>, Fault> {
    let mut reports = Vec::new();
    for path in paths {
        let name = path.display();
        let lines = BufReader::with_capacity(1 << 20, File::open(path)?).lines().enumerate();
        let weight = |line: &(usize, std::io::Result<String>)| line.1.as_ref().map_or(0, String::len);
        let read = |(n, line): (usize, std::io::Result<String>)| {
            let line = line?;
            let report = (!line.trim().is_empty()).then(|| Report::from_json(&line)).transpose();
            report.map_err(|error| wrong(format!("{name}, line {}: {error}", n + 1)))
        };
        pipeline::run(
            jobs.max(1),
            lines,
            weight,
            || read,
            |report| {
                reports.extend(report?);
                Ok::<(), Fault>(())
            },
        )?;
    }
    Ok(reports)
}
