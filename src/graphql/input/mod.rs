//! Arguments as they come in, turned into the domain's words.

mod history;
mod people;
mod revision;
mod server;
mod statistics;
mod table;

pub(super) use history::{HistoryFilter, HistoryOrder};
pub(super) use people::{LibraryChoices, UserChoices};
pub(super) use revision::{RematchInput, RuleScope, RulesInput};
pub(super) use server::{AddServer, UpdateServer};
pub(super) use statistics::{Bucket, Measure, Subject, Window, filter};
pub(super) use table::TableInput;
