use super::*;
use crate::activity::step::Told;
use tautulli_domain::media::MediaKind;
use tautulli_domain::session::{Notice, Observation, Outcome, SessionRules};
use uuid::Uuid;

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + Duration::seconds(1_700_000_000 + seconds)
}

fn rules() -> SessionRules {
    SessionRules { ignore_interval: Duration::seconds(0), ..Default::default() }
}

fn row(key: i64, item: &str, offset: i64) -> Observation {
    let mut row = Observation {
        session_key: key,
        session_id: format!("s{key}"),
        view_offset_ms: offset,
        ..Default::default()
    };
    row.item.kind = MediaKind::Movie;
    row.item.rating_key = item.to_owned();
    row.item.guid = format!("plex://movie/{item}");
    row.item.duration_ms = Some(6_000_000);
    row
}

fn notice(key: i64, item: &str, state: PlayState, offset: i64) -> Notice {
    Notice {
        session_key: key,
        rating_key: item.to_owned(),
        guid: String::new(),
        state,
        view_offset_ms: Some(offset),
        transcode_key: None,
    }
}

/// A tracker with a running count of ids, and what has become of every session.
struct World {
    tracker: Tracker,
    ids: u128,
    ended: Vec<Session>,
}

impl World {
    fn new() -> Self {
        let mut world = Self { tracker: Tracker::new(ServerId(1), rules()), ids: 0, ended: Vec::new() };
        world.look(0, 0, &[]);
        world
    }

    fn keep(&mut self, steps: Vec<Step>) -> usize {
        let count = steps.len();
        self.ended.extend(steps.into_iter().filter(|s| s.change.ended).map(|s| s.change.session));
        count
    }

    fn notice(&mut self, second: i64, key: i64, item: &str, state: PlayState, offset: i64) -> bool {
        let reaction = self.tracker.notice(&notice(key, item, state, offset), at(second));
        self.keep(reaction.steps);
        reaction.look
    }

    /// A look asked for at one second that answers at another.
    fn look(&mut self, asked: i64, now: i64, rows: &[Observation]) -> usize {
        let ids = &mut self.ids;
        let mut next = || {
            *ids += 1;
            SessionId(Uuid::from_u128(*ids))
        };
        let look = Look { asked_at: at(asked), rows: rows.to_vec(), whole: true };
        let steps = self.tracker.looked(look, at(now), &mut next);
        self.keep(steps)
    }

    fn tick(&mut self, second: i64) {
        let steps = self.tracker.tick(at(second));
        self.keep(steps);
    }

    /// What the ended sessions have played, in seconds, by item.
    fn played(&self) -> Vec<(String, i64)> {
        let played = |s: &Session| match s.outcome(true, true, &rules()) {
            Outcome::Kept(play) => play.played_ms / 1000,
            Outcome::Dropped(reason) => panic!("dropped: {reason:?}"),
        };
        self.ended.iter().map(|s| (s.item.rating_key.clone(), played(s))).collect()
    }
}

use PlayState::{Buffering, Paused, Playing, Stopped};

/// Whether each is written, and what listeners hear of it.
fn needs(steps: &[Step]) -> Vec<(bool, Told)> {
    steps.iter().map(|step| (step.written, step.told)).collect()
}

fn played(item: &str, seconds: i64) -> (String, i64) {
    (item.to_owned(), seconds)
}

#[test]
fn a_play_is_opened_by_a_look_and_closed_by_a_notice() {
    let mut world = World::new();
    assert!(world.notice(10, 1, "101", Playing, 0), "an unknown session must be looked at");
    world.look(10, 11, &[row(1, "101", 500)]);
    world.notice(40, 1, "101", Stopped, 30_000);
    assert_eq!(world.played(), [played("101", 30)]);
}

#[test]
fn buffering_is_no_start() {
    // ACT-05
    let mut world = World::new();
    assert!(!world.notice(10, 1, "101", Buffering, 0));
    let mut buffering = row(1, "101", 0);
    buffering.state = Buffering;
    world.look(10, 11, &[buffering]);
    assert_eq!(world.tracker.sessions().count(), 0);
}

#[test]
fn the_next_item_without_a_stop_is_another_play() {
    // ACT-07; the reference loses the first one
    let mut world = World::new();
    world.notice(0, 1, "101", Playing, 0);
    world.look(0, 0, &[row(1, "101", 0)]);
    assert!(world.notice(20, 1, "102", Playing, 0));
    world.look(20, 21, &[row(1, "102", 500)]);
    world.notice(50, 1, "102", Stopped, 30_000);
    assert_eq!(world.played(), [played("101", 20), played("102", 30)]);
}

#[test]
fn a_late_stop_of_the_item_before_does_not_end_the_next() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.notice(20, 1, "102", Playing, 0);
    world.look(20, 21, &[row(1, "102", 500)]);
    world.notice(22, 1, "101", Stopped, 20_000);
    assert_eq!(world.tracker.sessions().count(), 1);
}

