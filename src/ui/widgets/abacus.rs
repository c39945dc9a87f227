//! The product mark and the large abacus of the login page, painted: they spell a number in beads.

use egui::{Color32, Painter, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::ui::theme::mark;

/// The product mark at a side length (28 in the navigation, 48 on the login page).
pub fn mark_ui(ui: &mut Ui, side: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    paint_mark(ui.painter(), rect);
    response
}

/// Paints the mark into a square.
pub fn paint_mark(painter: &Painter, rect: Rect) {
    // Drawn on a grid of 48.
    let unit = rect.width() / 48.0;
    let at = |x: f32, y: f32| rect.min + vec2(x, y) * unit;
    painter.rect_filled(rect, 10.3 * unit, mark::GROUND);
    let one = |x: f32, y: f32, color: Color32| {
        painter.rect_filled(Rect::from_center_size(at(x, y), vec2(9.2, 5.2) * unit), 2.6 * unit, color);
    };
    one(13.5, 11.0, mark::IDLE);
    one(34.5, 11.0, mark::IDLE);
    one(24.0, 14.0, mark::FIVE);
    painter.rect_filled(Rect::from_center_size(at(24.0, 19.5), vec2(34.0, 2.0) * unit), unit, mark::BEAM);
    for x in [13.5, 24.0, 34.5] {
        one(x, 25.5, mark::COUNTED);
        one(x, 32.0, if x == 24.0 { mark::IDLE } else { mark::COUNTED });
        one(x, 38.8, mark::IDLE);
    }
}

/// The size of the large abacus.
pub const LARGE: egui::Vec2 = vec2(414.0, 241.0);

const PITCH: f32 = 50.0;
const BEAD: egui::Vec2 = vec2(40.0, 20.0);
const STEP: f32 = 23.0;

/// The large abacus with one rod per digit: `abacus_ui(ui, [2, 0, 2, 6, 0, 1, 3, 0])` spells 2026 01 30.
pub fn abacus_ui(ui: &mut Ui, digits: [u8; 8]) -> Response {
    let (rect, response) = ui.allocate_exact_size(LARGE, Sense::hover());
    paint_abacus(ui.painter(), rect.min, digits);
    response
}

/// The eight digits of a date.
pub fn date_digits(year: i32, month: u32, day: u32) -> [u8; 8] {
    let (year, month, day) = (year.unsigned_abs(), month, day);
    let digit = |value: u32, power: u32| (value / 10u32.pow(power) % 10) as u8;
    [digit(year, 3), digit(year, 2), digit(year, 1), digit(year, 0), digit(month, 1), digit(month, 0), digit(day, 1), digit(day, 0)]
}

fn paint_abacus(painter: &Painter, min: Pos2, digits: [u8; 8]) {
    let frame = Rect::from_min_size(min, LARGE);
    let y = |offset: f32| min.y + offset;
    for (n, digit) in digits.into_iter().enumerate() {
        let x = min.x + 32.0 + n as f32 * PITCH;
        painter.vline(x, y(4.0)..=y(LARGE.y - 4.0), Stroke::new(2.0, mark::ROD));
        let (fives, ones) = (digit.min(9) / 5, digit % 5);
        for idle in 0..2 - fives {
            bead(painter, pos2(x, y(22.0 + f32::from(idle) * STEP)), mark::BEAD);
        }
        if fives > 0 {
            bead(painter, pos2(x, y(70.0)), mark::FIVE);
        }
        for one in 0..ones {
            bead(painter, pos2(x, y(101.0 + f32::from(one) * STEP)), mark::COUNTED);
        }
        for idle in 0..5 - ones {
            bead(painter, pos2(x, y(220.0 - f32::from(idle) * STEP)), mark::BEAD);
        }
    }
    let beam = Rect::from_min_max(pos2(min.x + 6.0, y(82.0)), pos2(frame.right() - 6.0, y(88.0)));
    painter.rect_filled(beam, 0.0, mark::FRAME);
    painter.rect_stroke(frame, 10.0, Stroke::new(6.0, mark::FRAME), StrokeKind::Inside);
}

fn bead(painter: &Painter, center: Pos2, color: Color32) {
    painter.rect_filled(Rect::from_center_size(center, BEAD), BEAD.y / 2.0, color);
}
