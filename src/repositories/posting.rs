//! The statements of posting: movements with the stock, payments with the paid sum, and the rollups beside them.
//! Called by `services::posting` alone (rulings §16).

use rusqlite::Row;

use crate::database::{Connection, Get, execute, maybe, one, params, rows};
use crate::models::choice::{MovementType, ReferenceType, StockState};
use crate::models::error::Refusal;
use crate::models::{CustomerId, Money, MovementId, OrderId, OrderItemId, PaymentId, ProductId, Result, Timestamp, UserId};

/// A product's figures as posting needs them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    pub product: ProductId,
    pub sku: String,
    pub name: String,
    pub unit: String,
    pub stock: i64,
    pub reserved: i64,
    pub threshold: i64,
    pub cost_price: Money,
    pub active: bool,
}

fn shelf_of(row: &Row<'_>) -> rusqlite::Result<Shelf> {
    Ok(Shelf {
        product: row.col("id")?,
        sku: row.col("sku")?,
        name: row.col("name")?,
        unit: row.col("unit")?,
        stock: row.col("stock_quantity")?,
        reserved: row.col("reserved_quantity")?,
        threshold: row.col("stock_warning_threshold")?,
        cost_price: row.col("cost_price")?,
        active: row.col::<String>("status")? == "active",
    })
}

pub fn shelf(c: &Connection, product: ProductId) -> Result<Option<Shelf>> {
    let sql =
        "SELECT id, sku, name, unit, stock_quantity, reserved_quantity, stock_warning_threshold, cost_price, status FROM products WHERE id = ?1";
    maybe(c, sql, params![product], shelf_of)
}

/// A movement to be booked.
#[derive(Clone, Debug)]
pub struct NewMovement<'a> {
    pub product: ProductId,
    pub kind: MovementType,
    /// Positive in, negative out.
    pub quantity: i64,
    pub reference: Option<(ReferenceType, i64)>,
    pub notes: Option<&'a str>,
    pub by: UserId,
    pub at: Timestamp,
}

/// Changes the stock and books the movement; the movement and the stock after it. The CHECK refuses a stock below zero.
pub fn move_stock(c: &Connection, new: &NewMovement<'_>) -> Result<(MovementId, i64)> {
    let sql = "UPDATE products SET stock_quantity = stock_quantity + ?2, updated_at = ?3 WHERE id = ?1 RETURNING stock_quantity";
    let after: i64 = one(c, sql, params![new.product, new.quantity, new.at], |row| row.get(0))?;
    let sql =
        "INSERT INTO stock_movements (product_id, movement_type, quantity, reference_type, reference_id, notes, created_by, created_at, stock_after)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) RETURNING id";
    let (reference, reference_id) = new.reference.unzip();
    let values = params![new.product, new.kind, new.quantity, reference, reference_id, new.notes, new.by, new.at, after];
    Ok((one(c, sql, values, |row| row.get(0))?, after))
}

/// Adds to (or takes from) what open orders reserve.
pub fn reserve(c: &Connection, product: ProductId, pieces: i64) -> Result<()> {
    execute(c, "UPDATE products SET reserved_quantity = reserved_quantity + ?2 WHERE id = ?1", params![product, pieces])?;
    Ok(())
}

/// Pieces by product on an order's lines, less what was returned.
pub fn order_pieces(c: &Connection, order: OrderId) -> Result<Vec<(ProductId, i64)>> {
    let sql = "SELECT product_id, quantity - returned_quantity AS pieces FROM order_items WHERE order_id = ?1 ORDER BY id";
    rows(c, sql, params![order], |row| Ok((row.col("product_id")?, row.col("pieces")?)))
}

pub fn set_stock_state(c: &Connection, order: OrderId, state: StockState) -> Result<()> {
    execute(c, "UPDATE orders SET stock_state = ?2 WHERE id = ?1", params![order, state])?;
    Ok(())
}

/// A payment to be booked.
#[derive(Clone, Debug)]
pub struct PaymentRow<'a> {
    pub payment_no: &'a str,
    pub order: OrderId,
    /// Negative for a refund.
    pub amount: Money,
    pub paid_at: Timestamp,
    pub method: Option<&'a str>,
    pub notes: Option<&'a str>,
    pub by: UserId,
    pub at: Timestamp,
}

/// Books the payment and writes the order's new paid sum.
pub fn pay(c: &Connection, new: &PaymentRow<'_>, paid_after: Money) -> Result<PaymentId> {
    let sql = "INSERT INTO payments (payment_no, order_id, amount, payment_date, payment_method, notes, created_by, created_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id";
    let values = params![new.payment_no, new.order, new.amount, new.paid_at, new.method, new.notes, new.by, new.at];
    let id = one(c, sql, values, |row| row.get(0))?;
    execute(c, "UPDATE orders SET paid_amount = ?2 WHERE id = ?1", params![new.order, paid_after])?;
    Ok(id)
}

/// Adds to (or takes from) a customer's unpaid sum. 4000 beyond what an amount can be: the column holds one amount.
pub fn add_outstanding(c: &Connection, customer: CustomerId, change: Money) -> Result<()> {
    let sql = "UPDATE customers SET outstanding = (CAST(ROUND(outstanding * 100) AS INTEGER) + ?2) / 100.0
               WHERE id = ?1 AND ABS(CAST(ROUND(outstanding * 100) AS INTEGER) + ?2) <= ?3";
    let known = execute(c, sql, params![customer, change.fen(), Money::MAX.fen()])?;
    if known == 0 { Err(Refusal::TotalTooLarge.into()) } else { Ok(()) }
}

/// A new order of the customer: moves the last order's time on.
pub fn note_order(c: &Connection, customer: CustomerId, order_date: Timestamp) -> Result<()> {
    let sql = "UPDATE customers SET last_order_at = ?2 WHERE id = ?1 AND (last_order_at IS NULL OR last_order_at < ?2)";
    execute(c, sql, params![customer, order_date])?;
    Ok(())
}

/// Counts returned pieces on an order's line.
pub fn add_returned(c: &Connection, item: OrderItemId, pieces: i64) -> Result<()> {
    execute(c, "UPDATE order_items SET returned_quantity = returned_quantity + ?2 WHERE id = ?1", params![item, pieces])?;
    Ok(())
}

/// Writes an order's returned sum.
pub fn set_returned(c: &Connection, order: OrderId, returned: Money, now: Timestamp) -> Result<()> {
    execute(c, "UPDATE orders SET returned_amount = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1", params![order, returned, now])?;
    Ok(())
}

/// Reads the last follow-up's time anew, after one was recorded, changed or deleted.
pub fn refresh_last_followup(c: &Connection, customer: CustomerId) -> Result<()> {
    let sql = "UPDATE customers SET last_followup_at = (SELECT MAX(followup_time) FROM customer_followups WHERE customer_id = ?1) WHERE id = ?1";
    execute(c, sql, params![customer])?;
    Ok(())
}

/// Reads the last order's time anew, after one was cancelled.
pub fn refresh_last_order(c: &Connection, customer: CustomerId) -> Result<()> {
    let sql =
        "UPDATE customers SET last_order_at = (SELECT MAX(order_date) FROM orders WHERE customer_id = ?1 AND status <> 'cancelled') WHERE id = ?1";
    execute(c, sql, params![customer])?;
    Ok(())
}
