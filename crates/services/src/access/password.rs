//! Passwords: hashed with Argon2id, never kept.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use secrecy::{ExposeSecret, SecretString};
use tautulli_domain::{Error, Result};

/// A hash that no password matches, so that unknown names take as long as known ones.
pub(super) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

pub(super) fn hash(password: &SecretString, salt: [u8; 16]) -> Result<String> {
    let hash = Argon2::default().hash_password_with_salt(password.expose_secret().as_bytes(), &salt);
    Ok(hash.map_err(Error::internal)?.to_string())
}

pub(super) fn matches(password: &SecretString, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| {
        Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_ok()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_matches() {
        let hashed = hash(&"correct horse".to_owned().into(), [7; 16]).unwrap();
        assert!(matches(&"correct horse".to_owned().into(), &hashed));
        assert!(!matches(&"correct house".to_owned().into(), &hashed));
        assert!(!matches(&String::new().into(), NOBODY));
        assert!(PasswordHash::new(NOBODY).is_ok(), "checking an unknown name must cost the same");
    }
}
