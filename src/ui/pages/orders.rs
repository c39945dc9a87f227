//! The order list: state tabs with counts, search, filters, and the way to an order's page and to the editor.

use egui::{Align, Frame, Margin, Ui};

use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, OrderStatus};
use crate::models::list::Page;
use crate::models::money::grouped;
use crate::models::order::{OrderFilter, OrderPage, OrderRow, OrderSort, StatusCounts};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{Day, Money, OrderId, UserId};
use crate::services::{orders, users};
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::status_chip;
use crate::ui::widgets::empty::{Empty, EmptyButton};
use crate::ui::widgets::input::{InputOptions, input_id, text_input_with_id};
use crate::ui::widgets::page;
use crate::ui::widgets::pager::{Pager, Turn, pager_ui};
use crate::ui::widgets::select::{filter_chip, toggle_chip};
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width};
use crate::ui::widgets::tabs::tabs;

/// Periods to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Period {
    Today,
    Week,
    Month,
    Year,
}

impl Period {
    /// The first day of the period that `today` is in; weeks start on Monday.
    fn start(self, today: Day) -> Day {
        use chrono::Datelike;
        let back = match self {
            Period::Today => 0,
            Period::Week => i64::from(today.0.weekday().num_days_from_monday()),
            Period::Month => i64::from(today.0.day0()),
            Period::Year => i64::from(today.0.ordinal0()),
        };
        today.plus_days(-back)
    }
}

type Query = (OrderFilter, OrderPage);

/// The list's state.
pub struct Orders {
    filter: OrderFilter,
    period: Option<Period>,
    page: u32,
    list: ListState<OrderSort>,
    rows: Cached<Query, (Page<OrderRow>, StatusCounts)>,
    people: Cached<(), Vec<Colleague>>,
}

impl Default for Orders {
    fn default() -> Self {
        Orders {
            filter: OrderFilter::default(),
            period: None,
            page: 1,
            list: ListState { take_focus: true, ..ListState::new(OrderSort::Day, true) },
            rows: Cached::default(),
            people: Cached::default(),
        }
    }
}

impl Orders {
    /// Back on the list: the keyboard is on it again.
    pub fn enter(&mut self) {
        self.list.take_focus = true;
    }

