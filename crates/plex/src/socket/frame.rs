//! One message's bytes to one event. Never fails: what cannot be used is counted.

use super::event::{self, Activity, Setting, SocketEvent, TimelineEntry, TranscodeUpdate};
use crate::pms::last_segment;
use crate::wire::{self, Node};
use tautulli_domain::session::{Notice, PlayState};

/// The arrays by the type of the message; very old servers leave the type or the name out.
const ARRAYS: [(&str, &str); 12] = [
    ("playing", "PlaySessionStateNotification"),
    ("timeline", "TimelineEntry"),
    ("reachability", "ReachabilityNotification"),
    ("transcodeSession.start", "TranscodeSession"),
    ("transcodeSession.end", "TranscodeSession"),
    ("transcodeSession.update", "TranscodeSession"),
    ("activity", "ActivityNotification"),
    ("status", "StatusNotification"),
    ("progress", "ProgressNotification"),
    ("preference", "Setting"),
    ("account", "AccountUpdateNotification"),
    ("update.statechange", "AutoUpdateNotification"),
];

#[derive(Debug, Default, PartialEq)]
pub(super) struct Decoded {
    pub event: Option<SocketEvent>,
    /// The whole message, or entries of it.
    pub skipped: u64,
}

pub(super) fn decode(bytes: &[u8]) -> Decoded {
    match wire::parse(bytes) {
        Ok(root) => read(&root),
        Err(error) => {
            tracing::debug!(%error, "an unreadable notification");
            Decoded { event: None, skipped: 1 }
        }
    }
}

fn read(root: &Node) -> Decoded {
    let root = root.child("NotificationContainer").unwrap_or(root);
    let kind = match root.get("type").map(str::trim).filter(|kind| !kind.is_empty()) {
        Some(kind) => kind,
        None => match ARRAYS.iter().find(|(_, array)| root.child(array).is_some()) {
            Some((kind, _)) => kind,
            None => return Decoded { event: None, skipped: 1 },
        },
    };
    let entries = entries(root, kind);
    let mut skipped = 0;
    let event = match kind {
        "playing" => SocketEvent::Playing(collect(entries, &mut skipped, notice)),
        "timeline" => {
            let ours = entries.filter(|e| e.get("identifier").is_none_or(|id| id == event::LIBRARY));
            SocketEvent::Timeline(collect(ours, &mut skipped, timeline_entry))
        }
        "reachability" => match entries.filter_map(|e| e.maybe_flag("reachability")).last() {
            Some(reachable) => SocketEvent::Reachability(reachable),
            None => return Decoded { event: None, skipped: 1 },
        },
        "transcodeSession.start" | "transcodeSession.update" | "transcodeSession.end" => {
            let ended = kind.ends_with(".end");
            SocketEvent::Transcode(collect(entries, &mut skipped, |e| transcode(e, ended)))
        }
        "activity" => SocketEvent::Activity(entries.map(activity).collect()),
        "status" => SocketEvent::Status(entries.map(|e| e.text("notificationName")).collect()),
        "progress" => SocketEvent::Progress(entries.map(|e| e.text("message")).collect()),
        "preference" => SocketEvent::Preference(
            entries.map(|e| Setting { id: e.text("id"), value: e.text("value") }).collect(),
        ),
        "account" => SocketEvent::Account,
        "backgroundProcessingQueue" => SocketEvent::BackgroundQueue,
        "update.statechange" => SocketEvent::UpdateState(entries.map(|e| e.text("state")).collect()),
        unknown => SocketEvent::Unknown(unknown.chars().take(64).collect()),
    };
    Decoded { event: Some(event), skipped }
}

/// The entries under the type's own name, else whatever there is (`_children` of very old servers).
fn entries<'a>(root: &'a Node, kind: &str) -> impl Iterator<Item = &'a Node> {
    let name = ARRAYS.iter().find(|(known, _)| *known == kind).map(|(_, array)| *array);
    let named = name.filter(|name| root.child(name).is_some());
    root.children().iter().filter(move |child| named.is_none_or(|name| child.name() == name))
}

fn collect<'a, T>(
    entries: impl Iterator<Item = &'a Node>,
    skipped: &mut u64,
    read: impl Fn(&Node) -> Option<T>,
) -> Vec<T> {
    let mut found = Vec::new();
    for entry in entries {
        match read(entry) {
            Some(entry) => found.push(entry),
            None => *skipped += 1,
        }
    }
    found
}

/// `None` without a numeric session key or a state that we know.
fn notice(entry: &Node) -> Option<Notice> {
    let transcode = last_segment(entry.get("transcodeSession").unwrap_or_default());
    Some(Notice {
        session_key: entry.get("sessionKey")?.trim().parse().ok()?,
        rating_key: entry.text("ratingKey"),
        guid: entry.text("guid"),
        state: PlayState::parse(entry.get("state")?)?,
        view_offset_ms: entry.int("viewOffset").filter(|ms| *ms >= 0),
        transcode_key: (!transcode.is_empty()).then(|| transcode.to_owned()),
    })
}

fn timeline_entry(entry: &Node) -> Option<TimelineEntry> {
    Some(TimelineEntry {
        section_id: entry.int("sectionID"),
        item_id: entry.int("itemID")?,
        parent_id: entry.int("parentItemID"),
        root_id: entry.int("rootItemID"),
        kind: event::kind(entry.int("type").unwrap_or_default()),
        title: entry.text("title"),
        state: entry.int("state")?,
        metadata_state: entry.text("metadataState"),
        media_state: entry.text("mediaState"),
        queue_size: entry.int("queueSize"),
        updated_at: entry.int("updatedAt"),
    })
}

fn transcode(entry: &Node, ended: bool) -> Option<TranscodeUpdate> {
    let key = last_segment(entry.get("key")?);
    Some(TranscodeUpdate {
        key: key.to_owned(),
        ended,
        progress: entry.float("progress").unwrap_or_default(),
        speed: entry.float("speed").unwrap_or_default(),
        throttled: entry.flag("throttled"),
        complete: entry.flag("complete"),
        error: entry.flag("error"),
        max_offset_s: entry.float("maxOffsetAvailable"),
        min_offset_s: entry.float("minOffsetAvailable"),
    })
}

fn activity(entry: &Node) -> Activity {
    let nothing = Node::default();
    let inner = entry.child("Activity").unwrap_or(&nothing);
    Activity {
        uuid: entry.text("uuid"),
        event: entry.text("event"),
        kind: inner.text("type"),
        title: inner.text("title"),
        progress: inner.int("progress"),
    }
}
