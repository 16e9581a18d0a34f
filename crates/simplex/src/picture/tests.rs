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

#[test]
fn zz_sheet() {
    let sheet = |name: &str, pictures: Vec<Picture>, columns: u32, w: u32, h: u32| {
        let rows = (pictures.len() as u32).div_ceil(columns);
        let mut map = Pixmap::new(columns * (w + 8), rows * (h + 8)).unwrap();
        map.fill(Color::from_rgba8(24, 24, 28, 255));
        let since = std::time::Instant::now();
        for (n, p) in pictures.into_iter().enumerate() {
            let one = p.sized(w, h).compose().unwrap();
            let (x, y) = ((n as u32 % columns) * (w + 8), (n as u32 / columns) * (h + 8));
            map.draw_pixmap(x as i32 + 4, y as i32 + 4, one.as_ref(), &PixmapPaint::default(), Transform::identity(), None);
        }
        println!("{name} {:?}", since.elapsed());
        map.save_png(format!("/tmp/pics-{name}.png")).unwrap();
    };
    let moods = [Mood::Warm, Mood::Bright, Mood::Cold, Mood::Dark, Mood::Tender, Mood::Earthy];
    let posters = (0..48u64).map(|n| Picture::new(Motif::Poster, moods[n as usize / 8], n * 77, n * 77)).collect();
    sheet("posters", posters, 12, 160, 240);
    let wide = (0..24u64).map(|n| Picture::new(Motif::Background, moods[n as usize / 4], n * 77, n * 77)).collect();
    sheet("wide", wide, 6, 320, 180);
    sheet("covers", (0..32u64).map(|n| Picture::new(Motif::Cover, Mood::Any, n * 31, n * 31)).collect(), 8, 200, 200);
    sheet("faces", (0..24u64).map(|n| Picture::new(if n < 18 { Motif::Face } else { Motif::Mark }, Mood::Any, n * 13, n * 13)).collect(), 6, 200, 200);
    let since = std::time::Instant::now();
    for n in 0..20 { Picture::new(Motif::Poster, Mood::Any, n, n).sized(300, 450).draw(); }
    println!("a poster {:?}", since.elapsed() / 20);
}
