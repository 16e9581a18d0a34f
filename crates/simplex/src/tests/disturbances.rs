//! Owns the checks of what goes wrong: faults, restarts, a server that is away.

use serde_json::json;

use super::bench::{call, command, frame, get, listen, start};
use crate::{Fault, Restart, Start};

async fn try_get(sim: &crate::Simplex, path: &str) -> Option<super::bench::Answer> {
    let url = format!("{}{path}", sim.pms_url());
    call("GET", &url, &[("X-Plex-Token", &sim.token())], "").await
}

#[tokio::test]
async fn faults_spoil_answers_and_wear_off() {
    let sim = start().await;
    let director = sim.director();
    let good = get(&sim, "/library/sections").await;
    for mode in
        ["503", "malformed", "truncated", "empty", "html", "wrong-type", "reset", "nobody", "nonsense"]
    {
        director.fault(Fault::new(mode, "^/library").times(1)).unwrap();
        assert_eq!(get(&sim, "/identity").await.status, 200, "{mode} is for other paths");
        let bad = try_get(&sim, "/library/sections").await;
        match (mode, bad) {
            ("503", Some(bad)) => assert_eq!(bad.status, 503),
            ("malformed", Some(bad)) => assert!(bad.text().contains("&bad;")),
            ("truncated", Some(bad)) => assert_eq!(bad.body.len(), good.body.len() / 2),
            ("empty", Some(bad)) => assert!(bad.body.is_empty() && bad.status == 200),
            ("html", Some(bad)) => assert!(bad.head.contains("text/html")),
            ("wrong-type", Some(bad)) => assert!(bad.head.contains("octet-stream")),
            ("nobody", Some(bad)) => assert!(bad.text().contains("size=\"0\"")),
            ("nonsense", Some(bad)) => assert!(bad.text().contains("dancing")),
            ("reset", None) => {}
            (mode, other) => panic!("{mode}: {other:?}"),
        }
        assert_eq!(get(&sim, "/library/sections").await.body, good.body, "{mode} wore off");
    }
    assert!(director.fault(Fault::new("dance", ".*")).is_err());
    assert!(director.fault(Fault::new("hang", "(")).is_err());
}

#[tokio::test]
async fn a_hang_lasts_until_the_connection_is_cut() {
    let sim = start().await;
    sim.director().fault(Fault::new("hang", "^/identity")).unwrap();
    let url = format!("{}/identity", sim.pms_url());
    let waiting = tokio::spawn(async move { call("GET", &url, &[], "").await });
    tokio::time::timeout(super::bench::PATIENCE, async {
        while sim.director().fault_hits() == 0 {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    assert!(!waiting.is_finished());
    sim.director().down().await;
    assert!(waiting.await.unwrap().is_none());
}

#[tokio::test]
async fn plextv_has_faults_of_its_own() {
    let sim = start().await;
    sim.director().fault(Fault::new("500", "ping").of_plextv().times(1)).unwrap();
    assert_eq!(get(&sim, "/identity").await.status, 200);
    let url = format!("{}/api/v2/ping?X-Plex-Token={}", sim.plextv_url(), sim.token());
    assert_eq!(call("GET", &url, &[], "").await.unwrap().status, 500);
    assert_eq!(call("GET", &url, &[], "").await.unwrap().status, 200);
}

#[tokio::test]
async fn a_server_that_is_down_refuses_and_cuts() {
    let sim = start().await;
    let mut ear = listen(&sim).await;
    let url = sim.pms_url();
    sim.director().down().await;
    assert!(matches!(frame(&mut ear).await, None | Some(Err(_))));
    assert!(try_get(&sim, "/identity").await.is_none());
    sim.director().up().unwrap();
    assert_eq!(sim.pms_url(), url);
    assert_eq!(get(&sim, "/identity").await.status, 200);
}

#[tokio::test]
async fn session_keys_are_used_again_after_a_restart() {
    let sim = start().await;
    let director = sim.director();
    let old = director.start(&Start::item(1).user(1_000_102)).unwrap();
    director.start(&Start::item(1).user(1_000_304)).unwrap();
    let how = Restart { seconds: 0.0, version: Some("2.0.0.1-x".to_owned()), ..Restart::default() };
    director.restart(how).await.unwrap();
    assert!(get(&sim, "/status/sessions").await.text().contains("size=\"0\""));
    assert!(get(&sim, "/identity").await.text().contains("version=\"2.0.0.1-x\""));
    let new = director.start(&Start::item(1).user(1_000_405)).unwrap();
    assert_eq!((old.session_key, new.session_key), (1, 1));
    assert_ne!(old.session_id, new.session_id);
}

#[tokio::test]
async fn a_restart_may_keep_what_plays() {
    let sim = start().await;
    sim.director().start(&Start::item(1).user(1_000_102)).unwrap();
    assert_eq!(command(&sim, "restart", json!({ "seconds": 0, "keep_sessions": true })).await.0, 200);
    assert_eq!(sim.director().start(&Start::item(1).user(1_000_102)).unwrap().session_key, 2);
}

#[tokio::test]
async fn dropping_the_simulation_ends_its_servers() {
    let sim = start().await;
    let url = format!("{}/identity", sim.pms_url());
    drop(sim);
    tokio::time::timeout(super::bench::PATIENCE, async {
        while call("GET", &url, &[], "").await.is_some() {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_clock_that_is_set_moves_nobody() {
    let sim = start().await;
    let director = sim.director();
    let began = director.start(&Start::item(1).user(1_000_102).at(5_000)).unwrap();
    let before = director.now();
    for by in [3_600.0, -4_200.0] {
        director.set_clock(by);
        assert_eq!(director.position(began.session_key), Some(5_000));
    }
    assert!((director.now() - (before - 600.0)).abs() < 1e-6);
    director.advance(2.0);
    assert_eq!(director.position(began.session_key), Some(7_000));
}
