//! Lists of items: what is in a library, in another item, in a collection or a playlist; what is new; what a search finds.

use super::library_item::{is_library_key, read};
use super::tracks::Choice;
use super::{MediaServer, item};
use crate::error::PlexError;
use crate::http::{Ask, METADATA_LIMIT};
use crate::wire::Node;
use futures_util::future::try_join_all;
use tautulli_domain::media::{LibraryItem, MediaKind};
use tautulli_domain::server::{KnownServer, ServerAddress};

/// Which rows of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Page {
    pub start: usize,
    pub size: usize,
}

/// What is new: of which kind, in which library.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recent {
    /// Movies, shows or artists; `None` mixes them.
    pub kind: Option<MediaKind>,
    /// Videos that no agent knows, where movies are asked for.
    pub personal: bool,
    pub section: Option<i64>,
}

/// The kinds that a search tells apart.
const FOUND: [MediaKind; 8] = [
    MediaKind::Movie,
    MediaKind::Show,
    MediaKind::Season,
    MediaKind::Episode,
    MediaKind::Artist,
    MediaKind::Album,
    MediaKind::Track,
    MediaKind::Collection,
];
/// Hits of one kind beyond this are left out.
const MOST_FOUND: usize = 250;

/// Plex's number of a kind of items.
fn code(kind: MediaKind) -> Option<u8> {
    Some(match kind {
        MediaKind::Movie => 1,
        MediaKind::Show => 2,
        MediaKind::Season => 3,
        MediaKind::Episode => 4,
        MediaKind::Artist => 8,
        MediaKind::Album => 9,
        MediaKind::Track => 10,
        MediaKind::Photo | MediaKind::PhotoAlbum => 14,
        _ => return None,
    })
}

impl Page {
    fn of(self, ask: Ask) -> Ask {
        ask.query("X-Plex-Container-Start", self.start)
            .query("X-Plex-Container-Size", self.size)
            .limit(METADATA_LIMIT)
    }
}

fn rows(container: &Node) -> Vec<LibraryItem> {
    container.items().map(|node| read(node, container, Choice::default())).collect()
}

impl MediaServer {
    /// The top-level items of a library, and how many there are; `None` where there is no such library.
    pub async fn section_items(
        &self,
        section: i64,
        kind: MediaKind,
        page: Page,
    ) -> Result<Option<(Vec<LibraryItem>, usize)>, PlexError> {
        let Some(code) = code(kind) else { return Ok(None) };
        let ask = Ask::get(format!("/library/sections/{section}/all")).query("type", code);
        let Some(container) = self.list(page.of(ask)).await? else { return Ok(None) };
        let rows = rows(&container);
        let total = container.int("totalSize").and_then(|total| usize::try_from(total).ok());
        let total = total.unwrap_or(rows.len());
        Ok(Some((rows, total)))
    }

    /// What an item consists of: seasons of a show, members of a collection. Nothing for what has no parts.
    pub async fn children(&self, parent: &LibraryItem, page: Page) -> Result<Vec<LibraryItem>, PlexError> {
        let snapshot = &parent.snapshot;
        let key = &snapshot.rating_key;
        if !is_library_key(key) {
            return Ok(Vec::new());
        }
        let ask = match (snapshot.kind, snapshot.section_id) {
            (MediaKind::Artist, Some(section)) => {
                Ask::get(format!("/library/sections/{section}/all")).query("type", 9).query("artist.id", key)
            }
            (MediaKind::Collection, _) => Ask::get(format!("/library/collections/{key}/children")),
            (MediaKind::Playlist, _) => Ask::get(format!("/playlists/{key}/items")),
            (MediaKind::Show | MediaKind::Season | MediaKind::Artist, _)
            | (MediaKind::Album | MediaKind::PhotoAlbum, _) => {
                Ask::get(format!("/library/metadata/{key}/children")).query("excludeAllLeaves", 1)
            }
            _ => return Ok(Vec::new()),
        };
        let container = self.list(page.of(ask)).await?;
        // Servers that do not know how to leave the row of all episodes out send it without a key.
        let rows = container.map(|container| rows(&container)).unwrap_or_default();
        Ok(rows.into_iter().filter(|row| !row.snapshot.rating_key.is_empty()).collect())
    }

