//! `stories`: which reports are of one story.

use super::{Failure, field, joined};
use dateline_story::stories::{Subject, group};
use serde_json::{Value, json};

pub(crate) fn predict(text: &str) -> Result<String, Failure> {
    let rows: Vec<Value> =
        text.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
    let subject = |row: &Value| {
        let day = field(row, "date").get(..10).and_then(|d| d.parse().ok());
        Subject::new(field(row, "title"), field(row, "text"), &[], day)
    };
    let mut dated: Vec<(usize, Subject)> = rows.iter().map(subject).enumerate().collect();
    dated.sort_by_key(|(_, s)| s.day);
    let (order, subjects): (Vec<usize>, Vec<Subject>) = dated.into_iter().unzip();
    let mut stories = vec![0; rows.len()];
    for (&row, story) in order.iter().zip(group(&subjects.iter().collect::<Vec<_>>())) {
        stories[row] = story;
    }
    let answer =
        |(row, story): (&Value, &u32)| json!({"id": row["id"], "label": story.to_string()}).to_string();
    Ok(joined(&rows.iter().zip(&stories).map(answer).collect::<Vec<_>>()))
}
