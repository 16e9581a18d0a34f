//! Carrying a plan out: plays, their groups and every sum of them change together.

use super::cells;
use crate::error::DbResult;
use crate::journal::groups;
use crate::pool::{Conn, batch};
use crate::rollups;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Nullable};
use diesel_async::RunQueryDsl;
use tautulli_domain::{PlayId, RevisionId};

/// Plays whose roll-ups are taken back or counted at a time.
const BATCH: i64 = 5_000;

/// Carries the plan out. `record`: the revision that keeps what undoes it; `None` while undoing.
pub(super) async fn apply(conn: &mut Conn, record: Option<RevisionId>) -> DbResult<()> {
    touch_groups(conn).await?;
    each_member(conn, Counting::Discount).await?;
    if let Some(revision) = record {
        keep_before(conn, revision).await?;
    }
    cells::follow(conn).await?;
    change(conn).await?;
    remove(conn, record).await?;
    restore(conn).await?;
    touch_groups(conn).await?;
    rebuild_groups(conn).await?;
    each_member(conn, Counting::Count).await
}

/// Remembers every group that the plan takes plays from or gives plays to.
async fn touch_groups(conn: &mut Conn) -> DbResult<()> {
    batch(
        conn,
        "CREATE TEMP TABLE IF NOT EXISTS touched (group_id bigint PRIMARY KEY) ON COMMIT DROP; \
         INSERT INTO touched SELECT p.group_id FROM plan l JOIN plays p ON p.id = l.play_id \
             UNION SELECT l.group_id FROM plan l WHERE l.group_id IS NOT NULL ON CONFLICT DO NOTHING; ANALYZE touched",
    )
    .await
}

#[derive(Clone, Copy)]
enum Counting {
    Discount,
    Count,
}

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// Takes the members of the touched groups out of the roll-ups, or into them, some thousand at a time.
async fn each_member(conn: &mut Conn, counting: Counting) -> DbResult<()> {
    let mut last = i64::MIN;
    loop {
        let found: Vec<Id> = diesel::sql_query(
            "SELECT p.id FROM plays p WHERE p.id > $1 AND p.group_id IN (SELECT t.group_id FROM touched t) \
             ORDER BY p.id LIMIT $2",
        )
        .bind::<BigInt, _>(last)
        .bind::<BigInt, _>(BATCH)
        .load(conn)
        .await?;
        let Some(end) = found.last() else { return Ok(()) };
        last = end.id;
        let ids: Vec<PlayId> = found.iter().map(|row| PlayId(row.id)).collect();
        match counting {
            Counting::Discount => rollups::discount(conn, &ids).await?,
            Counting::Count => rollups::count(conn, &ids).await?,
        }
    }
}

/// Keeps what changing plays were before, and what hidden plays that come back were.
async fn keep_before(conn: &mut Conn, revision: RevisionId) -> DbResult<()> {
    diesel::sql_query(
        "INSERT INTO revision_plays (revision_id, play_id, group_id, item_id, snapshot_id, library_id, watched_quarters, \
             was_hidden) \
         SELECT $1, p.id, p.group_id, p.item_id, p.snapshot_id, p.library_id, p.watched_quarters, FALSE \
         FROM plan l JOIN plays p ON p.id = l.play_id WHERE l.fate = 'change'",
    )
    .bind::<BigInt, _>(revision.0)
    .execute(conn)
    .await?;
    diesel::sql_query(
        "INSERT INTO revision_plays (revision_id, play_id, group_id, item_id, snapshot_id, library_id, watched_quarters, \
             was_hidden, hidden_by) \
         SELECT $1, r.id, r.group_id, r.item_id, r.snapshot_id, r.library_id, r.watched_quarters, TRUE, d.revision_id \
         FROM plan l JOIN removed_plays d ON d.play_id = l.play_id \
         CROSS JOIN LATERAL jsonb_populate_record(NULL::plays, d.content) r WHERE l.fate = 'restore'",
    )
    .bind::<BigInt, _>(revision.0)
    .execute(conn)
    .await?;
    Ok(())
}

