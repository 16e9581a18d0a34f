//! Latencies: gathered as microseconds, told as percentiles.

use std::time::Duration;

/// What listeners heard within a window.
#[derive(Debug, Default)]
pub struct Heard {
    /// Sorted, in microseconds.
    latencies: Vec<u32>,
    pub frames: u64,
    pub bytes: u64,
    /// What should have been heard: events times listeners.
    pub expected: u64,
    pub window: Duration,
}

impl Heard {
    pub fn new(mut latencies: Vec<u32>, frames: u64, bytes: u64, expected: u64, window: Duration) -> Self {
        latencies.sort_unstable();
        Self { latencies, frames, bytes, expected, window }
    }

    pub fn count(&self) -> usize {
        self.latencies.len()
    }

    /// The latency that so many per mille are not above.
    pub fn per_mille(&self, share: usize) -> Duration {
        let at = (self.latencies.len() * share / 1000).min(self.latencies.len().saturating_sub(1));
        Duration::from_micros(self.latencies.get(at).copied().unwrap_or(0).into())
    }

    pub fn max(&self) -> Duration {
        Duration::from_micros(self.latencies.last().copied().unwrap_or(0).into())
    }
}
