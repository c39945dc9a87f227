//! What must always hold (reliability R6), each as a query that names the records where it does not.

use super::logs;
use crate::database::{Connection, one, rows};
use crate::models::Result;

/// One rule with a query for the records that break it.
struct Invariant {
    name: &'static str,
    /// Gives the broken records' names.
    broken: &'static str,
}

const INVARIANTS: &[Invariant] = &[
    Invariant {
        name: "stock_is_sum_of_movements",
        broken: "SELECT p.sku FROM products p LEFT JOIN (SELECT product_id, SUM(quantity) AS moved FROM stock_movements GROUP BY product_id) m
                 ON m.product_id = p.id WHERE p.stock_quantity <> COALESCE(m.moved, 0) OR p.stock_quantity < 0",
    },
    Invariant {
        name: "running_stock",
        broken: "SELECT CAST(id AS TEXT) FROM (SELECT id, stock_after, SUM(quantity) OVER (PARTITION BY product_id ORDER BY id) AS running FROM stock_movements)
                 WHERE stock_after <> running",
    },
    Invariant {
        name: "reserved_is_sum_of_open_lines",
        broken: "SELECT p.sku FROM products p LEFT JOIN (SELECT i.product_id, SUM(i.quantity) AS pieces FROM order_items i JOIN orders o ON o.id = i.order_id
                     WHERE o.stock_state = 'reserved' GROUP BY i.product_id) r ON r.product_id = p.id
                 WHERE p.reserved_quantity <> COALESCE(r.pieces, 0)",
    },
    Invariant {
        name: "total_is_sum_of_lines",
        broken: "SELECT o.order_no FROM orders o LEFT JOIN (SELECT order_id, SUM(CAST(ROUND(subtotal * 100) AS INTEGER)) AS fen FROM order_items GROUP BY order_id) i
                 ON i.order_id = o.id WHERE CAST(ROUND(o.total_amount * 100) AS INTEGER) <> COALESCE(i.fen, 0)",
    },
    Invariant {
        name: "subtotal_is_quantity_times_price",
        broken: "SELECT CAST(id AS TEXT) FROM order_items
                 WHERE CAST(ROUND(subtotal * 100) AS INTEGER) <> quantity * CAST(ROUND(unit_price * 100) AS INTEGER)",
    },
    Invariant {
        name: "returned_is_sum_of_returned_lines",
        broken: "SELECT o.order_no FROM orders o LEFT JOIN (SELECT order_id, SUM(returned_quantity * CAST(ROUND(unit_price * 100) AS INTEGER)) AS fen
                     FROM order_items WHERE returned_quantity > 0 GROUP BY order_id) i ON i.order_id = o.id
                 WHERE CAST(ROUND(o.returned_amount * 100) AS INTEGER) <> COALESCE(i.fen, 0)",
    },
    Invariant {
        name: "returned_lines_are_sums_of_returns",
        broken: "SELECT o.order_no FROM order_items i JOIN orders o ON o.id = i.order_id
                 LEFT JOIN (SELECT order_item_id, SUM(quantity) AS pieces FROM order_return_items GROUP BY order_item_id) r ON r.order_item_id = i.id
                 WHERE i.returned_quantity <> COALESCE(r.pieces, 0)",
    },
    Invariant {
        name: "return_amount_is_sum_of_its_lines",
        broken: "SELECT r.return_no FROM order_returns r LEFT JOIN (SELECT t.return_id, SUM(t.quantity * CAST(ROUND(i.unit_price * 100) AS INTEGER)) AS fen,
                         SUM(t.quantity) AS pieces, SUM(t.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)) AS cost
                     FROM order_return_items t JOIN order_items i ON i.id = t.order_item_id GROUP BY t.return_id) l ON l.return_id = r.id
                 WHERE CAST(ROUND(r.amount * 100) AS INTEGER) <> COALESCE(l.fen, -1) OR r.pieces <> COALESCE(l.pieces, 0) OR r.cost_fen <> COALESCE(l.cost, 0)
                 UNION ALL SELECT r.return_no FROM order_returns r JOIN order_return_items t ON t.return_id = r.id JOIN order_items i ON i.id = t.order_item_id
                 WHERE i.order_id <> r.order_id",
    },
    Invariant {
        name: "quote_total_is_sum_of_lines",
        broken: "SELECT q.quote_no FROM quotes q LEFT JOIN (SELECT quote_id, SUM(CAST(ROUND(subtotal * 100) AS INTEGER)) AS fen,
                     MAX(CAST(ROUND(subtotal * 100) AS INTEGER) <> quantity * CAST(ROUND(unit_price * 100) AS INTEGER)) AS wrong FROM quote_items GROUP BY quote_id) i
                 ON i.quote_id = q.id WHERE CAST(ROUND(q.total_amount * 100) AS INTEGER) <> COALESCE(i.fen, -1) OR i.wrong",
    },
    Invariant {
        name: "ordered_quotes_are_accepted",
        broken: "SELECT q.quote_no FROM quotes q JOIN orders o ON o.quote_id = q.id WHERE q.status <> 'accepted' OR o.customer_id <> q.customer_id",
    },
    Invariant {
        name: "stocktakes_posted_their_differences",
        broken: "SELECT s.stocktake_no FROM stocktakes s
                 LEFT JOIN (SELECT stocktake_id, SUM(counted_quantity - base_quantity) AS pieces, SUM(counted_quantity <> base_quantity) AS lines
                     FROM stocktake_lines GROUP BY stocktake_id) l ON l.stocktake_id = s.id
                 LEFT JOIN (SELECT reference_id, SUM(quantity) AS pieces, COUNT(*) AS moves FROM stock_movements WHERE reference_type = 'stocktake'
                     GROUP BY reference_id) m ON m.reference_id = s.id
                 WHERE CASE s.status WHEN 'posted' THEN COALESCE(m.pieces, 0) <> COALESCE(l.pieces, 0) OR COALESCE(m.moves, 0) <> COALESCE(l.lines, 0)
                       ELSE m.moves IS NOT NULL END",
    },
    Invariant {
        name: "paid_is_sum_of_payments",
        broken: "SELECT o.order_no FROM orders o LEFT JOIN (SELECT order_id, SUM(CAST(ROUND(amount * 100) AS INTEGER)) AS fen FROM payments GROUP BY order_id) p
                 ON p.order_id = o.id WHERE CAST(ROUND(o.paid_amount * 100) AS INTEGER) <> COALESCE(p.fen, 0)",
    },
    Invariant {
        name: "status_agrees_with_sums",
        broken: "SELECT order_no FROM (SELECT order_no, status, stock_state, ship_date, complete_date, total_amount,
                     CAST(ROUND(total_amount * 100) AS INTEGER) - CAST(ROUND(returned_amount * 100) AS INTEGER) - CAST(ROUND(paid_amount * 100) AS INTEGER) AS due,
                     CAST(ROUND(paid_amount * 100) AS INTEGER) AS paid FROM orders)
                 WHERE (status = 'pending_payment' AND (due <= 0 OR stock_state = 'returned')) OR (status = 'paid' AND due <> 0)
                    OR (status = 'completed' AND (due <> 0 OR complete_date IS NULL)) OR (status = 'cancelled' AND paid <> 0)
                    OR (status IN ('shipped', 'completed') AND (stock_state = 'reserved' OR ship_date IS NULL)) OR due < 0 AND status <> 'cancelled'",
    },
    Invariant {
        name: "order_stock_moved_once",
        broken: "SELECT o.order_no FROM orders o
                 LEFT JOIN (SELECT reference_id, SUM(quantity) AS moved FROM stock_movements WHERE reference_type IN ('order', 'return') GROUP BY reference_id) m
                     ON m.reference_id = o.id
                 LEFT JOIN (SELECT order_id, SUM(quantity - returned_quantity) AS pieces FROM order_items GROUP BY order_id) i ON i.order_id = o.id
                 WHERE COALESCE(m.moved, 0) <> CASE o.stock_state WHEN 'deducted' THEN -COALESCE(i.pieces, 0) ELSE 0 END",
    },
    Invariant {
        name: "customer_outstanding",
        broken: "SELECT c.name FROM customers c LEFT JOIN (SELECT customer_id, SUM(CAST(ROUND(total_amount * 100) AS INTEGER)
                     - CAST(ROUND(returned_amount * 100) AS INTEGER) - CAST(ROUND(paid_amount * 100) AS INTEGER)) AS fen
                     FROM orders WHERE status <> 'cancelled' GROUP BY customer_id) o ON o.customer_id = c.id
                 WHERE CAST(ROUND(c.outstanding * 100) AS INTEGER) <> COALESCE(o.fen, 0)",
    },
    Invariant {
        name: "customer_last_order",
        broken: "SELECT c.name FROM customers c LEFT JOIN (SELECT customer_id, MAX(order_date) AS last FROM orders WHERE status <> 'cancelled' GROUP BY customer_id) o
                 ON o.customer_id = c.id WHERE c.last_order_at IS NOT o.last",
    },
    Invariant {
        name: "customer_last_followup",
        broken: "SELECT c.name FROM customers c LEFT JOIN (SELECT customer_id, MAX(followup_time) AS last FROM customer_followups GROUP BY customer_id) f
                 ON f.customer_id = c.id WHERE c.last_followup_at IS NOT f.last",
    },
    Invariant {
        name: "tags_agree",
        broken: "SELECT c.name FROM customers c WHERE (SELECT COUNT(*) FROM json_each(COALESCE(c.tags, '[]'))) <> (SELECT COUNT(*) FROM customer_tags t WHERE t.customer_id = c.id)
                    OR EXISTS (SELECT 1 FROM json_each(COALESCE(c.tags, '[]')) j WHERE j.value NOT IN (SELECT tag FROM customer_tags t WHERE t.customer_id = c.id))",
    },
    Invariant {
        name: "orders_know_their_lines",
        broken: "SELECT o.order_no FROM orders o LEFT JOIN (SELECT order_id, SUM(quantity) AS pieces,
                     SUM(quantity * CAST(ROUND(cost_price * 100) AS INTEGER)) AS cost FROM order_items GROUP BY order_id) i ON i.order_id = o.id
                 JOIN customers c ON c.id = o.customer_id
                 WHERE o.pieces <> COALESCE(i.pieces, 0) OR o.cost_fen <> COALESCE(i.cost, 0) OR o.owner_id IS NOT c.assigned_to
                    OR o.customer_name <> c.name",
    },
    Invariant {
        name: "order_sums",
        broken: "SELECT order_day || ' ' || status FROM (
                     SELECT order_day, status, created_by, COALESCE(owner_id, 0) AS owner_id, COUNT(*), SUM(CAST(ROUND(total_amount * 100) AS INTEGER)),
                         SUM(CAST(ROUND(returned_amount * 100) AS INTEGER)), SUM(CAST(ROUND(paid_amount * 100) AS INTEGER)), SUM(pieces), SUM(cost_fen)
                     FROM orders GROUP BY 1, 2, 3, 4 EXCEPT SELECT * FROM order_sums)
                 UNION ALL SELECT order_day || ' ' || status FROM (SELECT order_day, status, created_by, owner_id FROM order_sums EXCEPT
                     SELECT order_day, status, created_by, COALESCE(owner_id, 0) FROM orders)",
    },
    Invariant {
        name: "product_sums",
        broken: "WITH live AS MATERIALIZED (
                     SELECT month, product_id, SUM(orders), SUM(pieces), SUM(sold), SUM(returned), SUM(cost), SUM(kept) FROM (
                         SELECT substr(o.order_day, 1, 7) AS month, i.product_id, COUNT(DISTINCT o.id) AS orders, SUM(i.quantity) AS pieces,
                             SUM(CAST(ROUND(i.subtotal * 100) AS INTEGER)) AS sold, 0 AS returned,
                             SUM(i.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)) AS cost,
                             SUM((i.quantity - i.returned_quantity) * CAST(ROUND(i.unit_price * 100) AS INTEGER)) AS kept
                         FROM orders o JOIN order_items i ON i.order_id = o.id WHERE o.status <> 'cancelled' GROUP BY 1, 2
                         UNION ALL SELECT substr(r.return_day, 1, 7), i.product_id, 0, -SUM(t.quantity), 0,
                             SUM(t.quantity * CAST(ROUND(i.unit_price * 100) AS INTEGER)), -SUM(t.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)), 0
                         FROM order_returns r JOIN orders o ON o.id = r.order_id JOIN order_return_items t ON t.return_id = r.id
                         JOIN order_items i ON i.id = t.order_item_id WHERE o.status <> 'cancelled' GROUP BY 1, 2)
                     GROUP BY month, product_id)
                 SELECT month || ' ' || product_id FROM (SELECT * FROM live EXCEPT SELECT * FROM product_sums)
                 UNION ALL SELECT month || ' ' || product_id FROM (SELECT month, product_id FROM product_sums EXCEPT SELECT month, product_id FROM live)",
    },
    Invariant {
        name: "payment_sums",
        broken: "SELECT hour FROM (
                     SELECT substr(payment_date, 1, 13) AS hour, SUM(amount > 0), SUM(MAX(CAST(ROUND(amount * 100) AS INTEGER), 0)), SUM(amount < 0),
                         SUM(MAX(-CAST(ROUND(amount * 100) AS INTEGER), 0)) FROM payments GROUP BY 1 EXCEPT SELECT * FROM payment_sums)
                 UNION ALL SELECT hour FROM payment_sums WHERE hour NOT IN (SELECT substr(payment_date, 1, 13) FROM payments)",
    },
    Invariant {
        name: "numbers_are_counted",
        broken: "SELECT d.number FROM (SELECT 'order' AS kind, order_no AS number, ltrim(order_no, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') AS digits FROM orders
                     WHERE external_no IS NULL UNION ALL
                     SELECT 'payment', payment_no, ltrim(payment_no, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') FROM payments UNION ALL
                     SELECT 'quote', quote_no, ltrim(quote_no, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') FROM quotes UNION ALL
                     SELECT 'return', return_no, ltrim(return_no, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') FROM order_returns UNION ALL
                     SELECT 'stocktake', stocktake_no, ltrim(stocktake_no, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ') FROM stocktakes) d
                 LEFT JOIN counters k ON k.kind = d.kind AND k.day = substr(d.digits, 1, 4) || '-' || substr(d.digits, 5, 2) || '-' || substr(d.digits, 7, 2)
                 WHERE k.last IS NULL OR CAST(substr(d.digits, 9) AS INTEGER) > k.last",
    },
    Invariant { name: "customers_are_searchable", broken: "SELECT name FROM customers WHERE id NOT IN (SELECT rowid FROM customer_search)" },
    Invariant { name: "products_are_searchable", broken: "SELECT sku FROM products WHERE id NOT IN (SELECT rowid FROM product_search)" },
    Invariant { name: "orders_are_searchable", broken: "SELECT order_no FROM orders WHERE id NOT IN (SELECT rowid FROM order_search)" },
    Invariant { name: "quotes_are_searchable", broken: "SELECT quote_no FROM quotes WHERE id NOT IN (SELECT rowid FROM quote_search)" },
    Invariant {
        name: "search_has_no_strangers",
        broken: "SELECT CAST(rowid AS TEXT) FROM customer_search WHERE rowid NOT IN (SELECT id FROM customers)
                 UNION ALL SELECT CAST(rowid AS TEXT) FROM product_search WHERE rowid NOT IN (SELECT id FROM products)
                 UNION ALL SELECT CAST(rowid AS TEXT) FROM order_search WHERE rowid NOT IN (SELECT id FROM orders)
                 UNION ALL SELECT CAST(rowid AS TEXT) FROM quote_search WHERE rowid NOT IN (SELECT id FROM quotes)",
    },
    Invariant { name: "foreign_keys", broken: "SELECT \"table\" || ' ' || COALESCE(rowid, 0) FROM pragma_foreign_key_check" },
    Invariant {
        name: "an_administrator_is_active",
        broken: "SELECT 'users' WHERE EXISTS (SELECT 1 FROM users) AND NOT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND status = 'active')",
    },
];

/// A rule that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    pub name: &'static str,
    /// How many records break it.
    pub count: i64,
    /// The first few.
    pub examples: Vec<String>,
}

/// All rules that do not hold; `step` is told before each one and stops the check where it says false.
pub fn broken(c: &Connection, mut step: impl FnMut(usize, usize) -> bool) -> Result<Vec<Broken>> {
    let mut found = Vec::new();
    let steps = INVARIANTS.len() + 1;
    for (at, invariant) in INVARIANTS.iter().enumerate() {
        if !step(at, steps) {
            return Ok(found);
        }
        let examples = rows(c, &format!("SELECT * FROM ({}) LIMIT 5", invariant.broken), [], |row| row.get::<_, String>(0))?;
        if !examples.is_empty() {
            let count = one(c, &format!("SELECT COUNT(*) FROM ({})", invariant.broken), [], |row| row.get(0))?;
            found.push(Broken { name: invariant.name, count, examples });
        }
    }
    if step(INVARIANTS.len(), steps)
        && let Some(id) = logs::first_break(c)?
    {
        found.push(Broken { name: "log_chain", count: 1, examples: vec![id.to_string()] });
    }
    Ok(found)
}

/// The names of all rules, the log chain's included.
pub fn names() -> impl Iterator<Item = &'static str> {
    INVARIANTS.iter().map(|invariant| invariant.name).chain(["log_chain"])
}
