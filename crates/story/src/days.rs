//! Counting days.

use jiff::civil::Date;

/// Days from `a` to `b`, negative when `b` is earlier.
pub fn between(a: Date, b: Date) -> i32 {
    number(b) - number(a)
}

/// The number of a day, counted from the first of January 1970.
pub fn number(date: Date) -> i32 {
    // Days from civil, after the usual shift of the year to begin in March.
    let (y, m, d) = (i32::from(date.year()), i32::from(date.month()), i32::from(date.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// "Wednesday 21 November 2012".
pub fn full(date: Date) -> String {
    const DAYS: [&str; 7] = ["Thursday", "Friday", "Saturday", "Sunday", "Monday", "Tuesday", "Wednesday"];
    format!("{} {}", DAYS[number(date).rem_euclid(7) as usize], long(date))
}

/// "21 November 2012".
pub fn long(date: Date) -> String {
    format!("{} {} {}", date.day(), month(date), date.year())
}

/// "21 November".
pub fn short(date: Date) -> String {
    format!("{} {}", date.day(), month(date))
}

fn month(date: Date) -> &'static str {
    MONTHS[(date.month() - 1) as usize]
}

/// "20 to 22 November 2012".
pub fn range(from: Date, to: Date) -> String {
    if from == to {
        return long(from);
    }
    if (from.year(), from.month()) == (to.year(), to.month()) {
        return format!("{} to {}", from.day(), long(to));
    }
    let first = if from.year() == to.year() { short(from) } else { long(from) };
    format!("{first} to {}", long(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_counted() {
        assert_eq!(full(date(2012, 11, 21)), "Wednesday 21 November 2012");
        assert_eq!(range(date(2012, 11, 20), date(2012, 11, 22)), "20 to 22 November 2012");
        assert_eq!(range(date(2012, 11, 30), date(2012, 12, 2)), "30 November to 2 December 2012");
        assert_eq!(number(date(1970, 1, 1)), 0);
        assert_eq!(between(date(2012, 2, 28), date(2012, 3, 1)), 2);
        assert_eq!(between(date(2013, 1, 1), date(2012, 12, 31)), -1);
    }
}
