//! What the service has kept: plays as they stand in the database, and whether everything derived from them is true.

use crate::support::{Client, PATIENCE};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tokio_postgres::{NoTls, Row};

/// A play as it was written. Times are unix seconds.
#[derive(Debug, Clone)]
pub struct Play {
    pub id: i64,
    pub user: u64,
    pub rating_key: u64,
    pub from: f64,
    pub to: f64,
    pub played: f64,
    pub paused: f64,
    pub machine_id: String,
}

/// Everything that is there.
#[derive(Debug, Default)]
pub struct Kept {
    pub plays: Vec<Play>,
    /// What contradicts itself, in words.
    pub contradictions: Vec<String>,
}

const PLAYS: &str = "SELECT p.id, u.account_id, s.rating_key, p.machine_id,
        extract(epoch FROM p.started_at)::float8, extract(epoch FROM p.stopped_at)::float8,
        p.played_ms::float8 / 1000, p.paused_ms::float8 / 1000
    FROM plays p JOIN users u ON u.id = p.user_id JOIN item_snapshots s ON s.id = p.snapshot_id
    ORDER BY p.started_at, p.id";

/// Each counts what must not be.
const NEVER: [(&str, &str); 5] = [
    ("sessions are open", "SELECT count(*) FROM sessions"),
    (
        "groups differ from their plays",
        "SELECT count(*) FROM play_groups g FULL JOIN (
            SELECT group_id, count(*) AS play_count, sum(played_ms)::bigint AS played_ms, sum(paused_ms)::bigint AS paused_ms,
                min(started_at) AS started_at, max(started_at) AS date, max(stopped_at) AS stopped_at,
                max(percent_complete) AS percent_complete, max(watched_quarters) AS watched_quarters,
                (array_agg(id ORDER BY started_at DESC, id DESC))[1] AS newest,
                (array_agg(id ORDER BY percent_complete DESC, id DESC))[1] AS furthest,
                count(DISTINCT (server_id, user_id, item_id, kind, live)) AS viewings,
                min(user_id) AS user_id, min(item_id) AS item_id
            FROM plays GROUP BY group_id) p ON p.group_id = g.id
        WHERE (g.play_count, g.played_ms, g.paused_ms, g.started_at, g.date, g.stopped_at, g.percent_complete,
                g.watched_quarters, g.newest_play_id, g.furthest_play_id, 1, g.user_id, g.item_id)
            IS DISTINCT FROM (p.play_count, p.played_ms, p.paused_ms, p.started_at, p.date, p.stopped_at,
                p.percent_complete, p.watched_quarters, p.newest, p.furthest, p.viewings, p.user_id, p.item_id)",
    ),
    (
        "plays do not add up",
        "SELECT count(*) FROM plays WHERE played_ms + paused_ms
            <> floor(extract(epoch FROM stopped_at - started_at) * 1000)",
    ),
    (
        "timelines have gaps, or do not begin and end once",
        "SELECT count(*) FROM plays p LEFT JOIN LATERAL (
            SELECT count(*) AS entries, min(seq) AS first, max(seq) AS last,
                count(*) FILTER (WHERE e.kind = 'started') AS starts,
                count(*) FILTER (WHERE e.kind = 'stopped') AS stops
            FROM session_events e WHERE e.session_id = p.session_id) t ON true
        WHERE (t.first, t.last, t.starts, t.stops) IS DISTINCT FROM (1, t.entries, 1, 1)",
    ),
    (
        "timeline entries belong to nothing",
        "SELECT count(*) FROM session_events e WHERE NOT EXISTS (SELECT FROM plays p WHERE p.session_id = e.session_id)
            AND NOT EXISTS (SELECT FROM sessions s WHERE s.id = e.session_id)",
    ),
];

async fn count(client: &tokio_postgres::Client, query: &str) -> i64 {
    client.query_one(query, &[]).await.unwrap().get(0)
}

fn play(row: &Row) -> Play {
    let number = |text: &str| text.parse().unwrap_or(0);
    Play {
        id: row.get(0),
        user: u64::try_from(row.get::<_, i64>(1)).unwrap(),
        rating_key: number(row.get::<_, &str>(2)),
        machine_id: row.get(3),
        from: row.get(4),
        to: row.get(5),
        played: row.get(6),
        paused: row.get(7),
    }
}

/// Reads all of it, once what is over is written.
pub async fn read(url: &str, admin: &Client) -> Kept {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    let since = Instant::now();
    while count(&client, "SELECT count(*) FROM sessions").await > 0 && since.elapsed() < PATIENCE {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let plays: Vec<Play> = client.query(PLAYS, &[]).await.unwrap().iter().map(play).collect();
    let mut contradictions = Vec::new();
    for (what, query) in NEVER {
        let count = count(&client, query).await;
        if count != 0 {
            contradictions.push(format!("{count} {what}"));
        }
    }
    let grouped = client.query("SELECT id FROM play_groups", &[]).await.unwrap();
    let grouped: BTreeSet<i64> = grouped.iter().map(|row| row.get(0)).collect();
    contradictions.extend(as_told(admin, &plays, &grouped).await);
    drop(client);
    connection.await.unwrap().unwrap();
    Kept { plays, contradictions }
}

/// What the schema tells differs from what is written.
async fn as_told(admin: &Client, plays: &[Play], groups: &BTreeSet<i64>) -> Vec<String> {
    let mut wrong = Vec::new();
    for (grouped, written) in [(false, plays.len()), (true, groups.len())] {
        let query = format!("{{ history(grouped: {grouped}, first: 1) {{ totalCount }} }}");
        let told = admin.data(&query).await["history"]["totalCount"].as_u64();
        if told != u64::try_from(written).ok() {
            wrong.push(format!("history(grouped: {grouped}) tells {told:?}, written are {written}"));
        }
    }
    wrong
}
