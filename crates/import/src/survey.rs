//! A first look over the whole file: whose it is, who and what occurs in its plays, and its totals, worked out by SQL on the file
//! itself, so that the reading can be held against them.

use crate::cell::Cells;
use crate::source::{Source, quoted, unreadable};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use tautulli_domain::Result;

/// What a file holds, before anything is read in earnest.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    /// The version that wrote it; empty where it does not say.
    pub version: String,
    /// Plex's identifiers of the machines whose libraries it knows, the one with most of them last, else the newest.
    pub machine_ids: Vec<String>,
    /// Accounts that played something, with the newest name of each; none for plays of nobody.
    pub accounts: BTreeMap<Option<i64>, String>,
    /// Sections that something was played from.
    pub sections: Vec<i64>,
    /// What stays the same in later copies of the file.
    pub origin: String,
    /// What changes whenever the file does.
    pub state: String,
    /// The highest number of a play's row; 0 without any.
    pub last_row: i64,
    /// Without its items, which [`Source::identities`] gives.
    pub totals: Totals,
    /// The part of `totals` that cannot become plays.
    pub aside: Totals,
}

/// Sums over the plays of a database.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    pub plays: i64,
    /// Whole seconds from start to stop without pauses, never negative for a play.
    pub seconds: i64,
    /// People who are known or have played something.
    pub users: i64,
    /// Different items that were played.
    pub items: i64,
}

impl Source {
    /// Looks over the whole file.
    pub fn survey(&self) -> Result<Survey> {
        let (totals, aside) = self.totals()?;
        Ok(Survey {
            version: self.version(),
            machine_ids: self.machine_ids()?,
            accounts: self.accounts()?,
            sections: self.sections()?,
            origin: self.origin()?,
            state: self.state()?,
            last_row: self
                .number("SELECT coalesce(max(id), 0) FROM session_history WHERE typeof(id) = 'integer'")?,
            totals,
            aside,
        })
    }

    fn number(&self, query: &str) -> Result<i64> {
        self.conn().query_row(query, [], |row| row.get(0)).map_err(unreadable)
    }

    fn machine_ids(&self) -> Result<Vec<String>> {
        if !self.knows("library_sections", "server_id") {
            return Ok(Vec::new());
        }
        let query = "SELECT CAST(server_id AS TEXT) FROM library_sections
            WHERE coalesce(server_id, '') <> '' GROUP BY 1 ORDER BY count(*), max(rowid) LIMIT 100";
        let mut statement = self.conn().prepare(query).map_err(unreadable)?;
        let rows = statement.query_map([], |row| row.get(0)).map_err(unreadable)?;
        Ok(rows.filter_map(std::result::Result::ok).collect())
    }

