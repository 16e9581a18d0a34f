//! The imports and previews of this process, for whoever watches or stops them.

use super::{Outcome, Report};
use std::sync::{Arc, Mutex, PoisonError};
use tautulli_domain::Result;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

/// What is told of an import or a preview.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Status {
    /// The import's number. Below zero it is one of this process alone: of an import whose file is still being checked, and of a
    /// preview.
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

    /// Whether it is an import that has begun, and has a number that lasts.
    pub fn has_begun(&self) -> bool {
        self.id > 0
    }
}

#[derive(Debug)]
struct Current {
    /// Its number in this process.
    ticket: i64,
    cancel: CancellationToken,
    status: watch::Sender<Arc<Status>>,
}

impl Current {
    fn is(&self, id: i64) -> bool {
        self.ticket == id || self.status.borrow().id == id
    }

    fn is_running(&self) -> bool {
        !self.status.borrow().is_over()
    }
}

/// What is over is known for a while: whoever has begun it may be about to ask how it went.
const KNOWN: usize = 8;

#[derive(Debug, Default)]
struct Room {
    last: i64,
    /// The newest at the end.
    all: Vec<Current>,
}

/// What runs, and what ran last.
#[derive(Debug, Default)]
pub(super) struct Running(Mutex<Room>);

impl Running {
    fn with<T>(&self, work: impl FnOnce(&mut Room) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes up what begins; gives its number in this process, and what will be told of it. A preview ends the one before it.
    pub(super) fn begin(
        &self,
        cancel: &CancellationToken,
        report: Report,
    ) -> (i64, watch::Receiver<Arc<Status>>) {
        self.with(|room| {
            room.last -= 1;
            let ticket = room.last;
            if report.dry_run {
                let previews = room.all.iter().filter(|one| one.status.borrow().report.dry_run);
                previews.for_each(|one| one.cancel.cancel());
            }
            let over = room.all.iter().filter(|one| !one.is_running()).count();
            let mut surplus = over.saturating_sub(KNOWN);
            room.all.retain(|one| {
                let goes = surplus > 0 && !one.is_running();
                surplus -= usize::from(goes);
                !goes
            });
            let status = Status { id: ticket, state: "running", problem: String::new(), report };
            let (status, told) = watch::channel(Arc::new(status));
            room.all.push(Current { ticket, cancel: cancel.clone(), status });
            (ticket, told)
        })
    }

    /// Tells how far what has this ticket is; `import` is zero for a preview.
    pub(super) fn tell(&self, ticket: i64, import: i64, report: &Report) {
        let id = if import > 0 { import } else { ticket };
        let status = Status { id, state: "running", problem: String::new(), report: report.clone() };
        self.send(ticket, |_| status);
    }

    pub(super) fn end(&self, ticket: i64, ended: &Result<Outcome>) {
        self.send(ticket, |last| match ended {
            Ok(outcome) => {
                let state = if outcome.finished { "done" } else { "stopped" };
                Status { state, report: outcome.report.clone(), ..last }
            }
            Err(failure) => Status { state: "failed", problem: failure.outer().to_owned(), ..last },
        });
    }

    fn send(&self, ticket: i64, next: impl FnOnce(Status) -> Status) {
        self.with(|room| {
            if let Some(known) = room.all.iter().find(|one| one.ticket == ticket) {
                let last = Status::clone(&known.status.borrow());
                known.status.send_replace(Arc::new(next(last)));
            }
        });
    }

    pub(super) fn stop(&self, id: i64) -> bool {
        self.with(|room| {
            let found = room.all.iter().find(|one| one.is(id) && one.is_running());
            found.inspect(|one| one.cancel.cancel()).is_some()
        })
    }

    /// What will be told of something that runs.
    pub(super) fn watch(&self, id: i64) -> Option<watch::Receiver<Arc<Status>>> {
        self.with(|room| {
            room.all.iter().find(|one| one.is(id) && one.is_running()).map(|one| one.status.subscribe())
        })
    }

    /// What was told last, also of what is over.
    pub(super) fn told(&self, id: i64) -> Option<Arc<Status>> {
        self.with(|room| room.all.iter().rev().find(|one| one.is(id)).map(|one| one.status.borrow().clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn begin(running: &Running, dry_run: bool) -> (i64, CancellationToken, watch::Receiver<Arc<Status>>) {
        let cancel = CancellationToken::new();
        let (ticket, told) = running.begin(&cancel, Report { dry_run, ..Report::default() });
        (ticket, cancel, told)
    }

    fn done(dry_run: bool) -> Result<Outcome> {
        Ok(Outcome { id: 0, report: Report { dry_run, ..Report::default() }, finished: true })
    }

    #[test]
    fn an_import_is_found_by_its_ticket_and_by_its_number() {
        let running = Running::default();
        let (ticket, _, told) = begin(&running, false);
        assert!(ticket < 0 && !told.borrow().has_begun());
        running.tell(ticket, 7, &Report::default());
        assert!(told.borrow().has_begun());
        for id in [ticket, 7] {
            assert_eq!(running.told(id).map(|status| status.id), Some(7));
            assert!(running.watch(id).is_some());
        }
        assert!(running.stop(7));
        running.end(ticket, &done(false));
        assert!(running.watch(7).is_none() && !running.stop(7), "it is over");
        assert_eq!(running.told(ticket).map(|status| status.state), Some("done"));
    }

    #[test]
    fn a_preview_ends_the_one_before_it_and_no_import() {
        let running = Running::default();
        let (_, import, _) = begin(&running, false);
        let (_, first, _) = begin(&running, true);
        let (_, second, _) = begin(&running, true);
        assert!(first.is_cancelled() && !second.is_cancelled() && !import.is_cancelled());
    }

    #[test]
    fn what_is_over_is_forgotten_in_the_end_and_what_runs_is_not() {
        let running = Running::default();
        let (first, ..) = begin(&running, false);
        let tickets: Vec<i64> = (0..30)
            .map(|_| {
                let (ticket, ..) = begin(&running, true);
                running.end(ticket, &done(true));
                ticket
            })
            .collect();
        assert!(running.watch(first).is_some());
        let known = tickets.iter().filter(|ticket| running.told(**ticket).is_some()).count();
        assert!((KNOWN..=KNOWN + 1).contains(&known), "{known}");
        assert!(running.told(*tickets.last().unwrap()).is_some());
    }
}
