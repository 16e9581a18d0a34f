//! What a server says is bounded before anything is made of it: text, lists and numbers that no honest server sends.

use super::Observation;
use crate::media::{ItemSnapshot, MediaVersion};
use crate::{Player, Transcode};

/// Eleven days: further than any item lasts.
pub(super) const MAX_OFFSET_MS: i64 = 1_000_000_000;
const MAX_TEXT: usize = 2_000;
const MAX_SUMMARY: usize = 20_000;
const MAX_LIST: usize = 500;

impl Observation {
    /// Cuts text and lists to size, drops characters that PostgreSQL cannot keep, and brings numbers into range.
    pub fn bound(&mut self) {
        self.view_offset_ms = self.view_offset_ms.clamp(0, MAX_OFFSET_MS);
        for text in [&mut self.session_id, &mut self.user.name, &mut self.user.thumb] {
            cut(text, MAX_TEXT);
        }
        bound_item(&mut self.item);
        bound_player(&mut self.player);
        bound_version(&mut self.stream.source);
        bound_version(&mut self.stream.delivered);
        if let Some(transcode) = self.stream.transcode.as_mut() {
            bound_transcode(transcode);
        }
        cut(&mut self.stream.optimized_profile, MAX_TEXT);
        cut(&mut self.stream.synced_profile, MAX_TEXT);
    }
}

fn cut(text: &mut String, limit: usize) {
    if text.contains('\0') {
        text.retain(|c| c != '\0');
    }
    if text.len() > limit {
        let end = (0..=limit).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(end);
    }
}

fn cut_all(list: &mut Vec<String>) {
    list.truncate(MAX_LIST);
    for text in list {
        cut(text, MAX_TEXT);
    }
}

fn bound_ms(value: &mut Option<i64>) {
    *value = value.filter(|ms| (0..=MAX_OFFSET_MS).contains(ms));
}

fn bound_item(item: &mut ItemSnapshot) {
    bound_ms(&mut item.duration_ms);
    cut(&mut item.summary, MAX_SUMMARY);
    let ItemSnapshot {
        rating_key,
        parent_rating_key,
        grandparent_rating_key,
        guid,
        parent_guid,
        grandparent_guid,
        ..
    } = item;
    for text in [rating_key, parent_rating_key, grandparent_rating_key, guid, parent_guid, grandparent_guid] {
        cut(text, MAX_TEXT);
    }
    bound_titles(item);
    bound_texts(item);
    let ItemSnapshot {
        directors,
        writers,
        actors,
        genres,
        labels,
        collections,
        guids,
        parent_guids,
        grandparent_guids,
        ..
    } = item;
    for list in
        [directors, writers, actors, genres, labels, collections, guids, parent_guids, grandparent_guids]
    {
        cut_all(list);
    }
    item.markers.truncate(MAX_LIST);
    for marker in &mut item.markers {
        marker.start_ms = marker.start_ms.clamp(0, MAX_OFFSET_MS);
        marker.end_ms = marker.end_ms.clamp(0, MAX_OFFSET_MS);
    }
}

fn bound_titles(item: &mut ItemSnapshot) {
    let ItemSnapshot {
        subtype,
        library_name,
        title,
        parent_title,
        grandparent_title,
        original_title,
        sort_title,
        edition_title,
        slug,
        parent_slug,
        grandparent_slug,
        ..
    } = item;
    let titles = [subtype, library_name, title, parent_title, grandparent_title, original_title, sort_title];
    for text in titles.into_iter().chain([edition_title, slug, parent_slug, grandparent_slug]) {
        cut(text, MAX_TEXT);
    }
}

fn bound_texts(item: &mut ItemSnapshot) {
    let ItemSnapshot {
        thumb,
        parent_thumb,
        grandparent_thumb,
        art,
        banner,
        originally_available_at,
        studio,
        content_rating,
        tagline,
        rating,
        rating_image,
        audience_rating,
        audience_rating_image,
        user_rating,
        airing,
        ..
    } = item;
    let pictures = [thumb, parent_thumb, grandparent_thumb, art, banner, originally_available_at, studio];
    let ratings =
        [content_rating, tagline, rating, rating_image, audience_rating, audience_rating_image, user_rating];
    for text in pictures.into_iter().chain(ratings) {
        cut(text, MAX_TEXT);
    }
    if let Some(airing) = airing {
        let crate::media::Airing {
            uuid,
            channel_call_sign,
            channel_id,
            channel_identifier,
            channel_title,
            channel_thumb,
            channel_vcn,
            begins_at: _,
            ends_at: _,
            epg_identifier,
        } = airing;
        let channel =
            [channel_call_sign, channel_id, channel_identifier, channel_title, channel_thumb, channel_vcn];
        for text in channel.into_iter().chain([uuid, epg_identifier]) {
            cut(text, MAX_TEXT);
        }
    }
}

