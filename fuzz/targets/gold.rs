#![no_main]
//! Annotated reports: a line that is the text, and behind it the annotation.

use dateline::Format;
use dateline_fuzz::{file, options_of, read, set_up};
use dateline_gold::{file_name, score::Score};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    let line = data.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let Ok(text) = serde_json::from_slice::<dateline_gold::Text>(line) else { return };
    if text.id.len() > 100 {
        return;
    }
    let texts = file("gold/texts.jsonl", line);
    let annotation = file(&format!("gold/{}", file_name(&text.id)), &data[line.len()..]);
    let cases = dateline_gold::read(annotation.parent().expect("a folder"), &texts);
    std::fs::remove_file(&annotation).expect("a file");
    for case in cases.unwrap_or_default() {
        if let Some(record) = read(text.text.as_bytes(), &options_of(Format::Text)) {
            let _ = Score::default().add(&case, &record.in_code_points());
        }
    }
});
