//! Reading the tables under `knowledge/`.

/// The lines of a table that say something, with their numbers: no comments, no blank lines.
pub(crate) fn lines(table: &str) -> impl Iterator<Item = (usize, &str)> {
    table
        .lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line.trim_end()))
        .filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}
