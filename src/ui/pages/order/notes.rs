//! The notes of an order: editable in every state, Ctrl Enter saves, and nobody's words are overwritten.

use egui::Ui;

use crate::models::Field;
use crate::models::error::text::tidy;
use crate::models::order::{OrderDetail, OrderEdit};
use crate::services::{Desk, orders};
use crate::ui::conflict::{Answer, Conflict, Difference};
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, multiline_input};

/// The dialog's state.
pub struct NotesDialog {
    form: Form<String>,
    /// The order's version as the notes were read.
    version: i64,
    conflict: Option<Conflict>,
    /// The notes take the keyboard on the next frame.
    focus: bool,
}

impl NotesDialog {
    /// The notes as they stand.
    pub fn new(detail: &OrderDetail) -> NotesDialog {
        let form = Form::new(detail.order.notes.clone().unwrap_or_default());
        NotesDialog { form, version: detail.order.version, conflict: None, focus: true }
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail) -> bool {
        let t = &cx.t.orders;
        let shown = dialog_ui(ui, "notes", size::FORM_WIDTH, |ui| self.body_ui(ui, cx, detail));
        let (id, version) = (detail.order.id, self.version);
        let edit = |desk: &mut Desk, notes: &String| orders::update(desk, id, version, &OrderEdit { lines: None, notes: tidy(notes) });
        if self.form.attempt(ui, cx, edit).is_some() {
            cx.done(t.notes_toast, None);
            return true;
        }
        if let Some(conflict) = Conflict::take(&mut self.form, cx) {
            self.conflict = Some(conflict);
        }
        let Some(conflict) = &mut self.conflict else {
            return (shown.inner || shown.closed) && !self.form.is_saving();
        };
        let now = detail.order.notes.as_deref().unwrap_or_default();
        let answer = conflict.ui(ui, cx, || Difference::of(t.notes, now, &self.form.draft).into_iter().collect());
        match answer {
            Some(Answer::Discard) => *self = NotesDialog::new(detail),
            Some(Answer::Back) => (self.conflict, self.focus) = (None, true),
            None => {}
        }
        false
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail) -> bool {
        let t = &cx.t.orders;
        let error = self.form.error(cx, Field::Notes);
        let saving = self.form.is_saving();
        let mut closed = title_row(ui, t.edit_notes, &detail.order.order_no, cx.t.common.close);
        if let Some(error) = &self.form.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(12.0);
        }
        FieldUi::new(t.notes).error(error.as_deref()).show(ui, |ui| {
            let response = multiline_input(ui, "notes", &mut self.form.draft, 5, InputOptions { hint: t.notes_hint, ..Default::default() });
            if std::mem::take(&mut self.focus) {
                response.request_focus();
            }
        });
        let free = self.conflict.is_none();
        button_row(ui, |ui| {
            let save = Button::primary(cx.t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).busy(saving, cx.t.shell.waiting);
            let pressed = save.show(ui).clicked();
            let by_key =
                free && (ui.input_mut(|input| input.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter)) || Shortcut::Save.pressed_in_dialog(ui));
            if pressed || by_key {
                self.form.save(ui);
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        closed
    }
}
