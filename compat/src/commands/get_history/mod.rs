//! `get_history`: the history as a table, with the running streams on top.

mod ask;
mod facts;
mod row;
mod running;

use super::Call;
use crate::answer::{Answer, Outcome};
use crate::graph::{Record, whole_seconds};
use crate::page;
use crate::registry::Param;
use crate::span;
use ask::Ask;
use serde::Deserialize;
use serde_json::{Value, json};

pub(crate) const DOCUMENT: &str = include_str!("../../../documents/get_history.graphql");

pub(crate) const PARAMS: &[Param] = &[
    Param { name: "user_id", about: "users by the number of their account, separated by commas" },
    Param { name: "user", about: "or by name" },
    Param {
        name: "grouping",
        about: "1 for one row for a play and its resumptions, the default; 0 for one row each",
    },
    Param { name: "include_activity", about: "1 for the running streams on top, the default" },
    Param {
        name: "media_type",
        about: "movie, episode, track, clip, photo, live; several separated by commas",
    },
    Param { name: "rating_key", about: "items" },
    Param { name: "parent_rating_key", about: "seasons or albums" },
    Param { name: "grandparent_rating_key", about: "shows or artists" },
    Param { name: "start_date", about: "plays of this day, YYYY-MM-DD" },
    Param { name: "before", about: "plays until this day" },
    Param { name: "after", about: "plays from this day on" },
    Param { name: "section_id", about: "libraries" },
    Param { name: "transcode_decision", about: "direct play, copy, transcode" },
    Param { name: "guid", about: "an item by its guid" },
    Param { name: "reference_id", about: "the group that a play belongs to" },
    Param { name: "order_column", about: "columns to sort by, separated by commas; date is the default" },
    Param { name: "order_dir", about: "asc or desc for each" },
    Param { name: "start", about: "rows to pass over" },
    Param { name: "length", about: "rows to return, 25 by default" },
    Param { name: "search", about: "text in titles, users, addresses, platforms, products and players" },
];

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Data {
    history_table: Table,
    /// Absent unless it was asked for.
    activity: Option<Activity>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Table {
    filtered_count: i64,
    total_count: i64,
    total_played: i64,
    rows: Vec<row::Line>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Activity {
    sessions: Vec<running::Session>,
}

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let mut ask = Ask::read(call.params)?;
    if let Some(members) = call.members().await? {
        ask.only(members.into_filter());
    }
    let server = call.server().await?;
    let first: Data = call.ask(DOCUMENT, variables(&ask, server.as_deref(), ask.page.first_look())).await?;
    let sessions = first.activity.map(|activity| activity.sessions).unwrap_or_default();
    let running = running::rows(sessions, &ask, call.client);
    let counted = i64::try_from(running.len()).unwrap_or(0);
    let count = first.history_table.filtered_count.saturating_add(counted);
    let (from, to) = ask.page.bounds(count);
    let window = page::behind(counted, from, to);
    let mut table = if ask.page.first_look().is_some_and(|look| look.begins_with(window)) {
        first.history_table
    } else {
        let variables = variables(&ask.without_activity(), server.as_deref(), Some(window));
        call.ask::<Data>(DOCUMENT, variables).await?.history_table
    };
    table.rows.truncate(page::at(window.limit));
    let shown = running.into_iter().skip(page::at(from)).take(page::at(to.saturating_sub(from)));
    let told: Vec<_> = shown.chain(table.rows.into_iter().map(row::Row::from)).collect();
    Ok(Answer::data(reshape(told, count, table.total_count, table.total_played)))
}

fn variables(ask: &Ask, server: Option<&str>, window: Option<page::Window>) -> Value {
    let page::Window { offset, limit } = window.unwrap_or_default();
    let mut filter = ask.filter.clone();
    if let Some(filter) = filter.as_object_mut() {
        // Rows without their parts were never listed.
        filter.insert("described".to_owned(), true.into());
        filter.insert("asRecorded".to_owned(), true.into());
        if let Some(server) = server {
            filter.insert("serverId".to_owned(), server.into());
        }
    }
    json!({
        "server": server,
        "filter": filter,
        "grouped": ask.grouped,
        "offset": offset,
        "limit": limit,
        "orderBy": ask.order.iter().map(|(column, _)| *column).collect::<Vec<_>>(),
        "descending": ask.order.iter().map(|(_, descends)| *descends).collect::<Vec<_>>(),
        "running": ask.running,
    })
}

fn reshape(rows: Vec<row::Row>, filtered: i64, total: i64, total_played: i64) -> Value {
    let shown = rows.iter().map(|row| row.played).fold(0, i64::saturating_add);
    // `json!` would copy the rows.
    let mut table = Record::default();
    table.put("recordsFiltered", filtered);
    table.put("recordsTotal", total);
    table.put("data", rows.into_iter().map(row::Row::into_value).collect::<Vec<_>>());
    table.put("draw", 1);
    table.put("filter_duration", span::words(shown));
    table.put("total_duration", span::words(whole_seconds(total_played)));
    table.into_value()
}

#[cfg(test)]
mod tests;
