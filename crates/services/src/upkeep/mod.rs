//! Looking after the service itself: backups, logs, starting again. What only the running program can do is behind [`Host`].

mod backups;
mod logs;
mod plex_logs;
#[cfg(test)]
mod tests;

pub use logs::{LogEntry, LogOrder, LogQuery};
pub use plex_logs::PlexLogKind;

use crate::importer::inside;
use crate::settings::{SETTINGS, Settings, sections};
use backups::{Content, Occasion, stamp};
use futures_util::future::BoxFuture;
use serde_json::Value;
use std::fmt::Debug;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tautulli_domain::{Error, Result, SharedClock};

/// The running program, as far as it can be told to do something.
pub trait Host: Debug + Send + Sync {
    /// Writes a dump of the database.
    fn dump<'a>(&'a self, file: &'a Path) -> BoxFuture<'a, Result<()>>;

    /// Goes down in order and starts again.
    fn restart(&self);
}

/// Larger files (bytes) are no settings.
const LARGEST_FILE: u64 = 1 << 20;

/// The machine that the service runs on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Machine {
    pub system: String,
    pub release: String,
    pub version: String,
    pub name: String,
    pub distribution: String,
}

/// Where a file lies that may be downloaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    pub path: PathBuf,
    /// The name that it is given.
    pub name: String,
    /// Made for this one download.
    pub temporary: bool,
}

/// Looks after the service.
#[derive(Debug)]
pub struct Upkeep {
    host: Option<Arc<dyn Host>>,
    settings: Arc<Settings>,
    clock: SharedClock,
    data_dir: PathBuf,
}

impl Upkeep {
    /// Without a host nothing can be dumped or started again.
    pub fn new(
        host: Option<Arc<dyn Host>>,
        settings: Arc<Settings>,
        clock: SharedClock,
        data_dir: &Path,
    ) -> Self {
        Self { host, settings, clock, data_dir: data_dir.to_owned() }
    }

    fn host(&self) -> Result<&Arc<dyn Host>> {
        self.host.as_ref().ok_or_else(|| Error::unavailable("This process cannot do that"))
    }

    /// Writes a dump of the database to the folder for backups; gives its name.
    pub async fn back_up_database(&self) -> Result<String> {
        self.dump_to_backups(Occasion::Asked).await
    }

    /// Writes the settings, without secrets, to the folder for backups; gives the file's name.
    pub async fn back_up_settings(&self) -> Result<String> {
        self.write_settings_to_backups(Occasion::Asked).await
    }

    /// Does what is to be done for the database's backups by schedule: a new one, and away with those that are too old. While
    /// no new one can be made the old ones stay.
    pub(crate) async fn keep_database_backups(&self) -> Result<()> {
        self.want_room().await?;
        self.dump_to_backups(Occasion::Scheduled).await?;
        self.remove_old_backups(Content::Database).await
    }

    /// The same for the backups of the settings.
    pub(crate) async fn keep_settings_backups(&self) -> Result<()> {
        self.write_settings_to_backups(Occasion::Scheduled).await?;
        self.remove_old_backups(Content::Settings).await
    }

    async fn dump_to_backups(&self, occasion: Occasion) -> Result<String> {
        let name = Content::Database.name(occasion, self.clock.now());
        self.host()?.dump(&self.backups().await?.join(&name)).await?;
        tracing::info!(name, "the database was backed up");
        Ok(name)
    }

    /// Refuses where another backup could fill the disk.
    async fn want_room(&self) -> Result<()> {
        let folder = self.backups().await?;
        let look = move || backups::missing_room(&folder, Content::Database);
        let missing = tokio::task::spawn_blocking(look).await.map_err(Error::internal)?;
        let missing = missing.map_err(|failure| {
            Error::unavailable("The folder for backups cannot be read").because(failure)
        })?;
        if missing == 0 {
            return Ok(());
        }
        let missing = (missing >> 20) + 1;
        Err(Error::unavailable(format!(
            "There is too little room for another backup: {missing} MiB are missing. Free some, or set backup_days to fewer days"
        )))
    }

    async fn write_settings_to_backups(&self, occasion: Occasion) -> Result<String> {
        let name = Content::Settings.name(occasion, self.clock.now());
        write_private(&self.backups().await?.join(&name), self.settings_text()).await?;
        tracing::info!(name, "the settings were backed up");
        Ok(name)
    }

    async fn remove_old_backups(&self, content: Content) -> Result<()> {
        let folder = self.backups().await?;
        let (days, now) = (self.settings.int("backup_days"), self.clock.now());
        let remove = move || backups::remove_old(&folder, content, days, now);
        let removed = tokio::task::spawn_blocking(remove).await.map_err(Error::internal)?;
        let removed = removed.map_err(|failure| {
            Error::unavailable("Old backups could not be removed from the folder for backups")
                .because(failure)
        })?;
        if removed > 0 {
            tracing::info!(removed, "backups that were too old were removed");
        }
        Ok(())
    }

    /// A dump made for one download.
    pub async fn database_download(&self) -> Result<Download> {
        let name = format!("tautulli-{}.dump", stamp(self.clock.now()));
        let path = self.own_backups().join(format!(".download-{name}"));
        self.host()?.dump(&path).await?;
        Ok(Download { path, name, temporary: true })
    }

    /// The settings, without secrets, written for one download.
    pub async fn settings_download(&self) -> Result<Download> {
        let name = format!("tautulli-config-{}.ini", stamp(self.clock.now()));
        let path = self.own_backups().join(format!(".download-{name}"));
        write_private(&path, self.settings_text()).await?;
        Ok(Download { path, name, temporary: true })
    }

