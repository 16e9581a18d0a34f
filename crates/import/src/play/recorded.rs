//! What the file says of a play that cannot be taken as it is. Its own program counts it so.

use super::parts::{DESCRIPTION, FACTS, MEDIA};
use super::rows::{Description, Fact, Media};
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

/// How far it got in per cent, where its program told more than a hundred: beyond the end, and of what has no `length`, of which a
/// millisecond is all.
pub(super) fn percent(fact: &Fact, length: Option<i64>) -> Option<i64> {
    let whole = length.filter(|length| *length != 0).unwrap_or(1);
    let percent = fact.view_offset?.checked_mul(100)?.checked_div(whole)?;
    (percent > 100).then_some(percent)
}

/// What stands in the file, where it was repaired in a way that counts, where its group is one of another user or library, where it got
/// further than its end, and where its `cells` say nothing of what it is counted by.
pub(super) fn read(
    fact: &Fact,
    is_mixed: bool,
    percent: Option<i64>,
    repairs: &[Repair],
    cells: &Map<String, Value>,
) -> Option<RecordedPlay> {
    let had = |rule: Rule| repairs.iter().any(|repair| repair.rule == rule);
    let (has_kind, has_decision) = (!cells.contains_key(LIVE), !cells.contains_key(DECISION));
    let is_whole =
        has_kind && has_decision && !cells.contains_key(SOURCE_RESOLUTION) && !cells.contains_key(SECTION);
    if !is_mixed && is_whole && percent.is_none() && !COUNTING.into_iter().any(had) {
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
        percent: bounded(percent),
    })
}

/// Texts of a play and of its item that are told as nothing where nothing lies there; here no text is an empty one.
const TEXTS: [&str; 7] = ["user", "ip_address", "platform", "product", "player", "machine_id", "location"];
const ITEM_CELLS: [&str; 3] = ["guid", "full_title", LIVE];
/// Whether it was live television.
const LIVE: &str = "live";
/// As the history calls it: a play of whose delivery nothing was recorded has an empty one.
pub(super) const DECISION: &str = "transcode_decision";
/// Numbers of an item that are told as they lie where they are none: a word, or nothing.
const NUMBERS: [&str; 3] = ["year", "media_index", "parent_media_index"];
/// The same of a delivery.
const MEDIA_NUMBERS: [&str; 19] = [
    "bitrate",
    "video_bitrate",
    "video_width",
    "video_height",
    "audio_bitrate",
    "audio_channels",
    "subtitles",
    "subtitle_forced",
    "optimized_version",
    "synced_version",
    "transcode_hw_decoding",
    "transcode_hw_encoding",
    "stream_bitrate",
    "stream_video_bitrate",
    "stream_video_width",
    "stream_video_height",
    "stream_audio_bitrate",
    "stream_audio_channels",
    "stream_subtitle_forced",
];
/// By which graphs count a film or an episode.
pub(super) const SOURCE_RESOLUTION: &str = "video_full_resolution";

