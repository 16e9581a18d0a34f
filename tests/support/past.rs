//! A made-up past: random plays of few people and items, written as bare rows, and known here one by one.

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tautulli_db::Database;
use tautulli_domain::Location;
use tautulli_domain::media::{Decision, MediaKind};
use tautulli_testkit::TestDatabase;
use tokio_postgres::Client;

/// One play. Seconds since 2026-03-25, milliseconds where the name says so.
#[derive(Debug, Clone)]
pub struct PastPlay {
    pub id: i64,
    pub user: i64,
    /// 1 to 4 are movies, 5 to 9 episodes.
    pub item: i64,
    pub live: bool,
    pub started: i64,
    pub lasts: i64,
    pub played_ms: i64,
    pub paused_ms: i64,
    pub offset_ms: i64,
    pub quarters: i16,
    pub decision: Decision,
    pub platform: &'static str,
    pub product: &'static str,
    pub player: &'static str,
    pub address: &'static str,
    pub location: Location,
    pub group: i64,
}

/// The names of users 1 to 4.
pub fn people() -> [&'static str; 4] {
    ["ann", "bob", "cyd", "dee"]
}

const WORDS: [&str; 9] =
    ["Amber", "Basalt", "Cinder", "Dune", "Ember", "Falcon", "Glacier", "Harbour", "Iris"];

/// Every item lasts so long.
pub const DURATION_MS: i64 = 1_000_000;

impl PastPlay {
    pub fn started_at(&self) -> DateTime<Utc> {
        at(self.started)
    }

    pub fn kind(&self) -> MediaKind {
        kind(self.item)
    }

    pub fn library(&self) -> i64 {
        if self.item <= 4 { 1 } else { 2 }
    }

    pub fn guid(&self) -> String {
        format!("plex://thing/{}", self.item)
    }

    pub fn title(&self) -> String {
        WORDS[usize::try_from(self.item - 1).unwrap()].to_owned()
    }

    pub fn season(&self) -> String {
        if self.item <= 4 { String::new() } else { format!("Season {}", self.item % 2 + 1) }
    }

    pub fn show(&self) -> String {
        if self.item <= 4 { String::new() } else { format!("Show{}", self.item % 2) }
    }

    pub fn show_key(&self) -> String {
        if self.item <= 4 { String::new() } else { (902 + self.item % 2).to_string() }
    }

    pub fn full_title(&self) -> String {
        if self.item <= 4 { self.title() } else { format!("{} - {}", self.show(), self.title()) }
    }

    pub fn percent(&self) -> i64 {
        (self.offset_ms * 100 / DURATION_MS).min(100)
    }

    fn row(&self) -> Value {
        let player = json!({ "title": self.player, "platform": self.platform });
        json!({
            "id": self.id, "session_id": uuid(self.id), "group_id": self.group, "server_id": 1, "user_id": self.user,
            "library_id": self.library(), "item_id": self.item, "snapshot_id": self.item, "kind": self.kind().name(),
            "live": self.live, "started_at": self.started_at(), "stopped_at": at(self.started + self.lasts),
            "played_ms": self.played_ms, "paused_ms": self.paused_ms, "view_offset_ms": self.offset_ms,
            "percent_complete": self.percent(), "watched_quarters": self.quarters, "decision": self.decision.word(),
            "platform": self.platform, "product": self.product, "player": self.player, "machine_id": "m",
            "address": self.address, "location": self.location.name(), "initial": true, "player_detail": player,
            "stream_id": 70000,
        })
    }
}

fn kind(item: i64) -> MediaKind {
    if item <= 4 { MediaKind::Movie } else { MediaKind::Episode }
}

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_774_396_800, 0).unwrap() + Duration::seconds(seconds)
}

fn uuid(id: i64) -> String {
    format!("00000000-0000-4000-8000-{id:012}")
}

/// What tells one play from another, before it has a number and a group.
fn play() -> impl Strategy<Value = PastPlay> {
    let what = (1i64..=4, 1i64..=9, 0i64..5, proptest::bool::weighted(0.1));
    let when = (0i64..900, 60i64..3_000, 0i64..60, 0i64..=1_000);
    let device = (
        proptest::sample::select(vec![Decision::DirectPlay, Decision::Copy, Decision::Transcode]),
        proptest::sample::select(vec!["Roku", "iOS", "webOS"]),
        proptest::sample::select(vec!["Plex", "Plex Web"]),
        proptest::sample::select(vec!["Den", "Attic", "Garden"]),
        proptest::sample::select(vec!["192.0.2.1", "198.51.100.7"]),
        any::<bool>(),
        0i16..=4,
    );
    (what, when, device).prop_map(|(what, when, device)| PastPlay {
        id: 0,
        user: what.0,
        // A favourite, so that groups come about.
        item: if what.2 == 0 { 5 } else { what.1 },
        live: what.3,
        // Many begin in the same quarter of an hour: equal times are part of the game.
        started: when.0 * 900,
        lasts: when.1 + when.2,
        played_ms: when.1 * 1000,
        paused_ms: when.2 * 1000,
        offset_ms: when.3 * 1000,
        quarters: device.6,
        decision: device.0,
        platform: device.1,
        product: device.2,
        player: device.3,
        address: device.4,
        location: if device.5 { Location::Lan } else { Location::Wan },
        group: 0,
    })
}

/// A database with a past in it.
pub struct Past {
    _database: TestDatabase,
    pub pool: Database,
    pub client: Client,
    pub plays: Vec<PastPlay>,
}

