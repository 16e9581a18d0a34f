//! A filter as the history carries it out: what was asked, and what becomes of plays that were recorded otherwise than they are found.
//! Nobody asks for that part, and nobody but the history knows of it: statistics and graphs count such plays in their own way.

use super::filter::{is_group_level, user_names};
use super::rest::Rest;
use super::sql::{Bind, Sql};
use super::text::Sought;
use std::ops::Deref;
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::{GroupId, PlayId};

/// A filter, and how it is carried out.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Plan {
    asked: HistoryFilter,
    /// Groups that have no line of their own.
    passed_over: Vec<GroupId>,
    /// Plays that are found, and were recorded otherwise.
    pub except: Vec<PlayId>,
    /// In the place of the user names that are asked for.
    named: Option<Named>,
    /// Text is looked for in the play that speaks for its line alone, and no letters but A to Z are the same in both cases.
    pub as_spoken: bool,
    /// Groups are found by their plays, where some are of others than their group is.
    pub by_plays: bool,
}

/// User names, of which some plays carry others than their accounts have.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    names: Vec<String>,
    /// Plays that carry one of the names, though their account has another. Those of the opposite are among the plan's exceptions.
    also: Vec<PlayId>,
}

/// What is looked for, by plan.
#[derive(Debug, Clone, Copy)]
pub(super) struct Look<'a> {
    pub plan: &'a Plan,
    pub grouped: bool,
    /// The IANA name of the zone whose days are meant.
    pub zone: &'a str,
}

impl Deref for Plan {
    type Target = HistoryFilter;

    fn deref(&self) -> &HistoryFilter {
        &self.asked
    }
}

impl Plan {
    /// What was asked, and no more.
    pub(super) fn of(asked: &HistoryFilter) -> Self {
        Self { asked: asked.clone(), ..Self::default() }
    }

    /// The same without its text.
    pub(super) fn without_text(&self) -> Self {
        let asked = HistoryFilter { text: None, by_full_title: false, ..self.asked.clone() };
        Self { asked, as_spoken: false, ..self.clone() }
    }

    /// The same, but for these groups, which have no line of their own.
    pub(super) fn passing_over(&self, groups: Vec<GroupId>) -> Self {
        Self { passed_over: groups, ..self.clone() }
    }

    /// Puts names that plays carry in the place of those of accounts.
    pub(super) fn carry(&mut self, also: Vec<PlayId>, except: Vec<PlayId>) {
        self.named = Some(Named { names: std::mem::take(&mut self.asked.user_names), also });
        self.except.extend(except);
    }

    /// Whether it names users, libraries or kinds.
    pub(super) fn names_owners_or_kinds(&self) -> bool {
        let HistoryFilter { user_ids, account_ids, user_names, library_ids, section_ids, kinds, .. } =
            &self.asked;
        let owners =
            [account_ids.len(), section_ids.len(), user_ids.len(), library_ids.len(), user_names.len()];
        self.named.is_some() || !kinds.is_empty() || owners.into_iter().any(|named| named > 0)
    }

    /// Whether single plays are chosen beyond what was asked.
    fn chooses_plays(&self) -> bool {
        !self.except.is_empty() || self.named.is_some()
    }

    /// Whether groups can be filtered without looking at their plays.
    pub(super) fn is_group_level(&self) -> bool {
        !self.by_plays && !self.chooses_plays() && is_group_level(&self.asked)
    }

    /// Whether nothing is left of it without the parts that `taken` takes out.
    pub(super) fn is_no_more_than(&self, taken: impl FnOnce(Rest) -> Rest) -> bool {
        !self.chooses_plays() && taken(Rest::of(&self.asked)).is_nothing()
    }

    /// Whether it is carried out as any filter is that asks for the same.
    pub(super) fn is_as_asked(&self) -> bool {
        let Self { asked: _, passed_over, except: _, named: _, as_spoken, by_plays } = self;
        passed_over.is_empty() && !as_spoken && !by_plays && !self.chooses_plays()
    }

    /// The text that is looked for, and how.
    pub(super) fn sought(&self) -> Option<Sought> {
        let sought = Sought::of(&self.asked)?;
        Some(if self.as_spoken { sought.spoken() } else { sought })
    }

    /// Appends " AND …": the group has a line of its own.
    pub(super) fn groups(&self, sql: &mut Sql, group_key: &str) {
        if !self.passed_over.is_empty() {
            let groups = self.passed_over.iter().map(|id| id.0).collect();
            sql.text(&format!(" AND {group_key} <> ALL(")).bind(Bind::Ints(groups)).text(")");
        }
    }

    /// Appends " AND …": the play called `alias` is one of those that are chosen.
    pub(super) fn plays(&self, sql: &mut Sql, alias: &str) {
        let ids = |plays: &[PlayId]| Bind::Ints(plays.iter().map(|id| id.0).collect());
        if !self.except.is_empty() {
            sql.text(&format!(" AND {alias}.id <> ALL(")).bind(ids(&self.except)).text(")");
        }
        if let Some(Named { names, also }) = &self.named {
            sql.text(" AND (");
            user_names(sql, alias, names);
            sql.text(&format!(" OR {alias}.id = ANY(")).bind(ids(also)).text("))");
        }
    }
}
