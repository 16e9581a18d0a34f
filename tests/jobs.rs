//! What is done again and again: when, by whom, and what is told of it (OPS-01, OPS-02).

use crate::support::{TestApp, until};
use chrono::{DateTime, Duration, TimeZone, Utc};
use serde_json::{Value, json};
use std::sync::Arc;
use tautulli_domain::job::{JobKey, JobKind};
use tautulli_domain::{Clock, SystemClock};
use tautulli_simplex::{Options, Scale, Simplex, World};
use tautulli_testkit::{TestClock, TestDatabase};

const JOBS: &str =
    "{ jobs { kind server { name } every isRunning dueAt startedAt endedAt failure failureCount } }";
const HOUR_MS: i64 = 3_600_000;

async fn job(app: &TestApp, kind: &str) -> Value {
    let jobs = app.admin().data(JOBS).await;
    jobs["jobs"].as_array().unwrap().iter().find(|job| job["kind"] == kind).cloned().unwrap_or_default()
}

async fn until_job(app: &TestApp, kind: &str, is: impl Fn(&Value) -> bool) -> Value {
    until(kind, async || Some(job(app, kind).await).filter(&is)).await
}

async fn run(app: &TestApp, kind: &str) -> Value {
    let ask = format!("mutation {{ runJob(kind: {kind}) {{ done problem {{ code message }} }} }}");
    app.admin().data(&ask).await["runJob"].clone()
}

fn time(value: &Value) -> DateTime<Utc> {
    value.as_str().unwrap().parse().unwrap()
}

