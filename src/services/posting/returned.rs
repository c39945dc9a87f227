//! Posting a return: the document with its lines, the pieces back on the shelf, the refund, and every sum that follows.

use super::{Posting, move_stock, pay, shelf};
use crate::i18n::fill;
use crate::models::choice::{MovementType, ReferenceType, StockState};
use crate::models::error::Refusal;
use crate::models::order::OrderAmounts;
use crate::models::returns::{NewReturn, ReturnEffect};
use crate::models::{Error, Field, FieldErrors, Money, Problem, Result, ReturnId};
use crate::repositories as repo;
use crate::repositories::counters::Series;
use crate::repositories::orders::StoredOrder;
use crate::repositories::returns::NewHead;
use crate::services::desk::Act;

/// A posted return.
pub(in crate::services) struct Taken {
    pub id: ReturnId,
    pub return_no: String,
    pub effect: ReturnEffect,
}

/// Posts a return of a shipped or completed order. 4000 for pieces beyond what can come back, or where the refund is not what was confirmed.
pub(in crate::services) fn take_back(act: &Act<'_>, stored: &StoredOrder, new: &NewReturn) -> Result<Taken> {
    let (order, amounts) = (&stored.order, stored.amounts);
    let lines = repo::returns::returnable(act.tx, order.id)?;
    let mut back = Vec::with_capacity(new.lines.len());
    let (mut pieces, mut amount) = (0, Money::ZERO);
    for (at, line) in new.lines.iter().enumerate() {
        let Some(known) = lines.iter().find(|known| known.item == line.item) else {
            let mut errors = FieldErrors::default();
            errors.add_in_line(at, Field::Product, Problem::NotFound);
            return Err(errors.into());
        };
        if line.quantity > known.pieces {
            return Err(Refusal::ReturnTooLarge { name: known.name.clone(), unit: known.unit.clone(), fits: known.pieces }.into());
        }
        if line.returnable != known.pieces {
            return Err(Refusal::ConfirmationStale.into());
        }
        let value = known.unit_price.checked_mul(line.quantity).and_then(|value| amount.checked_add(value));
        amount = value.ok_or(Error::Refused(Refusal::TotalTooLarge))?;
        pieces += line.quantity;
        back.push((known, *line));
    }
    let effect = ReturnEffect::of(amounts, pieces, amount);
    if effect.refund != new.refund {
        return Err(Refusal::ConfirmationStale.into());
    }
    let return_no = repo::counters::next(act.tx, Series::Return, &act.config.return_prefix, act.actor.today)?;
    let notes = fill(act.actor.lang.texts().logs.returned_note, &[&return_no]);
    let head = NewHead {
        return_no: &return_no,
        order: order.id,
        amount,
        refunded: effect.refund,
        day: act.actor.today,
        notes: new.notes.as_deref(),
        by: act.actor.user,
        now: act.actor.now,
    };
    let id = repo::returns::insert(act.tx, &head)?;
    for (known, line) in back {
        repo::returns::insert_line(act.tx, id, line)?;
        repo::posting::add_returned(act.tx, line.item, line.quantity)?;
        if order.stock_state == StockState::Deducted {
            let shelf = shelf(act, known.product)?;
            let reference = Some((ReferenceType::Return, order.id.0));
            move_stock(act, &shelf, MovementType::In, line.quantity, reference, Some(&notes))?;
        }
    }
    let returned = amounts.returned.checked_add(amount).ok_or(Error::Refused(Refusal::TotalTooLarge))?;
    repo::posting::set_returned(act.tx, order.id, returned, act.actor.now)?;
    repo::posting::add_outstanding(act.tx, order.customer, amount.negated())?;
    if !effect.refund.is_zero() {
        let refund = Posting {
            order: order.id,
            customer: order.customer,
            status: order.status,
            amounts: OrderAmounts { returned, ..amounts },
            amount: effect.refund.negated(),
            paid_at: act.actor.now,
            method: new.method.as_deref().map(str::trim),
            notes: Some(&notes),
        };
        pay(act, &refund)?;
    }
    Ok(Taken { id, return_no, effect })
}
