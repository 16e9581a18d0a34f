//! Statistics and graphs.

use crate::graphql::context::ContextExt;
use crate::graphql::error::{Gql, from_domain};
use crate::graphql::guard::Allow;
use crate::graphql::input::{HistoryFilter, Measure, Subject, Window, filter as read};
use crate::graphql::node::{NodeKind, number};
use crate::graphql::object::{CARDS, Graphs, PlayerStatistics, Statistics, UserStatistics, WatchTime};
use crate::graphql::scalar::{Duration, Long};
use async_graphql::{Context, ID, Object, Result};
use tautulli_domain::statistics::{Counting, Question, Total};
use tautulli_domain::{Error, LibraryId, UserId};
use tautulli_services::{About, UsersWanted};

#[derive(Default)]
pub(super) struct StatisticsQueries;

#[Object]
impl StatisticsQueries {
    /// The cards of the home page. A guest's are made of their own plays.
    #[graphql(guard = "Allow::Viewer", complexity = "20 + child_complexity")]
    #[expect(clippy::too_many_arguments, reason = "a question has as many parts")]
    async fn statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When plays ended; all time if it is absent.")] window: Option<Window>,
        #[graphql(desc = "What to look at.")] filter: Option<HistoryFilter>,
        #[graphql(desc = "What is more.", default_with = "Measure::Plays")] measure: Measure,
        #[graphql(desc = "Count a play and its resumptions once.", default = true)] grouped: bool,
        #[graphql(
            desc = "With groups, let the first play of its newest group within the window be a row's last play, and break ties by it.",
            default
        )]
        by_group: bool,
        #[graphql(desc = "Rows of each card, at most 500.", default = 10)] count: i32,
        #[graphql(desc = "Rows to pass over.", default = 0)] offset: i32,
    ) -> Result<Statistics> {
        let (services, viewer) = (&ctx.services()?.statistics, ctx.viewer()?);
        let question = Question {
            window: services.window(&window.unwrap_or_default().into_domain()).gql()?,
            filter: read(filter)?,
            measure: measure.into(),
            grouped,
            by_group,
            count: count.into(),
            offset: offset.into(),
        };
        let asked = |name: &str| ctx.look_ahead().field(name).exists();
        let cards: Vec<_> = CARDS.iter().filter(|(name, _)| asked(name)).map(|(_, card)| *card).collect();
        let (recently, concurrently) = (asked("recentlyWatched"), asked("mostConcurrent"));
        let rows = async { services.cards(viewer, &question, &cards).await };
        let recent = async {
            if recently { services.recently_watched(viewer, &question).await } else { Ok(Vec::new()) }
        };
        let concurrent = async {
            if concurrently { services.most_concurrent(viewer, &question).await } else { Ok(Vec::new()) }
        };
        let (rows, recent, concurrent) = futures_util::try_join!(rows, recent, concurrent).gql()?;
        Ok(Statistics { rows, recent, concurrent })
    }

    /// Graphs over time, platforms, users and resolutions. A guest's are made of their own plays.
    #[graphql(guard = "Allow::Viewer", complexity = "20 + child_complexity")]
    async fn graphs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "When plays ended; all time if it is absent.")] window: Option<Window>,
        #[graphql(desc = "What to look at.")] filter: Option<HistoryFilter>,
        #[graphql(desc = "What is more.", default_with = "Measure::Plays")] measure: Measure,
        #[graphql(desc = "Count a play and its resumptions once in each column.", default = true)]
        grouped: bool,
    ) -> Result<Graphs> {
        let window = window.unwrap_or_default().into_domain();
        let service = &ctx.services()?.graphs;
        Ok(Graphs(service.question(ctx.viewer()?, &window, read(filter)?, measure.into(), grouped).gql()?))
    }

    /// Plays and time by windows: a line for each user or library and window, or for the items together.
    #[graphql(guard = "Allow::Viewer", complexity = "20 + child_complexity")]
    async fn watch_time(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose or what plays.")] subject: Subject,
        #[graphql(
            desc = "Windows: so many times 24 hours until now, 0 is all time; at most 20.",
            default_with = "vec![1, 7, 30, 0]"
        )]
        days: Vec<i32>,
        #[graphql(desc = "Count a play and its resumptions once.", default = true)] grouped: bool,
        #[graphql(desc = "Count imported plays that had to be repaired as they were recorded.", default)]
        as_recorded: bool,
    ) -> Result<Vec<WatchTime>> {
        let about = subject.into_domain(ctx).await?;
        let counting = Counting { grouped, as_recorded };
        let wanted: Vec<i64> = days.iter().copied().map(Into::into).collect();
        let found =
            ctx.services()?.statistics.watch_time(ctx.viewer()?, &about, &wanted, counting).await.gql()?;
        let (ids, of_users): (Vec<i64>, _) = match &about {
            About::Users(users) => (users.iter().map(|id| id.0).collect(), Some(true)),
            About::Libraries(libraries) => (libraries.iter().map(|id| id.0).collect(), Some(false)),
            About::Keys { .. } | About::Guids { .. } => (vec![0], None),
        };
        let line = |id: i64, days: i32, rows: &[tautulli_services::WatchTime]| {
            let total = rows.iter().find(|row| row.id == id).map_or(Total::default(), |row| row.total);
            WatchTime {
                user_id: (of_users == Some(true)).then_some(UserId(id)),
                library_id: (of_users == Some(false)).then_some(LibraryId(id)),
                days,
                plays: Long(total.plays),
                played: Duration(total.played_ms),
            }
        };
        let lines =
            ids.into_iter().flat_map(|id| days.iter().zip(&found).map(move |(days, rows)| (id, *days, rows)));
        Ok(lines.map(|(id, days, rows)| line(id, days, rows)).collect())
    }

    /// The players of a user, the most used first.
    #[graphql(guard = "Allow::Viewer")]
    async fn player_statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The user.")] user_id: Option<ID>,
        #[graphql(desc = "Or the number of their plex.tv account, on the default server.")]
        account_id: Option<Long>,
        #[graphql(desc = "Count a play and its resumptions once.", default = true)] grouped: bool,
        #[graphql(desc = "Count imported plays that had to be repaired as they were recorded.", default)]
        as_recorded: bool,
    ) -> Result<Vec<PlayerStatistics>> {
        let user = match (user_id, account_id) {
            (Some(id), None) => Some(UserId(number(&id, NodeKind::User)?)),
            (None, Some(account)) => of_account(ctx, account.0).await?,
            _ => return Err(from_domain(&Error::invalid("Give either the user or the account"))),
        };
        let Some(user) = user else { return Ok(Vec::new()) };
        let rows = ctx
            .services()?
            .statistics
            .players(ctx.viewer()?, user, Counting { grouped, as_recorded })
            .await
            .gql()?;
        Ok(rows.into_iter().map(Into::into).collect())
    }

    /// The users of libraries or of items, those with most plays first. A guest reads their own line.
    #[graphql(guard = "Allow::Viewer")]
    async fn user_statistics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What plays.")] subject: Subject,
        #[graphql(desc = "Count a play and its resumptions once.", default = true)] grouped: bool,
        #[graphql(desc = "Count imported plays that had to be repaired as they were recorded.", default)]
        as_recorded: bool,
    ) -> Result<Vec<UserStatistics>> {
        let about = subject.into_domain(ctx).await?;
        let of_libraries = matches!(about, About::Libraries(_));
        let rows = ctx
            .services()?
            .statistics
            .users(ctx.viewer()?, &about, Counting { grouped, as_recorded })
            .await
            .gql()?;
        Ok(rows.into_iter().map(|row| UserStatistics(row, of_libraries)).collect())
    }
}

/// The user with this account whom the viewer may see; where several servers have one, the first server's.
async fn of_account(ctx: &Context<'_>, account: i64) -> Result<Option<UserId>> {
    let wanted = UsersWanted { accounts: Some(vec![account]), ..UsersWanted::default() };
    let users = ctx.services()?.people.users(ctx.viewer()?, wanted).await.gql()?;
    Ok(users.first().map(|user| user.id))
}
