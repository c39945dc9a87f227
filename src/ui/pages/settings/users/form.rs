//! The dialog in which an account is created or changed. Creating and resetting hash a password: they are jobs.

use egui::{Id, Ui};

use super::password::OneTime;
use crate::i18n::{Texts, fill};
use crate::jobs::Job;
use crate::models::choice::{Module, Role, Status};
use crate::models::picture::PictureName;
use crate::models::rights::Verb;
use crate::models::user::{Profile, User, UserInput};
use crate::models::{Error, Field, Result, UserId};
use crate::services::{pictures, users};
use crate::ui::conflict::{Answer, Conflict, Difference};
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::form::{EnterChain, Form};
use crate::ui::icons;
use crate::ui::password_again::{self, PasswordAgain};
use crate::ui::picture_field::PictureField;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{Choice, Confirm, button_row, dialog_ui, just_opened, return_to, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::select::{SelectOptions, select};

/// Height of the dialog without its fields.
const AROUND: f32 = 172.0;

/// What is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Draft {
    username: String,
    full_name: String,
    phone: String,
    email: String,
    role: Role,
    status: Status,
    picture: Option<PictureName>,
}

impl Draft {
    fn of(user: &User) -> Draft {
        Draft {
            username: user.username.clone(),
            full_name: user.full_name.clone(),
            phone: user.phone.clone().unwrap_or_default(),
            email: user.email.clone().unwrap_or_default(),
            role: user.role,
            status: user.status,
            picture: user.avatar.clone(),
        }
    }

    fn input(&self) -> UserInput {
        let profile = Profile { full_name: self.full_name.clone(), email: Some(self.email.clone()), phone: Some(self.phone.clone()) };
        UserInput { profile, role: self.role, status: self.status }
    }
}

/// The form's state.
pub struct UserForm {
    form: Form<Draft>,
    /// The account that is changed, as it was read; none for a new one.
    user: Option<User>,
    picture: PictureField,
    job: Option<Job<(UserId, String)>>,
    asking_to_close: bool,
    asking_to_reset: bool,
    /// The password was being reset, rather than the form saved.
    resetting: bool,
    again: PasswordAgain,
    /// Where the keyboard was when saving began: the fields let it go meanwhile.
    before: Option<egui::Id>,
    conflict: Option<Conflict>,
}

/// How the dialog ended.
pub enum Outcome {
    Closed,
    Saved {
        id: UserId,
        name: String,
    },
    Created {
        id: UserId,
        password: OneTime,
    },
    /// The password was reset.
    Password(OneTime),
    /// Someone saved meanwhile, and the own changes are given up.
    Reload(UserId),
}

impl UserForm {
    /// A new account.
    pub fn new() -> UserForm {
        let draft = Draft {
            username: String::new(),
            full_name: String::new(),
            phone: String::new(),
            email: String::new(),
            role: Role::Sales,
            status: Status::Active,
            picture: None,
        };
        UserForm::on(draft, None)
    }

    /// An existing one.
    pub fn edit(user: User) -> UserForm {
        UserForm::on(Draft::of(&user), Some(user))
    }

    fn on(draft: Draft, user: Option<User>) -> UserForm {
        UserForm {
            form: Form::new(draft),
            user,
            picture: PictureField::default(),
            job: None,
            asking_to_close: false,
            asking_to_reset: false,
            resetting: false,
            again: PasswordAgain::default(),
            before: None,
            conflict: None,
        }
    }

