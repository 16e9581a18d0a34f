//! Items as the library keeps them, with what only their parents know, and sessions made whole by them.

use super::tracks::Choice;
use super::{MediaServer, item, version};
use crate::error::PlexError;
use crate::http::{Ask, METADATA_LIMIT};
use crate::wire::Node;
use tautulli_domain::media::{ItemSnapshot, MediaKind, MediaVersion};
use tautulli_domain::session::Observation;

/// An item of a library and every version of it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LibraryItem {
    pub snapshot: ItemSnapshot,
    pub versions: Vec<MediaVersion>,
}

impl MediaServer {
    /// The item of a rating key; `None` where the library has none, as for cloud content and live programmes.
    pub async fn item(&self, rating_key: &str) -> Result<Option<LibraryItem>, PlexError> {
        self.item_with(rating_key, Choice::default()).await
    }

    /// Makes an observed session whole: the library's facts and the source version, or the guide's for live programmes.
    ///
    /// Where neither knows the item, the session's own facts stand.
    ///
    /// # Errors
    /// When the server fails; the observation then is as it was.
    pub async fn enrich(&self, seen: &mut Observation) -> Result<(), PlexError> {
        if seen.item.live {
            if let Some(whole) = self.live_item(&seen.item).await? {
                seen.item = whole;
            }
            seen.enrich(None, &[]);
            return Ok(());
        }
        if seen.item.provider || seen.item.section_id.is_some_and(|id| id < 0) {
            seen.enrich(None, &[]);
            return Ok(());
        }
        let delivered = &seen.stream.delivered;
        let choice = Choice {
            audio: delivered.audio.as_ref().map_or("", |a| a.id.as_str()),
            subtitle: delivered.subtitle.as_ref().map_or("", |s| s.id.as_str()),
        };
        match self.item_with(&seen.item.rating_key, choice).await? {
            Some(found) => seen.enrich(Some(found.snapshot), &found.versions),
            None => seen.enrich(None, &[]),
        }
        Ok(())
    }

    async fn item_with(
        &self,
        rating_key: &str,
        choice: Choice<'_>,
    ) -> Result<Option<LibraryItem>, PlexError> {
        let Some(container) = self.metadata(rating_key).await? else { return Ok(None) };
        let Some(node) = container.items().next() else { return Ok(None) };
        let mut snapshot = item::read(node, &container);
        let keys: Vec<&str> = [&snapshot.parent_rating_key, &snapshot.grandparent_rating_key]
            .into_iter()
            .map(String::as_str)
            .filter(|key| is_library_key(key))
            .collect();
        if !keys.is_empty() {
            // The item is worth more than its parents: without them it stays as it is.
            match self.metadata(&keys.join(",")).await {
                Ok(parents) => inherit(&mut snapshot, parents.as_ref()),
                Err(error) => tracing::debug!(?error, rating_key, "the item's parents could not be read"),
            }
        }
        Ok(Some(LibraryItem { snapshot, versions: version::all(node, choice) }))
    }

    /// Items by their keys, joined by commas; `None` where the library has none of them.
    async fn metadata(&self, keys: &str) -> Result<Option<Node>, PlexError> {
        if !keys.split(',').all(is_library_key) {
            return Ok(None);
        }
        let ask = Ask::get(format!("/library/metadata/{keys}"))
            .query("includeMarkers", 1)
            .query("includeGuids", 1)
            .limit(METADATA_LIMIT);
        match self.container(&ask).await {
            Ok(container) => Ok(Some(container)),
            Err(error) if error.is_not_found() => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Keys of a library are numbers; cloud content has others, which a library must not be asked for.
pub(super) fn is_library_key(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|b| b.is_ascii_digit())
}

/// Fills in what only the parents know.
fn inherit(snapshot: &mut ItemSnapshot, parents: Option<&Node>) {
    let Some(container) = parents else { return };
    for node in container.items() {
        let parent = item::read(node, container);
        if parent.rating_key == snapshot.parent_rating_key {
            snapshot.parent_guids.clone_from(&parent.guids);
            snapshot.parent_year = snapshot.parent_year.or(parent.year);
            fill(&mut snapshot.parent_guid, &parent.guid);
            fill(&mut snapshot.parent_slug, &parent.slug);
            fill(&mut snapshot.parent_title, &parent.title);
            if snapshot.kind == MediaKind::Track {
                take_tags(snapshot, &parent);
            }
        }
        if parent.rating_key == snapshot.grandparent_rating_key {
            snapshot.grandparent_guids.clone_from(&parent.guids);
            snapshot.grandparent_year = snapshot.grandparent_year.or(parent.year);
            fill(&mut snapshot.grandparent_guid, &parent.guid);
            fill(&mut snapshot.grandparent_slug, &parent.slug);
            fill(&mut snapshot.grandparent_title, &parent.title);
            if snapshot.kind == MediaKind::Episode {
                fill(&mut snapshot.studio, &parent.studio);
                take_tags(snapshot, &parent);
                snapshot.actors.clone_from(&parent.actors);
            }
        }
    }
}

fn fill(own: &mut String, inherited: &str) {
    if own.is_empty() {
        inherited.clone_into(own);
    }
}

/// Tags belong to shows and albums rather than to their parts.
fn take_tags(own: &mut ItemSnapshot, parent: &ItemSnapshot) {
    own.genres.clone_from(&parent.genres);
    own.labels.clone_from(&parent.labels);
    own.collections.clone_from(&parent.collections);
}
