//! The wall clock against steady time: whether somebody, or the network's time service, has set it, or the machine slept.

use chrono::{DateTime, Duration, Utc};
use tokio::time::Instant;

/// Smaller differences are the ordinary drift of clocks, and the wait of a busy machine between two readings.
const NOTABLE: Duration = Duration::seconds(5);

/// What is odd about the time between two readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Oddity {
    /// The clock was set by so much.
    Set(Duration),
    /// The machine was suspended for so long.
    Slept(Duration),
}

/// One reading of all clocks.
#[derive(Debug, Clone, Copy)]
pub struct Reading {
    wall: DateTime<Utc>,
    /// Stands still while the machine is suspended.
    awake: Instant,
    /// How long the machine was suspended since it started.
    slept: Duration,
}

impl Reading {
    pub fn new(wall: DateTime<Utc>) -> Self {
        Self { wall, awake: Instant::now(), slept: slept() }
    }
}

/// Compares readings of the wall clock with the time that passed between them.
#[derive(Debug)]
pub struct Steady(Reading);

impl Steady {
    pub fn new(now: Reading) -> Self {
        Self(now)
    }

    /// What was odd since the last reading.
    pub fn read(&mut self, now: Reading) -> Option<Oddity> {
        let last = std::mem::replace(&mut self.0, now);
        let awake = Duration::from_std(now.awake - last.awake).unwrap_or(Duration::MAX);
        let slept = now.slept - last.slept;
        let set = (now.wall - last.wall) - awake - slept;
        if set.abs() >= NOTABLE {
            Some(Oddity::Set(set))
        } else {
            (slept >= NOTABLE).then_some(Oddity::Slept(slept))
        }
    }
}

#[cfg(target_os = "linux")]
fn slept() -> Duration {
    use rustix::time::{ClockId, Timespec, clock_gettime};
    let of = |time: Timespec| Duration::new(time.tv_sec, u32::try_from(time.tv_nsec).unwrap_or_default());
    let (awake, all) = (clock_gettime(ClockId::Monotonic), clock_gettime(ClockId::Boottime));
    let between = of(all).zip(of(awake)).map(|(all, awake)| all - awake);
    between.unwrap_or_default().max(Duration::zero())
}

/// Elsewhere a machine that slept looks like a clock that was set.
#[cfg(not(target_os = "linux"))]
fn slept() -> Duration {
    Duration::zero()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads after so many seconds of the wall clock, of being awake and of sleep.
    fn reader() -> impl FnMut(i64, u64, i64) -> Option<Oddity> {
        let start = Reading { wall: DateTime::UNIX_EPOCH, awake: Instant::now(), slept: Duration::zero() };
        let mut steady = Steady::new(start);
        move |wall, awake, slept| {
            steady.read(Reading {
                wall: start.wall + Duration::seconds(wall),
                awake: start.awake + std::time::Duration::from_secs(awake),
                slept: Duration::seconds(slept),
            })
        }
    }

    #[test]
    fn only_a_clock_that_was_set_is_told() {
        let mut read = reader();
        assert_eq!(read(10, 10, 0), None);
        assert_eq!(read(24, 20, 0), None, "a clock that runs fast");
        assert_eq!(read(3_634, 30, 0), Some(Oddity::Set(Duration::seconds(3_600))));
        assert_eq!(read(3_644, 40, 0), None, "told once");
        assert_eq!(read(3_044, 50, 0), Some(Oddity::Set(Duration::seconds(-610))));
    }

    #[test]
    fn a_machine_that_slept_is_no_clock_that_was_set() {
        let mut read = reader();
        assert_eq!(read(3_610, 10, 3_600), Some(Oddity::Slept(Duration::seconds(3_600))));
        assert_eq!(read(3_620, 20, 3_600), None, "told once");
        assert_eq!(read(3_900, 30, 3_660), Some(Oddity::Set(Duration::seconds(210))), "set while it slept");
    }

    #[test]
    fn the_readings_of_this_machine_are_plausible() {
        let (first, second) = (Reading::new(DateTime::UNIX_EPOCH), Reading::new(DateTime::UNIX_EPOCH));
        assert!(first.slept >= Duration::zero());
        assert!((second.slept - first.slept).abs() < Duration::seconds(1));
    }
}
