use super::*;
use crate::media::{Decision, Marker, MarkerKind, MediaKind};
use crate::{ServerId, SessionId};
use chrono::{DateTime, Duration, Utc};
use proptest::prelude::*;
use uuid::Uuid;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_000 + seconds)
}

fn rules() -> SessionRules {
    SessionRules { ignore_interval: Duration::seconds(3), ..Default::default() }
}

fn observation(kind: MediaKind) -> Observation {
    let mut seen = Observation { session_key: 7, ..Default::default() };
    seen.item.kind = kind;
    seen.item.rating_key = "101".to_owned();
    seen.item.guid = "plex://movie/1".to_owned();
    seen.item.duration_ms = Some(1_000_000);
    seen
}

fn open(seen: Observation) -> Session {
    Session::open(SessionId(Uuid::nil()), ServerId(1), seen, at(0), &rules()).0
}

fn notice(state: PlayState, offset: i64) -> Notice {
    Notice {
        session_key: 7,
        rating_key: "101".to_owned(),
        guid: String::new(),
        state,
        view_offset_ms: Some(offset),
        transcode_key: None,
    }
}

fn kept(session: &Session) -> ClosedPlay {
    match session.outcome(true, true, &rules()) {
        Outcome::Kept(play) => *play,
        Outcome::Dropped(reason) => panic!("dropped: {reason:?}"),
    }
}

fn kinds(events: &[SessionEvent]) -> Vec<EventKind> {
    events.iter().map(|e| e.kind).collect()
}

#[test]
fn pauses_are_taken_off_the_play_time() {
    // ACT-09
    let mut session = open(observation(MediaKind::Movie));
    let paused = session.notice(&notice(PlayState::Paused, 4_000), at(4), &rules());
    assert_eq!(kinds(&paused), [EventKind::Paused]);
    assert!(session.notice(&notice(PlayState::Paused, 4_000), at(6), &rules()).is_empty());
    let resumed = session.notice(&notice(PlayState::Playing, 4_000), at(8), &rules());
    assert_eq!(kinds(&resumed), [EventKind::Resumed]);
    session.stop(Some(12_000), at(16), &rules());
    let play = kept(&session);
    assert_eq!((play.played_ms, play.paused_ms, play.view_offset_ms), (12_000, 4_000, 12_000));
}

#[test]
fn a_repeated_notice_changes_nothing() {
    let mut session = open(observation(MediaKind::Movie));
    session.notice(&notice(PlayState::Paused, 4_000), at(4), &rules());
    let before = session.clone();
    assert!(session.notice(&notice(PlayState::Paused, 4_000), at(4), &rules()).is_empty());
    assert_eq!(session, before);
}

#[test]
fn a_stop_near_the_end_is_the_end() {
    // ACT-10
    let mut session = open(observation(MediaKind::Movie));
    session.stop(Some(991_000), at(900), &rules());
    let play = kept(&session);
    assert_eq!((play.view_offset_ms, play.percent_complete, play.watched_quarters), (1_000_000, 100, 4));
}

#[test]
fn a_vanished_session_ends_at_its_last_checkpoint() {
    // ACT-06
    let mut session = open(observation(MediaKind::Movie));
    for second in [5, 15, 25, 35, 45, 55, 65, 75] {
        session.notice(&notice(PlayState::Playing, second * 1000), at(second), &rules());
        session.tick(at(second), &rules());
    }
    session.vanish(&rules());
    let play = kept(&session);
    assert_eq!((play.played_ms, play.view_offset_ms), (65_000, 65_000));
}

#[test]
fn a_session_that_vanished_early_ends_at_its_last_sign() {
    let mut session = open(observation(MediaKind::Movie));
    session.notice(&notice(PlayState::Playing, 10_000), at(10), &rules());
    session.vanish(&rules());
    assert_eq!(kept(&session).played_ms, 10_000);
}

#[test]
fn a_paused_session_that_vanished_keeps_its_play_time() {
    let mut session = open(observation(MediaKind::Movie));
    session.notice(&notice(PlayState::Paused, 100_000), at(100), &rules());
    for second in [110, 165, 175, 200] {
        session.notice(&notice(PlayState::Paused, 100_000), at(second), &rules());
        session.tick(at(second), &rules());
    }
    session.vanish(&rules());
    assert_eq!(kept(&session).played_ms, 100_000);
}

#[test]
fn a_gap_in_our_watch_counts_until_we_last_looked() {
    let mut session = open(observation(MediaKind::Movie));
    session.survive_until(at(8));
    session.vanish(&rules());
    let play = kept(&session);
    assert_eq!((play.played_ms, play.view_offset_ms), (8_000, 8_000));
}

