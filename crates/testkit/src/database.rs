//! A database of its own for each test.

use crate::cluster;
use std::error::Error;
use std::hash::{DefaultHasher, Hash, Hasher};
use tautulli_db::{Database, PoolOptions, migrate};
use tokio_postgres::{Client, NoTls};
use uuid::Uuid;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// Any fixed number: one test makes the template, the others wait for it.
const LOCK: i64 = 0x7465_7374;
const PREFIX: &str = "t_";

/// A migrated, empty database that goes with the value.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    url: String,
}

impl TestDatabase {
    /// Clones the template; makes it first if it is missing or of other migrations.
    pub async fn create() -> Result<Self> {
        let admin = connect("postgres").await?;
        admin.execute("SELECT pg_advisory_lock($1)", &[&LOCK]).await?;
        let template = template(&admin).await?;
        let name = format!("{PREFIX}{}_{}", std::process::id(), Uuid::new_v4().simple());
        admin.batch_execute(&format!("CREATE DATABASE {name} TEMPLATE {template}")).await?;
        admin.execute("SELECT pg_advisory_unlock($1)", &[&LOCK]).await?;
        let url = cluster::url(&name).await?;
        Ok(Self { name, url })
    }

    /// The URL, for any client.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A pool of the service's kind.
    pub async fn pool(&self) -> Result<Database> {
        Ok(Database::connect(&self.url, PoolOptions::default()).await?)
    }

    /// A bare connection, for what only tests may do.
    pub async fn client(&self) -> Result<Client> {
        connect(&self.name).await
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = std::mem::take(&mut self.name);
        // A thread with a runtime of its own: the test's may be the one that is dropping us.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
            runtime.block_on(async {
                let admin = connect("postgres").await?;
                admin.batch_execute(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")).await?;
                Result::Ok(())
            })
        });
        if !matches!(dropping.join(), Ok(Ok(()))) {
            tracing::debug!("a test's database stays until the next run sweeps it");
        }
    }
}

async fn connect(name: &str) -> Result<Client> {
    let (client, connection) = tokio_postgres::connect(&cluster::url(name).await?, NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// The migrated template. Its name carries a digest of the migrations, so that a changed one makes a new template.
async fn template(admin: &Client) -> Result<String> {
    let name = format!("template_{}", digest()?);
    let known = admin.query_opt("SELECT 1 FROM pg_database WHERE datname = $1", &[&name]).await?;
    if known.is_some() {
        return Ok(name);
    }
    sweep(admin).await?;
    let making = format!("{name}_making");
    admin.batch_execute(&format!("DROP DATABASE IF EXISTS {making} WITH (FORCE)")).await?;
    admin.batch_execute(&format!("CREATE DATABASE {making}")).await?;
    let pool = Database::connect(&cluster::url(&making).await?, PoolOptions::default()).await?;
    migrate::run(&pool).await?;
    drop(pool);
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
    admin.execute(others, &[&making]).await?;
    admin.batch_execute(&format!("ALTER DATABASE {making} RENAME TO {name}")).await?;
    Ok(name)
}

/// A short text that changes when the migrations do.
fn digest() -> Result<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../migrations");
    let mut files: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path().join("up.sql"))).collect::<Result<_>>()?;
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        (&file, std::fs::read(&file)?).hash(&mut hasher);
    }
    Ok(format!("{:016x}", hasher.finish()))
}

/// Drops what crashed runs and older migrations have left behind.
async fn sweep(admin: &Client) -> Result<()> {
    let idle = "SELECT datname FROM pg_database d WHERE (datname LIKE 't\\_%' OR datname LIKE 'template\\_%') \
        AND NOT EXISTS (SELECT 1 FROM pg_stat_activity a WHERE a.datname = d.datname)";
    for row in admin.query(idle, &[]).await? {
        let name: String = row.get(0);
        admin.batch_execute(&format!("DROP DATABASE IF EXISTS \"{name}\"")).await?;
    }
    Ok(())
}
