//! How many streams ran at once: one sweep over starts and stops, stops before starts at the same moment (STA-06).

use chrono::{DateTime, Utc};

/// From when until when something ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
}

/// The most at once, and the latest time at which that many ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peak {
    pub count: i64,
    pub started_at: DateTime<Utc>,
    pub stopped_at: DateTime<Utc>,
}

/// The peak of stretches within `from` and `until`; `None` where nothing ran. What takes no time does not count.
pub fn peak(stretches: &[Stretch], from: DateTime<Utc>, until: DateTime<Utc>) -> Option<Peak> {
    let mut steps: Vec<(DateTime<Utc>, i64)> = Vec::with_capacity(stretches.len().saturating_mul(2));
    for stretch in stretches {
        let (start, stop) = (stretch.started_at.max(from), stretch.stopped_at.min(until));
        if start < stop {
            steps.extend([(start, 1), (stop, -1)]);
        }
    }
    steps.sort_unstable();
    let (mut running, mut best): (i64, Option<Peak>) = (0, None);
    for (at, (_, step)) in steps.iter().enumerate() {
        running += step;
        let Some((moment, until)) = steps.get(at).zip(steps.get(at + 1)).map(|(now, next)| (now.0, next.0))
        else {
            continue;
        };
        if *step > 0 && until > moment && best.is_none_or(|best| running >= best.count) {
            best = Some(Peak { count: running, started_at: moment, stopped_at: until });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Duration;
    use proptest::prelude::*;

    fn at(second: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::seconds(second)
    }

    fn stretch((start, long): (i64, i64)) -> Stretch {
        Stretch { started_at: at(start), stopped_at: at(start + long) }
    }

    /// Counts in every second.
    fn naive(stretches: &[Stretch], from: i64, until: i64) -> Option<(i64, i64)> {
        let running = |second: i64| {
            let within = |s: &&Stretch| s.started_at <= at(second) && at(second) < s.stopped_at;
            i64::try_from(stretches.iter().filter(within).count()).unwrap()
        };
        let most = (from..until).map(running).max().filter(|most| *most > 0)?;
        let last = (from..until).rev().find(|second| running(*second) == most)?;
        Some((most, last))
    }

    #[test]
    fn who_stops_makes_room_for_who_starts() {
        // STA-06
        let stretches = [(0, 10), (10, 10), (15, 1), (18, 7)].map(stretch);
        let found = peak(&stretches, at(0), at(100)).unwrap();
        assert_eq!((found.count, found.started_at, found.stopped_at), (2, at(18), at(20)));
        assert_eq!(peak(&stretches, at(30), at(100)), None);
        assert_eq!(peak(&[stretch((5, 0))], at(0), at(10)), None, "no time, no stream");
    }

    proptest! {
        #[test]
        fn the_sweep_finds_what_counting_finds(
            made in proptest::collection::vec((0i64..60, 0i64..20), 0..25), from in 0i64..40, long in 1i64..50
        ) {
            let stretches: Vec<Stretch> = made.into_iter().map(stretch).collect();
            let found = peak(&stretches, at(from), at(from + long));
            let counted = naive(&stretches, from, from + long);
            prop_assert_eq!(found.map(|p| p.count), counted.map(|c| c.0));
            if let (Some(peak), Some((_, last))) = (found, counted) {
                prop_assert_eq!(peak.stopped_at, at(last + 1));
            }
        }
    }
}
