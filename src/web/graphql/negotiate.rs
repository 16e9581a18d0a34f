//! Which media type the client takes, as GraphQL over HTTP wants it negotiated.

use axum::http::{HeaderMap, header};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Media {
    /// `application/graphql-response+json`: the status tells whether there was an answer.
    Response,
    /// `application/json`: always 200 for a question that could be read.
    Json,
    /// `text/event-stream`.
    Events,
}

impl Media {
    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::Response => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Events => "text/event-stream; charset=utf-8",
        }
    }
}

/// The best type that the client takes; JSON where it does not say; `None` where nothing fits.
pub(super) fn accepted(headers: &HeaderMap) -> Option<Media> {
    let lines: Vec<&str> = headers.get_all(header::ACCEPT).iter().filter_map(|v| v.to_str().ok()).collect();
    if lines.is_empty() {
        return Some(Media::Json);
    }
    let mut best: Option<(f32, Media)> = None;
    let mut refused = Vec::new();
    for range in lines.iter().flat_map(|line| line.split(',')) {
        let mut parts = range.split(';').map(str::trim);
        let media = match parts.next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "application/graphql-response+json" => Media::Response,
            "application/json" | "application/*" | "*/*" => Media::Json,
            "text/event-stream" => Media::Events,
            _ => continue,
        };
        let quality = parts.find_map(|p| p.strip_prefix("q=")).map_or(1.0, |q| q.parse().unwrap_or(0.0));
        if quality <= 0.0 {
            refused.push(media);
        } else if best.is_none_or(|(so_far, _)| quality > so_far) {
            best = Some((quality, media));
        }
    }
    best.map(|(_, media)| media).filter(|media| !refused.contains(media))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(accept: &str) -> Option<Media> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, accept.parse().unwrap());
        accepted(&headers)
    }

    #[test]
    fn the_client_chooses() {
        assert_eq!(accepted(&HeaderMap::new()), Some(Media::Json));
        assert_eq!(of("*/*"), Some(Media::Json));
        assert_eq!(of("application/graphql-response+json"), Some(Media::Response));
        assert_eq!(of("application/graphql-response+json, application/json;q=0.9"), Some(Media::Response));
        assert_eq!(of("application/json, application/graphql-response+json;q=0.5"), Some(Media::Json));
        assert_eq!(of("text/event-stream"), Some(Media::Events));
        assert_eq!(of("text/html"), None);
        assert_eq!(of("application/json;q=0"), None);
    }

    proptest! {
        #[test]
        fn any_header_is_read(accept in "[ -~]{0,80}") {
            let _ = of(&accept);
        }
    }
}
