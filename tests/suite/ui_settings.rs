//! The settings by keyboard, part by part, and the lock.

use egui::accesskit::Role as AccessRole;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use zhanggui::models::choice::Role;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::matrix::Matrix;
use zhanggui::models::session::Session;
use zhanggui::services::{Desk, Wait, auth, customers, permissions, pictures, users};

use crate::fixture::{Fixture, PASSWORD, setup};
use crate::window::Window;

/// The window of a person of this role.
fn window_of(f: &Fixture, role: Role) -> Window {
    let session = f.as_role(role).session().cloned();
    let mut desk = Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
    desk.resume(session);
    Window::open(desk)
}

/// At a part of the settings, by Alt ↓ from the first one.
fn at(window: &mut Window, part: &str) {
    window.page("系统设置");
    let seen = parts(window);
    let steps = seen.iter().position(|name| name == part).unwrap_or_else(|| panic!("{part} is none of {seen:?}"));
    for _ in 0..steps {
        window.keys(Modifiers::ALT, Key::ArrowDown);
    }
}

fn parts(window: &Window) -> Vec<String> {
    let tabs = window.root().children_recursive().filter(|node| node.accesskit_node().role() == AccessRole::Tab);
    tabs.filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn everyone_has_appearance_and_account_the_rest_goes_by_right() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    window.page("系统设置");
    assert_eq!(parts(&window), ["用户", "权限", "系统配置", "外观", "日志", "备份恢复", "我的账号"]);
    let mut window = window_of(&f, Role::Employee);
    window.page("系统设置");
    assert_eq!(parts(&window), ["外观", "我的账号"]);
}

#[test]
fn a_user_is_created_by_keyboard_and_his_password_is_shown_once() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    at(&mut window, "用户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("请填写用户名");
    assert!(window.shows("请填写姓名"), "{:?}", window.labels());
    window.type_text("wumin");
    window.key(Key::Enter);
    window.type_text("吴敏");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("一次性密码");
    let shown = |label: &String| label.len() == 12 && label.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    let once = window.labels().into_iter().find(shown).expect("a password is shown");
    assert!(auth::login(&mut f.another_desk(), "wumin", &once).unwrap().must_change_password);
    window.key(Key::Escape);
    assert!(!window.labels().contains(&once));
    assert!(window.shows("wumin"));
}

/// The window of the administrator as he is after signing in: he has not given his password again.
fn unconfirmed(f: &Fixture) -> Window {
    let mut desk = Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
    auth::login(&mut desk, "admin", PASSWORD).unwrap();
    Window::open(desk)
}

