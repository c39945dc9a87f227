//! The log: filtered list, one row with what changed in a drawer, and 「检查数据」. Nothing here writes.

mod check;
mod detail;

use egui::{Align, Layout, Ui};
use serde_json::{Value, json};

use super::padded_ui;
use crate::i18n::fill;
use crate::models::choice::{Entity, LogAction, Module};
use crate::models::export::{Export, ExportKind};
use crate::models::log::{LogFilter, LogRow, LogSort};
use crate::models::user::{User, UserFilter, UserPage, UserSort};
use crate::models::{Day, Timestamp, UserId};
use crate::services::{logs, users};
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::filters::Period;
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::plain_chip;
use crate::ui::widgets::drawer::{self as panel, drawer_ui};
use crate::ui::widgets::paint;
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{Column, ListOptions, Width};

/// What the list is filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct View {
    text: String,
    person: Option<UserId>,
    action: Option<LogAction>,
    module: Option<Module>,
    kind: Option<Entity>,
    period: Period,
}

impl View {
    fn filter(&self, today: Day) -> LogFilter {
        let (from, to) = self.period.days(today);
        LogFilter { user: self.person, action: self.action, module: self.module, kind: self.kind, text: self.text.clone(), from, to, entity: None }
    }
}

fn keep(view: &View) -> Value {
    json!({ "person": view.person.map(|person| person.0), "action": view.action.map(LogAction::as_str),
        "module": view.module.map(Module::as_str), "kind": view.kind.map(Entity::as_str), "period": view.period.keep() })
}

fn restore(view: &mut View, kept: &Value) {
    view.person = kept["person"].as_i64().map(UserId);
    view.action = kept["action"].as_str().and_then(LogAction::parse);
    view.module = kept["module"].as_str().and_then(Module::parse);
    view.kind = kept["kind"].as_str().and_then(Entity::parse);
    view.period.restore(&kept["period"]);
}

static KIND: Kind<View, LogSort, LogRow> = Kind {
    name: "logs",
    start: View::default,
    words: |view| &mut view.text,
    sort: (LogSort::Time, true),
    sorts: &[(LogSort::Time, "time")],
    keep,
    restore,
    key: |row| row.id.0,
    label: |row| format!("{} {}", row.id, row.description),
};

/// The part's state.
pub struct LogsPage {
    list: ListPage<View, LogSort, LogRow, Option<Timestamp>>,
    people: Cached<(), Vec<User>>,
    open: bool,
    check: Option<check::CheckDialog>,
    export: ExportDialog,
}

impl Default for LogsPage {
    fn default() -> Self {
        LogsPage { list: ListPage::new(&KIND), people: Cached::default(), open: false, check: None, export: ExportDialog::default() }
    }
}

impl LogsPage {
    /// The keyboard is on the list.
    pub fn enter(&mut self) {
        self.open = false;
        self.list.list.take_focus = true;
    }

