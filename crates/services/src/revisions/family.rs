//! A show or artist with all its parts, as the history knows them and as the server has them now: both sides of a new match
//! (HIS-15).

use super::Revisions;
use std::collections::BTreeSet;
use tautulli_db::revisions::{root_above, snapshots_under};
use tautulli_domain::media::ItemSnapshot;
use tautulli_domain::{Result, ServerId};

/// More versions of an item's parts than any history has.
const MOST: i64 = 20_000;

impl Revisions {
    /// The parts that were played of what the item belongs to, each as it was written last, the newest first.
    pub async fn played_family(&self, server: ServerId, rating_key: &str) -> Result<Vec<ItemSnapshot>> {
        let mut conn = self.database.conn().await?;
        let root = root_above(&mut conn, server, rating_key).await?;
        let known = snapshots_under(&mut conn, server, &root, MOST).await?;
        let mut seen = BTreeSet::new();
        let newest = known.into_iter().rev().map(|(_, item)| item);
        Ok(newest.filter(|item| seen.insert(item.rating_key.clone())).collect())
    }

    /// What is in a collection or a playlist now; nothing where the server has none of that key.
    pub async fn members(
        &self,
        server: ServerId,
        rating_key: &str,
        playlist: bool,
    ) -> Result<Vec<ItemSnapshot>> {
        let plex = self.servers.client(server).await?;
        let found = match playlist {
            true => plex.in_playlist(rating_key).await?,
            false => plex.in_collection(rating_key).await?,
        };
        Ok(found.unwrap_or_default())
    }

    /// The parts that the server has of what the item belongs to, in the server's order; none where it has no such item.
    pub async fn family(&self, server: ServerId, rating_key: &str) -> Result<Vec<ItemSnapshot>> {
        let plex = self.servers.client(server).await?;
        let Some(item) = plex.item(rating_key).await?.map(|item| item.snapshot) else {
            return Ok(Vec::new());
        };
        let above = [&item.grandparent_rating_key, &item.parent_rating_key, &item.rating_key];
        let root = above.into_iter().find(|key| !key.is_empty()).cloned().unwrap_or_default();
        if item.kind.is_recorded() && root == item.rating_key {
            return Ok(vec![item]);
        }
        Ok(plex.leaves(&root).await?.unwrap_or_default())
    }
}
