//! What training needs to see of segmentation.

use super::boundary::{FeatureSink, Walk};
use super::{Segmenter, token};
use dateline_core::Span;

struct Names(Vec<String>);

impl FeatureSink for Names {
    fn feature(&mut self, template: &str, value: &[&[u8]]) {
        let mut name = template.to_owned();
        for part in value {
            name.push(' ');
            name.push_str(&String::from_utf8_lossy(part));
        }
        self.0.push(name);
    }
}

impl Segmenter {
    /// Tells `visit` of each place in one paragraph where a sentence could end: whether one ends there, as `is_end`
    /// knows of the byte behind the token, and the names of its features. For training the weights only.
    pub fn examples(
        &self,
        paragraph: &str,
        is_end: impl Fn(u32) -> bool,
        mut visit: impl FnMut(bool, Vec<String>),
    ) {
        let mut tokens = Vec::new();
        token::tokenize(&self.tables, paragraph, Span::new(0, paragraph.len() as u32), &mut tokens);
        let mut walk = Walk::new(&self.tables, paragraph, &tokens);
        for (i, token) in tokens.iter().enumerate() {
            walk.pass(i);
            let end = is_end(token.end);
            if walk.is_candidate(i) {
                let mut names = Names(Vec::new());
                walk.features(i, &mut names);
                visit(end, names.0);
            }
            if end {
                walk.end(i);
            }
        }
    }
}
