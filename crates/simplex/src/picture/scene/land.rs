//! Owns scenes of land and water.

use super::{light, sky};
use crate::picture::canvas::Canvas;
use crate::picture::palette::{Palette, faint, mix};

/// A line of hills: three waves of different length on one another.
fn ridge(canvas: &mut Canvas, base: f32, rise: f32, rough: f32) -> Vec<f32> {
    let waves: [(f32, f32, f32); 3] = [(1.0, 1.1), (0.45, 2.7), (0.16, 6.5)].map(|(share, length)| {
        (share, length * canvas.some(0.8, 1.4), canvas.some(0.0, std::f32::consts::TAU))
    });
    (0u8..=120)
        .map(|n| {
            let x = f32::from(n) / 120.0;
            let swing: f32 = waves
                .iter()
                .enumerate()
                .map(|(n, (share, length, phase))| {
                    let share = if n == 2 { share * rough } else { *share };
                    share * (x * length * std::f32::consts::TAU + phase).sin()
                })
                .sum();
            base - rise * swing
        })
        .collect()
}

/// Hills behind hills, paler with distance.
pub(in crate::picture) fn hills(canvas: &mut Canvas, palette: &Palette) {
    let at = sky(canvas, palette, 0.8);
    let radius = canvas.some(0.08, 0.17);
    light(canvas, palette, at, radius);
    let rough = canvas.some(0.2, 1.6);
    let first = canvas.some(0.46, 0.56);
    for n in 0u8..5 {
        let depth = f32::from(n) / 4.0;
        let base = first + (0.98 - first) * depth.powf(1.15);
        let line = ridge(canvas, base, 0.055 - 0.014 * depth, rough);
        let colour = palette.depth(depth);
        let mist = mix(colour, palette.horizon, 0.45 * (1.0 - depth));
        canvas.ground(&line, colour, mist);
    }
}

/// A low sun over water, with its road of light, and somebody sailing.
pub(in crate::picture) fn sea(canvas: &mut Canvas, palette: &Palette) {
    let level = canvas.some(0.52, 0.64);
    let (x, _) = sky(canvas, palette, level);
    let radius = canvas.some(0.14, 0.24);
    let low = level - canvas.some(0.0, radius * 0.7) / canvas.aspect().max(1.0);
    for _ in 0..4 {
        let (cx, cy) = (canvas.some(-0.1, 0.9), canvas.some(0.08, level * 0.75));
        let (long, thick) = (canvas.some(0.12, 0.34), canvas.some(0.012, 0.03));
        canvas.bar(cx, cy, long, thick, faint(palette.light, 0.16));
    }
    light(canvas, palette, (x, low), radius);
    let far = ridge(canvas, level - 0.012, 0.012, 1.0);
    canvas.ground(&far, mix(palette.depth(0.1), palette.horizon, 0.3), palette.depth(0.2));
    canvas.fade((level, 1.0), (mix(palette.depth(0.2), palette.horizon, 0.35), palette.depth(0.95)));
    for n in 0u8..26 {
        let down = f32::from(n) / 26.0;
        let y = level + (1.0 - level) * (down * 0.96 + 0.02);
        let long = radius * (1.5 - 0.9 * down) * canvas.some(0.25, 1.0);
        let off = canvas.some(-0.03, 0.03);
        let colour = faint(palette.light, 0.75 * (1.0 - down) + 0.06);
        canvas.bar(x - long / 2.0 + off, y, long, 0.004 + 0.009 * down, colour);
    }
    boat(canvas, palette, level);
}

fn boat(canvas: &mut Canvas, palette: &Palette, level: f32) {
    let (x, y) = (canvas.some(0.15, 0.85), level + canvas.some(0.05, 0.16));
    let (w, h) = (0.05, 0.075 / canvas.aspect().max(0.4));
    let sail = canvas.shape(&[(x, y - 0.012), (x, y - h), (x + w, y - 0.012)]);
    canvas.fill(sail, palette.accent);
    let jib = canvas.shape(&[(x - 0.006, y - 0.012), (x - 0.006, y - h * 0.8), (x - w * 0.6, y - 0.012)]);
    canvas.fill(jib, mix(palette.accent, palette.light, 0.6));
    let hull = canvas.shape(&[
        (x - w, y - 0.008),
        (x + w * 1.2, y - 0.008),
        (x + w * 0.8, y + 0.008),
        (x - w * 0.6, y + 0.008),
    ]);
    canvas.fill(hull, palette.dark());
}

