//! The folders of one cluster and who owns them. Runs no program.

use crate::account::Account;
use crate::config::Config;
use crate::error::{PostgresError, Result};
use crate::lock::Lock;
use crate::logfile::LogFile;
use crate::socket;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

/// Where everything of one cluster is. All paths are absolute and without links.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    pub(crate) dir: PathBuf,
    pub(crate) data: PathBuf,
    pub(crate) socket_dir: PathBuf,
    pub(crate) log: LogFile,
}

impl Layout {
    /// Makes the cluster's folder if missing and takes the lock on it.
    pub(crate) fn prepare(config: &Config, account: &Account) -> Result<(Self, Lock)> {
        account.private_folder(&config.dir)?;
        let dir = config.dir.canonicalize().map_err(PostgresError::io("read", &config.dir))?;
        account.check_traversal(&dir)?;
        let lock = Lock::take(&dir)?;
        let wanted = config.socket_dir.clone().unwrap_or_else(|| dir.join("socket"));
        let socket_dir = socket::prepare(wanted, &dir, account)?;
        let log = LogFile::new(dir.join("postgres.log"));
        Ok((Self { data: dir.join("data"), dir, socket_dir, log }, lock))
    }

    /// The major version that made the data; none where there is no data yet.
    pub(crate) fn version(&self) -> Result<Option<u32>> {
        let path = self.data.join("PG_VERSION");
        match fs::read_to_string(&path) {
            Ok(text) => match text.trim().split('.').next().and_then(|major| major.parse().ok()) {
                Some(major) => Ok(Some(major)),
                None => Err(PostgresError::NotACluster(self.data.clone())),
            },
            Err(_) if is_empty(&self.data) => Ok(None),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(PostgresError::NotACluster(self.data.clone()))
            }
            Err(error) => Err(PostgresError::io("read", &path)(error)),
        }
    }

    /// Gives the data to `account` where another user has it: the folder came from another machine.
    pub(crate) fn own_data(&self, account: &Account) -> Result<()> {
        let owner = fs::metadata(&self.data).map_err(PostgresError::io("read", &self.data))?.uid();
        if owner == account.uid {
            return Ok(());
        }
        if !account.switch {
            let (path, runner) = (self.data.clone(), account.uid);
            return Err(PostgresError::Foreign { path, owner, runner });
        }
        tracing::warn!(data = %self.data.display(), owner, "giving the database's files to {}", account.name);
        account.own_tree(&self.data)
    }
}

/// Whether nothing is there, or a folder with nothing in it.
fn is_empty(dir: &Path) -> bool {
    match fs::read_dir(dir) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(dir: &Path) -> Layout {
        let log = LogFile::new(dir.join("postgres.log"));
        Layout { dir: dir.into(), data: dir.join("data"), socket_dir: dir.into(), log }
    }

    #[test]
    fn tells_data_from_none_and_from_something_else() {
        let root = tempfile::tempdir().unwrap();
        let layout = layout(root.path());
        assert_eq!(layout.version().unwrap(), None);
        fs::create_dir(&layout.data).unwrap();
        assert_eq!(layout.version().unwrap(), None);
        fs::write(layout.data.join("holiday.jpg"), "").unwrap();
        assert!(matches!(layout.version(), Err(PostgresError::NotACluster(_))));
        fs::write(layout.data.join("PG_VERSION"), "9.6\n").unwrap();
        assert_eq!(layout.version().unwrap(), Some(9));
        fs::write(layout.data.join("PG_VERSION"), "").unwrap();
        assert!(matches!(layout.version(), Err(PostgresError::NotACluster(_))));
    }
}
