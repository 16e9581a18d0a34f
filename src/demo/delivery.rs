//! How the server brings an item to a player: by what the player can and how it is connected.

use super::chance::Chance;
use tautulli_simplex::{Device, Media, Preset, Start, Stream};

/// A way of delivery. Qualities are the simulated server's names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    Direct,
    /// Another container, nothing else.
    Remux,
    /// Another sound.
    Sound,
    Software(&'static str),
    Hardware(&'static str),
    /// Subtitles burnt into the picture.
    Burn(&'static str),
    /// Music made smaller.
    Smaller,
}

impl Delivery {
    /// A playback that is delivered so.
    pub fn start(self, start: Start) -> Start {
        let (preset, quality) = match self {
            Self::Direct => (Preset::DirectPlay, None),
            Self::Remux => (Preset::DirectStream, None),
            Self::Sound => (Preset::Audio, None),
            Self::Software(quality) => (Preset::Transcode, Some(quality)),
            Self::Hardware(quality) => (Preset::Hw, Some(quality)),
            Self::Burn(quality) => (Preset::Burn, Some(quality)),
            Self::Smaller => (Preset::Music, None),
        };
        Start { quality: quality.map(str::to_owned), ..start.decision(preset) }
    }
}

/// Where a player is used from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub address: String,
    pub public_address: String,
    /// lan, wan or cellular.
    pub location: &'static str,
}

/// What the address of the house is from outside.
const HOUSE: &str = "203.0.113.24";

impl Place {
    /// A player's place on a day: phones of the family are at home in the evening; addresses from outside change now and then.
    pub fn of(device: &Device, family: bool, evening: bool, week: i64) -> Self {
        let host: i64 = device.public_address.rsplit('.').next().and_then(|n| n.parse().ok()).unwrap_or(1);
        match device.location.as_str() {
            "lan" => Self {
                address: device.address.clone(),
                public_address: device.public_address.clone(),
                location: "lan",
            },
            "cellular" if family && evening => Self {
                address: format!("192.168.20.{}", 100 + host % 100),
                public_address: HOUSE.to_owned(),
                location: "lan",
            },
            "cellular" => Self::outside(format!("198.51.100.{}", 100 + (host + week * 7) % 150), "cellular"),
            _ => {
                let net = if device.public_address.starts_with("203") { "203.0.113" } else { "198.51.100" };
                Self::outside(format!("{net}.{}", 1 + (host + week / 17 * 11) % 250), "wan")
            }
        }
    }

    fn outside(address: String, location: &'static str) -> Self {
        Self { public_address: address.clone(), address, location }
    }
}

/// How a file comes to a player at a place.
pub fn choose(media: &Media, device: &Device, place: &Place, chance: &mut Chance) -> Delivery {
    if media.width.is_none() {
        let far = place.location == "cellular" && media.bitrate.unwrap_or(0) > 400;
        return if far { Delivery::Smaller } else { Delivery::Direct };
    }
    let rate = media.bitrate.unwrap_or(0);
    let fits = Fit::of(media, device);
    match place.location {
        "cellular" => Delivery::Hardware(if chance.happens(0.7) { "3mbps-720" } else { "2mbps-720" }),
        _ if fits == Fit::Nothing => Delivery::Software("4mbps-720"),
        "wan" if fits == Fit::NotBright => Delivery::Hardware("20mbps-1080"),
        "wan" if rate > 20_000 && chance.happens(0.55) => Delivery::Hardware("12mbps-1080"),
        "wan" if rate > 8000 && chance.happens(0.4) => Delivery::Hardware("8mbps-1080"),
        _ if fits == Fit::NotBright => Delivery::Hardware("20mbps-1080"),
        _ if fits == Fit::NoSound => Delivery::Sound,
        _ if chance.happens(0.03) => Delivery::Burn("8mbps-1080"),
        _ if fits == Fit::NoContainer => Delivery::Remux,
        _ => Delivery::Direct,
    }
}

/// What of a file a player can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fit {
    All,
    NoContainer,
    NoSound,
    /// High dynamic range must be mapped down.
    NotBright,
    Nothing,
}

impl Fit {
    fn of(media: &Media, device: &Device) -> Self {
        let codec = media.video_codec.as_deref().unwrap_or_default();
        let sound = media.audio_codec.as_deref().unwrap_or_default();
        let bright = media.parts.iter().flat_map(|part| &part.streams).any(Stream::is_hdr);
        let is = |names: &[&str]| names.iter().any(|name| device.product.contains(name));
        // The television of 2016 and the cheap sticks know little.
        let old = device.platform_version == "2.4";
        let browser = is(&["Plex Web"]);
        if old && (codec != "h264" || media.height.unwrap_or(0) > 720)
            || browser && !matches!(codec, "h264") && !bright
        {
            return Self::Nothing;
        }
        if bright && (browser || is(&["Roku", "HTPC"]) || device.device_class == "tablet") {
            return Self::NotBright;
        }
        if matches!(sound, "dca" | "truehd") && (browser || old || is(&["Roku", "Apple TV", "iOS"])) {
            return Self::NoSound;
        }
        if media.container == "mkv" && browser || matches!(media.container.as_str(), "avi" | "mpegts") {
            return Self::NoContainer;
        }
        Self::All
    }
}
