//! The block that stands where there is nothing yet: icon, headline, one sentence, the buttons that help.

use egui::{Align, FontSelection, Layout, Rect, Sense, TextWrapMode, Ui, WidgetText, vec2};

use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::paint;

/// The widest sentence; a longer one takes further lines.
const WIDEST: f32 = 520.0;
const LINE: f32 = 22.0;

/// What is missing and what helps.
#[derive(Clone, Copy, Debug, Default)]
pub struct Empty<'a> {
    pub icon: &'a str,
    pub headline: &'a str,
    pub sentence: &'a str,
    /// None where there is nothing to press.
    pub button: Option<EmptyButton<'a>>,
    /// A second way, at the right of the first.
    pub second: Option<EmptyButton<'a>>,
}

/// A button of an empty state: text, icon and key.
#[derive(Clone, Copy, Debug, Default)]
pub struct EmptyButton<'a> {
    pub text: &'a str,
    pub icon: Option<&'a str>,
    pub keys: Option<&'a str>,
    pub primary: bool,
}

/// Which button was pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmptyPressed {
    Button,
    Second,
}

/// Draws it in the middle of the room that is left; the button that was pressed.
pub fn empty_ui(ui: &mut Ui, empty: &Empty<'_>) -> Option<EmptyPressed> {
    let p = palette(ui);
    let width = ui.available_width().min(WIDEST);
    let sentence: WidgetText = theme::secondary(p, empty.sentence).into();
    let sentence = sentence.into_galley(ui, Some(TextWrapMode::Wrap), width, FontSelection::Default);
    let lines = sentence.rows.len().max(1) as f32 * LINE;
    let buttons = empty.button.is_some() || empty.second.is_some();
    let height = 40.0 + 12.0 + LINE + lines + if buttons { 8.0 + size::CONTROL } else { 0.0 };
    let room = vec2(ui.available_width(), ui.available_height().max(height + 32.0).min(520.0));
    let (rect, _) = ui.allocate_exact_size(room, Sense::hover());
    let block = Rect::from_center_size(rect.center(), vec2(width, height));
    paint::inside(ui, block, Layout::top_down(Align::Center), "empty", |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let (square, _) = ui.allocate_exact_size(vec2(40.0, 40.0), Sense::hover());
        ui.painter().rect_filled(square, size::RADIUS_LARGE, p.bg);
        paint::icon(ui.painter(), square.center(), empty.icon, size::ICON_EMPTY, p.text_2);
        ui.add_space(12.0);
        line(ui, "headline", LINE, theme::section(empty.headline));
        line(ui, "sentence", lines, theme::secondary(p, empty.sentence));
        ui.add_space(8.0);
        buttons_ui(ui, empty)
    })
}

/// One button in the middle, or two that meet there.
fn buttons_ui(ui: &mut Ui, empty: &Empty<'_>) -> Option<EmptyPressed> {
    let (Some(first), Some(second)) = (empty.button, empty.second) else {
        let only = empty.button.map(|button| (button, EmptyPressed::Button)).or(empty.second.map(|button| (button, EmptyPressed::Second)));
        return only.and_then(|(button, which)| button.show(ui).then_some(which));
    };
    let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::CONTROL), Sense::hover());
    let (left, right) = row.split_left_right_at_fraction(0.5);
    let gap = size::BUTTON_GAP / 2.0;
    let layout = Layout::right_to_left(Align::Center);
    let first = paint::inside(ui, left.with_max_x(left.right() - gap), layout, "first", |ui| first.show(ui));
    let layout = Layout::left_to_right(Align::Center);
    let second = paint::inside(ui, right.with_min_x(right.left() + gap), layout, "second", |ui| second.show(ui));
    first.then_some(EmptyPressed::Button).or(second.then_some(EmptyPressed::Second))
}

impl EmptyButton<'_> {
    fn show(self, ui: &mut Ui) -> bool {
        let button = if self.primary { Button::primary(self.text) } else { Button::secondary(self.text) };
        let button = self.icon.into_iter().fold(button, Button::icon);
        self.keys.into_iter().fold(button, Button::keys).show(ui).clicked()
    }
}

fn line(ui: &mut Ui, salt: &str, height: f32, text: egui::RichText) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    paint::inside(ui, rect, Layout::top_down(Align::Center), salt, |ui| ui.label(text));
}
