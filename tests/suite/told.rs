//! What the program tells of a deed, in one line, and the same line from the file by plain SQL: two records that must agree.
//!
//! Each line is final: nothing that happens later to its record changes it.

use std::collections::BTreeSet;
use std::path::Path;

pub type Facts = BTreeSet<String>;

/// Sums of pieces by product, in the order of the products.
pub fn by_product(pieces: impl IntoIterator<Item = (i64, i64)>) -> String {
    let mut sums = std::collections::BTreeMap::new();
    for (product, pieces) in pieces {
        *sums.entry(product).or_insert(0) += pieces;
    }
    sums.iter().map(|(product, pieces)| format!("{product}:{pieces}")).collect::<Vec<_>>().join(" ")
}

/// What belongs to one record, by product and direction.
const MOVED: &str = "CREATE TEMP TABLE moved AS SELECT reference_type AS kind, reference_id AS id, product_id AS product, quantity < 0 AS goes,
                     SUM(quantity) AS pieces FROM stock_movements WHERE reference_type IN ('order', 'stocktake') GROUP BY 1, 2, 3, 4;
                     CREATE INDEX temp.moved_by ON moved(kind, id)";

/// Every deed that stands in the file.
const FACTS: &[&str] = &[
    "SELECT 'order ' || order_no || ' id ' || id || ' quote ' || COALESCE(quote_id, 0) || ' total ' || CAST(ROUND(total_amount * 100) AS INTEGER)
         || ' lines ' || (SELECT group_concat(product_id || 'x' || quantity || '@' || CAST(ROUND(unit_price * 100) AS INTEGER), ' ' ORDER BY i.id)
                          FROM order_items i WHERE order_id = o.id)
         || ' out ' || COALESCE((SELECT group_concat(product || ':' || -pieces, ' ' ORDER BY product) FROM moved
                                 WHERE kind = 'order' AND id = o.id AND goes), '') FROM orders o",
    "SELECT 'payment ' || id || ' of ' || order_id || ' fen ' || CAST(ROUND(amount * 100) AS INTEGER) FROM payments WHERE amount > 0",
    "SELECT 'cancelled ' || id || ' refund ' || (SELECT COALESCE(-SUM(CAST(ROUND(amount * 100) AS INTEGER)), 0) FROM payments
                                                 WHERE order_id = o.id AND amount < 0)
         || ' in ' || COALESCE((SELECT group_concat(product || ':' || pieces, ' ' ORDER BY product) FROM moved
                                WHERE kind = 'order' AND id = o.id AND NOT goes), '') FROM orders o WHERE status = 'cancelled'",
    "SELECT 'shipped ' || id FROM orders WHERE ship_date IS NOT NULL",
    "SELECT 'completed ' || id FROM orders WHERE status = 'completed'",
    "SELECT 'return ' || return_no || ' of ' || order_id || ' refund ' || CAST(ROUND(refunded * 100) AS INTEGER)
         || ' in ' || (SELECT group_concat(i.product_id || ':' || t.quantity, ' ' ORDER BY t.id) FROM order_return_items t
                       JOIN order_items i ON i.id = t.order_item_id WHERE t.return_id = r.id) FROM order_returns r",
    "SELECT 'moved ' || id || ' to ' || stock_after || ' by ' || product_id || ':' || quantity FROM stock_movements WHERE reference_type IS NULL",
    "SELECT 'begun ' || id || ' lines ' || (SELECT COUNT(*) FROM stocktake_lines WHERE stocktake_id = s.id) FROM stocktakes s",
    "SELECT 'counted ' || stocktake_id || ' as ' || group_concat(product_id || ':' || counted_quantity, ' ' ORDER BY product_id) FROM stocktake_lines
     WHERE counted_quantity IS NOT NULL GROUP BY stocktake_id",
    "SELECT 'posted ' || id || ' by ' || COALESCE((SELECT group_concat(product || ':' || pieces, ' ' ORDER BY product) FROM moved
                                                   WHERE kind = 'stocktake' AND id = s.id), '')
     FROM stocktakes s WHERE status = 'posted'",
    "SELECT 'imported ' || substr(sku, 1, instr(sku, '-') - 1) || ' rows ' || COUNT(*)
         || ' pieces ' || SUM((SELECT SUM(quantity) FROM stock_movements m WHERE m.product_id = p.id AND reference_type = 'opening'))
     FROM products p WHERE sku GLOB 'M*-*' GROUP BY substr(sku, 1, instr(sku, '-') - 1)",
    "SELECT 'quote ' || quote_no || ' id ' || id || ' total ' || CAST(ROUND(total_amount * 100) AS INTEGER)
         || ' lines ' || (SELECT group_concat(product_id || 'x' || quantity || '@' || CAST(ROUND(unit_price * 100) AS INTEGER), ' ' ORDER BY i.id)
                          FROM quote_items i WHERE quote_id = q.id) FROM quotes q",
];

/// All deeds in a file, read without the program.
pub fn facts(path: &Path) -> Facts {
    let file = rusqlite::Connection::open(path).unwrap();
    file.execute_batch(MOVED).unwrap();
    let mut all = Facts::new();
    for sql in FACTS {
        let mut statement = file.prepare(sql).unwrap();
        let lines = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        for line in lines {
            assert!(all.insert(line.unwrap()), "twice in the file");
        }
    }
    all
}

/// Pieces that a told line moves, by product: negative where they go.
pub fn moves(line: &str) -> Vec<(i64, i64)> {
    let pieces = |word: &str, sign: i64| {
        let list = line.split_once(&format!(" {word} ")).map_or("", |(_, list)| list);
        let pairs = list.split_whitespace().map(|pair| pair.split_once(':').unwrap());
        pairs.map(|(product, pieces)| (product.parse().unwrap(), sign * pieces.parse::<i64>().unwrap())).collect()
    };
    match line.split(' ').next() {
        Some("order") => pieces("out", -1),
        Some("cancelled" | "return") => pieces("in", 1),
        Some("moved" | "posted") => pieces("by", 1),
        _ => Vec::new(),
    }
}
