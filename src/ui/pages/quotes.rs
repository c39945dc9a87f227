//! The quote list: state tabs with counts, search, filters, and the way to a quote and to the editor.

use egui::{Align, Frame, Key, Margin, Modifiers, Rect, Ui, vec2};

use super::Hint;
use crate::i18n::{Lang, Texts, fill};
use crate::models::choice::Module;
use crate::models::customer::CustomerRow;
use crate::models::list::Page;
use crate::models::money::grouped;
use crate::models::quote::{QuoteCounts, QuoteFilter, QuotePage, QuoteRow, QuoteSort, QuoteState};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{CustomerId, QuoteId, UserId};
use crate::services::{customers, quotes, users};
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::documents::quote_tone;
use crate::ui::icons;
use crate::ui::period::Period;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::status_chip;
use crate::ui::widgets::empty::{Empty, EmptyButton};
use crate::ui::widgets::input::{InputOptions, input_id, text_input_with_id};
use crate::ui::widgets::pager::pager_ui;
use crate::ui::widgets::picker::{PickerOptions, PickerRows, picker};
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width};
use crate::ui::widgets::tabs::tabs;
use crate::ui::widgets::{page, paint};

/// A sent quote is marked while no more than this many days are left.
const NEARLY_OVER: i64 = 3;

type Query = (QuoteFilter, QuotePage);

/// What cells need besides their row.
struct Cells {
    dense: Dense,
    lang: Lang,
}

/// The list's state.
pub struct Quotes {
    filter: QuoteFilter,
    period: Option<Period>,
    customer: CustomerFilter,
    page: u32,
    list: ListState<QuoteSort>,
    rows: Cached<Query, (Page<QuoteRow>, QuoteCounts)>,
    people: Cached<(), Vec<Colleague>>,
}

/// The filter by customer: a search while empty, a chip with his name when set.
#[derive(Default)]
struct CustomerFilter {
    query: String,
    name: String,
    found: Cached<String, Vec<CustomerRow>>,
}

impl Default for Quotes {
    fn default() -> Self {
        Quotes {
            filter: QuoteFilter::default(),
            period: None,
            customer: CustomerFilter::default(),
            page: 1,
            list: ListState { take_focus: true, ..ListState::new(QuoteSort::Created, true) },
            rows: Cached::default(),
            people: Cached::default(),
        }
    }
}

impl Quotes {
    /// Back on the list: the keyboard is on it again.
    pub fn enter(&mut self) {
        self.list.take_focus = true;
    }

