use super::*;
use crate::testing::{Stub, fixture, spoil};
use proptest::prelude::*;
use tautulli_domain::Location;
use tautulli_domain::media::{Decision, MediaKind};
use tautulli_domain::session::{Observation, PlayState};

mod activity;

fn sessions(name: &str) -> Sessions {
    session::read(&wire::parse(&fixture(name)).unwrap())
}

fn row(sessions: &Sessions, key: i64) -> &Observation {
    sessions.rows.iter().find(|r| r.session_key == key).unwrap_or_else(|| panic!("no session {key}"))
}

#[test]
fn both_dialects_give_the_same_observations() {
    for name in ["six", "kinds"] {
        let (xml, json) = (
            sessions(&format!("world/sessions_{name}.xml")),
            sessions(&format!("world/sessions_{name}.json")),
        );
        assert_eq!(xml.rows.len(), json.rows.len());
        for (one, other) in xml.rows.iter().zip(&json.rows) {
            assert_eq!(one, other);
        }
        assert_eq!(xml.skipped, json.skipped);
    }
}

#[test]
fn every_kind_of_playback_is_told_apart() {
    let all = sessions("world/sessions_kinds.xml");
    assert_eq!(
        (all.rows.len(), all.skipped),
        (12, 0),
        "theme music and the key without a number are not ours"
    );
    assert!(all.rows.iter().all(|r| r.session_key != 210), "theme music is no session (ACT-20)");
    let decided = |key| {
        let s = &row(&all, key).stream;
        (s.container_decision(), s.video_decision(), s.audio_decision(), s.subtitle_decision())
    };
    use Decision::{Burn, Copy, DirectPlay, Transcode};
    assert_eq!(decided(201), (Transcode, Some(Copy), Some(Transcode), None));
    assert_eq!(decided(202), (Transcode, Some(Transcode), Some(Copy), None));
    assert_eq!(decided(203), (Transcode, Some(Transcode), Some(Copy), Some(Burn)));
    assert_eq!(decided(204), (Transcode, Some(Copy), Some(Copy), Some(Transcode)));
    assert_eq!(decided(207), (Transcode, None, Some(Transcode), None), "music has no video");
    assert_eq!(decided(208), (DirectPlay, Some(DirectPlay), Some(DirectPlay), None));
    assert_eq!(row(&all, 205).stream.delivered.container, "mpegts");
    let hw = row(&all, 206).stream.transcode.as_ref().unwrap();
    assert!(hw.hw_requested && !hw.hw_decoding() && hw.hw_encoding() && !hw.hw_full_pipeline);
    assert_eq!(row(&all, 208).player.relayed, Some(true));
    let preroll = &row(&all, 209).item;
    assert_eq!((preroll.kind, preroll.subtype.as_str()), (MediaKind::Clip, "preroll"));
    let cloud = &row(&all, 211).item;
    assert!(cloud.provider && cloud.numeric_key().is_none());
    assert_eq!(cloud.library_name, "Movies & Shows on Plex");
    let live = row(&all, 213);
    assert!(live.item.live && live.item.section_id == Some(999_999));
    assert_eq!(live.stream.decision(), Transcode);
}

#[test]
fn a_transcoded_row_tells_its_output() {
    let all = sessions("captures/home-assistant/session_base.xml");
    let seen = &all.rows[0];
    let delivered = &seen.stream.delivered;
    assert_eq!((delivered.video_resolution.as_str(), delivered.full_resolution.as_str()), ("720", "720p"));
    assert_eq!(delivered.video.as_ref().unwrap().frame_rate, "23.976");
    assert_eq!(delivered.video.as_ref().unwrap().decision, Some(Decision::Copy));
    assert_eq!(seen.stream.decision(), Decision::Transcode, "even without a TranscodeSession");
    assert_eq!(seen.user.account_id, 0, "a placeholder is no number");
    assert_eq!((seen.player.bandwidth, seen.player.location), (Some(7000), Location::Lan));
    for (file, title) in [("session_transient", "fancy_preroll"), ("session_unknown", "")] {
        let all = sessions(&format!("captures/home-assistant/{file}.xml"));
        assert_eq!((all.rows.len(), all.rows[0].item.kind), (1, MediaKind::Clip));
        assert!(all.rows[0].item.section_id.is_some_and(|id| id < 0));
        assert!(all.rows[0].item.title.contains(title));
    }
}

