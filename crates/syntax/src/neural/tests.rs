use super::*;
use crate::neural::{ENGLISH, ModelError};
use proptest::prelude::*;
use std::sync::OnceLock;

fn model() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::load(ENGLISH).unwrap())
}

/// Sentences of our own; the golden hash is over what the model says of them.
const SENTENCES: [&str; 8] = [
    "Egyptian President Mohamed Morsi will visit Tehran on Thursday , his spokesman said .",
    "Rebels attacked a convoy near Goma , killing at least 12 soldiers .",
    "“ We condemn this act ” , the ministry 's spokeswoman told reporters in Ankara .",
    "POLICE ARREST 30 PROTESTERS IN KHARTOUM",
    "The opposition was accused by the government of having planned a coup .",
    "France and Germany have n’t agreed to send troops to Mali",
    "If talks fail , the U.N. Security Council could impose new sanctions on North Korea .",
    "x",
];

fn annotate(worker: &mut Worker, sentence: &str) -> Vec<Prediction> {
    let forms: Vec<&str> = sentence.split(' ').collect();
    let mut out = Vec::new();
    worker.annotate(model(), &forms, &mut out);
    out
}

fn is_tree(out: &[Prediction]) -> bool {
    out.iter().filter(|p| p.head == 0).count() == 1
        && out.iter().all(|p| (p.head == 0) == (p.deprel == Deprel::Root))
        && (0..out.len()).all(|mut i| {
            (0..=out.len()).any(|_| match out[i].head {
                0 => true,
                h => {
                    i = h as usize - 1;
                    false
                }
            })
        })
}

fn golden(kernel: Kernel) -> u64 {
    let mut worker = Worker::with_kernel(model(), kernel);
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    for _ in 0..2 {
        for s in SENTENCES {
            for p in annotate(&mut worker, s) {
                let line = format!("{} {} {} {} {}\n", p.upos, p.xpos, p.head, p.deprel, p.ner);
                line.bytes().for_each(|b| h = (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3));
            }
        }
    }
    h
}

/// Changes with the model file and with nothing else: not with the machine, not with the kernel.
#[test]
fn predictions_are_the_same_on_every_machine() {
    for kernel in Kernel::available() {
        assert_eq!(format!("{:016x}", golden(kernel)), GOLDEN, "{kernel:?}");
    }
}

const GOLDEN: &str = "d4bacfbf13866379";

#[test]
fn a_plain_sentence_is_understood() {
    let out = annotate(&mut Worker::new(model()), SENTENCES[1]);
    assert_eq!((out[0].head, out[0].deprel), (2, Deprel::Nsubj));
    assert_eq!((out[3].head, out[3].deprel), (2, Deprel::Obj));
    assert_eq!(out[1].xpos, Xpos::Vbd);
    let out = annotate(&mut Worker::new(model()), SENTENCES[5]);
    assert_eq!(out[0].ner.to_string(), "B-LOC");
}

#[test]
fn long_sentences_are_read_in_pieces() {
    let words: Vec<&str> = SENTENCES[0].split(' ').collect();
    let long: Vec<&str> = words.iter().copied().cycle().take(3 * MAX_WORDS + 1).collect();
    let mut out = Vec::new();
    Worker::new(model()).annotate(model(), &long, &mut out);
    assert_eq!(out.len(), long.len());
    assert!(is_tree(&out));
}

#[test]
fn sentences_are_read_the_same_alone_and_together() {
    let sentences: Vec<Vec<&str>> =
        SENTENCES.iter().cycle().take(20).map(|s| s.split(' ').collect()).collect();
    let long: Vec<&str> = sentences.concat().into_iter().cycle().take(MAX_WORDS + 7).collect();
    let mut all: Vec<Vec<&str>> = sentences;
    all.insert(3, Vec::new());
    all.insert(9, long);
    let (mut alone, mut together, mut out) = (Vec::new(), Vec::new(), Vec::new());
    for sentence in &all {
        Worker::new(model()).annotate(model(), sentence, &mut out);
        alone.append(&mut out);
    }
    let lengths: Vec<usize> = all.iter().map(Vec::len).collect();
    let mut worker = Worker::new(model());
    for _ in 0..2 {
        worker.annotate_all(model(), &all.concat(), &lengths, &mut together);
        assert_eq!(together, alone);
    }
}

#[test]
fn nothing_gives_nothing() {
    let mut out = annotate(&mut Worker::new(model()), "a b");
    Worker::new(model()).annotate(model(), &[], &mut out);
    assert!(out.is_empty());
}

#[test]
fn the_file_says_where_it_comes_from() {
    assert!(model().licence().contains("CC BY-SA"));
    assert!(model().data().contains("EWT"));
}

#[test]
fn other_files_are_refused() {
    let with = |i: usize, v: u8| {
        let mut bytes = ENGLISH.to_vec();
        bytes[i] = v;
        Model::load(&bytes).unwrap_err()
    };
    assert_eq!(Model::load(b"{}").unwrap_err(), ModelError::Magic);
    assert_eq!(with(0, 0), ModelError::Magic);
    assert_eq!(with(8, 99), ModelError::Version(99));
    assert_eq!(with(ENGLISH.len() - 1, 77), ModelError::Checksum);
    assert_eq!(Model::load(&ENGLISH[..ENGLISH.len() / 2]).unwrap_err(), ModelError::Checksum);
    assert_eq!(Model::load(&ENGLISH[..9]).unwrap_err(), ModelError::Truncated);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn truncated_bodies_never_panic(n in 0usize..4_000_000) {
        prop_assert!(Model::read(&ENGLISH[20..20 + n]).is_err());
    }

    #[test]
    fn damaged_files_never_panic(at in 0usize..9_000_000, value in any::<u8>(), text in "\\PC{1,20}( \\PC{1,8}){0,9}") {
        // Damage in the header is likely to be seen, damage in the weights gives another valid model.
        for at in [at, at % 3000] {
            let mut body = ENGLISH[20..].to_vec();
            let at = at % body.len();
            body[at] = value;
            if let Ok(m) = Model::read(&body) {
                let mut out = Vec::new();
                let forms: Vec<&str> = text.split(' ').collect();
                Worker::new(&m).annotate(&m, &forms, &mut out);
                prop_assert!(is_tree(&out));
            }
        }
    }

    #[test]
    fn any_words_give_a_tree(forms in proptest::collection::vec("\\PC{0,12}", 1..40)) {
        let forms: Vec<&str> = forms.iter().map(String::as_str).collect();
        let mut out = Vec::new();
        Worker::new(model()).annotate(model(), &forms, &mut out);
        prop_assert_eq!(out.len(), forms.len());
        prop_assert!(is_tree(&out));
    }
}

/// `cargo test --release -p dateline-syntax speed -- --ignored --nocapture` tells the speed of each kernel.
#[test]
#[ignore = "measures, asserts nothing"]
fn speed_of_each_kernel() {
    for kernel in Kernel::available() {
        let mut worker = Worker::with_kernel(model(), kernel);
        let (mut words, start) = (0, std::time::Instant::now());
        for _ in 0..200 {
            words += SENTENCES.iter().map(|s| annotate(&mut worker, s).len()).sum::<usize>();
        }
        println!("{kernel:?}: {:.0} words/s", words as f64 / start.elapsed().as_secs_f64());
    }
}
