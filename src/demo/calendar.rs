//! The year: how much is watched on a day, and when a local hour is.

use chrono::{DateTime, Datelike, Days, Duration, LocalResult, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;

/// How much is watched on a day, beside an ordinary one. `family`: those who travel together in August.
pub fn season(day: NaiveDate, family: bool) -> f64 {
    let of_month = match day.month() {
        1 | 2 => 1.15,
        3 | 11 => 1.05,
        5 => 0.9,
        6 => 0.8,
        7 => 0.66,
        8 => 0.62,
        12 => 1.1,
        _ => 1.0,
    };
    let holidays = matches!((day.month(), day.day()), (12, 22..) | (1, ..=2));
    let away = family && day.month() == 8 && (2..=17).contains(&day.day());
    let whole = if holidays { 1.5 } else { of_month };
    if away { whole * 0.08 } else { whole }
}

/// How settled someone is so many days after they came: the first weeks are for looking round.
pub fn settled(days: i64) -> f64 {
    match days {
        ..0 => 0.0,
        0..14 => 0.5,
        14..45 => 0.8,
        _ => 1.0,
    }
}

/// Monday is 0; a holiday is like a Saturday.
pub fn weekday(day: NaiveDate) -> usize {
    if matches!((day.month(), day.day()), (12, 24..=31) | (1, 1)) {
        return 5;
    }
    usize::try_from(day.weekday().num_days_from_monday()).unwrap_or(0)
}

/// The instant of an hour of a local day; hours beyond 24 are the next morning's. Hours that a clock change leaves out
/// are moved on.
pub fn instant(zone: Tz, day: NaiveDate, hour: f64) -> Option<DateTime<Utc>> {
    #[expect(clippy::cast_possible_truncation, reason = "an hour of a day in seconds fits")]
    let second = (hour.clamp(0.0, 30.0) * 3600.0) as i64;
    let midnight = day.and_hms_opt(0, 0, 0)?;
    let local = midnight + Duration::seconds(second);
    let found = match zone.from_local_datetime(&local) {
        LocalResult::None => zone.from_local_datetime(&(local + Duration::hours(1))),
        found => found,
    };
    found.earliest().map(|at| at.with_timezone(&Utc))
}

/// Every local day from so many days ago until today.
pub fn days(zone: Tz, now: DateTime<Utc>, ago: u64) -> impl Iterator<Item = NaiveDate> {
    let today = now.with_timezone(&zone).date_naive();
    let first = today.checked_sub_days(Days::new(ago)).unwrap_or(today);
    first.iter_days().take_while(move |day| *day <= today)
}
