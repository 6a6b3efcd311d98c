//! The folder of a run: a lock, whole files, no remains.

use super::manifest::Manifest;
use crate::sink::Target;
use crate::stop::Stop;
use std::fs::{File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The folder of a run, locked as long as this lives.
#[derive(Debug)]
pub(super) struct Out {
    folder: PathBuf,
    _lock: File,
}

impl Out {
    /// Makes the folder, locks it, and clears away what a killed run left half written.
    ///
    /// # Errors
    /// When it cannot be made, holds other things, or another run is writing to it.
    pub(super) fn open(folder: &Path) -> Result<Self, Stop> {
        let fail = |error| Stop::output(folder, error);
        std::fs::create_dir_all(folder).map_err(fail)?;
        let ours = [".lock", "manifest.json", "errors.jsonl"];
        let is_ours = ours.iter().any(|name| folder.join(name).exists());
        if !is_ours && std::fs::read_dir(folder).map_err(fail)?.next().is_some() {
            let help = "holds other files: give a folder that is empty or new";
            return Err(Stop::Usage(format!("{}: {help}", folder.display())));
        }
        let lock = File::options().create(true).append(true).open(folder.join(".lock")).map_err(fail)?;
        match lock.try_lock() {
            // Some network file systems know no locks.
            Ok(()) | Err(TryLockError::Error(_)) => {}
            Err(TryLockError::WouldBlock) => {
                let help = "another run is writing there: wait for it, or give another folder";
                return Err(Stop::Usage(format!("{}: {help}", folder.display())));
            }
        }
        clear(folder).map_err(fail)?;
        Ok(Self { folder: folder.to_owned(), _lock: lock })
    }

    /// The path of a file in it.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// How far the run has come, if it was begun.
    ///
    /// # Errors
    /// When the manifest cannot be read.
    pub(super) fn manifest(&self) -> Result<Option<Manifest>, Stop> {
        let path = self.path("manifest.json");
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(|error| Stop::Input { path: path.clone(), error })?,
        };
        serde_json::from_slice(&bytes).map(Some).map_err(|error| {
            Stop::Usage(format!(
                "{}: is no manifest of this program ({error}): give another folder",
                path.display()
            ))
        })
    }

    /// Writes the manifest anew, whole or not at all.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn write_manifest(&self, manifest: &Manifest) -> Result<(), Stop> {
        let path = self.path("manifest.json");
        let mut sink = Target::File(path.clone()).open()?;
        let written = serde_json::to_writer_pretty(&mut sink, manifest).map_err(io::Error::from);
        written.and_then(|()| writeln!(sink)).map_err(|error| Stop::output(&path, error))?;
        sink.commit()
    }
}

/// Removes files that were never finished, here and one folder down.
fn clear(folder: &Path) -> io::Result<()> {
    for entry in walkdir::WalkDir::new(folder).max_depth(2) {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy();
        if entry.file_type().is_file() && name.starts_with(".dateline-") && name.ends_with(".part") {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}
