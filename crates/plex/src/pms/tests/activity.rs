//! Six recorded sessions against what legacy clients were told of them: every fact must be there to be reshaped.

use super::{row, sessions};
use crate::testing::{Stub, fixture};
use serde_json::{Map, Value, json};
use tautulli_domain::media::{AudioTrack, Decision, DolbyVision, MediaVersion, SubtitleTrack, VideoTrack};
use tautulli_domain::session::Observation;
use tautulli_domain::{Player, Transcode};

const PROGRAMME: &str =
    "/tv.plex.providers.epg.cloud%3A2/metadata/plex%3A%2F%2Fepisode%2F66c8f72af3b85d7b223003c6";

async fn stub() -> Stub {
    Stub::of_files(&[
        ("/library/metadata/118", "world/item_118.xml"),
        ("/library/metadata/1468", "world/item_1468.xml"),
        ("/library/metadata/836", "world/item_836.xml"),
        ("/library/metadata/833,827", "world/items_833_827.xml"),
        ("/library/metadata/584", "world/item_584.xml"),
        ("/library/metadata/580,562", "world/items_580_562.xml"),
        ("/library/metadata/1179", "world/item_1179.xml"),
        ("/library/metadata/1152,1144", "world/items_1152_1144.xml"),
        ("/livetv/dvrs", "world/dvrs.xml"),
        (PROGRAMME, "world/programme.xml"),
    ])
    .await
}

fn int(n: Option<i64>) -> Value {
    json!(n.map(|n| n.to_string()).unwrap_or_default())
}

fn word(d: Option<Decision>) -> &'static str {
    d.map_or("", Decision::word)
}

fn put(to: &mut Map<String, Value>, prefix: &str, facts: Value) {
    let Value::Object(facts) = facts else { panic!("an object") };
    to.extend(facts.into_iter().map(|(key, value)| (format!("{prefix}{key}"), value)));
}

fn put_video(to: &mut Map<String, Value>, prefix: &str, v: &VideoTrack) {
    let none = DolbyVision::default();
    let dv = v.dolby_vision.as_ref().unwrap_or(&none);
    put(
        to,
        prefix,
        json!({
            "codec_level": v.codec_level, "bitrate": int(v.bitrate), "bit_depth": int(v.bit_depth),
            "chroma_subsampling": v.chroma_subsampling, "color_primaries": v.color_primaries, "color_range": v.color_range,
            "color_space": v.color_space, "color_trc": v.color_trc, "dynamic_range": v.dynamic_range,
            "dovi_present": v.dolby_vision.is_some(), "dovi_bl_present": dv.base_layer, "dovi_el_present": dv.enhancement_layer,
            "dovi_rpu_present": dv.reference_unit, "dovi_level": dv.level.unwrap_or(0), "dovi_profile": dv.profile.unwrap_or(0),
            "ref_frames": int(v.ref_frames), "height": int(v.height), "width": int(v.width), "language": v.language,
            "language_code": v.language_code, "scan_type": v.scan_type,
        }),
    );
}

fn put_audio(to: &mut Map<String, Value>, prefix: &str, a: &AudioTrack) {
    put(
        to,
        prefix,
        json!({
            "bitrate": int(a.bitrate), "bitrate_mode": a.bitrate_mode, "sample_rate": int(a.sample_rate),
            "language": a.language, "language_code": a.language_code,
        }),
    );
}

fn put_subtitle(to: &mut Map<String, Value>, prefix: &str, s: &SubtitleTrack) {
    put(
        to,
        prefix,
        json!({
            "codec": s.codec, "container": s.container, "format": s.format, "forced": s.forced, "location": s.location,
            "language": s.language, "language_code": s.language_code,
        }),
    );
}

fn put_item(to: &mut Map<String, Value>, seen: &Observation) {
    let i = &seen.item;
    let air = i.airing.clone().unwrap_or_default();
    put(
        to,
        "",
        json!({
            "session_key": seen.session_key, "media_type": i.kind.name(), "section_id": int(i.section_id),
            "library_name": i.library_name, "rating_key": i.rating_key, "parent_rating_key": i.parent_rating_key,
            "grandparent_rating_key": i.grandparent_rating_key, "title": i.title, "parent_title": i.parent_title,
            "grandparent_title": i.grandparent_title, "original_title": i.original_title, "sort_title": i.sort_title,
            "edition_title": i.edition_title, "slug": i.slug, "parent_slug": i.parent_slug,
            "grandparent_slug": i.grandparent_slug, "media_index": int(i.index), "parent_media_index": int(i.parent_index),
            "studio": i.studio, "content_rating": i.content_rating, "tagline": i.tagline, "rating": i.rating,
            "rating_image": i.rating_image, "audience_rating": i.audience_rating,
            "audience_rating_image": i.audience_rating_image, "user_rating": i.user_rating, "duration": int(i.duration_ms),
        }),
    );
    put_relations(to, seen);
    if i.live {
        put(to, "", json!({"epg_identifier": air.epg_identifier}));
    } else {
        put(
            to,
            "",
            json!({"originally_available_at": i.originally_available_at, "added_at": int(i.added_at)}),
        );
    }
    let markers = i.markers.iter().map(|m| json!([m.kind.name(), m.start_ms, m.end_ms])).collect();
    to.insert("markers".to_owned(), Value::Array(markers));
}

