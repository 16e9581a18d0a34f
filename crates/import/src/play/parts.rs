//! The three rows of one play, read so that what many plays have in common is made once.

use super::rows::{Description, Fact, Media};
use super::seen::{Seen, Told};
use super::times::Times;
use super::{About, ImportedPlay, RecordedGroup, item, player, recorded, stream};
use crate::cell::{Cells, Repair};
use crate::rule::Rule;
use crate::table::Table;
use rusqlite::types::ValueRef;
use serde_json::{Map, Value};
use std::sync::Arc;
use tautulli_domain::StreamDetail;
use tautulli_domain::media::{Decision, ItemSnapshot};

/// What rows lately said, and the text in which it is looked up.
#[derive(Debug, Default)]
pub(super) struct Lately {
    told: Told,
    deliveries: Seen<Delivery>,
    items: Seen<About>,
    places: recorded::Places,
}

/// How a play was delivered, without the row it was read from.
#[derive(Debug)]
struct Delivery {
    stream: Arc<StreamDetail>,
    decision: Decision,
    /// The decision as it was recorded, where it is another one.
    recorded_decision: Option<String>,
    /// The columns of resolutions that are empty, where one comes of others.
    unrecorded: Vec<&'static str>,
    duration_ms: Option<i64>,
}

/// Where the cells of each table begin in a row.
pub(super) const FACTS: usize = 2;
pub(super) const MEDIA: usize = FACTS + Fact::COLUMNS.len();
pub(super) const DESCRIPTION: usize = MEDIA + Media::COLUMNS.len();
pub(super) const OTHERS: usize = DESCRIPTION + Description::COLUMNS.len();
/// Changes with every viewing: no reason to take an item for another one.
const LAST_VIEWED: &str = "last_viewed_at";
/// The number of a row, by which the three are one.
const ROW: &str = "id";
const FULL_TITLE: &str = "full_title";

/// The rows of one play.
pub(super) struct Parts {
    pub(super) fact: Fact,
    delivery: Arc<Delivery>,
    about: Arc<About>,
    item: Option<Box<ItemSnapshot>>,
    last_viewed_at: Option<i64>,
    has_media: bool,
    is_described: bool,
    /// How long its item lasts as the description says, in milliseconds; the stream may say something else.
    length: Option<i64>,
    /// The rating key as the description says it.
    key: Option<String>,
    others: Map<String, Value>,
    cells: Map<String, Value>,
}

impl Parts {
    pub(super) fn read(
        row: &rusqlite::Row<'_>,
        fact: Fact,
        others: Map<String, Value>,
        seen: &mut Lately,
        repairs: &mut Vec<Repair>,
    ) -> rusqlite::Result<Self> {
        let (has_media, is_described): (bool, bool) = (row.get(0)?, row.get(1)?);
        let cells = seen.places.nothings(row, has_media, is_described);
        let (length, key) = (seen.places.length(row), seen.places.key(row));
        let delivery = Self::delivery(row, has_media, seen, repairs)?;
        let (last_viewed_at, viewed) = Self::last_viewed_at(row, repairs);
        let (about, item) =
            Self::item(row, &fact, (delivery.duration_ms, is_described), viewed, seen, repairs)?;
        let parts = Self {
            fact,
            delivery,
            about,
            item,
            last_viewed_at,
            has_media,
            is_described,
            length,
            key,
            others,
            cells,
        };
        Ok(parts)
    }

