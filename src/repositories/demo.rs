//! Bulk statements for demo data: rows that are written once in their final state. What they add up to is held by the same invariants.

use super::orders::Sold;
use crate::database::{Connection, execute, one, params};
use crate::models::choice::{MovementType, OrderStatus, QuoteStatus, ReferenceType, StockState};
use crate::models::{CustomerId, Day, Money, OrderId, ProductId, QuoteId, Result, Timestamp, UserId};

/// An order with everything that happened to it.
pub struct FinishedOrder<'a> {
    pub order_no: &'a str,
    pub customer: CustomerId,
    pub total: Money,
    pub paid: Money,
    pub status: OrderStatus,
    pub stock_state: StockState,
    pub order_day: Day,
    pub order_date: Timestamp,
    pub ship_date: Option<Timestamp>,
    pub complete_date: Option<Timestamp>,
    pub notes: Option<&'a str>,
    pub sold: Sold,
    pub by: UserId,
}

/// Opens an order: lines can be added until [`close_order`]. A search batch writes its row of the index.
pub fn open_order(c: &Connection, new: &FinishedOrder<'_>) -> Result<OrderId> {
    let sql =
        "INSERT INTO orders (order_no, customer_id, total_amount, paid_amount, status, order_date, order_day, ship_date, complete_date, stock_state,
                   notes, created_by, created_at, updated_at, pieces, cost_fen, owner_id, customer_name)
               VALUES (?1, ?2, ?3, ?4, 'pending_payment', ?5, ?6, ?7, ?8, 'reserved', ?9, ?10, ?5, COALESCE(?8, ?7, ?5), ?11, ?12,
                   (SELECT assigned_to FROM customers WHERE id = ?2), (SELECT name FROM customers WHERE id = ?2)) RETURNING id";
    let n = new;
    let values = params![
        n.order_no,
        n.customer,
        n.total,
        n.paid,
        n.order_date,
        n.order_day,
        n.ship_date,
        n.complete_date,
        n.notes,
        n.by,
        n.sold.pieces,
        n.sold.cost
    ];
    one(c, sql, values, |row| row.get(0))
}

/// Gives the order the status it ended in.
pub fn close_order(c: &Connection, id: OrderId, new: &FinishedOrder<'_>) -> Result<()> {
    execute(c, "UPDATE orders SET status = ?2, stock_state = ?3 WHERE id = ?1", params![id, new.status, new.stock_state])?;
    Ok(())
}

/// A quote with everything that happened to it.
pub struct FinishedQuote<'a> {
    pub quote_no: &'a str,
    pub customer: CustomerId,
    pub total: Money,
    pub valid_until: Day,
    pub status: QuoteStatus,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    pub decided_at: Option<Timestamp>,
    pub notes: Option<&'a str>,
    pub by: UserId,
}

/// Opens a quote: lines can be added until [`close_quote`]. A search batch writes its row of the index.
pub fn open_quote(c: &Connection, new: &FinishedQuote<'_>) -> Result<QuoteId> {
    let sql = "INSERT INTO quotes (quote_no, customer_id, total_amount, valid_until, sent_at, decided_at, notes, created_by, created_at, updated_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, COALESCE(?6, ?5, ?9)) RETURNING id";
    let n = new;
    let values = params![n.quote_no, n.customer, n.total, n.valid_until, n.sent_at, n.decided_at, n.notes, n.by, n.created_at];
    one(c, sql, values, |row| row.get(0))
}

/// Gives the quote the status it ended in, and the order that was made of it.
pub fn close_quote(c: &Connection, id: QuoteId, new: &FinishedQuote<'_>, order: Option<OrderId>) -> Result<()> {
    execute(c, "UPDATE quotes SET status = ?2 WHERE id = ?1", params![id, new.status])?;
    if let Some(order) = order {
        execute(c, "UPDATE orders SET quote_id = ?2 WHERE id = ?1", params![order, id])?;
    }
    Ok(())
}

/// A payment or refund.
pub fn payment(c: &Connection, payment_no: &str, order: OrderId, amount: Money, method: Option<&str>, by: UserId, at: Timestamp) -> Result<()> {
    let sql = "INSERT INTO payments (payment_no, order_id, amount, payment_date, payment_method, created_by, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?4)";
    execute(c, sql, params![payment_no, order, amount, at, method, by])?;
    Ok(())
}

/// A movement with the stock right after it.
pub struct Moved {
    pub product: ProductId,
    pub quantity: i64,
    pub stock_after: i64,
    pub reference: Option<(ReferenceType, i64)>,
    pub by: UserId,
    pub at: Timestamp,
}

pub fn movement(c: &Connection, new: &Moved) -> Result<()> {
    insert(c, if new.quantity > 0 { MovementType::In } else { MovementType::Out }, new, None)
}

/// A difference that a stocktake found.
pub fn adjustment(c: &Connection, new: &Moved, stocktake_no: &str) -> Result<()> {
    insert(c, MovementType::Adjust, new, Some(stocktake_no))
}

fn insert(c: &Connection, kind: MovementType, new: &Moved, notes: Option<&str>) -> Result<()> {
    let sql =
        "INSERT INTO stock_movements (product_id, movement_type, quantity, reference_type, reference_id, notes, created_by, created_at, stock_after)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    let (reference, reference_id) = new.reference.unzip();
    execute(c, sql, params![new.product, kind, new.quantity, reference, reference_id, notes, new.by, new.at, new.stock_after])?;
    Ok(())
}

pub fn followup(c: &Connection, customer: CustomerId, at: Timestamp, content: &str, result: &str, next: Option<Timestamp>, by: UserId) -> Result<()> {
    let sql = "INSERT INTO customer_followups (customer_id, followup_time, content, result, next_followup_time, created_by, created_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?2)";
    execute(c, sql, params![customer, at, content, result, next, by])?;
    Ok(())
}

/// A product's stock when all is booked.
pub fn set_stock(c: &Connection, product: ProductId, stock: i64, at: Timestamp) -> Result<()> {
    execute(c, "UPDATE products SET stock_quantity = ?2, updated_at = ?3 WHERE id = ?1", params![product, stock, at])?;
    Ok(())
}

/// A customer's rollups when all is booked.
pub fn set_rollups(
    c: &Connection,
    id: CustomerId,
    outstanding: Money,
    last_order: Option<Timestamp>,
    last_followup: Option<Timestamp>,
) -> Result<()> {
    let sql = "UPDATE customers SET outstanding = ?2, last_order_at = ?3, last_followup_at = ?4 WHERE id = ?1";
    execute(c, sql, params![id, outstanding, last_order, last_followup])?;
    Ok(())
}
