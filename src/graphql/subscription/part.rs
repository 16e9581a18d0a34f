//! Which part of a subscription is wanted. Transports that run what many ask for only once put it together again.

use tokio::sync::watch;

/// A part of a subscription, as a transport puts it into a request; without it the whole is given.
pub enum Part {
    /// What is now, and no more: nothing for subscriptions that begin with a change.
    Snapshot,
    /// Only changes. Says so when it listens: whoever takes a snapshot after that misses nothing.
    Changes(watch::Sender<bool>),
}
