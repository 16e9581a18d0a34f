//! Owns the streams of made-up files, with the attributes a real server writes.

use super::super::builder::Builder;
use super::Preset;
use crate::world::{Attributes, Stream};

/// Code, name and tag of the languages.
const LANGUAGES: [(&str, &str, &str); 6] = [
    ("eng", "English", "en"),
    ("fra", "Français", "fr"),
    ("jpn", "日本語", "ja"),
    ("spa", "Español", "es"),
    ("heb", "עברית", "he"),
    ("deu", "Deutsch", "de"),
];

fn language(code: &str) -> (&'static str, &'static str) {
    LANGUAGES.iter().find(|(known, ..)| *known == code).map_or(("Unknown", ""), |(_, name, tag)| (name, tag))
}

/// A sound track. `rate` in kbit/s.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sound {
    pub codec: &'static str,
    pub channels: u8,
    pub rate: u32,
    pub profile: &'static str,
    pub language: Option<&'static str>,
}

/// A subtitle.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Words {
    pub codec: &'static str,
    pub language: &'static str,
    pub selected: bool,
    pub forced: bool,
    pub sdh: bool,
    pub external: bool,
}

fn put(attrs: &mut Attributes, pairs: &[(&str, &str)]) {
    for (name, value) in pairs {
        attrs.set(*name, *value);
    }
}

fn dolby(attrs: &mut Attributes, compat: &str, layer: &str, profile: &str) {
    put(
        attrs,
        &[("DOVIBLCompatID", compat), ("DOVIBLPresent", "1"), ("DOVIELPresent", layer), ("DOVILevel", "6")],
    );
    put(
        attrs,
        &[("DOVIPresent", "1"), ("DOVIProfile", profile), ("DOVIRPUPresent", "1"), ("DOVIVersion", "1.0")],
    );
}

/// The colour attributes of a dynamic range, and what it is called in titles.
fn colour(attrs: &mut Attributes, range: &str) -> &'static str {
    let wide = [("colorPrimaries", "bt2020"), ("colorRange", "tv"), ("colorSpace", "bt2020nc")];
    match range {
        "HDR10" | "HLG" => put(attrs, &wide),
        "DV5" => {
            dolby(attrs, "0", "0", "5");
            attrs.set("colorRange", "pc");
        }
        "DV8" | "DV7" => {
            let (compat, layer, profile) = if range == "DV8" { ("1", "0", "8") } else { ("6", "1", "7") };
            dolby(attrs, compat, layer, profile);
            put(attrs, &wide);
        }
        _ => {
            put(attrs, &[("colorPrimaries", "bt709"), ("colorRange", "tv"), ("colorSpace", "bt709")]);
        }
    }
    match range {
        "HDR10" | "DV8" | "DV7" => attrs.set("colorTrc", "smpte2084"),
        "HLG" => attrs.set("colorTrc", "arib-std-b67"),
        "DV5" => {}
        _ => attrs.set("colorTrc", "bt709"),
    }
    match range {
        "HDR10" => " HDR10",
        "HLG" => " HLG",
        "DV5" => " DoVi",
        "DV8" | "DV7" => " DoVi/HDR10",
        _ => "",
    }
}

/// Label, level and profile of a video codec.
fn video_codec(preset: Preset) -> (&'static str, &'static str, &'static str) {
    match (preset.codec, preset.depth) {
        ("h264", _) => ("H.264", "41", "high"),
        ("hevc", 8) => ("HEVC Main", "150", "main"),
        ("hevc", _) => ("HEVC Main 10", "150", "main 10"),
        ("mpeg4", _) => ("MPEG4", "5", "advanced simple"),
        ("av1", _) => ("AV1", "8", "main"),
        _ => ("MPEG2VIDEO", "8", "main"),
    }
}

/// The video stream, and the frame rate as the media says it.
pub(super) fn picture(b: &mut Builder, preset: Preset) -> (Stream, &'static str) {
    let rates =
        [("23.976", "24p"), ("24.000", "24p"), ("25.000", "PAL"), ("29.970", "NTSC"), ("59.940", "60p")];
    let cinema = if preset.range == "SDR" { rates.len() } else { 2 };
    let (rate, rate_name) = b.dice.pick(&rates.into_iter().take(cinema).collect::<Vec<_>>());
    let interlaced = preset.name.ends_with('i');
    let lines = match preset.resolution {
        "4k" => "4K".to_owned(),
        "2k" => "2K".to_owned(),
        "sd" => "SD".to_owned(),
        lines => format!("{lines}{}", if interlaced { 'i' } else { 'p' }),
    };
    let (label, level, profile) = video_codec(preset);
    let mut attrs = Attributes::from([("default", "1"), ("index", "0")]);
    attrs.set("bitrate", (preset.rate * 9 / 10).to_string());
    put(&mut attrs, &[("language", "English"), ("languageTag", "en"), ("languageCode", "eng")]);
    attrs.set("bitDepth", preset.depth.to_string());
    put(&mut attrs, &[("chromaLocation", "left"), ("chromaSubsampling", "4:2:0")]);
    attrs.set("codedHeight", ((preset.height + 15) / 16 * 16).to_string());
    attrs.set("codedWidth", preset.width.to_string());
    let range = colour(&mut attrs, preset.range);
    put(&mut attrs, &[("frameRate", rate), ("hasScalingMatrix", "0")]);
    attrs.set("height", preset.height.to_string());
    put(&mut attrs, &[("level", level), ("profile", profile), ("refFrames", b.dice.pick(&["1", "4", "5"]))]);
    attrs.set("scanType", if interlaced { "interlaced" } else { "progressive" });
    attrs.set("width", preset.width.to_string());
    let title = format!("{lines}{range} ({label})");
    put(&mut attrs, &[("displayTitle", &title), ("extendedDisplayTitle", &title)]);
    if preset.codec == "mpeg4" {
        attrs.remove("bitDepth");
        attrs.remove("chromaLocation");
        attrs.set("codecID", "XVID");
    }
    let codec = preset.codec.to_owned();
    (Stream { id: b.new_id(), kind: Stream::VIDEO, codec, attrs }, rate_name)
}

