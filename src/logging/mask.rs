//! Takes secrets out of text that people will see: those that were learned, and those that look like secrets.

use regex::{Captures, Regex};
use std::borrow::Cow;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

/// What is shown in place of a secret.
pub const MASK: &str = "••••";

/// Shorter values (bytes) are no secrets; hiding them would hide half of every text.
const SHORTEST: usize = 4;
const MOST_LEARNED: usize = 10_000;

static LEARNED: LazyLock<Learned> = LazyLock::new(Learned::default);

/// Never shows `secret` from now on: tokens, keys and passwords as soon as they are known.
pub fn learn(secret: &str) {
    LEARNED.learn(secret);
}

/// `text` without secrets: neither learned ones nor what stands where secrets stand.
pub fn mask(text: &str) -> Cow<'_, str> {
    LEARNED.mask(text)
}

/// The values that were learned, in every spelling in which they may be met.
#[derive(Debug, Default)]
struct Learned(RwLock<Arc<Vec<String>>>);

impl Learned {
    fn learn(&self, secret: &str) {
        let secret = secret.trim();
        if secret.len() < SHORTEST {
            return;
        }
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        for spelling in spellings(secret) {
            if known.len() < MOST_LEARNED && !known.contains(&spelling) {
                Arc::make_mut(&mut known).push(spelling);
            }
        }
    }

    fn mask<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let known = Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner));
        let mut masked = cover(text, &known).map_or(Cow::Borrowed(text), Cow::Owned);
        for pattern in PATTERNS.iter() {
            if let Cow::Owned(changed) = pattern.replace_all(&masked, replacement) {
                masked = Cow::Owned(changed);
            }
        }
        // A secret that has the mask's own sign or a quote in it can come to be by masking.
        if known.iter().any(|secret| masked.contains(secret.as_str())) { Cow::Borrowed("") } else { masked }
    }
}

/// A secret as it is, and as JSON, URLs and headers write it.
fn spellings(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).unwrap_or_default();
    let quoted = json.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let mut all = vec![secret.to_owned()];
    for spelling in [quoted.to_owned(), form.replace('+', "%20"), form] {
        if !all.contains(&spelling) && spelling.len() >= SHORTEST {
            all.push(spelling);
        }
    }
    all
}

/// `text` with every occurrence of every one of `secrets` covered, those that overlap as one; none if there is none.
fn cover(text: &str, secrets: &[String]) -> Option<String> {
    let mut found: Vec<(usize, usize)> =
        secrets.iter().flat_map(|secret| occurrences(text, secret)).collect();
    if found.is_empty() {
        return None;
    }
    found.sort_unstable();
    let mut covered = String::with_capacity(text.len());
    let mut done = 0;
    for (start, end) in found {
        if start > done || done == 0 {
            covered.push_str(text.get(done..start).unwrap_or_default());
            covered.push_str(MASK);
        }
        done = done.max(end);
    }
    covered.push_str(text.get(done..).unwrap_or_default());
    Some(covered)
}

/// Where `secret` is in `text`, occurrences that overlap included.
fn occurrences<'a>(text: &'a str, secret: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from + text.get(from..)?.find(secret)?;
        from = text.ceil_char_boundary(start + 1);
        Some((start, start + secret.len()))
    })
}

/// Places where secrets stand. Group 1 is kept, the rest is masked; the engine is linear in the length of the text.
static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    // A key as in a query, a form, a struct's debug output, or JSON (perhaps quoted once more inside a string).
    const KEY: &str = r"(?:[a-z0-9_.-]*(?:token|api_?key|password|passwd|secret|client_?secret))";
    // What introduces the value after such a key, the value being quoted, or quoted once more inside a string.
    let quoted = format!(r#"(?i)(\b{KEY}"?\s*[:=]\s*)(?:Some\()?"(?:[^"\\]|\\.)*""#);
    let twice = format!(r#"(?i)(\b{KEY}\\"\s*[:=]\s*)\\"(?:[^"\\]|\\\\\\?.)*\\""#);
    let bare = format!(r#"(?i)(\b{KEY}=)[^\s&"'<>;,)}}\]\\#]+"#);
    [
        quoted.as_str(),
        &twice,
        &bare,
        r#"(?i)(\b(?:x-plex-token|x-api-key)\s*:\s*)[^\s&,"\\]+"#,
        r#"(?i)(\b(?:proxy-)?authorization\\?"?\s*[:=]\s*\\?"?)[^\r\n"\\]+"#,
        r#"(?i)(\b(?:set-)?cookie\\?"?\s*[:=]\s*\\?"?)[^\r\n"\\]+"#,
        r#"(?i)(\b(?:bearer|basic)\s+)[a-z0-9._~+/=-]{16,}"#,
        r#"(?i)(\b[a-z][a-z0-9+.-]*://[^\s:/@"']*:)[^\s/"']+@"#,
    ]
    .iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

/// The kept part and the mask, with the sign that ended or enclosed the secret where a reader needs it.
fn replacement(found: &Captures<'_>) -> String {
    let all = found.get(0).map_or("", |whole| whole.as_str());
    let kept = found.get(1).map_or("", |part| part.as_str());
    let secret = all.strip_prefix(kept).unwrap_or_default();
    let opening = secret.trim_start_matches("Some(");
    match secret {
        _ if opening.starts_with('"') => format!("{kept}\"{MASK}\""),
        _ if opening.starts_with("\\\"") => format!("{kept}\\\"{MASK}\\\""),
        _ if secret.ends_with('@') => format!("{kept}{MASK}@"),
        _ => format!("{kept}{MASK}"),
    }
}

#[cfg(test)]
mod tests;
