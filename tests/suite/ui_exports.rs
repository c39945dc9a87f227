//! Exports through the window: Ctrl E on a filtered list, the question before a file is replaced, the page of the reports.

use egui::accesskit::Role as Named;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhanggui::models::choice::Role;

use crate::fixture::Fixture;
use crate::window::Window;

fn shop() -> Fixture {
    let mut f = Fixture::new();
    let (a, b) = (f.customer("启明办公"), f.customer("海纳机电"));
    let product = f.product("A-1", 1250, 100);
    f.order(a, &[(product, 2, 1250)]);
    f.order(b, &[(product, 1, 1250)]);
    f.order(a, &[(product, 3, 1250)]);
    f
}

fn lines(f: &Fixture, name: &str) -> Vec<String> {
    std::fs::read_to_string(f.folder.path().join(name)).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn path(f: &Fixture, name: &str) -> String {
    f.folder.path().join(name).display().to_string()
}

#[test]
fn ctrl_e_writes_the_filtered_orders_and_offers_the_file() {
    let f = shop();
    let mut window = Window::of(&f);
    window.page("订单");
    window.enter("订单号/客户/拼音首字母", "qmbg");
    window.keys(Modifiers::COMMAND, Key::E);
    assert!(window.shows("导出订单") && window.contains("共 2 行"), "{:?}", window.labels());
    window.click("CSV 文本 (csv)");
    window.replace("文件", &path(&f, "a.csv"));
    window.key(Key::Enter);
    window.wait_for("打开文件");
    assert!(window.contains("2 行已写入 a.csv") && window.shows("打开文件夹"));
    let lines = lines(&f, "a.csv");
    assert_eq!(lines.len(), 3);
    assert!(lines[1].starts_with("O20260130003,") && lines[2].starts_with("O20260130001,"), "{lines:?}");
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_told_twice() {
    let f = shop();
    std::fs::write(f.folder.path().join("a.csv"), "old").unwrap();
    let mut window = Window::of(&f);
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::E);
    window.click("CSV 文本 (csv)");
    window.replace("文件", &path(&f, "a.csv"));
    window.key(Key::Enter);
    assert!(window.contains("已经存在") && window.shows("替换文件"), "{:?}", window.labels());
    assert_eq!(lines(&f, "a.csv"), ["old"]);
    window.click("替换文件");
    window.wait_for("打开文件");
    assert_eq!(lines(&f, "a.csv").len(), 3);
}

#[test]
fn a_folder_that_is_not_there_is_said_at_once() {
    let f = shop();
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.keys(Modifiers::COMMAND, Key::E);
    window.replace("文件", &path(&f, "no/a.csv"));
    assert!(window.shows("这个文件夹不存在"));
    window.key(Key::Enter);
    assert!(window.shows("导出库存"), "the dialog stays");
    window.key(Key::Escape);
    assert!(!window.shows("导出库存"));
}

#[test]
fn every_list_has_its_export() {
    let f = shop();
    let mut window = Window::of(&f);
    for (page, title) in [
        ("客户", "导出客户"),
        ("跟进", "导出跟进记录"),
        ("报价单", "导出报价单"),
        ("订单", "导出订单"),
        ("回款", "导出回款"),
        ("产品库存", "导出库存"),
        ("出入库", "导出出入库记录"),
        ("库存预警", "导出库存预警"),
        ("盘点", "导出盘点单"),
        ("统计", "导出销售统计"),
    ] {
        window.open_entry(page);
        window.keys(Modifiers::COMMAND, Key::E);
        assert!(window.shows(title), "{page}: {:?}", window.labels());
        window.key(Key::Escape);
        assert!(!window.shows(title), "{page}");
    }
}

#[test]
fn without_the_right_the_button_says_why_and_the_key_does_nothing() {
    let f = shop();
    let mut window = Window::open(f.as_role(Role::Warehouse));
    window.page("订单");
    assert!(window.query_all_by_role_and_label(Named::Button, "导出").next().is_some());
    window.keys(Modifiers::COMMAND, Key::E);
    assert!(!window.shows("导出订单"));
    assert!(!window.entries().contains(&"报表导出".to_owned()));
}

#[test]
fn the_reports_page_writes_the_report_one_chooses() {
    let f = shop();
    let mut window = Window::of(&f);
    window.page("报表导出");
    assert!(window.contains("共 2 行"), "{:?}", window.labels());
    window.click("销售明细");
    assert!(window.contains("共 3 行"));
    window.click("CSV 文本 (csv)");
    window.replace("文件", &path(&f, "s.csv"));
    window.keys(Modifiers::COMMAND, Key::E);
    window.wait_for("打开文件");
    let lines = lines(&f, "s.csv");
    assert_eq!(lines.len(), 4);
    assert!(lines[0].contains("毛利率") && lines[1].contains("A-1"), "{lines:?}");
}

#[test]
fn the_log_is_exported_as_it_is_filtered() {
    let f = shop();
    let mut window = Window::of(&f);
    window.page("系统设置");
    window.get_by_role_and_label(Named::Tab, "日志").click();
    window.settle();
    window.keys(Modifiers::COMMAND, Key::E);
    assert!(window.shows("导出系统日志"), "{:?}", window.labels());
    window.click("CSV 文本 (csv)");
    window.replace("文件", &path(&f, "log.csv"));
    window.key(Key::Enter);
    window.wait_for("打开文件");
    assert_eq!(lines(&f, "log.csv").len() as i64, f.logged(), "the headings instead of the export itself");
}
