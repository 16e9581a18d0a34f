//! How fast history, statistics and graphs are at any size: the real binary over a made-up history, asked through HTTP, beside
//! the same statements run bare.
//!
//! `make bench` runs it; it prints tables in markdown. `BENCH_PLAYS` (5000,100000,1000000,5000000) are the sizes;
//! `BENCH_DATA` is a folder to keep the databases in and to use again; `BENCH_QUESTIONS` a part of the names of the questions to
//! ask; `TAUTULLI_BIN` another binary.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a benchmark that cannot run says so and ends, and its result is what it prints"
)]

#[path = "../bed/mod.rs"]
mod bed;
mod fill;
mod measure;
mod question;
mod report;
mod wire;
mod world;
mod writing;

use bed::cost::Cost;
use bed::service::{Service, command, folder};
use report::Size;
use std::path::Path;
use std::time::{Duration, Instant};
use wire::{Client, Log};

fn main() {
    let sizes = std::env::var("BENCH_PLAYS").unwrap_or_else(|_| "5000,100000,1000000,5000000".to_owned());
    let _ = rustls::crypto::ring::default_provider().install_default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    for size in sizes.split(',') {
        let plays = size.trim().parse().expect("BENCH_PLAYS are numbers with commas");
        let size = runtime.block_on(at(plays));
        println!("{size}");
    }
}

async fn at(plays: i64) -> Size {
    let own = folder();
    let kept = std::env::var_os("BENCH_DATA").map(|kept| Path::new(&kept).join(plays.to_string()));
    let folder = kept.as_deref().unwrap_or(own.path());
    bed::service::open_to_all(folder);
    let service = Service::start(&[], folder).await;
    let filled_in = prepare(&service, folder, plays).await;
    service.stop();
    // Again, so that nothing of the filling is left in it.
    let service = Service::start(&[], folder).await;
    let (client, db) = (Client::new(&service), service.database().await);
    let mut log = Log::follow(&service);
    let before = service.reading().await;
    let mut questions = Vec::new();
    let cursors = cursors(&client).await;
    let only = std::env::var("BENCH_QUESTIONS").unwrap_or_default();
    let all = question::about_history(&cursors).into_iter().chain(question::about_statistics());
    for question in all.filter(|question| question.name.contains(&only)) {
        questions.push(measure::measure(&question, &client, &db, &mut log).await);
        eprintln!("{plays}: {} is measured", question.name);
    }
    let bytes = db.query_one("SELECT pg_database_size(current_database())", &[]).await.unwrap().get(0);
    let cost = Cost::between(&before, &service.reading().await);
    let written = Box::pin(writing::write(&service.database_url().await)).await;
    service.stop();
    Size { plays, filled_in, bytes, cost, questions, written }
}

/// Fills the database unless it was kept from an earlier run; how long that took.
async fn prepare(service: &Service, folder: &Path, plays: i64) -> Duration {
    let begun = Instant::now();
    let db = service.database().await;
    let known: i64 =
        db.query_one("SELECT count(*) FROM (SELECT FROM plays LIMIT 1) x", &[]).await.unwrap().get(0);
    if known == 0 {
        fill::fill(&db, plays).await;
        let done = command("rebuild", folder).status().unwrap();
        assert!(done.success(), "`tautulli rebuild` failed");
    }
    fill::settle(&db).await;
    begun.elapsed()
}

/// Places all over the history.
async fn cursors(client: &Client) -> Vec<String> {
    let places = question::places();
    let mut cursors = Vec::new();
    for variables in &places.variables {
        let (data, _) = client.ask(&places.document, variables).await;
        cursors.extend(data["history"]["pageInfo"]["endCursor"].as_str().map(str::to_owned));
    }
    cursors
}
