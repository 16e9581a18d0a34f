//! Reading the history: what can be asked for and what a line of it says.

mod running;

use crate::media::{Decision, ItemSnapshot, MediaKind};
use crate::{
    Error, GroupId, LibraryId, Location, PlayId, Player, Result, ServerId, SessionId, StreamDetail, UserId,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::sync::Arc;

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
    pub play_ids: Vec<PlayId>,
    /// Platforms, products, names, machine ids and addresses of players, exact.
    pub platforms: Vec<String>,
    pub products: Vec<String>,
    pub players: Vec<String>,
    pub machine_ids: Vec<String>,
    pub addresses: Vec<String>,
    pub locations: Vec<Location>,
    /// Quarters of the way to watched, 0 to 4.
    pub watched_quarters: Vec<i16>,
    /// Plays started on this day in the configured zone.
    pub on: Option<NaiveDate>,
    /// Plays started on or before this day.
    pub before: Option<NaiveDate>,
    /// Plays started on or after this day.
    pub after: Option<NaiveDate>,
    /// Free text over user, address, platform, product, player and titles.
    pub text: Option<String>,
    /// Of the titles, free text looks at the full one alone: an album's or a season's does not count.
    pub by_full_title: bool,
    /// Not those whose item or stream was never recorded, as in an old database.
    pub described: bool,
    /// Plays of an import that had to be repaired count as the program counted that recorded them.
    pub as_recorded: bool,
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
    /// Of the item.
    Length,
    Watched,
    /// The group's number, or the play's where lines are not grouped.
    Row,
}

/// What a history is ordered by. Lines that are equal by it come newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HistorySort {
    pub order: HistoryOrder,
    pub descending: bool,
}

impl Default for HistorySort {
    /// Newest first.
    fn default() -> Self {
        Self { order: HistoryOrder::Date, descending: true }
    }
}

/// A place in a history of a certain order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryCursor {
    pub sort: HistorySort,
    /// The line's value of that order as PostgreSQL writes it; empty where the order is the date.
    pub value: String,
    /// Start of the line's newest play.
    pub date: DateTime<Utc>,
    /// The line's group, or its play when lines are not grouped.
    pub id: i64,
}

/// A keyset page: at most `limit` lines after or before a cursor of the same order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeysetPage {
    pub sort: HistorySort,
    pub after: Option<HistoryCursor>,
    pub before: Option<HistoryCursor>,
    pub limit: i64,
    /// Take the last `limit` instead of the first.
    pub backwards: bool,
}

impl KeysetPage {
    /// Rejects cursors of another order.
    pub fn validate(&self) -> Result<()> {
        let mut cursors = self.after.iter().chain(&self.before);
        if cursors.any(|cursor| cursor.sort != self.sort) {
            return Err(Error::invalid(
                "This cursor belongs to a history in another order; begin without a cursor",
            ));
        }
        Ok(())
    }
}

/// A line and its place.
pub type PlacedLine = (HistoryCursor, HistoryLine);

/// How much a filter finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct HistoryTotals {
    /// Lines: groups, or plays when lines are not grouped.
    pub lines: i64,
    /// Milliseconds played by them, without pauses.
    pub played_ms: i64,
}

/// What a table is to say below its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Footers {
    pub filtered_count: bool,
    pub total_count: bool,
    pub total_played: bool,
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
    pub item: Arc<ItemSnapshot>,
    pub player: Arc<Player>,
    pub location: Location,
    pub stream: Arc<StreamDetail>,
    pub decision: Decision,
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
    pub played_ms: i64,
    pub paused_ms: i64,
    pub view_offset_ms: i64,
    pub percent_complete: i64,
    pub watched_quarters: i16,
    /// Cells of an imported history that could not be taken as they lie, by column.
    pub recorded_cells: Option<serde_json::Value>,
}

impl Play {
    /// Whether an import brought it, and this service did not see it: the sessions of imported plays have ids of a kind of their own.
    pub fn is_imported(&self) -> bool {
        self.session_id.0.get_version_num() == IMPORTED_VERSION
    }
}

/// The version of the UUIDs that an import gives to the sessions of its plays.
const IMPORTED_VERSION: usize = 8;

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
    /// What an import recorded otherwise, where that was asked for.
    pub recorded: Option<RecordedLine>,
}

/// What an import's file says of a play that could not be taken as it is. Its own program counts it so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedPlay {
    /// Seconds.
    pub started_s: Option<i64>,
    pub stopped_s: Option<i64>,
    pub paused_s: Option<i64>,
    /// Whether its group is the one that it has here.
    pub is_of_group: bool,
    /// The row that its group is named after.
    pub named_group: Option<i64>,
    /// Whether its item was recorded, and its stream.
    pub has_item: bool,
    pub has_stream: bool,
    /// Whether it was said if it was live, and by which decision it was played.
    pub has_kind: bool,
    pub has_decision: bool,
    /// How far it got in per cent, where that is beyond the end, or of an item without a length: of that a millisecond is all.
    pub percent: Option<i64>,
}

/// What an import recorded of a line whose plays had to be repaired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordedLine {
    pub stopped_at: Option<DateTime<Utc>>,
    /// The row that its group is named after.
    pub named_group: Option<i64>,
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

impl HistoryOrder {
    const NAMES: [(Self, &'static str); 14] = [
        (Self::Date, "date"),
        (Self::User, "user"),
        (Self::Address, "address"),
        (Self::Platform, "platform"),
        (Self::Product, "product"),
        (Self::Player, "player"),
        (Self::Title, "title"),
        (Self::Started, "started"),
        (Self::Paused, "paused"),
        (Self::Stopped, "stopped"),
        (Self::Duration, "duration"),
        (Self::Length, "length"),
        (Self::Watched, "watched"),
        (Self::Row, "row"),
    ];

    /// The name that cursors carry.
    pub fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(order, _)| *order == self).map_or("date", |(_, name)| name)
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(order, _)| *order)
    }
}

/// The longest free text that is searched for.
pub const MAX_TEXT: usize = 200;
/// The most plays one filter may name.
pub const MAX_PLAYS: usize = 10_000;
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
            self.platforms.len(),
            self.products.len(),
            self.players.len(),
            self.machine_ids.len(),
            self.addresses.len(),
        ];
        if lists.into_iter().any(|n| n > MAX_VALUES) {
            return Err(Error::invalid(format!("A filter takes at most {MAX_VALUES} values; send fewer")));
        }
        if self.play_ids.len() > MAX_PLAYS {
            return Err(Error::invalid(format!("A filter takes at most {MAX_PLAYS} plays; send fewer")));
        }
        if self.text.as_ref().is_some_and(|t| t.chars().count() > MAX_TEXT) {
            return Err(Error::invalid(format!("The search text may have at most {MAX_TEXT} characters")));
        }
        if self.watched_quarters.iter().any(|quarters| !(0..=4).contains(quarters)) {
            return Err(Error::invalid("Quarters of the way to watched are 0 to 4"));
        }
        Ok(())
    }
}
