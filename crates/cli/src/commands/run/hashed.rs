//! Writing with a count and a fingerprint of what was written.

use crate::sink::{Sink, Target};
use crate::stop::Stop;
use dateline_archive::hex;
use sha2::{Digest, Sha256};
use std::io::{self, Write};
use std::path::PathBuf;

/// A file that is being written.
pub(super) struct Hashed {
    sink: Sink,
    path: PathBuf,
    hash: Sha256,
    bytes: u64,
}

impl Hashed {
    /// Opens a file that appears when it is finished.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(super) fn create(path: PathBuf) -> Result<Self, Stop> {
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| Stop::output(folder, error))?;
        }
        let sink = Target::File(path.clone()).open()?;
        Ok(Self { sink, path, hash: Sha256::new(), bytes: 0 })
    }

    /// Syncs the file and gives it its name; its length and fingerprint.
    ///
    /// # Errors
    /// When the disk does not take it.
    pub(super) fn commit(self) -> Result<(u64, String), Stop> {
        let Self { sink, path, hash, bytes } = self;
        sink.commit().map_err(|error| match error {
            Stop::Export(error) => stop(path, error),
            other => other,
        })?;
        Ok((bytes, hex(&hash.finalize())))
    }
}

/// An error of writing as one that names the file.
pub(super) fn stop(path: PathBuf, error: impl Into<dateline_export::ExportError>) -> Stop {
    match error.into() {
        dateline_export::ExportError::Io(error) => Stop::Output { path, error },
        other => Stop::Export(other),
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.sink.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}
