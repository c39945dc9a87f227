//! The credit limit at order time: what an order adds to what the customer owes, held against his limit as the configuration says.
//!
//! Called by `orders` inside the transaction of the order, so that of two orders at once the second sees the first.

use super::desk::Act;
use crate::models::choice::CreditCheck;
use crate::models::customer::{Customer, OverLimit};
use crate::models::error::Refusal;
use crate::models::{Money, Result};

/// What an order that adds so much would be over the limit; 4000 with the figures where the configuration refuses that.
pub(super) fn check(act: &Act<'_>, customer: &Customer, added: Money) -> Result<Option<OverLimit>> {
    let over = match act.config.credit_check {
        CreditCheck::Off => None,
        CreditCheck::Warn | CreditCheck::Refuse => customer.credit().and_then(|credit| credit.over(added)),
    };
    let seen = over.filter(|_| act.actor.sees_amounts());
    if over.is_some() && act.config.credit_check == CreditCheck::Refuse { Err(Refusal::OverCreditLimit(seen).into()) } else { Ok(over) }
}
