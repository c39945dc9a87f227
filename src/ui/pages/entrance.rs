//! Before the desk: first run with the choice how to begin, sign-in (picture 01), and the new password after a one-time one.

mod begin;
mod brand;
pub mod data_file;

use egui::{Align, Frame, Layout, RichText, Ui, UiBuilder, vec2};

use crate::i18n::{Lang, Texts};
use crate::jobs::{Job, Wake};
use crate::models::session::Session;
use crate::models::user::FirstRun;
use crate::models::{Error, Field, FieldErrors, Problem, Result, Timestamp, Zone};
use crate::services::{Desk, auth};
use crate::ui::context::Data;
use crate::ui::icons;
use crate::ui::theme::{self, ThemeChoice, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, checkbox, password_input, text_input};
use crate::ui::widgets::keyhint::key_cap;
use crate::ui::widgets::stepper::{Step as FormStep, StepState, stepper_ui};

pub use begin::Beginning;

/// What the entrance needs from the window.
pub struct Hall<'a> {
    pub desk: &'a mut Desk,
    pub t: &'static Texts,
    pub lang: &'a mut Lang,
    pub theme: &'a mut ThemeChoice,
    pub wake: &'a Wake,
    pub now: Timestamp,
    pub data: Data,
    /// The demo that was asked for is on its way.
    pub making_demo: bool,
}

/// Where the entrance leads.
pub enum Passed {
    /// Someone is in.
    In(Session),
    /// The company and its administrator are there, and he is in.
    Founded(Session),
    /// How the administrator of a new file begins.
    Begin(Beginning),
    /// A look around in demo data first.
    Demo,
    /// Out of the demo, to the own file.
    EndDemo,
    /// 返回: nothing changed.
    Back,
}

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    FirstRun,
    /// Once, after the first run.
    Begin,
    SignIn,
    NewPassword,
}

/// The entrance's state. Passwords are forgotten as soon as they are used.
pub struct Entrance {
    step: Step,
    company: String,
    username: String,
    full_name: String,
    password: String,
    password_again: String,
    old_password: String,
    show_password: bool,
    remember: bool,
    caps_lock: bool,
    errors: FieldErrors,
    failure: Option<Error>,
    job: Option<Job<Session>>,
    /// The field that takes the keyboard on the next frame.
    focus: Option<Field>,
    /// The change of the password was the person's own idea: there is a way back.
    optional: bool,
    choices: begin::Choices,
    /// Of the file: its company, and the zone that tells today.
    company_name: String,
    zone: Zone,
}

impl Entrance {
    /// First run where the file has no administrator, else sign-in.
    pub fn new(desk: &Desk) -> Entrance {
        let first_run = auth::is_first_run(desk).unwrap_or(false);
        let remembered = auth::remembered_username(desk).unwrap_or_default();
        let first = match (first_run, &remembered) {
            (true, _) => Field::Company,
            (false, None) => Field::Username,
            (false, Some(_)) => Field::Password,
        };
        let config = desk.config().ok();
        Entrance {
            step: if first_run { Step::FirstRun } else { Step::SignIn },
            company: String::new(),
            remember: remembered.is_some(),
            username: remembered.unwrap_or_default(),
            full_name: String::new(),
            password: String::new(),
            password_again: String::new(),
            old_password: String::new(),
            show_password: false,
            caps_lock: false,
            errors: FieldErrors::default(),
            failure: None,
            job: None,
            focus: Some(first),
            optional: false,
            choices: begin::Choices::default(),
            zone: config.as_ref().map_or(Zone::SHANGHAI, |config| config.zone),
            company_name: config.map(|config| config.company_name).unwrap_or_default(),
        }
    }

    /// Back at the entrance with the reason why.
    pub fn after(desk: &Desk, reason: Error) -> Entrance {
        Entrance { failure: Some(reason), ..Entrance::new(desk) }
    }

