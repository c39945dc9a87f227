//! The one module that posts stock, payments and returns (rulings §16): movements with the stock, payments with the paid sum, rollups beside them.
//!
//! Called by other services inside their transaction, after the right was checked; checks figures only.

pub(super) mod history;
mod returned;

use super::desk::Act;
use crate::models::choice::{MovementType, OrderStatus, ReferenceType, StockDeduction, StockState};
use crate::models::error::Refusal;
use crate::models::order::{Crossing, NewLine, OrderAmounts};
use crate::models::stock::StockOutcome;
use crate::models::{CustomerId, Error, Money, OrderId, PaymentId, ProductId, Result, Timestamp};
use crate::repositories as repo;
use crate::repositories::counters::Series;
use crate::repositories::posting::{NewMovement, PaymentRow, Shelf};

pub(super) use returned::take_back;

/// Books one movement of `quantity` pieces (negative out). 4000 with the missing pieces where the stock does not suffice.
pub(super) fn move_stock(
    act: &Act<'_>,
    shelf: &Shelf,
    kind: MovementType,
    quantity: i64,
    reference: Option<(ReferenceType, i64)>,
    notes: Option<&str>,
) -> Result<StockOutcome> {
    if shelf.stock + quantity < 0 {
        return Err(shortage(shelf, -quantity, shelf.stock));
    }
    let new = NewMovement { product: shelf.product, kind, quantity, reference, notes, by: act.actor.user, at: act.actor.now };
    let (movement, after) = repo::posting::move_stock(act.tx, &new)?;
    let crossed_threshold = shelf.stock > shelf.threshold && after <= shelf.threshold;
    Ok(StockOutcome { movement, before: shelf.stock, after, crossed_threshold })
}

fn shortage(shelf: &Shelf, wanted: i64, available: i64) -> Error {
    let (sku, name, unit) = (shelf.sku.clone(), shelf.name.clone(), shelf.unit.clone());
    Refusal::Shortage { sku, name, unit, wanted, available: available.max(0) }.into()
}

/// Refuses lines that want more of a product than is available, all its lines together (rulings §5).
pub(super) fn check_available(act: &Act<'_>, lines: &[NewLine]) -> Result<()> {
    let mut wanted: Vec<(ProductId, i64)> = Vec::new();
    for line in lines {
        match wanted.iter_mut().find(|(product, _)| *product == line.product) {
            Some((_, pieces)) => *pieces += line.quantity,
            None => wanted.push((line.product, line.quantity)),
        }
    }
    for (product, pieces) in wanted {
        let shelf = shelf(act, product)?;
        let available = shelf.stock - shelf.reserved;
        if pieces > available {
            return Err(shortage(&shelf, pieces, available));
        }
    }
    Ok(())
}

pub(super) fn shelf(act: &Act<'_>, product: ProductId) -> Result<Shelf> {
    repo::posting::shelf(act.tx, product)?.ok_or(Error::NotFound(crate::models::choice::Entity::Product))
}

/// Reserves the lines of a new order, or deducts them where the configuration says so. The order stands as `reserved`.
pub(super) fn take_stock(act: &Act<'_>, order: OrderId, lines: &[NewLine]) -> Result<Vec<Crossing>> {
    let lines = lines.iter().map(|line| (line.product, line.quantity));
    if act.config.stock_deduction == StockDeduction::Order {
        return take_out(act, order, lines);
    }
    for (product, pieces) in lines {
        repo::posting::reserve(act.tx, product, pieces)?;
    }
    Ok(Vec::new())
}

/// Turns an order's reservation into movements: its stock is deducted, once (rulings §5).
pub(super) fn deduct(act: &Act<'_>, order: OrderId) -> Result<Vec<Crossing>> {
    let lines = repo::posting::order_pieces(act.tx, order)?;
    for &(product, pieces) in &lines {
        repo::posting::reserve(act.tx, product, -pieces)?;
    }
    take_out(act, order, lines)
}