#[test]
fn the_own_password_is_asked_for_before_users_change_and_not_again_at_once() {
    let f = Fixture::new();
    let mut window = unconfirmed(&f);
    at(&mut window, "用户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("wumin");
    window.key(Key::Enter);
    window.type_text("吴敏");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("再输一次密码");
    window.type_text("wrong horse");
    window.key(Key::Enter);
    window.wait_for("密码错误(4001)");
    assert_eq!(f.figure("SELECT COUNT(*) FROM users"), 1);
    // Given up, the form is there as it was, and the keyboard where it was.
    window.key(Key::Escape);
    assert!(!window.shows("再输一次密码") && window.shows("新建用户"), "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("吴小敏");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("吴敏");
    assert!(!window.contains("吴小敏"));
    let name = window.get_by_role_and_label(AccessRole::TextInput, "姓名");
    assert!(name.accesskit_node().is_focused() && name.accesskit_node().value().as_deref() == Some("吴敏"));
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("再输一次密码");
    window.type_text(PASSWORD);
    window.key(Key::Enter);
    window.wait_for("一次性密码");
    window.key(Key::Escape);
    // Within five minutes the next one is deleted without it.
    window.get_by_role_and_label(AccessRole::Row, "wumin").click();
    window.settle();
    window.key(Key::Delete);
    window.click("删除用户");
    window.wait_for("用户“吴敏”已删除");
}

#[test]
fn the_own_password_is_asked_for_before_rights_change() {
    let f = Fixture::new();
    let mut window = unconfirmed(&f);
    at(&mut window, "权限");
    window.key(Key::Space);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("再输一次密码") && window.shows("保存权限"), "the button names the act: {:?}", window.labels());
    assert_eq!(permissions::get(&f.desk).unwrap().matrix, Matrix::DEFAULT);
    window.type_text(PASSWORD);
    window.key(Key::Enter);
    window.wait_for("权限已保存");
    f.set_time("2026-01-30 02:05:00");
    window.click("恢复默认权限");
    window.query_all_by_role_and_label(AccessRole::Button, "恢复默认权限").last().unwrap().click();
    window.settle();
    assert!(window.shows("再输一次密码"), "{:?}", window.labels());
    window.type_text(PASSWORD);
    window.key(Key::Enter);
    window.wait_for("已恢复默认权限，共");
    assert_eq!(permissions::get(&f.desk).unwrap().matrix, Matrix::DEFAULT);
}

#[test]
fn the_last_administrator_cannot_be_disabled_in_the_form_either() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    at(&mut window, "用户");
    window.get_by_role_and_label(AccessRole::Row, "admin").click();
    window.settle();
    window.key(Key::F2);
    // The form's, not the list's filter.
    window.query_all_by_role_and_label(AccessRole::ComboBox, "状态").last().unwrap().click();
    window.settle();
    window.get_by_role_and_label(AccessRole::ListBoxOption, "停用").click();
    window.settle();
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("至少要保留一位启用的管理员(4000)");
    assert_eq!(f.figure("SELECT COUNT(*) FROM users WHERE status = 'active'"), 1);
}

#[test]
fn rights_are_changed_listed_taken_back_and_saved_by_keyboard() {
    let f = Fixture::new();
    f.as_role(Role::Employee);
    let mut window = Window::of(&f);
    at(&mut window, "权限");
    // From the manager's first cell: three rows down, seven columns right.
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowDown] {
        window.key(key);
    }
    for _ in 0..7 {
        window.key(Key::ArrowRight);
    }
    window.key(Key::Space);
    assert!(window.shows("有 1 项更改还没保存") && window.shows("撤销 员工 · 销售 · 修改"), "{:?}", window.labels());
    window.key(Key::ArrowLeft);
    window.key(Key::Space);
    assert!(window.shows("有 2 项更改还没保存"));
    window.keys(Modifiers::COMMAND, Key::Z);
    assert!(window.shows("有 1 项更改还没保存"));
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("权限已保存，共 1 项");
    let stored = permissions::get(&f.desk).unwrap();
    assert_eq!(stored.matrix.changes_from(&Matrix::DEFAULT).len(), 1);
    // Leaving with a change asks.
    window.key(Key::Space);
    window.keys(Modifiers::COMMAND, Key::Num1);
    assert!(window.shows("权限的更改还没保存"), "{:?}", window.labels());
    window.click("不保存");
    assert_eq!(permissions::get(&f.desk).unwrap().matrix, stored.matrix);
}

#[test]
fn a_conflict_of_rights_is_told_and_nothing_overwritten() {
    let mut f = Fixture::new();
    let mut window = Window::of(&f);
    at(&mut window, "权限");
    window.key(Key::Space);
    let mut theirs = Matrix::DEFAULT;
    theirs.toggle(Role::Employee, zhanggui::models::matrix::Cell::ALL[20]);
    permissions::update(&mut f.desk, 1, &theirs).unwrap();
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.contains("没有保存：陈志远刚改过这个权限(4005)"), "{:?}", window.labels());
    assert_eq!(permissions::get(&f.desk).unwrap().matrix, theirs);
}

#[test]
fn the_configuration_is_saved_together_and_wrong_values_are_named() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    at(&mut window, "系统配置");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("恒达股份");
    window.replace("账期", "很久");
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("账期应为整数"), "{:?}", window.labels());
    assert_ne!(f.desk.config().unwrap().company_name, "恒达股份");
    // The wrong field has the keyboard.
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("45");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("系统配置已保存，共 2 项");
    let now = f.desk.config().unwrap();
    assert_eq!((now.company_name.as_str(), now.payment_term_days), ("恒达股份", 45));
}