#[test]
fn servers_of_every_age_are_read() {
    let old = sessions("captures/go-plex-client/sessions_track_and_episode.xml");
    let (track, episode) = (row(&old, 18), row(&old, 19));
    assert_eq!((track.state, track.player.bandwidth), (PlayState::Paused, None));
    assert_eq!((track.player.local, track.player.location), (true, Location::Lan), "judged by its address");
    assert_eq!((track.player.secure, track.player.relayed), (None, None));
    assert_eq!(track.stream.container_decision(), Decision::DirectPlay);
    assert_eq!(
        episode.stream.container_decision(),
        Decision::Transcode,
        "the transcoder decides where parts do not"
    );
    assert_eq!(episode.transcode_key(), "abc123");
    let oldest = sessions("captures/plex.py/status/sessions.xml");
    assert_eq!((oldest.rows.len(), oldest.skipped), (3, 0));
    assert_eq!(oldest.rows[0].item.grandparent_title, "30 Rock");
    let json = sessions("captures/status_sessions_track_directplay.json");
    assert_eq!((json.rows[0].session_key, json.rows[0].item.section_id), (326, Some(10)));
    assert_eq!(json.rows[0].item.parent_year, Some(1987));
}

#[test]
fn live_television_keeps_its_transcoder_inside_the_media() {
    let xml = String::from_utf8(fixture("captures/home-assistant/livetv_sessions.xml")).unwrap();
    assert_eq!(session::read(&wire::parse(xml.as_bytes()).unwrap()).skipped, 1, "no session key, no session");
    let xml = xml.replacen("<Video ", "<Video sessionKey=\"5\" ", 1);
    let all = session::read(&wire::parse(xml.as_bytes()).unwrap());
    let seen = row(&all, 5);
    let transcode = seen.stream.transcode.as_ref().unwrap();
    assert_eq!(transcode.key, "a3d01c51-5480-4474-a0bb-b7a19c96eff0");
    assert_eq!(
        (transcode.video_codec.as_str(), transcode.audio_codec.as_str()),
        ("mpeg2video", "ac3"),
        "* is the source"
    );
    assert_eq!(seen.stream.decision(), Decision::Copy);
    assert_eq!(seen.stream.container_decision(), Decision::Transcode);
    assert_eq!(seen.stream.delivered.full_resolution, "1080i");
    assert_eq!(seen.item.airing.as_ref().unwrap().uuid, "live_tv_1");
    assert!((transcode.progress + 1.0).abs() < f64::EPSILON);
}

fn one(media: &str, extra: &str) -> Observation {
    let xml = format!(
        "<MediaContainer><Video sessionKey=\"1\" type=\"movie\">{media}<Player address=\"::ffff:10.0.0.9\" \
         remotePublicAddress=\"127.0.0.1\" local=\"0\"/>{extra}</Video></MediaContainer>"
    );
    session::read(&wire::parse(xml.as_bytes()).unwrap()).rows.remove(0)
}

#[test]
fn decisions_outweigh_the_mere_presence_of_a_transcoder() {
    let seen = one(
        "<Media videoCodec=\"h264\"><Part decision=\"directplay\"><Stream streamType=\"1\"/><Stream streamType=\"2\"/></Part></Media>",
        "<TranscodeSession key=\"/transcode/sessions/k\" videoDecision=\"transcode\" audioDecision=\"copy\"/>",
    );
    assert_eq!(seen.stream.decision(), Decision::DirectPlay);
    assert_eq!(seen.stream.container_decision(), Decision::DirectPlay);
    assert_eq!(seen.transcode_key(), "k");
    let seen = one("<Media><Part decision=\"copy\"/></Media>", "<TranscodeSession videoDecision=\"copy\"/>");
    assert_eq!(seen.stream.container_decision(), Decision::Transcode, "a container is never copied");
}

