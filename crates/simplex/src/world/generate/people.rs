//! Owns the accounts and the players of a made-up world: the owner, the special cases, ordinary friends.

use super::words;
use crate::dice::Dice;
use crate::world::{Device, Section, User};

const TOKEN: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/// Product, version, platform, its version, device, model, vendor, profile, class.
const CLIENTS: [[&str; 9]; 14] = [
    ["Plex Web", "4.145.1", "Chrome", "131.0", "Linux", "hosted", "", "Web", "pc"],
    ["Plex Web", "4.145.1", "Firefox", "132.0", "Windows", "bundled", "", "Web", "pc"],
    ["Plex for Apple TV", "8.45", "tvOS", "18.1", "Apple TV", "14,1", "Apple", "tvOS", "stb"],
    ["Plex for iOS", "2025.8.0", "iOS", "18.1.1", "iPhone", "16,2", "Apple", "iOS", "phone"],
    [
        "Plex for Android (TV)",
        "10.24.0",
        "Android",
        "14",
        "SHIELD Android TV",
        "mdarcy",
        "NVIDIA",
        "Android",
        "stb",
    ],
    [
        "Plex for Android (Mobile)",
        "10.24.0",
        "Android",
        "15",
        "Pixel 9",
        "tokay",
        "Google",
        "Android",
        "phone",
    ],
    ["Plex for Roku", "8.1.8", "Roku", "14.0.0.4018", "Roku Ultra", "4802X", "Roku", "Generic", "stb"],
    ["Plex for LG", "5.90.2", "webOS", "7.5.0", "OLED65C1PUB", "65C1", "LG", "webOS-4.0", "tv"],
    ["Plex for Samsung", "5.90.2", "Tizen", "6.5", "Samsung TV", "QN65Q80", "Samsung", "Tizen", "tv"],
    ["Plex HTPC", "1.67.1.277-abcdef01", "linux", "6.8", "", "", "", "HTML TV App", "pc"],
    ["Plexamp", "4.11.5", "Windows", "10.0.26100", "Surface Pro", "", "Microsoft", "", "pc"],
    ["Plex Dash", "1.18.0", "iOS", "18.1", "iPad", "14,5", "Apple", "iOS", "tablet"],
    ["Plex Media Server", "", "DLNA", "", "", "", "", "DLNA", ""],
    ["Kodi: \"PlexKodiConnect\" <v3>", "3.9.1", "Linux", "6.1", "LibreELEC", "", "", "Generic", "pc"],
];

fn user(dice: &mut Dice, id: u64, name: &str, title: &str, email: &str, sections: &[u64]) -> User {
    let uuid = format!("{id:08x}{}", dice.hex(8));
    User {
        user_id: id,
        local_id: id,
        username: name.to_owned(),
        title: title.to_owned(),
        email: email.to_owned(),
        thumb: format!("https://plex.tv/users/{uuid}/avatar?c=17{id:08}"),
        uuid,
        token: dice.word(TOKEN, 20),
        server_token: dice.word(TOKEN, 20),
        is_owner: false,
        is_home: false,
        is_restricted: false,
        is_managed: false,
        is_allow_sync: true,
        is_active: true,
        is_protected: false,
        shared_sections: sections.to_vec(),
        filter_all: String::new(),
        filter_movies: String::new(),
        filter_tv: String::new(),
        filter_music: String::new(),
        filter_photos: String::new(),
        device_ids: Vec::new(),
    }
}

fn special(dice: &mut Dice, every: &[u64]) -> Vec<User> {
    let few = |from: usize, count: usize| every.iter().skip(from).take(count).copied().collect::<Vec<_>>();
    let owner = user(dice, 1_000_001, "harbormaster", "harbormaster", "owner@example.test", every);
    let kid = user(dice, 1_000_203, "", "Kid 小明", "", &few(0, 2));
    let odd = "Ünïcödé_\"Zoë\"";
    let script = "o'hara <script>";
    vec![
        User { is_owner: true, is_home: true, local_id: 1, ..owner },
        user(dice, 1_000_102, "dana.k", "dana.k", "dana@example.test", every),
        User {
            is_home: true,
            is_managed: true,
            is_restricted: true,
            is_allow_sync: false,
            filter_movies: "contentRating=G%2CPG|label=Kids".to_owned(),
            filter_tv: "contentRating=TV-Y7%2CTV-G".to_owned(),
            ..kid
        },
        user(dice, 1_000_304, "noemail", "noemail", "", every),
        User {
            filter_all: "label!=Do%20Not%20Share".to_owned(),
            ..user(dice, 1_000_405, odd, odd, "zoe@example.test", every)
        },
        User {
            is_active: false,
            ..user(dice, 1_000_506, "gone_fishing", "gone_fishing", "gone@example.test", &[])
        },
        User {
            is_home: true,
            is_protected: true,
            ..user(dice, 1_000_607, "homebody", "homebody", "home@example.test", every)
        },
        User {
            is_allow_sync: false,
            ..user(dice, 1_000_708, script, script, "ohara@example.test", &few(1, 2))
        },
    ]
}

