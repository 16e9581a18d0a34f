//! What the integration tests stand on.

pub mod app;
mod client;
pub mod past;
pub mod process;

pub use app::TestApp;
pub use client::Client;

use std::time::{Duration, Instant};

/// Long enough for a busy machine, short enough for a person who waits.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until `check` gives something.
pub async fn until<T>(what: &str, mut check: impl AsyncFnMut() -> Option<T>) -> T {
    let since = Instant::now();
    loop {
        if let Some(found) = check().await {
            return found;
        }
        assert!(since.elapsed() < PATIENCE, "gave up waiting for {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// An HTTP client; the provider of cryptography is chosen once for each process.
pub fn http() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().build().unwrap()
}
