//! Who may come in, and what they may ask.

use crate::support::{Client, TestApp};
use serde_json::{Value, json};
use tautulli_simplex::Start;

/// The root fields of the schema, as questions with arguments that are valid but name nothing.
const QUERIES: [(&str, &str, Open); 47] = [
    ("imports", "{ imports { id } }", Open::Admin),
    ("import", "{ import(id: \"aW1wb3J0OjA\") { id } }", Open::Admin),
    ("service", "{ service { version } }", Open::Anyone),
    ("plexSignIn", "{ plexSignIn { owners } }", Open::Admin),
    ("viewer", "{ viewer { name } }", Open::Viewer),
    ("apiKeys", "{ apiKeys { id } }", Open::Admin),
    ("activity", "{ activity { streamCount } }", Open::Viewer),
    (
        "session",
        "{ session(id: \"c2Vzc2lvbjowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA\") { id } }",
        Open::Viewer,
    ),
    (
        "sessionEvents",
        "{ sessionEvents(sessionId: \"c2Vzc2lvbjowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA\") { sessionId } }",
        Open::Viewer,
    ),
    ("history", "{ history { nodes { playCount } } }", Open::Viewer),
    ("historyTable", "{ historyTable { totalCount } }", Open::Viewer),
    ("play", "{ play(rowId: 1) { id } }", Open::Viewer),
    ("revisions", "{ revisions { id } }", Open::Admin),
    ("previewDeletion", "{ previewDeletion(filter: { text: \"none\" }) { removed } }", Open::Admin),
    ("previewRules", "{ previewRules(input: { tvPercent: 85 }) { changed } }", Open::Admin),
    ("servers", "{ servers { id } }", Open::Viewer),
    ("libraryItem", "{ libraryItem(ratingKey: \"0\") { childCount } }", Open::Viewer),
    ("recentlyAdded", "{ recentlyAdded(first: 0) { childCount } }", Open::Viewer),
    ("search", "{ search(text: \"\") { kind } }", Open::Viewer),
    ("syncedItems", "{ syncedItems(serverId: \"c2VydmVyOjA\") { id } }", Open::Viewer),
    ("accountServers", "{ accountServers(serverId: \"c2VydmVyOjA\") { name } }", Open::Admin),
    ("geoLocation", "{ geoLocation(address: \"nowhere\") { city } }", Open::Viewer),
    ("networkOwner", "{ networkOwner(address: \"127.0.0.1\") { problem } }", Open::Admin),
    ("jobs", "{ jobs { kind } }", Open::Admin),
    ("logs", "{ logs(first: 1) { level } }", Open::Admin),
    ("mediaServerLog", "{ mediaServerLog { level } }", Open::Admin),
    ("machine", "{ machine { system } }", Open::Admin),
    ("settings", "{ settings(keys: []) { key } }", Open::Admin),
    ("sql", "{ sql(query: \"SELECT 1\") { problem } }", Open::Admin),
    ("waitingRows", "{ waitingRows(table: EXPORTS) { totalCount } }", Open::Admin),
    ("libraries", "{ libraries { id } }", Open::Viewer),
    ("users", "{ users { id } }", Open::Viewer),
    ("mediaItem", "{ mediaItem(guid: \"none\") { id } }", Open::Viewer),
    ("statistics", "{ statistics { users { plays } } }", Open::Viewer),
    ("graphs", "{ graphs { users { series { values } } } }", Open::Viewer),
    ("watchTime", "{ watchTime(subject: { guids: [\"none\"] }) { plays } }", Open::Viewer),
    ("playerStatistics", "{ playerStatistics(userId: \"nobody\") { plays } }", Open::Viewer),
    ("userTotals", "{ userTotals { plays } }", Open::Admin),
    ("libraryTotals", "{ libraryTotals { plays } }", Open::Admin),
    ("addressTotals", "{ addressTotals(accountId: 0) { plays } }", Open::Admin),
    ("playedFamily", "{ playedFamily(serverId: \"c2VydmVyOjA\", ratingKey: \"1\") { title } }", Open::Admin),
    ("family", "{ family(serverId: \"c2VydmVyOjA\", ratingKey: \"1\") { title } }", Open::Admin),
    ("strayUsers", "{ strayUsers { rowId } }", Open::Admin),
    ("strayLibraries", "{ strayLibraries { rowId } }", Open::Admin),
    ("members", "{ members(serverId: \"c2VydmVyOjA\", ratingKey: \"1\") { title } }", Open::Admin),
    ("signIns", "{ signIns { totalCount } }", Open::Admin),
    ("userStatistics", "{ userStatistics(subject: { guids: [\"none\"] }) { plays } }", Open::Viewer),
];

