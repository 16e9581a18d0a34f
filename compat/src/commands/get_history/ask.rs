//! What is asked for, read with the reference's lenience.

use crate::answer::Failure;
use crate::graph::{Decision, kind_named};
use crate::page::Page;
use crate::params::{Params, day};
use serde_json::{Map, Value, json};

/// Columns of the table and what the schema calls them.
const COLUMNS: [(&str, &str); 12] = [
    ("date", "DATE"),
    ("friendly_name", "USER"),
    ("user", "USER"),
    ("ip_address", "ADDRESS"),
    ("platform", "PLATFORM"),
    ("product", "PRODUCT"),
    ("player", "PLAYER"),
    ("full_title", "TITLE"),
    ("started", "STARTED"),
    ("paused_counter", "PAUSED"),
    ("stopped", "STOPPED"),
    // Of the item: it was never the time played.
    ("duration", "LENGTH"),
];
/// The schema takes no more.
const MOST_COLUMNS: usize = 5;

/// A question to the history.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) page: Page,
    pub(super) grouped: bool,
    /// Whether running streams are wanted, and can match.
    pub(super) running: bool,
    /// Columns and whether they descend.
    pub(super) order: Vec<(&'static str, bool)>,
    /// The schema's `HistoryFilter`.
    pub(super) filter: Value,
}

impl Ask {
    pub(super) fn read(params: Params<'_>) -> Result<Self, Failure> {
        let page = Page::read(params)?;
        let mut filter = Filter::default();
        filter.read(params);
        let running = params.switch("include_activity", true) && !filter.of_groups && !filter.of_nothing;
        Ok(Self {
            page,
            grouped: params.switch("grouping", true),
            running,
            order: order(params),
            filter: filter.into_value(),
        })
    }

    /// Asks for the members of a list rather than for the list, which is no item.
    pub(super) fn only(&mut self, members: Map<String, Value>) {
        self.filter = match self.filter.take() {
            Value::Object(mut fields) if !members.is_empty() => {
                fields.extend(members);
                Value::Object(fields)
            }
            _ => json!({"groupRowIds": [-1]}),
        };
    }

    pub(super) fn without_activity(&self) -> Self {
        Self { running: false, ..self.clone() }
    }
}

/// Unknown columns are passed over, and so is `watched_status`, which never had an order; where nothing is left rows come by
/// their numbers. A direction that is not `asc` descends, and the last one counts for the rest.
fn order(params: Params<'_>) -> Vec<(&'static str, bool)> {
    let columns = params.list("order_column").unwrap_or_default();
    let directions = params.list("order_dir").unwrap_or_default();
    let descends = |at: usize| {
        let direction = directions.get(at).or(directions.last());
        !direction.is_some_and(|direction| direction.eq_ignore_ascii_case("asc"))
    };
    let known = columns.into_iter().enumerate().filter_map(|(at, wanted)| {
        let (_, column) = COLUMNS.iter().find(|(name, _)| *name == wanted)?;
        Some((*column, descends(at)))
    });
    let mut order: Vec<_> = known.take(MOST_COLUMNS - 1).collect();
    if order.is_empty() {
        let given = params.filled("order_column").is_some();
        order.push(if given { ("ROW", false) } else { ("DATE", descends(0)) });
    }
    // Lines that are equal come by their numbers. Dates are told apart as they are.
    if order.iter().all(|(column, _)| !["DATE", "ROW"].contains(column)) {
        order.push(("ROW", false));
    }
    order
}

/// Whether the item is a collection or a playlist.
fn names_a_list(params: Params<'_>) -> bool {
    params.filled("rating_key").is_some()
        && params.get("media_type").is_some_and(|kind| ["collection", "playlist"].contains(&kind))
}

#[derive(Default)]
struct Filter {
    fields: Map<String, Value>,
    of_groups: bool,
    of_nothing: bool,
}

impl Filter {
    fn read(&mut self, params: Params<'_>) {
        self.only("accountIds", params.numbers("user_id"));
        if params.filled("user_id").is_none() {
            self.only("userNames", params.list("user"));
        }
        self.only("sectionIds", params.numbers("section_id"));
        self.only("groupRowIds", params.numbers("reference_id"));
        self.of_groups = params.filled("reference_id").is_some();
        if !names_a_list(params) {
            self.only("ratingKeys", params.list("rating_key"));
        }
        self.only("parentRatingKeys", params.list("parent_rating_key"));
        self.only("grandparentRatingKeys", params.list("grandparent_rating_key"));
        self.only("guids", params.filled("guid").map(|guid| vec![guid]));
        for (name, field) in [("start_date", "on"), ("before", "before"), ("after", "after")] {
            if let Some(text) = params.filled(name) {
                self.one(field, day(text));
            }
        }
        self.read_kinds(params);
        self.read_decisions(params);
        if let Some(text) = params.filled("search").filter(|text| !text.trim().is_empty()) {
            self.one("text", Some(text));
            self.one("byFullTitle", Some(true));
        }
    }

    fn read_kinds(&mut self, params: Params<'_>) {
        if names_a_list(params) {
            return;
        }
        let Some(words) = params.list("media_type").filter(|words| !words.contains(&"all")) else { return };
        let kinds: Vec<_> = words.iter().filter_map(|word| kind_named(word)).collect();
        let live = words.contains(&"live");
        if live {
            self.one("live", Some(true));
        }
        if !live || !kinds.is_empty() {
            self.only("kinds", Some(kinds));
        }
    }

    fn read_decisions(&mut self, params: Params<'_>) {
        let words = params.list("transcode_decision").filter(|words| !words.contains(&"all"));
        let names = |words: Vec<&str>| words.into_iter().filter_map(Decision::name_of).collect::<Vec<_>>();
        self.only("decisions", words.map(names));
    }

    /// A list of which nothing is left matches nothing.
    fn only<T: Into<Value>>(&mut self, field: &str, values: Option<Vec<T>>) {
        let Some(values) = values else { return };
        self.of_nothing |= values.is_empty();
        self.fields.insert(field.to_owned(), values.into_iter().map(Into::into).collect());
    }

    /// A value that could not be read matches nothing.
    fn one(&mut self, field: &str, value: Option<impl Into<Value>>) {
        self.of_nothing |= value.is_none();
        if let Some(value) = value {
            self.fields.insert(field.to_owned(), value.into());
        }
    }

    fn into_value(self) -> Value {
        // No group has this number; the totals are still told.
        if self.of_nothing { json!({"groupRowIds": [-1]}) } else { Value::Object(self.fields) }
    }
}

#[cfg(test)]
mod tests;
