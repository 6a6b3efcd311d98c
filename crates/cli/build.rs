//! Fingerprints of what the program knows: a run notes them, and is resumed only with the same.

use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

fn main() {
    for (folder, variable) in [("../../models", "DATELINE_MODELS"), ("../../knowledge", "DATELINE_KNOWLEDGE")]
    {
        println!("cargo:rerun-if-changed={folder}");
        let mut files = Vec::new();
        gather(Path::new(folder), &mut files);
        files.sort();
        let mut hash = Sha256::new();
        for file in files {
            let bytes = std::fs::read(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
            hash.update(file.to_string_lossy().as_bytes());
            hash.update((bytes.len() as u64).to_le_bytes());
            hash.update(&bytes);
        }
        let digits: String = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        println!("cargo:rustc-env={variable}={digits}");
    }
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    for entry in entries.filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() { gather(&path, files) } else { files.push(path) }
    }
}
