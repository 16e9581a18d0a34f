//! Keeps what we know of a server's people and libraries fresh, for as long as we watch it (LIB-01, USR refresh).

use crate::activity::Parts;
use crate::scheduler::Work;
use futures_util::FutureExt;
use std::convert::Infallible;
use std::sync::Arc;
use tautulli_domain::ServerId;
use tautulli_domain::job::{JobKey, JobKind};
use tokio::sync::watch;

/// How often libraries are measured: what they hold is kept by day.
const MEASURING: chrono::Duration = chrono::Duration::hours(24);

/// Refreshes at once and then as often as the settings say; never ends.
pub(crate) async fn run(parts: Arc<Parts>, server: ServerId) -> Infallible {
    let job = |kind| JobKey { kind, server_id: Some(server) };
    // Users are asked for by what the server says of itself, and what is shared with them by its libraries.
    let (asked, mut was_asked) = watch::channel(false);
    let mut is_asked = was_asked.clone();
    let libraries = parts.scheduler.keep(
        job(JobKind::RefreshLibraries),
        parts.every("refresh_libraries_interval"),
        true,
        refresh_libraries(parts.clone(), server, asked),
    );
    let users = async {
        // The sender lives as long as the job does.
        let _ = was_asked.wait_for(|asked| *asked).await;
        let every = parts.every("refresh_users_interval");
        let work = refresh_users(parts.clone(), server);
        parts.scheduler.keep(job(JobKind::RefreshUsers), every, true, work).await
    };
    let holdings = async {
        let _ = is_asked.wait_for(|asked| *asked).await;
        let job = job(JobKind::MeasureLibraries);
        parts.scheduler.keep(job, || Some(MEASURING), true, measure(parts.clone(), server)).await
    };
    tokio::select! {
        never = libraries => never,
        never = users => never,
        never = holdings => never,
    }
}

fn refresh_libraries(parts: Arc<Parts>, server: ServerId, asked: watch::Sender<bool>) -> Work {
    let asked = Arc::new(asked);
    Box::new(move || {
        let (parts, asked) = (parts.clone(), asked.clone());
        let refresh = async move {
            let refreshed = match parts.servers.identify(server).await {
                Ok(_) => parts.servers.refresh_libraries(server).await.map(|_| ()),
                Err(failure) => Err(failure),
            };
            asked.send_replace(true);
            refreshed
        };
        refresh.boxed()
    })
}

fn refresh_users(parts: Arc<Parts>, server: ServerId) -> Work {
    Box::new(move || {
        let parts = parts.clone();
        async move { parts.servers.refresh_users(server).await.map(|_| ()) }.boxed()
    })
}

fn measure(parts: Arc<Parts>, server: ServerId) -> Work {
    Box::new(move || {
        let parts = parts.clone();
        async move { crate::holdings::measure(&parts, server).await }.boxed()
    })
}
