//! Migrations and what is kept true in the database.

use crate::support::{TestApp, until};
use std::collections::BTreeSet;
use tautulli_db::migrate;
use tautulli_testkit::TestDatabase;

#[tokio::test(flavor = "multi_thread")]
async fn every_migration_can_be_undone_and_done_again() {
    let database = TestDatabase::create().await.unwrap();
    let pool = database.pool().await.unwrap();
    let all = migrate::state(&pool).await.unwrap();
    assert_eq!((all.pending, all.unknown.len()), (0, 0));
    for _ in 0..all.applied {
        migrate::revert_last(&pool).await.unwrap();
    }
    let client = database.client().await.unwrap();
    let left = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'
        AND table_name <> '__diesel_schema_migrations'";
    assert_eq!(client.query_one(left, &[]).await.unwrap().get::<_, i64>(0), 0, "something is left behind");
    assert_eq!(migrate::run(&pool).await.unwrap(), all.applied);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_from_the_future_is_left_alone() {
    let database = TestDatabase::create().await.unwrap();
    let client = database.client().await.unwrap();
    client
        .batch_execute("INSERT INTO __diesel_schema_migrations (version) VALUES ('20990101000000')")
        .await
        .unwrap();
    let pool = database.pool().await.unwrap();
    let state = migrate::state(&pool).await.unwrap();
    assert!(state.check().unwrap_err().outer().contains("newer version"));
    assert!(migrate::run(&pool).await.is_err());
}

/// The columns that diesel is told of, from its source.
fn declared() -> BTreeSet<(String, String)> {
    let source = include_str!("../crates/db/src/schema.rs");
    let mut columns = BTreeSet::new();
    for block in source.split("diesel::table! {").skip(1) {
        let block = block.split("\ndiesel::").next().unwrap();
        let (head, body) = block.split_once('{').unwrap();
        let table = head.split('(').next().unwrap().trim().to_owned();
        for part in body.split(',') {
            if let Some((name, _)) = part.split_once("->") {
                columns.insert((table.clone(), name.trim().to_owned()));
            }
        }
    }
    columns
}

#[tokio::test(flavor = "multi_thread")]
async fn diesel_knows_every_column() {
    let database = TestDatabase::create().await.unwrap();
    let client = database.client().await.unwrap();
    let query = "SELECT table_name::text, column_name::text FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'";
    let rows = client.query(query, &[]).await.unwrap();
    let real: BTreeSet<(String, String)> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
    assert_eq!(declared(), real);
    let widest = "SELECT max(n) FROM (SELECT count(*) n FROM information_schema.columns
        WHERE table_schema = 'public' GROUP BY table_name) x";
    assert!(
        client.query_one(widest, &[]).await.unwrap().get::<_, i64>(0) <= 32,
        "diesel's compile time explodes above"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_equal_the_raw_rows() {
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    let movie = director
        .world(|w| {
            w.items.values().find(|i| i.kind == tautulli_simplex::ItemKind::Movie).map(|i| i.rating_key)
        })
        .unwrap();
    for (play, offset) in [10_000, 200_000, 150_000, 400_000].into_iter().enumerate() {
        let start = tautulli_simplex::Start::item(movie).user(1_000_102).at(offset);
        let started = director.start(&start).unwrap();
        until("the session", async || {
            let data = admin.data("{ activity { streamCount } }").await;
            (data["activity"]["streamCount"] == 1).then_some(())
        })
        .await;
        director.stop(started.session_key, None, true).unwrap();
        until("the play", async || {
            let data = admin.data("{ history(grouped: false) { totalCount } }").await;
            (data["history"]["totalCount"] == play + 1).then_some(())
        })
        .await;
    }
    let client = app.database.client().await.unwrap();
    let wrong = "SELECT count(*) FROM play_groups g JOIN (
            SELECT group_id, count(*) n, sum(played_ms)::bigint played, sum(paused_ms)::bigint paused, max(started_at) date,
                min(started_at) first, max(stopped_at) last, max(percent_complete) percent FROM plays GROUP BY group_id
        ) p ON p.group_id = g.id
        WHERE (g.play_count, g.played_ms, g.paused_ms, g.date, g.started_at, g.stopped_at, g.percent_complete)
            IS DISTINCT FROM (p.n, p.played, p.paused, p.date, p.first, p.last, p.percent)";
    assert_eq!(client.query_one(wrong, &[]).await.unwrap().get::<_, i64>(0), 0);
    let groups = "SELECT count(*) FROM play_groups";
    assert_eq!(client.query_one(groups, &[]).await.unwrap().get::<_, i64>(0), 2);
}
