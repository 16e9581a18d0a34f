//! Media servers, libraries and users as we keep them.

use crate::media::MediaKind;
use crate::{LibraryId, ServerId, UserId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Plex's section number that stands for everything live.
pub const LIVE_TV_SECTION: i64 = 999_999;

/// How the connection to a media server is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkState {
    /// Not tried yet.
    #[default]
    Starting,
    /// The notification socket is open.
    Live,
    /// The socket is refused or silent and the session list is polled, or another replica watches this server.
    Polling,
    /// The server does not answer.
    Unreachable,
    /// The server refuses our token.
    TokenRefused,
}

/// The connection as last seen.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LinkStatus {
    pub state: LinkState,
    pub since: Option<DateTime<Utc>>,
    /// A sentence for users about what is wrong and what to do.
    pub problem: Option<String>,
    /// Frames and entries that could not be used since the start.
    pub skipped: u64,
}

/// A media server that we watch. The token never leaves the services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    pub id: ServerId,
    pub name: String,
    /// Plex's machine identifier; empty until the first contact.
    pub machine_id: String,
    pub url: String,
    pub verify_tls: bool,
    pub version: String,
    pub platform: String,
    pub plex_pass: bool,
    pub is_default: bool,
    /// Counts changes of how the server is reached.
    pub link_revision: i64,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
}

/// A user of one media server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub server_id: ServerId,
    /// The plex.tv account; 0 is the local user.
    pub account_id: i64,
    pub username: String,
    pub title: String,
    /// Chosen here; empty: the username stands.
    pub custom_name: String,
    pub email: String,
    pub thumb: String,
    /// Chosen here; empty: the account's own stands.
    pub custom_thumb: String,
    pub is_active: bool,
    pub is_admin: bool,
    pub is_home_user: bool,
    pub is_allow_sync: bool,
    pub is_restricted: bool,
    /// Whether plex.tv has ever told of the account.
    pub is_told: bool,
    pub do_notify: bool,
    pub keep_history: bool,
    pub allow_guest: bool,
    pub deleted: bool,
    /// Section numbers shared with the user.
    pub shared_sections: Vec<i64>,
    pub share_filters: ShareFilters,
}

/// Plex's filters of what is shared with a user, by kind of media.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ShareFilters {
    pub all: String,
    pub movies: String,
    pub tv: String,
    pub music: String,
    pub photos: String,
}

impl ShareFilters {
    /// Whether not everything of this kind is shared.
    pub fn narrow(&self, kind: MediaKind) -> bool {
        let own = match kind {
            MediaKind::Movie => &self.movies,
            MediaKind::Show | MediaKind::Season | MediaKind::Episode => &self.tv,
            MediaKind::Artist | MediaKind::Album | MediaKind::Track => &self.music,
            _ => &self.photos,
        };
        !(self.all.trim().is_empty() && own.trim().is_empty())
    }
}

/// What is chosen here about a user; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct UserChoices {
    pub custom_name: Option<String>,
    pub custom_thumb: Option<String>,
    pub do_notify: Option<bool>,
    pub keep_history: Option<bool>,
    pub allow_guest: Option<bool>,
}

/// What is chosen here about a library; what is absent stays.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LibraryChoices {
    pub custom_thumb: Option<String>,
    pub custom_art: Option<String>,
    pub do_notify: Option<bool>,
    pub do_notify_created: Option<bool>,
    pub keep_history: Option<bool>,
}

/// The chosen text, or what stands in its place.
fn chosen<'a>(custom: &'a str, own: &'a str) -> &'a str {
    if custom.is_empty() { own } else { custom }
}

impl User {
    /// Known from imported plays alone: neither plex.tv nor the media server has ever told of them.
    pub fn is_stranger(&self) -> bool {
        self.account_id != 0 && !self.is_told && !self.is_active && self.email.is_empty()
    }

    /// Whether plex.tv has told that the server is theirs, asked with the token that the service has for it.
    pub fn is_owner(&self) -> bool {
        self.is_admin && self.is_told && !self.deleted
    }

    /// Whether they may come in as a guest, where guests may.
    pub fn may_be_guest(&self) -> bool {
        self.allow_guest && self.is_active && !self.deleted
    }

    /// The name to show. Mere space is no name.
    pub fn friendly_name(&self) -> &str {
        [&self.custom_name, &self.username, &self.title]
            .into_iter()
            .find(|name| !name.trim().is_empty())
            .map_or("", String::as_str)
    }

