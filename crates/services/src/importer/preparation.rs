//! A play of the file as it will stand here: who, what, how far, and an id that it gets in every import.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tautulli_db::details::{self, Delivery};
use tautulli_db::journal::bulk::imported::{Content, Description, ImportedPlay, Membership};
use tautulli_domain::media::ItemSnapshot;
use tautulli_domain::watched::{Reach, WatchedRules, percent_complete};
use tautulli_domain::{Error, LibraryId, Result, ServerId, StreamDetail, UserId};
use tautulli_import::{About, ImportedPlay as Found, PlayKey, RecordedGroup};
use uuid::{Builder, Uuid};

/// The account that stands for plays of nobody.
pub(super) const NOBODY: i64 = -1;
/// Rows up to this number keep their order in ids of sessions, and their number.
pub(super) const HIGHEST: i64 = (1 << 42) - 1;

/// The column of a name.
const USER: &str = "user";

/// What must be known to prepare plays.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    pub server_id: ServerId,
    pub users: BTreeMap<i64, UserId>,
    /// Names of accounts now.
    pub names: BTreeMap<i64, String>,
    pub libraries: BTreeMap<i64, LibraryId>,
    pub watched: WatchedRules,
}

impl Setting {
    /// A play, and what of it has no room in one.
    pub(super) fn prepare(
        &self,
        mut found: Found,
        lately: &mut Lately,
    ) -> Result<(ImportedPlay, Option<Value>)> {
        let account = found.account_id.unwrap_or(NOBODY);
        let user_id = self.users.get(&account).copied();
        let user_id = user_id.ok_or_else(|| Error::internal(format!("account {account} has no user")))?;
        let mut cells = std::mem::take(&mut found.cells);
        let is_nameless = found.user_name.is_empty() && self.names.contains_key(&account);
        let remains = self.remains(&mut found, account);
        // Whoever has no account has no name but that of the play anyway.
        if let Some(name) = remains.as_ref().and_then(|remains| remains.get(USER)) {
            cells.insert(USER.to_owned(), name.clone());
        } else if is_nameless {
            // Where not even an empty text lies, that is said already.
            cells.entry(USER).or_insert_with(|| json!(""));
        }
        let total_ms = (found.stopped_at - found.started_at).num_milliseconds();
        let (percent, quarters, reach) = self.progress(&found);
        let quality = Some(found.quality_profile.as_str())
            .filter(|name| !name.is_empty() && *name != found.stream.quality_profile(found.about.kind));
        let play = ImportedPlay {
            session_id: session_id(self.server_id, found.key()),
            row_id: found.row_id,
            membership: match found.group {
                RecordedGroup::Own => Membership::Own,
                RecordedGroup::Gone(row_id) => Membership::Gone(row_id),
                RecordedGroup::Of(key) => {
                    Membership::Of { session_id: session_id(self.server_id, key), row_id: key.row_id }
                }
            },
            recorded: found.recorded,
            cells: if cells.is_empty() { None } else { Some(text(&cells)?) },
            user_id,
            library_id: found.about.section_id.and_then(|section| self.libraries.get(&section).copied()),
            live: found.about.live,
            reach,
            media_kind: found.about.kind,
            started_at: found.started_at,
            stopped_at: found.stopped_at,
            played_ms: total_ms - found.paused_ms,
            paused_ms: found.paused_ms,
            percent_complete: i16::try_from(percent.clamp(0, 100)).unwrap_or(0),
            watched_quarters: quarters,
            decision: found.decision.word(),
            player_detail: details::player(&found.player)?,
            stream: lately.stream(&found.stream, quality)?,
            content: lately.content(&found.about, found.item.take().map(|item| *item))?,
            location: found.player.location.name(),
            platform: found.player.platform,
            product: found.player.product,
            player: found.player.title,
            machine_id: found.player.machine_id,
            address: found.player.address,
        };
        Ok((play, remains))
    }

    /// How far it got, by the rules of today (HIS-12, ACT-14); live is always watched.
    fn progress(&self, found: &Found) -> (i64, i16, Reach) {
        let (first_credits_ms, final_credits_ms) = found.about.credits;
        let reach = Reach {
            view_offset_ms: found.view_offset_ms,
            duration_ms: found.about.duration_ms,
            first_credits_ms,
            final_credits_ms,
        };
        if found.about.live {
            return (100, 4, reach);
        }
        let percent = percent_complete(reach.view_offset_ms, reach.duration_ms);
        (percent, self.watched.quarters(found.about.kind, &reach), reach)
    }

    /// What a play has no room for, where it says something that is not said otherwise.
    fn remains(&self, found: &mut Found, account: i64) -> Option<Value> {
        let mut remains: Map<String, Value> = std::mem::take(&mut found.others);
        if let Some(at) = found.last_viewed_at {
            remains.insert("last_viewed_at".to_owned(), json!(at));
        }
        let name = std::mem::take(&mut found.user_name);
        if !name.is_empty() && self.names.get(&account) != Some(&name) {
            remains.insert(USER.to_owned(), json!(name));
        }
        (!remains.is_empty()).then_some(Value::Object(remains))
    }
}

