//! Owns how playbacks begin.

use serde_json::{Map, Value};

use super::args::{Start, Started};
use super::reach::reached;
use super::{Director, DirectorError, Outcome};
use crate::core::Core;
use crate::playback::{Decision, Origin, PlayKind, Preset, Session, State};
use crate::world::{Device, ItemKind, User};

/// The most playbacks one `many` may start.
const MANY: u64 = 100_000;

fn unknown(what: &'static str, which: impl ToString) -> DirectorError {
    DirectorError::Unknown(what, which.to_string())
}

fn pick(core: &mut Core, how: &Start) -> Outcome<(User, Device)> {
    if let Some(device) = how.device.as_deref().filter(|id| !id.is_empty()) {
        let device = core.world.device(device).cloned().ok_or_else(|| unknown("device", device))?;
        let id = how.user.unwrap_or(device.user_id);
        let user = core.world.user(id).cloned().ok_or_else(|| unknown("user", id))?;
        return Ok((user, device));
    }
    let user = match how.user {
        Some(id) => core.world.user(id).cloned().ok_or_else(|| unknown("user", id))?,
        None => {
            let active: Vec<usize> = core
                .world
                .users
                .iter()
                .enumerate()
                .filter(|(_, user)| user.is_active)
                .map(|(at, _)| at)
                .collect();
            let chosen = core.dice.pick(&active);
            core.world.users.get(chosen).cloned().ok_or_else(|| unknown("user", "active"))?
        }
    };
    let id = user.device_ids.first().cloned().unwrap_or_default();
    let device = core.world.device(&id).cloned().ok_or_else(|| unknown("device", id))?;
    Ok((user, device))
}

fn decide(how: &Start) -> Outcome<Decision> {
    let mut fields = how.decision_fields.clone();
    if let Some(quality) = how.quality.as_deref().filter(|name| !name.is_empty()) {
        fields.insert("quality".to_owned(), quality.into());
    }
    let mut preset = how.decision;
    if how.kind == PlayKind::Live {
        let mut live: Map<String, Value> = Map::new();
        live.insert("protocol".to_owned(), "hls".into());
        live.insert("container".to_owned(), "mpegts".into());
        live.extend(fields);
        fields = live;
        if preset == Preset::DirectPlay {
            preset = Preset::DirectStream;
        }
    }
    Decision::of(preset, fields).map_err(DirectorError::Invalid)
}

fn origin(core: &mut Core, how: &Start) -> Outcome<Origin> {
    if how.kind != PlayKind::Live {
        let key = match how.rating_key.filter(|key| *key != 0) {
            Some(key) => key,
            None => {
                let all: Vec<u64> = core.world.playable().map(|item| item.rating_key).collect();
                core.dice.pick(&all)
            }
        };
        let item = core.world.items.get(&key).cloned().ok_or_else(|| unknown("item", key))?;
        return Ok(Origin::Item(Box::new(item)));
    }
    let all = &core.world.programmes;
    let wanted = all.iter().find(|programme| Some(programme.rating_key) == how.programme);
    let on_air = how.channel.checked_rem(all.len()).and_then(|at| all.get(at));
    let programme = wanted.or(on_air).cloned().ok_or_else(|| unknown("programme", how.channel))?;
    let channel = core.world.channel(&programme.channel_id).cloned();
    let uuid = core.dice.uuid();
    Ok(Origin::Broadcast { programme: Box::new(programme), channel, uuid })
}

fn texts(extra: &Map<String, Value>) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    extra.iter().map(|(name, value)| (name.clone(), text(value))).collect()
}

impl Director {
    /// Begins a playback.
    ///
    /// # Errors
    /// When the item, user, device, programme or a decision field is not known.
    pub fn start(&self, how: &Start) -> Outcome<Started> {
        let mut core = self.sim.core();
        let session = prepare(&mut core, how)?;
        let answer = Started {
            session_key: session.key,
            session_id: session.id.clone(),
            rating_key: session.rating_key(),
            user_id: session.user.user_id,
            device: session.device.machine_id.clone(),
            transcode: session.transcode_id.clone(),
        };
        core.next_session_key = core.next_session_key.max(session.key.saturating_add(1));
        if how.notify {
            self.say_transcode(&session, core.now(), "start");
            self.say_playing(&session, core.now(), None);
        }
        match core.sessions.iter_mut().find(|known| known.key == session.key) {
            Some(known) => *known = session,
            None => core.sessions.push(session),
        }
        Ok(answer)
    }

    /// Starts many playbacks at once, spread over items, players and decisions; answers the first and last key.
    ///
    /// # Errors
    /// When there are too many, or nothing to play.
    pub fn many(&self, count: u64, decision: Option<Preset>, notify: bool) -> Outcome<(u64, u64)> {
        if count > MANY {
            return Err(DirectorError::Invalid(format!("at most {MANY}")));
        }
        let (items, devices, first) = {
            let core = self.sim.core();
            let items: Vec<(u64, ItemKind, i64)> = core
                .world
                .playable()
                .map(|item| (item.rating_key, item.kind, item.about.duration.unwrap_or(2)))
                .collect();
            let devices: Vec<String> =
                core.world.devices.iter().map(|device| device.machine_id.clone()).collect();
            (items, devices, core.next_session_key)
        };
        let spread = [Preset::DirectPlay, Preset::Transcode, Preset::DirectStream, Preset::Hw, Preset::Audio];
        let turns =
            items.iter().cycle().step_by((7919 % items.len().max(1)).max(1)).zip(devices.iter().cycle());
        for (n, ((key, kind, length), device)) in (0..count).zip(turns) {
            let turn =
                spread.iter().cycle().nth(usize::try_from(n % 5).unwrap_or(0)).copied().unwrap_or_default();
            let how = match (kind, decision.unwrap_or(turn)) {
                (ItemKind::Photo, _) | (ItemKind::Track, Preset::DirectPlay) => Preset::DirectPlay,
                (ItemKind::Track, _) => Preset::Music,
                (_, preset) => preset,
            };
            let offset = i64::try_from(n).unwrap_or(0) * 1000 % (length / 2).max(1);
            let start = Start::item(*key).device(device).decision(how).at(offset);
            self.start(&Start { notify, ..start })?;
        }
        Ok((first, self.sim.core().next_session_key - 1))
    }
}

fn prepare(core: &mut Core, how: &Start) -> Outcome<Session> {
    let (user, device) = pick(core, how)?;
    let decision = decide(how)?;
    let origin = origin(core, how)?;
    let now = core.now();
    core.queue_id += 1;
    let (id, playback_id) = (core.uid(), core.uid());
    Ok(Session {
        key: how.session_key.filter(|key| *key != 0).unwrap_or(core.next_session_key),
        id,
        user,
        device: reached(device, how),
        transcode_id: if decision.is_direct() { String::new() } else { core.uid() },
        decision,
        kind: how.kind,
        origin,
        media_index: how.media_index,
        state: if how.buffering_first { State::Buffering } else { State::Playing },
        offset: how.offset,
        anchor: now,
        started: now,
        bandwidth: how.bandwidth,
        play_queue: core.queue_id,
        queue_item: core.queue_id * 10,
        playback_id,
        subtitle_stream: how.subtitle_stream,
        extra: texts(&how.extra),
    })
}
