//! The bulk writer leaves behind what the ordinary journal does.

use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use tautulli_db::Database;
use tautulli_db::journal::bulk::{self, BulkBatch, BulkWritten, Finished};
use tautulli_db::journal::{self, Batch, Change};
use tautulli_db::rollups;
use tautulli_db::servers::{self, Link};
use tautulli_domain::media::{Airing, MediaKind};
use tautulli_domain::session::{Notice, Observation, Outcome, PlayState, Session, SessionRules};
use tautulli_domain::{ServerId, SessionId};
use tautulli_testkit::TestDatabase;
use uuid::Uuid;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_000 + seconds)
}

/// What tells one play from another. Offsets in seconds.
#[derive(Debug, Clone)]
struct Sketch {
    user: i64,
    item: i64,
    machine: u8,
    renamed: bool,
    from: i64,
    long: i64,
    pause: Option<i64>,
    gap: i64,
}

fn sketches() -> impl Strategy<Value = Vec<Sketch>> {
    let one = (
        0i64..4,
        0i64..6,
        0u8..2,
        any::<bool>(),
        0i64..900,
        1i64..900,
        proptest::option::of(1i64..300),
        1i64..40,
    );
    let made = one.prop_map(|(user, item, machine, renamed, from, long, pause, gap)| Sketch {
        user,
        item,
        machine,
        renamed,
        from,
        long,
        pause,
        gap,
    });
    proptest::collection::vec(made, 1..60)
}

/// Two films, an episode, a song, something live, something in no library.
fn observe(sketch: &Sketch, key: i64) -> Observation {
    let kinds =
        [MediaKind::Movie, MediaKind::Movie, MediaKind::Episode, MediaKind::Track, MediaKind::Episode];
    let mut seen = Observation { session_key: key, view_offset_ms: sketch.from * 1000, ..Default::default() };
    seen.user.account_id = 100 + sketch.user;
    seen.user.name = format!("user {}", sketch.user);
    seen.player.machine_id = format!("machine {}", sketch.machine);
    seen.player.address = "198.51.100.7".to_owned();
    let item = &mut seen.item;
    item.kind = kinds.get(usize::try_from(sketch.item).unwrap()).copied().unwrap_or(MediaKind::Movie);
    item.rating_key = (10 + sketch.item).to_string();
    item.guid = if sketch.item == 1 { String::new() } else { format!("plex://thing/{}", sketch.item) };
    item.title = if sketch.renamed { "Ünder \"new\" name" } else { "Old \\name" }.to_owned();
    item.section_id = (sketch.item != 5).then_some(sketch.item % 3 + 1);
    item.library_name = format!("Library {}", sketch.item % 3);
    item.duration_ms = Some(1_000_000);
    item.last_viewed_at = Some(key);
    item.live = sketch.item == 4;
    item.airing = item.live.then(|| Airing { uuid: key.to_string(), ..Airing::default() });
    seen
}

/// The plays of sketches, one after another, in the order in which they end; the last may be known by neither writer.
fn play(sketches: &[Sketch], rules: &SessionRules) -> Vec<(Change, Option<Finished>)> {
    let mut now = at(0);
    (1i64..)
        .zip(sketches)
        .map(|(key, sketch)| {
            now += Duration::seconds(sketch.gap);
            let id = SessionId(Uuid::from_u128(u128::try_from(key).unwrap()));
            let (mut session, mut events) = Session::open(id, ServerId(1), observe(sketch, key), now, rules);
            let offset = |seconds: i64| (sketch.from + seconds) * 1000;
            let mut say = |state, seconds: i64, now| {
                let notice = Notice {
                    session_key: key,
                    rating_key: String::new(),
                    guid: String::new(),
                    state,
                    view_offset_ms: Some(offset(seconds)),
                    transcode_key: None,
                };
                events.extend(session.notice(&notice, now, rules));
            };
            now += Duration::seconds(sketch.long / 2);
            if let Some(pause) = sketch.pause {
                say(PlayState::Paused, sketch.long / 2, now);
                now += Duration::seconds(pause);
                say(PlayState::Playing, sketch.long / 2, now);
            }
            now += Duration::seconds(sketch.long - sketch.long / 2);
            events.extend(session.stop(Some(offset(sketch.long)), now, rules));
            let finished = match session.outcome(true, true, rules) {
                Outcome::Kept(play) => Some(Finished { play: *play, events: events.clone() }),
                Outcome::Dropped(_) => None,
            };
            (Change { session, events, ended: true }, finished)
        })
        .collect()
}

