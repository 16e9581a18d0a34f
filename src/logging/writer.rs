//! Between the formatter and where lines go: masks every line. The formatter hands over one whole line per write.

use super::file::LogFile;
use super::mask;
use std::io::{self, Write};
use std::sync::Arc;
use tracing_subscriber::fmt::MakeWriter;

/// Longer lines (bytes) are cut: foreign text may be in them.
const LONGEST: usize = 64 * 1024;

/// Makes writers that mask what they write.
#[derive(Debug, Clone)]
pub(super) struct Masked<F>(F);

impl<F> Masked<F> {
    pub(super) fn new(inner: F) -> Self {
        Self(inner)
    }
}

impl<'a, F, L> MakeWriter<'a> for Masked<F>
where
    F: Fn() -> L + 'static,
    L: Line,
{
    type Writer = MaskedLine<L>;

    fn make_writer(&'a self) -> Self::Writer {
        MaskedLine(self.0())
    }
}

/// Takes whole lines that are fit to be seen.
pub(super) trait Line {
    fn line(&mut self, text: &str);
}

impl Line for Arc<LogFile> {
    fn line(&mut self, text: &str) {
        self.append(text);
    }
}

/// A console or anything else that can be written to.
#[derive(Debug)]
pub(super) struct Sink<W>(pub(super) W);

impl<W: Write> Line for Sink<W> {
    fn line(&mut self, text: &str) {
        // A console that was closed must not stop the service.
        drop(self.0.write_all(text.as_bytes()));
    }
}

/// Masks one line and hands it on.
#[derive(Debug)]
pub(super) struct MaskedLine<L>(L);

impl<L: Line> Write for MaskedLine<L> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        // Masked before it is cut: half a secret would not be known for one.
        let masked = mask::mask(&text);
        if masked.len() <= LONGEST {
            self.0.line(&masked);
        } else {
            let end = masked.floor_char_boundary(LONGEST);
            let kept = masked.get(..end).unwrap_or_default();
            self.0.line(&format!("{kept}… (cut)\n"));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
