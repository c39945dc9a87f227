//! Posting what happened elsewhere long ago: payments of imported orders and the customers' rollups, whole files at a time.

use super::Act;
use crate::models::{CustomerId, Money, OrderId, Result, Timestamp};
use crate::repositories as repo;
use crate::repositories::counters::{self, Series};
use crate::repositories::posting::PaymentRow;

/// Payment numbers of the day of entry, taken at once.
pub(in crate::services) struct PaymentNumbers {
    next: i64,
}

impl PaymentNumbers {
    /// Takes so many numbers of today; none where there is nothing to number.
    pub fn take(act: &Act<'_>, count: usize) -> Result<PaymentNumbers> {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        if count == 0 {
            return Ok(PaymentNumbers { next: 1 });
        }
        Ok(PaymentNumbers { next: counters::take(act.tx, Series::Payment, act.actor.today, count)? - count + 1 })
    }

    fn next(&mut self, act: &Act<'_>) -> String {
        let number = counters::number(&act.config.payment_prefix, act.actor.today, self.next);
        self.next += 1;
        number
    }
}

/// The only payment of an imported order.
pub(in crate::services) struct PastPayment<'a> {
    pub order: OrderId,
    pub amount: Money,
    pub paid_at: Timestamp,
    pub method: Option<&'a str>,
}

/// Books the one payment of an order that has none; the customer's figures follow with [`roll_up`].
pub(in crate::services) fn pay(act: &Act<'_>, numbers: &mut PaymentNumbers, past: &PastPayment<'_>) -> Result<()> {
    let row = PaymentRow {
        payment_no: &numbers.next(act),
        order: past.order,
        amount: past.amount,
        paid_at: past.paid_at,
        method: past.method,
        notes: None,
        by: act.actor.user,
        at: act.actor.now,
    };
    repo::posting::pay(act.tx, &row, past.amount)?;
    Ok(())
}

/// Adds a customer's new unpaid fen, and moves the last order's time on.
pub(in crate::services) fn roll_up(act: &Act<'_>, customer: CustomerId, outstanding: i64, last_order: Option<Timestamp>) -> Result<()> {
    let change = Money::from_fen(outstanding).ok_or(crate::models::Error::Refused(crate::models::error::Refusal::TotalTooLarge))?;
    repo::posting::add_outstanding(act.tx, customer, change)?;
    if let Some(last_order) = last_order {
        repo::posting::note_order(act.tx, customer, last_order)?;
    }
    Ok(())
}
