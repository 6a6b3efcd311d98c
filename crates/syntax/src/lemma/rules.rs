//! Endings of inflected forms and the base form they come from. Words are ASCII and in lower case, or are left alone.

use dateline_core::labels::Xpos;

/// What has to be done at the end of a form: bytes to take away and letters to add.
pub(super) type Edit = (usize, &'static str);

const KEEP: Edit = (0, "");

/// The edit that makes the lemma of `form`, in lower case, under this tag.
pub(super) fn edit(form: &[u8], xpos: Xpos) -> Edit {
    match xpos {
        Xpos::Nns | Xpos::Nnps | Xpos::Vbz => plural(form),
        Xpos::Vbd | Xpos::Vbn => past(form),
        Xpos::Vbg => gerund(form),
        Xpos::Jjr | Xpos::Rbr => grade(form, b"er"),
        Xpos::Jjs | Xpos::Rbs => grade(form, b"est"),
        _ => KEEP,
    }
}

fn plural(form: &[u8]) -> Edit {
    let ends = |s: &str| form.ends_with(s.as_bytes());
    if form.len() < 3 || ends("ss") || ends("us") || ends("is") {
        return KEEP;
    }
    if ends("'s") || ends("’s") {
        return (if ends("'s") { 2 } else { 4 }, "");
    }
    match form {
        _ if ends("ies") && form.len() > 4 => (3, "y"),
        _ if ends("sses") || ends("shes") || ends("ches") || ends("xes") || ends("zzes") || ends("oes") => {
            (2, "")
        }
        _ if ends("yses") => (2, "is"),
        _ if ends("s") => (1, ""),
        _ if ends("men") => (2, "an"),
        _ => KEEP,
    }
}

fn past(form: &[u8]) -> Edit {
    match form {
        [.., b'i', b'e', b'd'] if form.len() > 4 => (3, "y"),
        [.., b'i' | b'e' | b'y', b'e', b'd'] if form.len() <= 4 || form.ends_with(b"eed") => (1, ""),
        [stem @ .., b'e', b'd'] if stem.len() >= 2 => restored(stem, 2),
        _ => KEEP,
    }
}

fn gerund(form: &[u8]) -> Edit {
    match form {
        [stem @ .., b'i', b'n', b'g' | b'\''] if stem.len() >= 2 => restored(stem, 3),
        _ => KEEP,
    }
}

fn grade(form: &[u8], ending: &[u8]) -> Edit {
    match form.strip_suffix(ending) {
        Some([stem @ .., b'i']) if stem.len() > 1 => (ending.len() + 1, "y"),
        Some(stem) if stem.len() > 2 => restored(stem, ending.len()),
        _ => KEEP,
    }
}

/// The edit for `stem` with an ending of `cut` bytes: a doubled consonant is halved, a mute e comes back.
fn restored(stem: &[u8], cut: usize) -> Edit {
    match stem {
        [.., a, b] if a == b && b"bdgmnprt".contains(b) && stem.len() > 3 => (cut + 1, ""),
        _ if wants_e(stem) => (cut, "e"),
        _ => (cut, ""),
    }
}

const fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Whether a verb with this stem is written with a mute e.
fn wants_e(stem: &[u8]) -> bool {
    let Some((&last, head)) = stem.split_last() else { return false };
    let Some((&before, rest)) = head.split_last() else { return false };
    let earlier = rest.last().copied().unwrap_or(b'-');
    let short = !rest.iter().any(|&b| is_vowel(b));
    // One vowel letter, not the second of two, except for the u of `qu` and `gu` and the i of `iate`, `uate`.
    let one_vowel = is_vowel(before)
        && (!is_vowel(earlier)
            || rest.ends_with(b"qu")
            || (before == b'a' && matches!(earlier, b'i' | b'u')));
    match last {
        b'c' | b'v' | b'u' => true,
        b's' => before != b's',
        b'z' => before != b'z',
        b'g' => match before {
            b'n' => matches!(earlier, b'a' | b'e' | b'u'),
            _ => before == b'd' || before == b'r' || before == b'l' || is_vowel(before),
        },
        b'l' => match before {
            b'a' | b'e' | b'r' | b'l' | b'w' => false,
            _ => !is_vowel(before) || one_vowel,
        },
        b'd' | b'k' | b'b' => one_vowel,
        b't' => one_vowel && matches!(before, b'a' | b'u' | b'o'),
        b'r' => one_vowel && matches!(before, b'a' | b'i' | b'u' | b'o'),
        b'm' => one_vowel && before != b'e',
        b'n' => one_vowel && (before == b'i' || before == b'u'),
        b'p' => one_vowel && (matches!(before, b'a' | b'i' | b'y') || short),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma(form: &str, xpos: Xpos) -> String {
        let (cut, add) = edit(form.as_bytes(), xpos);
        format!("{}{add}", &form[..form.len() - cut])
    }

    #[test]
    fn regular_forms() {
        for (form, xpos, base) in [
            ("talks", Xpos::Nns, "talk"),
            ("parties", Xpos::Nns, "party"),
            ("boxes", Xpos::Nns, "box"),
            ("policemen", Xpos::Nns, "policeman"),
            ("ties", Xpos::Vbz, "tie"),
            ("goes", Xpos::Vbz, "go"),
            ("planned", Xpos::Vbd, "plan"),
            ("agreed", Xpos::Vbd, "agree"),
            ("died", Xpos::Vbd, "die"),
            ("called", Xpos::Vbn, "call"),
            ("negotiated", Xpos::Vbn, "negotiate"),
            ("treated", Xpos::Vbn, "treat"),
            ("visited", Xpos::Vbd, "visit"),
            ("changed", Xpos::Vbd, "change"),
            ("handling", Xpos::Vbg, "handle"),
            ("carrying", Xpos::Vbg, "carry"),
            ("attacking", Xpos::Vbg, "attack"),
            ("larger", Xpos::Jjr, "large"),
            ("biggest", Xpos::Jjs, "big"),
            ("heaviest", Xpos::Jjs, "heavy"),
        ] {
            assert_eq!(lemma(form, xpos), base);
        }
    }
}
