//! From bytes, which the program counts, to Unicode code points, which the record counts.

use crate::span::Span;

/// Translates byte offsets of one text; costs one pass over the text and constant time a look-up.
///
/// ```
/// use dateline_core::{offsets::CodePoints, Span};
/// let text = "Orbán said";
/// let map = CodePoints::new(text);
/// assert_eq!(map.span(Span::new(7, 11)), Span::new(6, 10));
/// ```
#[derive(Debug)]
pub struct CodePoints {
    /// Code points before every 64th byte; empty for ASCII.
    blocks: Vec<u32>,
    bytes: Vec<u8>,
}

const BLOCK: usize = 64;

impl CodePoints {
    /// Prepares the translation of `text`.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { blocks: Vec::new(), bytes: Vec::new() };
        }
        let bytes = text.as_bytes().to_vec();
        let mut blocks = Vec::with_capacity(bytes.len() / BLOCK + 1);
        let mut count = 0u32;
        for block in bytes.chunks(BLOCK) {
            blocks.push(count);
            count += leading(block);
        }
        Self { blocks, bytes }
    }

    /// The number of code points before byte `offset`.
    pub fn at(&self, offset: u32) -> u32 {
        if self.blocks.is_empty() {
            return offset;
        }
        let offset = (offset as usize).min(self.bytes.len());
        let block = (offset / BLOCK).min(self.blocks.len() - 1);
        self.blocks[block] + leading(&self.bytes[block * BLOCK..offset])
    }

    /// A byte span as a span of code points.
    pub fn span(&self, span: Span) -> Span {
        Span::new(self.at(span.start), self.at(span.end))
    }
}

/// The number of code points that begin in `bytes`.
fn leading(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&b| u32::from((b as i8) >= -0x40)).sum()
}

/// The byte offset of every code point of `text`, and its length at the end.
pub fn byte_offsets(text: &str) -> Vec<u32> {
    text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting_characters() {
        let text = "“Größe” — 北京, Orbán: ".repeat(30);
        let map = CodePoints::new(&text);
        for (n, (i, _)) in text.char_indices().enumerate() {
            assert_eq!(map.at(i as u32), n as u32);
        }
        assert_eq!(map.at(text.len() as u32), text.chars().count() as u32);
    }
}
