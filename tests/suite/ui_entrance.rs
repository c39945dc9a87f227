//! First run, the choice how to begin, the demo and back, and sign-in through the window.

use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use tempfile::TempDir;
use zhanggui::database::Wait;
use zhanggui::services::{Desk, demo};

use crate::fixture::{Fixture, PASSWORD, setup};
use crate::window::Window;

/// The entrance of a file that is new.
fn new_file() -> (TempDir, PathBuf, Window) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.db");
    let clock = Fixture::new().clock.clone();
    let window = Window::open(Desk::create(&path, Wait::Window, setup(&clock)).unwrap());
    (folder, path, window)
}

/// A new file with its company and administrator, who is asked how he would like to begin. By keyboard.
fn founded() -> (TempDir, PathBuf, Window) {
    let (folder, path, mut window) = new_file();
    for text in ["恒达五金", "陈志远", "admin", PASSWORD] {
        window.type_text(text);
        window.key(Key::Tab);
    }
    window.type_text(PASSWORD);
    window.key(Key::Enter);
    window.wait_for("从哪里开始？");
    (folder, path, window)
}

/// Everything on the disk of a file: itself and its log.
fn bytes(path: &Path) -> [Vec<u8>; 2] {
    ["", "-wal"].map(|ending| std::fs::read(format!("{}{ending}", path.display())).unwrap_or_default())
}

fn figure(path: &Path, sql: &str) -> i64 {
    rusqlite::Connection::open(path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Chosen in the search of the top bar.
fn end_demo(window: &mut Window) {
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("结束演示");
    window.key(Key::Enter);
}

#[test]
fn a_first_run_ends_with_the_choice_how_to_begin() {
    let (_folder, _, mut window) = new_file();
    assert!(window.shows("公司与管理员") && window.shows("开始"));
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
    window.wait_for("从哪里开始？");
    assert!(window.shows("导入我的数据") && window.shows("看看演示数据") && !window.shows("仪表盘"), "{:?}", window.labels());
}

#[test]
fn one_begins_with_nothing_by_arrows_and_enter() {
    let (_folder, path, mut window) = founded();
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::ArrowDown, Key::Enter] {
        window.key(key);
    }
    assert!(window.shows("仪表盘") && window.contains("恒达五金") && window.shows("第一步"), "{:?}", window.labels());
    // Only once: the next start asks who one is.
    drop(window);
    let mut window = Window::open(Desk::open(&path, Wait::Window, setup(&Fixture::new().clock)).unwrap());
    window.enter("用户名", "admin");
    window.enter("密码", PASSWORD);
    window.key(Key::Enter);
    window.wait_for("仪表盘");
    assert!(!window.shows("从哪里开始？"));
}

#[test]
fn one_begins_with_the_first_import() {
    let (_folder, _, mut window) = founded();
    window.key(Key::Enter);
    assert!(window.shows("导入客户") && window.shows("先导入客户"), "{:?}", window.labels());
    assert!(window.contains("产品和订单在“产品库存”页和“订单”页上同样导入"));
    window.key(Key::Escape);
    assert!(window.shows("还没有客户") && !window.shows("导入客户"), "{:?}", window.labels());
    // A later import is like any other.
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    assert!(window.shows("导入客户") && !window.shows("先导入客户"));
}

#[test]
fn the_demo_ends_where_one_was_asked_how_to_begin() {
    let (_folder, path, mut window) = founded();
    let before = bytes(&path);
    window.key(Key::Num2);
    window.wait_for("演示数据，结束后删除");
    assert!(window.contains("恒达五金办公批发") && !window.shows("第一步"), "{:?}", window.labels());
    end_demo(&mut window);
    assert!(window.shows("从哪里开始？") && !window.shows("仪表盘"), "{:?}", window.labels());
    assert!(bytes(&path) == before, "the own file is as it was");
    assert_eq!(figure(&path, "SELECT COUNT(*) FROM users"), 1);
    window.key(Key::Num3);
    assert!(window.shows("第一步") && !window.contains("恒达五金办公批发"), "{:?}", window.labels());
}

#[test]
fn demo_data_before_anything_is_set_up_leave_the_own_file_alone() {
    let (_folder, path, mut window) = new_file();
    let before = bytes(&path);
    window.type_text("恒达五金");
    // Enter on the button is the button's, not the form's.
    window.get_by_label("先看看演示数据").focus();
    window.settle();
    window.key(Key::Enter);
    window.wait_for("演示数据，结束后删除");

    // What is typed and not saved is asked about.
    window.page("订单");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("hz");
    window.key(Key::Enter);
    window.click("结束演示");
    assert!(window.contains("还没保存"), "{:?}", window.labels());
    window.click("不保存");
    assert!(window.shows("欢迎使用掌柜") && !window.shows("请填写姓名"), "{:?}", window.labels());
    let company = window.get_by_label("公司名称").accesskit_node().value();
    assert_eq!(company.as_deref(), Some("恒达五金"), "what was typed is still there");
    assert!(bytes(&path) == before);
    assert_eq!(figure(&path, "SELECT COUNT(*) FROM users"), 0);
}

#[test]
fn who_leaves_the_demo_alone_leaves_the_own_file_locked() {
    let (_folder, _, mut window) = founded();
    window.key(Key::Num2);
    window.wait_for("演示数据，结束后删除");
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("退出登录");
    window.key(Key::Enter);
    // The way back in is no secret.
    assert!(window.shows("演示账号的密码是 zhanggui-demo"), "{:?}", window.labels());
    window.enter("用户名", "sales");
    window.enter("密码", demo::PASSWORD);
    window.key(Key::Enter);
    window.wait_for("今日销售");
    window.click("结束演示");
    assert!(window.shows("已锁定") && !window.shows("从哪里开始？"), "{:?}", window.labels());
    window.enter("密码", PASSWORD);
    window.key(Key::Enter);
    window.wait_for("从哪里开始？");
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

#[test]
fn a_password_is_shown_by_its_key() {
    let f = Fixture::new();
    let mut window = Window::open(Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap());
    window.enter("密码", "geheim");
    assert!(!window.contains("geheim"), "{:?}", window.labels());
    window.keys(Modifiers::ALT, Key::F8);
    let typed = window.get_by_role_and_label(Role::TextInput, "密码").accesskit_node().value();
    assert_eq!(typed.as_deref(), Some("geheim"));
    window.keys(Modifiers::ALT, Key::F8);
    assert!(window.query_by_role_and_label(Role::TextInput, "密码").is_none_or(|node| node.accesskit_node().value().as_deref() != Some("geheim")));
}
