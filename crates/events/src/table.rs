//! The frames of all types, indexed by their first word.

use crate::bag::Bag;
use crate::frame::{Frame, FrameError};
use crate::own::Own;
use dateline_core::EventType;
use rustc_hash::FxHashMap;

macro_rules! tables {
    ($($typ:ident $file:literal),+ $(,)?) => {
        /// The tables that are part of the program: type, file name without ending, text.
        const EMBEDDED: &[(EventType, &str, &str)] =
            &[$((EventType::$typ, $file, include_str!(concat!("../../../knowledge/frames/", $file, ".tsv")))),+];
    };
}

tables! {
    Agree "agree", Consult "consult", Support "support", Concede "concede", Cooperate "cooperate", Aid "aid",
    Retreat "retreat", Request "request", Accuse "accuse", Reject "reject", Threaten "threaten", Protest "protest",
    Sanction "sanction", Mobilize "mobilize", Coerce "coerce", Assault "assault",
}

/// Types and the names of their tables, without the ending.
pub(crate) fn files() -> impl Iterator<Item = (EventType, &'static str)> {
    EMBEDDED.iter().map(|&(event_type, file, _)| (event_type, file))
}

/// Where a frame table is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{path}:{line}: {error}")]
pub struct TableError {
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub error: FrameError,
}

/// All frames.
#[derive(Debug, Default)]
pub struct FrameTable {
    frames: Vec<Frame>,
    /// The further words of each.
    further: Vec<Bag>,
    by_word: FxHashMap<Box<str>, Vec<u32>>,
}

impl FrameTable {
    /// The frames that are part of the program.
    pub fn embedded() -> Result<FrameTable, TableError> {
        FrameTable::default().with_embedded()
    }

    /// The frames of a user, and behind them those that are part of the program: of two that fit alike the first counts.
    pub(crate) fn with_own(own: &[(EventType, &'static str, Own)]) -> Result<FrameTable, TableError> {
        let mut table = FrameTable::default();
        for (event_type, file, own) in own {
            table.add(*event_type, file, &own.path, &own.text)?;
        }
        table.with_embedded()
    }

    fn with_embedded(mut self) -> Result<FrameTable, TableError> {
        for &(event_type, file, text) in EMBEDDED {
            self.add(event_type, file, &format!("knowledge/frames/{file}.tsv"), text)?;
        }
        Ok(self)
    }

    /// Adds the lines of one table, the name of which without its ending is `file`; empty lines and lines that begin with `#`
    /// are passed over. `path` is told where a line is wrong.
    fn add(&mut self, event_type: EventType, file: &str, path: &str, text: &str) -> Result<(), TableError> {
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            let frame = Frame::parse(event_type, file, line).map_err(|error| TableError {
                path: path.to_owned(),
                line: number + 1,
                error,
            })?;
            let index = self.frames.len() as u32;
            self.by_word.entry(frame.words[0].clone()).or_default().push(index);
            let mut further = Bag::default();
            frame.words[1..].iter().for_each(|word| further.add(word));
            self.further.push(further);
            self.frames.push(frame);
        }
        Ok(())
    }

    /// The frames whose first word is `lemma`, as indices for [`FrameTable::frame`].
    pub fn starting_with(&self, lemma: &str) -> &[u32] {
        self.by_word.get(lemma).map_or(&[], Vec::as_slice)
    }

    /// Whether a sentence with these words may hold the further words of a frame.
    pub(crate) fn may_apply(&self, index: u32, words: &Bag) -> bool {
        words.may_hold(&self.further[index as usize])
    }

    /// The frame with this index.
    pub fn frame(&self, index: u32) -> &Frame {
        &self.frames[index as usize]
    }

    /// The first frame with exactly these words, as they stand in the table.
    pub fn named(&self, words: &str) -> Option<u32> {
        let first = words.split(' ').next()?;
        let matches = |&&k: &&u32| self.frame(k).words.iter().map(|w| &**w).eq(words.split(' '));
        self.starting_with(first).iter().find(matches).copied()
    }

    /// All frames in table order.
    pub fn frames(&self) -> &[Frame] {
        &self.frames
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_tables_are_sound() {
        let table = FrameTable::embedded().unwrap();
        assert!(table.frames().len() > 600, "{} frames", table.frames().len());
        for event_type in EventType::ALL {
            assert!(table.frames().iter().any(|f| f.event_type == *event_type), "no frame for {event_type}");
        }
    }

    #[test]
    fn no_frame_is_written_twice() {
        let table = FrameTable::embedded().unwrap();
        let mut seen = std::collections::HashSet::new();
        for f in table.frames() {
            let key = format!("{} {:?} {:?} {:?}", f.name, f.pos, f.conditions, f.actors);
            assert!(seen.insert(key), "{} stands twice with the same conditions", f.name);
        }
    }

    #[test]
    fn errors_name_file_and_line() {
        let error =
            FrameTable::default().add(EventType::Aid, "aid", "aid.tsv", "# head\n\nhelp\tv\n").unwrap_err();
        assert!(error.to_string().starts_with("aid.tsv:3: needs six"), "{error}");
    }
}
