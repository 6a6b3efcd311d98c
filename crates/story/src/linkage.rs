//! Grouping by average likeness.

use crate::near::Groups;
use kodama::{Method, linkage};

/// Groups `len` things such that the average likeness between two groups that were joined is at least `least`; gives each
/// thing the smallest number of its group. `likeness` lies between 0 and 1; costs `len` squared.
pub fn average(len: usize, least: f32, likeness: impl Fn(usize, usize) -> f32) -> Vec<u32> {
    average_by(len, least, |a| {
        let likeness = &likeness;
        move |b| likeness(a, b)
    })
}

/// The same; `likeness` prepares one thing to be compared with those behind it.
pub fn average_by<L: FnMut(usize) -> f32>(
    len: usize,
    least: f32,
    mut likeness: impl FnMut(usize) -> L,
) -> Vec<u32> {
    let mut groups = Groups::new(len);
    if len > 1 {
        let mut distances = Vec::with_capacity(len * (len - 1) / 2);
        for a in 0..len {
            let mut alike = likeness(a);
            distances.extend((a + 1..len).map(|b| 1.0 - alike(b)));
        }
        // The first member of every group that linkage makes.
        let mut first: Vec<u32> = (0..len as u32).collect();
        for step in linkage(&mut distances, len, Method::Average).steps() {
            let (a, b) = (first[step.cluster1], first[step.cluster2]);
            first.push(a.min(b));
            if step.dissimilarity <= 1.0 - least {
                groups.join(a, b);
            }
        }
    }
    (0..len as u32).map(|n| groups.leader(n)).collect()
}

#[cfg(test)]
mod tests {
    use super::average;

    #[test]
    fn groups_are_alike_on_average() {
        let at: [f32; 5] = [0.0, 0.9, 0.1, 0.85, 0.2];
        let groups = average(5, 0.7, |a, b| 1.0 - (at[a] - at[b]).abs());
        assert_eq!(groups, [0, 1, 0, 1, 0]);
        assert_eq!(average(1, 0.5, |_, _| 0.0), [0]);
    }
}
