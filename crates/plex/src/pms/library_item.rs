//! Items as the library keeps them, with what only their parents know, and sessions made whole by them.

use super::tracks::Choice;
use super::{MediaServer, item, version};
use crate::error::PlexError;
use crate::http::{Ask, METADATA_LIMIT};
use crate::wire::Node;
use std::collections::{BTreeSet, HashMap};
use tautulli_domain::media::{ItemSet, ItemSnapshot, LibraryItem, MediaKind};
use tautulli_domain::session::Observation;

/// Longer keys are beyond 64 bits.
const MAX_KEY: usize = 19;
/// How many items are asked for in one call.
const BATCH: usize = 100;

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
            Some(found) => {
                let versions = found.versions();
                seen.enrich(Some(found.snapshot), &versions);
            }
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
        let mut found = read(node, &container, choice);
        let keys: Vec<&str> = parents(&found.snapshot).collect();
        if !keys.is_empty() {
            // The item is worth more than its parents: without them it stays as it is.
            match self.metadata(&keys.join(",")).await {
                Ok(parents) => inherit(&mut found.snapshot, &Parents::of(parents.as_ref())),
                Err(error) => tracing::debug!(?error, rating_key, "the item's parents could not be read"),
            }
        }
        Ok(Some(found))
    }

    /// Items by their keys with all that is known of them; those that the library does not have are left out. In no order.
    pub async fn items(&self, keys: &[String]) -> Result<Vec<LibraryItem>, PlexError> {
        let mut found = Vec::new();
        for batch in keys.chunks(BATCH) {
            let Some(container) = self.metadata(&batch.join(",")).await? else { continue };
            found.extend(container.items().map(|node| read(node, &container, Choice::default())));
        }
        let wanted: BTreeSet<&str> = found.iter().flat_map(|item| parents(&item.snapshot)).collect();
        let wanted: Vec<&str> = wanted.into_iter().collect();
        let mut known = Parents::default();
        for batch in wanted.chunks(BATCH) {
            known.0.extend(Parents::of(self.metadata(&batch.join(",")).await?.as_ref()).0);
        }
        for item in &mut found {
            inherit(&mut item.snapshot, &known);
        }
        Ok(found)
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
        self.list(ask).await
    }
}

/// Keys of a library are numbers; cloud content has others, which a library must not be asked for.
pub(super) fn is_library_key(key: &str) -> bool {
    (1..=MAX_KEY).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_digit())
}

/// An item's element, in full or as a list's row.
pub(super) fn read(node: &Node, container: &Node, choice: Choice<'_>) -> LibraryItem {
    let snapshot = item::read(node, container);
    let set = matches!(snapshot.kind, MediaKind::Collection | MediaKind::Playlist).then(|| set(node));
    LibraryItem {
        snapshot,
        files: version::files(node, choice),
        child_count: node.int("childCount"),
        leaf_count: node.int("leafCount"),
        extra_type: node.int("extraType"),
        set,
    }
}

fn set(node: &Node) -> ItemSet {
    ItemSet {
        smart: node.flag("smart"),
        playlist_type: node.text("playlistType"),
        composite: node.text("composite"),
        min_year: node.int("minYear"),
        max_year: node.int("maxYear"),
        mode: node.int("collectionMode"),
        sort: node.int("collectionSort"),
        published: node.flag("collectionPublished"),
    }
}

/// Keys of the item's parents in the library.
fn parents(item: &ItemSnapshot) -> impl Iterator<Item = &str> {
    let keys = [&item.parent_rating_key, &item.grandparent_rating_key].into_iter();
    keys.map(String::as_str).filter(|key| is_library_key(key))
}

/// Seasons, shows, albums, artists by key.
#[derive(Default)]
struct Parents(HashMap<String, ItemSnapshot>);

impl Parents {
    fn of(container: Option<&Node>) -> Self {
        let read = |container| move |node| item::read(node, container);
        let items = container.into_iter().flat_map(|container| container.items().map(read(container)));
        Self(items.map(|item| (item.rating_key.clone(), item)).collect())
    }
}

/// Fills in what only the parents know.
fn inherit(snapshot: &mut ItemSnapshot, known: &Parents) {
    if let Some(parent) = known.0.get(&snapshot.parent_rating_key) {
        snapshot.parent_guids.clone_from(&parent.guids);
        snapshot.parent_year = snapshot.parent_year.or(parent.year);
        fill(&mut snapshot.parent_guid, &parent.guid);
        fill(&mut snapshot.parent_slug, &parent.slug);
        fill(&mut snapshot.parent_title, &parent.title);
        match snapshot.kind {
            MediaKind::Track => take_tags(snapshot, parent),
            MediaKind::Season => take_show(snapshot, parent),
            MediaKind::Album => fill(&mut snapshot.summary, &parent.summary),
            _ => {}
        }
    }
    if let Some(parent) = known.0.get(&snapshot.grandparent_rating_key) {
        snapshot.grandparent_guids.clone_from(&parent.guids);
        snapshot.grandparent_year = snapshot.grandparent_year.or(parent.year);
        fill(&mut snapshot.grandparent_guid, &parent.guid);
        fill(&mut snapshot.grandparent_slug, &parent.slug);
        fill(&mut snapshot.grandparent_title, &parent.title);
        if snapshot.kind == MediaKind::Episode {
            fill(&mut snapshot.studio, &parent.studio);
            take_tags(snapshot, parent);
            snapshot.actors.clone_from(&parent.actors);
        }
    }
}

/// A season is told by its show.
fn take_show(season: &mut ItemSnapshot, show: &ItemSnapshot) {
    fill(&mut season.studio, &show.studio);
    fill(&mut season.content_rating, &show.content_rating);
    fill(&mut season.summary, &show.summary);
    season.duration_ms = season.duration_ms.or(show.duration_ms);
    season.actors.clone_from(&show.actors);
    take_tags(season, show);
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
