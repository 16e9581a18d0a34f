//! Owns the checks of what is played: both formats, decisions, kinds, the same key for the next item.

use serde_json::json;

use super::bench::{NOW, call, command, first, get, get_json, start};
use crate::{Change, ItemKind, Location, NextItem, PlayKind, Preset, Start};

#[tokio::test]
async fn a_session_shows_in_xml_and_json() {
    let sim = start().await;
    let began = sim.director().start(&Start::item(1).user(1_000_102).from(Location::Relay)).unwrap();
    let xml = get(&sim, "/status/sessions").await;
    assert!(xml.head.contains("content-type: text/xml"));
    assert!(xml.text().contains("sessionKey=\"1\""));
    assert!(xml.text().contains("address=\"127.0.0.1\""));
    let row = get_json(&sim, "/status/sessions").await["Metadata"][0].clone();
    assert_eq!(row["sessionKey"], "1");
    assert_eq!(row["Session"]["id"], began.session_id.as_str());
    assert_eq!(row["User"]["id"], "1000102");
    assert_eq!(row["Player"]["relayed"], true);
    assert_eq!(row["Media"][0]["Part"][0]["decision"], "directplay");
    assert!(row.get("TranscodeSession").is_none());
}

#[tokio::test]
async fn the_owner_is_user_one() {
    let sim = start().await;
    sim.director().start(&Start::item(1).user(1_000_001)).unwrap();
    assert_eq!(get_json(&sim, "/status/sessions").await["Metadata"][0]["User"]["id"], "1");
}

#[tokio::test]
async fn every_conversion_has_a_transcode_session_and_its_own_streams() {
    let sim = start().await;
    for (preset, video, audio) in [
        (Preset::DirectStream, "copy", "copy"),
        (Preset::Audio, "copy", "transcode"),
        (Preset::Video, "transcode", "copy"),
        (Preset::Hls, "transcode", "transcode"),
        (Preset::Hw, "transcode", "transcode"),
    ] {
        let began = sim.director().start(&Start::item(1).user(1_000_102).decision(preset)).unwrap();
        let row = get_json(&sim, "/status/sessions").await["Metadata"][0].clone();
        let transcode = &row["TranscodeSession"];
        assert_eq!(transcode["key"], format!("/transcode/sessions/{}", began.transcode));
        assert_eq!(
            (&transcode["videoDecision"], &transcode["audioDecision"]),
            (&json!(video), &json!(audio))
        );
        assert_eq!(row["Media"][0]["Part"][0]["Stream"][0]["decision"], video);
        assert_eq!(transcode["transcodeHwRequested"], preset == Preset::Hw);
        sim.director().stop(began.session_key, None, true).unwrap();
    }
}

#[tokio::test]
async fn live_tv_has_a_session_of_its_own() {
    let sim = start().await;
    sim.director().start(&Start::channel(0).user(1_000_102)).unwrap();
    let row = get_json(&sim, "/status/sessions").await["Metadata"][0].clone();
    assert_eq!(row["live"], "1");
    let path = row["key"].as_str().unwrap().to_owned();
    assert!(path.starts_with("/livetv/sessions/"));
    assert_eq!(get(&sim, &path).await.status, 200);
    let guid = row["guid"].as_str().unwrap().replace(':', "%3A").replace('/', "%2F");
    let epg = get_json(&sim, "/livetv/dvrs").await["Dvr"][0]["epgIdentifier"].as_str().unwrap().to_owned();
    let aired = get_json(&sim, &format!("/{epg}/metadata/{guid}")).await;
    assert_eq!(aired["Metadata"][0]["guid"], row["guid"]);
}

#[tokio::test]
async fn theme_music_has_no_session_element() {
    let sim = start().await;
    let show = first(&sim, ItemKind::Show);
    sim.director().start(&Start::item(show).user(1_000_102).kind(PlayKind::Theme)).unwrap();
    let text = get(&sim, "/status/sessions").await.text();
    assert!(text.contains(&format!("guid=\"library://{show}/theme\"")));
    assert!(!text.contains("<Session "));
}

