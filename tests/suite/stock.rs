//! Stock: in, out, count, undo, the records, the warnings, and what the file itself refuses.

use zhanggui::models::choice::{Entity, MovementType, ReferenceType, Role};
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::product::{ProductInput, ProductPage, ProductSort};
use zhanggui::models::stock::{MovementFilter, MovementPage, MovementSort, StockChange, StockOutcome, WarningFilter};
use zhanggui::models::*;
use zhanggui::services::{orders, products, stock};

use crate::fixture::{Fixture, day, fields};

fn change(f: &mut Fixture, product: ProductId, kind: MovementType, quantity: i64) -> Result<StockOutcome> {
    stock::update(&mut f.desk, &StockChange { product, kind, quantity, notes: None })
}

fn movements(f: &Fixture, filter: &MovementFilter) -> Vec<i64> {
    let page = stock::movements(&f.desk, filter, &MovementPage::first(MovementSort::Time, false)).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.iter().map(|row| row.quantity).collect()
}

#[test]
fn in_and_out_move_the_stock_and_leave_records() {
    let mut f = Fixture::new();
    let id = f.product("A", 100, 0);
    let outcome = change(&mut f, id, MovementType::In, 30).unwrap();
    assert_eq!((outcome.before, outcome.after), (0, 30));
    let note = StockChange { product: id, kind: MovementType::Out, quantity: 12, notes: Some("样品".into()) };
    assert_eq!(stock::update(&mut f.desk, &note).unwrap().after, 18);
    let page = stock::movements(&f.desk, &MovementFilter::default(), &MovementPage::first(MovementSort::Time, true)).unwrap();
    let seen: Vec<_> = page.rows.iter().map(|m| (m.kind, m.quantity, m.stock_after, m.notes.as_deref(), m.created_by_name.as_str())).collect();
    assert_eq!(seen, [(MovementType::Out, -12, 18, Some("样品"), "陈志远"), (MovementType::In, 30, 30, None, "陈志远")]);
    assert_eq!(products::get(&f.desk, id).unwrap().stock, 18);
    let row = "SELECT action || entity_type || entity_id || changes FROM system_logs ORDER BY id DESC LIMIT 1";
    assert_eq!(f.text(row), format!(r#"updateproduct{id}{{"stock_quantity":["30","18"]}}"#));
}

#[test]
fn more_than_there_is_is_refused_with_the_figures() {
    let mut f = Fixture::new();
    let id = f.product("A", 100, 5);
    let error = change(&mut f, id, MovementType::Out, 6).unwrap_err();
    assert_eq!(error.code(), Code::BadRequest);
    assert!(matches!(error, Error::Refused(Refusal::Shortage { wanted: 6, available: 5, .. })), "{error:?}");
    assert_eq!((products::get(&f.desk, id).unwrap().stock, movements(&f, &MovementFilter::default())), (5, vec![5]));
    change(&mut f, id, MovementType::Out, 5).unwrap();
}

#[test]
fn a_counted_figure_books_the_difference() {
    let mut f = Fixture::new();
    let id = f.product("A", 100, 5);
    for (counted, booked) in [(8, 3), (2, -6), (0, -2)] {
        let outcome = change(&mut f, id, MovementType::Adjust, counted).unwrap();
        assert_eq!(outcome.after, counted);
        assert_eq!(f.figure("SELECT quantity FROM stock_movements WHERE movement_type = 'adjust' ORDER BY id DESC LIMIT 1"), booked);
    }
    assert_eq!(f.text("SELECT reference_type FROM stock_movements ORDER BY id DESC LIMIT 1"), "adjust");
}

#[test]
fn quantities_out_of_bounds_are_refused() {
    let mut f = Fixture::new();
    let id = f.product("A", 100, 5);
    let cases = [(MovementType::In, 0), (MovementType::In, -3), (MovementType::Out, 0), (MovementType::In, 1_000_001), (MovementType::Adjust, -1)];
    for (kind, quantity) in cases {
        let error = change(&mut f, id, kind, quantity).unwrap_err();
        assert_eq!(error.code(), Code::BadRequest);
        assert!(matches!(fields(error).of(Field::Quantity), Some(Problem::OutOfRange(_, 1_000_000))));
    }
    assert_eq!(movements(&f, &MovementFilter::default()), [5]);
    assert_eq!(change(&mut f, ProductId(99), MovementType::In, 1), Err(Error::NotFound(Entity::Product)));
}

#[test]
fn a_movement_is_undone_once() {
    let mut f = Fixture::new();
    let id = f.product("A", 100, 5);
    let booked = change(&mut f, id, MovementType::Out, 3).unwrap().movement;
    let undone = stock::reverse(&mut f.desk, booked).unwrap();
    assert_eq!((undone.before, undone.after), (2, 5));
    let row = stock::movements(&f.desk, &MovementFilter::default(), &MovementPage::first(MovementSort::Time, true)).unwrap().rows.remove(0);
    assert_eq!((row.kind, row.quantity, row.reference, row.reference_id), (MovementType::In, 3, Some(ReferenceType::Reversal), Some(booked.0)));
    assert_eq!(stock::reverse(&mut f.desk, booked), Err(Refusal::NotReversible.into()));
    assert_eq!(stock::reverse(&mut f.desk, undone.movement), Err(Refusal::NotReversible.into()));
    assert_eq!(stock::reverse(&mut f.desk, MovementId(99)), Err(Error::NotFound(Entity::Movement)));
    assert_eq!(products::get(&f.desk, id).unwrap().stock, 5);
}

#[test]
fn what_is_gone_is_not_undone() {
    let mut f = Fixture::new();
    let id = f.product("A", 100, 0);
    let booked = change(&mut f, id, MovementType::In, 5).unwrap().movement;
    change(&mut f, id, MovementType::Out, 3).unwrap();
    assert!(matches!(stock::reverse(&mut f.desk, booked), Err(Error::Refused(Refusal::Shortage { wanted: 5, available: 2, .. }))));
}

#[test]
fn movements_of_orders_are_undone_by_their_order_only() {
    let mut f = Fixture::new();
    let (id, customer) = (f.product("A", 100, 5), f.customer("甲"));
    let order = f.order(customer, &[(id, 2, 100)]);
    let movement = orders::get(&f.desk, order).unwrap().movements[0].id;
    assert_eq!(stock::reverse(&mut f.desk, movement), Err(Refusal::NotReversible.into()));
}

#[test]
fn records_are_filtered_by_product_type_and_business_day() {
    let mut f = Fixture::new();
    // 23:59:59 on the 29th and midnight on the 30th in Shanghai.
    f.set_time("2026-01-29 15:59:59");
    let (a, b) = (f.product("A", 100, 1), f.product("B", 100, 2));
    f.set_time("2026-01-29 16:00:00");
    f.stock(a, MovementType::In, 3);
    f.set_time("2026-01-30 15:59:59");
    f.stock(a, MovementType::Out, 4);
    f.set_time("2026-01-30 16:00:00");
    f.stock(b, MovementType::Adjust, 7);
    let filter = MovementFilter::default;
    assert_eq!(movements(&f, &filter()), [1, 2, 3, -4, 5]);
    assert_eq!(movements(&f, &MovementFilter { product: Some(a), ..filter() }), [1, 3, -4]);
    assert_eq!(movements(&f, &MovementFilter { kind: Some(MovementType::In), ..filter() }), [1, 2, 3]);
    assert_eq!(movements(&f, &MovementFilter { from: Some(day("2026-01-30")), to: Some(day("2026-01-30")), ..filter() }), [3, -4]);
    assert_eq!(movements(&f, &MovementFilter { to: Some(day("2026-01-29")), product: Some(b), ..filter() }), [2]);
    assert_eq!(movements(&f, &MovementFilter { from: Some(day("2026-01-31")), ..filter() }), [5]);
}

#[test]
fn the_warnings_are_active_products_at_or_below_their_threshold() {
    let mut f = Fixture::new();
    f.product("ABOVE", 100, 11);
    f.product("AT", 100, 10);
    f.product("BELOW", 100, 3);
    f.product("NONE", 100, 0);
    let gone = f.product("GONE", 100, 1);
    products::delete(&mut f.desk, gone).unwrap();
    products::create(&mut f.desk, &ProductInput { sku: "ZERO".into(), name: "零".into(), threshold: 0, ..Default::default() }).unwrap();
    let mut skus = warned(&f, &WarningFilter::default());
    assert_eq!(skus.last().unwrap(), "AT");
    skus.sort();
    assert_eq!(skus, ["AT", "BELOW", "NONE", "ZERO"]);
}

/// The SKUs of the warnings, the emptiest first.
fn warned(f: &Fixture, filter: &WarningFilter) -> Vec<String> {
    let page = stock::warnings(&f.desk, filter, &ProductPage::first(ProductSort::Fill, false)).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.sku).collect()
}

#[test]
fn the_warnings_are_filtered_by_words_and_by_a_category_with_what_stands_below() {
    let mut f = Fixture::new();
    for (sku, category) in [("P1", Some("办公/纸张")), ("P2", Some("办公")), ("P3", Some("办公用品")), ("P4", None)] {
        let input = ProductInput { sku: sku.into(), name: "货".into(), category: category.map(Into::into), ..Default::default() };
        products::create(&mut f.desk, &input).unwrap();
    }
    let of = |category: &str| WarningFilter { category: Some(category.into()), ..Default::default() };
    assert_eq!(warned(&f, &of("办公")), ["P1", "P2"]);
    assert_eq!(warned(&f, &of("办公/纸张")), ["P1"]);
    assert_eq!(warned(&f, &WarningFilter { search: "p3".into(), category: None }), ["P3"]);
    let page = stock::warnings(&f.desk, &WarningFilter::default(), &ProductPage { page_size: 1, ..ProductPage::first(ProductSort::Sku, true) });
    assert_eq!(page.map(|page| (page.total, page.rows[0].sku.clone())), Ok((4, "P4".to_owned())));
}

#[test]
fn records_are_filtered_by_product_words_source_and_person_and_know_what_was_undone() {
    let mut f = Fixture::new();
    let (a, b, customer) = (f.product("A", 100, 50), f.product("B", 100, 50), f.customer("甲"));
    f.order(customer, &[(b, 2, 100)]);
    let mut warehouse = f.as_role(Role::Warehouse);
    let booked = stock::update(&mut warehouse, &StockChange { product: a, kind: MovementType::Out, quantity: 7, notes: None }).unwrap();
    stock::reverse(&mut f.desk, booked.movement).unwrap();
    let filter = MovementFilter::default;
    assert_eq!(movements(&f, &MovementFilter { search: "产品 b".into(), ..filter() }), [50, -2]);
    assert_eq!(movements(&f, &MovementFilter { person: Some(warehouse.session().unwrap().user), ..filter() }), [-7]);
    assert_eq!(movements(&f, &MovementFilter { reference: Some(ReferenceType::Order), ..filter() }), [-2]);
    assert_eq!(movements(&f, &MovementFilter { reference: Some(ReferenceType::Reversal), kind: Some(MovementType::In), ..filter() }), [7]);
    assert_eq!(movements(&f, &MovementFilter { reference: Some(ReferenceType::Order), product: Some(a), ..filter() }), [0; 0]);
    let rows = stock::movements(&f.desk, &filter(), &MovementPage::first(MovementSort::Time, false)).unwrap().rows;
    let known: Vec<(i64, bool, bool)> = rows.iter().map(|row| (row.quantity, row.reversed, row.is_by_hand())).collect();
    assert_eq!(known, [(50, false, true), (50, false, true), (-2, false, false), (-7, true, true), (7, false, false)]);
}

#[test]
fn crossing_the_threshold_is_told_once() {
    let mut f = Fixture::new();
    let id = f.product("A", 100, 12);
    let crossed: Vec<bool> = [1, 1, 1].into_iter().map(|n| change(&mut f, id, MovementType::Out, n).unwrap().crossed_threshold).collect();
    // 11, 10 = the threshold, 9
    assert_eq!(crossed, [false, true, false]);
    assert!(!change(&mut f, id, MovementType::In, 3).unwrap().crossed_threshold);
    assert!(change(&mut f, id, MovementType::Adjust, 0).unwrap().crossed_threshold);
}

#[test]
fn an_order_tells_which_products_it_took_across() {
    let mut f = Fixture::new();
    let (a, b, customer) = (f.product("A", 100, 12), f.product("B", 100, 50), f.customer("甲"));
    let new = crate::fixture::new_order(customer, &[(a, 3, 100), (b, 3, 100)]);
    let crossings = orders::create(&mut f.desk, &new).unwrap().crossings;
    assert_eq!(crossings.iter().map(|c| (c.product, c.stock, c.threshold)).collect::<Vec<_>>(), [(a, 9, 10)]);
    assert!(orders::create(&mut f.desk, &new).unwrap().crossings.is_empty());
}

#[test]
fn what_was_booked_stays_booked() {
    let mut f = Fixture::new();
    let (id, customer) = (f.product("A", 100, 5), f.customer("甲"));
    let order = f.order(customer, &[(id, 2, 100)]);
    f.pay(order, 100).unwrap();
    for table in ["stock_movements", "payments", "system_logs"] {
        assert!(f.figure(&format!("SELECT COUNT(*) FROM {table}")) > 0);
        for sql in [format!("UPDATE {table} SET created_at = '2020-01-01 00:00:00'"), format!("DELETE FROM {table}")] {
            let error = f.sql(&sql).unwrap_err().to_string();
            assert!(error.contains("append-only"), "{sql}: {error}");
        }
    }
}

#[test]
fn the_file_itself_refuses_nonsense() {
    let mut f = Fixture::new();
    f.user("second", Role::Admin);
    let (id, customer) = (f.product("A", 100, 5), f.customer("甲"));
    f.order(customer, &[(id, 2, 100)]);
    let nonsense = [
        "UPDATE products SET stock_quantity = -1",
        "UPDATE products SET reserved_quantity = -1",
        "UPDATE products SET price = 0.005",
        "UPDATE products SET price = -1",
        "UPDATE products SET cost_price = 10000000000.0",
        "UPDATE products SET stock_quantity = 'many'",
        "UPDATE products SET status = 'sold'",
        "UPDATE products SET stock_warning_threshold = -1",
        "UPDATE users SET role = 'root' WHERE username = 'second'",
        "UPDATE users SET status = ''",
        "UPDATE permissions SET can_view = 2 WHERE role = 'sales'",
        "UPDATE permissions SET module = 'everything' WHERE role = 'sales'",
        "UPDATE permissions SET scope = 'some' WHERE role = 'sales'",
        "UPDATE customers SET customer_level = 'gold'",
        "UPDATE customers SET status = NULL",
        "UPDATE customers SET tags = 'not json'",
        "UPDATE customers SET outstanding = 0.001",
        "UPDATE customers SET credit_limit = -1",
        "UPDATE orders SET status = 'lost'",
        "UPDATE orders SET stock_state = 'somewhere'",
        "UPDATE orders SET status = 'cancelled'",
        "UPDATE orders SET paid_amount = total_amount + 1",
        "UPDATE orders SET paid_amount = -1",
        "UPDATE orders SET total_amount = 1.005",
        "UPDATE orders SET returned_amount = total_amount + 1",
        "INSERT INTO payments (order_id, amount, created_by, payment_no) VALUES (1, 0, 1, 'R1')",
        "INSERT INTO payments (order_id, amount, created_by, payment_no) VALUES (1, 0.001, 1, 'R1')",
        "INSERT INTO stock_movements (product_id, movement_type, quantity, created_by, stock_after) VALUES (1, 'in', -1, 1, 2)",
        "INSERT INTO stock_movements (product_id, movement_type, quantity, created_by, stock_after) VALUES (1, 'out', 1, 1, 4)",
        "INSERT INTO stock_movements (product_id, movement_type, quantity, created_by, stock_after) VALUES (1, 'lend', 1, 1, 4)",
        "INSERT INTO stock_movements (product_id, movement_type, quantity, created_by, stock_after) VALUES (1, 'out', -9, 1, -6)",
        "INSERT INTO stock_movements (product_id, movement_type, quantity, reference_type, created_by, stock_after) VALUES (1, 'in', 1, 'gift', 1, 4)",
        "INSERT INTO system_logs (action, module, description, hash) VALUES ('sneak', 'system', '', printf('%064d', 0))",
        "INSERT INTO quotes (quote_no, customer_id, valid_until, status, created_by) VALUES ('Q1', 1, '2026-02-28', 'expired', 1)",
        "INSERT INTO quotes (quote_no, customer_id, valid_until, created_by) VALUES ('Q1', 1, 'soon', 1)",
        "INSERT INTO system_config (config_key, config_value) VALUES ('company_name', 'twice')",
    ];
    for sql in nonsense {
        let error = f.sql(sql).expect_err(sql).to_string();
        assert!(error.contains("constraint") || error.contains("cannot store"), "{sql}: {error}");
    }
}

#[test]
fn the_file_itself_refuses_orphans() {
    let mut f = Fixture::new();
    f.product("A", 100, 5);
    // The last administrator is kept by a rule of its own.
    f.user("second", Role::Admin);
    let connection = rusqlite::Connection::open(f.path()).unwrap();
    connection.execute_batch("PRAGMA foreign_keys = ON").unwrap();
    let orphans = [
        "INSERT INTO customers (name, created_by) VALUES ('甲', 99)",
        "INSERT INTO customers (name, created_by, assigned_to) VALUES ('甲', 1, 99)",
        "INSERT INTO quotes (quote_no, customer_id, valid_until, created_by) VALUES ('Q1', 99, '2026-02-28', 1)",
        "DELETE FROM products",
        "DELETE FROM users WHERE id = 1",
    ];
    for sql in orphans {
        assert!(connection.execute(sql, []).expect_err(sql).to_string().contains("FOREIGN KEY"), "{sql}");
    }
}
