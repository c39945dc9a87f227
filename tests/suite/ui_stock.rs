//! The stock's pages by keyboard: records filtered and undone, what runs out filled up.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use zhanggui::models::ProductId;
use zhanggui::models::choice::{MovementType, Role as People};
use zhanggui::models::order::NewOrder;
use zhanggui::models::product::ProductInput;
use zhanggui::services::{orders, products};

use crate::fixture::{Fixture, day, new_order};
use crate::window::Window;

/// The names of the rows, from top to bottom.
fn rows(window: &Window) -> Vec<String> {
    let mut rows: Vec<(f32, String)> =
        window.query_all_by_role(Role::Row).map(|row| (row.rect().top(), row.accesskit_node().label().unwrap_or_default())).collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

fn stock_of(f: &Fixture, id: ProductId) -> i64 {
    products::get(&f.desk, id).unwrap().stock
}

/// A product in a category, with nothing in stock.
fn in_category(f: &mut Fixture, sku: &str, category: &str) -> ProductId {
    let input = ProductInput { sku: sku.into(), name: format!("产品 {sku}"), category: Some(category.into()), ..Default::default() };
    products::create(&mut f.desk, &input).unwrap()
}

#[test]
fn records_are_filtered_and_one_entered_by_hand_is_undone() {
    let mut f = Fixture::new();
    let (a, b, customer) = (f.product("A", 100, 64), f.product("B", 100, 30), f.customer("甲"));
    f.order(customer, &[(b, 2, 100)]);
    f.stock(a, MovementType::Out, 60);
    let mut window = Window::of(&f);
    window.page("出入库");
    assert_eq!(rows(&window), ["产品 A 64 → 4", "产品 B 30 → 28", "产品 B 0 → 30", "产品 A 0 → 64"]);

    window.get_by_role_and_label(Role::ComboBox, "类型").click();
    window.settle();
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(rows(&window), ["产品 A 64 → 4", "产品 B 30 → 28"], "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::F);
    window.type_text("产品 b");
    assert_eq!(rows(&window), ["产品 B 30 → 28"]);
    window.key(Key::ArrowDown);
    window.key(Key::Delete);
    window.get_by_label("只有手工登记的出入库能撤销");
    assert_eq!(f.figure("SELECT COUNT(*) FROM stock_movements"), 4);

    window.keys(Modifiers::COMMAND, Key::F);
    window.key(Key::Escape);
    window.key(Key::ArrowDown);
    window.key(Key::Home);
    window.key(Key::Delete);
    window.get_by_label("撤销“产品 A”的这笔记录？");
    window.get_by_label("4 → 64 盒");
    window.key(Key::Enter);
    assert_eq!(stock_of(&f, a), 64);
    window.get_by_label("已撤销“产品 A”的记录：+60 盒");
    window.get_by_label("已撤销");
    window.key(Key::Delete);
    window.get_by_label("这条记录已经撤销过");
    assert_eq!(stock_of(&f, a), 64);
}

#[test]
fn undoing_a_movement_warns_where_it_takes_the_stock_below_its_line() {
    let mut f = Fixture::new();
    let a = f.product("A", 100, 12);
    let mut window = Window::of(&f);
    window.page("出入库");
    window.key(Key::Delete);
    window.key(Key::Enter);
    assert_eq!(stock_of(&f, a), 0);
    window.get_by_label("产品 A 低于预警线");
}

#[test]
fn a_movement_is_entered_from_the_records_with_its_product_searched() {
    let mut f = Fixture::new();
    let (a, b) = (f.product("AA-1", 100, 64), f.product("BB-2", 100, 30));
    let mut window = Window::of(&f);
    window.page("出入库");
    window.key(Key::F8);
    window.type_text("bb-2");
    window.key(Key::Enter);
    window.type_text("5");
    window.get_by_label("30 − 5 → 25 盒");
    window.key(Key::Enter);
    assert_eq!((stock_of(&f, a), stock_of(&f, b)), (64, 25));
    assert_eq!(rows(&window)[0], "产品 BB-2 30 → 25");
    // A scanner types the code and Enter at once.
    window.key(Key::F7);
    window.0.event(egui::Event::Text("AA-1".into()));
    window.key(Key::Enter);
    window.type_text("6");
    window.key(Key::Enter);
    assert_eq!(stock_of(&f, a), 70);
}

#[test]
fn what_runs_out_is_filled_up_with_one_key_and_enter() {
    let mut f = Fixture::new();
    let (a, b) = (f.product("A", 100, 3), f.product("B", 100, 9));
    f.product("C", 100, 11);
    let mut window = Window::of(&f);
    window.get_by_label("2 种产品低于预警线");
    window.page("库存预警");
    assert_eq!(rows(&window), ["产品 A", "产品 B"]);
    window.key(Key::F7);
    window.get_by_label("3 + 37 → 40 盒");
    window.key(Key::Enter);
    assert_eq!((stock_of(&f, a), stock_of(&f, b)), (40, 9));
    assert_eq!(rows(&window), ["产品 B"]);
    window.get_by_label("1 种产品低于预警线");
    // The suggestion is only one: typing replaces it.
    window.key(Key::F7);
    window.type_text("50");
    window.key(Key::Enter);
    assert_eq!(stock_of(&f, b), 59);
    window.get_by_label("库存都充足");
    assert!(!window.contains("种产品低于预警线"));
}

#[test]
fn a_category_takes_what_stands_below_it_and_is_shown_indented() {
    let mut f = Fixture::new();
    for (sku, category) in [("A", "办公/纸张"), ("B", "办公/笔"), ("C", "办公用品"), ("D", "办公")] {
        in_category(&mut f, sku, category);
    }
    let mut window = Window::of(&f);
    window.page("库存预警");
    assert_eq!(rows(&window).len(), 4);
    window.get_by_role_and_label(Role::ComboBox, "分类").focus();
    window.settle();
    window.key(Key::ArrowDown);
    for name in ["办公", "\u{3000}笔", "\u{3000}纸张", "办公用品"] {
        assert!(window.shows(name), "{name}: {:?}", window.labels());
    }
    window.key(Key::Enter);
    assert_eq!(rows(&window), ["产品 A", "产品 B", "产品 D"]);
    window.get_by_role_and_label(Role::ComboBox, "分类：办公");
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    assert_eq!(rows(&window), ["产品 B"]);
    window.get_by_role_and_label(Role::ComboBox, "分类：办公/笔");
}

#[test]
fn prices_of_three_products_change_by_keyboard() {
    let mut f = Fixture::new();
    let ids = [f.product("A", 1010, 5), f.product("B", 2000, 6), f.product("C", 990, 7)];
    let left = f.product("D", 500, 8);
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.key(Key::ArrowDown);
    for _ in 0..3 {
        window.key(Key::Space);
        window.key(Key::ArrowDown);
    }
    window.get_by_label("已选 3 种");
    window.key(Key::F2);
    window.get_by_label("批量修改 3 种产品");
    window.key(Key::Enter);
    window.get_by_label("请填写单价");
    window.type_text("5");
    window.get_by_label("10.10 → 10.61");
    window.key(Key::Enter);
    window.get_by_label("已修改 3 种产品");
    let price = |id| products::get(&f.desk, id).unwrap().input.price.fen();
    assert_eq!((ids.map(price), price(left)), ([1061, 2100, 1040], 500));
    assert!(!window.contains("已选"), "the ticks are gone: {:?}", window.labels());
}

#[test]
fn the_selected_product_shows_its_orders_and_prices() {
    let mut f = Fixture::new();
    let (a, customer) = (f.product("A", 1000, 100), f.customer("甲公司"));
    let yesterday = NewOrder { order_day: day("2026-01-29"), ..new_order(customer, &[(a, 3, 800)]) };
    let old = orders::create(&mut f.desk, &yesterday).unwrap().id;
    let new = f.order(customer, &[(a, 2, 900), (a, 1, 950)]);
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.get_by_role_and_label(Role::Row, "产品 A").click();
    window.settle();
    window.get_by_role_and_label(Role::Tab, "相关订单").click();
    window.settle();
    let number = |order| orders::get(&f.desk, order).unwrap().order.order_no;
    assert_eq!(rows(&window), ["产品 A".to_owned(), number(new), number(new), number(old)]);
    window.get_by_role_and_label(Role::Tab, "价格记录").click();
    window.settle();
    assert!(window.shows("9.00 – 9.50"), "{:?}", window.labels());
    window.get_by_role_and_label(Role::Tab, "相关订单").click();
    window.settle();
    window.query_all_by_role(Role::Table).max_by(|a, b| a.rect().top().total_cmp(&b.rect().top())).unwrap().focus();
    window.settle();
    window.key(Key::End);
    window.key(Key::Enter);
    assert!(!window.shows("价格记录") && window.contains(&number(old)), "the order's page: {:?}", window.labels());
}

#[test]
fn oldest_first_below_the_products_are_still_the_newest() {
    let mut f = Fixture::new();
    let (a, customer) = (f.product("A", 1000, 0), f.customer("甲公司"));
    (0..60).for_each(|_| f.stock(a, MovementType::In, 1));
    f.stock(a, MovementType::In, 1000);
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.get_by_role_and_label(Role::ColumnHeader, "时间").click();
    window.settle();
    assert_eq!(rows(&window)[1], "产品 A 11 → 12", "the newest fifty, the oldest of them first");
    for (date, lines) in [("2026-01-05", 1), ("2026-01-10", 150), ("2026-01-20", 60)] {
        let lines: Vec<_> = (0..lines).map(|_| (a, 1, 800)).collect();
        orders::create(&mut f.desk, &NewOrder { order_day: day(date), ..new_order(customer, &lines) }).unwrap();
    }
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.get_by_role_and_label(Role::Row, "产品 A").click();
    window.settle();
    window.get_by_role_and_label(Role::Tab, "价格记录").click();
    window.settle();
    for order in ["newest first", "oldest first"] {
        assert_eq!(rows(&window)[1..], ["2026-01-20"], "{order}: no day that is read in part");
        window.query_all_by_role_and_label(Role::ColumnHeader, "日期").last().unwrap().click();
        window.settle();
    }
}

#[test]
fn who_sees_no_amounts_has_no_prices_below() {
    let mut f = Fixture::new();
    f.product("A", 1000, 100);
    let mut window = Window::open(f.as_role(People::Warehouse));
    window.page("产品库存");
    assert!(window.shows("相关订单") && !window.shows("价格记录"));
    let mut employee = Window::open(f.as_role(People::Employee));
    employee.page("库存预警");
    employee.page("出入库");
    employee.key(Key::F7);
    assert!(!employee.shows("取消"), "who may not book opens no dialog");
}
