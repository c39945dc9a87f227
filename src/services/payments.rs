//! Payments and refunds (spec 3.3, rulings §6).

use super::desk::Desk;
use super::orders::moment_on;
use super::posting::{self, Posting};
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, OrderStatus};
use crate::models::error::Refusal;
use crate::models::list::{Page, Total};
use crate::models::log::Changes;
use crate::models::payment::*;
use crate::models::rights::{Command, Verb};
use crate::models::{Error, Field, FieldErrors, OrderId, PaymentId, Problem, Result};
use crate::repositories as repo;
use crate::repositories::orders::StoredOrder;

/// Which way the money goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    In,
    Out,
}

/// Books a payment; an order that is then fully paid becomes `paid`.
/// 4000 by field, with the sum that would fit, on a cancelled order, or where what was paid before moved; 4004 for an order outside one's scope.
pub fn create(desk: &mut Desk, new: &NewPayment) -> Result<PaymentId> {
    book(desk, Command::CreatePayment, new, Direction::In)
}

/// Pays back `amount` (above zero), at most what was paid; a `paid` order becomes `pending_payment` again.
/// 4000 where it is more, the order is completed or cancelled, or what was paid before moved.
pub fn refund(desk: &mut Desk, new: &NewPayment) -> Result<PaymentId> {
    book(desk, Command::RefundPayment, new, Direction::Out)
}

/// The payments of an order, empty for who may not see amounts. 4004 outside one's scope.
pub fn of_order(desk: &Desk, order: OrderId) -> Result<Vec<Payment>> {
    desk.read(Command::ListPayments, |c, actor| {
        repo::orders::get(c, order, actor.owner_filter(Module::Sales))?.ok_or(Error::NotFound(Entity::Order))?;
        if actor.sees_amounts() { repo::payments::of_order(c, order) } else { Ok(Vec::new()) }
    })
}

/// One page of the payments of all orders within one's scope, and the sums of all that the filter leaves. Nothing for who may not see amounts.
pub fn list(desk: &Desk, filter: &PaymentFilter, page: &PaymentPage) -> Result<(Page<PaymentRow>, PaymentSums)> {
    desk.read(Command::ListAllPayments, |c, actor| {
        let own = actor.owner_filter(Module::Sales);
        let search_customers = actor.rights.allows(Module::Customer, Verb::View);
        let (mut rows, mut total, mut sums) = (Vec::new(), 0, PaymentSums::default());
        if actor.sees_amounts() {
            (total, sums) = repo::payments::sums(c, filter, actor.zone, own, search_customers)?;
            rows = repo::payments::list(c, filter, page, actor.zone, own, search_customers, total)?;
        }
        Ok((Page::new(rows, Total::Exactly(total), page), sums))
    })
}

/// One page of the customers that owe over the orders within one's scope, and the sums of all that the filter leaves (rulings §6: overdue from
/// the customer's own term, else the configured one). Nothing for who may not see amounts.
pub fn receivables(desk: &Desk, filter: &ReceivableFilter, page: &ReceivablePage) -> Result<(Page<ReceivableRow>, ReceivableSums)> {
    let term = desk.config()?.payment_term_days;
    desk.read(Command::ListReceivables, |c, actor| {
        let own = actor.owner_filter(Module::Sales);
        let (mut rows, mut total, mut sums) = (Vec::new(), 0, ReceivableSums::default());
        if actor.sees_amounts() {
            rows = repo::payments::receivables(c, filter, page, actor.today, term, own)?;
            (total, sums) = repo::payments::receivable_sums(c, filter, actor.today, term, own)?;
            for row in &mut rows {
                if !super::orders::reaches(c, actor, row.customer)? {
                    row.phone = None;
                }
            }
        }
        Ok((Page::new(rows, Total::Exactly(total), page), sums))
    })
}

fn book(desk: &mut Desk, command: Command, new: &NewPayment, direction: Direction) -> Result<PaymentId> {
    let errors = new.check();
    desk.write(command, |act| {
        check_with_file(act.config, act.actor, new, errors)?;
        let found = repo::orders::get(act.tx, new.order, act.actor.owner_filter(Module::Sales))?;
        let StoredOrder { order, amounts, .. } = found.ok_or(Error::NotFound(Entity::Order))?;
        if order.status == OrderStatus::Cancelled {
            return Err(Refusal::StatusChange { from: OrderStatus::Cancelled, to: OrderStatus::Paid }.into());
        }
        if direction == Direction::Out && order.status == OrderStatus::Completed {
            return Err(Refusal::RefundNeedsReturn.into());
        }
        if new.paid_before.is_some_and(|paid| paid != amounts.paid) {
            return Err(Refusal::ConfirmationStale.into());
        }
        let amount = if direction == Direction::In { new.amount } else { new.amount.negated() };
        let posting = Posting {
            order: new.order,
            customer: order.customer,
            status: order.status,
            amounts,
            amount,
            paid_at: moment_on(new.day, act.actor.today, act.actor.now, act.actor.zone),
            method: Some(new.method.trim()),
            notes: new.notes.as_deref(),
        };
        let (id, payment_no) = posting::pay(act, &posting)?;
        let paid = amounts.paid.checked_add(amount).unwrap_or_default();
        let mut changes = Changes::default();
        changes.note("paid_amount", amounts.paid.plain(), paid.plain());
        let texts = &act.actor.lang.texts().logs;
        let text = if direction == Direction::In { texts.payment_created } else { texts.payment_refunded };
        act.log(
            Entity::Order,
            new.order.0,
            fill(text, &[&order.order_no, &new.amount.yuan(), &act.actor.lang.word(new.method.trim()), &payment_no]),
            &changes,
        )?;
        Ok(id)
    })
}

/// Adds what configuration and clock say: the method is a known one, the day not after today.
fn check_with_file(
    config: &crate::models::config::Config,
    actor: &crate::models::session::Actor,
    new: &NewPayment,
    mut errors: FieldErrors,
) -> Result<()> {
    if errors.of(Field::Method).is_none() && !config.payment_methods.iter().any(|method| method == new.method.trim()) {
        errors.add(Field::Method, Problem::UnknownChoice);
    }
    if new.day > actor.today {
        errors.add(Field::PaymentDay, Problem::InTheFuture);
    }
    errors.into_result()
}
