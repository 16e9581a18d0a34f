//! The service itself, and what others know of addresses.

use crate::graphql::context::ContextExt;
use crate::graphql::error::{Gql, from_domain};
use crate::graphql::guard::Allow;
use crate::graphql::object::{
    GeoLocation, Job, LogEntry, LogOrder, Machine, NetworkOwner, PlexLogKind, Setting, SqlAnswer,
    WaitingRows, WaitingTable,
};
use crate::graphql::scalar::Long;
use async_graphql::{Context, Object, Result};
use std::net::IpAddr;
use tautulli_domain::Error;
use tautulli_services::settings::SETTINGS;
use tautulli_services::upkeep::LogQuery;
use tautulli_services::waiting;

#[derive(Default)]
pub(super) struct UpkeepQueries;

const MAX_LINES: i32 = 10_000;
const MAX_TEXT: usize = 1_000;

#[Object]
impl UpkeepQueries {
    /// Where on earth an address is, as plex.tv tells; absent where it does not know.
    #[graphql(guard = "Allow::Viewer")]
    async fn geo_location(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An IP address.")] address: String,
    ) -> Result<Option<GeoLocation>> {
        let found = ctx.services()?.lookups.geo_location(ip(&address)?).await.gql()?;
        Ok(found.map(Into::into))
    }

    /// Whose network an address belongs to, as the registries tell.
    #[graphql(guard = "Allow::Admin", complexity = "10 + child_complexity")]
    async fn network_owner(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "An IP address.")] address: String,
    ) -> Result<NetworkOwner> {
        Ok(NetworkOwner::from(&*ctx.services()?.lookups.owner(ip(&address)?).await))
    }

    /// The service's log: the newest file's last megabytes.
    #[graphql(guard = "Allow::Admin", complexity = "10 + 5 * child_complexity")]
    #[expect(clippy::too_many_arguments, reason = "a page's four and what is looked for")]
    async fn logs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Text in an entry, in any case.")] text: Option<String>,
        #[graphql(desc = "A regular expression to be found in an entry, in any case.")] pattern: Option<
            String,
        >,
        #[graphql(desc = "What to order by.", default_with = "LogOrder::Time")] order_by: LogOrder,
        #[graphql(desc = "Whether the order descends.", default = true)] descending: bool,
        #[graphql(desc = "Entries to pass over.", default = 0)] offset: i32,
        #[graphql(desc = "How many, at most 10000.", default = 100)] first: i32,
    ) -> Result<Vec<LogEntry>> {
        let (text, pattern) = (text.unwrap_or_default(), pattern.unwrap_or_default());
        if text.len() > MAX_TEXT || pattern.len() > MAX_TEXT {
            return Err(from_domain(&Error::invalid("The text to look for is too long")));
        }
        let query = LogQuery {
            text,
            pattern,
            order: order_by.into(),
            descending,
            offset: usize::try_from(offset).unwrap_or(0),
            limit: usize::try_from(first.min(MAX_LINES)).ok(),
        };
        let found = ctx.services()?.upkeep.log_entries(query).await.gql()?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// The last lines of a log of the media server; empty unless the setting `pms_logs_folder` says where they lie.
    #[graphql(guard = "Allow::Admin", complexity = "10 + 5 * child_complexity")]
    async fn media_server_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which log.", default_with = "PlexLogKind::Server")] kind: PlexLogKind,
        #[graphql(desc = "How many lines; the setting `pms_logs_line_cap` if it is absent.")] last: Option<
            i32,
        >,
    ) -> Result<Vec<LogEntry>> {
        let lines = last.map(|last| usize::try_from(last).unwrap_or(0));
        let found = ctx.services()?.upkeep.plex_log_entries(kind.into(), lines).await.gql()?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// What the service does again and again, how it went and when it is due.
    #[graphql(guard = "Allow::Admin", complexity = "10 + 5 * child_complexity")]
    async fn jobs(&self, ctx: &Context<'_>) -> Result<Vec<Job>> {
        Ok(ctx.services()?.scheduler.jobs().await.gql()?.into_iter().map(Job).collect())
    }

    /// The machine that the service runs on.
    #[graphql(guard = "Allow::Admin")]
    async fn machine(&self, ctx: &Context<'_>) -> Result<Machine> {
        Ok(ctx.services()?.upkeep.machine().into())
    }

    /// The settings in force. Secrets have no value here.
    #[graphql(guard = "Allow::Admin")]
    async fn settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only these; all if it is absent.")] keys: Option<Vec<String>>,
    ) -> Result<Vec<Setting>> {
        let settings = &ctx.services()?.settings;
        let wanted = SETTINGS
            .iter()
            .filter(|known| keys.as_ref().is_none_or(|keys| keys.iter().any(|key| key == known.key)));
        let told = wanted.filter_map(|known| {
            let (value, source) = settings.value(known.key)?;
            Some(Setting::of(known, value, source))
        });
        Ok(told.collect())
    }

    /// The rows of a query over the tables that programs for the legacy API know: `session_history`,
    /// `session_history_metadata`, `session_history_media_info`, `users`, `library_sections`. At most 10000 rows and 16 MiB.
    /// Off unless the setting api_sql is on.
    #[graphql(guard = "Allow::Change", complexity = "50 + child_complexity")]
    async fn sql(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A single SELECT in PostgreSQL's words, without comments.")] query: String,
    ) -> Result<SqlAnswer> {
        Ok(ctx.services()?.sql.query(ctx.viewer()?, &query).await.gql()?.into())
    }

    /// Rows of an imported installation whose feature is not here yet, as they wait for it.
    #[graphql(guard = "Allow::Admin", complexity = "10 + child_complexity")]
    #[expect(clippy::too_many_arguments, reason = "a page's four and what is looked for")]
    async fn waiting_rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What waits.")] table: WaitingTable,
        #[graphql(desc = "Rows by number; all if it is absent.")] ids: Option<Vec<Long>>,
        #[graphql(
            desc = "Text in the columns to search in, in any case of Latin letters; % is anything, _ any character."
        )]
        text: Option<String>,
        #[graphql(desc = "Columns to search in.")] searched: Option<Vec<String>>,
        #[graphql(
            desc = "Columns to order by, the most important first; by number if it is absent, and where they are equal."
        )]
        order_by: Option<Vec<String>>,
        #[graphql(desc = "For each column, whether it descends; the last one counts for the rest.")]
        descending: Option<Vec<bool>>,
        #[graphql(desc = "Rows to pass over.", default = 0)] offset: i32,
        #[graphql(desc = "Rows on the page; everything if it is absent.")] limit: Option<i32>,
    ) -> Result<WaitingRows> {
        let text = text.unwrap_or_default();
        if text.len() > MAX_TEXT {
            return Err(from_domain(&Error::invalid("The text to look for is too long")));
        }
        let directions = descending.unwrap_or_default();
        let descends = |at: usize| directions.get(at).or(directions.last()).copied().unwrap_or(true);
        let order = order_by.unwrap_or_default().into_iter().take(5).enumerate();
        let query = waiting::Query {
            ids: ids.map(|ids| ids.into_iter().map(|id| id.0).collect()),
            text,
            searched: searched.unwrap_or_default(),
            order: order.map(|(at, column)| (column, descends(at))).collect(),
            offset: offset.into(),
            limit: limit.map(Into::into),
        };
        Ok(ctx.services()?.waiting.page(table.into(), &query).await.gql()?.into())
    }
}

fn ip(text: &str) -> Result<IpAddr> {
    let read = text.trim().parse();
    read.map_err(|_| from_domain(&Error::invalid("This is not an IP address")))
}
