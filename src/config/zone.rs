//! Which time zone days and hours are counted in. Reads two small system files at most.

use chrono_tz::Tz;
use std::fs;
use std::path::Path;

pub(super) const EXPECTED: &str = "the name of a time zone, such as Europe/Berlin or UTC";

/// Reads the variable `TZ`. The inner none: it names the system's own zone.
pub(super) fn from_tz(text: &str) -> Option<Option<Tz>> {
    let text = text.strip_prefix(':').unwrap_or(text);
    if text.is_empty() || text == "/etc/localtime" {
        return Some(None);
    }
    parse(text).map(Some)
}

/// The zone that the system is set to, if it says so in a way that names one.
pub(super) fn of_system(etc: &Path) -> Option<Tz> {
    let linked = fs::read_link(etc.join("localtime")).ok().and_then(|target| parse(target.to_str()?));
    linked.or_else(|| parse(fs::read_to_string(etc.join("timezone")).ok()?.lines().next()?))
}

/// A zone by its name, or by the path of its file.
fn parse(text: &str) -> Option<Tz> {
    let name = text.split_once("zoneinfo/").map_or(text, |(_, name)| name);
    let name = name.strip_prefix("posix/").or_else(|| name.strip_prefix("right/")).unwrap_or(name);
    name.trim().parse().ok()
}
