//! Owns the arguments of the commands that need no type of their own.

use serde::Deserialize;
use serde_json::{Map, Value};

use crate::hub::Trouble;
use crate::playback::Preset;

fn yes() -> bool {
    true
}

fn one() -> u32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfSession {
    pub session: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Buffer {
    pub session: u64,
    #[serde(default = "one")]
    pub times: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seek {
    pub session: u64,
    pub offset: i64,
    #[serde(default = "yes")]
    pub notify: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stop {
    pub session: u64,
    pub offset: Option<i64>,
    #[serde(default = "yes")]
    pub notify: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StopAll {
    #[serde(default = "yes")]
    pub notify: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Progress {
    pub session: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Many {
    pub count: u64,
    pub decision: Option<Preset>,
    #[serde(default = "yes")]
    pub notify: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Terminate {
    pub session_id: String,
    #[serde(default)]
    pub reason: String,
}

#[derive(Deserialize)]
pub(super) struct ItemUpdate {
    pub rating_key: u64,
    #[serde(default = "yes")]
    pub notify: bool,
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ItemRemove {
    pub rating_key: u64,
    #[serde(default = "yes")]
    pub notify: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scan {
    #[serde(default = "first")]
    pub section_id: u64,
}

fn first() -> u64 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemoteAccess {
    pub up: bool,
    pub mapping_state: Option<String>,
    pub mapping_error: Option<String>,
    #[serde(default = "one")]
    pub repeat: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Pref {
    pub id: String,
    pub value: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ws {
    pub kind: Trouble,
    #[serde(default = "unit")]
    pub value: f64,
    #[serde(default = "playing", rename = "type")]
    pub message: String,
}

fn unit() -> f64 {
    1.0
}

fn playing() -> String {
    "playing".to_owned()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Emit {
    #[serde(rename = "type")]
    pub kind: String,
    pub array: Option<String>,
    pub entries: Option<Vec<Value>>,
    pub text: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Time {
    pub speed: Option<f64>,
    #[serde(default)]
    pub advance: f64,
}

#[derive(Deserialize)]
pub(super) struct UserUpdate {
    pub user: u64,
    #[serde(flatten)]
    pub fields: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApprovePin {
    pub pin: u64,
    pub user: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApproveCode {
    pub code: String,
    pub user: Option<u64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    pub last: Option<usize>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Full {
    #[serde(default)]
    pub full: bool,
}
