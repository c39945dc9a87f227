//! Returns of the demo company: now and then a customer sends pieces of one line back, and is paid back what is then overpaid.
//! Nothing here is left to chance, so that the rest of the company stays as its seed made it.

use super::{Fate, METHODS, World, time};
use crate::database::Connection;
use crate::models::choice::{OrderStatus, ReferenceType};
use crate::models::line::NewLine;
use crate::models::returns::ReturnLine;
use crate::models::{Day, Money, OrderId, Result, UserId};
use crate::repositories as repo;
use crate::repositories::counters::Series;
use crate::repositories::demo::Moved;
use crate::repositories::returns::NewHead;

/// One completed order in so many came back in part.
const COMPLETED_PER_RETURN: u64 = 40;
/// One shipped and unpaid order in so many.
const UNPAID_PER_RETURN: u64 = 8;
const WHY: [&str; 4] = ["外箱压坏，客户拒收", "型号订错", "工程减量，多余退回", "质量抽检不合格"];

/// What comes back of an order, planned when it is placed.
pub struct Plan {
    pub day: Day,
    /// Goods by their place, and the line of the order by its place.
    goods: usize,
    line: usize,
    pieces: i64,
    pub amount: Money,
    pub refund: Money,
    notes: &'static str,
}

impl World {
    /// What will have come back of an order by today.
    pub fn plan_return(&self, lines: &[(usize, NewLine, Money)], fate: &Fate) -> Option<Plan> {
        let n = self.orders_done;
        let (every, after) = match fate.status {
            OrderStatus::Completed => (COMPLETED_PER_RETURN, fate.completed?),
            OrderStatus::Shipped if fate.paid.is_zero() => (UNPAID_PER_RETURN, fate.shipped?),
            _ => return None,
        };
        if n % every != every / 2 {
            return None;
        }
        let day = after.plus_days(1 + i64::try_from(n / every % 6).unwrap_or(0));
        let line = usize::try_from(n / every).unwrap_or(0) % lines.len().max(1);
        let (goods, sold, _) = lines.get(line)?;
        let pieces = (sold.quantity / 5).max(1);
        let amount = sold.unit_price.checked_mul(pieces)?;
        // What is owed keeps a rest, so that an unpaid order stays one.
        let owed = fate.status == OrderStatus::Shipped;
        let whole = lines.len() == 1 && pieces == sold.quantity;
        if day > self.today || amount.is_zero() || (owed && whole) {
            return None;
        }
        let refund = if owed { Money::ZERO } else { amount };
        let notes = WHY[usize::try_from(n / every).unwrap_or(0) % WHY.len()];
        Some(Plan { day, goods: *goods, line, pieces, amount, refund, notes })
    }

    /// The document, the pieces on the shelf, and the money paid back.
    pub fn come_back(&mut self, tx: &Connection, order: OrderId, by: UserId, plan: &Plan) -> Result<()> {
        // Before the day's first order, so that movements stand in the order of time.
        let at = self.day.at(time(0), self.zone).min(self.now);
        let return_no = repo::counters::next(tx, Series::Return, "T", self.day)?;
        let head =
            NewHead { return_no: &return_no, order, amount: plan.amount, refunded: plan.refund, day: self.day, notes: Some(plan.notes), by, now: at };
        let id = repo::returns::insert(tx, &head)?;
        if let Some(item) = repo::orders::items(tx, order)?.get(plan.line) {
            repo::returns::insert_line(tx, id, ReturnLine { item: item.id, quantity: plan.pieces, returnable: plan.pieces })?;
            repo::posting::add_returned(tx, item.id, plan.pieces)?;
        }
        repo::posting::set_returned(tx, order, plan.amount, at)?;
        let goods = &mut self.goods[plan.goods];
        goods.stock += plan.pieces;
        let reference = Some((ReferenceType::Return, order.0));
        repo::demo::movement(tx, &Moved { product: goods.id, quantity: plan.pieces, stock_after: goods.stock, reference, by, at })?;
        if plan.refund.is_zero() {
            return Ok(());
        }
        self.pay(tx, order, plan.refund.negated(), Some(METHODS[0]), by, at)
    }
}
