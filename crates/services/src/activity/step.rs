//! One step of a session on its way to the database and to listeners.

use tautulli_db::journal::Change;
use tautulli_domain::session::{Session, SessionEvent};

/// What listeners hear of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// Nothing: play has gone on as expected.
    Nothing,
    Session,
    /// That it is not there: the server's list misses it, but it is not over yet.
    Absence,
}

/// A change of a session, in the order in which it happened.
#[derive(Debug, Clone)]
pub struct Step {
    pub change: Change,
    /// Something that must survive has changed: it is written first, then told.
    pub written: bool,
    pub told: Told,
}

impl Step {
    /// News that must survive.
    pub fn save(session: &Session, events: Vec<SessionEvent>) -> Self {
        Self {
            change: Change { session: session.clone(), events, ended: false },
            written: true,
            told: Told::Session,
        }
    }

    /// Progress that must survive and is news to nobody.
    pub fn keep(session: &Session) -> Self {
        Self { told: Told::Nothing, ..Self::save(session, Vec::new()) }
    }

    /// News that the next message brings again.
    pub fn tell(session: &Session) -> Self {
        Self { written: false, ..Self::save(session, Vec::new()) }
    }

    pub fn hide(session: &Session) -> Self {
        Self { told: Told::Absence, ..Self::tell(session) }
    }

    pub fn end(session: Session, events: Vec<SessionEvent>) -> Self {
        Self { change: Change { session, events, ended: true }, written: true, told: Told::Absence }
    }

    /// Joins a later step of the same session to this one, so that a queue holds one step for each session.
    pub fn absorb(mut self, later: Self) -> Self {
        self.change.events.extend(later.change.events);
        Self {
            change: Change {
                session: later.change.session,
                events: self.change.events,
                ended: later.change.ended,
            },
            written: self.written || later.written,
            told: if later.told == Told::Nothing { self.told } else { later.told },
        }
    }
}
