//! Every form of a record, written and read back.

mod common;

use dateline_core::record::Record;
use dateline_export::layout::{Layout, Options};
use dateline_export::table::Look;
use dateline_export::{ExportError, Format, Shape, Table, Tables, Writer};

fn written(records: Vec<Record>, format: Format, shape: Shape) -> String {
    let mut writer = Writer::new(Vec::new(), format, shape, Look::default());
    for record in records {
        writer.write(record).expect("memory takes it");
    }
    String::from_utf8(writer.finish().expect("memory takes it")).expect("text")
}

fn rows(text: &str, delimiter: u8) -> Vec<std::collections::HashMap<String, String>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    reader.deserialize().collect::<Result<_, _>>().expect("rows fit the header")
}

#[test]
fn offsets_in_json_count_code_points() {
    let text = written(vec![common::full()], Format::Json, Shape::One);
    let record: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let trigger = &record["events"][0]["mentions"][0]["trigger"];
    let (start, end) = (trigger[0].as_u64().unwrap() as usize, trigger[1].as_u64().unwrap() as usize);
    let words: String = common::TEXT.chars().skip(start).take(end - start).collect();
    assert_eq!(words, "demanded");
}

#[test]
fn several_records_are_an_array_or_lines() {
    let array = written(vec![common::full(), common::empty()], Format::Json, Shape::Many);
    assert_eq!(serde_json::from_str::<Vec<serde_json::Value>>(&array).expect("an array").len(), 2);
    assert_eq!(written(Vec::new(), Format::Json, Shape::Many), "[]\n");
    assert_eq!(written(vec![common::full(), common::empty()], Format::Jsonl, Shape::Many).lines().count(), 2);
}

#[test]
fn a_row_of_csv_holds_the_event() {
    for (format, delimiter) in [(Format::Csv, b','), (Format::Tsv, b'\t')] {
        let rows = rows(&written(vec![common::full(), common::empty()], format, Shape::Many), delimiter);
        assert_eq!(rows.len(), 1);
        let row = &rows[0];
        for (column, value) in [
            ("doc_id", "full"),
            ("type", "REQUEST"),
            ("mode", "yield"),
            ("actors", "Señor Peña"),
            ("actor_codes", "PERGOV"),
            ("recipients", "Chile"),
            ("place", "Iquique"),
            ("when_start", "2031-03-04"),
            ("contexts", "diplomatic; legal"),
            ("about_mode", "release"),
            ("background", "true"),
            ("trigger_start", "11"),
            ("trigger", "demanded"),
        ] {
            assert_eq!(row[column], value, "{column}");
        }
    }
}

#[test]
fn a_run_without_events_has_a_header() {
    let text = written(Vec::new(), Format::Csv, Shape::Many);
    assert!(text.starts_with("doc_id,event_id,published,type,mode,status,"), "{text}");
    assert_eq!(text.lines().count(), 1);
}

#[test]
fn all_tables_share_identifiers() {
    let mut tables = Tables::new(|_| Ok::<_, ExportError>(Vec::new()), b',').expect("memory takes it");
    tables.write(&common::full()).expect("memory takes it");
    let outputs = tables.finish().expect("memory takes it");
    let of = |table: Table| rows(std::str::from_utf8(&outputs[table as usize]).expect("text"), b',');
    let [events, statements, entities, mentions] =
        [Table::Events, Table::Statements, Table::Entities, Table::Mentions].map(of);
    assert_eq!(of(Table::Documents)[0]["title"], "A demand, \"quoted\"");
    assert_eq!(of(Table::Places)[0]["place_id"], events[0]["place_id"]);
    assert_eq!(events[0]["actor_ids"], entities[0]["entity_id"]);
    assert_eq!(statements[0]["speaker_id"], "e1");
    assert_eq!(mentions.len(), 4);
    assert_eq!(mentions[3]["of"], "event");
    assert_eq!(mentions[3]["id"], events[0]["event_id"]);
    assert!(mentions.iter().all(|m| m["sentence"] == "0"));
}

