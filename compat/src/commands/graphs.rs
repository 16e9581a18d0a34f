//! The graphs: columns and lines. Which graph is a matter of the document; the question and the spelling are the same for all.

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::graph::whole_seconds;
use crate::params::{Params, whole};
use crate::registry::Param;
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Map, Value, json};

/// A graph as a command asks for it.
pub(crate) struct Spec {
    pub(crate) document: &'static str,
    columns: Columns,
    ties: Ties,
    window: Window,
    /// Whether a line with the sum of the others follows them.
    summed: bool,
    /// Whether it counts streams, which are never seconds.
    streams: bool,
}

#[derive(Clone, Copy)]
enum Columns {
    Days,
    Hours,
    Weekdays,
    Months,
    Users,
    Words,
}

/// In which order columns come that are as high as each other.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ties {
    /// As they are.
    Kept,
    /// The last account or word first.
    Falling,
}

/// How a number of days or months is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Window {
    Days,
    WholeDays,
    Months,
}

macro_rules! specs {
    ($($name:ident = $file:literal, $columns:ident, $ties:ident, $window:ident, $summed:literal, $streams:literal;)*) => {
        $(pub(crate) const $name: Spec = Spec {
            document: include_str!(concat!("../../documents/", $file, ".graphql")),
            columns: Columns::$columns,
            ties: Ties::$ties,
            window: Window::$window,
            summed: $summed,
            streams: $streams,
        };)*
    };
}

specs! {
    BY_DATE = "get_plays_by_date", Days, Kept, WholeDays, true, false;
    BY_DAY_OF_WEEK = "get_plays_by_dayofweek", Weekdays, Kept, Days, false, false;
    BY_HOUR_OF_DAY = "get_plays_by_hourofday", Hours, Kept, Days, false, false;
    PER_MONTH = "get_plays_per_month", Months, Kept, Months, false, false;
    BY_PLATFORM = "get_plays_by_top_10_platforms", Words, Kept, Days, false, false;
    BY_USER = "get_plays_by_top_10_users", Users, Falling, Days, false, false;
    BY_STREAM_TYPE = "get_plays_by_stream_type", Days, Kept, WholeDays, false, false;
    CONCURRENT = "get_concurrent_streams_by_stream_type", Days, Kept, WholeDays, false, true;
    BY_SOURCE = "get_plays_by_source_resolution", Words, Falling, Days, false, false;
    BY_STREAM = "get_plays_by_stream_resolution", Words, Falling, Days, false, false;
    TYPE_BY_PLATFORM = "get_stream_type_by_top_10_platforms", Words, Falling, Days, false, false;
    TYPE_BY_USER = "get_stream_type_by_top_10_users", Users, Falling, Days, false, false;
}

const RANGE: Param = Param { name: "time_range", about: "how many days back, 30 by default" };
const USER: Param = Param { name: "user_id", about: "users by account, separated by commas" };
const AXIS: Param = Param { name: "y_axis", about: "`plays`, the default, or `duration`" };
const GROUPING: Param =
    Param { name: "grouping", about: "1 to count a play and its resumptions once in a column, the default" };
pub(crate) const PARAMS: &[Param] = &[RANGE, USER, AXIS, GROUPING];
pub(crate) const MONTH_PARAMS: &[Param] =
    &[Param { name: "time_range", about: "how many months back, 12 by default" }, USER, AXIS, GROUPING];
pub(crate) const STREAM_PARAMS: &[Param] = &[RANGE, USER];

/// The longest windows that the schema answers.
const MOST_DAYS: i64 = 11_000;
const MOST_MONTHS: i64 = 360;
/// Columns of a graph that ranks. More are asked for: which of those that are as high as the last are told depends on their order.
const MOST_RANKED: usize = 10;

#[derive(Deserialize)]
struct Data {
    graphs: Graphs,
}

