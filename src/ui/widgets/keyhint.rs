//! The small key caps beside actions: "Ctrl N", "Esc". They only show a key; who listens to it stands elsewhere.

use egui::{Align2, Color32, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, pos2, vec2};

use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::paint;

const HEIGHT: f32 = 18.0;
const PADDING: f32 = 5.0;

/// The colours of a cap.
#[derive(Clone, Copy, Debug)]
pub struct CapColors {
    pub text: Color32,
    pub edge: Color32,
    pub fill: Color32,
}

/// How much room a cap takes.
pub fn cap_size(ui: &Ui, keys: &str) -> Vec2 {
    let galley = paint::line(ui, keys, theme::font(size::TEXT_SMALL), Color32::PLACEHOLDER, f32::INFINITY);
    vec2((galley.size().x + 2.0 * PADDING).ceil().max(HEIGHT), HEIGHT)
}

/// Paints a cap with its left edge at `left`, centred on `center_y`; returns its rectangle.
pub fn paint_cap(ui: &Ui, left: f32, center_y: f32, keys: &str, colors: CapColors) -> Rect {
    let wanted = cap_size(ui, keys);
    let rect = Rect::from_min_size(pos2(left.round(), (center_y - HEIGHT / 2.0).round()), wanted);
    let edge = Stroke::new(1.0, colors.edge);
    ui.painter().rect(rect, size::RADIUS_SMALL, colors.fill, edge, StrokeKind::Inside);
    let galley = paint::line(ui, keys, theme::font(size::TEXT_SMALL), colors.text, f32::INFINITY);
    paint::place(ui.painter(), rect, Align2::CENTER_CENTER, galley);
    rect
}

/// The cap's colours on a plain ground.
pub fn plain(ui: &Ui) -> CapColors {
    let p = palette(ui);
    CapColors { text: p.text_2, edge: p.border, fill: p.surface }
}

/// A key cap on its own, as in the status bar.
pub fn key_cap(ui: &mut Ui, keys: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(cap_size(ui, keys), Sense::hover());
    paint_cap(ui, rect.left(), rect.center().y, keys, plain(ui));
    response
}

/// Key caps and what they do: `[↑] [↓] 选择`, as in the status bar and at the foot of a popup.
pub fn key_hint(ui: &mut Ui, keys: &[&str], action: &str) {
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.allocate_ui_with_layout(vec2(0.0, HEIGHT), layout, |ui| {
        ui.set_min_height(HEIGHT);
        ui.spacing_mut().item_spacing.x = 6.0;
        for cap in keys {
            key_cap(ui, cap);
        }
        ui.add(egui::Label::new(theme::label(palette(ui), action)).extend());
    });
}