    /// The quotes before and after one in the list as last shown.
    pub fn neighbours(&self, id: QuoteId) -> (Option<QuoteId>, Option<QuoteId>) {
        let rows = self.rows.last().map_or(&[][..], |(page, _)| &page.rows);
        let Some(at) = rows.iter().position(|row| row.id == id) else { return (None, None) };
        (at.checked_sub(1).and_then(|before| rows.get(before)).map(|row| row.id), rows.get(at + 1).map(|row| row.id))
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = cx.t;
        self.head_ui(ui, cx);
        self.filters_ui(ui, cx);
        let from = self.period.map(|period| period.start(cx.today));
        let filter = QuoteFilter { from, ..self.filter.clone() };
        let filtered = filter != QuoteFilter::default();
        let page = QuotePage { page: self.page, page_size: QuotePage::DEFAULT_SIZE, sort: self.list.sort, descending: self.list.descending };
        let result = self.rows.get(cx, &(filter, page), |desk, (filter, page)| quotes::list(desk, filter, page));
        let failed = result.as_ref().err().map(|error| (fill(t.quotes.list_failed, &[&(error.code() as i32)]), cx.lang.sentence(error)));
        let nothing = Page { rows: Vec::new(), total: 0, page: 1, page_size: QuotePage::DEFAULT_SIZE };
        let (shown, counts) = result.as_ref().map_or((&nothing, QuoteCounts::default()), |(page, counts)| (page, *counts));
        let before = self.filter.state;
        state_tabs(ui, cx, &mut self.filter.state, counts);
        if self.filter.state != before {
            self.page = 1;
            ui.request_repaint();
        }
        let phase = match &failed {
            Some((title, body)) => Phase::Failed(Banner::new(Tone::Danger, title, body).button(t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            None if shown.rows.is_empty() => Phase::Empty(empty(t, filtered, cx.may(Module::Sales, Verb::Create))),
            None => Phase::Ready,
        };
        let room = ui.available_height() - size::PAGER;
        let list = List {
            columns: if shown.rows.iter().any(|row| row.total.is_none()) { COLUMNS_WITHOUT_AMOUNTS } else { COLUMNS },
            rows: &shown.rows,
            key: |row: &QuoteRow| row.id.0,
            label: |row| row.quote_no.clone(),
            data: &Cells { dense: Dense { today: cx.today, zone: cx.zone(), t }, lang: cx.lang },
            phase,
            options: ListOptions { padding: page::padding(ui), ..ListOptions::default() },
        };
        let out = ui
            .allocate_ui(vec2(ui.available_width(), room), |ui| {
                ui.set_min_height(room);
                list.show(ui, t, "quotes", &mut self.list)
            })
            .inner;
        let first = u64::from(shown.page.saturating_sub(1)) * u64::from(shown.page_size);
        let last = first + shown.rows.len() as u64;
        let text = if shown.rows.is_empty() { String::new() } else { fill(t.quotes.shown, &[&(first + 1), &last, &grouped(shown.total)]) };
        let (pages, per_page) = (u64::from(shown.pages()), u64::from(shown.page_size));
        let opened = out.opened.or(out.clicked).and_then(|at| shown.rows.get(at)).map(|row| row.id);
        if let Some(to) = pager_ui(ui, t, &text, u64::from(self.page.saturating_sub(1)), pages, per_page) {
            self.page = u32::try_from(to + 1).unwrap_or(1);
            self.list.take_focus = true;
        }
        if out.sort_changed {
            self.page = 1;
        }
        if let Some(id) = opened {
            cx.go = Some(Route::Quote(id));
        }
        if out.action {
            match (failed.is_some(), filtered) {
                (true, _) => self.rows.forget(),
                (false, true) => self.clear(),
                (false, false) => cx.go = Some(Route::NewQuote(None)),
            }
        }
        self.keys(ui, cx);
    }

    fn clear(&mut self) {
        self.filter = QuoteFilter::default();
        self.period = None;
        self.page = 1;
        self.list.take_focus = true;
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        if Shortcut::New.pressed(ui) && cx.may(Module::Sales, Verb::Create) {
            cx.go = Some(Route::NewQuote(self.filter.customer));
        }
        if Shortcut::Refresh.pressed(ui) {
            self.rows.forget();
        }
    }

    fn head_ui(&self, ui: &mut Ui, cx: &mut Context<'_>) {
        let margin = Margin::symmetric(page::padding(ui) as i8, 0);
        Frame::new().inner_margin(margin).show(ui, |ui| {
            page::head_ui(ui, cx.t.quotes.title, |ui| {
                let why = cx.why_not(Module::Sales, Verb::Create);
                let new = Button::primary(cx.t.quotes.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
                if new.show(ui).clicked() && why.is_none() {
                    cx.go = Some(Route::NewQuote(self.filter.customer));
                }
            })
        });
    }

    fn filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = cx.t;
        let before = (self.filter.clone(), self.period);
        let people = self.people.get(cx, &(), |desk, ()| users::colleagues(desk)).as_deref().unwrap_or_default();
        let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
        ui.horizontal(|ui| {
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = 8.0;
            let id = input_id(ui, "search quotes");
            let searching = !self.filter.search.is_empty();
            let options = InputOptions {
                hint: t.quotes.search,
                icon: Some(icons::MAGNIFYING_GLASS),
                keys: Some(Shortcut::Find.keys()),
                width: Some(256.0),
                name: t.quotes.search,
                keep_escape: searching,
                ..Default::default()
            };
            if searching && ui.memory(|memory| memory.has_focus(id)) && page::escape(ui) {
                self.filter.search.clear();
            }
            let search = text_input_with_id(ui, id, &mut self.filter.search, options);
            if Shortcut::Find.pressed(ui) {
                search.request_focus();
            }
            let down = search.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
            if down || (search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))) {
                self.list.take_focus = true;
            }
            if cx.may(Module::Customer, Verb::View) {
                self.customer.ui(ui, cx, &mut self.filter.customer);
            }
            filter_chip(ui, t, "period", t.orders.period, &mut self.period, &Period::choices(t));
            filter_chip(ui, t, "person", t.quotes.person, &mut self.filter.person, &people);
        });
        ui.add_space(8.0);
        if before != (self.filter.clone(), self.period) {
            self.page = 1;
        }
    }
}

impl CustomerFilter {
    fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, chosen: &mut Option<CustomerId>) {
        let t = cx.t;
        if let Some(id) = *chosen {
            filter_chip(ui, t, "customer", t.orders.customer, chosen, &[(id, &self.name)]);
            return;
        }
        let found = self.found.get(cx, &self.query, |desk, query| customers::find(desk, query, 20)).as_deref().unwrap_or_default();
        let input =
            InputOptions { hint: t.orders.customer, name: t.orders.customer, icon: Some(icons::USERS), width: Some(152.0), ..Default::default() };
        let options = PickerOptions { input, popup_width: Some(420.0), ..Default::default() };
        let rows = PickerRows {
            count: found.len(),
            head: None::<fn(&mut Ui, Rect)>,
            label: |at: usize| found[at].name.clone(),
            draw: |ui: &mut Ui, rect: Rect, at: usize| {
                paint::text_left(ui, rect, &found[at].name, theme::font(size::TEXT_BODY), palette(ui).text);
            },
        };
        let out = picker(ui, t, "customer search", &mut self.query, options, rows);
        if let Some(row) = out.taken.and_then(|at| found.get(at)) {
            *chosen = Some(row.id);
            self.name.clone_from(&row.name);
            self.query.clear();
            ui.request_repaint();
        }
    }
}

