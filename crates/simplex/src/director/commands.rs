//! Owns commands by name: their arguments as JSON, their answers as JSON.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::args::{Change, Fault, ItemAdd, NextItem, Restart, Settings, Start, UpdateNotice};
use super::inputs::{
    ApproveCode, ApprovePin, Buffer, Emit, Full, ItemRemove, ItemUpdate, Many, Nothing, OfSession, Pref,
    Progress, RemoteAccess, Scan, Seek, Sent, Stop, StopAll, Terminate, Time, UserUpdate, Ws,
};
use super::{Director, DirectorError, Outcome};

/// Name and arguments of every command.
pub(super) const COMMANDS: [(&str, &str); 36] = [
    ("account_changed", "()"),
    ("approve_code", "(code, user=None)"),
    ("approve_pin", "(pin, user=None)"),
    ("buffer", "(session, times=1)"),
    ("change", "(session, decision='transcode', notify=True, **fields)"),
    ("down", "()"),
    ("emit", "(type, array=None, entries=None, text=None)"),
    ("error", "(session)"),
    ("fault", "(mode, path='.*', count=None, seconds=None, delay=5.0, server='pms')"),
    ("fault_clear", "()"),
    ("item_add", "(like, title=None, parent=None, notify=True, fields=None)"),
    ("item_remove", "(rating_key, notify=True)"),
    ("item_update", "(rating_key, notify=True, **fields)"),
    ("many", "(count, decision=None, notify=True)"),
    ("next_item", "(session, rating_key, notify=True, say_stop=False)"),
    ("pause", "(session)"),
    ("pref", "(id, value)"),
    ("progress", "(session=None)"),
    ("remote_access", "(up, mapping_state=None, mapping_error=None, repeat=1)"),
    ("restart", "(seconds=1.0, keep_sessions=False, reset_keys=True, version=None)"),
    ("resume", "(session)"),
    ("scan", "(section_id=1)"),
    ("seek", "(session, offset, notify=True)"),
    ("sent", "(last=50, type=None)"),
    ("settings", "(interval=None, auto_end=None, numeric_ids=None, ping=None)"),
    (
        "start",
        "(rating_key=None, user=None, device=None, *, decision='directplay', quality=None, decision_fields=None, \
         kind='library', offset=0, media_index=0, subtitle_stream=None, location=None, bandwidth=None, relayed=None, \
         secure=None, channel=0, programme=None, session_key=None, notify=True, buffering_first=False, extra=None)",
    ),
    ("state", "(full=False)"),
    ("stop", "(session, offset=None, notify=True)"),
    ("stop_all", "(notify=True)"),
    ("terminate", "(session_id, reason='')"),
    ("time", "(speed=None, advance=0.0)"),
    ("up", "()"),
    ("update_available", "(version=..., can_install=False, state='available', fixed=...)"),
    ("update_none", "()"),
    ("user_update", "(user, **fields)"),
    ("ws", "(kind, value=1, type='playing')"),
];

/// Reads arguments; a `null` is the same as nothing.
fn read<T: DeserializeOwned>(mut args: Map<String, Value>) -> Outcome<T> {
    args.retain(|_, value| !value.is_null());
    serde_json::from_value(Value::Object(args)).map_err(|error| DirectorError::Invalid(error.to_string()))
}

fn answer(value: impl serde::Serialize) -> Outcome<Value> {
    serde_json::to_value(value).map_err(|error| DirectorError::Invalid(error.to_string()))
}

impl Director {
    /// Runs a command by name.
    ///
    /// # Errors
    /// When the name or an argument is not known, or the command refuses.
    pub async fn run(&self, name: &str, args: Map<String, Value>) -> Outcome<Value> {
        match name {
            "down" => {
                read::<Nothing>(args)?;
                self.down().await;
                Ok(Value::Null)
            }
            "restart" => {
                self.restart(read::<Restart>(args)?).await?;
                Ok(Value::Null)
            }
            _ => match self.run_playback(name, &args) {
                Some(done) => done,
                None => self.run_server(name, args),
            },
        }
    }

