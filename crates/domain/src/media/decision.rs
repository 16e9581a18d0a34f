//! How a stream is delivered, and the combined decision (ACT-16).

use serde::{Deserialize, Serialize};

/// What the server does to a stream. `Copy` is what users call direct stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    DirectPlay,
    Copy,
    Transcode,
    Burn,
}

impl Decision {
    /// Reads Plex's word; an empty or unknown one means that nothing is done to the stream.
    pub fn parse(word: &str) -> Self {
        match word {
            "transcode" => Self::Transcode,
            "copy" => Self::Copy,
            "burn" => Self::Burn,
            _ => Self::DirectPlay,
        }
    }

    /// The combined decision of a stream: any transcode makes a transcode, else any copy makes a direct stream (ACT-16).
    pub fn combine(parts: impl IntoIterator<Item = Option<Self>>) -> Self {
        parts.into_iter().flatten().fold(Self::DirectPlay, |so_far, part| match part {
            Self::Transcode | Self::Burn => Self::Transcode,
            Self::Copy if so_far == Self::DirectPlay => Self::Copy,
            _ => so_far,
        })
    }

    /// The word that the history keeps and legacy clients read.
    pub fn word(self) -> &'static str {
        match self {
            Self::DirectPlay => "direct play",
            Self::Copy => "copy",
            Self::Transcode => "transcode",
            Self::Burn => "burn",
        }
    }
}
