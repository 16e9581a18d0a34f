//! What strikes: everything that can die, stall, lie or come in the wrong order.

use super::house::House;
use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use serde_json::json;
use std::time::Duration;
use tautulli_simplex::{Fault, Restart, Trouble};

/// A blow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    ServiceKilled,
    DatabaseKilled,
    BothKilled,
    /// Everyone is thrown out, and session keys count from 1 again.
    PlexRestarted,
    /// The line to Plex is cut; people go on watching.
    PlexAway,
    ListHangs,
    ListFails,
    ListTruncated,
    ListNonsense,
    /// The list says that nobody watches.
    ListEmpty,
    /// Items' facts cannot be had.
    FactsFail,
    FactsHang,
    SocketClosed,
    SocketCut,
    /// Cut, and refused for a while.
    SocketRefused,
    /// Bytes that are no message.
    SocketGarbage,
    /// Half a frame, and nothing more.
    SocketStalls,
    MessagesTwice,
    MessagesShuffled,
    MessagesLost,
    /// Messages with the session key of one and the item of another.
    MessagesMixedUp,
    /// Somebody sets the clock of Plex.
    ClockForward,
    ClockBackward,
}

const ALL: [(Moment, u32); 23] = [
    (Moment::ServiceKilled, 4),
    (Moment::DatabaseKilled, 3),
    (Moment::BothKilled, 3),
    (Moment::PlexRestarted, 3),
    (Moment::PlexAway, 2),
    (Moment::ListHangs, 1),
    (Moment::ListFails, 2),
    (Moment::ListTruncated, 1),
    (Moment::ListNonsense, 1),
    (Moment::ListEmpty, 1),
    (Moment::FactsFail, 1),
    (Moment::FactsHang, 1),
    (Moment::SocketClosed, 1),
    (Moment::SocketCut, 1),
    (Moment::SocketRefused, 1),
    (Moment::SocketGarbage, 1),
    (Moment::SocketStalls, 1),
    (Moment::MessagesTwice, 1),
    (Moment::MessagesShuffled, 1),
    (Moment::MessagesLost, 1),
    (Moment::MessagesMixedUp, 1),
    (Moment::ClockForward, 1),
    (Moment::ClockBackward, 1),
];

const LIST: &str = "^/status/sessions";
const FACTS: &str = "^/library/metadata";

impl Moment {
    pub fn choose(random: &mut StdRng) -> Self {
        ALL.choose_weighted(random, |(_, weight)| *weight).unwrap().0
    }

    /// Whether nobody could see all the while who watches.
    fn blinds(self) -> bool {
        use Moment::{
            BothKilled, FactsHang, ListEmpty, ListFails, ListHangs, ListNonsense, ListTruncated, PlexAway,
            PlexRestarted, ServiceKilled,
        };
        let blind = [
            ServiceKilled,
            BothKilled,
            PlexRestarted,
            PlexAway,
            ListHangs,
            ListFails,
            ListTruncated,
            ListNonsense,
            ListEmpty,
            FactsHang,
        ];
        blind.contains(&self)
    }
}

/// Long enough that some begin and end with nothing near that disturbs, so that their times can be judged to the second.
pub const CALM: Duration = Duration::from_secs(20);
/// There is a calm after so many blows.
const SOMETIMES: u64 = 15;

/// The time between blows.
pub fn quiet(number: u64, random: &mut StdRng) -> Duration {
    let usual = Duration::from_millis(random.random_range(1_000..5_000));
    if number % SOMETIMES == SOMETIMES - 1 { CALM } else { usual }
}

