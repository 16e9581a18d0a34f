//! What statistics and graphs can be asked for.

use super::HistoryFilter;
use crate::graphql::context::ContextExt;
use crate::graphql::error::{Gql, from_domain};
use crate::graphql::node::{NodeKind, number, numbers};
use crate::graphql::scalar::Long;
use async_graphql::{Context, Enum, ID, InputObject, Result};
use chrono::{DateTime, NaiveDate, Utc};
use tautulli_domain::graphs;
use tautulli_domain::statistics::{self, Stretched};
use tautulli_domain::{Error, LibraryId, ServerId, UserId};
use tautulli_services::{About, LibrariesWanted, UsersWanted};

/// Plays that ended within a window. Say at most once where it begins; what is left out does not bound it.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "StatisticsWindow")]
pub(crate) struct Window {
    /// So many times 24 hours until now.
    days: Option<i32>,
    /// So many days of the configured time zone, today included.
    whole_days: Option<i32>,
    /// So many months of the configured time zone, this one included.
    months: Option<i32>,
    /// At or after this moment.
    since: Option<DateTime<Utc>>,
    /// On or after this day, YYYY-MM-DD in the configured time zone.
    after: Option<NaiveDate>,
    /// Before this moment.
    until: Option<DateTime<Utc>>,
    /// On or before this day, YYYY-MM-DD in the configured time zone.
    before: Option<NaiveDate>,
}

impl Window {
    pub(crate) fn into_domain(self) -> Stretched {
        Stretched {
            days: self.days.map(Into::into),
            whole_days: self.whole_days.map(Into::into),
            months: self.months.map(Into::into),
            since: self.since,
            after: self.after,
            until: self.until,
            before: self.before,
        }
    }
}

/// What is more: more plays, or more time.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "Measure", remote = "statistics::Measure")]
pub(crate) enum Measure {
    /// Number of plays.
    Plays,
    /// Time played.
    Duration,
}

/// How a graph cuts time up. A play belongs to where it began.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(name = "GraphBucket", remote = "graphs::Bucket")]
pub(crate) enum Bucket {
    /// Days of the configured time zone.
    Day,
    /// Weeks; settings say on which day they begin.
    Week,
    /// Months.
    Month,
    /// Hours of the day, over all days.
    HourOfDay,
    /// Days of the week, over all weeks.
    DayOfWeek,
}

/// Whose or what plays are counted: exactly one of users, libraries, rating keys and guids. Users and libraries may be named by
/// the numbers that Plex has for them; numbers that nobody has are passed over.
#[derive(InputObject, Debug, Clone, Default)]
#[graphql(name = "StatisticsSubject")]
pub(crate) struct Subject {
    /// These users, each for itself.
    user_ids: Option<Vec<ID>>,
    /// These libraries, each for itself.
    library_ids: Option<Vec<ID>>,
    /// Users of the server by the number of their plex.tv account, each for itself.
    account_ids: Option<Vec<Long>>,
    /// Libraries of the server by Plex's number, each for itself.
    section_ids: Option<Vec<Long>>,
    /// Items by Plex's keys at any level (item, season or album, show or artist), together.
    rating_keys: Option<Vec<String>>,
    /// Items by guid, together.
    guids: Option<Vec<String>>,
    /// The server of accounts, sections, keys and guids; the default server if it is absent, and all where none is watched.
    server_id: Option<ID>,
}

impl Subject {
    pub(crate) async fn into_domain(self, ctx: &Context<'_>) -> Result<About> {
        let Self { user_ids, library_ids, account_ids, section_ids, rating_keys, guids, server_id } = self;
        let (user_ids, library_ids) = match (user_ids, library_ids, account_ids, section_ids) {
            (None, None, Some(accounts), None) if rating_keys.is_none() && guids.is_none() => {
                return users(ctx, server(ctx, server_id).await?, accounts).await;
            }
            (None, None, None, Some(sections)) if rating_keys.is_none() && guids.is_none() => {
                return libraries(ctx, server(ctx, server_id).await?, sections).await;
            }
            (users, libraries, None, None) => (users, libraries),
            _ => return Err(twice()),
        };
        match (user_ids, library_ids, rating_keys, guids) {
            (Some(ids), None, None, None) => {
                Ok(About::Users(numbers(Some(ids), NodeKind::User)?.into_iter().map(UserId).collect()))
            }
            (None, Some(ids), None, None) => Ok(About::Libraries(
                numbers(Some(ids), NodeKind::Library)?.into_iter().map(LibraryId).collect(),
            )),
            (None, None, Some(keys), None) => Ok(About::Keys { server: server(ctx, server_id).await?, keys }),
            (None, None, None, Some(guids)) => {
                Ok(About::Guids { server: server(ctx, server_id).await?, guids })
            }
            _ => Err(twice()),
        }
    }
}

fn twice() -> async_graphql::Error {
    from_domain(&Error::invalid(
        "Ask about exactly one of userIds, libraryIds, accountIds, sectionIds, ratingKeys and guids",
    ))
}

async fn users(ctx: &Context<'_>, server: Option<ServerId>, accounts: Vec<Long>) -> Result<About> {
    let accounts = accounts.into_iter().map(|account| account.0).collect();
    let wanted = UsersWanted { server, accounts: Some(accounts), ..UsersWanted::default() };
    let users = ctx.services()?.people.users(ctx.viewer()?, wanted).await.gql()?;
    Ok(About::Users(users.into_iter().map(|user| user.id).collect()))
}

async fn libraries(ctx: &Context<'_>, server: Option<ServerId>, sections: Vec<Long>) -> Result<About> {
    let sections = sections.into_iter().map(|section| section.0).collect();
    let wanted = LibrariesWanted { server, sections: Some(sections), ..LibrariesWanted::default() };
    let libraries = ctx.services()?.people.libraries(ctx.viewer()?, wanted).await.gql()?;
    Ok(About::Libraries(libraries.into_iter().map(|library| library.id).collect()))
}

/// The server that is meant; none where no server is watched that has ever answered, as beside an imported history: then all are.
async fn server(ctx: &Context<'_>, id: Option<ID>) -> Result<Option<ServerId>> {
    if let Some(id) = id {
        return Ok(Some(ServerId(number(&id, NodeKind::Server)?)));
    }
    let servers = ctx.services()?.servers.all().await.gql()?;
    Ok(servers.first().filter(|server| !server.machine_id.is_empty()).map(|server| server.id))
}

/// The filter of a question that may leave it out.
pub(crate) fn filter(filter: Option<HistoryFilter>) -> Result<tautulli_domain::history::HistoryFilter> {
    filter.unwrap_or_default().into_domain()
}
