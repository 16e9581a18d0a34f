//! One file for each type of the graph. Types wrap domain values; the domain knows nothing of them.

mod activity;
mod api_key;
mod enums;
mod event;
mod history_entry;
mod item_snapshot;
mod library;
mod media_item;
mod media_version;
mod play;
mod player;
mod server;
mod session;
mod stream;
mod user;
mod viewer;

pub(super) use activity::{Activity, ActivityUpdate, ServerChanged, SessionEnded};
pub(super) use api_key::ApiKey;
pub(super) use enums::{Decision, MediaKind, Role};
pub(super) use event::SessionEventOf;
pub(super) use history_entry::{HistoryConnection, HistoryTable, entry_connection};
pub(super) use item_snapshot::ItemSnapshot;
pub(super) use library::Library;
pub(super) use media_item::MediaItem;
pub(super) use play::Play;
pub(super) use player::Player;
pub(super) use server::Server;
pub(super) use session::Session;
pub(super) use stream::Stream;
pub(super) use user::User;
pub(super) use viewer::Viewer;
