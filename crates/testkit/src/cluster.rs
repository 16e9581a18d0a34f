//! One PostgreSQL for all tests of a machine's user: the first test starts it, it stays for the next run.

use std::path::PathBuf;
use std::time::Duration;
use tautulli_postgres::{Cluster, Config, PostgresError, Profile, url_of_running};

/// The URL of the database `name` in the shared cluster.
pub(crate) async fn url(name: &str) -> Result<String, PostgresError> {
    loop {
        match Cluster::start(Config::new(folder(), Profile::Test)).await {
            Ok(cluster) => {
                let url = cluster.url(name);
                cluster.leave_running().await?;
                return Ok(url);
            }
            Err(busy @ PostgresError::InUse { .. }) => match url_of_running(&folder(), name).await {
                Ok(Some(url)) => return Ok(url),
                Ok(None) | Err(PostgresError::Timeout) => wait().await,
                Err(_) => return Err(busy),
            },
            Err(other) => return Err(other),
        }
    }
}

/// Another test is starting the cluster; there is nothing to be notified by across processes.
async fn wait() {
    tokio::time::sleep(Duration::from_millis(20)).await;
}

fn folder() -> PathBuf {
    let user = std::env::var("USER").unwrap_or_else(|_| "tests".to_owned());
    std::env::temp_dir().join(format!("tautulli-tests-{user}")).join("postgres")
}
