//! The bar at the bottom of a part that is saved as a whole: what is not saved, 放弃更改, 保存.

use egui::{Align, Frame, Layout, Panel, Ui};

use crate::ui::context::Context;
use crate::ui::document_editor;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme;
use crate::ui::theme::{Tone, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::page;

/// What the bar says and lets do.
pub struct SaveBar<'a> {
    /// Names the panel.
    pub salt: &'static str,
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

/// Draws the bar at the bottom; Ctrl S and Esc do the same.
pub fn save_bar_ui(ui: &mut Ui, cx: &Context<'_>, bar: &SaveBar<'_>) -> Option<Pressed> {
    let t = &cx.t.settings;
    let dirty = !bar.unsaved.is_empty();
    let mut pressed = None;
    let panel = Panel::bottom(bar.salt).exact_size(size::SAVE_BAR).resizable(false).show_separator_line(false).frame(Frame::NONE);
    panel.show(ui, |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
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
    });
    pressed
}
