//! What must always hold (reliability R6): sums of other rows in `ledger`, everything else as a query that names the records where it does not.

mod columns;
mod ledger;

use super::logs;
use crate::database::{Connection, one, rows};
use crate::models::{Error, Result};
use ledger::Ledger;

/// One rule with a query for the records that break it.
struct Invariant {
    name: &'static str,
    /// Gives the broken records' names.
    broken: &'static str,
}

const INVARIANTS: &[Invariant] = &[
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
        name: "customer_last_followup",
        broken: "SELECT c.name FROM customers c LEFT JOIN (SELECT customer_id, MAX(followup_time) AS last FROM customer_followups GROUP BY customer_id) f
                 ON f.customer_id = c.id WHERE c.last_followup_at IS NOT f.last",
    },
    Invariant {
        name: "tags_agree",
        broken: "SELECT c.name FROM customers c WHERE (COALESCE(c.tags, '[]') <> '[]' OR c.id IN (SELECT customer_id FROM customer_tags))
                    AND ((SELECT COUNT(*) FROM json_each(COALESCE(c.tags, '[]'))) <> (SELECT COUNT(*) FROM customer_tags t WHERE t.customer_id = c.id)
                    OR EXISTS (SELECT 1 FROM json_each(COALESCE(c.tags, '[]')) j WHERE j.value NOT IN (SELECT tag FROM customer_tags t WHERE t.customer_id = c.id)))",
    },
    Invariant { name: "quotes_are_searchable", broken: "SELECT quote_no FROM quotes WHERE id NOT IN (SELECT rowid FROM quote_search)" },
    Invariant {
        name: "search_has_no_strangers",
        broken: "SELECT CAST(rowid AS TEXT) FROM quote_search WHERE rowid NOT IN (SELECT id FROM quotes)",
    },
    Invariant {
        name: "foreign_keys",
        broken: "SELECT f.\"table\" || ' ' || COALESCE(f.rowid, 0) FROM sqlite_schema s JOIN pragma_foreign_key_check(s.name) f
                 WHERE s.type = 'table' AND s.name NOT IN ('orders', 'order_items', 'payments', 'stock_movements')",
    },
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

impl Broken {
    /// How many records are named.
    const EXAMPLES: usize = 5;
}

/// All rules that do not hold; `step` (done, of) is told before each part of the work. [`Error::Cancelled`] where it stops the check by saying false.
pub fn broken(c: &Connection, mut step: impl FnMut(usize, usize) -> bool) -> Result<Vec<Broken>> {
    let steps = ledger::PARTS.len() + INVARIANTS.len() + 1;
    let mut at = 0;
    let mut next = || {
        at += 1;
        if step(at - 1, steps) { Ok(()) } else { Err(Error::Cancelled) }
    };
    let mut sums = Ledger::default();
    for part in ledger::PARTS {
        next()?;
        part(c, &mut sums)?;
    }
    let mut found = sums.into_broken();
    for invariant in INVARIANTS {
        next()?;
        let examples = rows(c, &format!("SELECT * FROM ({}) LIMIT {}", invariant.broken, Broken::EXAMPLES), [], |row| row.get::<_, String>(0))?;
        if !examples.is_empty() {
            let count = one(c, &format!("SELECT COUNT(*) FROM ({})", invariant.broken), [], |row| row.get(0))?;
            match found.iter_mut().find(|broken: &&mut Broken| broken.name == invariant.name) {
                Some(known) => known.count += count,
                None => found.push(Broken { name: invariant.name, count, examples }),
            }
        }
    }
    next()?;
    if let Some(id) = logs::first_break(c)? {
        found.push(Broken { name: "log_chain", count: 1, examples: vec![id.to_string()] });
    }
    Ok(found)
}

/// The names of all rules, the log chain's included.
pub fn names() -> impl Iterator<Item = &'static str> {
    ledger::RULES.iter().copied().chain(INVARIANTS.iter().map(|invariant| invariant.name)).chain(["log_chain"])
}
