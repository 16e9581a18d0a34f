//! Owns accounts and players: records as they stand in a world file.

use serde::{Deserialize, Serialize};

fn yes() -> bool {
    true
}

/// A plex.tv account. `local_id` is the id the media server uses: 1 for the owner, else the plex.tv id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct User {
    pub user_id: u64,
    pub local_id: u64,
    pub uuid: String,
    pub username: String,
    pub title: String,
    pub email: String,
    pub thumb: String,
    /// The plex.tv token.
    pub token: String,
    /// The token for the shared server.
    pub server_token: String,
    #[serde(default)]
    pub is_owner: bool,
    #[serde(default)]
    pub is_home: bool,
    #[serde(default)]
    pub is_restricted: bool,
    #[serde(default)]
    pub is_managed: bool,
    #[serde(default = "yes")]
    pub is_allow_sync: bool,
    #[serde(default = "yes")]
    pub is_active: bool,
    #[serde(default)]
    pub is_protected: bool,
    #[serde(default)]
    pub shared_sections: Vec<u64>,
    #[serde(default)]
    pub filter_all: String,
    #[serde(default)]
    pub filter_movies: String,
    #[serde(default)]
    pub filter_tv: String,
    #[serde(default)]
    pub filter_music: String,
    #[serde(default)]
    pub filter_photos: String,
    #[serde(default)]
    pub device_ids: Vec<String>,
}

/// A player. `address` is what the server sees; `location` is lan, wan or cellular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    pub machine_id: String,
    pub title: String,
    pub product: String,
    pub version: String,
    pub platform: String,
    pub platform_version: String,
    pub device: String,
    pub model: String,
    pub vendor: String,
    pub profile: String,
    pub user_id: u64,
    pub address: String,
    pub public_address: String,
    pub location: String,
    #[serde(default)]
    pub relayed: bool,
    #[serde(default = "yes")]
    pub secure: bool,
    #[serde(default = "yes")]
    pub local: bool,
    #[serde(default)]
    pub device_class: String,
}

/// The media server itself. `token` is the owner's server token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    pub machine_id: String,
    pub name: String,
    pub version: String,
    pub platform: String,
    pub platform_version: String,
    pub public_address: String,
    pub lan_address: String,
    pub token: String,
    pub owner_username: String,
    pub owner_email: String,
    pub created_at: i64,
    pub updated_at: i64,
}
