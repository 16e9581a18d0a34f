//! The edges of the service, where tests put something else: time, randomness, pace.

use std::sync::Arc;
use tautulli_domain::{SharedClock, SystemClock};
use tautulli_services::Entropy;
use tautulli_services::access::DemoAccount;
use tautulli_services::activity::Timing;
use tautulli_services::upkeep::Host;

/// What the service reaches the world through.
#[derive(Debug, Clone)]
pub struct Edges {
    pub clock: SharedClock,
    pub entropy: Arc<Entropy>,
    pub timing: Timing,
    /// The demo's account, when a simulated Plex is shown.
    pub demo: Option<DemoAccount>,
    /// The running program, where it may be told to dump the database and to start again.
    pub host: Option<Arc<dyn Host>>,
}

impl Default for Edges {
    fn default() -> Self {
        Self {
            clock: Arc::new(SystemClock),
            entropy: Arc::new(Entropy::from_os()),
            timing: Timing::default(),
            demo: None,
            host: None,
        }
    }
}
