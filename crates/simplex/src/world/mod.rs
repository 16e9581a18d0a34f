//! Owns the simulated world: what a server and plex.tv have, before anything happens.
//!
//! Must not know of playbacks, messages or HTTP.

mod attributes;
mod generate;
mod item;
mod listing;
mod media;
mod people;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use attributes::Attributes;
pub use generate::Scale;
pub use item::{About, Item, ItemKind, Place, Tags};
pub use listing::{Channel, Playlist, Programme, Section, SyncItem};
pub use media::{Chapter, Marker, Media, Part, Stream, Tag};
pub use people::{Device, Server, User};

/// Why a world file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WorldError {
    #[error("the world is not readable: {0}")]
    Unreadable(#[from] serde_json::Error),
    #[error("the world has no {0}")]
    Lacks(&'static str),
    #[error("{0} names what is not there: {1}")]
    Dangling(&'static str, String),
}

/// Everything there is. Items are by rating key, collections included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct World {
    pub seed: u64,
    pub scale: String,
    /// "Now" when the world was made, unix seconds.
    pub epoch: i64,
    pub server: Server,
    pub users: Vec<User>,
    pub devices: Vec<Device>,
    pub sections: Vec<Section>,
    pub items: BTreeMap<u64, Item>,
    #[serde(default)]
    pub playlists: Vec<Playlist>,
    #[serde(default)]
    pub channels: Vec<Channel>,
    #[serde(default)]
    pub programmes: Vec<Programme>,
    #[serde(default)]
    pub sync_items: Vec<SyncItem>,
    /// Next free rating key.
    pub next_key: u64,
    /// Next free media, part, stream or tag id.
    pub next_id: u64,
}

/// How deep a family may be; deeper ones are cut, so that a file with a loop cannot hang a look-up.
const DEPTH: usize = 4;

impl World {
    /// Reads a world file.
    ///
    /// # Errors
    /// When it is not JSON of the right shape, has no owner or section, or an item stands in an unknown section.
    pub fn from_json(text: &str) -> Result<Self, WorldError> {
        let world: Self = serde_json::from_str(text)?;
        world.check()?;
        Ok(world)
    }

    /// Makes a world; equal arguments make equal worlds.
    #[must_use]
    pub fn generate(seed: u64, scale: Scale) -> Self {
        generate::world(seed, scale)
    }

    /// Makes the world of a believable household as it is at `now` (unix seconds); equal arguments make equal worlds.
    #[must_use]
    pub fn household(seed: u64, now: i64) -> Self {
        generate::household(seed, now)
    }

    fn check(&self) -> Result<(), WorldError> {
        if self.owner().is_none() {
            return Err(WorldError::Lacks("owner"));
        }
        if self.sections.is_empty() {
            return Err(WorldError::Lacks("section"));
        }
        for item in self.items.values() {
            if self.section(item.section_id).is_none() {
                return Err(WorldError::Dangling("item", format!("section {}", item.section_id)));
            }
        }
        for programme in &self.programmes {
            if self.channel(&programme.channel_id).is_none() {
                return Err(WorldError::Dangling("programme", format!("channel {}", programme.channel_id)));
            }
        }
        Ok(())
    }

    #[must_use]
    pub fn section(&self, id: u64) -> Option<&Section> {
        self.sections.iter().find(|section| section.id == id)
    }

    #[must_use]
    pub fn user(&self, id: u64) -> Option<&User> {
        self.users.iter().find(|user| user.user_id == id)
    }

    #[must_use]
    pub fn device(&self, machine_id: &str) -> Option<&Device> {
        self.devices.iter().find(|device| device.machine_id == machine_id)
    }

    #[must_use]
    pub fn channel(&self, id: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.id == id)
    }

    #[must_use]
    pub fn owner(&self) -> Option<&User> {
        self.users.iter().find(|user| user.is_owner)
    }

    /// Whom a token belongs to.
    #[must_use]
    pub fn user_of_token(&self, token: &str) -> Option<&User> {
        if token.is_empty() {
            return None;
        }
        self.users.iter().find(|user| user.token == token || user.server_token == token)
    }

    /// Items of a kind in rating-key order, of one section if given.
    pub fn of_kind(&self, kind: ItemKind, section: Option<u64>) -> impl Iterator<Item = &Item> {
        self.items
            .values()
            .filter(move |item| item.kind == kind && section.is_none_or(|id| item.section_id == id))
    }

    #[must_use]
    pub fn parent(&self, item: &Item) -> Option<&Item> {
        self.items.get(&item.place.parent_key?)
    }

    #[must_use]
    pub fn grandparent(&self, item: &Item) -> Option<&Item> {
        self.items.get(&item.place.grandparent_key?)
    }

    /// The children that exist, in order.
    pub fn children<'w>(&'w self, item: &'w Item) -> impl Iterator<Item = &'w Item> {
        item.place.children.iter().filter_map(|key| self.items.get(key))
    }

    /// Playable descendants in order; the item itself when it has no children.
    #[must_use]
    pub fn leaves<'w>(&'w self, item: &'w Item) -> Vec<&'w Item> {
        let mut out = Vec::new();
        self.collect_leaves(item, 0, &mut out);
        out
    }

    fn collect_leaves<'w>(&'w self, item: &'w Item, depth: usize, out: &mut Vec<&'w Item>) {
        if item.place.children.is_empty() || depth >= DEPTH {
            out.push(item);
        } else if item.kind == ItemKind::Collection {
            out.extend(self.children(item));
        } else {
            for child in self.children(item) {
                self.collect_leaves(child, depth + 1, out);
            }
        }
    }

    /// Every item a session can play.
    pub fn playable(&self) -> impl Iterator<Item = &Item> {
        self.items.values().filter(|item| item.kind.is_playable() && !item.media.is_empty())
    }

    /// Addresses the pictures of people to another plex.tv.
    pub(crate) fn draw_people_at(&mut self, plextv: &str) {
        for user in &mut self.users {
            if let Some(path) = user.thumb.strip_prefix("https://plex.tv/") {
                user.thumb = format!("{plextv}/{path}");
            }
        }
    }

    /// Takes the next rating key.
    pub fn new_key(&mut self) -> u64 {
        self.next_key += 1;
        self.next_key - 1
    }

    /// Takes the next media, part, stream or tag id.
    pub fn new_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id - 1
    }
}
