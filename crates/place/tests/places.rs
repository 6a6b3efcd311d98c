//! What the resolver finds in plain text, rule by rule; and that nothing makes it panic.

use dateline_core::Span;
use dateline_place::{Hints, PlacePrecision, Resolver, Toponym};
use proptest::prelude::*;

fn find(text: &str) -> Vec<Toponym> {
    let mut found = Vec::new();
    Resolver::new().unwrap().find(text, &Hints::default(), &mut found);
    found
}

/// Names found, with country and division: `Clinton/USA/Mississippi`.
fn told(text: &str) -> Vec<String> {
    let tell = |t: &Toponym| {
        let place = t.place.as_ref();
        let country = place.and_then(|p| p.country).map_or("-".to_owned(), |c| c.to_string());
        let admin1 = place.and_then(|p| p.admin1.clone()).unwrap_or_default();
        format!("{}/{country}/{admin1}", t.span.of(text))
    };
    find(text).iter().map(tell).collect()
}

fn names(text: &str) -> Vec<&str> {
    find(text).iter().map(|t| t.span.of(text)).collect()
}

#[test]
fn a_comma_contains() {
    assert_eq!(told("A fire broke out in Clinton, Mississippi.")[0], "Clinton/USA/Mississippi");
    assert_eq!(told("They met in Paris, Texas, on Monday.")[0], "Paris/USA/Texas");
    assert_eq!(told("Talks of Russia, America and China failed.")[0], "Russia/RUS/");
    assert_eq!(told("He was born in Birmingham, Ala., in 1950.")[0], "Birmingham/USA/Alabama");
}

#[test]
fn the_company_decides() {
    assert_eq!(told("Troops left Tbilisi for Gori as Georgia mourned.")[2], "Georgia/GEO/");
    assert_eq!(told("Drivers in Atlanta and Savannah know Georgia well.")[2], "Georgia/USA/Georgia");
    assert_eq!(told("Protests in London spread to Manchester and Leeds.")[1], "Manchester/GBR/England");
}

#[test]
fn kinds_of_places_beside_the_name_decide() {
    let found = find("Rebels hold Idlib province.");
    assert_eq!(found[0].place.as_ref().unwrap().precision, PlacePrecision::Province);
    assert_eq!(names("Deputies of Laurel County said so."), ["Laurel County"]);
    assert_eq!(
        told("Voters in Butler, Clark and Hamilton counties in Ohio turned out.")[0],
        "Butler/USA/Ohio"
    );
}

#[test]
fn persons_are_no_places() {
    assert!(names("Paris Hilton met George Washington.").is_empty());
    assert!(names("Sarah Lansing smiled. Lansing said she was tired.").is_empty());
    assert!(names("Mr. Lincoln spoke. Lincoln was tired.").is_empty());
    assert_eq!(names("The king of Jordan met Chad Smith."), ["Jordan"]);
}

#[test]
fn everyday_words_are_no_places() {
    assert!(names("Police said the Mobile phone was Nice. Reading is fun. Of course.").is_empty());
    assert_eq!(names("He lives in Reading, England."), ["Reading", "England"]);
    assert!(names("OK, he said. An ID was found. Native Americans agreed.").is_empty());
}

#[test]
fn regions_facilities_and_peoples() {
    let found = find("Fighting in the Donbas worries Iraqi officials near the Erez Crossing.");
    let kinds: Vec<_> =
        found.iter().filter_map(|t| t.place.as_ref()).map(|p| (p.name.as_str(), p.precision)).collect();
    assert_eq!(
        kinds,
        [
            ("Donbas", PlacePrecision::Region),
            ("Iraq", PlacePrecision::Country),
            ("Erez Crossing", PlacePrecision::Point)
        ]
    );
    assert!(found[1].demonym && !found[0].demonym);
}

#[test]
fn seats_of_power_are_places_only_where_asked_for() {
    assert!(names("The White House said no.").is_empty());
    assert_eq!(names("They met at the White House."), ["White House"]);
}

