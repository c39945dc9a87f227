//! Returns of shipped and completed orders (rulings §6): pieces back to stock, and what is then overpaid paid back, in one transaction.

use super::desk::Desk;
use super::posting;
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, OrderStatus};
use crate::models::error::Refusal;
use crate::models::log::Changes;
use crate::models::money::quantity;
use crate::models::returns::{NewReturn, ReturnCreated};
use crate::models::rights::Command;
use crate::models::{Error, Field, FieldErrors, Problem, Result};
use crate::repositories as repo;
use crate::repositories::orders::StoredOrder;

/// Takes back lines of an order, up to what was shipped and not yet returned, and pays back what is then overpaid.
/// An imported order (`untracked`) moves no stock. 4000 by field, for an order that is not shipped, for too many pieces, or where the
/// refund or what can still come back is not what was shown; 4004 for an order outside one's scope.
pub fn create(desk: &mut Desk, new: &NewReturn) -> Result<ReturnCreated> {
    let errors = new.check();
    desk.write(Command::CreateReturn, |act| {
        check_method(act.config, new, errors)?;
        let found = repo::orders::get(act.tx, new.order, act.actor.owner_filter(Module::Sales))?;
        let stored = found.ok_or(Error::NotFound(Entity::Order))?;
        if !matches!(stored.order.status, OrderStatus::Shipped | OrderStatus::Completed) {
            return Err(Refusal::NotShipped.into());
        }
        let taken = posting::take_back(act, &stored, new)?;
        let StoredOrder { order, amounts, .. } = stored;
        let mut changes = Changes::default();
        let returned = amounts.returned.checked_add(taken.effect.amount).unwrap_or_default();
        let paid = amounts.paid.checked_sub(taken.effect.refund).unwrap_or_default();
        changes.note("returned_amount", amounts.returned.plain(), returned.plain());
        changes.note("paid_amount", amounts.paid.plain(), paid.plain());
        changes.note("returned_pieces", "", taken.effect.pieces);
        let effect = &taken.effect;
        let values: [&dyn std::fmt::Display; 5] =
            [&order.order_no, &taken.return_no, &quantity(effect.pieces), &effect.amount.yuan(), &effect.refund.yuan()];
        act.log(Entity::Order, order.id.0, fill(act.actor.lang.texts().logs.returned, &values), &changes)?;
        Ok(ReturnCreated { id: taken.id, return_no: taken.return_no, refunded: taken.effect.refund })
    })
}

/// A refund is paid in a configured way.
fn check_method(config: &crate::models::config::Config, new: &NewReturn, mut errors: FieldErrors) -> Result<()> {
    let known = |method: &String| config.payment_methods.iter().any(|known| known == method.trim());
    match &new.method {
        None if !new.refund.is_zero() => errors.add(Field::Method, Problem::Required),
        Some(method) if !known(method) => errors.add(Field::Method, Problem::UnknownChoice),
        _ => {}
    }
    errors.into_result()
}
