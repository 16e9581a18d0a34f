//! API keys: whose they are, what they may do, and who comes with one.

use super::token::{self, ISSUED_KEY_PREFIX};
use super::{Access, MAX_NAME, digest, user_of};
use secrecy::{ExposeSecret, SecretString};
use tautulli_db::Conn;
use tautulli_db::access::{ApiKey, NewKey};
use tautulli_domain::viewer::{Credential, Role, Scope, Viewer};
use tautulli_domain::{ApiKeyId, Error, LibraryId, Result, UserId};

const MAX_KEYS: i64 = 1_000;
const MAX_LIBRARIES: usize = 200;

/// What a new key is to be.
#[derive(Debug, Clone)]
pub struct KeyWish {
    pub name: String,
    pub role: Role,
    /// Whose plays a guest's key sees.
    pub user: Option<UserId>,
    pub scope: Scope,
    /// The only libraries that it is to know of.
    pub libraries: Option<Vec<LibraryId>>,
}

impl Access {
    /// Who an API key belongs to; `None` for one that is unknown or revoked.
    pub async fn by_key(&self, key: &SecretString) -> Result<Option<Viewer>> {
        let digest = digest(key.expose_secret());
        if self.environment_key.is_some_and(|wanted| token::equal(&wanted, &digest)) {
            return Ok(Some(Viewer {
                role: Role::Admin,
                credential: Credential::EnvironmentKey,
                user: None,
                scope: Scope::Full,
                libraries: None,
            }));
        }
        let mut conn = self.database.conn().await?;
        let Some(found) = tautulli_db::access::by_key(&mut conn, &digest, self.clock.now()).await? else {
            return Ok(None);
        };
        let user = user_of(&mut conn, found.user_id).await?;
        Ok(Some(Viewer {
            role: found.role,
            credential: Credential::ApiKey { id: found.id, name: found.name },
            user,
            scope: found.scope,
            libraries: found.libraries,
        }))
    }

    /// Makes a key; its text is shown this once. A guest's key belongs to a user.
    pub async fn create_key(&self, wanted: &KeyWish) -> Result<(ApiKey, SecretString)> {
        let name = wanted.name.trim();
        if name.is_empty() || name.chars().count() > MAX_NAME {
            return Err(Error::invalid(format!("Give the key a name of 1 to {MAX_NAME} characters")));
        }
        if (wanted.role == Role::Guest) != wanted.user.is_some() {
            return Err(Error::invalid(
                "A guest's key needs a user, and an administrator's key must not have one",
            ));
        }
        let key = token::key(&self.entropy);
        let text = key.expose_secret();
        let prefix: String = text.chars().take(ISSUED_KEY_PREFIX.len() + 6).collect();
        let mut conn = self.database.conn().await?;
        if user_of(&mut conn, wanted.user).await?.is_none() && wanted.user.is_some() {
            return Err(Error::not_found("That user"));
        }
        if let Some(libraries) = &wanted.libraries {
            check_libraries(&mut conn, libraries).await?;
        }
        let new = NewKey {
            name,
            prefix: &prefix,
            digest: &digest(text),
            role: wanted.role,
            user: wanted.user,
            scope: wanted.scope,
            libraries: wanted.libraries.as_deref(),
        };
        let made = tautulli_db::access::add_key(&mut conn, &new, self.clock.now()).await?;
        Ok((made, key))
    }

    /// All keys, newest first.
    pub async fn keys(&self) -> Result<Vec<ApiKey>> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::access::keys(&mut conn, MAX_KEYS).await?)
    }

    /// Ends a key.
    pub async fn revoke_key(&self, id: ApiKeyId) -> Result<ApiKey> {
        let mut conn = self.database.conn().await?;
        let revoked = tautulli_db::access::revoke_key(&mut conn, id, self.clock.now()).await?;
        revoked.ok_or_else(|| Error::not_found("That key"))
    }
}

/// Every library that a key is limited to must be there, and a limit to none is a mistake.
async fn check_libraries(conn: &mut Conn, libraries: &[LibraryId]) -> Result<()> {
    if libraries.is_empty() || libraries.len() > MAX_LIBRARIES {
        return Err(Error::invalid(format!("Limit the key to between 1 and {MAX_LIBRARIES} libraries")));
    }
    let known = tautulli_db::libraries::by_ids(conn, libraries).await?;
    let is_known = |wanted: &LibraryId| known.iter().any(|library| library.id == *wanted);
    if libraries.iter().all(is_known) { Ok(()) } else { Err(Error::not_found("One of the libraries")) }
}
