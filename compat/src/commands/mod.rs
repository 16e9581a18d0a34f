//! One file for each command: variables, reshaping, nothing else.

pub(crate) mod absent;
pub(crate) mod arnold;
pub(crate) mod backup_config;
pub(crate) mod backup_db;
mod change;
pub(crate) mod delete_cache;
pub(crate) mod delete_image_cache;
pub(crate) mod delete_lookup_info;
pub(crate) mod delete_media_info_cache;
pub(crate) mod delete_newsletter_log;
pub(crate) mod delete_notification_log;
pub(crate) mod delete_recently_added;
pub(crate) mod delete_synced_item;
pub(crate) mod docs;
pub(crate) mod download_config;
pub(crate) mod download_database;
pub(crate) mod download_log;
pub(crate) mod download_plex_log;
pub(crate) mod edit_history;
pub(crate) mod edit_library;
pub(crate) mod edit_user;
pub(crate) mod get_activity;
pub(crate) mod get_children_metadata;
pub(crate) mod get_collections_table;
pub(crate) mod get_date_formats;
pub(crate) mod get_export_fields;
pub(crate) mod get_geoip_lookup;
pub(crate) mod get_history;
pub(crate) mod get_home_stats;
pub(crate) mod get_libraries_table;
pub(crate) mod get_library_media_info;
pub(crate) mod get_logs;
pub(crate) mod get_metadata;
pub(crate) mod get_notifier_parameters;
pub(crate) mod get_playlists_table;
pub(crate) mod get_plex_log;
pub(crate) mod get_pms_update;
pub(crate) mod get_recently_added;
pub(crate) mod get_server_friendly_name;
pub(crate) mod get_server_id;
pub(crate) mod get_server_identity;
pub(crate) mod get_server_info;
pub(crate) mod get_server_list;
pub(crate) mod get_server_pref;
pub(crate) mod get_servers_info;
pub(crate) mod get_settings;
pub(crate) mod get_stream_data;
pub(crate) mod get_synced_items;
pub(crate) mod get_tautulli_info;
pub(crate) mod get_user_ips;
pub(crate) mod get_user_logins;
pub(crate) mod get_user_player_stats;
pub(crate) mod get_users_table;
pub(crate) mod get_whois_lookup;
pub(crate) mod graphs;
pub(crate) mod import_database;
pub(crate) mod library;
pub(crate) mod members;
mod played;
pub(crate) mod pms_image_proxy;
pub(crate) mod rating_keys;
pub(crate) mod refresh_libraries_list;
pub(crate) mod refresh_users_list;
pub(crate) mod restart;
pub(crate) mod search;
pub(crate) mod server_status;
pub(crate) mod sql;
pub(crate) mod status;
mod stray;
pub(crate) mod terminate_session;
pub(crate) mod update;
pub(crate) mod update_check;
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
use std::collections::BTreeMap;

/// A command that was let through.
#[derive(Clone, Copy)]
pub(crate) struct Call<'a> {
    pub(crate) client: &'a dyn Client,
    pub(crate) params: Params<'a>,
}

pub(crate) const DEFAULT_SERVER: &str = include_str!("../../documents/default_server.graphql");
pub(crate) const LIBRARIES: &str = include_str!("../../documents/default_libraries.graphql");
pub(crate) const SYNCED_ITEMS: &str = include_str!("../../documents/synced_items.graphql");
pub(crate) const FORGET: &str = include_str!("../../documents/forget_waiting_rows.graphql");

#[derive(Deserialize)]
struct Servers {
    servers: Vec<Server>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Server {
    id: String,
    is_default: bool,
    machine_id: Option<String>,
}

#[derive(Deserialize)]
struct Libraries {
    libraries: Vec<Library>,
}

/// A library of the default server, as far as commands need it to ask on.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Library {
    pub(crate) id: String,
    pub(crate) kind: String,
    section_id: i64,
    server: Option<Default>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Default {
    is_default: bool,
}

/// What a change says of itself.
#[derive(Deserialize)]
pub(crate) struct Payload {
    pub(crate) problem: Option<Problem>,
}

#[derive(Deserialize)]
pub(crate) struct Problem {
    pub(crate) message: String,
}

impl Payload {
    /// # Errors
    /// The problem, if there is one.
    pub(crate) fn check(self) -> Result<(), Failure> {
        self.problem.map_or(Ok(()), |problem| Err(Failure::refused(problem.message)))
    }
}

/// Text as the reference passes it through: what looks like JSON becomes that.
pub(crate) fn loose(text: String) -> Value {
    serde_json::from_str(&text).unwrap_or(Value::String(text))
}

impl Call<'_> {
    /// The library of that number on the default server.
    pub(crate) async fn library(&self, section: i64) -> Result<Option<Library>, Failure> {
        let Libraries { libraries } = self.ask(LIBRARIES, json!({})).await?;
        let is_meant = |library: &Library| {
            library.section_id == section && library.server.as_ref().is_some_and(|server| server.is_default)
        };
        Ok(libraries.into_iter().find(is_meant))
    }

    /// Executes a change that answers with a payload under its name.
    pub(crate) async fn change(&self, document: &'static str, variables: Value) -> Result<(), Failure> {
        let done: BTreeMap<String, Payload> = self.ask(document, variables).await?;
        done.into_values().try_for_each(Payload::check)
    }

    /// Executes a document and reads its answer.
    pub(crate) async fn ask<T: DeserializeOwned>(
        &self,
        document: &'static str,
        variables: Value,
    ) -> Result<T, Failure> {
        Ok(serde_json::from_str(&self.client.execute(document, variables).await?)?)
    }

    /// The id of the server that the legacy API speaks for. While it has never answered, whatever is known is told: an imported
    /// history may be its own.
    pub(crate) async fn server(&self) -> Result<Option<String>, Failure> {
        let Servers { servers } = self.ask(DEFAULT_SERVER, json!({})).await?;
        let speaks = |server: &Server| server.is_default && server.machine_id.is_some();
        Ok(servers.into_iter().find(speaks).map(|server| server.id))
    }

    /// The id of the server that Plex knows by this name; `None` where no such server is watched.
    pub(crate) async fn server_called(&self, machine: &str) -> Result<Option<String>, Failure> {
        let Servers { servers } = self.ask(DEFAULT_SERVER, json!({})).await?;
        let called = |server: &Server| server.machine_id.as_deref() == Some(machine);
        Ok(servers.into_iter().find(called).map(|server| server.id))
    }
}
