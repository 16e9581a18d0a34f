//! What the file says of a play that cannot be taken as it is. Its own program counts it so.

use super::parts::{DESCRIPTION, FACTS};
use super::rows::{Description, Fact};
use crate::cell::Repair;
use crate::rule::Rule;
use crate::table::Table;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};
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

/// What stands in the file, where it was repaired in a way that counts, where its group is one of another user or library, and where its
/// `cells` say nothing of what it is counted by.
pub(super) fn read(
    fact: &Fact,
    is_mixed: bool,
    repairs: &[Repair],
    cells: &Map<String, Value>,
) -> Option<RecordedPlay> {
    let had = |rule: Rule| repairs.iter().any(|repair| repair.rule == rule);
    let (has_kind, has_decision) = (!cells.contains_key(LIVE), !cells.contains_key(DECISION));
    if !is_mixed && has_kind && has_decision && !COUNTING.into_iter().any(had) {
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
        has_kind,
        has_decision,
    })
}

/// Texts of a play and of its item that are told as nothing where nothing lies there; here no text is an empty one.
const TEXTS: [&str; 6] = ["ip_address", "platform", "product", "player", "machine_id", "location"];
/// Those of its item by their columns. How long it lasts is no cell of the history, but an order of it.
const ITEM_CELLS: [(&str, &str); 4] =
    [("guid", "guid"), ("full_title", "full_title"), (LIVE, LIVE), ("duration", "item_duration")];
/// Whether it was live television.
const LIVE: &str = "live";
/// As the history calls it: a play of whose delivery nothing was recorded has an empty one.
pub(super) const DECISION: &str = "transcode_decision";
/// Numbers of an item that are told as they lie where they are none.
const NUMBERS: [&str; 3] = ["year", "media_index", "parent_media_index"];

/// Where the cells stand in a row that are told as they lie.
#[derive(Debug, Clone)]
pub(super) struct Places(Vec<(usize, &'static str)>);

impl Default for Places {
    fn default() -> Self {
        let place = |columns: &[&str], name: &str| columns.iter().position(|column| *column == name);
        let texts = TEXTS.iter().filter_map(|name| Some((FACTS + place(Fact::COLUMNS, name)?, *name)));
        let of_item = ITEM_CELLS
            .iter()
            .filter_map(|(column, name)| Some((DESCRIPTION + place(Description::COLUMNS, column)?, *name)));
        Self(texts.chain(of_item).collect())
    }
}

impl Places {
    /// The cells of a row where nothing lies.
    pub(super) fn nothings(&self, row: &rusqlite::Row<'_>, is_described: bool) -> Map<String, Value> {
        let is_nothing = |at: usize| matches!(row.get_ref(at), Ok(ValueRef::Null));
        let meant = self.0.iter().filter(|(at, _)| *at < DESCRIPTION || is_described);
        meant.filter(|(at, _)| is_nothing(*at)).map(|(_, name)| ((*name).to_owned(), Value::Null)).collect()
    }
}

/// Adds the numbers that are none.
pub(super) fn add_words(cells: &mut Map<String, Value>, repairs: &[Repair]) {
    let is_word = |repair: &&Repair| {
        repair.table == Description::NAME
            && NUMBERS.contains(&repair.column)
            && repair.rule == Rule::WordForNumber
    };
    for repair in repairs.iter().filter(is_word) {
        cells.insert(repair.column.to_owned(), Value::String(repair.raw.clone()));
    }
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
        assert_eq!(read(&absurd, false, &[], &Map::new()), None, "nothing was repaired");
        let kept = read(&absurd, true, &[], &Map::new()).unwrap();
        let numbers = [kept.started_s, kept.stopped_s, kept.paused_s, kept.named_group];
        assert_eq!(numbers, [Some(MOST), Some(-MOST), Some(-MOST), Some(-MOST)]);
    }
}
