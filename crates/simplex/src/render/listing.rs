//! Owns containers, sections and playlists on the wire.

use super::image;
use crate::node::Node;
use crate::world::{Item, Playlist, Section, World};

pub(crate) const TAG_VERSION: &str = "1759415243";
pub(crate) const LIBRARY: &str = "com.plexapp.plugins.library";

/// A MediaContainer that counts its children.
pub(crate) fn container(children: Vec<Node>) -> Node {
    Node::new("MediaContainer").with("size", children.len()).holding(children)
}

/// Adds the attributes most library containers carry.
pub(crate) fn library(mut node: Node, section: Option<&Section>) -> Node {
    node.set("allowSync", true);
    node.set("identifier", LIBRARY);
    if let Some(section) = section {
        node.set("librarySectionID", section.id);
        node.set("librarySectionTitle", &section.title);
        node.set("librarySectionUUID", &section.uuid);
    }
    node.with("mediaTagPrefix", "/system/bundle/media/flags/").with("mediaTagVersion", TAG_VERSION)
}

pub(crate) fn section_node(section: &Section) -> Node {
    let kind = section.kind.wire();
    let locations =
        section.locations.iter().map(|(id, path)| Node::new("Location").with("id", *id).with("path", path));
    Node::new("Directory")
        .with("allowSync", true)
        .with("art", format!("/:/resources/{kind}-fanart.jpg"))
        .with("composite", format!("/library/sections/{}/composite/{}", section.id, section.scanned_at))
        .with("filters", true)
        .with("refreshing", false)
        .with("thumb", format!("/:/resources/{kind}.png"))
        .with("key", section.id)
        .with("type", kind)
        .with("title", &section.title)
        .with("agent", &section.agent)
        .with("scanner", &section.scanner)
        .with("language", &section.language)
        .with("uuid", &section.uuid)
        .with("updatedAt", section.updated_at)
        .with("createdAt", section.created_at)
        .with("scannedAt", section.scanned_at)
        .with("content", true)
        .with("directory", true)
        .with("contentChangedAt", section.content_changed_at)
        .with("hidden", section.hidden)
        .holding(locations)
}

pub(crate) fn playlist_node(world: &World, playlist: &Playlist) -> Node {
    let items: Vec<&Item> = playlist.items.iter().filter_map(|key| world.items.get(key)).collect();
    let key = playlist.rating_key;
    Node::new("Playlist")
        .with("ratingKey", key)
        .with("key", format!("/playlists/{key}/items"))
        .with("guid", format!("com.plexapp.agents.none://playlist-{key}"))
        .with("type", "playlist")
        .with("title", &playlist.title)
        .with("summary", &playlist.summary)
        .with("smart", playlist.smart)
        .with("playlistType", &playlist.kind)
        .with(
            "composite",
            (!items.is_empty()).then(|| format!("/playlists/{key}/composite/{}", playlist.updated_at)),
        )
        .with("duration", items.iter().filter_map(|item| item.about.duration).sum::<i64>())
        .with("leafCount", items.len())
        .with("addedAt", playlist.added_at)
        .with("updatedAt", playlist.updated_at)
}

/// Adds the container attributes of an item's children.
pub(crate) fn children_attrs(node: Node, world: &World, item: &Item) -> Node {
    let (section, parent) = (world.section(item.section_id), world.parent(item));
    let mut node = library(node, section)
        .with("key", item.rating_key)
        .with("nocache", true)
        .with("parentIndex", item.place.index)
        .with("parentTitle", &item.title)
        .with("parentYear", item.about.year)
        .with("summary", &item.about.summary)
        .with("thumb", image(Some(item), "thumb"))
        .with("art", image(parent.or(Some(item)), "art"))
        .with("title1", parent.map(|p| &p.title).or(section.map(|s| &s.title)))
        .with("title2", &item.title);
    if let Some(parent) = parent {
        node.set("grandparentRatingKey", parent.rating_key);
        node.set("grandparentTitle", &parent.title);
        node.set("grandparentThumb", image(Some(parent), "thumb"));
        node.set("grandparentStudio", &parent.about.studio);
        node.set("grandparentContentRating", &parent.about.content_rating);
    }
    if let Some(child) = world.children(item).next() {
        node.set("viewGroup", child.kind.wire());
        node.set("viewMode", 65590 + child.kind.code());
    }
    node
}
