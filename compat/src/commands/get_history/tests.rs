//! Rows as they were recorded, and running streams on top of them.

use crate::testing::Host;
use serde_json::{Value, json};
use std::path::Path;

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/get_history")
}

fn golden(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder().join(name)).unwrap()).unwrap()
}

fn host(answer: &Value) -> Host {
    Host::with_server(vec![("GetHistory", Ok(answer.clone()))])
}

#[tokio::test]
async fn every_row_as_recorded() {
    let mut compared = 0;
    for file in std::fs::read_dir(folder()).unwrap() {
        let name = file.unwrap().file_name().to_string_lossy().into_owned();
        let golden = golden(&name);
        let told = host(&golden["answer"]).data(&[("cmd", "get_history")]).await;
        let lines = |value: &Value| serde_json::to_string_pretty(value).unwrap();
        assert_eq!(lines(&told), lines(&golden["legacy"]), "{name}");
        compared += told["data"].as_array().unwrap().len();
    }
    assert!(compared > 50, "{compared}");
}

fn running() -> Value {
    let play = golden("default.json")["answer"]["historyTable"]["rows"][0]["furthest"].clone();
    let session = |key: i64, started: &str, name: &str| {
        let mut user = play["user"].clone();
        user["username"] = name.into();
        json!({
            "sessionKey": key, "state": "PAUSED", "startedAt": started, "seenAt": "2026-06-15T18:30:00+00:00",
            "paused": 60_000, "progressPercent": 51, "watched": false, "userName": name, "user": user,
            "item": play["item"], "player": play["player"], "stream": {"decision": "COPY"},
        })
    };
    let sessions =
        [session(4, "2026-06-15T18:00:00+00:00", "first"), session(5, "2026-06-15T18:20:00+00:00", "last")];
    json!({"sessions": sessions})
}

fn with_running() -> Host {
    let mut answer = golden("default.json")["answer"].clone();
    answer["activity"] = running();
    host(&answer)
}

fn keys(told: &Value) -> Vec<Value> {
    told["data"].as_array().unwrap().iter().map(|row| row["session_key"].clone()).collect()
}

#[tokio::test]
async fn running_streams_are_on_top() {
    let host = with_running();
    let told = host.data(&[("cmd", "get_history")]).await;
    assert_eq!(keys(&told)[..3], [json!(5), json!(4), Value::Null]);
    assert_eq!((&told["recordsFiltered"], &told["recordsTotal"]), (&json!(3967), &json!(5002)));
    let row = &told["data"][1];
    let ids = ["id", "row_id", "reference_id", "group_ids"].map(|name| row[name].clone());
    assert_eq!(ids, [const { Value::Null }; 4]);
    let facts =
        ["state", "duration", "paused_counter", "percent_complete", "watched_status", "transcode_decision"];
    let facts = facts.map(|name| row[name].clone());
    assert_eq!(facts, [json!("paused"), json!(1740), json!(60), json!(51), json!(0.5), json!("copy")]);
    let names = |row: &Value| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(row), names(&told["data"][5]));
    // The rows that the streams push off the page are cut from what has come.
    let windows = host.asked("GetHistory");
    let windows: Vec<_> =
        windows.iter().map(|asked| (&asked["offset"], &asked["limit"], &asked["running"])).collect();
    assert_eq!(windows, [(&json!(0), &json!(25), &json!(true))]);
    assert_eq!(told["data"].as_array().unwrap().len(), 25);
}

#[tokio::test]
async fn rows_behind_the_streams_are_asked_for_once_their_number_is_known() {
    let host = with_running();
    let told = host.data(&[("cmd", "get_history"), ("start", "1"), ("length", "3")]).await;
    assert_eq!(keys(&told), [json!(4), Value::Null, Value::Null]);
    let windows = host.asked("GetHistory");
    let windows: Vec<_> =
        windows.iter().map(|asked| (&asked["offset"], &asked["limit"], &asked["running"])).collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(windows, [(&json!(1), &json!(3), &yes), (&json!(0), &json!(2), &no)]);
}

