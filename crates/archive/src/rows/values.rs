//! How many values JSON has, before it is taken apart: three bytes may become an object of some hundred.

/// The most values that are taken apart at once; they may take half a gigabyte.
const MOST: usize = 1 << 21;

/// What is said of JSON that has more.
pub(crate) const TOO_MANY: &str =
    "holds more than 2097152 values in one JSON value: write an object a line (.jsonl)";

/// Whether there are more values than are taken apart.
pub(crate) fn are_too_many(json: &[u8]) -> bool {
    let (mut count, mut at) = (0, 0);
    while let Some(byte) = json.get(at) {
        at += 1;
        match byte {
            b'[' | b'{' | b',' | b':' => count += 1,
            b'"' => at = end_of_string(json, at),
            _ => {}
        }
        if count > MOST {
            return true;
        }
    }
    false
}

/// Where a string ends whose first character stands at `at`.
fn end_of_string(json: &[u8], mut at: usize) -> usize {
    while let Some(found) = json.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found + 1;
        if json[at - 1] == b'"' {
            return at;
        }
        at += 1;
    }
    json.len()
}

#[cfg(test)]
mod tests {
    use super::{MOST, TOO_MANY, are_too_many};

    #[test]
    fn values_are_counted_and_strings_are_not_looked_into() {
        assert!(TOO_MANY.contains(&MOST.to_string()));
        let list = |item: &str, n: usize| format!("[{}0]", item.repeat(n)).into_bytes();
        assert!(are_too_many(&list("0,", MOST)));
        assert!(are_too_many(&list("{\"a\":0},", MOST / 3 + 1)));
        assert!(!are_too_many(&list("0,", MOST - 1)));
        assert!(!are_too_many(&format!("[\"\\\"{}\\\\\", 0]", ",".repeat(2 * MOST)).into_bytes()));
        assert!(!are_too_many(b"\"open \\"));
    }
}