#[test]
fn markers_are_told_once_per_entry() {
    // ACT-13
    let mut seen = observation(MediaKind::Episode);
    seen.item.markers = vec![Marker {
        id: None,
        kind: MarkerKind::Intro,
        start_ms: 30_000,
        end_ms: 60_000,
        first: true,
        last: false,
    }];
    let mut session = open(seen);
    let early = session.notice(&notice(PlayState::Playing, 22_000), at(22), &rules());
    assert_eq!(kinds(&early), [EventKind::Marker]);
    assert_eq!(early[0].at, at(30), "scheduled for the exact offset");
    assert!(session.notice(&notice(PlayState::Playing, 32_000), at(32), &rules()).is_empty());
    session.notice(&notice(PlayState::Playing, 70_000), at(70), &rules());
    let again = session.notice(&notice(PlayState::Playing, 31_000), at(80), &rules());
    assert!(kinds(&again).contains(&EventKind::Marker), "entered a second time");
}

#[test]
fn buffering_warns_at_the_threshold_and_then_waits() {
    // ACT-12
    let mut session = open(observation(MediaKind::Movie));
    let mut warnings = 0;
    for second in 1..=30 {
        let events = session.notice(&notice(PlayState::Buffering, 1_000), at(second), &rules());
        warnings += kinds(&events).iter().filter(|k| **k == EventKind::BufferWarning).count();
    }
    assert_eq!(warnings, 1);
    let later = session.notice(&notice(PlayState::Buffering, 1_000), at(930), &rules());
    assert!(kinds(&later).contains(&EventKind::BufferWarning));
}

#[test]
fn watched_is_told_once_and_not_while_buffering() {
    // ACT-15
    let mut session = open(observation(MediaKind::Movie));
    let stalled = session.notice(&notice(PlayState::Buffering, 900_000), at(10), &rules());
    assert!(!kinds(&stalled).contains(&EventKind::Watched));
    let told = session.notice(&notice(PlayState::Playing, 900_000), at(20), &rules());
    assert!(kinds(&told).contains(&EventKind::Watched));
    let again = session.notice(&notice(PlayState::Playing, 910_000), at(30), &rules());
    assert!(!kinds(&again).contains(&EventKind::Watched));
}

#[test]
fn a_changed_stream_is_told() {
    // ACT-08
    let mut session = open(observation(MediaKind::Movie));
    let mut seen = observation(MediaKind::Movie);
    seen.stream.transcode = Some(crate::Transcode {
        key: "abc".to_owned(),
        video_decision: Some(Decision::Transcode),
        ..Default::default()
    });
    let changed = session.observe(seen, at(5), &rules());
    assert_eq!(kinds(&changed), [EventKind::StreamChanged]);
    assert_eq!(changed[0].detail.decision, Some(Decision::Transcode));
}

#[test]
fn what_the_library_told_survives_a_passing_look() {
    let mut whole = observation(MediaKind::Movie);
    whole.item.studio = "A studio".to_owned();
    whole.stream.source.container = "mkv".to_owned();
    let mut session = open(whole.clone());
    session.observe(observation(MediaKind::Movie), at(5), &rules());
    assert_eq!((session.item.studio.as_str(), session.stream.source.container.as_str()), ("A studio", "mkv"));
    let mut late = open(observation(MediaKind::Movie));
    late.observe(whole, at(5), &rules());
    assert_eq!(late.item.studio, "A studio");
}

#[test]
fn another_item_or_guid_is_another_play() {
    // ACT-07
    let session = open(observation(MediaKind::Movie));
    let mut other = observation(MediaKind::Movie);
    assert!(session.is_same_play(&other));
    other.item.guid = "plex://movie/2".to_owned();
    assert!(!session.is_same_play(&other), "a recycled rating key");
    let mut other = observation(MediaKind::Movie);
    other.item.rating_key = "102".to_owned();
    assert!(!session.is_same_play(&other));
}

#[test]
fn a_restarted_server_hands_the_same_key_to_another_play() {
    let mut seen = observation(MediaKind::Movie);
    seen.session_id = "before".to_owned();
    let session = open(seen.clone());
    assert!(session.is_same_after_gap(&seen));
    seen.session_id = "after".to_owned();
    assert!(session.is_same_play(&seen));
    assert!(!session.is_same_after_gap(&seen));
}

#[test]
fn what_no_honest_server_says_is_bounded() {
    let mut seen = observation(MediaKind::Movie);
    seen.item.title = format!("\0{}", "é".repeat(5_000));
    seen.view_offset_ms = i64::MAX;
    seen.item.duration_ms = Some(i64::MIN);
    seen.stream.transcode = Some(crate::Transcode { speed: f64::INFINITY, ..Default::default() });
    let session = open(seen);
    assert!(session.item.title.len() <= 2_000 && !session.item.title.contains('\0'));
    assert_eq!(session.item.duration_ms, None);
    assert!(serde_json::to_string(&session).is_ok());
}

