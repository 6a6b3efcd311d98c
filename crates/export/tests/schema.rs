//! The schema, the code and the documentation say the same.

mod common;

use dateline_core::codes::{Context, EntityKind, EventType, Mode, Sector, SourceKind, Stance, Status};
use dateline_core::record::Record;
use serde_json::Value;
use std::collections::BTreeSet;

fn schema() -> Value {
    dateline_export::schema().expect("the schema is JSON")
}

fn errors(record: Record) -> Vec<String> {
    let validator = jsonschema::validator_for(&schema()).expect("the schema is a schema");
    let value = serde_json::to_value(record.in_code_points()).expect("a record is JSON");
    validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path)).collect()
}

#[test]
fn a_full_and_an_empty_record_fit() {
    assert_eq!(errors(common::full()), Vec::<String>::new());
    assert_eq!(errors(common::empty()), Vec::<String>::new());
}

#[test]
fn a_wrong_value_does_not_fit() {
    let mut record = common::full();
    record.events[0].quad = 9;
    record.events[0].id = "short".into();
    assert_eq!(errors(record).len(), 2);
}

#[test]
fn closed_lists_are_those_of_the_codebook() {
    let schema = schema();
    let listed = |pointer: &str| -> BTreeSet<String> {
        let list = schema.pointer(pointer).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    };
    macro_rules! same {
        ($pointer:literal, $all:expr) => {
            assert_eq!(listed($pointer), $all.iter().map(|v| v.as_str().to_owned()).collect(), $pointer);
        };
    }
    same!("/$defs/type/enum", EventType::ALL);
    same!("/$defs/mode/enum", Mode::ALL);
    same!("/$defs/event/properties/status/enum", Status::ALL);
    same!("/$defs/event/properties/contexts/items/enum", Context::ALL);
    same!("/$defs/entity/properties/kind/enum", EntityKind::ALL);
    same!("/$defs/entity/properties/sector/enum", Sector::ALL);
    same!("/$defs/source/properties/kind/enum", SourceKind::ALL);
    same!("/$defs/source/properties/stance/enum", Stance::ALL);
    same!("/$defs/when/properties/precision/enum", dateline_core::Precision::ALL);
}

/// Every property name in the schema.
fn properties(value: &Value, found: &mut BTreeSet<String>) {
    if let Some(object) = value.as_object() {
        if let Some(properties) = object.get("properties").and_then(Value::as_object) {
            found.extend(properties.keys().cloned());
        }
        object.values().for_each(|v| properties(v, found));
    }
}

#[test]
fn the_documentation_names_every_field() {
    let docs = include_str!("../../../docs/schema.md");
    let mut names = BTreeSet::new();
    properties(&schema(), &mut names);
    let missing: Vec<&String> = names.iter().filter(|n| !docs.contains(&format!("`{n}`"))).collect();
    assert!(missing.is_empty(), "docs/schema.md does not speak of {missing:?}");
}
