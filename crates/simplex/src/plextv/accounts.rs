//! Owns accounts as their holders see them, and signing in.

use axum::body::Bytes;
use axum::extract::{OriginalUri, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::asker;
use crate::core::{Core, Sim};
use crate::http::{Ask, json as reply, missing};
use crate::node::Node;
use crate::pms::FEATURES;
use crate::world::User;

fn pass(user: &User) -> Node {
    let active = user.is_owner;
    let features = FEATURES.split(',').map(|id| Node::new("feature").with("id", id));
    Node::new("subscription")
        .with("active", active)
        .with("subscribedAt", "2020-05-23 00:00:00 UTC")
        .with("status", if active { "Active" } else { "Inactive" })
        .with("paymentService", "")
        .with("plan", active.then_some("lifetime"))
        .holding([Node::new("features").holding(features)])
}

fn account_node(core: &Core, user: &User) -> Node {
    let profile = Node::new("profile").with_all([
        ("autoSelectAudio", "1"),
        ("defaultAudioLanguage", "en"),
        ("defaultSubtitleLanguage", "en"),
        ("autoSelectSubtitle", "0"),
        ("defaultSubtitleAccessibility", "0"),
        ("defaultSubtitleForced", "1"),
    ]);
    let entitlements = Node::new("entitlements").holding([Node::new("entitlement").with("id", "all")]);
    let roles = Node::new("roles").holding([Node::new("role").with("id", "plexpass")]);
    let empty = ["subscriptions", "services"].map(Node::new);
    Node::new("user")
        .with("id", user.user_id)
        .with("uuid", &user.uuid)
        .with("username", &user.username)
        .with("title", &user.title)
        .with("email", &user.email)
        .with_all([("friendlyName", ""), ("locale", ""), ("confirmed", "1"), ("joinedAt", "1590192000")])
        .with_all([("emailOnlyAuth", "0"), ("hasPassword", "1")])
        .with("protected", user.is_protected)
        .with("thumb", &user.thumb)
        .with("authToken", &user.token)
        .with_all([("mailingListStatus", "unsubscribed"), ("mailingListActive", "0")])
        .with_all([("scrobbleTypes", ""), ("country", "NO")])
        .with("subscriptionDescription", if user.is_owner { "Lifetime" } else { "" })
        .with("restricted", user.is_restricted)
        .with("anonymous", "")
        .with("home", user.is_home)
        .with("guest", false)
        .with("homeSize", core.world.users.iter().filter(|user| user.is_home).count())
        .with("homeAdmin", user.is_owner)
        .with_all([("maxHomeSize", "15"), ("rememberExpiresAt", "1893456000"), ("adsConsent", "")])
        .with_all([("adsConsentSetAt", ""), ("adsConsentReminderAt", ""), ("experimentalFeatures", "0")])
        .with_all([("twoFactorEnabled", "0"), ("backupCodesCreated", "0")])
        .with("filterAll", &user.filter_all)
        .with("filterMovies", &user.filter_movies)
        .with("filterMusic", &user.filter_music)
        .with("filterPhotos", &user.filter_photos)
        .with("filterTelevision", &user.filter_tv)
        .holding([pass(user), profile, entitlements, roles])
        .holding(empty)
}

fn account_value(user: &User) -> Value {
    let owner = user.is_owner;
    json!({
        "id": user.user_id,
        "uuid": user.uuid,
        "username": user.username,
        "title": user.title,
        "email": user.email,
        "friendlyName": "",
        "thumb": user.thumb,
        "authToken": user.token,
        "home": user.is_home,
        "homeAdmin": owner,
        "restricted": user.is_restricted,
        "protected": user.is_protected,
        "subscription": {
            "active": owner,
            "status": if owner { "Active" } else { "Inactive" },
            "plan": owner.then_some("lifetime"),
            "features": FEATURES.split(',').collect::<Vec<_>>(),
        },
        "roles": if owner { vec!["plexpass"] } else { Vec::new() },
        "entitlements": ["all"],
    })
}

pub(super) async fn account(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(user) = asker(&core, &ask) else { return missing() };
    if ask.json { reply(StatusCode::OK, &account_value(user)) } else { ask.reply(&account_node(&core, user)) }
}

pub(super) async fn account_json(State(sim): State<Sim>, ask: Ask) -> Response {
    let core = sim.core();
    let Some(user) = asker(&core, &ask) else { return missing() };
    reply(StatusCode::OK, &json!({ "user": account_value(user) }))
}

pub(super) fn form(body: &[u8]) -> Vec<(String, String)> {
    let uri = format!("/?{}", String::from_utf8_lossy(body));
    uri.parse()
        .ok()
        .and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok())
        .map(|axum::extract::Query(pairs)| pairs)
        .unwrap_or_default()
}

/// Name and password of basic authentication or of a form.
fn credentials(ask: &Ask, body: &[u8]) -> (String, String) {
    let basic = ask.header("authorization").and_then(|value| value.strip_prefix("Basic "));
    if let Some(decoded) = basic.and_then(|text| STANDARD.decode(text).ok()) {
        let text = String::from_utf8_lossy(&decoded).into_owned();
        let (name, password) = text.split_once(':').unwrap_or((&text, ""));
        return (name.to_owned(), password.to_owned());
    }
    let fields = form(body);
    let field = |names: [&str; 2]| {
        let known = fields.iter().find(|(name, value)| names.contains(&name.as_str()) && !value.is_empty());
        known.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    (field(["user[login]", "login"]), field(["user[password]", "password"]))
}

/// Any known name or e-mail address, with any password but "wrong".
pub(super) async fn sign_in(
    State(sim): State<Sim>,
    OriginalUri(uri): OriginalUri,
    ask: Ask,
    body: Bytes,
) -> Response {
    let (name, password) = credentials(&ask, &body);
    let core = sim.core();
    let mut users = core.world.users.iter();
    let known = users.find(|user| !name.is_empty() && (user.username == name || user.email == name));
    let Some(user) = known.filter(|_| password != "wrong") else {
        let body = json!({ "error": "Invalid email, username, or password." });
        return reply(StatusCode::UNAUTHORIZED, &body);
    };
    if uri.path().ends_with(".json") {
        return reply(StatusCode::CREATED, &json!({ "user": account_value(user) }));
    }
    ask.reply_as(StatusCode::CREATED, &account_node(&core, user))
}

pub(super) async fn ping(ask: Ask) -> Response {
    if ask.json {
        return reply(StatusCode::OK, &json!({ "pong": true }));
    }
    let headers = [(header::CONTENT_TYPE, "application/xml; charset=utf-8")];
    (headers, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pong>true</pong>\n").into_response()
}

pub(super) async fn claim() -> Response {
    reply(StatusCode::OK, &json!({ "token": format!("claim-{}", "x".repeat(20)) }))
}
