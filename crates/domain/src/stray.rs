//! Rows of an imported installation that stand for nothing here: users without an account, libraries of a server that was there
//! before. Legacy clients still list them.

/// A user without an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StrayUser {
    pub row_id: i64,
    pub username: String,
    pub custom_name: Option<String>,
    pub title: Option<String>,
    pub email: Option<String>,
    pub thumb: Option<String>,
    pub custom_thumb: Option<String>,
    pub is_active: bool,
    pub do_notify: bool,
    pub keep_history: bool,
    pub allow_guest: bool,
    pub deleted: bool,
}

/// A library of another server.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StrayLibrary {
    pub row_id: i64,
    /// Plex's identifier of the machine that had it.
    pub machine_id: String,
    pub section_id: Option<i64>,
    pub name: Option<String>,
    /// Plex's word for what it holds.
    pub kind: Option<String>,
    pub agent: Option<String>,
    pub thumb: Option<String>,
    pub custom_thumb: Option<String>,
    pub art: Option<String>,
    pub custom_art: Option<String>,
    /// As it was written: a number, or not.
    pub count: Option<String>,
    pub parent_count: Option<i64>,
    pub child_count: Option<i64>,
    pub is_active: bool,
    pub do_notify: bool,
    pub do_notify_created: bool,
    pub keep_history: bool,
    pub deleted: bool,
}
