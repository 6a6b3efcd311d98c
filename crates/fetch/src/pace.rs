//! One request after the other, with a pause between two to the same host.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// When each host may be asked again.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    free: Mutex<HashMap<String, Instant>>,
}

impl Pace {
    /// Waits until `host` may be asked, and takes the turn.
    pub(crate) fn wait(&self, host: &str, pause: Duration) {
        let now = Instant::now();
        let until = {
            let mut free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
            let turn = free.get(host).copied().map_or(now, |at| at.max(now));
            free.insert(host.to_owned(), turn + pause);
            turn
        };
        std::thread::sleep(until.saturating_duration_since(now));
    }
}

#[cfg(test)]
mod tests {
    use super::Pace;
    use std::time::{Duration, Instant};

    #[test]
    fn the_same_host_waits_and_others_do_not() {
        let (pace, pause, start) = (Pace::default(), Duration::from_millis(60), Instant::now());
        pace.wait("a", pause);
        pace.wait("b", pause);
        assert!(start.elapsed() < pause);
        pace.wait("a", pause);
        pace.wait("a", pause);
        assert!(start.elapsed() >= 2 * pause);
    }
}
