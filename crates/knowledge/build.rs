//! Lists the tables under `knowledge/` that this crate embeds, so that a new file needs no line of code.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const TABLES: &[&str] = &[
    "countries.tsv",
    "demonyms_extra.tsv",
    "first_names.tsv",
    "honorifics.tsv",
    "organization_patterns.tsv",
    "roles.tsv",
];
const FOLDERS: &[&str] = &["organizations", "persons"];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../knowledge").canonicalize()?;
    let mut names: Vec<String> = TABLES.iter().map(|&name| name.to_owned()).collect();
    for folder in FOLDERS {
        println!("cargo::rerun-if-changed={}", root.join(folder).display());
        let mut found: Vec<PathBuf> = fs::read_dir(root.join(folder))?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<_, std::io::Error>>()?;
        found.retain(|path| path.extension().is_some_and(|end| end == "tsv"));
        found.sort();
        for path in found {
            let file =
                path.file_name().and_then(|name| name.to_str()).ok_or("a table's name is not Unicode")?;
            names.push(format!("{folder}/{file}"));
        }
    }
    let mut code = String::from("/// Path below `knowledge/` and text of every embedded table.\n");
    code.push_str("pub(crate) static EMBEDDED: &[(&str, &str)] = &[\n");
    for name in &names {
        let path = root.join(name);
        println!("cargo::rerun-if-changed={}", path.display());
        writeln!(code, "    ({name:?}, include_str!(r\"{}\")),", path.display())?;
    }
    code.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("embedded.rs"), code)?;
    Ok(())
}