    /// The orders before and after one in the list as last shown.
    pub fn neighbours(&self, id: OrderId) -> (Option<OrderId>, Option<OrderId>) {
        let rows = self.rows.last().map_or(&[][..], |(page, _)| &page.rows);
        let Some(at) = rows.iter().position(|row| row.id == id) else { return (None, None) };
        (at.checked_sub(1).map(|before| rows[before].id), rows.get(at + 1).map(|row| row.id))
    }

    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = cx.t;
        self.head_ui(ui, cx);
        self.filters_ui(ui, cx);
        let page = OrderPage { page: self.page, page_size: OrderPage::DEFAULT_SIZE, sort: self.list.sort, descending: self.list.descending };
        let from = self.period.map(|period| period.start(cx.today));
        let query = (OrderFilter { from, ..self.filter.clone() }, page);
        let filtered = self.filter != OrderFilter::default() || from.is_some();
        let result = self.rows.get(cx, &query, |desk, (filter, page)| orders::list(desk, filter, page));
        let nothing = Page { rows: Vec::new(), total: 0, page: 1, page_size: OrderPage::DEFAULT_SIZE };
        let sentence = result.as_ref().err().map(|error| cx.lang.sentence(error));
        let (shown, counts) = result.as_ref().map_or((&nothing, StatusCounts::default()), |(page, counts)| (page, *counts));
        let status = &mut self.filter.status;
        let before = *status;
        status_tabs(ui, cx, status, counts);
        if *status != before {
            self.page = 1;
            ui.request_repaint();
        }
        let may_create = cx.may(Module::Sales, Verb::Create);
        let phase = match &sentence {
            Some(sentence) => Phase::Failed(Banner::new(Tone::Danger, sentence, "").button(t.common.retry, Some(icons::ARROW_CLOCKWISE))),
            None if shown.rows.is_empty() => Phase::Empty(empty(t, filtered, may_create)),
            None => Phase::Ready,
        };
        let pager_height = size::PAGER;
        let room = ui.available_height() - pager_height;
        let columns: &[Column<OrderRow, OrderSort>] =
            if shown.rows.iter().any(|row| row.amounts.is_none()) { COLUMNS_WITHOUT_AMOUNTS } else { COLUMNS };
        let list = List {
            columns,
            rows: &shown.rows,
            key: |row| row.id.0,
            label: |row| row.order_no.clone(),
            data: &(),
            phase,
            options: ListOptions { padding: page::padding(ui), ..ListOptions::default() },
        };
        let out = ui
            .allocate_ui(egui::vec2(ui.available_width(), room), |ui| {
                ui.set_min_height(room);
                list.show(ui, t, "orders", &mut self.list)
            })
            .inner;
        let first = u64::from(shown.page - 1) * u64::from(shown.page_size) + 1;
        let last = first + shown.rows.len() as u64;
        let text = if shown.rows.is_empty() { String::new() } else { fill(t.orders.shown, &[&first, &(last - 1), &grouped(shown.total)]) };
        let opened = out.opened.or(out.clicked).and_then(|at| shown.rows.get(at)).map(|row| row.id);
        let pager =
            Pager { shown: &text, sums: "", page: u64::from(self.page - 1), pages: u64::from(shown.pages()), per_page: shown.page_size, sizes: &[] };
        if let Some(Turn::Page(to)) = pager_ui(ui, t, &pager) {
            self.page = u32::try_from(to + 1).unwrap_or(1);
            self.list.take_focus = true;
        }
        if out.sort_changed {
            self.page = 1;
        }
        if let Some(id) = opened {
            cx.go = Some(Route::Order(id));
        }
        if out.action {
            match (&sentence, filtered) {
                (Some(_), _) => self.rows.forget(),
                (None, true) => self.clear(),
                (None, false) => cx.go = Some(Route::NewOrder(None)),
            }
        }
        self.keys(ui, cx);
    }

    fn clear(&mut self) {
        self.filter = OrderFilter::default();
        self.period = None;
        self.page = 1;
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        if Shortcut::New.pressed(ui) && cx.may(Module::Sales, Verb::Create) {
            cx.go = Some(Route::NewOrder(None));
        }
        if Shortcut::Refresh.pressed(ui) {
            self.rows.forget();
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let margin = Margin::symmetric(page::padding(ui) as i8, 0);
        Frame::new().inner_margin(margin).show(ui, |ui| {
            page::head_ui(ui, cx.t.orders.title, |ui| {
                let why = cx.why_not(Module::Sales, Verb::Create);
                let new = Button::primary(cx.t.orders.new).icon(icons::PLUS).keys(Shortcut::New.keys()).reason(why.as_deref());
                if new.show(ui).clicked() {
                    cx.go = Some(Route::NewOrder(None));
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
            let id = input_id(ui, "search orders");
            let options = InputOptions {
                hint: t.orders.search,
                icon: Some(icons::MAGNIFYING_GLASS),
                keys: Some(Shortcut::Find.keys()),
                width: Some(256.0),
                name: t.orders.search,
                ..Default::default()
            };
            let search = text_input_with_id(ui, id, &mut self.filter.search, options);
            if Shortcut::Find.pressed(ui) {
                search.request_focus();
            }
            if search.has_focus() && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::ArrowDown)) {
                self.list.take_focus = true;
            }
            if search.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) {
                self.list.take_focus = true;
            }
            let periods = [
                (Period::Today, t.orders.today),
                (Period::Week, t.orders.this_week),
                (Period::Month, t.orders.this_month),
                (Period::Year, t.orders.this_year),
            ];
            filter_chip(ui, t, "period", t.orders.period, &mut self.period, &periods);
            filter_chip(ui, t, "person", t.orders.person, &mut self.filter.person, &people);
            toggle_chip(ui, icons::COINS, t.orders.unpaid_only, &mut self.filter.unpaid);
        });
        ui.add_space(8.0);
        if before != (self.filter.clone(), self.period) {
            self.page = 1;
        }
    }
}

fn status_tabs(ui: &mut Ui, cx: &Context<'_>, status: &mut Option<OrderStatus>, counts: StatusCounts) {
    let count = |n: i64| Some(n.unsigned_abs());
    let mut choices = vec![(None, cx.t.orders.all, count(counts.all()))];
    choices.extend(OrderStatus::ALL.iter().map(|status| (Some(*status), cx.lang.order_status(*status), count(counts.of(*status)))));
    ui.horizontal(|ui| {
        ui.add_space(page::padding(ui));
        tabs(ui, "status", status, &choices);
    });
}

