//! Bytes to one lenient, bounded tree, whichever of Plex's dialects they are in. Knows no meaning of any name.

mod json;
mod node;
mod scalar;
mod xml;

pub(crate) use node::Node;

use std::fmt;

/// Bounds of a tree; answers beyond them are refused, never half read.
const MAX_DEPTH: usize = 48;
const MAX_NODES: usize = 300_000;
/// Attributes of one node beyond this are left out.
const MAX_ATTRS: usize = 256;
/// Longer values are cut.
const MAX_TEXT: usize = 64 * 1024;

/// Why bytes are no tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WireError(pub(crate) String);

impl fmt::Display for WireError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Reads XML or JSON, told apart by the first character. Invalid UTF-8 is replaced, not refused.
pub(crate) fn parse(bytes: &[u8]) -> Result<Node, WireError> {
    let text = String::from_utf8_lossy(bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let root = match text.chars().next() {
        Some('<') => xml::parse(text)?,
        Some('{' | '[') => json::parse(text)?,
        Some(_) => return Err(WireError("neither XML nor JSON".to_owned())),
        None => return Err(WireError("an empty answer".to_owned())),
    };
    if root.name().eq_ignore_ascii_case("html") {
        return Err(WireError("a web page".to_owned()));
    }
    Ok(root)
}

/// Counts what was built, so that small hostile input cannot become a huge tree.
#[derive(Debug, Default)]
struct Budget {
    nodes: usize,
}

impl Budget {
    fn enter(&mut self, depth: usize) -> Result<(), WireError> {
        self.nodes += 1;
        if depth > MAX_DEPTH {
            return Err(WireError("nested too deeply".to_owned()));
        }
        if self.nodes > MAX_NODES {
            return Err(WireError("too many elements".to_owned()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
