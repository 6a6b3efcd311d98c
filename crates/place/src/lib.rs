//! Where: place names to gazetteer entries with coordinates
