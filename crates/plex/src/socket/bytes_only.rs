//! Turns incoming text frames into binary ones, so that a text that is no UTF-8 costs one message, not the connection.
//!
//! The websocket protocol ends a connection over such a text; Plex's client has to go on. Only frame headers are read.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

const OPCODE: u8 = 0x0f;
const TEXT: u8 = 0x1;
const BINARY: u8 = 0x2;

/// Where in a frame the next byte is.
#[derive(Debug, Clone, Copy)]
enum Place {
    Opcode,
    Length,
    /// Bytes of a long length still to come, and what was read of it.
    LongLength {
        left: u8,
        so_far: u64,
        masked: bool,
    },
    /// Bytes until the next frame, mask included.
    Payload(u64),
}

#[derive(Debug)]
pub(super) struct BytesOnly<S> {
    inner: S,
    place: Place,
}

impl<S> BytesOnly<S> {
    pub(super) fn new(inner: S) -> Self {
        Self { inner, place: Place::Opcode }
    }
}

impl Place {
    /// Walks over `bytes`, changing the opcodes on the way.
    fn walk(mut self, bytes: &mut [u8]) -> Self {
        let mut rest = bytes;
        loop {
            if let Self::Payload(left) = self {
                let step = usize::try_from(left).unwrap_or(usize::MAX).min(rest.len());
                rest = rest.split_at_mut(step).1;
                let left = left.saturating_sub(step as u64);
                self = if left == 0 { Self::Opcode } else { Self::Payload(left) };
            }
            let Some((byte, after)) = rest.split_first_mut() else { return self };
            self = self.header(byte);
            rest = after;
        }
    }

    fn header(self, byte: &mut u8) -> Self {
        match self {
            Self::Opcode => {
                if *byte & OPCODE == TEXT {
                    *byte = *byte & !OPCODE | BINARY;
                }
                Self::Length
            }
            Self::Length => {
                let masked = *byte & 0x80 != 0;
                match *byte & 0x7f {
                    126 => Self::LongLength { left: 2, so_far: 0, masked },
                    127 => Self::LongLength { left: 8, so_far: 0, masked },
                    short => Self::payload(u64::from(short), masked),
                }
            }
            Self::LongLength { left, so_far, masked } => {
                let so_far = so_far << 8 | u64::from(*byte);
                match left {
                    0 | 1 => Self::payload(so_far, masked),
                    _ => Self::LongLength { left: left - 1, so_far, masked },
                }
            }
            Self::Payload(left) => Self::Payload(left.saturating_sub(1)),
        }
    }

    fn payload(length: u64, masked: bool) -> Self {
        match length.saturating_add(if masked { 4 } else { 0 }) {
            0 => Self::Opcode,
            bytes => Self::Payload(bytes),
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for BytesOnly<S> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buf.filled().len();
        let polled = Pin::new(&mut this.inner).poll_read(cx, buf);
        if let Some(fresh) = buf.filled_mut().get_mut(before..) {
            this.place = this.place.walk(fresh);
        }
        polled
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for BytesOnly<S> {
    fn poll_write(self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.get_mut().inner).poll_write(cx, buf)
    }

    fn poll_flush(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_flush(cx)
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame(opcode: u8, length: usize) -> Vec<u8> {
        let mut bytes = vec![0x80 | opcode];
        match length {
            0..=125 => bytes.push(length as u8),
            126..=65535 => {
                bytes.push(126);
                bytes.extend((length as u16).to_be_bytes());
            }
            _ => {
                bytes.push(127);
                bytes.extend((length as u64).to_be_bytes());
            }
        }
        // A payload that looks like text headers must stay as it is.
        bytes.extend(std::iter::repeat_n(0x81, length));
        bytes
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn only_opcodes_change_however_the_bytes_are_cut(
            frames in proptest::collection::vec((0_u8..16, prop_oneof![0_usize..300, 65_530_usize..65_540]), 1..8),
            cut in 1_usize..200,
        ) {
            let mut bytes: Vec<u8> = frames.iter().flat_map(|(op, len)| frame(*op, *len)).collect();
            let wanted: Vec<u8> =
                frames.iter().flat_map(|(op, len)| frame(if *op == 1 { 2 } else { *op }, *len)).collect();
            let mut place = Place::Opcode;
            for chunk in bytes.chunks_mut(cut) {
                place = place.walk(chunk);
            }
            prop_assert!(bytes == wanted);
        }

        #[test]
        fn any_bytes_are_walked(mut bytes: Vec<u8>) {
            Place::Opcode.walk(&mut bytes);
        }
    }
}