const MUTATIONS: [(&str, &str, Open); 43] = [
    (
        "importDatabase",
        "mutation { importDatabase(input: { path: \"missing.db\" }) { problem { code } } }",
        Open::Admin,
    ),
    (
        "importSettings",
        "mutation { importSettings(path: \"missing.ini\") { problem { code } } }",
        Open::Admin,
    ),
    ("stopImport", "mutation { stopImport(id: \"aW1wb3J0OjA\") { problem { code } } }", Open::Admin),
    (
        "setUp",
        "mutation { setUp(token: \"x\", username: \"x\", password: \"x\") { signedIn } }",
        Open::Anyone,
    ),
    (
        "beginPlexSignIn",
        "mutation { beginPlexSignIn(returnTo: \"nowhere\") { problem { code } } }",
        Open::Anyone,
    ),
    ("finishPlexSignIn", "mutation { finishPlexSignIn(ticket: \"x\") { signedIn } }", Open::Anyone),
    (
        "beginServerSearch",
        "mutation { beginServerSearch(returnTo: \"nowhere\") { problem { code } } }",
        Open::Admin,
    ),
    ("findServers", "mutation { findServers(ticket: \"x\") { problem { code } } }", Open::Admin),
    ("allowPlexSignIn", "mutation { allowPlexSignIn { problem { code } } }", Open::Admin),
    ("signIn", "mutation { signIn(username: \"x\", password: \"x\") { signedIn } }", Open::Anyone),
    ("signOut", "mutation { signOut }", Open::Anyone),
    ("createApiKey", "mutation { createApiKey(name: \"\", role: ADMIN) { secret } }", Open::Admin),
    ("revokeApiKey", "mutation { revokeApiKey(id: \"a2V5OjA\") { apiKey { id } } }", Open::Admin),
    (
        "terminateSession",
        "mutation { terminateSession(id: \"c2Vzc2lvbjowMDAwMDAwMC0wMDAwLTAwMDAtMDAwMC0wMDAwMDAwMDAwMDA\") { terminated } }",
        Open::Admin,
    ),
    (
        "addServer",
        "mutation { addServer(input: { url: \"x\", token: \"x\" }) { problem { code } } }",
        Open::Admin,
    ),
    (
        "testServer",
        "mutation { testServer(input: { url: \"x\", token: \"x\" }) { problem { code } } }",
        Open::Admin,
    ),
    (
        "updateServer",
        "mutation { updateServer(id: \"c2VydmVyOjA\", input: {}) { problem { code } } }",
        Open::Admin,
    ),
    ("removeServer", "mutation { removeServer(id: \"c2VydmVyOjA\") { removed } }", Open::Admin),
    ("refreshLibraries", "mutation { refreshLibraries(serverId: \"c2VydmVyOjA\") { count } }", Open::Admin),
    ("deletePlays", "mutation { deletePlays(rowIds: [1]) { problem { code } } }", Open::Admin),
    (
        "deleteHistoryOf",
        "mutation { deleteHistoryOf(userId: \"dXNlcjow\") { problem { code } } }",
        Open::Admin,
    ),
    ("regroupHistory", "mutation { regroupHistory { problem { code } } }", Open::Admin),
    (
        "rematch",
        "mutation { rematch(input: { serverId: \"c2VydmVyOjA\", oldRatingKey: \"1\", newRatingKey: \"2\" }) { problem { code } } }",
        Open::Admin,
    ),
    (
        "applyRules",
        "mutation { applyRules(input: { tvPercent: 85 }, scope: FROM_NOW_ON) { problem { code } } }",
        Open::Admin,
    ),
    ("undoRevision", "mutation { undoRevision(id: \"cmV2aXNpb246MA\") { problem { code } } }", Open::Admin),
    ("clearImageCache", "mutation { clearImageCache { done } }", Open::Admin),
    ("clearLibraryTables", "mutation { clearLibraryTables { done } }", Open::Admin),
    (
        "deleteSyncedItem",
        "mutation { deleteSyncedItem(serverId: \"c2VydmVyOjA\", clientId: \"x\", id: \"1\") { done } }",
        Open::Admin,
    ),
    ("backUpDatabase", "mutation { backUpDatabase { file } }", Open::Admin),
    ("runJob", "mutation { runJob(kind: FORGET_EDITS) { done } }", Open::Admin),
    ("backUpSettings", "mutation { backUpSettings { file } }", Open::Admin),
    ("restartService", "mutation { restartService { done } }", Open::Admin),
    (
        "forgetWaitingRows",
        "mutation { forgetWaitingRows(table: EXPORTS, ids: []) { forgotten } }",
        Open::Admin,
    ),
    ("updateUser", "mutation { updateUser(id: \"dXNlcjow\", input: {}) { problem { code } } }", Open::Admin),
    ("deleteUser", "mutation { deleteUser(id: \"dXNlcjow\") { problem { code } } }", Open::Admin),
    ("undeleteUser", "mutation { undeleteUser(id: \"dXNlcjow\") { problem { code } } }", Open::Admin),
    (
        "updateLibrary",
        "mutation { updateLibrary(id: \"bGlicmFyeTow\", input: {}) { problem { code } } }",
        Open::Admin,
    ),
    ("deleteLibrary", "mutation { deleteLibrary(id: \"bGlicmFyeTow\") { problem { code } } }", Open::Admin),
    (
        "undeleteLibrary",
        "mutation { undeleteLibrary(id: \"bGlicmFyeTow\") { problem { code } } }",
        Open::Admin,
    ),
    ("endSignIns", "mutation { endSignIns(rowIds: []) }", Open::Admin),
    ("clearSignIns", "mutation { clearSignIns }", Open::Admin),
    ("forgetSessions", "mutation { forgetSessions }", Open::Admin),
    ("refreshUsers", "mutation { refreshUsers(serverId: \"c2VydmVyOjA\") { count } }", Open::Admin),
];

