//! The bar at the bottom of a part that is saved as a whole: what is not saved, 放弃更改, 保存.

use egui::{Align, Layout, Rect, Ui};

use crate::ui::context::Context;
use crate::ui::document_editor;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme;
use crate::ui::theme::{Tone, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::{page, paint};

/// What the bar says and lets do.
pub struct SaveBar<'a> {
    /// 有 2 项更改还没保存; empty where everything is saved.
    pub unsaved: &'a str,
    /// What is wrong with what was typed; shown instead.
    pub wrong: Option<&'a str>,
    pub saving: bool,
    /// Why the person may not save.
    pub why_not: Option<&'a str>,
}

/// What was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pressed {
    Save,
    /// 放弃更改 or Esc: to be asked first.
    Discard,
}

/// The room of the part and that of its bar. The part is drawn first: Tab comes to its fields and then to the bar.
pub fn rooms(ui: &Ui) -> (Rect, Rect) {
    let room = ui.available_rect_before_wrap();
    let top = room.bottom() - size::SAVE_BAR;
    (room.with_max_y(top), room.with_min_y(top))
}

/// Draws the bar into its place; Ctrl S and Esc do the same.
pub fn save_bar_ui(ui: &mut Ui, place: Rect, cx: &Context<'_>, bar: &SaveBar<'_>) -> Option<Pressed> {
    let t = &cx.t.settings;
    let dirty = !bar.unsaved.is_empty();
    let mut pressed = None;
    paint::inside(ui, place, Layout::left_to_right(Align::Center), "save bar", |ui| {
        document_editor::save_ground(ui);
        ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
        if let Some(wrong) = bar.wrong {
            document_editor::wrong_ui(ui, wrong);
        } else if dirty {
            let color = palette(ui).tone(Tone::Warn).fg;
            ui.label(theme::icon(icons::WARNING_CIRCLE, size::ICON).color(color));
            ui.label(egui::RichText::new(bar.unsaved).color(color));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(page::padding(ui));
            let nothing = (!dirty).then_some(t.nothing_to_save);
            let button = Button::primary(cx.t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys());
            let save = button.reason(bar.why_not.or(nothing)).busy(bar.saving, cx.t.products.saving).show(ui);
            let able = dirty && bar.why_not.is_none() && !bar.saving;
            if able && (save.clicked() || Shortcut::Save.pressed(ui)) {
                pressed = Some(Pressed::Save);
            }
            let discard = Button::secondary(t.discard_changes).keys("Esc").enabled(dirty && !bar.saving).show(ui);
            if dirty && !bar.saving && (discard.clicked() || page::escape(ui)) {
                pressed = Some(Pressed::Discard);
            }
        });
    });
    pressed
}
