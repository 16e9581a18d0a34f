use super::super::kept::{Kept, Play};
use super::*;
use tautulli_simplex::{Disturbance, Spell};

fn spell(from: f64, to: f64) -> Spell {
    Spell { from, to: Some(to) }
}

fn watched(from: f64, to: f64) -> Watched {
    Watched {
        user: 7,
        rating_key: 101,
        taste: Taste::Movies,
        device: "tv".to_owned(),
        session_key: 1,
        session_id: "s".to_owned(),
        time: spell(from, to),
        begun_at: 0,
        left_at: None,
        end: Some(End::Said),
        pauses: Vec::new(),
        waits: Vec::new(),
    }
}

fn row(from: f64, to: f64) -> Play {
    let (played, machine_id) = (to - from, "tv".to_owned());
    Play { id: 1, user: 7, rating_key: 101, from, to, played, paused: 0.0, machine_id }
}

fn killed(from: f64, to: f64) -> Disturbance {
    Disturbance { what: "killed".to_owned(), blinds: true, time: spell(from, to) }
}

/// The first words of every fault.
fn faults(plays: Vec<Watched>, blows: Vec<Disturbance>, rows: Vec<Play>) -> Vec<String> {
    let kept = Kept { plays: rows, contradictions: Vec::new() };
    let verdict = Verdict::of(&Ledger::of(plays, blows), &kept, 1000.0);
    verdict.faults.iter().map(|fault| fault.split(':').next().unwrap().to_owned()).collect()
}

#[test]
fn what_is_as_it_was_is_well() {
    assert!(faults(vec![watched(100.0, 140.0)], vec![], vec![row(100.3, 140.2)]).is_empty());
    let again = vec![watched(100.0, 140.0), watched(220.0, 240.0)];
    assert!(faults(again, vec![], vec![row(100.3, 140.2), row(220.0, 240.0)]).is_empty());
}

#[test]
fn lost_doubled_and_made_up_plays_are_found() {
    assert_eq!(faults(vec![watched(100.0, 140.0)], vec![], vec![]), ["lost"]);
    let twice = vec![row(100.0, 120.0), row(120.0, 140.0)];
    assert_eq!(faults(vec![watched(100.0, 140.0)], vec![], twice), ["doubled"]);
    let other = Play { user: 8, ..row(100.0, 140.0) };
    let found = faults(vec![watched(100.0, 140.0)], vec![], vec![row(100.0, 140.0), other]);
    assert!(found.len() == 1 && found[0].starts_with("nobody watched"), "{found:?}");
    let again = vec![watched(100.0, 140.0), watched(220.0, 240.0)];
    assert_eq!(faults(again, vec![], vec![row(100.3, 140.2)]), ["lost"], "the second time is another play");
    let photo = Watched { taste: Taste::Photos, ..watched(100.0, 140.0) };
    assert_eq!(faults(vec![photo], vec![], vec![row(100.0, 140.0)]), ["kept, though of a kind that is not"]);
}

#[test]
fn what_nobody_could_see_may_be_lost() {
    assert!(faults(vec![watched(100.0, 140.0)], vec![killed(105.0, 138.0)], vec![]).is_empty());
    assert_eq!(faults(vec![watched(100.0, 140.0)], vec![killed(107.0, 138.0)], vec![]), ["lost"]);
    assert!(faults(vec![watched(100.0, 105.5)], vec![], vec![]).is_empty());
}

#[test]
fn wrong_times_are_found() {
    let of = |blows, row| faults(vec![watched(100.0, 200.0)], blows, vec![row]);
    assert_eq!(of(vec![], row(99.0, 200.0)), ["began too early"]);
    assert_eq!(of(vec![], row(103.0, 200.0)), ["began too late"]);
    assert_eq!(of(vec![], row(100.0, 208.0)), ["ended too late"]);
    assert_eq!(of(vec![], row(100.0, 190.0)), ["ended at another time"]);
    let paused = Play { paused: 5.0, ..row(100.0, 200.0) };
    assert_eq!(of(vec![], paused), ["paused for another time"]);
    let blow = || vec![killed(101.0, 110.0)];
    assert!(of(blow(), row(117.0, 195.0)).is_empty(), "a look after the blow found it");
    assert_eq!(of(blow(), row(118.0, 195.0)), ["began too late, in spite of everything"]);
    assert_eq!(of(blow(), row(110.0, 122.0)), ["ended too early, in spite of everything"]);
}
