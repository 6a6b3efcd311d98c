//! What the model may know of a word form: hashes of its features. The training recipe does exactly the same.

/// Longest form that is looked at, in characters.
const LONGEST: usize = 40;

const CASED: u8 = 1;
const LOWER: u8 = 2;
const SHAPE: u8 = 3;
const PREFIX: u8 = 4;
const SUFFIX: u8 = 7;
const VECTOR: u8 = 11;

/// Buffers and results for one form.
#[derive(Debug, Default)]
pub(super) struct Features {
    form: Vec<char>,
    low: Vec<char>,
    shape: Vec<char>,
    /// Hashes of features, in the order in which their rows are added.
    pub(super) hashes: Vec<u32>,
    /// Hashes under which a vector may be found, best first.
    pub(super) vectors: [u32; 3],
}

impl Features {
    /// Computes the hashes of `form`.
    pub(super) fn set(&mut self, form: &str) {
        self.form.clear();
        for c in form.chars() {
            match c {
                '\u{2019}' => self.form.push('\''),
                '\u{2018}' => self.form.push('`'),
                '\u{201c}' => self.form.extend(['`', '`']),
                '\u{201d}' => self.form.extend(['\'', '\'']),
                '\u{2013}' => self.form.push('-'),
                '\u{2014}' | '\u{2015}' => self.form.extend(['-', '-']),
                '\u{2026}' => self.form.extend(['.', '.', '.']),
                '\u{a0}' => self.form.push(' '),
                c => self.form.push(c),
            }
            if self.form.len() > LONGEST + 3 {
                break;
            }
        }
        self.form.truncate(LONGEST);
        self.lower();
        self.vectors[0] = hash(VECTOR, &self.form);
        self.vectors[1] = hash(VECTOR, &self.low);
        let first = self.low.first().copied();
        if let Some(c) = first {
            self.low[0] = upper(c);
        }
        self.vectors[2] = hash(VECTOR, &self.low);

        for c in &mut self.form {
            if c.is_ascii_digit() {
                *c = '0';
            }
        }
        self.lower();
        self.shape();
        self.hashes.clear();
        self.hashes.push(hash(LOWER, &self.low));
        if self.low != self.form {
            self.hashes.push(hash(CASED, &self.form));
        }
        self.hashes.push(hash(SHAPE, &self.shape));
        let n = self.low.len();
        for k in 1..=3 {
            self.hashes.push(hash(PREFIX + k as u8 - 1, &self.low[..k.min(n)]));
        }
        for k in 1..=4 {
            self.hashes.push(hash(SUFFIX + k as u8 - 1, &self.low[n - k.min(n)..]));
        }
    }

    fn lower(&mut self) {
        self.low.clear();
        self.low.extend(self.form.iter().map(|&c| {
            let mut low = c.to_lowercase();
            match (low.next(), low.next()) {
                (Some(l), None) => l,
                _ => c,
            }
        }));
    }

    /// X for upper case, x for other letters, 0 for digits; runs are cut at three.
    fn shape(&mut self) {
        self.shape.clear();
        for &c in &self.form {
            let k = match c {
                '0'..='9' => '0',
                c if c.is_uppercase() => 'X',
                c if c.is_alphabetic() => 'x',
                c => c,
            };
            if !self.shape.ends_with(&[k, k, k]) {
                self.shape.push(k);
            }
        }
    }
}

fn upper(c: char) -> char {
    let mut up = c.to_uppercase();
    match (up.next(), up.next()) {
        (Some(u), None) => u,
        _ => c,
    }
}

/// 32-bit hash of a feature: FNV-1a over the kind and the UTF-8 bytes, folded.
fn hash(kind: u8, text: &[char]) -> u32 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    let mut feed = |b: u8| h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3);
    feed(kind);
    let mut buffer = [0; 4];
    for c in text {
        for &b in c.encode_utf8(&mut buffer).as_bytes() {
            feed(b);
        }
    }
    ((h ^ (h >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(form: &str) -> (Vec<u32>, [u32; 3]) {
        let mut f = Features::default();
        f.set(form);
        (f.hashes, f.vectors)
    }

    #[test]
    fn typography_makes_no_difference() {
        assert_eq!(of("n\u{2019}t"), of("n't"));
        assert_eq!(of("\u{201c}"), of("``"));
        assert_eq!(of("1999").0, of("2011").0);
        assert_ne!(of("1999").1, of("2011").1);
    }

    #[test]
    fn case_is_one_feature_more() {
        let (lower, upper) = (of("cairo").0, of("Cairo").0);
        assert_eq!(lower.len() + 1, upper.len());
        assert_eq!(lower[0], upper[0]);
    }

    #[test]
    fn empty_and_endless_forms_are_fine() {
        assert_eq!(of("").0.len(), 9);
        of(&"İ".repeat(10_000));
    }

    #[test]
    fn hashes_are_those_of_the_recipe() {
        // print(features("Sana'a")[0][:3], fnv(VECTOR, "Sana'a")) of the recipe
        let (h, v) = of("Sana'a");
        assert_eq!(h[..3], RECIPE[..3]);
        assert_eq!(v[0], RECIPE[3]);
    }

    const RECIPE: [u32; 4] = [424_787_268, 4_031_803_772, 2_734_500_863, 4_150_036_019];
}
