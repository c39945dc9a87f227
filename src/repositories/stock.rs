//! Reading `stock_movements`. They are written by `posting` only.

use rusqlite::Row;

use super::search::{self, Index, Test};
use crate::database::{Conditions, Connection, Get, each, maybe, one, params, rows};
use crate::models::export::Take;
use crate::models::stock::{MovementFilter, MovementPage, MovementRow};
use crate::models::{MovementId, OrderId, Result, Zone};

const COLUMNS: &str =
    "m.id, m.product_id, p.sku, p.name AS product_name, p.specification, m.movement_type, m.quantity, m.stock_after, m.reference_type,
    m.reference_id, COALESCE(o.order_no, s.stocktake_no) AS reference_no, m.notes, u.full_name AS created_by_name, m.created_at,
    EXISTS (SELECT 1 FROM stock_movements r WHERE r.reference_type = 'reversal' AND r.reference_id = m.id) AS reversed";
const JOINS: &str = "JOIN products p ON p.id = m.product_id JOIN users u ON u.id = m.created_by
    LEFT JOIN orders o ON m.reference_type IN ('order', 'return') AND o.id = m.reference_id
    LEFT JOIN stocktakes s ON m.reference_type = 'stocktake' AND s.id = m.reference_id";

fn movement(row: &Row<'_>) -> rusqlite::Result<MovementRow> {
    Ok(MovementRow {
        id: row.col("id")?,
        product: row.col("product_id")?,
        sku: row.col("sku")?,
        product_name: row.col("product_name")?,
        specification: row.col("specification")?,
        kind: row.col("movement_type")?,
        quantity: row.col("quantity")?,
        stock_after: row.col("stock_after")?,
        reference: row.col("reference_type")?,
        reference_id: row.col("reference_id")?,
        reference_no: row.col("reference_no")?,
        notes: row.col("notes")?,
        created_by_name: row.col("created_by_name")?,
        created_at: row.col("created_at")?,
        reversed: row.col("reversed")?,
    })
}

pub fn get(c: &Connection, id: MovementId) -> Result<Option<MovementRow>> {
    maybe(c, &format!("SELECT {COLUMNS} FROM stock_movements m {JOINS} WHERE m.id = ?1"), params![id], movement)
}

fn conditions(filter: &MovementFilter, zone: Zone) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.add_some("m.product_id = ?", filter.product);
    conditions.add_some("m.movement_type = ?", filter.kind);
    conditions.add_some("m.created_by = ?", filter.person);
    conditions.add_some("m.reference_type = ?", filter.reference);
    search::add_condition(&mut conditions, Index::Products, "m.product_id", &filter.search, Test::Listed);
    conditions.add_some("m.created_at >= ?", filter.from.map(|day| day.start(zone)));
    conditions.add_some("m.created_at < ?", filter.to.map(|day| day.plus_days(1).start(zone)));
    conditions
}

fn select(conditions: &Conditions, descending: bool) -> String {
    let direction = if descending { "DESC" } else { "ASC" };
    format!("SELECT {COLUMNS} FROM stock_movements m {JOINS} {} ORDER BY m.id {direction}", conditions.to_sql())
}

/// One page of movements and how many there are.
pub fn list(c: &Connection, filter: &MovementFilter, page: &MovementPage, zone: Zone) -> Result<(Vec<MovementRow>, u64)> {
    let conditions = conditions(filter, zone);
    let sql = format!("{} LIMIT ? OFFSET ?", select(&conditions, page.descending));
    let found = rows(c, &sql, conditions.params(&[&page.limit(), &page.offset()]), movement)?;
    Ok((found, count(c, filter, zone)?))
}

/// How many movements a filter leaves.
pub fn count(c: &Connection, filter: &MovementFilter, zone: Zone) -> Result<u64> {
    let conditions = conditions(filter, zone);
    let sql = format!("SELECT COUNT(*) FROM stock_movements m {}", conditions.to_sql());
    let count: i64 = one(c, &sql, conditions.params(&[]), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Every movement of a filter.
pub fn each_movement(c: &Connection, filter: &MovementFilter, descending: bool, zone: Zone, take: Take<'_, MovementRow>) -> Result<()> {
    let conditions = conditions(filter, zone);
    each(c, &select(&conditions, descending), conditions.params(&[]), movement, take)
}

/// The movements of an order, in the order they were booked.
pub fn of_order(c: &Connection, order: OrderId) -> Result<Vec<MovementRow>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM stock_movements m {JOINS} WHERE m.reference_type IN ('order', 'return') AND m.reference_id = ?1 ORDER BY m.id"
    );
    rows(c, &sql, params![order], movement)
}
