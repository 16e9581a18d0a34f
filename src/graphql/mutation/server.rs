//! The media servers that are watched.

use super::access::{SetOutPayload, expected};
use super::{Problem, outcome};
use crate::graphql::context::ContextExt;
use crate::graphql::guard::Allow;
use crate::graphql::input::{AddServer, UpdateServer};
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{KnownServer, Server};
use crate::graphql::scalar::said;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use tautulli_domain::ServerId;
use tautulli_services::discovery::Search;

#[derive(Default)]
pub(super) struct ServerMutations;

/// The outcome of adding or changing a server.
#[derive(SimpleObject)]
struct ServerPayload {
    /// The server.
    server: Option<Server>,
    /// Why there is none.
    problem: Option<Problem>,
}

/// What a search has found.
#[derive(SimpleObject)]
struct FindServersPayload {
    /// Whether nobody has approved yet: the ticket is still good.
    is_waiting: bool,
    /// The servers that the account owns.
    servers: Option<Vec<KnownServer>>,
    /// Why it found nothing.
    problem: Option<Problem>,
}

/// What a media server says of itself.
#[derive(SimpleObject, Default)]
struct TestServerPayload {
    /// Its name.
    name: Option<String>,
    /// Its version.
    version: Option<String>,
    /// Its operating system.
    platform: Option<String>,
    /// Plex's identifier of the machine.
    machine_id: Option<String>,
    /// Whether its owner has Plex Pass.
    plex_pass: Option<bool>,
    /// Why it says nothing.
    problem: Option<Problem>,
}

/// The outcome of removing a server.
#[derive(SimpleObject)]
struct RemoveServerPayload {
    /// Whether it is watched no more.
    removed: bool,
    /// Why it still is.
    problem: Option<Problem>,
}

/// The outcome of a refresh.
#[derive(SimpleObject)]
struct RefreshPayload {
    /// How many there are.
    count: Option<i32>,
    /// Why it failed.
    problem: Option<Problem>,
}

#[Object]
impl ServerMutations {
    /// Sets out to find the servers of an account: the browser goes to `url`, where a person approves, and comes back with the ticket.
    #[graphql(guard = "Allow::Change")]
    async fn begin_server_search(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page to come back to: `http` or `https`.")] return_to: String,
    ) -> Result<SetOutPayload> {
        let begun = ctx.services()?.discovery.set_out(&return_to, &ctx.caller()?.origin).await;
        Ok(expected(begun)?.into())
    }

    /// What a search has found: the servers that the account owns.
    #[graphql(guard = "Allow::Change")]
    async fn find_servers(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The search's ticket.", secret)] ticket: String,
    ) -> Result<FindServersPayload> {
        let found = expected(ctx.services()?.discovery.look(&ticket.into()).await)?;
        Ok(match found {
            Ok(Search::Waiting) => FindServersPayload { is_waiting: true, servers: None, problem: None },
            Ok(Search::Found(servers)) => {
                let servers = Some(servers.into_iter().map(Into::into).collect());
                FindServersPayload { is_waiting: false, servers, problem: None }
            }
            Err(problem) => FindServersPayload { is_waiting: false, servers: None, problem: Some(problem) },
        })
    }

    /// Watches a media server, after it has answered.
    #[graphql(guard = "Allow::Change")]
    async fn add_server(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to reach it.")] input: AddServer,
    ) -> Result<ServerPayload> {
        Ok(payload(expected(ctx.services()?.discovery.add(input.into()).await)?))
    }

    /// Tries an address and a token, and keeps nothing.
    #[graphql(guard = "Allow::Change")]
    async fn test_server(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How to reach it.")] input: AddServer,
    ) -> Result<TestServerPayload> {
        let tried = expected(ctx.services()?.discovery.test(input.into()).await)?;
        Ok(match tried {
            Ok(identity) => TestServerPayload {
                name: said(&identity.name),
                version: said(&identity.version),
                platform: said(&identity.platform),
                machine_id: said(&identity.machine_id),
                plex_pass: Some(identity.plex_pass),
                problem: None,
            },
            Err(problem) => TestServerPayload { problem: Some(problem), ..TestServerPayload::default() },
        })
    }

    /// Changes how a server is reached; a new address or token is tried first.
    #[graphql(guard = "Allow::Change")]
    async fn update_server(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server's id.")] id: ID,
        #[graphql(desc = "What changes.")] input: UpdateServer,
    ) -> Result<ServerPayload> {
        let (change, ticket) = input.into_services();
        let updated = ctx.services()?.discovery.update(server(&id)?, change, ticket).await;
        Ok(payload(expected(updated)?))
    }

    /// Stops watching a server. Its history stays, and adding it again continues it.
    #[graphql(guard = "Allow::Change")]
    async fn remove_server(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server's id.")] id: ID,
    ) -> Result<RemoveServerPayload> {
        let problem = outcome(ctx.services()?.servers.remove(server(&id)?).await)?.err();
        Ok(RemoveServerPayload { removed: problem.is_none(), problem })
    }

    /// Reads a server's libraries now.
    #[graphql(guard = "Allow::Change")]
    async fn refresh_libraries(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server's id.")] server_id: ID,
    ) -> Result<RefreshPayload> {
        Ok(refreshed(outcome(ctx.services()?.servers.refresh_libraries(server(&server_id)?).await)?))
    }

    /// Reads a server's users from plex.tv now.
    #[graphql(guard = "Allow::Change")]
    async fn refresh_users(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server's id.")] server_id: ID,
    ) -> Result<RefreshPayload> {
        Ok(refreshed(outcome(ctx.services()?.servers.refresh_users(server(&server_id)?).await)?))
    }
}

fn server(id: &ID) -> Result<ServerId> {
    node::number(id, NodeKind::Server).map(ServerId)
}

fn payload(result: Result<tautulli_domain::server::Server, Problem>) -> ServerPayload {
    match result {
        Ok(server) => ServerPayload { server: Some(Server(server.into())), problem: None },
        Err(problem) => ServerPayload { server: None, problem: Some(problem) },
    }
}

fn refreshed(result: Result<usize, Problem>) -> RefreshPayload {
    match result {
        Ok(count) => RefreshPayload { count: i32::try_from(count).ok(), problem: None },
        Err(problem) => RefreshPayload { count: None, problem: Some(problem) },
    }
}
