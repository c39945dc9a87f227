//! A field of a form: label above, control, one line for its error below. The controls stand in `input`.

use std::sync::Arc;

use egui::{Id, InnerResponse, Sense, Ui, UiBuilder, UiKind, UiStackInfo, vec2};

use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::paint;

const LINE: f32 = 18.0;
const TAG: &str = "field";

/// What a control inside a field learns from it.
#[derive(Clone, Copy, Debug)]
pub struct FieldScope {
    /// The label that names the control for AccessKit.
    pub label: Id,
    /// Draw the danger edge.
    pub error: bool,
}

impl FieldScope {
    /// The field around this ui, if there is one.
    pub fn of(ui: &Ui) -> Option<FieldScope> {
        ui.stack().iter().find_map(|level| level.info.tags.get_downcast::<FieldScope>(TAG).copied())
    }
}

/// A field being described. `Field::new("电话").required(true).error(e).show(ui, |ui| …)`.
#[must_use = "call show(ui, …)"]
pub struct Field<'a> {
    label: &'a str,
    required: bool,
    error: Option<&'a str>,
    hint: &'a str,
    width: Option<f32>,
}

impl<'a> Field<'a> {
    /// A field with this label.
    pub fn new(label: &'a str) -> Self {
        Field { label, required: false, error: None, hint: "", width: None }
    }

    /// Marks it with a red star.
    pub fn required(mut self, required: bool) -> Self {
        self.required = required;
        self
    }

    /// The sentence below it; its control gets the danger edge.
    pub fn error(mut self, error: Option<&'a str>) -> Self {
        self.error = error;
        self
    }

    /// A grey sentence below it while there is no error.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    /// As wide as this; otherwise as wide as there is room.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Draws label, control and error line. The line's room is kept, so that nothing jumps.
    pub fn show<R>(self, ui: &mut Ui, control: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
        let p = palette(ui);
        let width = self.width.unwrap_or_else(|| ui.available_width());
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.y = 0.0;
            let label = paint::row_ui(ui, LINE, |ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                let label = ui.label(theme::label(p, self.label));
                if self.required {
                    let (rect, _) = ui.allocate_exact_size(vec2(8.0, LINE), Sense::hover());
                    paint::text_left(ui, rect, "*", theme::font(size::TEXT_SMALL), p.danger.fg);
                }
                label.id
            });
            ui.add_space(size::LABEL_GAP);
            let scope = FieldScope { label, error: self.error.is_some() };
            let info = UiStackInfo::new(UiKind::GenericArea).with_tag_value(TAG, scope);
            let inner = ui.scope_builder(UiBuilder::new().ui_stack_info(info), control).inner;
            error_line(ui, self.error, self.hint);
            ui.add_space(size::FIELD_GAP - 4.0);
            inner
        })
    }
}

/// The short form of [`Field`].
pub fn field_ui<R>(ui: &mut Ui, label: &str, required: bool, error: Option<&str>, control: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Field::new(label).required(required).error(error).show(ui, control)
}

fn error_line(ui: &mut Ui, error: Option<&str>, hint: &str) {
    let p = palette(ui);
    let (text, color) = error.map_or((hint, p.text_3), |error| (error, p.danger.fg));
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::hover());
    if text.is_empty() {
        return;
    }
    let mut room = rect.with_min_y(rect.top() + 2.0);
    if error.is_some() {
        let center = egui::pos2(room.left() + 6.0, room.center().y);
        paint::icon(ui.painter(), center, icons::WARNING_CIRCLE, size::ICON_TINY, color);
        room.min.x += 16.0;
    }
    let galley = paint::line(ui, text, theme::font(size::TEXT_SMALL), color, room.width());
    let cut = galley.elided;
    paint::place(ui.painter(), room, egui::Align2::LEFT_CENTER, Arc::clone(&galley));
    let response = ui.interact(rect, ui.unique_id().with("error_line"), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, text));
    if cut {
        paint::tooltip(response, text);
    }
}
