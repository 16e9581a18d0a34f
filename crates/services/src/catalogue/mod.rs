//! What is in the libraries, as the media servers have it now, as far as a viewer may see it. Keeps nothing but tables.

mod contents;
mod table;

pub use contents::{Contents, Row};
pub use table::{Order, Played, Query, Table};

use crate::servers::Servers;
use crate::{LibrariesWanted, People};
use contents::{Shelf, Subject};
use moka::future::Cache;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tautulli_db::Database;
use tautulli_db::catalogue::Level;
use tautulli_domain::media::{LibraryItem, MediaKind};
use tautulli_domain::server::{Library, User};
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, LibraryId, Result, ServerId, SharedClock, UserId};

use tautulli_plex::MediaServer;
pub use tautulli_plex::{Page, Recent};

/// Parts of one item beyond this are left out.
const MOST: usize = 5_000;
/// Rows of a page of new items.
const MOST_RECENT: usize = 500;
/// Seasons of more shows than this are left out of what is found.
const SHOWS: usize = 20;
/// A longer text finds nothing that a shorter one does not.
const MAX_TEXT: usize = 500;
/// How long counted plays are good for.
const COUNTED: Duration = Duration::from_secs(60);
const MAX_COUNTED: u64 = 64;

/// Of whom, and whether as they were recorded.
type PlaysOf = (LibraryId, Level, Option<UserId>, bool);

/// The libraries' content.
#[derive(Debug, Clone)]
pub struct Catalogue {
    database: Database,
    servers: Arc<Servers>,
    people: People,
    clock: SharedClock,
    shelf: Shelf,
    counted: Cache<PlaysOf, Arc<HashMap<String, Played>>>,
}

impl Catalogue {
    pub fn new(database: Database, servers: Arc<Servers>, people: People, clock: SharedClock) -> Self {
        let counted = Cache::builder().max_capacity(MAX_COUNTED).time_to_live(COUNTED).build();
        Self { database, servers, people, clock, shelf: Shelf::default(), counted }
    }

    /// An item by Plex's key, with all that is known of it.
    pub async fn item(&self, viewer: &Viewer, server: ServerId, key: &str) -> Result<Option<LibraryItem>> {
        let sight = self.sight(viewer, server).await?;
        let found = self.servers.client(server).await?.item(key).await?;
        Ok(found.filter(|item| sight.sees(item)))
    }

    /// What an item consists of, in the server's order, at most 5,000.
    pub async fn children(
        &self,
        viewer: &Viewer,
        server: ServerId,
        parent: &LibraryItem,
    ) -> Result<Vec<LibraryItem>> {
        let sight = self.sight(viewer, server).await?;
        let page = Page { start: 0, size: MOST };
        let found = self.servers.client(server).await?.children(parent, page).await?;
        // Rows of a playlist come from everywhere; rows of everything else from where their parent is.
        let anywhere = parent.snapshot.kind == MediaKind::Playlist;
        Ok(found.into_iter().filter(|item| !anywhere || sight.sees(item)).collect())
    }

    /// What came into the libraries last, newest first; at most 500 rows.
    pub async fn recently_added(
        &self,
        viewer: &Viewer,
        server: ServerId,
        recent: Recent,
        page: Page,
    ) -> Result<Vec<LibraryItem>> {
        let sight = self.sight(viewer, server).await?;
        if recent.section.is_some_and(|section| !sight.sees_section(Some(section))) || page.size == 0 {
            return Ok(Vec::new());
        }
        let page = Page { size: page.size.min(MOST_RECENT), ..page };
        let found = self.servers.client(server).await?.recently_added(recent, page).await?;
        Ok(found.into_iter().filter(|item| recent.section.is_some() || sight.sees(item)).collect())
    }

