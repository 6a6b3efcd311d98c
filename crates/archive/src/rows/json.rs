//! JSON values: one object, a list of objects, an object around such a list, a feed.

use crate::container::Members;
use crate::entries::Options;
use crate::entry::{Entry, Fault, FaultKind, Place, Unit};
use crate::feed;
use crate::fields::Fields;
use crate::rows::values;
use crate::source::Opened;
use serde_json::{Map, Value};
use std::io::Read;

/// The longest JSON value that is read whole.
const LONGEST: u64 = 64 << 20;

pub(crate) fn members(opened: Opened, options: &Options) -> Result<Members, Fault> {
    let (place, stem) = (opened.place(), opened.source.stem());
    let mut bytes = Vec::new();
    let content = opened.content().map_err(|error| Fault::io(place.clone(), &error))?;
    content.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| Fault::io(place.clone(), &error))?;
    if bytes.len() as u64 > LONGEST {
        let reason =
            format!("holds more than {LONGEST} bytes in one JSON value: write an object a line (.jsonl)");
        return Err(Fault::new(place, FaultKind::TooLarge, reason));
    }
    if values::are_too_many(&bytes) {
        return Err(Fault::new(place, FaultKind::TooLarge, values::TOO_MANY));
    }
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| {
        Fault::new(place.clone(), FaultKind::Malformed, format!("is no JSON ({error}): mend it"))
    })?;
    if value["version"].as_str().is_some_and(|version| version.contains("jsonfeed.org")) {
        return feed::entries(&bytes, None, place);
    }
    let (fields, max_bytes) = (options.fields.clone(), options.max_bytes);
    let mut number = 0;
    Ok(Box::new(objects(value).into_iter().map(move |value| {
        number += 1;
        let here = place.at(Unit::Entry, number);
        match value {
            Value::Object(object) => entry(&object, &fields, here, format!("{stem}-{number}"), max_bytes),
            _ => Err(Fault::new(here, FaultKind::Malformed, "is no JSON object")),
        }
    })))
}

/// The rows in a value: those of a list, those of the only list of objects in an object, or the object itself.
fn objects(value: Value) -> Vec<Value> {
    match value {
        Value::Array(rows) => rows,
        Value::Object(mut object) => {
            let is_rows = |value: &Value| {
                value.as_array().is_some_and(|rows| rows.first().is_some_and(Value::is_object))
            };
            let names: Vec<String> =
                object.iter().filter(|(_, value)| is_rows(value)).map(|(name, _)| name.clone()).collect();
            match names.as_slice() {
                [one] => match object.remove(one) {
                    Some(Value::Array(rows)) => rows,
                    _ => Vec::new(),
                },
                _ => vec![Value::Object(object)],
            }
        }
        other => vec![other],
    }
}

/// The report in an object. A field may lie within others: `body.text`.
pub(crate) fn entry(
    object: &Map<String, Value>,
    fields: &Fields,
    place: Place,
    id: String,
    max_bytes: usize,
) -> Result<Entry, Fault> {
    let get = |name: &str| {
        let found = object.get(name).or_else(|| {
            let mut parts = name.split('.');
            let first = object.get(parts.next()?)?;
            parts.try_fold(first, |value, part| value.get(part))
        });
        let found = found.or_else(|| Some(object.iter().find(|(key, _)| key.to_lowercase() == name)?.1));
        word(found?)
    };
    let entry = fields.entry(get, || object.keys().cloned().collect(), place, id)?;
    if entry.bytes.len() > max_bytes {
        return Err(Fault::too_large(entry.place, max_bytes));
    }
    Ok(entry)
}

fn word(value: &Value) -> Option<Vec<u8>> {
    match value {
        Value::String(text) => Some(text.clone().into_bytes()),
        Value::Number(number) => Some(number.to_string().into_bytes()),
        Value::Array(items) => {
            let words: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            (!words.is_empty()).then(|| words.join(", ").into_bytes())
        }
        // {"source": {"name": "Example Wire"}}
        Value::Object(object) => word(object.get("name").filter(|name| name.is_string())?),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{entry, objects};
    use crate::entry::Place;
    use crate::fields::Fields;
    use serde_json::json;

    #[test]
    fn rows_are_found_in_lists_and_answers() {
        assert_eq!(objects(json!([{"text": "a"}, {"text": "b"}])).len(), 2);
        assert_eq!(objects(json!({"status": "ok", "articles": [{"text": "a"}, {"text": "b"}]})).len(), 2);
        assert_eq!(objects(json!({"text": "a", "tags": ["x"]})).len(), 1);
    }

    #[test]
    fn fields_may_lie_within_others() {
        let row = json!({"body": {"text": "The envoy left."}, "authors": ["Jane Doe", "John Roe"],
                         "source": {"name": "Example Wire"}, "id": 7});
        let fields = Fields { text: Some("body.text".to_owned()), ..Fields::default() };
        let entry = entry(row.as_object().unwrap(), &fields, Place::default(), String::new(), 100).unwrap();
        assert_eq!((entry.bytes.as_slice(), entry.id.as_str()), (b"The envoy left.".as_slice(), "7"));
        assert_eq!(entry.known.author.as_deref(), Some("Jane Doe, John Roe"));
        assert_eq!(entry.known.publisher.as_deref(), Some("Example Wire"));
    }
}
