//! Free text as SQL conditions: in users, devices, addresses and titles, before they are looked up (of joined rows) and after it (of plays).

use super::resolve::{Snapshots, TextHits};
use super::sql::{Bind, Sql};
use crate::users::recorded_name;
use tautulli_domain::history::HistoryFilter;

/// The pattern that finds `text` anywhere; its own wildcards count, and a backslash is one.
fn pattern(text: &str) -> String {
    format!("%{}%", text.replace('\\', "\\\\"))
}

/// What is looked for, and how.
#[derive(Debug, Clone)]
pub(super) struct Sought {
    pattern: String,
    /// Of the titles, the full one alone.
    by_full_title: bool,
    as_spoken: bool,
}

impl Sought {
    /// `None` where a filter has no text.
    pub(super) fn of(filter: &HistoryFilter) -> Option<Self> {
        let HistoryFilter { text, by_full_title, .. } = filter;
        let pattern = pattern(text.as_ref()?);
        Some(Self { pattern, by_full_title: *by_full_title, as_spoken: false })
    }

    /// As the play says it that speaks for its line.
    pub(super) fn spoken(self) -> Self {
        Self { as_spoken: true, ..self }
    }

    /// Appends whether an expression has it.
    pub(super) fn is_in(&self, sql: &mut Sql, expression: &str) {
        sql.text(&format!("({expression} ILIKE ")).bind(Bind::Text(self.pattern.clone()));
        if self.as_spoken && !self.pattern.is_ascii() {
            // The collation of bytes knows no case but that of ASCII.
            sql.text(&format!(" AND lower({expression} COLLATE \"C\") LIKE "))
                .bind(Bind::Text(self.pattern.to_ascii_lowercase()))
                .text(" COLLATE \"C\"");
        }
        sql.text(")");
    }

    /// Appends whether the user `u` has it.
    pub(super) fn is_of_user(&self, sql: &mut Sql) {
        if self.as_spoken {
            // Who is known from plays alone has no such name.
            return self.is_in(sql, &recorded_name());
        }
        sql.text("(");
        self.is_in(sql, "u.username");
        for name in ["u.title", "u.custom_name"] {
            sql.text(" OR ");
            self.is_in(sql, name);
        }
        sql.text(")");
    }

    /// Appends whether one of the snapshot's titles has it, or the full one; all of them have an index together.
    pub(super) fn is_in_titles(&self, sql: &mut Sql, alias: &str) {
        let all = format!(
            "snapshot_titles({alias}.full_title, {alias}.title, {alias}.parent_title, {alias}.grandparent_title)"
        );
        sql.text("(");
        self.is_in(sql, &all);
        if self.by_full_title {
            sql.text(" AND ");
            self.is_in(sql, &format!("{alias}.full_title"));
        }
        sql.text(")");
    }
}

/// Appends " AND …": the play `p` has the text, its user `u` or its snapshot `s`.
pub(super) fn contains(sql: &mut Sql, sought: &Sought) {
    sql.text(" AND (");
    sought.is_of_user(sql);
    for column in ["platform", "product", "player", "address"] {
        sql.text(" OR ");
        sought.is_in(sql, &format!("p.{column}"));
    }
    sql.text(" OR ");
    if sought.as_spoken {
        let recorded = "(SELECT c.cells ->> 'full_title' FROM recorded_cells c WHERE c.play_id = p.id)";
        sql.text("CASE WHEN EXISTS (SELECT FROM recorded_cells c WHERE c.play_id = p.id AND c.cells ? 'full_title') THEN coalesce(");
        sought.is_in(sql, recorded);
        sql.text(", FALSE) ELSE ");
        sought.is_in_titles(sql, "s");
        sql.text(" END");
    } else {
        sought.is_in_titles(sql, "s");
    }
    sql.text(")");
}

/// Appends whether the play has what was sought, or its user, or its titles.
pub(super) fn hit(sql: &mut Sql, alias: &str, hits: &TextHits, sought: &Sought) {
    sql.text(&format!("{alias}.user_id = ANY(")).bind(Bind::Ints(hits.users.clone())).text(")");
    for (mark, column) in [('f', "platform"), ('p', "product"), ('n', "player"), ('a', "address")] {
        let words = hits.words.iter().filter(|(kind, _)| *kind == mark).map(|(_, word)| word.clone());
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            sql.text(&format!(" OR {alias}.{column} = ANY(")).bind(Bind::Texts(words)).text(")");
        }
    }
    if let Snapshots::These(ids) = &hits.snapshots {
        sql.text(" OR ((");
        selected(sql, &format!("{alias}.snapshot_id IN"), ids);
        as_recorded(sql, alias, hits);
    } else {
        titled(sql, alias, " OR ", hits, sought);
    }
}

/// Appends that a number is one of these: a selection, not a list. PostgreSQL weighs every number of a list each time it plans, and text
/// has thousands.
fn selected(sql: &mut Sql, number_in: &str, ids: &[i64]) {
    sql.text(&format!("{number_in} (SELECT unnest(")).bind(Bind::Ints(ids.to_vec())).text("::bigint[]))");
}

/// Appends, after two open brackets and what snapshots say of a play, which plays are told otherwise by what was recorded.
fn as_recorded(sql: &mut Sql, alias: &str, hits: &TextHits) {
    if !hits.untitled.is_empty() {
        sql.text(" AND ");
        selected(sql, &format!("{alias}.id NOT IN"), &hits.untitled);
    }
    sql.text(")");
    if !hits.titled.is_empty() {
        sql.text(" OR ");
        selected(sql, &format!("{alias}.id IN"), &hits.titled);
    }
    sql.text(")");
}

/// Appends whether the play's titles have the text.
pub(super) fn titled(sql: &mut Sql, alias: &str, before: &str, hits: &TextHits, sought: &Sought) {
    sql.text(before).text("((");
    match &hits.snapshots {
        Snapshots::These(ids) => {
            sql.text(&format!("{alias}.snapshot_id = ANY(")).bind(Bind::Ints(ids.clone())).text(")");
            as_recorded(sql, alias, hits);
        }
        Snapshots::Many => {
            sql.text(&format!(
                "EXISTS (SELECT 1 FROM item_snapshots s WHERE s.id = {alias}.snapshot_id AND "
            ));
            sought.is_in_titles(sql, "s");
            sql.text(")");
            as_recorded(sql, alias, hits);
        }
    }
}
