//! Rows of an imported installation that stand for nothing here, and that legacy clients list all the same.

use super::library::Pictures;
use super::user::shown_name;
use crate::graph::{Record, user_thumb};
use crate::table::Fields;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct StrayUser {
    pub(crate) row_id: i64,
    pub(crate) username: String,
    pub(crate) friendly_name: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) picture: Option<String>,
    #[serde(default)]
    pub(crate) thumb: Option<String>,
    pub(crate) is_active: bool,
    pub(crate) do_notify: bool,
    pub(crate) keep_history: bool,
    pub(crate) allow_guest: bool,
    pub(crate) deleted: bool,
}

impl StrayUser {
    pub(crate) fn name(&self) -> String {
        shown_name(self.friendly_name.as_deref().unwrap_or_default(), &self.username)
    }

    /// As `get_users` tells it.
    pub(crate) fn listed(self) -> Value {
        json!({
            "row_id": self.row_id,
            "user_id": null,
            "friendly_name": self.name(),
            "username": self.username,
            "thumb": self.picture,
            "email": self.email,
            "is_active": u8::from(self.is_active),
            "is_admin": 0,
            "is_home_user": null,
            "is_allow_sync": null,
            "is_restricted": null,
            "do_notify": u8::from(self.do_notify),
            "keep_history": u8::from(self.keep_history),
            "allow_guest": u8::from(self.allow_guest),
            "shared_libraries": [],
            "filter_all": null,
            "filter_movies": null,
            "filter_tv": null,
            "filter_music": null,
            "filter_photos": null,
        })
    }

    /// As `get_users_table` tells it; `absent` are the columns of a play.
    pub(crate) fn row(self, absent: &[&str]) -> Fields {
        let mut record = Record::default();
        record.put("row_id", self.row_id);
        record.put("user_id", Value::Null);
        record.put("friendly_name", self.name());
        record.put("username", self.username);
        record.put("title", self.title);
        record.put("email", self.email);
        record.put("user_thumb", user_thumb(self.picture.filter(|picture| !picture.is_empty())));
        record.put(super::get_users_table::OWN_THUMB, self.thumb);
        record.put("plays", 0);
        record.put("duration", 0);
        record.put("last_seen", Value::Null);
        super::played::put_nothing(&mut record, absent);
        record.flag("do_notify", self.do_notify);
        record.flag("keep_history", self.keep_history);
        record.flag("allow_guest", self.allow_guest);
        record.flag("is_active", self.is_active);
        record.into_fields()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct StrayLibrary {
    pub(crate) row_id: i64,
    pub(crate) machine_id: String,
    pub(crate) section_id: Option<i64>,
    pub(crate) name: Option<String>,
    pub(crate) word: Option<String>,
    pub(crate) agent: Option<String>,
    #[serde(flatten)]
    pub(crate) pictures: Pictures,
    pub(crate) count: Option<String>,
    pub(crate) parent_count: Option<i64>,
    pub(crate) child_count: Option<i64>,
    pub(crate) is_active: bool,
    pub(crate) do_notify: bool,
    pub(crate) do_notify_created: bool,
    pub(crate) keep_history: bool,
    pub(crate) deleted: bool,
}

impl StrayLibrary {
    /// As `get_library_names` tells it.
    pub(crate) fn named(self) -> Value {
        json!({
            "section_id": self.section_id,
            "section_name": self.name,
            "section_type": self.word,
            "agent": self.agent,
        })
    }

    /// A number, or the text that stands in its place.
    pub(crate) fn counted(&self) -> Value {
        match self.count.as_deref().map(|count| (count, count.parse::<i64>())) {
            None => Value::Null,
            Some((_, Ok(number))) => number.into(),
            Some((text, Err(_))) => text.into(),
        }
    }
}
