//! A customer's quotes, orders and payments, the newest first, as lists in his drawer. A press opens the record's page.

use egui::{Align, Ui};

use crate::i18n::{Lang, Texts, fill};
use crate::models::choice::Module;
use crate::models::list::Page;
use crate::models::order::{OrderFilter, OrderPage, OrderRow, OrderSort};
use crate::models::payment::{PaymentFilter, PaymentPage, PaymentRow, PaymentSort};
use crate::models::quote::{QuoteFilter, QuotePage, QuoteRow, QuoteSort};
use crate::models::rights::Verb;
use crate::models::{CustomerId, Result};
use crate::services::{Desk, orders, payments, quotes};
use crate::ui::chips::{order_chip, quote_chip};
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::drawer::part_ui;
use crate::ui::widgets::table::{CellContext, Column, List, ListOptions, ListState, Phase, Width};

/// How many of each are shown.
const MOST: u32 = 50;

/// One of the lists.
struct Shown<R, K> {
    rows: Cached<CustomerId, Page<R>>,
    list: ListState<K>,
}

/// What differs between the lists.
struct Look<'a, R: 'static, K: 'static> {
    columns: &'static [Column<R, K, Dense>],
    key: fn(&R) -> i64,
    label: fn(&R) -> String,
    salt: &'a str,
    none: &'a str,
}

impl<R, K: Copy + PartialEq> Shown<R, K> {
    fn new(sort: K) -> Self {
        Shown { rows: Cached::default(), list: ListState::new(sort, true) }
    }

    fn read(&mut self, cx: &Context<'_>, id: CustomerId, load: fn(&Desk, CustomerId) -> Result<Page<R>>) -> &Result<Page<R>> {
        self.rows.get(cx, &id, |desk, id| load(desk, *id))
    }

    /// Draws the rows as last read; the row that is to be opened.
    fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, look: &Look<'_, R, K>) -> Option<&R> {
        let page = self.rows.last()?;
        if page.rows.is_empty() {
            part_ui(ui, |ui| ui.label(theme::secondary(palette(ui), look.none)));
            return None;
        }
        let data = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
        let list = List {
            columns: look.columns,
            rows: &page.rows,
            key: look.key,
            label: look.label,
            data: &data,
            phase: Phase::Ready,
            options: ListOptions::secondary(),
        };
        let out = list.show(ui, cx.t, look.salt, &mut self.list);
        if page.total > u64::from(MOST) {
            ui.add_space(size::LABEL_GAP);
            let sentence = fill(cx.t.customers.newest_records, &[&MOST, &page.total]);
            part_ui(ui, |ui| ui.label(theme::caption(palette(ui), sentence)));
        }
        out.clicked.or(out.opened).and_then(|index| page.rows.get(index))
    }
}

/// All lists of a drawer.
pub struct Records {
    quotes: Shown<QuoteRow, QuoteSort>,
    orders: Shown<OrderRow, OrderSort>,
    payments: Shown<PaymentRow, PaymentSort>,
}

impl Default for Records {
    fn default() -> Self {
        Records { quotes: Shown::new(QuoteSort::Created), orders: Shown::new(OrderSort::Day), payments: Shown::new(PaymentSort::Time) }
    }
}

fn load_quotes(desk: &Desk, customer: CustomerId) -> Result<Page<QuoteRow>> {
    let filter = QuoteFilter { customer: Some(customer), ..Default::default() };
    Ok(quotes::list(desk, &filter, &QuotePage { page_size: MOST, ..QuotePage::first(QuoteSort::Created, true) })?.0)
}

fn load_orders(desk: &Desk, customer: CustomerId) -> Result<Page<OrderRow>> {
    let filter = OrderFilter { customer: Some(customer), ..Default::default() };
    Ok(orders::list(desk, &filter, &OrderPage { page_size: MOST, ..OrderPage::first(OrderSort::Day, true) })?.0)
}

fn load_payments(desk: &Desk, customer: CustomerId) -> Result<Page<PaymentRow>> {
    let filter = PaymentFilter { customer: Some(customer), ..Default::default() };
    Ok(payments::list(desk, &filter, &PaymentPage { page_size: MOST, ..PaymentPage::first(PaymentSort::Time, true) })?.0)
}