fn empty(t: &'static Texts, filtered: bool, may_create: bool) -> Empty<'static> {
    if filtered {
        let button = EmptyButton { text: t.common.clear_filters, icon: None, keys: None, primary: false };
        return Empty { icon: icons::FUNNEL_SIMPLE, headline: t.orders.no_match, sentence: t.orders.no_match_more, button: Some(button) };
    }
    let button = EmptyButton { text: t.orders.new, icon: Some(icons::PLUS), keys: Some(Shortcut::New.keys()), primary: true };
    Empty { icon: icons::RECEIPT, headline: t.orders.none_yet, sentence: t.orders.none_yet_more, button: may_create.then_some(button) }
}

/// Tone of an order's status chip.
pub(super) fn tone(status: OrderStatus) -> Tone {
    match status {
        OrderStatus::PendingPayment => Tone::Warn,
        OrderStatus::Paid => Tone::Info,
        OrderStatus::Shipped => Tone::Violet,
        OrderStatus::Completed => Tone::Ok,
        OrderStatus::Cancelled => Tone::Mute,
    }
}

/// What a status is called, from texts alone.
pub(super) fn status_name(status: OrderStatus, t: &'static Texts) -> &'static str {
    match status {
        OrderStatus::PendingPayment => t.errors.s_pending_payment,
        OrderStatus::Paid => t.errors.s_paid,
        OrderStatus::Shipped => t.errors.s_shipped,
        OrderStatus::Completed => t.errors.s_completed,
        OrderStatus::Cancelled => t.errors.s_cancelled,
    }
}

type OrderColumn = Column<OrderRow, OrderSort>;

const NUMBER: OrderColumn = Column {
    title: |t| t.orders.number,
    width: Width::Fixed(132.0),
    align: Align::Min,
    sort: Some(OrderSort::Number),
    narrow: false,
    cell: |row, ui, cell| {
        cell.styled(ui, &row.order_no, theme::font(size::TEXT_BODY), cell.p.accent_text);
    },
};
const CUSTOMER: OrderColumn = Column {
    title: |t| t.orders.customer,
    width: Width::Fill(1.0, 160.0),
    align: Align::Min,
    sort: Some(OrderSort::Customer),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.customer_name);
    },
};
const DAY: OrderColumn = Column {
    title: |t| t.orders.day,
    width: Width::Fixed(92.0),
    align: Align::Min,
    sort: Some(OrderSort::Day),
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.order_day.to_string());
    },
};
const PERSON: OrderColumn = Column {
    title: |t| t.orders.person,
    width: Width::Fixed(84.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.created_by_name);
    },
};
const TOTAL: OrderColumn = Column {
    title: |t| t.orders.total,
    width: Width::Fixed(124.0),
    align: Align::Max,
    sort: Some(OrderSort::Total),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.amounts.unwrap_or_default().total.yuan());
    },
};
const OUTSTANDING: OrderColumn = Column {
    title: |t| t.orders.outstanding,
    width: Width::Fixed(124.0),
    align: Align::Max,
    sort: Some(OrderSort::Outstanding),
    narrow: false,
    cell: |row, ui, cell| {
        let due = if row.unpaid { row.amounts.unwrap_or_default().outstanding() } else { Money::ZERO };
        if due.is_zero() {
            cell.muted(ui, "—");
        } else {
            cell.text(ui, &due.yuan());
        }
    },
};
const SETTLED: OrderColumn = Column {
    title: |t| t.orders.payments,
    width: Width::Fixed(110.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, if row.unpaid { cell.texts.orders.not_cleared } else { cell.texts.orders.cleared });
    },
};
const STATUS: OrderColumn = Column {
    title: |t| t.orders.status,
    width: Width::Fixed(104.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        status_chip(ui, status_name(row.status, cell.texts), tone(row.status));
    },
};

const COLUMNS: &[OrderColumn] = &[NUMBER, CUSTOMER, DAY, PERSON, TOTAL, OUTSTANDING, STATUS];
const COLUMNS_WITHOUT_AMOUNTS: &[OrderColumn] = &[NUMBER, CUSTOMER, DAY, PERSON, SETTLED, STATUS];
