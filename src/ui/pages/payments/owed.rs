//! 待收款: customers that owe, with what is overdue. Enter opens the customer, Ctrl P his statement, F4 takes a payment for one of his orders.

use egui::{Align, Ui};
use serde_json::{Value, json};

use super::Asked;
use crate::i18n::fill;
use crate::models::choice::Module;
use crate::models::money::quantity;
use crate::models::payment::{ReceivableFilter, ReceivableRow, ReceivableSort, ReceivableSums};
use crate::models::rights::Verb;
use crate::models::user::Colleague;
use crate::models::{CustomerId, UserId};
use crate::services::payments;
use crate::ui::chips::level_chip;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::list_page::{Kind, ListPage, NoRows};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::select::{filter_chip, toggle_chip};
use crate::ui::widgets::table::{Column, ListOptions, RowAction, Width};

/// 对账单 of the row's customer.
const STATEMENT: RowAction = RowAction { icon: icons::PRINTER, name: |t| t.payments.statement };

pub(super) fn keep(filter: &ReceivableFilter) -> Value {
    json!({ "overdue": filter.overdue, "owner": filter.owner.map(|owner| owner.0) })
}

pub(super) fn restore(filter: &mut ReceivableFilter, kept: &Value) {
    filter.overdue = kept["overdue"].as_bool().unwrap_or_default();
    filter.owner = kept["owner"].as_i64().map(UserId);
}

static KIND: Kind<ReceivableFilter, ReceivableSort, ReceivableRow> = Kind {
    name: "receivables",
    start: ReceivableFilter::default,
    words: |filter| &mut filter.search,
    sort: (ReceivableSort::Outstanding, true),
    sorts: &[
        (ReceivableSort::Outstanding, "outstanding"),
        (ReceivableSort::Overdue, "overdue"),
        (ReceivableSort::Customer, "customer"),
        (ReceivableSort::Oldest, "oldest"),
    ],
    keep,
    restore,
    key: |row| row.customer.0,
    label: |row| row.name.clone(),
};

/// The list's state.
pub struct Owed {
    pub list: ListPage<ReceivableFilter, ReceivableSort, ReceivableRow, ReceivableSums>,
}

impl Default for Owed {
    fn default() -> Self {
        Owed { list: ListPage::new(&KIND) }
    }
}

impl Owed {
    /// Filters, rows and sums.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, people: &[Colleague], asked: &mut Asked) {
        let t = &cx.t.payments;
        filters_ui(&mut self.list, ui, cx, "receivables owner", people);
        self.list.read(ui, cx, payments::receivables);
        let sums = self.list.beside().copied().unwrap_or_default();
        let sums = fill(t.owed_sums, &[&sums.outstanding.yuan(), &sums.overdue.yuan()]);
        rows_ui(&mut self.list, ui, cx, COLUMNS, |row| (row.customer, &row.name), asked);
        self.list.pager_ui(ui, cx, t.shown_owed, &sums);
    }
}

/// Search, 逾期 and owner, of either list of what is owed.
pub(super) fn filters_ui<K: Copy + PartialEq, R, X>(
    list: &mut ListPage<ReceivableFilter, K, R, X>,
    ui: &mut Ui,
    cx: &mut Context<'_>,
    owners: &str,
    people: &[Colleague],
) {
    let t = &cx.t.payments;
    let people: Vec<(UserId, &str)> = people.iter().map(|person| (person.id, person.full_name.as_str())).collect();
    list.filters_ui(ui, cx, t.search_owed, |ui, cx, filter, _| {
        toggle_chip(ui, icons::WARNING_CIRCLE, t.overdue_only, &mut filter.overdue);
        filter_chip(ui, cx.t, owners, cx.t.customers.owner, &mut filter.owner, &people);
    });
}

/// The rows of either list, `of` tells whose each is, and what follows from them.
pub(super) fn rows_ui<K: Copy + PartialEq, R, X>(
    list: &mut ListPage<ReceivableFilter, K, R, X>,
    ui: &mut Ui,
    cx: &mut Context<'_>,
    columns: &[Column<R, K>],
    of: fn(&R) -> (CustomerId, &str),
    asked: &mut Asked,
) {
    let t = &cx.t.payments;
    let no_rows = NoRows {
        icon: icons::CHECK_CIRCLE,
        none_yet: (t.nothing_owed, t.nothing_owed_more),
        no_match: (t.no_match_owed, t.no_match_more),
        failed: t.owed_failed,
        ..Default::default()
    };
    let seen = cx.may(Module::Customer, Verb::View);
    let options = ListOptions { action: seen.then_some(STATEMENT), ..ListOptions::default() };
    let happened = list.rows_ui(ui, cx, columns, &(), options, &no_rows);
    if let Some((customer, name)) = list.row(happened.acted).map(of) {
        asked.statement(customer, name);
    } else if let Some((customer, _)) = list.row(happened.opened.or(happened.clicked)).map(of) {
        // Who may not see customers still sees their orders.
        if seen {
            cx.go = Some(Route::Customer(customer));
        } else {
            asked.register = Some(Some(customer));
        }
    }
    if Shortcut::Main.pressed(ui) {
        asked.register = Some(list.selected().map(|row| of(row).0));
    }
    if Shortcut::Print.pressed(ui)
        && seen
        && let Some((customer, name)) = list.selected().map(of)
    {
        asked.statement(customer, name);
    }
}

type OwedColumn = Column<ReceivableRow, ReceivableSort>;

const COLUMNS: &[OwedColumn] = &[
    Column {
        title: |t| t.orders.customer,
        width: Width::Fill(1.0, 180.0),
        align: Align::Min,
        sort: Some(ReceivableSort::Customer),
        narrow: false,
        cell: |row, ui, cell| {
            cell.name(ui, &row.name);
        },
    },
    Column {
        title: |t| t.customers.level,
        width: Width::Fixed(84.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            level_chip(ui, cell.texts.lang, row.level);
        },
    },
    Column {
        title: |t| t.payments.orders_due,
        width: Width::Fixed(104.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            cell.muted(ui, &quantity(row.orders));
        },
    },
    Column {
        title: |t| t.orders.outstanding,
        width: Width::Fixed(124.0),
        align: Align::Max,
        sort: Some(ReceivableSort::Outstanding),
        narrow: false,
        cell: |row, ui, cell| {
            cell.text(ui, &row.outstanding.yuan());
        },
    },
    Column {
        title: |t| t.orders.overdue,
        width: Width::Fixed(124.0),
        align: Align::Max,
        sort: Some(ReceivableSort::Overdue),
        narrow: false,
        cell: |row, ui, cell| {
            if row.overdue.is_zero() {
                cell.muted(ui, "—");
            } else {
                cell.strong(ui, &row.overdue.yuan(), cell.p.tone(Tone::Danger).fg);
            }
        },
    },
    Column {
        title: |t| t.payments.oldest,
        width: Width::Fixed(104.0),
        align: Align::Min,
        sort: Some(ReceivableSort::Oldest),
        narrow: false,
        cell: |row, ui, cell| {
            cell.muted(ui, &row.oldest.map(|day| day.to_string()).unwrap_or_default());
        },
    },
    Column {
        title: |t| t.customers.owner,
        width: Width::Fixed(size::NAV_WIDTH / 2.0),
        align: Align::Min,
        sort: None,
        narrow: true,
        cell: |row, ui, cell| {
            cell.muted(ui, row.owner_name.as_deref().unwrap_or("—"));
        },
    },
];
