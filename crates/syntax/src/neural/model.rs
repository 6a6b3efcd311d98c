//! The model file.

use super::file::{Bytes, checksum};
use super::matrix::Matrix;
use dateline_core::syntax::{Deprel, NameTag, Upos, Xpos};
use std::str::FromStr;

const MAGIC: &[u8; 8] = b"DLREADER";
const VERSION: u32 = 1;

/// Why bytes are not a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The file does not begin with the magic string.
    #[error("not a Dateline model file")]
    Magic,
    /// The file has another format.
    #[error("model format {0}; this program reads format {VERSION}")]
    Version(u32),
    /// The file ends early.
    #[error("the model file is truncated")]
    Truncated,
    /// The checksum is wrong.
    #[error("the model file is damaged")]
    Checksum,
    /// A size is out of bounds.
    #[error("model file: {what} is {value}, which is out of bounds")]
    Limit {
        /// Which size.
        what: &'static str,
        /// What the file says.
        value: usize,
    },
    /// A string is not UTF-8.
    #[error("model file: a string is not UTF-8")]
    Text,
    /// A number is not finite or too large.
    #[error("model file: a number is not finite or too large")]
    Number,
    /// A table is not sorted or points outside its target.
    #[error("model file: a table is not in order")]
    Order,
    /// A label that this program does not know.
    #[error("model file: unknown label `{0}`")]
    Label(String),
    /// There is something behind the last tensor.
    #[error("model file: unexpected bytes at the end")]
    Trailing,
}

/// Rows of numbers found by hash.
#[derive(Debug)]
pub(super) struct Table {
    hashes: Vec<u32>,
    /// Where the hashes with each beginning start.
    starts: Vec<u32>,
    /// Bits behind the beginning.
    behind: u32,
    pub(super) rows: Vec<u16>,
    pub(super) values: Vec<i8>,
    pub(super) scales: Vec<f32>,
}

impl Table {
    /// A table of rising hashes.
    fn new(hashes: Vec<u32>, rows: Vec<u16>, values: Vec<i8>, scales: Vec<f32>) -> Self {
        // Hashes are spread evenly: a beginning is shared by about two.
        let bits = (hashes.len() / 2).max(2).ilog2();
        let behind = u32::BITS - bits;
        let start = |beginning: u32| hashes.partition_point(|&h| h >> behind < beginning) as u32;
        let starts = (0..=1 << bits).map(start).collect();
        Self { hashes, starts, behind, rows, values, scales }
    }

    /// The row of a hash.
    pub(super) fn row(&self, hash: u32) -> Option<usize> {
        let beginning = (hash >> self.behind) as usize;
        let (from, to) = (self.starts[beginning] as usize, self.starts[beginning + 1] as usize);
        let at = self.hashes[from..to].iter().position(|&h| h == hash)?;
        Some(usize::from(self.rows[from + at]))
    }
}

/// One layer of the encoder.
#[derive(Debug)]
pub(super) struct Layer {
    pub(super) gates: Matrix,
    pub(super) peepholes: Vec<f32>,
    pub(super) bias: Vec<f32>,
}

/// Everything behind the encoder.
#[derive(Debug)]
pub(super) struct HeadWeights {
    pub(super) all: Matrix,
    pub(super) arcs: Matrix,
    pub(super) root: Vec<f32>,
    pub(super) root_label: Vec<f32>,
    pub(super) distance: Vec<f32>,
    pub(super) label: Matrix,
    pub(super) tags: Matrix,
    pub(super) names: Matrix,
}

/// A trained reader: immutable, to be shared by all threads.
#[derive(Debug)]
pub struct Model {
    pub(super) licence: String,
    pub(super) data: String,
    pub(super) width: usize,
    pub(super) embedding: usize,
    pub(super) arc: usize,
    pub(super) lab: usize,
    pub(super) tag: usize,
    pub(super) upos: Vec<Upos>,
    pub(super) xpos: Vec<Xpos>,
    pub(super) deprel: Vec<Deprel>,
    pub(super) tags: Vec<NameTag>,
    pub(super) features: Table,
    pub(super) vectors: Table,
    pub(super) mix: Matrix,
    pub(super) layers: Vec<Layer>,
    pub(super) heads: HeadWeights,
}

