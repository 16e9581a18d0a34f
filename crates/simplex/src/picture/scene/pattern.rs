//! Owns scenes of nothing but shapes.

use crate::picture::canvas::Canvas;
use crate::picture::palette::{Palette, faint, mix};
use tiny_skia::Color;

fn colours(palette: &Palette) -> [Color; 6] {
    let [far, middle, near, dark] = palette.layers;
    [palette.accent, palette.light, far, middle, near, dark]
}

fn any(canvas: &mut Canvas, of: &[Color]) -> Color {
    let at = canvas.dice.count(0, of.len().max(1) - 1);
    of.get(at).copied().unwrap_or(Color::BLACK)
}

/// Squares with quarter circles, half circles and discs.
pub(in crate::picture) fn tiles(canvas: &mut Canvas, palette: &Palette) {
    let across: u8 = if canvas.aspect() > 0.8 { 4 } else { 8 };
    let side = 1.0 / f32::from(across);
    let down = side / canvas.aspect();
    let all = colours(palette);
    let mut y = 0.0;
    while y < 1.0 {
        for column in 0..across {
            let x = f32::from(column) * side;
            let ground = any(canvas, &[palette.horizon, all[4], all[5], all[3]]);
            canvas.rect(x - 0.001, y - 0.001, side + 0.002, down + 0.002, ground);
            tile(canvas, (x, y), (side, down), &all);
        }
        y += down;
    }
}

fn tile(canvas: &mut Canvas, (x, y): (f32, f32), (w, h): (f32, f32), all: &[Color]) {
    let colour = any(canvas, all);
    let pie = |from: f32, to: f32, cx: f32, cy: f32, radius: f32| {
        let mut points = vec![(cx, cy)];
        points.extend((0u8..=24).map(|n| {
            let turn = (from + (to - from) * f32::from(n) / 24.0) * std::f32::consts::TAU;
            (cx + w * radius * turn.cos(), cy + h * radius * turn.sin())
        }));
        points
    };
    let points = match canvas.dice.between(0, 7) {
        0 => pie(0.0, 0.25, x, y, 1.0),
        1 => pie(0.25, 0.5, x + w, y, 1.0),
        2 => pie(0.5, 0.75, x + w, y + h, 1.0),
        3 => pie(0.75, 1.0, x, y + h, 1.0),
        4 => pie(0.0, 1.0, x + w / 2.0, y + h / 2.0, 0.36),
        5 => pie(0.5, 1.0, x + w / 2.0, y + h, 0.5),
        6 => vec![(x, y), (x + w, y), (x, y + h)],
        _ => return,
    };
    let path = canvas.shape(&points);
    canvas.fill(path, colour);
}

/// Beams from a low sun.
pub(in crate::picture) fn rays(canvas: &mut Canvas, palette: &Palette) {
    canvas.fade((0.0, 1.0), (palette.horizon, mix(palette.horizon, palette.light, 0.6)));
    let (x, y) = (canvas.some(0.35, 0.65), canvas.some(0.6, 0.74));
    let count: u8 = if canvas.dice.chance(0.5) { 24 } else { 36 };
    let step = std::f32::consts::TAU / f32::from(count);
    let shift = canvas.some(0.0, step);
    for n in (0..count).step_by(2) {
        let edge = |turn: f32| (x + 2.4 * turn.cos(), y + 2.4 * turn.sin() / canvas.aspect());
        let (from, to) = (f32::from(n) * step + shift, f32::from(n + 1) * step + shift);
        let wedge = canvas.shape(&[(x, y), edge(from), edge(to)]);
        canvas.fill(wedge, faint(palette.depth(0.25), 0.85));
    }
    canvas.glow(x, y, 0.7, palette.light, 0.75);
    canvas.circle(x, y, 0.22, palette.accent);
    canvas.circle(x, y, 0.165, mix(palette.accent, palette.light, 0.55));
    for n in 0u8..2 {
        let depth = 0.55 + 0.4 * f32::from(n);
        let base = 0.8 + 0.09 * f32::from(n);
        let (phase, length) = (canvas.some(0.0, 6.0), canvas.some(2.4, 4.6));
        let line: Vec<f32> =
            (0u8..=60).map(|at| base + 0.035 * (f32::from(at) / 60.0 * length + phase).sin()).collect();
        canvas.ground(&line, palette.depth(depth), palette.depth(depth + 0.1));
    }
}

