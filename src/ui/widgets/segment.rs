//! Segments: two to six exclusive options side by side. More options are a select.

use egui::accesskit::Role;
use egui::{Align2, Key, Modifiers, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{self, palette, reach, size};
use crate::ui::widgets::paint;

/// Room beside the first and the last part, both together.
const EDGE: f32 = 4.0;

/// Segments over an enum: `segments(ui, "kind", &mut filter.kind, &[(None, "全部"), (Some(Kind::In), "入库")]).changed()`.
/// One Tab stop; ← and → choose.
pub fn segments<T: Copy + PartialEq>(ui: &mut Ui, salt: impl egui::AsIdSalt, value: &mut T, choices: &[(T, &str)]) -> Response {
    sized_segments(ui, salt, value, choices, size::CONTROL_SMALL)
}

/// Segments 32 high, as in a form.
pub fn form_segments<T: Copy + PartialEq>(ui: &mut Ui, salt: impl egui::AsIdSalt, value: &mut T, choices: &[(T, &str)]) -> Response {
    sized_segments(ui, salt, value, choices, size::CONTROL)
}

/// How wide the segments of a form are: more than there is room for is a select.
pub fn segments_width<T>(ui: &Ui, choices: &[(T, &str)]) -> f32 {
    let width = |text: &str| part_width(ui, text, size::TEXT_BODY);
    choices.iter().map(|(_, text)| width(text)).sum::<f32>() + EDGE
}

/// The width of the 500 weight, so that choosing does not shift the others.
fn part_width(ui: &Ui, text: &str, points: f32) -> f32 {
    (paint::line(ui, text, theme::medium_font(points), palette(ui).text, f32::INFINITY).size().x + 18.0).ceil()
}

fn sized_segments<T: Copy + PartialEq>(ui: &mut Ui, salt: impl egui::AsIdSalt, value: &mut T, choices: &[(T, &str)], height: f32) -> Response {
    let p = palette(ui);
    let id = ui.make_persistent_id(salt);
    let enabled = ui.is_enabled();
    let height = reach(ui, height);
    let points = if height < size::CONTROL { size::TEXT_SMALL } else { size::TEXT_BODY };
    let mut current = choices.iter().position(|(choice, _)| choice == value);
    let galleys: Vec<_> = choices
        .iter()
        .enumerate()
        .map(|(index, (_, text))| {
            let on = current == Some(index);
            let color = match (enabled, on) {
                (false, _) => p.disabled_fg,
                (true, true) => p.accent_text,
                (true, false) => p.text_2,
            };
            let font = if on { theme::medium_font(points) } else { theme::font(points) };
            (paint::line(ui, text, font, color, f32::INFINITY), part_width(ui, text, points))
        })
        .collect();
    let width: f32 = galleys.iter().map(|(_, width)| width).sum::<f32>() + EDGE;
    let (_, rect) = ui.allocate_space(vec2(width, height));
    let mut response = ui.interact(rect, id, Sense::focusable_noninteractive());
    if response.has_focus() && enabled {
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
    let fill = if enabled { p.surface } else { p.disabled_bg };
    ui.painter().rect(rect, size::RADIUS, fill, Stroke::new(1.0, p.border_strong), StrokeKind::Inside);
    paint::ring_if_focused(ui, &response, size::RADIUS);
    let mut x = rect.left() + 2.0;
    for (index, ((galley, width), (_, text))) in galleys.into_iter().zip(choices).enumerate() {
        let part = Rect::from_min_size(egui::pos2(x, rect.top() + 2.0), vec2(width, height - 4.0));
        x += width;
        let button = ui.interact(part, id.with(index), if enabled { Sense::CLICK } else { Sense::hover() });
        let on = current == Some(index);
        if on {
            ui.painter().rect_filled(part, size::RADIUS_SMALL, p.selected);
        } else if button.hovered() && enabled {
            ui.painter().rect_filled(part, size::RADIUS_SMALL, p.hover);
        }
        paint::place(ui.painter(), part, Align2::CENTER_CENTER, galley);
        button.widget_info(|| WidgetInfo::selected(Role::RadioButton, enabled, on, *text));
        if button.clicked() {
            current = Some(index);
        }
    }
    if let Some((choice, _)) = current.and_then(|index| choices.get(index))
        && choice != value
    {
        *value = *choice;
        response.mark_changed();
    }
    response.widget_info(|| WidgetInfo::labeled(Role::RadioGroup, enabled, ""));
    response
}
