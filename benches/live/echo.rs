//! The floor: a websocket that only says back what it hears, on the same machine, with the same client.

use super::latency::Heard;
use super::socket::Socket;
use futures_util::{SinkExt, StreamExt};
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};

/// A text as long as what is told of a session.
const LENGTH: usize = 400;
const EVERY: Duration = Duration::from_millis(33);

fn serve() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            let (stream, _) = listener.accept().await.unwrap();
            stream.set_nodelay(true).unwrap();
            #[expect(clippy::result_large_err, reason = "the library's own type")]
            let agree = |request: &Request, mut response: Response| {
                let protocol = request.headers()["sec-websocket-protocol"].clone();
                response.headers_mut().insert("sec-websocket-protocol", protocol);
                Ok(response)
            };
            let socket = tokio_tungstenite::accept_hdr_async(stream, agree).await.unwrap();
            let (mut sink, mut stream) = socket.split();
            while let Some(Ok(message)) = stream.next().await {
                if message.is_text() && sink.send(message).await.is_err() {
                    return;
                }
            }
        });
    });
    address
}

/// There and back, at the pace of the events.
pub async fn measure(window: Duration) -> Heard {
    let mut socket = Socket::connect(serve(), "/", "echo").await.unwrap();
    let text = "x".repeat(LENGTH);
    let mut latencies = Vec::new();
    let begun = Instant::now();
    let mut ticks = tokio::time::interval(EVERY);
    while begun.elapsed() < window {
        ticks.tick().await;
        let sent = Instant::now();
        socket.send(&text).await.unwrap();
        socket.hear(|_| {}).await.unwrap();
        latencies.push(u32::try_from(sent.elapsed().as_micros()).unwrap());
    }
    let count = u64::try_from(latencies.len()).unwrap();
    Heard::new(latencies, count, 0, count, begun.elapsed())
}