/// It strikes, lasts, and is over when the service is well again. People go on all the while.
pub async fn strike(house: &mut House, moment: Moment, random: &mut StdRng) {
    let length = Duration::from_millis(random.random_range(200..2_500));
    house.crowd.look_round();
    house.crowd.disturbed(&format!("{moment:?}"), moment.blinds());
    match moment {
        Moment::ServiceKilled | Moment::DatabaseKilled | Moment::BothKilled => {
            kill(house, moment, length).await;
        }
        Moment::PlexRestarted => restart(house, length).await,
        Moment::PlexAway => {
            house.plex.director().down().await;
            house.live(length).await;
            house.plex.director().up().unwrap();
        }
        Moment::ListHangs => fault(house, "hang", LIST, length).await,
        Moment::ListFails => fault(house, "500", LIST, length).await,
        Moment::ListTruncated => fault(house, "truncated", LIST, length).await,
        Moment::ListNonsense => fault(house, "nonsense", LIST, length).await,
        Moment::ListEmpty => fault(house, "nobody", LIST, length).await,
        Moment::FactsFail => fault(house, "500", FACTS, length).await,
        Moment::FactsHang => fault(house, "hang", FACTS, length).await,
        Moment::SocketClosed => ws(house, Trouble::Close, 1001.0),
        Moment::SocketCut => ws(house, Trouble::Abort, 1.0),
        Moment::SocketRefused => {
            let refusal = Fault::new("503", "websockets").lasting(length.as_secs_f64());
            house.plex.director().fault(refusal).unwrap();
            ws(house, Trouble::Abort, 1.0);
            house.live(length).await;
        }
        Moment::SocketGarbage => {
            for trouble in [Trouble::Garbage, Trouble::NoEntries, Trouble::Binary, Trouble::BadUtf8] {
                ws(house, trouble, 1.0);
                house.live(length / 4).await;
            }
        }
        Moment::SocketStalls => ws(house, Trouble::Stall, 1.0),
        Moment::MessagesTwice => mood(house, Trouble::Duplicate, 1.0, length).await,
        Moment::MessagesShuffled => mood(house, Trouble::Reorder, 8.0, length).await,
        Moment::MessagesLost => mood(house, Trouble::Silent, 1.0, length * 3).await,
        Moment::MessagesMixedUp => mix_up(house, length).await,
        Moment::ClockForward => house.plex.director().set_clock(3_600.0),
        Moment::ClockBackward => house.plex.director().set_clock(-600.0),
    }
    house.live_until_well().await;
    house.crowd.look_round();
    house.crowd.calm();
}

async fn kill(house: &mut House, moment: Moment, length: Duration) {
    let service_dies = moment != Moment::DatabaseKilled;
    if service_dies {
        house.kill_service();
    }
    if moment != Moment::ServiceKilled {
        house.kill_database();
    }
    house.live(length).await;
    if service_dies {
        house.start_service();
    }
}

async fn restart(house: &mut House, length: Duration) {
    let director = house.plex.director();
    director.down().await;
    director.stop_all(false).unwrap();
    house.crowd.look_round();
    tokio::time::sleep(length).await;
    director.restart(Restart { seconds: 0.0, ..Restart::default() }).await.unwrap();
}

async fn fault(house: &mut House, mode: &str, path: &str, length: Duration) {
    let fault = Fault::new(mode, path).lasting(length.as_secs_f64());
    house.plex.director().fault(fault).unwrap();
    house.live(length).await;
    house.plex.director().fault_clear();
    // A look that met the fault is still under way, or the next one has not set out.
    house.live(Duration::from_millis(500)).await;
}

fn ws(house: &House, trouble: Trouble, value: f64) {
    house.plex.director().ws(trouble, value, "playing");
}

async fn mood(house: &mut House, trouble: Trouble, value: f64, length: Duration) {
    ws(house, trouble, value);
    house.live(length).await;
    ws(house, Trouble::Normal, 0.0);
}

async fn mix_up(house: &mut House, length: Duration) {
    for _ in 0..4 {
        let listed = house.plex.director().state(true).listed;
        let others = listed.iter().cycle().skip(1);
        let mixed = listed.iter().zip(others).map(|(one, other)| {
            json!({
                "sessionKey": one.session_key.to_string(),
                "ratingKey": other.rating_key,
                "key": format!("/library/metadata/{}", other.rating_key),
                "guid": "", "url": "", "viewOffset": other.offset, "state": "playing",
            })
        });
        house.plex.director().emit("playing", "PlaySessionStateNotification", mixed.collect());
        house.live(length / 4).await;
    }
}
