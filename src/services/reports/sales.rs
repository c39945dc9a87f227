//! The columns of exported sales: order lines, orders, quotes, payments, receivables and their age, and sales summed up.

use super::columns::{Column, Shown, View, column, moment, only};
use crate::models::export::SaleLine;
use crate::models::order::OrderAmounts;
use crate::models::payment::{PaymentRow, ReceivableRow};
use crate::models::quote::Quote;
use crate::models::statement::AgeRow;
use crate::models::statistics::{GroupKey, Grouping, SalesGroup};
use crate::models::{Money, choice::OrderStatus};
use crate::repositories::orders::StoredOrder;
use crate::services::tables::Cell;

/// What is due of an order; nothing of a cancelled one.
fn due<'a>(status: OrderStatus, amounts: OrderAmounts) -> Cell<'a> {
    Cell::Money(if status == OrderStatus::Cancelled { Money::ZERO } else { amounts.outstanding() })
}

/// 尚未收清 instead of a sum.
fn settled<'a>(unpaid: bool, view: &View) -> Cell<'a> {
    let t = &view.texts.orders;
    Cell::text(if unpaid { t.not_cleared } else { t.cleared })
}

/// Subtotal less cost; `None` beyond the largest amount.
fn margin(line: &SaleLine) -> Option<Money> {
    line.subtotal.checked_sub(line.cost_price.checked_mul(line.quantity)?)
}

/// Margin by subtotal in hundredths of a percent; nothing where nothing was asked for.
fn margin_rate<'a>(line: &SaleLine) -> Cell<'a> {
    let rate = margin(line).filter(|_| !line.subtotal.is_zero()).map(|margin| {
        let rate = i128::from(margin.fen()) * 10_000 / i128::from(line.subtotal.fen());
        i64::try_from(rate).unwrap_or_default()
    });
    rate.map_or(Cell::Empty, Cell::Percent)
}

pub const LINES: &[Column<SaleLine>] = &[
    column(|t| t.c_order_no, 16.0, |r, _| Cell::text(&r.order_no)),
    column(|t| t.c_external_no, 14.0, |r, _| Cell::maybe(r.external_no.as_deref())),
    column(|t| t.c_day, 12.0, |r, _| Cell::Day(r.order_day)),
    column(|t| t.c_customer, 32.0, |r, _| Cell::text(&r.customer_name)),
    column(|t| t.c_person, 12.0, |r, _| Cell::text(&r.created_by_name)),
    column(|t| t.c_sku, 16.0, |r, _| Cell::text(&r.sku)),
    column(|t| t.c_product, 28.0, |r, _| Cell::text(&r.name)),
    column(|t| t.c_specification, 18.0, |r, _| Cell::maybe(r.specification.as_deref())),
    column(|t| t.c_unit, 8.0, |r, _| Cell::text(&r.unit)),
    column(|t| t.c_quantity, 10.0, |r, _| Cell::Whole(r.quantity)),
    column(|t| t.c_returned, 10.0, |r, _| Cell::Whole(r.returned_quantity)),
    only(Shown::Amounts, |t| t.c_unit_price, 12.0, |r, _| Cell::Money(r.unit_price)),
    only(Shown::Amounts, |t| t.c_subtotal, 14.0, |r, _| Cell::Money(r.subtotal)),
    only(Shown::Cost, |t| t.c_cost, 12.0, |r, _| Cell::Money(r.cost_price)),
    only(Shown::Margin, |t| t.c_margin, 14.0, |r, _| margin(r).map_or(Cell::Empty, Cell::Money)),
    only(Shown::Margin, |t| t.c_margin_rate, 10.0, |r, _| margin_rate(r)),
    only(Shown::Amounts, |t| t.c_total, 14.0, |r, _| Cell::Money(r.amounts.total)),
    only(Shown::Amounts, |t| t.c_returned_amount, 14.0, |r, _| Cell::Money(r.amounts.returned)),
    only(Shown::Amounts, |t| t.c_paid, 14.0, |r, _| Cell::Money(r.amounts.paid)),
    only(Shown::Amounts, |t| t.c_outstanding, 14.0, |r, _| due(r.status, r.amounts)),
    only(Shown::WithoutAmounts, |t| t.c_settled, 12.0, |r, v| settled(r.unpaid, v)),
    column(|t| t.c_status, 10.0, |r, v| Cell::text(v.lang.order_status(r.status))),
];

