//! Documents that share fragments are put together when they are compiled.

/// The text of files in `documents`, one after the other.
macro_rules! document {
    ($($file:literal),+) => {
        concat!($(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/documents/", $file, ".graphql")), "\n"),+)
    };
}
