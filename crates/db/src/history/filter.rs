//! A history filter as SQL conditions.

use super::plan::Plan;
use super::resolve::{Resolved, Snapshots};
use super::sql::{Bind, Sql};
use super::text::{self, Sought};
use tautulli_domain::history::{HistoryFilter, KindFilter};

/// Whether groups can be filtered without looking at their plays.
pub(crate) fn is_group_level(filter: &HistoryFilter) -> bool {
    let HistoryFilter {
        server_id: _,
        user_ids: _,
        account_ids: _,
        user_names: _,
        library_ids: _,
        section_ids: _,
        kinds: _,
        group_ids: _,
        play_ids,
        decisions,
        platforms,
        products,
        players,
        machine_ids,
        addresses,
        locations,
        watched_quarters,
        rating_keys,
        parent_rating_keys,
        grandparent_rating_keys,
        guids,
        on,
        before,
        after,
        text,
        by_full_title: _,
        described: _,
        as_recorded: _,
    } = filter;
    let texts = [
        platforms,
        products,
        players,
        machine_ids,
        addresses,
        rating_keys,
        parent_rating_keys,
        grandparent_rating_keys,
        guids,
    ];
    texts.into_iter().all(Vec::is_empty)
        && decisions.is_empty()
        && play_ids.is_empty()
        && locations.is_empty()
        && watched_quarters.is_empty()
        && on.is_none()
        && before.is_none()
        && after.is_none()
        && text.is_none()
}

/// Appends the conditions for rows called `alias` (a play or a group).
pub(crate) fn shared(sql: &mut Sql, alias: &str, group_key: &str, filter: &HistoryFilter) {
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
        sql.text(" AND ");
        user_names(sql, alias, &filter.user_names);
    }
    if !filter.section_ids.is_empty() {
        sql.text(&format!(" AND {alias}.library_id IN (SELECT id FROM libraries WHERE section_id = ANY("))
            .bind(Bind::Ints(filter.section_ids.clone()))
            .text("))");
    }
    kinds(sql, alias, filter);
    if filter.described {
        without_bare(sql, alias, if group_key == format!("{alias}.id") { Rows::Groups } else { Rows::Plays });
    }
}

/// What the rows of an alias are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rows {
    Plays,
    Groups,
}

/// Appends that the account of rows called `alias` has one of the names.
pub(super) fn user_names(sql: &mut Sql, alias: &str, names: &[String]) {
    sql.text(&format!("{alias}.user_id IN (SELECT id FROM users WHERE username = ANY("))
        .bind(Bind::Texts(names.to_vec()))
        .text("))");
}

/// Appends that the rows are not bare; there are few that are.
fn without_bare(sql: &mut Sql, alias: &str, rows: Rows) {
    let bare = match rows {
        Rows::Plays => "SELECT play_id FROM bare_plays",
        Rows::Groups => BARE_GROUPS,
    };
    sql.text(&format!(" AND {alias}.id NOT IN ({bare})"));
}

/// Groups that have no play but bare ones.
pub(super) const BARE_GROUPS: &str = "SELECT p.group_id FROM bare_plays b JOIN plays p ON p.id = b.play_id GROUP BY 1 \
    HAVING count(*) = (SELECT count(*) FROM plays q WHERE q.group_id = p.group_id)";

fn kinds(sql: &mut Sql, alias: &str, filter: &HistoryFilter) {
    let named: Vec<&str> = filter.kinds.iter().filter_map(named).collect();
    let live = filter.kinds.contains(&KindFilter::Live);
    match named.as_slice() {
        [] if live => sql.text(&format!(" AND {alias}.live")),
        [] => sql,
        // A live programme is found under "live", not among the episodes and movies of a library.
        [kind] if !live => sql
            .text(&format!(" AND NOT {alias}.live AND {alias}.kind = "))
            .bind(Bind::Text((*kind).to_owned())),
        several => sql
            .text(&format!(" AND ((NOT {alias}.live AND {alias}.kind = ANY("))
            .bind(Bind::Texts(several.iter().map(|kind| (*kind).to_owned()).collect()))
            .text("))")
            .text(&if live { format!(" OR {alias}.live)") } else { ")".to_owned() }),
    };
}

fn named(kind: &KindFilter) -> Option<&'static str> {
    match kind {
        KindFilter::Kind(kind) => Some(kind.name()),
        KindFilter::Live => None,
    }
}

/// Appends what only plays (`p`), their snapshots (`s`) and users (`u`) can answer.
pub(crate) fn plays(sql: &mut Sql, filter: &HistoryFilter, zone: &str) {
    joined(sql, filter, Sought::of(filter).as_ref(), zone);
}

/// The same with the text as it is looked for.
pub(super) fn joined(sql: &mut Sql, filter: &HistoryFilter, sought: Option<&Sought>, zone: &str) {
    columns(sql, "p", filter);
    items(sql, "s", filter);
    days(sql, "p", filter, zone);
    if let Some(sought) = sought {
        text::contains(sql, sought);
    }
}

