//! Who says what in parsed sentences, and that any text can be read.

use dateline_core::codes::{SourceKind, Stance};
use dateline_core::{Document, Meta};
use dateline_syntax::{Model, Worker};
use dateline_voices::cues::Cues;
use dateline_voices::{Report, Voices};
use proptest::prelude::*;
use std::error::Error;

type Outcome = Result<(), Box<dyn Error>>;

/// Parses `text` and reads its voices.
fn voices(text: &str) -> Result<(Document, Voices), Box<dyn Error>> {
    let model = Model::embedded()?;
    let mut doc = Document::new(Meta::default(), text);
    Worker::new(&model).parse(&model, &mut doc);
    let voices = dateline_voices::read(&doc, &Cues::embedded()?, dateline_voices::quotations(&doc));
    Ok((doc, voices))
}

/// Source, cue and content of every report.
fn told(doc: &Document, reports: &[Report]) -> Vec<(String, String, Vec<String>)> {
    let of = |s: dateline_core::Span| s.of(&doc.text).to_owned();
    reports
        .iter()
        .map(|r| {
            let source = r.source_span.map_or(String::new(), of);
            (source, of(r.cue_span), r.content.iter().map(|c| of(*c)).collect())
        })
        .collect()
}

#[test]
fn a_verb_tells_its_clause() -> Outcome {
    let (doc, v) = voices("The minister denied that troops had crossed the border.")?;
    let expected = ("The minister", "denied", vec!["that troops had crossed the border"]);
    let found = told(&doc, &v.reports);
    let [(source, cue, content)] = &found[..] else { return Err(format!("{found:?}").into()) };
    assert_eq!((source.as_str(), cue.as_str(), content.iter().map(String::as_str).collect()), expected);
    assert_eq!(v.reports[0].stance, Stance::Denies);
    Ok(())
}

#[test]
fn an_inserted_saying_parts_its_content() -> Outcome {
    let (doc, v) = voices("The talks, the envoy said, will go on in Geneva.")?;
    let found = told(&doc, &v.reports);
    assert!(
        found.iter().any(|(s, c, parts)| s == "the envoy" && c == "said" && parts.len() == 2),
        "{found:?}"
    );
    Ok(())
}

#[test]
fn according_to_names_a_source() -> Outcome {
    let (_, v) = voices("Twelve people were killed in the raid, according to local officials.")?;
    assert!(v.reports.iter().any(|r| r.kind == SourceKind::AccordingTo && r.source.is_some()));
    Ok(())
}

#[test]
fn a_speech_over_two_quotations_has_one_speaker() -> Outcome {
    let (doc, v) =
        voices("\"We will not leave,\" said the mayor of the town. \"This land is ours and always was.\"")?;
    let names: Vec<&str> = v.speakers.iter().filter_map(|s| s.source).map(|t| doc.form(t)).collect();
    assert_eq!(names, ["mayor", "mayor"]);
    assert_eq!(v.reports.iter().map(|r| r.content.len()).max(), Some(2));
    Ok(())
}

#[test]
fn a_signature_names_the_speaker() -> Outcome {
    let (doc, v) = voices("\"They will be remembered by all of us for a long time.\" — Jane Doe")?;
    let speaker = v.speakers.first().and_then(|s| s.source).map(|t| doc.form(t));
    assert_eq!(speaker, Some("Doe"));
    Ok(())
}

#[test]
fn a_title_is_no_speech() -> Outcome {
    let (_, v) = voices("He appeared on \"Face the Nation\" on Sunday.")?;
    assert!(v.speakers.iter().all(|s| !s.spoken));
    Ok(())
}

#[test]
fn any_text_can_be_read() -> Outcome {
    let model = Model::embedded()?;
    let cues = Cues::embedded()?;
    let word = "[\"“”‘’',.:—\n ]{0,3}(he|said|that|told|Iran|according to|reportedly|claims|é|was quoted as saying|:)";
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(64));
    runner.run(&proptest::collection::vec(word, 0..40), |words| {
        let mut doc = Document::new(Meta::default(), words.join(" "));
        Worker::new(&model).parse(&model, &mut doc);
        let found = dateline_voices::read(&doc, &cues);
        for r in &found.reports {
            for span in r.content.iter().chain([&r.cue_span]).chain(&r.source_span) {
                prop_assert!(span.start <= span.end);
                prop_assert!(doc.text.get(span.start as usize..span.end as usize).is_some());
            }
        }
        prop_assert_eq!(found.quotes.len(), found.speakers.len());
        Ok(())
    })?;
    Ok(())
}
