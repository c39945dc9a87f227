//! The dialog in which one sets the own PIN for the terminal. The hashing is a job: it takes long on purpose.

use egui::{Id, Ui};

use crate::jobs::Job;
use crate::models::{Error, Field};
use crate::services::operators;
use crate::ui::context::Context;
use crate::ui::form::EnterChain;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};

/// The dialog's state. What is typed goes with it.
#[derive(Default)]
pub struct PinDialog {
    pin: String,
    password: String,
    job: Option<Job<()>>,
    failure: Option<Error>,
}

impl PinDialog {
    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        let t = cx.t;
        match self.job.as_ref().and_then(Job::poll) {
            Some(Ok(())) => {
                cx.done(t.terminal.pin_saved, None);
                return true;
            }
            Some(Err(error)) => {
                self.job = None;
                self.failure = Some(error);
            }
            None => {}
        }
        let waiting = self.job.is_some();
        let shown = dialog_ui(ui, "pin", size::FORM_WIDTH, |ui| {
            let mut closed = title_row(ui, t.terminal.set_pin, t.terminal.pin_more, t.common.close);
            let of_field = |field| match &self.failure {
                Some(Error::Fields(errors)) => errors.of(field).map(|problem| cx.lang.problem(field, problem)),
                _ => None,
            };
            let (pin_error, password_error) = (of_field(Field::Pin), of_field(Field::Password));
            if let Some(error) = self.failure.as_ref().filter(|error| !matches!(error, Error::Fields(_))) {
                banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
                ui.add_space(size::FIELD_GAP);
            }
            let mut chain = EnterChain::default();
            let first = Id::unique("own pin");
            let options = InputOptions { password: true, ..Default::default() };
            let pin = FieldUi::new(t.terminal.pin).error(pin_error.as_deref()).show(ui, |ui| text_input_with_id(ui, first, &mut self.pin, options));
            if just_opened(ui, "own pin") {
                pin.inner.request_focus();
            }
            chain.line(ui, &pin.inner);
            let own = Id::unique("own password");
            let password = FieldUi::new(t.shell.password)
                .error(password_error.as_deref())
                .show(ui, |ui| text_input_with_id(ui, own, &mut self.password, options));
            chain.line(ui, &password.inner);
            button_row(ui, |ui| {
                let save =
                    Button::primary(t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).busy(waiting, t.shell.waiting).show(ui);
                if (save.clicked() || Shortcut::Save.pressed_in_dialog(ui)) && !waiting {
                    let (key, password, pin) = (cx.desk.key(), self.password.clone(), self.pin.trim().to_owned());
                    self.failure = None;
                    self.job = Some(Job::start("pin", cx.wake.clone(), move || {
                        operators::set_pin(&mut key.open()?, &password, (!pin.is_empty()).then_some(pin.as_str()))
                    }));
                }
                chain.stop(&save);
                closed |= Button::secondary(t.common.cancel).keys("Esc").show(ui).clicked();
            });
            chain.finish(ui);
            closed
        });
        (shown.inner || shown.closed) && !waiting
    }
}
