//! Who asks, and what they may see. Decided here once; every boundary asks the same questions.

use crate::{AccountId, ApiKeyId, ServerId, UserId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Everything.
    Admin,
    /// A Plex user who sees their own plays and what is shared with them.
    Guest,
}

impl Role {
    pub fn name(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Guest => "guest",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "admin" => Some(Self::Admin),
            "guest" => Some(Self::Guest),
            _ => None,
        }
    }
}

/// How the viewer proved who they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credential {
    /// A browser session.
    Session { account_id: AccountId, name: String },
    /// An API key.
    ApiKey { id: ApiKeyId, name: String },
    /// The key given in the environment (`TAUTULLI_API_KEY`).
    EnvironmentKey,
}

/// What a viewer may see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sight {
    role: Role,
    user: Option<(ServerId, UserId)>,
}

/// Someone who may ask. Whoever proved nothing is no viewer at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub role: Role,
    pub credential: Credential,
    /// Whose plays a guest may see.
    pub user: Option<(ServerId, UserId)>,
}

impl Viewer {
    pub fn is_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// Whether plays and sessions of `user` may be seen.
    pub fn may_see(&self, user: Option<UserId>) -> bool {
        self.is_admin() || self.user.is_some_and(|(_, own)| Some(own) == user)
    }

    /// What this viewer may see: two of the same sight see the same, whoever they are.
    pub fn sight(&self) -> Sight {
        Sight { role: self.role, user: self.user }
    }

    pub fn name(&self) -> &str {
        match &self.credential {
            Credential::Session { name, .. } | Credential::ApiKey { name, .. } => name,
            Credential::EnvironmentKey => "environment",
        }
    }
}
