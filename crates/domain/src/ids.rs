//! Typed ids, so that a user's id never lands where a play's belongs.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )+};
}

row_id! {
    /// A media server that we watch (row id).
    ServerId,
    /// A user of one media server (row id; what the legacy API calls `row_id` of a user).
    UserId,
    /// A library of one media server (row id).
    LibraryId,
    /// An item's lasting identity: server + guid (row id).
    ItemId,
    /// A finished play (row id; the legacy `row_id`).
    PlayId,
    /// A group of plays: one viewing resumed (the legacy `reference_id`).
    GroupId,
    /// An account that signs in here.
    AccountId,
    /// An API key.
    ApiKeyId,
    /// An edit of the past.
    RevisionId,
}

/// A session's id, and the id of the play it becomes: given at the first observation, so a play can be written only once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub Uuid);

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