    /// What a text finds, by kind.
    pub async fn search(
        &self,
        viewer: &Viewer,
        server: ServerId,
        text: &str,
        limit: Option<usize>,
    ) -> Result<Vec<(MediaKind, Vec<LibraryItem>)>> {
        if text.chars().count() > MAX_TEXT {
            return Err(Error::invalid(format!(
                "A text to search for may have at most {MAX_TEXT} characters"
            )));
        }
        let sight = self.sight(viewer, server).await?;
        if text.is_empty() {
            return Ok(Vec::new());
        }
        let client = self.servers.client(server).await?;
        let found = client.search(text, limit).await?;
        let keys: BTreeSet<String> = found.iter().flat_map(|(_, keys)| keys.clone()).collect();
        let keys: Vec<String> = keys.into_iter().collect();
        let items = client.items(&keys).await?.into_iter().filter(|item| sight.sees(item));
        let mut items: HashMap<String, LibraryItem> =
            items.map(|item| (item.snapshot.rating_key.clone(), item)).collect();
        let mut taken =
            |keys: Vec<String>| keys.iter().filter_map(|key| items.remove(key)).collect::<Vec<_>>();
        let mut groups: Vec<(MediaKind, Vec<LibraryItem>)> =
            found.into_iter().map(|(kind, keys)| (kind, taken(keys))).collect();
        add_seasons(&client, &mut groups).await?;
        Ok(groups)
    }

    /// The collections of a library that the viewer sees, in the server's order, at most 5,000.
    pub async fn collections(&self, viewer: &Viewer, library: &Library) -> Result<Vec<LibraryItem>> {
        reads(viewer)?;
        let page = Page { start: 0, size: MOST };
        let found =
            self.servers.client(library.server_id).await?.collections(library.section_id, page).await?;
        Ok(found.unwrap_or_default())
    }

    /// The playlists of the server's owner. Administrators only.
    pub async fn playlists(&self, viewer: &Viewer, server: ServerId) -> Result<Vec<LibraryItem>> {
        if !viewer.is_admin() {
            return Ok(Vec::new());
        }
        let page = Page { start: 0, size: MOST };
        Ok(self.servers.client(server).await?.playlists(page).await?)
    }

    /// The playlists of a user that the viewer sees; none where we have no token of theirs.
    pub async fn playlists_of(&self, viewer: &Viewer, user: &User) -> Result<Vec<LibraryItem>> {
        if !viewer.is_admin() && !viewer.is_own(Some(user.id)) {
            return Ok(Vec::new());
        }
        let page = Page { start: 0, size: MOST };
        if user.is_admin {
            return Ok(self.servers.client(user.server_id).await?.playlists(page).await?);
        }
        let mut conn = self.database.conn().await?;
        let token = tautulli_db::users::server_token(&mut conn, user.id).await?.unwrap_or_default();
        drop(conn);
        if token.is_empty() {
            return Ok(Vec::new());
        }
        let client = self.servers.client_as(user.server_id, token.into()).await?;
        Ok(client.playlists(page).await?)
    }

    /// A library's items as a table, with how often each was played. `fresh` reads the library anew first.
    pub async fn library_table(
        &self,
        viewer: &Viewer,
        library: &Library,
        query: &Query,
        fresh: bool,
    ) -> Result<Table> {
        reads(viewer)?;
        let subject = Subject::Section(library.section_id);
        let reading = async {
            let client = self.servers.client(library.server_id).await?;
            contents::of_section(&client, library.section_id, library.kind).await
        };
        let (contents, kept) = self.contents(library.server_id, subject, fresh, reading).await?;
        let level = match library.kind {
            MediaKind::Show | MediaKind::Artist => Level::Grandparent,
            _ => Level::Item,
        };
        let played = self.played(viewer, library.id, level, query.as_recorded).await?;
        Ok(Table { kept, ..table::cut(&contents, &played, query) })
    }

    /// The parts of an item that the viewer sees as a table.
    pub async fn item_table(
        &self,
        viewer: &Viewer,
        server: ServerId,
        parent: &LibraryItem,
        query: &Query,
        fresh: bool,
    ) -> Result<Table> {
        reads(viewer)?;
        let subject = Subject::Item(parent.snapshot.rating_key.clone());
        let reading = async {
            let page = Page { start: 0, size: MOST };
            let children = self.servers.client(server).await?.children(parent, page).await?;
            Ok(children.iter().map(Row::of).collect())
        };
        let (contents, kept) = self.contents(server, subject, fresh, reading).await?;
        let libraries = self
            .people
            .libraries(viewer, LibrariesWanted { server: Some(server), ..LibrariesWanted::default() })
            .await?;
        let library = libraries.iter().find(|library| Some(library.section_id) == parent.snapshot.section_id);
        let level = match parent.snapshot.kind {
            MediaKind::Show | MediaKind::Artist => Level::Parent,
            _ => Level::Item,
        };
        let played = match library {
            Some(library) => self.played(viewer, library.id, level, query.as_recorded).await?,
            None => Arc::default(),
        };
        Ok(Table { kept, ..table::cut(&contents, &played, query) })
    }

