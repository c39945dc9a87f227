//! Demo data: every invariant holds at several sizes, and a seed gives the same company again.

use std::sync::Arc;

use zhanggui::database::Wait;
use zhanggui::models::Error;
use zhanggui::models::followup::{FollowupFilter, FollowupPage, FollowupSort};
use zhanggui::models::{FixedClock, Refusal, Timestamp};
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::demo::{self, DemoSize};
use zhanggui::services::{Desk, auth, followups};

use crate::fixture::{NOW, setup};

struct Made {
    folder: tempfile::TempDir,
    desk: Desk,
}

fn make(size: DemoSize, seed: u64) -> Made {
    let folder = tempfile::tempdir().unwrap();
    let clock = Arc::new(FixedClock::new(Timestamp::parse(NOW).unwrap()));
    let mut desk = Desk::create(&folder.path().join("demo.db"), Wait::Job, setup(&clock)).unwrap();
    demo::create(&mut desk, size, seed, |_, _| true).unwrap();
    Made { folder, desk }
}

impl Made {
    fn figures(&self, sql: &str) -> Vec<i64> {
        let connection = rusqlite::Connection::open(self.folder.path().join("demo.db")).unwrap();
        connection.query_row(sql, [], |row| (0..row.as_ref().column_count()).map(|at| row.get(at)).collect()).unwrap()
    }

    fn sums(&self) -> Vec<i64> {
        self.figures(
            "SELECT (SELECT SUM(CAST(ROUND(total_amount * 100) AS INTEGER) * (id % 97)) FROM orders),
                    (SELECT SUM(CAST(ROUND(amount * 100) AS INTEGER) * (id % 89)) FROM payments),
                    (SELECT SUM(quantity * (id % 83)) FROM stock_movements), (SELECT SUM(stock_quantity * (id % 79)) FROM products),
                    (SELECT SUM(length(name) * (id % 73)) FROM customers), (SELECT COUNT(*) FROM customer_followups),
                    (SELECT SUM(CAST(ROUND(total_amount * 100) AS INTEGER) * (id % 71)) FROM quotes)",
        )
    }
}

#[test]
fn every_invariant_holds_at_several_sizes() {
    for (customers, products, orders) in [(1, 1, 1), (3, 40, 60), (121, 248, 2_400)] {
        let made = make(DemoSize { customers, products, orders }, 7);
        let findings = run_unattended(&made.desk, Depth::Full, |_, _| true).unwrap();
        assert!(findings.is_good(), "{customers} {products} {orders}: {findings:?}");
        assert_eq!(made.figures("SELECT COUNT(*) FROM orders"), [i64::try_from(orders).unwrap()]);
        assert_eq!(made.figures("SELECT COUNT(*) FROM customers"), [i64::try_from(customers).unwrap()]);
    }
}

#[test]
fn a_seed_gives_the_same_company_again() {
    let size = DemoSize { customers: 60, products: 80, orders: 500 };
    let first = make(size, 3).sums();
    assert_eq!(first, make(size, 3).sums());
    assert_ne!(first, make(size, 4).sums());
}

