//! Rows of `order_returns` and `order_return_items`. The sums they keep in orders and lines are written by `posting`.

use crate::database::{Connection, Get, execute, one, params, rows};
use crate::models::returns::{OrderReturn, ReturnLine, ReturnedItem};
use crate::models::{Day, Money, OrderId, OrderItemId, ProductId, Result, ReturnId, Timestamp, UserId};

/// A line of an order as a return needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returnable {
    pub item: OrderItemId,
    pub product: ProductId,
    pub name: String,
    pub unit: String,
    pub unit_price: Money,
    /// Pieces not yet returned.
    pub pieces: i64,
}

/// The lines of an order with what can still come back.
pub fn returnable(c: &Connection, order: OrderId) -> Result<Vec<Returnable>> {
    let sql = "SELECT i.id, i.product_id, i.unit_price, i.quantity - i.returned_quantity AS pieces, p.name, p.unit
               FROM order_items i JOIN products p ON p.id = i.product_id WHERE i.order_id = ?1 ORDER BY i.id";
    rows(c, sql, params![order], |row| {
        Ok(Returnable {
            item: row.col("id")?,
            product: row.col("product_id")?,
            name: row.col("name")?,
            unit: row.col("unit")?,
            unit_price: row.col("unit_price")?,
            pieces: row.col("pieces")?,
        })
    })
}

/// The head of a return to be stored.
#[derive(Clone, Debug)]
pub struct NewHead<'a> {
    pub return_no: &'a str,
    pub order: OrderId,
    pub amount: Money,
    pub refunded: Money,
    pub day: Day,
    pub notes: Option<&'a str>,
    pub by: UserId,
    pub now: Timestamp,
}

pub fn insert(c: &Connection, new: &NewHead<'_>) -> Result<ReturnId> {
    let sql = "INSERT INTO order_returns (return_no, order_id, amount, refunded, return_day, notes, created_by, created_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";
    let n = new;
    one(c, sql, params![n.return_no, n.order, n.amount, n.refunded, n.day, n.notes, n.by, n.now], |row| row.get(0))
}

/// Stores a line of a return.
pub fn insert_line(c: &Connection, id: ReturnId, line: ReturnLine) -> Result<()> {
    let sql = "INSERT INTO order_return_items (return_id, order_item_id, quantity) VALUES (?1, ?2, ?3)";
    execute(c, sql, params![id, line.item, line.quantity])?;
    Ok(())
}

/// The returns of an order, in the order they were booked.
pub fn of_order(c: &Connection, order: OrderId) -> Result<Vec<OrderReturn>> {
    let sql =
        "SELECT r.*, u.full_name AS created_by_name FROM order_returns r JOIN users u ON u.id = r.created_by WHERE r.order_id = ?1 ORDER BY r.id";
    let mut found = rows(c, sql, params![order], |row| {
        Ok(OrderReturn {
            id: row.col("id")?,
            return_no: row.col("return_no")?,
            amounts: Some((row.col("amount")?, row.col("refunded")?)),
            pieces: 0,
            notes: row.col("notes")?,
            created_by_name: row.col("created_by_name")?,
            created_at: row.col("created_at")?,
            items: Vec::new(),
        })
    })?;
    let sql = "SELECT t.order_item_id, t.quantity, p.name, p.unit FROM order_return_items t JOIN order_items i ON i.id = t.order_item_id
               JOIN products p ON p.id = i.product_id WHERE t.return_id = ?1 ORDER BY t.id";
    for each in &mut found {
        each.items = rows(c, sql, params![each.id], |row| {
            Ok(ReturnedItem { item: row.col("order_item_id")?, name: row.col("name")?, unit: row.col("unit")?, quantity: row.col("quantity")? })
        })?;
        each.pieces = each.items.iter().map(|item| item.quantity).sum();
    }
    Ok(found)
}
