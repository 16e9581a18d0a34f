//! Users as the schema tells them, and `get_user`, `get_users`, `get_user_names`.

use super::Call;
use super::stray::StrayUser;
use crate::answer::{Answer, Failure, Outcome};
use crate::graph::{Record, user_thumb};
use crate::params::whole;
use crate::registry::Param;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

pub(crate) const USER_DOCUMENT: &str = include_str!("../../documents/get_user.graphql");
pub(crate) const USERS_DOCUMENT: &str = include_str!("../../documents/get_users.graphql");
pub(crate) const NAMES_DOCUMENT: &str = include_str!("../../documents/get_user_names.graphql");

pub(crate) const USER_PARAMS: &[Param] = &[
    Param { name: "user_id", about: "the user's account" },
    Param { name: "include_last_seen", about: "1 to tell when they played last" },
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Users {
    libraries: Vec<Section>,
    stray_libraries: Vec<Section>,
    #[serde(default)]
    stray_users: Vec<StrayUser>,
    users: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    account_id: i64,
    allow_guest: bool,
    deleted: bool,
    do_notify: bool,
    email: Option<String>,
    friendly_name: String,
    is_active: bool,
    is_admin: bool,
    is_allow_sync: bool,
    is_home_user: bool,
    is_restricted: bool,
    #[serde(default)]
    is_stranger: bool,
    is_told: bool,
    keep_history: bool,
    /// Absent unless it was asked for.
    #[serde(default)]
    last_seen_at: Option<DateTime<Utc>>,
    picture: Option<String>,
    row_id: i64,
    #[serde(default)]
    share_filters: Option<ShareFilters>,
    shared_sections: Vec<i64>,
    username: String,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct ShareFilters {
    all: String,
    movies: String,
    tv: String,
    music: String,
    photos: String,
}

pub(crate) async fn get_user(call: Call<'_>) -> Outcome {
    let Some(user) = call.params.filled("user_id") else { return Err(Failure::Refused(None)) };
    let seen = call.params.switch("include_last_seen", false);
    let Some(account) = whole(user) else { return Ok(Answer::data(nobody())) };
    let Users { users, libraries, stray_libraries, .. } =
        call.ask(USER_DOCUMENT, json!({"account": account, "seen": seen})).await?;
    let everything = sections_of(libraries, stray_libraries);
    Ok(Answer::data(users.into_iter().next().map_or_else(nobody, |user| one(user, &everything))))
}

pub(crate) async fn get_users(call: Call<'_>) -> Outcome {
    let server = call.server().await?;
    let Users { users, stray_users, libraries, stray_libraries } =
        call.ask(USERS_DOCUMENT, json!({"server": server})).await?;
    let everything = sections_of(libraries, stray_libraries);
    let there = users.into_iter().filter(|user| !user.deleted && !user.is_stranger);
    let there = there.map(|user| listed(user, &everything));
    let strays = stray_users.into_iter().filter(|user| !user.deleted).map(StrayUser::listed);
    Ok(Answer::data(there.chain(strays).collect::<Vec<_>>()))
}

/// Told of what plex.tv knows only where it has told.
fn told(user: &User, value: bool) -> Option<u8> {
    user.is_told.then_some(u8::from(value))
}

fn email(user: &User) -> Option<String> {
    user.email.clone().or_else(|| user.is_told.then(String::new))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Section {
    deleted: bool,
    name: Option<String>,
    row_id: i64,
    section_id: Option<i64>,
}

/// The numbers of all libraries that were ever listed, in the order of their rows.
fn sections_of(libraries: Vec<Section>, strays: Vec<Section>) -> Vec<i64> {
    let mut rows: BTreeMap<i64, i64> = BTreeMap::new();
    for library in libraries.into_iter().chain(strays) {
        let named = library.name.is_some_and(|name| !name.is_empty());
        if let Some(section) = library.section_id.filter(|_| named && !library.deleted) {
            rows.entry(library.row_id).or_insert(section);
        }
    }
    rows.into_values().collect()
}

/// The owner has everything.
fn sections(user: &User, everything: &[i64]) -> Vec<String> {
    let own = user.is_admin && user.shared_sections.is_empty();
    let shared = if own { everything } else { &user.shared_sections };
    shared.iter().map(i64::to_string).collect()
}

fn one(user: User, everything: &[i64]) -> Value {
    let mut record = Record::default();
    record.put("row_id", user.row_id);
    record.put("user_id", user.account_id);
    record.put("username", user.username.clone());
    record.put("friendly_name", user.friendly_name.clone());
    record.put("user_thumb", user_thumb(user.picture.clone()));
    record.put("email", email(&user));
    record.flag("is_active", user.is_active);
    record.flag("is_admin", user.is_admin);
    record.put("is_home_user", told(&user, user.is_home_user));
    record.put("is_allow_sync", told(&user, user.is_allow_sync));
    record.put("is_restricted", told(&user, user.is_restricted));
    record.flag("do_notify", user.do_notify);
    record.flag("keep_history", user.keep_history);
    record.flag("deleted_user", user.deleted);
    record.flag("allow_guest", user.allow_guest);
    record.put("shared_libraries", sections(&user, everything));
    record.put("last_seen", user.last_seen_at.map(|at| at.timestamp()));
    record.into_value()
}

/// Whoever is unknown is told to be a local user.
fn nobody() -> Value {
    json!({
        "row_id": 0,
        "user_id": 0,
        "username": "Local",
        "friendly_name": "Local",
        "user_thumb": user_thumb(None),
        "email": "",
        "is_active": 1,
        "is_admin": "",
        "is_home_user": 0,
        "is_allow_sync": 0,
        "is_restricted": 0,
        "do_notify": 0,
        "keep_history": 1,
        "allow_guest": 0,
        "deleted_user": 0,
        "shared_libraries": [],
        "last_seen": null,
    })
}

fn listed(user: User, everything: &[i64]) -> Value {
    let mut record = Record::default();
    record.put("row_id", user.row_id);
    record.put("user_id", user.account_id);
    record.put("username", user.username.clone());
    record.put("friendly_name", user.friendly_name.clone());
    record.put("thumb", user.picture.clone());
    record.put("email", email(&user));
    record.flag("is_active", user.is_active);
    record.flag("is_admin", user.is_admin);
    record.put("is_home_user", told(&user, user.is_home_user));
    record.put("is_allow_sync", told(&user, user.is_allow_sync));
    record.put("is_restricted", told(&user, user.is_restricted));
    record.flag("do_notify", user.do_notify);
    record.flag("keep_history", user.keep_history);
    record.flag("allow_guest", user.allow_guest);
    record.put("shared_libraries", sections(&user, everything));
    let ShareFilters { all, movies, tv, music, photos } = user.share_filters.unwrap_or_default();
    let filter = |text: String| user.is_told.then_some(text);
    record.put("filter_all", filter(all));
    record.put("filter_movies", filter(movies));
    record.put("filter_tv", filter(tv));
    record.put("filter_music", filter(music));
    record.put("filter_photos", filter(photos));
    record.into_value()
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Names {
    stray_users: Vec<StrayUser>,
    users: Vec<Name>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Name {
    account_id: i64,
    deleted: bool,
    friendly_name: String,
    is_stranger: bool,
    username: String,
}

pub(crate) async fn get_user_names(call: Call<'_>) -> Outcome {
    let Names { users, stray_users } =
        call.ask(NAMES_DOCUMENT, json!({"server": call.server().await?})).await?;
    let there = users.into_iter().filter(|user| !user.deleted && !user.is_stranger);
    let told = there.map(|Name { account_id, deleted: _, friendly_name, is_stranger: _, username }| {
        json!({"user_id": account_id, "friendly_name": shown_name(&friendly_name, &username)})
    });
    let strays = stray_users.into_iter().filter(|user| !user.deleted);
    let strays = strays.map(|user| json!({"user_id": null, "friendly_name": user.name()}));
    Ok(Answer::data(told.chain(strays).collect::<Vec<_>>()))
}

/// Lists pass over a chosen name of mere space.
pub(crate) fn shown_name(friendly: &str, username: &str) -> String {
    if friendly.trim().is_empty() { username.to_owned() } else { friendly.to_owned() }
}