#[tokio::test]
async fn the_next_item_keeps_the_session() {
    let sim = start().await;
    let began = sim.director().start(&Start::item(1).user(1_000_102).at(5000)).unwrap();
    let next = first(&sim, ItemKind::Episode);
    sim.director().next_item(&NextItem::new(began.session_key, next)).unwrap();
    let row = get_json(&sim, "/status/sessions").await["Metadata"][0].clone();
    assert_eq!(row["ratingKey"], next.to_string());
    assert_eq!(row["viewOffset"], 0);
    assert_eq!(row["Session"]["id"], began.session_id.as_str());
}

#[tokio::test]
async fn playback_moves_with_the_clock_and_ends_with_the_item() {
    let sim = start().await;
    let director = sim.director();
    let began = director.start(&Start::item(1).user(1_000_102).at(1000)).unwrap();
    director.advance(2.5);
    assert_eq!(director.state(false).listed[0].offset, 3500);
    director.pause(began.session_key).unwrap();
    director.advance(100.0);
    assert_eq!(director.state(false).listed[0].offset, 3500);
    director.resume(began.session_key).unwrap();
    director.advance(100_000.0);
    assert_eq!(director.state(false).sessions, 0);
    assert!((director.now() - NOW - 100_102.5).abs() < 1e-6);
    assert_eq!(get_json(&sim, "/status/sessions/history/all").await["size"], 1);
}

#[tokio::test]
async fn terminating_takes_the_session_id() {
    let sim = start().await;
    let began = sim.director().start(&Start::item(1).user(1_000_102)).unwrap();
    assert_eq!(get(&sim, "/status/sessions/terminate?sessionId=1&reason=x").await.status, 404);
    let path = format!("/status/sessions/terminate?sessionId={}&reason=late", began.session_id);
    assert_eq!(get(&sim, &path).await.status, 200);
    assert_eq!(sim.director().terminated(), [(began.session_id, "late".to_owned())]);
    assert_eq!(sim.director().state(false).sessions, 0);
}

#[tokio::test]
async fn commands_arrive_over_http_under_their_names() {
    let sim = start().await;
    let args = json!({ "rating_key": 1, "user": 1_000_102, "decision": "hw-partial", "location": "wan", "subtitle_stream": null });
    let (status, began) = command(&sim, "start", args).await;
    assert_eq!((status, &began["result"]["session_key"]), (200, &json!(1)));
    let (_, changed) =
        command(&sim, "change", json!({ "session": 1, "decision": "transcode", "quality": "2mbps-720" }))
            .await;
    assert_ne!(changed["result"]["transcode"], began["result"]["transcode"]);
    assert_eq!(get_json(&sim, "/status/sessions").await["Metadata"][0]["Media"][0]["bitrate"], 2000);
    for (name, args) in [
        ("pause", json!({ "session": 77 })),
        ("start", json!({ "rating_key": 1, "surprise": true })),
        ("start", json!({ "rating_key": 123_456 })),
        ("change", json!({ "session": 1, "colour": "red" })),
        ("item_update", json!({ "rating_key": 1, "colour": "red" })),
    ] {
        let (status, answer) = command(&sim, name, args).await;
        assert_eq!(status, 400, "{name}");
        assert!(answer["error"].is_string());
    }
    assert_eq!(command(&sim, "dance", json!({})).await.0, 404);
    let listed = call("GET", &format!("{}/__sim", sim.admin_url()), &[], "").await.unwrap().json();
    assert!(listed["commands"]["next_item"].is_string());
    assert_eq!(listed["pms"], sim.pms_url());
}

#[tokio::test]
async fn many_playbacks_start_at_once() {
    let sim = start().await;
    assert_eq!(sim.director().many(25, None, false).unwrap(), (1, 25));
    assert_eq!(get_json(&sim, "/status/sessions").await["size"], 25);
    assert_eq!(sim.director().stop_all(true).unwrap(), 25);
}

#[tokio::test]
async fn direct_play_again_ends_the_conversion() {
    let sim = start().await;
    let began = sim.director().start(&Start::item(1).user(1_000_102).decision(Preset::Transcode)).unwrap();
    assert_eq!(
        get_json(&sim, "/transcode/sessions").await["TranscodeSession"][0]["key"],
        began.transcode.as_str()
    );
    sim.director().change(Change::new(began.session_key, Preset::DirectPlay)).unwrap();
    assert_eq!(get_json(&sim, "/transcode/sessions").await["size"], 0);
}
