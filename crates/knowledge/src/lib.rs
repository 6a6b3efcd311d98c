//! The tables under knowledge/, checked and indexed
