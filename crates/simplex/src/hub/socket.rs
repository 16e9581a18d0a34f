//! Owns one listener's connection: writes its queue, sends pings, notices its end.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};

use super::{Client, Hub, Out, WAITING};
use crate::clock::wait;
use crate::http::Line;

/// How long a line stays after half a frame, so that the half arrives.
const BREATH: f64 = 0.05;

/// Takes a listener out of the hub, however its task ends.
struct Seat {
    hub: Arc<Hub>,
    id: u64,
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.hub.state().clients.remove(&self.id);
    }
}

impl Hub {
    fn seat(self: &Arc<Self>, line: Option<Arc<Line>>) -> (Seat, mpsc::Receiver<Out>) {
        let (queue, receiver) = mpsc::channel(WAITING);
        let mut state = self.state();
        let id = state.next;
        state.next += 1;
        state.clients.insert(id, Client { queue, line });
        (Seat { hub: Arc::clone(self), id }, receiver)
    }

    fn tell_witness(&self, out: &Out) {
        let Out::Text(text) = out else { return };
        let witness = self.state().witness.clone();
        if let Some(super::Witness(hears)) = witness {
            hears(text);
        }
    }

    fn next_ping(&self) -> Instant {
        Instant::now() + wait(self.state().ping.max(0.01))
    }

    /// Serves one listener until either side ends it.
    pub(crate) async fn serve(self: Arc<Self>, mut socket: WebSocket, line: Option<Arc<Line>>) {
        let (seat, mut queue) = self.seat(line.clone());
        let mut ping = self.next_ping();
        loop {
            let alive = tokio::select! {
                out = queue.recv() => match out {
                    Some(out) => {
                        self.tell_witness(&out);
                        write(&mut socket, line.as_deref(), out).await
                    }
                    None => false,
                },
                // listeners say nothing the server cares about, but pings are answered while reading
                heard = socket.recv() => matches!(heard, Some(Ok(_))),
                () = sleep_until(ping) => {
                    ping = self.next_ping();
                    let silent = self.state().silent;
                    silent || socket.send(Message::Ping(Bytes::new())).await.is_ok()
                }
            };
            if !alive {
                break;
            }
        }
        drop(seat);
    }
}

async fn write(socket: &mut WebSocket, line: Option<&Line>, out: Out) -> bool {
    match out {
        Out::Text(text) => socket.send(Message::Text(text.into())).await.is_ok(),
        Out::Binary(bytes) => socket.send(Message::Binary(bytes)).await.is_ok(),
        Out::Close(code) => {
            let frame = CloseFrame { code, reason: "".into() };
            // the answer is read by the loop, which then ends
            socket.send(Message::Close(Some(frame))).await.is_ok()
        }
        Out::Raw(bytes, cut) => {
            let Some(line) = line else { return false };
            let written = line.write(&bytes).await.is_ok();
            if cut {
                tokio::time::sleep(wait(BREATH)).await;
                line.cut();
            }
            written && !cut
        }
    }
}
