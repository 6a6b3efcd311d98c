//! When: time expressions of news English and what they mean