    /// Asks for a new password, before anything else (rulings §9).
    pub fn new_password(desk: &Desk) -> Entrance {
        Entrance { step: Step::NewPassword, focus: Some(Field::OldPassword), ..Entrance::new(desk) }
    }

    /// Asks how the administrator of a new file would like to begin.
    pub fn begin(desk: &Desk) -> Entrance {
        Entrance { step: Step::Begin, ..Entrance::new(desk) }
    }

    /// Changes the own password, with a way back.
    pub fn change_password(desk: &Desk) -> Entrance {
        Entrance { optional: true, ..Entrance::new_password(desk) }
    }

    /// Why it did not go on.
    pub fn failure(&self) -> Option<&Error> {
        self.failure.as_ref()
    }

    /// Back from the demo, or none came about: what was typed is still there.
    pub fn back(&mut self, failure: Option<Error>) {
        self.failure = failure;
        self.focus = Some(Field::Company);
        self.choices.take_focus();
    }

    /// Draws the entrance; where it leads, once it does.
    pub fn ui(&mut self, ui: &mut Ui, hall: &mut Hall<'_>) -> Option<Passed> {
        let session = self.take_result(hall);
        self.watch_caps_lock(ui);
        brand::panel_ui(ui, hall.t, hall.now.day(self.zone));
        let frame = Frame::new().fill(palette(ui).surface);
        let asked = egui::CentralPanel::default().frame(frame).show(ui, |ui| self.right_ui(ui, hall)).inner;
        let first_run = self.step == Step::FirstRun;
        session.map(|session| if first_run { Passed::Founded(session) } else { Passed::In(session) }).or(asked)
    }

    fn take_result(&mut self, hall: &mut Hall<'_>) -> Option<Session> {
        let outcome = self.job.as_ref()?.poll()?;
        self.job = None;
        self.old_password.clear();
        match outcome {
            Ok(session) => {
                self.password.clear();
                self.password_again.clear();
                if self.step == Step::SignIn {
                    let kept = self.remember.then_some(session.username.as_str());
                    // Forgetting the name is no reason to keep anyone out.
                    let _ = auth::remember_username(hall.desk, kept);
                }
                return Some(session);
            }
            Err(Error::Fields(errors)) => self.errors = errors,
            Err(error) => {
                self.password.clear();
                self.failure = Some(error);
            }
        }
        self.focus_error();
        None
    }

    /// Caps Lock cannot be asked for; a capital typed without Shift tells.
    fn watch_caps_lock(&mut self, ui: &Ui) {
        ui.input(|input| {
            for event in &input.events {
                if let egui::Event::Text(text) = event
                    && let Some(letter) = text.chars().next().filter(char::is_ascii_alphabetic)
                {
                    self.caps_lock = letter.is_ascii_uppercase() != input.modifiers.shift;
                }
            }
        });
    }

