//! Stocktakes through the window, by keyboard and by scanner: begun, counted, gone on with, posted, discarded.

use egui::accesskit::Role as AccessRole;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhanggui::models::choice::{MovementType, Role};
use zhanggui::models::stocktake::{Count, NewStocktake, StocktakeScope};
use zhanggui::models::{ProductId, StocktakeId};
use zhanggui::services::{Desk, Wait, auth, stocktakes};

use crate::fixture::{Fixture, setup};
use crate::window::Window;

/// Three products with 10, 20 and 30 pieces; the second has a barcode.
fn shop() -> (Fixture, Vec<ProductId>) {
    let mut f = Fixture::new();
    let products = ["BG-A4-70", "BG-A4-80", "BG-ZXB-05"].iter().enumerate().map(|(at, sku)| f.product(sku, 1000, 10 * (at as i64 + 1))).collect();
    f.sql("UPDATE products SET barcode = '6901234567892' WHERE sku = 'BG-A4-80'").unwrap();
    (f, products)
}

fn begin(f: &mut Fixture, scope: StocktakeScope, blind: bool) -> StocktakeId {
    stocktakes::create(&mut f.desk, &NewStocktake { scope, blind, notes: None }).unwrap()
}

/// The window on the sheet of the newest stocktake.
fn opened(f: &Fixture) -> Window {
    let mut window = Window::of(f);
    window.page("盘点");
    window.key(Key::Enter);
    window
}

/// Types a figure into the line that is due and goes on to the next.
fn enter(window: &mut Window, figure: &str) {
    window.type_text(figure);
    window.key(Key::Enter);
}

/// A scanner: the code and Enter in one frame.
fn scan(window: &mut Window, code: &str) {
    window.0.event(egui::Event::Text(code.to_owned()));
    window.key(Key::Enter);
}

const COUNTED: &str = "SELECT COALESCE(group_concat(figure, ' '), '') FROM (SELECT p.sku || '=' || l.counted_quantity AS figure
                       FROM stocktake_lines l JOIN products p ON p.id = l.product_id WHERE l.counted_quantity IS NOT NULL ORDER BY p.sku)";
const BOOKED: &str = "SELECT COALESCE(group_concat(quantity, ' '), '') FROM stock_movements WHERE movement_type = 'adjust'";

#[test]
fn begun_counted_and_posted_by_keyboard() {
    let (f, _) = shop();
    let mut window = Window::of(&f);
    window.page("盘点");
    assert!(window.shows("还没有盘点单"));
    window.keys(Modifiers::COMMAND, Key::N);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("已盘 0 / 3"), "{:?}", window.labels());
    enter(&mut window, "8");
    enter(&mut window, "20");
    assert_eq!(f.text(COUNTED), "BG-A4-70=8 BG-A4-80=20", "saved as entered");
    assert!(window.contains("BG-A4-70 产品 BG-A4-70 · 系统库存 10 · 实盘 8 · 差异 −2"), "{:?}", window.labels());
    assert!(window.shows("已盘 2 / 3"));
    window.type_text("33");
    // The figure under the keyboard counts too.
    window.key(Key::F4);
    for fact in ["3 行", "0 行", "2 行", "+3 件", "−2 件", "¥10.00"] {
        assert!(window.shows(fact), "{fact}: {:?}", window.labels());
    }
    // Enter is the way out until one chooses to post.
    window.key(Key::Enter);
    assert_eq!(f.text(BOOKED), "");
    window.keys(Modifiers::COMMAND, Key::S);
    window.click("确认过账");
    assert_eq!(f.text(BOOKED), "-2 3");
    assert!(window.contains("已过账，2 行库存已调整"), "{:?}", window.labels());
    assert!(window.query_by_role_and_label(AccessRole::Button, "过账").is_none());
    // What is posted is read only; its lines lead to their products.
    window.key(Key::Enter);
    assert_eq!(f.text(COUNTED), "BG-A4-70=8 BG-A4-80=20 BG-ZXB-05=33");
    assert!(window.contains("SKU") && !window.shows("已过账"), "{:?}", window.labels());
}

