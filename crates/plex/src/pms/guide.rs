//! Live programmes: what the guide knows of them and a session does not.

use super::{MediaServer, item};
use crate::error::PlexError;
use crate::http::{Ask, METADATA_LIMIT};
use tautulli_domain::media::{Airing, ItemSnapshot};

impl MediaServer {
    /// The programme of a live session as the guides know it, its channel as the session does; `None` where no guide
    /// knows it.
    pub async fn live_item(&self, seen: &ItemSnapshot) -> Result<Option<ItemSnapshot>, PlexError> {
        if seen.guid.is_empty() {
            return Ok(None);
        }
        let dvrs = match self.container(&Ask::get("/livetv/dvrs").limit(METADATA_LIMIT)).await {
            Err(error) if error.is_not_found() => return Ok(None),
            answer => answer?,
        };
        let mut guides = dvrs.list("Dvr", "epgIdentifier");
        guides.dedup();
        for guide in guides {
            let ask = Ask::get(format!("/{}/metadata/{}", encode(&guide), encode(&seen.guid)));
            match self.container(&ask).await {
                Ok(found) => {
                    if let Some(node) = found.items().next() {
                        return Ok(Some(merge(seen, item::read(node, &found), guide)));
                    }
                }
                Err(error) if error.is_not_found() => {}
                Err(error) => return Err(error),
            }
        }
        Ok(None)
    }
}

/// The session's facts stand; the guide adds titles, dates and the slot. Its keys and pictures are its own, not the library's.
fn merge(seen: &ItemSnapshot, told: ItemSnapshot, guide: String) -> ItemSnapshot {
    let slot = told.airing.unwrap_or_default();
    let airing = seen.airing.clone().unwrap_or_default();
    let mut whole = seen.clone();
    for (own, inherited) in [
        (&mut whole.title, told.title),
        (&mut whole.parent_title, told.parent_title),
        (&mut whole.grandparent_title, told.grandparent_title),
        (&mut whole.originally_available_at, told.originally_available_at),
        (&mut whole.content_rating, told.content_rating),
        (&mut whole.summary, told.summary),
    ] {
        if own.is_empty() {
            *own = inherited;
        }
    }
    whole.index = whole.index.or(told.index);
    whole.parent_index = whole.parent_index.or(told.parent_index);
    whole.year = whole.year.or(told.year);
    whole.duration_ms = whole.duration_ms.or(told.duration_ms);
    if whole.parent_thumb.is_empty() {
        whole.parent_thumb.clone_from(&whole.grandparent_thumb);
    }
    whole.airing = Some(Airing {
        begins_at: airing.begins_at.or(slot.begins_at),
        ends_at: airing.ends_at.or(slot.ends_at),
        epg_identifier: guide,
        ..airing
    });
    whole
}

/// One path segment: everything but letters, digits and `-._~` is percent-encoded, slashes too.
fn encode(segment: &str) -> String {
    segment
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
