#![no_main]
//! Records of JSON lines, whoever wrote them: linked, told and opened on the desk.

use dateline::Record;
use dateline_fuzz::set_up;
use dateline_story::series::{self, Step, Unit};
use dateline_story::{Choice, Report, brief, link, timeline};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let reports: Vec<Report> = text.lines().take(8).filter_map(|line| Report::from_json(line).ok()).collect();
    for report in &reports {
        let line = report.to_line().expect("a report is JSON");
        let kept = Report::kept(&line).expect("a kept report reads back");
        assert_eq!(kept.to_line().expect("a report is JSON"), line);
    }
    let linked = link(reports, None);
    let choice = Choice::default();
    for page in [timeline::page(&linked, &choice), brief::page(&linked, &choice)] {
        let _ = (page.markdown(&linked.reports), page.html(&linked.reports));
    }
    for unit in [Unit::Dyad, Unit::Country] {
        series::rows(&linked, &choice, Step::Week, unit);
    }
    let records: Vec<Record> = dateline_export::read::records(data).take(8).filter_map(Result::ok).collect();
    let _ = dateline_desk::Store::new(records, None);
});
