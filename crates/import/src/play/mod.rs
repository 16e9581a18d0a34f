//! Plays: three rows of the file become one fact, oldest row first, in bounded memory.

mod group;
mod item;
mod parts;
mod player;
mod recorded;
mod rows;
mod seen;
mod stream;
mod times;

use crate::cell::{Cells, Repair, as_it_lies};
use crate::rule::{Rule, SetAside};
use crate::source::{Source, quoted, unreadable};
use crate::table::Table;
use chrono::{DateTime, Utc};
pub use group::{PlayKey, RecordedGroup};
use parts::{FACTS, Lately, OTHERS, Parts};
use rows::{Description, Fact, Media};
use rusqlite::params;
use serde_json::{Map, Value};
use std::sync::Arc;
use tautulli_domain::history::RecordedPlay;
use tautulli_domain::media::{Decision, ItemSnapshot, MediaKind};
use tautulli_domain::{Player, Result, StreamDetail};

/// A play of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedPlay {
    /// Its row, which clients hold on to.
    pub row_id: i64,
    /// The group that the reference has put it into.
    pub group: RecordedGroup,
    /// The number of the plex.tv account; none where the file names nobody.
    pub account_id: Option<i64>,
    /// The account's name as it was then.
    pub user_name: String,
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
    pub paused_ms: i64,
    pub view_offset_ms: i64,
    /// Shared by plays that are described alike.
    pub about: Arc<About>,
    /// The item whole, without what changes with every viewing; none where a play before was described alike.
    pub item: Option<Box<ItemSnapshot>>,
    /// Unix seconds, as Plex said it then.
    pub last_viewed_at: Option<i64>,
    pub player: Player,
    /// Shared by plays that were delivered alike.
    pub stream: Arc<StreamDetail>,
    pub decision: Decision,
    /// Plex's name of the quality as it was kept.
    pub quality_profile: String,
    /// Columns that nobody here knows, as `table.column`, where they say something.
    pub others: Map<String, Value>,
    pub repairs: Vec<Repair>,
    /// As it lies there, where that counts otherwise.
    pub recorded: Option<RecordedPlay>,
    /// Cells that could not be taken as they lie, by the names that the history has for them.
    pub cells: Map<String, Value>,
}

impl ImportedPlay {
    /// What tells it from every other play, in this copy of the database and in later ones.
    pub fn key(&self) -> PlayKey {
        PlayKey { row_id: self.row_id, started_s: self.started_at.timestamp(), account_id: self.account_id }
    }
}

/// A column that repeats the rating key of the history. Where it does, it says nothing of its own.
const ECHO: &str = "session_history_media_info.rating_key";

/// A cell as the text that reading it as a key gives.
fn cell_text(cell: &Value) -> String {
    match cell {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A row of the file and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    Play(Box<ImportedPlay>),
    Aside { row_id: i64, reason: SetAside, raw: Value },
}

impl Read {
    /// The row in `session_history`.
    pub fn row_id(&self) -> i64 {
        match self {
            Self::Play(play) => play.row_id,
            Self::Aside { row_id, .. } => *row_id,
        }
    }
}

/// Plays by pages of rows.
#[derive(Debug)]
pub struct Plays<'a> {
    source: &'a Source,
    statement: String,
    /// Columns beyond the known ones, as `table.column`, in the order of the statement.
    others: Vec<String>,
    after: i64,
    seen: Lately,
}

/// What every play must know of its item.
#[derive(Debug, Clone, PartialEq)]
pub struct About {
    pub kind: MediaKind,
    pub live: bool,
    pub section_id: Option<i64>,
    pub duration_ms: Option<i64>,
    /// Where the first and the last credits begin, in milliseconds.
    pub credits: (Option<i64>, Option<i64>),
    is_nothing: bool,
    /// The whole title as it was recorded, where another one comes of its parts.
    recorded_title: Option<String>,
    rating_key: String,
}

impl About {
    fn of(item: &ItemSnapshot, title: String) -> Self {
        Self {
            kind: item.kind,
            live: item.live,
            section_id: item.section_id,
            duration_ms: item.duration_ms,
            credits: item.credits(),
            recorded_title: Some(title).filter(|title| *title != item.full_title()),
            rating_key: item.rating_key.clone(),
            is_nothing: item.rating_key.is_empty() && item.guid.is_empty() && item.title.is_empty(),
        }
    }
}

