//! Owns what pictures show. Each scene draws itself on any surface, whatever its shape.

mod city;
mod land;
mod pattern;
mod space;

use super::canvas::Canvas;
use super::palette::{Mood, Palette, faint, mix};

/// A kind of scene.
pub(super) type Scene = fn(&mut Canvas, &Palette);

/// Scenes that suit stories of a mood.
pub(super) fn of(mood: Mood) -> &'static [Scene] {
    match mood {
        Mood::Warm => {
            &[land::hills, land::sea, city::road, pattern::tiles, pattern::rays, city::door, land::balloons]
        }
        Mood::Bright => {
            &[land::hills, land::balloons, pattern::waves, pattern::tiles, pattern::rays, space::planet]
        }
        Mood::Cold => &[space::planet, space::orbits, land::forest, land::hills, city::door, pattern::rings],
        Mood::Dark => &[city::skyline, land::forest, city::door, pattern::blinds, city::road, land::sea],
        Mood::Tender => &[land::sea, land::hills, city::skyline, pattern::waves, city::door, pattern::rings],
        Mood::Earthy => &[land::hills, city::road, land::forest, pattern::rays, land::sea],
        Mood::Any => &[land::hills, land::sea, pattern::tiles, space::orbits],
    }
}

/// Scenes for records: nothing but shapes and colours.
pub(super) const COVERS: &[Scene] = &[
    pattern::rings,
    pattern::tiles,
    pattern::waves,
    pattern::rays,
    pattern::discs,
    pattern::blinds,
    space::orbits,
    land::hills,
    land::sea,
];

/// Scenes out of doors, as people photograph them.
pub(super) const OUTDOORS: &[Scene] = &[land::hills, land::sea, land::forest];

/// A sky with its light; gives where the light stands.
fn sky(canvas: &mut Canvas, palette: &Palette, to: f32) -> (f32, f32) {
    canvas.fade((0.0, to), (palette.top, palette.horizon));
    if palette.is_night() {
        stars(canvas, palette, 46, to);
    }
    (canvas.some(0.22, 0.78), canvas.some(0.3, 0.6) * to)
}

fn stars(canvas: &mut Canvas, palette: &Palette, count: usize, to: f32) {
    for _ in 0..count {
        let (x, y) = (canvas.some(0.0, 1.0), canvas.some(0.0, to * 0.8));
        let (size, bright) = (canvas.some(0.001, 0.0045), canvas.some(0.2, 0.9));
        canvas.circle(x, y, size, faint(palette.light, bright));
    }
}

/// A sun or moon with its halo.
fn light(canvas: &mut Canvas, palette: &Palette, (x, y): (f32, f32), radius: f32) {
    canvas.glow(x, y, radius * 4.2, palette.light, 0.55);
    canvas.circle(x, y, radius, mix(palette.light, palette.horizon, 0.06));
}
