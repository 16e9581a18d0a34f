//! Time as a parameter. Nothing else in the workspace reads the wall clock.

use chrono::{DateTime, SubsecRound, Utc};
use std::sync::Arc;

/// Where "now" comes from. Tests move it; the service reads the system's.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The present instant in UTC, to the microsecond (what PostgreSQL keeps).
    fn now(&self) -> DateTime<Utc>;
}

/// A clock that several owners share.
pub type SharedClock = Arc<dyn Clock>;

/// The operating system's clock.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the wall clock is read")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now().trunc_subsecs(6)
    }
}