fn text(value: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// What has been prepared of what plays share.
#[derive(Debug, Default)]
pub(super) struct Lately {
    streams: Shared<StreamDetail, Delivery>,
    /// The same under another name of the quality.
    named: HashMap<String, Shared<StreamDetail, Delivery>>,
    items: Shared<About, Content>,
}

/// What was made of things that plays share, for as long as the reader shares them.
#[derive(Debug)]
struct Shared<T, U>(HashMap<usize, (Arc<T>, Arc<U>)>);

impl<T, U> Default for Shared<T, U> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

/// With more than this, those go that the reader shares no more.
const MANY: usize = 80_000;
/// Plex names fewer qualities than this; optimised versions may have names of their own.
const QUALITIES: usize = 64;

impl<T, U> Shared<T, U> {
    fn get(&self, of: &Arc<T>) -> Option<Arc<U>> {
        // A thing that is kept here keeps its place in memory.
        self.0.get(&Arc::as_ptr(of).addr()).map(|(_, made)| made.clone())
    }

    fn keep(&mut self, of: &Arc<T>, made: Arc<U>) {
        if self.0.len() >= MANY {
            self.0.retain(|_, (of, _)| Arc::strong_count(of) > 1);
        }
        self.0.insert(Arc::as_ptr(of).addr(), (of.clone(), made));
    }
}

impl Lately {
    /// How it was delivered; `quality` is the name that was recorded, where the stream says another.
    fn stream(&mut self, stream: &Arc<StreamDetail>, quality: Option<&str>) -> Result<Arc<Delivery>> {
        let Self { streams, named, .. } = self;
        let kept = match quality {
            None => streams,
            Some(quality) => {
                if named.len() >= QUALITIES && !named.contains_key(quality) {
                    named.clear();
                }
                named.entry(quality.to_owned()).or_default()
            }
        };
        if let Some(known) = kept.get(stream) {
            return Ok(known);
        }
        let made = match quality {
            None => Delivery::of(stream)?,
            Some(quality) => {
                let recorded_profile = quality.to_owned();
                Delivery::of(&StreamDetail { recorded_profile, ..(**stream).clone() })?
            }
        };
        let made = Arc::new(made);
        kept.keep(stream, made.clone());
        Ok(made)
    }

    /// The content of an item: in full where it comes with the item, afterwards its digest.
    fn content(&mut self, about: &Arc<About>, item: Option<ItemSnapshot>) -> Result<Arc<Content>> {
        if let Some(item) = item {
            let full = content(item)?;
            self.items.keep(about, Arc::new(Content { description: None, ..full.clone() }));
            return Ok(Arc::new(full));
        }
        self.items.get(about).ok_or_else(|| Error::internal("an item that nobody has described"))
    }
}

fn content(item: ItemSnapshot) -> Result<Content> {
    let detail = text(&item)?;
    Ok(Content {
        digest: Sha256::digest(&detail).into(),
        identity: item.identity().0,
        kind: item.kind.name(),
        description: Some(Description {
            full_title: item.full_title(),
            guid: item.guid,
            parent_rating_key: item.parent_rating_key,
            grandparent_rating_key: item.grandparent_rating_key,
            section_id: item.section_id,
            title: item.title,
            parent_title: item.parent_title,
            grandparent_title: item.grandparent_title,
            year: item.year,
            detail,
        }),
        rating_key: item.rating_key,
    })
}

/// The id of an imported play's session: the same in every import, and in the order of the rows. It begins with a mark of the
/// server; then comes the row; then what tells rows of different databases apart.
pub(super) fn session_id(server: ServerId, key: PlayKey) -> Uuid {
    let row = u64::try_from(key.row_id.clamp(0, HIGHEST)).unwrap_or(0);
    let facts = format!("{} {} {:?}", key.row_id, key.started_s, key.account_id);
    let digest: [u8; 32] = Sha256::digest(facts).into();
    let [.., a, b, c, d] = digest;
    build(server, row, [a, b, c, d])
}

/// The first and the last id that an imported play of a server can have.
pub(super) fn session_ids(server: ServerId) -> (Uuid, Uuid) {
    (build(server, 0, [0; 4]), build(server, u64::MAX, [0xff; 4]))
}

fn build(server: ServerId, row: u64, end: [u8; 4]) -> Uuid {
    let mark: [u8; 32] = Sha256::digest(format!("imported into server {server}")).into();
    let [m0, m1, m2, m3, m4, m5, ..] = mark;
    let byte = |shift: u32, mask: u64| u8::try_from((row >> shift) & mask).unwrap_or(0);
    let [e0, e1, e2, e3] = end;
    let bytes = [
        m0,
        m1,
        m2,
        m3,
        m4,
        m5,
        byte(38, 0x0f),
        byte(30, 0xff),
        byte(24, 0x3f),
        byte(16, 0xff),
        byte(8, 0xff),
        byte(0, 0xff),
        e0,
        e1,
        e2,
        e3,
    ];
    Builder::from_custom_bytes(bytes).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn key(row_id: i64, started_s: i64) -> PlayKey {
        PlayKey { row_id, started_s, account_id: Some(7) }
    }

    #[test]
    fn another_server_account_or_time_is_another_play() {
        let one = session_id(ServerId(1), key(5, 100));
        assert_eq!(one, session_id(ServerId(1), key(5, 100)));
        assert_ne!(one, session_id(ServerId(2), key(5, 100)));
        assert_ne!(one, session_id(ServerId(1), key(5, 101)));
        assert_ne!(one, session_id(ServerId(1), PlayKey { account_id: None, ..key(5, 100) }));
        assert_eq!(one.get_version_num(), 8);
    }

    proptest! {
        #[test]
        fn ids_follow_the_rows(a in 0..=HIGHEST, b in 0..=HIGHEST, started in any::<i64>(), other in any::<i64>()) {
            let id = |row, at| session_id(ServerId(3), key(row, at));
            if a < b {
                prop_assert!(id(a, started) < id(b, other));
            }
            let (first, last) = session_ids(ServerId(3));
            prop_assert!((first..=last).contains(&id(a, started)));
        }

        #[test]
        fn any_row_has_an_id(row in any::<i64>()) {
            let (first, last) = session_ids(ServerId(3));
            prop_assert!((first..=last).contains(&session_id(ServerId(3), key(row, 1))));
        }
    }
}
