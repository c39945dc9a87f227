//! The products page by keyboard and by name, through the whole window.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhanggui::services::products;

use crate::fixture::Fixture;
use crate::window::Window;

#[test]
fn a_product_is_created_by_keyboard() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.keys(Modifiers::COMMAND, Key::N);
    window.keys(Modifiers::COMMAND, Key::S);
    window.get_by_label("请填写产品编码");
    assert_eq!(f.figure("SELECT COUNT(*) FROM products"), 0);
    window.type_text("WJ-LS-M8");
    window.key(Key::Enter);
    window.type_text("外六角螺栓");
    for _ in 0..5 {
        window.key(Key::Enter);
    }
    window.type_text("36.5");
    window.keys(Modifiers::COMMAND, Key::S);
    window.get_by_label("产品“外六角螺栓”已新建");
    let found = products::find(&f.desk, "WJ-LS-M8", 5).unwrap();
    assert_eq!(found[0].price.fen(), 3650);
}

#[test]
fn stock_moves_through_the_dialog_and_never_below_zero() {
    let mut f = Fixture::new();
    let id = f.product("A", 1000, 64);
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.get_by_role_and_label(Role::Row, "产品 A").click();
    window.settle();
    window.key(Key::F7);
    window.type_text("100");
    window.get_by_label("64 + 100 → 164 盒");
    window.key(Key::Enter);
    window.get_by_label("“产品 A”已入库 100 盒");
    assert_eq!(products::get(&f.desk, id).unwrap().stock, 164);

    window.key(Key::F8);
    window.type_text("165");
    window.get_by_label("库存只有 164 盒");
    window.key(Key::Enter);
    assert_eq!(products::get(&f.desk, id).unwrap().stock, 164);
    window.key(Key::Escape);
    window.key(Key::Escape);

    window.key(Key::F9);
    window.type_text("160");
    window.get_by_label("系统 164 → 实盘 160 盒，差异 −4");
    window.key(Key::Enter);
    assert_eq!(products::get(&f.desk, id).unwrap().stock, 160);
}

#[test]
fn falling_to_the_warning_line_is_told_once() {
    let mut f = Fixture::new();
    f.product("A", 1000, 12);
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.get_by_role_and_label(Role::Row, "产品 A").click();
    window.settle();
    window.key(Key::F8);
    window.type_text("3");
    window.key(Key::Enter);
    window.get_by_label("产品 A 低于预警线");
    window.get_by_label("低库存 1");
    window.key(Key::Delete);
    window.get_by_role_and_label(Role::Button, "删除产品").click();
    window.settle();
    window.get_by_label("产品“产品 A”有往来记录，已停用");
}

#[test]
fn labels_of_the_ticked_products_are_a_pdf() {
    let mut f = Fixture::new();
    f.product("WJ-LS", 100, 5);
    f.product("WJ-PZ", 100, 5);
    let path = f.folder.path().join("标签.pdf");
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.key(Key::ArrowDown);
    for _ in 0..2 {
        window.key(Key::Space);
        window.key(Key::ArrowDown);
    }
    window.keys(Modifiers::COMMAND, Key::P);
    window.get_by_label("2 种产品的标签");
    window.type_text("13");
    window.get_by_label("共 26 张，A4 纸 2 页（每页 24 张，70 × 37 毫米）");
    window.replace("PDF 文件", "/no/such/folder/x.pdf");
    window.key(Key::Enter);
    window.wait_for("/no/such/folder");
    window.replace("PDF 文件", &path.display().to_string());
    window.key(Key::Enter);
    window.wait_for("标签已保存到");
    // The viewer is asked once, whatever comes of it; on a computer without one the notice says so.
    (0..20).for_each(|_| window.0.step());
    assert!(!window.contains("意外情况"), "{:?}", window.labels());
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF-"));
}
