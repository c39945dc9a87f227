//! Orders through the window, without the mouse: from an empty form to shipped and completed, and every way it is refused.

use egui::{Key, Modifiers};
use zhanggui::models::choice::{MovementType, OrderStatus, Role};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::order::OrderEdit;
use zhanggui::models::{CustomerId, OrderId, ProductId};
use zhanggui::services::{orders, products};

use crate::fixture::Fixture;
use crate::window::Window;

/// A customer and five products with 100 pieces each.
fn shop() -> (Fixture, Vec<ProductId>) {
    let mut f = Fixture::new();
    f.customer("宁波海纳机电工程有限公司");
    f.customer("杭州启明办公用品有限公司");
    let products = ["BG-A4-70", "BG-A4-80", "BG-ZXB-05", "BG-DAH-55", "BG-DSJ-24"];
    let products = products.iter().enumerate().map(|(at, sku)| f.product(sku, 1000 * (at as i64 + 1), 100)).collect();
    (f, products)
}

fn desk_window(f: &Fixture) -> Window {
    let mut window = Window::of(f);
    window.page("订单");
    window
}

/// Types a line: SKU, Enter, quantity, Enter, Enter.
fn line(window: &mut Window, sku: &str, quantity: &str) {
    window.type_text(sku);
    window.key(Key::Enter);
    window.type_text(quantity);
    window.key(Key::Enter);
    window.key(Key::Enter);
}

#[test]
fn five_lines_by_keyboard_paid_in_two_parts_shipped_and_completed() {
    let (f, products) = shop();
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("qmbg");
    window.key(Key::Enter);
    for (at, sku) in ["bg-a4-70", "bg-a4-80", "zxb", "dah", "dsj"].iter().enumerate() {
        line(&mut window, sku, &(at + 2).to_string());
    }
    // 2·10 + 3·20 + 4·30 + 5·40 + 6·50
    assert!(window.contains("¥700.00"));
    assert!(window.contains("人民币柒佰元整") || window.shows("订单总额 ¥700.00"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("O20260130001"));
    assert_eq!(f.figure("SELECT COUNT(*) FROM order_items"), 5);

    window.key(Key::F4);
    window.type_text("300");
    window.key(Key::Enter);
    assert!(window.contains("还差 ¥400.00"));
    window.key(Key::F4);
    window.key(Key::Enter);
    window.key(Key::F6);
    window.key(Key::Enter);
    window.key(Key::F4);
    window.key(Key::Enter);

    let detail = orders::get(&f.desk, OrderId(1)).unwrap();
    assert_eq!(detail.order.status, OrderStatus::Completed);
    assert_eq!(detail.payments.iter().map(|payment| payment.amount.fen()).collect::<Vec<_>>(), [30_000, 40_000]);
    assert_eq!(products::get(&f.desk, products[4]).unwrap().stock, 94);
    assert_eq!(detail.movements.len(), 5);
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE entity_type = 'order' AND entity_id = 1"), 5);
}

#[test]
fn more_than_the_stock_is_named_in_its_line_and_cannot_be_saved() {
    let (f, _) = shop();
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "BG-DSJ-24", "132");
    assert!(window.contains("现有 100 盒，还缺 32 盒"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 0);
    window.click("改为 100 盒");
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT quantity FROM order_items"), 100);
}

#[test]
fn stock_sold_meanwhile_is_refused_and_the_draft_is_kept() {
    let (mut f, products) = shop();
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "BG-DSJ-24", "90");
    f.stock(products[4], MovementType::Out, 50);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.contains("还缺 40 盒"));
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 0);
    assert!(window.shows("新建订单"));
}

#[test]
fn the_credit_limit_is_warned_of_before_saving_and_refused_where_configured() {
    let (mut f, _) = shop();
    f.sql("UPDATE customers SET credit_limit = 100 WHERE id = 1").unwrap();
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "BG-DSJ-24", "2");
    assert!(!window.contains("超出信用额度"), "exactly met: {:?}", window.labels());
    line(&mut window, "BG-A4-70", "1");
    assert!(window.shows("超出信用额度 ¥10.00（额度 ¥100.00，连同本单待收 ¥110.00）"), "{:?}", window.labels());
    f.configure(ConfigKey::CreditCheck, "refuse");
    window.settle();
    assert!(window.shows("超出信用额度 ¥10.00（额度 ¥100.00，连同本单待收 ¥110.00），不能保存"), "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.contains("请先收款，或请主管调整额度"), "{:?}", window.labels());
    assert!(window.shows("新建订单") && window.contains("订单总额 ¥110.00"), "the draft is kept");
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 0);
    f.configure(ConfigKey::CreditCheck, "warn");
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("O20260130001"), "{:?}", window.labels());
    assert!(window.contains("超出信用额度 ¥10.00"), "said once more after it was saved: {:?}", window.labels());

    // A changed order counts by what it adds.
    f.configure(ConfigKey::StockDeduction, "shipment");
    f.sql("UPDATE customers SET credit_limit = 50 WHERE id = 2").unwrap();
    let order = f.order(CustomerId(2), &[(ProductId(1), 4, 1000)]);
    window.page("订单");
    window.keys(Modifiers::COMMAND, Key::F);
    window.type_text("O20260130002");
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.key(Key::F2);
    window.type_text("5");
    assert!(!window.contains("超出信用额度"), "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("6");
    assert!(window.contains("超出信用额度 ¥10.00（额度 ¥50.00，连同本单待收 ¥60.00）"), "{:?}", window.labels());
    assert_eq!(orders::get(&f.desk, order).unwrap().items[0].quantity, 4);
}

