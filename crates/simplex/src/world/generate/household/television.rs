//! Owns what the aerial of the household brings: channels and programmes, invented like all the rest.

use crate::world::generate::builder::Builder;
use crate::world::{Channel, Programme};

const CHANNELS: [(&str, &str, &str); 6] = [
    ("KTWO", "Channel Two", "2.1"),
    ("NWS5", "Newsline 5", "5.1"),
    ("SPRT", "Open Field Sport", "7.1"),
    ("CNMA", "Cinema Eleven", "11.1"),
    ("MARM", "Marmalade", "13.1"),
    ("LENS", "Open Lens", "21.1"),
];

/// Channel, show (empty: a film), title, minutes, summary.
#[rustfmt::skip]
const PROGRAMMES: [(&str, &str, &str, i64, &str); 18] = [
    ("SPRT", "Sunday Kick-Off", "Rovers against United", 120, "Live from the riverside ground, with half-time analysis."),
    ("SPRT", "Sunday Kick-Off", "The late match", 120, "The second game of the afternoon."),
    ("SPRT", "Grand Tour Live", "Mountain stage", 180, "Five climbs, one descent and a lot of weather."),
    ("SPRT", "Court Side", "The final set", 150, "Tennis from the clay courts."),
    ("SPRT", "Saturday Ice", "Harbour against North", 150, "Hockey, live."),
    ("NWS5", "Newsline Tonight", "The evening bulletin", 30, "The day at home and abroad."),
    ("NWS5", "Newsline Tonight", "Late edition", 30, "What happened since."),
    ("NWS5", "The Morning Papers", "Weekend review", 45, "Two guests, twelve front pages."),
    ("KTWO", "Quiz Island", "Quarter-final", 30, "Three castaways, one buzzer."),
    ("KTWO", "Quiz Island", "Champions' week", 30, "The best come back."),
    ("KTWO", "Country Hours", "Lambing", 60, "A week on four farms."),
    ("KTWO", "The Tuesday Play", "The lodger's key", 60, "A new play, performed live."),
    ("MARM", "Chop Chop", "Onions", 30, "Dinner in the time of the programme."),
    ("MARM", "Rooms to Let", "The attic", 45, "A couple, a budget and a beam."),
    ("LENS", "Night Skies", "What is up this month", 30, "Planets and a comet, if the clouds allow."),
    ("LENS", "Rivers", "The delta", 55, "From the spring to the sea."),
    ("CNMA", "", "The Gentleman from Bergamot Lane", 105, "A thief retires to the street he robbed first."),
    ("CNMA", "", "Snowbound Express", 98, "Nine passengers and a drift."),
];

pub(super) fn on_air(b: &mut Builder) -> (Vec<Channel>, Vec<Programme>) {
    let channels: Vec<Channel> = (1u32..)
        .zip(CHANNELS)
        .map(|(n, (sign, title, number))| Channel {
            id: format!("5fc71{n:019x}"),
            call_sign: sign.to_owned(),
            title: title.to_owned(),
            vcn: number.to_owned(),
            thumb: format!("https://provider-static.plex.tv/epg/{}.png", sign.to_lowercase()),
        })
        .collect();
    let mut programmes = Vec::new();
    for (n, (sign, show, title, minutes, summary)) in (1i64..).zip(PROGRAMMES) {
        let channel = channels.iter().find(|channel| channel.call_sign == sign);
        let channel_id = channel.map(|channel| channel.id.clone()).unwrap_or_default();
        let rating_key = b.new_key();
        let film = show.is_empty();
        let kind = if film { "movie" } else { "episode" };
        programmes.push(Programme {
            rating_key,
            guid: format!("plex://{kind}/{}", b.dice.hex(24)),
            kind: kind.to_owned(),
            title: title.to_owned(),
            show: (!film).then(|| show.to_owned()),
            index: (!film).then_some(n),
            parent_index: (!film).then_some(1),
            year: Some(2026),
            summary: summary.to_owned(),
            duration: minutes * 60_000,
            channel_id,
            content_rating: Some("TV-PG".to_owned()),
            thumb: Some(format!("https://metadata-static.plex.tv/g/{rating_key}.jpg")),
        });
    }
    (channels, programmes)
}
