//! Builds every part in order. The only place that knows every type.

mod command;
mod edges;
mod failure;
mod host;
mod import;
mod provision;
mod rebuild;
mod serve;
mod store;

pub use command::run;
pub use edges::Edges;
pub use failure::Failure;
pub use serve::Running;