#[derive(Deserialize)]
struct Graphs {
    graph: Graph,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Graph {
    categories: Vec<Category>,
    series: Vec<Series>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Category {
    label: String,
    /// Of columns that are ranked.
    total: Option<i64>,
    user: Option<User>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct User {
    account_id: i64,
    friendly_name: String,
    is_stranger: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Series {
    kind: Kind,
    values: Vec<i64>,
}

/// A line, in the schema's words.
#[derive(Deserialize, Clone, Copy)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Kind {
    Shows,
    Movies,
    Music,
    Live,
    DirectPlay,
    DirectStream,
    Transcode,
    Local,
    Remote,
    Total,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Shows => "TV",
            Self::Movies => "Movies",
            Self::Music => "Music",
            Self::Live => "Live TV",
            Self::DirectPlay => "Direct Play",
            Self::DirectStream => "Direct Stream",
            Self::Transcode => "Transcode",
            Self::Local => "Local",
            Self::Remote => "Remote",
            Self::Total => "Max. Concurrent Streams",
        }
    }
}

pub(crate) async fn run(call: Call<'_>, spec: &'static Spec) -> Outcome {
    let duration = !spec.streams && call.params.get("y_axis").is_some_and(|axis| axis != "plays");
    let Data { graphs: Graphs { graph } } =
        call.ask(spec.document, variables(call.params, spec, duration)).await?;
    // A window that ends before it begins has no days.
    let empty = range(call.params, spec.window) < 0;
    Ok(Answer::data(reshape(graph, spec, duration, empty)))
}

/// How far back; nothing and what is no number is as far as usual.
fn range(params: Params<'_>, window: Window) -> i64 {
    let usual = if window == Window::Months { 12 } else { 30 };
    params.get("time_range").and_then(whole).filter(|range| *range != 0).unwrap_or(usual)
}

fn variables(params: Params<'_>, spec: &Spec, duration: bool) -> Value {
    let (name, most) = match spec.window {
        Window::Days => ("days", MOST_DAYS),
        Window::WholeDays => ("wholeDays", MOST_DAYS),
        Window::Months => ("months", MOST_MONTHS),
    };
    let mut filter = Map::new();
    if let Some(users) = params.numbers("user_id").filter(|users| !users.is_empty()) {
        filter.insert("accountIds".to_owned(), users.into());
    }
    filter.insert("asRecorded".to_owned(), true.into());
    json!({
        "window": {name: range(params, spec.window).clamp(1, most)},
        "filter": filter,
        "measure": if duration { "DURATION" } else { "PLAYS" },
        "grouped": params.switch("grouping", true),
    })
}

fn reshape(graph: Graph, spec: &Spec, duration: bool, empty: bool) -> Value {
    let Graph { categories, series } = graph;
    let by_time = !matches!(spec.columns, Columns::Users | Columns::Words);
    let keeps = matches!(spec.columns, Columns::Hours | Columns::Weekdays | Columns::Months);
    let categories = if empty && !keeps { Vec::new() } else { categories };
    // Who is known from plays alone was never listed.
    let told_of = |category: &Category| category.user.as_ref().is_none_or(|user| !user.is_stranger);
    let most = if by_time { usize::MAX } else { MOST_RANKED };
    let told = (0..).zip(categories).filter(|(_, category)| told_of(category));
    let mut kept: Vec<(usize, Category)> = told.collect();
    if spec.ties == Ties::Falling {
        order_ties(&mut kept);
    }
    kept.truncate(most);
    let pick =
        |values: Vec<i64>| kept.iter().filter_map(|(at, _)| values.get(*at).copied()).collect::<Vec<_>>();
    let told_value = |value: i64| match (empty, duration) {
        (true, _) => 0,
        (false, true) => whole_seconds(value),
        (false, false) => value,
    };
    let mut lines: Vec<(&str, Vec<i64>)> = series
        .into_iter()
        .map(|Series { kind, values }| (kind.name(), pick(values).into_iter().map(told_value).collect()))
        .collect();
    let names: Vec<String> = kept.into_iter().map(|(_, category)| column(category, spec.columns)).collect();
    if spec.summed && by_time {
        let sum = |at: usize| lines.iter().filter_map(|(_, values)| values.get(at)).sum();
        let total = (0..names.len()).map(sum).collect();
        lines.push(("Total", total));
    }
    let series: Vec<_> = lines.into_iter().map(|(name, data)| json!({"name": name, "data": data})).collect();
    json!({"categories": names, "series": series})
}

/// Puts columns of equal totals in order: the last account or word first.
fn order_ties(columns: &mut [(usize, Category)]) {
    for tied in columns.chunk_by_mut(|(_, one), (_, next)| one.total == next.total) {
        tied.sort_by(|(_, a), (_, b)| b.key().cmp(&a.key()));
    }
}

impl Category {
    fn key(&self) -> (Option<i64>, &str) {
        (self.user.as_ref().map(|user| user.account_id), &self.label)
    }
}

fn column(category: Category, columns: Columns) -> String {
    let Category { label, user, total: _ } = category;
    match columns {
        Columns::Days | Columns::Words => label,
        Columns::Hours => format!("{label:0>2}"),
        Columns::Weekdays => {
            const NAMES: [&str; 7] =
                ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
            let at = label.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            at.and_then(|at| NAMES.get(at)).map_or(label, |name| (*name).to_owned())
        }
        Columns::Months => {
            label.parse::<NaiveDate>().map_or(label, |first| first.format("%b %Y").to_string())
        }
        Columns::Users => user.map_or(label, |user| user.friendly_name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_in_the_words_of_the_reference() {
        let told = |label: &str, columns| {
            column(Category { label: label.to_owned(), total: None, user: None }, columns)
        };
        assert_eq!(told("7", Columns::Weekdays), "Sunday");
        assert_eq!(told("8", Columns::Weekdays), "8");
        assert_eq!(told("4", Columns::Hours), "04");
        assert_eq!(told("2026-06-01", Columns::Months), "Jun 2026");
    }

    #[test]
    fn columns_of_equal_height() {
        let totals = [3, 2, 2, 1, 2];
        let category = |label: &str, account: Option<i64>| {
            let user = account.map(|account_id| User {
                account_id,
                friendly_name: label.to_owned(),
                is_stranger: false,
            });
            Category { label: label.to_owned(), total: None, user }
        };
        let ordered = |columns: [Category; 5]| {
            let ranked = columns.into_iter().zip(totals);
            let ranked = ranked.map(|(column, total)| Category { total: Some(total), ..column });
            let mut columns: Vec<_> = (0..).zip(ranked).collect();
            order_ties(&mut columns);
            columns.into_iter().map(|(_, category)| category.label).collect::<Vec<_>>()
        };
        let words = ["720p", "1080i", "480p", "4k", "SD"].map(|label| category(label, None));
        assert_eq!(ordered(words), ["720p", "480p", "1080i", "4k", "SD"]);
        let users = [("a", 5), ("b", 1), ("c", 7), ("d", 9), ("e", 2)];
        assert_eq!(ordered(users.map(|(name, id)| category(name, Some(id)))), ["a", "c", "b", "d", "e"]);
    }

    #[test]
    fn a_range_is_read_leniently() {
        let read = |text: &str| {
            let given = [("time_range".to_owned(), text.to_owned())];
            range(Params(&given), Window::Days)
        };
        assert_eq!(["7", "0", "abc", "", "-2"].map(read), [7, 30, 30, 30, -2]);
        assert_eq!(range(Params(&[]), Window::Months), 12);
    }
}
