//! Queries that administrators write themselves, where the setting `api_sql` allows it.

use crate::settings::Settings;
use serde_json::Value;
use std::sync::Arc;
use tautulli_db::{Database, raw};
use tautulli_domain::viewer::Viewer;
use tautulli_domain::{Error, Result};

/// Raw queries.
#[derive(Debug, Clone)]
pub struct RawSql {
    database: Database,
    settings: Arc<Settings>,
}

impl RawSql {
    pub fn new(database: Database, settings: Arc<Settings>) -> Self {
        Self { database, settings }
    }

    /// The rows of a query over the views of the schema `legacy`, each an object; or what the database says against it.
    ///
    /// # Errors
    /// `Forbidden` for whoever is limited in any way; `Conflict` where it is off or cannot be made safe; `Invalid` for a query
    /// that does more than read.
    pub async fn query(
        &self,
        viewer: &Viewer,
        query: &str,
    ) -> Result<std::result::Result<Vec<Value>, String>> {
        if !viewer.may_change() {
            return Err(Error::forbidden());
        }
        if !self.settings.flag("api_sql") {
            return Err(Error::conflict("SQL is off; the setting api_sql switches it on"));
        }
        tautulli_domain::sql::check(query)?;
        // A connection of its own: whatever the query leaves behind ends with it.
        let mut conn = self.database.dedicated().await?;
        raw::prepare(&mut conn).await?;
        let answer = raw::query(&mut conn, query).await?;
        if let Err(said) = &answer {
            tracing::warn!(by = viewer.name(), said, "the database does not take a query");
        }
        Ok(answer)
    }
}