#[test]
fn a_play_that_stopped_while_we_looked_is_kept() {
    let mut world = World::new();
    world.notice(10, 1, "101", Playing, 0);
    world.notice(16, 1, "101", Stopped, 6_000);
    world.look(11, 17, &[row(1, "101", 1_000)]);
    assert_eq!(world.played(), [played("101", 6)]);
}

#[test]
fn an_old_list_is_no_sign_of_the_item_before() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.notice(20, 1, "101", Stopped, 20_000);
    world.notice(20, 1, "102", Playing, 0);
    world.look(19, 23, &[row(1, "101", 19_000)]);
    world.look(23, 24, &[row(1, "102", 3_000)]);
    world.notice(50, 1, "102", Stopped, 30_000);
    assert_eq!(world.played(), [played("101", 20), played("102", 30)]);
}

#[test]
fn a_list_that_lags_behind_moves_no_start() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.notice(20, 1, "102", Playing, 0);
    world.look(20, 20, &[row(1, "101", 20_000)]);
    assert!(world.tracker.is_waiting(), "what was told of is not found yet");
    world.look(21, 21, &[row(1, "102", 1_000)]);
    world.notice(50, 1, "102", Stopped, 30_000);
    assert_eq!(world.played(), [played("101", 20), played("102", 30)]);
}

#[test]
fn a_late_stop_of_the_item_before_is_no_stop_of_what_is_expected() {
    let mut world = World::new();
    world.notice(20, 1, "102", Playing, 0);
    world.notice(20, 1, "101", Stopped, 20_000);
    world.look(20, 21, &[row(1, "102", 1_000)]);
    assert_eq!(world.tracker.sessions().count(), 1);
}

#[test]
fn what_the_list_misses_is_not_written_down_as_alive() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.look(5, 5, &[row(1, "101", 5_000)]);
    world.look(10, 10, &[]);
    world.tracker.lose_sight(at(12));
    world.look(13, 13, &[]);
    assert_eq!(world.played(), [played("101", 5)]);
}

#[test]
fn the_shadow_of_an_ended_session_is_not_another_play() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.notice(30, 1, "101", Stopped, 30_000);
    world.look(29, 31, &[row(1, "101", 29_000)]);
    world.look(32, 32, &[row(1, "101", 30_000)]);
    assert_eq!(world.tracker.sessions().count(), 0);
    assert_eq!(world.played(), [played("101", 30)]);
}

#[test]
fn an_old_list_does_not_undo_a_newer_notice() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.notice(10, 1, "101", Paused, 10_000);
    world.look(9, 11, &[row(1, "101", 9_000)]);
    assert_eq!(world.tracker.sessions().next().map(|s| s.state), Some(Paused));
}

#[test]
fn a_lost_stop_is_healed_by_looking_twice() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.look(5, 5, &[row(1, "101", 5_000)]);
    world.look(10, 10, &[]);
    assert_eq!(world.ended.len(), 0, "one list may be wrong");
    world.look(15, 15, &[]);
    assert_eq!(world.played(), [played("101", 5)]);
}

#[test]
fn a_list_that_is_empty_for_a_moment_ends_nothing() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    for second in [5, 6, 7, 8] {
        world.look(second, second, &[]);
    }
    world.look(9, 9, &[row(1, "101", 9_000)]);
    world.look(14, 14, &[]);
    assert_eq!((world.ended.len(), world.tracker.sessions().count()), (0, 1));
    world.look(18, 18, &[]);
    assert_eq!(world.played(), [played("101", 9)]);
}

#[test]
fn a_silent_session_is_closed_after_five_minutes() {
    // ACT-06
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.notice(40, 1, "101", Playing, 40_000);
    world.tracker.lose_sight(at(41));
    world.tick(339);
    assert_eq!(world.ended.len(), 0);
    world.tick(341);
    assert_eq!(world.played(), [played("101", 41)]);
}

#[test]
fn a_restarted_server_that_reuses_keys_makes_new_plays() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.notice(10, 1, "101", Playing, 10_000);
    world.tracker.lose_sight(at(12));
    let mut again = row(1, "101", 12_000);
    again.session_id = "another".to_owned();
    world.look(30, 30, &[again]);
    assert_eq!(world.played(), [played("101", 12)]);
    assert_eq!(world.tracker.sessions().count(), 1);
}

#[test]
fn a_session_that_outlives_a_gap_is_one_play() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.tracker.lose_sight(at(10));
    world.look(40, 40, &[row(1, "101", 40_000)]);
    world.notice(60, 1, "101", Stopped, 60_000);
    assert_eq!(world.played(), [played("101", 60)]);
}

