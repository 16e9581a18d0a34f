//! Owns scenes beyond the sky.

use super::stars;
use crate::picture::canvas::Canvas;
use crate::picture::palette::{Palette, faint, mix};
use tiny_skia::PathBuilder;

/// A large planet, with or without a ring, and its moons.
pub(in crate::picture) fn planet(canvas: &mut Canvas, palette: &Palette) {
    let deep = mix(palette.dark(), tiny_skia::Color::BLACK, 0.35);
    canvas.fade((0.0, 1.0), (deep, palette.depth(0.72)));
    stars(canvas, palette, 110, 1.2);
    let (x, y) = (canvas.some(0.25, 0.75), canvas.some(0.34, 0.62));
    let radius = canvas.some(0.22, 0.36);
    canvas.glow(x, y, radius * 1.9, palette.horizon, 0.4);
    let ringed = canvas.dice.chance(0.5);
    if ringed {
        ring(canvas, palette, (x, y), radius, true);
    }
    canvas.ball(x, y, radius, (palette.light, palette.depth(0.55)));
    bands(canvas, palette, (x, y), radius);
    if ringed {
        ring(canvas, palette, (x, y), radius, false);
    }
    for _ in 0..canvas.dice.count(1, 2) {
        let (mx, my, size) = (canvas.some(0.08, 0.92), canvas.some(0.08, 0.92), canvas.some(0.025, 0.06));
        canvas.ball(mx, my, size, (palette.accent, mix(palette.accent, deep, 0.75)));
    }
}

/// Soft stripes that end at the rim.
fn bands(canvas: &mut Canvas, palette: &Palette, (x, y): (f32, f32), radius: f32) {
    let (dx, dy) = per_side(canvas, radius);
    for n in 0u8..5 {
        let at = -0.7 + 0.32 * f32::from(n) + canvas.some(-0.06, 0.06);
        let half = (1.0 - at * at).max(0.0).sqrt() * 0.96;
        let colour = faint(palette.accent, canvas.some(0.08, 0.26));
        let thick = radius * canvas.some(0.03, 0.1);
        canvas.bar(x - dx * half, y + dy * at, dx * half * 2.0, thick, colour);
    }
}

/// A radius of the shorter side in shares of width and of height.
fn per_side(canvas: &Canvas, radius: f32) -> (f32, f32) {
    let aspect = canvas.aspect();
    if aspect >= 1.0 { (radius, radius / aspect) } else { (radius * aspect, radius) }
}

/// Half of a tilted ring: that behind the planet or that before it.
fn ring(canvas: &mut Canvas, palette: &Palette, (x, y): (f32, f32), radius: f32, behind: bool) {
    let (dx, dy) = per_side(canvas, radius);
    for (wide, alpha) in [(1.75f32, 0.85f32), (1.95, 0.5), (1.55, 0.35)] {
        let mut path = PathBuilder::new();
        for n in 0u8..=40 {
            let turn =
                std::f32::consts::PI * f32::from(n) / 40.0 + if behind { std::f32::consts::PI } else { 0.0 };
            let (a, b) = (turn.cos() * wide, turn.sin() * wide * 0.26);
            let at = canvas.point(x + dx * (a * 0.95 - b * 0.3), y + dy * (b * 0.95 + a * 0.3));
            if n == 0 { path.move_to(at.x, at.y) } else { path.line_to(at.x, at.y) }
        }
        canvas.stroke(path.finish(), faint(palette.accent, alpha), 0.014);
    }
}

/// Circles round a sun, a body on each.
pub(in crate::picture) fn orbits(canvas: &mut Canvas, palette: &Palette) {
    canvas.wash((palette.depth(0.75), palette.depth(1.0)));
    stars(canvas, palette, 60, 1.2);
    let (x, y) = (canvas.some(0.2, 0.8), canvas.some(0.55, 0.85));
    canvas.glow(x, y, 0.55, palette.light, 0.5);
    for n in 1u8..=6 {
        let radius = 0.15 + 0.16 * f32::from(n);
        let path = canvas.circle_path(x, y, radius);
        canvas.stroke(path, faint(palette.horizon, 0.5), 0.004);
        let turn = canvas.some(-3.0, -0.15);
        let (dx, dy) = per_side(canvas, radius);
        let (bx, by) = (x + dx * turn.cos(), y + dy * turn.sin());
        let size = canvas.some(0.014, 0.05);
        let colour = if n % 2 == 0 { palette.accent } else { palette.horizon };
        canvas.ball(bx, by, size, (colour, mix(colour, palette.dark(), 0.7)));
    }
    canvas.circle(x, y, 0.11, palette.light);
}
