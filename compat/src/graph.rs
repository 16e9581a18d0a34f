//! Values of the schema that several commands read, and the legacy spelling of them.

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// What the server does to a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Decision {
    Burn,
    Copy,
    DirectPlay,
    Transcode,
}

impl Decision {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Burn => "burn",
            Self::Copy => "copy",
            Self::DirectPlay => "direct play",
            Self::Transcode => "transcode",
        }
    }

    /// The schema's name of a legacy word.
    pub(crate) fn name_of(word: &str) -> Option<&'static str> {
        match word {
            "direct play" => Some("DIRECT_PLAY"),
            "copy" => Some("COPY"),
            "transcode" => Some("TRANSCODE"),
            _ => None,
        }
    }
}

/// Kinds of items that can be played, as the schema names them and as legacy clients know them.
const KINDS: [&str; 5] = ["movie", "episode", "track", "clip", "photo"];

/// The schema's name of a legacy media type.
pub(crate) fn kind_named(word: &str) -> Option<String> {
    KINDS.contains(&word).then(|| word.to_uppercase())
}

/// The enums of the schema shout; legacy words do not.
pub(crate) fn lower(name: &str) -> String {
    name.to_lowercase()
}

pub(crate) fn seconds(at: Option<DateTime<Utc>>) -> Option<i64> {
    at.map(|at| at.timestamp())
}

/// Whole seconds of a length in milliseconds.
pub(crate) fn whole_seconds(milliseconds: i64) -> i64 {
    milliseconds.saturating_add(500).div_euclid(1000)
}

/// The usual arrangement of so many speakers.
pub(crate) fn layout_of(channels: i64) -> Option<&'static str> {
    match channels {
        1 => Some("Mono"),
        2 => Some("Stereo"),
        3 => Some("2.1"),
        4 => Some("3.1"),
        6 => Some("5.1"),
        7 => Some("6.1"),
        8 => Some("7.1"),
        _ => None,
    }
}

/// The picture of users who have none.
const NO_PICTURE: &str = "interfaces/default/images/gravatar-default-80x80.png";

pub(crate) fn user_thumb(thumb: Option<String>) -> String {
    thumb.unwrap_or_else(|| NO_PICTURE.to_owned())
}

/// A record in the making, in the order of the calls.
#[derive(Debug, Default)]
pub(crate) struct Record(Map<String, Value>);

impl Record {
    /// With room for so many fields.
    pub(crate) fn sized(fields: usize) -> Self {
        Self(Map::with_capacity(fields))
    }

    pub(crate) fn put(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    /// Text; nothing is `""`.
    pub(crate) fn text(&mut self, key: &str, text: Option<impl Into<String>>) {
        self.put(key, text.map(Into::into).unwrap_or_default());
    }

    /// A number as text; nothing is `""`.
    pub(crate) fn digits(&mut self, key: &str, number: Option<i64>) {
        self.text(key, number.map(|n| n.to_string()));
    }

    /// A number as a number; nothing is `""`.
    pub(crate) fn number(&mut self, key: &str, number: Option<i64>) {
        self.put(key, number.map_or_else(|| json!(""), Value::from));
    }

    /// A rating key: a number unless it is none; nothing is `""`.
    pub(crate) fn key(&mut self, name: &str, key: Option<String>) {
        match key.as_deref().map(str::parse::<i64>) {
            Some(Ok(number)) => self.put(name, number),
            _ => self.text(name, key),
        }
    }

    /// 1 or 0.
    pub(crate) fn flag(&mut self, key: &str, flag: bool) {
        self.put(key, u8::from(flag));
    }

    /// 1 or `""`.
    pub(crate) fn mark(&mut self, key: &str, flag: bool) {
        self.number(key, flag.then_some(1));
    }

    pub(crate) fn decision(&mut self, key: &str, decision: Option<Decision>) {
        self.text(key, decision.map(Decision::word));
    }

    /// Puts other values in the places of fields that are there; what has no place is left.
    pub(crate) fn replace(&mut self, values: Map<String, Value>) {
        for (key, value) in values {
            if let Some(place) = self.0.get_mut(&key) {
                *place = value;
            }
        }
    }

    pub(crate) fn into_value(self) -> Value {
        Value::Object(self.0)
    }

    pub(crate) fn into_fields(self) -> Map<String, Value> {
        self.0
    }
}
