//! 「检查数据」: whatever does not hold is found, by the rule it breaks.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use zhanggui::database::Wait;
use zhanggui::models::{Error, FixedClock, Timestamp};
use zhanggui::services::Desk;
use zhanggui::services::check::{self, Depth, Findings, run_unattended};
use zhanggui::services::demo::{self, DemoSize};

use crate::fixture::{NOW, setup};

fn made(path: &Path) -> Desk {
    let clock = Arc::new(FixedClock::new(Timestamp::parse(NOW).unwrap()));
    let mut desk = Desk::create(path, Wait::Job, setup(&clock)).unwrap();
    demo::create(&mut desk, DemoSize { customers: 30, products: 40, orders: 300 }, 2, |_, _| true).unwrap();
    desk
}

/// What a check finds of a file that somebody has been at, behind the program's back.
fn found_after(made: &Path, tampering: &str) -> Findings {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm_erp.db");
    std::fs::copy(made, &path).unwrap();
    let clock = Arc::new(FixedClock::new(Timestamp::parse(NOW).unwrap()));
    let desk = Desk::open(&path, Wait::Job, setup(&clock)).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;").unwrap();
    let triggers: Vec<String> = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'")
        .unwrap()
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    for trigger in triggers {
        connection.execute_batch(&format!("DROP TRIGGER {trigger}")).unwrap();
    }
    connection.execute_batch(tampering).unwrap();
    assert!(connection.changes() > 0, "{tampering}");
    run_unattended(&desk, Depth::Quick, |_, _| true).unwrap()
}

/// What breaks each rule, and what else is no longer right then.
const TAMPERINGS: &[(&str, &str)] = &[
    ("stock_is_sum_of_movements", "UPDATE products SET stock_quantity = stock_quantity + 1 WHERE id = 3"),
    ("running_stock", "UPDATE stock_movements SET stock_after = stock_after + 1 WHERE id = 7"),
    ("reserved_is_sum_of_open_lines", "UPDATE products SET reserved_quantity = reserved_quantity + 1 WHERE id = 3"),
    ("total_is_sum_of_lines", "UPDATE orders SET total_amount = total_amount + 0.01 WHERE id = 5"),
    ("subtotal_is_quantity_times_price", "UPDATE order_items SET subtotal = subtotal + 0.01 WHERE id = 5"),
    ("returned_is_sum_of_returned_lines", "UPDATE orders SET returned_amount = returned_amount + 0.01 WHERE id = 5"),
    ("returned_lines_are_sums_of_returns", "UPDATE order_items SET returned_quantity = returned_quantity + 1 WHERE id = 5"),
    ("return_amount_is_sum_of_its_lines", "UPDATE order_returns SET amount = amount + 0.01 WHERE id = 1"),
    ("quote_total_is_sum_of_lines", "UPDATE quotes SET total_amount = total_amount + 0.01 WHERE id = 1"),
    ("ordered_quotes_are_accepted", "UPDATE quotes SET status = 'sent' WHERE id = (SELECT MIN(quote_id) FROM orders)"),
    (
        "stocktakes_posted_their_differences",
        "UPDATE stocktake_lines SET counted_quantity = counted_quantity + 1 WHERE stocktake_id = (SELECT MIN(id) FROM stocktakes WHERE status = 'posted')",
    ),
    ("paid_is_sum_of_payments", "UPDATE payments SET amount = amount + 0.01 WHERE id = 3"),
    ("status_agrees_with_sums", "UPDATE orders SET status = 'pending_payment' WHERE id = (SELECT MIN(id) FROM orders WHERE status = 'completed')"),
    (
        "order_stock_moved_once",
        "UPDATE stock_movements SET reference_id = reference_id + 1 WHERE id = (SELECT MIN(id) FROM stock_movements WHERE reference_type = 'order')",
    ),
    ("customer_outstanding", "UPDATE customers SET outstanding = outstanding + 0.01 WHERE id = 2"),
    ("customer_last_order", "UPDATE customers SET last_order_at = '2020-01-01T00:00:00Z' WHERE id = 2"),
    ("customer_last_followup", "UPDATE customers SET last_followup_at = '2020-01-01T00:00:00Z' WHERE id = 2"),
    ("tags_agree", "UPDATE customers SET tags = '[\"x\"]' WHERE id = 2"),
    ("orders_know_their_lines", "UPDATE orders SET pieces = pieces + 1 WHERE id = 5"),
    ("orders_know_their_customers", "UPDATE orders SET customer_name = 'x' WHERE id = 5"),
    ("order_sums", "DELETE FROM order_sums WHERE order_day = (SELECT MIN(order_day) FROM order_sums)"),
    ("order_sums", "INSERT INTO order_sums VALUES ('2000-01-01', 'paid', 1, 1, 1, 0, 0, 0, 0, 0)"),
    ("product_sums", "UPDATE product_sums SET kept = kept + 1 WHERE product_id = 3"),
    ("payment_sums", "UPDATE payment_sums SET receipts = receipts + 1 WHERE hour = (SELECT MIN(hour) FROM payment_sums)"),
    ("numbers_are_counted", "UPDATE counters SET last = last - 1 WHERE kind = 'order'"),
    ("customers_are_searchable", "DELETE FROM customer_search WHERE rowid = 2"),
    ("products_are_searchable", "DELETE FROM product_search WHERE rowid = 2"),
    ("orders_are_searchable", "DELETE FROM order_search WHERE rowid = 2"),
    ("quotes_are_searchable", "DELETE FROM quote_search WHERE rowid = 1"),
    ("search_has_no_strangers", "INSERT INTO customer_search (rowid, grams, syllables) VALUES (99999, 'x', 'x')"),
    ("foreign_keys", "UPDATE payments SET created_by = 999 WHERE id = 3"),
    ("foreign_keys", "UPDATE payments SET order_id = 99999 WHERE id = 3"),
    ("foreign_keys", "UPDATE order_items SET order_id = 99999 WHERE id = 3"),
    ("foreign_keys", "UPDATE order_items SET product_id = 99999 WHERE id = 3"),
    ("foreign_keys", "DELETE FROM orders WHERE id = 3"),
    ("foreign_keys", "DELETE FROM orders WHERE id = (SELECT MAX(id) FROM orders)"),
    ("foreign_keys", "UPDATE orders SET customer_id = 99999 WHERE id = 3"),
    ("foreign_keys", "UPDATE orders SET quote_id = 99999 WHERE id = 3"),
    ("foreign_keys", "UPDATE stock_movements SET product_id = 99999 WHERE id = 3"),
    ("foreign_keys", "UPDATE customers SET assigned_to = 99999 WHERE id = 3"),
    ("foreign_keys", "UPDATE quote_items SET product_id = 99999 WHERE id = 3"),
    ("an_administrator_is_active", "UPDATE users SET status = 'inactive' WHERE role = 'admin'"),
    ("log_chain", "UPDATE file_state SET value = 'x' WHERE key LIKE 'log%'"),
];

