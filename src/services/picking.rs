//! Picking orders in the warehouse (rulings §15): scan each item; a wrong one and one too many are refused; what was confirmed is kept.

use super::desk::{Act, Desk};
use crate::database::Connection;
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, OrderStatus};
use crate::models::error::Refusal;
use crate::models::log::Changes;
use crate::models::money::quantity;
use crate::models::picking::{PickRow, PickSheet, Picked};
use crate::models::rights::Command;
use crate::models::session::Actor;
use crate::models::{Error, OrderId, OrderItemId, ProductId, Result};
use crate::repositories as repo;

/// The orders the warehouse can pick, the oldest first, at most 200: paid ones, and unpaid ones where the configuration lets them ship; and how
/// many there are in all.
pub fn orders(desk: &Desk) -> Result<(Vec<PickRow>, u64)> {
    desk.read(Command::OrdersToPick, |c, actor| {
        let (with_unpaid, own) = (repo::config::load(c)?.allow_ship_before_payment, actor.owner_filter(Module::Sales));
        Ok((repo::picking::orders(c, with_unpaid, own, 200)?, repo::picking::count(c, with_unpaid, own)?))
    })
}

/// The order of a scanned number, letter case aside, where the warehouse can pick it; none for any other code.
pub fn by_number(desk: &Desk, number: &str) -> Result<Option<OrderId>> {
    desk.read(Command::OrderToPick, |c, actor| {
        let with_unpaid = repo::config::load(c)?.allow_ship_before_payment;
        repo::picking::by_number(c, number, with_unpaid, actor.owner_filter(Module::Sales))
    })
}

/// The lines of an order with what was picked. 4004 outside one's scope; 4000 where it is not to be shipped any more.
pub fn sheet(desk: &Desk, order: OrderId) -> Result<PickSheet> {
    desk.read(Command::PickSheet, |c, actor| found(c, actor, order))
}

fn found(c: &Connection, actor: &Actor, id: OrderId) -> Result<PickSheet> {
    let stored = repo::orders::get(c, id, actor.owner_filter(Module::Sales))?.ok_or(Error::NotFound(Entity::Order))?;
    let order = stored.order;
    if !matches!(order.status, OrderStatus::PendingPayment | OrderStatus::Paid) {
        return Err(Refusal::StatusChange { from: order.status, to: OrderStatus::Shipped }.into());
    }
    Ok(PickSheet {
        id,
        order_no: order.order_no,
        customer_name: order.customer_name,
        unpaid: order.unpaid,
        version: order.version,
        lines: repo::picking::lines(c, id)?,
    })
}

/// Picks pieces (above zero) of a product for an order, on the first of its lines that lacks some.
/// 4000 for a product that is not in the order, or more than is missing; nothing is kept then.
pub fn pick(desk: &mut Desk, order: OrderId, product: ProductId, pieces: i64) -> Result<Picked> {
    desk.write(Command::Pick, |act| {
        let sheet = found(act.tx, act.actor, order)?;
        let mut lines = sheet.lines.iter().filter(|line| line.product == product).peekable();
        let Some(first) = lines.peek().copied() else {
            let name = repo::posting::shelf(act.tx, product)?.map(|shelf| shelf.name).unwrap_or_default();
            return Err(Refusal::NotInOrder { name }.into());
        };
        let line = lines.find(|line| line.missing() > 0).unwrap_or(first);
        if pieces <= 0 || pieces > line.missing() {
            let (name, unit) = (line.name.clone(), line.unit.clone());
            return Err(Refusal::PickedEnough { name, unit, ordered: line.quantity, picked: line.picked }.into());
        }
        book(act, &sheet, line.item, pieces)
    })
}

/// Puts pieces of a line back: undoes a pick. 4000 where so many were not picked.
pub fn put_back(desk: &mut Desk, order: OrderId, item: OrderItemId, pieces: i64) -> Result<Picked> {
    desk.write(Command::PutBack, |act| {
        let sheet = found(act.tx, act.actor, order)?;
        let line = sheet.lines.iter().find(|line| line.item == item).ok_or(Error::NotFound(Entity::Order))?;
        if pieces <= 0 || pieces > line.picked {
            let (name, unit) = (line.name.clone(), line.unit.clone());
            return Err(Refusal::PickedEnough { name, unit, ordered: line.quantity, picked: line.picked }.into());
        }
        book(act, &sheet, item, -pieces)
    })
}

fn book(act: &Act<'_>, sheet: &PickSheet, item: OrderItemId, change: i64) -> Result<Picked> {
    let mut line = sheet.lines.iter().find(|line| line.item == item).cloned().ok_or(Error::NotFound(Entity::Order))?;
    let before = line.picked;
    line.picked += change;
    repo::picking::set(act.tx, item, line.picked, act.actor.user, act.actor.now)?;
    let mut changes = Changes::default();
    changes.note("picked", before, line.picked);
    let sign = if change > 0 { "+" } else { "" };
    let description =
        fill(act.actor.lang.texts().logs.picked, &[&sheet.order_no, &line.name, &format!("{sign}{}", quantity(change)), &quantity(line.picked)]);
    act.log(Entity::Order, sheet.id.0, description, &changes)?;
    Ok(Picked { line, pieces: change })
}
