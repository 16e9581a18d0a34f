//! What a show, a season, an artist or an album consists of.

use super::MediaServer;
use super::library_item::is_library_key;
use crate::error::PlexError;
use crate::http::{Ask, METADATA_LIMIT};

/// More parts than anything has.
const MOST: usize = 5_000;

impl MediaServer {
    /// The rating keys of all episodes or tracks below an item, in the server's order, at most 5,000; `None` where the
    /// library has no such item. An item without parts has none.
    pub async fn leaf_keys(&self, rating_key: &str) -> Result<Option<Vec<String>>, PlexError> {
        if !is_library_key(rating_key) {
            return Ok(None);
        }
        let ask = Ask::get(format!("/library/metadata/{rating_key}/allLeaves")).limit(METADATA_LIMIT);
        let container = match self.container(&ask).await {
            Ok(container) => container,
            Err(error) if error.is_not_found() => return Ok(None),
            Err(error) => return Err(error),
        };
        let keys = container.items().map(|node| node.text("ratingKey"));
        Ok(Some(keys.filter(|key| is_library_key(key)).take(MOST).collect()))
    }
}
