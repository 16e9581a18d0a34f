//! Numbers of plays and groups: those that they had, where nobody has them here.

use super::{ImportedChunk, Line, Membership};
use crate::error::DbResult;
use crate::pool::Conn;
use crate::schema::{import_groups, play_groups, plays, removed_plays};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(QueryableByName)]
struct Open {
    #[diesel(sql_type = Bool)]
    is_open: bool,
}

/// Whether nothing at all is in the place of the chunk: none of its plays has been here, and nobody has taken its numbers. One look
/// instead of one for each play; that is how most of an import goes.
pub(super) async fn is_open(conn: &mut Conn, chunk: &ImportedChunk<'_>) -> DbResult<bool> {
    let (Some(first), Some(last)) = (chunk.plays.first(), chunk.plays.last()) else { return Ok(false) };
    let (from, to) = (first.row_id, last.row_id);
    let ascends =
        chunk.plays.is_sorted_by(|one, next| one.row_id < next.row_id && one.session_id < next.session_id);
    if !ascends || from < 1 || to > chunk.highest {
        return Ok(false);
    }
    let sql = "SELECT NOT EXISTS (SELECT FROM plays WHERE session_id BETWEEN $1 AND $2)
                 AND NOT EXISTS (SELECT FROM plays WHERE id BETWEEN $3 AND $4)
                 AND NOT EXISTS (SELECT FROM play_groups WHERE id BETWEEN $3 AND $4)
                 AND NOT EXISTS (SELECT FROM import_groups WHERE source_id = $5 AND row_id BETWEEN $3 AND $4)
                 AND NOT EXISTS (SELECT FROM removed_plays) AS is_open";
    let open: Open = diesel::sql_query(sql)
        .bind::<SqlUuid, _>(first.session_id)
        .bind::<SqlUuid, _>(last.session_id)
        .bind::<BigInt, _>(from)
        .bind::<BigInt, _>(to)
        .bind::<BigInt, _>(chunk.source_id)
        .get_result(conn)
        .await?;
    Ok(open.is_open)
}

/// Numbers of the plays outside the chunk that its groups are named after, as far as they are written.
pub(super) async fn heads(conn: &mut Conn, chunk: &ImportedChunk<'_>) -> DbResult<BTreeMap<Uuid, i64>> {
    let own: BTreeSet<Uuid> = chunk.plays.iter().map(|play| play.session_id).collect();
    let outside = named(chunk).filter(|session| !own.contains(session)).collect();
    written(conn, outside).await
}

/// Numbers of the chunk's plays, and of those that their groups are named after, as far as they are written.
pub(super) async fn known(conn: &mut Conn, chunk: &ImportedChunk<'_>) -> DbResult<BTreeMap<Uuid, i64>> {
    written(conn, chunk.plays.iter().map(|play| play.session_id).chain(named(chunk)).collect()).await
}

/// The plays that the chunk's groups are named after.
fn named(chunk: &ImportedChunk<'_>) -> impl Iterator<Item = Uuid> {
    chunk.plays.iter().filter_map(|play| match play.membership {
        Membership::Of { session_id, .. } => Some(session_id),
        Membership::Own | Membership::Gone(_) => None,
    })
}

