//! Tables whose features have no room here yet: they are read whole, column by column, and wait in tables of the same shape.

mod tables;

pub use tables::{Cell, STAGED, StagedTable};

use crate::cell::{Cells, Repair, as_it_lies};
use crate::source::{Source, quoted, unreadable};
use Cell::{Int, Text};
use rusqlite::params;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};
use tautulli_domain::Result;

/// A cell's content.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    Int(Option<i64>),
    Text(Option<String>),
}

/// A row that waits.
#[derive(Debug, Clone, PartialEq)]
pub struct StagedRow {
    pub row_id: i64,
    /// In the order of the table's columns.
    pub cells: Vec<Content>,
    /// Columns that the table has in this file and not here, and words that stand for numbers, as they lie there.
    pub others: Map<String, Value>,
    pub repairs: Vec<Repair>,
}

impl Source {
    /// Rows of a staged table after row `after`, at most `limit`; none at the end.
    pub fn staged(&self, table: &'static StagedTable, after: i64, limit: usize) -> Result<Vec<StagedRow>> {
        if !self.has(table.name) {
            return Ok(Vec::new());
        }
        let known: Vec<&str> = self.columns(table.name).collect();
        let others: Vec<&str> =
            known.iter().copied().filter(|name| table.columns.iter().all(|(own, _)| own != name)).collect();
        let own = table
            .columns
            .iter()
            .map(|(name, _)| if known.contains(name) { quoted(name) } else { "NULL".to_owned() });
        let selection: Vec<String> = own.chain(others.iter().map(|name| quoted(name))).collect();
        let query = format!(
            "SELECT rowid, {} FROM {} WHERE rowid > ?1 ORDER BY rowid LIMIT ?2",
            selection.join(", "),
            quoted(table.name)
        );
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let mut statement = self.conn().prepare_cached(&query).map_err(unreadable)?;
        let mut rows = statement.query(params![after, limit]).map_err(unreadable)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            found.push(read(table, row, &others).map_err(unreadable)?);
        }
        Ok(found)
    }
}

fn read(
    table: &'static StagedTable,
    row: &rusqlite::Row<'_>,
    others: &[&str],
) -> rusqlite::Result<StagedRow> {
    let mut repairs = Vec::new();
    let mut cells = Cells { row, at: 1, table: table.name, repairs: &mut repairs };
    let mut read = Vec::with_capacity(table.columns.len());
    let mut more = Map::new();
    for (name, kind) in table.columns {
        let raw = row.get_ref(cells.at)?;
        read.push(match kind {
            Int => {
                let number = cells.int(name);
                if number.is_none() && !matches!(raw, ValueRef::Null) {
                    more.insert((*name).to_owned(), as_it_lies(raw));
                }
                Content::Int(number)
            }
            // An empty text and none at all are not the same for whoever reads it later.
            Text => Content::Text(Some(cells.text(name)).filter(|_| !matches!(raw, ValueRef::Null))),
        });
    }
    let at = cells.at;
    for (place, name) in others.iter().enumerate() {
        more.insert((*name).to_owned(), as_it_lies(row.get_ref(at + place)?));
    }
    Ok(StagedRow { row_id: row.get(0)?, cells: read, others: more, repairs })
}
