//! Owns a surface to draw on, in shares of its width and height, and the few strokes that all scenes are made of.

use tiny_skia::{
    Color, FillRule, GradientStop, LineCap, LinearGradient, Paint, Path, PathBuilder, Pixmap, Point,
    RadialGradient, Rect, Shader, SpreadMode, Stroke, Transform,
};

use super::palette::faint;
use crate::dice::Dice;

/// A surface. Coordinates are shares: (0, 0) is top left, (1, 1) bottom right; lengths are shares of the shorter side.
pub(super) struct Canvas {
    pub map: Pixmap,
    pub dice: Dice,
    width: f32,
    height: f32,
}

impl Canvas {
    pub(super) fn new(map: Pixmap, dice: Dice) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "pictures are some thousand pixels wide at most")]
        let [width, height] = [map.width(), map.height()].map(|side| side as f32);
        Self { map, dice, width, height }
    }

    /// The shorter side in pixels.
    pub(super) fn unit(&self) -> f32 {
        self.width.min(self.height)
    }

    /// Height for one of width.
    pub(super) fn aspect(&self) -> f32 {
        self.height / self.width
    }

    /// Something between two shares.
    pub(super) fn some(&mut self, low: f32, high: f32) -> f32 {
        let step = i16::try_from(self.dice.between(0, 10_000)).unwrap_or(0);
        low + (high - low) * f32::from(step) / 10_000.0
    }

    pub(super) fn point(&self, x: f32, y: f32) -> Point {
        Point::from_xy(x * self.width, y * self.height)
    }

    fn paint<'p>(shader: Shader<'p>) -> Paint<'p> {
        Paint { shader, anti_alias: true, ..Paint::default() }
    }

    pub(super) fn fill(&mut self, path: Option<Path>, colour: Color) {
        self.shade(path, Shader::SolidColor(colour));
    }

    fn shade(&mut self, path: Option<Path>, shader: Shader<'_>) {
        if let Some(path) = path {
            self.map.fill_path(&path, &Self::paint(shader), FillRule::Winding, Transform::identity(), None);
        }
    }

    /// A line of a thickness in shares of the shorter side.
    pub(super) fn stroke(&mut self, path: Option<Path>, colour: Color, thickness: f32) {
        let stroke = Stroke {
            width: (thickness * self.unit()).max(0.6),
            line_cap: LineCap::Round,
            ..Stroke::default()
        };
        if let Some(path) = path {
            let paint = Self::paint(Shader::SolidColor(colour));
            self.map.stroke_path(&path, &paint, &stroke, Transform::identity(), None);
        }
    }

    pub(super) fn rect(&mut self, x: f32, y: f32, w: f32, h: f32, colour: Color) {
        let rect = Rect::from_xywh(x * self.width, y * self.height, w * self.width, h * self.height);
        self.fill(rect.map(PathBuilder::from_rect), colour);
    }

    /// From one colour to another, downwards between two heights; flat beyond them.
    pub(super) fn fade(&mut self, (from, to): (f32, f32), (above, below): (Color, Color)) {
        let rect = Rect::from_xywh(0.0, from * self.height, self.width, (to - from) * self.height);
        let (start, end) = (self.point(0.0, from), self.point(0.0, to));
        let shader = gradient(start, end, &[(0.0, above), (1.0, below)]);
        self.shade(rect.map(PathBuilder::from_rect), shader);
    }

    pub(super) fn circle_path(&self, x: f32, y: f32, radius: f32) -> Option<Path> {
        let at = self.point(x, y);
        PathBuilder::from_circle(at.x, at.y, (radius * self.unit()).max(0.4))
    }

    pub(super) fn circle(&mut self, x: f32, y: f32, radius: f32, colour: Color) {
        self.fill(self.circle_path(x, y, radius), colour);
    }

    /// Light around a place.
    pub(super) fn glow(&mut self, x: f32, y: f32, radius: f32, colour: Color, strength: f32) {
        let at = self.point(x, y);
        let long = radius * self.unit();
        let stops = vec![
            GradientStop::new(0.0, faint(colour, strength)),
            GradientStop::new(0.45, faint(colour, strength * 0.35)),
            GradientStop::new(1.0, faint(colour, 0.0)),
        ];
        let shader = RadialGradient::new(at, 0.0, at, long, stops, SpreadMode::Pad, Transform::identity());
        if let Some(shader) = shader {
            self.shade(PathBuilder::from_circle(at.x, at.y, long), shader);
        }
    }

    /// A circle that is lit from one side.
    pub(super) fn ball(&mut self, x: f32, y: f32, radius: f32, (lit, shade): (Color, Color)) {
        let at = self.point(x, y);
        let long = radius * self.unit();
        let light = Point::from_xy(at.x - long * 0.45, at.y - long * 0.5);
        let stops = vec![
            GradientStop::new(0.0, lit),
            GradientStop::new(0.55, super::palette::mix(lit, shade, 0.55)),
            GradientStop::new(1.0, shade),
        ];
        let shader =
            RadialGradient::new(light, 0.0, light, long * 1.5, stops, SpreadMode::Pad, Transform::identity());
        if let Some(shader) = shader {
            self.shade(PathBuilder::from_circle(at.x, at.y, long), shader);
        }
    }

    /// A closed shape through points.
    pub(super) fn shape(&self, points: &[(f32, f32)]) -> Option<Path> {
        let mut path = PathBuilder::new();
        for (n, (x, y)) in points.iter().enumerate() {
            let at = self.point(*x, *y);
            if n == 0 { path.move_to(at.x, at.y) } else { path.line_to(at.x, at.y) }
        }
        path.close();
        path.finish()
    }

    /// Everything below a line that is given from left to right, in one colour above that fades into another below.
    pub(super) fn ground(&mut self, line: &[f32], above: Color, below: Color) {
        let last = f32::from(u16::try_from(line.len().max(2) - 1).unwrap_or(1));
        let mut points: Vec<(f32, f32)> =
            (0u16..).zip(line).map(|(n, y)| (f32::from(n) / last, *y)).collect();
        let top = line.iter().copied().fold(1.0, f32::min);
        points.extend([(1.0, 1.01), (0.0, 1.01)]);
        let shader = gradient(self.point(0.0, top), self.point(0.0, 1.0), &[(0.0, above), (1.0, below)]);
        let path = self.shape(&points);
        self.shade(path, shader);
    }

    /// A flat round-ended bar, as a cloud or a reflection.
    pub(super) fn bar(&mut self, x: f32, y: f32, w: f32, thickness: f32, colour: Color) {
        let mut path = PathBuilder::new();
        let (from, to) = (self.point(x, y), self.point(x + w, y));
        path.move_to(from.x, from.y);
        path.line_to(to.x, to.y);
        self.stroke(path.finish(), colour, thickness);
    }

    /// Darker towards the corners.
    pub(super) fn vignette(&mut self, strength: f32) {
        let at = self.point(0.5, 0.46);
        let long = self.width.hypot(self.height) * 0.62;
        let stops = vec![
            GradientStop::new(0.0, Color::TRANSPARENT),
            GradientStop::new(0.55, Color::TRANSPARENT),
            GradientStop::new(1.0, faint(Color::BLACK, strength)),
        ];
        let shader = RadialGradient::new(at, 0.0, at, long, stops, SpreadMode::Pad, Transform::identity());
        let all = Rect::from_xywh(0.0, 0.0, self.width, self.height);
        if let Some(shader) = shader {
            self.shade(all.map(PathBuilder::from_rect), shader);
        }
    }

    /// A diagonal wash over everything.
    pub(super) fn wash(&mut self, (from, to): (Color, Color)) {
        let shader = gradient(self.point(0.0, 0.0), self.point(1.0, 1.0), &[(0.0, from), (1.0, to)]);
        let all = Rect::from_xywh(0.0, 0.0, self.width, self.height);
        self.shade(all.map(PathBuilder::from_rect), shader);
    }
}

fn gradient(start: Point, end: Point, stops: &[(f32, Color)]) -> Shader<'static> {
    let last = stops.last().map_or(Color::BLACK, |(_, colour)| *colour);
    let stops = stops.iter().map(|(at, colour)| GradientStop::new(*at, *colour)).collect();
    LinearGradient::new(start, end, stops, SpreadMode::Pad, Transform::identity())
        .unwrap_or(Shader::SolidColor(last))
}
