//! New things in the library, now and then.

use super::chance::Chance;
use super::shelf::{MOVIES, MOVIES_4K};
use std::time::Duration;
use tautulli_simplex::{Director, ItemAdd, ItemKind, World};

#[rustfmt::skip]
const TITLES: [&str; 12] = [
    "The Tenth Ferry", "A Lamp for Winter", "Ferrous", "The Understated Mr. Plum", "Nightshift at the Observatory", "Slipway",
    "The Last Postcard", "Hollow Bay", "Green Flash", "Arithmetic for Lovers", "The Glass Orchard", "Second Moon",
];

/// Between two arrivals, in seconds.
const PAUSE: (i64, i64) = (150, 420);

/// Lets films arrive for as long as there are titles.
pub async fn arrive(director: Director, world: std::sync::Arc<World>, mut chance: Chance) {
    let films: Vec<u64> = [MOVIES, MOVIES_4K]
        .into_iter()
        .flat_map(|section| world.of_kind(ItemKind::Movie, Some(section)))
        .map(|item| item.rating_key)
        .collect();
    for title in TITLES {
        let pause = u64::try_from(chance.between(PAUSE.0, PAUSE.1)).unwrap_or(300);
        tokio::time::sleep(Duration::from_secs(pause)).await;
        let Some(like) = chance.pick(&films) else { return };
        let added = director.item_add(ItemAdd { title: Some(title.to_owned()), ..ItemAdd::like(*like) });
        if let Err(failure) = added {
            tracing::warn!(%failure, title, "a film did not arrive");
        }
    }
}
