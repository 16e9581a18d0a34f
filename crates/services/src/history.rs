//! Reading the history as a viewer may see it.

use crate::events::Snapshot;
use chrono_tz::Tz;
use std::sync::Arc;
use tautulli_db::Database;
use tautulli_db::history::Scope;
use tautulli_db::remembered::Remembered;
use tautulli_domain::history::{
    Footers, HistoryFilter, HistoryTable, HistoryTotals, KeysetPage, OffsetPage, PlacedLine, Play,
};
use tautulli_domain::session::Session;
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, GroupId, PlayId, Result, SessionId, UserId};

/// The most lines of one keyset page.
pub const MAX_PAGE: i64 = 500;
/// The most lines of one table page; the legacy API asks for everything with a length of -1.
const MAX_TABLE: i64 = 100_000;

/// The history.
#[derive(Debug, Clone)]
pub struct History {
    database: Database,
    remembered: Remembered,
    /// The zone whose days date filters mean.
    zone: Tz,
}

impl History {
    pub fn new(database: Database, zone: Tz) -> Self {
        Self { database, remembered: Remembered::default(), zone }
    }

    /// The zone whose days date filters mean.
    pub fn zone(&self) -> Tz {
        self.zone
    }

    fn scope<'a>(&'a self, filter: &'a HistoryFilter, grouped: bool) -> Scope<'a> {
        Scope { filter, grouped, zone: self.zone.name() }
    }

    /// Says once what makes searching slower than it could be.
    pub async fn announce(&self) -> Result<()> {
        let mut conn = self.database.conn().await?;
        if !tautulli_db::history::has_trigrams(&mut conn).await? {
            tracing::warn!(
                "PostgreSQL has no extension pg_trgm here: titles are searched one by one, which takes longer; \
                 install postgresql-contrib and run the migrations of a new database to mend it"
            );
        }
        tautulli_db::history::fold(&mut conn).await?;
        Ok(())
    }

    /// A page of lines with their places, in the page's order, and whether there are more in the direction of travel.
    pub async fn page(
        &self,
        viewer: &Viewer,
        filter: HistoryFilter,
        grouped: bool,
        page: &KeysetPage,
    ) -> Result<(Vec<PlacedLine>, bool)> {
        if !(0..=MAX_PAGE).contains(&page.limit) {
            return Err(Error::invalid(format!("A page holds between 0 and {MAX_PAGE} lines")));
        }
        let filter = narrow(viewer, filter)?;
        let conn = self.database.conn().await?;
        tautulli_db::history::page(&conn, self.scope(&filter, grouped), page).await
    }

    /// How many lines match, and for how long they played.
    pub async fn totals(
        &self,
        viewer: &Viewer,
        filter: HistoryFilter,
        grouped: bool,
    ) -> Result<HistoryTotals> {
        let filter = narrow(viewer, filter)?;
        filter.validate()?;
        let conn = self.database.conn().await?;
        Ok(tautulli_db::history::totals(&conn, self.scope(&filter, grouped)).await?)
    }

    /// A page by offset with the footers that are asked for.
    pub async fn table(
        &self,
        viewer: &Viewer,
        filter: HistoryFilter,
        grouped: bool,
        mut page: OffsetPage,
        footers: Footers,
    ) -> Result<HistoryTable> {
        page.limit = Some(page.limit.unwrap_or(MAX_TABLE).clamp(0, MAX_TABLE));
        let all = HistoryFilter { server_id: filter.server_id, ..HistoryFilter::default() };
        let (filter, all) = (narrow(viewer, filter)?, narrow(viewer, all)?);
        let mut conn = self.database.conn().await?;
        tautulli_db::history::table(&mut conn, self.scope(&filter, grouped), &all, &page, footers).await
    }

    /// The running sessions that the filter finds and the viewer may see, the newest first.
    pub async fn running(
        &self,
        viewer: &Viewer,
        filter: HistoryFilter,
        now: &Snapshot,
    ) -> Result<Vec<Arc<Session>>> {
        let filter = narrow(viewer, filter)?;
        filter.validate()?;
        let may_watch = |s: &&Arc<Session>| viewer.may_watch(s.user_id, s.library_id);
        let seen: Vec<&Arc<Session>> = now.sessions().filter(may_watch).collect();
        let ids: Vec<UserId> = seen.iter().filter_map(|session| session.user_id).collect();
        let mut conn = self.database.conn().await?;
        let users = tautulli_db::users::by_ids(&mut conn, &ids).await?;
        let finds = |session: &Session| {
            let user = users.iter().find(|user| Some(user.id) == session.user_id);
            let names = user.map(|user| [user.username.as_str(), &user.title, &user.custom_name]);
            let day = session.started_at.with_timezone(&self.zone).date_naive();
            filter.finds_session(session, names.as_ref().map_or(&[], |names| names.as_slice()), day)
        };
        let mut found: Vec<Arc<Session>> = seen.into_iter().filter(|s| finds(s)).cloned().collect();
        found.sort_by_key(|session| (std::cmp::Reverse(session.started_at), session.id));
        Ok(found)
    }

    /// The plays with these ids that the viewer may see.
    pub async fn plays(&self, viewer: &Viewer, ids: &[PlayId]) -> Result<Vec<Play>> {
        let conn = self.database.conn().await?;
        let plays = tautulli_db::plays::by_ids(&conn, &self.remembered, ids).await?;
        Ok(plays.into_iter().filter(|play| viewer.may_see(play.user_id, play.library_id)).collect())
    }

    /// The other plays of a group that the viewer may see, oldest first, the newest [`MAX_PAGE`] at most.
    pub async fn companions(&self, viewer: &Viewer, group: GroupId, of: PlayId) -> Result<Vec<Play>> {
        let mut conn = self.database.conn().await?;
        let members = tautulli_db::plays::members(&mut conn, group, MAX_PAGE).await?;
        drop(conn);
        let others: Vec<PlayId> = members.into_iter().filter(|id| *id != of).collect();
        let mut plays = self.plays(viewer, &others).await?;
        plays.sort_by_key(|play| (play.started_at, play.id));
        Ok(plays)
    }

    /// The play that a session became, if it did and the viewer may see it.
    pub async fn play_of(&self, viewer: &Viewer, session: SessionId) -> Result<Option<Play>> {
        let conn = self.database.conn().await?;
        let play = tautulli_db::plays::by_session(&conn, &self.remembered, session).await?;
        Ok(play.filter(|play| viewer.may_see(play.user_id, play.library_id)))
    }
}

/// A guest's filter always says "and mine", that of a limited key "and in these libraries".
pub(crate) fn narrow(viewer: &Viewer, mut filter: HistoryFilter) -> Result<HistoryFilter> {
    if !viewer.may_read() {
        return Err(Error::forbidden());
    }
    if let Some(limit) = &viewer.libraries {
        filter.library_ids = match filter.library_ids.is_empty() {
            true => limit.clone(),
            false => filter.library_ids.into_iter().filter(|wanted| limit.contains(wanted)).collect(),
        };
        if filter.library_ids.is_empty() {
            return Err(Error::forbidden());
        }
    }
    if viewer.is_of_admin() {
        return Ok(filter);
    }
    let Some((server, own)) = viewer.user else { return Err(Error::forbidden()) };
    if !filter.user_ids.is_empty() && !filter.user_ids.contains(&own) {
        return Err(Error::forbidden());
    }
    filter.server_id = Some(server);
    filter.user_ids = vec![own];
    Ok(filter)
}
