//! Work on many threads, with results in the order of the input and no more in memory than was agreed.
//!
//! One thread reads, `jobs` threads work, the calling thread takes the results in order. Between reading and taking at
//! most [`ITEMS`] a job and [`BYTES`] in all are under way: a slow taker slows the reader down.

use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Builder;

/// Items under way, for each job.
const ITEMS: usize = 32;
/// Bytes under way; a single item may be larger.
const BYTES: usize = 64 << 20;
/// Room for deep trees and pages.
const STACK: usize = 16 << 20;

/// What is under way.
#[derive(Default)]
struct UnderWay {
    items: usize,
    bytes: usize,
    stopped: bool,
}

/// Lets the reader on only while there is room.
struct Gate {
    under_way: Mutex<UnderWay>,
    changed: Condvar,
    most: usize,
}

impl Gate {
    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; false when no more is wanted.
    fn enter(&self, bytes: usize) -> bool {
        let full = |now: &mut UnderWay| {
            !now.stopped && now.items > 0 && (now.items >= self.most || now.bytes + bytes > BYTES)
        };
        let mut now = self.changed.wait_while(self.lock(), full).unwrap_or_else(PoisonError::into_inner);
        now.items += 1;
        now.bytes += bytes;
        !now.stopped
    }

    fn leave(&self, bytes: usize) {
        let mut now = self.lock();
        now.items -= 1;
        now.bytes -= bytes;
        self.changed.notify_one();
    }

    fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_one();
    }
}

/// An item or result with its number and its weight in bytes.
struct Numbered<T>(usize, usize, T);

/// Works on all `items` with as many workers as `jobs`, and hands every result to `take`, in order.
///
/// # Errors
/// The first error of `take`, which ends the work, or of starting the threads.
pub fn run<I: Send, O: Send, W: FnMut(I) -> O, E: From<std::io::Error>>(
    jobs: usize,
    items: impl Iterator<Item = I> + Send,
    weight: impl Fn(&I) -> usize + Sync,
    worker: impl Fn() -> W + Sync,
    mut take: impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let gate = Gate { under_way: Mutex::default(), changed: Condvar::new(), most: jobs * ITEMS };
    let (to_workers, from_reader) = channel();
    let from_reader = Mutex::new(from_reader);
    std::thread::scope(|scope| {
        let (gate, weight, worker, from_reader) = (&gate, &weight, &worker, &from_reader);
        let (to_taker, from_workers) = channel();
        let start = || {
            Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                read(items, weight, gate, &to_workers);
            })?;
            for _ in 0..jobs {
                let to_taker = to_taker.clone();
                Builder::new().stack_size(STACK).spawn_scoped(scope, move || {
                    work(worker(), from_reader, &to_taker);
                })?;
            }
            drop(to_taker);
            Ok(())
        };
        let started: std::io::Result<()> = start();
        let result = started.map_err(E::from).and_then(|()| in_order(&from_workers, gate, &mut take));
        gate.stop();
        result
    })
}

fn read<I>(
    items: impl Iterator<Item = I>,
    weight: impl Fn(&I) -> usize,
    gate: &Gate,
    out: &Sender<Numbered<I>>,
) {
    for (number, item) in items.enumerate() {
        let bytes = weight(&item);
        if !gate.enter(bytes) || out.send(Numbered(number, bytes, item)).is_err() {
            return;
        }
    }
}

fn work<I, O>(
    mut worker: impl FnMut(I) -> O,
    items: &Mutex<Receiver<Numbered<I>>>,
    out: &Sender<Numbered<O>>,
) {
    loop {
        let next = items.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(Numbered(number, bytes, item)) = next else { return };
        if out.send(Numbered(number, bytes, worker(item))).is_err() {
            return;
        }
    }
}

fn in_order<O, E>(
    results: &Receiver<Numbered<O>>,
    gate: &Gate,
    take: &mut impl FnMut(O) -> Result<(), E>,
) -> Result<(), E> {
    let (mut early, mut next) = (BTreeMap::new(), 0);
    for Numbered(number, bytes, result) in results {
        early.insert(number, (bytes, result));
        while let Some((bytes, result)) = early.remove(&next) {
            take(result)?;
            gate.leave(bytes);
            next += 1;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::{ITEMS, run};
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn all(jobs: usize, count: usize) -> Vec<usize> {
        let mut taken = Vec::new();
        let worker = || {
            |n: usize| {
                // Later ones are done sooner.
                std::thread::sleep(std::time::Duration::from_micros((7 * n % 11) as u64 * 20));
                2 * n
            }
        };
        run(
            jobs,
            0..count,
            |_| 1,
            worker,
            |n| {
                taken.push(n);
                Ok::<(), io::Error>(())
            },
        )
        .unwrap();
        taken
    }

    #[test]
    fn results_come_in_order() {
        let expected: Vec<usize> = (0..300).map(|n| 2 * n).collect();
        assert_eq!(all(1, 300), expected);
        assert_eq!(all(4, 300), expected);
        assert!(all(3, 0).is_empty());
    }

    #[test]
    fn a_slow_taker_slows_the_reader() {
        let (read, taken) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..500).inspect(|_| {
            read.fetch_add(1, Ordering::SeqCst);
        });
        run(
            2,
            items,
            |_| 1,
            || |n: usize| n,
            |_| {
                let ahead = read.load(Ordering::SeqCst) - taken.fetch_add(1, Ordering::SeqCst);
                assert!(ahead <= 2 * ITEMS + 1, "{ahead}");
                Ok::<(), io::Error>(())
            },
        )
        .unwrap();
        assert_eq!(taken.into_inner(), 500);
    }

    #[test]
    fn large_items_are_under_way_one_at_a_time() {
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let items = (0..20).inspect(|_| {
            most.fetch_max(now.fetch_add(1, Ordering::SeqCst), Ordering::SeqCst);
        });
        run(
            2,
            items,
            |_| 60 << 20,
            || |n: i32| n,
            |_| {
                now.fetch_sub(1, Ordering::SeqCst);
                Ok::<(), io::Error>(())
            },
        )
        .unwrap();
        assert!(most.into_inner() <= 2);
    }

    #[test]
    fn an_error_of_the_taker_ends_everything() {
        let mut taken = 0;
        let result = run(
            2,
            0..,
            |_| 1,
            || |n: u64| n,
            |n| {
                taken += 1;
                if n == 100 { Err(io::Error::other("full")) } else { Ok(()) }
            },
        );
        assert!(result.is_err());
        assert_eq!(taken, 101);
    }
}
