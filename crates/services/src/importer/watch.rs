//! The import that runs in this process, for whoever watches or stops it.

use super::{Outcome, Report};
use std::sync::{Arc, Mutex, PoisonError};
use tautulli_domain::Result;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What is told of a running import.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    pub id: i64,
    /// `running`, `stopped`, `failed` or `done`.
    pub state: &'static str,
    /// Why it failed, for people; empty where it did not.
    pub problem: String,
    pub report: Report,
}

impl Status {
    /// Whether nothing more will be told.
    pub fn is_over(&self) -> bool {
        self.state != "running"
    }
}

#[derive(Debug)]
struct Current {
    id: i64,
    cancel: CancellationToken,
    status: watch::Sender<Arc<Status>>,
}

/// At most one.
#[derive(Debug, Default)]
pub(super) struct Running(Mutex<Option<Current>>);

impl Running {
    fn with<T>(&self, work: impl FnOnce(&mut Option<Current>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn tell(&self, id: i64, cancel: &CancellationToken, report: &Report) {
        let status =
            Arc::new(Status { id, state: "running", problem: String::new(), report: report.clone() });
        self.with(|current| match current {
            Some(known) if known.id == id => drop(known.status.send_replace(status)),
            other => {
                *other = Some(Current { id, cancel: cancel.clone(), status: watch::Sender::new(status) })
            }
        });
    }

    pub(super) fn end(&self, ended: &Result<Outcome>) {
        let Some(current) = self.with(Option::take) else { return };
        let last = Status::clone(&current.status.borrow());
        let status = match ended {
            Ok(outcome) => {
                let state = if outcome.finished { "done" } else { "stopped" };
                Status { state, report: outcome.report.clone(), ..last }
            }
            Err(failure) => Status { state: "failed", problem: failure.outer().to_owned(), ..last },
        };
        current.status.send_replace(Arc::new(status));
    }

    pub(super) fn stop(&self, id: i64) -> bool {
        self.with(|current| match current {
            Some(known) if known.id == id => {
                known.cancel.cancel();
                true
            }
            _ => false,
        })
    }

    pub(super) fn watch(&self, id: i64) -> Option<watch::Receiver<Arc<Status>>> {
        self.with(|current| {
            current.as_ref().filter(|known| known.id == id).map(|known| known.status.subscribe())
        })
    }
}
