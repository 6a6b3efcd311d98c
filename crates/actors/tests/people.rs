//! Persons, offices with dates, descriptions, and texts of any kind.

use dateline_actors::{describe, read};
use dateline_core::cast::Cast;
use dateline_core::{Document, Meta, Sector};
use dateline_knowledge::Knowledge;
use dateline_syntax::{Model, Worker};
use jiff::civil::{Date, date};
use proptest::prelude::*;
use std::sync::LazyLock;

/// The weights that are part of the program.
fn origin() -> dateline_core::ranker::Ranker {
    dateline_core::ranker::Ranker::parse("origin", include_str!("../../../models/origin.tsv")).unwrap()
}

static PARTS: LazyLock<(Model, Knowledge)> =
    LazyLock::new(|| (Model::embedded().unwrap(), Knowledge::embedded().unwrap()));

fn parsed(text: &str, day: Option<Date>) -> Document {
    let mut doc = Document::new(Meta { published: day, ..Meta::default() }, text);
    Worker::new(&PARTS.0).parse(&PARTS.0, &mut doc);
    doc
}

fn cast(text: &str, day: Date) -> Cast {
    let doc = parsed(text, Some(day));
    let mut cast = Cast::default();
    read(&doc, &PARTS.1, &|_| None, None, &[], &origin(), &mut cast);
    cast
}

/// Country, sector and title of the first member so named.
fn told(text: &str, day: Date, name: &str) -> (Option<String>, Sector, Option<String>) {
    let cast = cast(text, day);
    let found = cast.members.iter().find(|m| m.name == name);
    let m = found.unwrap_or_else(|| panic!("no {name} among {:?}", cast.members));
    (m.country.map(|c| c.to_string()), m.sector, m.title.clone())
}

fn described(text: &str, day: Option<Date>) -> (Option<String>, Option<Sector>) {
    let told = describe(&parsed(text, day), &Document::default(), &PARTS.1, &|_| None, day);
    (told.country.map(|c| c.to_string()), told.sector)
}

#[test]
fn presidents_have_their_time() {
    let text = "Mohammed Mursi spoke to reporters in the evening.";
    let (country, sector, title) = told(text, date(2012, 11, 21), "Mohammed Mursi");
    assert_eq!((country.as_deref(), sector, title.as_deref()), (Some("EGY"), Sector::Gov, Some("President")));
    let (_, _, title) = told(text, date(2013, 7, 4), "Mohammed Mursi");
    assert_ne!(title.as_deref(), Some("President"));
    let (_, _, title) = told("Vladimir Putin spoke to reporters.", date(1996, 5, 1), "Vladimir Putin");
    assert_ne!(title.as_deref(), Some("President"));
}

#[test]
fn the_text_tells_of_people_that_no_table_knows() {
    let (country, sector, _) =
        told("Gul Dad, an Afghan border police commander, was killed.", date(2009, 5, 1), "Gul Dad");
    assert_eq!((country.as_deref(), sector), (Some("AFG"), Sector::Cop));
}

/// Names, countries and sectors of those whom the first mention headed by `word` stands for.
fn stands_for(text: &str, word: &str) -> Vec<(String, Option<String>, Sector)> {
    let doc = parsed(text, Some(date(2012, 11, 21)));
    let mut cast = Cast::default();
    read(&doc, &PARTS.1, &|_| None, None, &[], &origin(), &mut cast);
    let token = (0..doc.syntax.tokens.len() as u32).rfind(|&t| doc.form(t) == word).unwrap();
    let member = |m: u32| cast.member(m);
    let told = |m| (member(m).name.clone(), member(m).country.map(|c| c.to_string()), member(m).sector);
    cast.members_at(token).into_iter().map(told).collect()
}

#[test]
fn one_phrase_names_several() {
    let names = |text, word| -> Vec<String> {
        stands_for(text, word)
            .into_iter()
            .map(|(name, country, _)| format!("{name} {}", country.unwrap()))
            .collect()
    };
    assert_eq!(
        names("The Israeli Foreign and Defence Ministers met Clinton.", "Ministers"),
        ["Israeli Foreign Minister ISR", "Israeli Defence Minister ISR"]
    );
    assert_eq!(
        names("The Russian and Turkish presidents met in Sochi.", "presidents"),
        ["Russian president RUS", "Turkish president TUR"]
    );
    assert_eq!(
        names("The foreign ministers of Russia and Turkey signed a deal.", "ministers"),
        ["foreign minister of Russia RUS", "foreign minister of Turkey TUR"]
    );
    assert_eq!(
        names("US and Afghan soldiers killed 20 Taliban.", "soldiers"),
        ["US soldiers USA", "Afghan soldiers AFG"]
    );
    assert_eq!(
        names(
            "The French foreign and interior ministers, Laurent Fabius and Manuel Valls, met in Paris.",
            "ministers"
        ),
        ["Laurent Fabius FRA", "Manuel Valls FRA"]
    );
    assert_eq!(stands_for("The Israeli ministers met Clinton.", "ministers").len(), 1);
}

