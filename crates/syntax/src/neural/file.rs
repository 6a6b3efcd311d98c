//! Reads numbers, strings and arrays from the bytes of a model file, without ever trusting a length.

use super::model::ModelError;

/// A cursor over the bytes of a model.
pub(super) struct Bytes<'a> {
    rest: &'a [u8],
}

impl<'a> Bytes<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `n` bytes.
    pub(super) fn take(&mut self, n: usize) -> Result<&'a [u8], ModelError> {
        let (head, tail) = self.rest.split_at_checked(n).ok_or(ModelError::Truncated)?;
        self.rest = tail;
        Ok(head)
    }

    /// The next `n` items of `size` bytes.
    fn items(&mut self, n: usize, size: usize) -> Result<std::slice::ChunksExact<'a, u8>, ModelError> {
        let bytes = n.checked_mul(size).ok_or(ModelError::Truncated)?;
        Ok(self.take(bytes)?.chunks_exact(size))
    }

    pub(super) fn u32(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.take(4)?.try_into().map_err(|_| ModelError::Truncated)?))
    }

    /// A number that must lie in `low..=high`.
    pub(super) fn bounded(
        &mut self,
        what: &'static str,
        low: usize,
        high: usize,
    ) -> Result<usize, ModelError> {
        let n = self.u32()? as usize;
        if (low..=high).contains(&n) { Ok(n) } else { Err(ModelError::Limit { what, value: n }) }
    }

    /// A string with its length in front.
    pub(super) fn string(&mut self) -> Result<&'a str, ModelError> {
        let n = self.bounded("length of a string", 0, 1 << 16)?;
        std::str::from_utf8(self.take(n)?).map_err(|_| ModelError::Text)
    }

    /// `n` signed bytes.
    pub(super) fn i8s(&mut self, n: usize) -> Result<Vec<i8>, ModelError> {
        Ok(self.take(n)?.iter().map(|&b| b as i8).collect())
    }

    /// `n` numbers that must be finite and of sane size.
    pub(super) fn f32s(&mut self, n: usize) -> Result<Vec<f32>, ModelError> {
        let out: Vec<f32> = self.items(n, 4)?.map(|c| f32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        if out.iter().all(|x| x.abs() <= 1e4) { Ok(out) } else { Err(ModelError::Number) }
    }

    /// `n` numbers in strictly rising order.
    pub(super) fn rising(&mut self, n: usize) -> Result<Vec<u32>, ModelError> {
        let out: Vec<u32> = self.items(n, 4)?.map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]])).collect();
        if out.windows(2).all(|w| w[0] < w[1]) { Ok(out) } else { Err(ModelError::Order) }
    }

    /// `n` indices below `limit`.
    pub(super) fn indices(&mut self, n: usize, limit: usize) -> Result<Vec<u16>, ModelError> {
        let out: Vec<u16> = self.items(n, 2)?.map(|c| u16::from_le_bytes([c[0], c[1]])).collect();
        if out.iter().all(|&i| usize::from(i) < limit) { Ok(out) } else { Err(ModelError::Order) }
    }

    /// Whether nothing is left.
    pub(super) const fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }
}

/// FNV-1a over eight bytes at a time; guards against damaged files, not against forgery.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let mut h = 0xcbf2_9ce4_8422_2325_u64;
    let mut chunks = bytes.chunks_exact(8);
    let mut feed = |word: u64| h = (h ^ word).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23);
    for c in &mut chunks {
        feed(u64::from_le_bytes([c[0], c[1], c[2], c[3], c[4], c[5], c[6], c[7]]));
    }
    for &b in chunks.remainder() {
        feed(u64::from(b));
    }
    h
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_not_trusted() {
        let mut b = Bytes::new(&[255, 255, 255, 127, 1]);
        assert!(matches!(b.string(), Err(ModelError::Limit { .. })));
        assert!(matches!(b.f32s(usize::MAX), Err(ModelError::Truncated)));
        assert!(matches!(b.take(2), Err(ModelError::Truncated)));
        assert_eq!(b.take(1).unwrap(), [1]);
        assert!(b.is_empty());
    }

    #[test]
    fn numbers_must_be_sane() {
        assert!(Bytes::new(&f32::NAN.to_le_bytes()).f32s(1).is_err());
        assert!(Bytes::new(&1e9f32.to_le_bytes()).f32s(1).is_err());
        assert!(Bytes::new(&[1, 0, 0, 0, 1, 0, 0, 0]).rising(2).is_err());
        assert!(Bytes::new(&[5, 0]).indices(1, 5).is_err());
    }

    #[test]
    fn every_bit_counts() {
        let mut data = vec![7u8; 37];
        let before = checksum(&data);
        data[36] ^= 1;
        assert_ne!(before, checksum(&data));
    }
}
