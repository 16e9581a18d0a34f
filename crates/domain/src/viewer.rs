//! Who asks, and what they may see. Decided here once; every boundary asks the same questions.

use crate::{AccountId, ApiKeyId, LibraryId, ServerId, UserId};
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

/// What a key may be used for. Whoever signs in with a password may do all that their role allows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Whatever the role allows.
    #[default]
    Full,
    /// Reading, and changing nothing.
    Reading,
    /// What is watched now, and nothing else.
    Activity,
}

impl Scope {
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Reading => "reading",
            Self::Activity => "activity",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        [Self::Full, Self::Reading, Self::Activity].into_iter().find(|scope| scope.name() == name)
    }
}

/// What a viewer may see.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Sight {
    role: Role,
    user: Option<(ServerId, UserId)>,
    scope: Scope,
    libraries: Option<Vec<LibraryId>>,
}

/// Someone who may ask. Whoever proved nothing is no viewer at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Viewer {
    pub role: Role,
    pub credential: Credential,
    /// Whose plays a guest may see.
    pub user: Option<(ServerId, UserId)>,
    pub scope: Scope,
    /// The only libraries that may be seen, where a key is limited to some.
    pub libraries: Option<Vec<LibraryId>>,
}

impl Viewer {
    /// An administrator without limits, who sees everything.
    pub fn is_admin(&self) -> bool {
        self.is_of_admin() && self.libraries.is_none() && self.scope != Scope::Activity
    }

    /// Whether the role is an administrator's: all users may be seen, within the limits of the key.
    pub fn is_of_admin(&self) -> bool {
        self.role == Role::Admin
    }

    /// Whether an administrator's changes may be made.
    pub fn may_change(&self) -> bool {
        self.is_admin() && self.scope == Scope::Full
    }

    /// Whether anything but what is watched now may be seen.
    pub fn may_read(&self) -> bool {
        self.scope != Scope::Activity
    }

    /// Whether this is the user that a guest is.
    pub fn is_own(&self, user: Option<UserId>) -> bool {
        self.user.is_some_and(|(_, own)| Some(own) == user)
    }

    /// Whether a user may be named.
    pub fn may_name(&self, user: UserId) -> bool {
        self.is_of_admin() || self.is_own(Some(user))
    }

    /// Whether a library lies within the limits. What belongs to no library lies outside of any.
    pub fn may_enter(&self, library: Option<LibraryId>) -> bool {
        let Some(libraries) = &self.libraries else { return true };
        library.is_some_and(|library| libraries.contains(&library))
    }

    /// Whether a running session may be seen.
    pub fn may_watch(&self, user: Option<UserId>, library: Option<LibraryId>) -> bool {
        (self.is_of_admin() || self.is_own(user)) && self.may_enter(library)
    }

    /// Whether a finished play may be seen.
    pub fn may_see(&self, user: UserId, library: Option<LibraryId>) -> bool {
        self.may_read() && self.may_watch(Some(user), library)
    }

    /// What this viewer may see: two of the same sight see the same, whoever they are.
    pub fn sight(&self) -> Sight {
        let Self { role, credential: _, user, scope, libraries } = self;
        Sight { role: *role, user: *user, scope: *scope, libraries: libraries.clone() }
    }

    pub fn name(&self) -> &str {
        match &self.credential {
            Credential::Session { name, .. } | Credential::ApiKey { name, .. } => name,
            Credential::EnvironmentKey => "environment",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(role: Role, scope: Scope, libraries: Option<&[i64]>) -> Viewer {
        let libraries = libraries.map(|ids| ids.iter().copied().map(LibraryId).collect());
        let user = (role == Role::Guest).then_some((ServerId(1), UserId(7)));
        Viewer { role, credential: Credential::EnvironmentKey, user, scope, libraries }
    }

    #[test]
    fn limits_take_away_and_never_give() {
        let library = |id: i64| Some(LibraryId(id));
        let full = key(Role::Admin, Scope::Full, None);
        assert!(full.is_admin() && full.may_change() && full.may_see(UserId(1), None));
        let reading = key(Role::Admin, Scope::Reading, None);
        assert!(reading.is_admin() && !reading.may_change());
        let watching = key(Role::Admin, Scope::Activity, None);
        assert!(
            !watching.is_admin()
                && watching.may_watch(None, None)
                && !watching.may_see(UserId(1), library(1))
        );
        let limited = key(Role::Admin, Scope::Full, Some(&[2]));
        assert!(!limited.is_admin() && !limited.may_change());
        assert!(limited.may_see(UserId(1), library(2)) && limited.may_watch(None, library(2)));
        assert!(!limited.may_see(UserId(1), library(3)) && !limited.may_watch(None, None));
        let guest = key(Role::Guest, Scope::Full, Some(&[2]));
        assert!(guest.may_see(UserId(7), library(2)) && !guest.may_see(UserId(7), library(1)));
        assert!(!guest.may_see(UserId(8), library(2)) && !guest.may_name(UserId(8)));
        assert_ne!(limited.sight(), full.sight());
    }

    #[test]
    fn scopes_come_back() {
        for scope in [Scope::Full, Scope::Reading, Scope::Activity] {
            assert_eq!(Scope::parse(scope.name()), Some(scope));
        }
        assert_eq!(Scope::parse("everything"), None);
    }
}
