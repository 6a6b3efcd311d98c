//! On whose word: sources of events and statements, end to end.

mod common;

use dateline::core::EventType;
use dateline::core::codes::Stance;
use dateline::core::record::{Event, Source, Statement};
use dateline::{Reader, Record};

fn read(text: &str) -> Record {
    Reader::new(common::model()).read(text.as_bytes(), &common::options()).expect("the text is read")
}

fn events(record: &Record, event_type: EventType) -> Vec<&Event> {
    record.events.iter().filter(|e| e.event_type == event_type).collect()
}

fn names(sources: &[Source]) -> Vec<&str> {
    sources.iter().map(|s| s.name.as_deref().unwrap_or("")).collect()
}

fn only_quotation(record: &Record) -> &Statement {
    let mut quoted = record.statements.iter().filter(|s| s.quoted);
    let first = quoted.next().expect("a quotation");
    assert!(quoted.next().is_none(), "{:?}", record.statements);
    first
}

#[test]
fn what_one_claims_and_another_denies_is_one_event_with_both_stances() {
    let record = read(
        "Ukraine claimed that Russian forces shelled a hospital in Kharkiv on Sunday. \
         Moscow denied that Russian forces shelled the hospital.",
    );
    let assaults = events(&record, EventType::Assault);
    let [assault] = &assaults[..] else { panic!("{assaults:?}") };
    assert!(assault.sources.iter().any(|s| s.stance == Stance::Denies), "{:?}", assault.sources);
    assert!(assault.sources.iter().any(|s| s.stance == Stance::Claims), "{:?}", assault.sources);
}

#[test]
fn those_who_speak_together_are_both_kept() {
    let record =
        read("Soldiers killed twelve people in Goma on Sunday, hospital officials and witnesses said.");
    let assaults = events(&record, EventType::Assault);
    assert_eq!(names(&assaults[0].sources), ["hospital officials", "witnesses"]);
}

#[test]
fn the_outermost_source_comes_first() {
    let record = read(
        "The Guardian reported that a spokesman for the Ministry of Health said gunmen attacked a clinic in Goma.",
    );
    let assaults = events(&record, EventType::Assault);
    assert_eq!(names(&assaults[0].sources), ["The Guardian", "spokesman for the Ministry of Health"]);
}

#[test]
fn who_acts_by_speaking_is_no_source() {
    let record = read("Angela Merkel condemned the attack on Sunday, saying it was a crime.");
    let accusations = events(&record, EventType::Accuse);
    assert!(accusations.iter().all(|e| e.sources.is_empty()), "{accusations:?}");
}

#[test]
fn a_description_in_the_lead_is_the_person_named_next() {
    let record = read(
        "Gunmen attacked a clinic in Goma on Sunday, a senior official said. \
         \"Nobody was hurt,\" said Jean Mbala, the head of the district.",
    );
    let assaults = events(&record, EventType::Assault);
    assert_eq!(names(&assaults[0].sources), ["Jean Mbala"]);
}

#[test]
fn a_statement_tells_to_whom_where_and_when_it_was_made_and_of_what() {
    let record = read("\"Iran has to leave Syria now,\" John Kerry told reporters in Geneva on Sunday.");
    let said = only_quotation(&record);
    assert_eq!(said.name.as_deref(), Some("John Kerry"));
    assert_eq!(said.addressee.as_deref(), Some("reporters"));
    let place = record.places.iter().find(|p| Some(&p.id) == said.place.as_ref());
    assert_eq!(place.map(|p| p.name.as_str()), Some("Geneva"));
    assert_eq!(said.when.as_ref().map(|w| w.start.to_string()).as_deref(), Some("2020-06-14"));
    assert_eq!(said.topics.iter().map(ToString::to_string).collect::<Vec<_>>(), ["IRN", "SYR"]);
}

#[test]
fn whom_a_letter_goes_to_hears_it() {
    let record = read("\"We will not accept the plan,\" John Kerry said in a letter to the council.");
    assert_eq!(only_quotation(&record).addressee.as_deref(), Some("council"));
}

#[test]
fn who_is_quoted_as_saying_speaks() {
    let record = read("Sergei Lavrov was quoted by Interfax as saying \"we are ready for talks with them\".");
    assert_eq!(only_quotation(&record).name.as_deref(), Some("Sergei Lavrov"));
}

#[test]
fn who_adds_something_spoke_before() {
    let record = read(
        "His stepfather, Steve Howell, said: \"I am sick of what they write about Dean.\" \
         He added: \"Dean did not go there to fight anybody.\"",
    );
    let speakers: Vec<_> = record.statements.iter().filter(|s| s.quoted).map(|s| s.name.as_deref()).collect();
    assert_eq!(speakers, [Some("Steve Howell"), Some("Steve Howell")]);
}

#[test]
fn turns_of_a_transcript_name_their_speakers() {
    let record = read(
        "\"MERKEL: We will see what they bring to the table.\n\n\"HOST: When will that be, Chancellor?\"",
    );
    let speakers: Vec<_> = record.statements.iter().filter(|s| s.quoted).map(|s| s.name.as_deref()).collect();
    assert_eq!(speakers, [Some("MERKEL"), Some("HOST")]);
}
