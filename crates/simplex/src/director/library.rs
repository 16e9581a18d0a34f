//! Owns changes to the library, with the messages they cause.

use serde_json::{Map, Value, json};

use super::args::ItemAdd;
use super::{Director, DirectorError, Outcome};
use crate::core::Core;
use crate::playback::Origin;
use crate::record::overlay;
use crate::world::{Item, ItemKind, World};

fn item(world: &World, key: u64) -> Outcome<Item> {
    world.items.get(&key).cloned().ok_or_else(|| DirectorError::Unknown("item", key.to_string()))
}

impl Director {
    /// One timeline message; `more` are its fields beside the usual ones.
    fn say_timeline(&self, core: &Core, item: &Item, state: u8, more: &[(&str, Value)]) {
        let ident = |value: Option<u64>| match value {
            Some(id) if core.numeric_ids => id.into(),
            Some(id) => id.to_string().into(),
            None => Value::Null,
        };
        let mut entry = json!({
            "identifier": "com.plexapp.plugins.library",
            "sectionID": ident(Some(item.section_id)),
            "itemID": ident(Some(item.rating_key)),
            "parentItemID": ident(item.place.parent_key),
            "rootItemID": ident(item.place.grandparent_key),
            "type": item.kind.code(),
            "title": item.title,
            "state": state,
        });
        if let Some(entry) = entry.as_object_mut() {
            entry.extend(more.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
            entry.insert("updatedAt".to_owned(), core.clock.seconds().into());
            entry.retain(|_, value| !value.is_null());
        }
        self.sim.hub.send("timeline", "TimelineEntry", vec![entry]);
    }

    /// A library scan that finds nothing.
    ///
    /// # Errors
    /// When there is no such section.
    pub fn scan(&self, section: u64) -> Outcome<()> {
        let (title, uuid) = {
            let mut core = self.sim.core();
            let title = core.world.section(section).map(|section| section.title.clone());
            let title = title.ok_or_else(|| DirectorError::Unknown("section", section.to_string()))?;
            (title, core.dice.uuid())
        };
        for (event, progress) in [("started", 0), ("updated", 50), ("ended", 100)] {
            let activity = json!({
                "uuid": uuid,
                "type": "library.update.section",
                "cancellable": false,
                "userID": 1,
                "title": format!("Scanning {title}"),
                "subtitle": title,
                "progress": progress,
                "Context": { "librarySectionID": section.to_string() },
            });
            let entry = json!({ "event": event, "uuid": uuid, "Activity": activity });
            self.sim.hub.send("activity", "ActivityNotification", vec![entry]);
            let message = json!({ "message": format!("Scanning {title}") });
            self.sim.hub.send("progress", "ProgressNotification", vec![message]);
        }
        let done = json!({
            "title": "Library scan complete",
            "description": "",
            "notificationName": "LIBRARY_UPDATE",
        });
        self.sim.hub.send("status", "StatusNotification", vec![done]);
        Ok(())
    }

    /// Adds a copy of an item with its children; answers the new key and how many children it has.
    ///
    /// # Errors
    /// When the item is not known or a collection, or a field does not fit.
    pub fn item_add(&self, how: ItemAdd) -> Outcome<(u64, usize)> {
        let mut core = self.sim.core();
        let source = item(&core.world, how.like)?;
        if source.kind == ItemKind::Collection {
            return Err(DirectorError::Invalid("collections cannot be copied".to_owned()));
        }
        let mut new = clone(&mut core, source, how.parent, how.title, 0);
        if let Some(fields) = how.fields {
            new = overlay(&new, fields).map_err(DirectorError::Invalid)?;
            core.world.items.insert(new.rating_key, new.clone());
        }
        if how.notify {
            self.say_created(&core, &new);
        }
        let (key, children, section) = (new.rating_key, new.place.children.len(), new.section_id);
        drop(core);
        if how.notify {
            self.scan(section)?;
        }
        Ok((key, children))
    }

    fn say_created(&self, core: &Core, new: &Item) {
        let mut created = vec![new];
        for child in core.world.children(new) {
            created.push(child);
            created.extend(
                core.world.leaves(child).into_iter().filter(|leaf| leaf.rating_key != child.rating_key),
            );
        }
        let queue = ("queueSize", Value::from(created.len()));
        for item in created {
            let made =
                [("metadataState", "created".into()), ("mediaState", "analyzing".into()), queue.clone()];
            self.say_timeline(core, item, 0, &made);
            for (state, word) in
                [(1, "loading".into()), (2, "processing".into()), (3, Value::Null), (4, Value::Null)]
            {
                self.say_timeline(core, item, state, &[("metadataState", word), queue.clone()]);
            }
            self.say_timeline(core, item, 5, &[]);
        }
    }

    /// Changes fields of an item, by their names in a world file.
    ///
    /// # Errors
    /// When the item or a field is not known, or a value does not fit.
    pub fn item_update(&self, rating_key: u64, notify: bool, fields: Map<String, Value>) -> Outcome<()> {
        let mut core = self.sim.core();
        let old = item(&core.world, rating_key)?;
        let mut new = overlay(&old, fields).map_err(DirectorError::Invalid)?;
        if new.rating_key != rating_key || core.world.section(new.section_id).is_none() {
            return Err(DirectorError::Invalid("an item keeps its key and needs a section".to_owned()));
        }
        new.about.updated_at = Some(core.clock.seconds());
        core.world.items.insert(rating_key, new.clone());
        for session in &mut core.sessions {
            if session.item().is_some_and(|item| item.rating_key == rating_key) {
                session.origin = Origin::Item(Box::new(new.clone()));
            }
        }
        if notify {
            self.say_timeline(&core, &new, 1, &[("metadataState", "loading".into())]);
            self.say_timeline(&core, &new, 5, &[]);
        }
        Ok(())
    }

    /// Removes an item and what is under it; answers how many items went.
    ///
    /// # Errors
    /// When the item is not known.
    pub fn item_remove(&self, rating_key: u64, notify: bool) -> Outcome<usize> {
        let mut core = self.sim.core();
        item(&core.world, rating_key)?;
        let gone = remove(&mut core.world, rating_key);
        if notify {
            for item in &gone {
                self.say_timeline(&core, item, 9, &[("metadataState", "deleted".into())]);
            }
        }
        Ok(gone.len())
    }
}

/// Copies an item and what is under it, with ids of their own.
fn clone(core: &mut Core, source: Item, parent: Option<u64>, title: Option<String>, depth: usize) -> Item {
    let now = core.clock.seconds();
    let ident = core.dice.hex(24);
    let world = &mut core.world;
    let mut new = source;
    new.rating_key = world.new_key();
    new.title = title.filter(|title| !title.is_empty()).unwrap_or(new.title);
    new.guid = if new.guid.starts_with("plex://") {
        format!("plex://{}/{ident}", new.kind.name())
    } else {
        format!("local://{}", new.rating_key)
    };
    let about = &mut new.about;
    (about.added_at, about.updated_at) = (now, Some(now));
    (about.view_count, about.last_viewed_at, about.view_offset) = (0, None, None);
    new.place.extras.clear();
    renumber(world, &mut new, now);
    if parent.is_some() {
        new.place.parent_key = parent;
    }
    let children = std::mem::take(&mut new.place.children);
    settle(world, &mut new);
    let key = new.rating_key;
    world.items.insert(key, new.clone());
    // a family is never deeper than this; a file that says otherwise has a loop
    let children = if depth < 4 { children } else { Vec::new() };
    for child in children {
        if let Some(child) = core.world.items.get(&child).cloned() {
            clone(core, child, Some(key), None, depth + 1);
        }
    }
    core.world.items.get(&key).cloned().unwrap_or(new)
}

/// Puts a new item under its parent, or at the top of its section.
fn settle(world: &mut World, new: &mut Item) {
    match new.place.parent_key.and_then(|key| world.items.get_mut(&key)) {
        Some(parent) => {
            parent.place.children.push(new.rating_key);
            if new.place.grandparent_key.is_some() {
                new.place.grandparent_key = parent.place.parent_key;
            }
        }
        None => {
            if let Some(section) = world.sections.iter_mut().find(|section| section.id == new.section_id) {
                section.roots.push(new.rating_key);
            }
        }
    }
}

fn renumber(world: &mut World, item: &mut Item, now: i64) {
    for media in &mut item.media {
        media.id = world.new_id();
        for part in &mut media.parts {
            part.id = world.new_id();
            let extension = part.key.rsplit('.').next().unwrap_or_default();
            part.key = format!("/library/parts/{}/{now}/file.{extension}", part.id);
            for stream in &mut part.streams {
                stream.id = world.new_id();
            }
        }
    }
}

/// Takes out an item, what is under it, and every mention of them; children come first in the answer.
fn remove(world: &mut World, key: u64) -> Vec<Item> {
    let Some(item) = world.items.remove(&key) else { return Vec::new() };
    let mut gone = Vec::new();
    if item.kind != ItemKind::Collection {
        for child in &item.place.children {
            gone.extend(remove(world, *child));
        }
    }
    for section in world.sections.iter_mut().filter(|section| section.id == item.section_id) {
        section.roots.retain(|root| *root != key);
        section.collections.retain(|known| *known != key);
    }
    for other in world.items.values_mut() {
        if other.kind == ItemKind::Collection || Some(other.rating_key) == item.place.parent_key {
            other.place.children.retain(|child| *child != key);
        }
    }
    gone.push(item);
    gone
}
