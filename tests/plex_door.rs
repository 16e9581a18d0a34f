//! Coming in by plex.tv (SEC-01): who may, as whom, once, and not for longer than they may.

use crate::support::{Client, TestApp, http};
use chrono::{Duration, TimeZone, Utc};
use serde_json::{Value, json};
use std::sync::Arc;
use tautulli_simplex::{Options, Scale, Simplex, World};
use tautulli_testkit::{TestClock, TestDatabase};

const OWNER: i64 = 1_000_001;
const FRIEND: i64 = 1_000_102;

const ADMIN: [(&str, &str); 2] =
    [("TAUTULLI_ADMIN_USERNAME", "harbormaster"), ("TAUTULLI_ADMIN_PASSWORD", "correct horse")];

/// A browser on its way to plex.tv and back.
struct Browser<'a> {
    app: &'a TestApp,
    ticket: String,
    code: String,
}

impl<'a> Browser<'a> {
    async fn set_out(app: &'a TestApp) -> Self {
        let begin = "mutation { beginPlexSignIn(returnTo: \"http://nas.test:8181/sign-in?by=plex\") { url ticket problem { code message } } }";
        let begun = app.stranger().data(begin).await["beginPlexSignIn"].clone();
        assert_eq!(begun["problem"], Value::Null, "{begun}");
        let url = url::Url::parse(begun["url"].as_str().unwrap()).unwrap();
        assert_eq!((url.host_str(), url.query()), (Some("app.plex.tv"), None), "nothing of it is sent along");
        let said = url.fragment().unwrap().trim_start_matches('?').as_bytes().to_vec();
        let said: std::collections::HashMap<_, _> = url::form_urlencoded::parse(&said).into_owned().collect();
        assert_eq!(said["forwardUrl"], "http://nas.test:8181/sign-in?by=plex");
        let ticket = begun["ticket"].as_str().unwrap().to_owned();
        assert!(!said["clientID"].is_empty() && !url.as_str().contains(&ticket));
        Self { app, ticket, code: said["code"].clone() }
    }

    fn approved_by(self, account: i64) -> Self {
        self.app.director().approve_code(&self.code, Some(u64::try_from(account).unwrap())).unwrap();
        self
    }

    /// What coming back says, and the cookie that it brings.
    async fn arrive(&self) -> (Value, Option<String>) {
        let query = "mutation($ticket: String!) { finishPlexSignIn(ticket: $ticket) { signedIn isWaiting problem { code message } } }";
        let body = json!({ "query": query, "variables": { "ticket": self.ticket } });
        let answer = http().post(format!("{}/graphql", self.app.base)).json(&body).send().await.unwrap();
        let cookie = answer.headers().get("set-cookie").map(|cookie| cookie.to_str().unwrap().to_owned());
        let cookie = cookie.map(|cookie| cookie.split(';').next().unwrap().to_owned());
        let told: Value = answer.json().await.unwrap();
        assert_eq!(told["errors"], Value::Null, "{told}");
        (told["data"]["finishPlexSignIn"].clone(), cookie)
    }

    async fn comes_in(&self) -> String {
        let (told, cookie) = self.arrive().await;
        assert_eq!(told, json!({ "signedIn": true, "isWaiting": false, "problem": null }));
        cookie.unwrap()
    }

    async fn is_refused(&self) -> (String, String) {
        let (told, cookie) = self.arrive().await;
        assert_eq!((&told["signedIn"], cookie), (&json!(false), None), "{told}");
        let text = |name: &str| told["problem"][name].as_str().unwrap().to_owned();
        (text("code"), text("message"))
    }
}

async fn ask_with_cookie(app: &TestApp, cookie: &str, query: &str) -> Value {
    let request = http().post(format!("{}/graphql", app.base)).header("cookie", cookie);
    request.json(&json!({ "query": query })).send().await.unwrap().json().await.unwrap()
}

