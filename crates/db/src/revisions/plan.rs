//! Plans: what an edit is about to do to which play, in a temporary table, so that five million plays need no memory here.
//!
//! A plan changes nothing. A `fate` is delete, hide, restore or change; an absent value stays as it is.

use super::reach;
use crate::error::DbResult;
use crate::history::sql::Sql;
use crate::history::{self, Scope};
use crate::pool::{Conn, batch};
use crate::users::SHOWN_NAME;
use crate::{items, libraries};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, SmallInt, Text, Timestamptz};
use diesel_async::RunQueryDsl;
use tautulli_domain::revision::{Counts, Example, MAX_EXAMPLES, Preview, RuleChange};
use tautulli_domain::session::SessionRules;
use tautulli_domain::{GroupId, PlayId, RevisionId};

/// Makes an empty plan for this transaction.
pub(super) async fn begin(conn: &mut Conn) -> DbResult<()> {
    batch(
        conn,
        "CREATE TEMP TABLE plan (play_id bigint PRIMARY KEY, fate text NOT NULL, group_id bigint, item_id bigint, \
             snapshot_id bigint, library_id bigint, moves_library boolean NOT NULL DEFAULT FALSE, \
             watched_quarters smallint, hidden_by bigint) ON COMMIT DROP",
    )
    .await
}

/// Plans to delete what the filter finds, play by play.
pub(super) async fn deletion(conn: &mut Conn, scope: Scope<'_>) -> DbResult<()> {
    let Some(matching) = history::matching(conn, scope).await? else { return Ok(()) };
    let mut sql = Sql::default();
    sql.text("INSERT INTO plan (play_id, fate) SELECT m.id, 'delete' FROM (").append(matching).text(") m");
    sql.into_query().execute(conn).await?;
    finish(conn).await
}

/// Plans to put every play into the group that the rules want (HIS-09).
pub(super) async fn regrouping(conn: &mut Conn, rules: &SessionRules) -> DbResult<()> {
    reach::universe(conn).await?;
    reach::judge(conn, "new", rules).await?;
    reach::group(conn, "new", "NOT hidden").await?;
    batch(
        conn,
        "INSERT INTO plan (play_id, fate, group_id) SELECT u.id, 'change', g.group_id FROM universe u \
         JOIN new_groups g USING (id) WHERE g.group_id <> u.group_id",
    )
    .await?;
    finish(conn).await
}

/// Plans what another set of rules would have made of the past: watched states, groups, and who is there at all. Groups
/// are formed anew only where the old and the new rules differ about a user and an item.
pub(super) async fn rules(conn: &mut Conn, change: &RuleChange) -> DbResult<()> {
    reach::universe(conn).await?;
    reach::judge(conn, "old", &change.before).await?;
    reach::judge(conn, "new", &change.after).await?;
    reach::group(conn, "old", "NOT hidden").await?;
    reach::group(conn, "new", "(SELECT NOT n.ignored FROM new_verdicts n WHERE n.id = u.id)").await?;
    batch(
        conn,
        "CREATE TEMP TABLE reformed ON COMMIT DROP AS SELECT DISTINCT u.user_id, u.item_id FROM universe u \
             JOIN new_verdicts n USING (id) LEFT JOIN old_groups b USING (id) LEFT JOIN new_groups a USING (id) \
             WHERE n.ignored <> u.hidden OR a.begins IS DISTINCT FROM b.begins; \
         ANALYZE reformed; \
         INSERT INTO plan (play_id, fate, group_id, watched_quarters) \
         SELECT u.id, CASE WHEN n.ignored THEN 'hide' WHEN u.hidden THEN 'restore' ELSE 'change' END, \
             CASE WHEN NOT n.ignored AND r.user_id IS NOT NULL THEN g.group_id END, \
             CASE WHEN NOT n.ignored THEN n.quarters END \
         FROM universe u JOIN new_verdicts n USING (id) LEFT JOIN new_groups g USING (id) \
         LEFT JOIN reformed r ON r.user_id = u.user_id AND r.item_id = u.item_id \
         WHERE n.ignored <> u.hidden OR (NOT u.hidden AND (n.quarters <> u.watched_quarters \
             OR (r.user_id IS NOT NULL AND g.group_id <> u.group_id)))",
    )
    .await?;
    finish(conn).await
}

