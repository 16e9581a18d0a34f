use super::*;
use crate::Problem;
use crate::testing::{Stub, TOKEN, fixture, server, spoil};
use futures_util::SinkExt;
use proptest::prelude::*;
use std::sync::{Arc, Mutex};
use tautulli_domain::media::MediaKind;
use tautulli_domain::session::{Notice, PlayState};
use tokio::io::AsyncWriteExt;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::handshake::server::{Request, Response};
use tokio_tungstenite::tungstenite::protocol::frame::{
    Frame,
    coding::{CloseCode, Data, OpCode},
};
use url::Url;

type Peer = WebSocketStream<TcpStream>;

const PLAYING: &str = r#"{"NotificationContainer":{"type":"playing","size":2,"PlaySessionStateNotification":[
    {"sessionKey":"41","guid":"","ratingKey":"101","viewOffset":154000,"state":"playing","transcodeSession":"abc"},
    {"sessionKey":42,"ratingKey":102,"viewOffset":"7","state":"paused"}]}}"#;

fn decode(text: &str) -> frame::Decoded {
    frame::decode(text.as_bytes())
}

fn playing(text: &str) -> Vec<Notice> {
    match decode(text).event {
        Some(SocketEvent::Playing(notices)) => notices,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_entry_of_a_frame_is_read() {
    // ACT-02
    let notices = playing(PLAYING);
    assert_eq!(notices.iter().map(|n| n.session_key).collect::<Vec<_>>(), [41, 42]);
    assert_eq!(notices[0].transcode_key.as_deref(), Some("abc"));
    assert_eq!(notices[0].view_offset_ms, Some(154_000));
    assert_eq!((notices[1].state, notices[1].rating_key.as_str()), (PlayState::Paused, "102"));
    assert_eq!(notices[1].transcode_key, None, "not stated is not none");
}

#[test]
fn old_and_bare_forms_are_read_alike() {
    let entries = r#"[{"sessionKey":"1","ratingKey":"2","state":"stopped"}]"#;
    for form in [
        format!(r#"{{"type":" playing ","PlaySessionStateNotification":{entries}}}"#),
        format!(r#"{{"type":"playing","_children":{entries}}}"#),
        r#"{"_elementType":"NotificationContainer","type":"playing","size":1,"_children":[
            {"_elementType":"PlaySessionStateNotification","sessionKey":"1","ratingKey":"2","state":"stopped"}]}"#
            .to_owned(),
    ] {
        let notices = playing(&form);
        assert_eq!(
            (notices.len(), notices[0].session_key, notices[0].state),
            (1, 1, PlayState::Stopped),
            "{form}"
        );
    }
    let inner = fixture("captures/home-assistant/websocket_playing_update.json");
    let notices = playing(&String::from_utf8(inner).unwrap());
    assert_eq!((notices[0].session_key, notices[0].view_offset_ms), (999, Some(5050)));
}

#[test]
fn unusable_entries_are_counted_and_the_others_kept() {
    let decoded = decode(
        r#"{"NotificationContainer":{"type":"playing","PlaySessionStateNotification":[
        {"sessionKey":"abc","state":"playing"},{"sessionKey":"3","state":"dancing"},{"state":"playing"},7,
        {"sessionKey":"4","state":"error"}]}}"#,
    );
    assert_eq!(decoded.skipped, 4);
    assert!(matches!(decoded.event, Some(SocketEvent::Playing(n)) if n.len() == 1 && n[0].session_key == 4));
    for nothing in
        ["", "{", "[]", "null", "{}", "<a/>", r#"{"NotificationContainer":{"type":"reachability"}}"#]
    {
        assert_eq!(decode(nothing), frame::Decoded { event: None, skipped: 1 }, "{nothing}");
    }
}

