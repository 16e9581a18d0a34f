//! Imports as they are remembered: what was asked for, how far each has got, what came of it. Knows nothing of the file.

pub mod indexes;
pub mod people;
pub mod place;
pub mod remains;

use crate::error::{DbError, DbResult};
use crate::pool::{Conn, Database};
use crate::schema::{import_sources, imports};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Jsonb};
use diesel_async::RunQueryDsl;
use serde_json::Value;
use tautulli_domain::{Error, Result, ServerId};

/// Any fixed number: one import at a time, whichever process asks for it.
const LOCK: i64 = 0x696d_706f_7274;

/// An import as it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    pub id: i64,
    pub source_id: i64,
    pub server_id: ServerId,
    pub file_name: String,
    /// Bytes.
    pub file_size: i64,
    pub file_state: Vec<u8>,
    /// `merge` or `overwrite`.
    pub mode: String,
    pub recompute_groups: bool,
    /// `running`, `stopped`, `failed` or `done`.
    pub state: String,
    pub progress: Value,
    pub report: Option<Value>,
    /// Why it failed, for people; empty where it did not.
    pub problem: String,
    /// The numbers that plays about to be replaced have been given, both ends included.
    pub replaced: Option<(i64, i64)>,
    pub started_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub finished_at: Option<DateTime<Utc>>,
}

/// What is asked for.
#[derive(Debug, Clone)]
pub struct NewImport<'a> {
    pub source_id: i64,
    pub file_name: &'a str,
    pub file_size: i64,
    pub file_state: &'a [u8],
    pub mode: &'a str,
    pub recompute_groups: bool,
    pub progress: &'a Value,
    pub now: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = imports, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    source_id: i64,
    file_name: String,
    file_size: i64,
    file_state: Vec<u8>,
    mode: String,
    recompute_groups: bool,
    state: String,
    progress: Value,
    report: Option<Value>,
    problem: String,
    replaced_from: Option<i64>,
    replaced_to: Option<i64>,
    started_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
}

fn import((row, server): (Row, i64)) -> Import {
    Import {
        id: row.id,
        source_id: row.source_id,
        server_id: ServerId(server),
        file_name: row.file_name,
        file_size: row.file_size,
        file_state: row.file_state,
        mode: row.mode,
        recompute_groups: row.recompute_groups,
        state: row.state,
        progress: row.progress,
        report: row.report,
        problem: row.problem,
        replaced: row.replaced_from.zip(row.replaced_to),
        started_at: row.started_at,
        updated_at: row.updated_at,
        finished_at: row.finished_at,
    }
}

#[derive(QueryableByName)]
struct Locked {
    #[diesel(sql_type = Bool)]
    locked: bool,
}

/// A connection of its own that holds the right to import for as long as it lives. Nothing limits how long its statements
/// take.
///
/// # Errors
/// `Conflict` while another import runs, here or elsewhere.
pub async fn begin(database: &Database) -> Result<Conn> {
    let mut conn = database.dedicated().await?;
    let answer: Locked = diesel::sql_query("SELECT pg_try_advisory_lock($1) AS locked")
        .bind::<BigInt, _>(LOCK)
        .get_result(&mut conn)
        .await
        .map_err(DbError::from)?;
    if !answer.locked {
        return Err(Error::conflict("Another import is running; wait until it has ended, or stop it"));
    }
    // What a crash of PostgreSQL takes, it takes together with the mark of how far the import had got.
    let settings =
        "SET timezone = 'UTC'; SET application_name = 'tautulli import'; SET synchronous_commit = off";
    crate::pool::batch(&mut conn, settings).await?;
    Ok(conn)
}

/// The number of a database of the reference by its lasting origin; the first time it gets one.
pub async fn source(conn: &mut Conn, server: ServerId, origin: &[u8]) -> DbResult<i64> {
    diesel::insert_into(import_sources::table)
        .values((import_sources::server_id.eq(server.0), import_sources::origin.eq(origin)))
        .on_conflict_do_nothing()
        .execute(conn)
        .await?;
    let of = import_sources::server_id.eq(server.0).and(import_sources::origin.eq(origin));
    Ok(import_sources::table.filter(of).select(import_sources::id).first(conn).await?)
}

