//! What a show, a season, an artist or an album consists of, and what is in a collection or a playlist.

use super::library_item::is_library_key;
use super::{MediaServer, item};
use crate::error::PlexError;
use crate::http::{Ask, METADATA_LIMIT};
use tautulli_domain::media::ItemSnapshot;

/// More parts than anything has.
const MOST: usize = 5_000;

impl MediaServer {
    /// The rating keys of all episodes or tracks below an item, in the server's order, at most 5,000; `None` where the
    /// library has no such item. An item without parts has none.
    pub async fn leaf_keys(&self, rating_key: &str) -> Result<Option<Vec<String>>, PlexError> {
        let leaves = self.leaves(rating_key).await?;
        Ok(leaves.map(|leaves| leaves.into_iter().map(|leaf| leaf.rating_key).collect()))
    }

    /// The same as the list tells them: without what only their own pages know.
    pub async fn leaves(&self, rating_key: &str) -> Result<Option<Vec<ItemSnapshot>>, PlexError> {
        self.members(rating_key, &format!("/library/metadata/{rating_key}/allLeaves")).await
    }

    /// What is in a collection, in the server's order, at most 5,000; `None` where the library has no such collection.
    pub async fn in_collection(&self, rating_key: &str) -> Result<Option<Vec<ItemSnapshot>>, PlexError> {
        self.members(rating_key, &format!("/library/collections/{rating_key}/children")).await
    }

    /// What is in a playlist of the server's owner.
    pub async fn in_playlist(&self, rating_key: &str) -> Result<Option<Vec<ItemSnapshot>>, PlexError> {
        self.members(rating_key, &format!("/playlists/{rating_key}/items")).await
    }

    async fn members(&self, rating_key: &str, path: &str) -> Result<Option<Vec<ItemSnapshot>>, PlexError> {
        if !is_library_key(rating_key) {
            return Ok(None);
        }
        let Some(container) = self.list(Ask::get(path).limit(METADATA_LIMIT)).await? else { return Ok(None) };
        let items = container.items().map(|node| item::read(node, &container));
        Ok(Some(items.filter(|item| is_library_key(&item.rating_key)).take(MOST).collect()))
    }
}
