//! 收款记录: payments and refunds of all orders, with the sums of what is filtered. Enter opens the order, Ctrl P prints the receipt.

use egui::{Align, Ui};
use serde_json::{Value, json};

use super::Asked;
use crate::i18n::fill;
use crate::models::choice::Module;
use crate::models::payment::{Flow, PaymentFilter, PaymentRow, PaymentSort, PaymentSums};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{Day, UserId, Zone};
use crate::services::payments;
use crate::ui::context::Context;
use crate::ui::filters::Period;
use crate::ui::icons;
use crate::ui::list_page::{self, Kind, ListPage, NoRows};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, size};
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{Column, ListOptions, RowAction, Width};

/// 收据 of the row's payment.
const RECEIPT: RowAction = RowAction { icon: icons::PRINTER, name: |t| t.payments.receipt };

/// What the list is filtered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    search: String,
    flow: Option<Flow>,
    method: Option<String>,
    person: Option<UserId>,
    period: Period,
}

impl View {
    fn filter(&self, today: Day) -> PaymentFilter {
        let (from, to) = self.period.days(today);
        let method = self.method.clone();
        PaymentFilter { search: self.search.clone(), flow: self.flow, method, customer: None, person: self.person, from, to }
    }
}

/// The directions and the words they are kept by.
const FLOWS: [(Flow, &str); 2] = [(Flow::Received, "received"), (Flow::Refunded, "refunded")];

fn keep(view: &View) -> Value {
    let flow = FLOWS.iter().find(|(flow, _)| Some(*flow) == view.flow).map(|(_, word)| *word);
    json!({ "flow": flow, "method": view.method, "person": view.person.map(|person| person.0), "period": view.period.keep() })
}

fn restore(view: &mut View, kept: &Value) {
    view.flow = FLOWS.iter().find(|(_, word)| kept["flow"].as_str() == Some(word)).map(|(flow, _)| *flow);
    view.method = kept["method"].as_str().map(str::to_owned);
    view.person = kept["person"].as_i64().map(UserId);
    view.period.restore(&kept["period"]);
}

static KIND: Kind<View, PaymentSort, PaymentRow> = Kind {
    name: "payments",
    start: View::default,
    words: |view| &mut view.search,
    sort: (PaymentSort::Time, true),
    sorts: &[(PaymentSort::Time, "time"), (PaymentSort::Number, "number"), (PaymentSort::Customer, "customer"), (PaymentSort::Amount, "amount")],
    keep,
    restore,
    key: |row| row.payment.id.0,
    label: |row| row.payment.payment_no.clone(),
};

/// The list's state.
pub struct Received {
    pub list: ListPage<View, PaymentSort, PaymentRow, PaymentSums>,
}

impl Default for Received {
    fn default() -> Self {
        Received { list: ListPage::new(&KIND) }
    }
}

impl Received {
    /// What is filtered by now.
    pub(super) fn filter(&self, cx: &Context<'_>) -> PaymentFilter {
        self.list.filter.filter(cx.today)
    }

    /// Filters, rows and sums.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, people: &[Colleague], asked: &mut Asked) {
        let t = &cx.t.payments;
        let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
        self.list.filters_ui(ui, cx, t.search, |ui, cx, view, _| {
            view.period.ui(ui, cx, "payments");
            filter_chip(ui, cx.t, "payment flow", t.flow, &mut view.flow, &[(Flow::Received, t.received), (Flow::Refunded, t.refunded)]);
            method_chip(ui, cx, &mut view.method);
            filter_chip(ui, cx.t, "payment person", cx.t.orders.person, &mut view.person, &people);
        });
        self.list.read(ui, cx, |desk, view, page| {
            let today = desk.clock().now().day(desk.config()?.zone);
            payments::list(desk, &view.filter(today), page)
        });
        let sums = self.list.beside().copied().unwrap_or_default();
        let net = sums.received.sum_less(sums.refunded);
        let sums = fill(t.sums, &[&sums.received.yuan(), &sums.refunded.yuan(), &net.yuan()]);
        let no_rows = NoRows {
            icon: icons::HAND_COINS,
            none_yet: (t.none_yet, t.none_yet_more),
            create: list_page::create_button(t.register, cx.may(Module::Sales, Verb::Update)),
            no_match: (t.no_match, t.no_match_more),
            failed: t.list_failed,
            ..Default::default()
        };
        let options = ListOptions { action: Some(RECEIPT), ..ListOptions::default() };
        let happened = self.list.rows_ui(ui, cx, COLUMNS, &cx.zone(), options, &no_rows);
        self.list.pager_ui(ui, cx, t.shown, &sums);
        if let Some(row) = self.list.row(happened.acted) {
            asked.receipt(&row.payment);
        } else if let Some(row) = self.list.row(happened.opened.or(happened.clicked)) {
            cx.go = Some(Route::Order(row.payment.order));
        }
        if happened.create || Shortcut::Main.pressed(ui) {
            asked.register = Some(None);
        }
        if Shortcut::Print.pressed(ui)
            && let Some(row) = self.list.selected()
        {
            asked.receipt(&row.payment);
        }
    }
}