pub const ORDERS: &[Column<StoredOrder>] = &[
    column(|t| t.c_order_no, 16.0, |r, _| Cell::text(&r.order.order_no)),
    column(|t| t.c_external_no, 14.0, |r, _| Cell::maybe(r.order.external_no.as_deref())),
    column(|t| t.c_day, 12.0, |r, _| Cell::Day(r.order.order_day)),
    column(|t| t.c_customer, 32.0, |r, _| Cell::text(&r.order.customer_name)),
    column(|t| t.c_person, 12.0, |r, _| Cell::text(&r.order.created_by_name)),
    column(|t| t.c_status, 10.0, |r, v| Cell::text(v.lang.order_status(r.order.status))),
    only(Shown::Amounts, |t| t.c_total, 14.0, |r, _| Cell::Money(r.amounts.total)),
    only(Shown::Amounts, |t| t.c_returned_amount, 14.0, |r, _| Cell::Money(r.amounts.returned)),
    only(Shown::Amounts, |t| t.c_paid, 14.0, |r, _| Cell::Money(r.amounts.paid)),
    only(Shown::Amounts, |t| t.c_outstanding, 14.0, |r, _| due(r.order.status, r.amounts)),
    only(Shown::WithoutAmounts, |t| t.c_settled, 12.0, |r, v| settled(r.order.unpaid, v)),
    column(|t| t.c_due_day, 12.0, |r, v| Cell::Day(r.order.order_day.plus_days(r.customer_term_days.unwrap_or(v.term)))),
    column(|t| t.c_shipped, 18.0, |r, _| moment(r.order.ship_date)),
    column(|t| t.c_completed, 18.0, |r, _| moment(r.order.complete_date)),
    column(|t| t.c_quote_no, 16.0, |r, _| Cell::maybe(r.order.quote.as_ref().map(|(_, number)| number.as_str()))),
    column(|t| t.c_notes, 36.0, |r, _| Cell::maybe(r.order.notes.as_deref())),
];

pub const QUOTES: &[Column<Quote>] = &[
    column(|t| t.c_quote_no, 16.0, |r, _| Cell::text(&r.quote_no)),
    column(|t| t.c_day, 12.0, |r, v| Cell::Day(r.created_at.day(v.zone))),
    column(|t| t.c_valid_until, 12.0, |r, _| Cell::Day(r.valid_until)),
    column(|t| t.c_customer, 32.0, |r, _| Cell::text(&r.customer_name)),
    column(|t| t.c_person, 12.0, |r, _| Cell::text(&r.created_by_name)),
    column(|t| t.c_status, 10.0, |r, v| Cell::text(v.lang.quote_state(r.state(v.today)))),
    only(Shown::Amounts, |t| t.c_quote_total, 14.0, |r, _| r.total.map_or(Cell::Empty, Cell::Money)),
    column(|t| t.c_order_no, 16.0, |r, _| Cell::maybe(r.order.as_ref().map(|(_, number)| number.as_str()))),
    column(|t| t.c_sent, 18.0, |r, _| moment(r.sent_at)),
    column(|t| t.c_decided, 18.0, |r, _| moment(r.decided_at)),
    column(|t| t.c_notes, 36.0, |r, _| Cell::maybe(r.notes.as_deref())),
];

pub const PAYMENTS: &[Column<PaymentRow>] = &[
    column(|t| t.c_payment_no, 16.0, |r, _| Cell::text(&r.payment.payment_no)),
    column(|t| t.c_time, 18.0, |r, _| Cell::Time(r.payment.paid_at)),
    column(|t| t.c_customer, 32.0, |r, _| Cell::text(&r.customer_name)),
    column(|t| t.c_order_no, 16.0, |r, _| Cell::text(&r.order_no)),
    column(
        |t| t.c_flow,
        10.0,
        |r, v| {
            let t = &v.texts.exports;
            Cell::text(if r.payment.amount.is_negative() { t.refunded } else { t.received })
        },
    ),
    only(Shown::Amounts, |t| t.c_amount, 14.0, |r, _| Cell::Money(r.payment.amount)),
    column(|t| t.c_method, 12.0, |r, v| Cell::maybe(r.payment.method.as_deref().map(|word| v.lang.word(word)))),
    column(|t| t.c_person, 12.0, |r, _| Cell::text(&r.payment.created_by_name)),
    column(|t| t.c_notes, 36.0, |r, _| Cell::maybe(r.payment.notes.as_deref())),
];

