//! The wall clock against steady time: whether somebody, or the network's time service, has set it.

use chrono::{DateTime, Duration, Utc};
use tokio::time::Instant;

/// Smaller differences are the ordinary drift of clocks, and the wait of a busy machine between two readings.
const SET: Duration = Duration::seconds(5);

/// Compares readings of the wall clock with the time that passed between them.
#[derive(Debug)]
pub struct Steady {
    wall: DateTime<Utc>,
    at: Instant,
}

impl Steady {
    pub fn new(wall: DateTime<Utc>, at: Instant) -> Self {
        Self { wall, at }
    }

    /// By how much the wall clock was set since the last reading, if it was.
    pub fn read(&mut self, wall: DateTime<Utc>, at: Instant) -> Option<Duration> {
        let passed = Duration::from_std(at - self.at).unwrap_or(Duration::MAX);
        let set = (wall - self.wall) - passed;
        *self = Self { wall, at };
        (set.abs() >= SET).then_some(set)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clock_that_was_set_is_told() {
        let (wall, at) = (DateTime::UNIX_EPOCH, Instant::now());
        let mut steady = Steady::new(wall, at);
        let mut read = |wall_s, steady_s| {
            let wall = wall + Duration::seconds(wall_s);
            steady.read(wall, at + std::time::Duration::from_secs(steady_s)).map(|by| by.num_seconds())
        };
        assert_eq!(read(10, 10), None);
        assert_eq!(read(24, 20), None, "a clock that runs fast");
        assert_eq!(read(3_634, 30), Some(3_600));
        assert_eq!(read(3_644, 40), None, "told once");
        assert_eq!(read(3_044, 50), Some(-610));
    }
}