#[test]
fn cameo_has_a_line_for_every_dyad() {
    let mut record = common::full();
    let lines = |record: &Record| {
        let mut out = Vec::new();
        Layout::Cameo.write(record, Options::default(), &mut out).expect("memory takes it");
        String::from_utf8(out).expect("text")
    };
    assert_eq!(lines(&record), "2031-03-04\tPERGOV\tCHLGOV\t105\n");
    record.events[0].recipients.clear();
    record.events[0].actors.push("e2".into());
    record.events[0].when = None;
    assert_eq!(lines(&record), "2031-03-05\tPERGOV\tCHLGOV\t105\n2031-03-05\tCHLGOV\tPERGOV\t105\n");
    record.events[0].plover = None;
    assert_eq!(lines(&record), "");
}

#[test]
fn the_table_is_read_by_people() {
    let text = written(vec![common::full()], Format::Table, Shape::One);
    assert_eq!(
        text,
        "\
== full | 2031-03-05 | Example Wire | A demand, \"quoted\"

happened REQUEST/yield about RETREAT/release (background) 0.50
  who      Señor Peña [PERGOV] → Chile [CHLGOV]
  where    Iquique, CHL
  when     2031-03-04 (on Tuesday)
  numbers  1 killed, 2 injured, 3 arrested, 4 taking part
  word of  Señor Peña (indirect)
  text     Señor Peña «demanded» on Tuesday that Chile, \"a friend\", release the crew in Iquique; he
           said so.

Statements
  Señor Peña [PERGOV] (said, to reporters, in Iquique, on 2031-03-04): \"a friend\"
warning: nothing is wrong
"
    );
}

#[test]
fn no_line_is_wider_than_the_look() {
    let mut out = Vec::new();
    let look = Look { width: 40, color: false };
    dateline_export::table::write(&common::full(), &look, &mut out).expect("memory takes it");
    let text = String::from_utf8(out).expect("text");
    assert!(text.lines().all(|line| line.chars().count() <= 40), "{text}");
}

#[test]
fn layouts_have_the_columns_of_their_systems() {
    use dateline_export::layout::{gdelt, polecat};
    let record = common::full();
    let lines = |layout: Layout| {
        let mut out = Vec::new();
        layout.header(&mut out).expect("memory takes it");
        layout.write(&record, Options::default(), &mut out).expect("memory takes it");
        let text = String::from_utf8(out).expect("text");
        text.lines().map(|l| l.split('\t').map(str::to_owned).collect()).collect::<Vec<Vec<String>>>()
    };
    let of = |columns: &[&str], row: &[String]| -> std::collections::HashMap<String, String> {
        assert_eq!(columns.len(), row.len());
        columns.iter().map(|c| (*c).to_owned()).zip(row.iter().cloned()).collect()
    };

    let rows = lines(Layout::Polecat);
    assert_eq!(rows[0], polecat::COLUMNS);
    let row = of(&polecat::COLUMNS, &rows[1]);
    for (column, value) in [
        ("Event Date", "2031-03-04"),
        ("Event Type", "REQUEST"),
        ("Event Mode", "yield"),
        ("Intensity", "-1"),
        ("Quad Code", "VERBAL CONFLICT"),
        ("Actor Country", "PER"),
        ("Actor COW", "135"),
        ("Recipient COW", "155"),
        ("Actor Name Raw", "Peña"),
        ("City", "Iquique"),
        ("District", "None"),
        ("Province", "Tarapacá"),
        ("Feature Type", "PPL"),
        ("Wikipedia Actor ID", "None"),
    ] {
        assert_eq!(row[column], value, "{column}");
    }

    let rows = lines(Layout::Gdelt);
    assert_eq!(rows.len(), 1);
    let row = of(&gdelt::EVENT_COLUMNS, &rows[0]);
    for (column, value) in [
        ("Day", "20310304"),
        ("MonthYear", "203103"),
        ("FractionDate", "2031.1753"),
        ("Actor1Code", "PERGOV"),
        ("Actor1Name", "SEÑOR PEÑA"),
        ("Actor2CountryCode", "CHL"),
        ("IsRootEvent", "1"),
        ("EventCode", "105"),
        ("EventRootCode", "10"),
        ("QuadClass", "3"),
        ("ActionGeo_Type", "4"),
        ("ActionGeo_Fullname", "Iquique, Tarapacá, Chile"),
        ("ActionGeo_CountryCode", "CI"),
        ("DATEADDED", "20310305000000"),
        ("SOURCEURL", "https://wire.example/full"),
    ] {
        assert_eq!(row[column], value, "{column}");
    }
    assert!(row["GlobalEventID"].parse::<i64>().is_ok());

    let mentions = lines(Layout::GdeltMentions);
    let mention = of(&gdelt::MENTION_COLUMNS, &mentions[0]);
    assert_eq!(mention["GlobalEventID"], row["GlobalEventID"]);
    assert_eq!(mention["MentionSourceName"], "wire.example");
    assert_eq!((mention["SentenceID"].as_str(), mention["ActionCharOffset"].as_str()), ("1", "11"));
    assert_eq!(mention["Confidence"], "50");
}