    /// Whether anything was typed.
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty() || self.picture.is_dirty()
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.is_saving() || self.picture.is_saving() || self.job.is_some()
    }

    /// What is not saved, in words.
    pub fn called(&self, t: &'static Texts) -> &'static str {
        if self.user.is_some() { t.users.unsaved_edit } else { t.users.unsaved_new }
    }

    /// Begins to save, once a picture that is typed or being checked is taken.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.resetting = false;
        self.picture.before_save();
        ctx.request_repaint();
    }

    fn why_not(&self, cx: &Context<'_>) -> Option<String> {
        cx.why_not(Module::System, if self.user.is_some() { Verb::Update } else { Verb::Create })
    }

    /// Draws the dialog; the outcome once it is over.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Outcome> {
        if self.picture.lets_save(cx, &mut self.form.draft.picture) && self.job.is_none() {
            self.begin(ui, cx);
        }
        if let Some(outcome) = self.saved(ui, cx) {
            return Some(outcome);
        }
        let why = self.why_not(cx);
        let mut outcome = None;
        let shown = dialog_ui(ui, "user form", size::FORM_WIDTH, |ui| self.body_ui(ui, cx, why.as_deref()));
        if (shown.inner || shown.closed) && !self.is_saving() {
            if self.is_dirty() {
                self.asking_to_close = true;
            } else {
                outcome = Some(Outcome::Closed);
            }
        }
        if let Some(conflict) = Conflict::take(&mut self.form, cx) {
            self.conflict = Some(conflict);
        }
        if self.again.take(&mut self.form) || self.again.is_asked() {
            let t = &cx.t.users;
            let act = match &self.user {
                _ if self.resetting => t.reset,
                Some(_) => t.save_user,
                None => t.new,
            };
            match self.again.ui(ui, cx, act) {
                Some(password_again::Answer::Confirmed) if self.resetting => self.reset(cx),
                Some(password_again::Answer::Confirmed) => self.save(ui),
                Some(password_again::Answer::GivenUp) => {
                    if let Some(before) = self.before.take() {
                        return_to(ui, password_again::DIALOG, before);
                    }
                }
                None => {}
            }
        } else if self.conflict.is_some() {
            outcome = self.conflict_ui(ui, cx);
        } else if self.asking_to_reset {
            self.resetting_ui(ui, cx);
        } else if self.asking_to_close {
            outcome = outcome.or(self.asking_ui(ui, cx));
        } else if why.is_none() && Shortcut::Save.pressed_in_dialog(ui) && !self.is_saving() {
            self.save(ui);
        }
        outcome
    }

    fn begin(&mut self, ui: &Ui, cx: &Context<'_>) {
        if self.user.is_some() {
            return self.form.save(ui);
        }
        self.form.errors = Default::default();
        self.form.failure = None;
        self.before = ui.memory(|memory| memory.focused()).or(self.before);
        let (key, username, input) = (cx.desk.key(), self.form.draft.username.clone(), self.form.draft.input());
        self.job = Some(Job::start("user", cx.wake.clone(), move || users::create(&mut key.open()?, &username, &input)));
    }

    /// What saving came to.
    fn saved(&mut self, ui: &Ui, cx: &mut Context<'_>) -> Option<Outcome> {
        if let Some(outcome) = self.job.as_ref().and_then(Job::poll) {
            self.job = None;
            return self.hashed(outcome);
        }
        let user = self.user.as_mut()?;
        let saved = self.form.attempt(ui, cx, |desk, draft| {
            // Two commands: what the first one saved is not tried again when the second must wait.
            let input = draft.input();
            if input.profile.tidied() != user.input().profile.tidied() || (input.role, input.status) != (user.role, user.status) {
                users::update(desk, user.id, user.version, &input)?;
                *user = users::get(desk, user.id)?;
            }
            if draft.picture != user.avatar {
                pictures::set_avatar_of(desk, user.id, user.version, draft.picture.as_ref())?;
                user.avatar.clone_from(&draft.picture);
            }
            Ok(())
        });
        saved.map(|()| Outcome::Saved { id: user.id, name: user.full_name.clone() })
    }

    fn hashed(&mut self, outcome: Result<(UserId, String)>) -> Option<Outcome> {
        let draft = &self.form.draft;
        match outcome {
            Ok((id, password)) => {
                let password = OneTime { full_name: draft.full_name.trim().to_owned(), username: draft.username.trim().to_owned(), password };
                Some(if self.user.is_some() { Outcome::Password(password) } else { Outcome::Created { id, password } })
            }
            Err(Error::Fields(errors)) => {
                self.form.errors = errors;
                self.form.focus_error = true;
                None
            }
            Err(error) => {
                self.form.failure = Some(error);
                None
            }
        }
    }

    fn conflict_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> Option<Outcome> {
        let id = self.user.as_ref()?.id;
        let mut conflict = self.conflict.take()?;
        let mine = &self.form.draft;
        let answer = conflict.ui(ui, cx, || {
            let Ok(now) = users::get(cx.desk, id).map(|user| Draft::of(&user)) else { return Vec::new() };
            let t = &cx.t.users;
            let state = |draft: &Draft| if draft.status == Status::Active { t.active } else { t.inactive };
            [
                Difference::of(t.full_name, &now.full_name, &mine.full_name),
                Difference::of(t.phone, &now.phone, &mine.phone),
                Difference::of(t.email, &now.email, &mine.email),
                Difference::of(t.role, cx.lang.role(now.role), cx.lang.role(mine.role)),
                Difference::of(t.status, state(&now), state(mine)),
            ]
            .into_iter()
            .flatten()
            .collect()
        });
        match answer {
            None => self.conflict = Some(conflict),
            Some(Answer::Discard) => return Some(Outcome::Reload(id)),
            Some(Answer::Back) => {}
        }
        None
    }

    fn asking_ui(&mut self, ui: &Ui, cx: &Context<'_>) -> Option<Outcome> {
        let t = cx.t;
        let choice = Confirm::unsaved(t, self.called(t), t.users.unsaved_body, t.common.save).show(ui, "leave user form")?;
        self.asking_to_close = false;
        match choice {
            Choice::Act => self.save(ui),
            Choice::Other => return Some(Outcome::Closed),
            Choice::WayOut => {}
        }
        None
    }

    fn resetting_ui(&mut self, ui: &Ui, cx: &Context<'_>) {
        let Some(user) = &self.user else { return };
        let t = &cx.t.users;
        let confirm = Confirm {
            icon: icons::LOCK_KEY,
            tone: Tone::Warn,
            title: fill(t.reset_title, &[&user.full_name]),
            body: t.reset_body.to_owned(),
            facts: Vec::new(),
            way_out: cx.t.common.cancel.to_owned(),
            act: t.reset.to_owned(),
            other: None,
            danger: false,
            careful: true,
        };
        let Some(choice) = confirm.show(ui, "reset password") else { return };
        self.asking_to_reset = false;
        if choice == Choice::Act {
            self.reset(cx);
        }
        ui.request_repaint();
    }

    fn reset(&mut self, cx: &Context<'_>) {
        let Some(id) = self.user.as_ref().map(|user| user.id) else { return };
        let key = cx.desk.key();
        self.form.failure = None;
        self.resetting = true;
        self.job = Some(Job::start("password", cx.wake.clone(), move || Ok((id, users::reset_password(&mut key.open()?, id)?))));
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, why: Option<&str>) -> bool {
        let t = &cx.t.users;
        let title = match (&self.user, why) {
            (None, _) => t.new,
            (Some(_), None) => t.edit,
            (Some(_), Some(_)) => t.view,
        };
        let subject = self.user.as_ref().map(|user| user.username.clone()).unwrap_or_default();
        let mut closed = title_row(ui, title, &subject, cx.t.common.close);
        if let Some(error) = &self.form.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let mut chain = EnterChain::default();
        ui.spacing_mut().scroll.bar_outer_margin = -size::FIELD_GAP;
        let room = ui.content_rect().height() - AROUND;
        let able = why.is_none() && self.job.is_none();
        egui::ScrollArea::vertical().max_height(room).show(ui, |ui| ui.add_enabled_ui(able, |ui| self.fields_ui(ui, cx, &mut chain)));
        let saving = self.is_saving();
        button_row(ui, |ui| {
            let save = Button::primary(cx.t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).reason(why);
            let save = save.busy(saving, cx.t.products.saving).show(ui);
            if save.clicked() && !saving {
                self.save(ui);
            }
            chain.stop(&save);
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
            if self.user.is_some() {
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let reset = Button::ghost(t.reset).icon(icons::LOCK_KEY).reason(why).enabled(!saving).show(ui);
                    self.asking_to_reset |= reset.clicked() && why.is_none();
                });
            }
        });
        chain.finish(ui);
        closed
    }

    fn fields_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, chain: &mut EnterChain) {
        let t = &cx.t.users;
        ui.spacing_mut().item_spacing.y = 0.0;
        let opened = just_opened(ui, "user form fields");
        let half = (ui.available_width() - size::FIELD_GAP) / 2.0;
        let row = |ui: &mut Ui, body: &mut dyn FnMut(&mut Ui)| {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
                body(ui);
            });
        };
        let new = self.user.is_none();
        row(ui, &mut |ui| {
            let mut first = None;
            if new {
                first = Some(self.line(ui, cx, chain, (Field::Username, t.username, t.username_hint, true), half, |draft| &mut draft.username));
            }
            let width = if new { half } else { 2.0 * half + size::FIELD_GAP };
            let name = self.line(ui, cx, chain, (Field::FullName, t.full_name, cx.t.shell.full_name_hint, true), width, |draft| &mut draft.full_name);
            if opened {
                ui.memory_mut(|memory| memory.request_focus(first.unwrap_or(name)));
            }
        });
        row(ui, &mut |ui| {
            self.line(ui, cx, chain, (Field::Phone, t.phone, "", false), half, |draft| &mut draft.phone);
            self.line(ui, cx, chain, (Field::Email, t.email, "", false), half, |draft| &mut draft.email);
        });
        row(ui, &mut |ui| {
            let roles: Vec<(Role, &str)> = Role::ALL.iter().map(|role| (*role, cx.lang.role(*role))).collect();
            let role = &mut self.form.draft.role;
            chain.stop(&FieldUi::new(t.role).width(half).show(ui, |ui| select(ui, "user role", role, &roles, SelectOptions::default())).inner);
            if !new {
                let states = [(Status::Active, t.active), (Status::Inactive, t.inactive)];
                let status = &mut self.form.draft.status;
                let hint = if *status == Status::Inactive { t.inactive_hint } else { "" };
                let field = FieldUi::new(t.status).hint(hint).width(half);
                chain.stop(&field.show(ui, |ui| select(ui, "user status", status, &states, SelectOptions::default())).inner);
            }
        });
        let Some(user) = &self.user else { return };
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let last = user.last_login_at.map_or_else(|| t.never.to_owned(), |at| dense.moment(at));
        ui.label(theme::caption(palette(ui), format!("{} {} · {} {last}", t.created, dense.date(user.created_at), t.last_login)));
        ui.add_space(size::FIELD_GAP);
        FieldUi::new(t.avatar).show(ui, |ui| self.picture.ui(ui, cx, t.avatar, icons::USER, &mut self.form.draft.picture));
    }

    /// A line of text: field, label, placeholder, whether it must be filled.
    fn line(
        &mut self,
        ui: &mut Ui,
        cx: &Context<'_>,
        chain: &mut EnterChain,
        (field, label, hint, required): (Field, &str, &str, bool),
        width: f32,
        value: fn(&mut Draft) -> &mut String,
    ) -> Id {
        let error = self.form.error(cx, field);
        let focus = self.form.takes_focus(field);
        let id = Id::unique(("user form", field));
        let line = FieldUi::new(label).required(required).error(error.as_deref()).width(width);
        let options = InputOptions { hint, ..Default::default() };
        let input = line.show(ui, |ui| text_input_with_id(ui, id, value(&mut self.form.draft), options)).inner;
        chain.line(ui, &input);
        if focus {
            input.request_focus();
        }
        id
    }
}
