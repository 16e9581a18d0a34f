//! Which new item stands for which old one: a movie for a movie, episodes by season and number, tracks by album and number
//! or by title.

use crate::servers::Servers;
use std::collections::BTreeMap;
use tautulli_db::Database;
use tautulli_db::revisions::{Move, SnapshotId, snapshots_under};
use tautulli_domain::media::{ItemSnapshot, MediaKind};
use tautulli_domain::{Error, Result, ServerId};

/// More versions of an item's parts than any history has.
const MOST: i64 = 20_000;

/// The plays of one item, and of all below it, are to be those of another.
#[derive(Debug, Clone, Copy)]
pub struct Match<'a> {
    pub server: ServerId,
    /// Plex's keys.
    pub old: &'a str,
    pub new: &'a str,
    /// Groups stay as they are.
    pub keeps_groups: bool,
}

/// What tells a part of an item from the others.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    Whole,
    Episode { season: i64, number: i64 },
    Track { album: String, disc: i64, number: i64 },
    Titled { album: String, title: String },
}

/// The spots that an item may be known by, the surest first.
fn spots(item: &ItemSnapshot) -> Vec<Spot> {
    let album = || item.parent_title.to_lowercase();
    match (item.kind, item.parent_index, item.index) {
        (MediaKind::Episode, Some(season), Some(number)) => vec![Spot::Episode { season, number }],
        (MediaKind::Track, disc, Some(number)) => vec![
            Spot::Track { album: album(), disc: disc.unwrap_or(1), number },
            Spot::Titled { album: album(), title: item.title.to_lowercase() },
        ],
        (MediaKind::Episode | MediaKind::Track, _, _) => {
            vec![Spot::Titled { album: album(), title: item.title.to_lowercase() }]
        }
        _ => vec![Spot::Whole],
    }
}

/// The moves from the tree below `old`, as the history knows it, to the tree below `new`, as the server has it now. Old
/// parts without a new one stay what they are, below the new tree.
pub(super) async fn pair(
    database: &Database,
    servers: &Servers,
    Match { server, old, new, .. }: Match<'_>,
) -> Result<Vec<Move>> {
    let mut conn = database.conn().await?;
    let known = snapshots_under(&mut conn, server, old, MOST).await?;
    drop(conn);
    if known.is_empty() {
        return Err(Error::not_found(format!("A play of item {old}")));
    }
    let found = tree(servers, server, new).await?;
    Ok(moves(known, found, (old, new)))
}

/// The item and what is below it, as the server has it.
async fn tree(servers: &Servers, server: ServerId, key: &str) -> Result<Vec<ItemSnapshot>> {
    let plex = servers.client(server).await?;
    let unknown = || Error::not_found(format!("Item {key} on the media server"));
    let root = plex.item(key).await?.ok_or_else(unknown)?.snapshot;
    if root.kind.is_recorded() {
        return Ok(vec![root]);
    }
    let mut parts = Vec::new();
    for key in plex.leaf_keys(key).await?.ok_or_else(unknown)? {
        parts.extend(plex.item(&key).await?.map(|item| item.snapshot));
    }
    Ok(parts)
}

/// What stands above an old part in the new tree, where that has none for it.
#[derive(Debug)]
struct Above {
    root: String,
    /// What is in the new tree.
    kind: MediaKind,
    /// Seasons by number, albums by title.
    middles: BTreeMap<(Option<i64>, String), String>,
}

impl Above {
    /// Nothing where there is no tree.
    fn of(found: &[ItemSnapshot]) -> Option<Self> {
        let first = found.first().filter(|item| !item.grandparent_rating_key.is_empty())?;
        let middles = found.iter().map(|item| (Self::middle(item), item.parent_rating_key.clone())).collect();
        Some(Self { root: first.grandparent_rating_key.clone(), kind: first.kind, middles })
    }

    fn middle(item: &ItemSnapshot) -> (Option<i64>, String) {
        match item.kind {
            MediaKind::Track => (None, item.parent_title.to_lowercase()),
            _ => (item.parent_index, String::new()),
        }
    }

    /// The part below the new tree; nothing where it is the old item itself, of another kind, or already there.
    fn adopt(&self, mut item: ItemSnapshot, (old, new): (&str, &str)) -> Option<ItemSnapshot> {
        let before = (item.parent_rating_key.clone(), item.grandparent_rating_key.clone());
        if item.rating_key == old || item.kind != self.kind {
            return None;
        }
        if item.parent_rating_key == old {
            new.clone_into(&mut item.parent_rating_key);
        } else if let Some(middle) = self.middles.get(&Self::middle(&item)) {
            item.parent_rating_key.clone_from(middle);
        }
        item.grandparent_rating_key.clone_from(&self.root);
        (before != (item.parent_rating_key.clone(), item.grandparent_rating_key.clone())).then_some(item)
    }
}

