//! The pipeline as one library: a report goes in, the record comes out
