//! Owns the checks of plex.tv.

use serde_json::Value;

use super::bench::{Answer, call, start};
use crate::{Simplex, UpdateNotice};

async fn ask(sim: &Simplex, method: &str, path: &str, token: &str, json: bool) -> Answer {
    let accept = if json { "application/json" } else { "*/*" };
    let headers = [("X-Plex-Token", token), ("Accept", accept)];
    call(method, &format!("{}{path}", sim.plextv_url()), &headers, "").await.expect("an answer")
}

#[tokio::test]
async fn friends_are_those_who_are_still_there() {
    let sim = start().await;
    let token = sim.token();
    let users = ask(&sim, "GET", "/api/users", &token, false).await.text();
    assert!(users.contains("id=\"1000203\" title=\"Kid 小明\" username=\"\" email=\"\""));
    assert!(!users.contains("1000506"), "who is inactive vanishes");
    assert!(!users.contains("id=\"1000001\""), "the owner is no friend");
    let path = format!("/api/servers/{}/shared_servers", sim.machine_id());
    let shared = ask(&sim, "GET", &path, &token, false).await.text();
    assert!(shared.contains("<Section id=\"90000003\" key=\"3\""));
    assert_eq!(ask(&sim, "GET", "/api/servers/other/shared_servers", &token, false).await.status, 404);
}

#[tokio::test]
async fn bad_tokens_are_refused_in_the_format_asked_for() {
    let sim = start().await;
    let refused = ask(&sim, "GET", "/api/v2/ping", "bad", true).await;
    assert_eq!((refused.status, &refused.json()["errors"][0]["code"]), (401, &Value::from(1001)));
    let refused = ask(&sim, "GET", "/users/account", "bad", false).await;
    assert!(refused.status == 401 && refused.text().contains("<error code=\"1001\""));
    assert!(ask(&sim, "GET", "/api/v2/ping", &sim.token(), false).await.text().contains("<pong>true</pong>"));
}

#[tokio::test]
async fn a_pin_gets_its_token_when_approved_and_expires() {
    let sim = start().await;
    let made = ask(&sim, "POST", "/api/v2/pins?strong=true", "", true).await;
    assert_eq!(made.status, 201);
    let (id, code) = (made.json()["id"].as_u64().unwrap(), made.json()["code"].clone());
    assert_eq!(code.as_str().unwrap().len(), 25);
    let path = format!("/api/v2/pins/{id}");
    assert!(ask(&sim, "GET", &path, "", true).await.json()["authToken"].is_null());
    assert!(sim.director().approve_pin(id + 1, None).is_err());
    sim.director().approve_pin(id, None).unwrap();
    assert_eq!(ask(&sim, "GET", &path, "", true).await.json()["authToken"], sim.token().as_str());
    sim.director().advance(2000.0);
    assert_eq!(ask(&sim, "GET", &path, "", true).await.status, 404);
}

#[tokio::test]
async fn resources_lead_to_the_media_server() {
    let sim = start().await;
    let found = ask(&sim, "GET", "/api/v2/resources", &sim.token(), true).await.json();
    assert_eq!(found[0]["clientIdentifier"], sim.machine_id().as_str());
    assert_eq!(found[0]["connections"][0]["uri"], sim.pms_url().as_str());
    let xml = ask(&sim, "GET", "/api/resources", &sim.token(), false).await.text();
    assert!(xml.contains(&format!("uri=\"{}\"", sim.pms_url())));
}

#[tokio::test]
async fn accounts_releases_and_places_answer() {
    let sim = start().await;
    let token = sim.token();
    let account = ask(&sim, "GET", "/api/v2/user", &token, true).await.json();
    assert_eq!(
        (&account["id"], &account["subscription"]["active"]),
        (&Value::from(1_000_001), &Value::from(true))
    );
    sim.director().update_available(UpdateNotice::default());
    let releases = ask(&sim, "GET", "/api/downloads/5.json", "", false).await.json();
    assert_eq!(releases["computer"]["Linux"]["version"], UpdateNotice::default().version.as_str());
    let place = ask(&sim, "GET", "/api/v2/geoip?ip_address=8.8.8.8", &token, false).await.text();
    assert!(place.contains("<location code="));
    assert_eq!(ask(&sim, "GET", "/api/v2/geoip?ip_address=10.0.0.1", &token, false).await.status, 404);
    assert!(ask(&sim, "GET", "/devices.xml", &token, false).await.text().contains("provides=\"server\""));
}
