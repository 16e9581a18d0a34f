//! Text from the environment, a file or a client as a setting's value.

use super::{Kind, Setting};
use serde_json::{Value, json};

/// Longer values are nobody's setting.
const MAX_TEXT: usize = 20_000;

/// The value that `text` means for `setting`, or what was expected instead.
pub(super) fn value(setting: &Setting, text: &str) -> Result<Value, String> {
    if text.len() > MAX_TEXT || text.contains('\0') {
        return Err(format!("must be text of at most {MAX_TEXT} bytes"));
    }
    match setting.kind {
        Kind::Int => {
            text.trim().parse::<i64>().map(|n| json!(n)).map_err(|_| "must be a whole number".to_owned())
        }
        Kind::Flag => {
            flag(text.trim()).map(|on| json!(i64::from(on))).ok_or_else(|| "must be 0 or 1".to_owned())
        }
        Kind::Text => Ok(json!(text)),
        Kind::List => Ok(json!(list(text))),
        Kind::Json => serde_json::from_str(text).map_err(|_| "must be a JSON object".to_owned()),
    }
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Some(true),
        "0" | "" | "false" | "no" | "off" | "none" => Some(false),
        _ => None,
    }
}

fn list(text: &str) -> Vec<String> {
    let inner = text.trim().trim_start_matches('[').trim_end_matches(']');
    let parts = inner.split(',').map(|part| part.trim().trim_matches(['"', '\'']).to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{SETTINGS, find};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_registry_is_sorted_and_finds_every_key() {
        assert!(SETTINGS.is_sorted_by(|a, b| a.key < b.key));
        assert!(SETTINGS.iter().all(|s| find(s.key).is_some_and(|found| found.key == s.key)));
    }

    #[test]
    fn words_and_numbers_are_flags() {
        let verify = find("verify_ssl_cert").unwrap();
        assert_eq!(value(verify, "no"), Ok(json!(0)));
        assert_eq!(value(verify, "1"), Ok(json!(1)));
        assert!(value(verify, "perhaps").is_err());
        let interval = find("logging_ignore_interval").unwrap();
        assert_eq!(value(interval, " 3 "), Ok(json!(3)));
        assert_eq!(value(interval, "three"), Err("must be a whole number".to_owned()));
        assert_eq!(value(find("home_sections").unwrap(), "a, 'b'"), Ok(json!(["a", "b"])));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(at in 0..SETTINGS.len(), text in ".{0,60}") {
            let setting = &SETTINGS[at];
            if let Ok(read) = value(setting, &text) {
                let fits = match setting.kind {
                    Kind::Int | Kind::Flag => read.is_i64(),
                    Kind::Text => read.is_string(),
                    Kind::List => read.is_array(),
                    Kind::Json => true,
                };
                prop_assert!(fits);
            }
        }
    }
}
