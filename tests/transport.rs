//! The transports as their specifications want them.

use crate::support::app::KEY;
use crate::support::{Client, TestApp, http, until};
use futures_util::{SinkExt, StreamExt};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tautulli_simplex::Start;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;

const RESPONSE: &str = "application/graphql-response+json";
const JSON: &str = "application/json";

async fn post(app: &TestApp, accept: &str, body: Value) -> (StatusCode, String, Value) {
    let request =
        http().post(format!("{}/graphql", app.base)).header("accept", accept).header("x-api-key", KEY);
    let answer = request.json(&body).send().await.unwrap();
    let kind = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (answer.status(), kind, answer.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_client_chooses_the_media_type_and_the_status_follows() {
    let app = TestApp::start().await;
    let good = json!({ "query": "{ viewer { name } }" });
    let (status, kind, _) = post(&app, RESPONSE, good.clone()).await;
    assert_eq!((status.as_u16(), kind.as_str()), (200, "application/graphql-response+json; charset=utf-8"));
    let (status, kind, _) = post(&app, "*/*", good.clone()).await;
    assert_eq!((status.as_u16(), kind.as_str()), (200, "application/json; charset=utf-8"));
    assert_eq!(post(&app, "text/html", good).await.0, StatusCode::NOT_ACCEPTABLE);
    for bad in ["{ viewer", "{ nope }", "query($id: ID!) { node(id: $id) { id } }"] {
        let body = json!({ "query": bad, "variables": { "id": null } });
        let (status, _, answer) = post(&app, RESPONSE, body.clone()).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{bad}");
        assert!(
            answer.get("data").is_none() && answer["errors"][0]["extensions"]["code"] == "INVALID",
            "{answer}"
        );
        assert_eq!(post(&app, JSON, body).await.0, StatusCode::OK, "{bad}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_question_is_refused() {
    let app = TestApp::start().await;
    let url = format!("{}/graphql", app.base);
    let send = async |method: Method, kind: &str, body: String| {
        let request = http().request(method, &url).header("content-type", kind).header("x-api-key", KEY);
        request.body(body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(send(Method::POST, JSON, "{".to_owned()).await, 400);
    assert_eq!(send(Method::POST, JSON, "[]".to_owned()).await, 400);
    assert_eq!(send(Method::POST, "text/plain", "{}".to_owned()).await, 415);
    assert_eq!(send(Method::PUT, JSON, "{}".to_owned()).await, 405);
    assert_eq!(send(Method::POST, JSON, "x".repeat(300 * 1024)).await, 413);
    let get = async |query: &str| {
        http().get(format!("{url}?{query}")).header("x-api-key", KEY).send().await.unwrap().status().as_u16()
    };
    assert_eq!(get("query=%7Bviewer%7Bname%7D%7D").await, 200);
    assert_eq!(get("query=mutation%7BsignOut%7D").await, 405);
    assert_eq!(get("query=mutation%20Out%7BsignOut%7D").await, 405);
    assert_eq!(get("query=mutation%20Out%7BsignOut%7D&operationName=Out").await, 405);
    assert_eq!(get("").await, 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_keys_and_foreign_pages_are_refused() {
    let app = TestApp::start().await;
    let ask = async |name: &'static str, value: &str| {
        let body = json!({ "query": "mutation { signOut }" });
        let request = http().post(format!("{}/graphql", app.base)).header(name, value).json(&body);
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!(ask("x-api-key", "wrong").await, 401);
    assert_eq!(ask("authorization", "Bearer wrong").await, 401);
    assert_eq!(ask("origin", "http://elsewhere.example").await, 403);
    assert_eq!(ask("sec-fetch-site", "cross-site").await, 403);
    assert_eq!(ask("origin", &app.base).await, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_that_multiply_are_refused_at_once() {
    let app = TestApp::start().await;
    let bomb: String =
        (0..28).map(|n| format!("fragment f{n} on Query {{ ...f{m} ...f{m} }} ", m = n + 1)).collect();
    let bomb = format!("{{ ...f0 }} {bomb} fragment f28 on Query {{ viewer {{ name }} }}");
    let since = std::time::Instant::now();
    for client in [app.admin(), app.stranger()] {
        assert_eq!(client.code(&bomb).await, "INVALID");
    }
    assert!(since.elapsed() < std::time::Duration::from_secs(5), "{:?}", since.elapsed());
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_are_known_by_their_digest_once_they_were_sent() {
    let app = TestApp::start().await;
    let digest = |text: &str| hex::encode(Sha256::digest(text));
    let known = |digest: &str| json!({ "persistedQuery": { "version": 1, "sha256Hash": digest } });
    let ask = async |body: Value| post(&app, JSON, body).await.2;
    let code = |answer: &Value| answer["errors"][0]["extensions"]["code"].clone();
    let (query, change) = ("{ viewer { name } }", "mutation { signOut }");
    let by_digest = json!({ "extensions": known(&digest(query)) });
    assert_eq!(code(&ask(by_digest.clone()).await), "PERSISTED_QUERY_NOT_FOUND");
    let both = json!({ "query": query, "extensions": known(&digest(query)) });
    let told = ask(both).await;
    assert!(told["data"]["viewer"]["name"].is_string(), "{told}");
    assert_eq!(ask(by_digest).await, told);
    for wrong in [
        known(&digest(change)),
        json!({ "persistedQuery": { "version": 2, "sha256Hash": "" } }),
        json!({ "persistedQuery": 1 }),
    ] {
        assert_eq!(code(&ask(json!({ "query": query, "extensions": wrong })).await), "INVALID");
    }
    // A change stays a change when only its digest is said.
    assert!(ask(json!({ "query": change, "extensions": known(&digest(change)) })).await["data"].is_object());
    let get = async |path: &str, accept: &str, digest: &str| {
        let url = format!("{}/graphql{path}", app.base);
        let request =
            http().get(url).query(&[("extensions", known(digest).to_string())]).header("accept", accept);
        request.header("x-api-key", KEY).send().await.unwrap().text().await.unwrap()
    };
    let told = get("", JSON, &digest(query)).await;
    assert!(told.contains("viewer"), "{told}");
    let refused = get("", JSON, &digest(change)).await;
    assert!(refused.contains("by GET") && !refused.contains("signOut"), "{refused}");
    let refused = get("/stream", "text/event-stream", &digest(change)).await;
    assert!(refused.contains("by GET") && !refused.contains("signOut"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn other_methods_do_nothing_whatever_they_accept() {
    let app = TestApp::start().await;
    for accept in [JSON, "text/event-stream"] {
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            let request =
                http().request(method.clone(), format!("{}/graphql", app.base)).header("x-api-key", KEY);
            let answer = request
                .header("accept", accept)
                .json(&json!({ "query": "{ viewer { name } }" }))
                .send()
                .await;
            assert_eq!(answer.unwrap().status(), StatusCode::METHOD_NOT_ALLOWED, "{method} {accept}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_carry_headers_that_protect() {
    let app = TestApp::start().await;
    let answer = http().get(format!("{}/healthz", app.base)).send().await.unwrap();
    assert!(answer.headers()["content-security-policy"].to_str().unwrap().contains("default-src 'none'"));
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    let guess = http().post(format!("{}/graphql", app.base)).json(&json!({ "query": "{ activityy { x } }" }));
    let said = guess.send().await.unwrap().text().await.unwrap();
    assert!(!said.contains("activityy") && !said.contains("Query"), "{said}");
}

/// What the server says to these messages until it closes, and the code it closes with.
async fn speak(app: &TestApp, protocol: Option<&str>, messages: &[Message]) -> (Vec<Value>, Option<u16>) {
    let mut request =
        format!("{}/graphql", app.base.replace("http://", "ws://")).into_client_request().unwrap();
    if let Some(protocol) = protocol {
        request.headers_mut().insert("Sec-WebSocket-Protocol", protocol.parse().unwrap());
    }
    let (mut socket, _) = tokio_tungstenite::connect_async(request).await.unwrap();
    for message in messages {
        socket.send(message.clone()).await.unwrap();
    }
    let mut said = Vec::new();
    loop {
        match tokio::time::timeout(crate::support::PATIENCE, socket.next()).await.unwrap() {
            Some(Ok(Message::Text(text))) => said.push(serde_json::from_str(&text).unwrap()),
            Some(Ok(Message::Close(frame))) => return (said, frame.map(|f| f.code.into())),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return (said, None),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sockets_close_with_the_codes_of_the_protocol() {
    let app = TestApp::start().await;
    let text = |value: Value| Message::text(value.to_string());
    let init = text(json!({ "type": "connection_init", "payload": { "apikey": KEY } }));
    let watch = text(
        json!({ "type": "subscribe", "id": "1", "payload": { "query": "subscription { activity { __typename } }" } }),
    );
    let code = async |messages: &[Message]| speak(&app, Some("graphql-transport-ws"), messages).await.1;
    assert_eq!(speak(&app, None, &[]).await.1, Some(4406));
    assert_eq!(code(&[Message::text("nonsense")]).await, Some(4400));
    assert_eq!(code(&[Message::binary(vec![1])]).await, Some(4400));
    assert_eq!(code(&[text(json!({ "type": "fly" }))]).await, Some(4400));
    assert_eq!(code(std::slice::from_ref(&watch)).await, Some(4401));
    assert_eq!(
        code(&[text(json!({ "type": "connection_init", "payload": { "apikey": "wrong" } }))]).await,
        Some(4403)
    );
    assert_eq!(code(&[init.clone(), init.clone()]).await, Some(4429));
    assert_eq!(code(&[init.clone(), watch.clone(), watch.clone()]).await, Some(4409));
    assert_eq!(code(&[Message::text("x".repeat(300 * 1024))]).await, Some(1009));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_completes_what_runs() {
    let app = TestApp::start().await;
    let mut told = app.admin().subscribe("subscription { activity { __typename } }").await;
    assert_eq!(told.next().await["activity"]["__typename"], "Activity");
    let (_plex, _database) = app.stop().await;
    let last = told.find(|message| message["type"] == "complete" || message["type"] == "close").await;
    assert_eq!(last["type"], "complete");
    assert_eq!(told.next().await["code"], 1001);
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_sent_to_those_without_sockets() {
    let app = TestApp::start().await;
    let events = |path: &str, body: Value| {
        let request = http().post(format!("{}{path}", app.base)).header("accept", "text/event-stream");
        request.header("x-api-key", KEY).json(&body).send()
    };
    let query = events("/graphql", json!({ "query": "{ viewer { name } }" })).await.unwrap();
    assert_eq!(query.headers()["content-type"], "text/event-stream; charset=utf-8");
    let text = query.text().await.unwrap();
    assert!(
        text.contains("event: next\ndata: {\"data\":{\"viewer\"")
            && text.ends_with("event: complete\ndata: \n\n"),
        "{text}"
    );
    let subscription =
        events("/graphql/stream", json!({ "query": "subscription { activity { __typename } }" }))
            .await
            .unwrap();
    let mut stream = subscription.bytes_stream();
    let mut heard = String::new();
    while !heard.contains("\"Activity\"") {
        heard.push_str(&String::from_utf8_lossy(&stream.next().await.unwrap().unwrap()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_stream_carries_many_operations() {
    let app = TestApp::start().await;
    let url = format!("{}/graphql/stream", app.base);
    let with_key = |method: Method, url: String| http().request(method, url).header("x-api-key", KEY);
    let reserved = with_key(Method::PUT, url.clone()).send().await.unwrap();
    assert_eq!(reserved.status(), StatusCode::CREATED);
    let token = reserved.text().await.unwrap();
    let open = with_key(Method::GET, format!("{url}?token={token}")).header("accept", "text/event-stream");
    let mut stream = open.send().await.unwrap().bytes_stream();
    let operate = |id: &str, query: &str| {
        let body = json!({ "query": query, "extensions": { "operationId": id } });
        with_key(Method::POST, url.clone()).header("x-graphql-event-stream-token", &token).json(&body).send()
    };
    assert_eq!(operate("a", "{ viewer { name } }").await.unwrap().status(), StatusCode::ACCEPTED);
    assert_eq!(
        operate("b", "subscription { activity { __typename } }").await.unwrap().status(),
        StatusCode::ACCEPTED
    );
    assert_eq!(operate("b", "{ viewer { name } }").await.unwrap().status(), StatusCode::CONFLICT);
    let mut heard = String::new();
    while !(heard.contains("\"id\":\"a\"") && heard.contains("\"Activity\"")) {
        heard.push_str(&String::from_utf8_lossy(&stream.next().await.unwrap().unwrap()));
    }
    let stranger = http().put(&url).send().await.unwrap();
    assert_eq!(stranger.status(), StatusCode::UNAUTHORIZED);
    // A stream that nobody reads any more takes its operations with it.
    drop(stream);
    until("the stream to be forgotten", async || {
        let answer = operate("c", "{ viewer { name } }").await.unwrap();
        (answer.status() == StatusCode::NOT_FOUND).then_some(())
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_completes_what_runs_on_one_stream() {
    let app = TestApp::start().await;
    let url = format!("{}/graphql/stream", app.base);
    let with_key = |method: Method, url: String| http().request(method, url).header("x-api-key", KEY);
    let token = with_key(Method::PUT, url.clone()).send().await.unwrap().text().await.unwrap();
    let open = with_key(Method::GET, format!("{url}?token={token}")).header("accept", "text/event-stream");
    let stream = open.send().await.unwrap();
    let body =
        json!({ "query": "subscription { activity { __typename } }", "extensions": { "operationId": "w" } });
    let begun = with_key(Method::POST, url).header("x-graphql-event-stream-token", &token).json(&body);
    assert_eq!(begun.send().await.unwrap().status(), StatusCode::ACCEPTED);
    let (_plex, _database) = app.stop().await;
    let heard = stream.text().await.unwrap();
    assert!(heard.ends_with("event: complete\ndata: {\"id\":\"w\"}\n\n"), "{heard}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_service_lives_under_a_prefix() {
    let app = TestApp::with(&[("TAUTULLI_HTTP_ROOT", "/plays")]).await;
    assert!(app.base.ends_with("/plays"));
    assert_eq!(app.admin().data("{ viewer { name } }").await["viewer"]["name"], "environment");
    let outside = app.base.trim_end_matches("/plays");
    assert_eq!(
        http().get(format!("{outside}/healthz")).send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    let home = http().get(format!("{outside}/")).send().await.unwrap();
    assert_eq!((home.url().path(), home.status()), ("/plays", StatusCode::OK));
    assert_eq!(http().get(format!("{}/status", app.base)).send().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_listen_no_more_hears_no_more() {
    // SEC: a key that was revoked ends what listens with it, on sockets and on event streams alike.
    let app = TestApp::start().await;
    let admin = app.admin();
    let key = app.secret("scope: READING").await;
    let query = "subscription { activity { __typename } }";
    let mut socket = Client::with_key(&app.base, &key).subscribe(query).await;
    let mut kept = admin.subscribe(query).await;
    let events = http().post(format!("{}/graphql/stream", app.base)).header("accept", "text/event-stream");
    let events = events.header("x-api-key", &key).json(&json!({ "query": query })).send().await.unwrap();
    assert_eq!(socket.next().await["activity"]["__typename"], "Activity");
    assert_eq!(kept.next().await["activity"]["__typename"], "Activity");
    let keys = admin.data("{ apiKeys { id name } }").await["apiKeys"].clone();
    let id = keys.as_array().unwrap().iter().find(|known| known["name"] == "key").unwrap()["id"].clone();
    let revoke = "mutation($id: ID!) { revokeApiKey(id: $id) { apiKey { id } } }";
    admin.data_with(revoke, json!({ "id": id })).await;
    assert_eq!(socket.find(|told| told["type"] == "close").await["code"], 4403);
    let heard = tokio::time::timeout(crate::support::PATIENCE, events.text()).await.unwrap().unwrap();
    assert!(heard.ends_with("event: complete\ndata: \n\n"), "{heard}");
    // Others go on.
    app.director().start(&Start::item(1)).unwrap();
    kept.find(|told| told["activity"]["__typename"] == "Session").await;
}
