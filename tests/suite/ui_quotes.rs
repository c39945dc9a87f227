//! Quotes through the window, without the mouse: written, sent, turned into an order, copied, rejected, expired, changed, deleted.

use egui::{Key, Modifiers};
use zhanggui::models::choice::{QuoteStatus, Role};
use zhanggui::models::{CustomerId, ProductId, QuoteId};
use zhanggui::services::quotes;

use crate::fixture::Fixture;
use crate::window::Window;

/// Two customers and three products with 100 pieces each.
fn shop() -> (Fixture, CustomerId, Vec<ProductId>) {
    let mut f = Fixture::new();
    let customer = f.customer("宁波海纳机电工程有限公司");
    f.customer("杭州启明办公用品有限公司");
    let products = ["BG-A4-70", "BG-A4-80", "BG-ZXB-05"];
    let products = products.iter().enumerate().map(|(at, sku)| f.product(sku, 1000 * (at as i64 + 1), 100)).collect();
    (f, customer, products)
}

/// The shop with one quote of two lines, ¥80.00, in a window that shows its page.
fn at_quote(status: Option<QuoteStatus>) -> (Fixture, Window) {
    let (mut f, customer, products) = shop();
    let quote = f.quote(customer, &[(products[0], 2, 1_000), (products[2], 3, 2_000)]);
    if let Some(status) = status {
        f.set_quote(quote, QuoteStatus::Sent).unwrap();
        if status != QuoteStatus::Sent {
            f.set_quote(quote, status).unwrap();
        }
    }
    let window = opened(&f);
    (f, window)
}

/// The window on the page of the first quote in the list.
fn opened(f: &Fixture) -> Window {
    let mut window = Window::of(f);
    window.page("报价单");
    window.key(Key::Enter);
    window
}

fn line(window: &mut Window, sku: &str, quantity: &str) {
    window.type_text(sku);
    window.key(Key::Enter);
    window.type_text(quantity);
    window.key(Key::Enter);
    window.key(Key::Enter);
}

fn status(f: &Fixture) -> String {
    f.text("SELECT status FROM quotes WHERE id = 1")
}

#[test]
fn a_quote_by_keyboard_is_sent_and_becomes_an_order_with_its_prices() {
    let (f, ..) = shop();
    let mut window = Window::of(&f);
    window.page("报价单");
    assert!(window.shows("还没有报价单"));
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("hnjd");
    window.key(Key::Enter);
    line(&mut window, "bg-a4-70", "4");
    line(&mut window, "zxb", "5");
    assert!(window.shows("报价总额 ¥190.00"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("Q20260130001"));
    assert_eq!(f.text("SELECT valid_until FROM quotes"), "2026-03-01", "30 days from today");

    window.click("发送");
    window.key(Key::Enter);
    assert_eq!(status(&f), "sent");
    f.sql("UPDATE products SET price = price + 1").unwrap();
    window.key(Key::F4);
    assert!(window.contains("Q20260130001") && window.contains("已导入 2 行"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("O20260130001"));
    assert_eq!(f.text("SELECT quote_id || ' ' || customer_id || ' ' || total_amount FROM orders"), "1 1 190.0");
    assert_eq!(status(&f), "accepted");
    // The order leads to its quote, the quote to its order.
    window.click("Q20260130001");
    assert!(window.shows("已接受") && window.shows("O20260130001"));
    window.key(Key::F4);
    assert!(window.shows("已转为订单 O20260130001") && !window.shows("新建订单"), "a quote becomes one order only");
}

#[test]
fn a_quote_of_more_than_the_stock_is_saved() {
    let (f, ..) = shop();
    let mut window = Window::of(&f);
    window.page("报价单");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    // A quote promises prices, not stock.
    line(&mut window, "zxb", "132");
    assert!(!window.contains("还缺"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT quantity FROM quote_items"), 132);
}

#[test]
fn wrong_input_is_named_and_takes_the_keyboard() {
    let (f, ..) = shop();
    let mut window = Window::of(&f);
    window.page("报价单");
    window.keys(Modifiers::COMMAND, Key::N);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("请填写客户"));
    // The first wrong field has the keyboard.
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "zxb", "1");
    window.replace("有效期至", "2026-01-29");
    window.keys(Modifiers::COMMAND, Key::S);
    // It has the keyboard without having been clicked.
    assert_eq!(f.figure("SELECT COUNT(*) FROM quotes"), 0);
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("2026-02-10");
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.text("SELECT valid_until FROM quotes"), "2026-02-10");
}

#[test]
fn leaving_a_typed_quote_asks() {
    let (f, ..) = shop();
    let mut window = Window::of(&f);
    window.page("报价单");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "zxb", "1");
    window.page("客户");
    assert!(window.contains("还没保存"));
    window.click("保存并离开");
    assert_eq!(f.figure("SELECT COUNT(*) FROM quotes"), 1);
}

