//! What is in the file besides plays and the tables that are known: rows that describe nothing, rows without a number, tables
//! that nobody here knows. All of it is given as it lies there, so that it can be kept.

use crate::rule::SetAside;
use crate::source::{Source, content, quoted, unreadable};
use crate::staged::STAGED;
use rusqlite::params;
use serde_json::Value;
use tautulli_domain::Result;

/// A row that is set aside.
#[derive(Debug, Clone, PartialEq)]
pub struct AsideRow {
    /// SQLite's own number of the row.
    pub row_id: i64,
    pub reason: SetAside,
    /// Its cells by column.
    pub raw: Value,
}

/// The parts of a play beside the facts.
const PARTS: [&str; 2] = ["session_history_media_info", "session_history_metadata"];
const HISTORY: &str = "session_history";

impl Source {
    /// The tables whose rows are set aside where they belong to no play.
    pub fn history_tables() -> [&'static str; 3] {
        [HISTORY, PARTS[0], PARTS[1]]
    }

    /// Rows of a table of [`Source::history_tables`] that are part of no play, after row `after`, at most `limit`.
    pub fn strays(&self, table: &'static str, after: i64, limit: usize) -> Result<Vec<AsideRow>> {
        if !self.has(table) {
            return Ok(Vec::new());
        }
        let (stray, reason) = match table {
            HISTORY => ("typeof(t.id) <> 'integer'", SetAside::NoNumber),
            _ => ("NOT EXISTS (SELECT 1 FROM session_history h WHERE h.id = t.id)", SetAside::NoPlay),
        };
        let rows = self.lying(table, stray, after, limit)?;
        Ok(rows.into_iter().map(|(row_id, raw)| AsideRow { row_id, reason, raw }).collect())
    }

    /// Names of the tables that are kept as they lie: those that nobody here knows, and users and libraries, of which not every
    /// column has room.
    pub fn other_tables(&self) -> Vec<String> {
        let known = |name: &str| {
            name.starts_with("sqlite_")
                || Self::history_tables().contains(&name)
                || STAGED.iter().any(|table| table.name == name)
        };
        self.tables().filter(|name| !known(name)).map(str::to_owned).collect()
    }

    /// Rows of any table after row `after`, at most `limit`: number and cells.
    pub fn others(&self, table: &str, after: i64, limit: usize) -> Result<Vec<(i64, Value)>> {
        self.lying(table, "true", after, limit)
    }

    fn lying(&self, table: &str, filter: &str, after: i64, limit: usize) -> Result<Vec<(i64, Value)>> {
        // A table may do without numbers of its own; its rows are counted then.
        let number = match self.is_numbered(table)? {
            true => "t.rowid",
            false => "row_number() OVER ()",
        };
        let query = format!(
            "SELECT * FROM (SELECT {number} AS \"number of the row\", t.* FROM {} t WHERE {filter})
             WHERE \"number of the row\" > ?1 ORDER BY 1 LIMIT ?2",
            quoted(table)
        );
        let mut statement = self.conn().prepare_cached(&query).map_err(unreadable)?;
        let names: Vec<String> = statement.column_names().into_iter().skip(1).map(str::to_owned).collect();
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![after, limit]).map_err(unreadable)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            let cells = content(row, &names, 1).map_err(unreadable)?;
            found.push((row.get(0).map_err(unreadable)?, cells));
        }
        Ok(found)
    }

    fn is_numbered(&self, table: &str) -> Result<bool> {
        let query = "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND name = ?1 AND wr = 1";
        let without: i64 = self.conn().query_row(query, [table], |row| row.get(0)).map_err(unreadable)?;
        Ok(without == 0)
    }
}
