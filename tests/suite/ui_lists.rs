//! What the list pages have in common: sorting, chips and page size come back for each person; the customer filter; the window's look.

use egui::accesskit::Role as Named;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use serde_json::{Value, json};
use zhanggui::models::choice::Role;
use zhanggui::models::customer::CustomerInput;
use zhanggui::services::{customers, preferences};

use crate::fixture::Fixture;
use crate::window::Window;

/// The names of the rows, from top to bottom; movements of stock, which stand below, are not among them.
fn rows(window: &Window) -> Vec<String> {
    use egui_kittest::kittest::NodeT;
    let mut rows: Vec<(f32, String)> =
        window.query_all_by_role(Named::Row).map(|row| (row.rect().top(), row.accesskit_node().label().unwrap_or_default())).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).filter(|name| !name.contains('→')).collect()
}

fn kept(f: &Fixture, key: &str) -> Value {
    preferences::get(&f.desk, key).unwrap().unwrap_or_default()
}

fn customers_of(f: &mut Fixture, names: &[&str]) {
    for name in names {
        customers::create(&mut f.desk, &CustomerInput { name: (*name).into(), ..Default::default() }).unwrap();
    }
}

#[test]
fn sorting_and_chips_come_back_after_signing_in_again_but_not_for_another_person() {
    let mut f = Fixture::new();
    customers_of(&mut f, &["乙", "甲", "丙"]);
    f.user("manager", Role::Manager);
    let mut window = Window::of(&f);
    window.page("客户");
    assert_eq!(rows(&window), ["丙", "甲", "乙"]);
    window.get_by_role_and_label(Named::ColumnHeader, "名称").click();
    window.settle();
    assert_eq!(rows(&window), ["丙", "乙", "甲"], "in the order of their code points");
    window.get_by_role_and_label(Named::Button, "清除 状态：启用").click();
    window.settle();
    window.enter("名称/电话/拼音首字母", "甲");
    assert_eq!(rows(&window), ["甲"]);
    let wanted = json!({ "sort": "name", "descending": false, "size": 20,
        "chips": { "level": null, "status": null, "owner": null, "tag": null } });
    assert_eq!(kept(&f, "list.customers"), wanted);

    let mut again = Window::of(&f);
    again.page("客户");
    assert_eq!(rows(&again), ["丙", "乙", "甲"], "the words are not kept");
    assert!(!again.shows("状态：启用"));

    let mut other = Window::open(f.signed_in("manager"));
    other.page("客户");
    assert_eq!(rows(&other), ["丙", "甲", "乙"]);
    assert!(other.shows("状态：启用"));
}

#[test]
fn what_was_kept_and_is_unknown_now_is_passed_over() {
    let mut f = Fixture::new();
    customers_of(&mut f, &["甲", "乙"]);
    for strange in [
        json!("text"),
        json!({ "sort": "moon", "descending": 3, "size": 7, "chips": { "level": "royal", "owner": "x", "tag": [] } }),
        json!({ "chips": [1] }),
    ] {
        preferences::set(&mut f.desk, "list.customers", &strange).unwrap();
        let mut window = Window::of(&f);
        window.page("客户");
        assert_eq!(rows(&window), ["乙", "甲"], "{strange}");
    }
    // A person who is gone still filters, and can be taken away.
    preferences::set(&mut f.desk, "list.customers", &json!({ "chips": { "owner": 99 } })).unwrap();
    let mut window = Window::of(&f);
    window.page("客户");
    assert!(rows(&window).is_empty());
    window.get_by_role_and_label(Named::Button, "清除 负责人：…").click();
    window.settle();
    assert_eq!(rows(&window), ["乙", "甲"]);
}

#[test]
fn the_page_size_is_chosen_by_keyboard_and_kept() {
    let mut f = Fixture::new();
    let names: Vec<String> = (0..60).map(|at| format!("客户 {at:02}")).collect();
    customers_of(&mut f, &names.iter().map(String::as_str).collect::<Vec<_>>());
    let mut window = Window::of(&f);
    window.page("客户");
    assert!(window.shows("第 1–20 位，共 60 位客户") && window.shows("1 / 3"));
    window.get_by_role_and_label(Named::ComboBox, "每页 20").focus();
    window.settle();
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert!(window.shows("第 1–50 位，共 60 位客户"), "{:?}", window.labels());
    assert_eq!(kept(&f, "list.customers")["size"], 50);
    window.click("下一页");
    assert!(window.shows("第 51–60 位，共 60 位客户"));
}

