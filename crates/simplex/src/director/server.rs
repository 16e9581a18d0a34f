//! Owns what happens to the servers themselves: faults, restarts, reachability, updates, preferences, accounts, time.

use serde_json::{Map, Value, json};

use super::args::{Fault, FaultMode, Restart, Settings, Target, UpdateNotice};
use super::{Director, DirectorError, Outcome};
use crate::clock::wait;
use crate::core::Update;
use crate::http::FaultSpec;
use crate::hub::Trouble;
use crate::record::overlay;
use crate::world::User;

/// The most reachability messages in a row.
const MOST: u32 = 10_000;

impl Director {
    /// A new version is there, for the server's updater and for plex.tv.
    pub fn update_available(&self, notice: UpdateNotice) {
        let UpdateNotice { version, can_install, state, fixed } = notice;
        let entry =
            json!({ "key": "https://plex.tv/updater/releases/9999", "version": version, "state": state });
        let mut core = self.sim.core();
        core.plextv_version = Some(version.clone());
        core.update = Some(Update { version, can_install, state, fixed });
        self.sim.hub.send("update.statechange", "AutoUpdateNotification", vec![entry]);
    }

    /// No new version.
    pub fn update_none(&self) {
        let mut core = self.sim.core();
        core.update = None;
        core.plextv_version = None;
    }

    /// Remote access up or down, with its reachability message, `repeat` times.
    pub fn remote_access(&self, up: bool, state: Option<&str>, error: Option<&str>, repeat: u32) {
        let mut core = self.sim.core();
        state.filter(|word| !word.is_empty()).unwrap_or("mapped").clone_into(&mut core.mapping_state);
        error.unwrap_or(if up { "" } else { "unreachable" }).clone_into(&mut core.mapping_error);
        for _ in 0..repeat.min(MOST) {
            self.sim.hub.send(
                "reachability",
                "ReachabilityNotification",
                vec![json!({ "reachability": up })],
            );
        }
    }

    /// Changes a preference of the server, with its message.
    pub fn pref(&self, id: &str, value: &str) {
        self.sim.core().prefs.insert(id.to_owned(), value.to_owned());
        let setting = json!({
            "id": id,
            "label": id,
            "summary": "",
            "type": "text",
            "default": "",
            "value": value,
            "hidden": false,
            "advanced": false,
            "group": "general",
        });
        self.sim.hub.send("preference", "Setting", vec![setting]);
    }

    /// The message that the owner's account changed.
    pub fn account_changed(&self) {
        let name = self.sim.core().world.server.owner_username.clone();
        let entry = json!({ "accountID": 1, "authToken": "", "username": name });
        self.sim.hub.send("account", "AccountUpdateNotification", vec![entry]);
    }

    /// An HTTP fault.
    ///
    /// # Errors
    /// When the mode is not known or the path is no regular expression.
    pub fn fault(&self, fault: Fault) -> Outcome<()> {
        let faults = match fault.server {
            Target::Pms => &self.sim.pms_faults,
            Target::Plextv => &self.sim.plextv_faults,
        };
        let mode = match fault.mode {
            FaultMode::Status(code) => code.to_string(),
            FaultMode::Named(name) => name,
        };
        let spec = FaultSpec {
            mode,
            path: fault.path,
            count: fault.count,
            seconds: fault.seconds,
            delay: fault.delay,
        };
        faults.add(spec).map_err(DirectorError::Invalid)
    }

    /// Ends all faults; answers how many there were.
    pub fn fault_clear(&self) -> usize {
        self.sim.pms_faults.clear() + self.sim.plextv_faults.clear()
    }

    /// How often the faults that are there were met.
    #[must_use]
    pub fn fault_hits(&self) -> u64 {
        self.sim.pms_faults.hits() + self.sim.plextv_faults.hits()
    }

    /// The media server refuses connections, and the open ones are cut.
    pub async fn down(&self) {
        self.sim.pms.down().await;
    }

