//! As which system user the server runs: ourselves, or `postgres` when we are root. Starts nothing.

use crate::error::{PostgresError, Result};
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;
use tokio::process::Command;

const SYSTEM_USER: &str = "postgres";

/// The system user that owns the cluster's files and runs its server.
#[derive(Debug, Clone)]
pub(crate) struct Account {
    pub(crate) uid: u32,
    pub(crate) gid: u32,
    pub(crate) name: String,
    /// We are root and must become this user in every child process.
    pub(crate) switch: bool,
}

impl Account {
    pub(crate) fn of_process() -> Result<Self> {
        let (uid, gid) = (rustix::process::geteuid().as_raw(), rustix::process::getegid().as_raw());
        if uid != 0 {
            return Ok(Self { uid, gid, name: uid.to_string(), switch: false });
        }
        let passwd = fs::read_to_string("/etc/passwd").unwrap_or_default();
        let (uid, gid) = find(&passwd, SYSTEM_USER).ok_or(PostgresError::NoAccount(SYSTEM_USER))?;
        Ok(Self { uid, gid, name: SYSTEM_USER.to_owned(), switch: true })
    }

    /// A command that runs as this user, in a folder it may enter, without anything from our environment that
    /// would change what PostgreSQL does or tell it our secrets.
    pub(crate) fn command(&self, program: &Path, home: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir(home);
        scrub(&mut command);
        // Without TZ initdb reads the whole zone database to guess one, which takes longer than all the rest.
        command.env("LC_ALL", "C").env("TZ", "UTC");
        if self.switch {
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Makes `path` this user's, without following it if it is a link.
    pub(crate) fn own(&self, path: &Path) -> Result<()> {
        if !self.switch {
            return Ok(());
        }
        std::os::unix::fs::lchown(path, Some(self.uid), Some(self.gid))
            .map_err(PostgresError::io("change the owner of", path))
    }

    /// Makes `path` and everything below it this user's; links are not followed.
    pub(crate) fn own_tree(&self, path: &Path) -> Result<()> {
        self.own(path)?;
        let failed = |source| PostgresError::io("read", path)(source);
        for entry in fs::read_dir(path).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            if entry.file_type().map_err(failed)?.is_dir() {
                self.own_tree(&entry.path())?;
            } else {
                self.own(&entry.path())?;
            }
        }
        Ok(())
    }

    /// Makes `path` a private folder (0700) of this user, creating it and its parents where they are missing.
    pub(crate) fn private_folder(&self, path: &Path) -> Result<()> {
        fs::create_dir_all(path).map_err(PostgresError::io("create", path))?;
        let found = fs::metadata(path).map_err(PostgresError::io("read", path))?;
        if found.uid() != self.uid {
            if !self.switch {
                let (owner, runner) = (found.uid(), self.uid);
                return Err(PostgresError::Foreign { path: path.to_path_buf(), owner, runner });
            }
            self.own(path)?;
        }
        if found.permissions().mode() & 0o777 != 0o700 {
            fs::set_permissions(path, fs::Permissions::from_mode(0o700))
                .map_err(PostgresError::io("change the mode of", path))?;
        }
        Ok(())
    }

    /// Whether this user can reach `path` (absolute, without links) through all the folders above it.
    pub(crate) fn check_traversal(&self, path: &Path) -> Result<()> {
        for folder in path.ancestors().skip(1) {
            let found = fs::metadata(folder).map_err(PostgresError::io("read", folder))?;
            let bit = match (found.uid() == self.uid, found.gid() == self.gid) {
                (true, _) => 0o100,
                (_, true) => 0o010,
                _ => 0o001,
            };
            if self.switch && found.mode() & bit == 0 {
                return Err(PostgresError::NotTraversable {
                    path: folder.to_path_buf(),
                    user: self.name.clone(),
                });
            }
        }
        Ok(())
    }
}

/// Takes from a child's environment what steers libpq and what is secret.
pub(crate) fn scrub(command: &mut Command) {
    for (key, _) in std::env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("PG") || name.starts_with("TAUTULLI_") || name == "DATABASE_URL" {
            command.env_remove(&key);
        }
    }
}

/// The uid and gid of `name` in the text of `/etc/passwd`.
fn find(passwd: &str, name: &str) -> Option<(u32, u32)> {
    passwd.lines().find_map(|line| {
        let mut fields = line.split(':');
        if fields.next() != Some(name) {
            return None;
        }
        let mut ids = fields.skip(1);
        Some((ids.next()?.parse().ok()?, ids.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_passwd_leniently() {
        let text = "root:x:0:0:root:/root:/bin/sh\npostgres-old:x:7:8::/:/bin/sh\nbroken\npostgres:x:101:104:a:/v:/b";
        assert_eq!(find(text, "postgres"), Some((101, 104)));
        assert_eq!(find(text, "nobody"), None);
        assert_eq!(find("postgres:x:many:1", "postgres"), None);
    }

    #[test]
    fn names_the_folder_that_cannot_be_passed() {
        let root = tempfile::tempdir().unwrap();
        let closed = root.path().canonicalize().unwrap().join("closed");
        fs::create_dir_all(closed.join("inner")).unwrap();
        fs::set_permissions(root.path(), fs::Permissions::from_mode(0o755)).unwrap();
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        let account = Account { uid: 54_321, gid: 54_321, name: "somebody".into(), switch: true };
        let error = account.check_traversal(&closed.join("inner")).unwrap_err().to_string();
        assert!(error.contains(&format!("chmod o+x {}", closed.display())), "{error}");
        assert!(error.contains("somebody"), "{error}");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o701)).unwrap();
        account.check_traversal(&closed.join("inner")).unwrap();
    }
}
