//! Closed sets as GraphQL enums.

use async_graphql::Enum;
use tautulli_domain::{Location as DomainLocation, media, server, session, viewer};

/// What an item is.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "media::MediaKind")]
pub(crate) enum MediaKind {
    Movie,
    Show,
    Season,
    Episode,
    Artist,
    Album,
    Track,
    /// A trailer, an extra, a pre-roll.
    Clip,
    Photo,
    PhotoAlbum,
    Collection,
    Playlist,
    Other,
}

/// What the server does to a stream.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "media::Decision")]
pub(crate) enum Decision {
    /// The file as it is.
    DirectPlay,
    /// Another container around the same streams; users call it direct stream.
    Copy,
    /// Converted.
    Transcode,
    /// A subtitle drawn into the picture.
    Burn,
}

/// What a session does at the moment.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "session::PlayState")]
pub(crate) enum PlayState {
    Playing,
    Paused,
    Buffering,
    Stopped,
    Error,
}

/// What happened in a session.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "session::EventKind")]
pub(crate) enum SessionEventKind {
    Started,
    Paused,
    Resumed,
    Buffering,
    /// The stream has stalled too often.
    BufferWarning,
    /// The decision or the transcode has changed.
    StreamChanged,
    /// An intro, a commercial or the credits begin.
    Marker,
    /// Enough was seen to count as watched.
    Watched,
    Error,
    /// The place in the item jumped.
    Seeked,
    Stopped,
}

/// A stretch of an item that Plex names.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "media::MarkerKind")]
pub(crate) enum MarkerKind {
    Intro,
    Credits,
    Commercial,
}

/// Where a player is, seen from the server.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "DomainLocation")]
pub(crate) enum Location {
    Lan,
    Wan,
    Cellular,
}

/// How the connection to a media server is doing.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "server::LinkState")]
pub(crate) enum LinkState {
    /// Not tried yet.
    Starting,
    /// The notification socket is open.
    Live,
    /// The socket is refused or silent and the session list is polled, or another replica watches this server.
    Polling,
    /// The server does not answer.
    Unreachable,
    /// The server refuses our token.
    TokenRefused,
}

/// What a key may be used for.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq, Default)]
#[graphql(remote = "viewer::Scope")]
pub(crate) enum KeyScope {
    /// Whatever its role allows.
    #[default]
    Full,
    /// Reading, and changing nothing.
    Reading,
    /// What is watched now, and nothing else.
    Activity,
}

/// What a viewer may do.
#[derive(Enum, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "viewer::Role")]
pub(crate) enum Role {
    /// Everything.
    Admin,
    /// A Plex user who sees their own plays and what is shared with them.
    Guest,
}
