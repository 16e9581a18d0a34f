//! Owns media versions: video, music and photo files with their streams.

mod streams;

use super::builder::Builder;
use crate::world::{Attributes, Media, Part, Stream};
use streams::Sound;

/// A kind of video file. `rate` in kbit/s.
#[derive(Clone, Copy)]
struct Preset {
    name: &'static str,
    width: i64,
    height: i64,
    resolution: &'static str,
    rate: i64,
    codec: &'static str,
    depth: u8,
    range: &'static str,
    container: &'static str,
}

const fn preset(
    name: &'static str,
    (width, height): (i64, i64),
    resolution: &'static str,
    rate: i64,
    codec: &'static str,
    (depth, range): (u8, &'static str),
    container: &'static str,
) -> Preset {
    Preset { name, width, height, resolution, rate, codec, depth, range, container }
}

const PRESETS: [Preset; 14] = [
    preset("sd", (720, 404), "sd", 1400, "mpeg4", (8, "SDR"), "avi"),
    preset("480", (854, 480), "480", 2100, "h264", (8, "SDR"), "mp4"),
    preset("576i", (720, 576), "576", 5100, "mpeg2video", (8, "SDR"), "mpegts"),
    preset("720", (1280, 720), "720", 4200, "h264", (8, "SDR"), "mkv"),
    preset("1080", (1920, 1080), "1080", 9800, "h264", (8, "SDR"), "mkv"),
    preset("1080scope", (1920, 800), "1080", 12400, "h264", (8, "SDR"), "mkv"),
    preset("1080hevc", (1920, 1080), "1080", 5400, "hevc", (10, "SDR"), "mkv"),
    preset("4k-hdr10", (3840, 2160), "4k", 52000, "hevc", (10, "HDR10"), "mkv"),
    preset("4k-hlg", (3840, 2160), "4k", 31000, "hevc", (10, "HLG"), "mkv"),
    preset("4k-dv5", (3840, 2160), "4k", 24000, "hevc", (10, "DV5"), "mp4"),
    preset("4k-dv8", (3840, 1608), "4k", 61000, "hevc", (10, "DV8"), "mkv"),
    preset("4k-dv7", (3840, 2160), "4k", 78000, "hevc", (10, "DV7"), "mkv"),
    preset("4k-sdr", (3840, 2160), "4k", 38000, "hevc", (8, "SDR"), "mkv"),
    preset("1440-av1", (2560, 1440), "2k", 8000, "av1", (10, "SDR"), "mkv"),
];

fn named(name: &str) -> Preset {
    let [sd, ..] = PRESETS;
    PRESETS.into_iter().find(|preset| preset.name == name).unwrap_or(sd)
}

/// One version of a film, an episode or a clip; `path` has no extension.
pub(super) fn video(b: &mut Builder, preset: &str, path: &str, length: i64, stamp: i64) -> Media {
    let preset = named(preset);
    version(b, preset, path, length, stamp)
}

/// A version the server made for phones.
pub(super) fn optimized(b: &mut Builder, path: &str, length: i64, stamp: i64) -> Media {
    let mut media = version(b, Preset { container: "mp4", ..named("720") }, path, length, stamp);
    for (name, value) in
        [("proxyType", "42"), ("target", "Optimized for Mobile"), ("title", "Optimized for Mobile")]
    {
        media.attrs.set(name, value);
    }
    media
}

fn main_sound(b: &mut Builder, preset: Preset) -> Sound {
    let all = |sounds: [(&'static str, u8, u32, &'static str); 3]| sounds;
    let (codec, channels, rate, profile) = match preset.container {
        "mp4" => ("aac", 2, 192, "lc"),
        "avi" => ("mp3", 2, 160, ""),
        "mkv" if preset.resolution == "4k" => {
            b.dice.pick(&all([("truehd", 8, 4200, ""), ("dca", 8, 3900, "ma"), ("eac3", 6, 768, "")]))
        }
        _ => b.dice.pick(&all([("ac3", 6, 448, ""), ("dca", 6, 1536, "dts"), ("eac3", 6, 640, "")])),
    };
    Sound { codec, channels, rate, profile, language: b.dice.pick(b.spoken) }
}

fn all_streams(b: &mut Builder, preset: Preset, main: Sound) -> (Vec<Stream>, &'static str) {
    let (picture, rate_name) = streams::picture(b, preset);
    let mut out = vec![picture, streams::sound(b, 1, main, true, "")];
    let mkv = preset.container == "mkv";
    if mkv && b.dice.chance(0.35) {
        let talk = Sound { codec: "aac", channels: 2, rate: 128, profile: "lc", language: Some("eng") };
        out.push(streams::sound(b, 2, talk, false, "Commentary"));
    }
    if mkv && b.dice.chance(0.6) {
        let codec = b.dice.pick(&["srt", "pgs", "ass"]);
        let (selected, forced, sdh) = (b.dice.chance(0.3), b.dice.chance(0.2), b.dice.chance(0.4));
        let first = streams::Words { codec, language: "eng", selected, forced, ..Default::default() };
        out.push(streams::words(b, Some(out.len()), first));
        let second = streams::Words { codec: "pgs", language: "fra", sdh, ..Default::default() };
        out.push(streams::words(b, Some(out.len()), second));
    }
    if b.dice.chance(0.3) {
        let language = b.dice.pick(&["eng", "spa", "heb"]);
        let beside = streams::Words { codec: "srt", language, external: true, ..Default::default() };
        out.push(streams::words(b, None, beside));
    }
    (out, rate_name)
}

fn ratio(preset: Preset) -> &'static str {
    match preset.width * 100 / preset.height {
        ..150 => "1.33",
        150..181 => "1.78",
        181..210 => "1.85",
        210..230 => "2.20",
        230..238 => "2.35",
        _ => "2.39",
    }
}

