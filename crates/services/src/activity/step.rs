//! One step of a session on its way to the database and to listeners.

use tautulli_db::journal::Change;
use tautulli_domain::session::{Session, SessionEvent};

/// What a step needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Written first, then told.
    Write,
    /// Told only: nothing that must survive has changed.
    Tell,
    /// The server's list misses it: not shown, not over yet.
    Hide,
}

/// A change of a session, in the order in which it happened.
#[derive(Debug, Clone)]
pub struct Step {
    pub change: Change,
    pub need: Need,
}

impl Step {
    pub fn save(session: &Session, events: Vec<SessionEvent>) -> Self {
        Self { change: Change { session: session.clone(), events, ended: false }, need: Need::Write }
    }

    pub fn tell(session: &Session) -> Self {
        Self {
            change: Change { session: session.clone(), events: Vec::new(), ended: false },
            need: Need::Tell,
        }
    }

    pub fn hide(session: &Session) -> Self {
        Self { need: Need::Hide, ..Self::tell(session) }
    }

    pub fn end(session: Session, events: Vec<SessionEvent>) -> Self {
        Self { change: Change { session, events, ended: true }, need: Need::Write }
    }

    /// Joins a later step of the same session to this one, so that a queue holds one step for each session.
    pub fn absorb(mut self, later: Self) -> Self {
        let need = if self.need == Need::Write { Need::Write } else { later.need };
        self.change.events.extend(later.change.events);
        let change =
            Change { session: later.change.session, events: self.change.events, ended: later.change.ended };
        Self { change, need }
    }
}
