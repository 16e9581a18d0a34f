//! Which plays are one viewing (HIS-06, HIS-07). Items are compared by lasting identity, never by recycled keys (HIS-08).

use crate::GroupId;
use crate::media::MediaKind;
use crate::watched::{Reach, WatchedRules};
use chrono::{DateTime, Duration, Utc};

/// The newest play of the same user and item before the one being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Predecessor {
    pub group_id: GroupId,
    pub started_at: DateTime<Utc>,
    pub view_offset_ms: i64,
}

/// The group that a new play joins; `None` begins one of its own.
///
/// A play joins when its predecessor was not yet watched, judged by the new play's duration and markers, and had got no
/// further than the new play did. Other plays in between and the time that passed do not matter.
pub fn join_group(
    kind: MediaKind,
    predecessor: Option<Predecessor>,
    reached: &Reach,
    rules: &WatchedRules,
) -> Option<GroupId> {
    let before = predecessor?;
    let then = Reach { view_offset_ms: before.view_offset_ms, ..*reached };
    let resumed = before.view_offset_ms <= reached.view_offset_ms;
    (resumed && !rules.is_watched(kind, &then)).then_some(before.group_id)
}

/// The group that a live play joins: the same programme watched by the same user within the last day.
pub fn join_live_group(predecessor: Option<Predecessor>, started_at: DateTime<Utc>) -> Option<GroupId> {
    let before = predecessor?;
    (started_at - before.started_at <= Duration::days(1)).then_some(before.group_id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn before(offset: i64) -> Option<Predecessor> {
        Some(Predecessor { group_id: GroupId(7), started_at: DateTime::UNIX_EPOCH, view_offset_ms: offset })
    }

    fn reached(offset: i64) -> Reach {
        Reach { view_offset_ms: offset, duration_ms: Some(1000), ..Default::default() }
    }

    fn join(old: i64, new: i64) -> Option<GroupId> {
        join_group(MediaKind::Movie, before(old), &reached(new), &WatchedRules::default())
    }

    #[test]
    fn a_resumed_play_joins_and_a_rewatch_does_not() {
        // HIS-06
        assert_eq!(join(100, 400), Some(GroupId(7)));
        assert_eq!(join(400, 400), Some(GroupId(7)));
        assert_eq!(join(500, 200), None, "going back is another viewing");
        assert_eq!(join(900, 950), None, "what was watched is not resumed");
        assert_eq!(join_group(MediaKind::Movie, None, &reached(1), &WatchedRules::default()), None);
    }

    #[test]
    fn live_plays_join_within_a_day() {
        // HIS-07
        let start = DateTime::UNIX_EPOCH;
        assert_eq!(join_live_group(before(0), start + Duration::hours(23)), Some(GroupId(7)));
        assert_eq!(join_live_group(before(0), start + Duration::hours(25)), None);
    }

    proptest! {
        #[test]
        fn nothing_joins_a_watched_play(old in 850i64..5000, new in 0i64..5000) {
            prop_assert_eq!(join(old, new), None);
        }
    }
}