#[test]
fn every_known_type_is_typed() {
    let lines = String::from_utf8(fixture("websocket_frames.jsonl")).unwrap();
    let events: Vec<SocketEvent> = lines.lines().map(|line| decode(line).event.unwrap()).collect();
    assert_eq!(events.len(), 21);
    let timeline: Vec<&TimelineEntry> = events
        .iter()
        .filter_map(|e| if let SocketEvent::Timeline(t) = e { Some(t) } else { None })
        .flatten()
        .collect();
    assert_eq!(timeline.len(), 2, "the guide's entries are left out");
    assert!(timeline[0].is_created() && timeline[0].item_id == 101 && timeline[0].kind == MediaKind::Movie);
    assert!(timeline[1].is_done() && timeline[1].root_id == Some(201) && timeline[1].section_id == Some(2));
    let transcodes: Vec<&TranscodeUpdate> = events
        .iter()
        .filter_map(|e| if let SocketEvent::Transcode(t) = e { Some(t) } else { None })
        .flatten()
        .collect();
    assert_eq!(transcodes.iter().map(|t| t.ended).collect::<Vec<_>>(), [false, false, true]);
    assert!(transcodes.iter().all(|t| t.key == "abcdefghijklmnop"));
    assert!(transcodes[1].throttled && transcodes[1].progress < 0.0);
    for wanted in [
        SocketEvent::Reachability(true),
        SocketEvent::Status(vec!["LIBRARY_UPDATE".to_owned()]),
        SocketEvent::Progress(vec!["Scanning folder".to_owned()]),
        SocketEvent::UpdateState(vec!["done".to_owned()]),
        SocketEvent::Preference(vec![Setting { id: "FriendlyName".to_owned(), value: "Den".to_owned() }]),
        SocketEvent::BackgroundQueue,
        SocketEvent::Account,
        SocketEvent::Unknown("provider.content.change".to_owned()),
    ] {
        assert!(events.contains(&wanted), "{wanted:?}");
    }
    let real = String::from_utf8(fixture("captures/PlexTraktSync/events.json")).unwrap();
    assert!(
        matches!(decode(&real).event, Some(SocketEvent::Activity(a)) if !a.is_empty() && !a[0].uuid.is_empty())
    );
}

proptest! {
    #[test]
    fn spoiled_frames_are_survived(wounds in proptest::collection::vec((0_usize..400, any::<u8>(), any::<u8>()), 1..6)) {
        frame::decode(&spoil(PLAYING.as_bytes().to_vec(), &wounds));
    }

    #[test]
    fn any_frame_is_survived(bytes: Vec<u8>) {
        frame::decode(&bytes);
    }
}

/// A server that lets one client in and hands the connection to the test; also the token it was given.
async fn peer() -> (Socket, Peer, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
    let token = Arc::new(Mutex::new(String::new()));
    let seen = token.clone();
    let accept = async {
        let (stream, _) = listener.accept().await.unwrap();
        #[expect(clippy::result_large_err, reason = "the shape of the callback is given")]
        let note = |request: &Request, response: Response| {
            assert_eq!(request.uri().path(), "/:/websockets/notifications");
            *seen.lock().unwrap() = request.headers()["x-plex-token"].to_str().unwrap().to_owned();
            Ok(response)
        };
        tokio_tungstenite::accept_hdr_async(stream, note).await.unwrap()
    };
    let pulse = Pulse { ping_every: Duration::from_millis(20), dead_after: Duration::from_millis(300) };
    let server = server(url);
    let (socket, peer) = tokio::join!(connect(&server, pulse), accept);
    let token = token.lock().unwrap().clone();
    (socket.unwrap(), peer, token)
}

fn raw(opcode: Data, last: bool, payload: &[u8]) -> Message {
    Message::Frame(Frame::message(payload.to_vec(), OpCode::Data(opcode), last))
}

async fn next(socket: &mut Socket) -> Result<SocketEvent, SocketEnd> {
    tokio::time::timeout(Duration::from_secs(5), socket.next()).await.expect("an event or an end")
}

