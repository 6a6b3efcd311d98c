//! Where output goes: to standard output, or into a file that appears whole or not at all.

use crate::stop::Stop;
use std::fs::File;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Where output shall go.
#[derive(Clone, Debug)]
pub(crate) enum Target {
    /// Standard output.
    Stdout,
    /// A file, or a device or pipe that exists.
    File(PathBuf),
}

impl Target {
    /// Standard output, or the file that was asked for.
    pub(crate) fn of(path: Option<&Path>) -> Self {
        path.map_or(Self::Stdout, |p| Self::File(p.to_owned()))
    }

    /// Opens it; a file is written beside its place and moved there by [`Sink::commit`].
    pub(crate) fn open(self) -> Result<Sink, Stop> {
        let path = match self {
            Self::Stdout => return Ok(Sink::Stdout(BufWriter::new(io::stdout()))),
            Self::File(path) => path,
        };
        let fail = |error| Stop::output(&path, error);
        if path.is_dir() {
            return Err(fail(io::Error::other("it is a folder")));
        }
        if path.metadata().is_ok_and(|m| !m.is_file()) {
            let stream = File::options().write(true).open(&path).map_err(fail)?;
            return Ok(Sink::Stream(BufWriter::new(stream)));
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".dateline-").suffix(".part");
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let file = builder.tempfile_in(folder_of(&path)).map_err(fail)?;
        Ok(Sink::File(BufWriter::new(file), path))
    }
}

/// The folder a file stands in.
fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Output that is being written.
#[derive(Debug)]
pub(crate) enum Sink {
    Stdout(BufWriter<Stdout>),
    Stream(BufWriter<File>),
    File(BufWriter<NamedTempFile>, PathBuf),
}

impl Sink {
    /// Writes out what is left; a file is synced and takes its name. Without this call a file never appears.
    pub(crate) fn commit(mut self) -> Result<(), Stop> {
        self.flush()?;
        let Self::File(writer, path) = self else { return Ok(()) };
        let fail = |error| Stop::output(&path, error);
        let file = writer.into_inner().map_err(|e| fail(e.into_error()))?;
        file.as_file().sync_all().map_err(fail)?;
        file.persist(&path).map_err(|e| fail(e.error))?;
        // The name is safe once the folder is.
        #[cfg(unix)]
        File::open(folder_of(&path)).and_then(|folder| folder.sync_all()).map_err(fail)?;
        Ok(())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::Stream(out) => out.write(bytes),
            Self::File(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::Stream(out) => out.flush(),
            Self::File(out, _) => out.flush(),
        }
    }
}