    fn right_ui(&mut self, ui: &mut Ui, hall: &mut Hall<'_>) -> Option<Passed> {
        let room = ui.max_rect();
        let top = room.with_max_y(room.top() + 62.0).shrink2(vec2(20.0, 14.0));
        ui.scope_builder(UiBuilder::new().max_rect(top).layout(Layout::right_to_left(Align::Center)), |ui| {
            brand::switches_ui(ui, hall.t, hall.lang, hall.theme);
        });
        let bottom = room.with_min_y(room.bottom() - 44.0).shrink2(vec2(24.0, 0.0));
        ui.scope_builder(UiBuilder::new().max_rect(bottom).layout(Layout::left_to_right(Align::Center)), |ui| {
            let t = &hall.t.shell;
            let file = match hall.data {
                Data::Own => t.file_ok,
                Data::Demo => t.demo_file,
                Data::Visit => t.demo_visit,
            };
            ui.label(theme::label(palette(ui), file));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let next = if self.step == Step::Begin { ("↑ ↓", t.key_choose) } else { ("Tab", t.next_field) };
                for (keys, meaning) in [("F11", t.key_full_screen), next] {
                    ui.label(theme::label(palette(ui), meaning));
                    key_cap(ui, keys);
                    ui.add_space(8.0);
                }
            });
        });
        let height = match self.step {
            Step::FirstRun => 650.0,
            Step::Begin => 440.0,
            Step::SignIn => 480.0,
            Step::NewPassword => 440.0,
        };
        let left = room.center().x - 180.0;
        let top = (room.center().y - height / 2.0).max(room.top() + 62.0);
        let area = egui::Rect::from_min_max(egui::pos2(left, top), egui::pos2(left + 360.0, room.bottom() - 44.0));
        let form = UiBuilder::new().max_rect(area).layout(Layout::top_down(Align::Min));
        ui.scope_builder(form, |ui| egui::ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.form_ui(ui, hall)).inner).inner
    }

    fn form_ui(&mut self, ui: &mut Ui, hall: &mut Hall<'_>) -> Option<Passed> {
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_width(360.0);
        let p = palette(ui);
        let t = &hall.t.shell;
        if matches!(self.step, Step::FirstRun | Step::Begin) {
            let (first, second) =
                if self.step == Step::Begin { (StepState::Done, StepState::Current) } else { (StepState::Current, StepState::Later) };
            let steps = [(t.step_company, first), (t.step_begin, second)].map(|(title, state)| FormStep { title, note: "", state });
            stepper_ui(ui, &steps);
            ui.add_space(20.0);
        }
        let more_optional = if self.optional { "" } else { t.new_password_more };
        let (title, more) = match self.step {
            Step::FirstRun => (t.welcome, t.welcome_more),
            Step::Begin => (t.begin_title, t.begin_more),
            Step::SignIn => (t.sign_in, self.company_name.as_str()),
            Step::NewPassword => (t.new_password_title, more_optional),
        };
        ui.label(theme::title(title));
        ui.add_space(6.0);
        ui.label(theme::secondary(p, more));
        ui.add_space(20.0);
        if let Some(error) = &self.failure {
            let body = if *error == Error::BadCredentials { t.check_again } else { "" };
            banner_ui(ui, &Banner::new(Tone::Danger, &hall.lang.sentence(error), body));
            ui.add_space(18.0);
        }
        match self.step {
            Step::FirstRun => self.first_run_ui(ui, hall),
            Step::Begin => self.choices.ui(ui, hall.t, hall.making_demo).map(Passed::Begin),
            Step::SignIn => self.sign_in_ui(ui, hall),
            Step::NewPassword => self.new_password_ui(ui, hall),
        }
    }

    fn sign_in_ui(&mut self, ui: &mut Ui, hall: &mut Hall<'_>) -> Option<Passed> {
        let t = &hall.t.shell;
        let username = InputOptions { icon: Some(icons::USER), height: Some(size::CONTROL_LARGE), ..Default::default() };
        let missing = self.sentence(hall, Field::Username);
        FieldUi::new(t.username).error(missing.as_deref()).show(ui, |ui| {
            let response = text_input(ui, "username", &mut self.username, username);
            if self.takes_focus(Field::Username) {
                response.request_focus();
            }
        });
        self.password_field(ui, hall, Field::Password, t.password, t.password_hint);
        checkbox(ui, &mut self.remember, t.remember_username);
        ui.add_space(18.0);
        let pressed = self.submit(ui, t.sign_in, t.signing_in);
        let mut ended = false;
        if hall.data.is_demo() {
            ui.add_space(12.0);
            ui.label(theme::caption(palette(ui), t.demo_password));
        }
        if hall.data == Data::Visit {
            ui.add_space(12.0);
            ended = Button::secondary(t.end_demo).icon(icons::ARROW_U_UP_LEFT).large().full_width().show(ui).clicked();
        }
        if pressed {
            self.clear_errors();
            if self.username.trim().is_empty() {
                self.errors.add(Field::Username, Problem::Required);
            } else if self.password.is_empty() {
                self.errors.add(Field::Password, Problem::Required);
            } else {
                let (username, password) = (self.username.clone(), self.password.clone());
                self.start(hall, "sign-in", move |desk| auth::login(desk, &username, &password));
            }
            self.focus_error();
        }
        ended.then_some(Passed::EndDemo)
    }

    fn first_run_ui(&mut self, ui: &mut Ui, hall: &mut Hall<'_>) -> Option<Passed> {
        let t = &hall.t.shell;
        let company = self.sentence(hall, Field::Company);
        FieldUi::new(t.company).required(true).error(company.as_deref()).show(ui, |ui| {
            let response = text_input(ui, "company", &mut self.company, InputOptions { hint: t.company_hint, ..Default::default() });
            if self.takes_focus(Field::Company) {
                response.request_focus();
            }
        });
        let full_name = self.sentence(hall, Field::FullName);
        FieldUi::new(t.full_name).required(true).error(full_name.as_deref()).show(ui, |ui| {
            let response = text_input(ui, "full_name", &mut self.full_name, InputOptions { hint: t.full_name_hint, ..Default::default() });
            if self.takes_focus(Field::FullName) {
                response.request_focus();
            }
        });
        let username = self.sentence(hall, Field::Username);
        FieldUi::new(t.admin_username).required(true).error(username.as_deref()).show(ui, |ui| {
            let response = text_input(ui, "username", &mut self.username, InputOptions { hint: "admin", ..Default::default() });
            if self.takes_focus(Field::Username) {
                response.request_focus();
            }
        });
        self.password_field(ui, hall, Field::Password, t.password, t.password_rule);
        self.again_field(ui, hall);
        let pressed = self.submit(ui, t.create_and_go_on, t.creating) && !hall.making_demo;
        ui.add_space(12.0);
        let demo = Button::secondary(t.demo_first).large().full_width().enabled(self.job.is_none()).busy(hall.making_demo, t.making_demo);
        let demo = demo.show(ui).clicked();
        if pressed {
            self.clear_errors();
            let new = FirstRun {
                company: self.company.clone(),
                username: self.username.clone(),
                full_name: self.full_name.clone(),
                password: self.password.clone(),
            };
            self.errors = new.check();
            self.check_again();
            self.focus_error();
            if self.errors.is_empty() {
                self.start(hall, "first-run", move |desk| auth::first_run(desk, &new));
            }
        }
        demo.then_some(Passed::Demo)
    }

    fn new_password_ui(&mut self, ui: &mut Ui, hall: &mut Hall<'_>) -> Option<Passed> {
        let t = &hall.t.shell;
        let old = self.sentence(hall, Field::OldPassword);
        FieldUi::new(t.old_password).required(true).error(old.as_deref()).show(ui, |ui| {
            let options = InputOptions { password: true, hint: t.password_hint, ..Default::default() };
            let response = text_input(ui, "old_password", &mut self.old_password, options);
            if self.takes_focus(Field::OldPassword) {
                response.request_focus();
            }
        });
        self.password_field(ui, hall, Field::Password, t.new_password, t.password_rule);
        self.again_field(ui, hall);
        let pressed = self.submit(ui, t.change_password, t.changing);
        let mut back = false;
        if self.optional {
            ui.add_space(12.0);
            let escape = ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape));
            back = Button::ghost(hall.t.common.back).keys("Esc").show(ui).clicked() || escape;
        }
        if pressed {
            self.clear_errors();
            crate::models::user::check_password(&mut self.errors, Field::Password, &self.password);
            self.check_again();
            self.focus_error();
            if self.errors.is_empty() {
                let (old, new) = (self.old_password.clone(), self.password.clone());
                self.start(hall, "change-password", move |desk| {
                    auth::change_password(desk, &old, &new)?;
                    desk.session().cloned().ok_or(Error::NotSignedIn)
                });
            }
        }
        back.then_some(Passed::Back)
    }

    fn password_field(&mut self, ui: &mut Ui, hall: &Hall<'_>, field: Field, label: &str, hint: &str) {
        let sentence = self.sentence(hall, field);
        let wrong = self.failure == Some(Error::BadCredentials) && self.step == Step::SignIn;
        let warning = (ui.cursor().top(), ui.max_rect());
        FieldUi::new(label).required(self.step != Step::SignIn).error(sentence.as_deref()).show(ui, |ui| {
            let height = if self.step == Step::SignIn { size::CONTROL_LARGE } else { size::CONTROL };
            let options = InputOptions { icon: Some(icons::LOCK_KEY), hint, error: wrong, height: Some(height), ..Default::default() };
            let response = password_input(ui, "password", &mut self.password, &mut self.show_password, hall.t.widgets.show_password, options);
            if self.takes_focus(field) {
                response.request_focus();
            }
        });
        if self.caps_lock {
            let (top, room) = warning;
            let line = egui::Rect::from_min_max(egui::pos2(room.left(), top), egui::pos2(room.right(), top + 18.0));
            ui.scope_builder(UiBuilder::new().max_rect(line).layout(Layout::right_to_left(Align::Center)), |ui| {
                let color = palette(ui).tone(Tone::Warn).fg;
                ui.spacing_mut().item_spacing.x = 4.0;
                ui.label(RichText::new(hall.t.shell.caps_lock).size(size::TEXT_SMALL).color(color));
                ui.label(theme::icon(icons::ARROW_FAT_LINE_UP, size::ICON_SMALL).color(color));
            });
        }
    }

    fn again_field(&mut self, ui: &mut Ui, hall: &Hall<'_>) {
        let sentence = self.sentence(hall, Field::PasswordAgain);
        FieldUi::new(hall.t.shell.password_again).required(true).error(sentence.as_deref()).show(ui, |ui| {
            let response = text_input(ui, "password_again", &mut self.password_again, InputOptions { password: true, ..Default::default() });
            if self.takes_focus(Field::PasswordAgain) {
                response.request_focus();
            }
        });
    }

    fn check_again(&mut self) {
        if self.password != self.password_again {
            self.errors.add(Field::PasswordAgain, Problem::Different);
        }
    }

    /// The button, and Enter in any field of the form; another button that has the keyboard takes Enter for itself.
    fn submit(&self, ui: &mut Ui, text: &str, busy: &str) -> bool {
        let running = self.job.is_some();
        let button = Button::primary(text).keys("Enter").large().full_width().busy(running, busy);
        let clicked = button.show(ui).clicked();
        let in_field = ui.text_edit_focused() || ui.memory(|memory| memory.focused().is_none());
        let entered = in_field && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Enter));
        let pressed = !running && (clicked || entered);
        if pressed {
            // What it brings, an error's focus among it, is drawn at once.
            ui.request_repaint();
        }
        pressed
    }

    /// Whether this field takes the keyboard now.
    fn takes_focus(&mut self, field: Field) -> bool {
        let taken = self.focus == Some(field);
        if taken {
            self.focus = None;
        }
        taken
    }

    /// The first wrong field takes the keyboard; after a failure the password.
    fn focus_error(&mut self) {
        let fallback = if self.step == Step::NewPassword { Field::OldPassword } else { Field::Password };
        self.focus = Some(self.errors.0.first().map_or(fallback, |error| error.field));
    }

    fn clear_errors(&mut self) {
        self.errors = FieldErrors::default();
        self.failure = None;
    }

    fn sentence(&self, hall: &Hall<'_>, field: Field) -> Option<String> {
        self.errors.of(field).map(|problem| hall.lang.problem(field, problem))
    }

    fn start(&mut self, hall: &Hall<'_>, name: &'static str, work: impl FnOnce(&mut Desk) -> Result<Session> + Send + 'static) {
        let key = hall.desk.key();
        self.job = Some(Job::start(name, hall.wake.clone(), move || work(&mut key.open()?)));
    }
}
