//! In which forms a file lies beside itself, and which of them a browser understands.

use axum::http::{HeaderMap, header};

/// A compressed form, made when the pages are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Brotli,
    Gzip,
}

/// The smaller first.
const ALL: [Encoding; 2] = [Encoding::Brotli, Encoding::Gzip];

impl Encoding {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }

    /// What is added to the name of the file.
    pub(super) fn suffix(self) -> &'static str {
        match self {
            Self::Brotli => ".br",
            Self::Gzip => ".gz",
        }
    }

    /// The form that a file is in by its name.
    pub(super) fn of_name(path: &str) -> Option<Self> {
        ALL.into_iter().find(|encoding| path.ends_with(encoding.suffix()))
    }

    /// Those that a browser names and does not refuse (`q=0`).
    pub(super) fn accepted(asked: &HeaderMap) -> impl Iterator<Item = Self> {
        let named: Vec<String> = asked
            .get_all(header::ACCEPT_ENCODING)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|list| list.split(','))
            .filter(|one| !is_refused(one))
            .map(|one| one.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
            .collect();
        ALL.into_iter().filter(move |encoding| named.iter().any(|name| name == encoding.name()))
    }
}

fn is_refused(one: &str) -> bool {
    let weight = one.split(';').skip(1).find_map(|part| part.trim().strip_prefix("q="));
    weight.is_some_and(|q| q.trim().parse::<f32>().is_ok_and(|q| q <= 0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn accepted(text: &'static str) -> Vec<Encoding> {
        let asked = HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(text))]);
        Encoding::accepted(&asked).collect()
    }

    #[test]
    fn the_smaller_form_comes_first_and_refused_ones_not_at_all() {
        assert_eq!(accepted("gzip, deflate, br, zstd"), [Encoding::Brotli, Encoding::Gzip]);
        assert_eq!(accepted("GZIP;q=0.5"), [Encoding::Gzip]);
        assert_eq!(accepted("br;q=0, gzip"), [Encoding::Gzip]);
        assert_eq!(accepted("identity"), []);
        assert_eq!(accepted("*"), []);
    }
}
