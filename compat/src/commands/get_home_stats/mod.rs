//! `get_home_stats`: the cards of the home page, or one of them.

mod cards;
mod item;
mod recorded;

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::params::{Params, day, whole};
use crate::registry::Param;
use cards::Data;
use serde_json::{Map, Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../../documents/get_home_stats.graphql");

pub(crate) const PARAMS: &[Param] = &[
    Param { name: "grouping", about: "1 to count a play and its resumptions once, the default" },
    Param { name: "time_range", about: "how many days back, 30 by default" },
    Param { name: "stats_type", about: "`plays`, the default, or `duration`" },
    Param { name: "stats_start", about: "rows to pass over" },
    Param { name: "stats_count", about: "rows of each card, 10 by default" },
    Param { name: "stat_id", about: "one card alone" },
    Param { name: "section_id", about: "one library" },
    Param { name: "user_id", about: "one user" },
    Param { name: "before", about: "plays until this day, YYYY-MM-DD, instead of `time_range`" },
    Param { name: "after", about: "plays from this day on, instead of `time_range`" },
];

/// A card: its name, its title, and whether it tells what it is ordered by.
struct Card {
    id: &'static str,
    title: &'static str,
    ranked: bool,
}

const CARDS: [Card; 11] = [
    Card { id: "top_movies", title: "Most Watched Movies", ranked: true },
    Card { id: "popular_movies", title: "Most Popular Movies", ranked: false },
    Card { id: "top_tv", title: "Most Watched TV Shows", ranked: true },
    Card { id: "popular_tv", title: "Most Popular TV Shows", ranked: false },
    Card { id: "top_music", title: "Most Played Artists", ranked: true },
    Card { id: "popular_music", title: "Most Popular Artists", ranked: false },
    Card { id: "last_watched", title: "Recently Watched", ranked: false },
    Card { id: LIBRARIES, title: "Most Active Libraries", ranked: true },
    Card { id: "top_users", title: "Most Active Users", ranked: true },
    Card { id: "top_platforms", title: "Most Active Platforms", ranked: true },
    Card { id: "most_concurrent", title: "Most Concurrent Streams", ranked: false },
];

const LIBRARIES: &str = "top_libraries";

/// The schema gives no more rows, and looks no further.
const MOST_ROWS: i64 = 500;
const MOST_OFFSET: i64 = 100_000;
const MOST_DAYS: i64 = 36_500;

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let params = call.params;
    let only = params.filled("stat_id");
    let wanted: Vec<&Card> = CARDS.iter().filter(|card| only.is_none_or(|id| card.id == id)).collect();
    if wanted.is_empty() {
        return Ok(Answer::data(Vec::<Value>::new()));
    }
    let by_duration = is_by_duration(params);
    let asked = rows_of(params);
    let data = match window(params)? {
        Some(window) => {
            let mut data: Data = call.ask(DOCUMENT, variables(params, &window, &wanted, asked)).await?;
            if data.has_doubles() {
                let libraries: Vec<&Card> =
                    wanted.iter().copied().filter(|card| card.id == LIBRARIES).collect();
                let all = variables(params, &window, &libraries, (0, MOST_ROWS));
                let place = |number: i64| usize::try_from(number).unwrap_or(0);
                data.count_doubles(
                    call.ask(DOCUMENT, all).await?,
                    by_duration,
                    (place(asked.0), place(asked.1)),
                );
            }
            data
        }
        None => Data::default(),
    };
    let mut rows = data.into_rows();
    let mut told: Vec<Value> = wanted
        .into_iter()
        .map(|card| tell(card, rows.remove(card.id).unwrap_or_default(), by_duration))
        .collect();
    Ok(Answer::data(if only.is_some() { told.pop().unwrap_or_default() } else { Value::Array(told) }))
}

fn tell(card: &Card, rows: Vec<Value>, by_duration: bool) -> Value {
    let mut told = Map::new();
    told.insert("stat_id".to_owned(), card.id.into());
    if card.ranked {
        let measure = if by_duration { "total_duration" } else { "total_plays" };
        told.insert("stat_type".to_owned(), measure.into());
    }
    told.insert("stat_title".to_owned(), card.title.into());
    told.insert("rows".to_owned(), rows.into());
    Value::Object(told)
}

fn is_by_duration(params: Params<'_>) -> bool {
    params.get("stats_type").is_some_and(|kind| ["1", "duration"].contains(&kind))
}

/// From this day on nothing is played.
const NEVER: &str = "9999-01-01";

/// The schema's window; `None` for one without a past. A day that is none is a fault, as it always was.
fn window(params: Params<'_>) -> Result<Option<Value>, Failure> {
    let (before, after) = (params.filled("before"), params.filled("after"));
    if before.is_some() || after.is_some() {
        let read = |text: Option<&str>| match text.map(day) {
            Some(None) => Err(Failure::Fault("a day is not written YYYY-MM-DD".to_owned())),
            known => Ok(known.flatten()),
        };
        let (before, after) = (read(before)?, read(after)?);
        // Days in the wrong order have nothing between them, which is an answer there and a mistake here.
        if before.as_ref().zip(after.as_ref()).is_some_and(|(before, after)| before < after) {
            return Ok(Some(json!({"before": null, "after": NEVER})));
        }
        return Ok(Some(json!({"before": before, "after": after})));
    }
    let days = params.get("time_range").map_or(30, |text| whole(text).unwrap_or(0));
    Ok((days > 0).then(|| json!({"days": days.min(MOST_DAYS)})))
}

/// How many rows to pass over, and how many to tell.
fn rows_of(params: Params<'_>) -> (i64, i64) {
    let number = |name: &str, usual: i64| params.get(name).map_or(usual, |text| whole(text).unwrap_or(0));
    let count = match number("stats_count", 10) {
        // Less than nothing has always been everything.
        count if count < 0 => MOST_ROWS,
        count => count.min(MOST_ROWS),
    };
    (number("stats_start", 0).clamp(0, MOST_OFFSET), count)
}

fn variables(params: Params<'_>, window: &Value, wanted: &[&Card], (offset, count): (i64, i64)) -> Value {
    let mut filter = Map::from_iter([("asRecorded".to_owned(), true.into())]);
    for (name, field) in [("user_id", "accountIds"), ("section_id", "sectionIds")] {
        if let Some(numbers) = params.numbers(name).filter(|numbers| !numbers.is_empty()) {
            filter.insert(field.to_owned(), numbers.into());
        }
    }
    let mut variables = json!({
        "window": window,
        "filter": filter,
        "measure": if is_by_duration(params) { "DURATION" } else { "PLAYS" },
        "grouped": params.switch("grouping", true),
        "count": count,
        "offset": offset,
    });
    if let Some(variables) = variables.as_object_mut() {
        for card in &CARDS {
            let asked = wanted.iter().any(|wanted| wanted.id == card.id);
            variables.insert(card.id.to_owned(), asked.into());
        }
        let cards = wanted.iter().any(|card| card.id != "most_concurrent");
        variables.insert("cards".to_owned(), cards.into());
    }
    variables
}
