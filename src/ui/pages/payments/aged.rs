//! 账龄: what customers owe by the days past its term. Enter opens the customer, Ctrl P his statement, F4 takes a payment for one of his orders.

use egui::{Align, Frame, Margin, Ui};

use super::Asked;
use super::owed::{filters_ui, keep, restore, rows_ui};
use crate::i18n::fill;
use crate::models::Money;
use crate::models::payment::ReceivableFilter;
use crate::models::statement::{AgeRow, AgeSort, AgeSums};
use crate::models::user::Colleague;
use crate::services::statements;
use crate::ui::context::Context;
use crate::ui::list_page::{Kind, ListPage};
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::card::figures_ui;
use crate::ui::widgets::page;
use crate::ui::widgets::table::{Column, Width};

static KIND: Kind<ReceivableFilter, AgeSort, AgeRow> = Kind {
    name: "ageing",
    start: ReceivableFilter::default,
    words: |filter| &mut filter.search,
    sort: (AgeSort::Outstanding, true),
    sorts: &[
        (AgeSort::Outstanding, "outstanding"),
        (AgeSort::Customer, "customer"),
        (AgeSort::NotDue, "not_due"),
        (AgeSort::To30, "to_30"),
        (AgeSort::To60, "to_60"),
        (AgeSort::To90, "to_90"),
        (AgeSort::Oldest, "oldest"),
    ],
    keep,
    restore,
    key: |row| row.customer.0,
    label: |row| row.name.clone(),
};

/// The list's state.
pub struct Aged {
    pub list: ListPage<ReceivableFilter, AgeSort, AgeRow, AgeSums>,
}

impl Default for Aged {
    fn default() -> Self {
        Aged { list: ListPage::new(&KIND) }
    }
}

impl Aged {
    /// Filters, sums by age, rows.
    pub(super) fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, people: &[Colleague], asked: &mut Asked) {
        let t = &cx.t.payments;
        filters_ui(&mut self.list, ui, cx, "ageing owner", people);
        self.list.read(ui, cx, statements::by_age);
        let sums = self.list.beside().copied().unwrap_or_default();
        sums_ui(ui, cx, &sums);
        let line = fill(t.owed_sums, &[&sums.outstanding.yuan(), &sums.overdue().yuan()]);
        rows_ui(&mut self.list, ui, cx, COLUMNS, |row| (row.customer, &row.name), asked);
        self.list.pager_ui(ui, cx, t.shown_owed, &line);
    }
}

/// The sums of all that is filtered, by age.
fn sums_ui(ui: &mut Ui, cx: &Context<'_>, sums: &AgeSums) {
    let t = &cx.t.payments;
    let names = [t.not_due, t.to_30, t.to_60, t.to_90, t.over_90];
    let values = sums.ages.map(shown);
    let whole = shown(sums.outstanding);
    let tone = |at: usize, sum: Money| (at > 0 && !sum.is_zero()).then_some(if at > 2 { Tone::Danger } else { Tone::Warn });
    let mut figures: Vec<(&str, &str, Option<Tone>)> = Vec::new();
    for (at, (name, value)) in names.iter().zip(&values).enumerate() {
        figures.push((name, value, tone(at, sums.ages[at])));
    }
    figures.push((t.total_owed, &whole, None));
    Frame::new().inner_margin(Margin::symmetric(page::padding(ui) as i8, 0)).show(ui, |ui| {
        figures_ui(ui, &figures);
        ui.add_space(size::CARD_GAP);
    });
}

/// Nothing is —.
fn shown(sum: Money) -> String {
    if sum.is_zero() { "—".to_owned() } else { sum.yuan() }
}

type AgedColumn = Column<AgeRow, AgeSort>;

/// A column of one age; what is long overdue stands out.
macro_rules! age {
    ($at:literal, $title:ident, $sort:ident) => {
        Column {
            title: |t| t.payments.$title,
            width: Width::Fixed(106.0),
            align: Align::Max,
            sort: Some(AgeSort::$sort),
            narrow: false,
            cell: |row, ui, cell| {
                let sum = row.ages[$at];
                if sum.is_zero() || $at == 0 {
                    cell.muted(ui, &shown(sum));
                } else if $at > 2 {
                    cell.strong(ui, &shown(sum), cell.p.tone(Tone::Danger).fg);
                } else {
                    cell.text(ui, &shown(sum));
                }
            },
        }
    };
}

const COLUMNS: &[AgedColumn] = &[
    Column {
        title: |t| t.orders.customer,
        width: Width::Fill(1.0, 160.0),
        align: Align::Min,
        sort: Some(AgeSort::Customer),
        narrow: false,
        cell: |row, ui, cell| {
            cell.name(ui, &row.name);
        },
    },
    age!(0, not_due, NotDue),
    age!(1, to_30, To30),
    age!(2, to_60, To60),
    age!(3, to_90, To90),
    age!(4, over_90, Oldest),
    Column {
        title: |t| t.payments.total_owed,
        width: Width::Fixed(124.0),
        align: Align::Max,
        sort: Some(AgeSort::Outstanding),
        narrow: false,
        cell: |row, ui, cell| {
            cell.text(ui, &row.outstanding.yuan());
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
