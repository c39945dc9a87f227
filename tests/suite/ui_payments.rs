//! Money and goods through the window: a return with its refund, payments over all orders, what customers owe.

use egui::{Key, Modifiers};
use zhanggui::models::OrderId;
use zhanggui::models::choice::{OrderStatus, Role};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::order::NewOrder;
use zhanggui::services::{orders, payments, products};

use crate::fixture::{Fixture, day, new_order, payment};
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

/// Three orders of two customers: one unpaid and late, one half paid, one paid.
fn ledger() -> Fixture {
    let mut f = Fixture::new();
    let (qm, hn, a) = (f.customer("杭州启明办公用品有限公司"), f.customer("宁波海纳机电工程有限公司"), f.product("A", 1000, 1000));
    let late = NewOrder { order_day: day("2025-12-01"), ..new_order(qm, &[(a, 30, 1000)]) };
    orders::create(&mut f.desk, &late).unwrap();
    let half = f.order(hn, &[(a, 20, 1000)]);
    f.pay(half, 5_000).unwrap();
    let paid = f.order(qm, &[(a, 10, 1000)]);
    f.pay(paid, 10_000).unwrap();
    payments::refund(&mut f.desk, &payment(paid, 4_000)).unwrap();
    f.pay(paid, 4_000).unwrap();
    f
}

