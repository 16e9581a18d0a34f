//! Owns the element of an item, as a list row and in full.

use super::media::media_node;
use super::{image, tag_nodes};
use crate::node::Node;
use crate::world::{Item, ItemKind, World};

/// What an item's element shows beside the plain row.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Detail {
    /// Streams, all tags, ratings, images.
    pub full: bool,
    /// The librarySection* attributes.
    pub section: bool,
    pub guids: bool,
    pub markers: bool,
    pub chapters: bool,
    pub extras: bool,
    pub files: bool,
}

impl Detail {
    /// A row with its section.
    pub(crate) const ROW: Self = Self {
        full: false,
        section: true,
        guids: false,
        markers: false,
        chapters: false,
        extras: false,
        files: false,
    };
}

fn element(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Movie | ItemKind::Episode | ItemKind::Clip => "Video",
        ItemKind::Track => "Track",
        ItemKind::Photo => "Photo",
        _ => "Directory",
    }
}

fn composite(item: &Item) -> String {
    let stamp = item.about.updated_at.map_or_else(|| "None".to_owned(), |at| at.to_string());
    format!("/library/collections/{}/composite/{stamp}?width=400&height=600", item.rating_key)
}

fn address(item: &Item) -> String {
    let key = item.rating_key;
    match item.kind {
        ItemKind::Collection => format!("/library/collections/{key}/children"),
        ItemKind::Show | ItemKind::Season | ItemKind::Artist | ItemKind::Album | ItemKind::PhotoAlbum => {
            format!("/library/metadata/{key}/children")
        }
        _ => format!("/library/metadata/{key}"),
    }
}

/// The item's element with its attributes; `section` adds the librarySection* ones.
pub(crate) fn item_attrs(world: &World, item: &Item, section: bool) -> Node {
    let (parent, grand) = (world.parent(item), world.grandparent(item));
    let mut node =
        Node::new(element(item.kind)).with("ratingKey", item.rating_key).with("key", address(item));
    identify(&mut node, item, parent, grand);
    if section && let Some(section) = world.section(item.section_id) {
        node.set("librarySectionTitle", &section.title);
        node.set("librarySectionID", section.id);
        node.set("librarySectionKey", format!("/library/sections/{}", section.id));
    }
    describe(&mut node, item, parent, grand);
    illustrate(&mut node, item, parent, grand);
    node.set("duration", item.about.duration);
    node.set("originallyAvailableAt", &item.about.originally_available_at);
    count(&mut node, world, item, grand);
    close(&mut node, item);
    node
}

fn identify(node: &mut Node, item: &Item, parent: Option<&Item>, grand: Option<&Item>) {
    node.set("parentRatingKey", parent.map(|p| p.rating_key));
    node.set("grandparentRatingKey", grand.map(|g| g.rating_key));
    node.set("guid", &item.guid);
    node.set("parentGuid", parent.map(|p| &p.guid));
    if let Some(grand) = grand {
        node.set("grandparentGuid", &grand.guid);
        node.set("grandparentSlug", &grand.about.slug);
    } else if let Some(parent) = parent {
        node.set("parentSlug", &parent.about.slug);
    }
    if matches!(item.kind, ItemKind::Movie | ItemKind::Show) {
        node.set("slug", &item.about.slug);
    }
    node.set("studio", &item.about.studio);
    node.set("type", item.kind.wire());
    node.set("title", &item.title);
    node.set("grandparentKey", grand.map(|g| format!("/library/metadata/{}", g.rating_key)));
    node.set("parentKey", parent.map(|p| format!("/library/metadata/{}", p.rating_key)));
}

fn describe(node: &mut Node, item: &Item, parent: Option<&Item>, grand: Option<&Item>) {
    let about = &item.about;
    node.set("grandparentTitle", grand.map(|g| &g.title));
    node.set("parentTitle", parent.map(|p| &p.title));
    node.set("originalTitle", &about.original_title);
    node.set("titleSort", &about.title_sort);
    node.set("contentRating", &about.content_rating);
    node.set("summary", &about.summary);
    node.set("index", item.place.index);
    node.set("parentIndex", parent.and_then(|p| p.place.index));
    node.set("rating", &about.rating);
    node.set("audienceRating", &about.audience_rating);
    node.set("userRating", &about.user_rating);
    node.set("viewOffset", about.view_offset);
    node.set("viewCount", Some(about.view_count).filter(|count| *count != 0));
    node.set("lastViewedAt", about.last_viewed_at);
    node.set("year", about.year);
    if matches!(item.kind, ItemKind::Season | ItemKind::Album | ItemKind::Track) {
        node.set("parentYear", parent.and_then(|p| p.about.year));
    }
    if item.kind == ItemKind::Track {
        node.set("parentStudio", parent.and_then(|p| p.about.studio.clone()));
    }
    node.set("tagline", &about.tagline);
}

fn illustrate(node: &mut Node, item: &Item, parent: Option<&Item>, grand: Option<&Item>) {
    match item.kind {
        ItemKind::Collection => node.set("thumb", composite(item)),
        ItemKind::Track => node.set("thumb", image(parent, "thumb")),
        _ => node.set("thumb", image(Some(item), "thumb")),
    }
    node.set("art", image(grand.or(parent).or(Some(item)), "art"));
    node.set("parentThumb", image(parent, "thumb"));
    node.set("parentTheme", image(parent, "theme"));
    node.set("grandparentThumb", image(grand, "thumb"));
    node.set("grandparentArt", image(grand, "art"));
    node.set("grandparentTheme", image(grand, "theme"));
    if item.kind == ItemKind::Show {
        node.set("theme", image(Some(item), "theme"));
    }
}

