//! Queries that administrators write themselves: over views with the names that old queries know, and nothing beyond.

use crate::support::{Client, TestApp, until};
use serde_json::{Value, json};
use tautulli_simplex::{ItemKind, Start};

async fn ask(client: &Client, query: &str) -> Value {
    client.ask_with("query($q: String!) { sql(query: $q) { rows problem } }", json!({"q": query})).await
}

async fn rows(client: &Client, query: &str) -> Value {
    let answer = ask(client, query).await;
    assert!(answer["data"]["sql"]["rows"].is_array(), "{query}: {answer}");
    answer["data"]["sql"]["rows"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_off_until_a_setting_says_otherwise() {
    let app = TestApp::start().await;
    assert_eq!(ask(&app.admin(), "SELECT 1").await["errors"][0]["extensions"]["code"], "CONFLICT");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tables_that_queries_know_are_there() {
    let app = TestApp::with(&[("TAUTULLI_API_SQL", "1")]).await;
    let (admin, director) = (app.admin(), app.director());
    let movie = director
        .world(|w| w.items.values().find(|i| i.kind == ItemKind::Movie).map(|i| i.rating_key))
        .unwrap();
    let started = director.start(&Start::item(movie).user(1_000_102)).unwrap();
    until("the session", async || {
        (admin.data("{ activity { streamCount } }").await["activity"]["streamCount"] == 1).then_some(())
    })
    .await;
    director.stop(started.session_key, None, true).unwrap();
    until("the play", async || {
        (admin.data("{ history { totalCount } }").await["history"]["totalCount"] == 1).then_some(())
    })
    .await;
    let query = "SELECT h.id, h.reference_id, h.user_id, h.\"user\", h.rating_key, h.media_type, m.title, i.transcode_decision, \
        (h.stopped >= h.started) AS sane, u.username, l.section_name IS NOT NULL AS known \
        FROM session_history h JOIN session_history_metadata m ON m.id = h.id JOIN session_history_media_info i ON i.id = h.id \
        JOIN users u ON u.user_id = h.user_id JOIN library_sections l ON l.section_id = h.section_id";
    let found = rows(&admin, query).await;
    let row = &found[0];
    assert_eq!((&row["id"], &row["reference_id"]), (&json!(1), &json!(1)), "{found}");
    assert_eq!((&row["rating_key"], &row["media_type"]), (&json!(movie), &json!("movie")));
    assert_eq!((&row["user_id"], &row["transcode_decision"]), (&json!(1_000_102), &json!("direct play")));
    assert_eq!((&row["sane"], &row["known"], &row["user"]), (&json!(true), &json!(true), &row["username"]));
    assert_eq!(
        rows(&admin, "SELECT 1 AS one, NULL AS none, 'x' AS text, 1.5 AS real").await,
        json!([{"one": 1, "none": null, "text": "x", "real": 1.5}])
    );
    assert_eq!(rows(&admin, "SELECT count(*) AS n FROM session_history").await, json!([{"n": 1}]));
    assert!(!rows(&admin, "SELECT * FROM users").await.to_string().contains("token"));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_else_can_be_read_and_nothing_written() {
    let app = TestApp::with(&[("TAUTULLI_API_SQL", "1")]).await;
    let admin = app.admin();
    for query in [
        "SELECT * FROM public.settings",
        "SELECT * FROM public.servers",
        "SELECT token FROM public.servers",
        "SELECT digest FROM public.api_keys",
        "SELECT password_hash FROM public.accounts",
        "SELECT server_token FROM public.users",
        "SELECT nope FROM users",
        "SELECT 1) AS q; DELETE FROM public.plays; --",
        "WITH d AS (DELETE FROM public.plays RETURNING id) SELECT id FROM d",
        "SELECT * FROM users FOR UPDATE",
        "SELECT 1 INTO other",
    ] {
        let answer = ask(&admin, query).await;
        let refused = answer["errors"][0]["extensions"]["code"] == "INVALID";
        assert!(refused || answer["data"]["sql"]["problem"].is_string(), "{query}: {answer}");
    }
    // The fence holds for itself, without the reading of words before it.
    let mut conn = app.pool.dedicated().await.unwrap();
    tautulli_db::raw::prepare(&mut conn).await.unwrap();
    for query in [
        "SELECT * FROM public.settings",
        "SELECT nextval('public.plays_id_seq')",
        "SELECT set_config('transaction_read_only', 'off', true)",
    ] {
        let found = tautulli_db::raw::query(&mut conn, query).await.unwrap();
        assert!(found.is_err(), "{query}: {found:?}");
    }
    let many = "SELECT a.id FROM users a, users b, users c, users d, users e, users f, users g, users h";
    let found = tautulli_db::raw::query(&mut conn, many).await.unwrap();
    assert!(found.is_err() || found.unwrap().len() <= 10_000);
    for limits in ["scope: READING", "scope: ACTIVITY"] {
        let key = app.key(limits).await;
        assert_eq!(ask(&key, "SELECT 1").await["errors"][0]["extensions"]["code"], "FORBIDDEN");
    }
}
