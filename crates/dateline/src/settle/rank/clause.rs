//! How the words of an act and of a place or time stand to each other in their sentences.

use super::Scene;
use crate::reader::Reading;
use dateline_core::grammar;
use dateline_core::syntax::{Deprel, Syntax, Upos, Xpos};
use dateline_events::Occurrence;

/// The form of the words that tell an act.
pub(super) fn form(s: &Syntax, trigger: u32) -> &'static str {
    let verb = if matches!(s.token(trigger).upos, Upos::Verb | Upos::Aux) {
        trigger
    } else if s.child(trigger, Deprel::Cop).is_some() {
        return "copula";
    } else {
        return "noun";
    };
    let mut finite = None;
    let mut have = false;
    for &c in s.children(verb) {
        if matches!(s.token(c).deprel, Deprel::Aux | Deprel::AuxPass) {
            finite = finite.or(Some(c));
            have |= s.lemma(c) == "have";
            if s.token(c).xpos == Xpos::Md {
                return "modal";
            }
        } else if s.token(c).deprel == Deprel::Mark && s.lemma(c) == "to" {
            return "to";
        }
    }
    match (s.token(finite.unwrap_or(verb)).xpos, have) {
        (Xpos::Vbd, true) => "had",
        (_, true) => "have",
        (Xpos::Vbd, false) => "past",
        (Xpos::Vbz | Xpos::Vbp, _) => "present",
        (Xpos::Vbg, _) => "ing",
        (Xpos::Vbn, _) => "participle",
        _ => "bare",
    }
}

/// A word with an act that puts it before the news without telling when.
pub(super) fn aspect(s: &Syntax, trigger: u32) -> Option<&'static str> {
    const WORDS: [&str; 12] = [
        "already",
        "recent",
        "recently",
        "previously",
        "previous",
        "earlier",
        "once",
        "repeatedly",
        "long",
        "ever",
        "never",
        "former",
    ];
    s.children(trigger).iter().find_map(|&c| WORDS.into_iter().find(|w| s.lemma(c) == *w))
}

/// Where a name stands: its phrase climbed up to the word with the preposition.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    /// Relation of the phrase to its governor.
    pub(super) relation: Deprel,
    /// Its preposition.
    pub(super) case: &'a str,
    /// Its governor.
    pub(super) governor: Option<u32>,
    /// Lemma of its governor.
    pub(super) lemma: &'a str,
}

impl Site<'_> {
    /// The site of the name at `token`.
    pub(super) fn of(s: &Syntax, token: u32) -> Site<'_> {
        let head = phrase(s, token);
        Site {
            relation: s.token(head).deprel,
            case: grammar::preposition(s, head).unwrap_or("-"),
            governor: s.head(head),
            lemma: s.head(head).map_or("-", |g| s.lemma(g)),
        }
    }

    /// Whether the preposition says that something is there.
    pub(super) fn is_locative(&self) -> bool {
        matches!(
            self.case,
            "in" | "at" | "near" | "outside" | "inside" | "across" | "around" | "on" | "throughout"
        )
    }
}

/// Whose words the governor of a place or time is part of, seen from an act.
pub(super) fn owner(
    reading: &Reading,
    scene: &Scene,
    tellings: &[Occurrence],
    governor: Option<u32>,
) -> &'static str {
    let Some(governor) = governor else { return "nobody" };
    let s = &reading.doc.syntax;
    let holds = |o: &Occurrence| o.trigger == governor || o.others.contains(&governor);
    if tellings.iter().any(holds) {
        return "act";
    }
    if scene.triggers.binary_search(&governor).is_ok() {
        return "other act";
    }
    if let Some(member) = reading.cast.member_at(governor) {
        let lead = &tellings[0];
        return if lead.actors.contains(&member) {
            "actor"
        } else if lead.recipients.contains(&member) {
            "recipient"
        } else {
            "somebody"
        };
    }
    if tellings.iter().any(|o| s.is_within(o.trigger, governor)) {
        let lemma = s.lemma(governor);
        return if matches!(lemma, "say" | "tell" | "report" | "announce" | "add" | "state") {
            "saying"
        } else {
            "above"
        };
    }
    if tellings.iter().any(|o| s.is_within(governor, o.trigger)) { "below" } else { "other" }
}

/// Whether the sentence speaks of words that go out to everywhere: "said in a statement", "tweeted".
pub(super) fn is_broadcast(s: &Syntax, trigger: u32) -> bool {
    const WORDS: [&str; 14] = [
        "tweet",
        "twitter",
        "statement",
        "phone",
        "telephone",
        "letter",
        "interview",
        "message",
        "facebook",
        "website",
        "video",
        "communique",
        "broadcast",
        "television",
    ];
    s.sentence_of(trigger).range().any(|i| WORDS.contains(&s.lemma(i)))
}

/// The head of the phrase of a name that has the preposition: "Gaza" in "in Gaza City", "Paris" in "in Rome and Paris".
pub(in crate::settle) fn phrase(s: &Syntax, token: u32) -> u32 {
    let mut head = token;
    while let Some(up) = s.head(head) {
        let inside = matches!(
            s.token(head).deprel,
            Deprel::Compound | Deprel::Flat | Deprel::Appos | Deprel::NmodUnmarked | Deprel::Conj
        );
        if !inside || grammar::is_verbal(s, up) || s.child(head, Deprel::Case).is_some() {
            break;
        }
        head = up;
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settle::rank::tests::reading;

    fn owner_of(text: &str, word: &str) -> &'static str {
        let reading = reading(text);
        let at = text.find(word).unwrap() as u32;
        let token = reading.doc.syntax.token_at(at).unwrap();
        let site = Site::of(&reading.doc.syntax, token);
        let scene = Scene::of(&reading, &[]);
        owner(&reading, &scene, &reading.occurrences[..1], site.governor)
    }

    #[test]
    fn a_time_or_place_hangs_on_an_act_or_on_other_words() {
        assert_eq!(owner_of("Police arrested three protesters on Monday.", "Monday"), "act");
        assert_eq!(
            owner_of("Police arrested three protesters, officials said on Monday.", "Monday"),
            "saying"
        );
    }

    #[test]
    fn forms_are_told_apart() {
        let form_of = |text: &str| form(&reading(text).doc.syntax, reading(text).occurrences[0].trigger);
        assert_eq!(form_of("Police arrested three protesters."), "past");
        assert_eq!(form_of("Police have arrested three protesters."), "have");
        assert_eq!(form_of("Police will arrest the protesters."), "modal");
    }
}
