//! The best sequence of name tags: an inside tag follows only a tag of its class.

use dateline_core::syntax::NameTag;

/// Buffers of the search.
#[derive(Debug, Default)]
pub(super) struct Names {
    best: Vec<f32>,
    next: Vec<f32>,
    back: Vec<u8>,
}

impl Names {
    /// Appends the best tag of each row of `scores` to `out`.
    pub(super) fn decode(&mut self, scores: &[f32], tags: &[NameTag], out: &mut Vec<NameTag>) {
        let k = tags.len();
        let Some(first) = scores.get(..k) else { return };
        self.best.clear();
        self.best.extend(
            first.iter().zip(tags).map(|(&s, &t)| if allowed(NameTag::Outside, t) { s } else { -1e30 }),
        );
        self.back.clear();
        for row in scores[k..].chunks_exact(k) {
            self.next.clear();
            for (&score, &tag) in row.iter().zip(tags) {
                let mut top = (f32::NEG_INFINITY, 0);
                for (i, &b) in self.best.iter().enumerate() {
                    if b > top.0 && allowed(tags[i], tag) {
                        top = (b, i);
                    }
                }
                self.next.push(top.0 + score);
                self.back.push(top.1 as u8);
            }
            std::mem::swap(&mut self.best, &mut self.next);
        }
        let from = out.len();
        let n = scores.len() / k;
        out.resize(from + n, NameTag::Outside);
        let mut at = 0;
        for (i, &b) in self.best.iter().enumerate() {
            if b > self.best[at] {
                at = i;
            }
        }
        for t in (0..n).rev() {
            out[from + t] = tags[at];
            if t > 0 {
                at = usize::from(self.back[(t - 1) * k + at]);
            }
        }
    }
}

fn allowed(before: NameTag, tag: NameTag) -> bool {
    match tag {
        NameTag::Inside(_) => before.class() == tag.class(),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dateline_core::syntax::NameClass::{Location, Person};

    #[test]
    fn inside_needs_a_beginning() {
        let tags = [
            NameTag::Outside,
            NameTag::Begin(Person),
            NameTag::Inside(Person),
            NameTag::Begin(Location),
            NameTag::Inside(Location),
        ];
        let scores = [1., 0.9, 3., 0., 0., 0., 0., 2., 0., 2.1, 5., 0., 0., 0., 0.];
        let mut out = Vec::new();
        Names::default().decode(&scores, &tags, &mut out);
        assert_eq!(out, [NameTag::Begin(Person), NameTag::Inside(Person), NameTag::Outside]);
        Names::default().decode(&[], &tags, &mut out);
        assert_eq!(out.len(), 3);
    }
}
