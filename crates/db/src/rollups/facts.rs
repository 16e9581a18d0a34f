//! The narrow rows of counted plays, and the words and titles that they name.

use super::Number;
use crate::error::DbResult;
use crate::kept::Keep;
use crate::pool::Conn;
use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date};
use diesel_async::RunQueryDsl;

/// A play with what its facts need, by the words that it says itself. `WHERE` follows.
const TOLD: &str = "SELECT p.id AS play_id, p.snapshot_id, p.group_id, p.server_id, p.user_id, coalesce(p.library_id, 0) AS library_id,
      p.started_at, p.stopped_at, p.played_ms, left(p.platform, 200) AS platform, v.source_resolution AS source, v.resolution AS stream,
      CASE WHEN p.live THEN 3 WHEN p.kind = 'episode' THEN 0 WHEN p.kind = 'movie' THEN 1 WHEN p.kind = 'track' THEN 2 ELSE 4 END AS series,
      CASE p.decision WHEN 'transcode' THEN 2 WHEN 'copy' THEN 1 ELSE 0 END AS decision,
      (date_part('isodow', l.at) * 24 + date_part('hour', l.at))::smallint AS slot
    FROM plays p JOIN stream_details v ON v.id = p.stream_id CROSS JOIN rollup_state z
      CROSS JOIN LATERAL (SELECT p.started_at AT TIME ZONE z.zone AS at) l";

/// A snapshot by what cards count titles by. `WHERE` follows.
const NAMED: &str = "SELECT n.snapshot_id, n.kind, n.title, n.artist, n.year,
      sha256(convert_to(concat_ws(chr(31), n.kind, n.title, n.artist, n.year::text), 'UTF8')) AS digest
    FROM (SELECT s.id AS snapshot_id,
        CASE s.kind WHEN 'movie' THEN 'movie' WHEN 'episode' THEN 'show' ELSE 'artist' END AS kind,
        CASE s.kind WHEN 'movie' THEN s.title ELSE coalesce(nullif(s.grandparent_title, ''), s.title) END AS title,
        CASE s.kind WHEN 'track' THEN coalesce(s.detail ->> 'original_title', '') ELSE '' END AS artist,
        CASE s.kind WHEN 'movie' THEN s.year END AS year
      FROM item_snapshots s WHERE s.kind IN ('movie', 'episode', 'track')) n";

/// The columns of a fact, from a play `t` that is told, its words and its title.
const COLUMNS: &str = "play_id, group_id, snapshot_id, server_id, user_id, library_id, title_id, started_at, stopped_at, played_ms, platform_id,
    source_id, stream_id, series, decision, slot, firsts";
const VALUES: &str = "t.play_id, t.group_id, t.snapshot_id, t.server_id, t.user_id, t.library_id, n.id, t.started_at, t.stopped_at, t.played_ms, f.id, s.id,
    d.id, t.series, t.decision, t.slot";
const WORDS: &str = "JOIN rollup_words f ON f.word = t.platform JOIN rollup_words s ON s.word = t.source
    JOIN rollup_words d ON d.word = t.stream LEFT JOIN named n ON n.snapshot_id = t.snapshot_id";

/// Remembers the words of what is `told`.
fn words(told: &str) -> String {
    format!(
        "INSERT INTO rollup_words (word) SELECT DISTINCT w.word FROM (SELECT DISTINCT platform, source, stream FROM {told} t) t
           CROSS JOIN LATERAL (VALUES (t.platform), (t.source), (t.stream)) w(word)
         WHERE NOT EXISTS (SELECT FROM rollup_words k WHERE k.word = w.word) ORDER BY 1 ON CONFLICT DO NOTHING"
    )
}

/// Remembers the titles of snapshots.
fn titles_of(snapshots: &str) -> String {
    format!(
        "INSERT INTO titles (digest, kind, title, artist, year) SELECT DISTINCT ON (digest) t.digest, t.kind, t.title, t.artist, t.year
         FROM ({NAMED} {snapshots}) t
         WHERE NOT EXISTS (SELECT FROM titles k WHERE k.digest = t.digest) ORDER BY digest ON CONFLICT DO NOTHING"
    )
}

/// The titles of snapshots as `named`.
fn named(snapshots: &str) -> String {
    format!(
        "named AS MATERIALIZED (SELECT n.snapshot_id, k.id FROM ({NAMED} {snapshots}) n JOIN titles k ON k.digest = n.digest)"
    )
}

