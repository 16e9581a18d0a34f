//! Arguments as they come in, turned into the domain's words.

mod history;
mod server;

pub(super) use history::{HistoryFilter, HistoryOrder};
pub(super) use server::{AddServer, UpdateServer};