#[derive(Clone, Copy, PartialEq)]
enum Open {
    Anyone,
    Viewer,
    Admin,
}

/// The fields of a root type in the schema's text.
fn fields(root: &str) -> Vec<String> {
    let sdl = tautulli::graphql::sdl();
    let body = sdl.split(&format!("type {root} {{")).nth(1).unwrap().split("\n}").next().unwrap().to_owned();
    let mut names: Vec<String> = body
        .lines()
        .filter(|line| line.starts_with('\t') && !line.starts_with("\t\t") && line.contains([':', '(']))
        .filter_map(|line| {
            let name: String = line.trim().chars().take_while(char::is_ascii_alphanumeric).collect();
            let rest = line.trim().strip_prefix(&name)?;
            (!name.is_empty() && rest.starts_with([':', '('])).then_some(name)
        })
        .collect();
    names.sort();
    names.dedup();
    names
}

async fn code(client: &Client, question: &str) -> String {
    client.code(question).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_root_field_knows_every_role() {
    let app = TestApp::start().await;
    let (admin, guest, stranger) = (app.admin(), app.guest(1_000_102).await, app.stranger());
    for (name, question, open) in QUERIES.into_iter().chain(MUTATIONS) {
        let (by_stranger, by_guest) = (code(&stranger, question).await, code(&guest, question).await);
        let denied = ["UNAUTHENTICATED", "FORBIDDEN"];
        assert_eq!(
            by_stranger == "UNAUTHENTICATED",
            open != Open::Anyone,
            "{name} by a stranger: {by_stranger}"
        );
        assert_eq!(by_guest == "FORBIDDEN", open == Open::Admin, "{name} by a guest: {by_guest}");
        assert!(!denied.contains(&code(&admin, question).await.as_str()), "{name} by an administrator");
    }
}

/// What a key may ask that may only know what is watched now, beside what strangers may.
const WATCHED: [&str; 4] = ["viewer", "activity", "session", "servers"];

#[tokio::test(flavor = "multi_thread")]
async fn every_root_field_knows_the_scopes_of_keys() {
    let app = TestApp::start().await;
    let (reading, watching) = (app.key("scope: READING").await, app.key("scope: ACTIVITY").await);
    for (name, question, open) in QUERIES {
        // Raw queries are for keys without any limit.
        assert_eq!(
            code(&reading, question).await == "FORBIDDEN",
            name == "sql",
            "{name} by a key for reading"
        );
        let may = open == Open::Anyone || WATCHED.contains(&name);
        assert_eq!(code(&watching, question).await == "FORBIDDEN", !may, "{name} by a key for activity");
    }
    for (name, question, open) in MUTATIONS {
        for key in [&reading, &watching] {
            assert_eq!(code(key, question).await == "FORBIDDEN", open != Open::Anyone, "{name}");
        }
    }
}

#[test]
fn the_matrix_names_every_root_field() {
    let sorted = |rows: &[(&str, &str, Open)]| {
        let mut names: Vec<String> = rows.iter().map(|(name, _, _)| (*name).to_owned()).collect();
        names.sort();
        names
    };
    let mut queries = sorted(&QUERIES);
    queries.push("node".to_owned());
    queries.sort();
    assert_eq!(fields("Query"), queries);
    assert_eq!(fields("Mutation"), sorted(&MUTATIONS));
}

#[tokio::test(flavor = "multi_thread")]
async fn subscriptions_refuse_strangers() {
    let app = TestApp::start().await;
    let socket = app.base.replace("http://", "ws://");
    for field in ["activity { __typename }", "sessionEvents { sessionId }", "playRecorded { id }"] {
        let mut told = Client::stranger(&app.base).subscribe(&format!("subscription {{ {field} }}")).await;
        let answer = told.next().await;
        assert!(answer.to_string().contains("UNAUTHENTICATED"), "{socket}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn those_who_ask_the_same_hear_what_each_of_them_may_hear() {
    let app = TestApp::start().await;
    let (owner, own, other) = (app.admin(), app.guest(1_000_102).await, app.guest(1_000_203).await);
    let question = "subscription Watch { activity { __typename ... on Activity { streamCount } ... on Session { id } ... on SessionEnded { sessionId } } }";
    let mut all = Vec::new();
    for who in [&owner, &owner, &own, &other] {
        let mut told = who.subscribe(question).await;
        assert_eq!(told.next().await["activity"]["streamCount"], 0);
        all.push(told);
    }
    let started = app.director().start(&Start::item(1).user(1_000_102)).unwrap();
    let mut ids = Vec::new();
    for told in &mut all[..3] {
        ids.push(told.next().await["activity"]["id"].as_str().unwrap().to_owned());
    }
    assert!(ids.iter().all(|id| *id == ids[0]));
    // Whoever comes later gets the whole, then what happens.
    let mut late = owner.subscribe(question).await;
    assert_eq!(late.next().await["activity"]["streamCount"], 1);
    app.director().stop(started.session_key, None, true).unwrap();
    all.insert(3, late);
    for told in &mut all[..4] {
        loop {
            let update = told.next().await;
            if update["activity"]["__typename"] == "SessionEnded" {
                assert_eq!(update["activity"]["sessionId"], ids[0].as_str());
                break;
            }
        }
    }
    // The other guest has heard nothing of all this: the first word is about a session of theirs.
    let theirs = app.director().start(&Start::item(2).user(1_000_203)).unwrap();
    let first = all[4].next().await;
    assert_eq!(first["activity"]["__typename"], "Session", "{first}");
    assert_ne!(first["activity"]["id"], ids[0].as_str());
    app.director().stop(theirs.session_key, None, true).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_learn_nothing_of_the_schema() {
    let app = TestApp::start().await;
    let introspect = "{ __schema { types { name } } }";
    let answer = app.stranger().ask(introspect).await;
    assert!(!answer.to_string().contains("Session"), "{answer}");
    assert!(app.admin().ask(introspect).await.to_string().contains("Session"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_their_own_and_nothing_else() {
    let app = TestApp::start().await;
    let director = app.director();
    let movie = director.world(|w| {
        w.items.values().find(|i| i.kind == tautulli_simplex::ItemKind::Movie).map(|i| i.rating_key)
    });
    for user in [1_000_102, 1_000_001] {
        director.start(&tautulli_simplex::Start::item(movie.unwrap()).user(user)).unwrap();
    }
    let admin = app.admin();
    crate::support::until("both", async || {
        (admin.data("{ activity { streamCount } }").await["activity"]["streamCount"] == 2).then_some(())
    })
    .await;
    let guest = app.guest(1_000_102).await;
    let seen = guest.data("{ activity { sessions { user { accountId } stream { source { file } } } } users { accountId } servers { url } }").await;
    assert_eq!(seen["activity"]["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(seen["activity"]["sessions"][0]["user"]["accountId"], 1_000_102);
    assert_eq!(
        seen["activity"]["sessions"][0]["stream"]["source"]["file"],
        Value::Null,
        "paths are not for guests"
    );
    assert_eq!(seen["users"].as_array().unwrap().len(), 1);
    assert_eq!(seen["servers"][0]["url"], Value::Null);
    let others = admin.data("{ users { id accountId } }").await;
    let owner =
        others["users"].as_array().unwrap().iter().find(|u| u["accountId"] == 1_000_001).unwrap()["id"]
            .clone();
    let peek = guest
        .ask_with(
            "query($u: ID!) { history(filter: { userIds: [$u] }) { nodes { playCount } } }",
            json!({ "u": owner }),
        )
        .await;
    assert_eq!(peek["errors"][0]["extensions"]["code"], "FORBIDDEN");
    let node = guest.data_with("query($u: ID!) { node(id: $u) { id } }", json!({ "u": owner })).await;
    assert_eq!(node["node"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_knows_what_is_on_their_own_devices() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let asked = "{ syncedItems { id accountId } }";
    let all = crate::support::until("the server's users", async || {
        let told = admin.data("{ users { accountId } }").await["users"].as_array().unwrap().len();
        if told < 2 {
            return None;
        }
        admin.data(asked).await["syncedItems"].as_array().filter(|all| !all.is_empty()).cloned()
    })
    .await;
    let has = |account: i64| -> Vec<Value> {
        all.iter().filter(|item| item["accountId"] == account).cloned().collect()
    };
    let somebody = all[0]["accountId"].as_i64().unwrap();
    let nobody = [1_000_102, 1_000_203, 1_000_304].into_iter().find(|account| has(*account).is_empty());
    for account in [somebody, nobody.unwrap()] {
        let guest = app.guest(account).await;
        assert_eq!(guest.data(asked).await["syncedItems"], json!(has(account)), "{account}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_are_made_shown_once_and_ended() {
    let app = TestApp::start().await;
    let admin = app.admin();
    let made = admin
        .data("mutation { createApiKey(name: \"dash\", role: ADMIN) { secret apiKey { id prefix } } }")
        .await;
    let made = &made["createApiKey"];
    let secret = made["secret"].as_str().unwrap();
    let holder = Client::with_key(&app.base, secret);
    assert_eq!(holder.data("{ viewer { name } }").await["viewer"]["name"], "dash");
    let listed = admin.ask("{ apiKeys { name prefix role lastUsedAt } }").await.to_string();
    assert!(!listed.contains(secret) && listed.contains(made["apiKey"]["prefix"].as_str().unwrap()));
    let revoke = "mutation($id: ID!) { revokeApiKey(id: $id) { apiKey { revokedAt } problem { code } } }";
    admin.data_with(revoke, json!({ "id": made["apiKey"]["id"] })).await;
    assert_eq!(holder.code("{ viewer { name } }").await, "UNAUTHENTICATED");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_signs_in_and_too_many_failures_lock() {
    // SEC-03
    let app =
        TestApp::with(&[("TAUTULLI_ADMIN_USERNAME", "me"), ("TAUTULLI_ADMIN_PASSWORD", "correct horse")])
            .await;
    let jar = crate::support::http();
    let sign_in = async |password: &str| {
        let query =
            "mutation($p: String!) { signIn(username: \"ME\", password: $p) { signedIn problem { code } } }";
        let body = json!({ "query": query, "variables": { "p": password } });
        jar.post(format!("{}/graphql", app.base)).json(&body).send().await.unwrap()
    };
    let answer = sign_in("correct horse").await;
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
    let pair = cookie.split(';').next().unwrap().to_owned();
    let ask = async |query: &str| {
        let body = json!({ "query": query });
        let request = jar.post(format!("{}/graphql", app.base)).header("cookie", &pair).json(&body);
        request.send().await.unwrap().json::<Value>().await.unwrap()
    };
    assert_eq!(
        ask("{ viewer { name role } }").await["data"]["viewer"],
        json!({ "name": "me", "role": "ADMIN" })
    );
    ask("mutation { signOut }").await;
    assert_ne!(ask("{ viewer { name } }").await["data"]["viewer"]["name"], "me");
    for _ in 0..10 {
        let wrong: Value = sign_in("wrong").await.json().await.unwrap();
        assert_eq!(wrong["data"]["signIn"]["problem"]["code"], "UNAUTHENTICATED");
    }
    let locked: Value = sign_in("correct horse").await.json().await.unwrap();
    assert_eq!(locked["data"]["signIn"]["problem"]["code"], "LIMITED");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_setup_token_is_needed_and_used_once() {
    let app = TestApp::start().await;
    let stranger = app.stranger();
    assert_eq!(stranger.data("{ service { needsSetup } }").await["service"]["needsSetup"], true);
    let query = "mutation { setUp(token: \"guess\", username: \"me\", password: \"long enough\") { signedIn problem { code } } }";
    let answer = stranger.data(query).await;
    assert_eq!(answer["setUp"], json!({ "signedIn": false, "problem": { "code": "FORBIDDEN" } }));
}