#[tokio::test]
async fn running_streams_have_pages_and_filters() {
    for (params, wanted) in [
        (&[("start", "1"), ("length", "1")][..], vec![json!(4)]),
        (&[("length", "1"), ("user", "last")], vec![json!(5)]),
        (&[("length", "1"), ("user_id", "1000001")], vec![json!(5)]),
        (&[("length", "1"), ("media_type", "track")], vec![json!(5)]),
        (&[("length", "1"), ("search", "winter LIGHT")], vec![json!(5)]),
        (&[("length", "1"), ("start_date", "2026-06-15")], vec![json!(5)]),
        (&[("length", "1"), ("transcode_decision", "copy")], vec![json!(5)]),
        (&[("length", "2"), ("user", "first")], vec![json!(4), Value::Null]),
        (&[("length", "1"), ("after", "2026-06-16")], vec![Value::Null]),
        (&[("length", "1"), ("before", "2026-06-14")], vec![Value::Null]),
        (&[("length", "1"), ("media_type", "movie,live")], vec![Value::Null]),
        (&[("length", "1"), ("user_id", "7")], vec![Value::Null]),
        (&[("length", "1"), ("transcode_decision", "transcode")], vec![Value::Null]),
        (&[("length", "1"), ("search", "zzzz")], vec![Value::Null]),
    ] {
        let mut told = with_running().data(&[&[("cmd", "get_history")], params].concat()).await;
        let rows = told["data"].as_array_mut().unwrap();
        // The stand-in answers every window with the same rows.
        rows.truncate(wanted.len());
        assert_eq!(keys(&told), wanted, "{params:?}");
    }
}

#[tokio::test]
async fn everything_but_the_last_row() {
    let host = host(&golden("default.json")["answer"]);
    host.data(&[("cmd", "get_history"), ("length", "-1"), ("include_activity", "0")]).await;
    let windows: Vec<_> = host.asked("GetHistory").iter().map(|asked| asked["limit"].clone()).collect();
    assert_eq!(windows, [json!(0), json!(3964)]);
}

#[tokio::test]
async fn the_schema_is_asked_for_the_default_server() {
    let host = host(&golden("default.json")["answer"]);
    let params = [("user_id", "5"), ("grouping", "0"), ("order_column", "platform"), ("order_dir", "asc")];
    host.data(
        &[&[("cmd", "get_history"), ("include_activity", "0"), ("length", "24")], &params[..]].concat(),
    )
    .await;
    let wanted = json!({
        "server": "srv", "filter": {"accountIds": [5], "asRecorded": true, "described": true, "serverId": "srv"}, "grouped": false, "offset": 0, "limit": 24,
        "orderBy": ["PLATFORM", "ROW"], "descending": [false, false], "running": false,
    });
    assert_eq!(host.asked("GetHistory"), [wanted]);
}

#[tokio::test]
async fn while_the_server_has_never_answered_whatever_is_known_is_told() {
    let silent = json!({"servers": [{"id": "srv", "isDefault": true, "machineId": null}]});
    let table = json!({"historyTable": {"filteredCount": 0, "totalCount": 0, "totalPlayed": 0, "rows": []}});
    let host = Host::new(vec![("DefaultServer", Ok(silent)), ("GetHistory", Ok(table))]);
    host.data(&[("cmd", "get_history"), ("include_activity", "0"), ("length", "1")]).await;
    let asked = host.asked("GetHistory");
    let is_open = |asked: &Value| asked["server"].is_null() && asked["filter"]["serverId"].is_null();
    assert!(!asked.is_empty() && asked.iter().all(is_open), "{asked:?}");
}

#[tokio::test]
async fn a_start_that_is_no_number_is_a_fault() {
    let host = host(&golden("default.json")["answer"]);
    for start in ["abc", ""] {
        assert_eq!(host.response(&[("cmd", "get_history"), ("start", start)]).await.0, 500);
    }
    assert!(host.asked("GetHistory").is_empty());
}
