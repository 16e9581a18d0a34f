//! What is asked: the questions of people's pages, each in many variants so that no answer is simply remembered.

use serde_json::{Value, json};

/// A question and its variants.
pub struct Question {
    pub name: &'static str,
    pub document: String,
    pub variables: Vec<Value>,
}

/// Variants of each question.
pub const VARIANTS: u32 = 30;

/// A line as a page shows it.
const LINE: &str = "{ date startedAt stoppedAt played paused percentComplete watchedQuarters playCount
    play { id decision user { id friendlyName } player { title platform product address }
        item { kind title parentTitle grandparentTitle year posterUrl(width: 100, height: 150) } } }";

/// Days of all quarters, spread over the ten years.
fn day(variant: u32) -> String {
    let (year, month) = (2017 + variant % 10, 1 + variant * 7 % 12);
    format!("{year}-{month:02}-{:02}", 1 + variant % 28)
}

/// One after the other.
fn turn(variant: u32, of: &[&'static str]) -> &'static str {
    of[usize::try_from(variant).unwrap() % of.len()]
}

fn history(name: &'static str, grouped: bool, filter: impl Fn(u32) -> Value) -> Question {
    let document = format!(
        "query($filter: HistoryFilter, $after: String) {{
            history(first: 25, grouped: {grouped}, filter: $filter, after: $after) {{
                nodes {LINE} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let variables = (0..VARIANTS).map(|variant| json!({ "filter": filter(variant) })).collect();
    Question { name, document, variables }
}

/// What leads to places all over the history.
pub fn places() -> Question {
    history("places", true, |variant| json!({ "before": day(variant) }))
}

/// Questions about the history; `cursors` are places in it.
pub fn about_history(cursors: &[String]) -> Vec<Question> {
    let mut pages = history("any page, grouped", true, |_| json!({}));
    for (variables, cursor) in pages.variables.iter_mut().zip(cursors.iter().cycle()) {
        variables["after"] = json!(cursor);
    }
    let user = |variant: u32| format!("person{}", variant * 6);
    let words = ["amber", "raven quarry", "willow", "roku", "person 7", "192.0.2.17", "zephyr", "room 12"];
    let word = move |variant: u32| turn(variant, &words);
    let shows = |variant: u32| (100_000 + i64::from(variant * 13) * 1_000 + 900).to_string();
    let movie = |variant: u32| (10_000 + variant * variant * 3).to_string();
    vec![
        history("first page, grouped", true, |_| json!({})),
        history("first page, single plays", false, |_| json!({})),
        pages,
        history("of one user", true, move |v| json!({ "userNames": [user(v)] })),
        history("of one library", true, |v| json!({ "sectionIds": [1 + v % 3] })),
        history("of one kind", true, |v| json!({ "kinds": [turn(v, &["MOVIE", "EPISODE", "TRACK"])] })),
        history("of one decision", true, |v| json!({ "decisions": [turn(v, &["TRANSCODE", "COPY"])] })),
        history("of one day", true, |v| json!({ "on": day(v) })),
        history("until a day", true, |v| json!({ "before": day(v) })),
        history("since a day", true, |v| json!({ "after": day(v) })),
        history("of one movie", true, move |v| json!({ "ratingKeys": [movie(v)] })),
        history("of one show", true, move |v| json!({ "grandparentRatingKeys": [shows(v)] })),
        history(
            "user, kind and decision",
            true,
            move |v| json!({ "userNames": [user(v)], "kinds": ["EPISODE"], "decisions": ["TRANSCODE"] }),
        ),
        history(
            "user and days",
            true,
            move |v| json!({ "userNames": [user(v)], "after": "2020-01-01", "before": day(v) }),
        ),
        history("free text", true, move |v| json!({ "text": word(v) })),
        history("free text that nothing has", true, |v| json!({ "text": format!("nothing like this {v}") })),
    ]
}

const ROW: &str =
    "{ title year artist platform plays played userCount lastPlayedAt user { id friendlyName } library { id name }
    lastPlay { id item { posterUrl(width: 100, height: 150) } } }";

/// All cards of the home page over a window.
fn cards(name: &'static str, window: Option<i64>) -> Question {
    const TITLES: [&str; 9] = [
        "topMovies",
        "popularMovies",
        "topShows",
        "popularShows",
        "topArtists",
        "popularArtists",
        "libraries",
        "users",
        "platforms",
    ];
    let rows: String = TITLES.iter().map(|card| format!("{card} {ROW} ")).collect();
    let document = format!(
        "query($window: StatisticsWindow, $measure: Measure!, $count: Int!) {{
            statistics(window: $window, measure: $measure, count: $count) {{ {rows}
                recentlyWatched {{ id stoppedAt user {{ id friendlyName }} item {{ title posterUrl(width: 100, height: 150) }} }}
                mostConcurrent {{ decision count startedAt stoppedAt }} }} }}"
    );
    let variables = |variant: u32| {
        json!({
            "window": window.map(|days| json!({ "days": days })),
            "measure": turn(variant, &["PLAYS", "DURATION"]),
            "count": 5 + variant % 6,
        })
    };
    Question { name, document, variables: (0..VARIANTS).map(variables).collect() }
}

/// One graph over so many days.
fn graph(name: &'static str, field: &str, days: i64) -> Question {
    let document = format!(
        "query($window: StatisticsWindow, $measure: Measure!) {{
            graphs(window: $window, measure: $measure) {{ {field} {{ categories {{ label }} series {{ kind values }} }} }} }}"
    );
    let variables = |variant: u32| json!({ "window": { "wholeDays": days }, "measure": turn(variant, &["PLAYS", "DURATION"]) });
    Question { name, document, variables: (0..VARIANTS).map(variables).collect() }
}

/// Questions of the home page and of the page of graphs.
pub fn about_statistics() -> Vec<Question> {
    vec![
        cards("all cards, 30 days", Some(30)),
        cards("all cards, a year", Some(365)),
        cards("all cards, all time", None),
        graph("by day, 30 days", "plays(bucket: DAY)", 30),
        graph("by day, ten years", "plays(bucket: DAY)", 3_650),
        graph("by month, ten years", "plays(bucket: MONTH)", 3_650),
        graph("by weekday, 30 days", "plays(bucket: DAY_OF_WEEK)", 30),
        graph("by weekday, ten years", "plays(bucket: DAY_OF_WEEK)", 3_650),
        graph("by hour, 30 days", "plays(bucket: HOUR_OF_DAY)", 30),
        graph("by hour, ten years", "plays(bucket: HOUR_OF_DAY)", 3_650),
        graph("stream types by day, ten years", "streamTypes(bucket: DAY)", 3_650),
        graph("concurrency, 30 days", "concurrency", 30),
        graph("concurrency, ten years", "concurrency", 3_650),
        graph("platforms, 30 days", "platforms", 30),
        graph("platforms, ten years", "platforms", 3_650),
        graph("users, 30 days", "users", 30),
        graph("users, ten years", "users", 3_650),
        graph("source resolutions, 30 days", "sourceResolutions", 30),
        graph("source resolutions, ten years", "sourceResolutions", 3_650),
        graph("stream resolutions, ten years", "streamResolutions", 3_650),
        graph("stream types of platforms, ten years", "platformStreamTypes", 3_650),
        graph("stream types of users, ten years", "userStreamTypes", 3_650),
    ]
}
