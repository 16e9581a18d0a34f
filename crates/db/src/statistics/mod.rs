//! Statistics: cards, watch time, players and users, counted from the roll-ups. Reads only; knows no viewer.

mod cards;
pub(crate) mod concurrency;
mod players;
pub(crate) mod recorded;
pub(crate) mod source;
mod totals;
mod watch_time;

pub use cards::{cards, recently_watched, total};
pub use concurrency::most as most_concurrent;
pub use players::{PlayerRow, players};
pub use source::Scope;
pub use totals::{AddressPlayed, EverPlayed, Owner, addresses, ever_played, last_played};
pub use watch_time::{About, Limits, UserRow, WatchTime, users, watch_time};
