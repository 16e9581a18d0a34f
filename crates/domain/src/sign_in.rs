//! An entry of the log of sign-ins.

use chrono::{DateTime, Utc};

/// Someone came in, or tried to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    pub row_id: i64,
    pub at: DateTime<Utc>,
    /// The plex.tv account; none for accounts of this service alone.
    pub account_id: Option<i64>,
    pub name: String,
    /// As what: admin or guest; empty where nobody has that name.
    pub role: String,
    pub address: String,
    /// The address that was called; empty where it was not noted.
    pub host: String,
    /// What the browser said of itself.
    pub agent: Option<String>,
    pub success: bool,
    /// Until when what was opened is open; none if it is no more.
    pub expires_at: Option<DateTime<Utc>>,
}
