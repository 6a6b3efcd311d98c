#![no_main]
//! Lists of actors in the format of PETRARCH: what is made of them are tables that are read.

use dateline_fuzz::{MODEL, file, set_up};
use dateline_knowledge::{Knowledge, petrarch::Import};
use libfuzzer_sys::fuzz_target;

fuzz_target!(init: set_up(), |data: &[u8]| {
    let mut import = Import::new(MODEL.knowledge());
    import.read("list", data);
    if import.counts() == [0; 3] {
        return;
    }
    let mut folder = None;
    for (name, text) in import.tables() {
        let path = file(&format!("imported/{name}"), text.as_bytes());
        folder = folder.or(path.ancestors().find(|path| path.ends_with("imported")).map(ToOwned::to_owned));
    }
    Knowledge::with_dir(folder.expect("a folder")).expect("imported tables are tables");
});
