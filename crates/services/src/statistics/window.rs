//! Windows as people say them, as moments.

use chrono::{DateTime, Datelike, Duration, Months, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use tautulli_domain::statistics::{Stretched, Window};
use tautulli_domain::{Error, Result};

/// No history goes further back.
const MOST_DAYS: i64 = 100_000;

/// The moments that a window means, seen from `now`.
pub(crate) fn resolve(asked: &Stretched, zone: Tz, now: DateTime<Utc>) -> Result<Window> {
    let today = now.with_timezone(&zone).date_naive();
    let begins = [
        asked.days.map(|days| Ok(now - Duration::days(bounded(days)?))),
        asked.whole_days.map(|days| begin_of(zone, today - Duration::days(bounded(days)? - 1))),
        asked.months.map(|months| begin_of(zone, months_back(today, bounded(months)? - 1)?)),
        asked.since.map(Ok),
        asked.after.map(|day| begin_of(zone, day)),
    ];
    let mut begins = begins.into_iter().flatten();
    let since = begins.next().transpose()?;
    let until = match (asked.until, asked.before) {
        (Some(_), Some(_)) => return Err(twice("ends")),
        (until, None) => until,
        (None, Some(day)) => Some(begin_of(zone, day + Duration::days(1))?),
    };
    if begins.next().is_some() {
        return Err(twice("begins"));
    }
    let window = Window { since, until };
    window.validate()?;
    Ok(window)
}

fn twice(what: &str) -> Error {
    Error::invalid(format!("Say only once where the window {what}"))
}

fn bounded(number: i64) -> Result<i64> {
    if (1..=MOST_DAYS).contains(&number) {
        return Ok(number);
    }
    Err(Error::invalid(format!("A window goes back between 1 and {MOST_DAYS} days or months")))
}

fn months_back(today: NaiveDate, months: i64) -> Result<NaiveDate> {
    let first = today.with_day(1);
    let months = u32::try_from(months).ok().map(Months::new);
    let found = first.zip(months).and_then(|(first, months)| first.checked_sub_months(months));
    found
        .filter(|day| day.year() > 0)
        .ok_or_else(|| Error::invalid("That is longer ago than any calendar knows"))
}

/// The first moment of a day; where the clocks skip midnight, the first one after it.
fn begin_of(zone: Tz, day: NaiveDate) -> Result<DateTime<Utc>> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..=24)
        .find_map(|quarter| {
            zone.from_local_datetime(&(midnight + Duration::minutes(15 * quarter))).earliest()
        })
        .map(|at| at.with_timezone(&Utc))
        .ok_or_else(|| Error::invalid("That day does not exist in the configured time zone"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn since(asked: Stretched) -> DateTime<Utc> {
        resolve(&asked, Tz::Europe__Berlin, moment("2026-03-29T10:00:00Z")).unwrap().since.unwrap()
    }

    #[test]
    fn windows_begin_where_people_mean() {
        // STA-02, GRA-04: the clocks of Berlin went forward on that day.
        assert_eq!(since(Stretched { days: Some(1), ..Default::default() }), moment("2026-03-28T10:00:00Z"));
        assert_eq!(
            since(Stretched { whole_days: Some(1), ..Default::default() }),
            moment("2026-03-28T23:00:00Z")
        );
        assert_eq!(
            since(Stretched { months: Some(1), ..Default::default() }),
            moment("2026-02-28T23:00:00Z")
        );
        assert_eq!(
            since(Stretched { months: Some(4), ..Default::default() }),
            moment("2025-11-30T23:00:00Z")
        );
        let before = Stretched { before: "2026-03-29".parse().ok(), ..Default::default() };
        let window = resolve(&before, Tz::Europe__Berlin, moment("2026-03-29T10:00:00Z")).unwrap();
        assert_eq!((window.since, window.until), (None, Some(moment("2026-03-29T22:00:00Z"))));
    }

    #[test]
    fn a_window_begins_once_and_before_it_ends() {
        let refused = |asked: Stretched| resolve(&asked, Tz::UTC, moment("2026-03-29T10:00:00Z")).is_err();
        assert!(refused(Stretched { days: Some(1), months: Some(1), ..Default::default() }));
        assert!(refused(Stretched { days: Some(0), ..Default::default() }));
        assert!(refused(Stretched { days: Some(i64::MAX), ..Default::default() }));
        assert!(refused(Stretched { months: Some(90_000), ..Default::default() }));
        let (early, late) = ("2026-01-01".parse().ok(), "2026-02-01".parse().ok());
        assert!(refused(Stretched { after: late, before: early, ..Default::default() }));
    }
}