#[tokio::test]
async fn whatever_comes_is_read_or_counted_and_the_connection_lives_on() {
    let (mut socket, mut peer, token) = peer().await;
    assert_eq!(token, TOKEN);
    let (first, rest) = PLAYING.split_at(40);
    for message in [
        Message::text(""),
        raw(Data::Text, true, b"{\"NotificationContainer\":{\"type\":\"\xff\xfe\"}}"),
        Message::text("{\"NotificationContainer\":{\"type\":\"playing\",\"size\":1,\"PlaySess"),
        raw(Data::Text, true, b"\xc3\x28"),
        Message::text(PLAYING),
        Message::binary(PLAYING.as_bytes().to_vec()),
        raw(Data::Text, false, first.as_bytes()),
        raw(Data::Continue, true, rest.as_bytes()),
        Message::Ping(b"hi".to_vec().into()),
        Message::text(
            r#"{"NotificationContainer":{"type":"reachability","ReachabilityNotification":[{"reachability":false}]}}"#,
        ),
    ] {
        peer.send(message).await.unwrap();
    }
    assert_eq!(next(&mut socket).await, Ok(SocketEvent::Unknown("\u{fffd}\u{fffd}".to_owned())));
    for form in ["text", "binary", "fragments"] {
        match next(&mut socket).await {
            Ok(SocketEvent::Playing(notices)) => assert_eq!(notices.len(), 2, "{form}"),
            other => panic!("{form}: {other:?}"),
        }
    }
    assert_eq!(next(&mut socket).await, Ok(SocketEvent::Reachability(false)));
    assert_eq!(socket.skipped(), 3);
    let code = CloseCode::Away;
    let goodbye = tokio_tungstenite::tungstenite::protocol::CloseFrame { code, reason: "".into() };
    peer.close(Some(goodbye)).await.unwrap();
    assert_eq!(next(&mut socket).await, Err(SocketEnd::Closed(Some(1001))));
}

#[tokio::test]
async fn a_server_that_answers_pings_is_alive_and_a_mute_one_is_dead() {
    let (mut socket, mut peer, _) = peer().await;
    let pongs = tokio::spawn(async move {
        let mut pings = 0;
        while pings < 3 {
            if let Some(Ok(Message::Ping(_))) = peer.next().await {
                pings += 1;
            }
        }
        // From here on nobody reads, so nobody answers; the connection stays open.
        peer
    });
    let started = Instant::now();
    assert_eq!(next(&mut socket).await, Err(SocketEnd::Silent));
    assert!(started.elapsed() >= Duration::from_millis(300));
    drop(pongs.await.unwrap());
}

#[tokio::test]
async fn a_cut_line_and_a_huge_message_end_the_connection() {
    let (mut socket, mut cut, _) = peer().await;
    cut.get_mut().write_all(&[0x81, 100, b'{']).await.unwrap();
    drop(cut);
    assert!(matches!(next(&mut socket).await, Err(SocketEnd::Failed(_) | SocketEnd::Closed(None))));

    let (mut socket, mut huge, _) = peer().await;
    let sent = huge.send(Message::text("x".repeat(MAX_MESSAGE + 1)));
    let (end, _) = tokio::join!(next(&mut socket), sent);
    assert!(matches!(end, Err(SocketEnd::Failed(_))), "{end:?}");
}

#[tokio::test]
async fn a_refused_token_is_told_by_the_handshake() {
    let path = "/:/websockets/notifications";
    let stub = Stub::start([(path, (401, "text/html", Vec::new()))]).await;
    let refused = connect(&stub.server(), Pulse::default()).await.unwrap_err();
    assert_eq!(refused.problem(), Problem::TokenRefused);
    let stub = Stub::start([(path, (200, "text/html", Vec::new()))]).await;
    let odd = connect(&stub.server(), Pulse::default()).await.unwrap_err();
    assert_eq!(odd.problem(), Problem::Malformed);
}
