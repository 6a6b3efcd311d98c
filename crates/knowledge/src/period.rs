//! From when to when a row is true.

use jiff::civil::{Date, date};

/// First and last day of a fact, both included; `None` is open.
///
/// ```
/// use dateline_knowledge::Period;
/// use jiff::civil::date;
/// let term = Period::parse("2012-06-30", "2013-07-03").unwrap();
/// assert!(term.contains(date(2012, 11, 21)));
/// assert!(!term.contains(date(2013, 7, 4)));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Period {
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Period {
    /// Reads two dates written YYYY, YYYY-MM or YYYY-MM-DD; an empty text is open. A year or month counts from its
    /// first day as a start and to its last day as an end.
    ///
    /// # Errors
    /// What is wrong with a date, or that the end comes before the start.
    pub fn parse(from: &str, to: &str) -> Result<Self, String> {
        let from = day(from)?.map(|(start, _)| start);
        let to = day(to)?.map(|(_, end)| end);
        if let (Some(start), Some(end)) = (from, to)
            && end < start
        {
            return Err(format!("the end {end} comes before the start {start}"));
        }
        Ok(Self { from, to })
    }

    /// Whether the fact holds on `day`.
    pub fn contains(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether it is over on `day`.
    pub fn is_past(&self, day: Date) -> bool {
        self.to.is_some_and(|to| to < day)
    }
}

/// First and last day of a date that may lack month and day.
fn day(text: &str) -> Result<Option<(Date, Date)>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = || format!("`{text}` is no date (YYYY, YYYY-MM or YYYY-MM-DD)");
    let mut parts = text.split('-').map(|part| {
        if part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()) {
            part.parse::<i16>().ok()
        } else {
            None
        }
    });
    let year = parts.next().flatten().filter(|year| (1000..=9000).contains(year)).ok_or_else(wrong)?;
    let Some(month) = parts.next() else {
        return Ok(Some((date(year, 1, 1), date(year, 12, 31))));
    };
    let month = month.and_then(|month| i8::try_from(month).ok()).ok_or_else(wrong)?;
    let first = Date::new(year, month, 1).map_err(|_| wrong())?;
    let Some(number) = parts.next() else {
        return Ok(Some((first, first.last_of_month())));
    };
    let number = number.and_then(|number| i8::try_from(number).ok()).ok_or_else(wrong)?;
    if parts.next().is_some() {
        return Err(wrong());
    }
    let exact = Date::new(year, month, number).map_err(|_| wrong())?;
    Ok(Some((exact, exact)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_spans_itself() {
        let period = Period::parse("1999", "2000-02").unwrap();
        assert_eq!(period.from, Some(date(1999, 1, 1)));
        assert_eq!(period.to, Some(date(2000, 2, 29)));
    }

    #[test]
    fn wrong_dates_and_orders_are_refused() {
        for (from, to) in
            [("2001-13", ""), ("2001-02-30", ""), ("x", ""), ("2002", "2001"), ("2001-01-01-01", "")]
        {
            assert!(Period::parse(from, to).is_err(), "{from} {to}");
        }
    }
}