    fn accounts(&self) -> Result<BTreeMap<Option<i64>, String>> {
        let user = if self.knows("session_history", "user") { "user" } else { "NULL" };
        let query = format!("SELECT user_id, {user}, max(id) FROM session_history GROUP BY 1 ORDER BY 3");
        let mut statement = self.conn().prepare(&query).map_err(unreadable)?;
        let mut rows = statement.query([]).map_err(unreadable)?;
        let mut found = BTreeMap::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            let mut repairs = Vec::new();
            let mut cells = Cells { row, at: 0, table: "session_history", repairs: &mut repairs };
            found.insert(cells.int("user_id"), cells.text("user"));
        }
        Ok(found)
    }

    fn sections(&self) -> Result<Vec<i64>> {
        let mut found = Vec::new();
        for table in ["session_history", "session_history_metadata"] {
            if !self.knows(table, "section_id") {
                continue;
            }
            let query = format!("SELECT DISTINCT section_id FROM {}", quoted(table));
            let mut statement = self.conn().prepare(&query).map_err(unreadable)?;
            let mut rows = statement.query([]).map_err(unreadable)?;
            while let Some(row) = rows.next().map_err(unreadable)? {
                let mut repairs = Vec::new();
                let mut cells = Cells { row, at: 0, table: "session_history", repairs: &mut repairs };
                found.extend(cells.int("section_id"));
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// The oldest play, or the oldest user of a database without plays: neither is ever written again.
    fn origin(&self) -> Result<String> {
        let first = "SELECT coalesce(
            (SELECT 'play ' || quote(id) || ' ' || quote(started) || ' ' || quote(user_id) FROM session_history ORDER BY id LIMIT 1),
            (SELECT 'user ' || quote(user_id) FROM users ORDER BY rowid LIMIT 1), 'nothing')";
        self.conn().query_row(first, [], |row| row.get(0)).map_err(unreadable)
    }

    fn state(&self) -> Result<String> {
        let mut counts = Vec::new();
        for table in self.tables() {
            counts.push(format!("{table} {}", self.count(table)?));
        }
        let newest = "SELECT quote(max(id)) || ' ' || quote(max(stopped)) FROM session_history";
        let newest: String = self.conn().query_row(newest, [], |row| row.get(0)).map_err(unreadable)?;
        Ok(format!("{newest} {}", counts.join(", ")))
    }

    /// Sums over all rows, and over those that cannot become plays.
    fn totals(&self) -> Result<(Totals, Totals)> {
        let query = format!(
            "WITH {} SELECT count(*), coalesce(sum(seconds), 0), (SELECT count(*) FROM ({})),
                            coalesce(sum(NOT is_play), 0),
                            coalesce(sum(CASE WHEN is_play THEN 0 ELSE seconds END), 0) FROM lines",
            self.lines(),
            self.users_query(),
        );
        let read = |row: &rusqlite::Row<'_>| {
            let all =
                Totals { plays: row.get(0)?, seconds: row.get(1)?, users: row.get(2)?, ..Totals::default() };
            Ok((all, Totals { plays: row.get(3)?, seconds: row.get(4)?, ..Totals::default() }))
        };
        self.conn().query_row(&query, [], read).map_err(unreadable)
    }

    /// Gives the different items that were played, by their lasting identity, to `take` in portions of `limit`, until it takes
    /// no more.
    pub fn identities(
        &self,
        limit: usize,
        mut take: impl FnMut(Vec<String>) -> std::ops::ControlFlow<()>,
    ) -> Result<()> {
        let query = format!("WITH {} SELECT DISTINCT identity FROM lines WHERE is_play", self.lines());
        let mut statement = self.conn().prepare_cached(&query).map_err(unreadable)?;
        let mut rows = statement.query([]).map_err(unreadable)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            let mut repairs = Vec::new();
            let mut cells = Cells { row, at: 0, table: "session_history_metadata", repairs: &mut repairs };
            found.push(cells.text("guid"));
            if found.len() >= limit && take(std::mem::take(&mut found)).is_break() {
                return Ok(());
            }
        }
        let _ = take(found);
        Ok(())
    }

    /// A line for each row of the history: its seconds, its item, and whether it can be a play. The rules of the reading, said
    /// once more in SQL.
    fn lines(&self) -> String {
        let cell = |column: &str| match self.knows("session_history", column) {
            true => format!("h.{column}"),
            false => "NULL".to_owned(),
        };
        let about = |column: &str| match self.knows("session_history_metadata", column) {
            true => format!("coalesce(CAST(d.{column} AS TEXT), '')"),
            false => "''".to_owned(),
        };
        format!(
            "cells AS (SELECT h.id, {} AS a, {} AS b, {} AS p, coalesce(CAST({} AS TEXT), '') AS k, {} AS guid, {} AS title
               FROM session_history h LEFT JOIN session_history_metadata d ON d.id = h.id),
             keys AS (SELECT id, CASE WHEN a BETWEEN 1 AND 7258118399 THEN a END AS a, CASE WHEN b BETWEEN 1 AND 7258118399 THEN b END AS b,
               max(coalesce(p, 0), 0) AS p, CASE WHEN k IN ('0', 'None') THEN '' ELSE k END AS k, guid, title FROM cells),
             lines AS (SELECT max(0, coalesce(b, a) - coalesce(a, b) - p) AS seconds,
               substr(CASE guid WHEN '' THEN 'key:' || k ELSE guid END, 1, 512) AS identity,
               coalesce(a, b) IS NOT NULL AND k || guid || title <> '' AND typeof(id) = 'integer' AS is_play FROM keys)",
            whole(&cell("started")),
            whole(&cell("stopped")),
            whole(&cell("paused_counter")),
            cell("rating_key"),
            about("guid"),
            about("title"),
        )
    }

    fn users_query(&self) -> String {
        format!(
            "SELECT {0} AS account FROM users WHERE {0} IS NOT NULL UNION SELECT coalesce({0}, -1) FROM session_history",
            whole("user_id")
        )
    }
}

/// A cell as a whole number, by the rules of the reading.
fn whole(column: &str) -> String {
    let text = format!("trim(CAST({column} AS TEXT), ' ' || char(9, 10, 13))");
    format!(
        "CASE WHEN typeof({column}) IN ('integer', 'real') THEN CAST({column} AS INTEGER)
              WHEN {text} GLOB '[0-9+-]*' AND substr({text}, 2) NOT GLOB '*[^0-9.]*' THEN CAST({text} AS INTEGER) END"
    )
}
