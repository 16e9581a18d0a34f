//! What is done again and again, and when it is due (OPS-01).

use crate::ServerId;
use chrono::{DateTime, Duration, Utc};

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JobKind {
    /// Reads a media server's libraries.
    RefreshLibraries,
    /// Reads who may use a media server.
    RefreshUsers,
    /// Counts what a media server's libraries hold.
    MeasureLibraries,
    /// Dumps the database into the folder for backups and removes dumps that are too old.
    BackUpDatabase,
    /// Writes the settings into the folder for backups and removes copies that are too old.
    BackUpSettings,
    /// Forgets edits of the history that can no longer be undone.
    ForgetEdits,
}

impl JobKind {
    pub const ALL: [Self; 6] = [
        Self::RefreshLibraries,
        Self::RefreshUsers,
        Self::MeasureLibraries,
        Self::BackUpDatabase,
        Self::BackUpSettings,
        Self::ForgetEdits,
    ];

    /// Its name where it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Self::RefreshLibraries => "refresh_libraries",
            Self::RefreshUsers => "refresh_users",
            Self::MeasureLibraries => "measure_libraries",
            Self::BackUpDatabase => "back_up_database",
            Self::BackUpSettings => "back_up_settings",
            Self::ForgetEdits => "forget_edits",
        }
    }

    /// The longest wait after failures: a server that is back is asked soon, and a dump that failed is not made again at once.
    pub fn longest_retry(self) -> Duration {
        match self {
            Self::RefreshLibraries | Self::RefreshUsers => Duration::minutes(1),
            Self::MeasureLibraries | Self::BackUpDatabase | Self::BackUpSettings | Self::ForgetEdits => {
                Duration::hours(1)
            }
        }
    }

    /// The job of a name; `None` for one that another version knew.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A job: what is done, and for which server if it is one's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JobKey {
    pub kind: JobKind,
    pub server_id: Option<ServerId>,
}

/// How a job has gone so far.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobRecord {
    /// Since when it is known; its first run is due an interval later.
    pub known_at: DateTime<Utc>,
    pub started_at: Option<DateTime<Utc>>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Why the last run failed, in words for users.
    pub failure: Option<String>,
    /// How many runs failed in a row.
    pub failures: u32,
}

/// The wait after a first failure; each further one doubles it.
const RETRY_SECONDS: i64 = 2;

impl JobRecord {
    /// When it is due if it is done every so often. After a failure it is tried again sooner, later each time, but never
    /// later than if nothing had happened, nor than `longest_retry`.
    pub fn due_at(&self, every: Duration, longest_retry: Duration) -> DateTime<Utc> {
        let wait = if self.failures == 0 {
            every
        } else {
            let doubled = RETRY_SECONDS << (self.failures - 1).min(16);
            Duration::seconds(doubled).min(longest_retry).min(every)
        };
        // What a kill cut short never ended: it counts from its start.
        let last = self.started_at.max(self.ended_at).unwrap_or(self.known_at);
        last.checked_add_signed(wait).unwrap_or(DateTime::<Utc>::MAX_UTC)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::seconds(seconds)
    }

    #[test]
    fn names_lead_back() {
        for kind in JobKind::ALL {
            assert_eq!(JobKind::named(kind.name()), Some(kind));
        }
        assert_eq!(JobKind::named("brew_coffee"), None);
    }

    proptest! {
        #[test]
        fn a_job_is_due_after_its_last_run_and_never_later_than_its_interval(
            known in 0_i64..1_000_000,
            run in proptest::option::of((0_i64..1_000_000, proptest::option::of(0_i64..10_000))),
            failures in 0_u32..200,
            every in 1_i64..100_000,
            longest in 1_i64..100_000,
        ) {
            let record = JobRecord {
                known_at: at(known),
                started_at: run.map(|(start, _)| at(known + start)),
                ended_at: run.and_then(|(start, took)| Some(at(known + start + took?))),
                failure: None,
                failures,
            };
            let due = record.due_at(Duration::seconds(every), Duration::seconds(longest));
            let last = record.ended_at.or(record.started_at).unwrap_or(record.known_at);
            prop_assert!(due > last);
            prop_assert!(due <= last + Duration::seconds(every));
            if failures == 0 {
                prop_assert_eq!(due, last + Duration::seconds(every));
            } else {
                prop_assert!(due <= last + Duration::seconds(longest.max(RETRY_SECONDS)));
            }
        }
    }

    #[test]
    fn each_failure_waits_twice_as_long() {
        let failed = |failures| JobRecord {
            known_at: at(0),
            started_at: None,
            ended_at: None,
            failure: None,
            failures,
        };
        let waits: Vec<_> = (1..=7)
            .map(|failures| failed(failures).due_at(Duration::hours(12), Duration::seconds(60)).timestamp())
            .collect();
        assert_eq!(waits, [2, 4, 8, 16, 32, 60, 60]);
    }
}
