//! What the editors of quotes and orders have in common around their lines: the places of the parts, head, notes with sums, save bar.

use egui::{Align, Layout, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

use crate::i18n::fill;
use crate::models::line::{LineDraft, typed_total};
use crate::models::money::quantity;
use crate::models::{Error, Money};
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::link;
use crate::ui::widgets::chip::status_chip;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, multiline_input};
use crate::ui::widgets::{page, paint};

/// Height of notes and sums.
const NOTES: f32 = 116.0;

/// Where grid, notes and save bar stand in the room that is left.
pub struct Places {
    pub grid: Rect,
    pub notes: Rect,
    pub save: Rect,
}

impl Places {
    pub fn of(room: Rect) -> Places {
        let save_top = room.bottom() - size::SAVE_BAR;
        let notes_top = save_top - NOTES;
        Places {
            grid: room.with_max_y(notes_top),
            notes: Rect::from_min_max(pos2(room.left(), notes_top), pos2(room.right(), save_top)),
            save: room.with_min_y(save_top),
        }
    }
}

/// `订单 > 新建订单 · 未保存`; true where the list was asked for. An error that belongs to no field stands below.
pub fn head_ui(ui: &mut Ui, cx: &Context<'_>, list: &str, title: &str, dirty: bool, failure: Option<&Error>) -> bool {
    let mut back = false;
    ui.allocate_ui_with_layout(vec2(ui.available_width(), 48.0), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(48.0);
        ui.add_space(page::padding(ui));
        ui.spacing_mut().item_spacing.x = 8.0;
        back = link(ui, list).clicked();
        ui.label(theme::icon(icons::CARET_RIGHT, size::ICON_SMALL).color(palette(ui).text_3));
        ui.label(theme::title(title));
        if dirty {
            status_chip(ui, cx.t.shell.unsaved, Tone::Mute);
        }
    });
    if let Some(error) = failure {
        let padding = page::padding(ui);
        ui.horizontal(|ui| {
            ui.add_space(padding);
            ui.allocate_ui(vec2(ui.available_width() - padding, 40.0), |ui| {
                banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            });
        });
        ui.add_space(8.0);
    }
    back
}

/// Ground and left padding of the save bar.
pub fn save_ground(ui: &mut Ui) {
    let p = palette(ui);
    let rect = ui.max_rect();
    ui.painter().rect_filled(rect, 0.0, p.sunken);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
    ui.add_space(page::padding(ui));
}

/// What is wrong, at the left of the save bar.
pub fn wrong_ui(ui: &mut Ui, sentence: &str) {
    let danger = palette(ui).tone(Tone::Danger).fg;
    ui.label(theme::icon(icons::WARNING_CIRCLE, size::ICON).color(danger));
    ui.label(egui::RichText::new(sentence).color(danger));
}

/// Notes at the left, sums at the right; `total_name` says what the grand total is of.
pub fn notes_ui(ui: &mut Ui, cx: &Context<'_>, error: Option<&str>, notes: &mut String, lines: &[LineDraft], total_name: &str) {
    let t = &cx.t.orders;
    let p = palette(ui);
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
    let side = page::padding(ui);
    let sums_left = rect.right() - side - 348.0;
    let left = Rect::from_min_max(pos2(rect.left() + side, rect.top() + 14.0), pos2(sums_left - 40.0, rect.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(left), |ui| {
        FieldUi::new(t.notes).error(error).show(ui, |ui| {
            let options = InputOptions { hint: t.notes_hint, ..Default::default() };
            multiline_input(ui, "notes", notes, 2, options)
        });
    });
    let pieces: i64 = lines.iter().filter_map(LineDraft::pieces).sum();
    let count = lines.iter().filter(|line| line.product.is_some()).count();
    let total = typed_total(lines);
    let sums = Rect::from_min_max(pos2(sums_left, rect.top() + 16.0), pos2(rect.right() - side, rect.bottom()));
    let line = |top: f32, height: f32| Rect::from_min_size(pos2(sums.left(), sums.top() + top), vec2(sums.width(), height));
    let small = theme::font(size::TEXT_BODY);
    paint::text_left(ui, line(0.0, 24.0), t.details, small.clone(), p.text_2);
    paint::text_right(ui, line(0.0, 24.0), &fill(t.details_value, &[&count, &quantity(pieces)]), small.clone(), p.text);
    paint::text_left(ui, line(28.0, 32.0), total_name, small, p.text_2);
    let shown = total.map_or_else(|| "—".to_owned(), Money::yuan);
    let grand = paint::text_right(ui, line(28.0, 32.0), &shown, theme::medium_font(size::TEXT_TITLE), p.text);
    let name = format!("{total_name} {shown}");
    ui.interact(grand, ui.scope_id().with("total"), egui::Sense::hover())
        .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &name));
    if let Some(capitals) = total.and_then(|total| cx.lang.capitals(total)) {
        paint::text_left(ui, line(64.0, 20.0), t.capitals, theme::font(size::TEXT_SMALL), p.text_2);
        paint::text_right(ui, line(64.0, 20.0).with_min_x(sums.left() + 48.0), &capitals, theme::font(size::TEXT_SMALL), p.text_2);
    }
}
