//! The follow-up page: what is overdue, due today, this week, and every record.

mod columns;

use egui::{Frame, Id, Key, Margin, Modifiers, Panel, Ui, vec2};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::Module;
use crate::models::followup::{Due, DueCounts, FollowupFilter, FollowupPage, FollowupRow, FollowupSort};
use crate::models::list::Page;
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{Day, UserId};
use crate::services::{followups, users};
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::followup::{FollowupActs, Happened, neighbour};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::empty::{Empty, EmptyButton};
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::page;
use crate::ui::widgets::pager::{Pager, Turn, pager_ui};
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{List, ListOptions, ListState, Phase};
use crate::ui::widgets::tabs::tabs;

/// What the list depends on; the day, because plans become late with it.
type Query = (FollowupFilter, FollowupPage, Day);

/// The page's state.
pub struct Followups {
    filter: FollowupFilter,
    list: ListState<FollowupSort>,
    /// Counts from 1.
    page: u32,
    rows: Cached<Query, (Page<FollowupRow>, DueCounts)>,
    people: Cached<(), Vec<Colleague>>,
    acts: FollowupActs,
    /// The row to stand on once a plan is done or a record is gone.
    after: Option<i64>,
    /// Whose plans are shown was set: oneself at first.
    begun: bool,
}

impl Default for Followups {
    fn default() -> Self {
        Followups {
            filter: FollowupFilter { due: Due::Today, ..Default::default() },
            list: ListState { take_focus: true, ..ListState::new(FollowupSort::Next, false) },
            page: 1,
            rows: Cached::default(),
            people: Cached::default(),
            acts: FollowupActs::default(),
            after: None,
            begun: false,
        }
    }
}

fn search_id() -> Id {
    Id::unique("followups search")
}

impl Followups {
    /// Prepares the page before its first frame.
    pub fn enter(&mut self) {
        self.list.take_focus = true;
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
        if !std::mem::replace(&mut self.begun, true) {
            self.begin(cx);
        }
        self.keys(ui, cx);
        self.pager_ui(ui, cx);
        let margin = Margin::symmetric(page::padding(ui) as i8, 0);
        Frame::new().inner_margin(margin).show(ui, |ui| self.head_ui(ui, cx));
        let before = self.filter.clone();
        Frame::new().inner_margin(margin).show(ui, |ui| {
            self.filters_ui(ui, cx);
            self.tabs_ui(ui, cx);
        });
        if before != self.filter {
            self.page = 1;
            if (before.due == Due::All) != (self.filter.due == Due::All) {
                // Plans by when they are due, records by when they happened.
                let all = self.filter.due == Due::All;
                (self.list.sort, self.list.descending) = (if all { FollowupSort::Time } else { FollowupSort::Next }, all);
            }
            ui.request_repaint();
        }
        self.rows_ui(ui, cx);
        let happened = self.acts.ui(ui, cx);
        if let (Some(Happened::Marked(_) | Happened::Deleted(_)), Some(after)) = (happened, self.after.take_if(|_| happened.is_some())) {
            self.list.select(after);
        }
        self.list.take_focus |= happened.is_some() && !self.acts.is_open();
    }

    /// One's own plans; those that are late first, where there are any.
    fn begin(&mut self, cx: &Context<'_>) {
        self.filter.person = Some(cx.session.user);
        let query = self.query(cx);
        if let Ok((_, counts)) = self.read(cx, &query)
            && counts.overdue > 0
        {
            self.filter.due = Due::Overdue;
        }
    }

    fn query(&self, cx: &Context<'_>) -> Query {
        let page = FollowupPage { page: self.page, ..FollowupPage::first(self.list.sort, self.list.descending) };
        (self.filter.clone(), page, cx.today)
    }

    fn read(&mut self, cx: &Context<'_>, query: &Query) -> &crate::models::Result<(Page<FollowupRow>, DueCounts)> {
        self.rows.get(cx, query, |desk, (filter, page, _)| followups::list(desk, filter, page))
    }