#[test]
fn a_logo_typed_as_a_path_is_checked_scaled_down_and_saved_with_the_rest() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    at(&mut window, "系统配置");
    let path = f.folder.path().join("logo.png");
    std::fs::write(&path, "no picture").unwrap();
    window.enter("图片文件", &path.display().to_string());
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("应为完好的 PNG 或 JPEG 文件");
    assert_eq!(f.desk.config().unwrap().company.logo, None);
    image::RgbImage::from_fn(1600, 400, |x, y| image::Rgb([x as u8, y as u8, 120])).save(&path).unwrap();
    window.replace("单据页脚", "谢谢惠顾");
    window.replace("图片文件", &path.display().to_string());
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("系统配置已保存，共 2 项");
    let company = f.desk.config().unwrap().company;
    assert_eq!(company.footer, "谢谢惠顾");
    let kept = pictures::thumbnail(&f.desk.key(), &company.logo.unwrap(), 4000).unwrap();
    assert_eq!((kept.width, kept.height), (400, 100));
}

#[test]
fn the_look_counts_at_once_and_comes_back() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    at(&mut window, "外观");
    for name in ["深色", "紫", "触摸"] {
        window.get_by_role_and_label(AccessRole::RadioButton, name).click();
        window.settle();
    }
    assert_eq!(window.ctx.theme(), egui::Theme::Dark);
    let kept = f.text("SELECT value FROM user_preferences WHERE key = 'window'");
    for word in ["dark", "violet", "touch"] {
        assert!(kept.contains(word), "{kept}");
    }
    let again = Window::of(&f);
    assert_eq!(again.ctx.theme(), egui::Theme::Dark);
}

#[test]
fn the_log_shows_what_changed_in_words() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::AllowShipBeforePayment, "false");
    let mut window = Window::of(&f);
    at(&mut window, "日志");
    window.key(Key::Home);
    window.key(Key::Enter);
    assert!(window.shows("更改的内容") && window.shows("欠款发货"), "{:?}", window.labels());
    window.key(Key::Escape);
    assert!(!window.shows("更改的内容"));
    window.key(Key::F4);
    window.wait_for("数据完好");
}

#[test]
fn broken_data_is_named_with_what_to_do() {
    let mut f = Fixture::new();
    f.product("A", 100, 5);
    f.sql("UPDATE products SET stock_quantity = 6").unwrap();
    f.expect_good = false;
    let mut window = Window::of(&f);
    at(&mut window, "日志");
    window.key(Key::F4);
    window.wait_for("库存等于出入库之和");
    assert!(window.contains("涉及：A"), "{:?}", window.labels());
}

#[test]
fn a_check_beside_the_window_names_what_is_broken_in_words() {
    let mut f = Fixture::new();
    f.product("A", 100, 5);
    f.sql("UPDATE products SET stock_quantity = 6").unwrap();
    f.expect_good = false;
    let mut window = Window::of(&f);
    window.click("账号");
    window.click("检查数据");
    window.wait_for("库存等于出入库之和");
    assert!(window.contains("处问题：") && !window.contains("stock_is_sum_of_movements"), "{:?}", window.labels());
}

#[test]
fn the_own_profile_is_saved() {
    let f = Fixture::new();
    let mut window = window_of(&f, Role::Employee);
    at(&mut window, "我的账号");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("吴敏");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("个人资料已保存");
    assert_eq!(f.figure("SELECT COUNT(*) FROM users WHERE full_name = '吴敏'"), 1);
}

/// The customer form with a name typed into it.
fn with_draft(f: &Fixture) -> Window {
    let mut window = Window::of(f);
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("没保存的客户");
    window
}

fn unlock(window: &mut Window, password: &str) {
    window.enter("密码", password);
    window.key(Key::Enter);
}