#[test]
fn only_a_draft_is_changed() {
    let (f, mut window) = at_quote(None);
    window.key(Key::F2);
    assert!(window.shows("修改报价单 Q20260130001"));
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("7");
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.text("SELECT group_concat(quantity) FROM quote_items"), "7,3");
    assert!(window.shows("Q20260130001") && window.contains("¥130.00"));
    window.click("发送");
    window.key(Key::Enter);
    for (key, why) in [(Key::F2, "报价单是“已发送”，不能修改"), (Key::Delete, "报价单是“已发送”，不能删除")] {
        window.key(key);
        assert!(window.shows(why), "{:?}", window.labels());
    }
    assert_eq!(status(&f), "sent");
}

#[test]
fn a_copy_is_a_new_draft_and_opens() {
    let (f, mut window) = at_quote(Some(QuoteStatus::Rejected));
    assert!(window.shows("已拒绝"));
    window.key(Key::F4);
    assert!(window.shows("已拒绝的报价单请先复制") && !window.shows("新建订单"));
    window.click("复制");
    assert!(window.shows("Q20260130002") && window.shows("草稿"));
    assert_eq!(f.text("SELECT group_concat(status || ' ' || total_amount) FROM quotes"), "rejected 80.0,draft 80.0");
}

#[test]
fn a_rejection_asks_first_on_its_harmless_button() {
    let (f, mut window) = at_quote(Some(QuoteStatus::Sent));
    window.click("登记拒绝");
    window.key(Key::Enter);
    assert_eq!(status(&f), "sent");
    window.click("登记拒绝");
    window.click("标为已拒绝");
    assert_eq!(status(&f), "rejected");
}

#[test]
fn an_accepted_quote_still_becomes_an_order() {
    let (f, mut window) = at_quote(Some(QuoteStatus::Sent));
    window.click("登记接受");
    window.key(Key::Enter);
    assert_eq!(status(&f), "accepted");
    window.key(Key::F4);
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT quote_id FROM orders"), 1);
}