#[test]
fn what_is_not_history_is_dropped_with_its_reason() {
    // HIS-01 to HIS-03
    let ended = |kind, seconds: i64| {
        let mut session = open(observation(kind));
        session.stop(None, at(seconds), &rules());
        session
    };
    let outcome = |s: &Session| s.outcome(true, true, &rules());
    assert_eq!(outcome(&ended(MediaKind::Clip, 600)), Outcome::Dropped(DropReason::Kind));
    assert_eq!(outcome(&ended(MediaKind::Photo, 600)), Outcome::Dropped(DropReason::Kind));
    assert_eq!(outcome(&ended(MediaKind::Movie, 2)), Outcome::Dropped(DropReason::TooShort));
    assert_eq!(outcome(&ended(MediaKind::Track, 14)), Outcome::Dropped(DropReason::TooShort));
    assert!(matches!(outcome(&ended(MediaKind::Track, 15)), Outcome::Kept(_)));
    let movie = ended(MediaKind::Movie, 60);
    assert_eq!(movie.outcome(false, true, &rules()), Outcome::Dropped(DropReason::UserNotKept));
    assert_eq!(movie.outcome(true, false, &rules()), Outcome::Dropped(DropReason::LibraryNotKept));
}

fn states() -> impl Strategy<Value = PlayState> {
    prop_oneof![
        Just(PlayState::Playing),
        Just(PlayState::Paused),
        Just(PlayState::Buffering),
        Just(PlayState::Error)
    ]
}

fn steps() -> impl Strategy<Value = Vec<(PlayState, i64, i64, bool)>> {
    proptest::collection::vec((states(), -30i64..400, -5_000i64..2_000_000, any::<bool>()), 0..40)
}

proptest! {
    /// Whatever a server says, in whatever order: times add up, sequence numbers never repeat, the play is well-formed.
    #[test]
    fn any_story_ends_as_a_sound_play(story in steps(), vanishes in any::<bool>()) {
        let (mut session, mut events) =
            Session::open(SessionId(Uuid::nil()), ServerId(1), observation(MediaKind::Movie), at(0), &rules());
        let mut now = 0;
        for (state, pause, offset, full) in story {
            now = (now + pause).max(0);
            events.extend(if full {
                let mut seen = observation(MediaKind::Movie);
                seen.state = state;
                seen.view_offset_ms = offset;
                session.observe(seen, at(now), &rules())
            } else {
                session.notice(&notice(state, offset), at(now), &rules())
            });
        }
        events.extend(if vanishes { session.vanish(&rules()) } else { session.stop(None, at(now), &rules()) });
        let sequence: Vec<i32> = events.iter().map(|e| e.seq).collect();
        prop_assert_eq!(&sequence, &(1..=i32::try_from(events.len()).unwrap()).collect::<Vec<_>>());
        prop_assert_eq!(events.iter().filter(|e| e.kind == EventKind::Stopped).count(), 1);
        prop_assert_eq!(events.iter().filter(|e| e.kind == EventKind::Started).count(), 1);
        prop_assert!(events.iter().filter(|e| e.kind == EventKind::Watched).count() <= 1);
        if let Outcome::Kept(play) = session.outcome(true, true, &rules()) {
            prop_assert!(play.stopped_at >= play.session.started_at);
            let total = (play.stopped_at - play.session.started_at).num_milliseconds();
            prop_assert_eq!(play.played_ms + play.paused_ms, total);
            prop_assert!(play.played_ms >= 0 && play.paused_ms >= 0 && play.view_offset_ms >= 0);
            prop_assert!((0..=100).contains(&play.percent_complete));
            prop_assert!((0..=4).contains(&play.watched_quarters));
        }
    }

    /// A message heard twice is heard once.
    #[test]
    fn hearing_twice_changes_nothing(state in states(), offset in 0i64..900_000, second in 0i64..500) {
        prop_assume!(state != PlayState::Buffering);
        let mut once = open(observation(MediaKind::Movie));
        once.notice(&notice(state, offset), at(second), &rules());
        let mut twice = once.clone();
        prop_assert!(twice.notice(&notice(state, offset), at(second), &rules()).is_empty());
        prop_assert_eq!(once, twice);
    }

    /// A session survives being stored at any moment.
    #[test]
    fn a_stored_session_comes_back_whole(state in states(), offset in 0i64..900_000) {
        let mut session = open(observation(MediaKind::Episode));
        session.notice(&notice(state, offset), at(9), &rules());
        let stored = serde_json::to_string(&session).unwrap();
        prop_assert_eq!(serde_json::from_str::<Session>(&stored).unwrap(), session);
    }
}
