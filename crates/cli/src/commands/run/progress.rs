//! How far a run has come, for who waits: a bar on a terminal, else a line every few seconds.

use super::manifest::{Counts, Manifest};
use super::out::Out;
use crate::plan::Plan;
use dateline_archive::{Entries, Size, measure};
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// How often a line is written where there is no terminal.
const PAUSE: Duration = Duration::from_secs(5);

pub(super) struct Progress {
    teller: Teller,
    size: Size,
    walk: dateline_archive::Progress,
    started: Instant,
    /// Documents and bytes when this session began to read.
    from: (u64, u64),
}

enum Teller {
    Nobody,
    Terminal(ProgressBar),
    Log(Instant),
}

impl Progress {
    pub(super) fn new(quiet: bool, plan: &Plan<'_>, entries: &Entries) -> Self {
        let (teller, size) = if quiet {
            (Teller::Nobody, Size::default())
        } else {
            let size = measure(&plan.given, plan.archive.exclude.as_deref());
            let teller = if std::io::stderr().is_terminal() {
                let bar =
                    if size.open { ProgressBar::no_length() } else { ProgressBar::new(size.bytes.max(1)) };
                let style = ProgressStyle::with_template("{bar:30} {percent:>3}%  {msg}");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
                Teller::Terminal(bar)
            } else {
                Teller::Log(Instant::now())
            };
            (teller, size)
        };
        Self { teller, size, walk: entries.progress(), started: Instant::now(), from: (0, 0) }
    }

    /// Tells that what was read before is passed over.
    pub(super) fn passing(&mut self, documents: u64) {
        if !matches!(self.teller, Teller::Nobody) {
            crate::say(format_args!("passing over {} documents that are read already", grouped(documents)));
        }
        self.from.0 = documents;
    }

    /// One more document.
    pub(super) fn tick(&mut self, counts: &Counts) {
        if self.from.1 == 0 && self.from.0 > 0 {
            self.from.1 = self.walk.bytes();
            self.started = Instant::now();
        }
        match &mut self.teller {
            Teller::Nobody => {}
            Teller::Terminal(bar) => {
                bar.set_position(self.walk.bytes());
                let message = line(counts, &self.walk, self.size, self.started, self.from);
                bar.set_message(message);
            }
            Teller::Log(last) => {
                if last.elapsed() >= PAUSE {
                    *last = Instant::now();
                    crate::say(format_args!(
                        "{}",
                        line(counts, &self.walk, self.size, self.started, self.from)
                    ));
                }
            }
        }
    }

    /// What came out in the end.
    pub(super) fn finish(&self, manifest: &Manifest, out: &Out) {
        if matches!(self.teller, Teller::Nobody) {
            return;
        }
        self.clear();
        let Counts { read, coded, skipped, failed, events, statements, tokens, .. } = manifest.counts;
        let reasons: Vec<String> =
            manifest.reasons.iter().map(|(kind, count)| format!("{kind} {}", grouped(*count))).collect();
        let reasons = if reasons.is_empty() { String::new() } else { format!(" ({})", reasons.join(", ")) };
        crate::say(format_args!(
            "{} documents: {} coded, {} skipped, {} failed{reasons}",
            grouped(read),
            grouped(coded),
            grouped(skipped),
            grouped(failed)
        ));
        let seconds = manifest.timings.seconds;
        let rate = if seconds > 0.0 { tokens as f64 / seconds } else { 0.0 };
        crate::say(format_args!(
            "{} events and {} statements in {}, {} tokens a second; see {}",
            grouped(events),
            grouped(statements),
            span(Duration::from_secs_f64(seconds)),
            grouped(rate as u64),
            out.path("manifest.json").display()
        ));
    }

    /// What to do after an error.
    pub(super) fn give_up(&self, parts: usize, quiet: bool) {
        self.clear();
        if !quiet && parts > 0 {
            crate::say(format_args!(
                "{parts} parts are whole: the same command with --resume goes on behind them"
            ));
        }
    }

    fn clear(&self) {
        if let Teller::Terminal(bar) = &self.teller {
            bar.finish_and_clear();
        }
    }
}

fn line(
    counts: &Counts,
    walk: &dateline_archive::Progress,
    size: Size,
    started: Instant,
    from: (u64, u64),
) -> String {
    let (bytes, seconds) = (walk.bytes(), started.elapsed().as_secs_f64().max(1e-3));
    let rate = (counts.read - from.0) as f64 / seconds;
    let byte_rate = bytes.saturating_sub(from.1) as f64 / seconds;
    let left = if size.open || byte_rate <= 0.0 || bytes >= size.bytes {
        String::new()
    } else {
        let left = (size.bytes - bytes) as f64 / byte_rate;
        Duration::try_from_secs_f64(left).map_or(String::new(), |left| format!(", {} left", span(left)))
    };
    format!(
        "{} documents, {:.1} MB, {} events, {} skipped, {} failed, {rate:.1} documents/s, {:.2} MB/s{left}",
        grouped(counts.read),
        bytes as f64 / 1e6,
        grouped(counts.events),
        grouped(counts.skipped),
        grouped(counts.failed),
        byte_rate / 1e6,
    )
}

/// `1,234,567`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `45 s`, `3 min 20 s`, `2 h 5 min`
fn span(time: Duration) -> String {
    match time.as_secs() {
        0..60 => format!("{} s", time.as_secs()),
        seconds @ 60..3600 => format!("{} min {} s", seconds / 60, seconds % 60),
        seconds => format!("{} h {} min", seconds / 3600, seconds % 3600 / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::{grouped, span};
    use std::time::Duration;

    #[test]
    fn numbers_and_times_are_read_easily() {
        assert_eq!([grouped(7), grouped(1234), grouped(1_234_567)], ["7", "1,234", "1,234,567"]);
        assert_eq!(span(Duration::from_secs(59)), "59 s");
        assert_eq!(span(Duration::from_secs(200)), "3 min 20 s");
        assert_eq!(span(Duration::from_secs(7500)), "2 h 5 min");
    }
}
