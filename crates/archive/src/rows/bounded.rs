//! Reading no more than a bound for one row, however long the input claims it to be.

use std::io::{self, BufRead, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How much may still be read before the bound is renewed.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    left: Arc<AtomicU64>,
    most: u64,
}

impl Bound {
    /// So many bytes at a time.
    pub(crate) fn new(most: usize) -> Self {
        let most = most as u64;
        Self { left: Arc::new(AtomicU64::new(most)), most }
    }

    /// A new row begins.
    pub(crate) fn renew(&self) {
        self.left.store(self.most, Ordering::Relaxed);
    }

    /// Whether the last read stopped at the bound.
    pub(crate) fn is_reached(&self) -> bool {
        self.left.load(Ordering::Relaxed) == 0
    }
}

/// A reader that fails at its bound.
pub(crate) struct Bounded<R> {
    inner: R,
    bound: Bound,
}

impl<R> Bounded<R> {
    pub(crate) const fn new(inner: R, bound: Bound) -> Self {
        Self { inner, bound }
    }
}

impl<R: BufRead> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = self.bound.left.load(Ordering::Relaxed) as usize;
        let buffer = self.inner.fill_buf()?;
        if left == 0 && !buffer.is_empty() {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a row without an end"));
        }
        Ok(&buffer[..buffer.len().min(left)])
    }

    fn consume(&mut self, amount: usize) {
        self.inner.consume(amount);
        let left = self.bound.left.load(Ordering::Relaxed);
        self.bound.left.store(left.saturating_sub(amount as u64), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::{Bound, Bounded};
    use std::io::{BufRead, Read};

    #[test]
    fn the_bound_holds_until_renewed() {
        let bound = Bound::new(4);
        let mut reader = Bounded::new(b"abcdefgh".as_slice(), bound.clone());
        let mut three = [0; 3];
        reader.read_exact(&mut three).unwrap();
        bound.renew();
        reader.read_exact(&mut three).unwrap();
        assert_eq!(reader.fill_buf().unwrap(), b"g");
        reader.consume(1);
        assert!(reader.fill_buf().is_err() && bound.is_reached());
    }
}