async fn change(conn: &mut Conn) -> DbResult<()> {
    batch(
        conn,
        "UPDATE plays p SET group_id = coalesce(l.group_id, p.group_id), item_id = coalesce(l.item_id, p.item_id), \
             snapshot_id = coalesce(l.snapshot_id, p.snapshot_id), \
             library_id = CASE WHEN l.moves_library THEN l.library_id ELSE p.library_id END, \
             watched_quarters = coalesce(l.watched_quarters, p.watched_quarters) \
         FROM plan l WHERE l.play_id = p.id AND l.fate IN ('change', 'hide')",
    )
    .await
}

/// Takes deleted and hidden plays out, whole.
async fn remove(conn: &mut Conn, revision: Option<RevisionId>) -> DbResult<()> {
    diesel::sql_query(
        "INSERT INTO removed_plays (play_id, revision_id, hidden, content, imported) \
         SELECT p.id, coalesce($1, (SELECT r.id FROM revisions r WHERE r.id = l.hidden_by)), l.fate = 'hide', to_jsonb(p), \
           jsonb_build_object('recorded', (SELECT to_jsonb(r) FROM recorded_plays r WHERE r.play_id = p.id), \
             'cells', (SELECT to_jsonb(c) FROM recorded_cells c WHERE c.play_id = p.id), \
             'is_bare', EXISTS (SELECT FROM bare_plays b WHERE b.play_id = p.id)) \
         FROM plan l JOIN plays p ON p.id = l.play_id WHERE l.fate IN ('delete', 'hide')",
    )
    .bind::<Nullable<BigInt>, _>(revision.map(|id| id.0))
    .execute(conn)
    .await?;
    batch(conn, "DELETE FROM plays p USING plan l WHERE l.play_id = p.id AND l.fate IN ('delete', 'hide')")
        .await
}

/// Puts plays back as they were, with what an import keeps beside them, but for what the plan says of them.
async fn restore(conn: &mut Conn) -> DbResult<()> {
    batch(
        conn,
        "INSERT INTO plays SELECT r.* FROM plan l JOIN removed_plays d ON d.play_id = l.play_id \
         CROSS JOIN LATERAL jsonb_populate_record(NULL::plays, d.content || jsonb_strip_nulls(jsonb_build_object( \
             'group_id', l.group_id, 'watched_quarters', l.watched_quarters))) r \
         WHERE l.fate = 'restore' ORDER BY r.id; \
         INSERT INTO recorded_plays SELECT r.* FROM plan l JOIN removed_plays d ON d.play_id = l.play_id \
           CROSS JOIN LATERAL jsonb_populate_record(NULL::recorded_plays, \
             '{\"has_kind\": true, \"has_decision\": true}' || (d.imported -> 'recorded') || \
             jsonb_build_object('play_id', d.content -> 'id')) r \
         WHERE l.fate = 'restore' AND jsonb_typeof(d.imported -> 'recorded') = 'object'; \
         INSERT INTO recorded_cells SELECT r.* FROM plan l JOIN removed_plays d ON d.play_id = l.play_id \
           CROSS JOIN LATERAL jsonb_populate_record(NULL::recorded_cells, \
             (d.imported -> 'cells') || jsonb_build_object('play_id', d.content -> 'id')) r \
         WHERE l.fate = 'restore' AND jsonb_typeof(d.imported -> 'cells') = 'object'; \
         INSERT INTO bare_plays SELECT (d.content ->> 'id')::bigint FROM plan l JOIN removed_plays d ON d.play_id = l.play_id \
         WHERE l.fate = 'restore' AND d.imported @> '{\"is_bare\": true}' ON CONFLICT DO NOTHING; \
         DELETE FROM removed_plays d USING plan l WHERE d.play_id = l.play_id AND l.fate = 'restore'",
    )
    .await
}

/// Sums the touched groups up from their plays.
async fn rebuild_groups(conn: &mut Conn) -> DbResult<()> {
    let sql = format!(
        "DELETE FROM play_groups g USING touched t WHERE g.id = t.group_id; \
         INSERT INTO play_groups (id, {columns}) SELECT p.group_id, {of_plays} \
         FROM plays p JOIN touched t ON t.group_id = p.group_id GROUP BY p.group_id",
        columns = groups::KEPT.join(", "),
        of_plays = groups::of_plays(),
    );
    batch(conn, &sql).await
}
