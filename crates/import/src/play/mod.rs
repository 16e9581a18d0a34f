//! Plays: three rows of the file become one fact, oldest row first, in bounded memory.

mod item;
mod player;
mod rows;
mod stream;
mod times;

use crate::cell::{Cells, Repair};
use crate::rule::{Rule, SetAside};
use crate::source::{Source, quoted, unreadable};
use crate::table::Table;
use chrono::{DateTime, Utc};
use rows::{Description, Fact, Media};
use rusqlite::params;
use tautulli_domain::media::{Decision, ItemSnapshot};
use tautulli_domain::{Player, Result, StreamDetail};

/// A play of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportedPlay {
    /// Its row, which clients hold on to.
    pub row_id: i64,
    /// The row of the group's first play; its own where none is named.
    pub group_row_id: i64,
    /// The number of the plex.tv account; none where the file names nobody.
    pub account_id: Option<i64>,
    /// The account's name as it was then.
    pub user_name: String,
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
    pub paused_ms: i64,
    pub view_offset_ms: i64,
    pub item: ItemSnapshot,
    pub player: Player,
    pub stream: StreamDetail,
    pub decision: Decision,
    /// Plex's name of the quality as it was kept.
    pub quality_profile: String,
    pub repairs: Vec<Repair>,
}

/// A row of the file and what became of it.
#[derive(Debug, Clone, PartialEq)]
pub enum Read {
    Play(Box<ImportedPlay>),
    Aside { row_id: i64, reason: SetAside, raw: serde_json::Value },
}

/// Plays by pages of rows.
#[derive(Debug)]
pub struct Plays<'a> {
    source: &'a Source,
    statement: String,
    after: i64,
}

impl<'a> Plays<'a> {
    /// All plays whose row comes after `after`, oldest row first.
    pub fn after(source: &'a Source, after: i64) -> Self {
        let select = [
            source.selection::<Fact>("h"),
            source.selection::<Media>("m"),
            source.selection::<Description>("d"),
        ]
        .join(", ");
        let join = |table: &str, alias: &str| match source.has(table) {
            true => format!("LEFT JOIN {} {alias} ON {alias}.id = h.id", quoted(table)),
            false => format!("LEFT JOIN (SELECT NULL AS id) {alias} ON false"),
        };
        let statement = format!(
            "SELECT m.id IS NOT NULL, d.id IS NOT NULL, {select} FROM session_history h {} {}
             WHERE h.id > ?1 ORDER BY h.id LIMIT ?2",
            join(Media::NAME, "m"),
            join(Description::NAME, "d"),
        );
        Self { source, statement, after }
    }

    /// The next rows, at most `limit`; none at the end.
    pub fn page(&mut self, limit: i64) -> Result<Vec<Read>> {
        let mut statement = self.source.conn().prepare_cached(&self.statement).map_err(unreadable)?;
        let mut rows = statement.query(params![self.after, limit]).map_err(unreadable)?;
        let mut page = Vec::new();
        while let Some(row) = rows.next().map_err(unreadable)? {
            let mut repairs = Vec::new();
            let mut cells = Cells { row, at: 2, table: Fact::NAME, repairs: &mut repairs };
            let fact = Fact::read(&mut cells);
            let media = Media::read(&mut cells);
            let description = Description::read(&mut cells);
            let has_media: bool = row.get(0).map_err(unreadable)?;
            let is_described: bool = row.get(1).map_err(unreadable)?;
            self.after = fact.id.unwrap_or(self.after);
            let parts = Parts {
                fact,
                media: has_media.then_some(media),
                description: is_described.then_some(description),
            };
            page.push(parts.into_play(repairs));
        }
        Ok(page)
    }
}

/// The rows of one play.
struct Parts {
    fact: Fact,
    media: Option<Media>,
    description: Option<Description>,
}

impl Parts {
    fn into_play(self, mut repairs: Vec<Repair>) -> Read {
        let row_id = self.fact.id.unwrap_or(0);
        let mut mend = |column: &'static str, rule: Rule| {
            repairs.push(Repair { table: Fact::NAME, column, rule, raw: String::new() });
        };
        let Some(times) = times::read(&self.fact, &mut mend) else {
            return self.aside(row_id, SetAside::NoTime);
        };
        if self.media.is_none() {
            mend("id", Rule::StreamMissing);
        }
        if self.description.is_none() {
            mend("id", Rule::DescriptionMissing);
        }
        let media = self.media.clone().unwrap_or_default();
        let item = item::read(&self.fact, &media, self.description.as_ref());
        if item.rating_key.is_empty() && item.guid.is_empty() && item.title.is_empty() {
            return self.aside(row_id, SetAside::NoItem);
        }
        let stream = stream::read(&media);
        let decision = stream::decision(&media, &stream, self.media.is_some(), &mut mend);
        let fact = self.fact;
        if fact.reference_id.is_none() {
            mend("reference_id", Rule::GroupMissing);
        }
        if fact.user_id.is_none() {
            mend("user_id", Rule::UserMissing);
        }
        Read::Play(Box::new(ImportedPlay {
            row_id,
            group_row_id: fact.reference_id.unwrap_or(row_id),
            account_id: fact.user_id,
            started_at: times.started_at,
            stopped_at: times.stopped_at,
            paused_ms: times.paused_ms,
            view_offset_ms: times.view_offset_ms,
            player: player::read(&fact),
            user_name: fact.user,
            quality_profile: fact.quality_profile,
            item,
            stream,
            decision,
            repairs,
        }))
    }

    /// The row with all that was in it; nobody throws anything away.
    fn aside(self, row_id: i64, reason: SetAside) -> Read {
        let raw = serde_json::json!({
            "history": format!("{:?}", self.fact),
            "media_info": self.media.map(|media| format!("{media:?}")),
            "metadata": self.description.map(|description| format!("{description:?}")),
        });
        Read::Aside { row_id, reason, raw }
    }
}
