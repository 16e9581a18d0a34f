//! Who played what on which device, as the schema tells it of plays and of running streams alike.

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct User {
    pub(super) account_id: i64,
    pub(super) friendly_name: String,
    #[serde(default)]
    pub(super) is_stranger: bool,
    pub(super) thumb: Option<String>,
    pub(super) username: String,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Item {
    pub(super) duration: Option<i64>,
    pub(super) full_title: String,
    pub(super) grandparent_rating_key: Option<String>,
    pub(super) grandparent_thumb: Option<String>,
    pub(super) grandparent_title: Option<String>,
    pub(super) guid: Option<String>,
    pub(super) index: Option<i64>,
    pub(super) kind: String,
    pub(super) live: bool,
    pub(super) original_title: Option<String>,
    pub(super) originally_available_at: Option<String>,
    pub(super) parent_index: Option<i64>,
    pub(super) parent_rating_key: Option<String>,
    pub(super) parent_thumb: Option<String>,
    pub(super) parent_title: Option<String>,
    pub(super) poster: Option<String>,
    pub(super) rating_key: Option<String>,
    pub(super) section_id: Option<i64>,
    pub(super) title: Option<String>,
    pub(super) year: Option<i64>,
}

impl Item {
    /// The picture of an episode is its season's or its show's, never its own: a live one may have neither.
    pub(super) fn picture(&self) -> Option<String> {
        if self.kind == "EPISODE" {
            self.parent_thumb.clone().or_else(|| self.grandparent_thumb.clone())
        } else {
            self.poster.clone()
        }
    }
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Player {
    pub(super) address: Option<String>,
    pub(super) location: String,
    pub(super) machine_id: Option<String>,
    pub(super) platform: Option<String>,
    pub(super) product: Option<String>,
    pub(super) relayed: bool,
    pub(super) secure: Option<bool>,
    pub(super) title: Option<String>,
}
