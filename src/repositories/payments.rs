//! Reading `payments`. They are written by `posting` only.

use rusqlite::Row;

use crate::database::{Connection, Get, params, rows};
use crate::models::payment::Payment;
use crate::models::{OrderId, Result};

fn payment(row: &Row<'_>) -> rusqlite::Result<Payment> {
    Ok(Payment {
        id: row.col("id")?,
        payment_no: row.col("payment_no")?,
        order: row.col("order_id")?,
        amount: row.col("amount")?,
        paid_at: row.col("payment_date")?,
        method: row.col("payment_method")?,
        notes: row.col("notes")?,
        created_by_name: row.col("created_by_name")?,
    })
}

/// The payments of an order, in the order they were booked.
pub fn of_order(c: &Connection, order: OrderId) -> Result<Vec<Payment>> {
    let sql = "SELECT p.*, u.full_name AS created_by_name FROM payments p JOIN users u ON u.id = p.created_by WHERE p.order_id = ?1 ORDER BY p.id";
    rows(c, sql, params![order], payment)
}