fn version(b: &mut Builder, preset: Preset, path: &str, length: i64, stamp: i64) -> Media {
    let main = main_sound(b, preset);
    let (streams, rate_name) = all_streams(b, preset, main);
    let extension = if preset.container == "mpegts" { "ts" } else { preset.container };
    let mut attrs = Attributes::default();
    if !main.profile.is_empty() {
        attrs.set("audioProfile", main.profile);
    }
    if preset.container == "mp4" {
        attrs.set("has64bitOffsets", "0");
        attrs.set("optimizedForStreaming", "1");
    }
    let profile = streams.first().and_then(|stream| stream.get("profile")).unwrap_or_default();
    attrs.set("videoProfile", profile);
    let mut media_attrs = Attributes::from([("aspectRatio", ratio(preset)), ("videoFrameRate", rate_name)]);
    for (name, value) in attrs.iter() {
        media_attrs.set(name, value);
    }
    if b.dice.chance(0.5) {
        attrs.set("indexes", "sd");
    }
    let id = b.new_id();
    let part = Part {
        id,
        key: format!("/library/parts/{id}/{stamp}/file.{extension}"),
        file: format!("{path}.{extension}"),
        size: preset.rate * length / 8,
        container: preset.container.to_owned(),
        duration: Some(length),
        attrs,
        streams,
    };
    Media {
        id: b.new_id(),
        container: preset.container.to_owned(),
        duration: Some(length),
        bitrate: Some(preset.rate),
        width: Some(preset.width),
        height: Some(preset.height),
        video_codec: Some(preset.codec.to_owned()),
        video_resolution: Some(preset.resolution.to_owned()),
        audio_codec: Some(main.codec.to_owned()),
        audio_channels: Some(main.channels.into()),
        attrs: media_attrs,
        parts: vec![part],
    }
}

pub(super) fn audio(b: &mut Builder, path: &str, length: i64, stamp: i64) -> Media {
    let (codec, rate, container, extension) = b.dice.pick(&[
        ("flac", 940, "flac", "flac"),
        ("mp3", 320, "mp3", "mp3"),
        ("aac", 256, "mp4", "m4a"),
        ("alac", 880, "mp4", "m4a"),
        ("opus", 160, "ogg", "opus"),
    ]);
    let mut streams = vec![streams::music(b, codec, rate)];
    if b.dice.chance(0.2) {
        streams.push(streams::lyrics(b));
    }
    let id = b.new_id();
    let mut part = Part {
        id,
        key: format!("/library/parts/{id}/{stamp}/file.{extension}"),
        file: format!("{path}.{extension}"),
        size: i64::from(rate) * length / 8,
        container: container.to_owned(),
        duration: Some(length),
        streams,
        ..Part::default()
    };
    if b.dice.chance(0.3) {
        part.attrs.set("hasThumbnail", "1");
    }
    Media {
        id: b.new_id(),
        container: container.to_owned(),
        duration: Some(length),
        bitrate: Some(rate.into()),
        audio_codec: Some(codec.to_owned()),
        audio_channels: Some(2),
        parts: vec![part],
        ..Media::default()
    }
}

pub(super) fn photo(b: &mut Builder, path: &str, stamp: i64) -> Media {
    let (width, height, ratio) =
        b.dice.pick(&[(4032, 3024, "1.33"), (3024, 4032, "0.75"), (6000, 4000, "1.50")]);
    let container = b.dice.pick(&["jpeg", "jpeg", "png", "heic"]);
    let id = b.new_id();
    let part = Part {
        id,
        key: format!("/library/parts/{id}/{stamp}/file.{container}"),
        file: format!("{path}.{container}"),
        size: b.dice.between(900_000, 9_000_000),
        container: container.to_owned(),
        ..Part::default()
    };
    let attrs = [
        ("aspectRatio", ratio),
        ("aperture", "f/1.8"),
        ("exposure", "1/120"),
        ("iso", "64"),
        ("lens", "26 mm"),
        ("make", "Pomme"),
        ("model", "Phone 9"),
    ];
    Media {
        id: b.new_id(),
        container: container.to_owned(),
        width: Some(width),
        height: Some(height),
        attrs: attrs.into(),
        parts: vec![part],
        ..Media::default()
    }
}
