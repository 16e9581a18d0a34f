//! What a server writes about itself in `postmaster.pid`, and whether that is still true. Signals nobody.

use rustix::process::Pid;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

const NAME: &str = "postmaster.pid";

/// The lines of `postmaster.pid` that matter here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PidFile {
    pub(crate) pid: Pid,
    pub(crate) socket_dir: Option<PathBuf>,
    /// The server accepts connections.
    pub(crate) ready: bool,
}

impl PidFile {
    pub(crate) fn read(data: &Path) -> Option<Self> {
        Self::parse(&fs::read_to_string(data.join(NAME)).ok()?)
    }

    fn parse(text: &str) -> Option<Self> {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        let pid = lines.first()?.trim_start_matches('-').parse().ok().filter(|pid| *pid > 1)?;
        Some(Self {
            pid: Pid::from_raw(pid)?,
            socket_dir: lines.get(4).filter(|dir| dir.starts_with('/')).map(PathBuf::from),
            ready: lines.get(7).is_some_and(|state| *state == "ready"),
        })
    }
}

/// Whether process `pid` is alive and works in `data` (absolute, without links), as every PostgreSQL process does.
/// Where there is no `/proc`, whether it is alive.
pub(crate) fn inhabits(pid: Pid, data: &Path) -> bool {
    if !has_proc() {
        return rustix::process::test_kill_process(pid).is_ok();
    }
    let process = Path::new("/proc").join(pid.as_raw_nonzero().to_string());
    works_in(&process, data).unwrap_or_else(|| serves(&process, data))
}

/// Removes what a dead server left, where it is certain that nobody is in `data` any more. PostgreSQL itself gives
/// up when the number of a dead server was given to another process of the same user, as happens in containers.
pub(crate) fn clear_stale(data: &Path, socket_dir: &Path) {
    let named = data.join(NAME);
    if !has_proc() || !named.exists() || is_inhabited(data) {
        return;
    }
    remove(&named);
    let lock = socket_dir.join(".s.PGSQL.5432.lock");
    let ours = fs::read_to_string(&lock).is_ok_and(|text| text.lines().nth(1).map(Path::new) == Some(data));
    if ours {
        remove(&lock);
    }
}

fn remove(path: &Path) {
    match fs::remove_file(path) {
        Ok(()) => tracing::debug!(path = %path.display(), "removed what a dead server left"),
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "could not remove what a dead server left")
        }
    }
}

fn is_inhabited(data: &Path) -> bool {
    let Ok(processes) = fs::read_dir("/proc") else { return true };
    processes.flatten().map(|process| process.path()).any(|process| {
        works_in(&process, data).unwrap_or_else(|| serves(&process, data) || is_orphan(&process))
    })
}

/// Whether `process` has `data` as its working folder. None where we may not know: root in a container is commonly
/// not allowed to look into the processes of other users.
fn works_in(process: &Path, data: &Path) -> Option<bool> {
    match fs::read_link(process.join("cwd")) {
        Ok(folder) => Some(folder == data),
        Err(error) if error.kind() == std::io::ErrorKind::PermissionDenied => None,
        Err(_) => Some(false),
    }
}

/// Whether `process` is a server that was told to use `data`.
fn serves(process: &Path, data: &Path) -> bool {
    arguments(process).split(|byte| *byte == 0).any(|word| word == data.as_os_str().as_bytes())
}

/// Whether `process` is part of a server whose first process is dead; nobody can tell whose data it has open.
fn is_orphan(process: &Path) -> bool {
    let status = fs::read_to_string(process.join("status")).unwrap_or_default();
    let parent =
        status.lines().find_map(|line| line.strip_prefix("PPid:")).map(str::trim).unwrap_or_default();
    let parent = arguments(&Path::new("/proc").join(parent));
    arguments(process).starts_with(b"postgres:") && !parent.windows(8).any(|part| part == b"postgres")
}

/// The command line of `process`, which everybody may read; empty for one that has ended.
fn arguments(process: &Path) -> Vec<u8> {
    fs::read(process.join("cmdline")).unwrap_or_default()
}

fn has_proc() -> bool {
    Path::new("/proc/self/cwd").exists()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_lines_that_matter() {
        let text = "4711\n/d/data\n1700000000\n5432\n/d/socket\n\n  1234  5\nready   \n";
        let file = PidFile::parse(text).unwrap();
        assert_eq!(file.pid.as_raw_nonzero().get(), 4711);
        assert_eq!(file.socket_dir.as_deref(), Some(Path::new("/d/socket")));
        assert!(file.ready);
        assert!(!PidFile::parse("4711\n/d/data\n1\n5432\n/d/socket\n\n1 5\nstarting\n").unwrap().ready);
        assert_eq!(PidFile::parse("1\n"), None);
    }

    #[test]
    fn clears_only_what_nobody_uses() {
        let root = tempfile::tempdir().unwrap();
        let data = root.path().canonicalize().unwrap();
        let mine = std::process::id();
        fs::write(data.join(NAME), format!("{mine}\n{}\n", data.display())).unwrap();
        fs::write(data.join(".s.PGSQL.5432.lock"), format!("{mine}\n/another\n")).unwrap();
        clear_stale(&data, &data);
        assert!(!data.join(NAME).exists(), "the number of a dead server was reused by us");
        assert!(
            data.join(".s.PGSQL.5432.lock").exists(),
            "the socket of another cluster is not ours to remove"
        );
    }

    proptest! {
        #[test]
        fn never_fails_on_garbage(text in "\\PC{0,40}(\n\\PC{0,20}){0,10}") {
            if let Some(file) = PidFile::parse(&text) {
                prop_assert!(file.pid.as_raw_nonzero().get() > 1);
            }
        }
    }
}
