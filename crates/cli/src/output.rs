//! Records into the form that was asked for: one stream, one file, or a folder of tables or pages.

use crate::sink::{Sink, Target};
use crate::stop::Stop;
use dateline::Record;
use dateline_export::layout::{self, Layout};
use dateline_export::report::{self, Index};
use dateline_export::table::Look;
use dateline_export::{Format, Shape, Tables, Writer};
use dateline_tables::sqlite::SqliteWriter;
use dateline_tables::{Batches, Table, file, schema};
use std::io::Write;
use std::path::{Path, PathBuf};

dateline::core::named_enum! {
    /// A form of the output.
    pub(crate) enum Form {
        Table = "table", Json = "json", Jsonl = "jsonl", Csv = "csv", Tsv = "tsv", Parquet = "parquet", Arrow = "arrow",
        Sqlite = "sqlite", Html = "html", Markdown = "markdown",
    }
}

impl Form {
    /// The form that a file's ending tells.
    pub(crate) fn of_ending(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_lowercase();
        match ending.as_str() {
            "db" | "sqlite3" => Some(Form::Sqlite),
            "htm" => Some(Form::Html),
            "md" => Some(Form::Markdown),
            "feather" | "ipc" => Some(Form::Arrow),
            "table" => None,
            other => other.parse().ok(),
        }
    }

    /// The form of records one after the other.
    fn stream(self) -> Option<Format> {
        self.as_str().parse().ok()
    }

    /// The form of typed columns.
    fn typed(self) -> Option<file::Form> {
        self.as_str().parse().ok()
    }

    /// Ending and content of a page.
    fn page(self) -> Option<(&'static str, Page)> {
        match self {
            Form::Html => Some(("html", report::html)),
            Form::Markdown => Some(("md", report::markdown)),
            _ => None,
        }
    }
}

/// Makes the page of a record.
type Page = fn(&Record) -> String;

/// What records are written to.
pub(crate) enum Output {
    /// One after the other.
    Stream(Writer<Sink>),
    /// The flat tables as CSV.
    Csv(Tables<Sink>),
    /// Tables with typed columns.
    Typed(Batches, Vec<(Table, file::Writer<Sink>)>),
    /// One database.
    Sqlite(SqliteWriter),
    /// Pages one after the other.
    Page(Sink, Page),
    /// A page a report.
    Pages(PathBuf, Index, Form),
    /// Layouts of another system, each to its own file.
    Layouts(Vec<(Layout, Sink)>, layout::Options),
}

/// Rows that are held before they are handed on.
const MOST_RECORDS: usize = 1024;
const MOST_BYTES: usize = 8 << 20;

impl Output {
    /// Opens what was asked for; nothing has its name before [`commit`](Self::commit).
    pub(crate) fn open(form: Form, path: Option<&Path>, shape: Shape, look: Look) -> Result<Self, Stop> {
        if let Some(folder) = path.filter(|p| is_folder(p)) {
            return Self::in_folder(form, folder);
        }
        if form == Form::Sqlite {
            let path = path.ok_or_else(|| {
                Stop::Usage("a database is a file: add --output FILE, such as news.sqlite".to_owned())
            })?;
            return Ok(Self::Sqlite(SqliteWriter::create(path)?));
        }
        if form == Form::Html && shape == Shape::Many {
            let help = "a page holds one report: add --output FOLDER/, which gets a page a report and a list";
            return Err(Stop::Usage(help.to_owned()));
        }
        let sink = Target::of(path).open()?;
        if let Some(form) = form.typed() {
            let writer = file::Writer::new(sink, form, &schema(Table::Events))?;
            return Ok(Self::Typed(Batches::new(), vec![(Table::Events, writer)]));
        }
        if let Some((_, page)) = form.page() {
            return Ok(Self::Page(sink, page));
        }
        Ok(Self::Stream(Writer::new(sink, form.stream().unwrap_or(Format::Table), shape, look)))
    }

    fn in_folder(form: Form, folder: &Path) -> Result<Self, Stop> {
        std::fs::create_dir_all(folder).map_err(|e| Stop::output(folder, e))?;
        let open = |table: Table| Target::File(folder.join(format!("{table}.{form}"))).open();
        if let Some(delimiter) = form.stream().and_then(Format::delimiter) {
            return Ok(Self::Csv(Tables::new(open, delimiter)?));
        }
        if let Some(form) = form.typed() {
            let writer = |&table: &Table| Ok((table, file::Writer::new(open(table)?, form, &schema(table))?));
            return Ok(Self::Typed(
                Batches::new(),
                Table::ALL.iter().map(writer).collect::<Result<_, Stop>>()?,
            ));
        }
        if form.page().is_some() {
            return Ok(Self::Pages(folder.to_owned(), Index::default(), form));
        }
        let help = "a folder takes tables (csv, tsv, parquet, arrow) or pages (html, markdown): \
                    add --format, or give a file";
        Err(Stop::Usage(format!("{}: {help}", folder.display())))
    }

