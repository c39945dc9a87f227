//! Tabs with grey counts over the parts of a drawer or a page. What each part shows is the caller's.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::paint;

const GAP: f32 = 20.0;

/// Tabs over an enum: `tabs(ui, "part", &mut state.part, &[(Part::Followups, "跟进记录", Some(8)), …]).changed()`.
/// One Tab stop; ← and → choose.
pub fn tabs<T: Copy + PartialEq>(ui: &mut Ui, salt: impl egui::AsIdSalt, value: &mut T, choices: &[(T, &str, Option<u64>)]) -> Response {
    let p = palette(ui);
    let id = ui.make_persistent_id(salt);
    let mut current = choices.iter().position(|(choice, ..)| choice == value);
    let (_, rect) = ui.allocate_space(vec2(ui.available_width(), size::TAB));
    let mut response = ui.interact(rect, id, Sense::focusable_noninteractive());
    if response.has_focus() {
        let filter = egui::EventFilter { horizontal_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let at = current.unwrap_or(0);
        if pressed(Key::ArrowLeft) {
            current = Some(at.saturating_sub(1));
        } else if pressed(Key::ArrowRight) {
            current = Some((at + 1).min(choices.len().saturating_sub(1)));
        }
    }
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.border));
    let mut x = rect.left();
    for (index, (_, text, count)) in choices.iter().enumerate() {
        let on = current == Some(index);
        let font = if on { theme::medium_font(size::TEXT_BODY) } else { theme::font(size::TEXT_BODY) };
        let room = paint::line(ui, text, theme::medium_font(size::TEXT_BODY), p.text, f32::INFINITY).size().x;
        let count = count.map(|count| paint::line(ui, &count.to_string(), theme::font(size::TEXT_SMALL), p.text_3, f32::INFINITY));
        let width = (room + count.as_ref().map_or(0.0, |count| count.size().x + 5.0)).ceil();
        let part = Rect::from_min_size(pos2(x, rect.top()), vec2(width, rect.height()));
        x += width + GAP;
        let button = ui.interact(part.expand2(vec2(GAP / 2.0, 0.0)), id.with(index), Sense::CLICK);
        let color = match (on, button.hovered()) {
            (true, _) => p.accent_text,
            (false, true) => p.text,
            (false, false) => p.text_2,
        };
        let placed = paint::text_left(ui, part, text, font, color);
        if let Some(count) = count {
            paint::place(ui.painter(), part.with_min_x(placed.right() + 5.0), egui::Align2::LEFT_CENTER, count);
        }
        if on {
            let bar = Rect::from_min_max(pos2(part.left(), part.bottom() - 2.0), part.max);
            ui.painter().rect_filled(bar, 0.0, p.accent_text);
            if response.has_focus() {
                paint::inner_ring(ui, part.expand2(vec2(5.0, -4.0)), size::RADIUS_SMALL);
            }
        }
        button.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, *text));
        if button.clicked() {
            current = Some(index);
        }
    }
    if let Some((choice, ..)) = current.and_then(|index| choices.get(index))
        && choice != value
    {
        *value = *choice;
        response.mark_changed();
    }
    response.widget_info(|| WidgetInfo::labeled(Role::TabList, true, ""));
    response
}
