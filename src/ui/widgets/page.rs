//! What every page has: its padding, its head, and Esc that closes only the topmost thing.

use egui::{Align, Key, Layout, Modifiers, Popup, Ui, vec2};

use crate::ui::theme::{self, size};

/// The padding of a page at this window's width.
pub fn padding(ui: &Ui) -> f32 {
    if ui.content_rect().width() < size::NARROW { size::PAGE_PADDING_NARROW } else { size::PAGE_PADDING }
}

/// A page's title at the left, its buttons at the right (drawn from right to left), without padding.
pub fn head_ui(ui: &mut Ui, title: &str, buttons: impl FnOnce(&mut Ui)) {
    ui.allocate_ui_with_layout(vec2(ui.available_width(), size::PAGE_HEAD), Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(size::PAGE_HEAD);
        ui.label(theme::title(title));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            buttons(ui);
        });
    });
}

/// Esc, while neither popup nor dialog is open; takes the key press.
pub fn escape(ui: &Ui) -> bool {
    let free = !Popup::is_any_open(ui) && ui.memory(|memory| memory.top_modal_layer().is_none());
    free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}