#[test]
fn an_expired_quote_says_so_in_the_list_on_its_page_and_in_the_order() {
    let (mut f, customer, products) = shop();
    f.set_time("2025-12-20 02:00:00");
    let mut new = crate::fixture::new_quote(customer, &[(products[0], 2, 1_000)]);
    new.valid_until = crate::fixture::day("2026-01-20");
    let quote = quotes::create(&mut f.desk, &new).unwrap().id;
    f.set_quote(quote, QuoteStatus::Sent).unwrap();
    f.set_time(crate::fixture::NOW);
    let mut window = Window::of(&f);
    window.page("报价单");
    assert!(window.shows("已过期"));
    window.key(Key::Enter);
    assert!(window.contains("已于 2026-01-20 过期"));
    window.key(Key::F4);
    assert!(window.contains("报价单 Q20251220001 已于 2026-01-20 过期，价格请再确认"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT quote_id FROM orders"), 1);
}

#[test]
fn a_draft_is_deleted_after_a_question() {
    let (f, mut window) = at_quote(None);
    window.key(Key::Delete);
    window.key(Key::Enter);
    assert_eq!(f.figure("SELECT COUNT(*) FROM quotes"), 1, "the question starts on its harmless button");
    window.key(Key::Delete);
    window.click("删除报价单");
    assert_eq!(f.figure("SELECT COUNT(*) FROM quotes"), 0);
    assert!(window.shows("还没有报价单"));
}

#[test]
fn ctrl_i_in_the_order_brings_the_lines_of_a_quote() {
    let (mut f, customer, products) = shop();
    f.quote(customer, &[(products[0], 2, 900), (products[1], 1, 1_900)]);
    f.quote(CustomerId(2), &[(products[2], 9, 3_000)]);
    let mut window = Window::of(&f);
    window.page("订单");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("海纳");
    window.key(Key::Enter);
    line(&mut window, "zxb", "1");
    window.keys(Modifiers::COMMAND, Key::I);
    assert!(window.contains("Q20260130001") && !window.contains("Q20260130002"), "only this customer: {:?}", window.labels());
    window.key(Key::Enter);
    assert!(window.contains("已导入 2 行"));
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(
        f.text("SELECT group_concat(product_id || 'x' || quantity ORDER BY id) FROM order_items"),
        "3x1,1x2,2x1",
        "appended to what was typed"
    );
    assert_eq!(f.figure("SELECT quote_id FROM orders"), 1);
    assert_eq!(status(&f), "accepted");
}

#[test]
fn a_detached_quote_leaves_its_lines_and_stays_open() {
    let (f, mut window) = at_quote(Some(QuoteStatus::Sent));
    window.key(Key::F4);
    window.key(Key::Escape);
    window.click("不保存");
    assert!(window.shows("已发送") && window.shows("登记接受"), "back on the quote that asked");
    window.key(Key::F4);
    window.click("不关联报价单");
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT COUNT(*) FROM order_items"), 2);
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders WHERE quote_id IS NULL"), 1);
    assert_eq!(status(&f), "sent");
}

#[test]
fn the_list_has_states_neighbours_and_marks_what_ends_soon() {
    let (mut f, customer, products) = shop();
    for (valid_until, sent) in [("2026-01-30", true), ("2026-02-01", true), ("2026-03-01", true), ("2026-02-01", false)] {
        let mut new = crate::fixture::new_quote(customer, &[(products[0], 1, 1_000)]);
        new.valid_until = crate::fixture::day(valid_until);
        let quote = quotes::create(&mut f.desk, &new).unwrap().id;
        if sent {
            f.set_quote(quote, QuoteStatus::Sent).unwrap();
        }
    }
    let mut window = Window::of(&f);
    window.page("报价单");
    assert!(window.shows("今天到期") && window.shows("还剩 2 天"));
    assert!(window.contains("第 1–4 张，共 4 张报价单"));
    // The newest is first; Alt ↓ goes to the one below it.
    window.key(Key::Enter);
    assert!(window.shows("Q20260130004"));
    window.keys(Modifiers::ALT, Key::ArrowDown);
    assert!(window.shows("Q20260130003"));
    window.keys(Modifiers::ALT, Key::ArrowUp);
    window.key(Key::Escape);
    window.keys(Modifiers::COMMAND, Key::F);
    window.type_text("0002");
    assert!(window.contains("第 1–1 张，共 1 张报价单"));
    window.key(Key::Enter);
    window.key(Key::Enter);
    assert!(window.shows("Q20260130002"));
}

#[test]
fn who_may_not_sell_sees_quotes_without_acting_on_them() {
    let (f, window) = at_quote(None);
    drop(window);
    let mut window = Window::open(f.as_role(Role::Warehouse));
    window.page("报价单");
    assert!(window.shows("Q20260130001") && !window.contains("80.00"));
    window.keys(Modifiers::COMMAND, Key::N);
    assert!(!window.shows("新建报价单 "));
    window.page("报价单");
    window.key(Key::Enter);
    assert!(!window.contains("80.00"));
    for key in [Key::F2, Key::F4, Key::Delete] {
        window.key(key);
        assert!(window.shows("Q20260130001") && !window.contains("未保存") && !window.shows("删除报价单"));
    }
    assert_eq!(quotes::get(&f.desk, QuoteId(1)).unwrap().quote.status, QuoteStatus::Draft);
}

#[test]
fn a_draft_whose_last_day_is_past_is_not_sent_but_says_why() {
    let (mut f, customer, products) = shop();
    f.quote(customer, &[(products[0], 1, 1_000)]);
    f.set_time("2026-03-05 02:00:00");
    let mut window = opened(&f);
    window.click("发送");
    assert!(!window.contains("标为已发送"));
    assert_eq!(status(&f), "draft");
    window.key(Key::F2);
    window.replace("有效期至", "2026-03-20");
    window.keys(Modifiers::COMMAND, Key::S);
    window.click("发送");
    window.key(Key::Enter);
    assert_eq!(status(&f), "sent");
}

#[test]
fn a_quote_for_the_customer_one_is_at_opens_on_the_products() {
    let (f, ..) = shop();
    let mut window = Window::of(&f);
    window.page("客户");
    window.key(Key::Enter);
    window.keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::O);
    assert!(window.shows("新建报价单"));
    line(&mut window, "zxb", "2");
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT COUNT(*) FROM quotes"), 1);
    assert_eq!(f.figure("SELECT quantity FROM quote_items"), 2);
}
