//! The import wizard, driven as people do: a file, its columns, the dry run, the import; errors by row; the memory of columns; the job list.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhanggui::models::product::{ProductFilter, ProductPage, ProductSort};
use zhanggui::services::products;

use crate::fixture::Fixture;
use crate::window::Window;

/// Opens the wizard on the products page with a file of this text.
fn wizard(f: &Fixture, window: &mut Window, text: &str) {
    let path = f.path().with_file_name("products.csv");
    std::fs::write(&path, text).unwrap();
    window.page("产品库存");
    window.keys(Modifiers::COMMAND | Modifiers::SHIFT, Key::I);
    window.type_text(&path.display().to_string());
    window.key(Key::Enter);
}

fn names(f: &Fixture) -> Vec<String> {
    let (page, _) = products::list(&f.desk, &ProductFilter::default(), &ProductPage::first(ProductSort::Sku, false)).unwrap();
    page.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn a_file_is_tried_out_and_then_imported_by_keyboard() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    wizard(&f, &mut window, "SKU,品名,单价,库存,内部号\nP1,螺栓,3.80,90,x\nP2,螺母,1.20,0,y\n");
    window.wait_for("products.csv，共 2 行");
    // The dry run has the keyboard.
    window.key(Key::Enter);
    window.wait_for("试导入通过");
    assert!(names(&f).is_empty(), "a dry run keeps nothing");
    assert!(window.contains("没有导入的列：内部号"));
    window.key(Key::Enter);
    window.wait_for("已导入");
    assert_eq!(names(&f), ["螺栓", "螺母"]);
    window.key(Key::Enter);
    assert!(window.shows("螺栓"), "the list behind shows what came");
    // Behind the icon stands what was done.
    window.keys(Modifiers::COMMAND, Key::J);
    assert!(window.contains("导入产品：products.csv"));
    assert!(window.contains("新增 2，更新 0，跳过 0"));
}

#[test]
fn errors_are_listed_by_row_and_column_and_nothing_is_imported() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    wizard(&f, &mut window, "SKU,品名,单价\nP1,螺栓,三块\n,螺母,1\n");
    window.wait_for("products.csv，共 2 行");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("共 2 处错误");
    assert!(window.contains("2 单价"));
    assert!(window.contains("3 SKU"));
    assert!(names(&f).is_empty());
    // Corrected, and read again.
    std::fs::write(f.path().with_file_name("products.csv"), "SKU,品名,单价\nP1,螺栓,3\nP2,螺母,1\n").unwrap();
    window.key(Key::Enter);
    window.wait_for("products.csv，共 2 行");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("试导入通过");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("已导入");
    assert_eq!(names(&f).len(), 2);
}

#[test]
fn columns_once_named_are_named_for_the_next_file_of_that_kind() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    wizard(&f, &mut window, "SKU,名目,单价\nP1,螺栓,3\n");
    window.wait_for("products.csv，共 1 行");
    window.0.get_all_by_role_and_label(Role::ComboBox, "名目").next().unwrap().focus();
    window.settle();
    window.key(Key::Enter);
    window.click("产品名称");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("试导入通过");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("已导入");
    window.key(Key::Enter);
    wizard(&f, &mut window, "单价,SKU,名目\n4,P2,螺母\n");
    window.wait_for("按上次的对应关系");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("试导入通过");
}

#[test]
fn a_file_that_is_no_table_says_so_and_the_path_stays() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    wizard(&f, &mut window, "SKU\n");
    window.wait_for("文件里没有数据行");
    window.key(Key::Escape);
    assert!(!window.contains("选择文件"));
}
