//! The server's libraries and how much is in them.

use super::MediaServer;
use crate::error::{PlexError, Problem};
use crate::http::Ask;
use crate::wire::Node;
use futures_util::{StreamExt, TryStreamExt, stream};
use tautulli_domain::media::MediaKind;
use tautulli_domain::server::ObservedLibrary;

/// How many libraries are counted at the same time.
const AT_ONCE: usize = 4;

/// Plex's numbers of item kinds, for the counts of items, of their children and of theirs.
fn counted(kind: MediaKind) -> &'static [u8] {
    match kind {
        MediaKind::Movie => &[1],
        MediaKind::Show => &[2, 3, 4],
        MediaKind::Artist => &[8, 9, 10],
        MediaKind::Photo => &[14, 13, 12],
        _ => &[],
    }
}

impl MediaServer {
    /// Every library, counted. A library that cannot be counted has no counts.
    pub async fn libraries(&self) -> Result<Vec<ObservedLibrary>, PlexError> {
        let container = self.container(&Ask::get("/library/sections")).await?;
        let listed: Vec<ObservedLibrary> = container.items().filter_map(read).collect();
        stream::iter(listed).map(|library| self.count(library)).buffered(AT_ONCE).try_collect().await
    }

    async fn count(&self, mut library: ObservedLibrary) -> Result<ObservedLibrary, PlexError> {
        let mut counts = [None; 3];
        for (count, kind) in counts.iter_mut().zip(counted(library.kind)) {
            *count = match self.total(library.section_id, *kind).await {
                Ok(total) => total,
                Err(error) if error.problem() == Problem::TokenRefused => return Err(error),
                Err(error) => {
                    tracing::debug!(
                        ?error,
                        section = library.section_id,
                        kind,
                        "a library could not be counted"
                    );
                    None
                }
            };
        }
        [library.count, library.parent_count, library.child_count] = counts;
        Ok(library)
    }

    /// How many items of a kind a section has: a page of none tells the total.
    async fn total(&self, section: i64, kind: u8) -> Result<Option<i64>, PlexError> {
        let ask = Ask::get(format!("/library/sections/{section}/all"))
            .query("type", kind)
            .query("X-Plex-Container-Start", 0)
            .query("X-Plex-Container-Size", 0);
        let page = self.container(&ask).await?;
        Ok(page.int("totalSize").or_else(|| page.int("size")))
    }
}

/// A section; `None` without a numeric key.
pub(super) fn read(node: &Node) -> Option<ObservedLibrary> {
    Some(ObservedLibrary {
        section_id: node.int("key")?,
        name: node.text("title"),
        kind: MediaKind::parse(node.get("type")?),
        agent: node.text("agent"),
        thumb: node.text("thumb"),
        art: node.text("art"),
        ..ObservedLibrary::default()
    })
}
