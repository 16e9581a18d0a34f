//! Owns pictures of people and signs: friendly faces, and the marks of channels.

use super::canvas::Canvas;
use super::palette::{Palette, hex, mix};
use tiny_skia::{Color, PathBuilder};

/// Skin, from light to dark, and hair.
const SKIN: [u32; 6] = [0xf6d7c3, 0xeec1a0, 0xd9a07a, 0xb9784f, 0x8d5a3b, 0x5f3b28];
const HAIR: [u32; 7] = [0x2b1d16, 0x4a2f1f, 0x7a4a2a, 0xc58f4b, 0xd9c08a, 0x9a9a9a, 0x8c2f1d];

/// Head and shoulders before a coloured wall.
pub(super) fn face(canvas: &mut Canvas, palette: &Palette) {
    let wall = mix(palette.horizon, palette.top, 0.35);
    canvas.wash((mix(wall, palette.light, 0.35), wall));
    let side = aside(canvas);
    canvas.circle(side, 0.3, 0.3, mix(wall, palette.accent, 0.35));
    let skin = hex(canvas.dice.pick(&SKIN));
    let hair = hex(canvas.dice.pick(&HAIR));
    let shirt = palette.depth(0.6);
    let long = canvas.dice.chance(0.4);
    if long {
        canvas.circle(0.5, 0.42, 0.235, hair);
        canvas.rect(0.265, 0.42, 0.47, 0.3, hair);
    }
    canvas.circle(0.5, 1.06, 0.36, shirt);
    canvas.rect(0.425, 0.55, 0.15, 0.2, mix(skin, Color::BLACK, 0.12));
    canvas.circle(0.5, 0.745, 0.09, mix(skin, Color::BLACK, 0.12));
    canvas.circle(0.5, 0.46, 0.19, skin);
    cut(canvas, hair, long);
    let dark = mix(hair, Color::BLACK, 0.6);
    for side in [-1.0f32, 1.0] {
        canvas.circle(0.5 + side * 0.075, 0.47, 0.017, dark);
    }
    smile(canvas, dark);
    if canvas.dice.chance(0.3) {
        glasses(canvas, dark);
    }
    if !long && canvas.dice.chance(0.22) {
        beard(canvas, hair);
        smile(canvas, mix(skin, Color::WHITE, 0.5));
    }
}

/// Left or right of the head.
fn aside(canvas: &mut Canvas) -> f32 {
    if canvas.dice.chance(0.5) { 0.2 } else { 0.8 }
}

/// The hair on top: a cap that leaves the face free.
fn cut(canvas: &mut Canvas, hair: Color, long: bool) {
    let lift = canvas.some(0.0, 0.03);
    let part = canvas.some(0.32, 0.68);
    let mut points: Vec<(f32, f32)> = (0u8..=30)
        .map(|n| {
            let turn = std::f32::consts::PI * (1.0 + f32::from(n) / 30.0);
            (0.5 + 0.205 * turn.cos(), 0.44 + (0.205 + lift) * turn.sin())
        })
        .collect();
    points.extend([
        (0.69, if long { 0.5 } else { 0.46 }),
        (0.655, 0.38),
        (part, 0.335),
        (0.345, 0.38),
        (0.31, if long { 0.5 } else { 0.46 }),
    ]);
    let path = canvas.shape(&points);
    canvas.fill(path, hair);
}

fn smile(canvas: &mut Canvas, colour: Color) {
    let wide = canvas.some(0.04, 0.07);
    let mut path = PathBuilder::new();
    let (from, low, to) =
        (canvas.point(0.5 - wide, 0.545), canvas.point(0.5, 0.59), canvas.point(0.5 + wide, 0.545));
    path.move_to(from.x, from.y);
    path.quad_to(low.x, low.y, to.x, to.y);
    canvas.stroke(path.finish(), colour, 0.016);
}

fn glasses(canvas: &mut Canvas, colour: Color) {
    for side in [-1.0f32, 1.0] {
        let path = canvas.circle_path(0.5 + side * 0.078, 0.472, 0.055);
        canvas.stroke(path, colour, 0.012);
    }
    canvas.bar(0.478, 0.465, 0.044, 0.012, colour);
}

fn beard(canvas: &mut Canvas, hair: Color) {
    let points: Vec<(f32, f32)> = (0u8..=24)
        .map(|n| {
            let turn = std::f32::consts::PI * f32::from(n) / 24.0;
            (0.5 + 0.188 * turn.cos(), 0.475 + 0.185 * turn.sin())
        })
        .chain([(0.38, 0.53), (0.5, 0.515), (0.62, 0.53)])
        .collect();
    let path = canvas.shape(&points);
    canvas.fill(path, hair);
}

/// The mark of a channel: a coloured tile with one bold shape.
pub(super) fn mark(canvas: &mut Canvas, palette: &Palette) {
    canvas.wash((palette.depth(0.5), palette.depth(0.85)));
    let bold = palette.light;
    match canvas.dice.between(0, 4) {
        0 => {
            canvas.circle(0.5, 0.5, 0.3, bold);
            canvas.circle(0.62, 0.44, 0.22, palette.depth(0.68));
        }
        1 => {
            for n in 0u8..3 {
                let x = 0.24 + 0.2 * f32::from(n);
                let high = 0.2 + 0.16 * f32::from(n);
                canvas.rect(x, 0.75 - high, 0.13, high, if n == 2 { palette.accent } else { bold });
            }
        }
        2 => {
            let play = canvas.shape(&[(0.34, 0.24), (0.78, 0.5), (0.34, 0.76)]);
            canvas.fill(play, bold);
            canvas.circle(0.3, 0.5, 0.09, palette.accent);
        }
        3 => {
            let path = canvas.circle_path(0.5, 0.5, 0.27);
            canvas.stroke(path, bold, 0.1);
            canvas.circle(0.5, 0.5, 0.11, palette.accent);
        }
        _ => {
            let one = canvas.shape(&[(0.2, 0.72), (0.44, 0.26), (0.6, 0.26), (0.36, 0.72)]);
            canvas.fill(one, bold);
            let other = canvas.shape(&[(0.46, 0.72), (0.7, 0.26), (0.84, 0.26), (0.6, 0.72)]);
            canvas.fill(other, palette.accent);
        }
    }
}
