//! The command `rebuild`: over the database of a running service, or over one that is started for it.

use super::store::{self, Store};
use super::{Edges, Failure};
use crate::config::Config;
use crate::datadir::DataDir;
use secrecy::ExposeSecret;
use std::io::Write;
use tautulli_db::rollups::{Difference, Rebuilt};
use tautulli_db::{Database, PoolOptions};

/// Counts everything again and prints what had been wrong.
pub async fn rebuild(config: &Config) -> Result<(), Failure> {
    let url = match &config.database_url {
        Some(url) => Some(url.expose_secret().to_owned()),
        None => store::running_url(&config.data_dir.join("postgres")).await?,
    };
    if let Some(url) = url {
        return over(config, Database::connect(&url, PoolOptions::default()).await.map_err(failed)?).await;
    }
    let data = DataDir::open(&config.data_dir).map_err(Failure::DataDir)?;
    let store = Store::open(config, &data).await?;
    let done = match store.upgrade(&data.backups(), Edges::default().clock.now()).await {
        Ok(()) => over(config, store.database.clone()).await,
        Err(failure) => Err(failure),
    };
    store.close().await;
    done
}

async fn over(config: &Config, database: Database) -> Result<(), Failure> {
    if !tautulli_db::migrate::is_current(&database).await.unwrap_or(false) {
        return Err(Failure::Database(
            "The database is not up to date; run the command migrate first".to_owned(),
        ));
    }
    let rebuilt = tautulli_services::rebuild_statistics(&database, config.time_zone).await.map_err(failed)?;
    std::io::stdout().write_all(report(&rebuilt, config.time_zone.name()).as_bytes()).map_err(Failure::other)
}

fn failed(failure: tautulli_domain::Error) -> Failure {
    Failure::Database(failure.to_string())
}

fn report(rebuilt: &Rebuilt, zone: &str) -> String {
    let line = |Difference { table, rows, wrong, surplus }: &Difference| {
        format!("{table:<14} {rows:>12} {wrong:>12} {surplus:>12}\n")
    };
    let head = format!("{:<14} {:>12} {:>12} {:>12}\n", "table", "rows", "were wrong", "had to go");
    let lines: String = rebuilt.tables.iter().map(line).collect();
    let verdict =
        if rebuilt.was_true() { "Everything was as the plays say." } else { "What was wrong is mended." };
    format!("{} plays, days of {zone}\n\n{head}{lines}\n{verdict}\n", rebuilt.plays)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_says_what_was_wrong() {
        let table = |wrong| Difference { table: "rollups", rows: 12, wrong, surplus: 0 };
        let told = |wrong| report(&Rebuilt { plays: 5, tables: vec![table(wrong)] }, "UTC");
        assert!(told(0).contains("Everything was as the plays say"));
        assert!(
            told(3).contains("rollups                  12            3            0")
                && told(3).contains("mended")
        );
    }
}
