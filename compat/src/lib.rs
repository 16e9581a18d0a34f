//! The legacy `/api/v2`, as a client of the GraphQL schema; it knows nothing else of the workspace.
//!
//! A request goes `gate -> registry row -> variables -> Client::execute(document) -> reshape -> envelope`.
//! Adding a command is a row in `registry`, a file in `commands` and a document in `documents`.

#[macro_use]
mod document;

mod answer;
mod backend;
mod commands;
mod endpoint;
mod envelope;
mod gate;
mod graph;
mod http;
mod item;
mod item_row;
mod item_set;
mod page;
mod params;
mod registry;
mod span;
mod table;
mod xml;

#[cfg(test)]
mod contract;
mod data;
#[cfg(test)]
mod golden;
#[cfg(test)]
mod testing;

pub use backend::{Backend, BackendError, Client, File, Image, Picture, Source};
pub use endpoint::{fault, moved, respond, unreadable};
pub use http::{Download, Request, Response};
pub use registry::documents;
