//! Free text as the legacy API looks for it: in the play that speaks for its line, the one that got furthest, and in no other. The line
//! itself is made of all plays that the rest of the filter lets through.

use super::filter;
use super::plan::{Look, Plan};
use super::resolve::Resolved;
use super::sql::Sql;

/// The order of plays `q` in which the one that got furthest, as it was recorded, is the first.
pub(super) const FURTHEST: &str = "coalesce((SELECT r.percent FROM recorded_plays r WHERE r.play_id = q.id), q.percent_complete) DESC, q.id DESC";

/// The groups for which another play speaks than that which a group knows: one with a play that was never described, or that got beyond
/// its end.
pub(super) const OTHERWISE: &str = "SELECT o.group_id FROM plays o WHERE o.id IN \
    (SELECT play_id FROM bare_plays UNION ALL SELECT play_id FROM recorded_plays WHERE percent IS NOT NULL)";

/// A plan without its text.
pub(super) struct Unsaid {
    pub plan: Plan,
    pub found: Resolved,
}

impl Unsaid {
    /// `None` where any play of a line may have the text.
    pub(super) fn of(look: Look<'_>, found: &Resolved) -> Option<Self> {
        let Look { plan, grouped, .. } = look;
        let is_so = grouped && plan.as_spoken && plan.text.is_some();
        is_so.then(|| Self { plan: plan.without_text(), found: Resolved { text: None, ..found.clone() } })
    }

    /// Appends " AND …": what the rest of the filter lets through.
    pub(super) fn conditions(&self, sql: &mut Sql, alias: &str, zone: &str) {
        filter::resolved(sql, alias, &self.plan, &self.found, zone);
    }

    /// Appends what the speaker of the group of plays called `alias` says, of itself as `q`.
    pub(super) fn speaker(&self, sql: &mut Sql, alias: &str, zone: &str, says: impl FnOnce(&mut Sql)) {
        sql.text("(SELECT ");
        says(sql);
        sql.text(&format!(" FROM plays q WHERE q.group_id = {alias}.group_id"));
        self.conditions(sql, "q", zone);
        sql.text(&format!(" ORDER BY {FURTHEST} LIMIT 1)"));
    }
}
