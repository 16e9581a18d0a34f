//! An import of another installation's history, and its reconciliation.

use crate::graphql::node::{NodeKind, encode};
use crate::graphql::scalar::{Long, said};
use async_graphql::{Enum, ID, SimpleObject};
use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use tautulli_services::importer::{self, Asked, ImportRecord, Report, Status};
use tautulli_services::settings::Takeover;

/// How an import stands.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ImportState {
    /// It goes on.
    Running,
    /// It was stopped before its end; the same import goes on where it stopped.
    Stopped,
    /// It failed; the same import goes on where it failed.
    Failed,
    /// It has come to its end.
    Done,
}

impl ImportState {
    fn of(name: &str) -> Self {
        match name {
            "running" => Self::Running,
            "stopped" => Self::Stopped,
            "done" => Self::Done,
            _ => Self::Failed,
        }
    }
}

/// What becomes of the history that is here already.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "importer::Mode")]
pub(crate) enum ImportMode {
    /// It stays.
    Merge,
    /// The whole history of the same media server is removed in the moment in which the import ends, and not before.
    Overwrite,
}

/// An import of another installation's history.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct Import {
    /// Its id here. Until the file has been checked, and of a preview, it is one by which it can be followed and stopped, and another
    /// comes or none: a preview that is over leaves nothing behind.
    id: Option<ID>,
    /// How it stands.
    state: ImportState,
    /// Why it failed, and what to do.
    problem: Option<String>,
    /// When it was begun; none for a preview.
    started_at: Option<DateTime<Utc>>,
    /// When it ended or was stopped.
    finished_at: Option<DateTime<Utc>>,
    /// What has been done so far; at the end, the whole reconciliation.
    report: ImportReport,
}

/// The reconciliation of a file with what is here.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct ImportReport {
    /// The file's name without its folder.
    file_name: String,
    /// The version of the program that wrote it.
    version: Option<String>,
    /// Plex's identifier of the media server whose history it is.
    machine_id: String,
    /// What becomes of the history that is here already.
    mode: ImportMode,
    /// Whether groups are worked out anew.
    recompute_groups: bool,
    /// Whether nothing was written.
    dry_run: bool,
    /// Rows read so far.
    rows_read: Long,
    /// Rows to read.
    rows: Long,
    /// What became of the rows of each table, in the order in which they are read.
    tables: Vec<ImportTable>,
    /// Sums worked out by SQL on the file, over all rows of its history.
    source: ImportTotals,
    /// The part of `source` that cannot become plays.
    aside: ImportTotals,
    /// Sums of what the database has of it; complete at the end.
    target: ImportTotals,
    /// Plays that were here before and were replaced.
    removed: Long,
    /// Whether the database has everything that the file has. False until the end.
    matches: bool,
    /// What became of the settings, where a `config.ini` was given.
    settings: Option<ImportSettings>,
    /// What somebody should know.
    notes: Vec<String>,
}

/// What became of the rows of one table.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct ImportTable {
    /// Its name in the file.
    name: String,
    /// Rows in the file.
    rows: Long,
    /// Rows read.
    read: Long,
    /// Rows that are new here.
    written: Long,
    /// Rows that were here already.
    known: Long,
    /// New plays whose number was taken and who have another.
    renumbered: Long,
    /// Repairs by rule; a row may need several.
    repaired: Vec<ImportCount>,
    /// Rows set aside, by reason.
    aside: Vec<ImportCount>,
}

/// How often something happened.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct ImportCount {
    /// The name of the rule or reason.
    name: String,
    /// How many.
    count: Long,
}

/// Sums over plays.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct ImportTotals {
    /// Plays.
    plays: Long,
    /// Seconds from start to stop without pauses.
    seconds: Long,
    /// People who are known or have played something.
    users: Long,
    /// Different items that were played.
    items: Long,
}

/// What became of the keys of a `config.ini`. Values are never shown.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct ImportSettings {
    /// Keys whose values are stored here now.
    taken: Vec<String>,
    /// Keys that have the same value here.
    same: Vec<String>,
    /// Keys that were left out.
    left: Vec<ImportLeftOut>,
    /// Keys that nobody here knows; their values are kept.
    unknown: Vec<String>,
}

/// A key that was left out.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct ImportLeftOut {
    /// The key.
    key: String,
    /// Why it was left out.
    why: String,
}

impl From<ImportRecord> for Import {
    fn from(record: ImportRecord) -> Self {
        Self {
            id: Some(encode(NodeKind::Import, record.id)),
            state: ImportState::of(&record.state),
            problem: said(&record.problem),
            started_at: Some(record.started_at),
            finished_at: record.finished_at,
            report: record.report.into(),
        }
    }
}

impl Import {
    /// What is told of an import or a preview of this process.
    pub(crate) fn told(status: &Status) -> Self {
        // Of what is over nothing more is told, and what has not begun leaves nothing behind.
        let is_known = status.has_begun() || !status.is_over();
        Self {
            id: is_known.then(|| encode(NodeKind::Import, status.id)),
            state: ImportState::of(status.state),
            problem: said(&status.problem),
            started_at: None,
            finished_at: None,
            report: status.report.clone().into(),
        }
    }
}

impl From<Asked> for Import {
    fn from(asked: Asked) -> Self {
        match asked {
            Asked::Begun(record) => (*record).into(),
            Asked::Told(status) => Self::told(&status),
        }
    }
}

impl From<Report> for ImportReport {
    fn from(report: Report) -> Self {
        let (matches, (read, rows)) = (report.matches(), report.progress());
        Self {
            file_name: report.file_name,
            version: said(&report.version),
            machine_id: report.machine_id,
            mode: report.mode.into(),
            recompute_groups: report.recompute_groups,
            dry_run: report.dry_run,
            rows_read: Long(read),
            rows: Long(rows),
            tables: report.tables.into_iter().map(Into::into).collect(),
            source: report.source.into(),
            aside: report.aside.into(),
            target: report.target.into(),
            removed: Long(report.removed),
            matches,
            settings: report.settings.map(Into::into),
            notes: report.notes,
        }
    }
}

impl From<importer::TableReport> for ImportTable {
    fn from(table: importer::TableReport) -> Self {
        Self {
            name: table.name,
            rows: Long(table.rows),
            read: Long(table.read),
            written: Long(table.written),
            known: Long(table.known),
            renumbered: Long(table.renumbered),
            repaired: counts(table.repaired),
            aside: counts(table.aside),
        }
    }
}

fn counts(counts: BTreeMap<String, i64>) -> Vec<ImportCount> {
    counts.into_iter().map(|(name, count)| ImportCount { name, count: Long(count) }).collect()
}

impl From<importer::Totals> for ImportTotals {
    fn from(totals: importer::Totals) -> Self {
        Self {
            plays: Long(totals.plays),
            seconds: Long(totals.seconds),
            users: Long(totals.users),
            items: Long(totals.items),
        }
    }
}

impl From<Takeover> for ImportSettings {
    fn from(settings: Takeover) -> Self {
        let left = settings.left.into_iter().map(|left| ImportLeftOut { key: left.key, why: left.why });
        Self { taken: settings.taken, same: settings.same, left: left.collect(), unknown: settings.unknown }
    }
}
