//! Versions of one report: takes, updates, corrections, and what was withdrawn.

use crate::days;
use crate::gist::Digest;
use crate::link::hash;
use crate::report::Report;

/// Words at the head of a report that withdraw one.
const WITHDRAWN: [&str; 7] = [
    "kill:",
    "withdrawn:",
    "retraction:",
    "story withdrawn",
    "story retracted",
    "mandatory kill",
    "this story has been withdrawn",
];

/// Words at the head of a report that correct an earlier version; each ranks above a first take.
const CORRECTED: [&str; 9] = [
    "correction:",
    "corrected:",
    "corrects",
    "update:",
    "updated:",
    "refiles",
    "writethru",
    "recasts",
    "clarification:",
];

/// Whether a headline withdraws a report, and the number of its take: 0 when it tells none.
pub fn of_headline(title: &str, text: &str) -> (bool, u32) {
    let title = title.to_lowercase();
    let opening: String = text.chars().take(120).collect::<String>().to_lowercase();
    let withdraws = WITHDRAWN.iter().any(|w| title.contains(w) || opening.trim_start().starts_with(w));
    let numbered = number_after(&title, "update ").or_else(|| number_after(&title, "take "));
    let ordinal = title
        .split_once(" ld")
        .and_then(|(head, _)| head.rsplit(' ').next()?.trim_end_matches(char::is_alphabetic).parse().ok());
    let corrected = CORRECTED.iter().any(|w| title.contains(w) || opening.trim_start().starts_with(w));
    (withdraws, numbered.or(ordinal).unwrap_or(u32::from(corrected)))
}

fn number_after(title: &str, word: &str) -> Option<u32> {
    let rest = &title[title.find(word)? + word.len()..];
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok().filter(|n| *n < 1000)
}

/// Numbers that versions of one report share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Version {
    /// Of its address.
    pub address: Option<u64>,
    /// Of its publisher and its headline without the take.
    pub slug: Option<u64>,
}

impl Version {
    /// The numbers of a report.
    pub fn of(report: &Report) -> Self {
        let slug = slug(&report.title);
        let publisher = report.publisher.as_ref().filter(|_| !slug.is_empty());
        Self {
            address: report.url.as_ref().map(|url| hash(&[url])),
            slug: publisher.map(|publisher| hash(&[publisher, &slug])),
        }
    }
}

/// What later versions made of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// The next version.
    pub superseded_by: Option<u32>,
    /// Whether it was withdrawn, or withdraws another.
    pub withdrawn: bool,
}

/// Days within which a report with the same headline and a higher take is a version of another.
const NEXT_TAKE: i32 = 14;

/// What later versions made of each report; these are given in order of time. A version has the same address, or the same
/// publisher and headline with a higher take.
pub(crate) fn standing(digests: &[Digest]) -> Vec<Standing> {
    let withdraws = |d: &Digest| Standing { superseded_by: None, withdrawn: d.withdraws };
    let mut standing: Vec<Standing> = digests.iter().map(withdraws).collect();
    let mut versions: Vec<(bool, u64, bool, u32, u32)> = Vec::new();
    for (n, digest) in digests.iter().enumerate() {
        let mut note = |by_slug: bool, key: Option<u64>| {
            versions.extend(key.map(|key| (by_slug, key, digest.withdraws, digest.take, n as u32)));
        };
        note(false, digest.version.address);
        note(true, digest.version.slug);
    }
    versions.sort_unstable();
    for pair in versions.windows(2) {
        let [(by_slug, key, _, take, old), (other, next, withdraws, later, new)] = [pair[0], pair[1]];
        if (by_slug, key) != (other, next) || standing[old as usize].superseded_by.is_some() {
            continue;
        }
        let days =
            digests[old as usize].day.zip(digests[new as usize].day).map_or(0, |(a, b)| days::between(a, b));
        let near = (0..=NEXT_TAKE).contains(&days);
        if !by_slug || (near && (later > take || withdraws)) {
            standing[old as usize].superseded_by = Some(new);
            standing[old as usize].withdrawn |= withdraws;
        }
    }
    standing
}

/// The headline without what tells its take, to compare versions.
pub fn slug(title: &str) -> String {
    let lower = title.to_lowercase();
    let kept = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| {
        let stated = [
            "update",
            "updated",
            "take",
            "ld",
            "writethru",
            "correction",
            "corrected",
            "kill",
            "withdrawn",
            "retraction",
        ];
        !w.is_empty() && !stated.contains(w) && !w.bytes().all(|b| b.is_ascii_digit()) && !w.ends_with("ld")
    });
    kept.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines_tell_takes() {
        assert_eq!(of_headline("UPDATE 3-Ferry sinks off coast", ""), (false, 3));
        assert_eq!(of_headline("Ferry sinks, 2nd Ld-Writethru", ""), (false, 2));
        assert_eq!(of_headline("Ferry sinks", "CORRECTION: The number of dead is four."), (false, 1));
        assert_eq!(of_headline("KILL: Ferry sinks", ""), (true, 0));
        assert_eq!(of_headline("Ferry sinks", "A ferry sank."), (false, 0));
        assert_eq!(slug("UPDATE 3-Ferry sinks off coast"), slug("Ferry sinks off coast"));
    }

    #[test]
    fn later_versions_supersede() {
        let mut figures = crate::parties::Figures::default();
        let mut digest = |day: i8, title: &str, url: Option<&str>| {
            let (withdraws, take) = of_headline(title, "");
            let report = Report {
                id: format!("{day} {title}"),
                url: url.map(str::to_owned),
                publisher: Some("NNB".to_owned()),
                title: title.to_owned(),
                day: Some(jiff::civil::date(2031, 6, day)),
                withdraws,
                take,
                ..Report::default()
            };
            Digest::of(&report, &mut figures)
        };
        let digests = [
            digest(1, "Ferry sinks", None),
            digest(1, "Port shut", Some("https://example.org/port")),
            digest(2, "UPDATE 1-Ferry sinks", None),
            digest(2, "Port to open again", Some("https://example.org/port")),
            digest(3, "KILL: Ferry sinks", None),
            digest(20, "UPDATE 2-Ferry sinks", None),
        ];
        let standing = standing(&digests);
        let next: Vec<Option<u32>> = standing.iter().map(|s| s.superseded_by).collect();
        assert_eq!(
            next,
            [Some(2), Some(3), None, None, None, None],
            "an update three weeks later is another report"
        );
        assert!(standing[4].withdrawn && !standing[1].withdrawn);
    }
}
