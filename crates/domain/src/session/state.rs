//! What is remembered of a session between two observations.

use super::observation::{Observation, ObservedUser};
use crate::media::{ItemSnapshot, MarkerKind};
use crate::{ItemId, LibraryId, Player, ServerId, SessionId, StreamDetail, UserId};
use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

/// The version of [`Session`] as it is stored.
pub const SESSION_VERSION: i16 = 1;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlayState {
    #[default]
    Playing,
    Paused,
    Buffering,
    Stopped,
    Error,
}

impl PlayState {
    /// Reads Plex's word; an unknown one says nothing.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "playing" => Some(Self::Playing),
            "paused" => Some(Self::Paused),
            "buffering" => Some(Self::Buffering),
            "stopped" => Some(Self::Stopped),
            "error" => Some(Self::Error),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Playing => "playing",
            Self::Paused => "paused",
            Self::Buffering => "buffering",
            Self::Stopped => "stopped",
            Self::Error => "error",
        }
    }
}

/// One session. Its id becomes the play's, so that writing the play twice is impossible.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Session {
    pub id: SessionId,
    pub server_id: ServerId,
    pub session_key: i64,
    pub session_id: String,
    /// Our user, once known.
    pub user_id: Option<UserId>,
    pub library_id: Option<LibraryId>,
    pub item_id: Option<ItemId>,
    pub user: ObservedUser,
    pub item: ItemSnapshot,
    pub player: Player,
    pub stream: StreamDetail,
    pub state: PlayState,
    pub started_at: DateTime<Utc>,
    /// The last sign of life.
    pub seen_at: DateTime<Utc>,
    /// The last moment at which progress was written down because something changed or enough time had passed.
    pub checkpoint_at: Option<DateTime<Utc>>,
    pub checkpoint_offset_ms: i64,
    pub checkpoint_paused_ms: i64,
    /// Where in the item `seen_at` found it.
    pub view_offset_ms: i64,
    pub paused_ms: i64,
    pub paused_since: Option<DateTime<Utc>>,
    pub buffer_count: i64,
    pub buffer_warned_at: Option<DateTime<Utc>>,
    /// The marker the play is in or about to enter, so that each entry is told once.
    pub marker: Option<usize>,
    pub watched: bool,
    /// The first stream of a sitting rather than the next item of one (ACT-11); known once it is written.
    pub initial: Option<bool>,
    /// Sequence number of the last event.
    pub seq: i32,
}

impl Session {
    /// Where the play is at `now`: a playing one has moved on since it was last seen.
    pub fn view_offset_at(&self, now: DateTime<Utc>) -> i64 {
        let moved =
            if self.state == PlayState::Playing { (now - self.seen_at).num_milliseconds().max(0) } else { 0 };
        let offset = self.view_offset_ms.saturating_add(moved);
        match self.item.duration_ms {
            Some(duration) if duration > 0 && !self.item.live => {
                offset.min(duration.max(self.view_offset_ms))
            }
            _ => offset,
        }
    }

    /// Milliseconds spent paused up to `now`.
    pub fn paused_ms_at(&self, now: DateTime<Utc>) -> i64 {
        let running = self.paused_since.map_or(0, |since| (now - since).num_milliseconds().max(0));
        self.paused_ms.saturating_add(running)
    }

    /// Whether `observation` is still this session: the same key, person, device and item (ACT-07).
    pub fn is_same_play(&self, observation: &Observation) -> bool {
        let same = |a: &str, b: &str| a.is_empty() || b.is_empty() || a == b;
        self.session_key == observation.session_key
            && self.user.account_id == observation.user.account_id
            && same(&self.player.machine_id, &observation.player.machine_id)
            && self.is_same_item(&observation.item)
    }

    /// Whether `observation`, made after a time in which we could not watch, is still this session. A restarted server
    /// hands the same keys out again, but never the same session id.
    pub fn is_same_after_gap(&self, observation: &Observation) -> bool {
        let ids = [&self.session_id, &observation.session_id];
        self.is_same_play(observation)
            && (ids.iter().any(|id| id.is_empty()) || self.session_id == observation.session_id)
    }

    fn is_same_item(&self, item: &ItemSnapshot) -> bool {
        let (mine, other) = (&self.item, item);
        if mine.live || other.live {
            let uuid = |i: &ItemSnapshot| i.airing.as_ref().map(|a| a.uuid.clone()).unwrap_or_default();
            let same_place = uuid(mine) == uuid(other) || mine.rating_key == other.rating_key;
            return same_place && (mine.guid.is_empty() || other.guid.is_empty() || mine.guid == other.guid);
        }
        let same_key = mine.rating_key == other.rating_key;
        let same_guid = mine.guid.is_empty() || other.guid.is_empty() || mine.guid == other.guid;
        same_key && same_guid
    }

    /// Whether nothing has been heard of it for longer than `limit`.
    pub fn is_stale(&self, now: DateTime<Utc>, limit: Duration) -> bool {
        now - self.seen_at >= limit
    }

    /// Carries a session over a gap in our own watch: we know that it went on until `at` and nothing of what came after.
    pub fn survive_until(&mut self, at: DateTime<Utc>) {
        if at <= self.seen_at {
            return;
        }
        self.view_offset_ms = self.view_offset_at(at);
        self.paused_ms = self.paused_ms_at(at);
        self.paused_since = self.paused_since.map(|_| at);
        self.seen_at = at;
        self.checkpoint(at);
    }

    /// The kind of marker that a play inside `self.marker` is in.
    pub fn current_marker(&self) -> Option<MarkerKind> {
        self.marker.and_then(|at| self.item.markers.get(at)).map(|m| m.kind)
    }
}