fn backups(app: &TestApp) -> Vec<String> {
    let files = std::fs::read_dir(app.folder().join("backups")).unwrap();
    let mut names: Vec<_> = files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn jobs_of_a_server_are_done_at_once_and_those_of_the_service_when_they_are_due() {
    let app = TestApp::start().await;
    let server = app.admin().data("{ servers { name } }").await["servers"][0]["name"].clone();
    for kind in ["REFRESH_LIBRARIES", "REFRESH_USERS"] {
        let done = until_job(&app, kind, |job| !job["endedAt"].is_null()).await;
        assert_eq!(done["server"]["name"], server);
        assert_eq!(done["every"], 12 * HOUR_MS, "the setting's default");
        assert_eq!((&done["failure"], &done["failureCount"]), (&Value::Null, &json!(0)));
        assert_eq!(time(&done["dueAt"]), time(&done["endedAt"]) + Duration::hours(12));
    }
    for kind in ["BACK_UP_DATABASE", "BACK_UP_SETTINGS"] {
        let waits = until_job(&app, kind, |job| !job["dueAt"].is_null()).await;
        assert_eq!((&waits["server"], &waits["startedAt"]), (&Value::Null, &Value::Null));
        assert_eq!(waits["every"], 6 * HOUR_MS);
        assert!(time(&waits["dueAt"]) > SystemClock.now() + Duration::hours(5));
    }
    assert_eq!(backups(&app), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_makes_backups_and_removes_old_ones() {
    let plex = Simplex::start(World::generate(7, Scale::Tiny), Options::default()).await.unwrap();
    let database = TestDatabase::create().await.unwrap();
    let clock = TestClock::at(Utc.with_ymd_and_hms(2026, 6, 1, 0, 0, 0).unwrap());
    let app = TestApp::under(plex, database, &[], Arc::new(clock.clone())).await;
    until_job(&app, "BACK_UP_SETTINGS", |job| !job["dueAt"].is_null()).await;
    clock.advance(Duration::hours(6));
    let first = until_job(&app, "BACK_UP_SETTINGS", |job| !job["endedAt"].is_null()).await;
    assert_eq!(backups(&app), ["config.backup-20260601-060000-sched.ini"]);
    assert_eq!(time(&first["dueAt"]), Utc.with_ymd_and_hms(2026, 6, 1, 12, 0, 0).unwrap());
    // The setting backup_days is 3.
    clock.advance(Duration::days(4));
    until_job(&app, "BACK_UP_SETTINGS", |job| job["endedAt"] != first["endedAt"]).await;
    assert_eq!(backups(&app), ["config.backup-20260605-060000-sched.ini"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_go_where_a_setting_says() {
    let elsewhere = tempfile::tempdir().unwrap();
    let folder = elsewhere.path().join("made/for it");
    let app = TestApp::with(&[("TAUTULLI_BACKUP_DIR", folder.to_str().unwrap())]).await;
    run(&app, "BACK_UP_SETTINGS").await;
    until_job(&app, "BACK_UP_SETTINGS", |job| !job["endedAt"].is_null()).await;
    assert_eq!((std::fs::read_dir(&folder).unwrap().count(), backups(&app).len()), (1, 0));
    let nowhere = elsewhere.path().join("a file");
    std::fs::write(&nowhere, "").unwrap();
    let app = TestApp::with(&[("TAUTULLI_BACKUP_DIR", nowhere.to_str().unwrap())]).await;
    run(&app, "BACK_UP_SETTINGS").await;
    let failed = until_job(&app, "BACK_UP_SETTINGS", |job| job["failureCount"] == 1).await;
    assert_eq!(failed["failure"], "The folder that backup_dir names cannot be made; choose another one");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_done_when_somebody_wants_it_and_a_failure_is_told_and_tried_again() {
    let app = TestApp::start().await;
    assert_eq!(run(&app, "BACK_UP_SETTINGS").await, json!({ "done": true, "problem": null }));
    until_job(&app, "BACK_UP_SETTINGS", |job| !job["endedAt"].is_null()).await;
    assert_eq!(backups(&app).len(), 1);
    // Nothing can be dumped in this process.
    run(&app, "BACK_UP_DATABASE").await;
    let failed = until_job(&app, "BACK_UP_DATABASE", |job| job["failureCount"] == 1).await;
    assert_eq!(failed["failure"], "This process cannot do that");
    assert_eq!(time(&failed["dueAt"]), time(&failed["endedAt"]) + Duration::seconds(2));
    let again = until_job(&app, "BACK_UP_DATABASE", |job| job["failureCount"] == 2).await;
    assert_eq!(time(&again["dueAt"]), time(&again["endedAt"]) + Duration::seconds(4));
    let unknown = run(&app, "REFRESH_USERS").await;
    assert_eq!((&unknown["done"], &unknown["problem"]["code"]), (&json!(false), &json!("NOT_FOUND")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_replica_is_at_is_not_done_twice() {
    let app = TestApp::start().await;
    let key = JobKey { kind: JobKind::BackUpSettings, server_id: None };
    let turn = tautulli_db::jobs::take_turn(&app.pool, key, SystemClock.now()).await.unwrap().unwrap();
    run(&app, "BACK_UP_SETTINGS").await;
    // It counts as begun by the other one.
    until_job(&app, "BACK_UP_SETTINGS", |job| !job["startedAt"].is_null()).await;
    assert_eq!(backups(&app), [""; 0]);
    drop(turn);
    until("the turn to be free", async || {
        run(&app, "BACK_UP_SETTINGS").await;
        (!backups(&app).is_empty()).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_switched_off_waits_for_somebody_to_want_it() {
    let app = TestApp::with(&[("TAUTULLI_BACKUP_INTERVAL", "0")]).await;
    let off = until_job(&app, "BACK_UP_SETTINGS", |job| job.is_object()).await;
    assert_eq!((&off["every"], &off["dueAt"]), (&Value::Null, &Value::Null));
    run(&app, "BACK_UP_SETTINGS").await;
    until_job(&app, "BACK_UP_SETTINGS", |job| !job["endedAt"].is_null()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_removed_takes_its_jobs_along() {
    let app = TestApp::start().await;
    until_job(&app, "REFRESH_USERS", |job| !job["endedAt"].is_null()).await;
    let server = app.admin().data("{ servers { id } }").await["servers"][0]["id"].clone();
    let remove = "mutation($id: ID!) { removeServer(id: $id) { removed } }";
    app.admin().data_with(remove, json!({ "id": server })).await;
    let jobs = app.admin().data(JOBS).await;
    let kinds: Vec<_> = jobs["jobs"].as_array().unwrap().iter().map(|job| job["kind"].clone()).collect();
    assert_eq!(kinds, ["BACK_UP_DATABASE", "BACK_UP_SETTINGS", "FORGET_EDITS"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_and_keys_that_may_only_read_run_nothing() {
    let app = TestApp::start().await;
    let account = app.admin().data("{ users { accountId isAdmin } }").await;
    let account = account["users"].as_array().unwrap().iter().find(|u| u["isAdmin"] == false).unwrap();
    let guest = app.guest(account["accountId"].as_i64().unwrap()).await;
    let want = "mutation { runJob(kind: BACK_UP_SETTINGS) { done } }";
    assert_eq!(guest.ask("{ jobs { kind } }").await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(guest.ask(want).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let reader = app.key("scope: READING").await;
    assert!(!reader.data("{ jobs { kind } }").await["jobs"].as_array().unwrap().is_empty());
    assert_eq!(reader.ask(want).await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    assert_eq!(backups(&app), [""; 0]);
}
