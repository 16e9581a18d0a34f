//! What became of an import, row by row and in sums; while it runs, how far it has got.

use super::{Mode, Request};
use crate::settings::Takeover;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tautulli_import::{Repair, Totals};

/// The reconciliation of a file with what is here.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Report {
    /// The file's name without its folder.
    pub file_name: String,
    /// The version of Tautulli that wrote it; empty where it does not say.
    pub version: String,
    /// Plex's identifier of the media server whose history it became.
    pub machine_id: String,
    pub mode: Mode,
    pub recompute_groups: bool,
    /// Nothing was written: what is told is what would be.
    pub dry_run: bool,
    /// In the order in which they are read.
    pub tables: Vec<TableReport>,
    /// Sums worked out by SQL on the file, over all rows of the history.
    pub source: Totals,
    /// The part of them that cannot become plays.
    pub aside: Totals,
    /// Sums of what the database has of the file's plays, worked out there.
    pub target: Totals,
    /// Played milliseconds of the file's plays in the database, so far.
    pub played_ms: i64,
    /// Plays that were here before and were replaced.
    pub removed: i64,
    /// What became of the settings, where a `config.ini` was given.
    pub settings: Option<Takeover>,
    /// What somebody should know.
    pub notes: Vec<String>,
}

/// What became of the rows of one table.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct TableReport {
    pub name: String,
    /// Rows in the file.
    pub rows: i64,
    pub read: i64,
    /// Rows that are new here.
    pub written: i64,
    /// Rows that were here already.
    pub known: i64,
    /// New plays whose number was taken.
    pub renumbered: i64,
    /// Repairs by the name of their rule; a row may need several.
    pub repaired: BTreeMap<String, i64>,
    /// Rows set aside, by the name of the reason.
    pub aside: BTreeMap<String, i64>,
    /// The last row that was read.
    pub cursor: Option<i64>,
    pub done: bool,
}

impl TableReport {
    pub(super) fn new(name: &str, rows: i64) -> Self {
        Self { name: name.to_owned(), rows, ..Self::default() }
    }

    /// Counts repairs by their rules.
    pub(super) fn repair(&mut self, repairs: &BTreeMap<String, i64>) {
        for (rule, count) in repairs {
            *self.repaired.entry(rule.clone()).or_default() += count;
        }
    }

    pub(super) fn set_aside(&mut self, reason: &str) {
        *self.aside.entry(reason.to_owned()).or_default() += 1;
    }

    /// Repairs by whatever rule.
    pub fn repairs(&self) -> i64 {
        self.repaired.values().sum()
    }

    /// Rows set aside for whatever reason.
    pub fn asides(&self) -> i64 {
        self.aside.values().sum()
    }
}

impl Report {
    /// What is known of an import before its file has been opened.
    pub(super) fn expected(request: &Request, dry_run: bool) -> Self {
        let name = request.file.file_name().unwrap_or_default();
        Self {
            file_name: name.to_string_lossy().into_owned(),
            mode: request.mode,
            recompute_groups: request.recompute_groups,
            dry_run,
            ..Self::default()
        }
    }

    /// Whether the database has everything that the file has, and nothing is unaccounted for.
    pub fn matches(&self) -> bool {
        let expected = Totals {
            plays: self.source.plays - self.aside.plays,
            seconds: self.source.seconds - self.aside.seconds,
            ..self.source
        };
        expected == self.target && !self.tables.is_empty() && self.tables.iter().all(|table| table.done)
    }

    /// Rows read so far and rows in all.
    pub fn progress(&self) -> (i64, i64) {
        let sum = |of: fn(&TableReport) -> i64| self.tables.iter().map(of).sum();
        (sum(|table| table.read), sum(|table| table.rows))
    }

    /// The table called `name`; a new one at the end where there is none.
    pub(super) fn table(&mut self, name: &str) -> &mut TableReport {
        let at = self.tables.iter().position(|table| table.name == name).unwrap_or_else(|| {
            self.tables.push(TableReport::new(name, 0));
            self.tables.len() - 1
        });
        #[expect(clippy::indexing_slicing, reason = "the place was found or made a line above")]
        &mut self.tables[at]
    }
}

/// Repairs counted by rule.
pub(super) fn by_rule<'a>(repairs: impl IntoIterator<Item = &'a Repair>) -> BTreeMap<String, i64> {
    let mut counts: BTreeMap<tautulli_import::Rule, i64> = BTreeMap::new();
    for repair in repairs {
        *counts.entry(repair.rule).or_default() += 1;
    }
    counts.into_iter().map(|(rule, count)| (rule.name(), count)).collect()
}