impl Records {
    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.quotes.rows.forget();
        self.orders.rows.forget();
        self.payments.rows.forget();
    }

    /// How many quotes there are.
    pub fn quotes(&mut self, cx: &Context<'_>, id: CustomerId) -> Option<u64> {
        count(self.quotes.read(cx, id, load_quotes))
    }

    /// How many orders there are.
    pub fn orders(&mut self, cx: &Context<'_>, id: CustomerId) -> Option<u64> {
        count(self.orders.read(cx, id, load_orders))
    }

    /// How many payments and refunds there are.
    pub fn payments(&mut self, cx: &Context<'_>, id: CustomerId) -> Option<u64> {
        count(self.payments.read(cx, id, load_payments))
    }

    pub fn quotes_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: CustomerId) {
        new_ui(ui, cx, cx.t.customers.new_quote, Shortcut::NewQuote, Route::NewQuote(Some(id)));
        failed_ui(ui, cx, self.quotes.read(cx, id, load_quotes));
        let columns = if cx.lang == Lang::En { QUOTES_EN } else { QUOTES };
        let look = Look { columns, key: |row| row.id.0, label: |row| row.quote_no.clone(), salt: "customer quotes", none: cx.t.customers.no_quotes };
        let to = self.quotes.ui(ui, cx, &look).map(|row| Route::Quote(row.id));
        cx.go = to.or(cx.go);
    }

    pub fn orders_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: CustomerId) {
        new_ui(ui, cx, cx.t.customers.new_order, Shortcut::NewOrder, Route::NewOrder(Some(id)));
        failed_ui(ui, cx, self.orders.read(cx, id, load_orders));
        let columns = if cx.lang == Lang::En { ORDERS_EN } else { ORDERS };
        let look = Look { columns, key: |row| row.id.0, label: |row| row.order_no.clone(), salt: "customer orders", none: cx.t.customers.no_orders };
        let to = self.orders.ui(ui, cx, &look).map(|row| Route::Order(row.id));
        cx.go = to.or(cx.go);
    }

    /// A payment's page is its order's.
    pub fn payments_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: CustomerId) {
        ui.add_space(size::BUTTON_GAP);
        failed_ui(ui, cx, self.payments.read(cx, id, load_payments));
        let look = Look {
            columns: PAYMENTS,
            key: |row| row.payment.id.0,
            label: |row| row.payment.payment_no.clone(),
            salt: "customer payments",
            none: cx.t.customers.no_payments,
        };
        let to = self.payments.ui(ui, cx, &look).map(|row| Route::Order(row.payment.order));
        cx.go = to.or(cx.go);
    }
}

fn count<R>(read: &Result<Page<R>>) -> Option<u64> {
    read.as_ref().ok().map(|page| page.total)
}

/// The button over a list that makes a new record for the customer.
fn new_ui(ui: &mut Ui, cx: &mut Context<'_>, text: &str, keys: Shortcut, route: Route) {
    let why = cx.why_not(Module::Sales, Verb::Create);
    ui.add_space(size::BUTTON_GAP);
    part_ui(ui, |ui| {
        if Button::secondary(text).icon(icons::PLUS).keys(keys.keys()).small().reason(why.as_deref()).show(ui).clicked() {
            cx.go = Some(route);
        }
    });
    ui.add_space(size::BUTTON_GAP);
}

fn failed_ui<R>(ui: &mut Ui, cx: &Context<'_>, read: &Result<Page<R>>) {
    if let Err(error) = read {
        let sentence = cx.lang.sentence(error);
        part_ui(ui, |ui| banner_ui(ui, &Banner::new(Tone::Danger, &sentence, "")));
    }
}

/// Of other years only the year: the number carries the whole day.
fn short_day(ui: &mut Ui, cell: &CellContext<'_, Dense>, day: crate::models::Day) {
    let day = cell.data.day(day);
    cell.muted(ui, if day.len() == 10 && day.is_ascii() { &day[..4] } else { &day });
}

fn number(ui: &mut Ui, cell: &CellContext<'_, Dense>, number: &str) {
    cell.styled(ui, number, theme::font(size::TEXT_BODY), cell.p.accent_text);
}

