//! Pictures through the proxy (IMG-01, SEC-09): only those that were offered, kept, and never a way to anywhere else.

use crate::support::{TestApp, http, until};
use reqwest::{Response, StatusCode};
use serde_json::Value;
use tautulli_simplex::{ItemKind, Start};

async fn get(app: &TestApp, path: &str) -> Response {
    let host = app.base.split('/').take(3).collect::<Vec<_>>().join("/");
    http().get(format!("{host}{path}")).send().await.unwrap()
}

fn kind(answer: &Response) -> &str {
    answer.headers()["content-type"].to_str().unwrap()
}

/// Starts a film and gives what is offered of it.
async fn offered(app: &TestApp) -> Value {
    let film = app.director().world(|world| {
        let mut films = world.items.values().filter(|i| i.kind == ItemKind::Movie);
        films.find(|i| i.about.has_thumb && i.about.has_art).unwrap().rating_key
    });
    app.director().start(&Start::item(film)).unwrap();
    let query = "{ activity { sessions { user { avatarUrl } item {
        poster: posterUrl(width: 60, height: 90) large: posterUrl(width: 99999) art: artUrl(blur: 40) } } } }";
    until("the session", async || {
        let data = app.admin().data(query).await;
        Some(data["activity"]["sessions"][0].clone()).filter(|session| !session["user"].is_null())
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_offered_can_be_fetched_without_a_key_and_kept_by_browsers() {
    let app = TestApp::with(&[("TAUTULLI_HTTP_ROOT", "/watch")]).await;
    let session = offered(&app).await;
    for path in [
        &session["item"]["poster"],
        &session["item"]["art"],
        &session["item"]["large"],
        &session["user"]["avatarUrl"],
    ] {
        let path = path.as_str().unwrap();
        assert!(path.starts_with("/watch/image/"), "{path}");
        let answer = get(&app, path).await;
        assert_eq!(answer.status(), StatusCode::OK);
        assert!(["image/jpeg", "image/png"].contains(&kind(&answer)), "{}", kind(&answer));
        assert!(answer.headers()["cache-control"].to_str().unwrap().contains("immutable"));
        assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        let tag = answer.headers()["etag"].clone();
        assert!(answer.bytes().await.unwrap().len() > 100);
        let host = app.base.trim_end_matches("/watch");
        let again = http().get(format!("{host}{path}")).header("if-none-match", tag).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_makes_up_an_address() {
    let app = TestApp::start().await;
    let session = offered(&app).await;
    let poster = session["item"]["poster"].as_str().unwrap();
    let (content, code) = poster.rsplit_once('.').unwrap();
    let other = content.replace("/image/", "/image/A");
    for made_up in [
        content,
        &format!("{content}."),
        &format!("{other}.{code}"),
        "/image/x",
        "/image/..%2f..%2fetc%2fpasswd",
    ] {
        assert_eq!(get(&app, made_up).await.status(), StatusCode::NOT_FOUND, "{made_up}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_server_costs_no_picture_that_was_seen_before() {
    let app = TestApp::start().await;
    let session = offered(&app).await;
    let (poster, art) =
        (session["item"]["poster"].as_str().unwrap(), session["item"]["art"].as_str().unwrap());
    let seen = get(&app, poster).await.bytes().await.unwrap();
    app.director().down().await;
    assert_eq!(get(&app, poster).await.bytes().await.unwrap(), seen);
    let unseen = get(&app, art).await;
    assert_eq!((unseen.status(), kind(&unseen)), (StatusCode::OK, "image/svg+xml"));
    assert!(!unseen.headers()["cache-control"].to_str().unwrap().contains("immutable"));
    assert!(unseen.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
}