async fn written(conn: &mut Conn, wanted: BTreeSet<Uuid>) -> DbResult<BTreeMap<Uuid, i64>> {
    if wanted.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows: Vec<(Uuid, i64)> = plays::table
        .filter(plays::session_id.eq_any(wanted))
        .select((plays::session_id, plays::id))
        .load(conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Those of the chunk's plays that were here and that an edit has removed.
pub(super) async fn removed(conn: &mut Conn, chunk: &ImportedChunk<'_>) -> DbResult<BTreeSet<Uuid>> {
    let sessions: Vec<String> = chunk.plays.iter().map(|play| play.session_id.to_string()).collect();
    let sql = "SELECT (content ->> 'session_id')::uuid AS session_id FROM removed_plays
               WHERE content ->> 'session_id' = ANY($1)";
    let rows: Vec<Removed> = diesel::sql_query(sql).bind::<Array<Text>, _>(sessions).load(conn).await?;
    Ok(rows.into_iter().map(|row| row.session_id).collect())
}

#[derive(QueryableByName)]
struct Removed {
    #[diesel(sql_type = SqlUuid)]
    session_id: Uuid,
}

/// Which of the lines' numbers cannot be kept: those that are in use and those that are no numbers of plays.
pub(super) async fn taken(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    lines: &[Line<'_>],
) -> DbResult<BTreeSet<i64>> {
    let wanted: Vec<i64> = lines.iter().map(|line| line.play.row_id).collect();
    let mut taken = in_use(conn, &wanted).await?;
    // A number that was given to a group whose first play came later is that play's.
    let reserved: Vec<i64> = import_groups::table
        .filter(import_groups::source_id.eq(chunk.source_id))
        .filter(import_groups::row_id.eq_any(&wanted))
        .filter(import_groups::row_id.eq(import_groups::group_id))
        .select(import_groups::row_id)
        .load(conn)
        .await?;
    let by_plays: Vec<i64> =
        plays::table.filter(plays::id.eq_any(&reserved)).select(plays::id).load(conn).await?;
    taken.retain(|id| !reserved.contains(id) || by_plays.contains(id));
    let keeps = 1..=chunk.highest;
    taken.extend(wanted.into_iter().filter(|id| !keeps.contains(id)));
    Ok(taken)
}

async fn in_use(conn: &mut Conn, wanted: &[i64]) -> DbResult<BTreeSet<i64>> {
    let plays: Vec<i64> = plays::table.filter(plays::id.eq_any(wanted)).select(plays::id).load(conn).await?;
    let groups: Vec<i64> =
        play_groups::table.filter(play_groups::id.eq_any(wanted)).select(play_groups::id).load(conn).await?;
    // Whoever undoes an edit wants these back.
    let removed: Vec<i64> = removed_plays::table
        .filter(removed_plays::play_id.eq_any(wanted))
        .select(removed_plays::play_id)
        .load(conn)
        .await?;
    Ok(plays.into_iter().chain(groups).chain(removed).collect())
}

#[derive(QueryableByName)]
struct NextId {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// New numbers, ascending.
async fn next(conn: &mut Conn, count: usize) -> DbResult<impl Iterator<Item = i64> + use<>> {
    let count = i64::try_from(count).unwrap_or(i64::MAX);
    let sql = "SELECT nextval(pg_get_serial_sequence('plays', 'id')) AS id FROM generate_series(1, $1)";
    let ids: Vec<NextId> = if count == 0 {
        Vec::new()
    } else {
        diesel::sql_query(sql).bind::<BigInt, _>(count).load(conn).await?
    };
    let mut ids: Vec<i64> = ids.into_iter().map(|next| next.id).collect();
    ids.sort_unstable();
    Ok(ids.into_iter())
}

/// Lets every line keep its number; tells how many could not.
pub(super) fn keep(lines: &mut [Line<'_>]) -> usize {
    for line in lines {
        line.id = line.play.row_id;
    }
    0
}

/// Gives every line its number; tells how many could not keep theirs.
pub(super) async fn give(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    lines: &mut [Line<'_>],
) -> DbResult<usize> {
    let mut taken = taken(conn, chunk, lines).await?;
    let needed = lines.iter().filter(|line| taken.contains(&line.play.row_id)).count();
    let mut fresh = next(conn, needed).await?;
    for line in lines {
        let kept = taken.insert(line.play.row_id).then_some(line.play.row_id);
        line.id = kept.or_else(|| fresh.next()).unwrap_or_default();
    }
    Ok(needed)
}

/// Gives every line its recorded group.
pub(super) async fn join(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    written: &BTreeMap<Uuid, i64>,
    lines: &mut [Line<'_>],
) -> DbResult<()> {
    let mut heads: BTreeMap<Uuid, i64> = written.clone();
    heads.extend(lines.iter().map(|line| (line.play.session_id, line.id)));
    let gone = |line: &Line<'_>| match line.play.membership {
        Membership::Own => None,
        Membership::Of { session_id, row_id } => (!heads.contains_key(&session_id)).then_some(row_id),
        Membership::Gone(row_id) => Some(row_id),
    };
    let missing: BTreeSet<i64> = lines.iter().filter_map(gone).collect();
    let stand_ins = stand_ins(conn, chunk, &missing).await?;
    for line in lines {
        line.group_id = match (gone(line), line.play.membership) {
            (Some(row_id), _) => stand_ins.get(&row_id).copied().unwrap_or(line.id),
            (None, Membership::Of { session_id, .. }) => heads.get(&session_id).copied().unwrap_or(line.id),
            (None, _) => line.id,
        };
    }
    Ok(())
}

/// The numbers of groups whose first play is gone or still to come.
async fn stand_ins(
    conn: &mut Conn,
    chunk: &ImportedChunk<'_>,
    missing: &BTreeSet<i64>,
) -> DbResult<BTreeMap<i64, i64>> {
    if missing.is_empty() {
        return Ok(BTreeMap::new());
    }
    let known: Vec<(i64, i64)> = import_groups::table
        .filter(import_groups::source_id.eq(chunk.source_id).and(import_groups::row_id.eq_any(missing)))
        .select((import_groups::row_id, import_groups::group_id))
        .load(conn)
        .await?;
    let mut found: BTreeMap<i64, i64> = known.into_iter().collect();
    let new: Vec<i64> = missing.iter().copied().filter(|row| !found.contains_key(row)).collect();
    let taken = in_use(conn, &new).await?;
    let keeps = |row: &i64| !taken.contains(row) && (1..=chunk.highest).contains(row);
    let mut fresh = next(conn, new.iter().filter(|row| !keeps(row)).count()).await?;
    let mut added = Vec::new();
    for row in new {
        let id = if keeps(&row) { row } else { fresh.next().unwrap_or(row) };
        found.insert(row, id);
        added.push((
            import_groups::source_id.eq(chunk.source_id),
            import_groups::row_id.eq(row),
            import_groups::group_id.eq(id),
        ));
    }
    diesel::insert_into(import_groups::table).values(added).execute(conn).await?;
    Ok(found)
}
