//! Plays that another program has recorded: with numbers and groups of their own, which are kept where nobody has them here.
//!
//! A play is known by the id of its session, which is made from what lasts; writing one again changes nothing. A chunk belongs
//! into one transaction with the mark of how far the import has got. Must not know where plays come from.

mod groups;
mod items;
mod numbers;
mod recorded;
mod replaced;
mod rows;

pub use items::{Known, count as count_items, settle as settle_items};
pub use replaced::{Set, make_room, remove, reserve};

use crate::details::Delivery;
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Text};
use diesel_async::RunQueryDsl;
use futures_util::try_join;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use tautulli_domain::history::RecordedPlay;
use tautulli_domain::session::SessionRules;
use tautulli_domain::watched::Reach;
use tautulli_domain::{LibraryId, ServerId, UserId};
use uuid::Uuid;

/// An item's content, once for all plays that share it.
#[derive(Debug, Clone, PartialEq)]
pub struct Content {
    /// Of the description's `detail`.
    pub digest: [u8; 32],
    /// The item's lasting identity.
    pub identity: String,
    pub kind: &'static str,
    pub rating_key: String,
    /// None where an earlier play of the same import had the same content.
    pub description: Option<Description>,
}

/// An item's content in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Description {
    pub guid: String,
    pub parent_rating_key: String,
    pub grandparent_rating_key: String,
    pub section_id: Option<i64>,
    pub title: String,
    pub parent_title: String,
    pub grandparent_title: String,
    pub full_title: String,
    pub year: Option<i64>,
    /// JSON.
    pub detail: String,
}

/// The group that the other program has put a play into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// Its own.
    Own,
    /// That of the play of this session.
    Of { session_id: Uuid, row_id: i64 },
    /// That of a row that is gone.
    Gone(i64),
}

/// A play, ready to be written.
#[derive(Debug, Clone)]
pub struct ImportedPlay {
    pub session_id: Uuid,
    /// The number that it had.
    pub row_id: i64,
    pub membership: Membership,
    pub user_id: UserId,
    pub library_id: Option<LibraryId>,
    pub content: Arc<Content>,
    pub live: bool,
    /// How far it got, for groups that are worked out anew.
    pub reach: Reach,
    pub media_kind: tautulli_domain::media::MediaKind,
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
    pub played_ms: i64,
    pub paused_ms: i64,
    pub percent_complete: i16,
    pub watched_quarters: i16,
    pub decision: &'static str,
    pub platform: String,
    pub product: String,
    pub player: String,
    pub machine_id: String,
    pub address: String,
    pub location: &'static str,
    /// JSON, as [`crate::details::player`] makes it.
    pub player_detail: String,
    pub stream: Arc<Delivery>,
    pub recorded: Option<RecordedPlay>,
    /// Cells that could not be taken as they lie: JSON, by column.
    pub cells: Option<String>,
}

/// Plays of one server, oldest row first.
#[derive(Debug)]
pub struct ImportedChunk<'a> {
    pub server_id: ServerId,
    pub source_id: i64,
    /// Sessions of imported plays of this server lie between these.
    pub sessions: (Uuid, Uuid),
    /// The highest number that is kept; a play with a higher one gets another.
    pub highest: i64,
    /// The numbers of plays that this import replaces: they do not count as known.
    pub replaced: Option<Set>,
    /// Work the groups out by these rules instead of keeping those that were recorded.
    pub regroup: Option<&'a SessionRules>,
    pub plays: &'a [ImportedPlay],
}

impl ImportedChunk<'_> {
    /// Whether a number lies between those of its rows.
    fn has_number(&self, id: i64) -> bool {
        let (first, last) = (self.plays.first(), self.plays.last());
        first.is_some_and(|play| play.row_id <= id) && last.is_some_and(|play| id <= play.row_id)
    }
}

/// What became of a chunk.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ImportedWritten {
    pub new: usize,
    /// Plays that were there already.
    pub known: usize,
    /// New plays whose number was taken.
    pub renumbered: usize,
    /// What the database now has of the chunk's plays: how many, and their played milliseconds.
    pub plays: i64,
    pub played_ms: i64,
}

