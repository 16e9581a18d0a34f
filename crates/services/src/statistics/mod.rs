//! Statistics as a viewer may see them: a guest's are made of their own plays alone (STA-11).

mod window;

pub(crate) use window::resolve;

use crate::history::narrow;
use crate::settings::Settings;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use std::sync::Arc;
use tautulli_db::rollups::{self, Rebuilt};
use tautulli_db::statistics::{Limits, Scope};
use tautulli_db::{Database, statistics};
use tautulli_domain::statistics::{Card, CardRow, Concurrency, Counting, Question, Stretched, Window};
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, LibraryId, PlayId, Result, ServerId, SharedClock, UserId};

pub use tautulli_db::statistics::{About, AddressPlayed, EverPlayed, Owner, PlayerRow, UserRow, WatchTime};

/// Computes what statistics are counted from again, and says what had been wrong.
pub async fn rebuild(database: &Database, zone: Tz) -> Result<Rebuilt> {
    let mut conn = database.dedicated().await?;
    rollups::rebuild(&mut conn, zone.name()).await
}

/// The most windows that watch time is asked for at once.
const MAX_WINDOWS: usize = 20;
/// The most users, libraries or keys that are asked about at once.
const MAX_SUBJECTS: usize = 500;

/// The statistics.
#[derive(Debug, Clone)]
pub struct Statistics {
    database: Database,
    /// The zone whose days are counted.
    zone: Tz,
    clock: SharedClock,
    settings: Arc<Settings>,
}

impl Statistics {
    pub fn new(database: Database, zone: Tz, clock: SharedClock, settings: Arc<Settings>) -> Self {
        Self { database, zone, clock, settings }
    }

    /// Computes what statistics are counted from again where it cannot be trusted: days were counted in another zone, or
    /// plays were written without being counted. Cheap when all is well.
    pub async fn prepare(&self) -> Result<()> {
        let state = {
            let mut conn = self.database.conn().await?;
            rollups::state(&mut conn).await?
        };
        if state.zone == self.zone.name() && !state.stale {
            return Ok(());
        }
        tracing::info!(zone = self.zone.name(), "counting all plays again for the statistics");
        let rebuilt = rebuild(&self.database, self.zone).await?;
        tracing::info!(plays = rebuilt.plays, "counted all plays");
        Ok(())
    }

    /// The moments that a window means now.
    pub fn window(&self, asked: &Stretched) -> Result<Window> {
        resolve(asked, self.zone, self.clock.now())
    }

    /// The rows of the cards, each in its order.
    pub async fn cards(&self, viewer: &Viewer, question: &Question, cards: &[Card]) -> Result<Vec<CardRow>> {
        let question = Question { filter: narrow(viewer, question.filter.clone())?, ..question.clone() };
        let mut conn = self.database.conn().await?;
        statistics::cards(&mut conn, &question, self.zone.name(), cards).await
    }

    /// The newest plays that were watched to the end.
    pub async fn recently_watched(&self, viewer: &Viewer, question: &Question) -> Result<Vec<PlayId>> {
        let question = Question { filter: narrow(viewer, question.filter.clone())?, ..question.clone() };
        let mut conn = self.database.conn().await?;
        let rules = self.settings.session_rules().watched;
        statistics::recently_watched(&mut conn, &question, self.zone.name(), &rules).await
    }

    /// The most streams at once: of all, then of each decision that ran at all.
    pub async fn most_concurrent(&self, viewer: &Viewer, question: &Question) -> Result<Vec<Concurrency>> {
        question.validate()?;
        let filter = narrow(viewer, question.filter.clone())?;
        let mut conn = self.database.conn().await?;
        let scope = Scope { window: question.window, filter: &filter, zone: self.zone.name() };
        Ok(statistics::most_concurrent(&mut conn, scope).await?)
    }

    /// Plays and time of each subject since so many times 24 hours ago; 0 is of all time. In the order of `days`.
    pub async fn watch_time(
        &self,
        viewer: &Viewer,
        about: &About,
        days: &[i64],
        counting: Counting,
    ) -> Result<Vec<Vec<WatchTime>>> {
        if days.len() > MAX_WINDOWS {
            return Err(Error::invalid(format!("Ask for at most {MAX_WINDOWS} windows at once")));
        }
        let limits = check(viewer, about)?;
        let since = |days: &i64| {
            let asked = Stretched { days: (*days != 0).then_some(*days), ..Stretched::default() };
            Ok(self.window(&asked)?.since)
        };
        let since: Vec<_> = days.iter().map(since).collect::<Result<_>>()?;
        let mut conn = self.database.conn().await?;
        Ok(statistics::watch_time(&mut conn, about, &limits, &since, counting).await?)
    }

