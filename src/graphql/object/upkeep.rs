//! The service itself: its log, its machine, its settings, and what waits for features.

use crate::graphql::scalar::{Long, said};
use async_graphql::{Enum, SimpleObject};
use chrono::{DateTime, Utc};
use serde_json::Value;
use tautulli_services::settings::{Kind, Setting as Known, Source};
use tautulli_services::{upkeep, waiting};

/// An entry of a log.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct LogEntry {
    /// When it was written. The media server's own logs tell its local time.
    at: Option<DateTime<Utc>>,
    /// ERROR, WARN, INFO, DEBUG or TRACE, or what the media server calls it.
    level: String,
    /// The part of the service that says it.
    target: Option<String>,
    /// What it says.
    message: String,
}

impl From<upkeep::LogEntry> for LogEntry {
    fn from(entry: upkeep::LogEntry) -> Self {
        Self { at: entry.at, level: entry.level, target: said(&entry.target), message: entry.message }
    }
}

/// What entries of the log may be ordered by.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "upkeep::LogOrder")]
pub(crate) enum LogOrder {
    Time,
    Level,
    /// The part of the service.
    Target,
    Message,
}

/// A log of the media server.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "upkeep::PlexLogKind")]
pub(crate) enum PlexLogKind {
    /// The server's own.
    Server,
    /// The one of what reads libraries.
    Scanner,
}

/// The machine that the service runs on.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct Machine {
    /// Name of the operating system.
    system: String,
    /// Release of its kernel.
    release: String,
    /// Version of its kernel.
    version: String,
    /// Name of the machine.
    name: String,
    /// Name of the distribution, where it has one.
    distribution: Option<String>,
}

impl From<upkeep::Machine> for Machine {
    fn from(machine: upkeep::Machine) -> Self {
        Self {
            system: machine.system,
            release: machine.release,
            version: machine.version,
            name: machine.name,
            distribution: said(&machine.distribution),
        }
    }
}

/// A setting.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct Setting {
    /// Its name.
    key: String,
    /// What its value is.
    kind: SettingKind,
    /// The value in force: a number, a text, a list of texts or an object. Absent for secrets.
    value: Option<Value>,
    /// Where the value comes from.
    source: SettingSource,
    /// Never shown.
    secret: bool,
    /// A change takes effect at the next start.
    restart: bool,
}

/// What the value of a setting is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Kind")]
pub(crate) enum SettingKind {
    /// A whole number.
    Int,
    /// 0 or 1.
    Flag,
    Text,
    /// A list of texts.
    List,
    /// An object.
    Json,
}

/// Where the value of a setting comes from.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "Source")]
pub(crate) enum SettingSource {
    /// Nobody has chosen otherwise.
    Default,
    /// It has been chosen here.
    Stored,
    /// The environment gives it; it cannot be changed here.
    Environment,
}

impl Setting {
    pub(crate) fn of(known: &Known, value: Value, source: Source) -> Self {
        Self {
            key: known.key.to_owned(),
            kind: known.kind.into(),
            value: (!known.secret).then_some(value),
            source: source.into(),
            secret: known.secret,
            restart: known.restart,
        }
    }
}

/// Rows of an imported installation whose feature is not here yet.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "waiting::Kind")]
pub(crate) enum WaitingTable {
    /// Agents of notifications.
    Notifiers,
    /// The log of notifications.
    Notifications,
    /// Newsletters as they were set up.
    Newsletters,
    /// The log of newsletters.
    NewsletterLog,
    /// Exports that were made.
    Exports,
    /// Mobile devices.
    Devices,
    /// What had been told of as new.
    RecentlyAdded,
    /// Lookups at TVmaze.
    TvMaze,
    /// Lookups at The Movie Database.
    TheMovieDb,
    /// Lookups at MusicBrainz.
    MusicBrainz,
}

/// A page of rows that wait.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct WaitingRows {
    /// The rows as objects by the other installation's columns, without secrets.
    rows: Vec<Value>,
    /// How many match.
    filtered_count: Long,
    /// How many there are.
    total_count: Long,
}

impl From<waiting::Rows> for WaitingRows {
    fn from(found: waiting::Rows) -> Self {
        Self { rows: found.rows, filtered_count: Long(found.filtered), total_count: Long(found.total) }
    }
}

/// What a query of the user's own finds.
#[derive(SimpleObject)]
#[graphql(serial)]
pub(crate) struct SqlAnswer {
    /// The rows, each an object with the columns in their order; absent where the database does not take the query.
    rows: Option<Vec<serde_json::Value>>,
    /// What the database says against the query.
    problem: Option<String>,
}

impl From<Result<Vec<serde_json::Value>, String>> for SqlAnswer {
    fn from(answer: Result<Vec<serde_json::Value>, String>) -> Self {
        match answer {
            Ok(rows) => Self { rows: Some(rows), problem: None },
            Err(problem) => Self { rows: None, problem: Some(problem) },
        }
    }
}
