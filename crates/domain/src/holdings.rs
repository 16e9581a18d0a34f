//! How much a library holds, and how that grew.

use crate::media::MediaKind;
use chrono::{DateTime, Datelike, Months, NaiveDate, Utc};
use std::collections::BTreeMap;

/// What a library held on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holding {
    pub day: NaiveDate,
    /// Movies, episodes or tracks.
    pub items: i64,
    /// Bytes of all their files.
    pub size: i64,
    /// Not measured on that day, but reckoned later from when items had been added.
    pub is_reckoned: bool,
}

/// What the files of a library of a kind belong to; `None` where its size is not measured.
pub fn leaves(kind: MediaKind) -> Option<MediaKind> {
    match kind {
        MediaKind::Movie => Some(MediaKind::Movie),
        MediaKind::Show => Some(MediaKind::Episode),
        MediaKind::Artist => Some(MediaKind::Track),
        _ => None,
    }
}

/// A library while its items are counted, one by one.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Items and bytes by the first day of the month in which they were added; those without a date come first of all.
    months: BTreeMap<NaiveDate, (i64, i64)>,
}

impl Tally {
    /// Counts an item that was added at a time (unix seconds) and whose files have a size (bytes).
    pub fn add(&mut self, added_at: Option<i64>, size: i64) {
        let added = added_at.and_then(|at| DateTime::<Utc>::from_timestamp(at, 0));
        // No media server is older than the first one of Plex; a date before that says that nobody knows.
        let month =
            added.map(|at| at.date_naive()).filter(|day| day.year() >= FIRST_YEAR).map(first_of_month);
        let (items, bytes) = self.months.entry(month.unwrap_or(NaiveDate::MIN)).or_default();
        *items = items.saturating_add(1);
        *bytes = bytes.saturating_add(size.max(0));
    }

    /// What is there on the day of counting.
    pub fn measured(&self, today: NaiveDate) -> Holding {
        let (items, size) = self.until(None);
        Holding { day: today, items, size, is_reckoned: false }
    }

    /// What of it was there at the beginnings of the months before, from the first that had anything.
    pub fn reckoned(&self, today: NaiveDate) -> Vec<Holding> {
        let Some(first) = self.months.keys().copied().find(|month| *month > NaiveDate::MIN) else {
            return Vec::new();
        };
        let begins = std::iter::successors(Some(first), |day| day.checked_add_months(Months::new(1)));
        begins
            .take_while(|day| *day < today)
            .map(|day| {
                let (items, size) = self.until(Some(day));
                Holding { day, items, size, is_reckoned: true }
            })
            .collect()
    }

    /// What had been added before a day.
    fn until(&self, day: Option<NaiveDate>) -> (i64, i64) {
        let before = self.months.iter().take_while(|(month, _)| day.is_none_or(|day| **month < day));
        before.fold((0, 0), |(items, size), (_, more)| (items + more.0, size.saturating_add(more.1)))
    }
}

/// The year in which Plex began.
const FIRST_YEAR: i32 = 2008;

fn first_of_month(day: NaiveDate) -> NaiveDate {
    day.with_day(1).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> Option<i64> {
        Some(day(text).and_hms_opt(12, 0, 0).unwrap().and_utc().timestamp())
    }

    #[test]
    fn grows_by_months() {
        let mut tally = Tally::default();
        for (added, size) in [(at("2026-01-15"), 10), (at("2026-03-31"), 20), (None, 5), (Some(7), 1)] {
            tally.add(added, size);
        }
        let grown: Vec<_> =
            tally.reckoned(day("2026-04-10")).iter().map(|h| (h.day.to_string(), h.items, h.size)).collect();
        let expected =
            [("2026-01-01", 2, 6), ("2026-02-01", 3, 16), ("2026-03-01", 3, 16), ("2026-04-01", 4, 36)];
        assert_eq!(grown, expected.map(|(day, items, size)| (day.to_owned(), items, size)));
        let now = tally.measured(day("2026-04-10"));
        assert_eq!((now.items, now.size, now.is_reckoned), (4, 36, false));
    }

    #[test]
    fn nothing_grows_out_of_nothing() {
        assert!(Tally::default().reckoned(day("2026-04-10")).is_empty());
        assert_eq!(Tally::default().measured(day("2026-04-10")).items, 0);
    }

    proptest! {
        #[test]
        fn never_shrinks_and_ends_below_what_is_there(
            items in prop::collection::vec((prop::option::of(any::<i64>()), any::<i64>()), 0..40),
            recent in prop::collection::vec(1_200_000_000i64..2_000_000_000, 0..40),
        ) {
            let mut tally = Tally::default();
            for (added, size) in &items { tally.add(*added, *size); }
            for added in &recent { tally.add(Some(*added), 1); }
            let today = day("2030-01-15");
            let grown = tally.reckoned(today);
            prop_assert!(grown.is_sorted_by(|a, b| a.day < b.day && a.items <= b.items && a.size <= b.size));
            prop_assert!(grown.len() < 300);
            let now = tally.measured(today);
            prop_assert_eq!(now.items, (items.len() + recent.len()) as i64);
            prop_assert!(grown.last().is_none_or(|last| last.items <= now.items && last.size <= now.size));
        }
    }
}