    /// Address of the picture to show; empty if there is none.
    pub fn picture(&self) -> &str {
        chosen(&self.custom_thumb, &self.thumb)
    }
}

/// A user as plex.tv and the media server tell of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObservedAccount {
    pub account_id: i64,
    pub username: String,
    pub title: String,
    pub email: String,
    pub thumb: String,
    pub is_admin: bool,
    pub is_home_user: bool,
    pub is_allow_sync: bool,
    pub is_restricted: bool,
    pub shared_sections: Vec<i64>,
    pub server_token: String,
    pub filter_all: String,
    pub filter_movies: String,
    pub filter_tv: String,
    pub filter_music: String,
    pub filter_photos: String,
}

/// A library of one media server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Library {
    pub id: LibraryId,
    pub server_id: ServerId,
    pub section_id: i64,
    pub name: String,
    pub kind: MediaKind,
    pub agent: String,
    pub thumb: String,
    /// Chosen here; empty: the library's own stands.
    pub custom_thumb: String,
    pub art: String,
    /// Chosen here; empty: the library's own stands.
    pub custom_art: String,
    pub count: Option<i64>,
    pub parent_count: Option<i64>,
    pub child_count: Option<i64>,
    pub is_active: bool,
    pub do_notify: bool,
    pub do_notify_created: bool,
    pub keep_history: bool,
    pub deleted: bool,
}

impl Library {
    /// Address of the picture to show; empty if there is none.
    pub fn picture(&self) -> &str {
        chosen(&self.custom_thumb, &self.thumb)
    }

    /// Address of the background to show; empty if there is none.
    pub fn background(&self) -> &str {
        chosen(&self.custom_art, &self.art)
    }
}

/// A library as the media server tells of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ObservedLibrary {
    pub section_id: i64,
    pub name: String,
    pub kind: MediaKind,
    pub agent: String,
    pub thumb: String,
    pub art: String,
    pub count: Option<i64>,
    pub parent_count: Option<i64>,
    pub child_count: Option<i64>,
}

/// What a media server says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerIdentity {
    pub name: String,
    pub machine_id: String,
    pub version: String,
    pub platform: String,
    pub platform_version: String,
    pub plex_pass: bool,
}

/// A media server that plex.tv or another server knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KnownServer {
    pub name: String,
    pub machine_id: String,
    pub version: String,
    pub https_required: bool,
    /// Run by Plex's own machines.
    pub cloud: bool,
    /// Belongs to the account that asks.
    pub owned: bool,
    /// Where it may be reached, the nearest first.
    pub addresses: Vec<ServerAddress>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerAddress {
    pub uri: String,
    pub host: String,
    pub port: Option<u16>,
    pub local: bool,
}

/// A release of Plex Media Server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServerRelease {
    pub platform: String,
    pub version: String,
    /// Unix seconds.
    pub released_at: Option<i64>,
    pub requirements: String,
    pub extra_info: String,
    pub added: String,
    pub fixed: String,
    pub builds: Vec<ReleaseBuild>,
}

/// A file to install a release from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReleaseBuild {
    pub label: String,
    pub build: String,
    pub distro: String,
    pub url: String,
}

/// Something that was put on a device to be watched without a connection.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SyncedItem {
    pub sync_id: String,
    pub client_id: String,
    pub device: String,
    pub platform: String,
    pub account_id: Option<i64>,
    pub root_title: String,
    pub title: String,
    pub metadata_type: String,
    pub content_type: String,
    pub rating_key: String,
    pub state: String,
    pub failure: String,
    pub items: Option<i64>,
    pub items_complete: Option<i64>,
    pub items_downloaded: Option<i64>,
    /// kbit/s.
    pub video_bitrate: Option<i64>,
    pub audio_bitrate: Option<i64>,
    pub photo_quality: Option<i64>,
    pub video_quality: Option<i64>,
    /// Bytes.
    pub total_size: Option<i64>,
}

/// Where on earth an address is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct GeoLocation {
    pub city: String,
    /// ISO 3166-1.
    pub country_code: String,
    pub continent_code: String,
    pub country: String,
    pub latitude: Option<f64>,
    pub longitude: Option<f64>,
    pub postal_code: String,
    pub region: String,
    pub time_zone: String,
}