pub const RECEIVABLES: &[Column<ReceivableRow>] = &[
    column(|t| t.c_customer, 32.0, |r, _| Cell::text(&r.name)),
    column(|t| t.c_level, 10.0, |r, v| Cell::text(v.lang.level(r.level))),
    column(|t| t.c_phone, 16.0, |r, _| Cell::maybe(r.phone.as_deref())),
    column(|t| t.c_owner, 12.0, |r, _| Cell::maybe(r.owner_name.as_deref())),
    column(|t| t.c_orders_due, 12.0, |r, _| Cell::Whole(r.orders)),
    only(Shown::Amounts, |t| t.c_outstanding, 16.0, |r, _| Cell::Money(r.outstanding)),
    only(Shown::Amounts, |t| t.c_overdue, 16.0, |r, _| Cell::Money(r.overdue)),
    column(|t| t.c_oldest, 12.0, |r, _| r.oldest.map_or(Cell::Empty, Cell::Day)),
];

pub const AGEING: &[Column<AgeRow>] = &[
    column(|t| t.c_customer, 32.0, |r, _| Cell::text(&r.name)),
    column(|t| t.c_owner, 12.0, |r, _| Cell::maybe(r.owner_name.as_deref())),
    only(Shown::Amounts, |t| t.c_not_due, 16.0, |r, _| Cell::Money(r.ages[0])),
    only(Shown::Amounts, |t| t.c_to_30, 16.0, |r, _| Cell::Money(r.ages[1])),
    only(Shown::Amounts, |t| t.c_to_60, 16.0, |r, _| Cell::Money(r.ages[2])),
    only(Shown::Amounts, |t| t.c_to_90, 16.0, |r, _| Cell::Money(r.ages[3])),
    only(Shown::Amounts, |t| t.c_over_90, 16.0, |r, _| Cell::Money(r.ages[4])),
    only(Shown::Amounts, |t| t.c_outstanding, 16.0, |r, _| Cell::Money(r.outstanding)),
];

/// The columns of sales summed up; what they are summed up by stands first.
pub fn groups(grouping: Grouping) -> Vec<Column<SalesGroup>> {
    let by = match grouping {
        Grouping::Day => column(|t| t.c_day, 12.0, day),
        Grouping::Month => column(|t| t.c_month, 12.0, name),
        Grouping::Person => column(|t| t.c_person, 16.0, name),
        Grouping::Product => column(|t| t.c_product, 28.0, name),
        Grouping::Category => column(|t| t.c_category, 16.0, name),
        Grouping::Customer => column(|t| t.c_customer, 32.0, name),
    };
    let unit = (grouping == Grouping::Product).then(|| column(|t| t.c_unit, 8.0, |r: &SalesGroup, _: &View| Cell::maybe(r.unit.as_deref())));
    let figures = [
        column(|t| t.c_orders, 10.0, |r: &SalesGroup, _: &View| Cell::Whole(r.figures.orders)),
        column(|t| t.c_quantity, 10.0, |r, _| Cell::Whole(r.figures.pieces)),
        only(Shown::Amounts, |t| t.c_net, 16.0, |r, _| Cell::Money(r.figures.net())),
        only(Shown::Amounts, |t| t.c_returns, 14.0, |r, _| r.figures.amounts.map_or(Cell::Empty, |amounts| Cell::Money(amounts.returned))),
        only(Shown::Amounts, |t| t.c_paid, 16.0, |r, _| r.figures.amounts.map_or(Cell::Empty, |amounts| Cell::Money(amounts.paid))),
        only(Shown::Amounts, |t| t.c_outstanding, 16.0, |r, _| r.figures.amounts.map_or(Cell::Empty, |amounts| Cell::Money(amounts.outstanding))),
        only(Shown::Margin, |t| t.c_margin, 14.0, |r, _| r.figures.margin.map_or(Cell::Empty, Cell::Money)),
        only(Shown::Amounts, |t| t.c_average, 14.0, |r, _| r.figures.average().map_or(Cell::Empty, Cell::Money)),
    ];
    [by].into_iter().chain(unit).chain(figures).collect()
}

fn name<'a>(group: &'a SalesGroup, view: &View) -> Cell<'a> {
    Cell::text(group.name.as_deref().unwrap_or(view.texts.statistics.uncategorised))
}

fn day<'a>(group: &'a SalesGroup, view: &View) -> Cell<'a> {
    match group.key {
        GroupKey::Day(day) => Cell::Day(day),
        _ => name(group, view),
    }
}