    /// Draws the part.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let beside = panel::beside(ui, self.open);
        let (begin_check, export) = paint::inside(ui, beside, Layout::top_down(Align::Min), "logs beside", |ui| self.list_ui(ui, cx));
        self.drawer_ui(ui, cx);
        if Shortcut::Refresh.pressed(ui) {
            self.list.forget();
            self.people.forget();
        }
        if export {
            self.export.open(cx, Export::Logs(self.list.filter.filter(cx.today), self.list.sorted()));
        }
        self.list.list.take_focus |= self.export.ui(ui, cx);
        if begin_check && self.check.is_none() {
            self.check = Some(check::CheckDialog::start(cx));
        }
        if self.check.as_mut().is_some_and(|check| check.ui(ui, cx)) {
            self.check = None;
            self.list.list.take_focus = true;
            ui.request_repaint();
        }
    }

    /// Everything of a row.
    fn drawer_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        if !self.open {
            return;
        }
        let people = self.people.last().map(Vec::as_slice).unwrap_or_default();
        self.open = match self.list.selected() {
            Some(row) => drawer_ui(ui, "log row", |ui| detail::ui(ui, cx, row, people)).1,
            None => false,
        };
        if !self.open {
            self.list.list.take_focus = true;
            ui.request_repaint();
        }
    }

    /// Head, chips, rows and pager; whether the data are to be checked, and the list exported.
    fn list_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> (bool, bool) {
        let t = &cx.t.log_words;
        let people = self.people.get(cx, &(), |desk, ()| {
            Ok(users::list(desk, &UserFilter::default(), &UserPage { page_size: UserPage::MAX_SIZE, ..UserPage::first(UserSort::Name, false) })?.rows)
        });
        let people = people.as_deref().unwrap_or_default();
        self.list.begin(ui, cx);
        let mut begin_check = Shortcut::Main.pressed(ui);
        let mut export = false;
        list_page::head_ui(ui, cx.t.settings.logs, |ui| {
            begin_check |= Button::secondary(t.check_title).icon(icons::SHIELD_CHECK).keys(Shortcut::Main.keys()).show(ui).clicked();
            export = export_button(ui, cx, ExportKind::Logs);
        });
        let names: Vec<(UserId, &str)> = people.iter().map(|user| (user.id, user.full_name.as_str())).collect();
        let actions: Vec<(LogAction, &str)> = LogAction::ALL.iter().map(|action| (*action, cx.lang.log_action(*action))).collect();
        let modules: Vec<(Module, &str)> =
            Module::ALL.iter().filter(|module| **module != Module::Cost).map(|module| (*module, cx.lang.module(*module))).collect();
        let kinds: Vec<(Entity, &str)> = Entity::ALL.iter().map(|kind| (*kind, cx.lang.entity(*kind))).collect();
        self.list.filters_ui(ui, cx, t.search, |ui, cx, view, _| {
            let t = &cx.t.log_words;
            view.period.ui(ui, cx, "logs");
            filter_chip(ui, cx.t, "log person", t.person, &mut view.person, &names);
            filter_chip(ui, cx.t, "log action", t.action, &mut view.action, &actions);
            filter_chip(ui, cx.t, "log module", t.module, &mut view.module, &modules);
            filter_chip(ui, cx.t, "log kind", t.entity, &mut view.kind, &kinds);
        });
        self.list.read(ui, cx, |desk, view, page| {
            let today = desk.clock().now().day(desk.config()?.zone);
            logs::list(desk, &view.filter(today), page)
        });
        if let Some(since) = self.list.beside().copied().flatten() {
            let text = fill(t.searched_from, &[&since.day(cx.zone())]);
            padded_ui(ui, |ui| ui.label(theme::caption(palette(ui), text)));
        }
        let no_rows = NoRows {
            icon: icons::SCROLL,
            none_yet: (t.none_yet, t.none_yet_more),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let data = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let happened = self.list.rows_ui(ui, cx, COLUMNS, &data, ListOptions::default(), &no_rows);
        self.list.pager_ui(ui, cx, t.shown, "");
        if happened.opened.or(happened.clicked).is_some() {
            self.open = true;
            ui.request_repaint();
        }
        (begin_check, export)
    }
}

/// The colour of an action.
pub(super) fn action_tone(action: LogAction) -> Tone {
    match action {
        LogAction::LoginFailed | LogAction::Denied => Tone::Danger,
        LogAction::Delete | LogAction::Restore => Tone::Orange,
        LogAction::Create | LogAction::Import => Tone::Ok,
        LogAction::Update => Tone::Info,
        LogAction::Export | LogAction::Backup | LogAction::Print => Tone::Violet,
        LogAction::Login | LogAction::Logout => Tone::Mute,
    }
}

/// What a module of the data file is called; one this program does not know keeps its word.
pub(super) fn module_name(lang: crate::i18n::Lang, module: &str) -> String {
    Module::parse(module).map_or_else(|| module.to_owned(), |module| lang.module(module).to_owned())
}

const COLUMNS: &[Column<LogRow, LogSort, Dense>] = &[
    Column {
        title: |t| t.log_words.time,
        width: Width::Fixed(92.0),
        align: Align::Min,
        sort: Some(LogSort::Time),
        narrow: false,
        cell: |row, ui, cx| {
            cx.muted(ui, &cx.data.moment(row.at));
        },
    },
    Column {
        title: |t| t.log_words.person,
        width: Width::Fixed(72.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            cx.text(ui, row.user_name.as_deref().unwrap_or(cx.texts.log_words.system));
        },
    },
    Column {
        title: |t| t.log_words.action,
        width: Width::Fixed(76.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            plain_chip(ui, cx.texts.lang.log_action(row.action), action_tone(row.action));
        },
    },
    Column {
        title: |t| t.log_words.module,
        width: Width::Fixed(64.0),
        align: Align::Min,
        sort: None,
        narrow: true,
        cell: |row, ui, cx| {
            cx.muted(ui, &module_name(cx.texts.lang, &row.module));
        },
    },
    Column {
        title: |t| t.log_words.description,
        width: Width::Fill(1.0, 120.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cx| {
            cx.text(ui, &row.description);
        },
    },
];
