//! Pictures through the server's scaler.

use crate::http::{Answer, Ask};
use bytes::Bytes;

const LIMIT: usize = 16 * 1024 * 1024;

/// Which picture, how large. Sizes are pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRequest {
    /// A path of the server (`/library/metadata/1/thumb/2`) or a whole address.
    pub url: String,
    pub width: u32,
    pub height: u32,
    /// `jpeg`, `png`; empty: the server's choice.
    pub format: String,
    /// Blur radius; 0 is none.
    pub blur: u32,
    /// Opacity over `background`, per cent.
    pub opacity: u8,
    /// A colour as six hex digits; empty: none.
    pub background: String,
}

impl ImageRequest {
    pub fn new(url: impl Into<String>, width: u32, height: u32) -> Self {
        Self {
            url: url.into(),
            width,
            height,
            format: String::new(),
            blur: 0,
            opacity: 100,
            background: String::new(),
        }
    }
}

/// A picture as the server gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    pub content_type: String,
    pub bytes: Bytes,
}

pub(super) fn ask(request: &ImageRequest) -> Ask {
    let mut ask = Ask::get("/photo/:/transcode")
        .accept("image/*")
        .limit(LIMIT)
        .query("url", &request.url)
        .query("width", request.width)
        .query("height", request.height)
        .query("minSize", 1)
        .query("upscale", 1);
    if !request.format.is_empty() {
        ask = ask.query("format", &request.format);
    }
    if request.blur > 0 {
        ask = ask.query("blur", request.blur);
    }
    if request.opacity < 100 {
        ask = ask.query("opacity", request.opacity);
    }
    if !request.background.is_empty() {
        ask = ask.query("background", &request.background);
    }
    ask
}

/// A picture; anything that does not call itself one is refused.
pub(super) fn read(answer: Answer) -> Result<Image, &'static str> {
    if !answer.content_type.starts_with("image/") {
        return Err("the answer is no picture");
    }
    Ok(Image { content_type: answer.content_type, bytes: answer.body })
}
