//! The playing device.

use crate::graph::{Record, lower};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Player {
    address: Option<String>,
    bandwidth: Option<i64>,
    device: Option<String>,
    local: bool,
    location: String,
    machine_id: Option<String>,
    platform: Option<String>,
    platform_version: Option<String>,
    product: Option<String>,
    profile: Option<String>,
    public_address: Option<String>,
    relayed: bool,
    secure: Option<bool>,
    title: Option<String>,
    version: Option<String>,
}

pub(super) fn put(record: &mut Record, player: Player, state: &str) {
    let Player {
        address,
        bandwidth,
        device,
        local,
        location,
        machine_id,
        platform,
        platform_version,
        product,
        profile,
        public_address,
        relayed,
        secure,
        title,
        version,
    } = player;
    let platform = platform.as_deref().map(known_as).unwrap_or_default();
    record.text("ip_address", address);
    record.text("ip_address_public", public_address);
    record.text("device", device);
    record.put("platform", platform);
    record.put("platform_name", icon(platform));
    record.text("platform_version", platform_version);
    record.text("product", product);
    record.text("product_version", version);
    record.text("profile", profile);
    record.text("player", title);
    record.text("machine_id", machine_id);
    record.put("state", lower(state));
    record.flag("local", local);
    record.flag("relayed", relayed);
    record.flag("secure", secure.unwrap_or(false));
    record.digits("bandwidth", bandwidth);
    record.put("location", lower(&location));
}

/// Platforms that Plex calls by names nobody knows.
pub(crate) fn known_as(platform: &str) -> &str {
    match platform {
        "Konvergo" => "Plex Media Player",
        "Mystery 3" => "Playstation 3",
        "Mystery 4" | "WebMAF" => "Playstation 4",
        "Mystery 5" => "Xbox 360",
        "windows" => "Windows",
        "osx" | "macos" => "macOS",
        known => known,
    }
}

/// The icons that have a name of their own; parts of platforms' names in lower case.
const ICONS: [(&str, &str); 31] = [
    ("android", "android"),
    ("apple tv", "atv"),
    ("chromecast", "chromecast"),
    ("chrome", "chrome"),
    ("dlna", "dlna"),
    ("edge", "msedge"),
    ("firefox", "firefox"),
    ("internet explorer", "ie"),
    ("ios", "ios"),
    ("ipad", "ios"),
    ("iphone", "ios"),
    ("kodi", "kodi"),
    ("linux", "linux"),
    ("macos", "macos"),
    ("nintendo", "wiiu"),
    ("opera", "opera"),
    ("playstation", "playstation"),
    ("plexamp", "plexamp"),
    ("plex", "plex"),
    ("plextogether", "synclounge"),
    ("roku", "roku"),
    ("safari", "safari"),
    ("samsung", "samsung"),
    ("synclounge", "synclounge"),
    ("tivo", "tivo"),
    ("tizen", "samsung"),
    ("tvos", "atv"),
    ("webos", "lg"),
    ("wiiu", "wiiu"),
    ("windows", "windows"),
    ("xbox", "xbox"),
];

/// The name that clients choose an icon by.
pub(crate) fn icon(platform: &str) -> &'static str {
    let platform = platform.to_lowercase();
    let exact = ICONS.iter().find(|(part, _)| platform == *part);
    let found = exact.or_else(|| ICONS.iter().find(|(part, _)| platform.contains(part)));
    found.map_or("default", |(_, icon)| icon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn icons_as_recorded() {
        let recorded = [
            ("Android", "android"),
            ("Chrome", "chrome"),
            ("DLNA", "dlna"),
            ("Linux", "linux"),
            ("Roku", "roku"),
            ("Tizen", "samsung"),
            ("iOS", "ios"),
            ("tvOS", "atv"),
            ("webOS", "lg"),
            ("", "default"),
            ("Toaster", "default"),
        ];
        for (platform, name) in recorded {
            assert_eq!(icon(platform), name, "{platform}");
        }
        assert_eq!(icon(known_as("Mystery 4")), "playstation");
        assert_eq!(icon(known_as("osx")), "macos");
    }
}
