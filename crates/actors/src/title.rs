//! Titles: whether a description speaks of the holder of one.

/// Words that make another office of the one they stand before: a prime minister is no minister, a vice president no president.
const RANKS: [&str; 12] = [
    "prime",
    "vice",
    "deputy",
    "assistant",
    "under",
    "chief",
    "secretary",
    "attorney",
    "director",
    "consul",
    "former",
    "ex",
];

/// Whether the holder of the title `held` can be described by the title `said`, of which `office` is what stands in the table of
/// roles: "the minister" and "the embattled foreign minister" may be the "Israeli Foreign Minister", who is neither "the defence
/// minister" nor "the prime minister".
pub(crate) fn may_hold(held: &str, said: &str, office: &str) -> bool {
    ranks(held).eq(ranks(said))
        && (words(office).all(|w| words(held).any(|h| alike(h, w)))
            || words(held).all(|h| words(office).any(|w| alike(h, w))))
}

/// The words that narrow an office, in order.
fn ranks(title: &str) -> impl Iterator<Item = &'static str> {
    words(title)
        .zip(words(title).skip(1))
        .filter(|(_, next)| !next.eq_ignore_ascii_case("of"))
        .filter_map(|(w, _)| RANKS.into_iter().find(|rank| rank.eq_ignore_ascii_case(w)))
}

fn words(title: &str) -> impl Iterator<Item = &str> {
    title.split([' ', '-']).filter(|w| !w.is_empty())
}

/// The same word, whoever holds the office and wherever it is spelled: "spokesman" and "spokesperson", "defense" and "defence".
fn alike(a: &str, b: &str) -> bool {
    let is = |w: &str, other: &str| w.eq_ignore_ascii_case(other);
    let spelled = |&(x, y): &(&str, &str)| (is(a, x) && is(b, y)) || (is(a, y) && is(b, x));
    let held = |w| ["woman", "man", "person"].iter().find_map(|end| str::strip_suffix(w, *end));
    is(a, b)
        || [("defense", "defence"), ("labor", "labour")].iter().any(spelled)
        || held(a).zip(held(b)).is_some_and(|(a, b)| is(a, b))
}

#[cfg(test)]
mod tests {
    use super::may_hold;

    #[test]
    fn a_minister_is_of_one_office() {
        assert!(may_hold("Israeli Foreign Minister", "minister", "minister"));
        assert!(may_hold("Israeli Foreign Minister", "embattled foreign minister", "foreign minister"));
        assert!(!may_hold("Israeli Foreign Minister", "defence minister", "defence minister"));
        assert!(!may_hold("Israeli Foreign Minister", "prime minister", "prime minister"));
        assert!(!may_hold("Prime Minister", "minister", "minister"));
        assert!(!may_hold("Deputy Prime Minister", "prime minister", "prime minister"));
    }

    #[test]
    fn ranks_stand_before_an_office() {
        assert!(may_hold("Secretary of State", "secretary", "secretary"));
        assert!(may_hold("UN Secretary-General", "secretary general", "secretary general"));
        assert!(!may_hold("UN Secretary-General", "general", "general"));
        assert!(!may_hold("Vice President", "president", "president"));
        assert!(!may_hold("former President", "president", "president"));
        assert!(may_hold("army chief of staff", "chief of staff", "chief of staff"));
    }

    #[test]
    fn spellings_and_holders_differ() {
        assert!(may_hold("State Department spokesperson", "spokeswoman", "spokeswoman"));
        assert!(may_hold("Defense Secretary", "defence secretary", "defence secretary"));
    }
}
