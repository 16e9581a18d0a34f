//! Writing many finished plays at once, as an importer or a generator has them: a dozen statements for a thousand plays.
//!
//! What is left behind is what the ordinary journal would have written for the same plays in the same order: groups
//! continue what the database has, snapshots are shared, and a play that is there already is passed over. Must not know
//! where plays come from, nor decide which are kept.

mod groups;
pub mod imported;
mod items;
mod rows;
mod stops;

use super::lock_stops;
use crate::error::DbResult;
use crate::pool::Conn;
use crate::{libraries, rollups, users};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::{AsyncConnection, RunQueryDsl};
use std::collections::{BTreeMap, BTreeSet};
use tautulli_domain::session::{ClosedPlay, SessionEvent, SessionRules};
use tautulli_domain::{GroupId, LibraryId, PlayId, Result, ServerId, UserId};
use uuid::Uuid;

/// A play that is over, with its timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Finished {
    pub play: ClosedPlay,
    pub events: Vec<SessionEvent>,
}

/// Finished plays of one server, in the order in which they ended.
#[derive(Debug)]
pub struct BulkBatch<'a> {
    pub server_id: ServerId,
    pub rules: &'a SessionRules,
    pub now: DateTime<Utc>,
    pub plays: &'a [Finished],
}

/// What became of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BulkWritten {
    /// Plays that are new.
    pub new: usize,
    /// Plays that had been written before, or stood in the batch twice.
    pub known: usize,
}

/// How many plays go into one round of statements.
const ROUND: usize = 1000;

/// A play on its way into the database.
struct Line<'a> {
    finished: &'a Finished,
    user_id: UserId,
    library_id: Option<LibraryId>,
    initial: bool,
    /// Its item's identity and snapshot, once known.
    item_id: i64,
    snapshot_id: i64,
    play_id: PlayId,
    group_id: GroupId,
}

impl Line<'_> {
    fn play(&self) -> &ClosedPlay {
        &self.finished.play
    }
}

/// Writes a batch in one transaction: all of it or nothing. Meanwhile no other play can be finished, so keep batches to
/// what takes seconds; batches may follow each other.
pub async fn write(conn: &mut Conn, batch: &BulkBatch<'_>) -> Result<BulkWritten> {
    let written = conn
        .transaction(async |conn| -> DbResult<BulkWritten> {
            // In the order in which an ordinary play takes them.
            users::lock(conn, batch.server_id).await?;
            lock_stops(conn).await?;
            rollups::lock(conn).await?;
            let mut written = BulkWritten::default();
            for round in batch.plays.chunks(ROUND) {
                let new = write_round(conn, batch, round).await?;
                written.new += new;
                written.known += round.len() - new;
            }
            Ok(written)
        })
        .await?;
    Ok(written)
}

async fn write_round(conn: &mut Conn, batch: &BulkBatch<'_>, round: &[Finished]) -> DbResult<usize> {
    let fresh = unknown(conn, round).await?;
    if fresh.is_empty() {
        return Ok(0);
    }
    let mut lines = resolve(conn, batch, &fresh).await?;
    stops::place(conn, batch, &mut lines).await?;
    items::remember(conn, batch, &mut lines).await?;
    number(conn, &mut lines).await?;
    let sums = groups::join(conn, batch, &mut lines).await?;
    groups::write(conn, &sums).await?;
    rows::plays(conn, batch.server_id, &lines).await?;
    let written: Vec<PlayId> = lines.iter().map(|line| line.play_id).collect();
    rollups::count(conn, &written).await?;
    rows::events(conn, batch.server_id, &lines).await?;
    Ok(lines.len())
}

/// Those that are not written yet, each once.
async fn unknown<'a>(conn: &mut Conn, round: &'a [Finished]) -> DbResult<Vec<&'a Finished>> {
    use crate::schema::plays;
    let ids: Vec<Uuid> = round.iter().map(|finished| finished.play.session.id.0).collect();
    let known: Vec<Uuid> =
        plays::table.filter(plays::session_id.eq_any(ids)).select(plays::session_id).load(conn).await?;
    let mut seen: BTreeSet<Uuid> = known.into_iter().collect();
    Ok(round.iter().filter(|finished| seen.insert(finished.play.session.id.0)).collect())
}

/// Whose play it was and of which library; each person and library is asked for once.
async fn resolve<'a>(
    conn: &mut Conn,
    batch: &BulkBatch<'_>,
    fresh: &[&'a Finished],
) -> DbResult<Vec<Line<'a>>> {
    let mut people: BTreeMap<(i64, &str), UserId> = BTreeMap::new();
    let mut sections: BTreeMap<Option<i64>, Option<LibraryId>> = BTreeMap::new();
    let mut lines = Vec::with_capacity(fresh.len());
    for finished in fresh {
        let session = &finished.play.session;
        let name = (session.user.account_id, session.user.name.as_str());
        let user_id = match session.user_id.or_else(|| people.get(&name).copied()) {
            Some(known) => known,
            None => users::resolve(conn, batch.server_id, &session.user, batch.now).await?,
        };
        if session.user_id.is_none() {
            people.insert(name, user_id);
        }
        let item = &session.item;
        let library_id = match (session.library_id, sections.get(&item.section_id)) {
            (Some(known), _) => Some(known),
            (None, Some(known)) => *known,
            (None, None) => {
                let (section, name) = (item.section_id, &item.library_name);
                let found =
                    libraries::resolve(conn, batch.server_id, section, name, item.kind, batch.now).await?;
                sections.insert(section, found);
                found
            }
        };
        lines.push(Line {
            finished,
            user_id,
            library_id,
            initial: true,
            item_id: 0,
            snapshot_id: 0,
            play_id: PlayId(0),
            group_id: GroupId(0),
        });
    }
    Ok(lines)
}

#[derive(QueryableByName)]
struct NextId {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    id: i64,
}

/// Takes numbers for the plays, ascending in their order.
async fn number(conn: &mut Conn, lines: &mut [Line<'_>]) -> DbResult<()> {
    let count = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let sql = "SELECT nextval(pg_get_serial_sequence('plays', 'id')) AS id FROM generate_series(1, $1)";
    let mut ids: Vec<NextId> =
        diesel::sql_query(sql).bind::<diesel::sql_types::BigInt, _>(count).load(conn).await?;
    ids.sort_unstable_by_key(|next| next.id);
    for (line, next) in lines.iter_mut().zip(ids) {
        line.play_id = PlayId(next.id);
    }
    Ok(())
}
