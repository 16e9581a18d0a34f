//! One question measured: through the service, and the same statements run bare.

use super::question::Question;
use super::wire::{Client, Log, statements};
use serde_json::Value;
use std::time::{Duration, Instant};
use tokio_postgres::SimpleQueryMessage;

/// How often a question is asked until the log has settled.
const TRIES: u32 = 20;

/// What was measured.
pub struct Measured {
    pub name: &'static str,
    /// Through HTTP and GraphQL.
    pub whole: Vec<Duration>,
    /// The same statements by themselves.
    pub bare: Vec<Duration>,
    /// Rows that scans have read, at the median variant.
    pub rows: u64,
    pub statements: usize,
}

/// Asks every variant three times; the first time is not counted.
pub async fn measure(
    question: &Question,
    client: &Client,
    db: &tokio_postgres::Client,
    log: &mut Log,
) -> Measured {
    let mut measured =
        Measured { name: question.name, whole: Vec::new(), bare: Vec::new(), rows: 0, statements: 0 };
    let mut read = Vec::new();
    for variables in &question.variables {
        client.ask(&question.document, variables).await;
        for _ in 0..2 {
            measured.whole.push(client.ask(&question.document, variables).await.1);
        }
        let asked = captured(question, variables, client, db, log).await;
        measured.statements = measured.statements.max(asked.len());
        run(db, &asked).await;
        for _ in 0..2 {
            let begun = Instant::now();
            run(db, &asked).await;
            measured.bare.push(begun.elapsed());
        }
        read.push(rows(db, &asked).await);
    }
    read.sort_unstable();
    measured.rows = read.get(read.len() / 2).copied().unwrap_or(0);
    measured
}

/// What the service asks its database for this. Sessions of the database hear one after the other that they are to write down
/// what they are asked, so it is asked until it writes the same number of statements twice.
async fn captured(
    question: &Question,
    variables: &Value,
    client: &Client,
    db: &tokio_postgres::Client,
    log: &mut Log,
) -> Vec<String> {
    speak(db, "all").await;
    let mut asked = Vec::new();
    for _ in 0..TRIES {
        log.grown();
        client.ask(&question.document, variables).await;
        let again = statements(&log.grown());
        let is_settled = !again.is_empty() && again.len() == asked.len();
        asked = again;
        if is_settled {
            break;
        }
    }
    speak(db, "none").await;
    assert!(!asked.is_empty(), "the log of the database says nothing of {}", question.name);
    asked
}

/// Whether the database writes down what it is asked; its sessions hear of it before they answer again.
async fn speak(db: &tokio_postgres::Client, what: &str) {
    db.batch_execute(&format!("ALTER SYSTEM SET log_statement = '{what}'")).await.unwrap();
    db.batch_execute("SELECT pg_reload_conf()").await.unwrap();
    loop {
        let now = db.query_one("SELECT current_setting('log_statement')", &[]).await.unwrap();
        if now.get::<_, &str>(0) == what {
            return;
        }
    }
}

async fn run(db: &tokio_postgres::Client, statements: &[String]) {
    for sql in statements {
        db.simple_query(sql).await.unwrap_or_else(|failure| panic!("{sql}: {failure:?}"));
    }
}

async fn rows(db: &tokio_postgres::Client, statements: &[String]) -> u64 {
    let mut rows = 0.0;
    for sql in statements {
        let explained =
            db.simple_query(&format!("EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {sql}")).await.unwrap();
        let text: String = explained.iter().filter_map(line).collect();
        let plan: Value = serde_json::from_str(&text).unwrap();
        rows += scanned(&plan[0]["Plan"]);
    }
    format!("{rows:.0}").parse().unwrap()
}

fn line(message: &SimpleQueryMessage) -> Option<String> {
    match message {
        SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
        _ => None,
    }
}

/// Rows that scans of tables and indexes gave or threw away.
fn scanned(plan: &Value) -> f64 {
    let number = |key: &str| plan[key].as_f64().unwrap_or(0.0);
    let is_scan = plan["Relation Name"].is_string();
    let own =
        number("Actual Rows") + number("Rows Removed by Filter") + number("Rows Removed by Index Recheck");
    let below: f64 = plan["Plans"].as_array().into_iter().flatten().map(scanned).sum();
    below + if is_scan { own * number("Actual Loops") } else { 0.0 }
}