fn put_relations(to: &mut Map<String, Value>, seen: &Observation) {
    let i = &seen.item;
    let air = i.airing.clone().unwrap_or_default();
    put(
        to,
        "",
        json!({
                   "year": int(i.year), "parent_year": int(i.parent_year), "grandparent_year": int(i.grandparent_year),
            "thumb": i.thumb, "parent_thumb": i.parent_thumb, "grandparent_thumb": i.grandparent_thumb, "art": i.art,
            "banner": i.banner, "guid": i.guid, "parent_guid": i.parent_guid, "grandparent_guid": i.grandparent_guid,
            "directors": i.directors, "writers": i.writers, "actors": i.actors, "genres": i.genres, "labels": i.labels,
            "collections": i.collections, "guids": i.guids, "parent_guids": i.parent_guids,
            "grandparent_guids": i.grandparent_guids, "full_title": i.full_title(),
            "children_count": i.children_count.unwrap_or(0), "live": i.live, "channel_call_sign": air.channel_call_sign,
            "channel_id": air.channel_id, "channel_identifier": air.channel_identifier, "channel_title": air.channel_title,
            "channel_thumb": air.channel_thumb, "channel_vcn": air.channel_vcn, "channel_stream": i.provider,
            "user": seen.user.name, "state": seen.state.name(), "quality_profile": seen.stream.quality_profile(i.kind),
        }),
    );
}

fn put_player(to: &mut Map<String, Value>, p: &Player) {
    put(
        to,
        "",
        json!({
            "ip_address": p.address, "ip_address_public": p.public_address, "device": p.device, "platform": p.platform,
            "platform_version": p.platform_version, "product": p.product, "product_version": p.version,
            "profile": p.profile, "player": p.title, "machine_id": p.machine_id, "local": p.local,
            "relayed": p.is_relayed(), "secure": p.secure.unwrap_or(false), "bandwidth": int(p.bandwidth),
            "location": p.location.name(),
        }),
    );
}

fn put_source(to: &mut Map<String, Value>, s: &MediaVersion) {
    let audio = s.audio.clone().unwrap_or_default();
    put(
        to,
        "",
        json!({
            "container": s.container, "bitrate": int(s.bitrate), "height": int(s.height), "width": int(s.width),
            "aspect_ratio": s.aspect_ratio, "video_codec": s.video_codec, "video_resolution": s.video_resolution,
            "video_framerate": s.video_framerate, "video_profile": s.video_profile, "audio_codec": s.audio_codec,
            "audio_channels": int(s.audio_channels), "audio_channel_layout": audio.channel_layout,
            "audio_profile": s.audio_profile, "optimized_version": s.optimized, "protocol": s.protocol, "file": s.file,
            "file_size": int(s.file_size), "indexes": s.has_previews,
            "bif_thumb": if s.has_previews { format!("/library/parts/{}/indexes/sd/*", s.part_id) } else { String::new() },
            "subtitles": s.subtitle.is_some(),
        }),
    );
    // Legacy clients are told a lone scan letter where there is no picture.
    let full = if s.video.is_some() { s.full_resolution.as_str() } else { "p" };
    put(to, "", json!({"video_full_resolution": full}));
    if let Some(video) = &s.video {
        put_video(to, "video_", video);
        put(to, "", json!({"video_frame_rate": video.frame_rate}));
    }
    put_audio(to, "audio_", &audio);
    put_subtitle(to, "subtitle_", &s.subtitle.clone().unwrap_or_default());
}

fn put_delivered(to: &mut Map<String, Value>, seen: &Observation) {
    let d = &seen.stream.delivered;
    let audio = d.audio.clone().unwrap_or_default();
    put(
        to,
        "stream_",
        json!({
            "container": d.container, "bitrate": int(d.bitrate), "aspect_ratio": d.aspect_ratio,
            "video_framerate": d.video_framerate, "video_resolution": d.video_resolution,
            "duration": int(d.duration_ms.or(seen.item.duration_ms)),
            "container_decision": seen.stream.container_decision().word(), "video_codec": d.video_codec,
            "video_decision": word(d.video.as_ref().map(|v| v.decision.unwrap_or(Decision::DirectPlay))),
            "audio_channels": int(audio.channels), "audio_codec": audio.codec,
            "audio_channel_layout_": audio.channel_layout, "audio_profile": audio.profile,
            "audio_decision": word(seen.stream.audio_decision()),
            "subtitle_decision": word(seen.stream.subtitle_decision()),
        }),
    );
    if let Some(video) = &d.video {
        put_video(to, "stream_video_", video);
        put(to, "stream_", json!({"video_full_resolution": d.full_resolution}));
    }
    put_audio(to, "stream_audio_", &audio);
    put_subtitle(to, "stream_subtitle_", &d.subtitle.clone().unwrap_or_default());
}

