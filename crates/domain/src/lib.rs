//! The field's rules, pure: ids, media, sessions, watched, grouping, filters, errors. No I/O, no clock, no database.

pub mod clock;
pub mod error;
pub mod glimpse;
pub mod graphs;
pub mod grouping;
pub mod history;
pub mod holdings;
mod ids;
pub mod job;
pub mod media;
mod player;
pub mod revision;
pub mod server;
pub mod session;
pub mod sign_in;
pub mod sql;
pub mod statistics;
pub mod stray;
mod stream;
pub mod viewer;
pub mod watched;

pub use clock::{Clock, SharedClock, SystemClock};
pub use error::{Error, ErrorKind, Result};
pub use ids::{
    AccountId, ApiKeyId, GroupId, ItemId, LibraryId, PlayId, RevisionId, ServerId, SessionId, UserId,
};
pub use player::{Location, Player};
pub use stream::{STREAM_DETAIL_VERSION, StreamDetail, Transcode};
