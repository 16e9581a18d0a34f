//! `pms_image_proxy`: a picture of the media server, or what stands in for it.

use super::Call;
use crate::answer::{Answer, Failure, Outcome};
use crate::backend::{Picture, Source};
use crate::http::HTML;
use crate::params::{Params, whole};
use serde_json::json;
use std::hash::{DefaultHasher, Hash, Hasher};

const PNG: &str = "image/png";
/// What stands in, by the names that clients know.
const FALLBACKS: [(&str, &[u8]); 7] = [
    ("poster", include_bytes!("../../pictures/poster.png")),
    ("cover", include_bytes!("../../pictures/cover.png")),
    ("art", include_bytes!("../../pictures/art.png")),
    ("poster-live", include_bytes!("../../pictures/poster.png")),
    ("art-live", include_bytes!("../../pictures/art.png")),
    ("art-live-full", include_bytes!("../../pictures/art.png")),
    ("user", include_bytes!("../../pictures/user.png")),
];

pub(crate) async fn run(call: Call<'_>) -> Outcome {
    let fallback = call.params.filled("fallback");
    let wanted = read(call.params, fallback);
    if call.params.switch("return_hash", false) {
        return match &wanted {
            Some(wanted) => Ok(Answer::data(json!({"img_hash": hash(wanted)}))),
            None => Err(Failure::Refused(None)),
        };
    }
    let found = match wanted {
        Some(wanted) => call.client.picture(wanted).await?,
        None => None,
    };
    if let Some(image) = found {
        return Ok(Answer::Bytes { content_type: image.content_type, bytes: image.bytes });
    }
    let stands_in = FALLBACKS.iter().find(|(name, _)| Some(*name) == fallback);
    let stands_in = stands_in.map(|(_, bytes)| Answer::Bytes { content_type: PNG, bytes: bytes.to_vec() });
    stands_in.ok_or(Failure::Blank(HTML))
}

/// The picture that is wanted; `None` if none is named.
fn read(params: Params<'_>, fallback: Option<&str>) -> Option<Picture> {
    let is_art = fallback.is_some_and(|name| name.starts_with("art"));
    let source = match (params.filled("img"), params.filled("rating_key")) {
        (Some(path), _) => Source::Path(path.to_owned()),
        (None, Some(key)) if is_art => Source::Art(key.to_owned()),
        (None, Some(key)) => Source::Poster(key.to_owned()),
        (None, None) => return None,
    };
    let number = |name: &str, default: i32| {
        let read = params.filled(name).and_then(whole);
        read.map_or(default, |number| i32::try_from(number).unwrap_or(default))
    };
    Some(Picture {
        source,
        width: number("width", 750),
        height: number("height", 1_000),
        opacity: number("opacity", 100).into(),
        background: params.filled("background").unwrap_or("000000").to_owned(),
        blur: number("blur", 0),
        jpeg: params.filled("img_format").is_some_and(|kind| matches!(kind, "jpg" | "jpeg")),
        fresh: params.switch("refresh", false),
    })
}

/// The same for the same picture: 64 hex digits, as clients expect.
fn hash(picture: &Picture) -> String {
    let Picture { source, width, height, opacity, background, blur, jpeg, fresh: _ } = picture;
    let part = |salt: u8| {
        let mut hasher = DefaultHasher::new();
        (salt, format!("{source:?}"), width, height, opacity, background, blur, jpeg).hash(&mut hasher);
        format!("{:016x}", hasher.finish())
    };
    (0..4).map(part).collect()
}
