//! The terms of the inverted index over plays (`plays_facets`): what a filter has in common with the plays that match.

use super::resolve::{Resolved, TextHits};
use super::sql::{Bind, Sql};
use tautulli_domain::history::{HistoryFilter, KindFilter};

/// Longer words are cut in the index.
const LONGEST: usize = 200;

/// The indexed expression for plays called `alias`: the index's own text, or PostgreSQL does not recognise it.
fn expression(alias: &str) -> String {
    const COLUMNS: [&str; 13] = [
        "server_id",
        "user_id",
        "library_id",
        "kind",
        "live",
        "decision",
        "platform",
        "product",
        "player",
        "machine_id",
        "address",
        "location",
        "watched_quarters",
    ];
    format!("play_facets({})", COLUMNS.map(|column| format!("{alias}.{column}")).join(", "))
}

fn word(mark: char, value: &str) -> String {
    let cut: String = value.chars().take(LONGEST).collect();
    format!("{mark}{cut}")
}

/// One list of alternatives for each condition that the index knows.
fn terms(filter: &HistoryFilter, resolved: &Resolved) -> Vec<Vec<String>> {
    let words = |mark, values: &[String]| values.iter().map(|value| word(mark, value)).collect();
    let numbers = |mark: char, values: &Option<Vec<i64>>| {
        values.iter().flatten().map(|number| format!("{mark}{number}")).collect()
    };
    let kind = |kind: &KindFilter| match kind {
        KindFilter::Kind(kind) => word('k', kind.name()),
        KindFilter::Live => "k!".to_owned(),
    };
    let all: [Vec<String>; 12] = [
        filter.server_id.iter().map(|server| format!("s{server}")).collect(),
        numbers('u', &resolved.users),
        numbers('l', &resolved.libraries),
        filter.kinds.iter().map(kind).collect(),
        filter.decisions.iter().map(|decision| word('d', decision.word())).collect(),
        words('f', &filter.platforms),
        words('p', &filter.products),
        words('n', &filter.players),
        words('m', &filter.machine_ids),
        words('a', &filter.addresses),
        filter.locations.iter().map(|location| word('o', location.name())).collect(),
        filter.watched_quarters.iter().map(|quarters| format!("q{quarters}")).collect(),
    ];
    all.into_iter().filter(|alternatives| !alternatives.is_empty()).collect()
}

/// Appends " AND …" for plays called `alias`: one intersection for what has one value, one more for each list.
pub(super) fn conditions(sql: &mut Sql, alias: &str, filter: &HistoryFilter, resolved: &Resolved) {
    let (single, several): (Vec<_>, Vec<_>) =
        terms(filter, resolved).into_iter().partition(|alternatives| alternatives.len() == 1);
    let single: Vec<String> = single.into_iter().flatten().collect();
    if !single.is_empty() {
        sql.text(&format!(" AND {} @> play_terms(", expression(alias))).bind(Bind::Texts(single)).text(")");
    }
    for alternatives in several {
        sql.text(&format!(" AND {} && play_terms(", expression(alias)))
            .bind(Bind::Texts(alternatives))
            .text(")");
    }
}

/// Whether the index can say anything about the filter.
pub(super) fn knows(filter: &HistoryFilter, resolved: &Resolved) -> bool {
    !terms(filter, resolved).is_empty()
}

/// Appends "… && …": the plays whose user or words have the text.
pub(super) fn words(sql: &mut Sql, alias: &str, hits: &TextHits) {
    let users = hits.users.iter().map(|user| format!("u{user}"));
    let words = hits.words.iter().map(|(mark, value)| word(*mark, value));
    sql.text(&format!("{} && play_terms(", expression(alias)))
        .bind(Bind::Texts(users.chain(words).collect()))
        .text(")");
}