/// A play on its way into the database.
struct Line<'a> {
    play: &'a ImportedPlay,
    id: i64,
    group_id: i64,
    item_id: i64,
    snapshot_id: i64,
    stream_id: i64,
}

/// Writes a chunk; belongs into a transaction of the caller.
pub async fn write(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    known: &mut Known,
) -> DbResult<ImportedWritten> {
    if let Some(set) = chunk.replaced {
        replaced::drop_again(conn, chunk, set).await?;
    }
    let is_open = numbers::is_open(conn, chunk).await?;
    let (written, removed) = match is_open {
        true => (numbers::heads(conn, chunk).await?, BTreeSet::new()),
        false => (numbers::known(conn, chunk).await?, numbers::removed(conn, chunk).await?),
    };
    let mut lines = fresh(chunk, &written, removed);
    let renumbered = match is_open {
        true => numbers::keep(&mut lines),
        false => numbers::give(conn, chunk, &mut lines).await?,
    };
    items::remember(conn, chunk, &mut lines, known).await?;
    match chunk.regroup {
        Some(rules) => groups::work_out(conn, chunk, rules, &mut lines).await?,
        None => numbers::join(conn, chunk, &written, &mut lines).await?,
    }
    let sums = groups::sums(chunk, &lines);
    let (new, others): (Vec<_>, Vec<_>) =
        sums.into_iter().partition(|group| is_open && chunk.has_number(group.id));
    // One after the other, without waiting: what follows is put together while the database writes what was sent.
    let sent = &*conn;
    try_join!(
        trust(sent, chunk, true),
        super::groups::begin(sent, &new),
        super::groups::write(sent, &others),
        rows::plays(sent, chunk, &lines),
        trust(sent, chunk, false),
    )?;
    recorded::keep(conn, chunk, &written, &lines).await?;
    let (plays, played_ms) = rows::sums(conn, chunk, is_open).await?;
    let new = lines.len();
    Ok(ImportedWritten { new, known: chunk.plays.len() - new, renumbered, plays, played_ms })
}

/// Whether what rows refer to goes unchecked until the transaction ends, where this connection may decide that: all of it has just
/// been looked up or written, is never deleted but with its server, and that is held here. The check takes as long as the writing.
async fn trust(conn: &Conn, chunk: &ImportedChunk<'_>, trust: bool) -> DbResult<()> {
    let sql = "SELECT set_config('session_replication_role', $2, true) FROM servers
               WHERE id = $1 AND (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) FOR KEY SHARE OF servers";
    diesel::sql_query(sql)
        .bind::<BigInt, _>(chunk.server_id.0)
        .bind::<Text, _>(if trust { "replica" } else { "origin" })
        .kept()
        .execute(&mut &*conn)
        .await?;
    Ok(())
}

/// How many of a chunk's plays are known, and how many of the others would need other numbers. Changes nothing.
pub async fn look(conn: &mut Conn, chunk: &ImportedChunk<'_>) -> DbResult<ImportedWritten> {
    let written = numbers::known(conn, chunk).await?;
    let lines = fresh(chunk, &written, numbers::removed(conn, chunk).await?);
    let renumbered = numbers::taken(conn, chunk, &lines).await?.len();
    let new = lines.len();
    Ok(ImportedWritten { new, known: chunk.plays.len() - new, renumbered, ..ImportedWritten::default() })
}

/// The plays that are not written yet, each once. What was removed here by an edit stays removed.
fn fresh<'a>(
    chunk: &ImportedChunk<'a>,
    written: &BTreeMap<Uuid, i64>,
    removed: BTreeSet<Uuid>,
) -> Vec<Line<'a>> {
    let mut seen = removed;
    chunk
        .plays
        .iter()
        .filter(|play| !written.contains_key(&play.session_id) && seen.insert(play.session_id))
        .map(|play| Line { play, id: 0, group_id: 0, item_id: 0, snapshot_id: 0, stream_id: 0 })
        .collect()
}
