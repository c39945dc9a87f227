//! Money and goods through the window: a return with its refund, payments over all orders, what customers owe.

use egui::{Key, Modifiers};
use zhanggui::models::OrderId;
use zhanggui::models::choice::OrderStatus;
use zhanggui::services::{orders, products};

use crate::fixture::Fixture;
use crate::orders_rules::{order_in, ship};
use crate::window::Window;

/// The window on one order.
fn on_order(f: &Fixture) -> Window {
    let mut window = Window::of(f);
    window.page("订单");
    window.key(Key::Enter);
    window
}

#[test]
fn pieces_come_back_and_money_goes_out_by_keyboard() {
    let mut f = Fixture::new();
    let (customer, a, b) = (f.customer("杭州启明"), f.product("A", 4000, 100), f.product("B", 1000, 100));
    let order = f.order(customer, &[(a, 5, 4000), (b, 10, 1000)]);
    f.pay(order, 30_000).unwrap();
    ship(&mut f, order).unwrap();
    orders::complete(&mut f.desk, order).unwrap();
    let mut window = on_order(&f);
    window.keys(Modifiers::COMMAND, Key::R);
    assert!(window.contains("已发 5 盒，已退 —，可退 5 盒"), "{:?}", window.labels());
    window.type_text("3");
    assert!(window.shows("退货 3 件并退款 ¥120.00"), "the act names its figures: {:?}", window.labels());
    // Through the other line and the notes to the harmless button: nothing happens by Enter alone.
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.type_text("压坏");
    window.key(Key::Enter);
    assert_eq!(f.figure("SELECT COUNT(*) FROM order_returns"), 0);
    window.keys(Modifiers::COMMAND, Key::S);

    let detail = orders::get(&f.desk, order).unwrap();
    assert_eq!(detail.returns[0].notes.as_deref(), Some("压坏"));
    assert_eq!((detail.items[0].returned_quantity, detail.payments.last().unwrap().amount.fen()), (3, -12_000));
    assert_eq!(products::get(&f.desk, a).unwrap().stock, 98);
    assert_eq!(detail.order.status, OrderStatus::Completed);
    assert!(window.shows("退货记录") && window.shows("T20260130001") && window.shows("净额 ¥180.00"), "{:?}", window.labels());
    assert!(window.contains("退货 T20260130001：3 件"), "the record of acts names it");
}

#[test]
fn what_was_not_paid_is_not_refunded_and_wrong_pieces_are_named_in_their_line() {
    let mut f = Fixture::new();
    let (customer, a) = (f.customer("杭州启明"), f.product("A", 4000, 100));
    let order = f.order(customer, &[(a, 5, 4000)]);
    ship(&mut f, order).unwrap();
    let mut window = on_order(&f);
    window.keys(Modifiers::COMMAND, Key::R);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("请至少填一行退货数量"));
    window.type_text("6");
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.contains("数量应在 0 到 5 之间"), "{:?}", window.labels());
    assert_eq!(f.figure("SELECT COUNT(*) FROM order_returns"), 0);
    window.click("全部退回");
    assert!(window.shows("退货 5 件") && window.shows("退款 不用退款") && !window.shows("退款方式"), "{:?}", window.labels());
    window.click("退货 5 件");
    assert_eq!(f.figure("SELECT COUNT(*) FROM payments"), 0);
    assert_eq!(products::get(&f.desk, a).unwrap().stock, 100);
    assert!(window.shows("净额 ¥0.00"));
    // Nothing is left that could come back.
    window.keys(Modifiers::COMMAND, Key::R);
    assert!(!window.shows("退货数量"));
}

#[test]
fn the_return_follows_what_another_desk_paid_back_meanwhile() {
    let mut f = Fixture::new();
    let (customer, a) = (f.customer("杭州启明"), f.product("A", 1000, 100));
    let order = order_in(&mut f, OrderStatus::Shipped, customer, a);
    let mut window = on_order(&f);
    window.keys(Modifiers::COMMAND, Key::R);
    window.type_text("2");
    assert!(window.shows("退货 2 件并退款 ¥5.00"));
    f.pay(order, 1500).unwrap();
    window.settle();
    assert!(window.shows("退货 2 件并退款 ¥20.00"), "{:?}", window.labels());
}

#[test]
fn the_steps_and_the_movements_say_what_holds_under_each_setting() {
    for (deduction, allowed, movements, step) in [
        ("order", "true", "下单时自动出库；取消订单会退回库存并退款", "欠款也可发货，需确认"),
        ("order", "false", "下单时自动出库；取消订单会退回库存并退款", "收清后发货"),
        ("shipment", "true", "发货时出库；下单只占用库存", "欠款也可发货，需确认"),
        ("shipment", "false", "发货时出库；下单只占用库存", "收清后发货"),
    ] {
        use zhanggui::models::config::ConfigKey;
        let mut f = Fixture::new();
        f.configure(ConfigKey::StockDeduction, deduction);
        f.configure(ConfigKey::AllowShipBeforePayment, allowed);
        let (customer, a) = (f.customer("杭州启明"), f.product("A", 1000, 100));
        let order = f.order(customer, &[(a, 2, 1000)]);
        // Switched afterwards: what was said of this order still holds.
        f.configure(ConfigKey::StockDeduction, if deduction == "order" { "shipment" } else { "order" });
        let mut window = on_order(&f);
        assert!(window.shows(movements) && window.shows(step), "{deduction} {allowed}: {:?}", window.labels());
        window.key(Key::F6);
        assert_eq!(window.contains("仍要发货"), allowed == "true");
        if allowed == "true" {
            window.click("欠款发货");
        } else {
            f.pay(order, 2000).unwrap();
            ship(&mut f, order).unwrap();
            window.settle();
        }
        assert_eq!(orders::get(&f.desk, OrderId(1)).unwrap().order.status, OrderStatus::Shipped);
        assert!(window.shows("已出库；退货会重新入库"), "{:?}", window.labels());
    }
}
