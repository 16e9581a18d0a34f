//! The commands: one row each, sorted by name within their tables. Whatever lists commands is made from here.

#[macro_use]
mod row;

mod absent;
mod history;
mod items;
mod names;
mod people;
mod server;
mod service;
mod statistics;

use crate::answer::{Failure, Outcome};
use crate::commands::Call;
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

static TABLES: [&[Row]; 7] =
    [history::ROWS, items::ROWS, people::ROWS, server::ROWS, service::ROWS, statistics::ROWS, absent::ROWS];

/// Every command that is there.
pub(crate) fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.into_iter().flatten()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_told() {
        for table in TABLES {
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
