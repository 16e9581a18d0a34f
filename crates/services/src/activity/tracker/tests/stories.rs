//! What people do, what goes wrong with the messages and looks, and what must be true of the plays in the end.

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a person does.
#[derive(Debug, Clone)]
enum Act {
    Start(u8),
    Pause(u8),
    Resume(u8),
    Next(u8),
    Stop(u8),
    Wait(u8),
}

/// What goes wrong with one message or look.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Trouble {
    None,
    Lost,
    Twice,
    Late,
}

fn acts() -> impl Strategy<Value = Vec<(Act, Trouble)>> {
    let act = (0u8..4).prop_flat_map(|who| {
        prop_oneof![
            3 => Just(Act::Start(who)),
            1 => Just(Act::Pause(who)),
            1 => Just(Act::Resume(who)),
            2 => Just(Act::Next(who)),
            3 => Just(Act::Stop(who)),
            6 => (1u8..30).prop_map(Act::Wait),
        ]
    });
    let trouble = prop_oneof![
        4 => Just(Trouble::None),
        1 => Just(Trouble::Lost),
        1 => Just(Trouble::Twice),
        1 => Just(Trouble::Late)
    ];
    proptest::collection::vec((act, trouble), 1..60)
}

/// A media server that tells the truth when asked.
struct Server {
    playing: BTreeMap<i64, (String, i64, PlayState)>,
    items: u32,
    keys: i64,
    who: [Option<i64>; 4],
    begun: Vec<(String, i64, Option<i64>)>,
}

impl Server {
    fn rows(&self, now: i64) -> Vec<Observation> {
        self.playing
            .iter()
            .map(|(key, (item, since, state))| {
                let mut seen = row(*key, item, (now - since) * 1000);
                seen.state = *state;
                seen
            })
            .collect()
    }

    fn item(&mut self) -> String {
        self.items += 1;
        self.items.to_string()
    }

    fn end(&mut self, item: &str, now: i64) {
        if let Some(play) = self.begun.iter_mut().find(|p| p.0 == item) {
            play.2 = Some(now);
        }
    }

    /// Does it, and gives what the server would say of it.
    fn act(&mut self, act: &Act, now: i64) -> Option<Notice> {
        match act {
            Act::Start(who) => {
                let slot = usize::from(*who);
                if self.who[slot].is_some() {
                    return None;
                }
                self.keys += 1;
                let (key, item) = (self.keys, self.item());
                self.who[slot] = Some(key);
                self.playing.insert(key, (item.clone(), now, Playing));
                self.begun.push((item.clone(), now, None));
                Some(notice(key, &item, Playing, 0))
            }
            Act::Pause(who) | Act::Resume(who) => {
                let state = if matches!(act, Act::Pause(_)) { Paused } else { Playing };
                let key = self.who[usize::from(*who)]?;
                let (item, since, now_state) = self.playing.get_mut(&key)?;
                *now_state = state;
                Some(notice(key, item, state, (now - *since) * 1000))
            }
            Act::Next(who) => {
                let key = self.who[usize::from(*who)]?;
                let old = self.playing.get(&key)?.0.clone();
                self.end(&old, now);
                let item = self.item();
                self.playing.insert(key, (item.clone(), now, Playing));
                self.begun.push((item.clone(), now, None));
                Some(notice(key, &item, Playing, 0))
            }
            Act::Stop(who) => {
                let key = self.who[usize::from(*who)].take()?;
                let (item, since, _) = self.playing.remove(&key)?;
                self.end(&item, now);
                Some(notice(key, &item, Stopped, (now - since) * 1000))
            }
            Act::Wait(_) => None,
        }
    }
}

fn hear(world: &mut World, server: &Server, told: &Notice, now: i64, times: usize) {
    for _ in 0..times {
        let reaction = world.tracker.notice(told, at(now));
        world.keep(reaction.steps);
        if reaction.look {
            world.look(now, now, &server.rows(now));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    /// Messages may be lost, doubled and late; looks come every five seconds. Every play that could be seen for six
    /// seconds is kept once, none twice, and none stays open.
    #[test]
    fn no_play_is_lost_doubled_or_left_open(story in acts()) {
        let mut world = World::new();
        let mut server = Server { playing: BTreeMap::new(), items: 0, keys: 0, who: [None; 4], begun: Vec::new() };
        let mut now = 1;
        let mut late: Option<Notice> = None;
        for (act, trouble) in story {
            if let Act::Wait(seconds) = act {
                for _ in 0..seconds {
                    now += 1;
                    world.tick(now);
                    if now % 5 == 0 {
                        world.look(now, now, &server.rows(now));
                    }
                }
                continue;
            }
            let told = server.act(&act, now);
            let before = late.take();
            if let Some(told) = told {
                match trouble {
                    Trouble::None => hear(&mut world, &server, &told, now, 1),
                    Trouble::Twice => hear(&mut world, &server, &told, now, 2),
                    Trouble::Late => late = Some(told),
                    Trouble::Lost => {}
                }
            }
            if let Some(told) = before {
                hear(&mut world, &server, &told, now, 1);
            }
        }
        for who in 0..4 {
            if let Some(told) = server.act(&Act::Stop(who), now) {
                hear(&mut world, &server, &told, now, 1);
            }
        }
        for _ in 0..4 {
            now += 5;
            world.look(now, now, &[]);
        }
        prop_assert_eq!(world.tracker.sessions().count(), 0, "left open");
        for (item, begun, ended) in &server.begun {
            let rows = world.ended.iter().filter(|s| s.item.rating_key == *item).count();
            let seconds = ended.unwrap_or(now) - begun;
            prop_assert!(rows <= 1, "{} is there {} times", item, rows);
            prop_assert!(rows == 1 || seconds < 6, "{} of {} s is lost", item, seconds);
        }
    }
}
