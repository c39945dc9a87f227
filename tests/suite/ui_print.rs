//! 打印 on an order's page by keyboard: the papers there are, their preview, the file, and the log.

use egui::{Key, Modifiers};
use zhanggui::models::choice::Role;
use zhanggui::services::Wait;

use crate::fixture::{Fixture, setup};
use crate::window::Window;

#[test]
fn an_order_is_previewed_and_becomes_a_pdf() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("杭州启明"), f.product("A", 1234, 10));
    f.order(customer, &[(product, 3, 1234)]);
    let mut window = Window::of(&f);
    window.page("订单");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.keys(Modifiers::COMMAND, Key::P);
    assert!(window.contains("销售单"));
    // The preview has the words.
    window.wait_for("人民币叁拾柒元零贰分");
    let path = f.path().with_file_name("sales.pdf");
    window.replace("文件", &path.display().to_string());
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("已保存");
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF-"));
    assert_eq!(f.text("SELECT description FROM system_logs WHERE action = 'print'"), "打印销售单 O20260130001");
}

#[test]
fn the_warehouse_prints_delivery_notes_without_prices() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("杭州启明"), f.product("A", 1234, 10));
    f.order(customer, &[(product, 3, 1234)]);
    f.user("warehouse", Role::Warehouse);
    let session = f.signed_in("warehouse").session().cloned();
    let mut desk = zhanggui::services::Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
    desk.resume(session);
    let mut window = Window::open(desk);
    window.page("订单");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.keys(Modifiers::COMMAND, Key::P);
    window.wait_for("收货人");
    assert!(window.contains("送货单"), "{:?}", window.labels());
    assert!(!window.contains("12.34") && !window.contains("37.02"));
    assert!(window.contains("你看不到金额"));
}