#[test]
fn wrong_input_is_named_and_nothing_is_written() {
    let (f, _) = shop();
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("请填写客户"));
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "BG-DSJ-24", "-3");
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.contains("数量应在 1 到 1,000,000 之间"));
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 0);
}

#[test]
fn leaving_a_typed_order_asks_and_loses_nothing() {
    let (f, _) = shop();
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "BG-DSJ-24", "3");
    window.page("客户");
    assert!(window.contains("还没保存"));
    window.key(Key::Escape);
    assert!(window.contains("数量合计 3") || window.shows("订单总额 ¥150.00"));
    window.page("客户");
    window.click("保存并离开");
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 1);
    assert!(window.shows("新建客户"));
}

#[test]
fn a_scan_adds_a_line_and_then_one_more_piece() {
    let (f, _) = shop();
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    for _ in 0..3 {
        // A scanner types the whole code and Enter within one frame.
        window.0.event(egui::Event::Text("BG-ZXB-05".into()));
        window.key(Key::Enter);
        window.keys(Modifiers::ALT, Key::ArrowDown);
    }
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT COUNT(*) FROM order_items"), 1);
    assert_eq!(f.figure("SELECT quantity FROM order_items"), 3);
}

#[test]
fn cancelling_names_pieces_and_refund() {
    let (mut f, products) = shop();
    let order = f.order(zhanggui::models::CustomerId(1), &[(products[0], 20, 1000)]);
    f.pay(order, 5_000).unwrap();
    let mut window = desk_window(&f);
    window.key(Key::Enter);
    window.click("取消订单");
    assert!(window.shows("1 种 20 件"));
    assert!(window.shows("¥50.00"));
    // The focus starts on the harmless button.
    window.key(Key::Enter);
    assert_eq!(f.text("SELECT status FROM orders"), "pending_payment");
    window.click("取消订单");
    window.click("取消订单并退款");
    assert_eq!(f.text("SELECT status FROM orders"), "cancelled");
    assert_eq!(products::get(&f.desk, products[0]).unwrap().stock, 100);
}

#[test]
fn notes_changed_by_someone_else_are_not_overwritten() {
    let (mut f, products) = shop();
    let order = f.order(zhanggui::models::CustomerId(1), &[(products[0], 1, 1000)]);
    let mut window = desk_window(&f);
    window.key(Key::Enter);
    window.click("修改备注");
    window.type_text("我的备注");
    orders::update(&mut f.desk, order, 1, &OrderEdit { lines: None, notes: Some("别人先写的".into()) }).unwrap();
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.contains("没有保存"));
    assert_eq!(f.text("SELECT notes FROM orders"), "别人先写的");
    window.click("查看差异");
    assert!(window.shows("我的修改") && window.shows("我的备注"), "{:?}", window.labels());
    window.key(Key::Escape);
    assert!(!window.shows("现在的值") && window.shows("修改备注"), "back in the dialog, with the draft");
    window.keys(Modifiers::COMMAND, Key::S);
    window.click("放弃我的修改");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("两人都同意");
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(f.text("SELECT notes FROM orders"), "两人都同意");
}

#[test]
fn the_warehouse_sees_orders_without_amounts_and_may_ship() {
    let (mut f, products) = shop();
    f.order(zhanggui::models::CustomerId(1), &[(products[0], 2, 123_456)]);
    f.user("wangjg", Role::Warehouse);
    let mut desk = f.another_desk();
    zhanggui::services::auth::act_as(&mut desk, "wangjg").unwrap();
    let mut window = Window::open(desk);
    assert_eq!(
        window.entries(),
        ["仪表盘", "报价单", "订单", "回款", "产品库存", "出入库", "库存预警", "盘点"],
        "no page of customers in the navigation"
    );
    window.page("订单");
    assert!(window.shows("尚未收清"));
    assert!(!window.contains("2,469.12") && !window.contains("1,234.56"));
    window.key(Key::Enter);
    assert!(!window.contains("2,469.12") && !window.contains("1,234.56"));
    window.key(Key::F4);
    assert!(!window.contains("确认收款"));
    window.key(Key::F6);
    window.click("欠款发货");
    assert_eq!(f.text("SELECT status FROM orders"), "shipped");
}

#[test]
fn a_save_waits_for_another_terminal_without_losing_the_draft() {
    let (f, _) = shop();
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "BG-DSJ-24", "3");
    let other = rusqlite::Connection::open(f.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("等待其他终端");
    assert!(!window.contains("5001"), "a busy file is never shown as such");
    other.execute_batch("ROLLBACK").unwrap();
    window.wait_for("O20260130001");
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 1);
}

#[test]
fn the_last_price_of_the_customer_is_offered_and_taken_by_keyboard() {
    let (mut f, products) = shop();
    let customer = CustomerId(f.figure("SELECT id FROM customers WHERE name LIKE '杭州启明%'"));
    f.order(customer, &[(products[0], 1, 888)]);
    let mut window = desk_window(&f);
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("qmbg");
    window.key(Key::Enter);
    line(&mut window, "bg-a4-70", "2");
    assert!(window.shows("上次价 8.88"), "{:?}", window.labels());
    // Back into the line from the search.
    window.keys(Modifiers::SHIFT, Key::Enter);
    window.keys(Modifiers::COMMAND, Key::U);
    assert!(window.contains("¥17.76"), "{:?}", window.labels());
    assert!(!window.contains("上次价"), "what is taken is not offered");
}
