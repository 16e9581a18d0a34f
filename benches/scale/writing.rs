//! What writing a play costs with every roll-up kept: the journal, as the service calls it, over the made-up history.

use super::world;
use chrono::{DateTime, Duration as Span, Utc};
use std::time::{Duration, Instant};
use tautulli_db::journal::{self, Batch, Change, Written};
use tautulli_db::{Conn, Database, PoolOptions};
use tautulli_domain::media::ItemSnapshot;
use tautulli_domain::session::{Observation, Session, SessionRules};
use tautulli_domain::{Clock, PlayId, ServerId, SessionId, SystemClock};
use uuid::Uuid;

const SERVER: ServerId = ServerId(1);
/// From the start of one play to that of the next: half a hundred run at once.
const PAUSE: Span = Span::seconds(30);
/// Plays written before those that are counted, so that plans and pages are there.
const BEFORE: i64 = 50;
const COUNTED: i64 = 400;

/// Transactions of the journal.
#[derive(Default)]
pub struct Times {
    pub begins: Vec<Duration>,
    pub ends: Vec<Duration>,
}

/// Writes plays of today, each by a person of the history who watches an item of it.
pub async fn write(url: &str) -> Times {
    let database = Database::connect(url, PoolOptions::default()).await.unwrap();
    let mut conn = database.dedicated().await.unwrap();
    let items: Vec<ItemSnapshot> = world::items().collect();
    let (last, newest) = last(url).await;
    let from = newest + PAUSE;
    let mut written = Times::default();
    for number in 0..BEFORE + COUNTED {
        let item = &items[usize::try_from(number * 7_919).unwrap() % items.len()];
        let [begun, mut ended] = play(number, item, from);
        let (begins, known) = time(&mut conn, &begun).await;
        // What the first write has found out, the service keeps with the session.
        ended.session.user_id = Some(known.user_id);
        ended.session.library_id = known.library_id;
        ended.session.initial = Some(known.initial);
        let (ends, _) = time(&mut conn, &ended).await;
        if number >= BEFORE {
            written.begins.push(begins);
            written.ends.push(ends);
        }
    }
    forget(url, &mut conn, last).await;
    written
}

/// How it begins and how it ends.
fn play(number: i64, item: &ItemSnapshot, from: DateTime<Utc>) -> [Change; 2] {
    let rules = SessionRules::default();
    let shape = world::shape(number % world::SHAPES);
    let mut seen = Observation { session_key: number, item: item.clone(), ..Observation::default() };
    seen.user.account_id = 1_000 + number % world::USERS;
    seen.user.name = format!("person{}", number % world::USERS);
    (seen.player, seen.stream) = (shape.player, shape.stream);
    let now = from + PAUSE * i32::try_from(number).unwrap();
    let (mut session, events) = Session::open(SessionId(Uuid::new_v4()), SERVER, seen, now, &rules);
    let begun = Change { session: session.clone(), events, ended: false };
    let events = session.stop(Some(1_500_000), now + Span::minutes(25), &rules);
    [begun, Change { session, events, ended: true }]
}

async fn client(url: &str) -> tokio_postgres::Client {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

/// The last play, and when the newest began.
async fn last(url: &str) -> (i64, DateTime<Utc>) {
    let sql = "SELECT max(id), extract(epoch FROM max(started_at))::bigint FROM plays";
    let found = client(url).await.query_one(sql, &[]).await.unwrap();
    (found.get(0), DateTime::from_timestamp(found.get(1), 0).unwrap())
}

/// Takes the plays out that were written after `last`, so that a database that is kept stays what it was filled with.
async fn forget(url: &str, conn: &mut Conn, last: i64) {
    let client = client(url).await;
    let found = client.query("SELECT id FROM plays WHERE id > $1", &[&last]).await.unwrap();
    let plays: Vec<PlayId> = found.iter().map(|row| PlayId(row.get(0))).collect();
    tautulli_db::rollups::discount(conn, &plays).await.map_err(tautulli_domain::Error::from).unwrap();
    let sql = format!(
        "CREATE TEMPORARY TABLE gone AS SELECT id, group_id, session_id FROM plays WHERE id > {last};
         DELETE FROM session_events e USING gone g WHERE e.session_id = g.session_id;
         DELETE FROM plays p USING gone g WHERE p.id = g.id;
         DELETE FROM play_groups p USING gone g WHERE p.id = g.group_id AND NOT EXISTS (SELECT FROM plays q WHERE q.group_id = p.id);
         DROP TABLE gone"
    );
    client.batch_execute(&sql).await.unwrap();
}

async fn time(conn: &mut Conn, change: &Change) -> (Duration, Written) {
    let rules = SessionRules::default();
    let changes = std::slice::from_ref(change);
    let batch = Batch { server_id: SERVER, epoch: None, rules: &rules, now: SystemClock.now(), changes };
    let begun = Instant::now();
    let written = journal::write(conn, &batch).await.unwrap().remove(0);
    (begun.elapsed(), written)
}
