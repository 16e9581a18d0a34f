//! What can go wrong with a private cluster; every message says what to do. Knows no other module.

use std::io;
use std::path::{Path, PathBuf};

/// The result of everything in this crate.
pub(crate) type Result<T> = std::result::Result<T, PostgresError>;

/// A failure of the private cluster. `Display` is fit for the person who runs the service.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    #[error(
        "No PostgreSQL server was found (looked in {looked}). Install it (Debian and Ubuntu: `apt-get install \
         postgresql`; Alpine: `apk add postgresql`; Fedora and RHEL: `dnf install postgresql-server`; macOS: `brew \
         install postgresql`), or name the folder of its programs in TAUTULLI_POSTGRES_BIN, or point DATABASE_URL \
         at a running server"
    )]
    BinariesMissing { looked: String },
    #[error(
        "The PostgreSQL in {} is version {found}; {least} or newer is needed. Install a newer server", dir.display()
    )]
    TooOld { dir: PathBuf, found: u32, least: u32 },
    #[error(
        "The database in {} was made by PostgreSQL {cluster}, but the installed server is version {found}. Nothing \
         was changed. Install PostgreSQL {cluster} beside it (Debian and Ubuntu: `apt-get install \
         postgresql-{cluster}`), or upgrade the folder yourself with pg_upgrade, or move it away and restore a backup",
        data.display()
    )]
    VersionMismatch { data: PathBuf, cluster: u32, found: String },
    #[error(
        "{} is not empty and is not a PostgreSQL data folder. Move its content away and start again", .0.display()
    )]
    NotACluster(PathBuf),
    #[error(
        "PostgreSQL refuses to run as root and there is no system user `{0}` to run it as. Install the PostgreSQL \
         server package, or create the user with `useradd --system {0}`, or start the service as an ordinary user"
    )]
    NoAccount(&'static str),
    #[error(
        "The user `{user}`, as whom PostgreSQL runs, cannot pass through {0}. Run `chmod o+x {0}`, or put the data \
         folder elsewhere", path.display()
    )]
    NotTraversable { path: PathBuf, user: String },
    #[error(
        "{} belongs to user {owner}, but the service runs as user {runner}. Start it as that user, or run `chown -R \
         {runner} {}`", path.display(), path.display()
    )]
    Foreign { path: PathBuf, owner: u32, runner: u32 },
    #[error("{} is not a private folder of user {uid} (mode 0700). Remove it and start again", path.display())]
    UnsafeSocketFolder { path: PathBuf, uid: u32 },
    #[error("The database in {} is used by another process{}. Stop that one first", dir.display(), named(*.pid))]
    InUse { dir: PathBuf, pid: Option<i32> },
    #[error(
        "A PostgreSQL server (process {pid}) runs on {} but does not answer. Look at its log, end it with `kill -QUIT \
         {pid}`, and start again", data.display()
    )]
    Unresponsive { data: PathBuf, pid: i32 },
    #[error("The PostgreSQL server (process {0}) did not end, not even when killed")]
    Unstoppable(i32),
    #[error("The database could not be created: {0}")]
    Initdb(String),
    #[error("PostgreSQL did not start: {detail} (its log is {})", log.display())]
    Startup { detail: String, log: PathBuf },
    #[error("The disk that holds {} is full. Free some space and start again", .0.display())]
    DiskFull(PathBuf),
    #[error("Could not {action} {}: {source}", path.display())]
    Io { action: &'static str, path: PathBuf, source: io::Error },
    #[error("The database did not accept the request: {}", database_message(.0))]
    Database(#[from] tokio_postgres::Error),
    #[error("The database did not answer in time")]
    Timeout,
    #[error("The backup of the database failed: {0}")]
    Dump(String),
}

impl PostgresError {
    /// An I/O failure while doing `action` to `path`; a full disk gets its own message.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::DiskFull(path),
            _ => Self::Io { action, path, source },
        }
    }

    /// What a failed start left in the log, with a full disk recognised.
    pub(crate) fn startup(detail: String, log: &Path) -> Self {
        if detail.contains("No space left on device") {
            return Self::DiskFull(log.to_path_buf());
        }
        let detail = if detail.is_empty() { "it said nothing".to_owned() } else { detail };
        Self::Startup { detail, log: log.to_path_buf() }
    }
}

fn named(pid: Option<i32>) -> String {
    pid.map(|pid| format!(" ({pid})")).unwrap_or_default()
}

fn database_message(error: &tokio_postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |db| db.message().to_owned())
}
