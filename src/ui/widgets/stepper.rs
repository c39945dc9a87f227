//! The steps of an order: done, current, later, each with a time or a reason beneath.

use egui::accesskit::Role;
use egui::{Align2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::paint;

/// How far a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    Done,
    Current,
    Later,
}

/// One step.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    pub title: &'a str,
    /// A time, a reason, or —.
    pub note: &'a str,
    pub state: StepState,
}

const CIRCLE: f32 = 24.0;
const TEXT_GAP: f32 = 10.0;

/// Draws the steps in a card of 56, as wide as there is room.
pub fn stepper_ui(ui: &mut Ui, steps: &[Step<'_>]) {
    let p = palette(ui);
    let (card, _) = ui.allocate_exact_size(vec2(ui.available_width(), 56.0), Sense::hover());
    ui.painter().rect(card, size::RADIUS_LARGE, p.surface, Stroke::new(1.0, p.border), StrokeKind::Inside);
    let rect = card.shrink2(vec2(size::CARD_PADDING, 0.0));
    let widths: Vec<f32> = steps
        .iter()
        .map(|step| {
            let title = paint::line(ui, step.title, theme::medium_font(size::TEXT_BODY), p.text, f32::INFINITY);
            let note = paint::line(ui, step.note, theme::font(size::TEXT_SMALL), p.text, f32::INFINITY);
            CIRCLE + TEXT_GAP + title.size().x.max(note.size().x)
        })
        .collect();
    let lines = steps.len().saturating_sub(1).max(1) as f32;
    let gap = ((rect.width() - widths.iter().sum::<f32>()) / lines).max(8.0);
    let mut x = rect.left();
    for (index, (step, width)) in steps.iter().zip(&widths).enumerate() {
        let part = Rect::from_min_size(pos2(x, rect.top()), vec2(*width, rect.height()));
        circle(ui, pos2(x + CIRCLE / 2.0, rect.center().y), index + 1, step.state);
        let (font, color) = match step.state {
            StepState::Done => (theme::font(size::TEXT_BODY), p.text),
            StepState::Current => (theme::medium_font(size::TEXT_BODY), p.text),
            StepState::Later => (theme::font(size::TEXT_BODY), p.text_3),
        };
        let text = part.with_min_x(x + CIRCLE + TEXT_GAP);
        let note_color = if step.state == StepState::Later { p.text_3 } else { p.text_2 };
        // Without a note the title stands beside the circle.
        let upper = if step.note.is_empty() { text } else { text.with_min_y(text.top() + 11.0).with_max_y(text.top() + 30.0) };
        let lower = text.with_min_y(text.top() + 29.0).with_max_y(text.top() + 47.0);
        paint::text_left(ui, upper, step.title, font, color);
        paint::text_left(ui, lower, step.note, theme::font(size::TEXT_SMALL), note_color);
        let response = ui.interact(part, ui.unique_id().with(("step", index)), Sense::hover());
        let selected = step.state == StepState::Current;
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, selected, step.title));
        let note = ui.interact(lower, response.id.with("note"), Sense::hover());
        note.widget_info(|| WidgetInfo::labeled(Role::Label, true, step.note));
        x += width;
        if index + 1 < steps.len() && gap > 32.0 {
            let color = if step.state == StepState::Done { p.chart_bar } else { p.border_strong };
            ui.painter().hline(x + 15.0..=x + gap - 15.0, rect.center().y, Stroke::new(1.0, color));
        }
        x += gap;
    }
}

fn circle(ui: &Ui, center: egui::Pos2, number: usize, state: StepState) {
    let p = palette(ui);
    let radius = CIRCLE / 2.0;
    match state {
        StepState::Done => {
            ui.painter().circle_filled(center, radius, p.accent);
            paint::icon(ui.painter(), center, icons::CHECK, size::ICON_SMALL, p.on_accent);
            return;
        }
        StepState::Current => {
            ui.painter().circle_stroke(center, radius - 1.0, Stroke::new(2.0, p.focus));
        }
        StepState::Later => {
            ui.painter().circle_stroke(center, radius - 0.5, Stroke::new(1.0, p.border_ctl));
        }
    }
    let color = if state == StepState::Current { p.accent_text } else { p.text_3 };
    let galley = paint::line(ui, &number.to_string(), theme::font(size::TEXT_SMALL), color, CIRCLE);
    paint::place(ui.painter(), Rect::from_center_size(center, vec2(CIRCLE, CIRCLE)), Align2::CENTER_CENTER, galley);
}
