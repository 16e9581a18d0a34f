//! The last play of a user, a library or an address, as tables tell it.

use crate::graph::{Decision, Record, lower};
use serde::Deserialize;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LastPlay {
    pub(crate) row_id: i64,
    pub(crate) decision: Option<Decision>,
    pub(crate) item: Item,
    pub(crate) player: Player,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Player {
    pub(crate) address: Option<String>,
    pub(crate) platform: Option<String>,
    pub(crate) title: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Item {
    pub(crate) content_rating: Option<String>,
    pub(crate) full_title: String,
    pub(crate) guid: Option<String>,
    pub(crate) index: Option<i64>,
    pub(crate) kind: String,
    pub(crate) labels: Vec<String>,
    pub(crate) live: bool,
    pub(crate) originally_available_at: Option<String>,
    pub(crate) parent_index: Option<i64>,
    pub(crate) parent_title: Option<String>,
    pub(crate) parent_thumb: Option<String>,
    pub(crate) poster: Option<String>,
    pub(crate) rating_key: Option<String>,
    pub(crate) year: Option<i64>,
}

/// What stands in place of a last play where there is none.
pub(crate) fn put_nothing(record: &mut Record, keys: &[&str]) {
    for key in keys {
        record.put(key, serde_json::Value::Null);
    }
}

impl Item {
    /// Picture and place: `parent_title` and what follows it in every table.
    pub(crate) fn put_place(&self, record: &mut Record) {
        record.text("parent_title", self.parent_title.clone());
        record.number("year", self.year);
        record.number("media_index", self.index);
        record.number("parent_media_index", self.parent_index);
    }

    pub(crate) fn put_identity(&self, record: &mut Record) {
        record.flag("live", self.live);
        record.text("originally_available_at", self.originally_available_at.clone());
        record.text("guid", self.guid.clone());
    }

    /// The picture of an episode is its season's, which a live one has not.
    pub(crate) fn picture(&self) -> Option<String> {
        if self.kind == "EPISODE" { self.parent_thumb.clone() } else { self.poster.clone() }
    }

    pub(crate) fn media_type(&self) -> String {
        lower(&self.kind)
    }
}
