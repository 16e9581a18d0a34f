//! The folder for everything that is kept: its parts, who may enter them, and that only one process uses it.
//! Knows nothing of what the parts hold.

use rustix::fs::OFlags;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use tautulli_domain::{Error, ErrorKind as Kind, Result};

/// Made at every start where missing. The private cluster makes `postgres/` itself.
const PARTS: [&str; 6] = ["logs", "cache", "backups", "exports", "newsletters", "certs"];
/// For us alone: histories, backups and keys of people.
const PRIVATE: u32 = 0o700;
/// Root's data folder lets others pass through, not look: PostgreSQL runs as a user of its own and must get to its
/// part.
const PASSABLE: u32 = 0o711;

/// The data folder, used by this process alone until dropped.
#[derive(Debug)]
pub struct DataDir {
    root: PathBuf,
    #[expect(dead_code, reason = "the open file is the lock")]
    lock: File,
}

impl DataDir {
    /// Makes what is missing of the folder at `root` and takes it for this process. Modes of folders that are there
    /// already are left as their owner wants them.
    ///
    /// # Errors
    /// `Unavailable` when another process uses the folder; `Invalid` when it cannot be made or written, or when its
    /// disk is full. Each message says what to do.
    pub fn open(root: &Path) -> Result<Self> {
        let runs_as_root = rustix::process::geteuid().is_root();
        make(root, if runs_as_root { PASSABLE } else { PRIVATE })?;
        let root = root.canonicalize().map_err(|error| explain("read", root, &error))?;
        let lock = lock(&root)?;
        for part in PARTS {
            make(&root.join(part), PRIVATE)?;
        }
        Ok(Self { root, lock })
    }

    /// Absolute, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    pub fn logs(&self) -> PathBuf {
        self.root.join("logs")
    }

    pub fn cache(&self) -> PathBuf {
        self.root.join("cache")
    }

    pub fn backups(&self) -> PathBuf {
        self.root.join("backups")
    }

    pub fn exports(&self) -> PathBuf {
        self.root.join("exports")
    }

    pub fn newsletters(&self) -> PathBuf {
        self.root.join("newsletters")
    }

    pub fn certs(&self) -> PathBuf {
        self.root.join("certs")
    }

    /// Where the private cluster lives; it makes the folder itself.
    pub fn postgres(&self) -> PathBuf {
        self.root.join("postgres")
    }
}

fn make(path: &Path, mode: u32) -> Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| explain("create", parent, &error))?;
    }
    match DirBuilder::new().mode(mode).create(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        made => made.map_err(|error| explain("create", path, &error)),
    }
}

/// Takes the lock, which the kernel frees however this process ends, and writes our number into it for others to
/// read. Writing it also shows whether the folder can be written and its disk has room.
fn lock(root: &Path) -> Result<File> {
    let path = root.join("lock");
    let failed = |error: &io::Error| explain("write", &path, error);
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false).mode(0o600);
    options.custom_flags(OFlags::NOFOLLOW.bits().cast_signed());
    let mut file = options.open(&path).map_err(|error| failed(&error))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Err(in_use(root, &mut file)),
        Err(TryLockError::Error(error)) => return Err(failed(&error)),
    }
    let written = file.set_len(0).and_then(|()| writeln!(file, "{}", std::process::id()));
    written.and_then(|()| file.sync_data()).map_err(|error| failed(&error))?;
    Ok(file)
}

fn in_use(root: &Path, file: &mut File) -> Error {
    let mut text = String::new();
    let holder = file.take(32).read_to_string(&mut text).ok().and_then(|_| text.trim().parse::<u32>().ok());
    let by = holder.map_or_else(|| "another process".to_owned(), |pid| format!("process {pid}"));
    Error::unavailable(format!(
        "The data folder {} is in use by {by}. Stop that one first, or name another folder with --datadir",
        root.display()
    ))
}

fn explain(action: &str, path: &Path, error: &io::Error) -> Error {
    let shown = path.display();
    let uid = rustix::process::geteuid().as_raw();
    let outer = match error.kind() {
        ErrorKind::PermissionDenied => format!(
            "Not allowed to {action} {shown}. Give the folder to user {uid} (`chown -R {uid} …`), or name another \
             with --datadir"
        ),
        ErrorKind::ReadOnlyFilesystem => format!(
            "Could not {action} {shown}: its file system is read-only. Mount it writable, or name another folder \
             with --datadir"
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("Could not {action} {shown}: the disk is full. Free some space and start again")
        }
        ErrorKind::NotADirectory | ErrorKind::AlreadyExists => {
            format!("Could not {action} {shown}: a file is in the way. Move it away, or name another folder")
        }
        _ => format!("Could not {action} {shown}: {error}. Name another folder with --datadir"),
    };
    Error::new(Kind::Invalid, outer)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn makes_what_is_missing_and_keeps_it_private() {
        let parent = tempfile::tempdir().unwrap();
        let root = parent.path().join("new/data");
        let data = DataDir::open(&root).unwrap();
        for part in
            [data.logs(), data.cache(), data.backups(), data.exports(), data.newsletters(), data.certs()]
        {
            assert_eq!(mode(&part), 0o700, "{}", part.display());
        }
        let expected = if rustix::process::geteuid().is_root() { 0o711 } else { 0o700 };
        assert_eq!(mode(data.root()), expected);
        assert!(!data.postgres().exists());
    }

    #[test]
    fn leaves_the_modes_of_others_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("backups")).unwrap();
        fs::set_permissions(root.path().join("backups"), fs::Permissions::from_mode(0o750)).unwrap();
        let data = DataDir::open(root.path()).unwrap();
        assert_eq!(mode(&data.backups()), 0o750);
    }

    #[test]
    fn belongs_to_one_process_until_dropped() {
        let root = tempfile::tempdir().unwrap();
        let first = DataDir::open(root.path()).unwrap();
        let error = DataDir::open(root.path()).unwrap_err();
        assert_eq!(error.kind(), Kind::Unavailable);
        assert!(error.outer().contains(&format!("process {}", std::process::id())), "{error}");
        drop(first);
        DataDir::open(root.path()).unwrap();
    }

    #[test]
    fn says_what_is_in_the_way() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("file"), "").unwrap();
        let error = DataDir::open(&root.path().join("file")).unwrap_err();
        assert!(error.outer().contains("a file is in the way"), "{error}");
        let error = DataDir::open(&root.path().join("file/data")).unwrap_err();
        assert!(error.outer().contains("a file is in the way"), "{error}");
    }

    #[test]
    fn says_what_to_do_for_each_refusal() {
        let said =
            |kind: ErrorKind| explain("write", Path::new("/d"), &io::Error::from(kind)).outer().to_owned();
        assert!(said(ErrorKind::PermissionDenied).contains("chown"));
        assert!(said(ErrorKind::StorageFull).contains("disk is full"));
        assert!(said(ErrorKind::ReadOnlyFilesystem).contains("read-only"));
    }
}