/// Appends the conditions on a play's own columns.
fn columns(sql: &mut Sql, alias: &str, filter: &HistoryFilter) {
    let ids: Vec<i64> = filter.play_ids.iter().map(|id| id.0).collect();
    any_int(sql, &format!("{alias}.id"), ids);
    let quarters = filter.watched_quarters.iter().map(|quarters| i64::from(*quarters)).collect();
    any_int(sql, &format!("{alias}.watched_quarters"), quarters);
    let decisions = filter.decisions.iter().map(|decision| decision.word().to_owned()).collect();
    let locations = filter.locations.iter().map(|location| location.name().to_owned()).collect();
    for (column, values) in [
        ("decision", decisions),
        ("location", locations),
        ("platform", filter.platforms.clone()),
        ("product", filter.products.clone()),
        ("player", filter.players.clone()),
        ("machine_id", filter.machine_ids.clone()),
        ("address", filter.addresses.clone()),
    ] {
        any_text(sql, &format!("{alias}.{column}"), values);
    }
}

/// Whether the filter names items.
pub(super) fn names_items(filter: &HistoryFilter) -> bool {
    let lists =
        [&filter.rating_keys, &filter.parent_rating_keys, &filter.grandparent_rating_keys, &filter.guids];
    lists.into_iter().any(|list| !list.is_empty())
}

/// Appends the conditions on snapshots called `alias`.
pub(super) fn items(sql: &mut Sql, alias: &str, filter: &HistoryFilter) {
    any_text(sql, &format!("{alias}.rating_key"), filter.rating_keys.clone());
    any_text(sql, &format!("{alias}.parent_rating_key"), filter.parent_rating_keys.clone());
    any_text(sql, &format!("{alias}.grandparent_rating_key"), filter.grandparent_rating_keys.clone());
    if !filter.guids.is_empty() {
        sql.text(" AND ");
        of_guids(sql, alias, &filter.guids);
    }
}

/// Appends the days of the filter as bounds of `started_at`: local days of `zone`, clock changes included.
pub(super) fn days(sql: &mut Sql, alias: &str, filter: &HistoryFilter, zone: &str) {
    let day = |sql: &mut Sql, comparison: &str, date, next: &str| {
        sql.text(&format!(" AND {alias}.started_at {comparison} ((("))
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
}

/// Appends " AND …" with what groups called `alias` can answer.
pub(super) fn groups(sql: &mut Sql, alias: &str, plan: &Plan, found: &Resolved) {
    if let Some(server) = plan.server_id {
        sql.text(&format!(" AND {alias}.server_id = ")).bind(Bind::Int(server.0));
    }
    if let Some(users) = &found.users {
        one_or_any(sql, &format!("{alias}.user_id"), users);
    }
    if let Some(libraries) = &found.libraries {
        one_or_any(sql, &format!("{alias}.library_id"), libraries);
    }
    kinds(sql, alias, plan);
    let group_key = if alias == "g" { "g.id".to_owned() } else { format!("{alias}.group_id") };
    plan.groups(sql, &group_key);
    if plan.described && alias == "g" {
        without_bare(sql, alias, Rows::Groups);
    }
}

/// Appends " AND …" with all of the plan for plays called `alias`, without joining anything.
pub(super) fn resolved(sql: &mut Sql, alias: &str, plan: &Plan, found: &Resolved, zone: &str) {
    groups(sql, alias, plan, found);
    let groups: Vec<i64> = plan.group_ids.iter().map(|id| id.0).collect();
    any_int(sql, &format!("{alias}.group_id"), groups);
    columns(sql, alias, plan);
    plan.plays(sql, alias);
    days(sql, alias, plan, zone);
    if plan.described {
        without_bare(sql, alias, Rows::Plays);
    }
    match &found.snapshots {
        None => {}
        Some(Snapshots::These(ids)) => any_int(sql, &format!("{alias}.snapshot_id"), ids.clone()),
        Some(Snapshots::Many) => {
            sql.text(&format!(
                " AND EXISTS (SELECT 1 FROM item_snapshots s WHERE s.id = {alias}.snapshot_id"
            ));
            items(sql, "s", plan);
            sql.text(")");
        }
    }
    if let (Some(hits), Some(sought)) = (&found.text, plan.sought()) {
        sql.text(" AND (");
        text::hit(sql, alias, hits, &sought);
        sql.text(")");
    }
}

/// One value is an equation, so that an index that begins with the column gives its order too.
fn one_or_any(sql: &mut Sql, column: &str, values: &[i64]) {
    match values {
        [one] => {
            sql.text(&format!(" AND {column} = ")).bind(Bind::Int(*one));
        }
        several => {
            sql.text(&format!(" AND {column} = ANY(")).bind(Bind::Ints(several.to_vec())).text(")");
        }
    }
}

pub(super) fn any_int(sql: &mut Sql, column: &str, values: Vec<i64>) {
    if !values.is_empty() {
        sql.text(&format!(" AND {column} = ANY(")).bind(Bind::Ints(values)).text(")");
    }
}

/// Appends that a snapshot has one of the guids. Those of the old agents end in a language, which makes them no other item.
pub(crate) fn of_guids(sql: &mut Sql, alias: &str, guids: &[String]) {
    let stems: Vec<String> =
        guids.iter().filter_map(|guid| guid.split_once('?')).map(|(stem, _)| stem.to_owned()).collect();
    sql.text(&format!("({alias}.guid = ANY(")).bind(Bind::Texts(guids.to_vec())).text(")");
    if !stems.is_empty() {
        sql.text(&format!(" OR split_part({alias}.guid, '?', 1) = ANY(")).bind(Bind::Texts(stems)).text(")");
    }
    sql.text(")");
}

pub(super) fn any_text(sql: &mut Sql, column: &str, values: Vec<String>) {
    if !values.is_empty() {
        sql.text(&format!(" AND {column} = ANY(")).bind(Bind::Texts(values)).text(")");
    }
}
