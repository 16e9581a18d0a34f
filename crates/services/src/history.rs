//! Reading the history as a viewer may see it.

use tautulli_db::Database;
use tautulli_db::history::Scope;
use tautulli_domain::history::{HistoryFilter, HistoryLine, HistoryTable, KeysetPage, OffsetPage, Play};
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, PlayId, Result, SessionId};

/// The most lines of one keyset page.
pub const MAX_PAGE: i64 = 500;
/// The most lines of one table page; the legacy API asks for everything with a length of -1.
const MAX_TABLE: i64 = 100_000;

/// The history.
#[derive(Debug, Clone)]
pub struct History {
    database: Database,
    /// IANA name of the zone whose days date filters mean.
    zone: String,
}

impl History {
    pub fn new(database: Database, zone: impl Into<String>) -> Self {
        Self { database, zone: zone.into() }
    }

    fn scope<'a>(&'a self, filter: &'a HistoryFilter, grouped: bool) -> Scope<'a> {
        Scope { filter, grouped, zone: &self.zone }
    }

    /// A page of lines, newest first, and whether there are more in the direction of travel.
    pub async fn page(
        &self,
        viewer: &Viewer,
        filter: HistoryFilter,
        grouped: bool,
        page: KeysetPage,
    ) -> Result<(Vec<HistoryLine>, bool)> {
        if !(0..=MAX_PAGE).contains(&page.limit) {
            return Err(Error::invalid(format!("A page holds between 0 and {MAX_PAGE} lines")));
        }
        let filter = narrow(viewer, filter)?;
        let mut conn = self.database.conn().await?;
        tautulli_db::history::page(&mut conn, self.scope(&filter, grouped), page).await
    }

    /// How many lines match.
    pub async fn count(&self, viewer: &Viewer, filter: HistoryFilter, grouped: bool) -> Result<i64> {
        let filter = narrow(viewer, filter)?;
        filter.validate()?;
        let mut conn = self.database.conn().await?;
        Ok(tautulli_db::history::count(&mut conn, self.scope(&filter, grouped)).await?)
    }

    /// A page by offset with footers.
    pub async fn table(
        &self,
        viewer: &Viewer,
        filter: HistoryFilter,
        grouped: bool,
        mut page: OffsetPage,
    ) -> Result<HistoryTable> {
        page.limit = Some(page.limit.unwrap_or(MAX_TABLE).clamp(0, MAX_TABLE));
        let filter = narrow(viewer, filter)?;
        let mut conn = self.database.conn().await?;
        tautulli_db::history::table(&mut conn, self.scope(&filter, grouped), &page).await
    }

    /// The plays with these ids that the viewer may see.
    pub async fn plays(&self, viewer: &Viewer, ids: &[PlayId]) -> Result<Vec<Play>> {
        let mut conn = self.database.conn().await?;
        let plays = tautulli_db::plays::by_ids(&mut conn, ids).await?;
        Ok(plays.into_iter().filter(|play| viewer.may_see(Some(play.user_id))).collect())
    }

    /// The play that a session became, if it did and the viewer may see it.
    pub async fn play_of(&self, viewer: &Viewer, session: SessionId) -> Result<Option<Play>> {
        let mut conn = self.database.conn().await?;
        let play = tautulli_db::plays::by_session(&mut conn, session).await?;
        Ok(play.filter(|play| viewer.may_see(Some(play.user_id))))
    }
}

/// A guest's filter always says "and mine".
fn narrow(viewer: &Viewer, mut filter: HistoryFilter) -> Result<HistoryFilter> {
    if viewer.is_admin() {
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