#[test]
fn locked_the_screen_shows_nothing_and_the_draft_is_there_afterwards() {
    let mut f = Fixture::new();
    f.customer("老客户");
    let mut window = with_draft(&f);
    window.keys(Modifiers::COMMAND, Key::L);
    assert!(window.shows("已锁定") && !window.contains("客户名称") && !window.contains("老客户"), "{:?}", window.labels());
    unlock(&mut window, "wrong password");
    window.wait_for("用户名或密码错误(4001)");
    unlock(&mut window, PASSWORD);
    window.wait_for("客户名称");
    let typed = window.get_by_role_and_label(AccessRole::TextInput, "客户名称").value();
    assert_eq!(typed.as_deref(), Some("没保存的客户"));
}

#[test]
fn it_locks_after_the_minutes_of_the_configuration_and_never_at_0() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::IdleMinutes, "5");
    let mut window = Window::of(&f);
    window.key(Key::Tab);
    f.set_time("2026-01-30 02:04:59");
    window.settle();
    assert!(!window.shows("已锁定"));
    f.set_time("2026-01-30 02:05:00");
    window.settle();
    assert!(window.shows("已锁定") && window.contains("5 分钟没有操作"), "{:?}", window.labels());
    f.configure(ConfigKey::IdleMinutes, "0");
    let mut window = Window::of(&f);
    window.key(Key::Tab);
    f.set_time("2026-01-31 02:00:00");
    window.settle();
    assert!(!window.shows("已锁定"));
}

#[test]
fn another_person_neither_sees_nor_destroys_the_draft() {
    let f = Fixture::new();
    f.user("mei", Role::Sales);
    let mut window = with_draft(&f);
    window.keys(Modifiers::COMMAND, Key::L);
    window.click("换人登录");
    window.enter("用户名", "mei");
    unlock(&mut window, PASSWORD);
    window.wait_for("仪表盘");
    window.page("客户");
    assert!(!window.contains("没保存的客户") && window.shows("还没有客户"), "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::N);
    window.keys(Modifiers::COMMAND, Key::Z);
    assert_eq!(window.get_by_role_and_label(AccessRole::TextInput, "客户名称").value().unwrap_or_default(), "");
    window.key(Key::Escape);
    window.keys(Modifiers::COMMAND, Key::L);
    window.click("换人登录");
    window.enter("用户名", "admin");
    unlock(&mut window, PASSWORD);
    window.wait_for("客户名称");
    assert_eq!(window.get_by_role_and_label(AccessRole::TextInput, "客户名称").value().as_deref(), Some("没保存的客户"));
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("客户“没保存的客户”已新建");
    assert_eq!(customers::find(&f.desk, "没保存的客户", 5).unwrap().len(), 1);
}

#[test]
fn a_locked_session_answers_no_command() {
    let f = Fixture::new();
    let mut desk = f.another_desk();
    let session = f.desk.session().cloned().unwrap();
    desk.resume(Some(Session { locked: true, ..session }));
    assert_eq!(users::colleagues(&desk).unwrap_err(), zhanggui::models::Error::NotSignedIn);
}

#[test]
fn a_backup_is_made_and_brought_back_and_everyone_signs_in_again() {
    let mut f = Fixture::new();
    f.customer("留下的客户");
    let mut window = Window::of(&f);
    at(&mut window, "备份恢复");
    window.wait_for("还没有备份");
    window.key(Key::F4);
    window.wait_for("已备份并验证");
    window.wait_for("crm_erp_20260130.db");
    f.customer("后来的客户");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.wait_for("现有数据会先另存");
    window.type_text("wrong password");
    window.key(Key::Enter);
    window.wait_for("4001");
    window.enter("你的密码", PASSWORD);
    window.key(Key::Enter);
    window.wait_for("登录");
    assert_eq!(f.text("SELECT group_concat(name) FROM customers"), "留下的客户");
    let copies = std::fs::read_dir(f.folder.path().join("backups")).unwrap();
    let names: Vec<String> = copies.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().any(|name| name.starts_with("crm_erp_before_restore_")), "{names:?}");
}