#[test]
fn the_window_finds_work_in_every_state() {
    let mut made = make(DemoSize::WINDOW, 1);
    assert_eq!(made.figures("SELECT COUNT(DISTINCT status) FROM orders"), [5]);
    let now = format!("SELECT COUNT(*) FROM orders WHERE order_date > '{NOW}' OR ship_date > '{NOW}' OR complete_date > '{NOW}'");
    assert_eq!(made.figures(&now), [0]);
    assert_eq!(made.figures(&format!("SELECT COUNT(*) FROM payments WHERE payment_date > '{NOW}'")), [0]);
    // Time runs forward: movements in order, nothing paid or given back before it was ordered.
    let back = "SELECT (SELECT COUNT(*) FROM (SELECT created_at < LAG(created_at) OVER (ORDER BY id) AS back FROM stock_movements) WHERE back),
                       (SELECT COUNT(*) FROM payments p JOIN orders o ON o.id = p.order_id WHERE p.payment_date < o.order_date),
                       (SELECT COUNT(*) FROM orders WHERE ship_date < order_date OR complete_date < ship_date)";
    assert_eq!(made.figures(back), [0, 0, 0]);
    // Quotes in every state, also some that end in the next days; time runs forward; who became an order has the order's lines.
    let quotes = "SELECT COUNT(*) BETWEEN 50 AND 70, SUM(status = 'draft') > 2, SUM(status = 'sent' AND valid_until < '2026-01-30') > 2,
                         SUM(status = 'sent' AND valid_until BETWEEN '2026-01-30' AND '2026-02-02') > 2, SUM(status = 'sent' AND valid_until > '2026-02-02') > 2,
                         SUM(status = 'rejected') > 2, SUM(status = 'accepted') > 2, COUNT(DISTINCT created_at) > 40,
                         SUM((sent_at IS NULL) <> (status = 'draft') OR (decided_at IS NULL) <> (status IN ('draft', 'sent'))) FROM quotes";
    assert_eq!(made.figures(quotes), [1, 1, 1, 1, 1, 1, 1, 1, 0]);
    let back = format!(
        "SELECT (SELECT COUNT(*) FROM (SELECT created_at < LAG(created_at) OVER (ORDER BY id) AS back FROM quotes) WHERE back),
                (SELECT COUNT(*) FROM quotes WHERE sent_at < created_at OR decided_at < sent_at OR updated_at > '{NOW}')"
    );
    assert_eq!(made.figures(&back), [0, 0]);
    let ordered = "SELECT COUNT(*) > 9, SUM(q.total_amount <> o.total_amount OR q.decided_at <> o.order_date OR (SELECT group_concat(product_id || 'x' || quantity ORDER BY id)
                       FROM quote_items WHERE quote_id = q.id) <> (SELECT group_concat(product_id || 'x' || quantity ORDER BY id) FROM order_items WHERE order_id = o.id))
                   FROM quotes q JOIN orders o ON o.quote_id = q.id";
    assert_eq!(made.figures(ordered), [1, 0]);
    // Two posted stocktakes with differences both ways, and an open one that is partly counted and could be posted.
    let stocktakes = "SELECT SUM(status = 'posted'), SUM(status = 'open'), SUM(status = 'posted' AND (SELECT MIN(counted_quantity - base_quantity) < 0
                             AND MAX(counted_quantity - base_quantity) > 0 FROM stocktake_lines WHERE stocktake_id = s.id)) > 0,
                             SUM(status = 'open' AND (SELECT COUNT(counted_quantity) BETWEEN 1 AND COUNT(*) - 1 FROM stocktake_lines WHERE stocktake_id = s.id))
                      FROM stocktakes s";
    assert_eq!(made.figures(stocktakes), [2, 1, 1, 1]);
    // Some goods came back: with a refund where the order was paid, later than it was shipped, never after now.
    let returns = format!(
        "SELECT COUNT(*) > 20, SUM(r.refunded > 0) > 10, SUM(r.refunded = 0) > 2, SUM(r.created_at < o.ship_date OR r.created_at > '{NOW}'),
                (SELECT COUNT(*) FROM (SELECT created_at < LAG(created_at) OVER (ORDER BY id) AS back FROM order_returns) WHERE back)
         FROM order_returns r JOIN orders o ON o.id = r.order_id"
    );
    assert_eq!(made.figures(&returns), [1, 1, 1, 0, 0]);
    let low = made.figures("SELECT SUM(stock_quantity = 0) > 0, SUM(stock_quantity <= stock_warning_threshold) > 1 FROM products");
    assert_eq!(low, [1, 1]);
    // Numbers on the mobile networks' test block only, mail at names nobody can register.
    assert_eq!(made.figures("SELECT COUNT(*) FROM customers WHERE phone LIKE '1%' AND substr(phone, 4, 4) <> '0000'"), [0]);
    assert_eq!(made.figures("SELECT COUNT(*) FROM customers WHERE email IS NOT NULL AND email NOT LIKE '%.example'"), [0]);
    // The person who signs in has something late, something for today, and something for later.
    auth::act_as(&mut made.desk, "admin").unwrap();
    let reminders = followups::reminders(&made.desk).unwrap();
    assert!(reminders.overdue >= 2 && reminders.count >= reminders.overdue + 3, "{reminders:?}");
    let mine = FollowupFilter { person: made.desk.session().map(|session| session.user), ..Default::default() };
    let (_, counts) = followups::list(&made.desk, &mine, &FollowupPage::first(FollowupSort::Next, false)).unwrap();
    assert!(counts.week > counts.today && counts.all > counts.overdue + counts.week, "{counts:?}");
    for name in ["admin", "manager", "sales", "warehouse", "employee"] {
        auth::login(&mut made.desk, name, demo::PASSWORD).unwrap();
    }
    let again = demo::create(&mut made.desk, DemoSize::WINDOW, 1, |_, _| true);
    assert_eq!(again, Err(Error::Refused(Refusal::AlreadyInitialised)));
}

#[test]
fn the_company_is_a_plausible_one() {
    let made = make(DemoSize::WINDOW, 1);
    // Most orders are done with, few were cancelled, and they come on nearly every day of two years.
    let orders = "SELECT SUM(status = 'completed') > COUNT(*) * 8 / 10, SUM(status = 'cancelled') BETWEEN COUNT(*) / 100 AND COUNT(*) / 20,
                         COUNT(DISTINCT order_day) > 600 FROM orders";
    assert_eq!(made.figures(orders), [1, 1, 1]);
    // Everything is sold above its cost. The shelves open with some multiple of the warning threshold, nobody hoards, and what runs low is a tenth at most.
    let products = "SELECT SUM(price <= cost_price), SUM(stock_quantity <= stock_warning_threshold) BETWEEN 5 AND COUNT(*) / 10 FROM products";
    assert_eq!(made.figures(products), [0, 1]);
    let shelves = "SELECT SUM(reference_type = 'opening' AND (quantity % stock_warning_threshold OR quantity NOT BETWEEN 2 * stock_warning_threshold AND 8 * stock_warning_threshold)),
                          SUM(stock_after > 9 * stock_warning_threshold + 120) FROM stock_movements m JOIN products p ON p.id = m.product_id";
    assert_eq!(made.figures(shelves), [0, 0]);
    // Companies hardly share a name, nor the beginning of one.
    let customers = "SELECT COUNT(DISTINCT name) > 115, COUNT(DISTINCT substr(name, 1, 4)) > 100, COUNT(DISTINCT industry) > 10 FROM customers";
    assert_eq!(made.figures(customers), [1, 1, 1]);
    // People, customers and goods were there before the first order; a follow-up in ten or so plans the next one.
    let before = "SELECT MAX(created_at) < (SELECT MIN(order_date) FROM orders) FROM
                  (SELECT created_at FROM users UNION ALL SELECT created_at FROM customers UNION ALL SELECT created_at FROM products)";
    assert_eq!(made.figures(before), [1]);
    let planned = "SELECT SUM(next_followup_time IS NOT NULL) > COUNT(*) / 20 FROM customer_followups";
    assert_eq!(made.figures(planned), [1]);
    let quotes = "SELECT COUNT(*) FROM quotes WHERE date(created_at, '+8 hours') > valid_until";
    assert_eq!(made.figures(quotes), [0]);
}
