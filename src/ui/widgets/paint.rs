//! Strokes of the brush the widgets share: focus ring, centred icon, text in a rectangle. No widget of its own.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align, Align2, Color32, FontId, Galley, Layout, Painter, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use crate::ui::theme::{self, palette, size};

/// The 2-point ring around a focused control, 1 point outside its edge. Only the keyboard's focus shows.
pub fn focus_ring(ui: &Ui, rect: Rect, radius: u8) {
    let p = palette(ui);
    let ring = rect.expand(1.0);
    ui.painter().rect_stroke(ring, radius + 1, Stroke::new(2.0, p.focus), StrokeKind::Outside);
}

/// Like [`focus_ring`], drawn inside: for rows and for edges that something clips.
pub fn inner_ring(ui: &Ui, rect: Rect, radius: u8) {
    ui.painter().rect_stroke(rect, radius, Stroke::new(2.0, palette(ui).focus), StrokeKind::Inside);
}

/// Draws the ring where the response has the focus.
pub fn ring_if_focused(ui: &Ui, response: &Response, radius: u8) {
    if response.has_focus() {
        focus_ring(ui, response.rect, radius);
    }
}

/// One icon, centred on a point.
pub fn icon(painter: &Painter, center: Pos2, icon: &str, points: f32, color: Color32) {
    let galley = painter.layout_no_wrap(icon.to_owned(), theme::icon_font(points), color);
    painter.galley((center - galley.size() / 2.0).round(), galley, color);
}

/// A single line, cut with … where it is wider than `max_width`.
pub fn line(ui: &Ui, text: &str, font: FontId, color: Color32, max_width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = TextWrapping { break_anywhere: true, ..TextWrapping::truncate_at_width(max_width.max(0.0)) };
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// A text as [`line`]; a number is set smaller where it is too wide, as far as it can be read: one that is cut would be another number.
pub fn fitted(ui: &Ui, text: &str, font: FontId, color: Color32, max_width: f32) -> Arc<Galley> {
    let whole = line(ui, text, font.clone(), color, max_width);
    if !whole.elided || !is_number(text) {
        return whole;
    }
    let wide = line(ui, text, font.clone(), color, f32::INFINITY).size().x;
    // A hair less, for what is rounded to pixels.
    let points = (font.size * max_width / wide * 0.98).max(size::TEXT_LEAST);
    line(ui, text, FontId { size: points, ..font }, color, max_width)
}

/// An amount, a quantity with its unit, a date, the number of a document: figures and at most one letter.
fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && text.chars().filter(|c| c.is_alphabetic()).count() <= 1
}

/// Paints a galley inside a rectangle at an alignment; returns where it stands.
pub fn place(painter: &Painter, rect: Rect, align: Align2, galley: Arc<Galley>) -> Rect {
    let placed = align.align_size_within_rect(galley.size(), rect);
    let min = pos2(placed.min.x.round(), placed.min.y.round());
    let out = Rect::from_min_size(min, galley.size());
    painter.galley(min, galley, Color32::PLACEHOLDER);
    out
}

/// Body text at the left of a rectangle, vertically centred, truncated; returns the rectangle it takes.
pub fn text_left(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32) -> Rect {
    let galley = fitted(ui, text, font, color, rect.width());
    place(ui.painter(), rect, Align2::LEFT_CENTER, galley)
}

/// Text at the right of a rectangle, vertically centred, truncated.
pub fn text_right(ui: &Ui, rect: Rect, text: &str, font: FontId, color: Color32) -> Rect {
    let galley = fitted(ui, text, font, color, rect.width());
    place(ui.painter(), rect, Align2::RIGHT_CENTER, galley)
}

/// A number as a label, whole in the room that is left.
pub fn number(ui: &mut Ui, text: &str, font: FontId, color: Color32) -> Response {
    let galley = fitted(ui, text, font, color, ui.available_width());
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    place(ui.painter(), rect, Align2::LEFT_CENTER, galley);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    response
}

/// A line of widgets exactly this high, from the left. (`ui.horizontal` is never lower than a control.)
pub fn row_ui<R>(ui: &mut Ui, height: f32, body: impl FnOnce(&mut Ui) -> R) -> R {
    let wanted = vec2(ui.available_width(), height);
    ui.allocate_ui_with_layout(wanted, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        body(ui)
    })
    .inner
}

/// Widgets inside a rectangle that is already allocated; the cursor of `ui` stays where it is.
pub fn inside<R>(ui: &mut Ui, rect: Rect, layout: Layout, salt: &str, body: impl FnOnce(&mut Ui) -> R) -> R {
    let mut child = ui.new_child(UiBuilder::new().id_salt(salt.to_owned()).max_rect(rect).layout(layout));
    body(&mut child)
}

/// A line across a width, as between the parts of a card.
pub fn divider(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, palette(ui).border);
}

/// A tooltip in the product's look: body text, at most 320 wide.
pub fn tooltip(response: Response, text: &str) -> Response {
    if text.is_empty() { response } else { response.on_hover_text(egui::RichText::new(text).size(size::TEXT_SMALL)) }
}
