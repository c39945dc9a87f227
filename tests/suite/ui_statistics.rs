//! The statistics page and the dashboard's figures through the window: period, grouping, sorting, and the orders behind a figure.

use egui::accesskit::Role as Seen;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhanggui::models::choice::{MovementType, Role};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::order::NewOrder;
use zhanggui::services::orders;

use crate::fixture::{Fixture, day, new_order};
use crate::window::Window;

/// Two customers and two products; an order of last month, one of this month, one of today.
fn shop() -> Fixture {
    let mut f = Fixture::new();
    let (qm, hn) = (f.customer("杭州启明办公用品有限公司"), f.customer("宁波海纳机电工程有限公司"));
    let (a, b) = (f.product("A", 1000, 1000), f.product("B", 500, 1000));
    for (customer, placed, lines) in [(qm, "2025-12-20", vec![(a, 10, 1000)]), (hn, "2026-01-12", vec![(a, 5, 1000), (b, 4, 500)])] {
        orders::create(&mut f.desk, &NewOrder { order_day: day(placed), ..new_order(customer, &lines) }).unwrap();
    }
    let today = f.order(qm, &[(b, 16, 500)]);
    f.pay(today, 3_000).unwrap();
    f
}

fn statistics(f: &Fixture) -> Window {
    let mut window = Window::of(f);
    window.open_entry("统计");
    window.wait_for("合计");
    window
}

#[test]
fn the_month_is_summed_up_and_compared_with_the_month_before() {
    let f = shop();
    let mut window = statistics(&f);
    assert!(window.shows("销售额 ¥150.00") && window.shows("订单数 2") && window.shows("环比上期 +50.0%"), "{:?}", window.labels());
    assert!(window.shows("2026-01-30  周五") && window.shows("2026-01-29  周四"), "days without sales are there");
    assert!(window.shows("每日销售额") && window.shows("合计  30 天"));
    // Back to December as a whole, and forth again.
    window.keys(Modifiers::ALT, Key::ArrowLeft);
    window.wait_for("2025-12-31");
    assert!(window.shows("2025-12-31  周三") && window.shows("销售额 ¥100.00") && window.shows("环比上期 —"), "{:?}", window.labels());
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.keys(Modifiers::ALT, Key::ArrowRight);
    window.wait_for("合计  30 天");
    assert!(window.shows("合计  30 天"), "there is nothing after the present month");
    window.click("去年");
    window.wait_for("合计  365 天");
    assert!(window.shows("销售额 ¥100.00"), "{:?}", window.labels());
    window.replace("开始日期", "2026-01-12");
    window.replace("结束日期", "2026-01-12");
    window.wait_for("合计  1 天");
    assert!(window.shows("销售额 ¥70.00") && window.shows("合计  1 天"), "{:?}", window.labels());
}

#[test]
fn enter_on_a_row_opens_its_orders() {
    let f = shop();
    let mut window = statistics(&f);
    // The newest day stands first and has the keyboard.
    window.key(Key::Enter);
    assert!(window.shows("O20260130003") && !window.shows("O20260130002"), "{:?}", window.labels());
    assert!(window.contains("合计 ¥80.00"));

    window.open_entry("统计");
    window.click("按客户");
    window.key(Key::Home);
    window.click("杭州启明办公用品有限公司");
    assert!(window.shows("O20260130003") && !window.shows("O20260130001") && !window.shows("O20260130002"), "{:?}", window.labels());

    window.open_entry("统计");
    window.click("按产品");
    window.click("产品 B");
    assert!(window.shows("产品：产品 B") && window.shows("O20260130002") && window.shows("O20260130003"), "{:?}", window.labels());
    window.open_entry("统计");
    window.click("产品 A");
    assert!(window.shows("O20260130002") && !window.shows("O20260130003"), "{:?}", window.labels());

    window.open_entry("统计");
    window.click("按分类");
    window.click("未分类");
    assert!(window.shows("分类：未分类") && window.shows("O20260130002"), "{:?}", window.labels());
}

#[test]
fn the_table_is_sorted_by_its_heads() {
    let f = shop();
    let mut window = statistics(&f);
    window.click("按产品");
    let first = |window: &Window| {
        let row = |name| window.0.get_by_role_and_label(Seen::Row, name).rect().top();
        if row("产品 A") < row("产品 B") { "A" } else { "B" }
    };
    assert_eq!(first(&window), "B", "¥100.00 before ¥50.00");
    window.0.get_by_role_and_label(Seen::ColumnHeader, "件数").click();
    window.settle();
    assert_eq!(first(&window), "A", "5 pieces before 20");
    window.0.get_by_role_and_label(Seen::ColumnHeader, "件数").click();
    window.settle();
    assert_eq!(first(&window), "B");
}

