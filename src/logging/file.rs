//! The log file and its predecessors: `tautulli.log`, `tautulli.log.1` … `.5`. Knows nothing of what is in them.

use rustix::fs::OFlags;
use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

pub(super) const NAME: &str = "tautulli.log";
/// A file that has grown to this size (bytes) is put aside.
const LIMIT: u64 = 5 * 1024 * 1024;
const ROTATIONS: u32 = 5;
/// How long a file that could not be written is left alone.
const RETRY: Duration = Duration::from_secs(30);

/// Appends lines to a file that rotates. Fails never: trouble is told once, and writing is tried again later.
pub struct LogFile {
    path: PathBuf,
    limit: u64,
    complain: Box<dyn Fn(&str) + Send + Sync>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The open file and its size (bytes).
    open: Option<(File, u64)>,
    /// When writing failed last; none while all is well.
    failed: Option<Instant>,
}

impl LogFile {
    /// The log in the folder `dir`. `complain` gets one line when it cannot be written, and one when it can again.
    pub(super) fn open(dir: &Path, complain: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self::with_limit(dir, LIMIT, complain)
    }

    fn with_limit(dir: &Path, limit: u64, complain: impl Fn(&str) + Send + Sync + 'static) -> Self {
        let (path, state) = (dir.join(NAME), Mutex::default());
        Self { path, limit, complain: Box::new(complain), state }
    }

    /// The current file; older ones are beside it with `.1` to `.5` appended, `.1` being the youngest.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Forgets everything that was logged.
    ///
    /// # Errors
    /// Whatever the file system says.
    pub fn clear(&self) -> io::Result<()> {
        let mut state = self.state();
        state.open = None;
        for number in 0..=ROTATIONS {
            match fs::remove_file(self.numbered(number)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    pub(super) fn append(&self, line: &str) {
        let mut state = self.state();
        if state.failed.is_some_and(|since| since.elapsed() < RETRY) {
            return;
        }
        match self.write(&mut state, line) {
            Ok(()) if state.failed.take().is_some() => {
                (self.complain)(&format!("{} is written again\n", self.path.display()));
            }
            Ok(()) => {}
            Err(error) => {
                state.open = None;
                if state.failed.replace(Instant::now()).is_none() {
                    let path = self.path.display();
                    (self.complain)(&format!(
                        "{path} cannot be written ({error}); the service carries on without\n"
                    ));
                }
            }
        }
    }

    fn write(&self, state: &mut State, line: &str) -> io::Result<()> {
        let added = u64::try_from(line.len()).unwrap_or(u64::MAX);
        if state.open.as_ref().is_some_and(|(_, size)| *size > 0 && size.saturating_add(added) > self.limit) {
            state.open = None;
            self.rotate()?;
        }
        if state.open.is_none() {
            state.open = Some(self.reopen(added)?);
        }
        if let Some((file, size)) = &mut state.open {
            file.write_all(line.as_bytes())?;
            *size = size.saturating_add(added);
        }
        Ok(())
    }

    fn reopen(&self, added: u64) -> io::Result<(File, u64)> {
        let file = open(&self.path)?;
        let size = file.metadata()?.len();
        if size == 0 || size.saturating_add(added) <= self.limit {
            return Ok((file, size));
        }
        self.rotate()?;
        Ok((open(&self.path)?, 0))
    }

    fn rotate(&self) -> io::Result<()> {
        for number in (0..ROTATIONS).rev() {
            match fs::rename(self.numbered(number), self.numbered(number + 1)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        Ok(())
    }

    fn numbered(&self, number: u32) -> PathBuf {
        if number == 0 {
            return self.path.clone();
        }
        self.path.with_file_name(format!("{NAME}.{number}"))
    }

    /// A panic while a line was written leaves nothing half-done that matters.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.append(true).create(true).mode(0o600).custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
    options.open(path)
}

impl fmt::Debug for LogFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LogFile").field("path", &self.path).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    type Complaints = Arc<Mutex<Vec<String>>>;

    fn log(dir: &Path, limit: u64) -> (LogFile, Complaints) {
        let complaints = Complaints::default();
        let heard = Arc::clone(&complaints);
        (LogFile::with_limit(dir, limit, move |line| heard.lock().unwrap().push(line.to_owned())), complaints)
    }

    #[test]
    fn keeps_five_predecessors_and_every_line_whole() {
        let dir = tempfile::tempdir().unwrap();
        let (log, complaints) = log(dir.path(), 20);
        for number in 10..30 {
            log.append(&format!("line {number}\n"));
        }
        let read = |number| fs::read_to_string(log.numbered(number)).unwrap();
        assert_eq!(read(0), "line 28\nline 29\n");
        assert_eq!(read(1), "line 26\nline 27\n");
        assert_eq!(read(5), "line 18\nline 19\n");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 6);
        assert!(complaints.lock().unwrap().is_empty());
        log.clear().unwrap();
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
        log.append("fresh\n");
        assert_eq!(read(0), "fresh\n");
    }

    #[test]
    fn goes_on_where_the_last_run_ended() {
        let dir = tempfile::tempdir().unwrap();
        log(dir.path(), 20).0.append("first run\n");
        let (log, _) = log(dir.path(), 20);
        log.append("2nd run\n");
        log.append("more\n");
        assert_eq!(fs::read_to_string(log.numbered(1)).unwrap(), "first run\n2nd run\n");
        assert_eq!(fs::read_to_string(log.path()).unwrap(), "more\n");
    }

    #[test]
    fn a_line_larger_than_the_limit_is_kept() {
        let dir = tempfile::tempdir().unwrap();
        let (log, _) = log(dir.path(), 4);
        log.append("much too long\n");
        log.append("again too long\n");
        assert_eq!(fs::read_to_string(log.path()).unwrap(), "again too long\n");
        assert_eq!(fs::read_to_string(log.numbered(1)).unwrap(), "much too long\n");
    }

    #[test]
    fn a_full_disk_is_told_once_and_hinders_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (mut log, complaints) = log(dir.path(), 1000);
        log.path = PathBuf::from("/dev/full");
        log.append("lost\n");
        log.append("lost\n");
        assert_eq!(complaints.lock().unwrap().len(), 1);
        assert!(complaints.lock().unwrap()[0].contains("/dev/full cannot be written"));
        log.path = dir.path().join(NAME);
        log.state().failed = Instant::now().checked_sub(RETRY);
        log.append("kept\n");
        assert_eq!(fs::read_to_string(log.path()).unwrap(), "kept\n");
        assert!(complaints.lock().unwrap()[1].contains("is written again"));
    }
}