fn count(node: &mut Node, world: &World, item: &Item, grand: Option<&Item>) {
    if matches!(item.kind, ItemKind::Show | ItemKind::Season | ItemKind::Album | ItemKind::PhotoAlbum) {
        let leaves = world.leaves(item);
        node.set("leafCount", leaves.len());
        node.set("viewedLeafCount", leaves.iter().filter(|leaf| leaf.about.view_count != 0).count());
    }
    match item.kind {
        ItemKind::Show => {
            node.set("childCount", item.place.children.len());
            node.set("skipChildren", item.place.skip_parent.then_some(true));
        }
        ItemKind::Episode => {
            node.set("skipParent", grand.is_some_and(|g| g.place.skip_parent).then_some(true));
        }
        ItemKind::Collection => {
            let years =
                || world.children(item).filter_map(|child| child.about.year.filter(|year| *year != 0));
            node.set("subtype", &item.about.subtype);
            node.set("childCount", item.place.children.len());
            node.set("minYear", years().min());
            node.set("maxYear", years().max());
            node.set("smart", false);
        }
        _ => {}
    }
}

fn close(node: &mut Node, item: &Item) {
    let about = &item.about;
    node.set("addedAt", about.added_at);
    node.set("updatedAt", about.updated_at);
    node.set("audienceRatingImage", &about.audience_rating_image);
    node.set("ratingImage", &about.rating_image);
    if !item.chapters.is_empty() {
        node.set("chapterSource", "media");
    }
    node.set("primaryExtraKey", item.place.extras.first().map(|key| format!("/library/metadata/{key}")));
    match item.kind {
        ItemKind::Clip => {
            node.set("extraType", about.extra_type);
            node.set("subtype", &about.subtype);
        }
        ItemKind::Photo => {
            node.set("createdAtAccuracy", "local");
            node.set("createdAtTZOffset", "-18000");
        }
        ItemKind::Album => node.set("loudnessAnalysisVersion", "2"),
        _ => {}
    }
}

/// The whole element.
pub(crate) fn item_node(world: &World, item: &Item, detail: Detail) -> Node {
    let mut node = item_attrs(world, item, detail.section);
    node.extend(item.media.iter().map(|media| media_node(media, detail.full, detail.files)));
    if detail.full {
        let images = image_nodes(&node, item);
        node.extend(images);
    }
    node.extend(tag_nodes(item, !detail.full));
    if detail.full || detail.guids {
        node.extend(item.about.guids.iter().map(|guid| Node::new("Guid").with("id", guid)));
    }
    if detail.full {
        node.extend(rating_nodes(item));
    }
    if detail.markers {
        node.extend(marker_nodes(item));
    }
    if detail.chapters {
        node.extend(chapter_nodes(item));
    }
    if detail.full {
        node.extend(item.place.location.iter().map(|path| Node::new("Location").with("path", path)));
    }
    if detail.extras && !item.place.extras.is_empty() {
        let clips: Vec<Node> = item
            .place
            .extras
            .iter()
            .filter_map(|key| world.items.get(key))
            .map(|clip| item_node(world, clip, Detail::default()))
            .collect();
        node.push(Node::new("Extras").with("size", clips.len()).holding(clips));
    }
    node
}

fn image_nodes(node: &Node, item: &Item) -> Vec<Node> {
    [("coverPoster", "thumb"), ("background", "art")]
        .into_iter()
        .filter_map(|(kind, name)| {
            let url = node.get(name)?;
            Some(Node::new("Image").with("alt", &item.title).with("type", kind).with("url", url))
        })
        .collect()
}

fn rating_nodes(item: &Item) -> impl Iterator<Item = Node> {
    let about = &item.about;
    let critic = about.rating.as_ref().map(|value| (value, &about.rating_image, "critic"));
    let audience =
        about.audience_rating.as_ref().map(|value| (value, &about.audience_rating_image, "audience"));
    critic.into_iter().chain(audience).map(|(value, image, kind)| {
        Node::new("Rating").with("image", image).with("value", value).with("type", kind)
    })
}

fn marker_nodes(item: &Item) -> impl Iterator<Item = Node> {
    item.markers.iter().map(|marker| {
        Node::new("Marker")
            .with("id", marker.id)
            .with("type", &marker.kind)
            .with("startTimeOffset", marker.start)
            .with("endTimeOffset", marker.end)
            .with("final", marker.is_final.then_some(true))
            .holding([Node::new("Attributes").with("id", marker.id).with("version", 4)])
    })
}

fn chapter_nodes(item: &Item) -> impl Iterator<Item = Node> {
    let media = item.media.first().map(|media| media.id);
    item.chapters.iter().map(move |chapter| {
        Node::new("Chapter")
            .with("id", chapter.id)
            .with("filter", format!("thumb={}", chapter.id))
            .with("tag", Some(&chapter.tag).filter(|tag| !tag.is_empty()))
            .with("index", chapter.index)
            .with("startTimeOffset", chapter.start)
            .with("endTimeOffset", chapter.end)
            .with("thumb", media.map(|id| format!("/library/media/{id}/chapterImages/{}", chapter.index)))
    })
}