impl Past {
    /// Random plays, the same ones each time, some of them in groups of one user and item.
    pub async fn random(count: usize) -> Self {
        let mut runner = TestRunner::deterministic();
        let sketches = proptest::collection::vec((play(), any::<bool>()), count);
        let sketches = sketches.new_tree(&mut runner).unwrap().current();
        Self::of(sketches).await
    }

    /// These plays, in this order; each with whether it joins the last one of its user and item.
    pub async fn of(sketches: Vec<(PastPlay, bool)>) -> Self {
        let mut last: BTreeMap<(i64, i64, bool), i64> = BTreeMap::new();
        let mut plays = Vec::new();
        for (id, (mut play, joins)) in (1i64..).zip(sketches) {
            play.id = id;
            let before = last.get(&(play.user, play.item, play.live)).copied();
            play.group = before.filter(|_| joins).unwrap_or(id);
            last.insert((play.user, play.item, play.live), play.group);
            plays.push(play);
        }
        let database = TestDatabase::create().await.unwrap();
        let (pool, client) = (database.pool().await.unwrap(), database.client().await.unwrap());
        client.batch_execute(NAMES).await.unwrap();
        for item in 1..=9 {
            write_item(&client, item).await;
        }
        let rows = Value::Array(plays.iter().map(PastPlay::row).collect()).to_string();
        client.execute(FILL, &[&rows]).await.unwrap();
        client.batch_execute("SELECT setval(pg_get_serial_sequence('plays', 'id'), 1000000)").await.unwrap();
        Self { _database: database, pool, client, plays }
    }

    /// The same with one's own sketches, as a strategy.
    pub fn sketches(most: usize) -> impl Strategy<Value = Vec<(PastPlay, bool)>> {
        proptest::collection::vec((play(), any::<bool>()), 1..most)
    }
}

async fn write_item(client: &Client, item: i64) {
    let sample = PastPlay { item, ..play().new_tree(&mut TestRunner::deterministic()).unwrap().current() };
    let markers = match item % 3 {
        0 => json!([
            { "id": null, "kind": "credits", "start_ms": 700_000, "end_ms": 710_000, "first": true, "last": false },
            { "id": null, "kind": "credits", "start_ms": 950_000, "end_ms": 990_000, "first": false, "last": true },
        ]),
        1 => {
            json!([{ "id": null, "kind": "intro", "start_ms": 1_000, "end_ms": 9_000, "first": true, "last": true }])
        }
        _ => json!([]),
    };
    let detail = json!({
        "kind": sample.kind().name(), "title": sample.title(), "parent_title": sample.season(),
        "grandparent_title": sample.show(), "rating_key": item.to_string(), "grandparent_rating_key": sample.show_key(),
        "guid": sample.guid(), "duration_ms": DURATION_MS, "markers": markers, "section_id": sample.library(),
        "parent_index": 1, "index": item,
    });
    let statement = "WITH s AS (INSERT INTO item_snapshots (id, server_id, digest, kind, guid, rating_key, parent_rating_key,
            grandparent_rating_key, section_id, title, parent_title, grandparent_title, full_title, year, detail, detail_version)
        SELECT $1, 1, sha256($2::text::bytea), d ->> 'kind', d ->> 'guid', d ->> 'rating_key', '',
            d ->> 'grandparent_rating_key', (d ->> 'section_id')::bigint, d ->> 'title', d ->> 'parent_title',
            d ->> 'grandparent_title', $3, 2000, d, 1 FROM (SELECT $2::text::jsonb AS d) x)
        INSERT INTO items SELECT $1, 1, d ->> 'guid', d ->> 'kind', d ->> 'rating_key', $1, now()
        FROM (SELECT $2::text::jsonb AS d) x";
    let texts = (detail.to_string(), sample.full_title());
    client.execute(statement, &[&item, &texts.0, &texts.1]).await.unwrap();
}

/// Plays and their groups in one statement: the one needs the other.
const FILL: &str = "WITH p AS (INSERT INTO plays SELECT * FROM jsonb_populate_recordset(NULL::plays, $1::text::jsonb) RETURNING *)
    INSERT INTO play_groups (id, server_id, user_id, library_id, item_id, kind, live, date, started_at, stopped_at, played_ms,
        paused_ms, percent_complete, watched_quarters, play_count, newest_play_id, furthest_play_id)
    SELECT group_id, 1, min(user_id), min(library_id), min(item_id), min(kind), (array_agg(live ORDER BY id))[1], max(started_at),
        min(started_at), max(stopped_at), sum(played_ms), sum(paused_ms), max(percent_complete), max(watched_quarters), count(*),
        (array_agg(id ORDER BY started_at DESC, id DESC))[1], (array_agg(id ORDER BY percent_complete DESC, id DESC))[1]
    FROM p GROUP BY group_id";

const NAMES: &str = "
    INSERT INTO servers (id, name, machine_id, url, token, is_default, created_at, updated_at)
        VALUES (1, 'Attic', 'machine', 'http://192.0.2.1', 't', true, now(), now());
    INSERT INTO libraries (id, server_id, section_id, name, kind, updated_at)
        VALUES (1, 1, 1, 'Films', 'movie', now()), (2, 1, 2, 'Shows', 'show', now());
    INSERT INTO users (id, server_id, account_id, username, updated_at)
        VALUES (1, 1, 101, 'ann', now()), (2, 1, 102, 'bob', now()), (3, 1, 103, 'cyd', now()), (4, 1, 104, 'dee', now());
    INSERT INTO stream_details (id, digest, version, detail) VALUES (70000, md5('')::uuid, 1, '{}');";
