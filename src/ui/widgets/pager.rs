//! The line under a list: what is shown, sums, rows per page, page buttons. Which rows a page holds is the query's.

use egui::accesskit::Role;
use egui::{Align, Align2, Layout, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::i18n::{self, Texts};
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::mini_icon_button;
use crate::ui::widgets::{options, paint};

/// A pager being described.
#[derive(Clone, Copy, Debug)]
pub struct Pager<'a> {
    /// The caller's sentence (第 1–20 位，共 121 位客户).
    pub shown: &'a str,
    /// Sums of all that is listed, or nothing.
    pub sums: &'a str,
    /// Counts from 0.
    pub page: u64,
    pub pages: u64,
    pub per_page: u32,
    /// Rows per page to choose from; none where they are fixed.
    pub sizes: &'a [u32],
}

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Counts from 0.
    Page(u64),
    /// Rows per page.
    Size(u32),
}

/// Draws the pager, 40 high.
pub fn pager_ui(ui: &mut Ui, texts: &'static Texts, pager: &Pager<'_>) -> Option<Turn> {
    let p = palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::PAGER), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, p.surface);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
    let padding = if ui.content_rect().width() < size::NARROW { size::PAGE_PADDING_NARROW } else { size::PAGE_PADDING };
    let mut to = None;
    let room = rect.shrink2(vec2(padding, 0.0));
    paint::inside(ui, room, Layout::right_to_left(Align::Center), "pager", |ui| {
        let (page, last) = (pager.page, pager.pages.saturating_sub(1));
        ui.add_enabled_ui(page < last, |ui| {
            if mini_icon_button(ui, icons::CARET_RIGHT, texts.widgets.next_page).clicked() {
                to = Some(Turn::Page(page + 1));
            }
        });
        ui.label(theme::label(p, i18n::fill(texts.widgets.page_of, &[&(page + 1), &pager.pages.max(1)])));
        ui.add_enabled_ui(page > 0, |ui| {
            if mini_icon_button(ui, icons::CARET_LEFT, texts.widgets.previous_page).clicked() {
                to = Some(Turn::Page(page - 1));
            }
        });
        ui.add_space(8.0);
        if let Some(size) = size_ui(ui, texts, pager) {
            to = Some(Turn::Size(size));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 16.0;
            ui.add(egui::Label::new(theme::label(p, pager.shown)).truncate());
            if !pager.sums.is_empty() {
                ui.add(egui::Label::new(theme::label(p, pager.sums).color(p.text)).truncate());
            }
        });
    });
    to
}

/// `每页 20 ▾`: how many rows a page has.
fn size_ui(ui: &mut Ui, texts: &'static Texts, pager: &Pager<'_>) -> Option<u32> {
    let p = palette(ui);
    let id = ui.make_persistent_id("size");
    let label = i18n::fill(texts.widgets.per_page, &[&pager.per_page]);
    if pager.sizes.is_empty() {
        ui.label(theme::label(p, &label));
        return None;
    }
    let current = pager.sizes.iter().position(|size| *size == pager.per_page);
    let taken = options::take_by_key(ui, id, pager.sizes.len(), true);
    let galley = paint::line(ui, &label, theme::font(size::TEXT_SMALL), p.text_2, f32::INFINITY);
    let (_, rect) = ui.allocate_space(vec2((galley.size().x + size::ICON_TINY + 16.0).ceil(), size::CONTROL_MINI));
    let response: Response = ui.interact(rect, id, Sense::click());
    if response.hovered() {
        ui.painter().rect_filled(rect, size::RADIUS, p.hover);
    }
    paint::place(ui.painter(), rect.shrink2(vec2(6.0, 0.0)), Align2::LEFT_CENTER, galley);
    let caret = pos2(rect.right() - 4.0 - size::ICON_TINY / 2.0, rect.center().y);
    paint::icon(ui.painter(), caret, icons::CARET_DOWN, size::ICON_TINY, p.text_3);
    paint::ring_if_focused(ui, &response, size::RADIUS);
    options::lock_keys(ui, id);
    options::open_on_demand(ui, &response, current.unwrap_or(0));
    let names: Vec<String> = pager.sizes.iter().map(|size| i18n::fill(texts.widgets.per_page, &[size])).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let chosen = taken.or_else(|| options::text_popup(ui, &response, &label, &names, current));
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, &label));
    chosen.and_then(|index| pager.sizes.get(index)).copied().filter(|size| *size != pager.per_page)
}
