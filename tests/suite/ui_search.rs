//! The search in the top bar (Ctrl K): records, pages and actions by the keyboard, and only what the person may see.

use egui::{Key, Modifiers};
use zhanggui::models::choice::Role;

use crate::fixture::Fixture;
use crate::window::Window;

fn search(window: &mut Window, text: &str) {
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text(text);
}

#[test]
fn a_record_is_opened_from_anywhere_by_any_part_of_it() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("宁波海纳机电工程有限公司"), f.product("WJ-07", 100, 10));
    f.order(customer, &[(product, 1, 100)]);
    let mut window = Window::of(&f);
    window.page("库存预警");
    search(&mut window, "hnjd");
    // The customer, and his order below.
    assert!(window.shows("客户 宁波海纳机电工程有限公司") && window.shows("订单 O20260130001"));
    window.key(Key::Enter);
    assert!(window.shows("宁波海纳机电工程有限公司") && window.shows("添加跟进"), "his drawer is open");
    search(&mut window, "O20260130001");
    window.key(Key::Enter);
    assert!(window.shows("收款"), "the order's page");
    search(&mut window, "WJ-07");
    window.key(Key::Enter);
    assert!(window.shows("预警线"), "the product");
}

#[test]
fn pages_and_actions_are_found_by_their_names() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    search(&mut window, "xjdd");
    assert!(window.shows("功能 新建订单"));
    window.key(Key::Enter);
    assert!(window.shows("提交订单") || window.shows("保存订单") || window.shows("新建订单"));
    // Nothing was typed into the draft: leaving it asks nothing.
    search(&mut window, "备份");
    window.key(Key::Enter);
    assert!(window.shows("立即备份"));
    search(&mut window, "");
    assert!(window.shows("功能 新建订单") && window.shows("页面 仪表盘"), "all of it, where nothing is typed: {:?}", window.labels());
}

#[test]
fn nobody_finds_what_he_may_not_see() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("宁波海纳机电工程有限公司"), f.product("WJ-07", 100, 10));
    f.order(customer, &[(product, 1, 100)]);
    let mut window = Window::open(f.as_role(Role::Warehouse));
    search(&mut window, "海纳");
    assert!(!window.shows("客户 宁波海纳机电工程有限公司") && !window.shows("订单 O20260130001"));
    window.key(Key::Escape);
    window.key(Key::Escape);
    search(&mut window, "备份");
    assert!(!window.shows("页面 备份恢复"));
    window.key(Key::Escape);
    window.key(Key::Escape);
    search(&mut window, "新建");
    assert!(!window.shows("功能 新建客户") && !window.shows("功能 新建订单"));
}
