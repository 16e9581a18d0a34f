//! Owns tag elements: two without ids in rows, all in full.

use crate::node::Node;
use crate::world::{Item, Tag};

/// The tags of an item; `brief` as in a list row.
pub(crate) fn tag_nodes(item: &Item, brief: bool) -> Vec<Node> {
    let tags = &item.tags;
    let rows = [
        ("Genre", &tags.genres),
        ("Country", &tags.countries),
        ("Collection", &tags.collections),
        ("Director", &tags.directors),
        ("Writer", &tags.writers),
        ("Role", &tags.actors),
        ("Producer", &tags.producers),
        ("Label", &tags.labels),
        ("Mood", &tags.moods),
        ("Style", &tags.styles),
    ];
    let (groups, most) = if brief { (6, 2) } else { (rows.len(), usize::MAX) };
    rows.into_iter()
        .take(groups)
        .flat_map(|(element, tags)| tags.iter().take(most).map(move |tag| tag_node(element, tag, brief)))
        .collect()
}

fn tag_node(element: &'static str, tag: &Tag, brief: bool) -> Node {
    let node = Node::new(element);
    if brief {
        return node.with("tag", &tag.tag);
    }
    let name = if element == "Role" { "actor".to_owned() } else { element.to_lowercase() };
    node.with("id", tag.id)
        .with("filter", format!("{name}={}", tag.id))
        .with("tag", &tag.tag)
        .with("tagKey", tag.tag_key.as_ref().filter(|key| !key.is_empty()))
        .with("role", tag.role.as_ref().filter(|role| !role.is_empty()))
        .with("thumb", &tag.thumb)
}
