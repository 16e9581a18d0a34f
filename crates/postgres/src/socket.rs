//! Where the unix socket goes, and how clients are told. Sockets have short names: about a hundred bytes.

use crate::account::Account;
use crate::error::{PostgresError, Result};
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};

/// The superuser of the cluster; only who can enter the socket's folder can be it.
pub(crate) const USER: &str = "tautulli";

const FILE: &str = "/.s.PGSQL.5432";
/// Linux takes 107 bytes, macOS 103.
const LONGEST: usize = 103;

/// The private folder for the socket of the cluster in `dir` (absolute), made if missing: `wanted`, or a short one
/// where `wanted` cannot name a socket.
pub(crate) fn prepare(wanted: PathBuf, dir: &Path, account: &Account) -> Result<PathBuf> {
    if can_name_socket(&wanted) {
        account.private_folder(&wanted)?;
        return Ok(wanted);
    }
    let folder = short_parent(account).join(format!("tautulli-{}-{:016x}", account.uid, digest(dir)));
    if !can_name_socket(&folder) {
        return Err(PostgresError::UnsafeSocketFolder { path: folder, uid: account.uid });
    }
    tracing::debug!(wanted = %wanted.display(), used = %folder.display(), "the socket's path would be too long");
    claim(&folder, account)?;
    Ok(folder)
}

/// Whether a socket in `folder` has a name that the kernel, libpq and tokio-postgres all understand: the clients
/// take a comma for the end of a host, the server takes quotes for quotes.
fn can_name_socket(folder: &Path) -> bool {
    let length = folder.as_os_str().as_bytes().len() + FILE.len();
    length <= LONGEST
        && folder.to_str().is_some_and(|text| text.chars().all(is_plain) && text.trim_end() == text)
}

fn is_plain(c: char) -> bool {
    !c.is_control() && c != ',' && c != '"'
}

fn short_parent(account: &Account) -> PathBuf {
    let runtime = std::env::var_os("XDG_RUNTIME_DIR").map(PathBuf::from).filter(|dir| {
        !account.switch && fs::metadata(dir).is_ok_and(|found| found.is_dir() && found.uid() == account.uid)
    });
    runtime.unwrap_or_else(|| PathBuf::from("/tmp"))
}

/// Makes `folder`, or accepts it when it is ours and private: others may write to its parent.
fn claim(folder: &Path, account: &Account) -> Result<()> {
    match fs::DirBuilder::new().mode(0o700).create(folder) {
        Ok(()) => return account.own(folder),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(PostgresError::io("create", folder)(error)),
    }
    let found = fs::symlink_metadata(folder).map_err(PostgresError::io("read", folder))?;
    if found.is_dir() && found.uid() == account.uid && found.mode() & 0o077 == 0 {
        return Ok(());
    }
    Err(PostgresError::UnsafeSocketFolder { path: folder.to_path_buf(), uid: account.uid })
}

/// FNV-1a of the path: the same folder on every start, whatever the compiler.
fn digest(path: &Path) -> u64 {
    path.as_os_str()
        .as_bytes()
        .iter()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The URL of `database` behind the socket in `folder`, as libpq and tokio-postgres read it.
pub(crate) fn url(folder: &Path, database: &str) -> String {
    let host = escape(folder.as_os_str().as_bytes());
    format!("postgresql:///{}?host={host}&user={USER}", escape(database.as_bytes()))
}

fn escape(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                text.push(char::from(*byte))
            }
            _ => text.push_str(&format!("%{byte:02X}")),
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::os::unix::fs::PermissionsExt;

    fn ourselves() -> Account {
        let uid = rustix::process::geteuid().as_raw();
        Account { uid, gid: rustix::process::getegid().as_raw(), name: String::new(), switch: false }
    }

    #[test]
    fn keeps_short_paths_and_replaces_long_ones() {
        let root = tempfile::tempdir().unwrap();
        let short = root.path().join("socket");
        assert_eq!(prepare(short.clone(), root.path(), &ourselves()).unwrap(), short);
        assert_eq!(fs::metadata(&short).unwrap().mode() & 0o777, 0o700);
        for odd in ["x".repeat(100), "with,comma".to_owned()] {
            let used = prepare(root.path().join(odd), root.path(), &ourselves()).unwrap();
            assert!(used.as_os_str().len() < 60, "{}", used.display());
            assert_eq!(fs::metadata(&used).unwrap().mode() & 0o777, 0o700);
            fs::remove_dir(used).unwrap();
        }
    }

    #[test]
    fn refuses_a_folder_that_others_can_enter() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("planted");
        fs::create_dir(&folder).unwrap();
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o777)).unwrap();
        assert!(matches!(claim(&folder, &ourselves()), Err(PostgresError::UnsafeSocketFolder { .. })));
        let link = root.path().join("link");
        std::os::unix::fs::symlink(root.path(), &link).unwrap();
        assert!(matches!(claim(&link, &ourselves()), Err(PostgresError::UnsafeSocketFolder { .. })));
    }

    proptest! {
        #[test]
        fn urls_survive_a_client(folder in "/[^,\"\\x00-\\x1f]{1,40}", database in "[^\\x00]{1,30}") {
            let parsed: tokio_postgres::Config = url(Path::new(&folder), &database).parse().unwrap();
            prop_assert_eq!(parsed.get_dbname(), Some(database.as_str()));
            prop_assert_eq!(parsed.get_user(), Some(USER));
            prop_assert_eq!(parsed.get_hosts(), &[tokio_postgres::config::Host::Unix(folder.into())]);
        }
    }
}
