//! Reading with a count and a fingerprint of what was read.

use sha2::{Digest, Sha256};
use std::io::{self, Read, Seek, SeekFrom};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// What was read of one file, and of all files together.
#[derive(Debug)]
pub(crate) struct Meter {
    hash: Mutex<(Sha256, u64)>,
    total: Arc<AtomicU64>,
}

impl Meter {
    /// A meter that also adds to `total`.
    pub(crate) fn new(total: Arc<AtomicU64>) -> Arc<Self> {
        Arc::new(Self { hash: Mutex::default(), total })
    }

    pub(crate) fn add(&self, bytes: &[u8]) {
        let mut hash = self.hash.lock().unwrap_or_else(PoisonError::into_inner);
        hash.0.update(bytes);
        hash.1 += bytes.len() as u64;
        self.total.fetch_add(bytes.len() as u64, Ordering::Relaxed);
    }

    /// How many bytes, and their SHA-256.
    pub(crate) fn result(&self) -> (u64, [u8; 32]) {
        let hash = self.hash.lock().unwrap_or_else(PoisonError::into_inner);
        (hash.1, hash.0.clone().finalize().into())
    }
}

/// A reader under a meter.
pub(crate) struct Metered<R> {
    inner: R,
    meter: Arc<Meter>,
    position: u64,
}

impl<R: Read> Metered<R> {
    pub(crate) const fn new(inner: R, meter: Arc<Meter>) -> Self {
        Self { inner, meter, position: 0 }
    }
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.meter.add(&buffer[..n]);
        self.position += n as u64;
        Ok(n)
    }
}

/// Only to ask for the position, which readers of archives do.
impl<R: Read> Seek for Metered<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match to {
            SeekFrom::Current(0) => Ok(self.position),
            SeekFrom::Start(at) if at == self.position => Ok(at),
            _ => Err(io::Error::new(io::ErrorKind::Unsupported, "the input is read from start to end")),
        }
    }
}
