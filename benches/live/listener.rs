//! Those who look on: each has a connection with one subscription, and knows when it heard of what.

use super::bed::service::{KEY, Service};
use super::latency::Heard;
use super::marks::Marks;
use super::socket::Socket;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

/// What a page that shows the activity would ask for. What is compared comes first, so that it is found soon.
const QUERY: &str = "subscription { activity { __typename ... on Session { sessionKey viewOffset id state progressPercent \
    user { friendlyName } item { fullTitle } player { title } stream { decision } } ... on SessionEnded { sessionId } \
    ... on Activity { streamCount sessions { id } } } }";
/// Fields come in the order in which they are asked for.
const BEFORE_KEY: &[u8] = b"sessionKey\":";
const BEFORE_OFFSET: &[u8] = b",\"viewOffset\":";
/// The session key is within so many bytes.
const HEAD: usize = 200;
/// Introductions at a time.
const AT_A_TIME: usize = 32;

/// What all listeners add to.
#[derive(Debug, Default)]
struct Sums {
    frames: AtomicU64,
    bytes: AtomicU64,
    lost: AtomicU64,
}

/// What one listener has heard since the window began, in microseconds.
type Ear = Arc<Mutex<Vec<u32>>>;

/// Everyone who listens; they go when it is dropped.
pub struct Listeners {
    ears: Vec<Ear>,
    sums: Arc<Sums>,
    begun: Mutex<(u64, u64)>,
    _tasks: JoinSet<()>,
}

impl Listeners {
    pub async fn connect(service: &Service, marks: &Arc<Marks>, count: usize) -> Self {
        let (sums, gate, address) =
            (Arc::new(Sums::default()), Arc::new(Semaphore::new(AT_A_TIME)), service.address);
        let ears: Vec<Ear> = (0..count).map(|_| Ear::default()).collect();
        let mut tasks = JoinSet::new();
        let (ready, mut readies) = tokio::sync::mpsc::channel(AT_A_TIME);
        for ear in &ears {
            let (ear, sums, gate, marks) = (ear.clone(), sums.clone(), gate.clone(), marks.clone());
            let ready = ready.clone();
            tasks.spawn(async move {
                let permit = gate.acquire().await.unwrap();
                let socket = introduce(address).await.expect("a listener is let in");
                drop(permit);
                let _ = ready.send(()).await;
                drop(ready);
                listen(socket, &ear, &sums, &marks).await;
            });
        }
        drop(ready);
        for _ in 0..count {
            readies.recv().await.expect("every listener is let in");
        }
        Self { ears, sums, begun: Mutex::default(), _tasks: tasks }
    }

    /// What is heard from now on counts.
    pub fn begin(&self, marks: &Marks) {
        self.ears.iter().for_each(|ear| ear.lock().unwrap().clear());
        self.sums.frames.store(0, Ordering::Relaxed);
        self.sums.bytes.store(0, Ordering::Relaxed);
        *self.begun.lock().unwrap() = (marks.now(), marks.told());
    }

    /// What was heard since.
    pub fn end(&self, marks: &Marks) -> Heard {
        let (since, told) = *self.begun.lock().unwrap();
        let latencies = self.ears.iter().flat_map(|ear| std::mem::take(&mut *ear.lock().unwrap())).collect();
        let frames = self.sums.frames.load(Ordering::Relaxed);
        let bytes = self.sums.bytes.load(Ordering::Relaxed);
        let expected = (marks.told() - told) * u64::try_from(self.ears.len()).unwrap();
        Heard::new(latencies, frames, bytes, expected, Duration::from_nanos(marks.now() - since))
    }

    /// Listeners whose connection ended.
    pub fn lost(&self) -> u64 {
        self.sums.lost.load(Ordering::Relaxed)
    }
}

/// Connects, says who it is, subscribes, and has the first word.
async fn introduce(address: SocketAddr) -> std::io::Result<Socket> {
    let mut socket = Socket::connect(address, "/graphql", "graphql-transport-ws").await?;
    socket.send(&format!(r#"{{"type":"connection_init","payload":{{"apikey":"{KEY}"}}}}"#)).await?;
    socket.hear(|_| {}).await?;
    let query = serde_json::Value::from(QUERY);
    socket.send(&format!(r#"{{"id":"1","type":"subscribe","payload":{{"query":{query}}}}}"#)).await?;
    let mut first = Vec::new();
    socket.hear(|text| first.extend_from_slice(&text[..text.len().min(200)])).await?;
    let first = String::from_utf8_lossy(&first).into_owned();
    if !first.contains(r#""type":"next""#) {
        return Err(std::io::Error::other(first));
    }
    Ok(socket)
}

async fn listen(mut socket: Socket, ear: &Ear, sums: &Sums, marks: &Marks) {
    let mut known = vec![0_u64; marks.len()];
    loop {
        let (mut pings, mut frames, mut bytes) = (0, 0_u64, 0_u64);
        let heard = socket
            .hear(|text| {
                (frames, bytes) = (frames + 1, bytes + u64::try_from(text.len()).unwrap_or(0));
                pings += usize::from(text.starts_with(br#"{"type":"ping""#));
                if let Some(latency) = latency(text, marks, &mut known) {
                    ear.lock().unwrap().push(latency);
                }
            })
            .await;
        sums.frames.fetch_add(frames, Ordering::Relaxed);
        sums.bytes.fetch_add(bytes, Ordering::Relaxed);
        let answered = if pings > 0 { socket.send(r#"{"type":"pong"}"#).await } else { Ok(()) };
        if heard.is_err() || answered.is_err() {
            sums.lost.fetch_add(1, Ordering::Relaxed);
            return;
        }
    }
}

/// Microseconds since the event that this frame tells of was written, if it is the first to tell of it.
fn latency(text: &[u8], marks: &Marks, known: &mut [u64]) -> Option<u32> {
    let (key, rest) = number(after(text, BEFORE_KEY)?);
    let (offset, _) = number(rest.strip_prefix(BEFORE_OFFSET)?);
    let told = marks.last(key)?;
    let last = known.get_mut(usize::try_from(key).ok()?)?;
    if *last == told.number || offset < told.offset_ms {
        return None;
    }
    *last = told.number;
    u32::try_from(marks.now().saturating_sub(told.written_ns) / 1000).ok()
}

/// What follows the first occurrence of `name` near the beginning.
fn after<'a>(text: &'a [u8], name: &[u8]) -> Option<&'a [u8]> {
    let last = HEAD.min(text.len()).checked_sub(name.len())?;
    // Most bytes are not the first of the name; comparing all of it at each would cost more than all else here.
    (0..=last)
        .find(|at| text[*at] == name[0] && text[*at..].starts_with(name))
        .map(|at| &text[at + name.len()..])
}

fn number(text: &[u8]) -> (u64, &[u8]) {
    let digits = text.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let value = text[..digits].iter().fold(0, |value, digit| value * 10 + u64::from(digit - b'0'));
    (value, &text[digits..])
}
