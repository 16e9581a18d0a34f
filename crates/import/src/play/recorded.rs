//! What the file says of a play that cannot be taken as it is. Its own program counts it so.

use super::rows::Fact;
use crate::cell::Repair;
use crate::rule::Rule;
use tautulli_domain::history::RecordedPlay;

/// No time, no pause and no row of a play is beyond it, whatever a file says: 300 years in seconds. What is counted stays far from the
/// largest numbers that way.
const MOST: i64 = 10_000_000_000;

/// The repairs after which a play counts otherwise than it did.
const COUNTING: [Rule; 8] = [
    Rule::StopMissing,
    Rule::StopBeforeStart,
    Rule::StartMissing,
    Rule::NegativePause,
    Rule::PauseBeyondPlay,
    Rule::GroupMissing,
    Rule::DescriptionMissing,
    Rule::StreamMissing,
];

/// What stands in the file, where it was repaired in a way that counts, or where its group is one of another user or library.
pub(super) fn read(fact: &Fact, is_mixed: bool, repairs: &[Repair]) -> Option<RecordedPlay> {
    let had = |rule: Rule| repairs.iter().any(|repair| repair.rule == rule);
    if !is_mixed && !COUNTING.into_iter().any(had) {
        return None;
    }
    let bounded = |number: Option<i64>| number.map(|number| number.clamp(-MOST, MOST));
    Some(RecordedPlay {
        started_s: bounded(fact.started),
        stopped_s: bounded(fact.stopped),
        paused_s: bounded(fact.paused_counter),
        is_of_group: !had(Rule::GroupMissing),
        named_group: bounded(fact.reference_id),
        has_item: !had(Rule::DescriptionMissing),
        has_stream: !had(Rule::StreamMissing),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_far_from_the_largest_numbers() {
        let absurd = Fact {
            started: Some(i64::MAX),
            stopped: Some(i64::MIN),
            paused_counter: Some(i64::MIN),
            reference_id: Some(i64::MIN),
            ..Fact::default()
        };
        assert_eq!(read(&absurd, false, &[]), None, "nothing was repaired");
        let kept = read(&absurd, true, &[]).unwrap();
        let numbers = [kept.started_s, kept.stopped_s, kept.paused_s, kept.named_group];
        assert_eq!(numbers, [Some(MOST), Some(-MOST), Some(-MOST), Some(-MOST)]);
    }
}
