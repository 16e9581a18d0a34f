//! Owns transcode sessions: as a message entry with JSON types, and as an element.

use serde_json::{Map, Value};

use super::Treatment;
use super::decision::hardware_title;
use super::session::Session;
use crate::clock::{real, whole};
use crate::node::{Node, float};

struct Entry(Map<String, Value>);

impl Entry {
    fn put(&mut self, name: &str, value: impl Into<Value>) {
        self.0.insert(name.to_owned(), value.into());
    }

    fn put_some(&mut self, name: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.put(name, value);
        }
    }
}

fn named(name: &str) -> Option<&str> {
    Some(name).filter(|name| !name.is_empty())
}

impl Session {
    /// The element; `bare` gives the id without its path, as /transcode/sessions does.
    pub(crate) fn transcode_node(&self, now: f64, bare: bool) -> Node {
        let mut node = Node::new("TranscodeSession");
        for (name, value) in self.transcode(now, bare) {
            match value {
                Value::Bool(flag) => node.set(&name, flag),
                Value::Number(number) => match (number.as_i64(), number.as_f64()) {
                    (Some(whole), _) => node.set(&name, whole),
                    (None, Some(real)) => node.set(&name, float(real)),
                    (None, None) => {}
                },
                Value::String(text) => node.set(&name, text),
                _ => {}
            }
        }
        node
    }

    /// Seconds of the item that are converted already, of its length in milliseconds.
    fn ahead(&self, now: f64, length: i64) -> f64 {
        (real(length) / 1000.0).min(real(self.position(now)) / 1000.0 + 60.0)
    }

    pub(super) fn transcode(&self, now: f64, bare: bool) -> Map<String, Value> {
        let mut out = Entry(Map::new());
        let id = &self.transcode_id;
        let key = if bare || id.is_empty() { id.clone() } else { format!("/transcode/sessions/{id}") };
        out.put("key", key);
        self.put_progress(&mut out, now);
        self.put_streams(&mut out);
        self.put_hardware(&mut out);
        out.put("timeStamp", self.started);
        out.put("maxOffsetAvailable", self.ahead(now, self.duration().max(1)));
        out.put("minOffsetAvailable", 0.0);
        out.0
    }

    fn put_progress(&self, out: &mut Entry, now: f64) {
        let length = self.duration().max(1);
        let seconds = real(length) / 1000.0;
        let (ahead, live) = (self.ahead(now, length), self.is_live());
        let percent = (1000.0 * ahead * 1000.0 / real(length)).round_ties_even() / 10.0;
        out.put("throttled", false);
        out.put("complete", !live && ahead >= seconds);
        out.put("progress", if live { Value::from(-1) } else { Value::from(percent) });
        out.put("size", -22);
        out.put("speed", 6.4);
        out.put("error", false);
        out.put("duration", length);
        out.put_some("remaining", (!live).then(|| whole((seconds - ahead) / 6.0)));
        out.put("context", if live { "static" } else { "streaming" });
    }

    fn put_streams(&self, out: &mut Entry) {
        let (d, media, live) = (&self.decision, self.source(), self.is_live());
        let video = media.and_then(|m| m.video_codec.as_deref()).unwrap_or_default();
        let audio = media.and_then(|m| m.audio_codec.as_deref()).unwrap_or_default();
        let (video, audio) = if live { ("mpeg2video", "ac3") } else { (video, audio) };
        out.put("sourceVideoCodec", video);
        out.put("sourceAudioCodec", audio);
        out.put_some("videoDecision", d.video.word());
        out.put_some("audioDecision", d.audio.or_copy().word());
        out.put_some("subtitleDecision", d.subtitle.word());
        out.put("protocol", d.protocol.clone());
        out.put("container", d.container.clone());
        let recoded = d.video == Treatment::Transcode;
        let video_out = match d.video {
            Treatment::Absent => None,
            Treatment::Copy if live => Some("*"),
            Treatment::Transcode => Some(d.video_codec.as_str()),
            _ => Some(video),
        };
        out.put_some("videoCodec", video_out);
        if d.audio == Treatment::Transcode {
            out.put("audioCodec", d.audio_codec.clone());
            out.put("audioChannels", 2);
        } else if live {
            out.put("audioCodec", "*");
            out.put("audioChannels", 6);
        } else {
            out.put_some("audioCodec", media.map_or(Some(""), |m| m.audio_codec.as_deref()));
            out.put_some("audioChannels", media.map_or(Some(2), |m| m.audio_channels));
        }
        out.put_some("width", recoded.then(|| whole((real(d.height()) * 16.0 / 9.0).round_ties_even())));
        out.put_some("height", recoded.then(|| d.height()));
    }

    fn put_hardware(&self, out: &mut Entry) {
        let d = &self.decision;
        let (decode, encode) = (named(&d.hw_decode), named(&d.hw_encode));
        let requested = decode.is_some() || encode.is_some();
        out.put("transcodeHwRequested", requested);
        out.put_some("transcodeHwDecoding", decode);
        out.put_some("transcodeHwDecodingTitle", decode.and_then(hardware_title));
        out.put_some("transcodeHwEncoding", encode);
        out.put_some("transcodeHwEncodingTitle", encode.and_then(hardware_title));
        out.put_some("transcodeHwFullPipeline", requested.then_some(d.hw_full));
    }
}
