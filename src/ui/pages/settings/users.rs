//! The accounts: list, form, deleting, and the one-time password that is shown once.

mod form;
mod password;

use egui::{Align, Ui};
use serde_json::{Value, json};

use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, Role, Status};
use crate::models::customer::{Removal, shown_phone};
use crate::models::rights::Verb;
use crate::models::user::{User, UserFilter, UserSort};
use crate::models::{Error, Result, UserId};
use crate::services::users;
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::password_again::{Answer, PasswordAgain};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::Tone;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::{plain_chip, status_chip};
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{Column, ListOptions, Width};
use crate::ui::widgets::toast::Toast;

fn keep(filter: &UserFilter) -> Value {
    json!({ "role": filter.role.map(Role::as_str), "status": filter.status.map(Status::as_str) })
}

fn restore(filter: &mut UserFilter, kept: &Value) {
    filter.role = kept["role"].as_str().and_then(Role::parse);
    filter.status = kept["status"].as_str().and_then(Status::parse);
}

static KIND: Kind<UserFilter, UserSort, User> = Kind {
    name: "users",
    start: UserFilter::default,
    words: |filter| &mut filter.search,
    sort: (UserSort::Username, false),
    sorts: &[(UserSort::Username, "username"), (UserSort::Name, "name"), (UserSort::Role, "role"), (UserSort::LastLogin, "last_login")],
    keep,
    restore,
    key: |row| row.id.0,
    label: |row| row.username.clone(),
};

/// The part's state.
pub struct UsersPage {
    list: ListPage<UserFilter, UserSort, User>,
    form: Option<form::UserForm>,
    password: Option<password::OneTime>,
    deleting: Option<(UserId, String)>,
    deletion: Act,
    again: PasswordAgain,
}

impl Default for UsersPage {
    fn default() -> Self {
        UsersPage {
            list: ListPage::new(&KIND),
            form: None,
            password: None,
            deleting: None,
            deletion: Act::default(),
            again: PasswordAgain::default(),
        }
    }
}