#[test]
fn a_category_and_chosen_products() {
    let (f, _) = shop();
    f.sql("UPDATE products SET category = '办公/纸' WHERE sku LIKE 'BG-A4%'").unwrap();
    let mut window = Window::of(&f);
    window.page("盘点");
    window.keys(Modifiers::COMMAND, Key::N);
    window.key(Key::ArrowRight);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.contains("请填写分类"), "{:?}", window.labels());
    // The wrong field has the keyboard.
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("已盘 0 / 2") && window.shows("办公"), "{:?}", window.labels());
    window.key(Key::Escape);

    window.keys(Modifiers::COMMAND, Key::N);
    window.key(Key::ArrowRight);
    window.key(Key::ArrowRight);
    window.keys(Modifiers::COMMAND, Key::S);
    window.type_text("zxb");
    window.key(Key::Enter);
    window.click("盲盘（盘点时不显示系统库存）");
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("已盘 0 / 1") && window.shows("盲盘"), "{:?}", window.labels());
    assert!(window.contains("BG-ZXB-05") && !window.contains("系统库存"), "{:?}", window.labels());
}

#[test]
fn one_goes_on_later_with_what_is_not_counted() {
    let (mut f, products) = shop();
    let id = begin(&mut f, StocktakeScope::All, false);
    stocktakes::count(&mut f.desk, id, &[Count { product: products[1], counted: Some(20), seen: None }]).unwrap();
    let mut window = opened(&f);
    window.get_by_role_and_label(AccessRole::Tab, "未盘").click();
    window.settle();
    window.get_by_label("BG-A4-70 实盘").focus();
    window.settle();
    enter(&mut window, "1");
    assert!(window.shows("BG-ZXB-05 实盘"), "counted lines leave the tab, the cell goes on: {:?}", window.labels());
    enter(&mut window, "3");
    assert!(window.shows("全部盘完了"), "{:?}", window.labels());
    assert_eq!(f.text(COUNTED), "BG-A4-70=1 BG-A4-80=20 BG-ZXB-05=3");
    // A count that is emptied is taken back.
    window.get_by_role_and_label(AccessRole::Tab, "全部").click();
    window.settle();
    window.replace("BG-A4-70 实盘", "");
    window.key(Key::Delete);
    window.key(Key::Enter);
    assert_eq!(f.text(COUNTED), "BG-A4-80=20 BG-ZXB-05=3");
}

#[test]
fn what_is_no_count_is_said_and_not_saved() {
    let (mut f, _) = shop();
    begin(&mut f, StocktakeScope::All, false);
    let mut window = opened(&f);
    enter(&mut window, "1.5");
    assert!(window.contains("请填写 0 到 1,000,000,000 的整数"), "{:?}", window.labels());
    assert_eq!(f.text(COUNTED), "");
    window.page("客户");
    assert!(window.contains("盘点数还没保存"), "{:?}", window.labels());
    window.click("继续编辑");
    window.get_by_label("BG-A4-70 实盘").focus();
    window.settle();
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert!(window.shows("发起盘点"), "first what is typed, then the page: {:?}", window.labels());
}

#[test]
fn a_scan_goes_to_its_line_or_adds_it() {
    let (mut f, products) = shop();
    begin(&mut f, StocktakeScope::Products(vec![products[0], products[2]]), false);
    let mut window = opened(&f);
    scan(&mut window, "6901234567892");
    assert!(window.contains("不在盘点单上，已加入") && window.shows("已盘 0 / 3"), "{:?}", window.labels());
    window.type_text("19");
    // Without Enter after the figure: the scan of the next one brings it.
    scan(&mut window, "6901234567892");
    assert_eq!(f.text(COUNTED), "BG-A4-80=19");
    scan(&mut window, "bg-zxb-05");
    assert!(window.shows("BG-ZXB-05 实盘"), "{:?}", window.labels());
    enter(&mut window, "30");
    assert_eq!(f.text(COUNTED), "BG-A4-80=19 BG-ZXB-05=30");
    scan(&mut window, "6900000000001");
    assert!(window.contains("没有编码或条码为“6900000000001”的产品"), "{:?}", window.labels());
    assert_eq!(f.text(COUNTED), "BG-A4-80=19 BG-ZXB-05=30");
}

