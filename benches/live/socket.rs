//! A websocket client that does no more than it must: thousands of them share the machine with what they measure.

use std::io;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const TEXT: u8 = 1;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

/// A connection to a websocket.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    buffer: Vec<u8>,
    /// How much of the buffer was taken already.
    taken: usize,
}

fn ended(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, why)
}

impl Socket {
    /// Connects and upgrades.
    pub async fn connect(address: std::net::SocketAddr, path: &str, protocol: &str) -> io::Result<Self> {
        let mut stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Protocol: {protocol}\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut this = Self { stream, buffer: Vec::with_capacity(4096), taken: 0 };
        loop {
            this.fill().await?;
            if let Some(end) = this.buffer.windows(4).position(|four| four == b"\r\n\r\n") {
                if !this.buffer.starts_with(b"HTTP/1.1 101") {
                    return Err(ended("the upgrade was refused"));
                }
                this.taken = end + 4;
                return Ok(this);
            }
        }
    }

    pub async fn send(&mut self, text: &str) -> io::Result<()> {
        self.write(TEXT, text.as_bytes()).await
    }

    /// The mask is all zeros, so that nothing is to be masked.
    async fn write(&mut self, code: u8, payload: &[u8]) -> io::Result<()> {
        let length = u16::try_from(payload.len()).map_err(|_| ended("too long to be sent"))?;
        let mut frame = vec![0x80 | code];
        match u8::try_from(length) {
            Ok(short) if short < 126 => frame.push(0x80 | short),
            _ => {
                frame.push(0x80 | 126);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend([0; 4]);
        frame.extend(payload);
        self.stream.write_all(&frame).await
    }

    async fn fill(&mut self) -> io::Result<()> {
        match self.stream.read_buf(&mut self.buffer).await? {
            0 => Err(ended("the connection ended")),
            _ => Ok(()),
        }
    }

    /// Hands the next texts to `hear`, all that have arrived together; answers pings.
    pub async fn hear(&mut self, mut hear: impl FnMut(&[u8])) -> io::Result<()> {
        let mut heard = false;
        while !heard {
            while let Some((code, from, to)) = head(&self.buffer[self.taken..])? {
                let (from, to) = (self.taken + from, self.taken + to);
                self.taken = to;
                match code {
                    TEXT => {
                        heard = true;
                        hear(&self.buffer[from..to]);
                    }
                    PING => {
                        let payload = self.buffer[from..to].to_vec();
                        self.write(PONG, &payload).await?;
                    }
                    CLOSE => return Err(ended("the other side closed")),
                    _ => {}
                }
            }
            self.buffer.drain(..self.taken);
            self.taken = 0;
            if !heard {
                self.fill().await?;
            }
        }
        Ok(())
    }
}

/// Code, beginning and end of the payload of the first frame, if all of it is there. Frames of servers are not masked.
fn head(bytes: &[u8]) -> io::Result<Option<(u8, usize, usize)>> {
    let [first, second, rest @ ..] = bytes else { return Ok(None) };
    if second & 0x80 != 0 || first & 0x80 == 0 {
        return Err(ended("a masked or a divided frame"));
    }
    let (length, from) = match (second & 0x7f, rest) {
        (126, [a, b, ..]) => (u64::from(u16::from_be_bytes([*a, *b])), 4),
        (127, [a, b, c, d, e, f, g, h, ..]) => (u64::from_be_bytes([*a, *b, *c, *d, *e, *f, *g, *h]), 10),
        (126 | 127, _) => return Ok(None),
        (short, _) => (u64::from(short), 2),
    };
    let to = from + usize::try_from(length).map_err(|_| ended("a frame beyond all bounds"))?;
    Ok((bytes.len() >= to).then_some((first & 0x0f, from, to)))
}