/// Firs in the mist under a large moon.
pub(in crate::picture) fn forest(canvas: &mut Canvas, palette: &Palette) {
    let at = sky(canvas, palette, 0.95);
    let radius = canvas.some(0.15, 0.24);
    light(canvas, palette, at, radius);
    let back = ridge(canvas, 0.55, 0.05, 1.0);
    canvas.ground(&back, palette.depth(0.0), mix(palette.depth(0.0), palette.horizon, 0.6));
    for n in 0u8..4 {
        let depth = f32::from(n) / 3.0;
        let base = 0.66 + 0.3 * depth;
        let colour = palette.depth(0.2 + 0.8 * depth);
        let line = ridge(canvas, base, 0.02, 0.4);
        let tall = 0.13 + 0.2 * depth;
        let mut x = canvas.some(-0.08, 0.0);
        while x < 1.08 {
            let (high, lean) = (tall * canvas.some(0.6, 1.15), canvas.some(-0.01, 0.012));
            fir(canvas, (x, base + 0.03 + lean), high, colour);
            x += high * canvas.some(0.26, 0.62);
        }
        canvas.ground(&line, colour, mix(colour, palette.horizon, 0.35 * (1.0 - depth)));
    }
}

fn fir(canvas: &mut Canvas, (x, y): (f32, f32), high: f32, colour: tiny_skia::Color) {
    let wide = high * 0.26 * canvas.aspect().clamp(0.5, 1.5);
    for tier in 0u8..3 {
        let step = f32::from(tier);
        let (top, bottom) = (y - high * (1.0 - 0.22 * step), y - high * (0.5 - 0.25 * step));
        let half = wide * (0.5 + 0.25 * step);
        let shape = canvas.shape(&[(x, top), (x + half, bottom), (x - half, bottom)]);
        canvas.fill(shape, colour);
    }
}

/// Balloons over gentle country.
pub(in crate::picture) fn balloons(canvas: &mut Canvas, palette: &Palette) {
    let at = sky(canvas, palette, 0.9);
    light(canvas, palette, at, 0.1);
    for n in 0u8..3 {
        let depth = f32::from(n) / 2.0;
        let line = ridge(canvas, 0.72 + 0.12 * depth, 0.03, 0.2);
        canvas.ground(&line, palette.depth(0.1 + 0.6 * depth), palette.depth(0.3 + 0.6 * depth));
    }
    let colours = [palette.accent, palette.depth(0.6), palette.light, palette.depth(0.2)];
    for (n, size) in [(0u8, 0.17), (1, 0.1), (2, 0.065)] {
        let column = f32::from(n) / 3.0;
        let (x, y) = (canvas.some(column + 0.1, column + 0.28), canvas.some(0.18, 0.5));
        let (one, other) = (canvas.dice.pick(&colours.map(Some)), canvas.dice.pick(&colours.map(Some)));
        balloon(canvas, (x, y), size, (one.unwrap_or(palette.accent), other.unwrap_or(palette.light)));
    }
}

fn balloon(
    canvas: &mut Canvas,
    (x, y): (f32, f32),
    size: f32,
    colours: (tiny_skia::Color, tiny_skia::Color),
) {
    let tall = canvas.aspect().max(1.0);
    let wide = if canvas.aspect() < 1.0 { size * canvas.aspect() } else { size };
    let (dx, dy) = (wide, size / tall);
    canvas.circle(x, y, size, colours.0);
    let skirt = canvas.shape(&[
        (x - dx * 0.86, y + dy * 0.5),
        (x + dx * 0.86, y + dy * 0.5),
        (x + dx * 0.2, y + dy * 1.45),
        (x - dx * 0.2, y + dy * 1.45),
    ]);
    canvas.fill(skirt, colours.0);
    let stripe = canvas.shape(&[
        (x - dx * 0.3, y - dy * 0.95),
        (x + dx * 0.3, y - dy * 0.95),
        (x + dx * 0.36, y + dy * 0.5),
        (x + dx * 0.1, y + dy * 1.45),
        (x - dx * 0.1, y + dy * 1.45),
        (x - dx * 0.36, y + dy * 0.5),
    ]);
    canvas.fill(stripe, colours.1);
    canvas.rect(
        x - dx * 0.2,
        y + dy * 1.6,
        dx * 0.4,
        dy * 0.3,
        mix(colours.0, tiny_skia::Color::BLACK, 0.55),
    );
}
