//! A history filter as SQL conditions.

use super::sql::{Bind, Sql};
use tautulli_domain::history::{HistoryFilter, KindFilter};

/// Whether groups can be filtered without looking at their plays.
pub(super) fn is_group_level(filter: &HistoryFilter) -> bool {
    let HistoryFilter {
        server_id: _,
        user_ids: _,
        account_ids: _,
        user_names: _,
        library_ids: _,
        section_ids: _,
        kinds: _,
        group_ids: _,
        decisions,
        rating_keys,
        parent_rating_keys,
        grandparent_rating_keys,
        guids,
        on,
        before,
        after,
        text,
    } = filter;
    decisions.is_empty()
        && rating_keys.is_empty()
        && parent_rating_keys.is_empty()
        && grandparent_rating_keys.is_empty()
        && guids.is_empty()
        && on.is_none()
        && before.is_none()
        && after.is_none()
        && text.is_none()
}

/// Appends the conditions for rows called `alias` (a play or a group).
pub(super) fn shared(sql: &mut Sql, alias: &str, group_key: &str, filter: &HistoryFilter) {
    sql.text("TRUE");
    if let Some(server) = filter.server_id {
        sql.text(&format!(" AND {alias}.server_id = ")).bind(Bind::Int(server.0));
    }
    let users: Vec<i64> = filter.user_ids.iter().map(|id| id.0).collect();
    any_int(sql, &format!("{alias}.user_id"), users);
    let libraries: Vec<i64> = filter.library_ids.iter().map(|id| id.0).collect();
    any_int(sql, &format!("{alias}.library_id"), libraries);
    let groups: Vec<i64> = filter.group_ids.iter().map(|id| id.0).collect();
    any_int(sql, group_key, groups);
    if !filter.account_ids.is_empty() {
        sql.text(&format!(" AND {alias}.user_id IN (SELECT id FROM users WHERE account_id = ANY("))
            .bind(Bind::Ints(filter.account_ids.clone()))
            .text("))");
    }
    if !filter.user_names.is_empty() {
        sql.text(&format!(" AND {alias}.user_id IN (SELECT id FROM users WHERE username = ANY("))
            .bind(Bind::Texts(filter.user_names.clone()))
            .text("))");
    }
    if !filter.section_ids.is_empty() {
        sql.text(&format!(" AND {alias}.library_id IN (SELECT id FROM libraries WHERE section_id = ANY("))
            .bind(Bind::Ints(filter.section_ids.clone()))
            .text("))");
    }
    kinds(sql, alias, filter);
}

fn kinds(sql: &mut Sql, alias: &str, filter: &HistoryFilter) {
    if filter.kinds.is_empty() {
        return;
    }
    let named = filter.kinds.iter().filter_map(|kind| match kind {
        KindFilter::Kind(kind) => Some(kind.name().to_owned()),
        KindFilter::Live => None,
    });
    // A live programme is found under "live", not among the episodes and movies of a library.
    sql.text(&format!(" AND ((NOT {alias}.live AND {alias}.kind = ANY("))
        .bind(Bind::Texts(named.collect()))
        .text("))");
    if filter.kinds.contains(&KindFilter::Live) {
        sql.text(&format!(" OR {alias}.live"));
    }
    sql.text(")");
}

/// Appends what only plays (`p`), their snapshots (`s`) and users (`u`) can answer.
pub(super) fn plays(sql: &mut Sql, filter: &HistoryFilter, zone: &str) {
    let words = filter.decisions.iter().map(|d| d.word().to_owned()).collect();
    any_text(sql, "p.decision", words);
    any_text(sql, "s.rating_key", filter.rating_keys.clone());
    any_text(sql, "s.parent_rating_key", filter.parent_rating_keys.clone());
    any_text(sql, "s.grandparent_rating_key", filter.grandparent_rating_keys.clone());
    any_text(sql, "s.guid", filter.guids.clone());
    let day = |sql: &mut Sql, comparison: &str, date, next: &str| {
        sql.text(&format!(" AND p.started_at {comparison} ((("))
            .bind(Bind::Date(date))
            .text(&format!("::date{next})::timestamp) AT TIME ZONE "))
            .bind(Bind::Text(zone.to_owned()))
            .text(")");
    };
    for from in [filter.on, filter.after].into_iter().flatten() {
        day(sql, ">=", from, "");
    }
    for until in [filter.on, filter.before].into_iter().flatten() {
        day(sql, "<", until, " + 1");
    }
    if let Some(text) = &filter.text {
        contains(sql, text);
    }
}

fn contains(sql: &mut Sql, text: &str) {
    const COLUMNS: [&str; 7] =
        ["s.full_title", "p.player", "p.platform", "p.product", "p.address", "u.username", "u.custom_name"];
    sql.text(" AND (FALSE");
    for column in COLUMNS {
        sql.text(&format!(" OR {column} ILIKE ")).bind(Bind::Text(format!("%{text}%")));
    }
    sql.text(")");
}

fn any_int(sql: &mut Sql, column: &str, values: Vec<i64>) {
    if !values.is_empty() {
        sql.text(&format!(" AND {column} = ANY(")).bind(Bind::Ints(values)).text(")");
    }
}

fn any_text(sql: &mut Sql, column: &str, values: Vec<String>) {
    if !values.is_empty() {
        sql.text(&format!(" AND {column} = ANY(")).bind(Bind::Texts(values)).text(")");
    }
}
