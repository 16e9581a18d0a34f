//! Addresses of pictures that only this service can make: what they stand for, and a code over it.

use super::{Picture, is_usable};
use crate::Entropy;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use tautulli_db::Database;
use tautulli_domain::{Error, Result};

const KEY: usize = 64;
/// Beside the settings, and none of them: nobody is shown it.
const KEPT_AS: &str = "_image_key";

/// Half of the code is enough against guessing, and keeps addresses short.
const CODE: usize = 16;
/// Longer ones were not made here.
const MAX_SEALED: usize = 4_000;

/// Closes and opens addresses with one key.
#[derive(Clone)]
pub struct Seal(Hmac<Sha256>);

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    pub fn new(key: [u8; KEY]) -> Self {
        Self(Hmac::<Sha256>::new(&key.into()))
    }

    /// The seal of this database: its key is made once, and every replica finds the same one.
    pub async fn of(database: &Database, entropy: &Entropy, now: DateTime<Utc>) -> Result<Self> {
        let fresh = json!(hex::encode(entropy.bytes::<KEY>()));
        let mut conn = database.conn().await?;
        let stored = tautulli_db::settings::store_first(&mut conn, KEPT_AS, &fresh, now).await?;
        let mut key = [0; KEY];
        hex::decode_to_slice(stored.as_str().unwrap_or_default(), &mut key).map_err(Error::internal)?;
        Ok(Self::new(key))
    }

    /// The same picture has the same address as long as the key stays.
    pub(super) fn close(&self, picture: &Picture) -> String {
        let text = serde_json::to_vec(picture).unwrap_or_default();
        let code = self.0.clone().chain_update(&text).finalize().into_bytes();
        let code = code.get(..CODE).unwrap_or_default();
        format!("{}.{}", URL_SAFE_NO_PAD.encode(&text), URL_SAFE_NO_PAD.encode(code))
    }

    pub(super) fn open(&self, sealed: &str) -> Option<Picture> {
        if sealed.len() > MAX_SEALED {
            return None;
        }
        let (text, code) = sealed.split_once('.')?;
        let text = URL_SAFE_NO_PAD.decode(text).ok()?;
        let code = URL_SAFE_NO_PAD.decode(code).ok()?;
        if code.len() != CODE || self.0.clone().chain_update(&text).verify_truncated_left(&code).is_err() {
            return None;
        }
        let picture: Picture = serde_json::from_slice(&text).ok()?;
        is_usable(&picture.source).then_some(picture)
    }
}
