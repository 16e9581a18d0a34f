//! `get_playlists_table`: the owner's playlists that fit a library, or a user's.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::item_set::{self, Member};
use crate::params::whole;
use crate::table::{self, Fields, Manner, Table};
use serde::Deserialize;
use serde_json::json;

pub(crate) const SERVER_DOCUMENT: &str = include_str!("../../documents/get_playlists_table.graphql");
pub(crate) const USERS_DOCUMENT: &str = include_str!("../../documents/get_playlists_table_users.graphql");
pub(crate) const USER_DOCUMENT: &str = include_str!("../../documents/get_playlists_table_user.graphql");

const TABLE: Table = Table {
    columns: &["title", "leafCount", "duration"],
    usual: "title",
    searched: &["title", "leafCount", "duration"],
    behind: &[],
    manner: Manner::Items,
};

#[derive(Deserialize)]
struct OfServers {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Server {
    is_default: bool,
    playlists: Vec<Member>,
}

#[derive(Deserialize)]
struct OfUsers {
    users: Vec<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    id: String,
    account_id: i64,
}

#[derive(Deserialize)]
struct OfUser {
    node: Option<Node>,
}

#[derive(Deserialize, Default)]
struct Node {
    #[serde(default)]
    playlists: Vec<Member>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let (section, user) = (call.params.filled("section_id"), call.params.filled("user_id"));
    let (found, section, user) = match (section, user) {
        (Some(section), _) => (of_library(call, section).await?, Some(section), None),
        (None, Some(user)) => (of_user(call, user).await?, None, Some(user)),
        (None, None) => return Ok(Answer::data(table::nothing())),
    };
    let row = |set| item_set::playlist(set, section, user, &|at| call.client.local_time(at));
    let rows: Vec<Fields> = found.into_iter().map(row).collect();
    let total = rows.len();
    Ok(Answer::data(TABLE.cut(call.params, rows, total)?))
}

async fn of_library(call: Call<'_>, section: &str) -> Result<Vec<Member>, Failure> {
    let library = match whole(section) {
        Some(section) => call.library(section).await?,
        None => None,
    };
    let Some(library) = library else { return Ok(Vec::new()) };
    let wanted = match library.kind.as_str() {
        "ARTIST" => "audio",
        "PHOTO" => "photo",
        _ => "video",
    };
    let OfServers { servers } = call.ask(SERVER_DOCUMENT, json!({})).await?;
    let server = servers.into_iter().find(|server| server.is_default);
    let playlists = server.map(|server| server.playlists).unwrap_or_default();
    Ok(playlists.into_iter().filter(|set| set.is_playlist_of(wanted)).collect())
}

async fn of_user(call: Call<'_>, user: &str) -> Result<Vec<Member>, Failure> {
    let account = whole(user);
    let OfUsers { users } = call.ask(USERS_DOCUMENT, json!({})).await?;
    let Some(user) = users.into_iter().find(|user| Some(user.account_id) == account) else {
        return Ok(Vec::new());
    };
    let OfUser { node } = call.ask(USER_DOCUMENT, json!({"id": user.id})).await?;
    Ok(node.unwrap_or_default().playlists)
}
