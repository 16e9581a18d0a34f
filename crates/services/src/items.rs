//! Items as they were last seen, as far as a viewer may see them.

use crate::{LibrariesWanted, People};
use tautulli_db::Database;
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{ItemId, Result, ServerId};

pub use tautulli_db::items::Item;

/// The items that we have seen played.
#[derive(Debug, Clone)]
pub struct Items {
    database: Database,
    people: People,
}

/// How an item is looked for on a server.
#[derive(Debug, Clone)]
pub enum ItemKey {
    Guid(String),
    /// Servers recycle these: the item seen last under it.
    RatingKey(String),
}

impl Items {
    pub fn new(database: Database, people: People) -> Self {
        Self { database, people }
    }

    pub async fn by_ids(&self, viewer: &Viewer, ids: &[ItemId]) -> Result<Vec<Item>> {
        let mut conn = self.database.conn().await?;
        let items = tautulli_db::items::by_ids(&mut conn, ids).await?;
        drop(conn);
        self.visible(viewer, items).await
    }

    pub async fn find(&self, viewer: &Viewer, server: ServerId, key: &ItemKey) -> Result<Option<Item>> {
        let mut conn = self.database.conn().await?;
        let item = match key {
            ItemKey::Guid(guid) => tautulli_db::items::by_guid(&mut conn, server, guid).await?,
            ItemKey::RatingKey(key) => tautulli_db::items::by_rating_key(&mut conn, server, key).await?,
        };
        drop(conn);
        Ok(self.visible(viewer, item.into_iter().collect()).await?.pop())
    }

    /// A guest sees the items of the libraries that are shared with them, a limited key those of its libraries.
    async fn visible(&self, viewer: &Viewer, items: Vec<Item>) -> Result<Vec<Item>> {
        if viewer.is_admin() {
            return Ok(items);
        }
        if !viewer.may_read() {
            return Ok(Vec::new());
        }
        let shared = self.people.libraries(viewer, LibrariesWanted::default()).await?;
        let in_shared = |item: &Item| {
            let section = item.snapshot.section_id;
            shared.iter().any(|l| l.server_id == item.server_id && Some(l.section_id) == section)
        };
        Ok(items.into_iter().filter(in_shared).collect())
    }
}
