//! What is played: kinds, items as they were at the time, versions and their streams. Knows nothing of wire formats.

mod decision;
mod dynamic_range;
mod item;
mod kind;
mod library_item;
mod marker;
mod quality;
mod version;

pub use decision::Decision;
pub use dynamic_range::dynamic_range;
pub use item::{Airing, ItemIdentity, ItemSnapshot};
pub use kind::MediaKind;
pub use library_item::{ItemSet, LibraryItem, MediaFile, MediaTrack, TrackContent};
pub use marker::{Marker, MarkerKind};
pub use quality::{ORIGINAL, quality_profile};
pub use version::{AudioTrack, DolbyVision, MediaVersion, SubtitleTrack, VideoTrack, full_resolution};

#[cfg(test)]
mod tests;