#[test]
fn what_vanished_while_we_were_down_ends_when_we_last_watched() {
    let mut before = World::new();
    before.look(0, 0, &[row(1, "101", 0)]);
    let open: Vec<Session> = before.tracker.sessions().cloned().collect();
    let mut world = World { tracker: Tracker::new(ServerId(1), rules()), ids: 100, ended: Vec::new() };
    world.tracker.restore(open, Some(at(8)));
    world.look(60, 60, &[]);
    assert_eq!(world.played(), [played("101", 8)]);
}

#[test]
fn a_clock_that_is_set_changes_no_length() {
    for by in [3_600, -600] {
        let mut world = World::new();
        world.look(0, 0, &[row(1, "101", 0)]);
        world.notice(10, 1, "101", Paused, 10_000);
        let steps = world.tracker.shift(Duration::seconds(by));
        assert_eq!(needs(&steps), [(true, Told::Session)]);
        world.tick(by + 15);
        let mut paused = row(1, "101", 10_000);
        paused.state = Paused;
        world.look(by + 15, by + 15, &[paused]);
        world.notice(by + 20, 1, "101", Playing, 10_000);
        world.notice(by + 50, 1, "101", Stopped, 40_000);
        assert_eq!(world.played(), [played("101", 40)], "the clock was set by {by} s");
        assert_eq!(world.ended[0].started_at, at(by));
    }
}

#[test]
fn those_who_began_together_are_not_written_down_together() {
    let mut world = World::new();
    let rows: Vec<Observation> = (1..=160).map(|key| row(key, &format!("{}", 100 + key), 0)).collect();
    world.look(0, 0, &rows);
    world.look(60, 60, &rows);
    let written: Vec<usize> = (65..76).map(|second| world.tracker.tick(at(second)).len()).collect();
    assert_eq!(written, [10; 11]);
    world.look(76, 76, &rows);
    let written: Vec<usize> = (77..85).map(|second| world.tracker.tick(at(second)).len()).collect();
    assert_eq!(written.iter().sum::<usize>(), 50, "each once");
}

#[test]
fn dlna_is_believed_at_the_second_look() {
    // ACT-05
    let mut world = World::new();
    let mut browsing = row(1, "101", 0);
    browsing.player.product = "DLNA".to_owned();
    world.look(0, 0, &[browsing.clone()]);
    assert_eq!(world.tracker.sessions().count(), 0);
    world.look(1, 1, &[browsing]);
    assert_eq!(world.tracker.sessions().count(), 1);
}

#[test]
fn a_list_that_could_not_be_read_whole_closes_nobody() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    for second in [5, 10, 15] {
        let look = Look { asked_at: at(second), rows: Vec::new(), whole: false };
        let steps = world.tracker.looked(look, at(second), &mut || SessionId(Uuid::nil()));
        assert!(steps.is_empty());
    }
    assert_eq!(world.tracker.sessions().count(), 1);
}

#[test]
fn theme_music_is_no_session() {
    // ACT-20
    let mut world = World::new();
    let mut theme = row(1, "101", 0);
    theme.item.kind = MediaKind::Track;
    theme.item.guid = "library://1/theme".to_owned();
    world.look(0, 0, &[theme]);
    assert_eq!(world.tracker.sessions().count(), 0);
}

#[test]
fn plain_progress_is_told_and_not_written() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    let reaction = world.tracker.notice(&notice(1, "101", Playing, 10_000), at(10));
    assert_eq!(needs(&reaction.steps), [(false, Told::Session)]);
    let reaction = world.tracker.notice(&notice(1, "101", Paused, 11_000), at(11));
    assert_eq!(needs(&reaction.steps), [(true, Told::Session)]);
}

#[test]
fn progress_is_written_down_in_time_and_told_to_nobody() {
    // ACT-04
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    world.notice(60, 1, "101", Playing, 60_000);
    assert_eq!(needs(&world.tracker.tick(at(65))), [(true, Told::Nothing)]);
    assert_eq!(needs(&world.tracker.lose_sight(at(70))), [(true, Told::Nothing)]);
}

#[test]
fn a_look_that_finds_nothing_new_is_told_to_nobody() {
    let mut world = World::new();
    world.look(0, 0, &[row(1, "101", 0)]);
    assert_eq!(world.look(5, 5, &[row(1, "101", 5_500)]), 0);
    assert_eq!(world.look(10, 10, &[row(1, "101", 14_000)]), 1, "four seconds ahead of itself");
    let mut moved = row(1, "101", 19_000);
    moved.player.address = "198.51.100.7".to_owned();
    assert_eq!(world.look(15, 15, &[moved.clone()]), 1);
    assert_eq!(world.look(20, 20, &[]), 1, "hidden");
    moved.view_offset_ms = 25_000;
    assert_eq!(world.look(21, 21, &[moved]), 1, "shown again");
}

mod stories;
