//! Keeps what we know of a server's people and libraries fresh, for as long as we watch it (LIB-01, USR refresh).

use crate::activity::Parts;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::{Result, ServerId};

/// Until the first try after a failure; each further one waits twice as long.
const RETRY: Duration = Duration::from_secs(2);
const LONGEST_RETRY: Duration = Duration::from_secs(60);

/// Refreshes at once and then as often as the settings say; never ends.
pub(crate) async fn run(parts: Arc<Parts>, server: ServerId) -> Infallible {
    let mut retry = RETRY;
    loop {
        if let Err(failure) = crate::revisions::purge(&parts).await {
            tracing::warn!(%failure, "expired revisions could not be purged; trying again with the next refresh");
        }
        let pause = match refresh(&parts, server).await {
            Ok(()) => {
                retry = RETRY;
                interval(&parts)
            }
            Err(failure) => {
                tracing::warn!(%server, %failure, "users and libraries could not be refreshed; trying again");
                let pause = retry;
                retry = LONGEST_RETRY.min(retry * 2);
                pause
            }
        };
        tokio::time::sleep(pause).await;
    }
}

fn interval(parts: &Parts) -> Duration {
    let hours = |key| parts.settings.int(key).clamp(1, 24);
    let hours = hours("refresh_users_interval").min(hours("refresh_libraries_interval"));
    Duration::from_secs(3600 * u64::try_from(hours).unwrap_or(12))
}

async fn refresh(parts: &Parts, server: ServerId) -> Result<()> {
    parts.servers.identify(server).await?;
    let libraries = parts.servers.refresh_libraries(server).await;
    let users = parts.servers.refresh_users(server).await;
    libraries?;
    users?;
    Ok(())
}
