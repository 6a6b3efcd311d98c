//! Phrases as keys: what two spellings of one name have in common.
//!
//! A key ignores capitals, accents and dots; hyphens, apostrophes and blanks all part words. "al-Assad", "Al Assad"
//! and the tokens `al` `-` `Assad` have the same key, as have "U.S." and "US", "Élysée" and "Elysee".

/// Running 64-bit key of a sequence of words (FNV-1a, so that it is the same on every machine).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Key(u64);

impl Key {
    /// Of no word.
    pub(crate) const EMPTY: Key = Key(0xcbf2_9ce4_8422_2325);

    /// Of a phrase.
    pub(crate) fn of(phrase: &str) -> Key {
        let mut key = Self::EMPTY;
        words(phrase, |word| key = key.then(word));
        key
    }

    /// With one more word.
    pub(crate) fn then(self, word: Word) -> Key {
        Key(self.0.rotate_left(5).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word.0)
    }

    /// The number, well mixed.
    pub(crate) const fn bits(self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// Key of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Word(u64);

/// Whether two spellings are of one name: capitals, accents, dots and the choice between hyphen and blank do not count.
///
/// ```
/// assert!(dateline_knowledge::same_spelling("Erdoğan", "Erdogan"));
/// assert!(!dateline_knowledge::same_spelling("Iran", "Iraq"));
/// ```
pub fn same_spelling(a: &str, b: &str) -> bool {
    Key::of(a) == Key::of(b)
}

/// A number that spellings of one name share.
///
/// ```
/// use dateline_knowledge::spelling;
/// assert_eq!(spelling("Erdoğan"), spelling("Erdogan"));
/// ```
pub fn spelling(name: &str) -> u64 {
    Key::of(name).bits()
}

/// Calls `found` on every word of `text`.
pub(crate) fn words(text: &str, mut found: impl FnMut(Word)) {
    let mut word = Spelled::new();
    for c in text.chars() {
        match c {
            'a'..='z' | '0'..='9' => word.add(c as u8),
            'A'..='Z' => word.add(c.to_ascii_lowercase() as u8),
            '.' | '\u{300}'..='\u{36f}' => {}
            '&' => {
                word.end(&mut found);
                b"and".iter().for_each(|&byte| word.add(byte));
                word.end(&mut found);
            }
            _ if !c.is_ascii() && c.is_alphanumeric() => match fold(c) {
                "" => c.to_lowercase().for_each(|lower| {
                    (lower as u32).to_le_bytes().into_iter().for_each(|byte| word.add(byte));
                }),
                plain => plain.bytes().for_each(|byte| word.add(byte)),
            },
            _ => word.end(&mut found),
        }
    }
    word.end(&mut found);
}

/// A word under way.
struct Spelled {
    hash: u64,
    open: bool,
}

impl Spelled {
    const fn new() -> Self {
        Self { hash: Key::EMPTY.0, open: false }
    }

    fn add(&mut self, byte: u8) {
        self.hash = (self.hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        self.open = true;
    }

    fn end(&mut self, found: &mut impl FnMut(Word)) {
        if self.open {
            found(Word(self.hash));
            *self = Self::new();
        }
    }
}

/// The plain letters of an accented Latin letter; empty for anything else.
fn fold(c: char) -> &'static str {
    match c {
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'Ǎ' | 'ǎ' | 'Ạ'..='ặ' => "a",
        'Æ' | 'æ' => "ae",
        'Ç' | 'ç' | 'Ć'..='č' => "c",
        'Ď'..='đ' | 'Ð' | 'ð' => "d",
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ə' | 'ə' | 'Ẹ'..='ệ' => "e",
        'Ĝ'..='ģ' | 'Ǧ' | 'ǧ' => "g",
        'Ĥ'..='ħ' | 'Ḥ' | 'ḥ' => "h",
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' | 'Ỉ'..='ị' => "i",
        'Ĵ' | 'ĵ' => "j",
        'Ķ' | 'ķ' => "k",
        'Ĺ'..='ł' => "l",
        'Ñ' | 'ñ' | 'Ń'..='ň' => "n",
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'Ơ' | 'ơ' | 'Ọ'..='ợ' => "o",
        'Œ' | 'œ' => "oe",
        'Ŕ'..='ř' => "r",
        'Ś'..='š' | 'Ș' | 'ș' | 'Ṣ' | 'ṣ' => "s",
        'ß' => "ss",
        'Ţ'..='ŧ' | 'Ț' | 'ț' | 'Ṭ' | 'ṭ' => "t",
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ư' | 'ư' | 'Ụ'..='ự' => "u",
        'Ŵ' | 'ŵ' => "w",
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' | 'Ỳ'..='ỹ' => "y",
        'Ź'..='ž' => "z",
        'Þ' | 'þ' => "th",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_agree() {
        for (one, other) in [
            ("al-Assad", "Al Assad"),
            ("U.S.", "us"),
            ("Élysée", "elysee"),
            ("People’s Party", "people's party"),
            ("Erdoğan", "ERDOGAN"),
            ("Trinidad & Tobago", "trinidad and tobago"),
            ("Sao Tome", "  São   Tomé "),
            ("e\u{301}tat", "état"),
        ] {
            assert_eq!(Key::of(one), Key::of(other), "{one} / {other}");
        }
        assert_ne!(Key::of("a bc"), Key::of("ab c"));
        assert_ne!(Key::of("Iran"), Key::of("Iraq"));
        assert_eq!(Key::of(" -.'"), Key::EMPTY);
    }

    proptest! {
        #[test]
        fn a_phrase_is_the_sequence_of_its_words(parts in proptest::collection::vec("\\PC{0,8}", 0..5)) {
            let mut key = Key::EMPTY;
            for part in &parts {
                words(part, |word| key = key.then(word));
            }
            prop_assert_eq!(key, Key::of(&parts.join(" ")));
        }
    }
}
