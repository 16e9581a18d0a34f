//! Owns scenes that people have built.

use super::{light, sky};
use crate::picture::canvas::Canvas;
use crate::picture::palette::{Palette, faint, mix};

/// Houses against the sky, with somebody still awake.
pub(in crate::picture) fn skyline(canvas: &mut Canvas, palette: &Palette) {
    let at = sky(canvas, palette, 0.9);
    let radius = canvas.some(0.1, 0.2);
    light(canvas, palette, at, radius);
    for n in 0u8..3 {
        let depth = f32::from(n) / 2.0;
        let colour = palette.depth(0.15 + 0.8 * depth);
        let low = 0.5 + 0.17 * depth;
        let mut x = canvas.some(-0.08, 0.0);
        while x < 1.0 {
            let wide = canvas.some(0.06, 0.15);
            let top = low + canvas.some(-0.16, 0.14);
            canvas.rect(x, top, wide + 0.002, 1.01 - top, colour);
            if canvas.dice.chance(0.3) {
                canvas.rect(x + wide * 0.47, top - 0.04, wide * 0.06, 0.045, colour);
            }
            if n > 0 {
                windows(canvas, palette, (x, top, wide), depth);
            }
            x += wide + canvas.some(0.0, 0.02);
        }
    }
    canvas.fade((0.8, 1.0), (faint(palette.dark(), 0.0), faint(palette.dark(), 0.75)));
}

fn windows(canvas: &mut Canvas, palette: &Palette, (x, top, wide): (f32, f32, f32), depth: f32) {
    let (columns, rows) = (4u8, 12u8);
    let (w, h) = (wide / 9.0, 0.011);
    for row in 0..rows {
        for column in 0..columns {
            if canvas.dice.chance(0.3) {
                let left = x + wide * (f32::from(column) + 0.5) / f32::from(columns) - w / 2.0;
                let y = top + 0.02 + f32::from(row) * 0.034;
                let warm = canvas.some(0.35, 0.95) * (0.5 + 0.5 * depth);
                canvas.rect(left, y, w, h, faint(mix(palette.accent, palette.light, 0.4), warm));
            }
        }
    }
}

/// A road to the mountains.
pub(in crate::picture) fn road(canvas: &mut Canvas, palette: &Palette) {
    let level = canvas.some(0.52, 0.6);
    let (x, y) = sky(canvas, palette, level);
    let radius = canvas.some(0.12, 0.2);
    light(canvas, palette, (x, y.max(level * 0.55)), radius);
    let peaks = canvas.dice.count(4, 7);
    let mut left = -0.15;
    for n in 0..peaks {
        let (wide, high) = (canvas.some(0.3, 0.55), canvas.some(0.08, 0.2));
        let colour = palette.depth(if n % 2 == 0 { 0.1 } else { 0.25 });
        let shape = canvas.shape(&[
            (left, level + 0.01),
            (left + wide / 2.0, level - high),
            (left + wide, level + 0.01),
        ]);
        canvas.fill(shape, colour);
        let shade = canvas.shape(&[
            (left + wide / 2.0, level - high),
            (left + wide, level + 0.01),
            (left + wide * 0.55, level + 0.01),
        ]);
        canvas.fill(shade, mix(colour, palette.dark(), 0.35));
        left += canvas.some(0.16, 0.3);
    }
    canvas.fade((level, 1.0), (palette.depth(0.35), palette.depth(0.75)));
    let (away, near) = (canvas.some(0.4, 0.6), canvas.some(0.38, 0.62));
    let tarmac = canvas.shape(&[
        (away - 0.008, level),
        (away + 0.008, level),
        (near + 0.42, 1.01),
        (near - 0.42, 1.01),
    ]);
    canvas.fill(tarmac, mix(palette.dark(), palette.depth(0.6), 0.2));
    for n in 0u8..7 {
        let at = |step: f32| (step / 7.0).powf(2.2);
        let (from, to) = (at(f32::from(n) + 0.25), at(f32::from(n) + 0.75));
        let place =
            |share: f32| (away + (near - away) * share, level + (1.0 - level) * share, 0.002 + 0.022 * share);
        let ((x1, y1, w1), (x2, y2, w2)) = (place(from), place(to));
        let dash = canvas.shape(&[(x1 - w1, y1), (x1 + w1, y1), (x2 + w2, y2), (x2 - w2, y2)]);
        canvas.fill(dash, faint(palette.accent, 0.9));
    }
}

/// Somebody in a lit doorway.
pub(in crate::picture) fn door(canvas: &mut Canvas, palette: &Palette) {
    canvas.fade((0.0, 1.0), (palette.depth(0.72), palette.depth(1.0)));
    let tall = canvas.aspect().max(0.6);
    let floor = canvas.some(0.6, 0.68);
    let (x, wide) = (canvas.some(0.36, 0.64), canvas.some(0.11, 0.16) / (if tall < 1.0 { 1.8 } else { 1.0 }));
    let top = floor - canvas.some(0.26, 0.34);
    canvas.glow(x, floor - 0.15, 0.62, palette.light, 0.4);
    let left = canvas.some(-0.35, 0.1);
    let beam = canvas.shape(&[
        (x - wide, floor),
        (x + wide, floor),
        (x + wide * 3.4 + left, 1.01),
        (x - wide * 3.4 + left, 1.01),
    ]);
    canvas.fill(beam, faint(palette.horizon, 0.38));
    canvas.rect(x - wide, top, wide * 2.0, floor - top, palette.horizon);
    let round = wide * if canvas.aspect() >= 1.0 { 1.0 } else { 1.0 / canvas.aspect() };
    if canvas.dice.chance(0.6) {
        canvas.circle(x, top, round, palette.horizon);
    }
    canvas.glow(x, floor - 0.1, 0.3, palette.light, 0.5);
    figure(canvas, palette, (x, floor), (floor - top) * 0.62, left);
}

fn figure(canvas: &mut Canvas, palette: &Palette, (x, floor): (f32, f32), high: f32, lean: f32) {
    let dark = palette.dark();
    let side = high * canvas.aspect() * 0.2;
    let shade = canvas.shape(&[
        (x - side * 0.5, floor),
        (x + side * 0.5, floor),
        (x + side * 1.3 + lean * 0.8, 0.97),
        (x - side * 0.9 + lean * 0.8, 0.97),
    ]);
    canvas.fill(shade, faint(dark, 0.62));
    let coat = canvas.shape(&[
        (x - side * 0.55, floor - high * 0.78),
        (x + side * 0.55, floor - high * 0.78),
        (x + side * 0.8, floor - high * 0.12),
        (x + side * 0.25, floor),
        (x - side * 0.25, floor),
        (x - side * 0.8, floor - high * 0.12),
    ]);
    canvas.fill(coat, dark);
    let head = high * 0.11 * canvas.aspect().clamp(1.0, 1.6);
    canvas.circle(x, floor - high * 0.88, head, dark);
}
