//! The notification socket of a media server: frames to typed events, pings against dead connections.
//!
//! Opens and reads one connection. When to come back after its end is the caller's ([`crate::Backoff`]).

mod bytes_only;
mod event;
mod frame;
mod handshake;

pub use event::{Activity, Setting, SocketEvent, TimelineEntry, TranscodeUpdate};

use crate::error::PlexError;
use crate::pms::MediaServer;
use bytes_only::BytesOnly;
use futures_util::{SinkExt, StreamExt};
use reqwest::Upgraded;
use std::fmt;
use std::time::Duration;
use tokio::time::Instant;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{Error, Message};

/// Longer frames and messages end the connection.
const MAX_MESSAGE: usize = 1024 * 1024;

/// When to ask whether the other side is there, and when to give up.
#[derive(Debug, Clone, Copy)]
pub struct Pulse {
    pub ping_every: Duration,
    /// Without a sign of life for so long, the connection is dead. A pong is one, so is any frame.
    pub dead_after: Duration,
}

impl Default for Pulse {
    fn default() -> Self {
        Self { ping_every: Duration::from_secs(10), dead_after: Duration::from_secs(25) }
    }
}

/// Why a connection ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SocketEnd {
    /// The server closed it, with its code if it gave one.
    Closed(Option<u16>),
    /// Nothing was heard for too long.
    Silent,
    /// The line was cut or the protocol broken.
    Failed(String),
}

impl fmt::Display for SocketEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Closed(Some(code)) => write!(f, "the server closed the connection (code {code})"),
            Self::Closed(None) => f.write_str("the server closed the connection"),
            Self::Silent => f.write_str("the server fell silent"),
            Self::Failed(why) => write!(f, "the connection broke: {why}"),
        }
    }
}

/// One open connection.
pub struct Socket {
    stream: WebSocketStream<BytesOnly<Upgraded>>,
    pulse: Pulse,
    heard: Instant,
    pinged: Instant,
    skipped: u64,
}

/// Opens the server's notification socket.
///
/// # Errors
/// [`crate::Problem::TokenRefused`] when the server refuses the token; the others as for every call.
pub async fn connect(server: &MediaServer, pulse: Pulse) -> Result<Socket, PlexError> {
    let stream = handshake::open(server.transport()).await?;
    let now = Instant::now();
    Ok(Socket { stream, pulse, heard: now, pinged: now, skipped: 0 })
}

impl Socket {
    /// The next event. May be dropped and called again without losing one.
    ///
    /// # Errors
    /// The reason of the end; the connection is of no use afterwards.
    pub async fn next(&mut self) -> Result<SocketEvent, SocketEnd> {
        loop {
            let ping_at = self.pinged + self.pulse.ping_every;
            let dead_at = self.heard + self.pulse.dead_after;
            let message = tokio::select! {
                biased;
                message = self.stream.next() => message,
                () = tokio::time::sleep_until(dead_at.min(ping_at)) => {
                    self.tick().await?;
                    continue;
                }
            };
            self.heard = Instant::now();
            match message {
                Some(Ok(Message::Close(frame))) => {
                    return Err(SocketEnd::Closed(frame.map(|f| u16::from(f.code))));
                }
                Some(Ok(Message::Binary(bytes))) => {
                    if let Some(event) = self.decode(&bytes) {
                        return Ok(event);
                    }
                }
                Some(Ok(_)) => {}
                Some(Err(Error::ConnectionClosed | Error::AlreadyClosed)) | None => {
                    return Err(SocketEnd::Closed(None));
                }
                Some(Err(error)) => return Err(SocketEnd::Failed(error.to_string())),
            }
        }
    }

    /// Frames and entries that could not be used so far.
    pub fn skipped(&self) -> u64 {
        self.skipped
    }

    /// Says goodbye; a server that does not answer is not waited for.
    pub async fn close(mut self) {
        let _ = tokio::time::timeout(Duration::from_secs(1), self.stream.close(None)).await;
    }

    fn decode(&mut self, bytes: &[u8]) -> Option<SocketEvent> {
        let decoded = frame::decode(bytes);
        self.skipped += decoded.skipped;
        decoded.event
    }

    async fn tick(&mut self) -> Result<(), SocketEnd> {
        let now = Instant::now();
        if now >= self.heard + self.pulse.dead_after {
            return Err(SocketEnd::Silent);
        }
        self.pinged = now;
        let ping = self.stream.send(Message::Ping(Vec::new().into()));
        match tokio::time::timeout_at(self.heard + self.pulse.dead_after, ping).await {
            Ok(sent) => sent.map_err(|e| SocketEnd::Failed(e.to_string())),
            Err(_) => Err(SocketEnd::Silent),
        }
    }
}

impl fmt::Debug for Socket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket")
            .field("pulse", &self.pulse)
            .field("skipped", &self.skipped)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
