//! Asks for the own password again before users or rights are changed. Whether it is to be asked is the services' to say.

use egui::{Id, Key, Label, Ui};

use crate::i18n::fill;
use crate::jobs::Job;
use crate::models::Error;
use crate::models::session::Session;
use crate::services::auth;
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};

/// Names the dialog.
pub const DIALOG: &str = "password again";

/// The question's state. The password is forgotten as soon as it is used.
#[derive(Default)]
pub struct PasswordAgain {
    asked: bool,
    wants_focus: bool,
    password: String,
    failure: Option<Error>,
    job: Option<Job<Session>>,
}

/// What it came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What was refused for it can be tried again.
    Confirmed,
    GivenUp,
}

impl PasswordAgain {
    /// Asks, where a save was refused for it; takes the error out of its form.
    pub fn take<D: Clone + PartialEq>(&mut self, form: &mut Form<D>) -> bool {
        let refused = form.failure == Some(Error::PasswordAgain);
        if refused {
            form.failure = None;
            self.ask();
        }
        refused
    }

    /// Asks.
    pub fn ask(&mut self) {
        *self = PasswordAgain { asked: true, wants_focus: true, ..PasswordAgain::default() };
    }

    /// Whether the question is open.
    pub fn is_asked(&self) -> bool {
        self.asked
    }

    /// Draws the question, where it is asked; the answer once there is one. `act` names what it is asked for (删除用户): the button says it.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>, act: &str) -> Option<Answer> {
        if !self.asked {
            return None;
        }
        match self.job.as_ref().and_then(Job::poll) {
            Some(Ok(session)) => {
                *self = PasswordAgain::default();
                cx.desk.resume(Some(session));
                ui.request_repaint();
                return Some(Answer::Confirmed);
            }
            Some(Err(error)) => {
                self.job = None;
                self.failure = Some(error);
                self.wants_focus = true;
            }
            None => {}
        }
        let shown = dialog_ui(ui, DIALOG, size::DIALOG_WIDTH, |ui| self.body_ui(ui, cx, act));
        if (shown.inner || shown.closed) && self.job.is_none() {
            *self = PasswordAgain::default();
            ui.request_repaint();
            return Some(Answer::GivenUp);
        }
        None
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, act: &str) -> bool {
        let t = &cx.t.users;
        let mut closed = title_row(ui, t.again, "", cx.t.common.close);
        ui.add(Label::new(theme::secondary(palette(ui), t.again_more)).wrap());
        ui.add_space(size::FIELD_GAP);
        let wrong = self.failure.as_ref().map(|error| match error {
            Error::BadCredentials => fill(t.again_wrong, &[&(error.code() as i32)]),
            error => cx.lang.sentence(error),
        });
        let busy = self.job.is_some();
        let mut go = false;
        let hint = if cx.data.is_demo() { cx.t.shell.demo_password } else { "" };
        FieldUi::new(t.again_password).required(true).hint(hint).error(wrong.as_deref()).show(ui, |ui| {
            let options = InputOptions { password: true, disabled: busy, error: wrong.is_some(), ..Default::default() };
            let input = text_input_with_id(ui, Id::unique("password again"), &mut self.password, options);
            go = input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
            if std::mem::take(&mut self.wants_focus) {
                input.request_focus();
            }
        });
        button_row(ui, |ui| {
            let empty = self.password.is_empty();
            go |= Button::primary(act).keys("Enter").enabled(!empty).busy(busy, t.again_working).show(ui).clicked();
            go &= !empty && !busy;
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        if go {
            let (key, password) = (cx.desk.key(), std::mem::take(&mut self.password));
            self.failure = None;
            self.job = Some(Job::start("password again", cx.wake.clone(), move || auth::confirm_password(&mut key.open()?, &password)));
        }
        closed
    }
}