    /// Commands about playbacks; none when it is another command.
    fn run_playback(&self, name: &str, args: &Map<String, Value>) -> Option<Outcome<Value>> {
        let args = || args.clone();
        let done = match name {
            "start" => read::<Start>(args()).and_then(|how| answer(self.start(&how)?)),
            "many" => read::<Many>(args()).and_then(|Many { count, decision, notify }| {
                let (first, last) = self.many(count, decision, notify)?;
                Ok(json!({ "first": first, "last": last }))
            }),
            "pause" => read::<OfSession>(args()).and_then(|of| answer(self.pause(of.session)?)),
            "resume" => read::<OfSession>(args()).and_then(|of| answer(self.resume(of.session)?)),
            "error" => read::<OfSession>(args()).and_then(|of| answer(self.error(of.session)?)),
            "buffer" => read::<Buffer>(args()).and_then(|of| answer(self.buffer(of.session, of.times)?)),
            "seek" => {
                read::<Seek>(args()).and_then(|to| answer(self.seek(to.session, to.offset, to.notify)?))
            }
            "progress" => read::<Progress>(args()).and_then(|of| answer(self.progress(of.session)?)),
            "change" => read::<Change>(args()).and_then(|how| Ok(json!({ "transcode": self.change(how)? }))),
            "next_item" => read::<NextItem>(args()).and_then(|how| answer(self.next_item(&how)?)),
            "stop" => {
                read::<Stop>(args()).and_then(|at| answer(self.stop(at.session, at.offset, at.notify)?))
            }
            "stop_all" => read::<StopAll>(args()).and_then(|all| answer(self.stop_all(all.notify)?)),
            "terminate" => read::<Terminate>(args())
                .and_then(|end| answer(self.terminate(&end.session_id, &end.reason)?)),
            _ => return None,
        };
        Some(done)
    }

    /// Commands about the library, accounts and what can be seen.
    fn run_world(&self, name: &str, args: Map<String, Value>) -> Outcome<Value> {
        match name {
            "scan" => answer(self.scan(read::<Scan>(args)?.section_id)?),
            "item_add" => {
                let (key, children) = self.item_add(read::<ItemAdd>(args)?)?;
                Ok(json!({ "rating_key": key, "children": children }))
            }
            // a field may be set to nothing, so nulls count here
            "item_update" => {
                let how: ItemUpdate = serde_json::from_value(Value::Object(args))
                    .map_err(|error| DirectorError::Invalid(error.to_string()))?;
                answer(self.item_update(how.rating_key, how.notify, how.fields)?)
            }
            "item_remove" => {
                let how: ItemRemove = read(args)?;
                answer(self.item_remove(how.rating_key, how.notify)?)
            }
            "user_update" => {
                let UserUpdate { user, fields } = read(args)?;
                answer(self.user_update(user, fields)?)
            }
            "approve_pin" => {
                read::<ApprovePin>(args).and_then(|of| answer(self.approve_pin(of.pin, of.user)?))
            }
            "approve_code" => {
                read::<ApproveCode>(args).and_then(|of| answer(self.approve_code(&of.code, of.user)?))
            }
            "state" => read::<Full>(args).and_then(|how| answer(self.state(how.full))),
            "sent" => {
                read::<Sent>(args).and_then(|of| answer(self.sent(of.last.unwrap_or(50), of.kind.as_deref())))
            }
            other => Err(DirectorError::NoCommand(other.to_owned())),
        }
    }

    /// Commands about the servers and the clock.
    fn run_server(&self, name: &str, args: Map<String, Value>) -> Outcome<Value> {
        match name {
            "up" => read::<Nothing>(args).and_then(|Nothing {}| answer(self.up()?)),
            "update_available" => {
                self.update_available(read::<UpdateNotice>(args)?);
                Ok(Value::Null)
            }
            "update_none" => {
                let Nothing {} = read(args)?;
                self.update_none();
                Ok(Value::Null)
            }
            "account_changed" => {
                let Nothing {} = read(args)?;
                self.account_changed();
                Ok(Value::Null)
            }
            "remote_access" => {
                let RemoteAccess { up, mapping_state, mapping_error, repeat } = read(args)?;
                self.remote_access(up, mapping_state.as_deref(), mapping_error.as_deref(), repeat);
                Ok(Value::Null)
            }
            "pref" => {
                let Pref { id, value } = read(args)?;
                let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                self.pref(&id, &text);
                Ok(Value::Null)
            }
            "fault" => answer(self.fault(read::<Fault>(args)?)?),
            "fault_clear" => read::<Nothing>(args).and_then(|Nothing {}| answer(self.fault_clear())),
            "ws" => read::<Ws>(args).and_then(|how| answer(self.ws(how.kind, how.value, &how.message))),
            "emit" => self.run_emit(read(args)?),
            "time" => read::<Time>(args).and_then(|how| answer(self.time(how.speed, how.advance))),
            "settings" => {
                self.settings(&read::<Settings>(args)?);
                Ok(Value::Null)
            }
            other => self.run_world(other, args),
        }
    }

    fn run_emit(&self, how: Emit) -> Outcome<Value> {
        match how.text {
            Some(text) => self.emit_text(text),
            None => self.emit(
                &how.kind,
                how.array.as_deref().unwrap_or("Unknown"),
                how.entries.unwrap_or_default(),
            ),
        }
        Ok(Value::Null)
    }
}
