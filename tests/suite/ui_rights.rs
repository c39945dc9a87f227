//! A right taken away while its page is open: the page says so, and nothing is asked for that would be refused.

use egui::{Key, Modifiers};
use zhanggui::models::choice::Role;
use zhanggui::services::{Desk, Wait};

use crate::fixture::{Fixture, setup};
use crate::window::Window;

/// The window of a person of this role.
fn window_of(f: &Fixture, role: Role) -> Window {
    let session = f.as_role(role).session().cloned();
    let mut desk = Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
    desk.resume(session);
    Window::open(desk)
}

fn take_away(f: &Fixture, role: Role, module: &str) {
    let rights = "can_view = 0, can_create = 0, can_update = 0, can_delete = 0";
    f.sql(&format!("UPDATE permissions SET {rights} WHERE role = '{}' AND module = '{module}'", role.as_str())).unwrap();
}

/// Draws so many frames, whether or not anything moves.
fn frames(window: &mut Window, count: usize) {
    (0..count).for_each(|_| window.0.step());
}

/// Refusals in the log.
fn refused(f: &Fixture) -> i64 {
    f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'denied'")
}

#[test]
fn a_page_whose_right_is_gone_says_so_and_asks_for_nothing() {
    let mut f = Fixture::new();
    let customer = f.customer("甲");
    let product = f.product("A", 1000, 5);
    f.order(customer, &[(product, 1, 1000)]);
    for page in ["订单", "报价单", "回款"] {
        let mut window = window_of(&f, Role::Manager);
        window.page(page);
        take_away(&f, Role::Manager, "sales");
        frames(&mut window, 20);
        assert!(window.contains("没有权限查看这一页") && window.contains("需要“销售 · 查看”权限"), "{page}: {:?}", window.labels());
        assert_eq!(refused(&f), 0, "{page}");
        f.sql("UPDATE permissions SET can_view = 1 WHERE role = 'manager' AND module = 'sales'").unwrap();
        frames(&mut window, 20);
        assert!(!window.contains("没有权限查看这一页"), "{page}: the page is back: {:?}", window.labels());
        f.sql("UPDATE permissions SET can_create = 1, can_update = 1, can_delete = 1 WHERE role = 'manager' AND module = 'sales'").unwrap();
    }
}

#[test]
fn what_is_typed_on_a_page_whose_right_is_gone_can_be_left() {
    let f = Fixture::new();
    let mut window = window_of(&f, Role::Manager);
    window.page("订单");
    window.keys(Modifiers::COMMAND, Key::N);
    window.enter("备注", "带上样品");
    take_away(&f, Role::Manager, "sales");
    frames(&mut window, 5);
    window.page("客户");
    // Nothing can be saved any more: the question stays answerable, and the draft is there.
    window.click("保存并离开");
    assert!(window.contains("没有权限查看这一页"), "{:?}", window.labels());
    window.page("客户");
    window.click("不保存");
    assert!(!window.contains("没有权限查看这一页"), "{:?}", window.labels());
}

#[test]
fn an_editor_asks_for_nothing_that_one_may_not_see() {
    let mut f = Fixture::new();
    f.configure(zhanggui::models::config::ConfigKey::CreditCheck, "warn");
    let customer = f.customer("杭州启明");
    let product = f.product("A", 1000, 5);
    let quote = f.quote(customer, &[(product, 1, 1000)]);
    f.set_quote(quote, zhanggui::models::choice::QuoteStatus::Sent).unwrap();
    let mut window = window_of(&f, Role::Manager);
    window.page("报价单");
    take_away(&f, Role::Manager, "customer");
    take_away(&f, Role::Manager, "inventory");
    frames(&mut window, 5);
    window.page("订单");
    window.keys(Modifiers::COMMAND, Key::N);
    let before = refused(&f);
    frames(&mut window, 10);
    f.customer("乙");
    frames(&mut window, 10);
    assert_eq!(refused(&f), before);
}