/// Where the cells stand in a row that are told as they lie.
#[derive(Debug, Clone)]
pub(super) struct Places {
    cells: Vec<(usize, &'static str)>,
    /// The library's number: an empty word is a library of its own there.
    section: Option<usize>,
    /// How long the item lasts. That is no cell of the history, but what it is ordered by.
    length: Option<usize>,
    /// Its rating key, which its play says too.
    key: Option<usize>,
}

const SECTION: &str = "section_id";
/// As which cell it is kept where it is none.
const LENGTH: &str = "item_duration";

impl Default for Places {
    fn default() -> Self {
        let place = |columns: &[&str], name: &str| columns.iter().position(|column| *column == name);
        let texts = TEXTS.iter().filter_map(|name| Some((FACTS + place(Fact::COLUMNS, name)?, *name)));
        let of_item = ITEM_CELLS
            .iter()
            .chain(&NUMBERS)
            .filter_map(|name| Some((DESCRIPTION + place(Description::COLUMNS, name)?, *name)));
        let length = place(Description::COLUMNS, "duration").map(|at| DESCRIPTION + at);
        let decision = place(Media::COLUMNS, DECISION).map(|at| (MEDIA + at, DECISION));
        let key = place(Description::COLUMNS, "rating_key").map(|at| DESCRIPTION + at);
        let section = place(Fact::COLUMNS, SECTION).map(|at| FACTS + at);
        Self { cells: texts.chain(decision).chain(of_item).collect(), section, length, key }
    }
}

impl Places {
    /// The cells of a row where nothing lies.
    pub(super) fn nothings(
        &self,
        row: &rusqlite::Row<'_>,
        has_media: bool,
        is_described: bool,
    ) -> Map<String, Value> {
        let is_nothing = |at: usize| matches!(row.get_ref(at), Ok(ValueRef::Null));
        // Of what is not there at all, nothing lies in no cell.
        let is_there = |at: usize| match at {
            DESCRIPTION.. => is_described,
            MEDIA.. => has_media,
            _ => true,
        };
        let meant = self.cells.iter().filter(|(at, _)| is_there(*at));
        let nothings = meant.filter(|(at, _)| is_nothing(*at)).map(|(_, name)| (*name, Value::Null));
        let length = self.length.filter(|_| is_described).and_then(|at| match row.get_ref(at) {
            Ok(ValueRef::Null) => Some((LENGTH, Value::Null)),
            Ok(ValueRef::Text([])) => Some((LENGTH, Value::String(String::new()))),
            _ => None,
        });
        let is_empty = |at: &usize| matches!(row.get_ref(*at), Ok(ValueRef::Text([])));
        let section = self.section.filter(is_empty).map(|_| (SECTION, Value::String(String::new())));
        nothings.chain(length).chain(section).map(|(name, value)| (name.to_owned(), value)).collect()
    }

    /// The item's rating key, where it is a number.
    pub(super) fn key(&self, row: &rusqlite::Row<'_>) -> Option<String> {
        row.get_ref(self.key?).ok()?.as_i64().ok().map(|key| key.to_string())
    }

    /// How long the item lasts, in milliseconds.
    pub(super) fn length(&self, row: &rusqlite::Row<'_>) -> Option<i64> {
        row.get_ref(self.length?).ok()?.as_i64().ok()
    }
}

/// Adds the numbers that are none.
pub(super) fn add_words(cells: &mut Map<String, Value>, repairs: &[Repair]) {
    let is_told = |repair: &Repair| match repair.table {
        Description::NAME => NUMBERS.contains(&repair.column),
        Media::NAME => MEDIA_NUMBERS.contains(&repair.column),
        _ => false,
    };
    let is_word = |repair: &&Repair| repair.rule == Rule::WordForNumber && is_told(repair);
    for repair in repairs.iter().filter(is_word) {
        cells.insert(repair.column.to_owned(), Value::String(repair.raw.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_end_is_more_than_all_of_it() {
        let at = |offset: i64, length: Option<i64>| {
            percent(&Fact { view_offset: Some(offset), ..Fact::default() }, length)
        };
        assert_eq!([at(500, Some(1_000)), at(1_000, Some(1_000)), at(0, None)], [None; 3]);
        assert_eq!(
            [at(2_000, Some(1_000)), at(500, None), at(7, Some(0))],
            [Some(200), Some(50_000), Some(700)]
        );
        assert_eq!([at(i64::MAX, Some(1)), at(i64::MIN, None), at(5, Some(-1))], [None; 3]);
    }

    #[test]
    fn what_is_kept_is_far_from_the_largest_numbers() {
        let absurd = Fact {
            started: Some(i64::MAX),
            stopped: Some(i64::MIN),
            paused_counter: Some(i64::MIN),
            reference_id: Some(i64::MIN),
            ..Fact::default()
        };
        assert_eq!(read(&absurd, false, None, &[], &Map::new()), None, "nothing was repaired");
        let kept = read(&absurd, true, None, &[], &Map::new()).unwrap();
        let numbers = [kept.started_s, kept.stopped_s, kept.paused_s, kept.named_group];
        assert_eq!(numbers, [Some(MOST), Some(-MOST), Some(-MOST), Some(-MOST)]);
    }
}
