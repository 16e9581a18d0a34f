//! Tables of users, libraries, addresses and sign-ins.

use crate::graphql::context::ContextExt;
use crate::graphql::error::Gql;
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{AddressTotals, LibraryTotals, SignIns, StrayLibrary, StrayUser, UserTotals};
use crate::graphql::scalar::Long;
use async_graphql::{Context, ID, Object, Result};
use tautulli_domain::statistics::Counting;
use tautulli_domain::{ServerId, UserId};
use tautulli_services::{Owner, UsersWanted};

#[derive(Default)]
pub(super) struct PeopleQueries;

#[Object]
impl PeopleQueries {
    /// What every user has played altogether, those without plays too.
    #[graphql(guard = "Allow::Admin", complexity = "20 + child_complexity")]
    async fn user_totals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One server; all if it is absent.")] server_id: Option<ID>,
        #[graphql(desc = "Count a play and its resumptions once.", default = true)] grouped: bool,
        #[graphql(desc = "Count imported plays that had to be repaired as they were recorded.", default)]
        as_recorded: bool,
    ) -> Result<Vec<UserTotals>> {
        let (service, server) = (&ctx.services()?.statistics, server(server_id)?);
        let lines = service
            .ever_played(ctx.viewer()?, Owner::User, server, Counting { grouped, as_recorded })
            .await
            .gql()?;
        Ok(lines.into_iter().map(UserTotals).collect())
    }

    /// What was played from every library altogether, those without plays too.
    #[graphql(guard = "Allow::Viewer", complexity = "20 + child_complexity")]
    async fn library_totals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One server; all if it is absent.")] server_id: Option<ID>,
        #[graphql(desc = "Count a play and its resumptions once.", default = true)] grouped: bool,
        #[graphql(desc = "Count imported plays that had to be repaired as they were recorded.", default)]
        as_recorded: bool,
    ) -> Result<Vec<LibraryTotals>> {
        let (service, server) = (&ctx.services()?.statistics, server(server_id)?);
        let lines = service
            .ever_played(ctx.viewer()?, Owner::Library, server, Counting { grouped, as_recorded })
            .await
            .gql()?;
        Ok(lines.into_iter().map(LibraryTotals).collect())
    }

    /// The addresses that a user has played from, in the order of their text.
    #[graphql(guard = "Allow::Admin", complexity = "20 + child_complexity")]
    async fn address_totals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of the user's plex.tv account.")] account_id: Long,
        #[graphql(desc = "Count imported plays that had to be repaired as they were recorded.", default)]
        as_recorded: bool,
    ) -> Result<Vec<AddressTotals>> {
        let services = ctx.services()?;
        let wanted = UsersWanted { accounts: Some(vec![account_id.0]), ..UsersWanted::default() };
        let users = services.people.users(ctx.viewer()?, wanted).await.gql()?;
        let users: Vec<UserId> = users.into_iter().map(|user| user.id).collect();
        let lines = services.statistics.addresses(ctx.viewer()?, &users, as_recorded).await.gql()?;
        Ok(lines.into_iter().map(AddressTotals).collect())
    }

    /// Users of an imported installation who have no account. They can have played nothing.
    #[graphql(guard = "Allow::Viewer")]
    async fn stray_users(&self, ctx: &Context<'_>) -> Result<Vec<StrayUser>> {
        let users = ctx.services()?.people.stray_users(ctx.viewer()?).await.gql()?;
        Ok(users.into_iter().map(Into::into).collect())
    }

    /// Libraries of an imported installation that belonged to another server than the one whose history it is.
    #[graphql(guard = "Allow::Viewer")]
    async fn stray_libraries(&self, ctx: &Context<'_>) -> Result<Vec<StrayLibrary>> {
        let libraries = ctx.services()?.people.stray_libraries(ctx.viewer()?).await.gql()?;
        Ok(libraries.into_iter().map(Into::into).collect())
    }

    /// The log of sign-ins, those of an imported installation included.
    #[graphql(guard = "Allow::Admin", complexity = "20 + child_complexity")]
    async fn sign_ins(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Those of this plex.tv account; all if it is absent.")] account_id: Option<Long>,
    ) -> Result<SignIns> {
        let accounts = account_id.map(|account| vec![account.0]);
        let (entries, total) = ctx.services()?.access.sign_ins(accounts.as_deref()).await.gql()?;
        Ok(SignIns { entries, total })
    }
}

fn server(id: Option<ID>) -> Result<Option<ServerId>> {
    Ok(id.map(|id| node::number(&id, NodeKind::Server)).transpose()?.map(ServerId))
}