#[test]
fn plover_has_the_actor_block() {
    let mut out = Vec::new();
    let mut record = common::full();
    record.entities[0].title = Some("Catholic minister and general".into());
    Layout::Plover.write(&record, Options::default(), &mut out).expect("memory takes it");
    let event: serde_json::Value = serde_json::from_slice(&out).expect("JSON");
    let actor = &event["actor"][0];
    assert_eq!(
        (&actor["name"], &actor["country"], &actor["sector"]),
        (&"Señor Peña".into(), &"PER".into(), &"GOV".into())
    );
    assert_eq!(actor["other_sectors"], serde_json::json!(["MIL"]));
    assert_eq!(actor["religion"], "Catholic");
    assert_eq!(event["event_text"], "demanded");
    assert_eq!(event["event_loc"]["geonames"], 3_887_127);
}

#[test]
fn what_did_not_happen_is_left_out_of_layouts_unless_asked_for() {
    let mut record = common::full();
    (record.events[0].status, record.events[0].plover) = (dateline_core::Status::Denied, None);
    for &layout in Layout::ALL {
        let written = |hypothetical| {
            let mut out = Vec::new();
            layout.write(&record, Options { hypothetical }, &mut out).expect("memory takes it");
            out
        };
        assert!(written(false).is_empty(), "{layout}");
        assert!(!written(true).is_empty(), "{layout}");
    }
}

#[test]
fn pages_need_nothing_but_themselves() {
    let mut record = common::full();
    record.title = Some("<script>alert('x')</script>".into());
    record.url = Some("javascript:alert(1)".into());
    let page = dateline_export::report::html(&record);
    assert!(!page.contains("<script") && !page.contains("href=\"javascript"), "{page}");
    for outside in ["src=", "<link", "@import", "url("] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.contains("<span id=\"told-1\"></span>demanded<span class=\"pop\">"), "{page}");
    let markdown = dateline_export::report::markdown(&record);
    assert!(markdown.starts_with("# &lt;script\\>"), "{markdown}");
    assert!(markdown.contains("> Señor Peña **demanded** on Tuesday"), "{markdown}");
}

#[test]
fn pages_of_one_identifier_have_names_of_their_own() {
    let mut index = dateline_export::report::Index::default();
    let mut name = |id: &str| index.add(&Record { id: id.into(), ..common::empty() }, "html");
    let names = ["a", "A", "a-2", "a", "index", "Index"].map(&mut name);
    assert_eq!(names, ["a.html", "A-2.html", "a-2-2.html", "a-3.html", "index-2.html", "Index-3.html"]);
    // However many there are: their beginnings may all be one that is cut.
    let long = "x".repeat(200);
    let last = (0..50_000).map(|n| name(&format!("{long}{n}"))).last();
    assert_eq!(last, Some(format!("{}-50000.html", &long[..120])));
}
