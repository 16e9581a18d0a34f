//! A viewing as it would have been followed: the same state machine, fed with what a server would have said.

use super::chance::Chance;
use super::diary::{STALL_MS, Viewing};
use chrono::{DateTime, Duration, Utc};
use tautulli_db::journal::bulk::Finished;
use tautulli_domain::session::{
    Notice, Observation, ObservedUser, Outcome, PlayState, Session, SessionRules,
};
use tautulli_domain::watched::Reach;
use tautulli_domain::{Location, Player, ServerId, SessionId};

/// The server is not known yet when tapes are made; whoever writes them puts it in.
const NOWHERE: ServerId = ServerId(0);
/// How long before a marker its notice comes.
const LEAD_MS: i64 = 4_000;

/// Plays a viewing through; `None` when it would not have been kept. `scene`: what the server says of it.
pub fn record(
    viewing: &Viewing<'_>,
    scene: &Observation,
    number: i64,
    chance: &mut Chance,
    rules: &SessionRules,
) -> Option<Finished> {
    let seen = observe(viewing, scene, number);
    let millis = u64::try_from(viewing.started_at.timestamp_millis()).unwrap_or_default();
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &chance.bytes()).into_uuid();
    let (session, events) = Session::open(SessionId(id), NOWHERE, seen, viewing.started_at, rules);
    let mut tape = Tape { now: viewing.started_at, at_ms: viewing.from_ms, session, events, rules };
    for moment in moments(viewing, &tape.session, rules) {
        tape.reach(moment);
    }
    let stopped = tape.session.stop(Some(viewing.to_ms), tape.now + ms(viewing.to_ms - tape.at_ms), rules);
    tape.events.extend(stopped);
    match tape.session.outcome(true, true, rules) {
        Outcome::Kept(play) => Some(Finished { play: *play, events: tape.events }),
        Outcome::Dropped(_) => None,
    }
}

/// What the server says of this very play.
fn observe(viewing: &Viewing<'_>, scene: &Observation, number: i64) -> Observation {
    let (user, device) = (viewing.user, viewing.device);
    let mut seen = Observation {
        session_key: number,
        session_id: format!("{number:024x}"),
        state: PlayState::Playing,
        view_offset_ms: viewing.from_ms,
        user: ObservedUser {
            account_id: i64::try_from(user.local_id).unwrap_or_default(),
            name: user.title.clone(),
            thumb: user.thumb.clone(),
        },
        ..scene.clone()
    };
    seen.player = Player {
        title: device.title.clone(),
        machine_id: device.machine_id.clone(),
        device: device.device.clone(),
        model: device.model.clone(),
        vendor: device.vendor.clone(),
        platform: device.platform.clone(),
        platform_version: device.platform_version.clone(),
        product: device.product.clone(),
        version: device.version.clone(),
        profile: device.profile.clone(),
        address: viewing.place.address.clone(),
        public_address: viewing.place.public_address.clone(),
        local: viewing.place.location == "lan",
        relayed: Some(false),
        secure: Some(true),
        location: Location::parse(viewing.place.location, false),
        bandwidth: scene.player.bandwidth,
    };
    if let Some(airing) = seen.item.airing.as_mut() {
        airing.begins_at = Some(viewing.started_at.timestamp());
        airing.ends_at = seen.item.duration_ms.map(|length| viewing.started_at.timestamp() + length / 1000);
    }
    seen
}

/// Something that is told at a place in the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Moment {
    /// Just a sign of life.
    Sign(i64),
    Stall(i64),
    Pause(i64, i64),
}

impl Moment {
    fn at(self) -> i64 {
        match self {
            Self::Sign(at) | Self::Stall(at) | Self::Pause(at, _) => at,
        }
    }
}

/// What happens on the way, in its order.
fn moments(viewing: &Viewing<'_>, session: &Session, rules: &SessionRules) -> Vec<Moment> {
    let item = &session.item;
    let (first_credits_ms, final_credits_ms) = item.credits();
    let reach =
        Reach { view_offset_ms: 0, duration_ms: item.duration_ms, first_credits_ms, final_credits_ms };
    let watched = rules.watched.watched_from_ms(item.kind, &reach).filter(|_| !item.live);
    let markers = item.markers.iter().flat_map(|marker| [marker.start_ms - LEAD_MS, marker.end_ms + 1]);
    let signs = markers.chain(watched).map(Moment::Sign);
    let mut all: Vec<Moment> = signs
        .chain(viewing.stall.map(Moment::Stall))
        .chain(viewing.pauses.iter().map(|(at, length)| Moment::Pause(*at, *length)))
        .filter(|moment| (viewing.from_ms + 1..viewing.to_ms).contains(&moment.at()))
        .collect();
    all.sort_unstable_by_key(|moment| moment.at());
    all
}

fn ms(milliseconds: i64) -> Duration {
    Duration::milliseconds(milliseconds)
}

struct Tape<'r> {
    now: DateTime<Utc>,
    at_ms: i64,
    session: Session,
    events: Vec<tautulli_domain::session::SessionEvent>,
    rules: &'r SessionRules,
}

impl Tape<'_> {
    /// Plays on to a moment and lets it happen.
    fn reach(&mut self, moment: Moment) {
        self.now += ms(moment.at() - self.at_ms);
        self.at_ms = moment.at();
        match moment {
            Moment::Sign(_) => self.say(PlayState::Playing),
            Moment::Pause(_, length) => {
                self.say(PlayState::Paused);
                self.now += ms(length);
                self.say(PlayState::Playing);
            }
            Moment::Stall(_) => {
                self.say(PlayState::Buffering);
                self.now += ms(STALL_MS);
                self.say(PlayState::Playing);
            }
        }
    }

    fn say(&mut self, state: PlayState) {
        let notice = Notice {
            session_key: self.session.session_key,
            rating_key: self.session.item.rating_key.clone(),
            guid: String::new(),
            state,
            view_offset_ms: Some(self.at_ms),
            transcode_key: None,
        };
        let events = self.session.notice(&notice, self.now, self.rules);
        self.events.extend(events);
    }
}