/// Plans to give plays to other items, as these are now: each is written down as a new snapshot if it has changed.
pub(super) async fn rematch(conn: &mut Conn, rematch: super::Rematch<'_>) -> DbResult<()> {
    let server = rematch.server_id;
    for step in rematch.moves {
        let item = &step.new;
        let (item_id, snapshot_id) = items::remember(conn, server, item, rematch.now).await?;
        let (section, name) = (item.section_id, &item.library_name);
        let library = libraries::resolve(conn, server, section, name, item.kind, rematch.now).await?;
        diesel::sql_query(
            "INSERT INTO plan (play_id, fate, item_id, snapshot_id, library_id, moves_library) \
             SELECT p.id, 'change', $2, $3, $4, TRUE FROM plays p WHERE p.snapshot_id = ANY($1) \
                 AND (p.snapshot_id <> $3 OR p.item_id <> $2) ON CONFLICT DO NOTHING",
        )
        .bind::<Array<BigInt>, _>(step.old.iter().map(|id| id.0).collect::<Vec<_>>())
        .bind::<BigInt, _>(item_id.0)
        .bind::<BigInt, _>(snapshot_id)
        .bind::<Nullable<BigInt>, _>(library.map(|id| id.0))
        .execute(conn)
        .await?;
    }
    finish(conn).await?;
    reach::moved_universe(conn).await?;
    reach::judge(conn, "new", rematch.rules).await?;
    batch(
        conn,
        "UPDATE plan l SET watched_quarters = n.quarters FROM new_verdicts n JOIN plays p USING (id) \
         WHERE n.id = l.play_id AND l.item_id <> p.item_id",
    )
    .await?;
    if rematch.regroups { regroup_moved(conn).await } else { Ok(()) }
}

/// Moved plays meet others of their new item: both are grouped together.
async fn regroup_moved(conn: &mut Conn) -> DbResult<()> {
    reach::group(conn, "new", "NOT hidden").await?;
    batch(
        conn,
        "INSERT INTO plan (play_id, fate, group_id) SELECT u.id, 'change', g.group_id FROM universe u \
             JOIN new_groups g USING (id) WHERE g.group_id <> u.group_id \
         ON CONFLICT (play_id) DO UPDATE SET group_id = excluded.group_id",
    )
    .await?;
    finish(conn).await
}

/// Plans to take a revision back.
pub(super) async fn undoing(conn: &mut Conn, revision: RevisionId) -> DbResult<()> {
    diesel::sql_query(
        "INSERT INTO plan (play_id, fate) SELECT play_id, 'restore' FROM removed_plays WHERE revision_id = $1",
    )
    .bind::<BigInt, _>(revision.0)
    .execute(conn)
    .await?;
    diesel::sql_query(
        "INSERT INTO plan (play_id, fate, group_id, item_id, snapshot_id, library_id, moves_library, watched_quarters, \
             hidden_by) \
         SELECT play_id, CASE WHEN was_hidden THEN 'hide' ELSE 'change' END, group_id, item_id, snapshot_id, library_id, \
             TRUE, watched_quarters, hidden_by FROM revision_plays WHERE revision_id = $1 \
         ON CONFLICT DO NOTHING",
    )
    .bind::<BigInt, _>(revision.0)
    .execute(conn)
    .await?;
    finish(conn).await
}

/// Lets PostgreSQL know how much is planned.
async fn finish(conn: &mut Conn) -> DbResult<()> {
    batch(conn, "ANALYZE plan").await
}

#[derive(QueryableByName)]
struct Numbers {
    #[diesel(sql_type = BigInt)]
    removed: i64,
    #[diesel(sql_type = BigInt)]
    restored: i64,
    #[diesel(sql_type = BigInt)]
    changed: i64,
}

