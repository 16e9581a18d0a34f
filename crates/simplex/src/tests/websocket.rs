//! Owns the checks of notifications, and of the ways they go wrong.

use serde_json::json;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::Error;

use super::bench::{call, first, frame, get, hear, hear_of, listen, start};
use crate::{ItemAdd, ItemKind, NextItem, Preset, Start, Trouble};

#[tokio::test]
async fn a_bad_token_fails_in_the_upgrade() {
    let sim = start().await;
    let url = format!("{}/:/websockets/notifications?X-Plex-Token=no", sim.pms_url().replace("http", "ws"));
    match connect_async(url).await {
        Err(Error::Http(answer)) => assert_eq!(answer.status(), 401),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_witness_hears_what_is_written() {
    let sim = start().await;
    let (told, hears) = std::sync::mpsc::channel();
    sim.director().witness(move |text| told.send(text.to_owned()).unwrap());
    sim.director().emit_text("to nobody");
    let mut ear = listen(&sim).await;
    sim.director().emit_text("to somebody");
    let heard = frame(&mut ear).await.unwrap().unwrap().into_text().unwrap();
    assert_eq!(heard.as_str(), "to somebody");
    assert_eq!(hears.try_iter().collect::<Vec<_>>(), ["to somebody"]);
}

#[tokio::test]
async fn players_are_heard() {
    let sim = start().await;
    let mut ear = listen(&sim).await;
    let director = sim.director();
    let began = director.start(&Start::item(1).user(1_000_102).decision(Preset::Transcode)).unwrap();
    let created = hear(&mut ear).await;
    assert_eq!(created["type"], "transcodeSession.start");
    assert_eq!(created["TranscodeSession"][0]["key"], began.transcode.as_str());
    let playing = hear(&mut ear).await["PlaySessionStateNotification"][0].clone();
    assert_eq!((&playing["sessionKey"], &playing["state"]), (&json!("1"), &json!("playing")));
    assert_eq!(playing["transcodeSession"], began.transcode.as_str());
    director.buffer(began.session_key, 2).unwrap();
    for _ in 0..2 {
        assert_eq!(hear(&mut ear).await["PlaySessionStateNotification"][0]["state"], "buffering");
    }
    director.next_item(&NextItem::new(began.session_key, first(&sim, ItemKind::Episode))).unwrap();
    assert_eq!(hear(&mut ear).await["PlaySessionStateNotification"][0]["viewOffset"], 0);
    director.stop(began.session_key, Some(77), true).unwrap();
    let stopped = hear(&mut ear).await["PlaySessionStateNotification"][0].clone();
    assert_eq!((&stopped["state"], &stopped["viewOffset"]), (&json!("stopped"), &json!(77)));
    assert_eq!(hear(&mut ear).await["type"], "transcodeSession.end");
}

#[tokio::test]
async fn running_playbacks_are_reported_when_due() {
    let sim = start().await;
    sim.director().start(&Start::item(1).user(1_000_102)).unwrap();
    let mut ear = listen(&sim).await;
    sim.director().advance(9.0);
    sim.director().advance(2.0);
    let entry = hear(&mut ear).await["PlaySessionStateNotification"][0].clone();
    assert_eq!(entry["viewOffset"], 11_000);
}

#[tokio::test]
async fn a_new_item_is_told_from_created_to_done() {
    let sim = start().await;
    let mut ear = listen(&sim).await;
    let (key, _) = sim.director().item_add(ItemAdd::like(1)).unwrap();
    let created = hear(&mut ear).await["TimelineEntry"][0].clone();
    assert_eq!(created["itemID"], key.to_string());
    assert_eq!((&created["state"], &created["metadataState"]), (&json!(0), &json!("created")));
    let mut last = created;
    while last["state"] != 5 {
        last = hear(&mut ear).await["TimelineEntry"][0].clone();
    }
    assert!(last.get("metadataState").is_none() && last.get("queueSize").is_none());
    assert_eq!(
        hear_of(&mut ear, "status").await["StatusNotification"][0]["notificationName"],
        "LIBRARY_UPDATE"
    );
    assert_eq!(get(&sim, &format!("/library/metadata/{key}")).await.status, 200);
    sim.director().item_remove(key, true).unwrap();
    let gone = hear_of(&mut ear, "timeline").await["TimelineEntry"][0].clone();
    assert_eq!((&gone["state"], &gone["metadataState"]), (&json!(9), &json!("deleted")));
    assert_eq!(get(&sim, &format!("/library/metadata/{key}")).await.status, 404);
}

#[tokio::test]
async fn a_rename_shows_in_running_sessions() {
    let sim = start().await;
    sim.director().start(&Start::item(1).user(1_000_102)).unwrap();
    let fields = json!({ "title": "Renamed", "year": null }).as_object().cloned().unwrap();
    sim.director().item_update(1, true, fields).unwrap();
    let text = get(&sim, "/status/sessions").await.text();
    assert!(text.contains(" title=\"Renamed\"") && !text.contains(" year="));
}

#[tokio::test]
async fn remote_access_and_preferences_are_heard() {
    let sim = start().await;
    let mut ear = listen(&sim).await;
    sim.director().remote_access(false, None, None, 1);
    assert_eq!(hear(&mut ear).await["ReachabilityNotification"][0]["reachability"], false);
    assert!(get(&sim, "/myplex/account").await.text().contains("mappingError=\"unreachable\""));
    let headers = [("X-Plex-Token", sim.token())];
    let headers = headers.each_ref().map(|(name, value)| (*name, value.as_str()));
    call("PUT", &format!("{}/:/prefs?FriendlyName=Box", sim.pms_url()), &headers, "").await.unwrap();
    assert_eq!(hear(&mut ear).await["Setting"][0]["value"], "Box");
    assert!(get(&sim, "/:/prefs").await.text().contains("value=\"Box\""));
}

#[tokio::test]
async fn odd_messages_do_not_end_a_connection() {
    let sim = start().await;
    let mut ear = listen(&sim).await;
    let director = sim.director();
    director.ws(Trouble::Fragment, 1.0, "playing");
    assert_eq!(hear(&mut ear).await["type"], "playing");
    director.ws(Trouble::Binary, 1.0, "playing");
    assert!(frame(&mut ear).await.unwrap().unwrap().is_binary());
    director.ws(Trouble::Garbage, 1.0, "playing");
    let text = frame(&mut ear).await.unwrap().unwrap().into_text().unwrap();
    assert!(serde_json::from_str::<serde_json::Value>(&text).is_err());
    director.ws(Trouble::Bare, 1.0, "playing");
    assert!(
        frame(&mut ear).await.unwrap().unwrap().into_text().unwrap().starts_with("{\"type\":\"playing\"")
    );
    director.ws(Trouble::Legacy, 1.0, "playing");
    assert!(frame(&mut ear).await.unwrap().unwrap().into_text().unwrap().contains("_children"));
    director.ws(Trouble::Empty, 1.0, "playing");
    assert!(frame(&mut ear).await.unwrap().unwrap().into_text().unwrap().is_empty());
    director.ws(Trouble::NoEntries, 1.0, "playing");
    assert_eq!(hear(&mut ear).await["size"], 0);
    director.ws(Trouble::Duplicate, 1.0, "playing");
    director.account_changed();
    assert_eq!(hear(&mut ear).await, hear(&mut ear).await);
    director.ws(Trouble::Silent, 1.0, "playing");
    director.account_changed();
    director.ws(Trouble::Normal, 1.0, "playing");
    director.emit("custom", "Things", vec![json!(1)]);
    assert_eq!(hear(&mut ear).await["Things"][0], 1);
}

#[tokio::test]
async fn messages_can_be_held_back() {
    let sim = start().await;
    let mut ear = listen(&sim).await;
    sim.director().ws(Trouble::Reorder, 3.0, "playing");
    for n in 0..3 {
        sim.director().emit("custom", "Things", vec![json!(n)]);
    }
    let mut heard = Vec::new();
    for _ in 0..3 {
        heard.push(hear(&mut ear).await["Things"][0].as_i64().unwrap());
    }
    heard.sort_unstable();
    assert_eq!(heard, [0, 1, 2]);
}

#[tokio::test]
async fn connections_end_in_all_ways() {
    for trouble in [Trouble::Close, Trouble::Abort, Trouble::Truncate, Trouble::BadUtf8] {
        let sim = start().await;
        let mut ear = listen(&sim).await;
        assert_eq!(sim.director().ws(trouble, 1011.0, "playing"), 1);
        match (trouble, frame(&mut ear).await) {
            (Trouble::Close, Some(Ok(message))) => assert!(message.is_close()),
            (Trouble::Close, other) => panic!("{other:?}"),
            (_, Some(Err(_)) | None) => {}
            (_, Some(Ok(message))) => panic!("{trouble:?} sent {message:?}"),
        }
    }
}