/// Every row that plays leave behind, without the numbers that the database gives.
const ROWS: &[&str] = &[
    "SELECT to_jsonb(p) - '{id,group_id,user_id,library_id,item_id,snapshot_id}'::text[] || jsonb_build_object('user', u.account_id,
       'library', l.section_id, 'item', i.guid, 'snapshot', s.digest, 'order', row_number() OVER (ORDER BY p.id),
       'group', (SELECT session_id FROM plays WHERE id = p.group_id))
     FROM plays p JOIN users u ON u.id = p.user_id LEFT JOIN libraries l ON l.id = p.library_id JOIN items i ON i.id = p.item_id
       JOIN item_snapshots s ON s.id = p.snapshot_id ORDER BY p.session_id",
    "SELECT to_jsonb(g) - '{id,user_id,library_id,item_id,newest_play_id,furthest_play_id}'::text[] || jsonb_build_object('user', u.account_id,
       'library', l.section_id, 'item', i.guid, 'newest', n.session_id, 'furthest', f.session_id)
     FROM play_groups g JOIN plays p ON p.id = g.id JOIN users u ON u.id = g.user_id LEFT JOIN libraries l ON l.id = g.library_id
       JOIN items i ON i.id = g.item_id JOIN plays n ON n.id = g.newest_play_id JOIN plays f ON f.id = g.furthest_play_id ORDER BY p.session_id",
    "SELECT to_jsonb(e) FROM session_events e ORDER BY session_id, seq",
    "SELECT to_jsonb(i) - '{id,snapshot_id}'::text[] || jsonb_build_object('snapshot', s.digest) FROM items i
       JOIN item_snapshots s ON s.id = i.snapshot_id ORDER BY i.guid",
    "SELECT to_jsonb(s) - 'id' FROM item_snapshots s ORDER BY digest",
    "SELECT to_jsonb(u) - 'id' FROM users u ORDER BY account_id",
    "SELECT to_jsonb(l) - 'id' FROM libraries l ORDER BY section_id",
    "SELECT to_jsonb(t) - 'user_id' || jsonb_build_object('user', u.account_id) FROM last_stops t JOIN users u ON u.id = t.user_id
       ORDER BY u.account_id, machine_id, t.kind",
    "SELECT to_jsonb(s) FROM sessions s",
];

async fn rows(database: &TestDatabase) -> Vec<Vec<String>> {
    let client = database.client().await.unwrap();
    let mut all = Vec::new();
    for sql in ROWS {
        let wrapped = format!("SELECT line::text FROM ({sql}) AS lines(line)");
        let found = client.query(&wrapped, &[]).await.unwrap();
        all.push(found.iter().map(|row| row.get(0)).collect());
    }
    all
}

/// A database with a server in it.
struct Stage {
    database: TestDatabase,
    pool: Database,
    server: ServerId,
}

impl Stage {
    async fn set() -> Self {
        let database = TestDatabase::create().await.unwrap();
        let pool = database.pool().await.unwrap();
        let mut conn = pool.conn().await.unwrap();
        let link = Link { name: "Attic", url: "http://192.0.2.1:32400", token: "t", verify_tls: true };
        let server = servers::add(&mut conn, &link, "machine", at(0)).await.unwrap();
        drop(conn);
        Self { database, pool, server }
    }

    async fn ordinarily(&self, rules: &SessionRules, changes: &[Change]) {
        let mut conn = self.pool.conn().await.unwrap();
        for change in changes {
            let changes = std::slice::from_ref(change);
            let batch = Batch { server_id: self.server, epoch: None, rules, now: at(9), changes };
            journal::write(&mut conn, &batch).await.unwrap();
        }
    }

    async fn in_bulk(&self, rules: &SessionRules, plays: &[Finished]) -> BulkWritten {
        let batch = BulkBatch { server_id: self.server, rules, now: at(9), plays };
        bulk::write(&mut self.pool.conn().await.unwrap(), &batch).await.unwrap()
    }

    /// The roll-ups are what the plays say. On a new connection nothing is prepared yet, on a used one everything is: the statements
    /// of an end, which do not wait for each other, must have kept their order on both.
    async fn is_counted(&self, plays: usize) {
        let found = rollups::rebuild(&mut self.pool.conn().await.unwrap(), "UTC").await.unwrap();
        assert!(found.was_true(), "{found:?}");
        assert_eq!(found.plays, i64::try_from(plays).unwrap());
    }
}

async fn compare(sketches: Vec<Sketch>, cut: usize) {
    let rules = SessionRules {
        ignore_interval: Duration::zero(),
        track_ignore_interval: Duration::zero(),
        ..Default::default()
    };
    let played = play(&sketches, &rules);
    let changes: Vec<Change> = played.iter().map(|(change, _)| change.clone()).collect();
    let plays: Vec<Finished> = played.into_iter().filter_map(|(_, finished)| finished).collect();
    assert_eq!(plays.len(), changes.len(), "all of them are kept");
    let (one, other, mixed) = (Stage::set().await, Stage::set().await, Stage::set().await);
    one.ordinarily(&rules, &changes).await;
    let wanted = rows(&one.database).await;
    let written = other.in_bulk(&rules, &plays).await;
    assert_eq!(written, BulkWritten { new: plays.len(), known: 0 });
    assert_eq!(rows(&other.database).await, wanted, "in one batch");
    let again = other.in_bulk(&rules, &plays).await;
    assert_eq!(again, BulkWritten { new: 0, known: plays.len() });
    assert_eq!(rows(&other.database).await, wanted, "written twice");
    // Ordinary, bulk, ordinary: each goes on where the other was.
    let (first, second) = (cut % changes.len(), (cut * 3) % changes.len());
    let (first, second) = (first.min(second), first.max(second));
    mixed.ordinarily(&rules, &changes[..first]).await;
    mixed.in_bulk(&rules, &plays[first..second]).await;
    mixed.ordinarily(&rules, &changes[second..]).await;
    assert_eq!(rows(&mixed.database).await, wanted, "in turns at {first} and {second}");
    for stage in [one, other, mixed] {
        stage.is_counted(changes.len()).await;
    }
}

#[test]
fn bulk_and_ordinary_writing_leave_equal_rows() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let cases = ProptestConfig { cases: 6, max_shrink_iters: 10, ..ProptestConfig::default() };
    proptest!(cases, |(sketches in sketches(), cut in 0usize..1000)| {
        runtime.block_on(compare(sketches, cut));
    });
}
