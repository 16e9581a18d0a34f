//! The session list to observations. What cannot be read is counted, what is no session of ours is left out.

use super::{item, player, transcode, version};
use crate::wire::Node;
use tautulli_domain::StreamDetail;
use tautulli_domain::session::{Observation, ObservedUser, PlayState};

/// The session list at one moment.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Sessions {
    pub rows: Vec<Observation>,
    /// Rows that nobody can read. While there are any, a session's absence proves nothing.
    pub skipped: u64,
}

/// Reads the list. Theme music (ACT-20) and rows whose key is no number, which never become sessions, are not counted.
pub(super) fn read(container: &Node) -> Sessions {
    let mut sessions = Sessions::default();
    for node in container.items().filter(|node| !has_foreign_key(node)) {
        match row(node, container) {
            Some(row) if row.item.is_theme_music() => {}
            Some(row) => sessions.rows.push(row),
            None => sessions.skipped += 1,
        }
    }
    sessions
}

fn has_foreign_key(node: &Node) -> bool {
    node.get("sessionKey").is_some_and(|key| key.trim().parse::<i64>().is_err())
}

/// One row; `None` without a numeric session key or without a type.
fn row(node: &Node, container: &Node) -> Option<Observation> {
    let session_key = node.get("sessionKey")?.trim().parse().ok()?;
    node.get("type").filter(|kind| !kind.is_empty())?;
    let nothing = Node::default();
    let state = node.child("Player").and_then(|p| p.get("state")).and_then(PlayState::parse);
    Some(Observation {
        session_key,
        session_id: node.child("Session").unwrap_or(&nothing).text("id"),
        state: state.unwrap_or_default(),
        view_offset_ms: node.int("viewOffset").unwrap_or_default().max(0),
        user: user(node.child("User").unwrap_or(&nothing)),
        item: item::read(node, container),
        player: player::read(node),
        stream: stream(node),
    })
}

fn user(node: &Node) -> ObservedUser {
    ObservedUser {
        account_id: node.int("id").unwrap_or_default(),
        name: node.text("title"),
        thumb: node.text("thumb"),
    }
}

/// What is delivered and how. The source stays empty until the library tells it.
fn stream(row: &Node) -> StreamDetail {
    let mut delivered = version::delivered(row);
    let transcode = transcode::node(row).map(|node| {
        let mut read = transcode::read(node);
        transcode::reconcile(node, &mut read, &mut delivered);
        read
    });
    let optimized_profile =
        if delivered.optimized { delivered.optimized_title.clone() } else { String::new() };
    StreamDetail { delivered, transcode, optimized_profile, ..StreamDetail::default() }
}
