//! Bringing the history of another installation here.

use super::{Problem, outcome};
use crate::config::Ini;
use crate::graphql::context::ContextExt;
use crate::graphql::guard::Allow;
use crate::graphql::node::{self, NodeKind};
use crate::graphql::object::{Import, ImportMode, ImportSettings};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use tautulli_domain::Error;
use tautulli_services::importer::Wish;

#[derive(Default)]
pub(super) struct ImportMutations;

/// What is to be imported, and how.
#[derive(InputObject, Debug)]
struct ImportDatabaseInput {
    /// Where the file tautulli.db is, as a path in the service's data folder; an upload's answer says its path.
    path: String,
    /// What becomes of the history that is here already.
    #[graphql(default_with = "ImportMode::Merge")]
    mode: ImportMode,
    /// Work out anew which plays belong together, instead of keeping what was recorded.
    #[graphql(default)]
    recompute_groups: bool,
    /// Write nothing; tell what would come of it.
    #[graphql(default)]
    dry_run: bool,
    /// Wait some seconds for what can be told by then, rather than answer at once.
    #[graphql(default = true)]
    wait: bool,
}

/// The outcome of beginning or stopping an import.
#[derive(SimpleObject)]
struct ImportPayload {
    /// The import; of a preview, what would come of it.
    import: Option<Import>,
    /// Why there is none.
    problem: Option<Problem>,
}

#[Object]
impl ImportMutations {
    /// Brings the history of a Tautulli database here. It goes on by itself: `importProgress` tells how far it has got. What is here
    /// already is never imported twice; an import that was stopped or killed goes on when the same is asked for again. With the mode
    /// OVERWRITE the whole history of the same media server is replaced in the moment in which the import ends. A preview (dryRun)
    /// goes on by itself likewise, and ends the one before it. It is waited for some seconds: for an import to begin, for a preview to
    /// end.
    #[graphql(guard = "Allow::Change")]
    async fn import_database(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What, and how.")] input: ImportDatabaseInput,
    ) -> Result<ImportPayload> {
        let importer = &ctx.services()?.importer;
        let ImportDatabaseInput { path, mode, recompute_groups, dry_run, wait } = input;
        let wish = Wish { path: &path, mode: mode.into(), recompute_groups, dry_run };
        let asked = importer.ask(wish, wait).await;
        Ok(payload(outcome(asked)?.map(Into::into)))
    }

    /// Takes over the settings of a Tautulli installation. What belongs to its machine, or is given by the environment here, is left
    /// out; many settings count from the next start on.
    #[graphql(guard = "Allow::Change")]
    async fn import_settings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where the file config.ini is, as a path in the service's data folder.")]
        path: String,
        #[graphql(desc = "Back up the settings first.", default)] back_up: bool,
    ) -> Result<ImportSettingsPayload> {
        let services = ctx.services()?;
        let take = async {
            let ini = Ini::parse(&services.upkeep.read_inside(&path).await?);
            if ini.values.is_empty() {
                return Err(Error::invalid("This file holds no settings"));
            }
            if back_up {
                services.upkeep.back_up_settings().await?;
            }
            services.settings.take_over(&ini.values).await
        };
        Ok(match outcome(take.await)? {
            Ok(taken) => ImportSettingsPayload { settings: Some(taken.into()), problem: None },
            Err(problem) => ImportSettingsPayload { settings: None, problem: Some(problem) },
        })
    }

    /// Stops an import or a preview after the rows at hand. Asked for again, the same import goes on.
    #[graphql(guard = "Allow::Change")]
    async fn stop_import(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The import's id.")] id: ID,
    ) -> Result<ImportPayload> {
        let stopped = ctx.services()?.importer.stop(node::number(&id, NodeKind::Import)?).await;
        Ok(payload(outcome(stopped)?.map(Into::into)))
    }
}

/// The outcome of taking settings over.
#[derive(SimpleObject)]
struct ImportSettingsPayload {
    /// What became of the keys.
    settings: Option<ImportSettings>,
    /// Why nothing was taken over.
    problem: Option<Problem>,
}

fn payload(result: Result<Import, Problem>) -> ImportPayload {
    match result {
        Ok(import) => ImportPayload { import: Some(import), problem: None },
        Err(problem) => ImportPayload { import: None, problem: Some(problem) },
    }
}