    /// The media server listens again, on the same port.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn up(&self) -> Outcome<()> {
        let router = crate::pms::router(&self.sim);
        self.sim.pms.up(router).map_err(|error| DirectorError::Listen(error.to_string()))
    }

    /// Down, then up again, with session keys from 1 unless told otherwise.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn restart(&self, how: Restart) -> Outcome<()> {
        self.down().await;
        {
            let mut core = self.sim.core();
            if !how.keep_sessions {
                core.sessions.clear();
            }
            if how.reset_keys {
                core.next_session_key =
                    1 + core.sessions.iter().map(|session| session.key).max().unwrap_or(0);
            }
            if let Some(version) = how.version.filter(|version| !version.is_empty()) {
                core.world.server.version = version;
            }
        }
        tokio::time::sleep(wait(how.seconds)).await;
        self.up()
    }

    /// Websocket trouble; `kind` is the type of the message that is spoilt. Answers how many listeners it met.
    pub fn ws(&self, trouble: Trouble, value: f64, kind: &str) -> usize {
        let sample = {
            let core = self.sim.core();
            core.sessions.first().map(|session| session.notification(core.now(), None)).unwrap_or_else(|| {
                json!({ "sessionKey": "0", "ratingKey": "0", "key": "/", "state": "playing", "viewOffset": 0 })
            })
        };
        self.sim.hub.trouble(trouble, value, kind, vec![sample])
    }

    /// Any websocket message: a named array of entries.
    pub fn emit(&self, kind: &str, array: &str, entries: Vec<Value>) {
        self.sim.hub.send(kind, array, entries);
    }

    /// Any websocket text, as it is.
    pub fn emit_text(&self, text: impl Into<String>) {
        self.sim.hub.send_text(text.into());
    }

    /// Re-speeds and steps the clock; answers the simulated time, unix seconds.
    pub fn time(&self, speed: Option<f64>, advance: f64) -> f64 {
        {
            let mut core = self.sim.core();
            if let Some(speed) = speed {
                core.clock.set_speed(speed);
            }
            core.clock.advance(advance);
        }
        if advance != 0.0 {
            self.tick();
        }
        self.sim.core().now()
    }

    /// Steps the clock by seconds.
    pub fn advance(&self, seconds: f64) -> f64 {
        self.time(None, seconds)
    }

    /// Somebody sets the server's clock, backwards too: what plays stays where it is.
    pub fn set_clock(&self, by: f64) {
        let mut core = self.sim.core();
        core.clock.advance(by);
        core.last_tick += by;
        for session in &mut core.sessions {
            session.anchor += by;
            session.started += by;
        }
    }

    /// Changes settings of the simulation.
    pub fn settings(&self, settings: &Settings) {
        if let Some(ping) = settings.ping {
            self.sim.hub.set_ping(ping);
        }
        let mut core = self.sim.core();
        core.interval = settings.interval.unwrap_or(core.interval);
        core.auto_end = settings.auto_end.unwrap_or(core.auto_end);
        core.numeric_ids = settings.numeric_ids.unwrap_or(core.numeric_ids);
    }

    /// Changes fields of an account, by their names in a world file.
    ///
    /// # Errors
    /// When the account or a field is not known, or a value does not fit.
    pub fn user_update(&self, user: u64, fields: Map<String, Value>) -> Outcome<()> {
        let mut core = self.sim.core();
        let known = core.world.users.iter_mut().find(|known| known.user_id == user);
        let known = known.ok_or_else(|| DirectorError::Unknown("user", user.to_string()))?;
        let new: User = overlay(known, fields).map_err(DirectorError::Invalid)?;
        known.clone_from(&new);
        for session in core.sessions.iter_mut().filter(|session| session.user.user_id == user) {
            session.user.clone_from(&new);
        }
        Ok(())
    }

    /// The person at plex.tv approves a pin, as a user or as the owner.
    ///
    /// # Errors
    /// When the pin or the user is not known.
    pub fn approve_code(&self, code: &str, user: Option<u64>) -> Outcome<()> {
        let pin = self.sim.core().pins.number(code);
        self.approve_pin(pin.ok_or_else(|| DirectorError::Unknown("code", code.to_owned()))?, user)
    }

    /// The same by the pin's number.
    ///
    /// # Errors
    /// When the pin or the user is not known.
    pub fn approve_pin(&self, pin: u64, user: Option<u64>) -> Outcome<()> {
        let mut core = self.sim.core();
        let person = match user {
            Some(id) => core.world.user(id),
            None => core.world.owner(),
        };
        let person = person.ok_or_else(|| DirectorError::Unknown("user", format!("{user:?}")))?;
        let token = person.token.clone();
        if core.pins.approve(pin, token) {
            Ok(())
        } else {
            Err(DirectorError::Unknown("pin", pin.to_string()))
        }
    }
}
