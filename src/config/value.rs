//! How each kind of bootstrap value is written. Pure.

use secrecy::SecretString;
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;

pub(super) const PATH: &str = "a path";
pub(super) const PORT: &str = "a number from 0 to 65535";
pub(super) const HOST: &str = "an IP address to listen on, such as 0.0.0.0, 127.0.0.1 or ::";
pub(super) const PREFIX: &str = "a path such as /tautulli, of letters, digits and - . _ ~";
pub(super) const LEVEL: &str = "error, warn, info, debug or trace";
pub(super) const FORMAT: &str = "text or json";
pub(super) const SWITCH: &str = "true or false";
pub(super) const DATABASE_URL: &str = "a URL such as postgresql://user:password@host/database";

const LONGEST_PREFIX: usize = 200;

/// How much is logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    Error,
    Warn,
    Info,
    Debug,
    Trace,
}

/// What a line of the log looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    Text,
    Json,
}

pub(super) fn path(text: &str) -> Option<PathBuf> {
    (!text.is_empty() && !text.contains('\0')).then(|| PathBuf::from(text))
}

pub(super) fn host(text: &str) -> Option<IpAddr> {
    if text.eq_ignore_ascii_case("localhost") {
        return Some(IpAddr::V4(Ipv4Addr::LOCALHOST));
    }
    let bare = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    bare.parse().ok()
}

/// A prefix of paths in its one form: empty, or a slash before every segment and none at the end.
pub(super) fn prefix(text: &str) -> Option<String> {
    let bare = text.trim_matches('/');
    if bare.is_empty() {
        return Some(String::new());
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
    let sound = |segment: &str| {
        !segment.is_empty() && segment.chars().all(plain) && segment != "." && segment != ".."
    };
    (bare.len() <= LONGEST_PREFIX && bare.split('/').all(sound)).then(|| format!("/{bare}"))
}

pub(super) fn level(text: &str) -> Option<LogLevel> {
    match text.to_ascii_lowercase().as_str() {
        "error" => Some(LogLevel::Error),
        "warn" | "warning" => Some(LogLevel::Warn),
        "info" => Some(LogLevel::Info),
        "debug" => Some(LogLevel::Debug),
        "trace" => Some(LogLevel::Trace),
        _ => None,
    }
}

pub(super) fn format(text: &str) -> Option<LogFormat> {
    match text.to_ascii_lowercase().as_str() {
        "text" => Some(LogFormat::Text),
        "json" => Some(LogFormat::Json),
        _ => None,
    }
}

pub(super) fn switch(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Some(true),
        "0" | "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

pub(super) fn database_url(text: &str) -> Option<SecretString> {
    let rest = text.strip_prefix("postgresql://").or_else(|| text.strip_prefix("postgres://"))?;
    let sound = !rest.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
    sound.then(|| SecretString::from(text))
}