#[test]
fn odd_numbers_and_addresses_are_put_right() {
    let seen = one(
        "<Media bitrate=\"2147483647\" videoResolution=\"SD\"/><Media selected=\"1\" id=\"2\" bitrate=\"6.4000000953674316\" duration=\"-1\"><Part id=\"1\"/>\
         <Part id=\"7\" selected=\"1\"><Stream streamType=\"2\" id=\"a\"/><Stream streamType=\"2\" id=\"b\" selected=\"1\" bitrate=\"-1\"/>\
         <Stream streamType=\"3\" id=\"s\"/></Part></Media>",
        "",
    );
    let delivered = &seen.stream.delivered;
    assert_eq!((delivered.media_id.as_str(), delivered.part_id.as_str()), ("2", "7"), "what is selected");
    assert_eq!((delivered.bitrate, delivered.duration_ms), (Some(6), None));
    let audio = delivered.audio.as_ref().unwrap();
    assert_eq!((audio.id.as_str(), audio.bitrate), ("b", None));
    assert_eq!(delivered.subtitle, None, "subtitles are off unless chosen");
    assert_eq!(seen.player.address, "10.0.0.9");
    assert!(seen.player.is_relayed() && seen.player.location == Location::Wan);
    assert_eq!(one("<Media bitrate=\"2147483647\"/>", "").stream.delivered.bitrate, None);
}

#[test]
fn items_are_read_with_their_oddities() {
    let of = |xml: &str| {
        let root = wire::parse(xml.as_bytes()).unwrap();
        item::read(root.items().next().unwrap(), &root)
    };
    assert_eq!(of("<C><Directory type=\"show\" duration=\"22\"/></C>").duration_ms, Some(22 * 60_000));
    assert_eq!(of("<C><Video type=\"movie\" duration=\"900\"/></C>").duration_ms, Some(900));
    assert_eq!(of("<C><Directory type=\"photo\"/></C>").kind, MediaKind::PhotoAlbum);
    assert_eq!(of("<C><Photo type=\"photo\"/></C>").kind, MediaKind::Photo);
    let special = of(
        "<C librarySectionID=\"4\" librarySectionTitle=\"TV\"><Video type=\"episode\" index=\"0\" parentIndex=\"0\"/></C>",
    );
    assert_eq!((special.index, special.parent_index), (Some(0), Some(0)), "specials are no absence");
    assert_eq!((special.section_id, special.library_name.as_str()), (Some(4), "TV"));
    let root = wire::parse(&fixture("world/item_584.xml")).unwrap();
    let markers = item::read(root.items().next().unwrap(), &root).markers;
    assert_eq!(markers.iter().map(|m| (m.first, m.last)).collect::<Vec<_>>(), [(true, false), (true, true)]);
    let root = wire::parse(&fixture("captures/plex-api.rs/transcode/metadata_159637.json")).unwrap();
    let files = version::files(root.items().next().unwrap(), tracks::Choice::default());
    let versions: Vec<_> = files.into_iter().map(|file| file.version).collect();
    assert_eq!(versions[0].video.as_ref().unwrap().dynamic_range, "HDR10");
    assert_eq!((versions[0].video_resolution.as_str(), versions[0].full_resolution.as_str()), ("4k", "4k"));
}

#[test]
fn optimised_versions_are_known_by_their_mark() {
    let seen =
        one("<Media proxyType=\"42\" title=\"Optimized for Mobile\" optimizedForStreaming=\"1\"/>", "");
    assert!(seen.stream.delivered.optimized);
    assert_eq!(seen.stream.optimized_profile, "Optimized for Mobile");
    assert!(!one("<Media optimizedForStreaming=\"1\"/>", "").stream.delivered.optimized);
}

#[tokio::test]
async fn items_that_are_not_there_are_none_and_cloud_keys_are_never_asked_for() {
    let stub = Stub::start([]).await;
    assert_eq!(stub.server().item("5").await.unwrap(), None);
    assert_eq!(stub.seen().len(), 1);
    for odd in ["1d4c419485250b2618356784", "", "../x", "1,2,x"] {
        assert_eq!(stub.server().item(odd).await.unwrap(), None);
    }
    assert_eq!(stub.seen().len(), 1);
}

