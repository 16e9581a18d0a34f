//! Reading the history: what can be asked for and what a line of it says.

use crate::media::{Decision, ItemSnapshot, MediaKind};
use crate::{
    Error, GroupId, LibraryId, Location, PlayId, Player, Result, ServerId, SessionId, StreamDetail, UserId,
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// What a media kind filter may name: a kind, or everything live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KindFilter {
    Kind(MediaKind),
    Live,
}

/// Filters are joined by "and", values of one filter by "or". An empty list does not filter.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HistoryFilter {
    pub server_id: Option<ServerId>,
    pub user_ids: Vec<UserId>,
    /// Plex account ids (the legacy `user_id`).
    pub account_ids: Vec<i64>,
    /// User names, exact.
    pub user_names: Vec<String>,
    pub library_ids: Vec<LibraryId>,
    /// Plex's section numbers (the legacy `section_id`).
    pub section_ids: Vec<i64>,
    pub kinds: Vec<KindFilter>,
    pub decisions: Vec<Decision>,
    pub rating_keys: Vec<String>,
    pub parent_rating_keys: Vec<String>,
    pub grandparent_rating_keys: Vec<String>,
    pub guids: Vec<String>,
    pub group_ids: Vec<GroupId>,
    /// Plays started on this day in the configured zone.
    pub on: Option<NaiveDate>,
    /// Plays started on or before this day.
    pub before: Option<NaiveDate>,
    /// Plays started on or after this day.
    pub after: Option<NaiveDate>,
    /// Free text over user, address, platform, product, player and titles.
    pub text: Option<String>,
}

/// Columns that a table may be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HistoryOrder {
    #[default]
    Date,
    User,
    Address,
    Platform,
    Product,
    Player,
    Title,
    Started,
    Paused,
    Stopped,
    Duration,
    Watched,
}

/// A place in the history by (start of the newest play, id), newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct HistoryCursor {
    pub date: DateTime<Utc>,
    pub id: i64,
}

/// A keyset page: at most `limit` lines after (older than) or before (newer than) a cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeysetPage {
    pub after: Option<HistoryCursor>,
    pub before: Option<HistoryCursor>,
    pub limit: i64,
    /// Take the last `limit` instead of the first.
    pub backwards: bool,
}

/// A page by offset, for tables that jump.
#[derive(Debug, Clone, PartialEq)]
pub struct OffsetPage {
    pub offset: i64,
    /// `None`: everything but bounded by the service.
    pub limit: Option<i64>,
    pub order: Vec<(HistoryOrder, bool)>,
}

/// A finished play as it is read back.
#[derive(Debug, Clone, PartialEq)]
pub struct Play {
    pub id: PlayId,
    pub session_id: SessionId,
    pub group_id: GroupId,
    pub server_id: ServerId,
    pub user_id: UserId,
    pub library_id: Option<LibraryId>,
    pub item: ItemSnapshot,
    pub player: Player,
    pub location: Location,
    pub stream: StreamDetail,
    pub decision: Decision,
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
    pub played_ms: i64,
    pub paused_ms: i64,
    pub view_offset_ms: i64,
    pub percent_complete: i64,
    pub watched_quarters: i16,
}

/// One line: a group of plays, or a single play when lines are not grouped.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryLine {
    pub group_id: GroupId,
    /// Start of the newest play.
    pub date: DateTime<Utc>,
    /// Start of the oldest play.
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
    pub played_ms: i64,
    pub paused_ms: i64,
    pub percent_complete: i64,
    pub watched_quarters: i16,
    pub play_count: i64,
    /// Members, oldest first.
    pub play_ids: Vec<PlayId>,
    /// The newest play: it speaks for the group (HIS-13).
    pub newest: PlayId,
    /// The play that got furthest, which speaks for the group in the legacy API.
    pub furthest: PlayId,
}

impl HistoryLine {
    pub fn cursor(&self, grouped: bool) -> HistoryCursor {
        HistoryCursor { date: self.date, id: if grouped { self.group_id.0 } else { self.newest.0 } }
    }
}

/// A table page with its footers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct HistoryTable {
    pub lines: Vec<HistoryLine>,
    /// Lines that match the filter.
    pub filtered_count: i64,
    /// Plays in the whole history.
    pub total_count: i64,
    /// Milliseconds played by the lines of this page.
    pub page_played_ms: i64,
    /// Milliseconds played by everything that matches the filter without its text.
    pub total_played_ms: i64,
}

/// The longest free text that is searched for.
pub const MAX_TEXT: usize = 200;
/// The most values one filter may carry.
pub const MAX_VALUES: usize = 500;

impl HistoryFilter {
    /// Rejects what no honest client asks for.
    pub fn validate(&self) -> Result<()> {
        let lists = [
            self.user_ids.len(),
            self.account_ids.len(),
            self.user_names.len(),
            self.library_ids.len(),
            self.section_ids.len(),
            self.rating_keys.len(),
            self.parent_rating_keys.len(),
            self.grandparent_rating_keys.len(),
            self.guids.len(),
            self.group_ids.len(),
        ];
        if lists.into_iter().any(|n| n > MAX_VALUES) {
            return Err(Error::invalid(format!("A filter takes at most {MAX_VALUES} values; send fewer")));
        }
        if self.text.as_ref().is_some_and(|t| t.chars().count() > MAX_TEXT) {
            return Err(Error::invalid(format!("The search text may have at most {MAX_TEXT} characters")));
        }
        Ok(())
    }
}
