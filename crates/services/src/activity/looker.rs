//! One look at a server: the session list, and the whole facts of what is new in it.

use super::tracker::Look;
use futures_util::future::join_all;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::media::MediaVersion;
use tautulli_domain::session::{Observation, Session};
use tautulli_domain::{Result, SharedClock};
use tautulli_plex::{MediaServer, PlexError};

/// An item's facts are worth waiting for, but not at the price of the session.
const ENRICH_TIME: Duration = Duration::from_secs(4);

/// What we know of a session whole; the same again need not be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    rating_key: String,
    guid: String,
    /// Version and tracks: another subtitle has another source.
    tracks: [String; 3],
}

fn tracks(version: &MediaVersion) -> [String; 3] {
    let audio = version.audio.as_ref().map(|a| a.id.clone()).unwrap_or_default();
    let subtitle = version.subtitle.as_ref().map(|s| s.id.clone()).unwrap_or_default();
    [version.media_id.clone(), audio, subtitle]
}

/// The sessions that are whole already, by key.
pub fn known<'a>(sessions: impl Iterator<Item = &'a Session>) -> BTreeMap<i64, Known> {
    sessions
        .filter(|s| !s.stream.source.media_id.is_empty() || !s.stream.source.container.is_empty())
        .map(|s| {
            let known = Known {
                rating_key: s.item.rating_key.clone(),
                guid: s.item.guid.clone(),
                tracks: tracks(&s.stream.delivered),
            };
            (s.session_key, known)
        })
        .collect()
}

/// Looks once. Rows that cannot be made whole are given as they are and asked for again at the next look.
pub async fn look(
    plex: Arc<MediaServer>,
    clock: SharedClock,
    known: BTreeMap<i64, Known>,
) -> Result<(Look, u64), PlexError> {
    let asked_at = clock.now();
    let found = plex.sessions().await?;
    let rows = join_all(found.rows.into_iter().map(|row| complete(&plex, &known, row))).await;
    Ok((Look { asked_at, rows, whole: found.skipped == 0 }, found.skipped))
}

async fn complete(plex: &MediaServer, known: &BTreeMap<i64, Known>, mut row: Observation) -> Observation {
    let is_whole = known.get(&row.session_key).is_some_and(|k| {
        k.rating_key == row.item.rating_key
            && k.guid == row.item.guid
            && k.tracks == tracks(&row.stream.delivered)
    });
    if is_whole {
        return row;
    }
    match tokio::time::timeout(ENRICH_TIME, plex.enrich(&mut row)).await {
        Ok(Ok(())) => {}
        Ok(Err(failure)) => {
            tracing::debug!(?failure, key = row.session_key, "the item's facts could not be read")
        }
        Err(_) => tracing::debug!(key = row.session_key, "the item's facts took too long"),
    }
    row
}
