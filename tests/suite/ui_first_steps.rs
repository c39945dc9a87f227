//! The first steps on the dashboard of a new file, and what its empty pages say.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhanggui::models::choice::Role;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::first_steps::{FirstStep, StepTaken};
use zhanggui::services::{analytics, backup, customers};

use crate::fixture::Fixture;
use crate::window::Window;

const STEPS: [&str; 5] = ["公司资料", "产品", "客户", "第一张订单", "备份"];

/// The steps that stand on the dashboard, those that are done with a tick.
fn steps(window: &Window) -> Vec<String> {
    let row = |name: &str| window.query_by_role_and_label(egui::accesskit::Role::Row, name).is_some();
    let known = STEPS.into_iter().flat_map(|step| [step.to_owned(), format!("{step}，已完成")]);
    known.filter(|name| row(name)).collect()
}

#[test]
fn the_steps_tick_themselves_and_go_with_the_first_order() {
    let mut f = Fixture::new();
    let mut window = Window::of(&f);
    assert_eq!(steps(&window), STEPS);
    assert!(window.shows("已完成 0 / 5") && !window.shows("近 30 天销售") && !window.shows("最近订单"), "{:?}", window.labels());
    assert!(window.contains("Ctrl K 能找到一切") && window.contains("F1 列出全部快捷键"));

    f.configure(ConfigKey::CompanyPhone, "0571 8800 1234");
    let product = f.product("A", 1000, 10);
    window.settle();
    assert_eq!(steps(&window), ["公司资料，已完成", "产品，已完成", "客户", "第一张订单", "备份"]);
    let customer = f.customer("杭州启明");
    backup::create(&mut f.desk, f.folder.path(), |_, _| true).unwrap();
    window.settle();
    assert!(window.shows("已完成 4 / 5"), "{:?}", window.labels());

    f.order(customer, &[(product, 1, 1000)]);
    window.settle();
    assert!(steps(&window).is_empty() && window.shows("近 30 天销售") && window.shows("O20260130001"), "{:?}", window.labels());
}

#[test]
fn each_step_leads_to_its_page() {
    let f = Fixture::new();
    for (downs, text) in [(0, "显示在左上角和单据上"), (1, "还没有产品"), (2, "还没有客户"), (3, "还没有订单"), (4, "还没有备份")]
    {
        let mut window = Window::of(&f);
        (0..downs).for_each(|_| window.key(Key::ArrowDown));
        window.key(Key::Enter);
        assert!(window.contains(text), "{text}: {:?}", window.labels());
    }
}

#[test]
fn each_role_sees_the_steps_it_may_take() {
    let f = Fixture::new();
    let of = |role| analytics::first_steps(&f.as_role(role)).unwrap().into_iter().map(|taken| taken.step).collect::<Vec<_>>();
    use FirstStep::{Backup, Company, Customers, Order, Products};
    assert_eq!(of(Role::Admin), [Company, Products, Customers, Order, Backup]);
    assert_eq!(of(Role::Manager), [Products, Customers, Order]);
    assert_eq!(of(Role::Sales), [Customers, Order]);
    assert_eq!(of(Role::Warehouse), [Products]);
    assert_eq!(of(Role::Employee), []);
    let window = Window::open(f.signed_in("employee"));
    assert!(steps(&window).is_empty() && window.shows("最近订单"), "{:?}", window.labels());
}

#[test]
fn a_customer_of_someone_else_is_no_step_of_mine() {
    let mut f = Fixture::new();
    let (her, _) = (f.user("ta", Role::Sales), f.user("sales", Role::Sales));
    let input = CustomerInput { name: "她的".into(), assigned_to: Some(her), ..Default::default() };
    customers::create(&mut f.desk, &input).unwrap();
    let mut window = Window::open(f.signed_in("sales"));
    assert_eq!(steps(&window), ["客户", "第一张订单"]);
    let taken = |done| StepTaken { step: FirstStep::Customers, done };
    assert_eq!(analytics::first_steps(&f.signed_in("ta")).unwrap()[0], taken(true));
    f.customer("无主");
    window.settle();
    assert_eq!(steps(&window), ["客户，已完成", "第一张订单"]);
}

#[test]
fn an_empty_page_says_how_to_begin() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    for (page, headline, title) in [("客户", "还没有客户", "导入客户"), ("订单", "还没有订单", "导入订单"), ("产品库存", "还没有产品", "导入产品")]
    {
        window.page(page);
        assert!(window.shows(headline), "{:?}", window.labels());
        // In the head and in the middle.
        let imports: Vec<_> = window.query_all_by_role_and_label(egui::accesskit::Role::Button, "导入").collect();
        assert_eq!(imports.len(), 2);
        imports[1].click();
        window.settle();
        assert!(window.shows(title), "{:?}", window.labels());
        window.key(Key::Escape);
    }
    window.page("跟进");
    assert!(window.shows("还没有跟进记录"), "{:?}", window.labels());
    window.click("去客户页");
    assert!(window.shows("还没有客户"), "{:?}", window.labels());
    window.page("出入库");
    window.keys(Modifiers::NONE, Key::F7);
    assert!(!window.contains("4003"), "{:?}", window.labels());
}

#[test]
fn who_may_not_begin_is_offered_nothing() {
    let f = Fixture::new();
    f.user("employee", Role::Employee);
    let mut window = Window::open(f.signed_in("employee"));
    for (page, headline) in [("客户", "还没有客户"), ("订单", "还没有订单"), ("回款", "还没有回款"), ("出入库", "还没有出入库记录")]
    {
        window.page(page);
        let buttons = |name| window.query_all_by_role_and_label(egui::accesskit::Role::Button, name).count();
        assert!(window.shows(headline), "{page}: {:?}", window.labels());
        assert!(buttons("导入") <= 1 && buttons("登记收款") <= 1 && buttons("入库") <= 1, "{page}: {:?}", window.labels());
    }
}