fn put_transcode(to: &mut Map<String, Value>, seen: &Observation) {
    let none = Transcode::default();
    let t = seen.stream.transcode.as_ref().unwrap_or(&none);
    put(
        to,
        "transcode_",
        json!({
            "audio_channels": int(t.audio_channels), "audio_codec": t.audio_codec, "video_codec": t.video_codec,
            "width": int(t.width), "height": int(t.height), "container": t.container, "protocol": t.protocol,
            "hw_requested": t.hw_requested, "hw_decode": t.hw_decode, "hw_decode_title": t.hw_decode_title,
            "hw_encode": t.hw_encode, "hw_encode_title": t.hw_encode_title, "hw_full_pipeline": t.hw_full_pipeline,
            "hw_decoding": t.hw_decoding(), "hw_encoding": t.hw_encoding(), "decision": seen.stream.decision().word(),
        }),
    );
    put(
        to,
        "",
        json!({
            "audio_decision": word(seen.stream.audio_decision()), "throttled": t.throttled,
            "subtitle_decision": word(seen.stream.subtitle_decision()),
            "container_decision": seen.stream.container_decision().word(),
            "video_decision": seen.stream.video_decision().unwrap_or(Decision::DirectPlay).word(),
        }),
    );
}

/// One spelling for comparing: `1`, `"1"` and `true` are the same.
fn plain(value: &Value) -> Value {
    match value {
        Value::Bool(flag) => json!(u8::from(*flag).to_string()),
        Value::Number(number) => json!(number.to_string()),
        Value::Null => json!(""),
        other => other.clone(),
    }
}

/// Facts of the account, of the moment, and constants; `markers` are compared by what they span.
const ELSEWHERE: &[&str] = &[
    "row_id",
    "user_id",
    "username",
    "friendly_name",
    "email",
    "is_active",
    "is_admin",
    "is_home_user",
    "is_allow_sync",
    "is_restricted",
    "do_notify",
    "keep_history",
    "deleted_user",
    "allow_guest",
    "shared_libraries",
    "last_seen",
    "view_offset",
    "progress_percent",
    "transcode_progress",
    "platform_name",
    "synced_version",
    "synced_version_profile",
    "optimized_version_profile",
    "optimized_version_title",
    "id",
    "type",
    "selected",
    "begins_at",
    "ends_at",
    "stream_audio_channel_layout",
    "stream_subtitle_transient",
    "stream_video_dovi_version",
    "video_dovi_version",
    "stream_count",
];

#[tokio::test]
async fn every_recorded_fact_of_six_sessions_is_there() {
    let (stub, all) = (stub().await, sessions("world/sessions_six.xml"));
    let server = stub.server();
    let recorded: Value = serde_json::from_slice(&fixture("world/activity_six.json")).unwrap();
    let mut wrong = Vec::new();
    let mut compared = 0;
    for wanted in recorded["sessions"].as_array().unwrap() {
        let key = wanted["session_key"].as_str().unwrap().parse().unwrap();
        let mut seen = row(&all, key).clone();
        server.enrich(&mut seen).await.unwrap();
        let mut told = Map::new();
        put_item(&mut told, &seen);
        put_player(&mut told, &seen.player);
        put_source(&mut told, &seen.stream.source);
        put_delivered(&mut told, &seen);
        put_transcode(&mut told, &seen);
        for (name, wanted) in wanted.as_object().unwrap() {
            if ELSEWHERE.contains(&name.as_str()) {
                continue;
            }
            let wanted = if name == "markers" { spans(wanted) } else { plain(wanted) };
            let got = told.get(name).map_or(json!(""), plain);
            compared += 1;
            if got != wanted {
                wrong.push(format!("{key} {name}: {got} for {wanted}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {compared}:\n{}", wrong.len(), wrong.join("\n"));
    assert!(compared > 1_000, "{compared}");
}

fn spans(markers: &Value) -> Value {
    let spans = markers.as_array().unwrap().iter();
    spans.map(|m| json!([m["type"], m["start_time_offset"], m["end_time_offset"]])).collect()
}

#[tokio::test]
async fn the_guide_tells_when_a_programme_runs() {
    let stub = stub().await;
    let mut seen = row(&sessions("world/sessions_six.xml"), 106).clone();
    stub.server().enrich(&mut seen).await.unwrap();
    let airing = seen.item.airing.clone().unwrap();
    assert_eq!(airing.ends_at.unwrap() - airing.begins_at.unwrap(), 1800);
    assert_eq!(airing.epg_identifier, "tv.plex.providers.epg.cloud:2");
    assert_eq!(airing.uuid, "c1ba407f-2c24-48bb-8a90-2c175f36a079");
    assert_eq!(seen.item.originally_available_at, "2026-05-30");
    assert_eq!(seen.item.parent_title, "Season 2026");
    let unknown = Stub::of_files(&[("/livetv/dvrs", "world/dvrs.xml")]).await;
    assert_eq!(unknown.server().live_item(&seen.item).await.unwrap(), None);
}
