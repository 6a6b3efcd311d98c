//! Lines of cells with tabs between them, as systems write them that quote nothing.

use std::borrow::Cow;
use std::io::{self, Write};

/// Writes a row.
pub(super) fn row<S: AsRef<str>>(cells: &[S], out: &mut impl Write) -> io::Result<()> {
    for (k, cell) in cells.iter().enumerate() {
        if k > 0 {
            out.write_all(b"\t")?;
        }
        out.write_all(plain(cell.as_ref()).as_bytes())?;
    }
    out.write_all(b"\n")
}

/// A cell that cannot break the row or the eye: line ends, tabs and other control characters become spaces, marks that
/// turn the direction of writing go, and double quotes become single ones, which no loader takes for its own.
fn plain(cell: &str) -> Cow<'_, str> {
    let fits = |c: char| !(c.is_control() || c == '"' || breaks(c) || turns(c));
    if cell.chars().all(fits) {
        return Cow::Borrowed(cell);
    }
    let tame = |c: char| match c {
        '"' => Some('\''),
        c if turns(c) => None,
        c if c.is_control() || breaks(c) => Some(' '),
        c => Some(c),
    };
    Cow::Owned(cell.chars().filter_map(tame).collect())
}

/// Line and paragraph separators, at which some loaders end a line.
const fn breaks(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}

/// Marks of the direction of writing, and the byte-order mark.
const fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{61c}')
}

#[cfg(test)]
mod tests {
    use super::row;

    #[test]
    fn no_cell_breaks_its_row() {
        let mut out = Vec::new();
        row(&["a\tb\r\nc\u{0}", "\"x\"", "\u{202e}y\u{2028}", ""], &mut out).expect("memory takes it");
        assert_eq!(String::from_utf8(out).expect("text"), "a b  c \t'x'\ty \t\n");
    }
}