    /// The text of a small file in the data folder that a client names.
    pub async fn read_inside(&self, path: &str) -> Result<String> {
        let file = inside(&self.data_dir, path)?;
        let read = move || {
            use std::io::Read as _;
            let mut bytes = Vec::new();
            std::fs::File::open(file)?.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
            Ok::<_, std::io::Error>(bytes)
        };
        let bytes = tokio::task::spawn_blocking(read).await.map_err(Error::internal)?;
        let bytes = bytes.map_err(|failure| Error::invalid("The file cannot be read").because(failure))?;
        if u64::try_from(bytes.len()).is_ok_and(|size| size > LARGEST_FILE) {
            return Err(Error::invalid("The file is larger than 1 MiB"));
        }
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The service's log as it lies.
    pub fn log_download(&self) -> Download {
        let name = logs::NAME.to_owned();
        Download { path: self.logs().join(&name), name, temporary: false }
    }

    /// Entries of the service's log that match.
    pub async fn log_entries(&self, query: LogQuery) -> Result<Vec<LogEntry>> {
        let folder = self.logs();
        tokio::task::spawn_blocking(move || logs::read(&folder, &query)).await.map_err(Error::internal)?
    }

    /// The last lines of a log of the media server, where `pms_logs_folder` says where they lie.
    pub async fn plex_log_entries(&self, kind: PlexLogKind, lines: Option<usize>) -> Result<Vec<LogEntry>> {
        let Some(path) = self.plex_log(kind) else { return Ok(Vec::new()) };
        let cap = usize::try_from(self.settings.int("pms_logs_line_cap").clamp(1, 100_000)).unwrap_or(1_000);
        let lines = lines.unwrap_or(cap).min(100_000);
        tokio::task::spawn_blocking(move || plex_logs::read(&path, lines)).await.map_err(Error::internal)?
    }

    /// A log of the media server; `None` where nobody has said where they lie.
    pub fn plex_log(&self, kind: PlexLogKind) -> Option<PathBuf> {
        let folder = self.settings.text("pms_logs_folder");
        (!folder.is_empty()).then(|| Path::new(&folder).join(kind.file_name()))
    }

    /// Goes down in order and starts again.
    pub fn restart(&self) -> Result<()> {
        tracing::info!("starting again, as somebody wants it");
        self.host()?.restart();
        Ok(())
    }

    /// The settings as a `config.ini` in its sections; secrets are left empty.
    pub fn settings_text(&self) -> String {
        let mut text = String::new();
        for section in sections::all() {
            text.push_str(&format!("[{section}]\n"));
            // What is within a section of its own comes last, or it would swallow the rest.
            let mut inner = String::new();
            for setting in SETTINGS.iter().filter(|setting| sections::of(setting.key) == section) {
                let value = self.settings.value(setting.key).map(|(value, _)| value).unwrap_or_default();
                match value {
                    Value::Object(fields) => {
                        inner.push_str(&format!("[[{}]]\n", setting.key));
                        fields.iter().for_each(|(key, value)| inner.push_str(&line(key, value)));
                    }
                    _ if setting.secret => text.push_str(&line(setting.key, &Value::String(String::new()))),
                    value => text.push_str(&line(setting.key, &value)),
                }
            }
            text.push_str(&inner);
        }
        text
    }

    /// What the service runs on.
    pub fn machine(&self) -> Machine {
        let told = rustix::system::uname();
        let text = |part: &std::ffi::CStr| part.to_string_lossy().into_owned();
        Machine {
            system: text(told.sysname()),
            release: text(told.release()),
            version: text(told.version()),
            name: text(told.nodename()),
            distribution: distribution(),
        }
    }

    /// The folder for backups: the one that `backup_dir` names, which is made where it is missing, or that in the data folder.
    async fn backups(&self) -> Result<PathBuf> {
        let chosen = self.settings.text("backup_dir");
        if chosen.is_empty() {
            return Ok(self.own_backups());
        }
        let folder = self.data_dir.join(chosen);
        let wanted = folder.clone();
        let make = move || std::fs::DirBuilder::new().recursive(true).mode(0o700).create(wanted);
        let made = tokio::task::spawn_blocking(make).await.map_err(Error::internal)?;
        made.map_err(|failure| {
            Error::unavailable("The folder that backup_dir names cannot be made; choose another one")
                .because(failure)
        })?;
        Ok(folder)
    }

    fn own_backups(&self) -> PathBuf {
        self.data_dir.join("backups")
    }

    fn logs(&self) -> PathBuf {
        self.data_dir.join("logs")
    }
}

/// A line of a `config.ini`: a list ends with a comma unless it has several members, and text that is empty is quoted.
fn line(key: &str, value: &Value) -> String {
    let value = match value {
        Value::String(text) if text.is_empty() => "\"\"".to_owned(),
        Value::String(text) => text.replace(['\r', '\n'], " "),
        Value::Array(items) => {
            let words: Vec<_> = items.iter().filter_map(Value::as_str).collect();
            if words.len() > 1 { words.join(", ") } else { format!("{},", words.concat()) }
        }
        other => other.to_string(),
    };
    format!("{key} = {value}\n")
}

/// The name that the distribution gives itself.
fn distribution() -> String {
    let text = std::fs::read_to_string("/etc/os-release").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("PRETTY_NAME="));
    name.unwrap_or_default().trim_matches('"').to_owned()
}

async fn write_private(path: &Path, text: String) -> Result<()> {
    let path = path.to_owned();
    let write = move || {
        use std::io::Write as _;
        use std::os::unix::fs::OpenOptionsExt;
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path)?;
        file.write_all(text.as_bytes())
    };
    let written = tokio::task::spawn_blocking(write).await.map_err(Error::internal)?;
    written.map_err(|failure| Error::unavailable("The backup could not be written").because(failure))
}
