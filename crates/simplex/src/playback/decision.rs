//! Owns how a stream is delivered: presets, qualities, hardware names.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// What happens to one kind of stream on its way out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Treatment {
    #[serde(rename = "")]
    Absent,
    #[serde(rename = "directplay")]
    DirectPlay,
    #[serde(rename = "copy")]
    Copy,
    #[serde(rename = "transcode")]
    Transcode,
    #[serde(rename = "burn")]
    Burn,
}

impl Treatment {
    /// The word on the wire; none when there is no such stream.
    #[must_use]
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Absent => None,
            Self::DirectPlay => Some("directplay"),
            Self::Copy => Some("copy"),
            Self::Transcode => Some("transcode"),
            Self::Burn => Some("burn"),
        }
    }

    /// The same, where direct play can only mean copying.
    #[must_use]
    pub fn or_copy(self) -> Self {
        if self == Self::DirectPlay { Self::Copy } else { self }
    }
}

/// Named ways of delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Preset {
    #[default]
    DirectPlay,
    DirectStream,
    Audio,
    Video,
    Transcode,
    Hw,
    #[serde(rename = "hw-partial")]
    HwPartial,
    Burn,
    Subtitle,
    Hls,
    Music,
}

/// How a stream is delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    pub video: Treatment,
    pub audio: Treatment,
    pub subtitle: Treatment,
    pub quality: String,
    pub protocol: String,
    pub container: String,
    pub video_codec: String,
    pub audio_codec: String,
    pub hw_decode: String,
    pub hw_encode: String,
    pub hw_full: bool,
}

/// Name, kbit/s, lines: what a client may ask for.
const QUALITIES: [(&str, i64, i64); 11] = [
    ("20mbps-1080", 20000, 1080),
    ("12mbps-1080", 12000, 1080),
    ("8mbps-1080", 8000, 1080),
    ("4mbps-720", 4000, 720),
    ("3mbps-720", 3000, 720),
    ("2mbps-720", 2000, 720),
    ("1.5mbps-480", 1500, 480),
    ("720kbps-328", 720, 328),
    ("320kbps-240", 320, 240),
    ("96kbps-audio", 96, 0),
    ("192kbps-audio", 192, 0),
];

impl Decision {
    fn plain(video: Treatment, audio: Treatment) -> Self {
        Self {
            video,
            audio,
            subtitle: Treatment::Absent,
            quality: "4mbps-720".to_owned(),
            protocol: "dash".to_owned(),
            container: "mp4".to_owned(),
            video_codec: "h264".to_owned(),
            audio_codec: "aac".to_owned(),
            hw_decode: String::new(),
            hw_encode: String::new(),
            hw_full: false,
        }
    }

    /// A preset with some of its fields changed.
    ///
    /// # Errors
    /// A text that says which field or value is not known.
    pub fn of(preset: Preset, fields: Map<String, Value>) -> Result<Self, String> {
        let base = Self::preset(preset);
        if fields.is_empty() {
            return Ok(base);
        }
        let changed: Self = crate::record::overlay(&base, fields)?;
        if changed.rate().is_none() {
            return Err(format!("unknown quality {}", changed.quality));
        }
        Ok(changed)
    }

    fn preset(preset: Preset) -> Self {
        use Treatment::{Absent, Burn, Copy, DirectPlay, Transcode};
        let hardware = |base: Self, decode: &str, encode: &str, full| Self {
            hw_decode: decode.to_owned(),
            hw_encode: encode.to_owned(),
            hw_full: full,
            ..base
        };
        match preset {
            Preset::DirectPlay => Self::plain(DirectPlay, DirectPlay),
            Preset::DirectStream => Self::plain(Copy, Copy),
            Preset::Audio => Self::plain(Copy, Transcode),
            Preset::Video => Self::plain(Transcode, Copy),
            Preset::Transcode => Self::plain(Transcode, Transcode),
            Preset::Hw => hardware(Self::plain(Transcode, Transcode), "nvdec", "nvenc", true),
            Preset::HwPartial => hardware(Self::plain(Transcode, Copy), "", "qsv", false),
            Preset::Burn => Self { subtitle: Burn, ..Self::plain(Transcode, Copy) },
            Preset::Subtitle => Self { subtitle: Transcode, ..Self::plain(Copy, Copy) },
            Preset::Hls => Self {
                protocol: "hls".to_owned(),
                container: "mpegts".to_owned(),
                ..Self::plain(Transcode, Transcode)
            },
            Preset::Music => Self {
                quality: "192kbps-audio".to_owned(),
                protocol: "http".to_owned(),
                container: "mp3".to_owned(),
                audio_codec: "mp3".to_owned(),
                ..Self::plain(Absent, Transcode)
            },
        }
    }

    /// Whether nothing is converted, so that there is no transcode session.
    #[must_use]
    pub fn is_direct(&self) -> bool {
        self.video == Treatment::DirectPlay
            && self.audio == Treatment::DirectPlay
            && matches!(self.subtitle, Treatment::Absent | Treatment::DirectPlay)
    }

    fn rate(&self) -> Option<(i64, i64)> {
        QUALITIES.iter().find(|(name, ..)| *name == self.quality).map(|(_, kbps, height)| (*kbps, *height))
    }

    /// The kbit/s asked for.
    #[must_use]
    pub fn kbps(&self) -> i64 {
        self.rate().map_or(4000, |(kbps, _)| kbps)
    }

    /// The lines asked for.
    #[must_use]
    pub fn height(&self) -> i64 {
        self.rate().map_or(720, |(_, height)| height)
    }
}

/// The title the server gives a hardware name.
pub(super) fn hardware_title(name: &str) -> Option<&'static str> {
    Some(match name {
        "nvdec" => "NVIDIA (NVDEC)",
        "nvenc" => "NVIDIA (NVENC)",
        "vaapi" => "Intel (VA API)",
        "qsv" => "Intel (QuickSync)",
        "dxva2" => "Windows (DXVA2)",
        "mf" => "Windows (Media Foundation)",
        "videotoolbox" => "Apple (VideoToolbox)",
        _ => return None,
    })
}