impl Model {
    /// The model in `bytes`.
    pub fn load(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut b = Bytes::new(bytes);
        if b.take(8).map_err(|_| ModelError::Magic)? != MAGIC {
            return Err(ModelError::Magic);
        }
        let version = b.u32()?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let sum = u64::from(b.u32()?) | u64::from(b.u32()?) << 32;
        let body = &bytes[20..];
        if checksum(body) != sum {
            return Err(ModelError::Checksum);
        }
        Self::read(body)
    }

    /// Under which licence the weights are.
    pub fn licence(&self) -> &str {
        &self.licence
    }

    /// What the weights were trained on.
    pub fn data(&self) -> &str {
        &self.data
    }

    /// The part behind the checksum; never panics, whatever the bytes.
    pub(super) fn read(body: &[u8]) -> Result<Self, ModelError> {
        let b = &mut Bytes::new(body);
        let (licence, data) = (b.string()?.to_owned(), b.string()?.to_owned());
        let width = multiple(b.bounded("width", 32, 1024)?, 32)?;
        let n_layers = b.bounded("number of layers", 1, 8)?;
        let embedding = multiple(b.bounded("embedding", 4, 512)?, 4)?;
        let arc = multiple(b.bounded("arc size", 4, 512)?, 4)?;
        let lab = multiple(b.bounded("label size", 4, 512)?, 4)?;
        let tag = multiple(b.bounded("tag size", 4, 512)?, 4)?;
        let name = multiple(b.bounded("name size", 4, 512)?, 4)?;
        let rows = b.bounded("number of features", 1, 65_535)?;
        let vectors = b.bounded("number of vectors", 1, 65_535)?;
        let keys = b.bounded("number of vector keys", 1, 4_000_000)?;
        let (upos, xpos, deprel) = (labels(b)?, labels(b)?, labels(b)?);
        let tags = labels(b)?;
        let hashes = b.rising(rows)?;
        let values = b.i8s(rows * embedding)?;
        let features = Table::new(hashes, (0..rows as u16).collect(), values, b.f32s(rows)?);
        let (hashes, indices) = (b.rising(keys)?, b.indices(keys, vectors)?);
        let values = b.i8s(vectors * embedding)?;
        let vectors = Table::new(hashes, indices, values, b.f32s(vectors)?);
        let mix = Matrix::read(b, 2 * width, embedding)?;
        let mut layers = Vec::new();
        for _ in 0..n_layers {
            let gates = Matrix::read(b, 3 * width, width)?;
            layers.push(Layer { gates, peepholes: b.f32s(2 * width)?, bias: b.f32s(2 * width)? });
        }
        let heads = HeadWeights {
            all: Matrix::read(b, 2 * arc + 2 * lab + tag + name, width)?,
            arcs: Matrix::read(b, arc, arc)?,
            root: b.f32s(arc)?,
            root_label: b.f32s(lab)?,
            distance: b.f32s(2 * super::heads::DISTANCES.len())?,
            label: Matrix::read(b, deprel.len(), 3 * lab)?,
            tags: Matrix::read(b, upos.len() + xpos.len(), tag)?,
            names: Matrix::read(b, tags.len(), name)?,
        };
        if !b.is_empty() {
            return Err(ModelError::Trailing);
        }
        Ok(Self {
            licence,
            data,
            width,
            embedding,
            arc,
            lab,
            tag,
            upos,
            xpos,
            deprel,
            tags,
            features,
            vectors,
            mix,
            layers,
            heads,
        })
    }
}

fn multiple(n: usize, of: usize) -> Result<usize, ModelError> {
    if n.is_multiple_of(of) { Ok(n) } else { Err(ModelError::Limit { what: "a dimension", value: n }) }
}

fn labels<T: FromStr>(b: &mut Bytes<'_>) -> Result<Vec<T>, ModelError> {
    let n = b.bounded("number of labels", 1, 256)?;
    (0..n)
        .map(|_| {
            let name = b.string()?;
            name.parse().map_err(|_| ModelError::Label(name.to_owned()))
        })
        .collect()
}