#[test]
fn period_and_grouping_are_kept_for_the_person() {
    let f = shop();
    let mut window = statistics(&f);
    window.click("去年");
    window.wait_for("合计  365 天");
    window.click("按产品");
    window.settle();
    let mut window = statistics(&f);
    assert!(window.shows("产品 A") && window.shows("销售额 ¥100.00"), "{:?}", window.labels());
    // Two days typed are of that day only: the preset before them stays away too.
    window.replace("开始日期", "2026-01-12");
    window.replace("结束日期", "2026-01-12");
    window.settle();
    let window = statistics(&f);
    assert!(window.shows("产品 B") && window.shows("销售额 ¥150.00"), "the month again: {:?}", window.labels());
}

#[test]
fn who_may_not_see_statistics_or_cost_does_not() {
    let f = shop();
    for role in [Role::Warehouse, Role::Employee] {
        let window = Window::open(f.as_role(role));
        assert!(window.0.query_by_role_and_label(Seen::Button, "统计").is_none(), "{role:?}");
    }
    let mut window = Window::open(f.as_role(Role::Sales));
    window.open_entry("统计");
    assert!(window.shows("销售额 ¥150.00") && !window.contains("毛利"), "nobody's customers are everybody's: {:?}", window.labels());
    assert!(window.contains("按件数计算") && !window.contains("库存金额"));
}

#[test]
fn customers_and_stock_stand_beside() {
    let mut f = shop();
    let lying = f.product("L", 2000, 30);
    let mut window = statistics(&f);
    assert!(window.shows("客户分布") && window.shows("VIP 2 100%"), "{:?}", window.labels());
    window.click("行业");
    assert!(window.shows("未填行业 2 100%"), "{:?}", window.labels());
    window.click("滞销 3");
    window.click("产品 L");
    assert!(window.contains("产品 L"), "{:?}", window.labels());
    assert_eq!(f.figure(&format!("SELECT stock_quantity FROM products WHERE id = {lying}")), 30);
}

#[test]
fn the_dashboards_figures_open_what_they_count() {
    let mut f = shop();
    let low = f.product("LOW", 100, 5);
    f.stock(low, MovementType::Out, 5);
    let figures = ["今日销售 ¥80.00", "本月销售 ¥150.00", "待收款 ¥220.00", "低库存 1", "待跟进 0"];
    for (figure, opens) in figures.into_iter().zip(["O20260130003", "每日销售额", "待收款 ¥220.00  ·  逾期 ¥100.00", "LOW", "还没有跟进记录"])
    {
        let mut window = Window::of(&f);
        let labels = window.labels();
        let label = labels.iter().find(|label| label.starts_with(figure)).unwrap_or_else(|| panic!("{figure}: {labels:?}")).clone();
        window.click(&label);
        assert!(window.contains(opens), "{figure}: {:?}", window.labels());
    }
    let mut window = Window::of(&f);
    assert!(window.shows("近 30 天销售") && window.shows("产品 B 20 盒 ¥100.00"), "{:?}", window.labels());
    window.click("产品 B 20 盒 ¥100.00");
    assert!(window.shows("产品：产品 B") && window.shows("O20260130003"), "{:?}", window.labels());
}

#[test]
fn the_warehouse_has_a_dashboard_without_amounts() {
    let f = shop();
    let window = Window::open(f.as_role(Role::Warehouse));
    assert!(window.contains("今日订单 1") && window.contains("低库存") && !window.contains("¥"), "{:?}", window.labels());
    assert!(!window.contains("待收款") && !window.shows("近 30 天销售"));
}

#[test]
fn both_pages_are_there_in_english() {
    let mut f = shop();
    f.configure(ConfigKey::Language, "en");
    let mut window = Window::of(&f);
    assert!(window.contains("Sales today ¥80.00") && window.shows("Best sellers"), "{:?}", window.labels());
    window.open_entry("Statistics");
    assert!(window.shows("Sales by day") && window.shows("2026-01-30  Fri") && window.shows("Customers"), "{:?}", window.labels());
}
