//! `dateline fetch`: pages, and the pages of feeds, into a web archive.

use crate::args::FetchArgs;
use crate::failures::{Failure, Tally};
use crate::plan::limits;
use crate::sink::{Sink, Target};
use crate::stop::Stop;
use dateline_archive::{Fault, FaultKind, Fetched, Place, feed_links, write_warc};
use dateline_fetch::Polite;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashSet;
use std::io::Write;
use std::path::Path;

pub(crate) fn run(args: &FetchArgs) -> Result<Tally, Stop> {
    let polite = Polite::new(limits(&args.web, args.max_bytes));
    let mut archive = Archive::open(args.output.as_deref())?;
    let (mut tally, mut seen) = (Tally::to(args.errors.as_deref())?, HashSet::new());
    let mut left = args.limit;
    for given in &args.urls {
        // What a feed lists is taken as it comes; a feed in a feed is kept as a page is.
        let mut urls = vec![given.clone()].into_iter();
        let mut is_given = true;
        while let Some(url) = urls.next() {
            if left == 0 || !seen.insert(url.clone()) {
                continue;
            }
            match polite.page(&url) {
                Ok(page) => {
                    if let Some(links) = links(&page).filter(|_| is_given) {
                        urls = links.into_iter();
                    } else {
                        archive.add(&page)?;
                        tally.read();
                        left -= 1;
                    }
                }
                Err(error) => {
                    let fault = Fault::new(Place::file(url), FaultKind::Fetch, error.to_string());
                    tally.fail(Failure::from(fault));
                }
            }
            is_given = false;
        }
    }
    archive.sink.commit()?;
    tally.commit()?;
    Ok(tally)
}

/// The addresses that a feed lists; none when the page is no feed.
fn links(page: &Fetched) -> Option<Vec<String>> {
    let may_be_feed =
        page.content_type.as_deref().is_none_or(|kind| kind.contains("xml") || kind.contains("json"));
    let is_page = page.content_type.as_deref().is_some_and(|kind| kind.contains("html"));
    if !may_be_feed || is_page { None } else { feed_links(&page.bytes, Some(&page.url)) }
}

struct Archive {
    sink: Sink,
    is_gzip: bool,
}

impl Archive {
    fn open(path: Option<&Path>) -> Result<Self, Stop> {
        let is_gzip = path.is_some_and(|path| path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz")));
        Ok(Self { sink: Target::of(path).open()?, is_gzip })
    }

    fn add(&mut self, page: &Fetched) -> Result<(), Stop> {
        if self.is_gzip {
            // Each record is compressed on its own, so that readers can jump to it.
            let mut member = GzEncoder::new(&mut self.sink, Compression::default());
            write_warc(&mut member, page)?;
            member.finish()?;
        } else {
            write_warc(&mut self.sink, page)?;
        }
        Ok(self.sink.flush()?)
    }
}
