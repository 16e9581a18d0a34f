//! What the file says of a play that cannot be taken as it is. Its own program counts it so.

use super::rows::Fact;
use crate::cell::Repair;
use crate::rule::Rule;
use tautulli_domain::history::RecordedPlay;

/// No time and no pause of a play is beyond it, whatever a file says: 3,000 years in seconds.
const MOST: i64 = 100_000_000_000;

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
        named_group: fact.reference_id,
        has_item: !had(Rule::DescriptionMissing),
        has_stream: !had(Rule::StreamMissing),
    })
}
