//! Connections that share one database, which nobody writes to any more.

use crate::error::Error;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::sync::{Condvar, Mutex, PoisonError};

/// Statements that a connection keeps prepared.
const STATEMENTS: usize = 32;

/// Connections that share one database.
pub(crate) struct Pool {
    free: Mutex<Vec<Connection>>,
    returned: Condvar,
}

impl Pool {
    /// Opens `size` connections that only read.
    pub(crate) fn open(path: &Path, size: usize) -> Result<Self, Error> {
        let open = |_| {
            // The file is whole and stays as it is, so that nobody needs to lock it.
            let address = format!("file:{}?immutable=1", escaped(path));
            let flags = OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_URI
                | OpenFlags::SQLITE_OPEN_NO_MUTEX;
            let connection = Connection::open_with_flags(address, flags)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            connection.execute_batch("PRAGMA mmap_size = 1073741824; PRAGMA query_only = 1;")?;
            Ok(connection)
        };
        let free = (0..size).map(open).collect::<Result<_, Error>>()?;
        Ok(Self { free: Mutex::new(free), returned: Condvar::new() })
    }

    /// Does something with a connection, once one is free.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Connection) -> T) -> T {
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free =
            self.returned.wait_while(free, |free| free.is_empty()).unwrap_or_else(PoisonError::into_inner);
        let lent = Lent { pool: self, connection: free.pop() };
        drop(free);
        // The wait above ends only when there is one.
        work(lent.connection.as_ref().expect("a connection is free"))
    }
}

/// A connection that goes back when the work is done, or panics.
struct Lent<'a> {
    pool: &'a Pool,
    connection: Option<Connection>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.free.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
            self.pool.returned.notify_one();
        }
    }
}

/// A path as it stands in an address.
fn escaped(path: &Path) -> String {
    let safe =
        |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'.' | b'-' | b'_' | b'~' | b':' | b'\\');
    let bytes = path.to_string_lossy();
    bytes.bytes().map(|b| if safe(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
}
