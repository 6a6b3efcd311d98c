//! A headline at the top of plain text.

/// The first line of `text`, when it reads like a headline and a report follows it.
pub(crate) fn at_top(text: &str) -> Option<&str> {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next()?;
    let second = lines.next()?;
    let words = first.split_whitespace().count();
    let shaped = (3..=24).contains(&words)
        && first.len() <= 180
        && !first.ends_with(['.', ',', ';', ':', '"', '\u{201d}', '-', '\u{2014}'])
        && first
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_numeric() || "'\u{2018}\"\u{201c}".contains(c));
    // What follows must be a report: a sentence in it, and longer than the line itself.
    let rest = second.len() + lines.map(str::len).sum::<usize>();
    let followed = rest > first.len() && text.trim_end().ends_with(|c: char| !c.is_alphanumeric())
        || rest > 4 * first.len();
    (shaped && followed && crate::dateline::at_head(first, 0).is_none()).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::at_top;

    #[test]
    fn a_headline_is_short_and_not_a_sentence() {
        let text = "Envoy leaves for talks in Geneva\n\nGENEVA (AP) - The envoy left for talks on Monday.\n";
        assert_eq!(at_top(text), Some("Envoy leaves for talks in Geneva"));
        assert_eq!(at_top("The envoy left on Monday.\n\nHe will be back.\n"), None);
        assert_eq!(at_top("One line alone"), None);
        assert_eq!(at_top("CAIRO (AP) - Envoy leaves\nThe envoy left for talks on Monday."), None);
    }
}