/// Circles in circles.
pub(in crate::picture) fn rings(canvas: &mut Canvas, palette: &Palette) {
    canvas.wash((palette.depth(0.45), palette.depth(0.9)));
    let (x, y) = (canvas.some(0.3, 0.7), canvas.some(0.35, 0.65));
    let count = canvas.dice.count(6, 10);
    let drift = (canvas.some(-0.012, 0.012), canvas.some(-0.012, 0.012));
    let all = [
        palette.horizon,
        palette.depth(0.3),
        palette.accent,
        palette.depth(0.6),
        palette.light,
        palette.depth(0.85),
    ];
    for n in 0..count {
        let step = f32::from(u8::try_from(n).unwrap_or(0));
        let total = f32::from(u8::try_from(count).unwrap_or(1));
        let radius = 0.62 * (1.0 - step / total);
        let colour = all.get(n % all.len()).copied().unwrap_or(palette.accent);
        canvas.circle(x + drift.0 * step, y + drift.1 * step, radius, faint(colour, 0.94));
    }
}

/// Bands that swing, one over another.
pub(in crate::picture) fn waves(canvas: &mut Canvas, palette: &Palette) {
    canvas.fade((0.0, 0.5), (palette.horizon, mix(palette.horizon, palette.light, 0.5)));
    let (sx, sy) = (canvas.some(0.25, 0.75), canvas.some(0.16, 0.26));
    canvas.circle(sx, sy, canvas.aspect().min(1.0) * 0.15, palette.accent);
    let (swing, length) = (canvas.some(0.025, 0.05), canvas.some(1.2, 2.4));
    for n in 0u8..9 {
        let depth = f32::from(n) / 8.0;
        let base = 0.3 + 0.082 * f32::from(n);
        let phase = canvas.some(0.0, std::f32::consts::TAU);
        let line: Vec<f32> = (0u8..=90)
            .map(|at| base + swing * (f32::from(at) / 90.0 * length * std::f32::consts::TAU + phase).sin())
            .collect();
        let colour = if n == 3 { palette.light } else { palette.depth(depth) };
        canvas.ground(&line, colour, mix(colour, palette.dark(), 0.2));
    }
}

/// Discs that let each other shine through.
pub(in crate::picture) fn discs(canvas: &mut Canvas, palette: &Palette) {
    canvas.wash((palette.top, palette.horizon));
    let all = colours(palette);
    for _ in 0..canvas.dice.count(5, 9) {
        let (x, y, radius) = (canvas.some(0.1, 0.9), canvas.some(0.1, 0.9), canvas.some(0.1, 0.36));
        let colour = any(canvas, &all);
        canvas.circle(x, y, radius, faint(colour, 0.62));
    }
    let (x, y) = (canvas.some(0.3, 0.7), canvas.some(0.3, 0.7));
    let path = canvas.circle_path(x, y, 0.3);
    canvas.stroke(path, faint(palette.light, 0.9), 0.012);
}

/// Light through blinds on a wall.
pub(in crate::picture) fn blinds(canvas: &mut Canvas, palette: &Palette) {
    canvas.wash((palette.depth(0.8), palette.depth(1.0)));
    let slope = canvas.some(0.08, 0.24) * if canvas.dice.chance(0.5) { 1.0 } else { -1.0 };
    let (left, right) = (canvas.some(0.0, 0.2), canvas.some(0.72, 1.0));
    for n in 0u8..11 {
        let y = 0.06 + 0.08 * f32::from(n);
        let bright = 0.75 - 0.045 * f32::from(n);
        let slat =
            canvas.shape(&[(left, y), (right, y + slope), (right, y + slope + 0.036), (left, y + 0.036)]);
        canvas.fill(slat, faint(mix(palette.horizon, palette.light, 0.5), bright));
    }
    let (x, tall) = (canvas.some(0.34, 0.66), canvas.aspect());
    let head = 0.115;
    let (dx, dy) = if tall >= 1.0 { (head, head / tall) } else { (head * tall, head) };
    let y = 0.52;
    let body = canvas.shape(&[
        (x - dx * 0.4, y),
        (x + dx * 0.4, y),
        (x + dx * 0.5, y + dy * 1.2),
        (x + dx * 2.2, y + dy * 1.9),
        (x + dx * 2.6, 1.01),
        (x - dx * 2.6, 1.01),
        (x - dx * 2.2, y + dy * 1.9),
        (x - dx * 0.5, y + dy * 1.2),
    ]);
    canvas.fill(body, palette.dark());
    canvas.circle(x, y - dy * 0.2, head, palette.dark());
    let brim = canvas.dice.chance(0.5);
    if brim {
        canvas.bar(x - dx * 1.5, y - dy * 0.7, dx * 3.0, head * 0.18, palette.dark());
        canvas.rect(x - dx * 0.85, y - dy * 1.55, dx * 1.7, dy * 0.9, palette.dark());
    }
    canvas.glow(x + 0.25, 0.2, 0.6, palette.accent, 0.16);
}