    /// Opens the layout of another system; GDELT's two tables both go into a folder.
    pub(crate) fn layout(
        layout: Layout,
        options: layout::Options,
        path: Option<&Path>,
    ) -> Result<Self, Stop> {
        let open = |layout: Layout, path: Option<&Path>| {
            let mut sink = Target::of(path).open()?;
            layout.header(&mut sink)?;
            Ok::<_, Stop>((layout, sink))
        };
        let Some(folder) = path.filter(|p| is_folder(p)) else {
            return Ok(Self::Layouts(vec![open(layout, path)?], options));
        };
        std::fs::create_dir_all(folder).map_err(|e| Stop::output(folder, e))?;
        let files: &[(Layout, &str)] = match layout {
            Layout::Gdelt => {
                &[(Layout::Gdelt, "gdelt.export.CSV"), (Layout::GdeltMentions, "gdelt.mentions.CSV")]
            }
            Layout::GdeltMentions => &[(Layout::GdeltMentions, "gdelt.mentions.CSV")],
            Layout::Polecat => &[(Layout::Polecat, "polecat.txt")],
            Layout::Plover => &[(Layout::Plover, "plover.jsonl")],
            Layout::Cameo => &[(Layout::Cameo, "cameo.tsv")],
        };
        let sinks = files.iter().map(|(layout, name)| open(*layout, Some(&folder.join(name))));
        Ok(Self::Layouts(sinks.collect::<Result<_, _>>()?, options))
    }

    /// Writes one record.
    pub(crate) fn write(&mut self, record: Record) -> Result<(), Stop> {
        match self {
            Self::Stream(writer) => writer.write(record)?,
            Self::Csv(tables) => tables.write(&record)?,
            Self::Typed(batches, writers) => {
                batches.push(&record)?;
                if batches.records() >= MOST_RECORDS || batches.bytes() >= MOST_BYTES {
                    hand_on(batches, writers)?;
                }
            }
            Self::Sqlite(writer) => writer.push(&record)?,
            Self::Page(sink, page) => sink.write_all(page(&record).as_bytes())?,
            Self::Pages(folder, index, form) => {
                let Some((ending, page)) = form.page() else { return Ok(()) };
                let path = folder.join(index.add(&record, ending));
                write_whole(&path, &page(&record))?;
            }
            Self::Layouts(sinks, options) => {
                sinks.iter_mut().try_for_each(|(layout, sink)| layout.write(&record, *options, sink))?;
            }
        }
        Ok(())
    }

    /// Ends the output; files take their names.
    pub(crate) fn commit(self) -> Result<(), Stop> {
        match self {
            Self::Stream(writer) => writer.finish()?.commit(),
            Self::Csv(tables) => tables.finish()?.into_iter().try_for_each(Sink::commit),
            Self::Typed(mut batches, mut writers) => {
                hand_on(&mut batches, &mut writers)?;
                writers.into_iter().try_for_each(|(_, writer)| writer.finish()?.commit())
            }
            Self::Sqlite(writer) => Ok(writer.finish()?),
            Self::Page(sink, _) => sink.commit(),
            Self::Pages(folder, index, Form::Html) => write_whole(&folder.join("index.html"), &index.html()),
            Self::Pages(..) => Ok(()),
            Self::Layouts(sinks, _) => sinks.into_iter().try_for_each(|(_, sink)| sink.commit()),
        }
    }
}

fn hand_on(batches: &mut Batches, writers: &mut [(Table, file::Writer<Sink>)]) -> Result<(), Stop> {
    let finished = batches.finish()?;
    for (table, writer) in writers {
        let batch = &finished[*table as usize];
        if batch.num_rows() > 0 {
            writer.write(batch)?;
        }
    }
    Ok(())
}

fn write_whole(path: &Path, text: &str) -> Result<(), Stop> {
    let mut sink = Target::File(path.to_owned()).open()?;
    sink.write_all(text.as_bytes())?;
    sink.commit()
}

/// A folder is one that exists, or a path that ends like one.
fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(std::path::MAIN_SEPARATOR)
}

#[cfg(test)]
mod tests {
    use super::Form;
    use std::path::Path;

    #[test]
    fn endings_tell_forms() {
        let form = |path: &str| Form::of_ending(Path::new(path));
        assert_eq!(form("a/b.PARQUET"), Some(Form::Parquet));
        assert_eq!(form("news.db"), Some(Form::Sqlite));
        assert_eq!(form("news.md"), Some(Form::Markdown));
        assert_eq!((form("news.txt"), form("news"), form("news.table")), (None, None, None));
    }

    #[test]
    fn every_form_is_written_somehow() {
        for &form in Form::ALL {
            let ways = [form.stream().is_some(), form.typed().is_some(), form.page().is_some()];
            assert_eq!(ways.iter().filter(|way| **way).count(), usize::from(form != Form::Sqlite), "{form}");
        }
    }
}
