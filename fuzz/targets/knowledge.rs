#![no_main]
//! Tables of the user's own (`--knowledge`): parts that begin with `== NAME`, each a file.

use dateline_events::Coder;
use dateline_fuzz::{file, set_up};
use dateline_knowledge::Knowledge;
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 11] = [
    "countries.tsv",
    "demonyms_extra.tsv",
    "organizations/own.tsv",
    "roles.tsv",
    "persons/own.tsv",
    "organization_patterns.tsv",
    "honorifics.tsv",
    "first_names.tsv",
    "frames/consult.tsv",
    "status/cues.tsv",
    "contexts.tsv",
];

fuzz_target!(init: set_up(), |data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let mut folder = None;
    for name in NAMES {
        let told = text.split("== ").find_map(|part| part.strip_prefix(name)).unwrap_or_default();
        let path = file(&format!("knowledge/{name}"), told.trim_start_matches('\n').as_bytes());
        folder = folder.or(path.parent().map(ToOwned::to_owned));
    }
    let folder = folder.expect("a folder");
    let _ = Coder::with_dir(&folder);
    let Ok(knowledge) = Knowledge::with_dir(folder) else { return };
    let tokens: Vec<&str> = text.split_whitespace().take(12).collect();
    for start in 0..tokens.len() {
        knowledge.longest(&tokens[start..]);
        knowledge.pattern(&tokens[start..]);
    }
});