#[test]
fn whatever_does_not_hold_is_found_by_its_rule() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm_erp.db");
    drop(made(&path));
    for (rule, tampering) in TAMPERINGS {
        let findings = found_after(&path, tampering);
        let broken = findings.broken.iter().find(|broken| broken.name == *rule);
        let broken = broken.unwrap_or_else(|| panic!("{rule} says nothing after {tampering}: {findings:?}"));
        assert!(broken.count > 0 && !broken.examples.is_empty() && broken.examples.len() <= 5, "{broken:?}");
    }
    let named: BTreeSet<&str> = TAMPERINGS.iter().map(|(rule, _)| *rule).collect();
    // And that the log goes on from the last backup's.
    assert_eq!(check::rules(), named.len() + 1, "a rule is not tried here");
}

/// A file that was not looked at to the end is not called good.
#[test]
fn a_stopped_check_finds_nothing_out() {
    let folder = tempfile::tempdir().unwrap();
    let desk = made(&folder.path().join("crm_erp.db"));
    let mut all = 0;
    let whole = run_unattended(&desk, Depth::Quick, |done, of| {
        assert_eq!(done, all);
        all += 1;
        assert!(all <= of);
        true
    });
    assert!(whole.unwrap().is_good());
    for stop in 0..all {
        let mut asked = 0;
        let stopped = run_unattended(&desk, Depth::Quick, |_, _| {
            asked += 1;
            asked <= stop
        });
        assert_eq!(stopped.unwrap_err(), Error::Cancelled, "stopped at {stop}");
    }
}
