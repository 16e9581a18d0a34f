//! An item's element to [`ItemSnapshot`]: the same for session rows, library answers and guide entries.

use crate::wire::Node;
use tautulli_domain::media::{Airing, ItemSnapshot, Marker, MarkerKind, MediaKind};
use tautulli_domain::server::LIVE_TV_SECTION;

/// Shows of old agents tell minutes where everything else tells milliseconds.
const LONGEST_IN_MINUTES: i64 = 1000;

/// Reads an item. `container` knows the library where the item's own element does not.
pub(super) fn read(node: &Node, container: &Node) -> ItemSnapshot {
    let kind = kind(node);
    let live = node.flag("live");
    let source_title = node.text("sourceTitle");
    ItemSnapshot {
        kind,
        subtype: node.text("subtype"),
        section_id: section(node, container, live),
        library_name: library_name(node, container, live, &source_title),
        duration_ms: duration(node, kind),
        directors: node.list("Director", "tag"),
        writers: node.list("Writer", "tag"),
        actors: node.list("Role", "tag"),
        genres: node.list("Genre", "tag"),
        labels: node.list("Label", "tag"),
        collections: node.list("Collection", "tag"),
        guids: node.list("Guid", "id"),
        markers: markers(node),
        children_count: node.int("childCount").or_else(|| node.int("leafCount")),
        live,
        provider: !source_title.is_empty(),
        airing: live.then(|| airing(node)),
        ..facts(node)
    }
}

/// What stands in the item's own attributes.
fn facts(node: &Node) -> ItemSnapshot {
    ItemSnapshot {
        rating_key: node.text("ratingKey"),
        parent_rating_key: node.text("parentRatingKey"),
        grandparent_rating_key: node.text("grandparentRatingKey"),
        guid: node.text("guid"),
        parent_guid: node.text("parentGuid"),
        grandparent_guid: node.text("grandparentGuid"),
        title: node.text("title"),
        parent_title: node.text("parentTitle"),
        grandparent_title: node.text("grandparentTitle"),
        original_title: node.text("originalTitle"),
        sort_title: node.text("titleSort"),
        edition_title: node.text("editionTitle"),
        slug: node.text("slug"),
        parent_slug: node.text("parentSlug"),
        grandparent_slug: node.text("grandparentSlug"),
        index: node.int("index"),
        parent_index: node.int("parentIndex"),
        year: node.int("year"),
        parent_year: node.int("parentYear"),
        grandparent_year: node.int("grandparentYear"),
        thumb: node.text("thumb"),
        parent_thumb: node.text("parentThumb"),
        grandparent_thumb: node.text("grandparentThumb"),
        art: node.text("art"),
        banner: node.text("banner"),
        originally_available_at: node.text("originallyAvailableAt"),
        added_at: node.int("addedAt"),
        updated_at: node.int("updatedAt"),
        last_viewed_at: node.int("lastViewedAt"),
        studio: node.text("studio"),
        content_rating: node.text("contentRating"),
        summary: node.text("summary"),
        tagline: node.text("tagline"),
        rating: node.text("rating"),
        rating_image: node.text("ratingImage"),
        audience_rating: node.text("audienceRating"),
        audience_rating_image: node.text("audienceRatingImage"),
        user_rating: node.text("userRating"),
        ..ItemSnapshot::default()
    }
}

/// A `photo` is an album where its element is a directory.
fn kind(node: &Node) -> MediaKind {
    match MediaKind::parse(node.get("type").unwrap_or_default()) {
        MediaKind::Photo if node.name() == "Directory" => MediaKind::PhotoAlbum,
        kind => kind,
    }
}

fn section(node: &Node, container: &Node, live: bool) -> Option<i64> {
    let told = node.int("librarySectionID").or_else(|| container.int("librarySectionID"));
    if live { Some(LIVE_TV_SECTION) } else { told }
}

fn library_name(node: &Node, container: &Node, live: bool, source_title: &str) -> String {
    if live {
        return "Live TV".to_owned();
    }
    let told = node.get("librarySectionTitle").or_else(|| container.get("librarySectionTitle"));
    told.unwrap_or(source_title).to_owned()
}

fn duration(node: &Node, kind: MediaKind) -> Option<i64> {
    match node.int("duration") {
        Some(minutes) if kind == MediaKind::Show && (1..LONGEST_IN_MINUTES).contains(&minutes) => {
            Some(minutes * 60_000)
        }
        Some(ms) if ms > 0 => Some(ms),
        _ => None,
    }
}

/// The channel stands on the media that is watched; the guide's entries tell their slot there too.
fn airing(node: &Node) -> Airing {
    let nothing = Node::default();
    let media = node.selected("Media").unwrap_or(&nothing);
    let uuid =
        media.get("uuid").or_else(|| node.get("key").and_then(|key| key.strip_prefix("/livetv/sessions/")));
    Airing {
        uuid: uuid.unwrap_or_default().to_owned(),
        channel_call_sign: media.text("channelCallSign"),
        channel_id: media.text("channelID"),
        channel_identifier: media.text("channelIdentifier"),
        channel_title: media.text("channelTitle"),
        channel_thumb: media.text("channelThumb"),
        channel_vcn: media.text("channelVcn"),
        begins_at: media.int("beginsAt"),
        ends_at: media.int("endsAt"),
        epg_identifier: String::new(),
    }
}

fn markers(node: &Node) -> Vec<Marker> {
    let mut markers: Vec<Marker> = node
        .all("Marker")
        .filter_map(|marker| {
            Some(Marker {
                id: marker.int("id"),
                kind: MarkerKind::parse(marker.get("type")?)?,
                start_ms: marker.int("startTimeOffset")?,
                end_ms: marker.int("endTimeOffset")?,
                first: false,
                last: marker.flag("final"),
            })
        })
        .collect();
    for kind in [MarkerKind::Intro, MarkerKind::Credits, MarkerKind::Commercial] {
        if let Some(first) = markers.iter_mut().filter(|m| m.kind == kind).min_by_key(|m| m.start_ms) {
            first.first = true;
        }
    }
    markers
}
