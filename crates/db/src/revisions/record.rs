//! The rows of revisions: written with an edit, read by people, marked when undone, emptied when they expire.

use super::{Author, NewSettings};
use crate::error::{DbError, DbResult};
use crate::pool::Conn;
use crate::schema::{revisions, settings};
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Timestamptz};
use diesel_async::{AsyncConnection, RunQueryDsl};
use serde_json::{Map, Value};
use tautulli_domain::revision::{Counts, Revision, RevisionKind, lifetime};
use tautulli_domain::{Error, Result, RevisionId, ServerId};

#[derive(Queryable, Selectable)]
#[diesel(table_name = revisions, check_for_backend(diesel::pg::Pg))]
struct Row {
    id: i64,
    kind: String,
    made_by: String,
    made_at: DateTime<Utc>,
    summary: String,
    removed: i64,
    restored: i64,
    changed: i64,
    expires_at: DateTime<Utc>,
    undone_at: Option<DateTime<Utc>>,
    undone_by: Option<String>,
}

fn read(row: Row) -> DbResult<Revision> {
    let unknown = || DbError(Error::internal(format!("a revision of the kind {}", row.kind)));
    Ok(Revision {
        id: RevisionId(row.id),
        kind: RevisionKind::parse(&row.kind).ok_or_else(unknown)?,
        made_by: row.made_by,
        made_at: row.made_at,
        summary: row.summary,
        counts: Counts { removed: row.removed, restored: row.restored, changed: row.changed },
        expires_at: row.expires_at,
        undone_at: row.undone_at,
        undone_by: row.undone_by,
    })
}

/// Revisions, newest first, older than `before` if that is given.
pub async fn list(conn: &mut Conn, before: Option<RevisionId>, limit: i64) -> DbResult<Vec<Revision>> {
    let before = before.map_or(i64::MAX, |id| id.0);
    let rows: Vec<Row> = revisions::table
        .filter(revisions::id.lt(before))
        .order(revisions::id.desc())
        .limit(limit)
        .select(Row::as_select())
        .load(conn)
        .await?;
    rows.into_iter().map(read).collect()
}

pub(super) async fn insert(
    conn: &mut Conn,
    kind: RevisionKind,
    author: Author<'_>,
    counts: Counts,
    settings_before: Option<Value>,
) -> DbResult<Revision> {
    let row: Row = diesel::insert_into(revisions::table)
        .values((
            revisions::kind.eq(kind.name()),
            revisions::made_by.eq(author.name),
            revisions::made_at.eq(author.now),
            revisions::summary.eq(author.summary),
            revisions::removed.eq(counts.removed),
            revisions::restored.eq(counts.restored),
            revisions::changed.eq(counts.changed),
            revisions::settings_before.eq(settings_before),
            revisions::expires_at.eq(author.now + lifetime()),
        ))
        .returning(Row::as_returning())
        .get_result(conn)
        .await?;
    read(row)
}

/// Stores settings; gives those that stood before, null for a default.
pub(super) async fn exchange_settings(
    conn: &mut Conn,
    new: NewSettings<'_>,
    now: DateTime<Utc>,
) -> DbResult<Option<Value>> {
    if new.is_empty() {
        return Ok(None);
    }
    let mut before = Map::new();
    for (key, value) in new {
        let old: Option<Value> =
            settings::table.find(*key).select(settings::value).first(conn).await.optional()?;
        before.insert((*key).to_owned(), old.unwrap_or(Value::Null));
        crate::settings::store(conn, key, value, now).await?;
    }
    Ok(Some(Value::Object(before)))
}

/// Puts the settings back that a revision had changed.
pub(super) async fn restore_settings(conn: &mut Conn, id: RevisionId, now: DateTime<Utc>) -> DbResult<()> {
    let before: Option<Value> =
        revisions::table.find(id.0).select(revisions::settings_before).first(conn).await?;
    let Some(Value::Object(before)) = before else { return Ok(()) };
    for (key, value) in before {
        if value.is_null() {
            diesel::delete(settings::table.find(&key)).execute(conn).await?;
        } else {
            crate::settings::store(conn, &key, &value, now).await?;
        }
    }
    Ok(())
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = diesel::sql_types::Nullable<BigInt>)]
    number: Option<i64>,
}

/// Plays that a revision concerns.
const CONCERNED: &str = "SELECT play_id FROM revision_plays WHERE revision_id = $1 \
    UNION SELECT play_id FROM removed_plays WHERE revision_id = $1";