#[test]
fn arabic_articles_and_hyphens() {
    assert_eq!(told("Shells hit al-Bab, near Aleppo in Syria.")[0], "al-Bab/SYR/Aleppo");
    assert_eq!(names("Talks in Port-au-Prince failed."), ["Port-au-Prince"]);
}

#[test]
fn text_without_capitals_is_read_too() {
    let text = "ahmedabad: the chief minister of gujarat said on friday that the police would not leave the city before \
                all the shops were open again and that the report was of no use to him";
    assert_eq!(names(text), ["ahmedabad", "gujarat"]);
}

#[test]
fn unknown_features_lie_where_the_text_is() {
    let found = find("A car left Wichita Street in Topeka, Kansas.");
    let street = found[0].place.as_ref().unwrap();
    assert_eq!((street.name.as_str(), street.geonames), ("Wichita Street", None));
    assert_eq!(street.admin1.as_deref(), Some("Kansas"));
}

#[test]
fn removed_parts_are_not_read() {
    let text = "In Cairo. In Paris.";
    let removed = [Span::new(10, 19)];
    let mut found = Vec::new();
    let hints = Hints { removed: &removed, ..Hints::default() };
    Resolver::new().unwrap().find(text, &hints, &mut found);
    assert_eq!(found.len(), 1);
}

#[test]
fn given_spans_are_answered_in_their_order() {
    let text = "From Odessa to Midland, Texas";
    let spans = [Span::new(15, 22), Span::new(5, 11), Span::new(0, 4)];
    let answers = Resolver::new().unwrap().resolve_spans(text, &spans, &Hints::default());
    assert_eq!(answers.iter().map(|a| a.span).collect::<Vec<_>>(), spans);
    let odessa = answers[1].place.as_ref().unwrap();
    assert_eq!(odessa.admin1.as_deref(), Some("Texas"));
}

proptest! {
    #[test]
    fn any_text_gives_spans_that_slice(text in r"(\PC|\n|Paris|Mr\. |, |St\. |al-|County |the |of ){0,60}") {
        for t in find(&text) {
            prop_assert!(!t.span.of(&text).is_empty());
            prop_assert!((0.0..=1.0).contains(&t.score));
            if let Some(p) = t.place {
                prop_assert!((-90.0..=90.0).contains(&p.lat) && (-180.0..=180.0).contains(&p.lon));
            }
        }
    }

    #[test]
    fn any_spans_are_answered(text in r"(\PC|Texas |Paris ){0,30}", spans in prop::collection::vec((0u32..80, 0u32..80), 0..6)) {
        let spans: Vec<Span> = spans.iter().map(|(a, b)| Span::new(*a, *b)).collect();
        let answers = Resolver::new().unwrap().resolve_spans(&text, &spans, &Hints::default());
        prop_assert_eq!(answers.len(), spans.len());
    }
}

#[test]
fn an_everyday_word_is_a_place_where_it_is_called_one() {
    assert_eq!(
        told("A truck drove into a crowd in the southern city of Nice.")[0],
        "Nice/FRA/Provence-Alpes-Côte-d’Azur"
    );
    assert!(names("It was a Nice day.").is_empty());
}

#[test]
fn both_parts_of_a_double_name_are_the_persons() {
    assert_eq!(names("Gloria Macapagal-Arroyo left Manila. Arroyo said so."), ["Manila"]);
}

#[test]
fn what_stands_before_an_article_of_a_longer_name_is_no_place() {
    assert_eq!(names("Gunmen attacked the ministry in Bab al-Muadham in Baghdad."), ["Baghdad"]);
}

#[test]
fn peoples_mean_their_countries_by_their_usual_names() {
    let found = find("Palestinian officials met Dutch diplomats.");
    let of: Vec<&str> = found.iter().map(|t| t.place.as_ref().unwrap().name.as_str()).collect();
    assert_eq!(of, ["Palestinian territories", "Netherlands"]);
}
