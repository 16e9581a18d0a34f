//! Migrations: what is pending, whether the database is from the future, and running them under an advisory lock.

use crate::error::DbError;
use crate::pool::{Conn, Database, batch};
use diesel::migration::{Migration, MigrationSource, MigrationVersion};
use diesel::pg::Pg;
use diesel_async::AsyncMigrationHarness;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};
use tautulli_domain::{Error, ErrorKind, Result};

const MIGRATIONS: EmbeddedMigrations = embed_migrations!("../../migrations");

/// Any fixed number: two services that start at once must not migrate at once.
const LOCK: i64 = 0x7461_7574_756c_6c69;

/// How the database stands to this program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// Migrations already run.
    pub applied: usize,
    /// Migrations to run.
    pub pending: usize,
    /// Migrations that this program does not know: the database was used by a newer one.
    pub unknown: Vec<String>,
}

impl State {
    /// An error where a newer program has used the database.
    pub fn check(&self) -> Result<()> {
        if self.unknown.is_empty() {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::Conflict,
            "The database was used by a newer version of this program. Start that version again, or restore the \
             backup that it made before it upgraded",
        )
        .because(format!("unknown migrations: {}", self.unknown.join(", "))))
    }
}

/// Reads the state without changing anything.
pub async fn state(database: &Database) -> Result<State> {
    let (state, _) = with_harness(database, state_of).await?;
    Ok(state)
}

/// Whether nothing is pending, by a cheap question.
pub async fn is_current(database: &Database) -> Result<bool> {
    use diesel_async::RunQueryDsl;
    #[derive(diesel::QueryableByName)]
    struct Applied {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        count: i64,
    }
    let mut conn = database.conn().await?;
    let applied: Applied = diesel::sql_query("SELECT count(*) AS count FROM __diesel_schema_migrations")
        .get_result(&mut conn)
        .await
        .map_err(DbError::from)?;
    let known = MigrationSource::<Pg>::migrations(&MIGRATIONS).map_err(failed)?.len();
    Ok(usize::try_from(applied.count).unwrap_or(0) >= known)
}

/// Runs what is pending and gives the number of migrations run.
pub async fn run(database: &Database) -> Result<usize> {
    let mut guard = database.dedicated().await?;
    batch(&mut guard, &format!("SELECT pg_advisory_lock({LOCK})")).await?;
    let (count, conn) = with_harness(database, |harness| {
        state_of(harness)?.check()?;
        Ok(harness.run_pending_migrations(MIGRATIONS).map_err(failed)?.len())
    })
    .await?;
    drop(conn);
    batch(&mut guard, &format!("SELECT pg_advisory_unlock({LOCK})")).await?;
    Ok(count)
}

/// Undoes the newest migration; for tests that every one of them can be undone.
pub async fn revert_last(database: &Database) -> Result<()> {
    with_harness(database, |harness| harness.revert_last_migration(MIGRATIONS).map(|_| ()).map_err(failed))
        .await?;
    Ok(())
}

async fn with_harness<T>(
    database: &Database,
    work: impl FnOnce(&mut AsyncMigrationHarness<Conn>) -> Result<T>,
) -> Result<(T, Conn)> {
    let conn = database.dedicated().await?;
    let mut harness = AsyncMigrationHarness::new(conn);
    let outcome = work(&mut harness)?;
    Ok((outcome, harness.into_inner()))
}

fn state_of(harness: &mut AsyncMigrationHarness<Conn>) -> Result<State> {
    let applied = harness.applied_migrations().map_err(failed)?;
    let known: Vec<MigrationVersion<'static>> = MigrationSource::<Pg>::migrations(&MIGRATIONS)
        .map_err(failed)?
        .iter()
        .map(|migration| migration.name().version().as_owned())
        .collect();
    Ok(State {
        applied: applied.len(),
        pending: known.iter().filter(|v| !applied.contains(v)).count(),
        unknown: applied.iter().filter(|v| !known.contains(v)).map(ToString::to_string).collect(),
    })
}

fn failed(failure: Box<dyn std::error::Error + Send + Sync>) -> Error {
    match failure.downcast::<diesel::result::Error>() {
        Ok(diesel) => DbError::from(*diesel).0,
        Err(other) => {
            Error::unavailable("The database could not be upgraded; the log says why").because(other)
        }
    }
}