    /// What came into the libraries last, newest first. Where kinds are mixed, the page is taken of each of them.
    pub async fn recently_added(&self, recent: Recent, page: Page) -> Result<Vec<LibraryItem>, PlexError> {
        let home = |code: u8| Ask::get("/hubs/home/recentlyAdded").query("type", code);
        let asks = match (recent.section, recent.kind) {
            (Some(section), _) => vec![Ask::get(format!("/library/sections/{section}/recentlyAdded"))],
            (None, Some(MediaKind::Movie)) if recent.personal => vec![home(1).query("personal", 1)],
            (None, Some(kind @ (MediaKind::Movie | MediaKind::Show | MediaKind::Artist))) => {
                code(kind).map(home).into_iter().collect()
            }
            (None, _) => vec![home(1), home(2), home(8)],
        };
        let answers = try_join_all(asks.into_iter().map(|ask| self.list(page.of(ask)))).await?;
        let mut found: Vec<LibraryItem> = answers.iter().flatten().flat_map(rows).collect();
        found.sort_by_key(|item| std::cmp::Reverse(item.snapshot.added_at));
        found.truncate(page.size);
        Ok(found)
    }

    /// Keys of what a text finds, by kind; `limit` bounds each kind, without one the server does.
    pub async fn search(
        &self,
        text: &str,
        limit: Option<usize>,
    ) -> Result<Vec<(MediaKind, Vec<String>)>, PlexError> {
        let mut ask = Ask::get("/hubs/search")
            .query("query", text)
            .query("includeCollections", 1)
            .limit(METADATA_LIMIT);
        if let Some(limit) = limit {
            ask = ask.query("limit", limit.min(MOST_FOUND));
        }
        let container = self.container(&ask).await?;
        let found = FOUND.into_iter().map(|kind| {
            let hubs = container.all("Hub").filter(|hub| hub.get("type") == Some(kind.name()));
            let keys = hubs.flat_map(|hub| hub.items().map(|node| item::read(node, hub)));
            let keys = keys.filter(|item| item.kind == kind).map(|item| item.rating_key);
            (kind, keys.filter(|key| is_library_key(key)).take(limit.unwrap_or(MOST_FOUND)).collect())
        });
        Ok(found.collect())
    }

    /// The collections of a library; `None` where there is no such library.
    pub async fn collections(&self, section: i64, page: Page) -> Result<Option<Vec<LibraryItem>>, PlexError> {
        let ask = Ask::get(format!("/library/sections/{section}/collections"));
        let container = self.list(page.of(ask)).await?;
        Ok(container.map(|container| rows(&container)))
    }

    /// The playlists of the account whose token is used.
    pub async fn playlists(&self, page: Page) -> Result<Vec<LibraryItem>, PlexError> {
        let container = self.list(page.of(Ask::get("/playlists"))).await?;
        Ok(container.map(|container| rows(&container)).unwrap_or_default())
    }

    /// The servers that this one knows, itself among them, with the address it has at home.
    pub async fn known_servers(&self) -> Result<Vec<KnownServer>, PlexError> {
        let container = self.container(&Ask::get("/servers")).await?;
        let read = |node: &Node| KnownServer {
            name: node.text("name"),
            machine_id: node.text("machineIdentifier"),
            version: node.text("version"),
            addresses: vec![ServerAddress {
                uri: String::new(),
                host: node.text("host"),
                port: node.int("port").and_then(|port| u16::try_from(port).ok()),
                local: true,
            }],
            ..KnownServer::default()
        };
        Ok(container.all("Server").map(read).collect())
    }

    /// A list; `None` where the server has nothing at that place.
    pub(super) async fn list(&self, ask: Ask) -> Result<Option<Node>, PlexError> {
        match self.container(&ask).await {
            Ok(container) => Ok(Some(container)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}