/// The configured ways of payment, and the one that is set although it is none of them any more.
fn method_chip(ui: &mut Ui, cx: &Context<'_>, method: &mut Option<String>) {
    let mut methods: Vec<&str> = cx.config.payment_methods.iter().map(String::as_str).collect();
    let set = method.clone();
    if let Some(gone) = set.as_deref().filter(|set| !methods.contains(set)) {
        methods.push(gone);
    }
    let choices: Vec<(usize, &str)> = methods.iter().map(|method| cx.lang.word(method)).enumerate().collect();
    let mut chosen = method.as_deref().and_then(|set| methods.iter().position(|method| *method == set));
    if filter_chip(ui, cx.t, "payment method", cx.t.orders.method, &mut chosen, &choices) {
        *method = chosen.and_then(|at| methods.get(at)).map(|method| (*method).to_owned());
    }
}

/// Cells need the zone besides their row.
type PaymentColumn = Column<PaymentRow, PaymentSort, Zone>;

const NUMBER: PaymentColumn = Column {
    title: |t| t.payments.number,
    width: Width::Fixed(112.0),
    align: Align::Min,
    sort: Some(PaymentSort::Number),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.payment.payment_no);
    },
};
const DAY: PaymentColumn = Column {
    title: |t| t.orders.day,
    width: Width::Fixed(88.0),
    align: Align::Min,
    sort: Some(PaymentSort::Time),
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.payment.paid_at.day(*cell.data).to_string());
    },
};
const CUSTOMER: PaymentColumn = Column {
    title: |t| t.orders.customer,
    width: Width::Fill(1.4, 140.0),
    align: Align::Min,
    sort: Some(PaymentSort::Customer),
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.customer_name);
    },
};
const ORDER: PaymentColumn = Column {
    title: |t| t.payments.order,
    width: Width::Fixed(112.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.styled(ui, &row.order_no, theme::font(size::TEXT_BODY), cell.p.accent_text);
    },
};
const AMOUNT: PaymentColumn = Column {
    title: |t| t.orders.total,
    width: Width::Fixed(116.0),
    align: Align::Max,
    sort: Some(PaymentSort::Amount),
    narrow: false,
    cell: |row, ui, cell| {
        let color = if row.payment.amount.is_negative() { cell.p.tone(Tone::Danger).fg } else { cell.p.text };
        cell.styled(ui, &row.payment.amount.yuan(), theme::font(size::TEXT_BODY), color);
    },
};
const METHOD: PaymentColumn = Column {
    title: |t| t.orders.method,
    width: Width::Fixed(92.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, row.payment.method.as_deref().map_or("—", |method| cell.texts.lang.word(method)));
    },
};
const NOTES: PaymentColumn = Column {
    title: |t| t.orders.notes,
    width: Width::Fill(1.0, 72.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, row.payment.notes.as_deref().unwrap_or_default());
    },
};
const PERSON: PaymentColumn = Column {
    title: |t| t.orders.person,
    width: Width::Fixed(64.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.payment.created_by_name);
    },
};

const COLUMNS: &[PaymentColumn] = &[NUMBER, DAY, CUSTOMER, ORDER, AMOUNT, METHOD, NOTES, PERSON];
