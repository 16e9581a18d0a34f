//! Looking after the service: caches, backups, starting again, what waits.

use super::{Problem, outcome};
use crate::graphql::context::ContextExt;
use crate::graphql::error::{Gql, from_domain};
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{JobKind, WaitingTable};
use crate::graphql::scalar::Long;
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use tautulli_domain::job::JobKey;
use tautulli_domain::{Error, LibraryId, ServerId};
use tautulli_services::waiting::Forgotten;

#[derive(Default)]
pub(super) struct UpkeepMutations;

/// The outcome of something that is done or not.
#[derive(SimpleObject)]
struct DonePayload {
    /// Whether it is done.
    done: bool,
    /// Why it is not.
    problem: Option<Problem>,
}

/// The outcome of a backup.
#[derive(SimpleObject)]
struct BackUpPayload {
    /// Name of the file in the folder for backups.
    file: Option<String>,
    /// Why there is none.
    problem: Option<Problem>,
}

/// The outcome of forgetting rows.
#[derive(SimpleObject)]
struct ForgetPayload {
    /// How many there were.
    forgotten: i32,
}

#[Object]
impl UpkeepMutations {
    /// Throws away all pictures that are kept; they are fetched again when somebody looks.
    #[graphql(guard = "Allow::Change")]
    async fn clear_image_cache(&self, ctx: &Context<'_>) -> Result<DonePayload> {
        ctx.services()?.images.clear().await;
        Ok(DonePayload { done: true, problem: None })
    }

    /// Throws away what was read of libraries for their tables; it is read again when somebody looks.
    #[graphql(guard = "Allow::Change")]
    async fn clear_library_tables(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "One library; all if it is absent.")] library_id: Option<ID>,
    ) -> Result<DonePayload> {
        let services = ctx.services()?;
        let library = match library_id {
            None => None,
            Some(id) => {
                let id = LibraryId(node::number(&id, NodeKind::Library)?);
                let found = services.people.libraries_by_ids(ctx.viewer()?, &[id]).await.gql()?;
                let found = found.into_iter().next();
                Some(found.ok_or_else(|| from_domain(&Error::not_found("That library")))?)
            }
        };
        services.catalogue.forget(library.as_ref());
        Ok(DonePayload { done: true, problem: None })
    }

    /// Takes something off a device again.
    #[graphql(guard = "Allow::Change")]
    async fn delete_synced_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The server.")] server_id: ID,
        #[graphql(desc = "Plex's identifier of the device.")] client_id: String,
        #[graphql(desc = "The number of what was put on it.")] id: ID,
    ) -> Result<DonePayload> {
        let server = ServerId(node::number(&server_id, NodeKind::Server)?);
        Ok(done(outcome(ctx.services()?.lookups.remove_synced_item(server, &client_id, &id).await)?))
    }

    /// Writes a dump of the database to the folder for backups. That of a large history takes longer than a question may; it goes on
    /// then, and `runJob` does the same without being waited for.
    #[graphql(guard = "Allow::Change")]
    async fn back_up_database(&self, ctx: &Context<'_>) -> Result<BackUpPayload> {
        Ok(backed_up(outcome(ctx.services()?.upkeep.back_up_database().await)?))
    }

    /// Writes the settings, without secrets, to the folder for backups.
    #[graphql(guard = "Allow::Change")]
    async fn back_up_settings(&self, ctx: &Context<'_>) -> Result<BackUpPayload> {
        Ok(backed_up(outcome(ctx.services()?.upkeep.back_up_settings().await)?))
    }

    /// Has a job done now instead of when it is due. Comes back before it is done: `jobs` tells how it goes.
    #[graphql(guard = "Allow::Change")]
    async fn run_job(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be done.")] kind: JobKind,
        #[graphql(desc = "The server; for jobs that belong to one.")] server_id: Option<ID>,
    ) -> Result<DonePayload> {
        let server_id = server_id.map(|id| node::number(&id, NodeKind::Server)).transpose()?.map(ServerId);
        let key = JobKey { kind: kind.into(), server_id };
        Ok(done(outcome(ctx.services()?.scheduler.want(key))?))
    }

    /// Goes down in order and starts again. Sessions stay as they are.
    #[graphql(guard = "Allow::Change")]
    async fn restart_service(&self, ctx: &Context<'_>) -> Result<DonePayload> {
        Ok(done(outcome(ctx.services()?.upkeep.restart())?))
    }

    /// Forgets rows of an imported installation that wait for their feature. They cannot be brought back but by importing again.
    #[graphql(guard = "Allow::Change")]
    async fn forget_waiting_rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What waits.")] table: WaitingTable,
        #[graphql(desc = "Rows by number. Without numbers and keys all are forgotten.")] ids: Option<
            Vec<Long>,
        >,
        #[graphql(desc = "Rows of items, by Plex's key.")] rating_keys: Option<Vec<Long>>,
    ) -> Result<ForgetPayload> {
        let numbers = |given: Vec<Long>| given.into_iter().map(|long| long.0).collect::<Vec<_>>();
        let (ids, keys) = (ids.map(numbers), rating_keys.map(numbers));
        let which = match (&ids, &keys) {
            (None, None) => Forgotten::All,
            (Some(ids), None) => Forgotten::Ids(ids),
            (None, Some(keys)) => Forgotten::RatingKeys(keys),
            _ => return Err(from_domain(&Error::invalid("Give numbers or keys, not both"))),
        };
        let forgotten = ctx.services()?.waiting.forget(table.into(), which).await.gql()?;
        Ok(ForgetPayload { forgotten: i32::try_from(forgotten).unwrap_or(i32::MAX) })
    }
}

fn done(result: Result<(), Problem>) -> DonePayload {
    let problem = result.err();
    DonePayload { done: problem.is_none(), problem }
}

fn backed_up(result: Result<String, Problem>) -> BackUpPayload {
    match result {
        Ok(file) => BackUpPayload { file: Some(file), problem: None },
        Err(problem) => BackUpPayload { file: None, problem: Some(problem) },
    }
}
