//! Opening a file, standard input or an address.

use crate::entry::{Fault, FaultKind, Place};
use crate::kind::{Compression, Kind, uncompressed_name};
use crate::meter::{Meter, Metered};
use flate2::bufread::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How much is looked at to tell what a file holds.
const HEAD: usize = 1 << 16;
/// Bytes read from disk at once.
const BUFFER: usize = 1 << 18;

/// What an address gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// The address in the end, after redirects.
    pub url: String,
    /// The content type told, without its parameters.
    pub content_type: Option<String>,
    /// The character set told.
    pub charset: Option<String>,
    /// The content.
    pub bytes: Vec<u8>,
}

/// Reads addresses; what is wrong is said with what to do next.
pub trait Fetch: Send + Sync {
    /// The content of an address.
    ///
    /// # Errors
    /// Why there is none.
    fn fetch(&self, url: &str) -> Result<Fetched, String>;
}

/// One thing to be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Stdin,
    Path(PathBuf),
    Url(String),
}

impl Source {
    /// What messages and the record call it.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Stdin => "-".to_owned(),
            Self::Path(path) => path.display().to_string(),
            Self::Url(url) => url.clone(),
        }
    }

    /// The identifier of the report in it, and the beginning of those of many.
    pub(crate) fn stem(&self) -> String {
        let name = match self {
            Self::Stdin => return "stdin".to_owned(),
            Self::Path(path) => {
                path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
            }
            Self::Url(url) => {
                let path = url.split(['?', '#']).next().unwrap_or(url).trim_end_matches('/');
                path.rsplit('/').next().unwrap_or(path).to_owned()
            }
        };
        let name = uncompressed_name(&name);
        Path::new(name)
            .file_stem()
            .map_or_else(|| name.to_owned(), |stem| stem.to_string_lossy().into_owned())
    }
}

/// A source that was opened, and what it holds.
pub(crate) struct Opened {
    pub(crate) source: Source,
    pub(crate) kind: Kind,
    pub(crate) compression: Compression,
    pub(crate) raw: Metered<Box<dyn Read + Send>>,
    pub(crate) meter: Arc<Meter>,
    /// What the server told, for what was fetched; the bytes are in `raw`.
    pub(crate) fetched: Option<Fetched>,
}

impl Opened {
    /// Opens a source and looks at its first bytes.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(crate) fn new(
        source: Source,
        told: Option<Kind>,
        fetch: Option<&dyn Fetch>,
        meter: Arc<Meter>,
    ) -> Result<Self, Fault> {
        let place = Place::file(source.name());
        let (mut rest, fetched): (Box<dyn Read + Send>, _) = match &source {
            Source::Stdin => (Box::new(io::stdin()), None),
            Source::Path(path) => {
                (Box::new(File::open(path).map_err(|e| Fault::io(place.clone(), &e))?), None)
            }
            Source::Url(url) => {
                let Some(fetch) = fetch else {
                    let reason = "is an address, and nothing is fetched here: use dateline fetch";
                    return Err(Fault::new(place, FaultKind::Fetch, reason));
                };
                let mut page =
                    fetch.fetch(url).map_err(|reason| Fault::new(place.clone(), FaultKind::Fetch, reason))?;
                (Box::new(Cursor::new(std::mem::take(&mut page.bytes))), Some(page))
            }
        };
        let mut head = Vec::new();
        rest.by_ref().take(HEAD as u64).read_to_end(&mut head).map_err(|e| Fault::io(place, &e))?;
        let compression = Compression::recognise(&head);
        let name = source.name();
        let kind = told.unwrap_or_else(|| match &source {
            // The ending of an address tells nothing: index.php.
            Source::Url(_) => Kind::recognise("", &start(&head, compression)),
            _ => Kind::recognise(uncompressed_name(&name), &start(&head, compression)),
        });
        let whole: Box<dyn Read + Send> = Box::new(Cursor::new(head).chain(rest));
        Ok(Self { source, kind, compression, raw: Metered::new(whole, Arc::clone(&meter)), meter, fetched })
    }

    /// The place of all of it.
    pub(crate) fn place(&self) -> Place {
        Place::file(self.source.name())
    }

    /// Its content, decompressed.
    ///
    /// # Errors
    /// When the decompressor cannot be set up.
    pub(crate) fn content(self) -> io::Result<Box<dyn BufRead + Send>> {
        let raw = BufReader::with_capacity(BUFFER, self.raw);
        Ok(match self.compression {
            Compression::None => Box::new(raw),
            Compression::Gzip => Box::new(BufReader::with_capacity(BUFFER, MultiGzDecoder::new(raw))),
            Compression::Zstd => {
                Box::new(BufReader::with_capacity(BUFFER, zstd::stream::read::Decoder::with_buffer(raw)?))
            }
        })
    }
}

/// The first bytes after decompression, as far as they come out of the first bytes on disk.
fn start(head: &[u8], compression: Compression) -> Vec<u8> {
    let mut start = Vec::new();
    match compression {
        Compression::None => start.extend_from_slice(&head[..head.len().min(HEAD)]),
        // A head that is cut off ends in an error; what came before it is enough.
        Compression::Gzip => {
            let _ = MultiGzDecoder::new(head).take(4096).read_to_end(&mut start);
        }
        Compression::Zstd => {
            if let Ok(decoder) = zstd::stream::read::Decoder::with_buffer(head) {
                let _ = decoder.take(4096).read_to_end(&mut start);
            }
        }
    }
    start
}

#[cfg(test)]
mod tests {
    use super::Source;

    #[test]
    fn identifiers_come_from_names() {
        let stem = |path: &str| Source::Path(path.into()).stem();
        assert_eq!([stem("a/x.txt"), stem("x.html.gz"), stem("x-2.txt"), stem("x")], ["x", "x", "x-2", "x"]);
        assert_eq!(Source::Url("https://example.org/a/talks.html?x=1".to_owned()).stem(), "talks");
        assert_eq!(Source::Url("https://example.org/".to_owned()).stem(), "example");
    }
}