    /// The players of a user, the most used first.
    pub async fn players(&self, viewer: &Viewer, user: UserId, counting: Counting) -> Result<Vec<PlayerRow>> {
        let limits = check(viewer, &About::Users(vec![user]))?;
        let mut conn = self.database.conn().await?;
        Ok(statistics::players(&mut conn, &[user], &limits, counting).await?)
    }

    /// The users of libraries or items, those with most plays first; a guest reads their own line.
    pub async fn users(&self, viewer: &Viewer, about: &About, counting: Counting) -> Result<Vec<UserRow>> {
        let limits = check(viewer, about)?;
        let mut conn = self.database.conn().await?;
        Ok(statistics::users(&mut conn, about, &limits, counting).await?)
    }
}

impl Statistics {
    /// What every user or library has played altogether, those without plays too.
    pub async fn ever_played(
        &self,
        viewer: &Viewer,
        owner: Owner,
        server: Option<ServerId>,
        counting: Counting,
    ) -> Result<Vec<EverPlayed>> {
        // Of its libraries a limited key knows all there is; of users it knows a part.
        if owner == Owner::User || !viewer.is_of_admin() || !viewer.may_read() {
            only_admins(viewer)?;
        }
        let mut conn = self.database.conn().await?;
        let mut found = statistics::ever_played(&mut conn, owner, server, counting).await?;
        found.retain(|line| owner == Owner::User || viewer.may_enter(Some(LibraryId(line.id))));
        Ok(found)
    }

    /// When users or libraries were played by or from last. A guest knows it of themselves alone.
    pub async fn last_played(
        &self,
        viewer: &Viewer,
        owner: Owner,
        ids: &[i64],
    ) -> Result<Vec<(i64, DateTime<Utc>)>> {
        let may_know = |id: i64| match owner {
            Owner::User => viewer.libraries.is_none() && viewer.is_own(Some(UserId(id))),
            Owner::Library => viewer.is_of_admin() && viewer.may_enter(Some(LibraryId(id))),
        };
        let knows = |id: &i64| viewer.is_admin() || (viewer.may_read() && may_know(*id));
        let ids: Vec<i64> = ids.iter().copied().filter(knows).collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut conn = self.database.conn().await?;
        Ok(statistics::last_played(&mut conn, owner, &ids).await?)
    }

    /// The addresses that users have played from.
    pub async fn addresses(
        &self,
        viewer: &Viewer,
        users: &[UserId],
        as_recorded: bool,
    ) -> Result<Vec<AddressPlayed>> {
        only_admins(viewer)?;
        let mut conn = self.database.conn().await?;
        let users: Vec<i64> = users.iter().map(|id| id.0).collect();
        Ok(statistics::addresses(&mut conn, &users, as_recorded).await?)
    }
}

fn only_admins(viewer: &Viewer) -> Result<()> {
    if viewer.is_admin() { Ok(()) } else { Err(Error::forbidden()) }
}

/// Whose plays, and of which libraries, the viewer may see; refuses what asks about others, or about too much.
fn check(viewer: &Viewer, about: &About) -> Result<Limits> {
    let subjects = match about {
        About::Users(users) => users.len(),
        About::Libraries(libraries) => libraries.len(),
        About::Keys { keys, .. } => keys.len(),
        About::Guids { guids, .. } => guids.len(),
    };
    if subjects > MAX_SUBJECTS {
        return Err(Error::invalid(format!("Ask about at most {MAX_SUBJECTS} at once")));
    }
    if !viewer.may_read() {
        return Err(Error::forbidden());
    }
    let limits = Limits { user: None, libraries: viewer.libraries.clone() };
    if viewer.is_of_admin() {
        return Ok(limits);
    }
    let Some((server, own)) = viewer.user else { return Err(Error::forbidden()) };
    match about {
        About::Users(users) if users.iter().any(|user| *user != own) => Err(Error::forbidden()),
        About::Keys { server: of, .. } | About::Guids { server: of, .. } if *of != Some(server) => {
            Err(Error::forbidden())
        }
        _ => Ok(Limits { user: Some(own), ..limits }),
    }
}