/// The newest import that was begun for the same state of the same file in the same way and has not come to its end.
pub async fn unfinished(conn: &mut Conn, wanted: &NewImport<'_>) -> DbResult<Option<Import>> {
    let same = imports::source_id
        .eq(wanted.source_id)
        .and(imports::file_state.eq(wanted.file_state))
        .and(imports::mode.eq(wanted.mode))
        .and(imports::recompute_groups.eq(wanted.recompute_groups))
        .and(imports::state.ne("done"));
    let row = joined()
        .filter(same)
        .order(imports::id.desc())
        .select((Row::as_select(), import_sources::server_id))
        .first(conn)
        .await
        .optional()?;
    Ok(row.map(import))
}

/// Remembers a new import; those that were left running are over, for only one runs at a time.
pub async fn create(conn: &mut Conn, new: &NewImport<'_>) -> DbResult<i64> {
    diesel::update(imports::table.filter(imports::state.eq("running")))
        .set((imports::state.eq("stopped"), imports::updated_at.eq(new.now)))
        .execute(conn)
        .await?;
    Ok(diesel::insert_into(imports::table)
        .values((
            imports::source_id.eq(new.source_id),
            imports::file_name.eq(new.file_name),
            imports::file_size.eq(new.file_size),
            imports::file_state.eq(new.file_state),
            imports::mode.eq(new.mode),
            imports::recompute_groups.eq(new.recompute_groups),
            imports::state.eq("running"),
            imports::progress.eq(new.progress),
            imports::started_at.eq(new.now),
            imports::updated_at.eq(new.now),
        ))
        .returning(imports::id)
        .get_result(conn)
        .await?)
}

/// Notes how far an import has got; belongs into the transaction that got it there.
pub async fn mark(conn: &mut Conn, id: i64, progress: &Value, now: DateTime<Utc>) -> DbResult<()> {
    diesel::update(imports::table.find(id))
        .set((imports::progress.eq(progress), imports::state.eq("running"), imports::updated_at.eq(now)))
        .execute(conn)
        .await?;
    Ok(())
}

/// Notes that an import is over for now: `stopped`, `failed` with a problem, or `done` with a report.
pub async fn end(
    conn: &mut Conn,
    id: i64,
    state: &str,
    report: Option<&Value>,
    problem: &str,
    now: DateTime<Utc>,
) -> DbResult<()> {
    diesel::update(imports::table.find(id))
        .set((
            imports::state.eq(state),
            imports::report.eq(report),
            imports::problem.eq(problem),
            imports::updated_at.eq(now),
            imports::finished_at.eq(Some(now)),
        ))
        .execute(conn)
        .await?;
    Ok(())
}

/// Remembers which plays of a server lack their item or their stream.
pub async fn note_bare(conn: &mut Conn, server: ServerId) -> DbResult<()> {
    let nothing = crate::details::nothing()?;
    let sql = "INSERT INTO bare_plays SELECT p.id FROM plays p WHERE p.server_id = $1
                 AND (p.stream_id IN (SELECT id FROM stream_details WHERE detail = $2) OR p.snapshot_id IN (SELECT id FROM item_snapshots WHERE title = '' AND guid = '')
                   OR p.id IN (SELECT play_id FROM recorded_plays WHERE NOT (has_item AND has_stream)))
               ON CONFLICT DO NOTHING";
    diesel::sql_query(sql).bind::<BigInt, _>(server.0).bind::<Jsonb, _>(nothing).execute(conn).await?;
    Ok(())
}

/// Remembers of groups that were recorded of several users or libraries those plays that are not of the group's own: whoever counts as it
/// was recorded looks for them.
pub async fn note_foreign(conn: &mut Conn, server: ServerId) -> DbResult<()> {
    let sql = "INSERT INTO recorded_plays (play_id, started_s, stopped_s, paused_s, is_of_group, named_group, has_item, has_stream)
               SELECT p.id, extract(epoch FROM p.started_at)::bigint, extract(epoch FROM p.stopped_at)::bigint, p.paused_ms / 1000, true, p.group_id, true, true
               FROM plays p JOIN play_groups g ON g.id = p.group_id WHERE p.server_id = $1
                 AND (p.user_id, p.library_id) IS DISTINCT FROM (g.user_id, g.library_id)
                 AND p.group_id IN (SELECT o.group_id FROM recorded_plays r JOIN plays o ON o.id = r.play_id)
               ON CONFLICT DO NOTHING";
    diesel::sql_query(sql).bind::<BigInt, _>(server.0).execute(conn).await?;
    Ok(())
}

