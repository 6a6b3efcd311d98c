//! One name of a list: its lines, dates and spelling.

use jiff::civil::Date;

use crate::period::Period;

/// First two digits of a year that are left out: 29 is 2029, 30 is 1930.
const PIVOT: i16 = 30;

/// Words that are in names of organizations and not in those of persons.
pub(super) const BETWEEN: [&str; 4] = ["of", "for", "and", "against"];

/// A name with its other names and codes, as far as it has been read.
#[derive(Debug, Default)]
pub(super) struct Actor {
    pub(super) line: u32,
    pub(super) name: String,
    pub(super) plural: Option<String>,
    pub(super) aliases: Vec<String>,
    pub(super) codes: Vec<(u32, String, Period)>,
}

impl Actor {
    /// Reads `{PLURAL}` and every `[CODE dates]` of a line.
    pub(super) fn codes(&mut self, line: u32, mut rest: &str) -> Result<(), String> {
        while let Some(start) = rest.find(['[', '{']) {
            let open = &rest[start..];
            let close = if open.starts_with('[') { ']' } else { '}' };
            let end = open.find(close).ok_or_else(|| format!("no `{close}` closes `{}`", open.trim()))?;
            let inside = open[1..end].trim();
            rest = &open[end + 1..];
            if close == '}' {
                self.plural = Some(words(inside));
                continue;
            }
            let (code, dates) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
            self.codes.push((line, code.to_ascii_uppercase(), period(dates)?));
        }
        Ok(())
    }

    /// The codes with their times; a code without dates holds whenever no dated one does.
    pub(super) fn periods(&self) -> Vec<(u32, String, Period)> {
        let always = Period::default();
        let (mut codes, free): (Vec<_>, Vec<_>) =
            self.codes.iter().cloned().partition(|(_, _, period)| *period != always);
        codes.sort_by_key(|(_, _, period)| period.from);
        let mut gaps = Vec::new();
        let mut from = Some(None);
        for (_, _, held) in &codes {
            let Some(since) = from else { break };
            if let Some(start) = held.from.filter(|&start| since.is_none_or(|since| since < start)) {
                gaps.push(Period { from: since, to: start.yesterday().ok() });
            }
            from = held.to.and_then(|to| to.tomorrow().ok()).map(|next| Some(next).max(since));
        }
        gaps.extend(from.map(|from| Period { from, to: None }));
        for (line, code, _) in free {
            codes.extend(gaps.iter().map(|&gap| (line, code.clone(), gap)));
        }
        codes
    }
}

/// `<DATE` before that day, `>DATE` from it on, `DATE-DATE` with both days.
fn period(text: &str) -> Result<Period, String> {
    let text: String = text.split_whitespace().collect();
    let (from, to) = match (text.strip_prefix('<'), text.strip_prefix('>'), text.split_once('-')) {
        _ if text.is_empty() => (None, None),
        (Some(end), ..) => (None, day(end)?.yesterday().ok()),
        (_, Some(start), _) => (Some(day(start)?), None),
        (_, _, Some((start, end))) => (Some(day(start)?), Some(day(end)?)),
        _ => return Err(format!("`{text}` is no time: write <DATE, >DATE or DATE-DATE")),
    };
    match (from, to) {
        (Some(from), Some(to)) if to < from => Err(format!("the end {to} comes before the start {from}")),
        _ => Ok(Period { from, to }),
    }
}

/// YYMMDD or YYYYMMDD.
fn day(text: &str) -> Result<Date, String> {
    let wrong = || format!("`{text}` is no date (YYMMDD or YYYYMMDD)");
    if !matches!(text.len(), 6 | 8) || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(wrong());
    }
    let (year, rest) = text.split_at(text.len() - 4);
    let year: i16 = year.parse().map_err(|_| wrong())?;
    let year = match (text.len(), year) {
        (8, 1000..) => year,
        (8, _) => return Err(wrong()),
        (_, PIVOT..) => 1900 + year,
        _ => 2000 + year,
    };
    let (month, number) = (rest[..2].parse().map_err(|_| wrong())?, rest[2..].parse().map_err(|_| wrong())?);
    Date::new(year, month, number).map_err(|_| wrong())
}

/// What is outside `<!-- -->`, which may go on over lines.
pub(super) fn without_comments(mut line: &str, hidden: &mut bool) -> String {
    let mut shown = String::new();
    loop {
        if *hidden {
            let Some((_, after)) = line.split_once("-->") else { return shown };
            line = after;
        }
        let before = line.split_once("<!--");
        *hidden = before.is_some();
        let Some((text, after)) = before else { return shown + line };
        shown.push_str(text);
        line = after;
    }
}

/// A name without underscores and article.
pub(super) fn words(name: &str) -> String {
    let spaced = name.replace('_', " ");
    let parts: Vec<&str> = spaced.split_whitespace().collect();
    let named = match parts.as_slice() {
        [first, rest @ ..] if first.eq_ignore_ascii_case("the") && !rest.is_empty() => rest,
        all => all,
    };
    named.join(" ")
}

/// Capitals as news writes them; a short word alone that is no person's stays an acronym.
pub(super) fn spelling(name: &str, person: bool) -> String {
    let acronym = !person && !name.contains(' ') && name.chars().count() <= 4;
    if acronym || name.chars().any(char::is_lowercase) {
        return name.to_owned();
    }
    let mut inside = false;
    let capital = |c: char| {
        let small = std::mem::replace(&mut inside, c.is_alphanumeric() || c == '\'');
        if small { c.to_lowercase().to_string() } else { c.to_string() }
    };
    let title: String = name.chars().flat_map(char::to_uppercase).map(capital).collect();
    let mut parts: Vec<String> = title.split(' ').map(str::to_owned).collect();
    for part in parts.iter_mut().skip(1) {
        if BETWEEN.contains(&part.to_lowercase().as_str()) || part == "The" {
            *part = part.to_lowercase();
        }
    }
    parts.join(" ")
}
