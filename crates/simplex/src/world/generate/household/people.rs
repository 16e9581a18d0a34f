//! Owns who lives in the house and who visits its library: the accounts, and what each of them plays on.

use crate::dice::Dice;
use crate::world::{Device, User};

const TOKEN: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789";

/// Name, title, e-mail address, whether at home, whether managed, the sections that are shared (0: all).
type Person = (&'static str, &'static str, &'static str, bool, bool, &'static [u64]);

#[rustfmt::skip]
const PEOPLE: [Person; 11] = [
    ("robin.hale", "Robin", "robin@example.org", true, false, &[]),
    ("mara.hale", "Mara", "mara@example.org", true, false, &[]),
    ("", "Finn", "", true, true, &[1, 3]),
    ("june.hale", "June", "june@example.org", true, false, &[1, 2, 3, 4]),
    ("grandpa.otto", "Otto", "otto@example.net", false, false, &[1, 2, 4, 5]),
    ("priya.n", "Priya", "priya@example.com", false, false, &[1, 2, 4]),
    ("sam.okafor", "Sam", "sam@example.com", false, false, &[1, 2, 6]),
    ("lena.brandt", "Lena", "lena@example.net", false, false, &[1, 2, 3]),
    ("theo.w", "Theo", "theo@example.org", false, false, &[1, 2, 4]),
    ("casey.lim", "Casey", "casey@example.com", false, false, &[1, 2, 4, 6]),
    ("vic.moreno", "Vic", "vic@example.net", false, false, &[2, 4]),
];