const fn column<R, K>(
    title: fn(&'static Texts) -> &'static str,
    width: Width,
    align: Align,
    cell: fn(&R, &mut Ui, &CellContext<'_, Dense>),
) -> Column<R, K, Dense> {
    Column { title, width, align, sort: None, narrow: false, cell }
}

type Orders = Column<OrderRow, OrderSort, Dense>;
type Quotes = Column<QuoteRow, QuoteSort, Dense>;
type Payments = Column<PaymentRow, PaymentSort, Dense>;

const NUMBER_WIDTH: Width = Width::Fill(1.0, 96.0);
const DAY_WIDTH: Width = Width::Fixed(40.0);
const AMOUNT_WIDTH: Width = Width::Fixed(84.0);
const STATE_WIDTH: Width = Width::Fixed(64.0);
/// English states are longer than the room beside a day.
const STATE_WIDTH_EN: Width = Width::Fixed(100.0);

const ORDER_NO: Orders = column(|t| t.customers.order_no, NUMBER_WIDTH, Align::Min, |row, ui, cell| number(ui, cell, &row.order_no));
const ORDER_DAY: Orders = column(|t| t.customers.order_day, DAY_WIDTH, Align::Min, |row, ui, cell| short_day(ui, cell, row.order_day));
const ORDER_TOTAL: Orders = column(
    |t| t.customers.order_total,
    AMOUNT_WIDTH,
    Align::Max,
    |row, ui, cell| {
        let t = &cell.texts.customers;
        let hidden = if row.unpaid { t.not_settled } else { t.settled };
        cell.text(ui, &row.amounts.map_or_else(|| hidden.to_owned(), |amounts| amounts.net().yuan()));
    },
);
const ORDER_STATUS: Orders = column(
    |t| t.customers.order_status,
    STATE_WIDTH,
    Align::Min,
    |row, ui, cell| {
        order_chip(ui, cell.texts.lang, row.status);
    },
);
const ORDERS: &[Orders] = &[ORDER_NO, ORDER_DAY, ORDER_TOTAL, ORDER_STATUS];
const ORDERS_EN: &[Orders] = &[ORDER_NO, ORDER_TOTAL, Column { width: STATE_WIDTH_EN, ..ORDER_STATUS }];

const QUOTE_NO: Quotes = column(|t| t.customers.quote_no, NUMBER_WIDTH, Align::Min, |row, ui, cell| number(ui, cell, &row.quote_no));
const QUOTE_DAY: Quotes =
    column(|t| t.customers.order_day, DAY_WIDTH, Align::Min, |row, ui, cell| short_day(ui, cell, row.created_at.day(cell.data.zone)));
const QUOTE_TOTAL: Quotes = column(
    |t| t.customers.order_total,
    AMOUNT_WIDTH,
    Align::Max,
    |row, ui, cell| {
        cell.text(ui, &row.total.map(|total| total.yuan()).unwrap_or_default());
    },
);
const QUOTE_STATE: Quotes = column(
    |t| t.customers.order_status,
    STATE_WIDTH,
    Align::Min,
    |row, ui, cell| {
        quote_chip(ui, cell.texts.lang, row.state);
    },
);
const QUOTES: &[Quotes] = &[QUOTE_NO, QUOTE_DAY, QUOTE_TOTAL, QUOTE_STATE];
const QUOTES_EN: &[Quotes] = &[QUOTE_NO, QUOTE_TOTAL, Column { width: STATE_WIDTH_EN, ..QUOTE_STATE }];

const PAYMENTS: &[Payments] = &[
    column(|t| t.customers.payment_no, NUMBER_WIDTH, Align::Min, |row, ui, cell| number(ui, cell, &row.payment.payment_no)),
    column(|t| t.customers.order_day, DAY_WIDTH, Align::Min, |row, ui, cell| short_day(ui, cell, row.payment.paid_at.day(cell.data.zone))),
    column(
        |t| t.customers.order_total,
        AMOUNT_WIDTH,
        Align::Max,
        |row, ui, cell| {
            let amount = row.payment.amount;
            let color = if amount.is_negative() { cell.p.danger.fg } else { cell.p.text };
            cell.styled(ui, &amount.yuan(), theme::font(size::TEXT_BODY), color);
        },
    ),
    column(
        |t| t.customers.payment_method,
        STATE_WIDTH,
        Align::Min,
        |row, ui, cell| {
            cell.muted(ui, cell.texts.lang.word(row.payment.method.as_deref().unwrap_or_default()));
        },
    ),
];
