//! Rows of `order_picks`, and the orders they belong to.

use super::orders::OWN;
use crate::database::{Connection, Get, execute, maybe, one, params, rows};
use crate::models::choice::OrderStatus;
use crate::models::picking::{PickLine, PickRow};
use crate::models::{OrderId, OrderItemId, Result, Timestamp, UserId};

/// What an order meets that waits to be picked: paid, or unpaid where `?1` lets these be shipped (rulings §15); within the reach of `?2`.
fn waiting() -> String {
    let own = OWN.replace("?own", "?2");
    format!("(o.status = 'paid' OR (?1 AND o.status = 'pending_payment')) AND o.stock_state <> 'untracked' AND (?2 IS NULL OR {own})")
}

/// The order with this number, letter case aside, where it waits to be picked.
pub fn by_number(c: &Connection, number: &str, with_unpaid: bool, own: Option<UserId>) -> Result<Option<OrderId>> {
    let sql = format!("SELECT o.id FROM orders o WHERE o.order_no IN (?3, upper(?3)) AND {}", waiting());
    maybe(c, &sql, params![with_unpaid, own, number], |row| row.col("id"))
}

/// How many orders wait to be picked.
pub fn count(c: &Connection, with_unpaid: bool, own: Option<UserId>) -> Result<u64> {
    let count: i64 = one(c, &format!("SELECT COUNT(*) FROM orders o WHERE {}", waiting()), params![with_unpaid, own], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The orders that wait to be picked, the oldest first, at most `limit`.
pub fn orders(c: &Connection, with_unpaid: bool, own: Option<UserId>, limit: u32) -> Result<Vec<PickRow>> {
    let sql = format!(
        "SELECT o.id, o.order_no, o.order_day, o.status, c.name AS customer_name, COUNT(*) AS lines, SUM(i.quantity) AS pieces,
                COALESCE(SUM(k.picked = i.quantity), 0) AS done, COUNT(k.picked) > 0 AS begun
         FROM orders o JOIN customers c ON c.id = o.customer_id JOIN order_items i ON i.order_id = o.id LEFT JOIN order_picks k ON k.order_item_id = i.id
         WHERE {} GROUP BY o.id ORDER BY o.order_date, o.id LIMIT ?3",
        waiting()
    );
    rows(c, &sql, params![with_unpaid, own, limit], |row| {
        Ok(PickRow {
            id: row.col("id")?,
            order_no: row.col("order_no")?,
            customer_name: row.col("customer_name")?,
            order_day: row.col("order_day")?,
            unpaid: row.col::<OrderStatus>("status")? == OrderStatus::PendingPayment,
            lines: row.col("lines")?,
            pieces: row.col("pieces")?,
            done: row.col("done")?,
            begun: row.col("begun")?,
        })
    })
}

/// The lines of an order with what was picked of them.
pub fn lines(c: &Connection, order: OrderId) -> Result<Vec<PickLine>> {
    let sql = "SELECT i.id, i.product_id, i.quantity, COALESCE(k.picked, 0) AS picked, p.sku, p.name, p.specification, p.unit
               FROM order_items i JOIN products p ON p.id = i.product_id LEFT JOIN order_picks k ON k.order_item_id = i.id
               WHERE i.order_id = ?1 ORDER BY i.id";
    rows(c, sql, params![order], |row| {
        Ok(PickLine {
            item: row.col("id")?,
            product: row.col("product_id")?,
            sku: row.col("sku")?,
            name: row.col("name")?,
            specification: row.col("specification")?,
            unit: row.col("unit")?,
            quantity: row.col("quantity")?,
            picked: row.col("picked")?,
        })
    })
}

/// Stores how much of a line is picked; nothing picked is no row.
pub fn set(c: &Connection, item: OrderItemId, picked: i64, by: UserId, now: Timestamp) -> Result<()> {
    if picked == 0 {
        execute(c, "DELETE FROM order_picks WHERE order_item_id = ?1", params![item])?;
        return Ok(());
    }
    let sql = "INSERT INTO order_picks (order_item_id, picked, picked_by, picked_at) VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (order_item_id) DO UPDATE SET picked = excluded.picked, picked_by = excluded.picked_by, picked_at = excluded.picked_at";
    execute(c, sql, params![item, picked, by, now])?;
    Ok(())
}

/// Forgets what was picked of an order: it shipped, or was cancelled.
pub fn clear(c: &Connection, order: OrderId) -> Result<()> {
    execute(c, "DELETE FROM order_picks WHERE order_item_id IN (SELECT id FROM order_items WHERE order_id = ?1)", params![order])?;
    Ok(())
}
