//! Prints what every stage makes of a text: `cargo run --example show -- FILE DATE`.

use dateline::{Model, Options, Reader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let bytes = std::fs::read(args.next().ok_or("give a file")?)?;
    let date = args.next().and_then(|d| d.parse().ok());
    let mut reader = Reader::new(&Model::embedded()?);
    let options = Options { date, ..Options::default() };
    let reading = reader.reading(dateline::ingest(&bytes, &options)?);
    let (doc, s) = (&reading.doc, &reading.doc.syntax);
    for sentence in &s.sentences {
        for i in sentence.range() {
            let t = s.token(i);
            let head = s.head(i).map_or(String::from("-"), |h| doc.form(h).to_owned());
            let member = reading.cast.member_at(i).map_or(String::new(), |m| {
                let m = reading.cast.member(m);
                format!("{} [{:?} {:?} {}]", m.name, m.kind, m.country, m.sector)
            });
            println!(
                "{i:4} {:18} {:12} {:6} {:5} {:13} {:15} {:6} {member}",
                doc.form(i),
                s.lemma(i),
                t.upos,
                t.xpos,
                t.deprel,
                head,
                t.name
            );
        }
        println!();
    }
    for t in &reading.times {
        println!("TIME {:?} {} {:?}", t.span.of(&doc.text), t.value, t.interval);
    }
    for t in &reading.toponyms {
        println!("PLACE {:?} {:?}", t.span.of(&doc.text), t.place.as_ref().map(|p| (&p.name, p.country)));
    }
    for r in &reading.voices.reports {
        println!(
            "REPORT {:?} {:?} {:?}",
            r.source.map(|x| doc.form(x)),
            r.cue_span.of(&doc.text),
            r.content.iter().map(|c| c.of(&doc.text)).collect::<Vec<_>>()
        );
    }
    for (q, p) in reading.voices.quotes.iter().zip(&reading.voices.speakers) {
        println!("QUOTE {:?} {:?}", p.source.map(|x| doc.form(x)), q.span.of(&doc.text));
    }
    for o in &reading.occurrences {
        let names =
            |m: &[u32]| m.iter().map(|&m| reading.cast.member(m).name.clone()).collect::<Vec<_>>().join(", ");
        println!(
            "EVENT {} {:?} {} {:?}: {} -> {} when {:?} content_of {:?} sources {:?}",
            o.event_type,
            o.mode.map(dateline::core::Mode::as_str),
            o.status,
            o.trigger_span.of(&doc.text),
            names(&o.actors),
            names(&o.recipients),
            o.when.as_ref().map(|w| w.start),
            o.content_of.map(|t| doc.form(t)),
            o.sources.iter().map(|s| &s.name).collect::<Vec<_>>()
        );
    }
    Ok(())
}
