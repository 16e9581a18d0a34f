//! Which plays the reference counts as one viewing, as it has recorded it.

use super::rows::Fact;
use super::times;
use crate::cell::Cells;
use crate::rule::Rule;
use crate::source::{Source, unreadable};
use crate::table::Table;
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

/// The group of a play, and whether it is one of another user or of another library.
pub(super) fn read(
    source: &Source,
    row_id: i64,
    fact: &Fact,
    mend: &mut impl FnMut(&'static str, Rule),
) -> Result<(RecordedGroup, bool)> {
    match fact.reference_id {
        Some(named) if named == row_id => return Ok((RecordedGroup::Own, false)),
        Some(named) if named > 0 => {
            if let Some((key, section_id)) = head(source, named)? {
                let is_mixed = (key.account_id, section_id) != (fact.user_id, fact.section_id);
                return Ok((RecordedGroup::Of(key), is_mixed));
            }
            if named < row_id {
                return Ok((RecordedGroup::Gone(named), false));
            }
        }
        _ => {}
    }
    mend("reference_id", Rule::GroupMissing);
    Ok((RecordedGroup::Own, false))
}

/// The key and the library of the play in a row, if there is one.
fn head(source: &Source, row_id: i64) -> Result<Option<(PlayKey, Option<i64>)>> {
    let has_section = source.columns(Fact::NAME).any(|name| name == "section_id");
    let section = if has_section { "section_id" } else { "NULL" };
    let query =
        format!("SELECT started, stopped, user_id, {section} FROM session_history WHERE id = ?1 LIMIT 1");
    let mut statement = source.conn().prepare_cached(&query).map_err(unreadable)?;
    let read = |row: &rusqlite::Row<'_>| {
        let mut repairs = Vec::new();
        let mut cells = Cells { row, at: 0, table: "session_history", repairs: &mut repairs };
        let (started, stopped) = (cells.int("started"), cells.int("stopped"));
        let (user_id, section_id) = (cells.int("user_id"), cells.int("section_id"));
        Ok(Fact { started, stopped, user_id, section_id, ..Fact::default() })
    };
    let Some(fact) = statement.query_row(params![row_id], read).optional().map_err(unreadable)? else {
        return Ok(None);
    };
    let times = times::read(&fact, &mut |_, _| {});
    let key = |times: times::Times| PlayKey {
        row_id,
        started_s: times.started_at.timestamp(),
        account_id: fact.user_id,
    };
    Ok(times.map(|times| (key(times), fact.section_id)))
}