/// Remembers which groups did not go on as they began: with another player, decision or resolution, or of somebody else.
pub async fn note_mixed_groups(conn: &mut Conn, server: ServerId) -> DbResult<()> {
    let facts = [
        "hashtext(p.platform)",
        "hashtext(p.decision)",
        "hashtext(p.kind)",
        "p.live::int",
        "p.user_id",
        "coalesce(p.library_id, 0)",
        "hashtext(v.source_resolution)",
        "hashtext(v.resolution)",
    ];
    let differ = facts.map(|fact| format!("min({fact}) <> max({fact})")).join(" OR ");
    let sql = format!(
        "INSERT INTO mixed_groups SELECT p.group_id FROM plays p JOIN play_groups g ON g.id = p.group_id AND g.play_count > 1
           JOIN stream_details v ON v.id = p.stream_id
         WHERE p.server_id = $1 GROUP BY 1 HAVING {differ} ON CONFLICT DO NOTHING"
    );
    diesel::sql_query(sql).bind::<BigInt, _>(server.0).execute(conn).await?;
    Ok(())
}

/// Lets PostgreSQL know how much was kept as it was recorded. Until it looks by itself it takes that for nothing: a search after a large
/// import took ten times as long.
pub async fn weigh_recorded(conn: &mut Conn) -> DbResult<()> {
    crate::pool::batch(conn, "ANALYZE recorded_plays, recorded_cells, bare_plays, mixed_groups").await
}

/// Remembers which numbers the plays to be replaced have been given.
pub async fn set_replaced(conn: &mut Conn, id: i64, numbers: (i64, i64)) -> DbResult<()> {
    diesel::update(imports::table.find(id))
        .set((imports::replaced_from.eq(numbers.0), imports::replaced_to.eq(numbers.1)))
        .execute(conn)
        .await?;
    Ok(())
}

/// The newest imports, at most `limit`.
pub async fn list(conn: &mut Conn, limit: i64) -> DbResult<Vec<Import>> {
    let rows: Vec<(Row, i64)> = joined()
        .order(imports::id.desc())
        .limit(limit)
        .select((Row::as_select(), import_sources::server_id))
        .load(conn)
        .await?;
    told(conn, rows).await
}

/// One import.
pub async fn get(conn: &mut Conn, id: i64) -> DbResult<Option<Import>> {
    let row = joined()
        .filter(imports::id.eq(id))
        .select((Row::as_select(), import_sources::server_id))
        .first(conn)
        .await
        .optional()?;
    Ok(told(conn, row.into_iter().collect()).await?.pop())
}

/// Imports as they stand. One that was left running by a process that is gone is `stopped`: nobody holds the right to import then.
async fn told(conn: &mut Conn, rows: Vec<(Row, i64)>) -> DbResult<Vec<Import>> {
    let mut imports: Vec<Import> = rows.into_iter().map(import).collect();
    let is_running = |import: &Import| import.state == "running";
    if imports.iter().any(is_running) && !is_held(conn).await? {
        for left in imports.iter_mut().filter(|import| is_running(import)) {
            "stopped".clone_into(&mut left.state);
        }
    }
    Ok(imports)
}

/// Whether a process holds the right to import.
async fn is_held(conn: &mut Conn) -> DbResult<bool> {
    let sql = "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
                 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                 AND (classid::bigint << 32) + objid::bigint = $1) AS locked";
    let answer: Locked = diesel::sql_query(sql).bind::<BigInt, _>(LOCK).get_result(conn).await?;
    Ok(answer.locked)
}

type Joined = diesel::dsl::InnerJoin<imports::table, import_sources::table>;

fn joined() -> Joined {
    imports::table.inner_join(import_sources::table)
}
