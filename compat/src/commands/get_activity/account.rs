//! Who plays.

use crate::graph::{Record, user_thumb};
use serde::Deserialize;
use serde_json::Value;

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Account {
    account_id: i64,
    allow_guest: bool,
    deleted: bool,
    email: Option<String>,
    friendly_name: String,
    is_active: bool,
    is_admin: bool,
    is_allow_sync: bool,
    is_home_user: bool,
    is_restricted: bool,
    keep_history: bool,
    row_id: i64,
    shared_sections: Vec<i64>,
    thumb: Option<String>,
    username: String,
}

impl Account {
    /// Someone whom plex.tv has not told of yet.
    fn named(name: String) -> Self {
        let (is_active, keep_history) = (true, true);
        Self { username: name.clone(), friendly_name: name, is_active, keep_history, ..Self::default() }
    }
}

pub(super) fn put(record: &mut Record, account: Option<Account>, name: String) {
    let Account {
        account_id,
        allow_guest,
        deleted,
        email,
        friendly_name,
        is_active,
        is_admin,
        is_allow_sync,
        is_home_user,
        is_restricted,
        keep_history,
        row_id,
        shared_sections,
        thumb,
        username,
    } = account.unwrap_or_else(|| Account::named(name));
    record.put("row_id", row_id);
    record.put("user_id", account_id);
    record.put("username", username);
    record.put("friendly_name", friendly_name);
    record.put("user_thumb", user_thumb(thumb));
    record.text("email", email);
    record.flag("is_active", is_active);
    record.flag("is_admin", is_admin);
    record.flag("is_home_user", is_home_user);
    record.flag("is_allow_sync", is_allow_sync);
    record.flag("is_restricted", is_restricted);
    // Notifications cannot be switched off for a user.
    record.put("do_notify", 1);
    record.flag("keep_history", keep_history);
    record.flag("deleted_user", deleted);
    record.flag("allow_guest", allow_guest);
    record.put("shared_libraries", shared_sections.iter().map(i64::to_string).collect::<Vec<_>>());
    record.put("last_seen", Value::Null);
}