    fn selected(&self) -> Option<(usize, &FollowupRow)> {
        let (page, _) = self.rows.last()?;
        page.rows.iter().enumerate().find(|(_, row)| Some(row.followup.id.0) == self.list.selected)
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        if ui.memory(|memory| memory.has_focus(search_id()))
            && !self.filter.search.is_empty()
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            self.filter.search.clear();
            self.page = 1;
        }
        if Shortcut::Find.pressed(ui) {
            ui.memory_mut(|memory| memory.request_focus(search_id()));
        }
        if Shortcut::Refresh.pressed(ui) {
            self.rows.forget();
            self.people.forget();
        }
        if Shortcut::Main.pressed(ui) {
            self.record(cx);
        }
        if Shortcut::Edit.pressed(ui)
            && let Some((followup, name)) = self.selected().map(|(_, row)| (row.followup.clone(), row.customer_name.clone()))
        {
            self.acts.edit(cx, &followup, &name);
        }
    }

    /// A further follow-up of the selected customer.
    fn record(&mut self, cx: &Context<'_>) {
        if let Some((customer, name)) = self.selected().map(|(_, row)| (row.followup.customer, row.customer_name.clone())) {
            self.acts.record(cx, customer, &name);
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        page::head_ui(ui, cx.t.followups.title, |ui| {
            let why = cx.why_not(Module::Customer, Verb::Create);
            let chosen = self.selected().is_some();
            let button = Button::primary(cx.t.followups.record).icon(icons::NOTE_PENCIL).keys(Shortcut::Main.keys()).enabled(chosen);
            if button.reason(why.as_deref()).show(ui).clicked() {
                self.record(cx);
            }
        });
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.followups;
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, size::LABEL_GAP);
            let options = InputOptions {
                hint: t.search_hint,
                icon: Some(icons::MAGNIFYING_GLASS),
                keys: Some(Shortcut::Find.keys()),
                width: Some(288.0),
                keep_arrows: true,
                ..Default::default()
            };
            let search = text_input_with_id(ui, search_id(), &mut self.filter.search, options);
            let down = search.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown));
            if down || (search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))) {
                self.list.take_focus = true;
            }
            filter_chip(ui, cx.t, "person", t.person, &mut self.filter.person, &people);
        });
        ui.add_space(size::LABEL_GAP);
    }

    fn tabs_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.followups;
        let query = self.query(cx);
        let counts = self.read(cx, &query).as_ref().map(|(_, counts)| *counts).ok();
        let count = |due| counts.map(|counts| counts.of(due).unsigned_abs());
        let choices =
            [(Due::Overdue, t.overdue), (Due::Today, t.today), (Due::Week, t.week), (Due::All, t.all)].map(|(due, name)| (due, name, count(due)));
        tabs(ui, "due", &mut self.filter.due, &choices);
    }

    fn pager_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let query = self.query(cx);
        let Ok((shown, _)) = self.read(cx, &query) else { return };
        let (total, pages, rows, per_page) = (shown.total, shown.pages(), shown.rows.len() as u64, shown.page_size);
        if self.page > pages {
            self.page = pages;
            ui.request_repaint();
        }
        if total == 0 {
            return;
        }
        let first = u64::from(self.page - 1) * u64::from(per_page);
        let sentence = fill(cx.t.followups.shown, &[&(first + 1), &(first + rows), &total]);
        let panel = Panel::bottom("followups pager").exact_size(size::PAGER).resizable(false).show_separator_line(false).frame(Frame::NONE);
        let at = u64::from(self.page - 1);
        let pager = Pager { shown: &sentence, sums: "", page: at, pages: u64::from(pages), per_page, sizes: &[] };
        let to = panel.show(ui, |ui| pager_ui(ui, cx.t, &pager)).inner;
        if let Some(Turn::Page(to)) = to {
            self.page = u32::try_from(to + 1).unwrap_or(1);
            self.list.selected = None;
            ui.request_repaint();
        }
    }

    fn rows_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.followups;
        let query = self.query(cx);
        let result = self.rows.get(cx, &query, |desk, (filter, page, _)| followups::list(desk, filter, page));
        let (title, body) = match result {
            Err(error) => (fill(t.list_failed, &[&(error.code() as i32)]), cx.lang.sentence(error)),
            Ok(_) => Default::default(),
        };
        let rows = result.as_ref().map_or(&[][..], |(page, _)| &page.rows);
        let untouched = self.filter == FollowupFilter::default();
        let phase = match (result, rows.is_empty()) {
            (Err(_), _) => Phase::Failed(Banner::new(Tone::Danger, &title, &body).button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            (Ok(_), false) => Phase::Ready,
            (Ok(_), true) if untouched => {
                Phase::Empty(Empty { icon: icons::CALENDAR_CHECK, headline: t.none_yet, sentence: t.none_yet_more, button: None })
            }
            (Ok(_), true) => Phase::Empty(Empty {
                icon: icons::CALENDAR_CHECK,
                headline: t.none_due,
                sentence: t.none_due_more,
                button: Some(EmptyButton { text: cx.t.common.clear_filters, ..Default::default() }),
            }),
        };
        let failed = matches!(phase, Phase::Failed(_));
        // The ticks are not chosen: they say what is done.
        self.list.checked = rows.iter().filter(|row| row.followup.next_done_at.is_some()).map(|row| row.followup.id.0).collect();
        let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let list = List {
            columns: if self.filter.due == Due::All { columns::RECORDS } else { columns::PLANS },
            rows,
            key: |row| row.followup.id.0,
            label: |row| row.customer_name.clone(),
            data: &dense,
            phase,
            options: ListOptions { padding: page::padding(ui), checks: true, done_ticks: true, ..Default::default() },
        };
        let out = list.show(ui, cx.t, "followups", &mut self.list);
        let at = |index: Option<usize>| index.and_then(|index| rows.get(index));
        if let Some(row) = at(out.opened) {
            cx.go = Some(Route::Customer(row.followup.customer));
        }
        if let (Some(index), Some(row)) = (out.ticked, at(out.ticked)) {
            // Only where it leaves the list does another row take over.
            self.after = if self.filter.due == Due::All { None } else { neighbour(rows, index) };
            self.acts.toggle(ui, cx, &row.followup, &row.customer_name);
        }
        if let (Some(index), Some(row)) = (out.wants_delete, at(out.wants_delete)) {
            self.after = neighbour(rows, index);
            self.acts.delete(cx, &row.followup, &row.customer_name);
        }
        if out.sort_changed {
            self.page = 1;
            ui.request_repaint();
        }
        if out.action {
            if failed {
                self.rows.forget();
            } else {
                self.filter = FollowupFilter::default();
                (self.list.sort, self.list.descending, self.page) = (FollowupSort::Time, true, 1);
            }
            ui.request_repaint();
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
