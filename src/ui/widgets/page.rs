//! What every page has: its padding, its head, and Esc that closes only the topmost thing.

use egui::{Align, Key, Layout, Modifiers, Popup, Ui, vec2};

use crate::ui::theme::{self, size};
use crate::ui::widgets::paint;

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

/// The room that is left, scrolled where it is too low for what stands in it; the scroll bar has the page's padding.
pub fn scroll_ui(ui: &mut Ui, salt: &str, body: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let reach = room.with_max_x(room.right() + padding(ui) - 2.0);
    paint::inside(ui, reach, Layout::top_down(Align::Min), salt, |ui| {
        egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_max_width(room.width());
            body(ui);
        });
    });
}

/// Esc, while neither popup nor dialog is open; takes the key press.
pub fn escape(ui: &Ui) -> bool {
    let free = !Popup::is_any_open(ui) && ui.memory(|memory| memory.top_modal_layer().is_none());
    free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}
