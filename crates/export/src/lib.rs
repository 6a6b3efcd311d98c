//! In what shape: records to JSON, CSV and tables a person reads
