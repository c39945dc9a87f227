//! The follow-up page: what is overdue, due today, this week, and every record.

mod columns;

use egui::Ui;
use serde_json::{Value, json};

use super::Hint;
use crate::i18n::Texts;
use crate::models::UserId;
use crate::models::choice::Module;
use crate::models::export::{Export, ExportKind};
use crate::models::followup::{Due, DueCounts, FollowupFilter, FollowupRow, FollowupSort};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::services::{followups, users};
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::followup::{FollowupActs, Happened, neighbour};
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::empty::EmptyButton;
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::ListOptions;

/// Whose plans are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Whose {
    #[default]
    Mine,
    Of(UserId),
    Everyones,
}

impl Whose {
    fn person(self, me: UserId) -> Option<UserId> {
        match self {
            Whose::Mine => Some(me),
            Whose::Of(person) => Some(person),
            Whose::Everyones => None,
        }
    }

    fn new(person: Option<UserId>, me: UserId) -> Whose {
        match person {
            None => Whose::Everyones,
            Some(person) if person == me => Whose::Mine,
            Some(person) => Whose::Of(person),
        }
    }
}

/// What the list is filtered by.
#[derive(Clone, Debug, PartialEq, Eq)]
struct View {
    search: String,
    due: Due,
    whose: Whose,
}

impl Default for View {
    fn default() -> Self {
        View { search: String::new(), due: Due::Today, whose: Whose::default() }
    }
}

impl View {
    fn filter(&self, me: UserId) -> FollowupFilter {
        FollowupFilter { search: self.search.clone(), due: self.due, person: self.whose.person(me), customer: None }
    }
}

/// The tab is not kept: the page opens on what is late, else on today.
fn keep(view: &View) -> Value {
    match view.whose {
        Whose::Mine => json!({ "person": "me" }),
        Whose::Of(person) => json!({ "person": person.0 }),
        Whose::Everyones => json!({ "person": "all" }),
    }
}

fn restore(view: &mut View, kept: &Value) {
    view.whose = match (kept["person"].as_str(), kept["person"].as_i64()) {
        (Some("all"), _) => Whose::Everyones,
        (_, Some(person)) => Whose::Of(UserId(person)),
        _ => Whose::Mine,
    };
}

static KIND: Kind<View, FollowupSort, FollowupRow> = Kind {
    name: "followups",
    start: View::default,
    words: |view| &mut view.search,
    sort: (FollowupSort::Next, false),
    // The order of records by when they happened belongs to their tab.
    sorts: &[(FollowupSort::Next, "next"), (FollowupSort::Customer, "customer")],
    keep,
    restore,
    key: |row| row.followup.id.0,
    label: |row| row.customer_name.clone(),
};

/// The page's state.
pub struct Followups {
    list: ListPage<View, FollowupSort, FollowupRow, DueCounts>,
    people: Cached<(), Vec<Colleague>>,
    acts: FollowupActs,
    /// The row to stand on once a plan is done or a record is gone.
    after: Option<i64>,
    /// The first tab was chosen.
    begun: bool,
    export: ExportDialog,
}

impl Default for Followups {
    fn default() -> Self {
        Followups {
            list: ListPage::new(&KIND),
            people: Cached::default(),
            acts: FollowupActs::default(),
            after: None,
            begun: false,
            export: ExportDialog::default(),
        }
    }
}

impl Followups {
    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {
        self.list.list.take_focus = true;
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.acts.unsaved(t)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.acts.is_saving()
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.acts.save(ctx);
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.acts.discard();
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        self.list.begin(ui, cx);
        self.keys(ui, cx);
        self.head_ui(ui, cx);
        self.filters_ui(ui, cx);
        self.read(ui, cx);
        if !self.begun
            && let Some(counts) = self.list.beside()
        {
            self.begun = true;
            if counts.overdue > 0 {
                self.list.filter.due = Due::Overdue;
                self.read(ui, cx);
            }
        }
        self.tabs_ui(ui, cx);
        self.rows_ui(ui, cx);
        self.list.pager_ui(ui, cx, cx.t.followups.shown, "");
        let happened = self.acts.ui(ui, cx);
        if matches!(happened, Some(Happened::Marked(_) | Happened::Deleted(_)))
            && let Some(after) = self.after.take()
        {
            self.list.list.select(after);
        }
        self.list.list.take_focus |= happened.is_some() && !self.acts.is_open();
        self.list.list.take_focus |= self.export.ui(ui, cx);
    }

    fn read(&mut self, ui: &Ui, cx: &Context<'_>) {
        let me = cx.session.user;
        self.list.read(ui, cx, |desk, view, page| followups::list(desk, &view.filter(me), page));
    }

