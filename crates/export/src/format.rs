//! The forms a record is written in.

dateline_core::named_enum! {
    /// A form of the output.
    pub enum Format {
        Table = "table", Json = "json", Jsonl = "jsonl", Csv = "csv", Tsv = "tsv",
    }
}

impl Format {
    /// What stands between two columns, for the flat forms.
    pub const fn delimiter(self) -> Option<u8> {
        match self {
            Format::Csv => Some(b','),
            Format::Tsv => Some(b'\t'),
            _ => None,
        }
    }
}
