//! The roll-ups equal the raw rows, whatever comes and goes, across clock changes and zones with half hours.

use chrono::{DateTime, Datelike, Duration, Timelike, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::time::SystemTime;
use tautulli_db::{AsyncConnection, Database, rollups};
use tautulli_domain::{Error, PlayId};
use tautulli_testkit::TestDatabase;
use tokio_postgres::Client;

/// Zones with clock changes of an hour and of half an hour, and with offsets that are no whole hours.
const ZONES: [&str; 4] = ["Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Australia/Lord_Howe"];

/// A play as the test knows it. Times in minutes since the moment where the history begins.
#[derive(Debug, Clone)]
struct Sketch {
    id: i64,
    item: i64,
    user: i64,
    /// Joins the group of the play before it of the same user and item.
    joins: bool,
    start: i64,
    long: i64,
    decision: usize,
    platform: usize,
}

const DECISIONS: [&str; 3] = ["direct play", "copy", "transcode"];
const PLATFORMS: [&str; 3] = ["Roku", "tvOS", ""];

fn sketches() -> impl Strategy<Value = Vec<Sketch>> {
    let one = (0i64..7, 1i64..4, any::<bool>(), 0i64..2880, 0i64..400, 0usize..3, 0usize..3);
    proptest::collection::vec(one, 1..40).prop_map(|made| {
        let mut start = 0;
        let number = |n: usize| i64::try_from(n).unwrap() + 1;
        let of = |(at, (item, user, joins, gap, long, decision, platform))| {
            start += gap;
            Sketch { id: number(at), item, user, joins, start, long, decision, platform }
        };
        made.into_iter().enumerate().map(of).collect()
    })
}

/// Two films of one name, two episodes of a show, a song, something live, a clip.
const WORLD: &str = "
    INSERT INTO servers (id, name, url, token, created_at, updated_at) VALUES (1, 'Attic', 'http://192.0.2.1', 't', now(), now());
    INSERT INTO users (id, server_id, account_id, username, updated_at) SELECT n, 1, 100 + n, 'user ' || n, now() FROM generate_series(1, 3) n;
    INSERT INTO libraries (id, server_id, section_id, name, kind, updated_at)
      SELECT n, 1, n, 'Library ' || n, 'movie', now() FROM generate_series(1, 3) n;
    INSERT INTO item_snapshots (id, server_id, digest, kind, guid, rating_key, parent_rating_key, grandparent_rating_key, section_id, title,
        parent_title, grandparent_title, full_title, year, detail, detail_version)
      SELECT n + 10, 1, decode(lpad(n::text, 4, '0'), 'hex'), (ARRAY['movie','movie','episode','episode','track','episode','clip'])[n + 1],
        'g' || n, n::text, '', '', 1, 'Item ' || n / 2, '', CASE WHEN n IN (2, 3) THEN 'Show' WHEN n = 4 THEN 'Artist' ELSE '' END, '', 2000,
        jsonb_build_object('kind', (ARRAY['movie','movie','episode','episode','track','episode','clip'])[n + 1], 'title', 'Item ' || n / 2), 1
      FROM generate_series(0, 6) n;
    INSERT INTO items (id, server_id, guid, kind, rating_key, snapshot_id, updated_at)
      SELECT n + 10, 1, 'g' || n, 'movie', n::text, n + 10, now() FROM generate_series(0, 6) n;";

/// A database with a world, days counted in a zone.
struct Stage {
    _database: TestDatabase,
    pool: Database,
    client: Client,
    zone: Tz,
    begin: DateTime<Utc>,
}

impl Stage {
    async fn set(zone: &str) -> Self {
        let database = TestDatabase::create().await.unwrap();
        let (pool, client) = (database.pool().await.unwrap(), database.client().await.unwrap());
        client.batch_execute(WORLD).await.unwrap();
        rollups::rebuild(&mut pool.conn().await.unwrap(), zone).await.unwrap();
        // Some days before the clocks of Berlin and St. John's change, in the week in which Lord Howe's do.
        let begin = "2026-03-07T20:13:00Z".parse().unwrap();
        Self { _database: database, pool, client, zone: zone.parse().unwrap(), begin }
    }

    fn at(&self, minutes: i64) -> DateTime<Utc> {
        self.begin + Duration::minutes(minutes)
    }

    /// Writes the plays with their groups; gives each play's group.
    async fn write(&self, plays: &[Sketch]) -> BTreeMap<i64, i64> {
        let (mut newest, mut groups) = (BTreeMap::new(), BTreeMap::new());
        for play in plays {
            let before = newest.get(&(play.user, play.item)).copied().filter(|_| play.joins);
            let group: i64 = before.unwrap_or(play.id);
            newest.insert((play.user, play.item), group);
            groups.insert(play.id, group);
            let live = play.item == 5;
            let kind = ["movie", "movie", "episode", "episode", "track", "episode", "clip"]
                [usize::try_from(play.item).unwrap()];
            let library = (play.item != 6).then_some(play.item % 3 + 1);
            let sql = "INSERT INTO plays (id, session_id, group_id, server_id, user_id, library_id, item_id, snapshot_id, kind, live,
                  started_at, stopped_at, played_ms, paused_ms, view_offset_ms, percent_complete, watched_quarters, decision, platform,
                  product, player, machine_id, address, location, initial, player_detail, stream_id)
                VALUES ($1, gen_random_uuid(), $2, 1, $3, $4, $5, $5, $6, $7, $8, $9, $10, 0, 0, 50, 2, $11, $12, '', '', '', '', 'lan', true,
                  '{}', (SELECT id FROM stream_details WHERE digest = md5($13)::uuid))";
            let height = [480, 720, 0][play.decision];
            let stream = serde_json::json!({ "source": { "full_resolution": "1080p" }, "delivered": { "height": height } });
            self.client
                .execute(
                    "INSERT INTO play_groups SELECT $1, 1, $2, NULL, $3, $4, $5, $6, $6, $6, 0, 0, 0::smallint, 0::smallint, 1, $1, $1
                     ON CONFLICT DO NOTHING",
                    &[&group, &play.user, &(play.item + 10), &kind, &live, &SystemTime::from(self.at(play.start))],
                )
                .await
                .unwrap();
            let text = stream.to_string();
            let stream = "INSERT INTO stream_details (digest, version, detail) VALUES (md5($1)::uuid, 1, $1::text::jsonb) ON CONFLICT DO NOTHING";
            self.client.execute(stream, &[&text]).await.unwrap();
            self.client
                .execute(
                    sql,
                    &[
                        &play.id,
                        &group,
                        &play.user,
                        &library,
                        &(play.item + 10),
                        &kind,
                        &live,
                        &SystemTime::from(self.at(play.start)),
                        &SystemTime::from(self.at(play.start + play.long)),
                        &(play.long * 60_000),
                        &DECISIONS[play.decision],
                        &PLATFORMS[play.platform],
                        &text,
                    ],
                )
                .await
                .unwrap();
        }
        groups
    }

    async fn change(&self, plays: &[i64], come: bool) {
        let ids: Vec<PlayId> = plays.iter().copied().map(PlayId).collect();
        let mut conn = self.pool.conn().await.unwrap();
        conn.transaction::<_, tautulli_db::error::DbError, _>(async |conn| {
            if come { rollups::count(conn, &ids).await } else { rollups::discount(conn, &ids).await }
        })
        .await
        .map_err(Error::from)
        .unwrap();
    }

    /// Everything that is kept is as it would be computed again.
    async fn is_true(&self) -> Result<(), TestCaseError> {
        let mut conn = self.pool.conn().await.unwrap();
        let rebuilt = rollups::rebuild(&mut conn, self.zone.name()).await.unwrap();
        let wrong: Vec<_> =
            rebuilt.tables.iter().filter(|t| t.table != "play_groups" && t.wrong + t.surplus > 0).collect();
        prop_assert!(wrong.is_empty(), "{wrong:?}");
        Ok(())
    }

    /// Sums of a dimension by period and key: plays, groups, milliseconds.
    async fn sums(&self, dimension: i16) -> BTreeMap<(String, i64), (i64, i64, i64)> {
        let sql = "SELECT period::text, key, sum(plays)::bigint, sum(lines)::bigint, sum(played_ms)::bigint FROM rollups
                   WHERE dimension = $1 GROUP BY 1, 2";
        let rows = self.client.query(sql, &[&dimension]).await.unwrap();
        rows.iter().map(|r| ((r.get(0), r.get(1)), (r.get(2), r.get(3), r.get(4)))).collect()
    }

    /// The same counted here, play by play.
    fn counted(
        &self,
        plays: &[Sketch],
        groups: &BTreeMap<i64, i64>,
        place: impl Fn(DateTime<Tz>) -> (String, i64),
        bucket: impl Fn(DateTime<Tz>) -> String,
    ) -> BTreeMap<(String, i64), (i64, i64, i64)> {
        let mut sums: BTreeMap<(String, i64), (i64, i64, i64)> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        let mut ordered: Vec<&Sketch> = plays.iter().collect();
        ordered.sort_by_key(|play| (play.start + play.long, play.id));
        for play in ordered {
            let local = self.at(play.start).with_timezone(&self.zone);
            let sum = sums.entry(place(local)).or_default();
            sum.0 += 1;
            sum.1 += i64::from(seen.insert((groups[&play.id], bucket(local))));
            sum.2 += play.long * 60_000;
        }
        sums
    }
}