fn moves(
    known: Vec<(SnapshotId, ItemSnapshot)>,
    found: Vec<ItemSnapshot>,
    (old, new): (&str, &str),
) -> Vec<Move> {
    // One item was named for one item: their numbers need not agree.
    let alone = found.len() == 1 && known.iter().all(|(_, item)| item.rating_key == old);
    let mut places: BTreeMap<Spot, usize> = BTreeMap::new();
    for (at, item) in found.iter().enumerate() {
        for spot in spots(item) {
            places.entry(spot).or_insert(at);
        }
    }
    let above = Above::of(&found);
    let mut adopted = Vec::new();
    let mut moves: Vec<Move> = found.into_iter().map(|new| Move { old: Vec::new(), new }).collect();
    for (id, item) in known {
        let place = if alone { Some(0) } else { spots(&item).iter().find_map(|s| places.get(s).copied()) };
        let same_kind = |step: &&mut Move| step.new.kind == item.kind;
        if let Some(step) = place.and_then(|at| moves.get_mut(at)).filter(same_kind) {
            step.old.push(id);
        } else if let Some(new) = above.as_ref().and_then(|above| above.adopt(item, (old, new))) {
            adopted.push(Move { old: vec![id], new });
        }
    }
    moves.retain(|step| !step.old.is_empty());
    moves.extend(adopted);
    moves
}

#[cfg(test)]
mod tests {
    use super::*;

    fn episode(key: &str, season: i64, number: i64) -> ItemSnapshot {
        ItemSnapshot {
            kind: MediaKind::Episode,
            rating_key: key.to_owned(),
            parent_index: Some(season),
            index: Some(number),
            ..ItemSnapshot::default()
        }
    }

    fn track(album: &str, number: i64, title: &str) -> ItemSnapshot {
        ItemSnapshot {
            kind: MediaKind::Track,
            parent_title: album.to_owned(),
            index: Some(number),
            title: title.to_owned(),
            ..ItemSnapshot::default()
        }
    }

    fn paired(known: Vec<ItemSnapshot>, found: Vec<ItemSnapshot>) -> Vec<(Vec<i64>, ItemSnapshot)> {
        let known = (1..).map(SnapshotId).zip(known).collect();
        let pairs = moves(known, found, ("old", "new"));
        pairs.into_iter().map(|step| (step.old.iter().map(|id| id.0).collect(), step.new)).collect()
    }

    #[test]
    fn episodes_are_paired_by_season_and_number() {
        // HIS-15
        let known = vec![episode("a", 1, 1), episode("a", 1, 1), episode("b", 1, 2), episode("c", 9, 9)];
        let found = vec![episode("x", 1, 2), episode("y", 1, 1), episode("z", 2, 1)];
        let pairs = paired(known, found.clone());
        assert_eq!(pairs, [(vec![3], found[0].clone()), (vec![1, 2], found[1].clone())]);
    }

    #[test]
    fn what_the_new_show_has_no_episode_for_goes_below_it() {
        let below = |key: &str, season: &str, show: &str, (number, index): (i64, i64)| ItemSnapshot {
            parent_rating_key: season.to_owned(),
            grandparent_rating_key: show.to_owned(),
            ..episode(key, number, index)
        };
        let found = vec![below("x", "new-1", "new", (1, 1)), below("y", "new-2", "new", (2, 1))];
        let known = vec![
            below("a", "old-1", "old", (1, 1)),
            below("b", "old-2", "old", (2, 9)),
            below("c", "old-3", "old", (3, 1)),
        ];
        let pairs = paired(known, found.clone());
        // By the number of its season, and else in its own.
        let adopted = [below("b", "new-2", "new", (2, 9)), below("c", "old-3", "new", (3, 1))];
        assert_eq!(
            pairs,
            [(vec![1], found[0].clone()), (vec![2], adopted[0].clone()), (vec![3], adopted[1].clone())]
        );
        let track = ItemSnapshot { kind: MediaKind::Track, ..below("d", "old-1", "old", (1, 1)) };
        assert_eq!(paired(vec![track], found.clone()), [], "a track is no episode");
        let of_season = paired(vec![below("b", "old", "show", (4, 9))], found);
        assert_eq!(
            of_season,
            [(vec![1], below("b", "new", "new", (4, 9)))],
            "a season was named for a season"
        );
    }

    #[test]
    fn tracks_are_paired_by_number_and_else_by_title() {
        let known = vec![track("One", 1, "A"), track("One", 7, "b")];
        let found = vec![track("one", 1, "Other"), track("one", 2, "B")];
        assert_eq!(paired(known, found.clone()), [(vec![1], found[0].clone()), (vec![2], found[1].clone())]);
    }

    #[test]
    fn one_named_item_stands_for_one() {
        let (known, found) = (vec![episode("old", 1, 1)], vec![episode("x", 4, 4)]);
        assert_eq!(paired(known, found.clone()), [(vec![1], found[0].clone())]);
        let movie = ItemSnapshot { kind: MediaKind::Movie, ..ItemSnapshot::default() };
        assert_eq!(paired(vec![movie], vec![episode("x", 1, 1)]), [], "a movie is no episode");
    }
}