fn sound_attrs(index: usize, sound: Sound, selected: bool, title: &str) -> Attributes {
    let (name, tag) = language(sound.language.unwrap_or_default());
    let label = match (sound.codec, sound.profile) {
        ("dca", "ma") => "DTS-HD MA".to_owned(),
        ("dca", _) => "DTS".to_owned(),
        (codec, _) => codec.to_uppercase(),
    };
    let (speakers, layout) = match sound.channels {
        1 => ("Mono", "mono"),
        2 => ("Stereo", "stereo"),
        6 => ("5.1", "5.1(side)"),
        _ => ("7.1", "7.1"),
    };
    let display = format!("{name} ({label} {speakers})");
    let mut attrs = Attributes::default();
    if selected {
        attrs.set("selected", "1");
    }
    if index == 1 {
        attrs.set("default", "1");
    }
    attrs.set("index", index.to_string());
    attrs.set("channels", sound.channels.to_string());
    attrs.set("bitrate", sound.rate.to_string());
    if let Some(code) = sound.language {
        put(&mut attrs, &[("language", name), ("languageTag", tag), ("languageCode", code)]);
    }
    attrs.set("audioChannelLayout", layout);
    if matches!(sound.codec, "aac" | "mp3") {
        attrs.set("bitrateMode", "cbr");
    }
    if !sound.profile.is_empty() {
        attrs.set("profile", sound.profile);
    }
    attrs.set("samplingRate", "48000");
    if !title.is_empty() {
        attrs.set("title", title);
    }
    let extended = if title.is_empty() { display.clone() } else { format!("{title} ({display})") };
    put(&mut attrs, &[("displayTitle", &display), ("extendedDisplayTitle", &extended)]);
    attrs
}

pub(super) fn sound(b: &mut Builder, index: usize, sound: Sound, selected: bool, title: &str) -> Stream {
    let attrs = sound_attrs(index, sound, selected, title);
    Stream { id: b.new_id(), kind: Stream::AUDIO, codec: sound.codec.to_owned(), attrs }
}

/// The sound of a music file.
pub(super) fn music(b: &mut Builder, codec: &'static str, rate: u32) -> Stream {
    let sound = Sound { codec, channels: 2, rate, profile: "", language: None };
    let mut attrs = sound_attrs(0, sound, true, "");
    put(
        &mut attrs,
        &[("albumGain", "-8.31"), ("albumPeak", "1.000000"), ("albumRange", "6.12"), ("gain", "-8.31")],
    );
    put(
        &mut attrs,
        &[("loudness", "-10.05"), ("lra", "5.51"), ("peak", "0.998100"), ("samplingRate", "44100")],
    );
    if matches!(codec, "flac" | "alac") {
        attrs.set("bitDepth", b.dice.pick(&["16", "24"]));
    }
    Stream { id: b.new_id(), kind: Stream::AUDIO, codec: codec.to_owned(), attrs }
}

pub(super) fn lyrics(b: &mut Builder) -> Stream {
    let id = b.new_id();
    let mut attrs = Attributes::default();
    attrs.set("key", format!("/library/streams/{id}"));
    put(&mut attrs, &[("displayTitle", "LRC (External)"), ("extendedDisplayTitle", "LRC (External)")]);
    put(&mut attrs, &[("format", "lrc"), ("provider", "com.plexapp.agents.lyricfind"), ("timed", "1")]);
    Stream { id, kind: Stream::LYRICS, codec: "lrc".to_owned(), attrs }
}

pub(super) fn words(b: &mut Builder, index: Option<usize>, words: Words) -> Stream {
    let (name, tag) = language(words.language);
    let manner = if words.forced {
        " Forced"
    } else if words.sdh {
        " SDH"
    } else {
        ""
    };
    let place = if words.external { " External" } else { "" };
    let display = format!("{name}{manner} ({}{place})", words.codec.to_uppercase());
    let id = b.new_id();
    let mut attrs = Attributes::default();
    if words.selected {
        attrs.set("selected", "1");
    }
    if words.external {
        attrs.set("key", format!("/library/streams/{id}"));
        attrs.set("format", words.codec);
    }
    if let Some(index) = index {
        attrs.set("index", index.to_string());
    }
    put(&mut attrs, &[("language", name), ("languageTag", tag), ("languageCode", words.language)]);
    if words.forced {
        attrs.set("forced", "1");
    }
    if words.sdh {
        put(&mut attrs, &[("hearingImpaired", "1"), ("title", "SDH")]);
    }
    put(&mut attrs, &[("displayTitle", &display), ("extendedDisplayTitle", &display)]);
    Stream { id, kind: Stream::SUBTITLE, codec: words.codec.to_owned(), attrs }
}