    fn keys(&mut self, ui: &Ui, cx: &Context<'_>) {
        if Shortcut::Refresh.pressed(ui) {
            self.list.forget();
            self.people.forget();
        }
        if Shortcut::Main.pressed(ui) {
            self.record(cx);
        }
        if Shortcut::Edit.pressed(ui)
            && let Some(row) = self.list.selected()
        {
            self.acts.edit(cx, &row.followup, &row.customer_name);
        }
    }

    /// A further follow-up of the selected customer.
    fn record(&mut self, cx: &Context<'_>) {
        if let Some(row) = self.list.selected() {
            self.acts.record(cx, row.followup.customer, &row.customer_name);
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let mut export = false;
        list_page::head_ui(ui, cx.t.followups.title, |ui| {
            let why = cx.why_not(Module::Customer, Verb::Create);
            let chosen = self.list.selected().is_some();
            let button = Button::primary(cx.t.followups.record).icon(icons::NOTE_PENCIL).keys(Shortcut::Main.keys()).enabled(chosen);
            if button.reason(why.as_deref()).show(ui).clicked() {
                self.record(cx);
            }
            export = export_button(ui, cx, ExportKind::Followups);
        });
        if export {
            self.export.open(cx, Export::Followups(self.list.filter.filter(cx.session.user), self.list.sorted()));
        }
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.followups;
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
        self.list.filters_ui(ui, cx, t.search_hint, |ui, cx, view, _| {
            let me = cx.session.user;
            let mut person = view.whose.person(me);
            if filter_chip(ui, cx.t, "followup person", t.person, &mut person, &people) {
                view.whose = Whose::new(person, me);
            }
        });
    }

    fn tabs_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.followups;
        let counts = self.list.beside().copied();
        let count = |due| counts.map(|counts| counts.of(due).unsigned_abs());
        let choices =
            [(Due::Overdue, t.overdue), (Due::Today, t.today), (Due::Week, t.week), (Due::All, t.all)].map(|(due, name)| (due, name, count(due)));
        let before = self.list.filter.due;
        list_page::tabs_ui(ui, "due", &mut self.list.filter.due, &choices);
        let all = self.list.filter.due == Due::All;
        if all != (before == Due::All) {
            // Plans by when they are due, records by when they happened.
            (self.list.list.sort, self.list.list.descending) = (if all { FollowupSort::Time } else { FollowupSort::Next }, all);
        }
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.followups;
        let all = self.list.filter.due == Due::All;
        // The ticks are not chosen: they say what is done.
        self.list.list.checked = self.list.rows().iter().filter(|row| row.followup.next_done_at.is_some()).map(|row| row.followup.id.0).collect();
        let none_at_all = self.list.filter.search.trim().is_empty() && self.list.beside().is_some_and(|counts| counts.of(Due::All) == 0);
        let customers = EmptyButton { text: t.to_customers, icon: Some(icons::USERS), keys: None, primary: true };
        let no_rows = NoRows {
            icon: icons::CALENDAR_CHECK,
            none_yet: if none_at_all { (t.none_yet, t.none_yet_more) } else { (t.none_due, t.none_due_more) },
            none_at_all,
            create: none_at_all.then_some(customers),
            no_match: (t.none_due, t.none_due_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let columns = if all { columns::RECORDS } else { columns::PLANS };
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let options = ListOptions { checks: true, done_ticks: true, ..Default::default() };
        let happened = self.list.rows_ui(ui, cx, columns, &dense, options, &no_rows);
        self.list.list.checked.clear();
        if let Some(row) = self.list.row(happened.opened) {
            cx.go = Some(Route::Customer(row.followup.customer));
        }
        if let (Some(index), Some(row)) = (happened.ticked, self.list.row(happened.ticked)) {
            // Only where it leaves the list does another row take over.
            self.after = if all { None } else { neighbour(self.list.rows(), index) };
            self.acts.toggle(ui, cx, &row.followup, &row.customer_name);
        }
        if let (Some(index), Some(row)) = (happened.wants_delete, self.list.row(happened.wants_delete)) {
            self.after = neighbour(self.list.rows(), index);
            self.acts.delete(cx, &row.followup, &row.customer_name);
        }
        if happened.create {
            cx.go = Some(Route::Customers);
        }
        if happened.retry {
            self.people.forget();
        }
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![
        (&["↑", "↓"], s.key_choose),
        (&["Enter"], t.followups.key_customer),
        (&["Space"], t.followups.key_done),
        (&["F4"], t.followups.record),
        (&["F2"], s.key_edit),
    ]
}
