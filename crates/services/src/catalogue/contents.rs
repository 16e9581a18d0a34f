//! Rows of tables as they were read from a media server, kept within a bound. Knows nothing of who looks.

use chrono::{DateTime, Utc};
use moka::future::Cache;
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::media::{LibraryItem, MediaKind};
use tautulli_domain::{Error, Result, ServerId};
use tautulli_plex::{MediaServer, Page};

/// Rows that are kept at once; some hundred bytes each.
const KEPT: u64 = 100_000;
/// A library that nobody has looked at for so long is read anew.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// Items that are read in one call.
const BATCH: usize = 2_000;
/// More items than any library has.
const MOST: usize = 500_000;

/// Whose rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    Section(i64),
    Item(String),
}

/// What a library or an item consisted of at a moment.
#[derive(Debug, Clone, PartialEq)]
pub struct Contents {
    pub rows: Vec<Row>,
    pub read_at: DateTime<Utc>,
}

/// An item with the facts of the version that its server lists last. Empty text means that Plex said nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    pub kind: MediaKind,
    pub rating_key: String,
    pub parent_rating_key: String,
    pub grandparent_rating_key: String,
    pub title: String,
    /// The title where there is none of its own.
    pub sort_title: String,
    pub year: Option<i64>,
    pub index: Option<i64>,
    pub parent_index: Option<i64>,
    pub thumb: String,
    /// Unix seconds.
    pub added_at: Option<i64>,
    pub container: String,
    /// kbit/s.
    pub bitrate: Option<i64>,
    pub video_codec: String,
    pub video_resolution: String,
    pub video_framerate: String,
    pub audio_codec: String,
    pub audio_channels: Option<i64>,
    /// Bytes.
    pub file_size: Option<i64>,
}

impl Row {
    pub(super) fn of(item: &LibraryItem) -> Self {
        let s = &item.snapshot;
        let told = item.told_file().map(|file| file.version.clone()).unwrap_or_default();
        let sort_title = if s.sort_title.is_empty() { &s.title } else { &s.sort_title };
        Self {
            kind: s.kind,
            rating_key: s.rating_key.clone(),
            parent_rating_key: s.parent_rating_key.clone(),
            grandparent_rating_key: s.grandparent_rating_key.clone(),
            title: s.title.clone(),
            sort_title: sort_title.clone(),
            year: s.year,
            index: s.index,
            parent_index: s.parent_index,
            thumb: s.thumb.clone(),
            added_at: s.added_at,
            container: told.container,
            bitrate: told.bitrate,
            video_codec: told.video_codec,
            video_resolution: told.video_resolution,
            video_framerate: told.video_framerate,
            audio_codec: told.audio_codec,
            audio_channels: told.audio_channels,
            file_size: told.file_size,
        }
    }
}

/// Reads a whole library, page by page.
pub(super) async fn of_section(client: &MediaServer, section: i64, kind: MediaKind) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    while rows.len() < MOST {
        let page = Page { start: rows.len(), size: BATCH };
        let Some((items, total)) = client.section_items(section, kind, page).await? else { break };
        rows.extend(items.iter().map(Row::of));
        if items.is_empty() || rows.len() >= total {
            break;
        }
    }
    Ok(rows)
}

/// Tables that were read.
#[derive(Debug, Clone)]
pub(super) struct Shelf(Cache<(ServerId, Subject), Arc<Contents>>);

impl Default for Shelf {
    fn default() -> Self {
        let weigh = |_: &(ServerId, Subject), contents: &Arc<Contents>| {
            u32::try_from(contents.rows.len().saturating_add(1)).unwrap_or(u32::MAX)
        };
        let kept = Cache::builder().max_capacity(KEPT).weigher(weigh).time_to_idle(IDLE);
        Self(kept.support_invalidation_closures().build())
    }
}

impl Shelf {
    /// The table, from the shelf or else by `read`, which runs once however many wait for it.
    pub(super) async fn get(
        &self,
        key: (ServerId, Subject),
        read: impl Future<Output = Result<Arc<Contents>>>,
    ) -> Result<Arc<Contents>> {
        self.0.try_get_with(key, read).await.map_err(|error: Arc<Error>| (*error).clone())
    }

    /// One table, or all of them. Parts of items go with their library.
    pub(super) fn forget(&self, one: Option<(ServerId, Subject)>) {
        let Some((server, subject)) = one else {
            self.0.invalidate_all();
            return;
        };
        let gone = move |(of, kept): &(ServerId, Subject), _: &Arc<Contents>| {
            *of == server
                && (*kept == subject || matches!((&subject, kept), (Subject::Section(_), Subject::Item(_))))
        };
        // Refused only by a cache that was built without this ability.
        let _ = self.0.invalidate_entries_if(gone);
    }
}
