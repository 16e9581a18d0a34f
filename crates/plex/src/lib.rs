//! A client of Plex Media Server and plex.tv; wire types stay private, domain types come out.
//!
//! Everything foreign is read leniently into one bounded tree (`wire`) and from there into domain types.
//! Knows nothing of databases, of other agents' formats, or of what happens with what it reads.

mod backoff;
mod error;
mod http;
mod identity;
mod pms;
pub mod socket;
mod tv;
mod wire;

pub use backoff::Backoff;
pub use error::{Party, PlexError, Problem};
pub use http::Connection;
pub use identity::Identity;
pub use pms::{Image, ImageRequest, MediaServer, Page, Recent, Sessions};
pub use socket::{Socket, SocketEnd, SocketEvent};
pub use tv::{PLEX_TV, Pin, PinState, PlexAccount, PlexTv, Resource, ResourceConnection};

#[cfg(test)]
mod testing;
