//! After warm-up a worker allocates nothing for a token.

use dateline_core::{Document, Meta};
use dateline_syntax::neural::{self, ENGLISH};
use dateline_syntax::{Model, Worker};

/// News of our own, `n` paragraphs; every one holds names and numbers that no other has.
fn news(n: usize) -> String {
    let paragraph = |i: usize| {
        format!(
            "Rebel commander Tomas Wel{i} attacked {i} villages near Goma on Tuesday, killing at least 1{i} soldiers. \
             \"We won't stop,\" a spokesman for Front-{i} told the U.N. envoy, who had asked Lt. Gen. Kar{i} to withdraw.\n\n"
        )
    };
    (0..n).map(paragraph).collect()
}

fn document(paragraphs: usize) -> Document {
    Document::new(Meta::default(), news(paragraphs))
}

#[test]
fn the_neural_worker_allocates_nothing_after_warm_up() {
    let model = neural::Model::load(ENGLISH).unwrap();
    let (mut worker, mut out) = (neural::Worker::new(&model), Vec::new());
    let text = news(40);
    let sentences: Vec<Vec<&str>> = text.lines().map(|l| l.split(' ').collect()).collect();
    // The warm-up: a sentence as long as can be, without and with repetitions.
    let words = |stem: &str| (0..neural::MAX_WORDS).map(|i| format!("{stem}{i}")).collect::<Vec<_>>();
    let (known, fresh) = (words("Kar"), words("Zor"));
    let (known, fresh): (Vec<&str>, Vec<&str>) =
        (known.iter().map(String::as_str).collect(), fresh.iter().map(String::as_str).collect());
    let longest: Vec<&str> = text.split_whitespace().take(neural::MAX_WORDS).collect();
    worker.annotate(&model, &known, &mut out);
    worker.annotate(&model, &longest, &mut out);
    let counted = allocation_counter::measure(|| {
        for sentence in &sentences {
            worker.annotate(&model, sentence, &mut out);
        }
        worker.annotate(&model, &fresh, &mut out);
        worker.annotate(&model, &longest, &mut out);
    });
    assert_eq!(counted.count_total, 0, "{} bytes", counted.bytes_total);
}

#[test]
fn the_whole_stage_allocates_by_document_and_not_by_token() {
    let model = Model::embedded().unwrap();
    let mut worker = Worker::new(&model);
    let (mut small, mut large) = (document(20), document(200));
    let mut count = |document: &mut Document| {
        // The first time fills the buffers of worker and document.
        worker.parse(&model, document);
        allocation_counter::measure(|| worker.parse(&model, document)).count_total
    };
    let (large_count, small_count) = (count(&mut large), count(&mut small));
    assert!(large.syntax.tokens.len() > 8 * small.syntax.tokens.len());
    assert!(large_count <= small_count.max(8), "{large_count} against {small_count} for a tenth of the text");
}