/// Whose, title, product, version, platform, its version, device, model, vendor, profile, class, address seen, public
/// address, location.
type Player = [&'static str; 14];

const HOME: &str = "203.0.113.24";

#[rustfmt::skip]
const PLAYERS: [Player; 24] = [
    ["Robin", "Living Room", "Plex for LG", "5.92.1", "webOS", "7.5.0", "OLED65C1PUB", "65C1", "LG", "webOS-4.0", "tv", "192.168.20.21", HOME, "lan"],
    ["Robin", "Robin's phone", "Plex for Android (Mobile)", "10.26.0", "Android", "15", "Pixel 9", "tokay", "Google", "Android", "phone", "203.0.113.87", "203.0.113.87", "cellular"],
    ["Robin", "Study", "Plex Web", "4.147.1", "Firefox", "138.0", "Linux", "bundled", "", "Web", "pc", "192.168.20.30", HOME, "lan"],
    ["Robin", "Plexamp", "Plexamp", "4.12.3", "Linux", "6.8", "Workstation", "", "", "", "pc", "192.168.20.30", HOME, "lan"],
    ["Mara", "Living Room", "Plex for LG", "5.92.1", "webOS", "7.5.0", "OLED65C1PUB", "65C1", "LG", "webOS-4.0", "tv", "192.168.20.21", HOME, "lan"],
    ["Mara", "Mara's iPad", "Plex for iOS", "2025.14.0", "iOS", "18.4", "iPad", "14,5", "Apple", "iOS", "tablet", "192.168.20.44", HOME, "lan"],
    ["Mara", "Mara's iPhone", "Plexamp", "4.12.3", "iOS", "18.4", "iPhone", "16,2", "Apple", "iOS", "phone", "192.168.20.45", HOME, "lan"],
    ["Finn", "Playroom", "Plex for Roku", "8.4.12", "Roku", "14.5.4", "Roku Express", "3960X", "Roku", "Generic", "stb", "192.168.20.52", HOME, "lan"],
    ["Finn", "Kids' tablet", "Plex for Android (Mobile)", "10.26.0", "Android", "13", "Fire HD 8", "KFTRWI", "Amazon", "Android", "tablet", "192.168.20.53", HOME, "lan"],
    ["June", "June's laptop", "Plex Web", "4.147.1", "Chrome", "136.0", "macOS", "hosted", "", "Web", "pc", "192.168.20.61", HOME, "lan"],
    ["June", "June's iPhone", "Plex for iOS", "2025.14.0", "iOS", "18.4", "iPhone", "15,4", "Apple", "iOS", "phone", "198.51.100.140", "198.51.100.140", "cellular"],
    ["June", "June's headphones", "Plexamp", "4.12.3", "iOS", "18.4", "iPhone", "15,4", "Apple", "iOS", "phone", "198.51.100.140", "198.51.100.140", "cellular"],
    ["Otto", "Otto's television", "Plex for Samsung", "4.50.3", "Tizen", "2.4", "Samsung 2016 TV", "UE40K5579", "Samsung", "Tizen", "tv", "198.51.100.17", "198.51.100.17", "wan"],
    ["Priya", "Apple TV", "Plex for Apple TV", "8.47", "tvOS", "18.4", "Apple TV", "14,1", "Apple", "tvOS", "stb", "198.51.100.63", "198.51.100.63", "wan"],
    ["Priya", "Priya's iPhone", "Plex for iOS", "2025.14.0", "iOS", "18.4", "iPhone", "17,1", "Apple", "iOS", "phone", "198.51.100.201", "198.51.100.201", "cellular"],
    ["Sam", "SHIELD", "Plex for Android (TV)", "10.26.0", "Android", "14", "SHIELD Android TV", "mdarcy", "NVIDIA", "Android", "stb", "203.0.113.142", "203.0.113.142", "wan"],
    ["Sam", "Sam's desk", "Plex HTPC", "1.70.1", "Windows", "11", "", "", "", "HTML TV App", "pc", "203.0.113.142", "203.0.113.142", "wan"],
    ["Lena", "Wohnzimmer", "Plex for Android (TV)", "10.26.0", "Android", "12", "BRAVIA 4K VH2", "BRAVIA", "Sony", "Android", "tv", "198.51.100.98", "198.51.100.98", "wan"],
    ["Lena", "Lena's tablet", "Plex for Android (Mobile)", "10.26.0", "Android", "14", "Galaxy Tab S9", "SM-X710", "Samsung", "Android", "tablet", "198.51.100.98", "198.51.100.98", "wan"],
    ["Theo", "Theo's browser", "Plex Web", "4.147.1", "Chrome", "136.0", "Windows", "hosted", "", "Web", "pc", "203.0.113.205", "203.0.113.205", "wan"],
    ["Theo", "Theo's phone", "Plexamp", "4.12.3", "Android", "15", "Fairphone 5", "FP5", "Fairphone", "Android", "phone", "203.0.113.206", "203.0.113.206", "cellular"],
    ["Casey", "Projector", "Plex for Apple TV", "8.47", "tvOS", "18.4", "Apple TV", "14,1", "Apple", "tvOS", "stb", "198.51.100.176", "198.51.100.176", "wan"],
    ["Casey", "Casey's phone", "Plex for Android (Mobile)", "10.26.0", "Android", "15", "Pixel 8a", "akita", "Google", "Android", "phone", "198.51.100.177", "198.51.100.177", "cellular"],
    ["Vic", "Bedroom stick", "Plex for Roku", "8.4.12", "Roku", "14.5.4", "Roku Streaming Stick", "3840X", "Roku", "Generic", "stb", "203.0.113.58", "203.0.113.58", "wan"],
];

/// Everyone; `every` are the sections of the server.
pub(super) fn users(dice: &mut Dice, every: &[u64]) -> Vec<User> {
    (0u64..).zip(PEOPLE).map(|(n, person)| user(dice, n, person, every)).collect()
}

fn user(dice: &mut Dice, n: u64, person: Person, every: &[u64]) -> User {
    let (username, title, email, home, managed, shared) = person;
    let user_id = 4_210_100 + n * 1_337;
    let uuid = dice.hex(16);
    let owner = n == 0;
    User {
        user_id,
        local_id: if owner { 1 } else { user_id },
        username: username.to_owned(),
        title: title.to_owned(),
        email: email.to_owned(),
        thumb: format!("https://plex.tv/users/{uuid}/avatar?c=17{user_id}"),
        uuid,
        token: dice.word(TOKEN, 20),
        server_token: dice.word(TOKEN, 20),
        is_owner: owner,
        is_home: home,
        is_restricted: managed,
        is_managed: managed,
        is_allow_sync: !managed,
        is_active: true,
        is_protected: owner,
        shared_sections: if shared.is_empty() { every.to_vec() } else { shared.to_vec() },
        filter_all: String::new(),
        filter_movies: String::new(),
        filter_tv: if managed { "contentRating=TV-Y%2CTV-Y7%2CTV-G".to_owned() } else { String::new() },
        filter_music: String::new(),
        filter_photos: String::new(),
        device_ids: Vec::new(),
    }
}

/// Every player, each noted with its owner. What stands in one room is one machine, whoever plays on it.
pub(super) fn devices(dice: &mut Dice, users: &mut [User]) -> Vec<Device> {
    let mut made: Vec<Device> = Vec::new();
    for player in PLAYERS {
        let [whose, title, ..] = player;
        let Some(user) = users.iter_mut().find(|user| user.title == whose) else { continue };
        if made.iter().any(|known| known.title == title) {
            let shared = made.iter().find(|known| known.title == title).map(|known| known.machine_id.clone());
            user.device_ids.extend(shared);
            continue;
        }
        let device = device(dice, user.user_id, player);
        user.device_ids.push(device.machine_id.clone());
        made.push(device);
    }
    made
}

fn device(dice: &mut Dice, user_id: u64, player: Player) -> Device {
    let [
        _,
        title,
        product,
        version,
        platform,
        platform_version,
        device,
        model,
        vendor,
        profile,
        class,
        address,
        public,
        location,
    ] = player;
    Device {
        machine_id: dice.word(b"0123456789abcdefghijklmnopqrstuvwxyz", 24),
        title: title.to_owned(),
        product: product.to_owned(),
        version: version.to_owned(),
        platform: platform.to_owned(),
        platform_version: platform_version.to_owned(),
        device: device.to_owned(),
        model: model.to_owned(),
        vendor: vendor.to_owned(),
        profile: profile.to_owned(),
        user_id,
        address: address.to_owned(),
        public_address: public.to_owned(),
        location: location.to_owned(),
        relayed: false,
        secure: true,
        local: location == "lan",
        device_class: class.to_owned(),
    }
}
