//! The legacy API over the real service.

use crate::support::app::KEY;
use crate::support::{TestApp, http, until};
use serde_json::{Value, json};
use tautulli_simplex::{ItemKind, Location, Preset, Start};

async fn call(app: &TestApp, parameters: &[(&str, &str)]) -> (u16, Value) {
    let answer = http().get(format!("{}/api/v2", app.base)).query(parameters).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.json::<Value>().await.unwrap()["response"].clone())
}

async fn command(app: &TestApp, command: &str, more: &[(&str, &str)]) -> Value {
    let parameters = [&[("apikey", KEY), ("cmd", command)], more].concat();
    let (status, response) = call(app, &parameters).await;
    assert_eq!((status, &response["result"]), (200, &json!("success")), "{response}");
    response["data"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_asked_for_as_before() {
    let app = TestApp::start().await;
    let message = async |parameters: &[(&str, &str)]| {
        let (status, response) = call(&app, parameters).await;
        assert_eq!((status, &response["data"]), (400, &json!({})));
        response["message"].as_str().unwrap().to_owned()
    };
    assert_eq!(message(&[("cmd", "status")]).await, "Parameter apikey is required");
    assert_eq!(message(&[("apikey", "wrong"), ("cmd", "status")]).await, "Invalid apikey");
    assert!(
        message(&[("apikey", KEY)]).await.starts_with("Parameter cmd is required. Possible commands are: ")
    );
    assert!(message(&[("apikey", KEY), ("cmd", "fly")]).await.starts_with("Unknown command: fly. "));
    assert_eq!(call(&app, &[("apikey", KEY), ("cmd", "status")]).await.1["message"], "Ok");
    assert_eq!(command(&app, "get_server_info", &[]).await["pms_identifier"], app.plex.machine_id());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_on_devices_is_asked_for_by_the_server() {
    let app = TestApp::start().await;
    let count = async |more: &[(&str, &str)]| {
        let data = command(&app, "get_synced_items", more).await;
        data.as_array().unwrap().len()
    };
    let all = count(&[]).await;
    assert!(all > 0);
    assert_eq!(count(&[("machine_id", &app.plex.machine_id())]).await, all);
    assert_eq!(count(&[("machine_id", "another")]).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_play_is_told_in_the_words_of_the_reference() {
    // clients.md: counts of activity are integers, its sessions mostly strings; history is integers
    let app = TestApp::start().await;
    let director = app.director();
    let movie = director
        .world(|w| w.items.values().find(|i| i.kind == ItemKind::Movie).map(|i| i.rating_key))
        .unwrap();
    let start = Start::item(movie).user(1_000_102).decision(Preset::Transcode).from(Location::Wan);
    let started = director.start(&start).unwrap();
    let activity = until("the session", async || {
        let activity = command(&app, "get_activity", &[]).await;
        (activity["stream_count"] == "1").then_some(activity)
    })
    .await;
    let session = &activity["sessions"][0];
    assert_eq!(activity["stream_count_transcode"], 1);
    assert_eq!(
        [&session["rating_key"], &session["transcode_decision"]],
        [&json!(movie.to_string()), &json!("transcode")]
    );
    assert!(session["user_id"].is_i64() && session["view_offset"].is_string() && session["live"].is_i64());
    let key = session["session_key"].as_str().unwrap();
    let single = command(&app, "get_activity", &[("session_key", key)]).await;
    assert_eq!(single["session_key"], key);
    let stopped = command(&app, "terminate_session", &[("session_key", key), ("message", "Bedtime")]).await;
    assert!(stopped.is_object() || stopped.is_null());
    let history = until("the play", async || {
        let history = command(&app, "get_history", &[("include_activity", "0")]).await;
        (history["recordsFiltered"] == 1).then_some(history)
    })
    .await;
    let row = &history["data"][0];
    assert_eq!([&row["rating_key"], &row["user_id"]], [&json!(movie), &json!(started.user_id)]);
    assert_eq!(
        [&row["row_id"], &row["reference_id"], &row["group_ids"]],
        [&json!(1), &json!(1), &json!("1")]
    );
    let stream = command(&app, "get_stream_data", &[("row_id", "1")]).await;
    assert_eq!(stream["stream_video_decision"], "transcode");
    let between = async |after, before| {
        let days = [("stat_id", "top_users"), ("after", after), ("before", before)];
        command(&app, "get_home_stats", &days).await["rows"].as_array().unwrap().len()
    };
    assert_eq!(between("2020-01-01", "2090-01-01").await, 1);
    assert_eq!(between("2090-01-01", "2020-01-01").await, 0, "nothing lies between days in the wrong order");
    let (status, refused) =
        call(&app, &[("apikey", KEY), ("cmd", "terminate_session"), ("session_key", "424242")]).await;
    assert_eq!(status, 400);
    assert_eq!(
        refused["message"],
        "Failed to terminate session: Invalid session_key (424242) or session_id ()."
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_come_in_every_format() {
    let app = TestApp::start().await;
    let get = async |more: &str| {
        let url = format!("{}/api/v2?apikey={KEY}&cmd=status{more}", app.base);
        let answer = http().get(url).send().await.unwrap();
        let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
        (kind, answer.text().await.unwrap())
    };
    let (kind, text) = get("&out_type=xml").await;
    assert_eq!(kind, "application/xml;charset=UTF-8");
    assert!(text.contains("<result>success</result>"));
    let (kind, text) = get("&callback=go").await;
    assert!(kind.starts_with("application/javascript") && text.starts_with("go({"), "{kind} {text}");
    let posted = http()
        .post(format!("{}/api/v2", app.base))
        .form(&[("apikey", KEY), ("cmd", "status")])
        .send()
        .await
        .unwrap();
    assert_eq!(posted.json::<Value>().await.unwrap()["response"]["result"], "success");
}
