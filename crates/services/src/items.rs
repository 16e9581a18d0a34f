//! Items as they were last seen.

use tautulli_db::Database;
use tautulli_db::items::Item;
use tautulli_domain::{ItemId, Result, ServerId};

/// The items that we have seen played.
#[derive(Debug, Clone)]
pub struct Items {
    database: Database,
}

impl Items {
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    pub async fn by_ids(&self, ids: &[ItemId]) -> Result<Vec<Item>> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::items::by_ids(&mut conn, ids).await?)
    }

    /// The item that a server calls by this key now. Keys are recycled: prefer the guid.
    pub async fn by_rating_key(&self, server: ServerId, key: &str) -> Result<Option<Item>> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::items::by_rating_key(&mut conn, server, key).await?)
    }

    pub async fn by_guid(&self, server: ServerId, guid: &str) -> Result<Option<Item>> {
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::items::by_guid(&mut conn, server, guid).await?)
    }
}
