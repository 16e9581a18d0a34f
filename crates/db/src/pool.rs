//! The pool of connections and how each is set up.

use crate::error::{DbError, DbResult, from_pool};
use crate::tls;
use bb8::QueueStrategy;
use diesel_async::pooled_connection::bb8::{Pool, PooledConnection};
use diesel_async::pooled_connection::{AsyncDieselConnectionManager, ManagerConfig, RecyclingMethod};
use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};
use futures_util::FutureExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tautulli_domain::Result;

/// One connection, pooled or not.
pub type Conn = AsyncPgConnection;
/// A connection on loan from the pool.
pub type Pooled<'a> = PooledConnection<'a, AsyncPgConnection>;

/// Limits of the pool.
#[derive(Debug, Clone, Copy)]
pub struct PoolOptions {
    pub max_size: u32,
    /// How long a caller waits for a connection.
    pub wait: Duration,
    /// No statement runs longer.
    pub statement_timeout: Duration,
}

impl Default for PoolOptions {
    fn default() -> Self {
        Self { max_size: 10, wait: Duration::from_secs(5), statement_timeout: Duration::from_secs(30) }
    }
}

/// The database as the services see it: a place to get connections from.
#[derive(Clone)]
pub struct Database {
    pool: Pool<AsyncPgConnection>,
    url: String,
    loans: Arc<AtomicU64>,
}

impl std::fmt::Debug for Database {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Database").field("pool", &self.pool.state()).finish_non_exhaustive()
    }
}

impl Database {
    /// Makes the pool. Connections are opened on demand, so a database that is away is found out by the first use.
    pub async fn connect(url: &str, options: PoolOptions) -> Result<Self> {
        let timeout_ms = options.statement_timeout.as_millis();
        let mut config = ManagerConfig::default();
        config.recycling_method = RecyclingMethod::Fast;
        config.custom_setup =
            Box::new(move |url| async move { set_up(tls::establish(url).await?, timeout_ms).await }.boxed());
        let manager = AsyncDieselConnectionManager::<AsyncPgConnection>::new_with_config(url, config);
        let pool = Pool::builder()
            .max_size(options.max_size)
            // What was used last has read the catalogues and kept its statements; what is not needed grows old and goes.
            .queue_strategy(QueueStrategy::Lifo)
            .min_idle(Some(0))
            .connection_timeout(options.wait)
            .idle_timeout(Some(Duration::from_secs(300)))
            .build(manager)
            .await
            .map_err(from_pool)?;
        Ok(Self { pool, url: url.to_owned(), loans: Arc::default() })
    }

    /// A connection from the pool.
    pub async fn conn(&self) -> Result<Pooled<'_>> {
        self.loans.fetch_add(1, Ordering::Relaxed);
        self.pool.get().await.map_err(from_pool)
    }

    /// How often a connection was taken from the pool: what a question costs, since each service call takes one.
    pub fn loans(&self) -> u64 {
        self.loans.load(Ordering::Relaxed)
    }

    /// A connection of its own, for what must not share one (locks, listening).
    pub async fn dedicated(&self) -> Result<Conn> {
        tls::establish(&self.url).await.map_err(from_pool)
    }

    /// Asks the database anything at all.
    pub async fn ping(&self) -> Result<()> {
        let mut conn = self.conn().await?;
        conn.batch_execute("SELECT 1").await.map_err(|e| DbError::from(e).0)
    }
}

async fn set_up(
    mut conn: AsyncPgConnection,
    timeout_ms: u128,
) -> diesel::ConnectionResult<AsyncPgConnection> {
    let settings = format!(
        "SET statement_timeout = {timeout_ms}; SET lock_timeout = '10s'; \
         SET idle_in_transaction_session_timeout = '60s'; SET timezone = 'UTC'; SET application_name = 'tautulli'"
    );
    conn.batch_execute(&settings).await.map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(conn)
}

/// Runs bare SQL that has no parameters.
pub(crate) async fn batch(conn: &mut Conn, sql: &str) -> DbResult<()> {
    Ok(conn.batch_execute(sql).await?)
}