/// How many plays the plan concerns.
pub(super) async fn counts(conn: &mut Conn) -> DbResult<Counts> {
    let found: Numbers = diesel::sql_query(
        "SELECT count(*) FILTER (WHERE fate IN ('delete', 'hide')) AS removed, \
             count(*) FILTER (WHERE fate = 'restore') AS restored, count(*) FILTER (WHERE fate = 'change') AS changed FROM plan",
    )
    .get_result(conn)
    .await?;
    Ok(Counts { removed: found.removed, restored: found.restored, changed: found.changed })
}

#[derive(QueryableByName)]
struct Changed {
    #[diesel(sql_type = BigInt)]
    regrouped: i64,
    #[diesel(sql_type = BigInt)]
    rewatched: i64,
}

#[derive(QueryableByName)]
struct ExampleRow {
    #[diesel(sql_type = BigInt)]
    play_id: i64,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    title_after: String,
    #[diesel(sql_type = Text)]
    user_name: String,
    #[diesel(sql_type = Timestamptz)]
    started_at: chrono::DateTime<chrono::Utc>,
    #[diesel(sql_type = Nullable<BigInt>)]
    group_before: Option<i64>,
    #[diesel(sql_type = Nullable<BigInt>)]
    group_after: Option<i64>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    quarters_before: Option<i16>,
    #[diesel(sql_type = Nullable<SmallInt>)]
    quarters_after: Option<i16>,
}

/// What the plan would do, with examples.
pub(super) async fn preview(conn: &mut Conn) -> DbResult<Preview> {
    let counts = counts(conn).await?;
    let changed: Changed = diesel::sql_query(
        "SELECT count(*) FILTER (WHERE l.group_id <> p.group_id) AS regrouped, \
             count(*) FILTER (WHERE l.watched_quarters <> p.watched_quarters) AS rewatched \
         FROM plan l JOIN plays p ON p.id = l.play_id WHERE l.fate = 'change'",
    )
    .get_result(conn)
    .await?;
    let examples: Vec<ExampleRow> = diesel::sql_query(format!(
        "WITH chosen AS (SELECT l.*, p.started_at, p.user_id, p.snapshot_id AS own, p.group_id AS g, p.watched_quarters AS q, \
                 TRUE AS shown FROM plan l JOIN plays p ON p.id = l.play_id \
             UNION ALL SELECT l.*, r.started_at, r.user_id, r.snapshot_id, r.group_id, r.watched_quarters, FALSE \
             FROM plan l JOIN removed_plays d ON d.play_id = l.play_id \
             CROSS JOIN LATERAL jsonb_populate_record(NULL::plays, d.content) r \
             ORDER BY started_at DESC, play_id DESC LIMIT $1) \
         SELECT c.play_id, s.full_title AS title, coalesce(t.full_title, s.full_title) AS title_after, \
             {SHOWN_NAME} AS user_name, c.started_at, \
             CASE WHEN c.shown THEN c.g END AS group_before, CASE WHEN c.shown THEN c.q END AS quarters_before, \
             CASE WHEN c.fate IN ('change', 'restore') THEN coalesce(c.group_id, c.g) END AS group_after, \
             CASE WHEN c.fate IN ('change', 'restore') THEN coalesce(c.watched_quarters, c.q) END AS quarters_after \
         FROM chosen c JOIN item_snapshots s ON s.id = c.own LEFT JOIN item_snapshots t ON t.id = c.snapshot_id \
         JOIN users u ON u.id = c.user_id ORDER BY c.started_at DESC, c.play_id DESC",
    ))
    .bind::<BigInt, _>(MAX_EXAMPLES)
    .load(conn)
    .await?;
    let examples = examples.into_iter().map(example).collect();
    Ok(Preview { counts, regrouped: changed.regrouped, rewatched: changed.rewatched, examples })
}

fn example(row: ExampleRow) -> Example {
    Example {
        play_id: PlayId(row.play_id),
        title: row.title,
        title_after: row.title_after,
        user_name: row.user_name,
        started_at: row.started_at,
        group_before: row.group_before.map(GroupId),
        group_after: row.group_after.map(GroupId),
        watched_quarters_before: row.quarters_before,
        watched_quarters_after: row.quarters_after,
    }
}
