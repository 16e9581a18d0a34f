//! How much libraries hold and how that grew: measured once a day on the media server, and told to administrators.

use crate::activity::Parts;
use chrono::NaiveDate;
use std::sync::Arc;
use tautulli_db::libraries::Wanted;
use tautulli_db::{AsyncConnection, Database, holdings, libraries};
use tautulli_domain::holdings::{Holding, Tally, leaves};
use tautulli_domain::media::{LibraryItem, MediaKind};
use tautulli_domain::server::Library;
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{LibraryId, Result, ServerId, SharedClock};
use tautulli_plex::{MediaServer, Page};

/// Items that are read in one call.
const BATCH: usize = 1_000;
/// More items than any library has.
const MOST: usize = 2_000_000;
/// More libraries than any server has.
const LIBRARIES: i64 = 5_000;

/// What libraries hold.
#[derive(Debug, Clone)]
pub struct Holdings {
    database: Database,
    clock: SharedClock,
}

impl Holdings {
    pub fn new(database: Database, clock: SharedClock) -> Self {
        Self { database, clock }
    }

    /// What each library holds, as far as the viewer may know and it has been measured. Guests know nothing of files.
    pub async fn newest(&self, viewer: &Viewer, ids: &[LibraryId]) -> Result<Vec<(LibraryId, Holding)>> {
        let ids: Vec<LibraryId> = ids.iter().copied().filter(|id| may_know(viewer, *id)).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        Ok(holdings::newest(&mut *self.database.conn().await?, &ids).await?)
    }

    /// How a library grew, oldest first: by day for a year, by month before that.
    pub async fn growth(&self, viewer: &Viewer, library: LibraryId) -> Result<Vec<Holding>> {
        if !may_know(viewer, library) {
            return Ok(Vec::new());
        }
        let today = self.clock.now().date_naive();
        Ok(holdings::growth(&mut *self.database.conn().await?, library, today).await?)
    }
}

fn may_know(viewer: &Viewer, library: LibraryId) -> bool {
    viewer.is_of_admin() && viewer.may_read() && viewer.may_enter(Some(library))
}

/// Measures the libraries of a server. What was measured today and has as many items as then is not read again; one that cannot be read
/// keeps the others from nothing.
pub(crate) async fn measure(parts: &Arc<Parts>, server: ServerId) -> Result<()> {
    let today = parts.clock.now().date_naive();
    let (found, known) = {
        let mut conn = parts.database.conn().await?;
        let wanted = Wanted { server: Some(server), ..Wanted::default() };
        let found = libraries::list(&mut conn, &wanted, LIBRARIES).await?;
        let ids: Vec<LibraryId> = found.iter().map(|library| library.id).collect();
        (found, holdings::newest(&mut conn, &ids).await?)
    };
    let client = parts.servers.client(server).await?;
    let mut problem = None;
    for library in found.iter().filter(|library| library.is_active) {
        let Some(kind) = leaves(library.kind) else { continue };
        let last = known.iter().find(|(id, _)| *id == library.id).map(|(_, last)| last);
        if last.is_some_and(|last| is_still(last, library, today)) {
            continue;
        }
        let tally = match count(&client, library.section_id, kind).await {
            Ok(Some(tally)) => tally,
            // Gone since it was listed.
            Ok(None) => continue,
            Err(failure) => {
                problem.get_or_insert(failure);
                continue;
            }
        };
        let (now, before) = (tally.measured(today), tally.reckoned(today));
        let mut conn = parts.database.conn().await?;
        conn.transaction(async |conn| holdings::note(conn, library.id, now, &before).await).await?;
    }
    problem.map_or(Ok(()), Err)
}

fn is_still(last: &Holding, library: &Library, today: NaiveDate) -> bool {
    let items = if library.kind == MediaKind::Movie { library.count } else { library.child_count };
    last.day == today && items == Some(last.items)
}

/// Reads the items of a library page by page; `None` where there is none.
async fn count(client: &MediaServer, section: i64, kind: MediaKind) -> Result<Option<Tally>> {
    let (mut tally, mut start) = (Tally::default(), 0);
    while start < MOST {
        let page = Page { start, size: BATCH };
        let Some((items, total)) = client.section_items(section, kind, page).await? else { return Ok(None) };
        items.iter().for_each(|item| tally.add(item.snapshot.added_at, size(item)));
        start += items.len();
        if items.is_empty() || start >= total {
            break;
        }
    }
    Ok(Some(tally))
}

/// Bytes of all files of all versions of an item.
fn size(item: &LibraryItem) -> i64 {
    let sizes = item.files.iter().filter_map(|file| file.version.file_size);
    sizes.fold(0, |all, size| i64::saturating_add(all, size.max(0)))
}