/// The statements that write the facts of all plays into a table that is empty, members of groups with the bits that they have there.
pub(super) fn all(table: &str) -> [String; 6] {
    let snapshots = "WHERE n.snapshot_id IN (SELECT snapshot_id FROM told)";
    let told = format!("CREATE TEMPORARY TABLE told ON COMMIT DROP AS {TOLD}");
    // A play that is alone in its group is the first everywhere.
    let members = |how_many: &str| {
        format!(
            "(SELECT t.play_id, t.group_id, t.stopped_at, t.started_at AT TIME ZONE z.zone AS local
              FROM (SELECT group_id FROM told GROUP BY group_id HAVING count(*) {how_many}) g JOIN told t USING (group_id)
              CROSS JOIN rollup_state z) m"
        )
    };
    // In two steps: one statement would hold the memory of both.
    let pairs = format!(
        "CREATE TEMPORARY TABLE marked ON COMMIT DROP AS {}",
        super::sums::marked_pairs(&members("= 2"))
    );
    let larger = format!("INSERT INTO marked {}", super::sums::marked(&members("> 2")));
    let facts = format!(
        "WITH {} INSERT INTO {table} ({COLUMNS}, prev_at) SELECT {VALUES}, coalesce(m.firsts, 127), m.prev_at
         FROM told t {WORDS} LEFT JOIN marked m ON m.play_id = t.play_id",
        named(snapshots),
    );
    [told, words("told"), titles_of(snapshots), pairs, larger, facts]
}

/// Writes the facts of plays; gives those that were not there. Most plays name words and titles that are known.
pub(super) async fn insert(conn: &mut Conn, plays: &[i64]) -> DbResult<Vec<i64>> {
    let mut fresh = insert_known(conn, plays).await?;
    if fresh.len() < plays.len() {
        let told = format!("({TOLD} WHERE p.id = ANY($1))");
        for sql in [words(&told), titles_of(THEIR_SNAPSHOTS)] {
            diesel::sql_query(sql).bind::<Array<BigInt>, _>(plays).kept().execute(conn).await?;
        }
        fresh.extend(insert_known(conn, plays).await?);
    }
    Ok(fresh)
}

const THEIR_SNAPSHOTS: &str = "WHERE n.snapshot_id IN (SELECT snapshot_id FROM plays WHERE id = ANY($1))";

/// Writes the facts of those of the plays whose words and titles are known.
pub(super) async fn insert_known(conn: &Conn, plays: &[i64]) -> DbResult<Vec<i64>> {
    let facts = format!(
        "WITH {named} INSERT INTO play_facts ({COLUMNS}) SELECT {VALUES}, 127 FROM ({TOLD} WHERE p.id = ANY($1)) t {WORDS}
         WHERE n.id IS NOT NULL
           OR NOT EXISTS (SELECT FROM ({NAMED}) x WHERE x.snapshot_id = t.snapshot_id)
         ORDER BY t.play_id ON CONFLICT DO NOTHING RETURNING play_id AS number",
        named = named(THEIR_SNAPSHOTS),
    );
    let fresh: Vec<Number> =
        diesel::sql_query(facts).bind::<Array<BigInt>, _>(plays).kept().load(&mut &*conn).await?;
    Ok(fresh.into_iter().map(|row| row.number).collect())
}

/// Those of the plays that are counted.
pub(super) async fn known(conn: &mut Conn, plays: &[i64]) -> DbResult<Vec<i64>> {
    let sql = "SELECT play_id AS number FROM play_facts WHERE play_id = ANY($1)";
    let known: Vec<Number> = diesel::sql_query(sql).bind::<Array<BigInt>, _>(plays).load(conn).await?;
    Ok(known.into_iter().map(|row| row.number).collect())
}

/// What plays lie on: titles, and the days of the zone from their starts to their stops.
#[derive(Debug, Default)]
pub(super) struct Touched {
    pub titles: Vec<i64>,
    pub days: Vec<NaiveDate>,
}

#[derive(QueryableByName)]
struct Day {
    #[diesel(sql_type = Date)]
    day: NaiveDate,
}

pub(super) async fn touched(conn: &mut Conn, plays: &[i64]) -> DbResult<Touched> {
    Ok(Touched { titles: titles(conn, plays).await?, days: days(conn, plays).await? })
}

/// The titles of plays.
async fn titles(conn: &mut Conn, plays: &[i64]) -> DbResult<Vec<i64>> {
    let sql =
        "SELECT DISTINCT title_id AS number FROM play_facts WHERE play_id = ANY($1) AND title_id IS NOT NULL";
    let titles: Vec<Number> =
        diesel::sql_query(sql).bind::<Array<BigInt>, _>(plays).kept().load(conn).await?;
    Ok(titles.into_iter().map(|row| row.number).collect())
}

/// The days of the zone on which plays ran.
pub(super) async fn days(conn: &mut Conn, plays: &[i64]) -> DbResult<Vec<NaiveDate>> {
    let sql = "SELECT DISTINCT d::date AS day FROM play_facts f CROSS JOIN rollup_state z
               CROSS JOIN LATERAL generate_series((f.started_at AT TIME ZONE z.zone)::date::timestamp,
                 f.stopped_at AT TIME ZONE z.zone, interval '1 day') d
               WHERE f.play_id = ANY($1) ORDER BY 1";
    let days: Vec<Day> = diesel::sql_query(sql).bind::<Array<BigInt>, _>(plays).load(conn).await?;
    Ok(days.into_iter().map(|row| row.day).collect())
}

pub(super) async fn delete(conn: &mut Conn, plays: &[i64]) -> DbResult<()> {
    diesel::sql_query("DELETE FROM play_facts WHERE play_id = ANY($1)")
        .bind::<Array<BigInt>, _>(plays)
        .execute(conn)
        .await?;
    Ok(())
}