impl UsersPage {
    /// The keyboard is in the search.
    pub fn enter(&mut self) {
        self.form = None;
        self.deleting = None;
        if self.list.list.selected.is_some() { self.list.list.take_focus = true } else { self.list.focus_search() }
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.form.as_ref().filter(|form| form.is_dirty()).map(|form| form.called(t))
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.as_ref().is_some_and(form::UserForm::is_saving)
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(form) = &mut self.form {
            form.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.form = None;
    }

    /// Draws the part.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.users;
        self.list.begin(ui, cx);
        let why = cx.why_not(Module::System, Verb::Create);
        let mut create = Shortcut::New.pressed(ui) && why.is_none();
        list_page::head_ui(ui, cx.t.settings.users, |ui| {
            let new = Button::primary(t.new).icon(icons::USER_PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
            create |= new.show(ui).clicked() && why.is_none();
        });
        let roles: Vec<(Role, &str)> = Role::ALL.iter().map(|role| (*role, cx.lang.role(*role))).collect();
        self.list.filters_ui(ui, cx, t.search, |ui, cx, filter, _| {
            let t = &cx.t.users;
            filter_chip(ui, cx.t, "user role", t.role, &mut filter.role, &roles);
            let states = [(Status::Active, t.active), (Status::Inactive, t.inactive)];
            filter_chip(ui, cx.t, "user status", t.status, &mut filter.status, &states);
        });
        self.list.read(ui, cx, |desk, filter, page| Ok((users::list(desk, filter, page)?, ())));
        let no_rows = NoRows {
            icon: icons::USERS_THREE,
            none_yet: (t.none_yet, t.none_yet_more),
            create: list_page::create_button(t.new, why.is_none()),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let data = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let happened = self.list.rows_ui(ui, cx, COLUMNS, &data, ListOptions::default(), &no_rows);
        self.list.pager_ui(ui, cx, t.shown, "");
        if create || happened.create {
            self.form = Some(form::UserForm::new());
        }
        let edit = Shortcut::Edit.pressed(ui).then(|| self.list.selected().map(|row| row.id)).flatten();
        if let Some(id) = edit.or(self.list.row(happened.opened).map(|row| row.id)) {
            self.edit(cx, id);
        }
        if let Some(row) = self.list.row(happened.wants_delete) {
            match cx.why_not(Module::System, Verb::Delete) {
                None => self.deleting = Some((row.id, row.full_name.clone())),
                Some(why) => cx.toasts.push(Toast::new(Tone::Warn, why)),
            }
        }
        if Shortcut::Refresh.pressed(ui) {
            self.list.forget();
        }
        self.form_ui(ui, cx);
        self.deleting_ui(ui, cx);
        if self.password.as_mut().is_some_and(|password| password.ui(ui, cx)) {
            self.password = None;
            self.list.list.take_focus = true;
            ui.request_repaint();
        }
    }

    fn edit(&mut self, cx: &mut Context<'_>, id: UserId) {
        match users::get(cx.desk, id) {
            Ok(user) => self.form = Some(form::UserForm::edit(user)),
            Err(error) => cx.report(&error),
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(form) = &mut self.form else { return };
        let Some(outcome) = form.ui(ui, cx) else { return };
        let t = &cx.t.users;
        self.form = None;
        match outcome {
            form::Outcome::Closed => self.list.list.take_focus = true,
            form::Outcome::Saved { id, name } => {
                cx.done(fill(t.saved, &[&name]), None);
                self.list.list.select(id.0);
                self.list.list.take_focus = true;
            }
            form::Outcome::Created { id, password } => {
                cx.done(fill(t.saved_new, &[&password.full_name]), None);
                self.list.reset();
                self.list.list.select(id.0);
                self.password = Some(password);
            }
            form::Outcome::Password(password) => self.password = Some(password),
            form::Outcome::Reload(id) => self.edit(cx, id),
        }
        ui.request_repaint();
    }

    fn deleting_ui(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        let Some((id, name)) = self.deleting.clone() else { return };
        let t = &cx.t.users;
        match self.again.ui(ui, cx, t.delete) {
            Some(Answer::Confirmed) => self.deletion.start(ui),
            Some(Answer::GivenUp) => {
                self.deleting = None;
                return self.list.list.take_focus = true;
            }
            None if self.again.is_asked() => return,
            None => {}
        }
        if self.deletion.is_running() {
            let Some(outcome) = self.deletion.attempt(ui, cx, |desk| users::delete(desk, id)) else { return };
            if outcome == Err(Error::PasswordAgain) {
                return self.again.ask();
            }
            self.deleting = None;
            self.list.list.take_focus = true;
            deleted(cx, &name, outcome);
            return ui.request_repaint();
        }
        let confirm = Confirm::delete(cx.t, fill(t.delete_title, &[&name]), t.delete_body, t.delete);
        match confirm.show(ui, "delete user") {
            Some(Choice::Act) => self.deletion.start(ui),
            Some(_) => {
                self.deleting = None;
                self.list.list.take_focus = true;
            }
            None => return,
        }
        ui.request_repaint();
    }
}

fn deleted(cx: &mut Context<'_>, name: &str, outcome: Result<Removal>) {
    let t = &cx.t.users;
    match outcome {
        Ok(Removal::Deleted) => cx.done(fill(t.deleted, &[&name]), None),
        Ok(Removal::Deactivated) => {
            let mut toast = Toast::new(Tone::Mute, fill(t.deactivated, &[&name]));
            toast.icon = Some(icons::PROHIBIT);
            cx.toasts.push(toast);
        }
        Err(error) => cx.report(&error),
    }
}

/// What stands for a role in lists.
fn role_tone(role: Role) -> Tone {
    match role {
        Role::Admin => Tone::AccentSoft,
        Role::Manager => Tone::Violet,
        Role::Sales => Tone::Info,
        Role::Warehouse => Tone::Orange,
        Role::Employee => Tone::Mute,
    }
}

type UserColumn = Column<User, UserSort, Dense>;

const COLUMNS: &[UserColumn] = &[
    Column {
        title: |t| t.users.username,
        width: Width::Fill(1.2, 90.0),
        align: Align::Min,
        sort: Some(UserSort::Username),
        narrow: false,
        cell: |row, ui, cx| {
            cx.name(ui, &row.username);
        },
    },
    Column {
        title: |t| t.users.full_name,
        width: Width::Fill(1.2, 70.0),
        align: Align::Min,
        sort: Some(UserSort::Name),
        narrow: false,
        cell: |row, ui, cx| {
            cx.text(ui, &row.full_name);
        },
    },
    Column {
        title: |t| t.users.role,
        width: Width::Fixed(96.0),
        align: Align::Min,
        sort: Some(UserSort::Role),
        narrow: false,
        cell: |row, ui, cx| {
            plain_chip(ui, cx.texts.lang.role(row.role), role_tone(row.role));
        },
    },
    Column {
        title: |t| t.users.phone,
        width: Width::Fixed(112.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            cx.text(ui, &row.phone.as_deref().map(shown_phone).unwrap_or_default());
        },
    },
    Column {
        title: |t| t.users.email,
        width: Width::Fill(1.6, 90.0),
        align: Align::Min,
        sort: None,
        narrow: true,
        cell: |row, ui, cx| {
            cx.muted(ui, row.email.as_deref().unwrap_or_default());
        },
    },
    Column {
        title: |t| t.users.last_login,
        width: Width::Fixed(104.0),
        align: Align::Min,
        sort: Some(UserSort::LastLogin),
        narrow: false,
        cell: |row, ui, cx| {
            let text = row.last_login_at.map_or_else(|| cx.texts.users.never.to_owned(), |at| cx.data.moment(at));
            cx.muted(ui, &text);
        },
    },
    Column {
        title: |t| t.users.status,
        width: Width::Fixed(164.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            let t = &cx.texts.users;
            match row.status {
                Status::Inactive => status_chip(ui, t.inactive, Tone::Mute),
                Status::Active if row.must_change_password => status_chip(ui, t.one_time, Tone::Warn),
                Status::Active => status_chip(ui, t.active, Tone::Ok),
            };
        },
    },
];