    fn delivery(
        row: &rusqlite::Row<'_>,
        has_media: bool,
        seen: &mut Lately,
        repairs: &mut Vec<Repair>,
    ) -> rusqlite::Result<Arc<Delivery>> {
        let Lately { told, deliveries, .. } = seen;
        told.clear();
        told.cell(row.get_ref(0)?);
        for (place, name) in (MEDIA..DESCRIPTION).zip(Media::COLUMNS) {
            if *name != ROW {
                told.cell(row.get_ref(place)?);
            }
        }
        let read = || {
            let before = repairs.len();
            let mut cells = Cells { row, at: MEDIA, table: Media::NAME, repairs };
            let media = Media::read(&mut cells);
            let stream = stream::read(&media);
            let mut mend = |column: &'static str, rule: Rule| {
                repairs.push(Repair { table: Fact::NAME, column, rule, raw: String::new() });
            };
            let decision = stream::decision(&media, &stream, has_media, &mut mend);
            let unrecorded = stream::unrecorded(&media, &stream);
            let recorded = Some(media.transcode_decision).filter(|said| *said != decision.word());
            let delivery = Delivery {
                stream: Arc::new(stream),
                decision,
                recorded_decision: recorded,
                unrecorded,
                duration_ms: media.duration,
            };
            // A repair is told of every row that needed it.
            (delivery, repairs.len() == before)
        };
        Ok(deliveries.get(told, read))
    }

    /// With the place of the cell.
    fn last_viewed_at(row: &rusqlite::Row<'_>, repairs: &mut Vec<Repair>) -> (Option<i64>, usize) {
        let place = Description::COLUMNS.iter().position(|name| *name == LAST_VIEWED);
        let at = place.map_or(OTHERS, |place| DESCRIPTION + place);
        (Cells { row, at, table: Description::NAME, repairs }.int(LAST_VIEWED), at)
    }

    /// What is known of the item, and the item where it has not been read before.
    fn item(
        row: &rusqlite::Row<'_>,
        fact: &Fact,
        (duration_ms, is_described): (Option<i64>, bool),
        viewed: usize,
        seen: &mut Lately,
        repairs: &mut Vec<Repair>,
    ) -> rusqlite::Result<(Arc<About>, Option<Box<ItemSnapshot>>)> {
        let Lately { told, items, .. } = seen;
        told.clear();
        told.cell(row.get_ref(1)?);
        for key in [&fact.media_type, &fact.rating_key, &fact.parent_rating_key, &fact.grandparent_rating_key]
        {
            told.cell(ValueRef::Text(key.as_bytes()));
        }
        for number in [fact.section_id, duration_ms] {
            told.cell(number.map_or(ValueRef::Null, ValueRef::Integer));
        }
        for (place, name) in (DESCRIPTION..OTHERS).zip(Description::COLUMNS) {
            if place != viewed && *name != ROW {
                told.cell(row.get_ref(place)?);
            }
        }
        let mut item = None;
        let read = || {
            let mut own = Vec::new();
            let mut cells = Cells { row, at: DESCRIPTION, table: Description::NAME, repairs: &mut own };
            let description = Description::read(&mut cells);
            own.retain(|repair| repair.column != LAST_VIEWED);
            let title = description.full_title.clone();
            let whole = item::read(fact, duration_ms, is_described.then_some(description));
            let about = About::of(&whole, title);
            item = Some(Box::new(whole));
            // A repair is told of every row that needed it.
            let may_be_kept = own.is_empty();
            repairs.extend(own);
            (about, may_be_kept)
        };
        Ok((items.get(told, read), item))
    }

    pub(super) fn is_of_nothing(&self) -> bool {
        self.about.is_nothing
    }

    pub(super) fn into_play(
        self,
        row_id: i64,
        (group, is_mixed): (RecordedGroup, bool),
        times: Times,
        mut repairs: Vec<Repair>,
    ) -> ImportedPlay {
        let Self {
            mut fact,
            delivery,
            about,
            item,
            has_media,
            is_described,
            length,
            key,
            others,
            mut cells,
            ..
        } = self;
        let mut mend = |column: &'static str, rule: Rule| {
            repairs.push(Repair { table: Fact::NAME, column, rule, raw: String::new() });
        };
        if !has_media {
            mend("id", Rule::StreamMissing);
        }
        if !is_described {
            mend("id", Rule::DescriptionMissing);
        }
        if fact.user_id.is_none() {
            mend("user_id", Rule::UserMissing);
        }
        recorded::add_words(&mut cells, &repairs);
        if let Some(decision) = &delivery.recorded_decision
            && !cells.contains_key(recorded::DECISION)
        {
            cells.insert(recorded::DECISION.to_owned(), Value::String(decision.clone()));
        }
        for column in &delivery.unrecorded {
            cells.insert((*column).to_owned(), Value::String(String::new()));
        }
        // The description may know it by another key.
        if let Some(key) = key.filter(|key| is_described && *key != about.rating_key) {
            let number = key.parse().map(Value::Number);
            cells.insert("rating_key".to_owned(), number.unwrap_or(Value::String(key)));
        }
        if let Some(title) = about.recorded_title.as_ref().filter(|_| is_described) {
            // Where not even an empty text lies, that is said already.
            cells.entry(FULL_TITLE).or_insert_with(|| Value::String(title.clone()));
        }
        let percent = recorded::percent(&fact, length).filter(|_| is_described);
        let recorded = recorded::read(&fact, is_mixed, percent, &repairs, &cells);
        ImportedPlay {
            row_id,
            group,
            account_id: fact.user_id,
            user_name: std::mem::take(&mut fact.user),
            quality_profile: std::mem::take(&mut fact.quality_profile),
            about,
            item,
            last_viewed_at: self.last_viewed_at,
            player: player::read(fact),
            started_at: times.started_at,
            stopped_at: times.stopped_at,
            paused_ms: times.paused_ms,
            view_offset_ms: times.view_offset_ms,
            stream: delivery.stream.clone(),
            decision: delivery.decision,
            others,
            repairs,
            recorded,
            cells,
        }
    }
}
