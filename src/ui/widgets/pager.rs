//! The line under a list: what is shown, rows per page, page buttons. Which rows a page holds is the query's.

use egui::{Align, Layout, Sense, Stroke, Ui, vec2};

use crate::i18n::{self, Texts};
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::mini_icon_button;
use crate::ui::widgets::paint;

/// Draws the pager, 40 high; `shown` is the caller's sentence (第 1–20 位，共 121 位客户). Returns the page to go to.
///
/// `if let Some(page) = pager_ui(ui, t, &shown, state.page, pages, 20) { state.page = page; }` — pages count from 0.
pub fn pager_ui(ui: &mut Ui, texts: &'static Texts, shown: &str, page: u64, pages: u64, per_page: u64) -> Option<u64> {
    let p = palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::PAGER), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, p.surface);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
    let padding = if ui.content_rect().width() < size::NARROW { size::PAGE_PADDING_NARROW } else { size::PAGE_PADDING };
    let mut to = None;
    let room = rect.shrink2(vec2(padding, 0.0));
    paint::inside(ui, room, Layout::right_to_left(Align::Center), "pager", |ui| {
        let last = pages.saturating_sub(1);
        ui.add_enabled_ui(page < last, |ui| {
            if mini_icon_button(ui, icons::CARET_RIGHT, texts.widgets.next_page).clicked() {
                to = Some(page + 1);
            }
        });
        ui.label(theme::label(p, i18n::fill(texts.widgets.page_of, &[&(page + 1), &pages.max(1)])));
        ui.add_enabled_ui(page > 0, |ui| {
            if mini_icon_button(ui, icons::CARET_LEFT, texts.widgets.previous_page).clicked() {
                to = Some(page - 1);
            }
        });
        ui.add_space(8.0);
        ui.label(theme::label(p, i18n::fill(texts.widgets.per_page, &[&per_page])));
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.add(egui::Label::new(theme::label(p, shown)).truncate());
        });
    });
    to
}
