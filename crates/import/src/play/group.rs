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
            if let Some(head) = find(source, named)? {
                if is_nowhere(source, &head)? {
                    mend("reference_id", Rule::GroupMissing);
                    return Ok((after_nobody(source, row_id, named)?, false));
                }
                let is_mixed = (head.key.account_id, head.section_id) != (fact.user_id, fact.section_id);
                return Ok((RecordedGroup::Of(head.key), is_mixed));
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

/// What a play that others name says of itself.
struct Head {
    key: PlayKey,
    section_id: Option<i64>,
    reference_id: Option<i64>,
}

/// So many plays may name one another before anybody stops following them.
const LONGEST_CHAIN: usize = 16;

/// Whether a play is in no group itself, not even in that which others name after it: then it belongs to none of them.
fn is_nowhere(source: &Source, head: &Head) -> Result<bool> {
    let (mut row_id, mut reference_id) = (head.key.row_id, head.reference_id);
    for _ in 0..LONGEST_CHAIN {
        let Some(named) = reference_id.filter(|named| *named > 0) else { return Ok(true) };
        if named == row_id {
            return Ok(false);
        }
        // What is named and gone was before its plays.
        let Some(next) = find(source, named)? else { return Ok(named > row_id) };
        (row_id, reference_id) = (named, next.reference_id);
    }
    Ok(false)
}

/// The group of those that name a play which is in none: after the first of them.
fn after_nobody(source: &Source, row_id: i64, named: i64) -> Result<RecordedGroup> {
    let query = "SELECT min(id) FROM session_history WHERE reference_id = ?1 AND typeof(id) = 'integer'";
    let mut statement = source.conn().prepare_cached(query).map_err(unreadable)?;
    let first: Option<i64> = statement.query_row(params![named], |row| row.get(0)).map_err(unreadable)?;
    let first = match first.filter(|first| *first != row_id) {
        Some(first) => find(source, first)?,
        None => None,
    };
    Ok(first.map_or(RecordedGroup::Own, |first| RecordedGroup::Of(first.key)))
}

/// The play in a row, if there is one.
fn find(source: &Source, row_id: i64) -> Result<Option<Head>> {
    let has_section = source.columns(Fact::NAME).any(|name| name == "section_id");
    let section = if has_section { "section_id" } else { "NULL" };
    let query = format!(
        "SELECT started, stopped, user_id, {section}, reference_id FROM session_history WHERE id = ?1 LIMIT 1"
    );
    let mut statement = source.conn().prepare_cached(&query).map_err(unreadable)?;
    let read = |row: &rusqlite::Row<'_>| {
        let mut repairs = Vec::new();
        let mut cells = Cells { row, at: 0, table: "session_history", repairs: &mut repairs };
        let (started, stopped) = (cells.int("started"), cells.int("stopped"));
        let (user_id, section_id) = (cells.int("user_id"), cells.int("section_id"));
        let reference_id = cells.int("reference_id");
        Ok(Fact { started, stopped, user_id, section_id, reference_id, ..Fact::default() })
    };
    let Some(fact) = statement.query_row(params![row_id], read).optional().map_err(unreadable)? else {
        return Ok(None);
    };
    let times = times::read(&fact, &mut |_, _| {});
    let told = |times: times::Times| Head {
        key: PlayKey { row_id, started_s: times.started_at.timestamp(), account_id: fact.user_id },
        section_id: fact.section_id,
        reference_id: fact.reference_id,
    };
    Ok(times.map(told))
}