#[test]
fn a_scan_into_the_search_goes_to_its_line_too() {
    let (mut f, _) = shop();
    begin(&mut f, StocktakeScope::All, false);
    let mut window = opened(&f);
    window.keys(Modifiers::COMMAND, Key::F);
    window.type_text("zxb");
    assert!(!window.contains("BG-A4-70"), "{:?}", window.labels());
    window.keys(Modifiers::COMMAND, Key::A);
    scan(&mut window, "6901234567892");
    enter(&mut window, "5");
    assert_eq!(f.text(COUNTED), "BG-A4-80=5");
    assert!(window.contains("BG-A4-70"), "the whole sheet is back");
}

#[test]
fn stock_that_moves_meanwhile_is_shown_and_counted_again() {
    let (mut f, products) = shop();
    begin(&mut f, StocktakeScope::All, false);
    let mut window = opened(&f);
    enter(&mut window, "8");
    f.stock(products[0], MovementType::In, 5);
    window.settle();
    window.key(Key::F5);
    assert!(window.contains("库存变为 15，请重盘") && window.shows("1 行盘点后库存有变动"), "{:?}", window.labels());
    window.key(Key::F4);
    assert!(window.shows("BG-A4-70 实盘") && !window.contains("BG-A4-80"), "the lines that moved: {:?}", window.labels());
    // The same figure, confirmed.
    window.key(Key::Enter);
    assert!(!window.contains("请重盘"), "{:?}", window.labels());
    window.key(Key::F4);
    window.click("确认过账");
    assert_eq!(f.text(BOOKED), "-7");
}

#[test]
fn counts_wait_while_another_terminal_holds_the_file() {
    let (mut f, _) = shop();
    begin(&mut f, StocktakeScope::All, false);
    let mut window = opened(&f);
    let other = rusqlite::Connection::open(f.path()).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    window.0.event(egui::Event::Text("8".into()));
    window.0.key_press(Key::Enter);
    for _ in 0..4 {
        window.0.step();
    }
    window.0.event(egui::Event::Text("21".into()));
    window.0.key_press(Key::Enter);
    for _ in 0..4 {
        window.0.step();
    }
    assert!(window.contains("未保存，等待其他终端"), "{:?}", window.labels());
    assert_eq!(f.text(COUNTED), "");
    other.execute_batch("COMMIT").unwrap();
    window.wait_for("已盘 2 / 3");
    assert_eq!(f.text(COUNTED), "BG-A4-70=8 BG-A4-80=21");
}

#[test]
fn discarding_asks_and_books_nothing() {
    let (mut f, _) = shop();
    begin(&mut f, StocktakeScope::All, false);
    let mut window = opened(&f);
    enter(&mut window, "8");
    window.click("作废");
    assert!(window.contains("已录入的 1 行"));
    window.click("作废盘点单");
    assert_eq!(f.text("SELECT status FROM stocktakes"), "discarded");
    assert_eq!(f.text(BOOKED), "");
    window.key(Key::Escape);
    window.get_by_role_and_label(AccessRole::Tab, "进行中").click();
    window.settle();
    assert!(window.shows("没有符合条件的盘点单"), "{:?}", window.labels());
}

#[test]
fn who_may_not_change_stock_reads_only() {
    let (mut f, _) = shop();
    begin(&mut f, StocktakeScope::All, false);
    f.user("wumin", Role::Employee);
    let mut desk = Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
    auth::act_as(&mut desk, "wumin").unwrap();
    let mut window = Window::open(desk);
    window.page("盘点");
    window.key(Key::Enter);
    assert!(!window.shows("BG-A4-70 实盘") && window.contains("BG-A4-70"), "{:?}", window.labels());
    window.key(Key::F4);
    assert!(window.contains("没有“"), "a key that does nothing says why: {:?}", window.labels());
}
