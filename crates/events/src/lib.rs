//! What was done: frames matched on trees, with parties, mode and status
