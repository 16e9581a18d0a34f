//! Owns what stands beside the library: playlists, live TV, orders to keep items on phones.

use super::builder::Builder;
use super::{DAY, words};
use crate::world::{Channel, Device, Item, ItemKind, Playlist, Programme, SyncItem, User};

fn keys(b: &Builder, kind: ItemKind, step: usize, count: usize) -> Vec<u64> {
    let of_kind = b.items.values().filter(|item| item.kind == kind).map(|item| item.rating_key);
    of_kind.step_by(step).take(count).collect()
}

pub(super) fn playlists(b: &mut Builder, users: &[User]) -> Vec<Playlist> {
    let mixed = [keys(b, ItemKind::Movie, 4, 3), keys(b, ItemKind::Episode, 9, 4)].concat();
    let made = [
        ("Sunday Night", "video", false, mixed),
        ("All \"Music\" & more", "audio", true, keys(b, ItemKind::Track, 3, 15)),
        ("Empty one", "video", false, Vec::new()),
        ("Фото", "photo", false, keys(b, ItemKind::Photo, 2, 4)),
        ("❤️ Tracks", "audio", true, keys(b, ItemKind::Track, 11, 5)),
    ];
    let owners = users.iter().take(2).cycle();
    let made = (0i64..).zip(made.into_iter().zip(owners));
    made.map(|(n, ((title, kind, smart, items), owner))| Playlist {
        rating_key: b.new_key(),
        title: title.to_owned(),
        kind: kind.to_owned(),
        smart,
        owner_id: owner.user_id,
        items,
        added_at: b.epoch - 90 * DAY,
        updated_at: b.epoch - n * DAY,
        summary: String::new(),
    })
    .collect()
}

pub(super) fn live(b: &mut Builder) -> (Vec<Channel>, Vec<Programme>) {
    let channels: Vec<Channel> = (2u32..)
        .zip(["KHBR", "WTID", "NRK1", "TV7"])
        .map(|(n, sign)| Channel {
            id: format!("5fc70{n:019x}"),
            call_sign: sign.to_owned(),
            title: format!("{sign} HD"),
            vcn: format!("{n}.1"),
            thumb: format!("https://provider-static.plex.tv/epg/{}.png", sign.to_lowercase()),
        })
        .collect();
    let slots = (0i64..12).zip(channels.iter().cycle());
    let programmes = slots.map(|(n, channel)| programme(b, n, &channel.id)).collect();
    (channels, programmes)
}

fn programme(b: &mut Builder, n: i64, channel: &str) -> Programme {
    let film = n % 4 == 3;
    let rating_key = b.new_key();
    let kind = if film { "movie" } else { "episode" };
    Programme {
        rating_key,
        guid: format!("plex://{kind}/{}", b.dice.hex(24)),
        kind: kind.to_owned(),
        title: if film { b.title() } else { format!("Part {n}") },
        show: (!film).then(|| format!("Live from {}", b.dice.pick(&words::PLACES))),
        index: (!film).then_some(n),
        parent_index: (!film).then_some(2026),
        year: Some(2026),
        summary: b.summary(),
        duration: b.dice.pick(&[30, 60, 120]) * 60_000,
        channel_id: channel.to_owned(),
        content_rating: Some("TV-PG".to_owned()),
        thumb: Some(format!("https://metadata-static.plex.tv/g/{rating_key}.jpg")),
    }
}

pub(super) fn sync_items(b: &mut Builder, devices: &[Device]) -> Vec<SyncItem> {
    let phones = devices.iter().filter(|device| matches!(device.device_class.as_str(), "phone" | "tablet"));
    let phones: Vec<&Device> = phones.cycle().take(9).collect();
    let fits = |item: &&Item| matches!(item.kind, ItemKind::Movie | ItemKind::Season | ItemKind::Album);
    let targets: Vec<Item> = b.items.values().filter(fits).skip(5).step_by(29).cloned().collect();
    let mut out = Vec::new();
    for (n, (device, item)) in (0u64..).zip(phones.into_iter().zip(targets)) {
        let total = u64::try_from(item.place.children.len()).unwrap_or(0).max(1);
        let done = if n % 3 == 0 { 0 } else { total };
        let (metadata_type, content_type) = match item.kind {
            ItemKind::Movie => ("movie", "video"),
            ItemKind::Season => ("episode", "video"),
            _ => ("track", "audio"),
        };
        let parent = item.place.parent_key.and_then(|key| b.items.get(&key));
        out.push(SyncItem {
            sync_id: 30_000_000 + n * 11,
            client_id: device.machine_id.clone(),
            user_id: device.user_id,
            rating_key: item.rating_key,
            title: item.title.clone(),
            root_title: parent.unwrap_or(&item).title.clone(),
            metadata_type: metadata_type.to_owned(),
            content_type: content_type.to_owned(),
            items_count: total,
            items_complete: done,
            items_downloaded: done,
            items_ready: done,
            items_successful: done,
            total_size: u64::try_from(b.dice.between(100_000_000, 10_000_000_000)).unwrap_or(0),
            state: if done == 0 { "pending" } else { "complete" }.to_owned(),
            version: 0,
            video_quality: 100,
            audio_quality: 100,
            max_bitrate: 4000,
        });
    }
    out
}