#[test]
fn a_preference_waits_for_another_terminal_and_is_kept_then() {
    let mut f = Fixture::new();
    customers_of(&mut f, &["甲", "乙"]);
    let mut window = Window::of(&f);
    window.page("客户");
    let other = rusqlite::Connection::open(f.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    window.get_by_role_and_label(Named::ColumnHeader, "名称").click();
    window.0.step();
    window.0.step();
    window.0.step();
    assert_eq!(rows(&window), ["乙", "甲"], "sorted at once: code points");
    assert!(!window.contains("5001") && !window.contains("等待"));
    other.execute_batch("ROLLBACK").unwrap();
    for _ in 0..200 {
        window.0.step();
    }
    assert_eq!(kept(&f, "list.customers")["sort"], "name");
}

#[test]
fn orders_are_filtered_by_a_customer_found_by_keyboard_and_summed() {
    let mut f = Fixture::new();
    let product = f.product("A", 1000, 100);
    let (qiming, haina) = (f.customer("杭州启明办公用品有限公司"), f.customer("宁波海纳机电工程有限公司"));
    f.order(qiming, &[(product, 1, 10_000)]);
    f.order(haina, &[(product, 1, 25_000)]);
    let paid = f.order(haina, &[(product, 1, 5_000)]);
    f.pay(paid, 5_000).unwrap();
    let mut window = Window::of(&f);
    window.page("订单");
    assert_eq!(rows(&window).len(), 3);
    assert!(window.contains("¥400.00") && window.contains("¥350.00"), "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::F);
    window.key(Key::Tab);
    window.type_text("nbhn");
    window.key(Key::Enter);
    assert!(window.shows("客户：宁波海纳机电工程有限公司"), "{:?}", window.labels());
    assert_eq!(rows(&window), ["O20260130003", "O20260130002"]);
    assert!(window.contains("¥300.00") && window.contains("¥250.00"), "{:?}", window.labels());
    window.click("只看未收清");
    assert_eq!(rows(&window), ["O20260130002"]);
    window.get_by_role_and_label(Named::Button, "清除 客户：宁波海纳机电工程有限公司").click();
    window.settle();
    assert_eq!(rows(&window), ["O20260130002", "O20260130001"]);
}

#[test]
fn theme_and_language_are_each_persons_own() {
    let mut f = Fixture::new();
    f.user("manager", Role::Manager);
    let mut window = Window::of(&f);
    window.get_by_role_and_label(Named::Button, "账号").click();
    window.settle();
    window.click("English");
    assert!(window.shows("Customers"));
    assert_eq!(kept(&f, "window"), json!({ "lang": "en" }));
    for (theme, code) in [("Dark", "dark"), ("Light", "light")] {
        window.get_by_role_and_label(Named::Button, "Account").click();
        window.settle();
        window.click(theme);
        assert_eq!(kept(&f, "window"), json!({ "lang": "en", "theme": code }));
    }

    // The harness itself begins dark.
    let again = Window::of(&f);
    assert!(again.shows("Customers"));
    assert_eq!(again.ctx.theme(), egui::Theme::Light);
    let other = Window::open(f.signed_in("manager"));
    assert!(other.shows("客户"));
    assert_eq!(other.ctx.theme(), egui::Theme::Dark);
    // What is no language and no theme is as if it were not there.
    preferences::set(&mut f.desk, "window", &json!({ "lang": "tlh", "theme": 5 })).unwrap();
    assert!(Window::of(&f).shows("客户"));
}

#[test]
fn the_product_list_comes_back_as_it_was_left() {
    let mut f = Fixture::new();
    for (sku, stock) in [("A", 50), ("B", 3), ("C", 0)] {
        f.product(sku, 1000, stock);
    }
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.get_by_role_and_label(Named::ColumnHeader, "SKU").click();
    window.settle();
    window.click("缺货 1");
    assert_eq!(rows(&window), ["产品 C"]);
    assert_eq!(kept(&f, "list.products")["chips"]["stock"], "out");
    let mut again = Window::of(&f);
    again.page("产品库存");
    assert_eq!(rows(&again), ["产品 C"]);
    again.click("缺货 1");
    assert_eq!(rows(&again), ["产品 A", "产品 B", "产品 C"]);
}

#[test]
fn esc_in_an_empty_search_gives_the_keyboard_to_the_rows() {
    let mut f = Fixture::new();
    for sku in ["A-1", "A-2"] {
        f.product(sku, 100, 5);
    }
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.key(Key::Escape);
    window.key(Key::Space);
    window.get_by_label("已选 1 种");
}
