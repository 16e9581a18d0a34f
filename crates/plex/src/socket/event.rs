//! What a media server notifies of, typed.

use tautulli_domain::media::MediaKind;
use tautulli_domain::session::Notice;

/// The library's own notifications; guides flood the socket with theirs.
pub(super) const LIBRARY: &str = "com.plexapp.plugins.library";

const CREATED: i64 = 0;
const DONE: i64 = 5;
const DELETED: i64 = 9;

/// One frame with all its entries.
#[derive(Debug, Clone, PartialEq)]
pub enum SocketEvent {
    Playing(Vec<Notice>),
    /// Changes of the library; entries of other sources are left out.
    Timeline(Vec<TimelineEntry>),
    /// Whether the server can be reached from outside; a hint only.
    Reachability(bool),
    Transcode(Vec<TranscodeUpdate>),
    Activity(Vec<Activity>),
    /// Names such as `LIBRARY_UPDATE`.
    Status(Vec<String>),
    /// Messages of long work.
    Progress(Vec<String>),
    Preference(Vec<Setting>),
    Account,
    BackgroundQueue,
    /// States of an update of the server.
    UpdateState(Vec<String>),
    /// A type that we do not know.
    Unknown(String),
}

/// A change of one library item. Ids are rating keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TimelineEntry {
    pub section_id: Option<i64>,
    pub item_id: i64,
    pub parent_id: Option<i64>,
    pub root_id: Option<i64>,
    pub kind: MediaKind,
    pub title: String,
    /// 0 created, 1 progress, 2 matching, 3 downloading, 4 processing, 5 done, 9 deleted.
    pub state: i64,
    pub metadata_state: String,
    pub media_state: String,
    pub queue_size: Option<i64>,
    /// Unix seconds.
    pub updated_at: Option<i64>,
}

impl TimelineEntry {
    /// The item was just found; little is known of it yet.
    pub fn is_created(&self) -> bool {
        self.state == CREATED && self.metadata_state == "created"
    }

    /// The server has finished with the item.
    pub fn is_done(&self) -> bool {
        self.state == DONE && self.metadata_state.is_empty() && self.queue_size.is_none()
    }

    pub fn is_deleted(&self) -> bool {
        self.state == DELETED && self.metadata_state == "deleted"
    }
}

/// The state of a transcoder; `progress` is per cent, -1 where it is unknown.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct TranscodeUpdate {
    /// The bare id.
    pub key: String,
    pub ended: bool,
    pub progress: f64,
    pub speed: f64,
    pub throttled: bool,
    pub complete: bool,
    pub error: bool,
    pub max_offset_s: Option<f64>,
    pub min_offset_s: Option<f64>,
}

/// Work that the server does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Activity {
    pub uuid: String,
    /// `started`, `updated`, `ended`.
    pub event: String,
    /// `library.update.section` and others.
    pub kind: String,
    pub title: String,
    /// Per cent.
    pub progress: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Setting {
    pub id: String,
    pub value: String,
}

/// Plex's number of an item kind.
pub(super) fn kind(code: i64) -> MediaKind {
    match code {
        1 => MediaKind::Movie,
        2 => MediaKind::Show,
        3 => MediaKind::Season,
        4 => MediaKind::Episode,
        8 => MediaKind::Artist,
        9 => MediaKind::Album,
        10 => MediaKind::Track,
        12 => MediaKind::Clip,
        13 => MediaKind::Photo,
        14 => MediaKind::PhotoAlbum,
        15 => MediaKind::Playlist,
        18 => MediaKind::Collection,
        _ => MediaKind::Other,
    }
}
