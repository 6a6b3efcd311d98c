//! Which fields of a row, a JSON object or a column hold what.

use crate::entry::{Entry, Fault, FaultKind, Known, Place};
use dateline_ingest::Format;
use jiff::civil::Date;

/// The names of the fields, where the user tells them; else the usual names are tried.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields {
    /// The text or page.
    pub text: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// The identifier.
    pub id: Option<String>,
    /// The address.
    pub url: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
}

/// The usual names, the surest first.
const TEXT: [&str; 11] = [
    "text",
    "body",
    "content",
    "maintext",
    "full_text",
    "fulltext",
    "article",
    "article_text",
    "articlebody",
    "html",
    "story",
];
const TITLE: [&str; 3] = ["title", "headline", "head"];
const DATE: [&str; 9] = [
    "date",
    "published",
    "date_publish",
    "published_at",
    "publishedat",
    "publish_date",
    "pub_date",
    "pubdate",
    "publication_date",
];
const ID: [&str; 7] = ["id", "doc_id", "docid", "document_id", "article_id", "uuid", "guid"];
const URL: [&str; 3] = ["url", "link", "source_url"];
const PUBLISHER: [&str; 7] =
    ["publisher", "source", "source_name", "source_domain", "outlet", "publication", "newspaper"];
const AUTHOR: [&str; 3] = ["author", "authors", "byline"];

impl Fields {
    /// The names that are asked for, for readers that can leave out the rest.
    pub fn wanted(&self) -> Vec<&str> {
        let mut all = Vec::new();
        for (told, usual) in self.each() {
            match told {
                Some(name) => all.push(name),
                None => all.extend(usual),
            }
        }
        all
    }

    fn each(&self) -> [(Option<&str>, &'static [&'static str]); 7] {
        [
            (self.text.as_deref(), &TEXT),
            (self.title.as_deref(), &TITLE),
            (self.date.as_deref(), &DATE),
            (self.id.as_deref(), &ID),
            (self.url.as_deref(), &URL),
            (self.publisher.as_deref(), &PUBLISHER),
            (self.author.as_deref(), &AUTHOR),
        ]
    }

    /// The report in a row, whose fields `get` reads; `id` is its identifier if it has none of its own.
    ///
    /// # Errors
    /// When the row has no text.
    pub fn entry(
        &self,
        get: impl Fn(&str) -> Option<Vec<u8>>,
        has: impl Fn() -> Vec<String>,
        place: Place,
        id: String,
    ) -> Result<Entry, Fault> {
        let [text, title, date, own_id, url, publisher, author] =
            self.each().map(|(told, usual)| match told {
                Some(name) => get(name),
                None => usual.iter().find_map(|name| get(name)),
            });
        let word = |bytes: Option<Vec<u8>>| {
            let text = String::from_utf8_lossy(&bytes?).trim().to_owned();
            (!text.is_empty()).then_some(text)
        };
        let Some(bytes) = text else {
            let what = self.text.as_deref().map_or("text".to_owned(), |name| format!("field `{name}`"));
            let mut names = has();
            names.truncate(30);
            let reason =
                format!("no {what} here: name its field with --text-field (fields: {})", names.join(", "));
            return Err(Fault { url: word(url), ..Fault::new(place, FaultKind::NoText, reason) });
        };
        let mut warnings = Vec::new();
        let told = word(date);
        let published = told.as_deref().and_then(day);
        if let (Some(told), None) = (told, published) {
            let short: String = told.chars().take(40).collect();
            warnings.push(format!("the date `{short}` is not understood"));
        }
        let known = Known {
            url: word(url),
            publisher: word(publisher),
            title: word(title),
            author: word(author),
            published,
            ..Known::default()
        };
        Ok(Entry { place, id: word(own_id).unwrap_or(id), known, bytes, format: Format::Auto, warnings })
    }
}

/// The day in a value: a date in any usual form, or the seconds since 1970, or their thousandths to billionths.
fn day(value: &str) -> Option<Date> {
    if let Ok(number) = value.parse::<f64>()
        && number.abs() >= 1e8
        && !(value.len() == 8 && (1.8e7..2.3e7).contains(&number))
    {
        let steps = [(1e17, 1e9), (1e14, 1e6), (1e11, 1e3)];
        let unit = steps.iter().find(|(least, _)| number.abs() >= *least).map_or(1.0, |(_, unit)| *unit);
        let seconds = number / unit;
        let stamp = jiff::Timestamp::from_second(seconds as i64).ok()?;
        return Some(stamp.to_zoned(jiff::tz::TimeZone::UTC).date());
    }
    dateline_ingest::day_in(value)
}

#[cfg(test)]
mod tests {
    use super::{Fields, day};
    use crate::entry::{FaultKind, Place};
    use jiff::civil::date;

    fn get<'a>(row: &'a [(&'a str, &'a str)]) -> impl Fn(&str) -> Option<Vec<u8>> + 'a {
        move |name| row.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_bytes().to_vec())
    }

    #[test]
    fn usual_names_are_known_and_told_names_win() {
        let row = [
            ("body", "The envoy left."),
            ("lead", "Left."),
            ("date_publish", "2012-11-21 10:00:00"),
            ("id", " 7 "),
        ];
        let entry = |fields: &Fields| fields.entry(get(&row), Vec::new, Place::default(), "x-1".to_owned());
        let plain = entry(&Fields::default()).unwrap();
        assert_eq!((plain.bytes.as_slice(), plain.id.as_str()), (b"The envoy left.".as_slice(), "7"));
        assert_eq!(plain.known.published, Some(date(2012, 11, 21)));
        let told = Fields { text: Some("lead".to_owned()), id: Some("key".to_owned()), ..Fields::default() };
        let told = entry(&told).unwrap();
        assert_eq!((told.bytes.as_slice(), told.id.as_str()), (b"Left.".as_slice(), "x-1"));
    }

    #[test]
    fn a_row_without_text_says_what_it_has() {
        let has = || vec!["a".to_owned(), "b".to_owned()];
        let fault = Fields::default().entry(|_| None, has, Place::default(), String::new()).unwrap_err();
        assert_eq!(fault.kind, FaultKind::NoText);
        assert!(fault.reason.contains("--text-field") && fault.reason.contains("a, b"));
    }

    #[test]
    fn dates_may_be_numbers() {
        let november = Some(date(2012, 11, 21));
        for value in [
            "1353456000",
            "1353456000000",
            "1353456000000000000",
            "20121121",
            "2012-11-21T10:00:00Z",
            "November 21, 2012",
        ] {
            assert_eq!(day(value), november, "{value}");
        }
        assert_eq!((day("12"), day("soon"), day("1e300")), (None, None, None));
    }
}
