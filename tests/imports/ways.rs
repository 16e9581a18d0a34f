//! The ways to ask for an import: the schema, an upload, the command line; and the settings that come with it.

use super::{Stage, request, worn};
use crate::support::app::KEY;
use crate::support::{Client, TestApp, process};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tautulli_services::importer::Request;
use tokio_util::sync::CancellationToken;

const IMPORT: &str = "mutation($input: ImportDatabaseInput!) { importDatabase(input: $input) {
    import { id state report { matches dryRun source { plays seconds } target { plays seconds } tables { name read written } } }
    problem { code message } } }";

async fn upload(app: &TestApp, key: Option<&str>, bytes: Vec<u8>) -> (u16, Value) {
    let mut request = crate::support::http().post(format!("{}/import/upload", app.base)).body(bytes);
    if let Some(key) = key {
        request = request.header("X-Api-Key", key);
    }
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

async fn ask(client: &Client, input: Value) -> Value {
    client.data_with(IMPORT, json!({ "input": input })).await["importDatabase"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uploaded_database_is_previewed_imported_and_watched() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let bytes = std::fs::read(worn(folder.path())).unwrap();
    let size = bytes.len();
    let (status, answer) = upload(&app, Some(KEY), bytes).await;
    assert_eq!((status, &answer), (200, &json!({ "path": "imports/tautulli.db", "size": size })));
    let admin = app.admin();
    let preview = ask(&admin, json!({ "path": answer["path"], "dryRun": true })).await;
    assert_eq!(preview["import"]["report"]["matches"], true, "{preview}");
    assert_eq!(preview["import"]["id"], Value::Null);
    assert_eq!(admin.data("{ imports { id } }").await["imports"], json!([]));
    let begun = ask(&admin, json!({ "path": answer["path"] })).await;
    assert_eq!(begun["problem"], Value::Null);
    let id = begun["import"]["id"].as_str().unwrap();
    let told = format!(
        "subscription {{ importProgress(id: \"{id}\") {{ state report {{ rowsRead rows matches }} }} }}"
    );
    let mut told = admin.subscribe(&told).await;
    told.find(|told| told["importProgress"]["state"] == "DONE").await;
    let query =
        format!("{{ import(id: \"{id}\") {{ state finishedAt report {{ matches target {{ plays }} }} }} }}");
    let import = admin.data(&query).await;
    assert_eq!(
        (&import["import"]["state"], &import["import"]["report"]["matches"]),
        (&json!("DONE"), &json!(true))
    );
    assert_eq!(import["import"]["report"]["target"]["plays"], 5_002);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_has_to_wait_for_a_preview_or_for_a_file_to_be_checked() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (_, answer) = upload(&app, Some(KEY), std::fs::read(worn(folder.path())).unwrap()).await;
    let (admin, path) = (app.admin(), &answer["path"]);
    let follow = async |id: &str| {
        let told = format!(
            "subscription {{ importProgress(id: \"{id}\") {{ id state problem report {{ dryRun matches }} }} }}"
        );
        let mut told = admin.subscribe(&told).await;
        told.find(|told| told["importProgress"]["state"] != "RUNNING").await["importProgress"].clone()
    };
    let preview = ask(&admin, json!({ "path": path, "dryRun": true, "wait": false })).await["import"].clone();
    assert_eq!((&preview["state"], &preview["report"]["matches"]), (&json!("RUNNING"), &json!(false)));
    let id = preview["id"].as_str().unwrap();
    let end = json!({ "id": null, "state": "DONE", "problem": null, "report": { "dryRun": true, "matches": true } });
    assert_eq!(follow(id).await, end);
    // Who comes late hears how it went.
    assert_eq!(follow(id).await, end);
    let stop = format!("mutation {{ stopImport(id: \"{id}\") {{ problem {{ code }} }} }}");
    assert_eq!(admin.data(&stop).await["stopImport"]["problem"]["code"], "NOT_FOUND", "it is over");
    assert_eq!(admin.data("{ imports { id } }").await["imports"], json!([]));
    // An import is known by another number until its file has been checked.
    let begun = ask(&admin, json!({ "path": path, "wait": false })).await["import"].clone();
    let ticket = begun["id"].as_str().unwrap();
    let end = follow(ticket).await;
    assert_eq!((&end["state"], &end["report"]["matches"]), (&json!("DONE"), &json!(true)), "{end}");
    assert_eq!(follow(ticket).await, end, "by the number from before, too");
    assert_eq!(
        admin.data("{ imports { id state } }").await["imports"],
        json!([{ "id": end["id"], "state": "DONE" }])
    );
    // What cannot be is told to those who wait, and to those who follow.
    let (_, answer) = upload(&app, Some(KEY), b"SQLite format 3\0 and nothing else".to_vec()).await;
    let waited = ask(&admin, json!({ "path": answer["path"], "dryRun": true })).await["problem"].clone();
    assert_eq!(waited["code"], "INVALID", "{waited}");
    let begun = ask(&admin, json!({ "path": answer["path"], "wait": false })).await["import"].clone();
    let end = follow(begun["id"].as_str().unwrap()).await;
    assert_eq!(
        (&end["id"], &end["state"], &end["problem"]),
        (&Value::Null, &json!("FAILED"), &waited["message"])
    );
}

/// Imports a file of the data folder to the end; the report's `matches` and the plays of the history.
async fn imported(admin: &Client, input: Value) -> (Value, Value) {
    let begun = ask(admin, input).await;
    let id = begun["import"]["id"].as_str().unwrap();
    let mut told =
        admin.subscribe(&format!("subscription {{ importProgress(id: \"{id}\") {{ state }} }}")).await;
    told.find(|told| told["importProgress"]["state"] == "DONE").await;
    let query = format!(
        "{{ import(id: \"{id}\") {{ report {{ matches }} }} history(grouped: false, first: 1) {{ totalCount }} }}"
    );
    let data = admin.data(&query).await;
    (data["import"]["report"]["matches"].clone(), data["history"]["totalCount"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_here_is_not_brought_back_by_the_next_import() {
    // HIS-10
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let (_, answer) = upload(&app, Some(KEY), std::fs::read(worn(folder.path())).unwrap()).await;
    let (admin, path) = (app.admin(), answer["path"].clone());
    let whole = (json!(true), json!(5_002));
    assert_eq!(imported(&admin, json!({ "path": path })).await, whole);
    // Among them one of a group whose plays are of several people, as old databases have them.
    let mixed = "SELECT p.id FROM plays p JOIN play_groups g ON g.id = p.group_id WHERE p.user_id <> g.user_id AND p.id > 3 LIMIT 1";
    let database = app.database.client().await.unwrap();
    let mixed: i64 = database.query_one(mixed, &[]).await.unwrap().get(0);
    let groups = "SELECT md5(string_agg(g::text, ' ' ORDER BY g.id)) FROM play_groups g";
    let before: String = database.query_one(groups, &[]).await.unwrap().get(0);
    let delete = &format!(
        "mutation {{ deletePlays(rowIds: [1, 2, {mixed}]) {{ revision {{ id removed }} problem {{ code }} }} }}"
    );
    let revision = admin.data(delete).await["deletePlays"]["revision"].clone();
    assert_eq!(revision["removed"], 3, "{revision}");
    assert_eq!(imported(&admin, json!({ "path": path })).await, (json!(true), json!(4_999)));
    let undo = format!("mutation {{ undoRevision(id: {}) {{ problem {{ code }} }} }}", revision["id"]);
    assert_eq!(admin.data(&undo).await["undoRevision"]["problem"], Value::Null);
    let after: String = database.query_one(groups, &[]).await.unwrap().get(0);
    assert_eq!(after, before, "every group is as it was");
    assert_eq!(imported(&admin, json!({ "path": path })).await, whole);
    // Replacing brings everything back, and nothing of before can be undone.
    let again = admin.data(delete).await["deletePlays"]["revision"].clone();
    assert_eq!(imported(&admin, json!({ "path": path, "mode": "OVERWRITE" })).await, whole);
    let undo = format!("mutation {{ undoRevision(id: {}) {{ problem {{ code }} }} }}", again["id"]);
    assert_eq!(admin.data(&undo).await["undoRevision"]["problem"]["code"], "CONFLICT");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_administrators_and_only_inside_the_data_folder() {
    let app = TestApp::start().await;
    let guest = app.guest(1_000_102).await;
    let input = json!({ "input": { "path": "../../etc/passwd" } });
    let denied = async |client: &Client| {
        client.ask_with(IMPORT, input.clone()).await["errors"][0]["extensions"]["code"].clone()
    };
    assert_eq!(denied(&guest).await, "FORBIDDEN");
    assert_eq!(denied(&app.stranger()).await, "UNAUTHENTICATED");
    assert_eq!(upload(&app, None, vec![1]).await.0, 401);
    for path in ["/etc/passwd", "../../../etc/passwd", "imports/../../x", "", "lock/x", "missing.db"] {
        let answer = ask(&app.admin(), json!({ "path": path })).await;
        assert_eq!(answer["problem"]["code"], "INVALID", "{path}: {answer}");
    }
    let foreign = crate::support::http()
        .post(format!("{}/import/upload", app.base))
        .header("Origin", "https://elsewhere.example")
        .header("Cookie", "tautulli_session=x")
        .body("x");
    assert_eq!(foreign.send().await.unwrap().status().as_u16(), 403, "another site's page");
}

#[test]
fn the_command_line_imports_into_a_database_that_it_starts() {
    let (data, folder) = (process::folder(), tempfile::tempdir().unwrap());
    let file = worn(folder.path()).display().to_string();
    let ini = folder.path().join("config.ini");
    std::fs::write(
        &ini,
        "[General]\nmovie_watched_percent = 70\nhttp_port = 9999\npms_token = verysecrettoken\nof_a_fork = 1\n",
    )
    .unwrap();
    let ini = ini.display().to_string();
    let run = |more: &[&str]| {
        let arguments: Vec<&str> = [["import"].as_slice(), more, &[file.as_str()]].concat();
        let output = process::run(data.path(), &arguments, &[]);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let (code, text, errors) = run(&["--dry-run"]);
    assert_eq!(code, Some(0), "{text}{errors}");
    assert!(
        text.starts_with("Would import tautulli.db (v2.17.2)") && text.contains("The totals match."),
        "{text}"
    );
    let (code, text, errors) = run(&["--config-ini", &ini]);
    assert_eq!(code, Some(0), "{text}{errors}");
    assert!(text.contains("settings taken over: movie_watched_percent, pms_token"), "{text}");
    assert!(text.contains("setting not taken over: http_port, because"), "{text}");
    assert!(text.contains("keys that are unknown here, and kept: of_a_fork"), "{text}");
    assert!(!text.contains("verysecrettoken") && !errors.contains("verysecrettoken"));
    assert!(errors.contains("100 %"), "{errors}");
    let (code, text, _) = run(&["--json", "--mode", "overwrite"]);
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!((code, &report["removed"]), (Some(0), &json!(0)), "every play came again");
    let missing = process::run(data.path(), &["import", "/nowhere/tautulli.db"], &[]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("was not found"));
}

#[tokio::test(flavor = "multi_thread")]
async fn thresholds_that_are_taken_over_decide_what_was_watched() {
    // HIS-12, ACT-14
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    let (usual, low) = (Stage::set().await, Stage::set().await);
    usual.run(&request(&path)).await;
    let ini: BTreeMap<String, String> =
        ["movie_watched_percent", "tv_watched_percent", "music_watched_percent"]
            .into_iter()
            .map(|key| (key.to_owned(), "50".to_owned()))
            .collect();
    let plan = low
        .importer
        .plan(
            &Request { ini: Some(ini.clone()), ..request(&path) },
            &mut |_, _| {},
            &CancellationToken::new(),
        )
        .await
        .unwrap();
    assert_eq!(plan.report.settings.unwrap().taken.len(), 3);
    assert_eq!(low.number("SELECT count(*) FROM settings WHERE key LIKE '%watched_percent'").await, 0);
    low.run(&Request { ini: Some(ini), ..request(&path) }).await;
    let watched = "SELECT count(*) FROM plays WHERE watched_quarters = 4";
    assert!(low.number(watched).await > usual.number(watched).await);
    let wrong = "SELECT count(*) FROM plays WHERE (watched_quarters = 4) <> (percent_complete >= 50) AND NOT live AND percent_complete NOT IN (49, 50)
        AND kind IN ('movie', 'episode', 'track') AND snapshot_id IN (SELECT id FROM item_snapshots WHERE detail->'markers' = '[]')";
    assert_eq!(low.number(wrong).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_of_another_process_is_followed_to_its_end() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let path = worn(folder.path());
    // To the service it is another process: nothing but the database is shared.
    let elsewhere = super::importer(&app.pool).await;
    let cancel = CancellationToken::new();
    let (begun, id) = std::sync::mpsc::channel();
    let (go_on, followed) = std::sync::mpsc::channel::<()>();
    let run = {
        let (elsewhere, request, cancel) = (elsewhere.clone(), request(&path), cancel.clone());
        tokio::spawn(async move {
            let mut tell = move |id: i64, _: &_| {
                if begun.send(id).is_ok() {
                    // Nothing more is read until somebody follows.
                    let _ = tokio::task::block_in_place(|| followed.recv());
                }
            };
            elsewhere.run(&request, &mut tell, &cancel).await.unwrap()
        })
    };
    let number = tokio::task::block_in_place(|| id.recv()).unwrap();
    let admin = app.admin();
    let imports = admin.data("{ imports { id state } }").await["imports"].clone();
    assert_eq!(imports[0]["state"], "RUNNING", "{imports}");
    let id = imports[0]["id"].as_str().unwrap().to_owned();
    let query =
        format!("subscription {{ importProgress(id: \"{id}\") {{ state report {{ rowsRead matches }} }} }}");
    let mut told = admin.subscribe(&query).await;
    assert_eq!(told.next().await["importProgress"]["state"], "RUNNING");
    drop(go_on);
    let end = told.find(|told| told["importProgress"]["state"] != "RUNNING").await["importProgress"].clone();
    assert_eq!((&end["state"], &end["report"]["matches"]), (&json!("DONE"), &json!(true)), "{end}");
    assert_eq!(run.await.unwrap().id, number);
    // One whose process is gone does not run, whatever the database remembers.
    let database = app.database.client().await.unwrap();
    let right = tautulli_db::imports::begin(&app.pool).await.unwrap();
    database.execute("UPDATE imports SET state = 'running', report = NULL", &[]).await.unwrap();
    let mut told = admin.subscribe(&query).await;
    assert_eq!(told.next().await["importProgress"]["state"], "RUNNING");
    drop(right);
    told.find(|told| told["importProgress"]["state"] == "STOPPED").await;
    assert_eq!(admin.data("{ imports { state } }").await["imports"], json!([{ "state": "STOPPED" }]));
}
