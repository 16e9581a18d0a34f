//! One file for each command: variables, reshaping, nothing else.

mod change;
pub(crate) mod docs;
pub(crate) mod edit_history;
pub(crate) mod edit_library;
pub(crate) mod edit_user;
pub(crate) mod get_activity;
pub(crate) mod get_history;
pub(crate) mod get_home_stats;
pub(crate) mod get_libraries_table;
pub(crate) mod get_server_info;
pub(crate) mod get_stream_data;
pub(crate) mod get_user_ips;
pub(crate) mod get_user_logins;
pub(crate) mod get_user_player_stats;
pub(crate) mod get_users_table;
pub(crate) mod graphs;
pub(crate) mod import_database;
pub(crate) mod library;
pub(crate) mod members;
mod played;
pub(crate) mod rating_keys;
pub(crate) mod status;
mod stray;
pub(crate) mod terminate_session;
pub(crate) mod user;
pub(crate) mod user_stats;
pub(crate) mod watch_time;

pub(crate) use change::{FIND_LIBRARIES, FIND_USERS};

use crate::answer::Failure;
use crate::backend::Client;
use crate::params::Params;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// A command that was let through.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) client: &'a dyn Client,
    pub(crate) params: Params<'a>,
}

pub(crate) const DEFAULT_SERVER: &str = include_str!("../../documents/default_server.graphql");

#[derive(Deserialize)]
struct Servers {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Server {
    id: String,
    is_default: bool,
}

impl Call<'_> {
    /// Executes a document and reads its answer.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        document: &'static str,
        variables: Value,
    ) -> Result<T, Failure> {
        Ok(serde_json::from_value(self.client.execute(document, variables).await?)?)
    }

    /// The id of the server that the legacy API speaks for.
    pub(crate) async fn server(&self) -> Result<Option<String>, Failure> {
        let Servers { servers } = self.ask(DEFAULT_SERVER, json!({})).await?;
        Ok(servers.into_iter().find(|server| server.is_default).map(|server| server.id))
    }
}