pub(super) fn users(dice: &mut Dice, count: usize, sections: &[Section]) -> Vec<User> {
    let every: Vec<u64> = sections.iter().map(|section| section.id).collect();
    let mut out = special(dice, &every);
    for n in 0..u64::try_from(count.saturating_sub(out.len())).unwrap_or(0) {
        let name = format!("{}.{}.{n}", dice.pick(&words::FIRST), dice.pick(&words::LAST).replace('\'', ""))
            .to_lowercase();
        let shared = dice.count(1, every.len().max(1));
        let mut sections = dice.sample(&every, shared);
        sections.sort_unstable();
        let friend =
            user(dice, 2_000_000 + n * 37, &name, &name, &format!("user{n}@example.test"), &sections);
        out.push(User { is_allow_sync: dice.chance(0.8), is_home: dice.chance(0.05), ..friend });
    }
    out
}

/// How a player reaches the server: location, its address, the public one, relayed, secure.
fn reach(
    user: &User,
    number: usize,
    slot: usize,
    total: usize,
) -> (&'static str, String, String, bool, bool) {
    let home = user.is_owner || user.is_home;
    let away = format!("198.51.{}.{}", 100 + number / 250, 1 + number % 250);
    let variety = (number + slot) % 6;
    let secure = variety != 2;
    match variety {
        5 => {
            let address = format!("2001:db8:{number:x}:{slot:x}::5");
            ("wan", address.clone(), address, false, secure)
        }
        3 if !home => ("wan", "127.0.0.1".to_owned(), away, true, secure),
        4 => ("wan", away.clone(), away, false, secure),
        _ if !home => ("wan", away.clone(), away, false, secure),
        _ => ("lan", format!("192.168.1.{}", 20 + total % 200), "203.0.113.7".to_owned(), false, secure),
    }
}

/// All players for the owner, one to four for everyone else; between them every way to reach the server.
pub(super) fn devices(dice: &mut Dice, users: &mut [User]) -> Vec<Device> {
    let mut out: Vec<Device> = Vec::new();
    for (number, user) in users.iter_mut().enumerate() {
        let count = if number == 0 { CLIENTS.len() } else { 1 + (number + dice.count(0, 2)) % 4 };
        for (slot, own) in CLIENTS.iter().enumerate().take(count) {
            let client = if number == 0 { *own } else { dice.pick(&CLIENTS.map(Some)).unwrap_or(*own) };
            let [product, version, platform, platform_version, device, model, vendor, profile, class] =
                client;
            let (location, address, public_address, relayed, secure) = reach(user, number, slot, out.len());
            let location =
                if class == "phone" && location == "wan" && !relayed { "cellular" } else { location };
            let suffix = if platform == "Android" { "-com-plexapp-android" } else { "" };
            let usual = if device.is_empty() { platform } else { device };
            let made = Device {
                machine_id: format!("{}{suffix}", dice.hex(16)),
                title: if number == 4 { "Zoë's \"TV\" <living room> 居間" } else { usual }.to_owned(),
                product: product.to_owned(),
                version: version.to_owned(),
                platform: platform.to_owned(),
                platform_version: platform_version.to_owned(),
                device: device.to_owned(),
                model: model.to_owned(),
                vendor: vendor.to_owned(),
                profile: profile.to_owned(),
                user_id: user.user_id,
                address,
                public_address,
                location: location.to_owned(),
                relayed,
                secure,
                local: location == "lan",
                device_class: class.to_owned(),
            };
            user.device_ids.push(made.machine_id.clone());
            out.push(made);
        }
    }
    out
}
