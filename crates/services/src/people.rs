//! Users and libraries as a viewer may see them.

use tautulli_db::Database;
pub use tautulli_db::libraries::Wanted as LibrariesWanted;
pub use tautulli_db::users::Wanted as UsersWanted;
use tautulli_domain::glimpse::Glimpse;
use tautulli_domain::server::{Library, User};
use tautulli_domain::stray::{StrayLibrary, StrayUser};
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, LibraryId, Result, UserId};

/// More users or libraries than any server has.
const MOST: i64 = 5_000;

/// The users and libraries of the watched servers.
#[derive(Debug, Clone)]
pub struct People {
    database: Database,
}

impl People {
    pub fn new(database: Database) -> Self {
        Self { database }
    }

    /// The users that are wanted; a guest sees only themselves.
    pub async fn users(&self, viewer: &Viewer, wanted: UsersWanted) -> Result<Vec<User>> {
        let only = if viewer.is_admin() { None } else { viewer.user.map(|(_, own)| own) };
        if !viewer.is_admin() && only.is_none() {
            return Ok(Vec::new());
        }
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::users::list(&mut conn, &UsersWanted { only, ..wanted }, MOST).await?)
    }

    /// The users with these ids that the viewer may see.
    pub async fn users_by_ids(&self, viewer: &Viewer, ids: &[UserId]) -> Result<Vec<User>> {
        let mut conn = self.database.conn().await?;
        let users = tautulli_db::users::by_ids(&mut conn, ids).await?;
        let seen = users.into_iter().filter(|user| viewer.may_name(user.id));
        // Whom a limited key meets has a name and no address.
        let masked = |user: User| match viewer.is_admin() || viewer.is_own(Some(user.id)) {
            true => user,
            false => User { email: String::new(), ..user },
        };
        Ok(seen.map(masked).collect())
    }

    /// The libraries that are wanted; a guest sees those shared with them.
    pub async fn libraries(&self, viewer: &Viewer, wanted: LibrariesWanted) -> Result<Vec<Library>> {
        let mut conn = self.database.conn().await?;
        let libraries = tautulli_db::libraries::list(&mut conn, &wanted, MOST).await?;
        drop(conn);
        self.shared(viewer, libraries).await
    }

    /// The libraries with these ids that the viewer may see.
    pub async fn libraries_by_ids(&self, viewer: &Viewer, ids: &[LibraryId]) -> Result<Vec<Library>> {
        let mut conn = self.database.conn().await?;
        let libraries = tautulli_db::libraries::by_ids(&mut conn, ids).await?;
        drop(conn);
        self.shared(viewer, libraries).await
    }

    /// What the viewer may know of running streams. With `others` a guest is told of those of other people too: whatever is not
    /// shared with them, or only by a filter that is Plex's to apply, has no title then (SEC-05).
    pub async fn glimpse(&self, viewer: &Viewer, others: bool) -> Result<Glimpse> {
        let Some((_, own)) = viewer.user.filter(|_| others && viewer.libraries.is_none()) else {
            return Ok(Glimpse::own(viewer.clone()));
        };
        let filters = self.users_by_ids(viewer, &[own]).await?.pop().map(|user| user.share_filters);
        let filters = filters.unwrap_or_default();
        let libraries = self.libraries(viewer, LibrariesWanted::default()).await?;
        let whole = libraries.iter().filter(|library| !filters.narrow(library.kind));
        Ok(Glimpse::with_others(viewer.clone(), whole.map(|library| library.id)))
    }

    /// Imported users who have no account; for administrators. A limited key knows none of them.
    pub async fn stray_users(&self, viewer: &Viewer) -> Result<Vec<StrayUser>> {
        if !knows_strays(viewer)? {
            return Ok(Vec::new());
        }
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::strays::users(&mut conn).await?)
    }

    /// Imported libraries of other servers; for administrators. A limited key knows none of them.
    pub async fn stray_libraries(&self, viewer: &Viewer) -> Result<Vec<StrayLibrary>> {
        if !knows_strays(viewer)? {
            return Ok(Vec::new());
        }
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::strays::libraries(&mut conn).await?)
    }

    async fn shared(&self, viewer: &Viewer, mut libraries: Vec<Library>) -> Result<Vec<Library>> {
        libraries.retain(|library| viewer.may_enter(Some(library.id)));
        if viewer.is_of_admin() {
            return Ok(libraries);
        }
        let Some((server, own)) = viewer.user else { return Ok(Vec::new()) };
        let mut conn = self.database.conn().await?;
        let users = tautulli_db::users::by_ids(&mut conn, &[own]).await?;
        let shared = users.into_iter().next().map(|user| user.shared_sections).unwrap_or_default();
        let visible = |l: &Library| l.server_id == server && shared.contains(&l.section_id);
        Ok(libraries.into_iter().filter(visible).collect())
    }
}

fn knows_strays(viewer: &Viewer) -> Result<bool> {
    if viewer.is_of_admin() { Ok(viewer.is_admin()) } else { Err(Error::forbidden()) }
}
