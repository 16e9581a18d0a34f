//! Who plays, and the road the stream takes (ACT-19).

use serde::{Deserialize, Serialize};

/// Where a player is, seen from the server. Everything that is not the local network counts as remote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Location {
    Lan,
    #[default]
    Wan,
    Cellular,
}

impl Location {
    /// Reads Plex's word; servers that say nothing are judged by whether the player is local.
    pub fn parse(word: &str, local: bool) -> Self {
        match word {
            "lan" => Self::Lan,
            "cellular" => Self::Cellular,
            "wan" => Self::Wan,
            _ if local => Self::Lan,
            _ => Self::Wan,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Lan => "lan",
            Self::Wan => "wan",
            Self::Cellular => "cellular",
        }
    }
}

/// The playing device. Empty text: Plex said nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Player {
    pub title: String,
    pub machine_id: String,
    pub device: String,
    pub model: String,
    pub vendor: String,
    pub platform: String,
    pub platform_version: String,
    pub product: String,
    pub version: String,
    pub profile: String,
    /// The address as the server sees it, without an IPv4-in-IPv6 prefix.
    pub address: String,
    pub public_address: String,
    pub local: bool,
    /// `None`: unknown.
    pub relayed: Option<bool>,
    /// `None`: unknown.
    pub secure: Option<bool>,
    pub location: Location,
    /// kbit/s reserved for this stream.
    pub bandwidth: Option<i64>,
}

impl Player {
    /// Relayed if Plex says so, else if a remote player comes from the loopback address (ACT-19).
    pub fn is_relayed(&self) -> bool {
        self.relayed.unwrap_or(self.location != Location::Lan && self.public_address == "127.0.0.1")
    }
}