#[tokio::test]
async fn an_item_stands_even_when_its_parents_fail() {
    let stub = Stub::start([
        ("/library/metadata/836", (200, "text/xml", fixture("world/item_836.xml"))),
        ("/library/metadata/833,827", (401, "text/html", Vec::new())),
    ])
    .await;
    let found = stub.server().item("836").await.unwrap().unwrap();
    assert_eq!(found.snapshot.title, "Golden Oslo");
    assert!(found.snapshot.grandparent_guids.is_empty());
    assert_eq!(found.files.len(), 1);
}

#[tokio::test]
async fn the_source_has_the_tracks_that_the_session_chose() {
    let stub = Stub::of_files(&[
        ("/library/metadata/836", "world/item_836.xml"),
        ("/library/metadata/833,827", "world/items_833_827.xml"),
    ])
    .await;
    let mut seen = row(&sessions("world/sessions_kinds.xml"), 203).clone();
    let burned = seen.stream.delivered.subtitle.as_ref().unwrap().id.clone();
    stub.server().enrich(&mut seen).await.unwrap();
    let source = seen.stream.source.subtitle.as_ref().unwrap();
    assert_eq!(source.id, burned);
    assert_eq!(source.decision, None, "nothing is done to the file");
    assert_eq!(seen.stream.source.video_resolution, "1080");
    assert_eq!(seen.item.grandparent_year, Some(2015));
}

#[tokio::test]
async fn libraries_are_counted_without_fetching_them() {
    let stub = Stub::of_files(&[
        ("/library/sections", "world/sections.xml"),
        ("/library/sections/2/all", "world/section_size.xml"),
    ])
    .await;
    let libraries = stub.server().libraries().await.unwrap();
    assert_eq!(libraries.iter().map(|l| l.section_id).collect::<Vec<_>>(), [1, 2, 3, 4, 7]);
    let tv = &libraries[1];
    assert_eq!((tv.name.as_str(), tv.kind), ("TV Shows", MediaKind::Show));
    assert_eq!((tv.count, tv.parent_count, tv.child_count), (Some(420), Some(420), Some(420)));
    assert_eq!(libraries[0].count, None, "one that cannot be counted has no count");
    let counted: Vec<String> =
        stub.seen().iter().map(|s| s.line.clone()).filter(|l| l.contains("/2/all")).collect();
    assert_eq!(counted.len(), 3);
    assert!(counted.iter().all(|l| l.contains("X-Plex-Container-Size=0")));
}

#[tokio::test]
async fn preferences_and_pictures() {
    let png = b"\x89PNG".to_vec();
    let stub = Stub::start([
        ("/:/prefs", (200, "text/xml", fixture("world/prefs.xml"))),
        ("/photo/:/transcode", (200, "image/png", png.clone())),
    ])
    .await;
    let server = stub.server();
    assert_eq!(server.preference("RelayEnabled").await.unwrap().as_deref(), Some("1"));
    assert_eq!(server.preference("Nothing").await.unwrap(), None);
    let image = server.image(&ImageRequest::new("/library/metadata/1/thumb/2", 300, 450)).await.unwrap();
    assert_eq!((image.content_type.as_str(), &image.bytes[..]), ("image/png", &png[..]));
    assert!(stub.seen()[2].line.contains("url=%2Flibrary%2Fmetadata%2F1%2Fthumb%2F2&width=300&height=450"));
    let page = Stub::start([("/photo/:/transcode", (200, "text/html", b"<html/>".to_vec()))]).await;
    assert!(page.server().image(&ImageRequest::new("/x", 1, 1)).await.is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn spoiled_session_lists_are_survived(
        json: bool,
        wounds in proptest::collection::vec((0_usize..50_000, any::<u8>(), any::<u8>()), 1..5),
    ) {
        let name = if json { "world/sessions_kinds.json" } else { "world/sessions_kinds.xml" };
        if let Ok(root) = wire::parse(&spoil(fixture(name), &wounds)) {
            let all = session::read(&root);
            prop_assert!(all.rows.len() <= 14);
            for item in root.items() {
                item::read(item, &root);
                version::files(item, tracks::Choice::default());
                libraries::read(item);
            }
        }
    }
}
