//! XML to the tree. Text content is not kept: Plex says everything in attributes.

use super::{Budget, Node, WireError};
use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape_with};
use quick_xml::events::{BytesStart, Event};

/// Reads one document. What ends before its root does is refused: half a session list would look like sessions ended.
pub(super) fn parse(text: &str) -> Result<Node, WireError> {
    let mut reader = Reader::from_str(text);
    let mut budget = Budget::default();
    let mut open: Vec<Node> = Vec::new();
    let mut root = None;
    loop {
        let event = reader.read_event().map_err(|e| WireError(e.to_string()))?;
        let closed = match event {
            Event::Start(tag) => {
                budget.enter(open.len())?;
                open.push(element(&tag)?);
                continue;
            }
            Event::Empty(tag) => {
                budget.enter(open.len())?;
                Some(element(&tag)?)
            }
            Event::End(_) => open.pop(),
            Event::Eof => break,
            _ => None,
        };
        if let Some(node) = closed {
            match open.last_mut() {
                Some(parent) => parent.push(node),
                None if root.is_none() => root = Some(node),
                None => return Err(WireError("more than one root".to_owned())),
            }
        }
    }
    if !open.is_empty() {
        return Err(WireError("it ends too early".to_owned()));
    }
    root.ok_or_else(|| WireError("no element".to_owned()))
}

fn element(tag: &BytesStart<'_>) -> Result<Node, WireError> {
    let mut node = Node::new(tag.name().as_ref());
    for attribute in tag.attributes().with_checks(false) {
        let attribute = attribute.map_err(|e| WireError(e.to_string()))?;
        // An unknown entity spoils only its value, which then stays as it came.
        let value = unescape_with(&attribute.value, resolve_predefined_entity);
        node.set(attribute.key.as_ref(), value.as_deref().unwrap_or(&attribute.value));
    }
    Ok(node)
}
