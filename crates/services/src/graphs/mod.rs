//! Graphs as a viewer may see them: a guest's are made of their own plays alone (STA-11).

use crate::history::narrow;
use crate::settings::Settings;
use chrono_tz::Tz;
use std::sync::Arc;
use tautulli_db::{Database, graphs};
use tautulli_domain::graphs::{Axis, Bucket, Graph, GraphQuestion, MAX_TOP, Split};
use tautulli_domain::history::HistoryFilter;
use tautulli_domain::statistics::{Measure, Stretched};
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, Result, SharedClock};

/// The graphs.
#[derive(Debug, Clone)]
pub struct Graphs {
    database: Database,
    /// The zone whose days are counted.
    zone: Tz,
    clock: SharedClock,
    settings: Arc<Settings>,
}

impl Graphs {
    pub fn new(database: Database, zone: Tz, clock: SharedClock, settings: Arc<Settings>) -> Self {
        Self { database, zone, clock, settings }
    }

    /// A question as the viewer may ask it, with weeks that begin where the settings say.
    pub fn question(
        &self,
        viewer: &Viewer,
        window: &Stretched,
        filter: HistoryFilter,
        measure: Measure,
        grouped: bool,
    ) -> Result<GraphQuestion> {
        let now = self.clock.now();
        let question = GraphQuestion {
            window: crate::statistics::resolve(window, self.zone, now)?,
            filter: narrow(viewer, filter)?,
            measure,
            grouped,
            monday: self.settings.flag("week_start_monday"),
            now,
        };
        question.validate()?;
        Ok(question)
    }

    /// A graph of a question that [`Self::question`] made; `top` columns where columns are ranked.
    pub async fn graph(&self, question: &GraphQuestion, axis: Axis, split: Split, top: i64) -> Result<Graph> {
        if !(1..=MAX_TOP).contains(&top) {
            return Err(Error::invalid(format!("Ask for between 1 and {MAX_TOP} columns")));
        }
        let mut conn = self.database.conn().await?;
        graphs::graph(&mut conn, question, self.zone.name(), axis, split, top).await
    }

    /// Different addresses by time.
    pub async fn addresses(&self, question: &GraphQuestion, bucket: Bucket) -> Result<Graph> {
        let mut conn = self.database.conn().await?;
        graphs::addresses(&mut conn, question, self.zone.name(), bucket).await
    }

    /// The most bandwidth at once on each day.
    pub async fn bandwidth(&self, question: &GraphQuestion) -> Result<Graph> {
        let mut conn = self.database.conn().await?;
        graphs::bandwidth(&mut conn, question, self.zone.name()).await
    }

    /// The most streams at once on each day.
    pub async fn concurrency(&self, question: &GraphQuestion) -> Result<Graph> {
        let mut conn = self.database.conn().await?;
        graphs::concurrency(&mut conn, question, self.zone.name()).await
    }
}
