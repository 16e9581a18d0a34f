//! Editing the past so that it can be undone: deletions, regrouping, new matches, other rules. Callers let administrators
//! in only; who it was stands in the revision.

mod family;
mod matching;
mod rules;

pub use matching::Match;
pub use rules::RuleWishes;

use crate::activity::Parts;
use crate::servers::Servers;
use crate::settings::Settings;
use chrono_tz::Tz;
use std::sync::Arc;
use tautulli_db::Database;
use tautulli_db::history::Scope;
use tautulli_db::revisions::{Author, Edit, Move, NewSettings, Rematch};
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::revision::{Preview, Revision, RuleChange};
use tautulli_domain::session::SessionRules;
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, LibraryId, Result, RevisionId, SharedClock, UserId};
use tokio::sync::Semaphore;

/// The most revisions of one page.
pub const MAX_PAGE: i64 = 100;

/// Edits of the past.
#[derive(Debug)]
pub struct Revisions {
    database: Database,
    settings: Arc<Settings>,
    servers: Arc<Servers>,
    clock: SharedClock,
    zone: Tz,
    /// One regrouping runs aside at a time.
    aside: Arc<Semaphore>,
}

impl Revisions {
    pub fn new(parts: &Parts, zone: Tz) -> Self {
        Self {
            database: parts.database.clone(),
            settings: parts.settings.clone(),
            servers: parts.servers.clone(),
            clock: parts.clock.clone(),
            zone,
            aside: Arc::new(Semaphore::new(1)),
        }
    }