fn take_out(act: &Act<'_>, order: OrderId, lines: impl IntoIterator<Item = (ProductId, i64)>) -> Result<Vec<Crossing>> {
    let mut crossings = Vec::new();
    for (product, pieces) in lines {
        let shelf = shelf(act, product)?;
        let outcome = move_stock(act, &shelf, MovementType::Out, -pieces, Some((ReferenceType::Order, order.0)), None)?;
        if outcome.crossed_threshold {
            crossings.push(Crossing { product, name: shelf.name, unit: shelf.unit, stock: outcome.after, threshold: shelf.threshold });
        }
    }
    repo::posting::set_stock_state(act.tx, order, StockState::Deducted)?;
    Ok(crossings)
}

/// Gives up the reservation of an order's present lines, before they are replaced.
pub(super) fn unreserve(act: &Act<'_>, order: OrderId) -> Result<()> {
    for (product, pieces) in repo::posting::order_pieces(act.tx, order)? {
        repo::posting::reserve(act.tx, product, -pieces)?;
    }
    Ok(())
}

/// Gives a cancelled order's stock back: reservations are dropped, deducted pieces come in again.
pub(super) fn give_back(act: &Act<'_>, order: OrderId, state: StockState, notes: &str) -> Result<()> {
    match state {
        StockState::Untracked | StockState::Returned => return Ok(()),
        StockState::Reserved => unreserve(act, order)?,
        StockState::Deducted => {
            for (product, pieces) in repo::posting::order_pieces(act.tx, order)? {
                let shelf = shelf(act, product)?;
                move_stock(act, &shelf, MovementType::In, pieces, Some((ReferenceType::Order, order.0)), Some(notes))?;
            }
        }
    }
    repo::posting::set_stock_state(act.tx, order, StockState::Returned)
}

/// A follow-up was recorded, changed or deleted: moves the customer's last follow-up along.
pub(super) fn refresh_last_followup(act: &Act<'_>, customer: CustomerId) -> Result<()> {
    repo::posting::refresh_last_followup(act.tx, customer)
}

/// A payment to be posted on an order.
pub(super) struct Posting<'a> {
    pub order: OrderId,
    pub customer: CustomerId,
    pub status: OrderStatus,
    pub amounts: OrderAmounts,
    /// Negative for a refund.
    pub amount: Money,
    pub paid_at: Timestamp,
    pub method: Option<&'a str>,
    pub notes: Option<&'a str>,
}

/// Books a payment or refund, numbers it, and moves paid sum, status and the customer's unpaid sum along.
/// 4000 with the sum that would fit where it is over the outstanding amount, or over what was paid.
pub(super) fn pay(act: &Act<'_>, posting: &Posting<'_>) -> Result<(PaymentId, String)> {
    let amounts = posting.amounts;
    if posting.amount > amounts.outstanding() {
        return Err(Refusal::Overpaid { fits: amounts.outstanding() }.into());
    }
    let paid = amounts.paid.checked_add(posting.amount).filter(|paid| !paid.is_negative());
    let paid = paid.ok_or(Error::Refused(Refusal::RefundTooLarge { paid: amounts.paid }))?;
    let payment_no = repo::counters::next(act.tx, Series::Payment, &act.config.payment_prefix, act.actor.today)?;
    let row = PaymentRow {
        payment_no: &payment_no,
        order: posting.order,
        amount: posting.amount,
        paid_at: posting.paid_at,
        method: posting.method,
        notes: posting.notes,
        by: act.actor.user,
        at: act.actor.now,
    };
    let id = repo::posting::pay(act.tx, &row, paid)?;
    repo::posting::add_outstanding(act.tx, posting.customer, posting.amount.negated())?;
    let after = OrderAmounts { paid, ..amounts };
    let status = match posting.status {
        OrderStatus::PendingPayment if after.outstanding().is_zero() => OrderStatus::Paid,
        OrderStatus::Paid if !after.outstanding().is_zero() => OrderStatus::PendingPayment,
        same => same,
    };
    if status != posting.status {
        repo::orders::set_status(act.tx, posting.order, status, act.actor.now)?;
    }
    Ok((id, payment_no))
}