fn bound_player(player: &mut Player) {
    let Player {
        title,
        machine_id,
        device,
        model,
        vendor,
        platform,
        platform_version,
        product,
        version,
        profile,
        address,
        public_address,
        ..
    } = player;
    let named = [title, machine_id, device, model, vendor, platform, platform_version];
    for text in named.into_iter().chain([product, version, profile, address, public_address]) {
        cut(text, MAX_TEXT);
    }
}

fn bound_version(version: &mut MediaVersion) {
    bound_ms(&mut version.duration_ms);
    for text in [&mut version.media_id, &mut version.part_id, &mut version.container, &mut version.file] {
        cut(text, MAX_TEXT);
    }
    let MediaVersion {
        aspect_ratio,
        video_codec,
        video_resolution,
        full_resolution,
        video_framerate,
        video_profile,
        audio_codec,
        ..
    } = version;
    for text in [
        aspect_ratio,
        video_codec,
        video_resolution,
        full_resolution,
        video_framerate,
        video_profile,
        audio_codec,
    ] {
        cut(text, MAX_TEXT);
    }
    let MediaVersion { audio_profile, protocol, optimized_title, .. } = version;
    for text in [audio_profile, protocol, optimized_title] {
        cut(text, MAX_TEXT);
    }
    bound_tracks(version);
}

fn bound_tracks(version: &mut MediaVersion) {
    if let Some(video) = version.video.as_mut() {
        let texts = [
            &mut video.id,
            &mut video.codec,
            &mut video.codec_level,
            &mut video.profile,
            &mut video.display_title,
        ];
        let colours = [
            &mut video.color_primaries,
            &mut video.color_range,
            &mut video.color_space,
            &mut video.color_trc,
        ];
        let rest = [
            &mut video.chroma_subsampling,
            &mut video.dynamic_range,
            &mut video.frame_rate,
            &mut video.language,
        ];
        let last = [&mut video.language_code, &mut video.scan_type];
        for text in texts.into_iter().chain(colours).chain(rest).chain(last) {
            cut(text, MAX_TEXT);
        }
        if let Some(dolby) = video.dolby_vision.as_mut() {
            cut(&mut dolby.version, MAX_TEXT);
        }
    }
    if let Some(audio) = version.audio.as_mut() {
        let texts = [
            &mut audio.id,
            &mut audio.codec,
            &mut audio.profile,
            &mut audio.bitrate_mode,
            &mut audio.channel_layout,
        ];
        for text in
            texts.into_iter().chain([&mut audio.language, &mut audio.language_code, &mut audio.display_title])
        {
            cut(text, MAX_TEXT);
        }
    }
    if let Some(subtitle) = version.subtitle.as_mut() {
        let texts = [&mut subtitle.id, &mut subtitle.codec, &mut subtitle.container, &mut subtitle.format];
        let rest = [
            &mut subtitle.location,
            &mut subtitle.language,
            &mut subtitle.language_code,
            &mut subtitle.display_title,
        ];
        for text in texts.into_iter().chain(rest) {
            cut(text, MAX_TEXT);
        }
    }
}

fn bound_transcode(transcode: &mut Transcode) {
    let Transcode {
        key,
        protocol,
        container,
        video_codec,
        audio_codec,
        hw_decode,
        hw_decode_title,
        hw_encode,
        hw_encode_title,
        ..
    } = transcode;
    let names = [key, protocol, container, video_codec, audio_codec];
    for text in names.into_iter().chain([hw_decode, hw_decode_title, hw_encode, hw_encode_title]) {
        cut(text, MAX_TEXT);
    }
    // JSON has no word for infinity.
    for number in [&mut transcode.progress, &mut transcode.speed] {
        if !number.is_finite() {
            *number = 0.0;
        }
    }
    for number in [&mut transcode.max_offset_s, &mut transcode.min_offset_s] {
        *number = number.filter(|n| n.is_finite());
    }
}
