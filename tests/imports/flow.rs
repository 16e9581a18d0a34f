//! Imports that are stopped, fail, are done again, meet what is there already.

use super::file::wrong_groups;
use super::{Stage, importer, request, worn};
use rusqlite::Connection;
use tautulli_services::importer::{Mode, Request};
use tokio_util::sync::CancellationToken;

/// Another process that is stopped after one portion: nothing but the database is remembered. Whether it was stopped.
async fn stopped_after_a_portion(stage: &Stage, request: &Request) -> bool {
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let mut heard = 0;
    let mut tell = |_: i64, _: &_| {
        heard += 1;
        if heard == 2 {
            stop.cancel();
        }
    };
    !importer(&stage.pool).await.run(request, &mut tell, &cancel).await.unwrap().finished
}

/// Fails in the middle of a transaction: what it had written goes with it. Whether it failed.
async fn failing(stage: &Stage, client: &tokio_postgres::Client, path: &std::path::Path) -> bool {
    let last = stage.number("SELECT coalesce(max(id), 0) FROM plays").await;
    let (table, when) = match last {
        ..4_500 => ("plays", format!("NEW.id > {}", last + 200)),
        _ => ("staged.others", "NEW.table_name = 'users'".to_owned()),
    };
    let trigger = format!(
        "CREATE TRIGGER refuse BEFORE INSERT ON {table} FOR EACH ROW WHEN ({when}) EXECUTE FUNCTION refuse();
         ALTER TABLE {table} ENABLE ALWAYS TRIGGER refuse"
    );
    client.batch_execute(&trigger).await.unwrap();
    let ended = stage.try_run(&request(path), &CancellationToken::new()).await;
    client.batch_execute(&format!("DROP TRIGGER refuse ON {table}")).await.unwrap();
    assert_eq!(stage.number("SELECT coalesce(max(id), 0) FROM plays").await, last);
    ended.is_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_ten_times_equals_never_killed() {
    // OPS-03
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    let (one, other) = (Stage::set().await, Stage::set().await);
    one.run(&request(&path)).await;
    let client = other.client().await;
    client
        .batch_execute(
            "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'a failure in the middle'; END $$",
        )
        .await
        .unwrap();
    let mut kills = 0;
    for nth in 0..10 {
        let ended = match nth % 3 {
            2 => failing(&other, &client, &path).await,
            _ => stopped_after_a_portion(&other, &request(&path)).await,
        };
        kills += usize::from(ended);
    }
    assert_eq!(kills, 10);
    let report = other.run(&request(&path)).await;
    assert!(report.matches(), "{:?} {:?}", report.source, report.target);
    assert_eq!(other.number("SELECT count(*) FROM imports").await, 1, "it is one import all along");
    let (wanted, found) = (one.rows().await, other.rows().await);
    for (table, rows) in wanted {
        assert_eq!(found[table], rows, "{table}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn done_twice_adds_nothing_and_a_newer_copy_adds_the_new() {
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    let stage = Stage::set().await;
    stage.run(&request(&path)).await;
    let before = stage.rows().await;
    let again = stage.run(&request(&path)).await;
    assert!(again.matches());
    let plays = again.tables.iter().find(|table| table.name == "session_history").unwrap();
    assert_eq!((plays.written, plays.known), (0, 5_002));
    assert!(again.tables.iter().all(|table| table.written == 0), "{:?}", again.tables);
    assert_eq!(stage.rows().await, before);
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(
        "DELETE FROM session_history WHERE id = 1;
         UPDATE session_history SET rating_key = 4711 WHERE id = 2;
         INSERT INTO session_history (id, reference_id, started, stopped, rating_key, user_id) VALUES (6000, 2, 1760000000, 1760000600, 5, 1000607);",
    )
    .unwrap();
    let newer = stage.run(&request(&path)).await;
    let plays = newer.tables.iter().find(|table| table.name == "session_history").unwrap();
    assert_eq!((plays.written, plays.known), (1, 5_001), "corrected rows are the same plays");
    assert_eq!(stage.number("SELECT group_id FROM plays WHERE id = 6000").await, 2);
    assert_eq!(wrong_groups(&stage).await, 0);
}

/// A history of another copy of the reference that watches the same server: other plays under the same numbers.
fn another(folder: &std::path::Path) -> std::path::PathBuf {
    let path = worn(folder);
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch(
        "DELETE FROM session_history WHERE id > 300; UPDATE session_history SET started = started + 7, stopped = stopped + 7",
    )
    .unwrap();
    path
}

#[tokio::test(flavor = "multi_thread")]
async fn merging_keeps_what_is_there_and_gives_new_numbers_where_they_are_taken() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, other) = (worn(first.path()), another(second.path()));
    let stage = Stage::set().await;
    stage.run(&request(&one)).await;
    let before = stage.rows().await;
    let report = stage.run(&request(&other)).await;
    let plays = report.tables.iter().find(|table| table.name == "session_history").unwrap();
    assert!(plays.written > 250 && plays.renumbered == plays.written, "{plays:?}");
    assert!(report.matches(), "{:?} {:?} {:?}", report.source, report.aside, report.target);
    let after = stage.rows().await;
    assert!(
        before["plays"].iter().all(|play| after["plays"].contains(play)),
        "nothing that was there has changed"
    );
    assert_eq!(wrong_groups(&stage).await, 0);
    let mixed = "SELECT count(*) FROM (SELECT group_id FROM plays GROUP BY group_id HAVING min(id) <= 5008 AND max(id) > 5008) x";
    assert_eq!(stage.number(mixed).await, 0, "groups of one are not groups of the other");
}

#[tokio::test(flavor = "multi_thread")]
async fn overwriting_replaces_in_the_end_and_not_before() {
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (one, other) = (worn(first.path()), another(second.path()));
    let (stage, fresh) = (Stage::set().await, Stage::set().await);
    stage.run(&request(&one)).await;
    fresh.run(&request(&other)).await;
    let overwrite = Request { mode: Mode::Overwrite, ..request(&other) };
    let cancel = CancellationToken::new();
    let stop = cancel.clone();
    let mut heard = 0;
    let mut tell = |_: i64, _: &_| {
        heard += 1;
        if heard == 3 {
            stop.cancel();
        }
    };
    let outcome = stage.importer.run(&overwrite, &mut tell, &cancel).await.unwrap();
    assert!(!outcome.finished);
    let there = stage.number("SELECT count(*) FROM plays").await;
    assert!(there > 5_002, "what is replaced is still there: {there}");
    assert_eq!(wrong_groups(&stage).await, 0);
    let report = stage.run(&overwrite).await;
    assert!(report.matches() && report.removed == 5_002, "{:?} {}", report.target, report.removed);
    assert_eq!(wrong_groups(&stage).await, 0);
    let (found, wanted) = (stage.rows().await, fresh.rows().await);
    for table in ["plays", "groups", "rollups"] {
        assert_eq!(found[table], wanted[table], "{table}");
    }
    // The same once more: every play comes again under its own number.
    stage.run(&overwrite).await;
    assert_eq!(stage.rows().await["plays"], wanted["plays"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_writes_nothing_and_tells_what_would_be() {
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    let stage = Stage::set().await;
    let before = stage.rows().await;
    let plan = stage.importer.plan(&request(&path), &mut |_, _| {}, &CancellationToken::new()).await.unwrap();
    assert!(plan.finished);
    let plan = plan.report;
    assert!(plan.dry_run && plan.matches(), "{:?} {:?} {:?}", plan.source, plan.aside, plan.target);
    assert_eq!(stage.rows().await, before);
    assert_eq!(stage.number("SELECT count(*) FROM imports").await, 0);
    assert_eq!(stage.number("SELECT count(*) FROM servers").await, 0);
    let report = stage.run(&request(&path)).await;
    let counts = |report: &tautulli_services::importer::Report| {
        let line = |table: &tautulli_services::importer::TableReport| {
            (table.name.clone(), table.read, table.written, table.repaired.clone(), table.aside.clone())
        };
        report.tables.iter().map(line).collect::<Vec<_>>()
    };
    assert_eq!(counts(&plan), counts(&report));
    assert_eq!(plan.target, report.target);
}

#[tokio::test(flavor = "multi_thread")]
async fn groups_worked_out_anew_follow_the_rules_whatever_interrupts() {
    // HIS-06, HIS-07, HIS-08
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    let (one, other) = (Stage::set().await, Stage::set().await);
    let anew = Request { recompute_groups: true, ..request(&path) };
    one.run(&anew).await;
    assert_eq!(wrong_groups(&one).await, 0);
    let mixed = "SELECT count(*) FROM (SELECT group_id FROM plays GROUP BY group_id HAVING count(DISTINCT (user_id, item_id)) > 1) x";
    assert_eq!(one.number(mixed).await, 0, "a group is of one user and one item");
    assert!(one.number("SELECT count(*) FROM play_groups").await < 5_002);
    for _ in 0..3 {
        let cancel = CancellationToken::new();
        let stop = cancel.clone();
        let mut heard = 0;
        let mut tell = |_: i64, _: &_| {
            heard += 1;
            if heard == 3 {
                stop.cancel();
            }
        };
        other.importer.run(&anew, &mut tell, &cancel).await.unwrap();
    }
    other.run(&anew).await;
    assert_eq!(one.rows().await["groups"], other.rows().await["groups"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_import_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    let stage = Stage::set().await;
    let held = tautulli_db::imports::begin(&stage.pool).await.unwrap();
    let refused = stage.try_run(&request(&path), &CancellationToken::new()).await.unwrap_err();
    assert_eq!(refused.kind(), tautulli_domain::ErrorKind::Conflict);
    drop(held);
    stage.run(&request(&path)).await;
}

/// Every index of the history, as it can be made again.
async fn indexes(stage: &Stage) -> Vec<String> {
    let sql = "SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid
        WHERE t.relnamespace = 'public'::regnamespace ORDER BY 1";
    stage.client().await.query(sql, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn indexes_that_a_killed_import_has_left_behind_are_made_at_the_next_start() {
    let stage = Stage::set().await;
    let before = indexes(&stage).await;
    let mut conn = stage.pool.dedicated().await.unwrap();
    tautulli_db::imports::indexes::take_off(&mut conn, 1_000_000, &[]).await.unwrap();
    let waiting = stage.number("SELECT count(*) FROM waiting_indexes").await;
    assert!(waiting > 5);
    assert_eq!(indexes(&stage).await.len() + usize::try_from(waiting).unwrap(), before.len());

    // Whoever imports just now makes them itself.
    let running = tautulli_db::imports::begin(&stage.pool).await.unwrap();
    stage.importer.mend().await.unwrap();
    assert_eq!(stage.number("SELECT count(*) FROM waiting_indexes").await, waiting);

    drop(running);
    importer(&stage.pool).await.mend().await.unwrap();
    assert_eq!(indexes(&stage).await, before);
    assert_eq!(stage.number("SELECT count(*) FROM waiting_indexes").await, 0);
}
