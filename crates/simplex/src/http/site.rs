//! Owns one listening server that can vanish and come back on the same port.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use tokio::net::TcpSocket;
use tokio::task::JoinHandle;

use super::Peer;
use super::line::{Door, Lines};

/// How many connections may wait to be accepted.
const BACKLOG: u32 = 1024;

#[derive(Debug, Default)]
struct State {
    port: u16,
    task: Option<JoinHandle<()>>,
}

/// A server on 127.0.0.1.
#[derive(Debug)]
pub(crate) struct Site {
    state: Mutex<State>,
    lines: Arc<Lines>,
}

impl Site {
    /// `port` 0 takes a free one at the first `up`.
    pub(crate) fn new(port: u16) -> Self {
        Self { state: Mutex::new(State { port, task: None }), lines: Arc::default() }
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn port(&self) -> u16 {
        self.state().port
    }

    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port())
    }

    /// Starts to listen; nothing happens when it does already. Must run inside a runtime.
    pub(crate) fn up(&self, router: Router) -> io::Result<()> {
        let mut state = self.state();
        if state.task.is_some() {
            return Ok(());
        }
        let socket = TcpSocket::new_v4()?;
        socket.set_reuseaddr(true)?;
        socket.bind(SocketAddr::from((Ipv4Addr::LOCALHOST, state.port)))?;
        let listener = socket.listen(BACKLOG)?;
        state.port = listener.local_addr()?.port();
        let door = Door { listener, lines: Arc::clone(&self.lines) };
        state.task = Some(tokio::spawn(async move {
            let service = router.into_make_service_with_connect_info::<Peer>();
            if let Err(error) = axum::serve(door, service).await {
                tracing::warn!(%error, "a simulated server stopped");
            }
        }));
        Ok(())
    }

    /// Refuses connections from now on and cuts the open ones.
    pub(crate) async fn down(&self) {
        let task = self.state().task.take();
        if let Some(task) = task {
            task.abort();
            // only a cancelled task has closed its listener for certain; how it ended does not matter
            let _ = task.await;
        }
        self.lines.cut();
    }

    /// `down` for those who cannot wait.
    pub(crate) fn stop(&self) {
        if let Some(task) = self.state().task.take() {
            task.abort();
        }
        self.lines.cut();
    }
}