impl<'a> Plays<'a> {
    /// All plays whose row comes after `after`, oldest row first; `i64::MIN` begins at the beginning.
    pub fn after(source: &'a Source, after: i64) -> Self {
        let mut select = vec![
            source.selection::<Fact>("h"),
            source.selection::<Media>("m"),
            source.selection::<Description>("d"),
        ];
        let mut others = Vec::new();
        for (table, alias, more) in [
            (Fact::NAME, "h", source.more_columns::<Fact>()),
            (Media::NAME, "m", source.more_columns::<Media>()),
            (Description::NAME, "d", source.more_columns::<Description>()),
        ] {
            select.extend(more.iter().map(|name| format!("{alias}.{}", quoted(name))));
            others.extend(more.into_iter().map(|name| format!("{table}.{name}")));
        }
        let join = |table: &str, alias: &str| match source.has(table) {
            true => format!("LEFT JOIN {} {alias} ON {alias}.id = h.id", quoted(table)),
            false => format!("LEFT JOIN (SELECT NULL AS id) {alias} ON false"),
        };
        let statement = format!(
            "SELECT m.id IS NOT NULL, d.id IS NOT NULL, {} FROM session_history h {} {}
             WHERE h.id > ?1 AND typeof(h.id) = 'integer' ORDER BY h.id",
            select.join(", "),
            join(Media::NAME, "m"),
            join(Description::NAME, "d"),
        );
        Self { source, statement, others, after, seen: Lately::default() }
    }

    /// The next rows, about `limit` of them; none at the end. Rows of one number are never parted.
    pub fn page(&mut self, limit: usize) -> Result<Vec<Read>> {
        let mut statement = self.source.conn().prepare_cached(&self.statement).map_err(unreadable)?;
        let mut rows = statement.query(params![self.after]).map_err(unreadable)?;
        let mut page = Vec::with_capacity(limit);
        while let Some(row) = rows.next().map_err(unreadable)? {
            let mut repairs = Vec::new();
            let mut cells = Cells { row, at: FACTS, table: Fact::NAME, repairs: &mut repairs };
            let fact = Fact::read(&mut cells);
            let row_id = fact.id.unwrap_or_default();
            let is_again = row_id == self.after && !page.is_empty();
            if page.len() >= limit && !is_again {
                break;
            }
            self.after = row_id;
            page.push(if is_again {
                self.aside(row_id, SetAside::Duplicate)?
            } else {
                let others = self.others(row, &fact)?;
                let parts =
                    Parts::read(row, fact, others, &mut self.seen, &mut repairs).map_err(unreadable)?;
                self.read(row_id, parts, repairs)?
            });
        }
        Ok(page)
    }

    /// What stands in columns that nobody here knows.
    fn others(&self, row: &rusqlite::Row<'_>, fact: &Fact) -> Result<Map<String, Value>> {
        let mut others = Map::new();
        for (place, name) in self.others.iter().enumerate() {
            match as_it_lies(row.get_ref(OTHERS + place).map_err(unreadable)?) {
                Value::Null => {}
                Value::String(text) if text.is_empty() => {}
                said if name == ECHO && cell_text(&said) == fact.rating_key => {}
                said => drop(others.insert(name.clone(), said)),
            }
        }
        Ok(others)
    }

    fn read(&self, row_id: i64, parts: Parts, mut repairs: Vec<Repair>) -> Result<Read> {
        let mut mend = |column: &'static str, rule: Rule| {
            repairs.push(Repair { table: Fact::NAME, column, rule, raw: String::new() });
        };
        let Some(times) = times::read(&parts.fact, &mut mend) else {
            return self.aside(row_id, SetAside::NoTime);
        };
        if parts.is_of_nothing() {
            return self.aside(row_id, SetAside::NoItem);
        }
        let (group, is_mixed) = group::read(self.source, row_id, &parts.fact, &mut mend)?;
        Ok(Read::Play(Box::new(parts.into_play(row_id, (group, is_mixed), times, repairs))))
    }

    /// The row with all that is in it; nobody throws anything away.
    fn aside(&self, row_id: i64, reason: SetAside) -> Result<Read> {
        let mut raw = Map::new();
        for table in [Fact::NAME, Media::NAME, Description::NAME] {
            raw.insert(table.to_owned(), self.source.as_it_lies(table, "id", row_id)?);
        }
        Ok(Read::Aside { row_id, reason, raw: Value::Object(raw) })
    }
}
