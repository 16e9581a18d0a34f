//! Pictures of media servers: which one may be had under which address, fetched once, kept within a bound.
//!
//! Nobody can ask for a picture that this service has not offered: addresses are sealed. Knows no HTTP.

mod seal;
mod shelf;
#[cfg(test)]
mod tests;

pub use seal::Seal;

use crate::servers::Servers;
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use shelf::Shelf;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tautulli_domain::{Error, Result, ServerId};
use tautulli_plex::{ImageRequest, Problem};

/// What stands in for a picture that cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fallback {
    /// Two thirds as wide as high: films, shows.
    Poster,
    /// Square: albums, channels.
    Cover,
    /// A background: nothing at all.
    Art,
    /// A person.
    Avatar,
}

/// A picture that is offered: which one, how large.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub server: i64,
    /// A path of the server, or a whole address that the server fetches itself.
    pub source: String,
    /// Pixels.
    pub width: u16,
    /// Pixels.
    pub height: u16,
    /// Radius; 0 is none.
    pub blur: u8,
    pub fallback: Fallback,
    /// How it is to be drawn where that is said.
    #[serde(default, skip_serializing_if = "Finish::is_plain")]
    pub finish: Finish,
}

/// How a picture is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Finish {
    pub format: Format,
    /// Over the background, per cent.
    pub opacity: u8,
    /// Six hex digits; empty: none.
    pub background: String,
}

/// The kind of file that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// The media server's choice.
    #[default]
    Any,
    Png,
    Jpeg,
}

impl Default for Finish {
    fn default() -> Self {
        Self { format: Format::Any, opacity: 100, background: String::new() }
    }
}

impl Finish {
    /// Opacity is brought within bounds; what is no colour is none.
    pub fn new(format: Format, opacity: i64, background: &str) -> Self {
        let is_colour = background.len() == 6 && background.bytes().all(|byte| byte.is_ascii_hexdigit());
        let background = if is_colour { background.to_lowercase() } else { String::new() };
        Self { format, opacity: u8::try_from(opacity.clamp(0, 100)).unwrap_or(100), background }
    }

    fn is_plain(&self) -> bool {
        *self == Self::default()
    }
}

/// Sides of pictures, in pixels.
pub const SIDES: std::ops::RangeInclusive<i32> = 16..=2_000;
pub const MAX_BLUR: u8 = 100;
/// Longer addresses are nobody's picture.
const MAX_SOURCE: usize = 1_000;

impl Picture {
    /// Sizes and blur are brought within bounds; none where there is no source.
    pub fn new(
        server: ServerId,
        source: &str,
        width: i32,
        height: i32,
        blur: i32,
        fallback: Fallback,
    ) -> Option<Self> {
        let side = |pixels: i32| u16::try_from(pixels.clamp(*SIDES.start(), *SIDES.end())).unwrap_or(16);
        let is_usable = is_usable(source);
        is_usable.then(|| Self {
            server: server.0,
            source: source.to_owned(),
            width: side(width),
            height: side(height),
            blur: u8::try_from(blur.clamp(0, i32::from(MAX_BLUR))).unwrap_or(0),
            fallback,
            finish: Finish::default(),
        })
    }
}

/// A path of the media server, or a web address for its scaler to fetch.
fn is_usable(source: &str) -> bool {
    let is_path = source.starts_with('/') && !source.starts_with("//");
    let is_web = source.starts_with("https://") || source.starts_with("http://");
    source.len() <= MAX_SOURCE && (is_path || is_web)
}

/// A picture's bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub content_type: &'static str,
    pub bytes: Bytes,
}

/// What is delivered for a sealed address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    Image(Image),
    /// The server has none, or does not answer.
    Fallback(Fallback),
}

/// Kinds that browsers draw and that cannot carry a script.
const KINDS: [&str; 5] = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/avif"];

/// How many pictures are fetched at once; a page of posters must not hold a media server up.
const AT_ONCE: usize = 6;
/// How long a browser waits for a picture before it gets the fallback.
const PATIENCE: Duration = Duration::from_secs(10);

/// Pictures of media servers.
#[derive(Debug)]
pub struct Images {
    servers: Arc<Servers>,
    seal: Seal,
    shelf: Shelf,
    fetching: tokio::sync::Semaphore,
    /// Prefix of every address: empty, or `/a/b`.
    root: String,
}

impl Images {
    /// Keeps pictures in `folder`, at most `limit` bytes of them; 0 keeps none.
    pub async fn open(servers: Arc<Servers>, seal: Seal, root: String, folder: PathBuf, limit: u64) -> Self {
        let shelf = Shelf::open(folder, limit).await;
        Self { servers, seal, shelf, fetching: tokio::sync::Semaphore::new(AT_ONCE), root }
    }

    /// The address under which a picture can be had from this service, from the root of its host on.
    pub fn address(&self, picture: &Picture) -> String {
        format!("{}/image/{}", self.root, self.seal.close(picture))
    }

    /// The picture behind a sealed address.
    ///
    /// # Errors
    /// `NotFound` for an address that was not made here.
    pub async fn deliver(&self, sealed: &str) -> Result<Delivery> {
        let picture = self.seal.open(sealed).ok_or_else(|| Error::not_found("That picture"))?;
        let found = self.shelf.get(sealed, || self.fetch(&picture)).await;
        Ok(match found {
            Some(image) => Delivery::Image(image),
            None => Delivery::Fallback(picture.fallback),
        })
    }

    /// A picture that this service asks for itself; `None` where it cannot be had. `fresh` asks the server anew.
    pub async fn picture(&self, picture: &Picture, fresh: bool) -> Option<Image> {
        let address = self.seal.close(picture);
        if fresh {
            self.shelf.drop_one(&address).await;
        }
        self.shelf.get(&address, || self.fetch(picture)).await
    }

    /// Throws away every picture that is kept.
    pub async fn clear(&self) {
        self.shelf.clear().await;
    }

    async fn fetch(&self, picture: &Picture) -> Option<Image> {
        let fetched = tokio::time::timeout(PATIENCE, self.ask(picture)).await;
        match fetched {
            Ok(Ok(image)) => image,
            Ok(Err(failure)) => {
                tracing::debug!(%failure, source = picture.source, "a picture cannot be had");
                None
            }
            Err(_) => None,
        }
    }

    async fn ask(&self, picture: &Picture) -> Result<Option<Image>> {
        let _turn = self.fetching.acquire().await.map_err(Error::internal)?;
        let server = self.servers.client(ServerId(picture.server)).await?;
        let request = ImageRequest {
            blur: u32::from(picture.blur),
            opacity: picture.finish.opacity,
            background: picture.finish.background.clone(),
            format: match picture.finish.format {
                Format::Any => String::new(),
                Format::Png => "png".to_owned(),
                Format::Jpeg => "jpeg".to_owned(),
            },
            ..ImageRequest::new(&picture.source, u32::from(picture.width), u32::from(picture.height))
        };
        match server.image(&request).await {
            Ok(image) => {
                Ok(drawable(&image.content_type).map(|kind| Image { content_type: kind, bytes: image.bytes }))
            }
            Err(failure) if matches!(failure.problem(), Problem::Status(404)) => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    }
}

/// The kind of picture, if it is one that may be passed on.
fn drawable(content_type: &str) -> Option<&'static str> {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    KINDS.into_iter().find(|kind| essence.eq_ignore_ascii_case(kind))
}
