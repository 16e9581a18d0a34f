//! Pictures are the same for the same request, differ for different ones, and have the wanted size.

use super::*;

const MOTIFS: [Motif; 7] =
    [Motif::Poster, Motif::Background, Motif::Still, Motif::Cover, Motif::Photo, Motif::Face, Motif::Mark];

/// Width and height from the frame header of a JPEG.
fn jpeg_size(bytes: &[u8]) -> Option<(u16, u16)> {
    let at = bytes.windows(2).position(|pair| pair == [0xff, 0xc0])?;
    let side = |from: usize| u16::from_be_bytes([bytes[from], bytes[from + 1]]);
    Some((side(at + 7), side(at + 5)))
}

#[test]
fn equal_requests_give_equal_pictures_and_others_differ() {
    for motif in MOTIFS {
        let one = Picture::new(motif, Mood::Warm, 7, 1).sized(120, 160);
        assert_eq!(one.draw(), one.clone().draw(), "{motif:?}");
        let other = Picture { seed: 2, family: 8, ..one.clone() };
        assert_ne!(one.draw(), other.draw(), "{motif:?}");
    }
}

#[test]
fn pictures_have_the_wanted_size() {
    let tall = Picture::new(Motif::Poster, Mood::Dark, 3, 4).sized(157, 233);
    assert_eq!(jpeg_size(&tall.draw()), Some((157, 233)));
    let soft = Picture { blur: 20, opacity: 40, ..tall.clone() };
    assert_eq!(jpeg_size(&soft.draw()), Some((157, 233)));
    let png = Picture { format: Format::Png, ..tall.clone() }.draw();
    assert_eq!(png[16..24], [0, 0, 0, 157, 0, 0, 0, 233]);
    assert_eq!(jpeg_size(&tall.sized(0, 90_000).draw()), Some((1, 2000)));
}

#[test]
fn a_veil_hides_and_a_blur_softens() {
    let plain = Picture::new(Motif::Still, Mood::Dark, 3, 4).sized(200, 120);
    let hidden = Picture { opacity: 0, background: 0x00ff_0000, ..plain.clone() };
    let red = hidden.compose().unwrap();
    assert!(red.pixels().iter().all(|pixel| (pixel.red(), pixel.green(), pixel.blue()) == (255, 0, 0)));
    let roughness = |picture: &Picture| -> u32 {
        let map = picture.compose().unwrap();
        map.pixels().windows(2).map(|pair| u32::from(pair[0].red().abs_diff(pair[1].red()))).sum()
    };
    assert!(roughness(&Picture { blur: 24, ..plain.clone() }) < roughness(&plain) / 2);
}

#[test]
fn a_shelf_keeps_what_was_drawn() {
    let shelf = Shelf::default();
    let picture = Picture::new(Motif::Cover, Mood::Any, 1, 1).sized(64, 64);
    let one = shelf.take(&picture);
    assert_eq!(one.as_ptr(), shelf.take(&picture).as_ptr(), "the same bytes, not the same again");
}
