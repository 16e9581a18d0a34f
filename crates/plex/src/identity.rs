//! Who we say we are: the `X-Plex-*` headers of every request. Knows no server and no token.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};

/// What Plex shows of us in its list of devices.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identity {
    pub product: String,
    pub version: String,
    /// Stays the same over restarts; Plex binds tokens and devices to it.
    pub client_identifier: String,
    pub platform: String,
    pub platform_version: String,
    pub device: String,
    pub device_name: String,
}

impl Identity {
    pub(crate) fn headers(&self) -> HeaderMap {
        let named = [
            ("x-plex-product", self.product.as_str()),
            ("x-plex-version", &self.version),
            ("x-plex-client-identifier", &self.client_identifier),
            ("x-plex-platform", &self.platform),
            ("x-plex-platform-version", &self.platform_version),
            ("x-plex-device", &self.device),
            ("x-plex-device-name", &self.device_name),
            ("x-plex-language", "en"),
        ];
        named
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .filter_map(|(name, value)| Some((HeaderName::from_static(name), header_value(value)?)))
            .collect()
    }
}

/// A header's value without the control characters that no header may carry.
fn header_value(text: &str) -> Option<HeaderValue> {
    let clean: String = text.chars().filter(|c| !c.is_control()).collect();
    HeaderValue::from_bytes(clean.as_bytes()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fact_becomes_a_header_and_control_characters_never_do() {
        let identity = Identity {
            product: "Monitor".to_owned(),
            device_name: "Zoë's\r\nX-Evil: 1 居間".to_owned(),
            ..Identity::default()
        };
        let headers = identity.headers();
        assert_eq!(headers["x-plex-product"], "Monitor");
        assert_eq!(headers["x-plex-device-name"].as_bytes(), "Zoë'sX-Evil: 1 居間".as_bytes());
        assert_eq!(headers["x-plex-language"], "en");
        assert!(!headers.contains_key("x-plex-version"));
    }
}
