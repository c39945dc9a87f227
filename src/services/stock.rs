//! Stock (spec 3.4, 4.3): in, out, count, undo, records and warnings.

use super::desk::Desk;
use super::posting;
use super::products::hide_cost;
use crate::database::Connection;
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, MovementType, ReferenceType, Status};
use crate::models::error::Refusal;
use crate::models::list::{Page, Total};
use crate::models::log::Changes;
use crate::models::money::quantity;
use crate::models::product::{ProductFilter, ProductPage, ProductRow, StockLevel};
use crate::models::rights::{Command, Verb};
use crate::models::session::Actor;
use crate::models::stock::*;
use crate::models::{Error, MovementId, OrderId, Result};
use crate::repositories as repo;

/// Books pieces in or out, or a counted figure (`Adjust` books counted − system, rulings §5).
/// 4000 by field or with the missing pieces; 4004 for an unknown product.
pub fn update(desk: &mut Desk, change: &StockChange) -> Result<StockOutcome> {
    change.check().into_result()?;
    desk.write(Command::UpdateStock, |act| {
        let shelf = posting::shelf(act, change.product)?;
        let (pieces, reference) = match change.kind {
            MovementType::In => (change.quantity, None),
            MovementType::Out => (-change.quantity, None),
            MovementType::Adjust => (change.quantity - shelf.stock, Some((ReferenceType::Adjust, change.product.0))),
        };
        let notes = change.notes.as_deref().and_then(crate::models::error::text::tidy);
        let outcome = posting::move_stock(act, &shelf, change.kind, pieces, reference, notes.as_deref())?;
        let texts = &act.actor.lang.texts().logs;
        let text = match change.kind {
            MovementType::In => texts.stock_in,
            MovementType::Out => texts.stock_out,
            MovementType::Adjust => texts.stock_adjusted,
        };
        let description = fill(text, &[&shelf.name, &shelf.sku, &quantity(pieces), &shelf.unit]);
        let mut changes = Changes::default();
        changes.note("stock_quantity", outcome.before, outcome.after);
        act.log(Entity::Product, change.product.0, description, &changes)?;
        Ok(outcome)
    })
}

/// Undoes a movement of a person by one of the opposite sign (rulings §15). 4004 for an unknown one;
/// 4000 where it belongs to an order, was undone before, or the pieces are gone.
pub fn reverse(desk: &mut Desk, id: MovementId) -> Result<StockOutcome> {
    desk.write(Command::ReverseMovement, |act| {
        let movement = repo::stock::get(act.tx, id)?.ok_or(Error::NotFound(Entity::Movement))?;
        if !movement.is_by_hand() || movement.reversed {
            return Err(Refusal::NotReversible.into());
        }
        let shelf = posting::shelf(act, movement.product)?;
        let pieces = -movement.quantity;
        let kind = if pieces > 0 { MovementType::In } else { MovementType::Out };
        let outcome = posting::move_stock(act, &shelf, kind, pieces, Some((ReferenceType::Reversal, id.0)), None)?;
        let description = fill(act.actor.lang.texts().logs.stock_reversed, &[&shelf.name, &shelf.sku, &quantity(pieces), &shelf.unit]);
        let mut changes = Changes::default();
        changes.note("stock_quantity", outcome.before, outcome.after);
        act.log(Entity::Product, movement.product.0, description, &changes)?;
        Ok(outcome)
    })
}

/// One page of movements, by product, type and period of business days.
pub fn movements(desk: &Desk, filter: &MovementFilter, page: &MovementPage) -> Result<Page<MovementRow>> {
    desk.read(Command::ListMovements, |c, actor| {
        let (mut rows, total) = repo::stock::list(c, filter, page, actor.zone)?;
        hide_unreached(c, actor, &mut rows)?;
        Ok(Page::new(rows, Total::Exactly(total), page))
    })
}

/// Who does not reach an order learns neither its number nor what its movement's notes say (rulings §8: scope holds everywhere).
pub(super) fn hide_unreached(c: &Connection, actor: &Actor, rows: &mut [MovementRow]) -> Result<()> {
    let (seen, own) = (actor.rights.allows(Module::Sales, Verb::View), actor.owner_filter(Module::Sales));
    if seen && own.is_none() {
        return Ok(());
    }
    for row in rows.iter_mut().filter(|row| matches!(row.reference, Some(ReferenceType::Order | ReferenceType::Return))) {
        let reached = match row.reference_id {
            Some(id) if seen => repo::orders::get(c, OrderId(id), own)?.is_some(),
            _ => false,
        };
        if !reached {
            (row.reference_id, row.reference_no, row.notes) = (None, None, None);
        }
    }
    Ok(())
}

/// One page of the active products at or below their threshold.
pub fn warnings(desk: &Desk, filter: &WarningFilter, page: &ProductPage) -> Result<Page<ProductRow>> {
    desk.read(Command::StockWarnings, |c, actor| {
        let (search, category) = (filter.search.clone(), filter.category.clone());
        let filter = ProductFilter { search, category, status: Some(Status::Active), stock: Some(StockLevel::Low) };
        let mut rows = repo::products::list(c, &filter, page, None)?;
        rows.iter_mut().for_each(|row| hide_cost(&mut row.cost_price, actor));
        let total = repo::products::count(c, &filter)?;
        Ok(Page::new(rows, Total::Exactly(total), page))
    })
}
