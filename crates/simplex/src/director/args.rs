//! Owns the arguments and answers of commands, under the names the admin endpoint takes.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::playback::{PlayKind, Preset};

/// How a player reaches the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Location {
    Lan,
    Wan,
    Cellular,
    Relay,
    Ipv6,
}

/// A playback to begin. Without an item, user or device one is chosen. Offsets in milliseconds, bandwidth in kbit/s.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Start {
    pub rating_key: Option<u64>,
    pub user: Option<u64>,
    pub device: Option<String>,
    pub decision: Preset,
    pub quality: Option<String>,
    pub decision_fields: Map<String, Value>,
    pub kind: PlayKind,
    pub offset: i64,
    pub media_index: usize,
    pub subtitle_stream: Option<u64>,
    pub location: Option<Location>,
    pub bandwidth: Option<i64>,
    pub relayed: Option<bool>,
    pub secure: Option<bool>,
    pub channel: usize,
    pub programme: Option<u64>,
    pub session_key: Option<u64>,
    pub notify: bool,
    pub buffering_first: bool,
    pub extra: Map<String, Value>,
}

impl Default for Start {
    fn default() -> Self {
        Self {
            rating_key: None,
            user: None,
            device: None,
            decision: Preset::default(),
            quality: None,
            decision_fields: Map::new(),
            kind: PlayKind::default(),
            offset: 0,
            media_index: 0,
            subtitle_stream: None,
            location: None,
            bandwidth: None,
            relayed: None,
            secure: None,
            channel: 0,
            programme: None,
            session_key: None,
            notify: true,
            buffering_first: false,
            extra: Map::new(),
        }
    }
}

impl Start {
    /// Plays an item.
    #[must_use]
    pub fn item(rating_key: u64) -> Self {
        Self { rating_key: Some(rating_key), ..Self::default() }
    }

    /// Watches what is on a channel, counted from 0.
    #[must_use]
    pub fn channel(channel: usize) -> Self {
        Self { channel, kind: PlayKind::Live, ..Self::default() }
    }

    #[must_use]
    pub fn user(self, user: u64) -> Self {
        Self { user: Some(user), ..self }
    }

    #[must_use]
    pub fn device(self, machine_id: impl Into<String>) -> Self {
        Self { device: Some(machine_id.into()), ..self }
    }

    #[must_use]
    pub fn decision(self, decision: Preset) -> Self {
        Self { decision, ..self }
    }

    #[must_use]
    pub fn kind(self, kind: PlayKind) -> Self {
        Self { kind, ..self }
    }

    #[must_use]
    pub fn at(self, offset: i64) -> Self {
        Self { offset, ..self }
    }

    #[must_use]
    pub fn from(self, location: Location) -> Self {
        Self { location: Some(location), ..self }
    }
}

/// What began.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Started {
    pub session_key: u64,
    pub session_id: String,
    pub rating_key: String,
    pub user_id: u64,
    pub device: String,
    /// The transcode session, empty for direct play.
    pub transcode: String,
}

/// What ended, and where, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stopped {
    pub offset: i64,
    pub rating_key: String,
}

fn yes() -> bool {
    true
}

/// Another delivery for a running session; `fields` change the preset.
#[derive(Debug, Clone, Deserialize)]
pub struct Change {
    pub session: u64,
    #[serde(default = "transcode")]
    pub decision: Preset,
    #[serde(default = "yes")]
    pub notify: bool,
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

fn transcode() -> Preset {
    Preset::Transcode
}

impl Change {
    #[must_use]
    pub fn new(session: u64, decision: Preset) -> Self {
        Self { session, decision, notify: true, fields: Map::new() }
    }
}

/// Another item under the same session key, as autoplaying clients do.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextItem {
    pub session: u64,
    pub rating_key: u64,
    #[serde(default = "yes")]
    pub notify: bool,
    /// Whether the old item is said to have stopped.
    #[serde(default)]
    pub say_stop: bool,
}

impl NextItem {
    #[must_use]
    pub fn new(session: u64, rating_key: u64) -> Self {
        Self { session, rating_key, notify: true, say_stop: false }
    }
}

/// A copy of an item, with its children, as a new library item.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ItemAdd {
    pub like: u64,
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub parent: Option<u64>,
    #[serde(default = "yes")]
    pub notify: bool,
    #[serde(default)]
    pub fields: Option<Map<String, Value>>,
}

impl ItemAdd {
    #[must_use]
    pub fn like(rating_key: u64) -> Self {
        Self { like: rating_key, title: None, parent: None, notify: true, fields: None }
    }
}

/// Which server a fault is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Target {
    #[default]
    Pms,
    Plextv,
}

/// A status code or hang, slow, malformed, truncated, empty, html, wrong-type, reset, nobody (a list without rows),
/// nonsense (well-formed, but nothing is what it should be).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub enum FaultMode {
    Status(u16),
    Named(String),
}

/// An HTTP fault. `path` is a regular expression found anywhere in the path; times in wall seconds.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    pub mode: FaultMode,
    #[serde(default = "anything")]
    pub path: String,
    #[serde(default)]
    pub count: Option<u64>,
    #[serde(default)]
    pub seconds: Option<f64>,
    #[serde(default = "five")]
    pub delay: f64,
    #[serde(default)]
    pub server: Target,
}

fn anything() -> String {
    ".*".to_owned()
}

fn five() -> f64 {
    5.0
}

impl Fault {
    /// A fault of the media server.
    #[must_use]
    pub fn new(mode: impl Into<String>, path: impl Into<String>) -> Self {
        Self {
            mode: FaultMode::Named(mode.into()),
            path: path.into(),
            count: None,
            seconds: None,
            delay: five(),
            server: Target::Pms,
        }
    }

    /// It goes after so many hits.
    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self { count: Some(count), ..self }
    }

    /// It goes after so many seconds of the wall.
    #[must_use]
    pub fn lasting(self, seconds: f64) -> Self {
        Self { seconds: Some(seconds), ..self }
    }

    /// It is plex.tv's.
    #[must_use]
    pub fn of_plextv(self) -> Self {
        Self { server: Target::Plextv, ..self }
    }
}

/// A restart; `seconds` of the wall between down and up.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Restart {
    pub seconds: f64,
    pub keep_sessions: bool,
    /// Whether session keys count from 1 again.
    pub reset_keys: bool,
    pub version: Option<String>,
}

impl Default for Restart {
    fn default() -> Self {
        Self { seconds: 1.0, keep_sessions: false, reset_keys: true, version: None }
    }
}

/// Settings of the simulation itself; what is absent stays. `ping` in wall seconds, `interval` in simulated ones.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    pub interval: Option<f64>,
    pub auto_end: Option<bool>,
    pub numeric_ids: Option<bool>,
    pub ping: Option<f64>,
}

/// A new version of the server, as its updater and plex.tv tell.
#[derive(Debug, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct UpdateNotice {
    pub version: String,
    pub can_install: bool,
    pub state: String,
    pub fixed: String,
}

impl Default for UpdateNotice {
    fn default() -> Self {
        Self {
            version: "1.43.0.10467-2b1ba6e69".to_owned(),
            can_install: false,
            state: "available".to_owned(),
            fixed: "(Playback) Fixed <a> & \"b\"\nSecond line".to_owned(),
        }
    }
}
