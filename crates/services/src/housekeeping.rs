//! Jobs of the service itself, which belong to no media server: backups, and letting go of what is too old (OPS-02).

use crate::activity::Parts;
use crate::scheduler::Work;
use crate::upkeep::Upkeep;
use futures_util::FutureExt;
use std::convert::Infallible;
use std::sync::Arc;
use tautulli_domain::job::{JobKey, JobKind};

/// How often edits of the history are forgotten that can no longer be undone.
const FORGETTING: chrono::Duration = chrono::Duration::hours(12);

/// Does it as often as the settings say; never ends.
pub async fn run(parts: Arc<Parts>, upkeep: Arc<Upkeep>) -> Infallible {
    let job = |kind| JobKey { kind, server_id: None };
    let scheduler = &parts.scheduler;
    let often = || parts.every("backup_interval");
    tokio::select! {
        never = scheduler.keep(job(JobKind::BackUpDatabase), often(), false, back_up_database(upkeep.clone())) => never,
        never = scheduler.keep(job(JobKind::BackUpSettings), often(), false, back_up_settings(upkeep)) => never,
        never = scheduler.keep(job(JobKind::ForgetEdits), || Some(FORGETTING), true, forget_edits(parts.clone())) => never,
    }
}

fn back_up_database(upkeep: Arc<Upkeep>) -> Work {
    Box::new(move || {
        let upkeep = upkeep.clone();
        async move { upkeep.keep_database_backups().await }.boxed()
    })
}

fn back_up_settings(upkeep: Arc<Upkeep>) -> Work {
    Box::new(move || {
        let upkeep = upkeep.clone();
        async move { upkeep.keep_settings_backups().await }.boxed()
    })
}

fn forget_edits(parts: Arc<Parts>) -> Work {
    Box::new(move || {
        let parts = parts.clone();
        async move { crate::revisions::purge(&parts).await }.boxed()
    })
}
