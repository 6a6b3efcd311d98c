//! Only English is read.

use crate::error::IngestError;
use whatlang::Lang;

/// How much of a text is looked at, and the least that tells a language.
const SAMPLE: usize = 1200;
const LEAST: usize = 120;

/// Refuses text that is surely not English.
///
/// # Errors
/// [`IngestError::NotEnglish`] with the name of the language.
pub(crate) fn check(text: &str) -> Result<(), IngestError> {
    let mut end = SAMPLE.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let sample = &text[..end];
    if sample.len() < LEAST {
        return Ok(());
    }
    match whatlang::detect(sample) {
        Some(found) if found.lang() != Lang::Eng && found.is_reliable() => {
            Err(IngestError::NotEnglish(found.lang().eng_name()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::error::IngestError;

    #[test]
    fn other_languages_are_named() {
        let german = "Die Regierung hat am Montag beschlossen, die Gespr\u{e4}che mit den Nachbarl\u{e4}ndern wieder aufzunehmen, \
                      sagte ein Sprecher. Man werde sich in der kommenden Woche in Genf treffen.";
        assert_eq!(check(german), Err(IngestError::NotEnglish("German")));
        let english = "The government decided on Monday to take up the talks with the neighbouring countries again, a \
                       spokesman said. They would meet in Geneva next week.";
        assert_eq!(check(english), Ok(()));
    }
}
