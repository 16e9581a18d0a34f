//! One file for each type of the graph. Types wrap domain values; the domain knows nothing of them.

mod activity;
mod api_key;
mod enums;
mod event;
mod graphs;
mod history_entry;
mod import;
mod item_parts;
mod item_snapshot;
mod job;
mod library;
mod library_item;
mod library_table;
mod lookups;
mod media_item;
mod media_version;
mod play;
mod player;
mod revision;
mod server;
mod session;
mod statistics;
mod stray;
mod stream;
mod totals;
mod upkeep;
mod user;
mod viewer;

pub(super) use activity::{Activity, ActivityUpdate, ServerChanged, SessionEnded};
pub(super) use api_key::ApiKey;
pub(super) use enums::{Decision, KeyScope, Location, MediaKind, Role};
pub(super) use event::SessionEventOf;
pub(super) use graphs::Graphs;
pub(super) use history_entry::{HistoryConnection, HistoryTable, entry_connection};
pub(super) use import::{Import, ImportMode, ImportSettings};
pub(super) use item_snapshot::ItemSnapshot;
pub(super) use job::{Job, JobKind};
pub(super) use library::Library;
pub(super) use library_item::{LibraryItem, SearchGroup};
pub(super) use library_table::LibraryTable;
pub(super) use lookups::{GeoLocation, KnownServer, NetworkOwner, ServerRelease, SyncedItem};
pub(super) use media_item::MediaItem;
pub(super) use play::Play;
pub(super) use player::Player;
pub(super) use revision::{EditPreview, Revision};
pub(super) use server::Server;
pub(super) use session::Session;
pub(super) use statistics::{CARDS, PlayerStatistics, Statistics, UserStatistics, WatchTime};
pub(super) use stray::{StrayLibrary, StrayUser};
pub(super) use stream::Stream;
pub(super) use totals::{AddressTotals, LibraryTotals, SignIns, UserTotals};
pub(super) use upkeep::{
    LogEntry, LogOrder, Machine, PlexLogKind, Setting, SqlAnswer, WaitingRows, WaitingTable,
};
pub(super) use user::User;
pub(super) use viewer::{PlexSignIn, Viewer};

#[cfg(test)]
mod tests {
    use super::history_entry::HistoryEntry;
    use super::*;
    use async_graphql::{ContainerType, Context};

    /// Bytes of what a field of an object of this type is kept in while it is resolved.
    fn room<T: ContainerType + 'static>() -> usize {
        fn of<T: 'static, F: Future>(_: impl FnOnce(&'static T, &'static Context<'static>) -> F) -> usize {
            size_of::<F>()
        }
        of(|object: &'static T, ctx| object.resolve_field(ctx))
    }

    /// A line has some seventy fields, and the library makes room for all fields of an object at once.
    #[test]
    fn fields_of_lines_need_little_room() {
        let rooms = [
            ("HistoryEntry", room::<HistoryEntry>()),
            ("Play", room::<Play>()),
            ("ItemSnapshot", room::<ItemSnapshot>()),
            ("User", room::<User>()),
            ("Player", room::<Player>()),
            ("Stream", room::<Stream>()),
            ("Library", room::<Library>()),
            ("Server", room::<Server>()),
            ("Session", room::<Session>()),
            ("LibraryItem", room::<LibraryItem>()),
        ];
        for (name, room) in rooms {
            assert!(room <= 1_800, "{name}: {room}; put what its fields wait for into a box");
        }
    }
}
