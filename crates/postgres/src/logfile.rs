//! The server's own log: opened for it, read back after a failed start, kept from growing without bound.

use crate::account::Account;
use crate::error::{PostgresError, Result};
use rustix::fs::OFlags;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

/// Above this size (bytes) the log is moved aside; one predecessor is kept.
const LIMIT: u64 = 5 * 1024 * 1024;
/// Of a failed start at most this much (bytes) is read back.
const TAIL: u64 = 16 * 1024;
const TAIL_LINES: usize = 12;

/// The file that the server's standard error goes to.
#[derive(Debug, Clone)]
pub(crate) struct LogFile {
    path: PathBuf,
}

impl LogFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Opens the log for appending, owned by `account`; gives its present size (bytes) too.
    pub(crate) fn open(&self, account: &Account) -> Result<(File, u64)> {
        let mut options = OpenOptions::new();
        options.append(true).create(true).mode(0o600).custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
        let file = options.open(&self.path).map_err(PostgresError::io("open", &self.path))?;
        account.own(&self.path)?;
        let size = file.metadata().map_err(PostgresError::io("read", &self.path))?.len();
        Ok((file, size))
    }

    /// What matters of the log after `offset` (bytes): its last lines, or less where there is less.
    pub(crate) fn tail(&self, offset: u64) -> String {
        let text = read_from(&self.path, offset).unwrap_or_default();
        let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
        let skipped = lines.len().saturating_sub(TAIL_LINES);
        lines.iter().skip(skipped).copied().collect::<Vec<_>>().join("; ")
    }

    /// Copies the log aside and empties it when it has grown beyond its limit. The server keeps writing to the same
    /// open file, in append mode, so the copy is the only way.
    pub(crate) fn rotate(&self) {
        if fs::metadata(&self.path).map_or(0, |found| found.len()) <= LIMIT {
            return;
        }
        let aside = self.path.with_extension("log.1");
        let done = fs::copy(&self.path, &aside)
            .and_then(|_| OpenOptions::new().write(true).open(&self.path))
            .and_then(|file| file.set_len(0));
        if let Err(error) = done {
            tracing::warn!(path = %self.path.display(), %error, "could not rotate the database's log");
        }
    }
}

fn read_from(path: &Path, offset: u64) -> io::Result<String> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    file.seek(SeekFrom::Start(offset.min(size).max(size.saturating_sub(TAIL))))?;
    let mut bytes = Vec::new();
    file.take(TAIL).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_only_what_came_after_the_start() {
        let dir = tempfile::tempdir().unwrap();
        let log = LogFile::new(dir.path().join("postgres.log"));
        assert_eq!(log.tail(0), "");
        fs::write(log.path(), "old\nFATAL:  new\n\nHINT:  more\n").unwrap();
        assert_eq!(log.tail(4), "FATAL:  new; HINT:  more");
        assert_eq!(log.tail(10_000), "");
    }

    #[test]
    fn rotates_without_losing_the_writer() {
        let dir = tempfile::tempdir().unwrap();
        let log = LogFile::new(dir.path().join("postgres.log"));
        let account = Account { uid: 0, gid: 0, name: String::new(), switch: false };
        let (file, size) = log.open(&account).unwrap();
        assert_eq!(size, 0);
        io::Write::write_all(&mut &file, &vec![b'x'; LIMIT as usize + 1]).unwrap();
        log.rotate();
        io::Write::write_all(&mut &file, b"after\n").unwrap();
        assert_eq!(fs::read_to_string(log.path()).unwrap(), "after\n");
        assert_eq!(fs::metadata(dir.path().join("postgres.log.1")).unwrap().len(), LIMIT + 1);
    }
}
