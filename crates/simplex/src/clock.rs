//! Owns the time of the simulated world: the wall clock, sped up, or stepped by hand.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

/// Speed 1 follows the wall clock, higher runs faster, 0 stands still until advanced. Times are unix seconds.
#[derive(Debug, Clone)]
pub struct Clock {
    base: f64,
    mark: Instant,
    speed: f64,
}

impl Clock {
    /// The wall clock.
    #[must_use]
    pub fn real() -> Self {
        Self::scaled(1.0, None)
    }

    /// `speed` simulated seconds a second, from `start` or now.
    #[must_use]
    pub fn scaled(speed: f64, start: Option<f64>) -> Self {
        Self { base: start.unwrap_or_else(wall), mark: Instant::now(), speed: sane(speed) }
    }

    /// Stands at `start` until advanced.
    #[must_use]
    pub fn manual(start: f64) -> Self {
        Self::scaled(0.0, Some(start))
    }

    #[must_use]
    pub fn now(&self) -> f64 {
        self.base + self.mark.elapsed().as_secs_f64() * self.speed
    }

    /// Now in whole seconds.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        whole(self.now())
    }

    #[must_use]
    pub fn speed(&self) -> f64 {
        self.speed
    }

    pub fn set_speed(&mut self, speed: f64) {
        self.base = self.now();
        self.mark = Instant::now();
        self.speed = sane(speed);
    }

    /// Steps by `seconds`, backwards too.
    pub fn advance(&mut self, seconds: f64) {
        self.base += seconds;
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::real()
    }
}

fn sane(speed: f64) -> f64 {
    if speed.is_finite() { speed.max(0.0) } else { 1.0 }
}

/// The whole part of a number of seconds or milliseconds.
#[expect(clippy::cast_possible_truncation, reason = "casting saturates, which is what is wanted")]
pub(crate) fn whole(value: f64) -> i64 {
    value as i64
}

/// A count of milliseconds or seconds as a float.
#[expect(clippy::cast_precision_loss, reason = "times stay far below 2^52")]
pub(crate) fn real(value: i64) -> f64 {
    value as f64
}

/// A wait that `tokio` accepts, whatever was asked for: at most an hour.
pub(crate) fn wait(seconds: f64) -> Duration {
    Duration::try_from_secs_f64(seconds.clamp(0.0, 3600.0)).unwrap_or_default()
}

#[expect(clippy::disallowed_methods, reason = "this is where the simulation's own clock meets the wall's")]
fn wall() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manual_clock_moves_only_when_told() {
        let mut clock = Clock::manual(100.0);
        assert_eq!(clock.seconds(), 100);
        clock.advance(2.5);
        assert!((clock.now() - 102.5).abs() < 1e-9);
        clock.set_speed(f64::NAN);
        assert!((clock.speed() - 1.0).abs() < 1e-9);
    }
}
