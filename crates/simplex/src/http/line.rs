//! Owns one TCP connection: readable and writable as usual, but anyone holding it can cut it or write past its protocol.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::task::{Context, Poll, ready};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use futures_util::task::AtomicWaker;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

/// A connection, shared by the server that speaks on it and those who may disturb it.
#[derive(Debug)]
pub(crate) struct Line {
    stream: TcpStream,
    cut: AtomicBool,
    reader: AtomicWaker,
    writer: AtomicWaker,
}

impl Line {
    fn new(stream: TcpStream) -> Self {
        Self { stream, cut: AtomicBool::new(false), reader: AtomicWaker::new(), writer: AtomicWaker::new() }
    }

    /// Ends the connection without a word of the protocol spoken on it.
    pub(crate) fn cut(&self) {
        self.cut.store(true, Ordering::SeqCst);
        self.reader.wake();
        self.writer.wake();
    }

    /// The same, with a reset instead of an orderly end.
    pub(crate) fn reset(&self) {
        if let Err(error) = self.stream.set_zero_linger() {
            tracing::debug!(%error, "cannot make a connection end with a reset");
        }
        self.cut();
    }

    /// Writes bytes as they are.
    pub(crate) async fn write(&self, mut bytes: &[u8]) -> io::Result<()> {
        while !bytes.is_empty() {
            self.stream.writable().await?;
            match self.stream.try_write(bytes) {
                Ok(count) => bytes = bytes.get(count..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn check(&self) -> io::Result<()> {
        if self.cut.load(Ordering::SeqCst) { Err(io::ErrorKind::ConnectionAborted.into()) } else { Ok(()) }
    }
}

/// The server's end of a line.
pub(crate) struct Wire(Arc<Line>);

impl AsyncRead for Wire {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let line = &self.0;
        line.reader.register(cx.waker());
        loop {
            line.check()?;
            ready!(line.stream.poll_read_ready(cx))?;
            match line.stream.try_read(buf.initialize_unfilled()) {
                Ok(count) => {
                    buf.advance(count);
                    return Poll::Ready(Ok(()));
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                Err(error) => return Poll::Ready(Err(error)),
            }
        }
    }
}

impl AsyncWrite for Wire {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let line = &self.0;
        line.writer.register(cx.waker());
        loop {
            line.check()?;
            ready!(line.stream.poll_write_ready(cx))?;
            match line.stream.try_write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
                done => return Poll::Ready(done),
            }
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(self.0.check())
    }

    fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // the socket closes when the last holder drops it, right after this
        Poll::Ready(Ok(()))
    }
}

/// Who is at the other end, as handlers see it.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    pub line: Option<Arc<Line>>,
}

/// Open lines of one server.
#[derive(Debug, Default)]
pub(crate) struct Lines(Mutex<Vec<Weak<Line>>>);

impl Lines {
    fn add(&self, line: &Arc<Line>) {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        open.retain(|known| known.strong_count() > 0);
        open.push(Arc::downgrade(line));
    }

    pub(crate) fn cut(&self) {
        for line in self.0.lock().unwrap_or_else(PoisonError::into_inner).drain(..) {
            if let Some(line) = line.upgrade() {
                line.cut();
            }
        }
    }
}

/// A listener whose connections can be cut.
pub(crate) struct Door {
    pub listener: TcpListener,
    pub lines: Arc<Lines>,
}

impl Listener for Door {
    type Io = Wire;
    type Addr = Peer;

    async fn accept(&mut self) -> (Wire, Peer) {
        let (stream, _): (TcpStream, SocketAddr) = Listener::accept(&mut self.listener).await;
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "cannot send small messages at once");
        }
        let line = Arc::new(Line::new(stream));
        self.lines.add(&line);
        (Wire(Arc::clone(&line)), Peer { line: Some(line) })
    }

    fn local_addr(&self) -> io::Result<Peer> {
        Ok(Peer { line: None })
    }
}

impl Connected<IncomingStream<'_, Door>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Door>) -> Self {
        stream.remote_addr().clone()
    }
}