#[test]
fn a_payment_is_registered_by_keyboard_and_the_sums_follow() {
    let f = ledger();
    let mut window = Window::of(&f);
    window.page("回款");
    assert!(window.shows("收款 ¥190.00  ·  退款 ¥40.00  ·  净额 ¥150.00"), "{:?}", window.labels());
    assert!(window.shows("−¥40.00") && window.shows("R20260130004"));
    window.keys(Modifiers::COMMAND, Key::N);
    // The unpaid ones drop down at once, the settled one is not among them.
    assert!(window.shows("O20260130001"), "{:?}", window.labels());
    window.type_text("O20260130003");
    assert!(window.shows("没有结果"), "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("hnjd");
    window.key(Key::Enter);
    assert!(window.shows("还差 ¥150.00") && window.shows("确认收款 ¥150.00"), "{:?}", window.labels());
    window.type_text("120");
    window.key(Key::Enter);
    assert_eq!(f.figure("SELECT COUNT(*) FROM payments WHERE order_id = 2 AND amount = 120"), 1);
    assert!(window.shows("收款 ¥310.00  ·  退款 ¥40.00  ·  净额 ¥270.00"), "{:?}", window.labels());
    // Back on the list: the newest payment, and its order.
    window.key(Key::Home);
    window.key(Key::Enter);
    assert!(window.shows("产品明细"));
}

#[test]
fn what_customers_owe_leads_to_the_customer_and_to_his_unpaid_orders() {
    let f = ledger();
    let mut window = Window::of(&f);
    window.page("回款");
    window.click("待收款");
    assert!(window.shows("待收款 ¥450.00  ·  逾期 ¥300.00"), "{:?}", window.labels());
    window.click("只看逾期");
    assert!(window.shows("待收款 ¥300.00  ·  逾期 ¥300.00") && !window.shows("宁波海纳机电工程有限公司"));
    window.key(Key::F4);
    window.type_text("O2026");
    assert!(window.shows("O20260130001") && !window.shows("O20260130002"), "only his: {:?}", window.labels());
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert!(!window.shows("未收清的订单"));
    window.key(Key::Home);
    window.key(Key::Enter);
    assert!(window.shows("关闭侧栏"), "the customer's drawer is open: {:?}", window.labels());
}

#[test]
fn the_age_of_what_is_due_leads_to_the_customer_and_to_his_statement() {
    let f = ledger();
    let mut window = Window::of(&f);
    window.page("回款");
    window.click("账龄");
    // Ordered on 12-01 with a term of 30 days: due on 12-31, 30 days ago.
    assert!(window.shows("待收款 ¥450.00  ·  逾期 ¥300.00"), "{:?}", window.labels());
    assert!(window.shows("逾期 1–30 天") && window.shows("90 天以上"));
    f.sql("UPDATE customers SET payment_term_days = 29 WHERE id = 1").unwrap();
    window.key(Key::F5);
    window.click("只看逾期");
    assert!(window.shows("杭州启明办公用品有限公司") && !window.shows("宁波海纳机电工程有限公司"), "{:?}", window.labels());
    window.key(Key::Home);
    window.keys(Modifiers::COMMAND, Key::P);
    // This month: what he owed before it, and what was ordered and paid in it.
    assert!(window.contains("客户对账单") && window.contains("2026-01-01 至 2026-01-30"), "{:?}", window.labels());
    assert!(window.contains("期初余额") && window.contains("300.00"));
    window.click("期间");
    window.click("上月");
    assert!(window.contains("2025-12-01 至 2025-12-31"), "{:?}", window.labels());
    window.click("期间");
    window.click("自定义");
    window.replace("从", "2026-02-01");
    assert!(window.shows("请填写起止日期，起始日期不晚于结束日期。"), "{:?}", window.labels());
    window.replace("从", "2025-12-01");
    assert!(window.contains("2025-12-01 至 2025-12-31"));
    let path = f.path().with_file_name("statement.pdf");
    window.replace("文件", &path.display().to_string());
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("已保存");
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF-"));
    assert_eq!(f.text("SELECT description FROM system_logs WHERE action = 'print'"), "打印客户对账单 杭州启明办公用品有限公司");
    window.key(Key::Escape);
    window.key(Key::Home);
    window.key(Key::Enter);
    assert!(window.shows("关闭侧栏"), "the customer's drawer is open: {:?}", window.labels());
    // The statement from there too.
    window.keys(Modifiers::COMMAND, Key::P);
    assert!(window.contains("客户对账单"), "{:?}", window.labels());
}

#[test]
fn the_receipt_of_a_payment_is_printed_from_the_list() {
    let f = ledger();
    let mut window = Window::of(&f);
    window.page("回款");
    window.key(Key::Home);
    window.keys(Modifiers::COMMAND, Key::P);
    assert!(window.contains("收款收据") && window.contains("人民币肆拾元整"), "{:?}", window.labels());
}

#[test]
fn who_sees_no_amounts_is_told_so() {
    let f = ledger();
    let mut window = Window::open(f.as_role(Role::Warehouse));
    window.page("回款");
    assert!(window.shows("你看不到回款金额") && !window.contains("¥"));
    window.keys(Modifiers::COMMAND, Key::N);
    window.key(Key::F4);
    assert!(!window.shows("未收清的订单"));
}

#[test]
fn filters_keep_what_is_asked_for() {
    let f = ledger();
    let mut window = Window::of(&f);
    window.page("回款");
    window.enter("单号/客户/拼音首字母", "hainan");
    assert!(window.shows("没有符合条件的回款") && !window.shows("R20260130001"));
    window.key(Key::Escape);
    window.type_text("haina");
    assert!(window.shows("R20260130001") && !window.shows("R20260130002"), "{:?}", window.labels());
    window.key(Key::Escape);
    window.click("收支");
    window.click("退款");
    assert!(window.shows("收款 ¥0.00  ·  退款 ¥40.00  ·  净额 −¥40.00"), "{:?}", window.labels());
}

#[test]
fn the_words_of_the_data_are_shown_in_the_readers_language() {
    let mut f = ledger();
    f.configure(ConfigKey::Language, "en");
    f.configure(ConfigKey::PaymentMethods, r#"["微信","银行转账","贝壳"]"#);
    let mut window = Window::of(&f);
    // Payments are the sixth page.
    window.keys(Modifiers::COMMAND, Key::Num6);
    assert!(window.shows("Bank transfer") && !window.shows("银行转账"), "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::N);
    window.key(Key::Enter);
    // Words of the company's own stay as they are.
    assert!(window.shows("WeChat") && window.shows("贝壳"), "{:?}", window.labels());
    window.click("WeChat");
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.text("SELECT payment_method FROM payments ORDER BY id DESC LIMIT 1"), "微信", "stored as ever");
}
