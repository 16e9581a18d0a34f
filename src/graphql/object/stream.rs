//! How an item is delivered: the source, what leaves the server, and the transcoder between them.

use super::enums::Decision;
use super::media_version::MediaVersion;
use crate::graphql::scalar::{int, said};
use async_graphql::{Object, SimpleObject};
use std::sync::Arc;
use tautulli_domain as domain;
use tautulli_domain::media::MediaKind;

/// How an item is delivered.
pub(crate) struct Stream {
    pub(crate) detail: Arc<domain::StreamDetail>,
    pub(crate) kind: MediaKind,
    /// Whether the viewer may know where files lie.
    pub(crate) with_paths: bool,
}

impl Stream {
    fn version(&self, version: &domain::media::MediaVersion) -> MediaVersion {
        let version = MediaVersion::from(version);
        if self.with_paths { version } else { version.without_paths() }
    }
}

/// How an item is delivered.
#[Object(serial)]
impl Stream {
    /// The decision that streams are counted by: any transcode makes a transcode, else any copy a direct stream.
    async fn decision(&self) -> Decision {
        self.detail.decision().into()
    }

    /// What is done to the container.
    async fn container_decision(&self) -> Decision {
        self.detail.container_decision().into()
    }

    /// What is done to the picture; absent where there is none.
    async fn video_decision(&self) -> Option<Decision> {
        self.detail.video_decision().map(Into::into)
    }

    /// What is done to the sound; absent where there is none.
    async fn audio_decision(&self) -> Option<Decision> {
        self.detail.audio_decision().map(Into::into)
    }

    /// What is done to the subtitle; absent where none is on or nothing is done to it.
    async fn subtitle_decision(&self) -> Option<Decision> {
        self.detail.subtitle_decision().map(Into::into)
    }

    /// Plex's name of the quality, or Original.
    async fn quality_profile(&self) -> &str {
        self.detail.quality_profile(self.kind)
    }

    /// The version in the library.
    async fn source(&self) -> MediaVersion {
        self.version(&self.detail.source)
    }

    /// What leaves the server.
    async fn delivered(&self) -> MediaVersion {
        self.version(&self.detail.delivered)
    }

    /// The transcoder; absent where there is none.
    async fn transcode(&self) -> Option<Transcode> {
        self.detail.transcode.as_ref().map(Into::into)
    }

    /// The profile that an optimised version was made with.
    async fn optimized_profile(&self) -> Option<String> {
        said(&self.detail.optimized_profile)
    }

    /// The profile that a synced version was made with.
    async fn synced_profile(&self) -> Option<String> {
        said(&self.detail.synced_profile)
    }
}

/// The transcoder's state. Plex's odd numbers (-1: unknown) come as they are.
#[derive(SimpleObject, Debug, Clone)]
#[graphql(serial)]
pub(crate) struct Transcode {
    /// Plex's id of the transcode.
    key: Option<String>,
    /// Per cent done.
    progress: f64,
    /// Times real time.
    speed: f64,
    /// Far enough ahead to rest.
    throttled: bool,
    /// Seconds from the start that are ready to be played.
    max_offset_available: Option<f64>,
    /// Seconds from the start before which nothing is kept.
    min_offset_available: Option<f64>,
    /// Protocol of the delivery.
    protocol: Option<String>,
    /// Container of the result.
    container: Option<String>,
    /// Codec of the resulting picture.
    video_codec: Option<String>,
    /// Codec of the resulting sound.
    audio_codec: Option<String>,
    /// Channels of the resulting sound.
    audio_channels: Option<i32>,
    /// Width of the result in pixels.
    width: Option<i32>,
    /// Height of the result in pixels.
    height: Option<i32>,
    /// Hardware was asked for.
    hw_requested: bool,
    /// Everything stays in hardware.
    hw_full_pipeline: bool,
    /// The hardware interface that decodes.
    hw_decode: Option<String>,
    /// Its name for people.
    hw_decode_title: Option<String>,
    /// The hardware interface that encodes.
    hw_encode: Option<String>,
    /// Its name for people.
    hw_encode_title: Option<String>,
    /// Decoded in hardware.
    hw_decoding: bool,
    /// Encoded in hardware.
    hw_encoding: bool,
}

impl From<&domain::Transcode> for Transcode {
    fn from(value: &domain::Transcode) -> Self {
        Self {
            key: said(&value.key),
            progress: value.progress,
            speed: value.speed,
            throttled: value.throttled,
            max_offset_available: value.max_offset_s,
            min_offset_available: value.min_offset_s,
            protocol: said(&value.protocol),
            container: said(&value.container),
            video_codec: said(&value.video_codec),
            audio_codec: said(&value.audio_codec),
            audio_channels: int(value.audio_channels),
            width: int(value.width),
            height: int(value.height),
            hw_requested: value.hw_requested,
            hw_full_pipeline: value.hw_full_pipeline,
            hw_decode: said(&value.hw_decode),
            hw_decode_title: said(&value.hw_decode_title),
            hw_encode: said(&value.hw_encode),
            hw_encode_title: said(&value.hw_encode_title),
            hw_decoding: value.hw_decoding(),
            hw_encoding: value.hw_encoding(),
        }
    }
}
