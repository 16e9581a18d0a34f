//! Owns what the checks share: a running simulation, a client that sees every byte, a listener.

use std::time::Duration;

use futures_util::StreamExt;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::{Clock, Options, Scale, Simplex, World};

/// How long anything may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);
/// Where the clock stands at the start.
pub(super) const NOW: f64 = 1_780_272_000.0;

pub(crate) async fn start() -> Simplex {
    let options = Options { clock: Clock::manual(NOW), ..Options::default() };
    Simplex::start(World::generate(7, Scale::Tiny), options).await.unwrap()
}

/// Status, headers and body of an answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: u16,
    pub head: String,
    pub body: Vec<u8>,
}

impl Answer {
    pub(super) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

/// One request on a connection of its own; none when the connection ends without an answer.
pub(super) async fn call(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Option<Answer> {
    let (host, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut stream = TcpStream::connect(host).await.ok()?;
    let mut request = format!("{method} /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
    for (name, value) in headers {
        request += &format!("{name}: {value}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.ok()?;
    let mut all = Vec::new();
    let read = timeout(PATIENCE, stream.read_to_end(&mut all)).await.expect("an answer in time");
    let end = all.windows(4).position(|four| four == b"\r\n\r\n")?;
    read.ok()?;
    let head = String::from_utf8_lossy(&all[..end]).to_lowercase();
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    Some(Answer { status, head, body: all[end + 4..].to_vec() })
}

/// What the owner gets from the media server.
pub(super) async fn get(sim: &Simplex, path: &str) -> Answer {
    let headers = [("X-Plex-Token", sim.token())];
    call("GET", &format!("{}{path}", sim.pms_url()), &headers.each_ref().map(|(n, v)| (*n, v.as_str())), "")
        .await
        .expect("an answer")
}

/// The same as JSON, without the container around it.
pub(super) async fn get_json(sim: &Simplex, path: &str) -> Value {
    let token = sim.token();
    let headers = [("X-Plex-Token", token.as_str()), ("Accept", "application/json")];
    let answer = call("GET", &format!("{}{path}", sim.pms_url()), &headers, "").await.expect("an answer");
    answer.json()["MediaContainer"].clone()
}

/// A command at the admin endpoint.
pub(super) async fn command(sim: &Simplex, name: &str, args: Value) -> (u16, Value) {
    let url = format!("{}/__sim/{name}", sim.admin_url());
    let answer =
        call("POST", &url, &[("Content-Type", "application/json")], &args.to_string()).await.unwrap();
    (answer.status, answer.json())
}

pub(super) type Ear = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Listens to notifications, and waits until the server knows it.
pub(super) async fn listen(sim: &Simplex) -> Ear {
    let url = sim.pms_url().replace("http", "ws");
    let url = format!("{url}/:/websockets/notifications?X-Plex-Token={}", sim.token());
    let before = sim.director().state(false).websockets;
    let (ear, _) = connect_async(url).await.unwrap();
    timeout(PATIENCE, async {
        while sim.director().state(false).websockets == before {
            tokio::task::yield_now().await;
        }
    })
    .await
    .unwrap();
    ear
}

/// The next frame that is no ping; none at the end.
pub(super) async fn frame(ear: &mut Ear) -> Option<Result<Message, String>> {
    loop {
        match timeout(PATIENCE, ear.next()).await.expect("a frame in time") {
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(done) => return Some(done.map_err(|error| error.to_string())),
            None => return None,
        }
    }
}

/// The next notification, without the container around it.
pub(super) async fn hear(ear: &mut Ear) -> Value {
    let text = frame(ear).await.unwrap().unwrap().into_text().unwrap();
    serde_json::from_str::<Value>(&text).unwrap()["NotificationContainer"].clone()
}

/// The next notification of a type.
pub(super) async fn hear_of(ear: &mut Ear, kind: &str) -> Value {
    loop {
        let message = hear(ear).await;
        if message["type"] == kind {
            return message;
        }
    }
}

/// The first item of a kind.
pub(super) fn first(sim: &Simplex, kind: crate::ItemKind) -> u64 {
    sim.director().world(|world| world.of_kind(kind, None).next().unwrap().rating_key)
}
