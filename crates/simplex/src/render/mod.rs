//! Owns how world records look on the wire: items, sections, playlists and their containers.
//!
//! Must not know of requests or of what is being played.

mod item;
mod listing;
mod media;
mod tags;

pub(crate) use item::{Detail, item_attrs, item_node};
pub(crate) use listing::{
    LIBRARY, TAG_VERSION, children_attrs, container, library, playlist_node, section_node,
};
pub(crate) use media::{media_attrs, part_attrs, stream_node};
pub(crate) use tags::tag_nodes;

use crate::world::Item;

/// The path of an item's image, if it has one.
pub(crate) fn image(item: Option<&Item>, kind: &str) -> Option<String> {
    let item = item?;
    let has = match kind {
        "thumb" => item.about.has_thumb,
        "art" => item.about.has_art,
        _ => item.about.has_theme,
    };
    has.then(|| format!("/library/metadata/{}/{kind}/{}", item.rating_key, item.stamp()))
}
