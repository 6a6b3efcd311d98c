//! On whose word: quotations, reported speech and the sources of events