fn state_tabs(ui: &mut Ui, cx: &Context<'_>, state: &mut Option<QuoteState>, counts: QuoteCounts) {
    let count = |n: i64| Some(n.unsigned_abs());
    let mut choices = vec![(None, cx.t.orders.all, count(counts.all()))];
    choices.extend(QuoteState::ALL.iter().map(|state| (Some(*state), cx.lang.quote_state(*state), count(counts.of(*state)))));
    ui.horizontal(|ui| {
        ui.add_space(page::padding(ui));
        tabs(ui, "state", state, &choices);
    });
}

fn empty(t: &'static Texts, filtered: bool, may_create: bool) -> Empty<'static> {
    if filtered {
        let button = EmptyButton { text: t.common.clear_filters, icon: None, keys: None, primary: false };
        return Empty { icon: icons::FUNNEL_SIMPLE, headline: t.quotes.no_match, sentence: t.quotes.no_match_more, button: Some(button) };
    }
    let button = EmptyButton { text: t.quotes.new, icon: Some(icons::PLUS), keys: Some(Shortcut::New.keys()), primary: true };
    Empty { icon: icons::FILE_TEXT, headline: t.quotes.none_yet, sentence: t.quotes.none_yet_more, button: may_create.then_some(button) }
}

type QuoteColumn = Column<QuoteRow, QuoteSort, Cells>;

const NUMBER: QuoteColumn = Column {
    title: |t| t.quotes.number,
    width: Width::Fixed(132.0),
    align: Align::Min,
    sort: Some(QuoteSort::Number),
    narrow: false,
    cell: |row, ui, cell| {
        cell.styled(ui, &row.quote_no, theme::font(size::TEXT_BODY), cell.p.accent_text);
    },
};
const CUSTOMER: QuoteColumn = Column {
    title: |t| t.orders.customer,
    width: Width::Fill(1.0, 160.0),
    align: Align::Min,
    sort: Some(QuoteSort::Customer),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.customer_name);
    },
};
const DAY: QuoteColumn = Column {
    title: |t| t.quotes.day,
    width: Width::Fixed(92.0),
    align: Align::Min,
    sort: Some(QuoteSort::Created),
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.created_at.day(cell.data.dense.zone).to_string());
    },
};
const VALID_UNTIL: QuoteColumn = Column {
    title: |t| t.quotes.valid_until,
    width: Width::Fixed(172.0),
    align: Align::Min,
    sort: Some(QuoteSort::ValidUntil),
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.valid_until.to_string());
        let left = row.valid_until.days_since(cell.data.dense.today);
        if row.state == QuoteState::Sent && left <= NEARLY_OVER {
            let t = &cell.texts.quotes;
            let text = if left == 0 { t.last_day.to_owned() } else { fill(t.days_left, &[&left]) };
            cell.styled(ui, &text, theme::font(size::TEXT_SMALL), cell.p.tone(Tone::Warn).fg);
        }
    },
};
const TOTAL: QuoteColumn = Column {
    title: |t| t.orders.total,
    width: Width::Fixed(124.0),
    align: Align::Max,
    sort: Some(QuoteSort::Total),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.total.unwrap_or_default().yuan());
    },
};
const STATE: QuoteColumn = Column {
    title: |t| t.orders.status,
    width: Width::Fixed(92.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        status_chip(ui, cell.data.lang.quote_state(row.state), quote_tone(row.state));
    },
};
const ORDER: QuoteColumn = Column {
    title: |t| t.quotes.order,
    width: Width::Fixed(124.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, row.order.as_ref().map_or("—", |(_, order_no)| order_no));
    },
};
const PERSON: QuoteColumn = Column {
    title: |t| t.quotes.person,
    width: Width::Fixed(84.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.created_by_name);
    },
};

const COLUMNS: &[QuoteColumn] = &[NUMBER, CUSTOMER, DAY, VALID_UNTIL, TOTAL, STATE, ORDER, PERSON];
const COLUMNS_WITHOUT_AMOUNTS: &[QuoteColumn] = &[NUMBER, CUSTOMER, DAY, VALID_UNTIL, STATE, ORDER, PERSON];

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["Ctrl N"], s.key_new), (&["Ctrl F"], s.key_find), (&["F1"], s.key_help)]
}
