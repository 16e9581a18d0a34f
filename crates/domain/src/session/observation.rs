//! What a media server says about a session: whole (its session list) or in passing (a notification).

use super::PlayState;
use crate::media::{ItemSnapshot, MediaKind, MediaVersion};
use crate::{Player, StreamDetail, Transcode};
use serde::{Deserialize, Serialize};

/// Whoever plays, as the media server names them. `1` is the owner on every server.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ObservedUser {
    pub account_id: i64,
    pub name: String,
    pub thumb: String,
}

/// One row of the session list.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Observation {
    /// The server's counter; it restarts with the server.
    pub session_key: i64,
    /// What terminate takes; absent on old servers.
    pub session_id: String,
    pub state: PlayState,
    pub view_offset_ms: i64,
    pub user: ObservedUser,
    pub item: ItemSnapshot,
    pub player: Player,
    pub stream: StreamDetail,
}

impl Observation {
    /// Fills in what only the library knows: the item's full facts and the source version that is being played.
    ///
    /// The session's own item facts stand where the library says nothing. `versions` are those of the library item;
    /// the one with the observed media id is the source, else the first, else what is delivered.
    pub fn enrich(&mut self, item: Option<ItemSnapshot>, versions: &[MediaVersion]) {
        let wanted = &self.stream.delivered;
        let source = versions
            .iter()
            .find(|v| v.media_id == wanted.media_id && v.part_id == wanted.part_id)
            .or_else(|| versions.iter().find(|v| v.media_id == wanted.media_id))
            .or_else(|| versions.first());
        self.stream.source = source.map_or_else(|| wanted.clone(), |v| with_observed_subtitle(v, wanted));
        if let Some(mut full) = item {
            // A pre-roll plays a library item as a clip: what the session says it is, it is.
            if self.item.kind != MediaKind::Other {
                full.kind = self.item.kind;
                full.subtype = std::mem::take(&mut self.item.subtype);
            }
            if !self.item.guid.is_empty() {
                full.guid = std::mem::take(&mut self.item.guid);
            }
            full.live = self.item.live;
            full.airing = self.item.airing.take().or(full.airing);
            full.duration_ms = full.duration_ms.or(self.item.duration_ms);
            full.section_id = full.section_id.or(self.item.section_id);
            if full.library_name.is_empty() {
                full.library_name = std::mem::take(&mut self.item.library_name);
            }
            self.item = full;
        }
    }

    pub fn transcode_key(&self) -> &str {
        self.stream.transcode.as_ref().map_or("", |t: &Transcode| t.key.as_str())
    }
}

/// A library lists every track; the source's chosen subtitle is the one that is on in this session.
fn with_observed_subtitle(version: &MediaVersion, delivered: &MediaVersion) -> MediaVersion {
    let mut source = version.clone();
    if delivered.subtitle.is_none() {
        source.subtitle = None;
    } else if source.subtitle.is_none() {
        source.subtitle.clone_from(&delivered.subtitle);
    }
    source
}

/// A `playing` entry of the notification socket: a delta, without user or player.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub session_key: i64,
    pub rating_key: String,
    pub guid: String,
    pub state: PlayState,
    pub view_offset_ms: Option<i64>,
    /// The bare transcode id; `None` when not stated.
    pub transcode_key: Option<String>,
}
