//! A newcomer's first day, as README's tour tells it: first run, Northwind's files, an order, a payment, an export, a backup, a restore. Keyboard only.

use std::path::Path;

use egui::{Key, Modifiers};
use zhanggui::database::Wait;
use zhanggui::services::Desk;

use crate::fixture::{Fixture, PASSWORD, setup};
use crate::window::Window;

/// Brings a file of Northwind in on a page.
fn import(window: &mut Window, folder: &Path, page: &str, file: &str, found: &str) {
    window.page(page);
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    take(window, folder, file, found);
}

/// Takes a file of Northwind into the wizard that is open: tried out, then imported.
fn take(window: &mut Window, folder: &Path, file: &str, found: &str) {
    let path = folder.join(file);
    std::fs::copy(format!("tests/data/northwind/{file}"), &path).unwrap();
    window.type_text(&path.display().to_string());
    window.key(Key::Enter);
    window.wait_for(found);
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("试导入通过");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("已导入");
    window.key(Key::Enter);
}

#[test]
fn from_the_first_start_to_a_restore() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm_erp.db");
    let clock = Fixture::new().clock.clone();
    let mut window = Window::open(Desk::create(&path, Wait::Window, setup(&clock)).unwrap());
    // The first field has the keyboard; Tab goes from one to the next.
    for (at, text) in ["北风贸易", "陈志远", "admin", PASSWORD, PASSWORD].into_iter().enumerate() {
        if at > 0 {
            window.key(Key::Tab);
        }
        window.type_text(text);
    }
    window.key(Key::Enter);
    window.wait_for("从哪里开始？");

    // With the own data: the wizard is open on the customers' page.
    window.key(Key::Num1);
    assert!(window.contains("产品和订单在“产品库存”页和“订单”页上同样导入"), "{:?}", window.labels());
    take(&mut window, folder.path(), "customers.csv", "customers.csv，共");
    import(&mut window, folder.path(), "产品库存", "products.csv", "products.csv，共");
    import(&mut window, folder.path(), "订单", "order_lines.csv", "order_lines.csv，共");

    // An order, paid at once.
    window.page("订单");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("alfreds");
    window.key(Key::Enter);
    window.type_text("Chai");
    window.key(Key::Enter);
    window.type_text("3");
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.contains("O20260130001"), "{:?}", window.labels());
    window.key(Key::F4);
    window.key(Key::Enter);
    window.wait_for("已付款");

    // What the list shows, as a file.
    window.page("订单");
    window.keys(Modifiers::COMMAND, Key::E);
    window.click("CSV 文本 (csv)");
    let csv = folder.path().join("orders.csv");
    window.replace("文件", &csv.display().to_string());
    window.key(Key::Enter);
    window.wait_for("打开文件");
    assert!(std::fs::read_to_string(&csv).unwrap().contains("O20260130001"));

    // A backup; a slip; the backup again.
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("备份恢复");
    window.key(Key::Enter);
    window.key(Key::F4);
    window.wait_for("已备份并验证");
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("录错的客户");
    window.keys(Modifiers::COMMAND, Key::S);
    let figure = |sql: &str| -> i64 { rusqlite::Connection::open(&path).unwrap().query_row(sql, [], |row| row.get(0)).unwrap() };
    assert_eq!(figure("SELECT COUNT(*) FROM customers WHERE name = '录错的客户'"), 1);
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("备份恢复");
    window.key(Key::Enter);
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.wait_for("现有数据会先另存");
    window.type_text(PASSWORD);
    window.key(Key::Enter);
    window.wait_for("登录");
    window.enter("用户名", "admin");
    window.enter("密码", PASSWORD);
    window.key(Key::Enter);
    window.wait_for("仪表盘");
    window.keys(Modifiers::COMMAND, Key::K);
    window.type_text("O20260130001");
    window.key(Key::Enter);
    window.wait_for("Alfreds Futterkiste");
    assert_eq!(figure("SELECT COUNT(*) FROM customers WHERE name = '录错的客户'"), 0);
    assert_eq!(figure("SELECT COUNT(*) FROM payments p JOIN orders o ON o.id = p.order_id WHERE o.order_no = 'O20260130001' AND p.amount = 54.0"), 1);
}
