//! Owns colours: palettes that somebody chose, and which of them suit what kind of story.

use tiny_skia::Color;

use crate::dice::Dice;

/// What a picture feels like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Mood {
    Warm,
    Bright,
    Cold,
    Dark,
    Tender,
    Earthy,
    Any,
}

impl Mood {
    /// The mood of a genre's name.
    pub(crate) fn of(genre: &str) -> Self {
        match genre {
            "Comedy" | "Adventure" | "Reality" => Self::Warm,
            "Animation" | "Family" => Self::Bright,
            "Science Fiction" | "Mystery" | "Fantasy" => Self::Cold,
            "Horror" | "Thriller" | "Crime" | "Action" => Self::Dark,
            "Romance" | "Drama" | "Music" => Self::Tender,
            "Western" | "History" | "War" | "Documentary" => Self::Earthy,
            _ => Self::Any,
        }
    }
}

/// Colours of one picture. `layers` go from far to near.
#[derive(Debug, Clone, Copy)]
pub(super) struct Palette {
    pub top: Color,
    pub horizon: Color,
    pub light: Color,
    pub layers: [Color; 4],
    pub accent: Color,
}

const fn palette(moods: &'static [Mood], colours: [u32; 8]) -> (&'static [Mood], [u32; 8]) {
    (moods, colours)
}

use Mood::{Any, Bright, Cold, Dark, Earthy, Tender, Warm};

/// Top, horizon, light, four layers, accent.
#[rustfmt::skip]
const PALETTES: [(&[Mood], [u32; 8]); 18] = [
    palette(&[Warm, Tender, Earthy], [0x2d1b4e, 0xff8c61, 0xffe29a, 0xb5446e, 0x7d2e68, 0x4a1942, 0x22102a, 0xffd166]),
    palette(&[Tender, Any], [0x5b8fb9, 0xffd8be, 0xfff3d6, 0xb6a6ca, 0x7d7aa8, 0x4b5383, 0x23294f, 0xff9b85]),
    palette(&[Earthy, Warm], [0xf2b680, 0xfce8c8, 0xfff6e0, 0xe39e6d, 0xc8694a, 0x8f3d33, 0x4a1f22, 0x2a9d8f]),
    palette(&[Cold, Dark], [0x06182c, 0x1f6f78, 0xf2f5c8, 0x1c5d6b, 0x134455, 0x0b2b3c, 0x051522, 0xf9a03f]),
    palette(&[Cold, Any], [0x0b132b, 0x3a6f7f, 0xb5ffe1, 0x2d5a6b, 0x1f3f56, 0x142840, 0x080f20, 0x5bc0be]),
    palette(&[Dark], [0x14080e, 0x8b2325, 0xf7795f, 0x541a22, 0x35121b, 0x1f0b13, 0x0c0508, 0xf7b267]),
    palette(&[Dark, Cold, Earthy], [0x7d8c93, 0xd9dfdf, 0xf7f7f2, 0xa7b2b4, 0x7c898d, 0x4f5b60, 0x272f34, 0xc1554d]),
    palette(&[Bright, Tender], [0xff9fb2, 0xffe1c6, 0xfff7d6, 0xfcb0b3, 0xf87ea4, 0xb64f9b, 0x5b2b82, 0x3ad6c5]),
    palette(&[Bright, Warm], [0x8fd3f4, 0xe7f9e9, 0xfff6b7, 0xa8dca0, 0x6fbf73, 0x3b8b5a, 0x1e4d3d, 0xff8370]),
    palette(&[Bright, Any], [0x2a7fbf, 0xb8e2f2, 0xfff4cc, 0x5aa3d0, 0x2f7bb0, 0x1c5585, 0x0f3357, 0xff7f51]),
    palette(&[Earthy, Dark], [0x3a2a1a, 0xe9b44c, 0xfff2c2, 0xb9803a, 0x84552b, 0x54351e, 0x2a190f, 0x9b2915]),
    palette(&[Cold, Tender, Any], [0x1a1040, 0xa663cc, 0xf7d6ff, 0x6f3fa0, 0x4b2a7b, 0x2f1b57, 0x170d30, 0xffb703]),
    palette(&[Warm, Any], [0xf6e2bd, 0xfff5e0, 0xe07a5f, 0x9cc5ac, 0x81b29a, 0x4f8a83, 0x3d405b, 0xf2cc8f]),
    palette(&[Tender, Warm], [0xffb997, 0xffe6d1, 0xf67e7d, 0xe59aa0, 0xc96a84, 0x843b62, 0x3a1540, 0xffd275]),
    palette(&[Dark], [0x10151b, 0x5a6c7d, 0xe8eef0, 0x3b4b59, 0x293541, 0x1a222b, 0x0a0d11, 0xe3b23c]),
    palette(&[Earthy, Cold, Warm], [0x2b4a56, 0xd3dfbd, 0xfdf6d8, 0x7ba07c, 0x4b7a5c, 0x2a5440, 0x122a20, 0xfe7f2d]),
    palette(&[Bright, Warm, Any], [0xffc857, 0xfff1c9, 0xffffff, 0xf6a55a, 0xe9724c, 0xc5283d, 0x481d24, 0x255f85]),
    palette(&[Cold, Dark, Any], [0x03071e, 0x1f4e8c, 0xe0fbfc, 0x234b7d, 0x17335c, 0x0d1f3d, 0x050b1a, 0xee6c4d]),
];

impl Palette {
    /// One that suits the mood.
    pub(super) fn choose(mood: Mood, dice: &mut Dice) -> Self {
        let suits = |moods: &[Mood]| mood == Any || moods.contains(&mood);
        let fitting: Vec<[u32; 8]> =
            PALETTES.iter().filter(|(moods, _)| suits(moods)).map(|(_, colours)| *colours).collect();
        let [top, horizon, light, far, middle, near, dark, accent] = dice.pick(&fitting).map(hex);
        Self { top, horizon, light, layers: [far, middle, near, dark], accent }
    }

    /// The layer nearest to whoever looks.
    pub(super) fn dark(&self) -> Color {
        let [.., dark] = self.layers;
        dark
    }

    /// From the farthest (0) to the nearest (1).
    pub(super) fn depth(&self, at: f32) -> Color {
        let [a, b, c, d] = self.layers;
        match at.clamp(0.0, 1.0) * 3.0 {
            at if at < 1.0 => mix(a, b, at),
            at if at < 2.0 => mix(b, c, at - 1.0),
            at => mix(c, d, at - 2.0),
        }
    }

    /// Whether it is night.
    pub(super) fn is_night(&self) -> bool {
        luma(self.top) < 0.2
    }
}

pub(super) fn hex(colour: u32) -> Color {
    let [_, r, g, b] = colour.to_be_bytes();
    Color::from_rgba8(r, g, b, 255)
}

fn luma(colour: Color) -> f32 {
    0.3 * colour.red() + 0.59 * colour.green() + 0.11 * colour.blue()
}

/// A share of `b` in `a`.
pub(super) fn mix(a: Color, b: Color, share: f32) -> Color {
    let of = |a: f32, b: f32| (a + (b - a) * share).clamp(0.0, 1.0);
    Color::from_rgba(
        of(a.red(), b.red()),
        of(a.green(), b.green()),
        of(a.blue(), b.blue()),
        of(a.alpha(), b.alpha()),
    )
    .unwrap_or(a)
}

pub(super) fn faint(colour: Color, alpha: f32) -> Color {
    let mut colour = colour;
    colour.set_alpha(alpha.clamp(0.0, 1.0));
    colour
}
