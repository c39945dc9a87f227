//! The block that stands where there is nothing yet: icon, headline, one sentence, one button.

use egui::{Rect, Sense, Ui, vec2};

use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::paint;

/// What is missing and what helps.
#[derive(Clone, Copy, Debug, Default)]
pub struct Empty<'a> {
    pub icon: &'a str,
    pub headline: &'a str,
    pub sentence: &'a str,
    /// Text, icon and key of the button; none where there is nothing to press.
    pub button: Option<EmptyButton<'a>>,
}

/// The button of an empty state.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyButton<'a> {
    pub text: &'a str,
    pub icon: Option<&'a str>,
    pub keys: Option<&'a str>,
    pub primary: bool,
}

/// Draws it in the middle of the room that is left; true when its button was pressed.
pub fn empty_ui(ui: &mut Ui, empty: &Empty<'_>) -> bool {
    let p = palette(ui);
    let height = 40.0 + 12.0 + 22.0 + 22.0 + if empty.button.is_some() { 8.0 + size::CONTROL } else { 0.0 };
    let room = vec2(ui.available_width(), ui.available_height().max(height + 32.0).min(520.0));
    let (rect, _) = ui.allocate_exact_size(room, Sense::hover());
    let block = Rect::from_center_size(rect.center(), vec2(rect.width().min(420.0), height));
    let mut pressed = false;
    paint::inside(ui, block, egui::Layout::top_down(egui::Align::Center), "empty", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let (square, _) = ui.allocate_exact_size(vec2(40.0, 40.0), Sense::hover());
        ui.painter().rect_filled(square, size::RADIUS_LARGE, p.bg);
        paint::icon(ui.painter(), square.center(), empty.icon, size::ICON_EMPTY, p.text_2);
        ui.add_space(12.0);
        line(ui, "headline", theme::section(empty.headline));
        line(ui, "sentence", theme::secondary(p, empty.sentence));
        if let Some(button) = empty.button {
            ui.add_space(8.0);
            let mut drawn = if button.primary { Button::primary(button.text) } else { Button::secondary(button.text) };
            if let Some(icon) = button.icon {
                drawn = drawn.icon(icon);
            }
            if let Some(keys) = button.keys {
                drawn = drawn.keys(keys);
            }
            pressed = drawn.show(ui).clicked();
        }
    });
    pressed
}

fn line(ui: &mut Ui, salt: &str, text: egui::RichText) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    paint::inside(ui, rect, egui::Layout::top_down(egui::Align::Center), salt, |ui| ui.label(text));
}
