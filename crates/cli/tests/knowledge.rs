//! Tables of the user's own: `--knowledge` and `dateline knowledge import`.

mod common;

use common::{dateline, folder, stdout, within};
use serde_json::Value;

const LIST: &[u8] =
    b"ORCHARD_VANGUARD [KENREB]\n+ORCHARD_GUARD\nNOBODY_AT_ALL [QQQ]\nMOONWARDEN {MOONWARDENS} [~COP]\n";
const REPORT: &[u8] =
    b"NAIROBI, March 3, 2031 (Example Wire) - Orchard Vanguard attacked a French convoy on Monday.\n";

#[test]
fn an_imported_actor_is_coded() {
    let files = folder(&[("list.txt", LIST), ("report.txt", REPORT)]);
    let (list, tables, report) =
        (within(&files, "list.txt"), within(&files, "tables"), within(&files, "report.txt"));
    for _ in 0..2 {
        let run = dateline(&["knowledge", "import", &list, "--output", &tables]).assert().success();
        let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(told.contains("list.txt:3: ") && told.contains("1 of organizations, 1 of roles"), "{told}");
    }
    let codes = |more: &[&str]| {
        let mut args = vec!["read", "--format", "json", &report];
        args.extend(more);
        let record: Value = serde_json::from_str(&stdout(&args)).expect("JSON");
        record["entities"].to_string()
    };
    let (with, without) = (codes(&["--knowledge", &tables]), codes(&[]));
    assert!(with.contains("KENREB"), "{with}");
    assert!(!without.contains("KENREB"), "{without}");
}

#[test]
fn a_broken_table_is_told_with_its_line() {
    let files =
        folder(&[("report.txt", REPORT), ("tables/roles.tsv", b"# mine\nmoonwarden\t\tMOON\tperson\t\n")]);
    let tables = within(&files, "tables");
    for command in ["read", "parse", "when", "where", "quotes", "explain"] {
        let run =
            dateline(&[command, &within(&files, "report.txt"), "--knowledge", &tables]).assert().code(2);
        let told = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(told.contains("roles.tsv:2: "), "{told}");
    }
}

#[test]
fn an_import_leaves_tables_alone_that_somebody_wrote() {
    let files = folder(&[("list.txt", LIST), ("tables/roles.tsv", b"moonwarden\t\tCOP\tperson\t\n")]);
    let tables = within(&files, "tables");
    dateline(&["knowledge", "import", &within(&files, "list.txt"), "--output", &tables]).assert().code(2);
    let kept = std::fs::read_to_string(files.path().join("tables/roles.tsv")).expect("the table");
    assert!(kept.starts_with("moonwarden"));
    assert!(!files.path().join("tables/organizations/imported.tsv").exists());
}