fn month(at: DateTime<Tz>) -> String {
    at.format("%Y-%m-01").to_string()
}

fn monday(at: DateTime<Tz>) -> String {
    (at.date_naive() - Duration::days(at.weekday().num_days_from_monday().into())).to_string()
}

fn sunday(at: DateTime<Tz>) -> String {
    (at.date_naive() - Duration::days(at.weekday().num_days_from_sunday().into())).to_string()
}

fn run(test: impl Future<Output = Result<(), TestCaseError>>) -> Result<(), TestCaseError> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(test)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sums_equal_the_raw_rows(plays in sketches(), zone in 0..ZONES.len(), cut in any::<prop::sample::Index>(),
        gone in proptest::collection::vec(any::<bool>(), 40)) {
        run(async move {
            let stage = Stage::set(ZONES[zone]).await;
            let groups = stage.write(&plays).await;
            let ids: Vec<i64> = plays.iter().map(|play| play.id).collect();
            // Some come together, out of order, the others one by one as they are watched; one comes twice.
            let (alone, together) = ids.split_at(cut.index(ids.len()));
            stage.change(together, true).await;
            for id in alone {
                stage.change(&[*id], true).await;
            }
            stage.change(&ids[..1], true).await;
            let day = |at: DateTime<Tz>| at.date_naive().to_string();
            prop_assert_eq!(stage.sums(1).await, stage.counted(&plays, &groups, |at| (day(at), 0), day));
            prop_assert_eq!(stage.sums(2).await, stage.counted(&plays, &groups, |at| (monday(at), 0), monday));
            prop_assert_eq!(stage.sums(3).await, stage.counted(&plays, &groups, |at| (sunday(at), 0), sunday));
            prop_assert_eq!(stage.sums(4).await, stage.counted(&plays, &groups, |at| (month(at), 0), month));
            let weekday = |at: DateTime<Tz>| i64::from(at.weekday().number_from_monday());
            let weekdays = stage.counted(&plays, &groups, |at| (month(at), weekday(at)), |at| weekday(at).to_string());
            prop_assert_eq!(stage.sums(5).await, weekdays);
            let hours = stage.counted(&plays, &groups, |at| (month(at), at.hour().into()), |at| at.hour().to_string());
            prop_assert_eq!(stage.sums(6).await, hours);
            stage.is_true().await?;
            let leaving: Vec<i64> = ids.iter().zip(&gone).filter(|(_, gone)| **gone).map(|(id, _)| *id).collect();
            stage.change(&leaving, false).await;
            stage.client.execute("DELETE FROM plays WHERE id = ANY($1)", &[&leaving]).await.unwrap();
            stage.is_true().await
        })?;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rebuild_tells_what_was_wrong_and_mends_it() {
    let stage = Stage::set("Europe/Berlin").await;
    let play =
        |id, start| Sketch { id, item: 2, user: 1, joins: true, start, long: 30, decision: 0, platform: 0 };
    stage.write(&[play(1, 0), play(2, 100)]).await;
    stage.change(&[1, 2], true).await;
    stage
        .client
        .batch_execute("UPDATE rollups SET plays = 7 WHERE dimension = 1; DELETE FROM title_users")
        .await
        .unwrap();
    let mut conn = stage.pool.conn().await.unwrap();
    let found = rollups::rebuild(&mut conn, "Europe/Berlin").await.unwrap();
    let wrong = |table: &str| found.tables.iter().find(|t| t.table == table).unwrap().wrong;
    assert_eq!((found.plays, wrong("rollups"), wrong("title_users"), wrong("titles")), (2, 1, 1, 0));
    assert!(!found.was_true());
    assert!(rollups::rebuild(&mut conn, "Europe/Berlin").await.unwrap().was_true());
    // In another zone it is another day.
    let moved = rollups::rebuild(&mut conn, "Pacific/Auckland").await.unwrap();
    assert!(moved.tables.iter().any(|t| t.table == "rollups" && t.wrong > 0));
    assert_eq!(rollups::state(&mut conn).await.map_err(Error::from).unwrap().zone, "Pacific/Auckland");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_across_midnight_counts_on_both_days() {
    // GRA-05
    let stage = Stage::set("UTC").await;
    let play = |id, start, long| Sketch {
        id,
        item: 0,
        user: id,
        joins: false,
        start,
        long,
        decision: 2,
        platform: 0,
    };
    // From 23:50 to 00:20, from 00:10 to 00:30, and one that nobody closed for a week.
    stage.write(&[play(1, 217, 30), play(2, 237, 20), play(3, 0, 7 * 1440)]).await;
    for id in 1..=3 {
        stage.change(&[id], true).await;
    }
    let sql = "SELECT day::text, peak, started_at::text, stopped_at::text FROM stream_peaks WHERE decision = -1 ORDER BY day";
    let rows = stage.client.query(sql, &[]).await.unwrap();
    let peaks: Vec<(String, i64)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(peaks, [("2026-03-07".to_owned(), 1), ("2026-03-08".to_owned(), 2)]);
    stage.is_true().await.unwrap();
}
