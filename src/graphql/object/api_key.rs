//! A key for programs. Its text is shown once, when it is made.

use super::enums::{KeyScope, Role};
use crate::graphql::node::{NodeKind, encode};
use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, Utc};
use tautulli_domain::LibraryId;
use tautulli_services::access::IssuedKey;

/// A key for programs.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct ApiKey {
    /// Its id here.
    id: ID,
    /// What it is for.
    name: String,
    /// How its text begins, to tell keys apart.
    prefix: String,
    /// What it may do.
    role: Role,
    /// Whose plays a guest's key sees.
    user_id: Option<ID>,
    /// What it may be used for.
    scope: KeyScope,
    /// The only libraries that it knows of; absent where it is not limited to some.
    library_ids: Option<Vec<ID>>,
    /// When it was made.
    created_at: DateTime<Utc>,
    /// When it was used last, to the minute.
    last_used_at: Option<DateTime<Utc>>,
    /// When it was ended.
    revoked_at: Option<DateTime<Utc>>,
}

impl From<IssuedKey> for ApiKey {
    fn from(key: IssuedKey) -> Self {
        let IssuedKey {
            id,
            name,
            prefix,
            role,
            user_id,
            scope,
            libraries,
            created_at,
            last_used_at,
            revoked_at,
        } = key;
        let encoded = |ids: Vec<LibraryId>| ids.into_iter().map(|id| encode(NodeKind::Library, id)).collect();
        Self {
            id: encode(NodeKind::ApiKey, id),
            name,
            prefix,
            role: role.into(),
            user_id: user_id.map(|user| encode(NodeKind::User, user)),
            scope: scope.into(),
            library_ids: libraries.map(encoded),
            created_at,
            last_used_at,
            revoked_at,
        }
    }
}