async fn allow(admin: &Client, account: i64, may: bool) {
    let users = admin.data("{ users { id accountId } }").await;
    let user = users["users"].as_array().unwrap().iter().find(|user| user["accountId"] == account).unwrap();
    let change = "mutation($id: ID!, $may: Boolean!) { updateUser(id: $id, input: { allowGuest: $may }) { problem { code } } }";
    admin.data_with(change, json!({ "id": user["id"], "may": may })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_of_the_server_is_an_administrator_beside_the_account_of_that_name() {
    let app = TestApp::with(&ADMIN).await;
    let stranger = app.stranger();
    assert_eq!(stranger.data("{ service { plexSignIn } }").await["service"]["plexSignIn"], true);
    let browser = Browser::set_out(&app).await;
    let (told, cookie) = browser.arrive().await;
    assert_eq!((told, cookie), (json!({ "signedIn": false, "isWaiting": true, "problem": null }), None));
    let browser = browser.approved_by(OWNER);
    let cookie = browser.comes_in().await;
    let viewer = ask_with_cookie(&app, &cookie, "{ viewer { name role } servers { url } }").await;
    assert_eq!(viewer["data"]["viewer"], json!({ "name": "harbormaster", "role": "ADMIN" }));
    assert!(viewer["data"]["servers"][0]["url"].is_string());
    // What was approved opens one session.
    assert_eq!(browser.is_refused().await.0, "UNAUTHENTICATED");
    let password =
        "mutation { signIn(username: \"harbormaster\", password: \"correct horse\") { signedIn } }";
    assert_eq!(stranger.data(password).await["signIn"]["signedIn"], true);
    let empty = "mutation { signIn(username: \"harbormaster\", password: \"\") { signedIn } }";
    assert_eq!(stranger.data(empty).await["signIn"]["signedIn"], false);
    let owners =
        "mutation { allowPlexSignIn(owners: false) { plexSignIn { owners guests } problem { code } } }";
    let said = app.admin().data(owners).await["allowPlexSignIn"].clone();
    assert_eq!(said, json!({ "plexSignIn": { "owners": false, "guests": false }, "problem": null }));
    let out = ask_with_cookie(&app, &cookie, "{ viewer { name } }").await;
    assert_eq!(out["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    assert_eq!(stranger.data("{ service { plexSignIn } }").await["service"]["plexSignIn"], false);
    let begin = "mutation { beginPlexSignIn(returnTo: \"http://nas.test/\") { url problem { code } } }";
    let begun = stranger.data(begin).await["beginPlexSignIn"].clone();
    assert_eq!(begun, json!({ "url": null, "problem": { "code": "FORBIDDEN" } }));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_friend_is_a_guest_where_and_as_long_as_that_is_allowed() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let refused = Browser::set_out(&app).await.approved_by(FRIEND).is_refused().await;
    assert_eq!(refused.0, "FORBIDDEN");
    assert!(refused.1.contains("ask the owner"), "{}", refused.1);
    allow(&admin, FRIEND, true).await;
    let refused = Browser::set_out(&app).await.approved_by(FRIEND).is_refused().await;
    assert!(refused.1.starts_with("Guests may not"), "{}", refused.1);
    admin.data("mutation { allowPlexSignIn(guests: true) { problem { code } } }").await;
    let cookie = Browser::set_out(&app).await.approved_by(FRIEND).comes_in().await;
    let seen =
        ask_with_cookie(&app, &cookie, "{ viewer { role user { accountId } } users { accountId } }").await;
    assert_eq!(
        seen["data"],
        json!({ "viewer": { "role": "GUEST", "user": { "accountId": FRIEND } }, "users": [{ "accountId": FRIEND }] })
    );
    let jobs = ask_with_cookie(&app, &cookie, "{ jobs { kind } }").await;
    assert_eq!(jobs["errors"][0]["extensions"]["code"], "FORBIDDEN");
    // The log knows what every one of them was, and that the friend is in.
    let log = admin.data("{ signIns { entries { name role success expiresAt } } }").await;
    let log = log["signIns"]["entries"].as_array().unwrap();
    assert_eq!(log.len(), 3);
    assert_eq!((&log[0]["role"], &log[0]["success"]), (&json!("GUEST"), &json!(true)));
    assert!(log[0]["expiresAt"].is_string() && log[1]["success"] == false && log[1]["expiresAt"].is_null());
    // Coming again is the same account; what is taken away is gone at once.
    let again = Browser::set_out(&app).await.approved_by(FRIEND).comes_in().await;
    allow(&admin, FRIEND, false).await;
    for cookie in [&cookie, &again] {
        let out = ask_with_cookie(&app, cookie, "{ viewer { name } }").await;
        assert_eq!(out["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    }
}

// ACT-01: a server is found by the account that owns it; nobody copies a token.
#[tokio::test(flavor = "multi_thread")]
async fn an_owner_finds_their_server_and_no_token_is_shown() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let known = admin.data("{ servers { id name machineId url } }").await["servers"][0].clone();
    let begin = "mutation { beginServerSearch(returnTo: \"http://nas.test/setup?by=plex\") { url ticket problem { code } } }";
    let begun = admin.data(begin).await["beginServerSearch"].clone();
    let find = "mutation($ticket: String!) { findServers(ticket: $ticket) { isWaiting problem { code }
        servers { name machineId owned addresses { uri local } } } }";
    let ticket = json!({ "ticket": begun["ticket"] });
    let waiting = admin.data_with(find, ticket.clone()).await;
    assert_eq!(waiting["findServers"], json!({ "isWaiting": true, "problem": null, "servers": null }));
    let code =
        begun["url"].as_str().unwrap().split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    app.director().approve_code(&code, None).unwrap();
    let found = admin.data_with(find, ticket.clone()).await["findServers"].clone();
    let server =
        found["servers"].as_array().unwrap().iter().find(|server| server["machineId"] == known["machineId"]);
    let server = server.unwrap_or_else(|| panic!("{found}"));
    assert_eq!((&server["name"], &server["owned"]), (&known["name"], &json!(true)));
    assert!(!found.to_string().contains(&app.plex.token()), "{found}");
    // It is tried and added without anybody seeing its token.
    let input = json!({ "url": known["url"], "found": { "ticket": begun["ticket"], "machineId": known["machineId"] } });
    let test = "mutation($input: AddServer!) { testServer(input: $input) { name problem { message } } }";
    let tried = admin.data_with(test, json!({ "input": input })).await;
    assert_eq!(tried["testServer"], json!({ "name": known["name"], "problem": null }));
    let add = "mutation($input: AddServer!) { addServer(input: $input) { server { id } problem { code message } } }";
    let twice = admin.data_with(add, json!({ "input": input })).await;
    assert_eq!(twice["addServer"]["problem"]["code"], "CONFLICT");
    admin
        .data_with("mutation($id: ID!) { removeServer(id: $id) { removed } }", json!({ "id": known["id"] }))
        .await;
    let added = admin.data_with(add, json!({ "input": input })).await;
    assert_eq!(added["addServer"], json!({ "server": { "id": known["id"] }, "problem": null }));
    // The search is over with it.
    let again = admin.data_with(find, ticket).await;
    assert_eq!(again["findServers"]["problem"]["code"], "UNAUTHENTICATED");
    for wrong in [
        json!({ "url": known["url"] }),
        json!({ "url": known["url"], "token": "x", "found": { "ticket": "x", "machineId": "y" } }),
    ] {
        let refused = admin.data_with(test, json!({ "input": wrong })).await;
        assert!(refused["testServer"]["problem"]["message"].as_str().unwrap().starts_with("Give a token"));
    }
}

// ACT-01: what Plex refuses is renewed by Plex.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_renewed_by_a_search() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let id = admin.data("{ servers { id } }").await["servers"][0]["id"].clone();
    let client = app.database.client().await.unwrap();
    client.execute("UPDATE servers SET token = 'refused'", &[]).await.unwrap();
    let begin = "mutation { beginServerSearch(returnTo: \"http://nas.test/token?by=plex\") { url ticket } }";
    let begun = admin.data(begin).await["beginServerSearch"].clone();
    let update = "mutation($id: ID!, $input: UpdateServer!) { updateServer(id: $id, input: $input) { server { id } problem { code } } }";
    let renew = async |input: Value| {
        admin.data_with(update, json!({ "id": id, "input": input })).await["updateServer"].clone()
    };
    let ticket = json!({ "ticket": begun["ticket"] });
    assert_eq!(renew(ticket.clone()).await["problem"]["code"], "INVALID", "nobody has approved yet");
    let code =
        begun["url"].as_str().unwrap().split("code=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    app.director().approve_code(&code, None).unwrap();
    let both = json!({ "ticket": begun["ticket"], "token": "x" });
    assert_eq!(renew(both).await["problem"]["code"], "INVALID");
    assert_eq!(renew(ticket.clone()).await, json!({ "server": { "id": id }, "problem": null }));
    let kept: String = client.query_one("SELECT token FROM servers", &[]).await.unwrap().get(0);
    assert_eq!(kept, app.plex.token());
    assert_eq!(renew(ticket).await["problem"]["code"], "UNAUTHENTICATED", "the search is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_run_out_are_counted_and_never_guessed() {
    let plex = Simplex::start(World::generate(7, Scale::Tiny), Options::default()).await.unwrap();
    let database = TestDatabase::create().await.unwrap();
    let clock = TestClock::at(Utc.with_ymd_and_hms(2026, 6, 1, 0, 0, 0).unwrap());
    let app = TestApp::under(plex, database, &[], Arc::new(clock.clone())).await;
    let stranger = app.stranger();
    let late = Browser::set_out(&app).await.approved_by(OWNER);
    clock.advance(Duration::minutes(16));
    assert_eq!(late.is_refused().await.0, "UNAUTHENTICATED");
    let begin =
        |back: &str| format!("mutation {{ beginPlexSignIn(returnTo: \"{back}\") {{ problem {{ code }} }} }}");
    let bad = stranger.data(&begin("javascript:alert(1)")).await;
    assert_eq!(bad["beginPlexSignIn"]["problem"]["code"], "INVALID");
    for _ in 0..20 {
        Browser::set_out(&app).await;
    }
    let full = stranger.data(&begin("http://nas.test/")).await;
    assert_eq!(full["beginPlexSignIn"]["problem"]["code"], "LIMITED");
    clock.advance(Duration::minutes(16));
    Browser::set_out(&app).await;
}