    /// Revisions, newest first, older than `before` if that is given.
    pub async fn list(&self, before: Option<RevisionId>, limit: i64) -> Result<Vec<Revision>> {
        if !(0..=MAX_PAGE).contains(&limit) {
            return Err(Error::invalid(format!("A page holds between 0 and {MAX_PAGE} revisions")));
        }
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::revisions::list(&mut conn, before, limit).await?)
    }

    /// What deleting would remove.
    pub async fn preview_deletion(&self, filter: &HistoryFilter) -> Result<Preview> {
        self.preview(Edit::Delete(self.scope(filter)?)).await
    }

    /// Deletes the plays that a filter finds; `None` where it finds none.
    pub async fn delete(&self, viewer: &Viewer, filter: &HistoryFilter) -> Result<Option<Revision>> {
        let named = filter.play_ids.len();
        let what =
            if named == 0 { "plays found by a filter".to_owned() } else { format!("{named} named plays") };
        let edit = Edit::Delete(self.scope(filter)?);
        self.carry_out(viewer, edit, &format!("Deleted {what}"), &[]).await
    }

    /// Deletes all plays of a user.
    pub async fn delete_of_user(&self, viewer: &Viewer, user: UserId) -> Result<Option<Revision>> {
        let filter = HistoryFilter { user_ids: vec![user], ..HistoryFilter::default() };
        let summary = format!("Deleted the history of user {user}");
        self.carry_out(viewer, Edit::Delete(self.scope(&filter)?), &summary, &[]).await
    }

    /// Deletes all plays of a library.
    pub async fn delete_of_library(&self, viewer: &Viewer, library: LibraryId) -> Result<Option<Revision>> {
        let filter = HistoryFilter { library_ids: vec![library], ..HistoryFilter::default() };
        let summary = format!("Deleted the history of library {library}");
        self.carry_out(viewer, Edit::Delete(self.scope(&filter)?), &summary, &[]).await
    }

    /// What regrouping would change.
    pub async fn preview_regrouping(&self) -> Result<Preview> {
        self.preview(Edit::Regroup(&self.settings.session_rules())).await
    }

    /// Puts every play into the group that the rules in force want.
    pub async fn regroup(&self, viewer: &Viewer) -> Result<Option<Revision>> {
        let rules = self.settings.session_rules();
        self.carry_out(viewer, Edit::Regroup(&rules), "Put the plays into groups anew", &[]).await
    }

    /// Does the same while nobody waits for it; the log says how it went. Where it runs already, that will do.
    pub fn regroup_aside(self: &Arc<Self>, viewer: &Viewer) {
        let Ok(turn) = self.aside.clone().try_acquire_owned() else { return };
        let (revisions, viewer) = (self.clone(), viewer.clone());
        tokio::spawn(async move {
            let _turn = turn;
            match revisions.regroup(&viewer).await {
                Ok(made) => tracing::info!(changed = made.is_some(), "the plays were put into groups anew"),
                Err(failure) => tracing::error!(%failure, "the plays could not be put into groups anew"),
            }
        });
    }

    /// What other rules would have made of the past.
    pub async fn preview_rules(&self, wishes: &RuleWishes) -> Result<Preview> {
        let change = self.change(wishes)?;
        self.preview(Edit::Rules(&change)).await
    }

    /// Stores other rules and judges the whole history by them.
    pub async fn apply_rules(&self, viewer: &Viewer, wishes: &RuleWishes) -> Result<Option<Revision>> {
        let (change, settings) = (self.change(wishes)?, self.settings.prepare(&wishes.settings())?);
        let summary = format!("Changed the rules for the whole history: {wishes}");
        let revision = self.carry_out(viewer, Edit::Rules(&change), &summary, &settings).await?;
        self.settings.reload().await?;
        Ok(revision)
    }

    /// Stores other rules for what is to come.
    pub async fn keep_rules(&self, viewer: &Viewer, wishes: &RuleWishes) -> Result<Revision> {
        self.change(wishes)?;
        let settings = self.settings.prepare(&wishes.settings())?;
        let summary = format!("Changed the rules from now on: {wishes}");
        let mut conn = self.database.conn().await?;
        let author = self.author(viewer, &summary);
        let revision = tautulli_db::revisions::keep_settings(&mut conn, author, &settings).await?;
        drop(conn);
        self.settings.reload().await?;
        Ok(revision)
    }

    /// What giving an item's plays to another item would change.
    pub async fn preview_rematch(&self, wish: Match<'_>) -> Result<Preview> {
        let rules = self.settings.session_rules();
        let moves = matching::pair(&self.database, &self.servers, wish).await?;
        self.preview(Edit::Rematch(self.moving(wish, &moves, &rules))).await
    }

    fn moving<'a>(&self, wish: Match<'_>, moves: &'a [Move], rules: &'a SessionRules) -> Rematch<'a> {
        let regroups = !wish.keeps_groups;
        Rematch { server_id: wish.server, moves, rules, regroups, now: self.clock.now() }
    }

    /// Gives the plays of an item, and of all below it, to another item of the server (HIS-15).
    pub async fn rematch(&self, viewer: &Viewer, wish: Match<'_>) -> Result<Option<Revision>> {
        let rules = self.settings.session_rules();
        let moves = matching::pair(&self.database, &self.servers, wish).await?;
        let summary = format!("Gave the plays of item {} to item {}", wish.old, wish.new);
        self.carry_out(viewer, Edit::Rematch(self.moving(wish, &moves, &rules)), &summary, &[]).await
    }

    /// Takes a revision back.
    pub async fn undo(&self, viewer: &Viewer, id: RevisionId) -> Result<Revision> {
        let mut conn = self.database.conn().await?;
        let undone = tautulli_db::revisions::undo(&mut conn, id, viewer.name(), self.clock.now()).await?;
        drop(conn);
        self.settings.reload().await?;
        tracing::info!(revision = %id, by = viewer.name(), "an edit of the history was undone");
        Ok(undone)
    }

    fn change(&self, wishes: &RuleWishes) -> Result<RuleChange> {
        wishes.validate()?;
        let before = self.settings.session_rules();
        Ok(RuleChange { after: wishes.over(&before), before })
    }

    /// The scope of a deletion. A filter without any condition is not taken for a wish.
    fn scope<'a>(&'a self, filter: &'a HistoryFilter) -> Result<Scope<'a>> {
        filter.validate()?;
        let HistoryFilter { server_id, described, .. } = *filter;
        let server_alone = HistoryFilter { server_id, described, ..HistoryFilter::default() };
        if *filter == server_alone {
            return Err(Error::invalid(
                "This would delete the whole history; name plays, or give a filter with a condition",
            ));
        }
        Ok(Scope { filter, grouped: false, zone: self.zone.name() })
    }

    fn author<'a>(&self, viewer: &'a Viewer, summary: &'a str) -> Author<'a> {
        Author { name: viewer.name(), now: self.clock.now(), summary }
    }

    async fn preview(&self, edit: Edit<'_>) -> Result<Preview> {
        let mut conn = self.database.conn().await?;
        tautulli_db::revisions::preview(&mut conn, edit).await
    }

    async fn carry_out(
        &self,
        viewer: &Viewer,
        edit: Edit<'_>,
        summary: &str,
        settings: NewSettings<'_>,
    ) -> Result<Option<Revision>> {
        let mut conn = self.database.conn().await?;
        let author = self.author(viewer, summary);
        let made = tautulli_db::revisions::carry_out(&mut conn, edit, author, settings).await?;
        if let Some(revision) = &made {
            tracing::info!(revision = %revision.id, by = author.name, summary, "the history was edited");
        }
        Ok(made)
    }
}

/// Forgets what would undo revisions that have expired.
pub(crate) async fn purge(parts: &Parts) -> Result<()> {
    let mut conn = parts.database.conn().await?;
    let purged = tautulli_db::revisions::purge(&mut conn, parts.clock.now()).await?;
    if purged > 0 {
        tracing::info!(purged, "edits of the history can no longer be undone: their time is over");
    }
    Ok(())
}
