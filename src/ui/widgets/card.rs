//! Cards, definition rows, avatar: the quiet parts of dashboards and details.

use egui::{Align, Align2, Frame, Layout, Margin, Response, Sense, Stroke, Ui, vec2};

use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::paint;

/// A card: surface, edge, radius 8, padding 16. `card_ui(ui, |ui| …)`.
pub fn card_ui<R>(ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> R {
    padded_card(ui, Margin::same(size::CARD_PADDING as i8), body)
}

/// A card that begins with [`card_title`]: the title's letters, not its row, keep the padding from the edge.
pub fn titled_card<R>(ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> R {
    let padding = size::CARD_PADDING as i8;
    padded_card(ui, Margin { left: padding, right: padding, top: TITLE_TOP as i8, bottom: padding }, body)
}

/// White above the row of a card's title.
pub const TITLE_TOP: f32 = 10.0;

/// A card without padding, for a list inside.
pub fn bare_card<R>(ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> R {
    padded_card(ui, Margin::ZERO, body)
}

fn padded_card<R>(ui: &mut Ui, margin: Margin, body: impl FnOnce(&mut Ui) -> R) -> R {
    let p = palette(ui);
    let frame = Frame::new().fill(p.surface).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS_LARGE).inner_margin(margin);
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            body(ui)
        })
        .inner
}

/// The first row of a card: title, grey caption, and what the closure draws from the right edge inwards.
pub fn card_title<R>(ui: &mut Ui, title: &str, caption: &str, right: impl FnOnce(&mut Ui) -> R) -> R {
    let p = palette(ui);
    let wanted = vec2(ui.available_width(), 28.0);
    ui.allocate_ui_with_layout(wanted, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(28.0);
        ui.label(theme::section(title));
        ui.label(theme::caption(p, caption));
        ui.with_layout(Layout::right_to_left(Align::Center), right).inner
    })
    .inner
}

/// An icon and a text in the second colour: phone, address.
pub fn fact_row(ui: &mut Ui, icon: &str, text: &str) -> Response {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let center = egui::pos2(rect.left() + size::ICON / 2.0, rect.center().y);
    paint::icon(ui.painter(), center, icon, size::ICON, p.text_3);
    let room = rect.with_min_x(rect.left() + size::ICON + 8.0);
    paint::text_left(ui, room, text, theme::font(size::TEXT_BODY), p.text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, text));
    response
}

/// A name at the left, its value at the right.
pub fn definition_row(ui: &mut Ui, name: &str, value: &str) -> Response {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let placed = paint::text_left(ui, rect, name, theme::font(size::TEXT_BODY), p.text_2);
    let room = rect.with_min_x((placed.right() + 12.0).min(rect.right()));
    paint::text_right(ui, room, value, theme::font(size::TEXT_BODY), p.text);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, value));
    response
}

/// Figures side by side in one frame, divided by lines: 累计成交 | 待收款 | 最近下单.
pub fn figures_ui(ui: &mut Ui, figures: &[(&str, &str, Option<Tone>)]) {
    let p = palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 50.0), Sense::hover());
    ui.painter().rect(rect, size::RADIUS, p.surface, Stroke::new(1.0, p.border), egui::StrokeKind::Inside);
    let width = rect.width() / figures.len().max(1) as f32;
    for (index, (caption, value, tone)) in figures.iter().enumerate() {
        let left = rect.left() + index as f32 * width;
        if index > 0 {
            ui.painter().vline(left.round() + 0.5, rect.y_range(), Stroke::new(1.0, p.border));
        }
        let part = egui::Rect::from_min_size(egui::pos2(left, rect.top()), vec2(width, rect.height()));
        // Caption and number as one block in the middle of the frame.
        let (upper, lower) = part.shrink2(vec2(11.0, 5.0)).split_top_bottom_at_fraction(0.5);
        let line = Layout::left_to_right(Align::Center);
        paint::inside(ui, upper, line, caption, |ui| ui.add(egui::Label::new(theme::caption(p, *caption)).truncate()));
        let color = tone.map_or(p.text, |tone| p.tone(tone).fg);
        let font = theme::medium_font(size::TEXT_BODY);
        paint::inside(ui, lower, line, &format!("{caption} figure"), |ui| paint::number(ui, value, font, color));
    }
}

/// A circle with the first character of a name.
pub fn avatar(ui: &mut Ui, name: &str, side: f32) -> Response {
    let colors = palette(ui).accent_soft;
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
    ui.painter().circle_filled(rect.center(), side / 2.0, colors.bg);
    let first: String = name.chars().take(1).collect();
    let points = if side > 28.0 { size::TEXT_BODY } else { size::TEXT_SMALL };
    let galley = paint::line(ui, &first, theme::font(points), colors.fg, side);
    paint::place(ui.painter(), rect, Align2::CENTER_CENTER, galley);
    response
}
