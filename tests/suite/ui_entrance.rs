//! First run and sign-in through the window.

use egui::Key;
use zhanggui::database::Wait;
use zhanggui::services::Desk;

use crate::fixture::{Fixture, PASSWORD, setup};
use crate::window::Window;

#[test]
fn a_first_run_ends_at_the_desk() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Fixture::new().clock.clone();
    let desk = Desk::create(&folder.path().join("new.db"), Wait::Window, setup(&clock)).unwrap();
    let mut window = Window::open(desk);
    window.enter("公司名称", "恒达五金");
    window.enter("姓名", "陈志远");
    window.enter("管理员用户名", "admin");
    window.enter("密码", "short");
    window.enter("再次输入密码", "different");
    window.key(Key::Enter);
    assert!(window.shows("密码至少 8 个字符"));
    assert!(window.shows("两次输入的密码不同"));

    for name in ["密码", "再次输入密码"] {
        window.replace(name, PASSWORD);
    }
    window.key(Key::Enter);
    window.wait_for("仪表盘");
    assert!(window.contains("恒达五金"));
}

#[test]
fn a_wrong_password_is_refused_and_the_right_one_lets_in() {
    let mut f = Fixture::new();
    f.customer("杭州启明办公用品有限公司");
    let mut window = Window::open(f.another_desk());
    window.enter("用户名", "admin");
    window.enter("密码", "wrong password");
    window.key(Key::Enter);
    window.wait_for("用户名或密码错误(4001)");
    window.enter("密码", PASSWORD);
    window.key(Key::Enter);
    window.wait_for("仪表盘");
    window.page("客户");
    window.wait_for("杭州启明办公用品有限公司");
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'login_failed'"), 1);
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'login'"), 1);
}

#[test]
fn someone_who_is_disabled_is_shown_out_with_the_reason() {
    let mut f = Fixture::new();
    f.customer("杭州启明办公用品有限公司");
    f.user("mei", zhanggui::models::choice::Role::Sales);
    let mut window = Window::open(f.signed_in("mei"));
    window.page("客户");
    assert!(window.shows("杭州启明办公用品有限公司"));
    f.sql("UPDATE users SET status = 'inactive' WHERE username = 'mei'").unwrap();
    window.key(Key::ArrowDown);
    window.settle();
    assert!(window.contains("登录已失效(4002)"));
    assert!(!window.shows("杭州启明办公用品有限公司"));
}

#[test]
fn the_data_is_checked_beside_the_window() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    window.click("账号");
    window.click("检查数据");
    window.wait_for("数据检查通过");
}

#[test]
fn the_first_wrong_field_takes_the_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let clock = Fixture::new().clock.clone();
    let desk = Desk::create(&folder.path().join("new.db"), Wait::Window, setup(&clock)).unwrap();
    let mut window = Window::open(desk);
    window.type_text("恒达五金");
    window.key(Key::Enter);
    assert!(window.shows("请填写姓名"));
    window.type_text("陈志远");
    window.key(Key::Enter);
    assert!(!window.shows("请填写姓名") && !window.shows("请填写公司名称"), "{:?}", window.labels());
}
