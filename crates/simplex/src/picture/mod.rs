//! Owns pictures: posters, backgrounds, record covers, faces and marks, drawn from nothing but numbers. Equal requests give
//! equal bytes.
//!
//! Must not know of items or addresses; whoever asks says what family a picture belongs to and what it feels like.

mod canvas;
mod palette;
mod portrait;
mod scene;
mod shelf;

use bytes::Bytes;
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use tiny_skia::{Color, FilterQuality, Paint, Pixmap, PixmapPaint, Rect, Transform};

use crate::dice::Dice;
use canvas::Canvas;
use palette::{Palette, faint, hex};

pub(crate) use palette::Mood;
pub(crate) use shelf::Shelf;

/// The longest side, in pixels.
const MOST: u32 = 2000;
/// A blur of so many pixels halves what can be told apart.
const SOFT: u32 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Format {
    Jpeg,
    Png,
}

impl Format {
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
}

/// What kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Motif {
    Poster,
    /// The same place as the poster's, seen wide.
    Background,
    /// One moment of many at the poster's place.
    Still,
    Cover,
    Photo,
    Face,
    Mark,
}

/// A picture to draw. Pictures of one `family` share colours and place; `seed` tells them apart.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Picture {
    pub motif: Motif,
    pub mood: Mood,
    pub family: u64,
    pub seed: u64,
    pub width: u32,
    pub height: u32,
    pub format: Format,
    /// Radius in pixels.
    pub blur: u32,
    /// Percent; what is missing is `background`.
    pub opacity: u8,
    /// Red, green, blue.
    pub background: u32,
}

impl Picture {
    pub(crate) fn new(motif: Motif, mood: Mood, family: u64, seed: u64) -> Self {
        let (width, height) = match motif {
            Motif::Poster => (400, 600),
            Motif::Background | Motif::Still | Motif::Photo => (1280, 720),
            Motif::Cover | Motif::Face | Motif::Mark => (400, 400),
        };
        let format = Format::Jpeg;
        Self { motif, mood, family, seed, width, height, format, blur: 0, opacity: 100, background: 0 }
    }

    /// The same at another size.
    pub(crate) fn sized(self, width: u32, height: u32) -> Self {
        Self { width: width.clamp(1, MOST), height: height.clamp(1, MOST), ..self }
    }

    /// Draws and encodes.
    pub(crate) fn draw(&self) -> Bytes {
        let drawn = self.compose().and_then(|map| encode(&map, self.format));
        drawn.unwrap_or_default().into()
    }

    fn compose(&self) -> Option<Pixmap> {
        let shrunk = |side: u32| (side / (1 + self.blur.min(60) / SOFT)).max(6);
        let (width, height) = if self.blur == 0 {
            (self.width, self.height)
        } else {
            (shrunk(self.width), shrunk(self.height))
        };
        let mut canvas = Canvas::new(Pixmap::new(width, height)?, Dice::new(self.family));
        self.paint(&mut canvas);
        let mut map = canvas.map;
        if self.blur > 0 {
            map = enlarge(&map, self.width, self.height)?;
        }
        if self.opacity < 100 {
            let veil = faint(hex(self.background), 1.0 - f32::from(self.opacity) / 100.0);
            cover(&mut map, veil);
        }
        Some(map)
    }

    fn paint(&self, canvas: &mut Canvas) {
        let palette = Palette::choose(self.mood, &mut canvas.dice);
        let scenes = match self.motif {
            Motif::Cover => scene::COVERS,
            Motif::Photo => scene::OUTDOORS,
            _ => scene::of(self.mood),
        };
        let chosen = scenes.get(canvas.dice.count(0, scenes.len().max(1) - 1));
        canvas.dice = Dice::new(self.seed);
        match (self.motif, chosen) {
            (Motif::Face, _) => portrait::face(canvas, &palette),
            (Motif::Mark, _) => portrait::mark(canvas, &palette),
            (_, Some(scene)) => {
                scene(canvas, &palette);
                canvas.vignette(if self.motif == Motif::Cover { 0.16 } else { 0.34 });
            }
            (_, None) => {}
        }
    }
}

/// Bilinear and larger: what was small becomes soft.
fn enlarge(map: &Pixmap, width: u32, height: u32) -> Option<Pixmap> {
    let mut large = Pixmap::new(width, height)?;
    #[expect(clippy::cast_precision_loss, reason = "pictures are some thousand pixels wide at most")]
    let scale = |to: u32, from: u32| to as f32 / from as f32;
    // A little more than needed, so that the edges are no seam.
    let (x, y) = (scale(width, map.width()) * 1.04, scale(height, map.height()) * 1.04);
    #[expect(clippy::cast_precision_loss, reason = "pictures are some thousand pixels wide at most")]
    let (left, top) = (width as f32 * -0.02, height as f32 * -0.02);
    let paint = PixmapPaint { quality: FilterQuality::Bicubic, ..PixmapPaint::default() };
    large.fill(Color::BLACK);
    large.draw_pixmap(0, 0, map.as_ref(), &paint, Transform::from_row(x, 0.0, 0.0, y, left, top), None);
    Some(large)
}

fn cover(map: &mut Pixmap, veil: Color) {
    #[expect(clippy::cast_precision_loss, reason = "pictures are some thousand pixels wide at most")]
    let all = Rect::from_xywh(0.0, 0.0, map.width() as f32, map.height() as f32);
    let mut paint = Paint::default();
    paint.set_color(veil);
    if let Some(all) = all {
        map.fill_rect(all, &paint, Transform::identity(), None);
    }
}

fn encode(map: &Pixmap, format: Format) -> Option<Vec<u8>> {
    if format == Format::Png {
        return map.encode_png().ok();
    }
    let (width, height) = (u16::try_from(map.width()).ok()?, u16::try_from(map.height()).ok()?);
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 88);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.encode(map.data(), width, height, ColorType::Rgba).ok()?;
    Some(out)
}

/// A number from a text.
pub(crate) fn number(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests;
