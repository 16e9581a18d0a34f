//! The settings that decide about sessions, as values.

use crate::watched::WatchedRules;
use chrono::Duration;

/// Durations and thresholds of the state machine. Defaults are the reference's.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionRules {
    pub watched: WatchedRules,
    /// Movies and episodes played for less are not kept (HIS-02).
    pub ignore_interval: Duration,
    /// Tracks played for less are not kept, if they last at least `track_floor` (HIS-02).
    pub track_ignore_interval: Duration,
    pub track_floor: Duration,
    /// Without any sign for this long a session is closed (ACT-06).
    pub stale_after: Duration,
    /// How often progress is written down while nothing else changes. The reference does it at the first notice after 60 s,
    /// and notices come every 10 s (ACT-06).
    pub checkpoint_every: Duration,
    /// A session heard of within this time is alive.
    pub alive_within: Duration,
    /// A stop this close to the end counts as the end (ACT-10).
    pub end_snap: Duration,
    /// A stream that starts sooner after the same user's last stop continues it (ACT-11).
    pub continued_within: Duration,
    /// Buffer events until a warning, and the wait between warnings (ACT-12).
    pub buffer_threshold: i64,
    pub buffer_wait: Duration,
    /// Notices come about this often, so a marker counts as reached this long before it starts (ACT-13).
    pub marker_lead: Duration,
}

impl Default for SessionRules {
    fn default() -> Self {
        Self {
            watched: WatchedRules::default(),
            ignore_interval: Duration::seconds(120),
            track_ignore_interval: Duration::seconds(15),
            track_floor: Duration::seconds(30),
            stale_after: Duration::minutes(5),
            checkpoint_every: Duration::seconds(65),
            alive_within: Duration::seconds(15),
            end_snap: Duration::seconds(10),
            continued_within: Duration::seconds(15),
            buffer_threshold: 10,
            buffer_wait: Duration::seconds(900),
            marker_lead: Duration::seconds(10),
        }
    }
}