/// Why a revision cannot be undone, if it cannot.
pub(super) async fn check_undoable(conn: &mut Conn, id: RevisionId, now: DateTime<Utc>) -> DbResult<()> {
    let row: Option<Row> =
        revisions::table.find(id.0).select(Row::as_select()).first(conn).await.optional()?;
    let Some(row) = row else { return Err(Error::not_found("That revision").into()) };
    if row.undone_at.is_some() {
        return Err(Error::conflict("This revision has been undone already").into());
    }
    if row.expires_at <= now {
        return Err(Error::conflict(format!(
            "This revision could be undone until {}; what it removed is gone",
            row.expires_at.format("%Y-%m-%d")
        ))
        .into());
    }
    let later = format!(
        "SELECT max(r.id) AS number FROM revisions r WHERE r.id > $1 AND r.undone_at IS NULL AND (\
             (r.settings_before IS NOT NULL AND (SELECT o.settings_before IS NOT NULL FROM revisions o WHERE o.id = $1)) \
             OR EXISTS (SELECT 1 FROM revision_plays x WHERE x.revision_id = r.id AND x.play_id IN ({CONCERNED})) \
             OR EXISTS (SELECT 1 FROM removed_plays x WHERE x.revision_id = r.id AND x.play_id IN ({CONCERNED})))"
    );
    if let Some(later) = number(conn, &later, id).await? {
        return Err(Error::conflict(format!(
            "A later edit, revision {later}, concerns the same; undo that one first"
        ))
        .into());
    }
    let back = "SELECT nullif(count(*), 0) AS number FROM removed_plays d JOIN plays p \
        ON p.id = d.play_id OR p.session_id = (d.content ->> 'session_id')::uuid WHERE d.revision_id = $1";
    if let Some(back) = number(conn, back, id).await? {
        return Err(Error::conflict(format!(
            "{back} of the removed plays are in the history again, written anew; delete those first"
        ))
        .into());
    }
    Ok(())
}

async fn number(conn: &mut Conn, sql: &str, id: RevisionId) -> DbResult<Option<i64>> {
    let found: Number = diesel::sql_query(sql).bind::<BigInt, _>(id.0).get_result(conn).await?;
    Ok(found.number)
}

pub(super) async fn mark_undone(
    conn: &mut Conn,
    id: RevisionId,
    by: &str,
    now: DateTime<Utc>,
) -> DbResult<Revision> {
    diesel::sql_query("DELETE FROM revision_plays WHERE revision_id = $1")
        .bind::<BigInt, _>(id.0)
        .execute(conn)
        .await?;
    let row: Row = diesel::update(revisions::table.find(id.0))
        .set((revisions::undone_at.eq(now), revisions::undone_by.eq(by)))
        .returning(Row::as_returning())
        .get_result(conn)
        .await?;
    read(row)
}

/// Forgets what would undo the revisions that have expired; the revisions stay as a record. Gives how many there were.
/// Deleted plays go for good with their timelines; hidden ones stay hidden.
pub async fn purge(conn: &mut Conn, now: DateTime<Utc>) -> Result<usize> {
    const STEPS: [&str; 4] = [
        "DELETE FROM session_events e USING removed_plays d, revisions r WHERE d.revision_id = r.id AND r.expires_at <= $1 \
             AND r.purged_at IS NULL AND NOT d.hidden AND e.session_id = (d.content ->> 'session_id')::uuid",
        "DELETE FROM removed_plays d USING revisions r WHERE d.revision_id = r.id AND r.expires_at <= $1 \
             AND r.purged_at IS NULL AND NOT d.hidden",
        "UPDATE removed_plays d SET revision_id = NULL FROM revisions r WHERE d.revision_id = r.id AND r.expires_at <= $1 \
             AND r.purged_at IS NULL",
        "DELETE FROM revision_plays p USING revisions r WHERE p.revision_id = r.id AND r.expires_at <= $1 \
             AND r.purged_at IS NULL",
    ];
    let purged = conn
        .transaction(async |conn| -> DbResult<usize> {
            super::reach::take_time(conn).await?;
            super::reach::take_turn(conn).await?;
            for step in STEPS {
                diesel::sql_query(step).bind::<Timestamptz, _>(now).execute(conn).await?;
            }
            let expired =
                revisions::table.filter(revisions::expires_at.le(now).and(revisions::purged_at.is_null()));
            Ok(diesel::update(expired).set(revisions::purged_at.eq(now)).execute(conn).await?)
        })
        .await?;
    Ok(purged)
}

/// Forgets what would undo edits of a server's history, which is about to be replaced. The revisions stay as a record.
pub(crate) async fn forget(conn: &mut Conn, server: ServerId) -> DbResult<()> {
    const STEPS: [&str; 3] = [
        "UPDATE revisions r SET expires_at = least(r.expires_at, r.made_at), purged_at = coalesce(r.purged_at, r.made_at) \
             WHERE EXISTS (SELECT 1 FROM removed_plays d WHERE d.revision_id = r.id AND (d.content ->> 'server_id')::bigint = $1) \
                OR EXISTS (SELECT 1 FROM revision_plays x JOIN plays p ON p.id = x.play_id \
                           WHERE x.revision_id = r.id AND p.server_id = $1)",
        "DELETE FROM revision_plays x USING plays p WHERE p.id = x.play_id AND p.server_id = $1",
        "DELETE FROM removed_plays d WHERE (d.content ->> 'server_id')::bigint = $1",
    ];
    for step in STEPS {
        diesel::sql_query(step).bind::<BigInt, _>(server.0).execute(conn).await?;
    }
    Ok(())
}
