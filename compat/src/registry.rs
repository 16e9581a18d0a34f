//! The commands: one row each, sorted by name within their tables. Whatever lists commands is made from here.

#[macro_use]
mod row;

mod absent;
mod items;
mod names;
mod server;
mod service;

use crate::answer::{Failure, Outcome};
use crate::commands::{self, Call};
use std::pin::Pin;

/// A parameter as the documentation tells it.
#[derive(Debug)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
}

/// A command.
pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) params: &'static [Param],
    /// What it asks the schema, where it does so.
    pub(crate) documents: &'static [&'static str],
    work: Work,
}

type Running<'a> = Pin<Box<dyn Future<Output = Outcome> + Send + 'a>>;

#[derive(Clone, Copy)]
enum Work {
    /// Needs no key.
    Open(fn() -> Outcome),
    Keyed(for<'a> fn(Call<'a>) -> Running<'a>),
}

impl Row {
    pub(crate) fn is_open(&self) -> bool {
        matches!(self.work, Work::Open(_))
    }

    /// Runs the command; `call` is there for everyone who has shown a key.
    pub(crate) async fn run(&self, call: Option<Call<'_>>) -> Outcome {
        match (self.work, call) {
            (Work::Open(work), _) => work(),
            (Work::Keyed(work), Some(call)) => work(call).await,
            (Work::Keyed(_), None) => Err(Failure::refused("Parameter apikey is required")),
        }
    }
}

/// Every command that is there.
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    [ROWS, items::ROWS, server::ROWS, service::ROWS, absent::ROWS].into_iter().flatten()
}

/// The command of that name, exactly.
pub(crate) fn find(name: &str) -> Option<&'static Row> {
    rows().find(|row| row.name == name)
}

/// Whether the reference has that command and it is still to come here.
pub(crate) fn is_pending(name: &str) -> bool {
    names::ALL.contains(&name) && find(name).is_none()
}

/// Every document that may be executed, for the host to check against its schema.
pub fn documents() -> impl Iterator<Item = &'static str> {
    rows().flat_map(|row| row.documents).copied()
}

/// The names of all commands that the reference has.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    names::ALL.into_iter()
}

static ROWS: &[Row] = &[
    Row {
        name: "docs",
        about: "Returns this documentation as JSON.",
        params: &[],
        documents: &[],
        work: Work::Open(commands::docs::json),
    },
    Row {
        name: "docs_md",
        about: "Returns this documentation as Markdown.",
        params: &[],
        documents: &[],
        work: Work::Open(commands::docs::markdown),
    },
    Row {
        name: "get_activity",
        about: "Returns the running streams.",
        params: &[
            Param { name: "session_key", about: "only the stream with this number" },
            Param { name: "session_id", about: "only the stream with this id" },
        ],
        documents: &[commands::DEFAULT_SERVER, commands::get_activity::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_activity::run(call))),
    },
    Row {
        name: "get_history",
        about: "Returns the history, newest first.",
        params: commands::get_history::PARAMS,
        documents: &[commands::DEFAULT_SERVER, commands::get_history::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_history::run(call))),
    },
    Row {
        name: "get_server_info",
        about: "Returns the media server that is watched.",
        params: &[],
        documents: &[commands::get_server_info::DOCUMENT],
        work: Work::Keyed(|call| Box::pin(commands::get_server_info::run(call))),
    },
    Row {
        name: "get_stream_data",
        about: "Returns how a play or a running stream was delivered.",
        params: &[
            Param { name: "row_id", about: "the play's number in the history" },
            Param { name: "session_key", about: "or the number of a running stream" },
        ],
        documents: &[
            commands::DEFAULT_SERVER,
            commands::get_stream_data::PLAY_DOCUMENT,
            commands::get_stream_data::SESSION_DOCUMENT,
        ],
        work: Work::Keyed(|call| Box::pin(commands::get_stream_data::run(call))),
    },
    Row {
        name: "status",
        about: "Tells whether the service works.",
        params: &[Param { name: "check", about: "`database` to check the database too" }],
        documents: &[commands::DEFAULT_SERVER],
        work: Work::Keyed(|call| Box::pin(commands::status::run(call))),
    },
    Row {
        name: "terminate_session",
        about: "Stops a running stream.",
        params: &[
            Param { name: "session_key", about: "the stream's number" },
            Param { name: "session_id", about: "or its id" },
            Param { name: "message", about: "what the player shows" },
        ],
        documents: &[
            commands::DEFAULT_SERVER,
            commands::terminate_session::SESSIONS_DOCUMENT,
            commands::terminate_session::DOCUMENT,
        ],
        work: Work::Keyed(|call| Box::pin(commands::terminate_session::run(call))),
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_told() {
        for table in [ROWS, items::ROWS, server::ROWS, service::ROWS, absent::ROWS] {
            assert!(table.is_sorted_by_key(|row| row.name));
        }
        assert!(names().is_sorted());
        for row in rows() {
            assert!(
                !row.about.is_empty() && row.params.iter().all(|param| !param.about.is_empty()),
                "{}",
                row.name
            );
        }
    }

    #[test]
    fn every_command_is_the_references_and_there_once() {
        let mut found: Vec<_> = rows().map(|row| row.name).collect();
        assert!(found.iter().all(|name| names::ALL.contains(name)));
        let count = found.len();
        found.sort_unstable();
        found.dedup();
        assert_eq!(found.len(), count);
        let pending: Vec<_> = names().filter(|name| is_pending(name)).collect();
        assert_eq!(pending.len() + count, names::ALL.len(), "{pending:?}");
    }
}
