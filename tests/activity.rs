//! From what happens on a media server to what is told and what is kept.

use crate::support::{Client, TestApp, until};
use serde_json::{Value, json};
use tautulli_simplex::{ItemKind, Location, NextItem, PlayKind, Preset, Start, Started};

const SESSIONS: &str = "{ activity { streamCount directPlayCount directStreamCount transcodeCount
    bandwidth { total lan wan }
    sessions { id state user { friendlyName } item { title kind live } player { title location }
               stream { decision qualityProfile source { fullResolution } } } } }";

/// The running sessions, once there are so many.
async fn sessions(client: &Client, count: usize) -> Value {
    until("sessions", async || {
        let activity = client.data(SESSIONS).await["activity"].clone();
        (activity["streamCount"] == json!(count)).then_some(activity)
    })
    .await
}

async fn plays(client: &Client) -> Vec<Value> {
    let query = "{ history(grouped: false, first: 100) { nodes { play {
        rowId groupRowId sessionId decision percentComplete watchedQuarters played paused
        item { title kind live } user { username } events { kind sequence } } } } }";
    let data = client.data(query).await;
    data["history"]["nodes"].as_array().unwrap().iter().map(|n| n["play"].clone()).collect()
}

async fn recorded(client: &Client, count: usize) -> Vec<Value> {
    let mut last = Vec::new();
    let since = std::time::Instant::now();
    while since.elapsed() < crate::support::PATIENCE {
        last = plays(client).await;
        if last.len() == count {
            return last;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{count} plays were to be kept, there are {}: {last:#?}", last.len());
}

/// The first item of a kind in the simulated library.
fn item(app: &TestApp, kind: ItemKind) -> u64 {
    items(app, kind)[0]
}

fn items(app: &TestApp, kind: ItemKind) -> Vec<u64> {
    app.director().world(|world| {
        let long =
            |i: &&tautulli_simplex::Item| i.kind == kind && i.about.duration.is_some_and(|d| d > 60_000);
        world.items.values().filter(long).map(|i| i.rating_key).collect()
    })
}

/// A director's command by name.
async fn run(app: &TestApp, command: &str, arguments: Value) {
    app.director().run(command, arguments.as_object().unwrap().clone()).await.unwrap();
}

fn play(app: &TestApp, rating_key: u64, preset: Preset) -> Started {
    app.director().start(&Start::item(rating_key).decision(preset).from(Location::Wan)).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_play_is_live_and_then_history() {
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    let started = play(&app, item(&app, ItemKind::Movie), Preset::DirectPlay);
    let activity = sessions(&admin, 1).await;
    assert_eq!(activity["directPlayCount"], 1);
    assert_eq!(activity["sessions"][0]["state"], "PLAYING");
    assert!(activity["sessions"][0]["user"]["friendlyName"].is_string());
    director.pause(started.session_key).unwrap();
    until("the pause", async || {
        (sessions(&admin, 1).await["sessions"][0]["state"] == "PAUSED").then_some(())
    })
    .await;
    director.resume(started.session_key).unwrap();
    until("the resumption", async || {
        (sessions(&admin, 1).await["sessions"][0]["state"] == "PLAYING").then_some(())
    })
    .await;
    director.stop(started.session_key, None, true).unwrap();
    let plays = recorded(&admin, 1).await;
    let kinds: Vec<&str> =
        plays[0]["events"].as_array().unwrap().iter().map(|e| e["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["STARTED", "PAUSED", "RESUMED", "STOPPED"]);
    assert_eq!(plays[0]["sessionId"], activity["sessions"][0]["id"]);
    sessions(&admin, 0).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_decision_is_counted_and_kept() {
    // ACT-16
    let app = TestApp::start().await;
    let admin = app.admin();
    let movie = item(&app, ItemKind::Movie);
    let presets = [
        (Preset::DirectPlay, "DIRECT_PLAY"),
        (Preset::DirectStream, "COPY"),
        (Preset::Audio, "TRANSCODE"),
        (Preset::Transcode, "TRANSCODE"),
        (Preset::Hw, "TRANSCODE"),
        (Preset::Burn, "TRANSCODE"),
    ];
    let started: Vec<Started> = presets.iter().map(|(preset, _)| play(&app, movie, *preset)).collect();
    let activity = sessions(&admin, presets.len()).await;
    assert_eq!(
        [&activity["directPlayCount"], &activity["directStreamCount"], &activity["transcodeCount"]],
        [1, 1, 4]
    );
    assert_eq!(activity["bandwidth"]["total"], activity["bandwidth"]["wan"]);
    for session in &started {
        app.director().stop(session.session_key, None, true).unwrap();
    }
    let mut kept: Vec<String> = recorded(&admin, presets.len())
        .await
        .iter()
        .map(|p| p["decision"].as_str().unwrap().to_owned())
        .collect();
    let mut wanted: Vec<String> = presets.iter().map(|(_, decision)| (*decision).to_owned()).collect();
    kept.sort();
    wanted.sort();
    assert_eq!(kept, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn kinds_that_are_history_are_kept_and_others_are_not() {
    // HIS-01, LIB-01 for live TV
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    let mut started = vec![
        play(&app, item(&app, ItemKind::Movie), Preset::DirectPlay),
        play(&app, item(&app, ItemKind::Episode), Preset::DirectPlay),
        director.start(&Start::channel(0)).unwrap(),
    ];
    let music =
        director.start(&Start::item(item(&app, ItemKind::Track)).decision(Preset::DirectPlay)).unwrap();
    started.push(music);
    let clip = director.start(&Start::item(item(&app, ItemKind::Movie)).kind(PlayKind::Preroll)).unwrap();
    started.push(clip);
    sessions(&admin, 5).await;
    for session in &started {
        director.stop(session.session_key, None, true).unwrap();
    }
    // A track that was heard for a moment only is not kept either (HIS-02).
    let plays = recorded(&admin, 3).await;
    let mut kinds: Vec<(String, bool)> = plays
        .iter()
        .map(|p| (p["item"]["kind"].as_str().unwrap().to_owned(), p["item"]["live"].as_bool().unwrap()))
        .collect();
    kinds.sort();
    assert_eq!(
        kinds,
        [("EPISODE".to_owned(), false), ("EPISODE".to_owned(), true), ("MOVIE".to_owned(), false)]
    );
    let live = plays.iter().find(|p| p["item"]["live"] == true).unwrap();
    assert_eq!(
        [&live["percentComplete"], &live["watchedQuarters"]],
        [100, 4],
        "HIS-12: live is always watched"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_item_in_the_same_session_is_another_play() {
    // ACT-07: the first one is kept
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    let movies = items(&app, ItemKind::Movie);
    let started = play(&app, movies[0], Preset::DirectPlay);
    sessions(&admin, 1).await;
    director.next_item(&NextItem::new(started.session_key, movies[1])).unwrap();
    recorded(&admin, 1).await;
    sessions(&admin, 1).await;
    director.stop(started.session_key, None, true).unwrap();
    let plays = recorded(&admin, 2).await;
    assert_ne!(plays[0]["item"]["title"], plays[1]["item"]["title"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_resumed_play_joins_its_group() {
    // HIS-06
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    let movie = item(&app, ItemKind::Movie);
    for offset in [60_000, 120_000, 30_000] {
        let started = director.start(&Start::item(movie).user(1_000_001).at(offset)).unwrap();
        sessions(&admin, 1).await;
        director.stop(started.session_key, Some(offset + 5_000), true).unwrap();
        sessions(&admin, 0).await;
    }
    recorded(&admin, 3).await;
    let query = "{ history { totalCount nodes { playCount playRowIds play { rowId } furthest { rowId } } } }";
    let grouped = admin.data(query).await["history"].clone();
    assert_eq!(grouped["totalCount"], 2);
    assert_eq!(grouped["nodes"][0]["playRowIds"], json!([3]), "going back is another viewing");
    assert_eq!(grouped["nodes"][1]["playRowIds"], json!([1, 2]));
}

#[tokio::test(flavor = "multi_thread")]
async fn activity_is_told_as_it_happens() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let query = "subscription { activity { __typename
        ... on Activity { streamCount }
        ... on Session { id state }
        ... on SessionEnded { sessionId playId } } }";
    let mut told = admin.subscribe(query).await;
    assert_eq!(told.next().await["activity"], json!({ "__typename": "Activity", "streamCount": 0 }));
    let mut recorded = admin.subscribe("subscription { playRecorded { id item { title } } }").await;
    let mut events = admin.subscribe("subscription { sessionEvents { sessionId event { kind } } }").await;
    let started = play(&app, item(&app, ItemKind::Movie), Preset::DirectPlay);
    let session = told.find(|t| t["activity"]["__typename"] == "Session").await["activity"].clone();
    assert_eq!(session["state"], "PLAYING");
    assert_eq!(events.next().await["sessionEvents"]["event"]["kind"], "STARTED");
    app.director().pause(started.session_key).unwrap();
    told.find(|t| t["activity"]["state"] == "PAUSED").await;
    app.director().stop(started.session_key, None, true).unwrap();
    let ended = told.find(|t| t["activity"]["__typename"] == "SessionEnded").await["activity"].clone();
    assert_eq!(ended["sessionId"], session["id"]);
    assert_eq!(recorded.next().await["playRecorded"]["id"], ended["playId"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_with_a_message_reaches_the_player() {
    // ACT-21
    let app = TestApp::start().await;
    let admin = app.admin();
    play(&app, item(&app, ItemKind::Movie), Preset::Transcode);
    let id = sessions(&admin, 1).await["sessions"][0]["id"].clone();
    let stop = "mutation($id: ID!) { terminateSession(id: $id, message: \"Bedtime\") { terminated problem { code } } }";
    let answer = admin.data_with(stop, json!({ "id": id })).await;
    assert_eq!(answer["terminateSession"], json!({ "terminated": true, "problem": null }));
    assert!(format!("{:?}", app.director().terminated()).contains("Bedtime"));
    recorded(&admin, 1).await;
    let again = admin.data_with(stop, json!({ "id": id })).await;
    assert_eq!(again["terminateSession"]["problem"]["code"], "NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread")]
async fn doubled_and_reordered_messages_make_one_play() {
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    run(&app, "ws", json!({ "kind": "duplicate", "value": 1 })).await;
    let started = play(&app, item(&app, ItemKind::Movie), Preset::DirectPlay);
    sessions(&admin, 1).await;
    director.pause(started.session_key).unwrap();
    director.resume(started.session_key).unwrap();
    director.stop(started.session_key, None, true).unwrap();
    sessions(&admin, 0).await;
    assert_eq!(recorded(&admin, 1).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_without_a_socket_is_polled() {
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    run(&app, "ws", json!({ "kind": "silent" })).await;
    let started = play(&app, item(&app, ItemKind::Movie), Preset::DirectPlay);
    sessions(&admin, 1).await;
    director.stop(started.session_key, None, true).unwrap();
    recorded(&admin, 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_survive_a_restart_of_the_service() {
    let app = TestApp::start().await;
    let movie = item(&app, ItemKind::Movie);
    let kept = play(&app, movie, Preset::DirectPlay);
    let gone = play(&app, movie, Preset::Transcode);
    let before = sessions(&app.admin(), 2).await;
    let (plex, database) = app.stop().await;
    plex.director().stop(gone.session_key, None, true).unwrap();
    let app = TestApp::over(plex, database, &[]).await;
    let after = sessions(&app.admin(), 1).await;
    let ids: Vec<&Value> = before["sessions"].as_array().unwrap().iter().map(|s| &s["id"]).collect();
    assert!(ids.contains(&&after["sessions"][0]["id"]), "the same session goes on");
    recorded(&app.admin(), 1).await;
    app.director().stop(kept.session_key, None, true).unwrap();
    recorded(&app.admin(), 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restarted_plex_that_reuses_keys_loses_and_doubles_nothing() {
    let app = TestApp::start().await;
    let (admin, director) = (app.admin(), app.director());
    let movie = item(&app, ItemKind::Movie);
    director.start(&Start::item(movie).user(1_000_001)).unwrap();
    sessions(&admin, 1).await;
    run(&app, "restart", json!({ "seconds": 0.1 })).await;
    let again = director.start(&Start::item(movie).user(1_000_001)).unwrap();
    recorded(&admin, 1).await;
    director.stop(again.session_key, None, true).unwrap();
    assert_eq!(recorded(&admin, 2).await.len(), 2);
    sessions(&admin, 0).await;
}
