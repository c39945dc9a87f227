//! The own account: name, phone and e-mail; password, PIN, picture and lock, each in a dialog of its own.

use egui::{Align, Id, Layout, Ui, vec2};

use super::edited::Edited;
use super::save_bar::rooms;
use super::{form_ui, padded_ui};
use crate::i18n::{Texts, fill};
use crate::models::choice::Module;
use crate::models::rights::Verb;
use crate::models::user::{Profile, User};
use crate::models::{Error, Field};
use crate::services::{auth, users};
use crate::ui::conflict::Difference;
use crate::ui::context::{Cached, Context, Wish};
use crate::ui::form::EnterChain;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::paint;

/// What is typed; empty texts are nothing.
type Draft = Profile;

/// The part's state.
#[derive(Default)]
pub struct AccountPage {
    read: Cached<(), User>,
    profile: Edited<Draft, i64>,
    wants_focus: bool,
}

fn draft_of(user: &User) -> Draft {
    let filled = |text: &Option<String>| Some(text.clone().unwrap_or_default());
    Profile { full_name: user.full_name.clone(), email: filled(&user.email), phone: filled(&user.phone) }
}

impl AccountPage {
    /// The keyboard is in the first field.
    pub fn enter(&mut self) {
        self.wants_focus = true;
    }

    /// What is not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.profile.is_dirty().then_some(t.users.unsaved_profile)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.profile.is_saving()
    }

    /// Begins to save.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.profile.save(ctx);
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.profile.discard();
    }

    /// Draws the part.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let user = match self.read.get(cx, &(), |desk, ()| auth::current_user(desk)) {
            Ok(user) => user.clone(),
            Err(Error::Busy) => return,
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                return padded_ui(ui, |ui| _ = banner_ui(ui, &Banner::new(Tone::Danger, &sentence, "")));
            }
        };
        self.profile.follow(&user.version, || draft_of(&user));
        if self.profile.attempt(ui, cx, |desk, draft, version| users::update_profile(desk, *version, draft)).is_some() {
            cx.done(cx.t.users.profile_saved, None);
        }
        self.profile.report(cx);
        let mut chain = EnterChain::default();
        let (part, bar) = rooms(ui);
        form_ui(ui, part, cx.t.settings.account, |ui| {
            ui.label(theme::secondary(palette(ui), cx.t.users.account_more));
            ui.add_space(size::CARD_PADDING);
            ui.label(theme::section(cx.t.users.profile));
            ui.add_space(size::BUTTON_GAP);
            self.fields_ui(ui, cx, &user, &mut chain);
            ui.label(theme::section(cx.t.users.safety));
            ui.add_space(size::BUTTON_GAP);
            acts_ui(ui, cx);
        });
        self.profile.bar_ui(ui, bar, cx, cx.t.shell.unsaved, None);
        chain.finish(ui);
        if Shortcut::Refresh.pressed(ui) {
            self.read.forget();
        }
        self.profile.questions_ui(ui, cx, cx.t.users.unsaved_profile, |mine| {
            let (t, now) = (&cx.t.users, draft_of(&user));
            let text = |text: &Option<String>| text.clone().unwrap_or_default();
            [
                Difference::of(t.full_name, &now.full_name, &mine.full_name),
                Difference::of(t.phone, text(&now.phone), text(&mine.phone)),
                Difference::of(t.email, text(&now.email), text(&mine.email)),
            ]
            .into_iter()
            .flatten()
            .collect()
        });
    }

    fn fields_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, user: &User, chain: &mut EnterChain) {
        let Some(form) = self.profile.form_mut() else { return };
        let t = &cx.t.users;
        let half = (ui.available_width() - size::FIELD_GAP) / 2.0;
        let wants_focus = std::mem::take(&mut self.wants_focus);
        let mut line = |ui: &mut Ui, field: Field, label: &str, value: fn(&mut Draft) -> &mut String| {
            let error = form.error(cx, field);
            let focus = form.takes_focus(field) || (wants_focus && field == Field::FullName);
            let show = FieldUi::new(label).required(field == Field::FullName).error(error.as_deref()).width(half);
            let id = Id::unique(("profile", field));
            let input = show.show(ui, |ui| text_input_with_id(ui, id, value(&mut form.draft), InputOptions::default())).inner;
            chain.line(ui, &input);
            if focus {
                input.request_focus();
            }
        };
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
            line(ui, Field::FullName, t.full_name, |draft| &mut draft.full_name);
            FieldUi::new(t.username).width(half).show(ui, |ui| {
                let mut name = fill(cx.t.settings.person_role, &[&user.username, &cx.lang.role(user.role)]);
                text_input_with_id(ui, Id::unique("profile username"), &mut name, InputOptions { readonly: true, ..Default::default() });
            });
        });
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
            line(ui, Field::Phone, t.phone, |draft| draft.phone.get_or_insert_default());
            line(ui, Field::Email, t.email, |draft| draft.email.get_or_insert_default());
        });
    }
}

/// Password, PIN, picture, lock: what it is, and a button that opens it.
fn acts_ui(ui: &mut Ui, cx: &mut Context<'_>) {
    let t = cx.t;
    let mut acts = vec![
        (icons::LOCK_KEY, t.shell.change_password, t.users.change_password_more, Wish::ChangePassword),
        (icons::USER, t.pictures.change_avatar, t.users.avatar_more, Wish::ChangeAvatar),
        (icons::LOCK, t.users.lock, t.users.lock_more, Wish::Lock),
    ];
    if cx.may(Module::Inventory, Verb::View) {
        acts.insert(1, (icons::NUMPAD, t.terminal.set_pin, t.users.pin_more, Wish::SetPin));
    }
    for (icon, name, more, wish) in acts {
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::SAVE_BAR), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(size::SAVE_BAR);
            ui.label(theme::icon(icon, size::ICON_NAV).color(palette(ui).text_2));
            ui.add_space(size::BUTTON_GAP);
            ui.vertical(|ui| {
                ui.add_space(10.0);
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(name);
                ui.label(theme::caption(palette(ui), more));
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if Button::secondary(name).show(ui).clicked() {
                    cx.wish = Some(wish);
                }
            });
        });
        paint::divider(ui);
    }
}