#[test]
fn the_article_before_a_name_is_no_part_of_it() {
    let day = date(2012, 11, 21);
    for (text, name, sector) in [
        ("The European Union lifted sanctions on Burma.", "European Union", Sector::Igo),
        ("The World Bank suspended aid to Uganda on Monday.", "World Bank", Sector::Igo),
        ("The African Union condemned the attack.", "African Union", Sector::Igo),
    ] {
        assert_eq!(told(text, day, name), (None, sector, None), "{text}");
    }
}

#[test]
fn bodies_go_back_to_their_names() {
    let name = |text, word| stands_for(text, word).remove(0).0;
    let commission =
        "The National Telecommunications Commission met on Monday. Later the commission refused.";
    assert_eq!(name(commission, "commission"), "National Telecommunications Commission");
    let group = "Hezbollah fired rockets on Monday. Israel said on Tuesday that the group would pay.";
    assert_eq!(name(group, "group"), "Hezbollah");
    let other =
        "Hezbollah fired rockets on Monday. Israel said on Tuesday that the group of lawyers would pay.";
    assert_ne!(name(other, "group"), "Hezbollah");
    let (_, country, sector) =
        stands_for("Clinton praised the Mursi government for its courage.", "government").remove(0);
    assert_eq!((country.as_deref(), sector), (Some("EGY"), Sector::Gov));
}

#[test]
fn descriptions_out_of_context() {
    let pair = |country: &str, sector| (Some(country.to_owned()), Some(sector));
    assert_eq!(described("Slovak soldiers", None), pair("SVK", Sector::Mil));
    assert_eq!(described("Taliban", Some(date(2009, 5, 1))), pair("AFG", Sector::Reb));
    assert_eq!(described("Taliban", Some(date(2022, 5, 1))), pair("AFG", Sector::Gov));
    assert_eq!(described("Muslim cleric", None), (None, Some(Sector::Rel)));
    assert_eq!(described("a team of heavily armed police", None).1, Some(Sector::Cop));
}

#[test]
fn a_noun_goes_back_to_the_body_it_meant_before() {
    let day = date(2020, 5, 1);
    let text = "CNN aired the tape on Monday. The network apologised. It rained for days. Trains were late. Shops closed \
                early. Nobody went out. On Friday the network showed the tape again.";
    let cast = cast(text, day);
    assert!(cast.members.iter().all(|m| m.name.to_lowercase() != "network"), "{:?}", cast.members);
}

#[test]
fn roles_before_a_name_are_its_title() {
    let text = "On Friday the premier met with top rebel mediator Cardinal Jaime Lopez Garcia.";
    let cast = cast(text, date(1994, 5, 1));
    let names: Vec<&str> = cast.members.iter().map(|m| m.name.as_str()).collect();
    assert_eq!(names, ["premier", "Jaime Lopez Garcia"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn any_text_gives_mentions_that_slice(
        noise in "\\PC{0,60}",
        words in prop::collection::vec(
            prop::sample::select(vec![
                "President", "Obama", "the", "-", "year", "old", "of", "hundreds", "soldiers", "'s", "Israeli", "and", "its",
                "troops", "UN", "(", ")", ",", "\n\n", "Élysée", "they", "ministry of", "\u{1F600}", "said",
            ]),
            0..40,
        ),
    ) {
        for text in [noise, words.join(" ")] {
            let doc = parsed(&text, None);
            let mut cast = Cast::default();
            read(&doc, &PARTS.1, &|_| None, None, &[], &origin(), &mut cast);
            for m in &cast.mentions {
                prop_assert!(text.get(m.span.start as usize..m.span.end as usize).is_some());
                prop_assert!((m.member as usize) < cast.members.len());
            }
            let _ = describe(&doc, &doc, &PARTS.1, &|_| None, None);
        }
    }
}
