//! The main job on real data: Northwind comes in from its files, then a five-line order goes from empty to completed in the window.

use egui::{Key, Modifiers};
use zhanggui::models::choice::{OrderStatus, StockState};
use zhanggui::models::import::{ImportKind, ImportOptions};
use zhanggui::models::order::{OrderFilter, OrderPage, OrderSort};
use zhanggui::services::{imports, orders};

use crate::fixture::Fixture;
use crate::window::Window;

fn northwind() -> Fixture {
    let mut f = Fixture::new();
    for (kind, file) in [(ImportKind::Customers, "customers.csv"), (ImportKind::Products, "products.csv"), (ImportKind::Orders, "order_lines.csv")] {
        let bytes = std::fs::read(format!("tests/data/northwind/{file}")).unwrap();
        imports::import(&mut f.desk, kind, &bytes, &ImportOptions::new(file), |_, _| true).unwrap();
    }
    f
}

/// Products with the pieces ordered and Northwind's stock and price in fen.
const LINES: [(&str, i64, i64, i64); 5] =
    [("Chai", 3, 39, 1800), ("Chang", 2, 17, 1900), ("Aniseed", 1, 13, 1000), ("Ikura", 4, 31, 3100), ("Konbu", 5, 24, 600)];

fn type_order(window: &mut Window, times: i64) {
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("alfreds");
    window.key(Key::Enter);
    for (name, pieces, ..) in LINES {
        window.type_text(name);
        window.key(Key::Enter);
        window.type_text(&(pieces * times).to_string());
        window.key(Key::Enter);
        window.key(Key::Enter);
    }
}

#[test]
fn a_five_line_order_is_paid_in_two_parts_shipped_and_completed() {
    let f = northwind();
    let logged = f.logged();
    let mut window = Window::of(&f);
    window.page("订单");
    type_order(&mut window, 1);
    assert!(window.contains("¥256.00"));
    window.keys(Modifiers::COMMAND, Key::S);
    window.key(Key::F4);
    window.type_text("100");
    window.key(Key::Enter);
    window.key(Key::F4);
    window.key(Key::Enter);
    window.key(Key::F6);
    window.key(Key::Enter);
    window.key(Key::F4);
    window.key(Key::Enter);

    let found = OrderFilter { search: "O20260130001".into(), ..Default::default() };
    let (page, _) = orders::list(&f.desk, &found, &OrderPage::first(OrderSort::Day, true)).unwrap();
    let detail = orders::get(&f.desk, page.rows[0].id).unwrap();
    assert_eq!(detail.order.customer_name, "Alfreds Futterkiste");
    assert_eq!((detail.order.status, detail.order.stock_state), (OrderStatus::Completed, StockState::Deducted));
    assert_eq!(detail.payments.iter().map(|payment| payment.amount.fen()).collect::<Vec<_>>(), [10_000, 15_600]);
    let moved: Vec<(i64, i64)> = detail.movements.iter().map(|movement| (movement.quantity, movement.stock_after)).collect();
    assert_eq!(moved, LINES.map(|(_, pieces, stock, _)| (-pieces, stock - pieces)));
    let prices: Vec<i64> = detail.items.iter().map(|item| item.price.unwrap().0.fen()).collect();
    assert_eq!(prices, LINES.map(|(.., price)| price));
    // One row for each of: created, two payments, shipped, completed.
    assert_eq!(f.logged() - logged, 5);
    // History moved no stock: beside these five lines there are only the opening movements.
    assert_eq!(f.figure("SELECT COUNT(*) FROM stock_movements WHERE reference_type <> 'opening'"), 5);
}

#[test]
fn the_same_order_beyond_the_stock_is_refused_with_the_missing_pieces() {
    let f = northwind();
    let mut window = Window::of(&f);
    window.page("订单");
    type_order(&mut window, 10);
    // 50 Konbu wanted, 24 there.
    assert!(window.contains("现有 24 件，还缺 26 件"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders WHERE external_no IS NULL"), 0);
    assert!(window.shows("新建订单"));
}
