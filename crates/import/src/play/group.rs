//! Which plays the reference counts as one viewing, as it has recorded it.

use super::rows::Fact;
use super::times;
use crate::cell::Cells;
use crate::rule::Rule;
use crate::source::{Source, unreadable};
use rusqlite::{OptionalExtension, params};
use tautulli_domain::Result;

/// What tells a play from every other one. It stays the same in later copies of the database, whatever else is corrected there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct PlayKey {
    pub row_id: i64,
    /// Unix seconds, after the rules about missing times.
    pub started_s: i64,
    pub account_id: Option<i64>,
}

/// The group of a play.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordedGroup {
    /// It begins one, or is alone.
    Own,
    /// That of an earlier play that is in the file.
    Of(PlayKey),
    /// That of an earlier row that has been deleted; those that name it still belong together.
    Gone(i64),
}

pub(super) fn read(
    source: &Source,
    row_id: i64,
    named: Option<i64>,
    mend: &mut impl FnMut(&'static str, Rule),
) -> Result<RecordedGroup> {
    match named {
        Some(named) if named == row_id => return Ok(RecordedGroup::Own),
        Some(named) if named > 0 => {
            if let Some(key) = key(source, named)? {
                return Ok(RecordedGroup::Of(key));
            }
            if named < row_id {
                return Ok(RecordedGroup::Gone(named));
            }
        }
        _ => {}
    }
    mend("reference_id", Rule::GroupMissing);
    Ok(RecordedGroup::Own)
}

/// The key of the play in a row, if there is one.
fn key(source: &Source, row_id: i64) -> Result<Option<PlayKey>> {
    let query = "SELECT started, stopped, user_id FROM session_history WHERE id = ?1 LIMIT 1";
    let mut statement = source.conn().prepare_cached(query).map_err(unreadable)?;
    let read = |row: &rusqlite::Row<'_>| {
        let mut repairs = Vec::new();
        let mut cells = Cells { row, at: 0, table: "session_history", repairs: &mut repairs };
        let (started, stopped) = (cells.int("started"), cells.int("stopped"));
        Ok(Fact { started, stopped, user_id: cells.int("user_id"), ..Fact::default() })
    };
    let Some(fact) = statement.query_row(params![row_id], read).optional().map_err(unreadable)? else {
        return Ok(None);
    };
    let times = times::read(&fact, &mut |_, _| {});
    Ok(times.map(|times| PlayKey {
        row_id,
        started_s: times.started_at.timestamp(),
        account_id: fact.user_id,
    }))
}