    /// Forgets the tables of a library, or all; they are read anew when somebody looks.
    pub fn forget(&self, library: Option<&Library>) {
        self.shelf.forget(library.map(|library| (library.server_id, Subject::Section(library.section_id))));
        self.counted.invalidate_all();
    }

    /// Rows as they were read, and whether somebody else had them read.
    async fn contents(
        &self,
        server: ServerId,
        subject: Subject,
        fresh: bool,
        reading: impl Future<Output = Result<Vec<Row>>>,
    ) -> Result<(Arc<Contents>, bool)> {
        let key = (server, subject);
        if fresh {
            self.shelf.forget(Some(key.clone()));
        }
        let read_here = AtomicBool::new(false);
        let read = async {
            read_here.store(true, Ordering::Relaxed);
            Ok(Arc::new(Contents { rows: reading.await?, read_at: self.clock.now() }))
        };
        let contents = self.shelf.get(key, read).await?;
        Ok((contents, !read_here.load(Ordering::Relaxed)))
    }

    async fn played(
        &self,
        viewer: &Viewer,
        library: LibraryId,
        level: Level,
        as_recorded: bool,
    ) -> Result<Arc<HashMap<String, Played>>> {
        let user = match viewer.user {
            Some((_, user)) => Some(user),
            None if viewer.is_of_admin() && viewer.may_enter(Some(library)) => None,
            None => return Ok(Arc::default()),
        };
        let count = async {
            let mut conn = self.database.conn().await?;
            let counted = tautulli_db::catalogue::plays(&mut conn, library, level, user, as_recorded).await?;
            let counted = counted.into_iter().map(|c| (c.key, Played { plays: c.plays, last_at: c.last_at }));
            Ok::<_, Error>(Arc::new(counted.collect()))
        };
        self.counted
            .try_get_with((library, level, user, as_recorded), count)
            .await
            .map_err(|error| (*error).clone())
    }

    async fn sight(&self, viewer: &Viewer, server: ServerId) -> Result<Sight> {
        reads(viewer)?;
        if viewer.is_admin() {
            return Ok(Sight(None));
        }
        let libraries = self
            .people
            .libraries(viewer, LibrariesWanted { server: Some(server), ..LibrariesWanted::default() })
            .await?;
        Ok(Sight(Some(libraries.into_iter().map(|library| library.section_id).collect())))
    }
}

/// Refuses keys that may only know what is watched now.
fn reads(viewer: &Viewer) -> Result<()> {
    if viewer.may_read() { Ok(()) } else { Err(Error::forbidden()) }
}

/// Seasons are called like their numbers and found with their shows.
async fn add_seasons(client: &MediaServer, groups: &mut [(MediaKind, Vec<LibraryItem>)]) -> Result<()> {
    let shows = groups.iter().find(|(kind, _)| *kind == MediaKind::Show).map(|(_, items)| items.as_slice());
    let mut keys = Vec::new();
    for show in shows.unwrap_or_default().iter().take(SHOWS) {
        let children = client.children(show, Page { start: 0, size: MOST }).await?;
        keys.extend(children.into_iter().map(|season| season.snapshot.rating_key));
    }
    let found = client.items(&keys).await?;
    let mut found: HashMap<String, LibraryItem> =
        found.into_iter().map(|item| (item.snapshot.rating_key.clone(), item)).collect();
    if let Some((_, seasons)) = groups.iter_mut().find(|(kind, _)| *kind == MediaKind::Season) {
        let known: BTreeSet<String> = seasons.iter().map(|item| item.snapshot.rating_key.clone()).collect();
        let new = keys.iter().filter(|key| !known.contains(*key));
        seasons.extend(new.filter_map(|key| found.remove(key)));
    }
    Ok(())
}

/// The sections that a viewer sees; `None` is all of them.
struct Sight(Option<BTreeSet<i64>>);

impl Sight {
    fn sees_section(&self, section: Option<i64>) -> bool {
        let Some(sections) = &self.0 else { return true };
        section.is_some_and(|section| sections.contains(&section))
    }

    fn sees(&self, item: &LibraryItem) -> bool {
        self.sees_section(item.snapshot.section_id)
    }
}
