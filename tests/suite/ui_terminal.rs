//! The warehouse terminal through the window: what a scanner sends, what a finger touches, who is at it.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use zhanggui::models::ProductId;
use zhanggui::models::choice::{OrderStatus, Role as UserRole};
use zhanggui::services::{auth, operators, orders, products};

use crate::fixture::{Fixture, PASSWORD};
use crate::window::Window;

/// A window that became a terminal, and the time its frames are at.
struct Terminal {
    window: Window,
    time: f64,
}

impl Terminal {
    fn of(f: &Fixture) -> Terminal {
        let mut window = Window::of(f);
        window.0.set_size(vec2(1024.0, 768.0));
        window.settle();
        window.click("仓库终端");
        Terminal { window, time: 100.0 }
    }

    /// One frame with one event, at its own time.
    fn frame(&mut self, event: Event) {
        self.window.0.input_mut().time = Some(self.time);
        self.window.event(event);
        self.window.0.step();
    }

    /// What a scanner sends: a key and its character every 20 ms, then Enter.
    fn scan(&mut self, code: &str) {
        for c in code.chars() {
            if let Some(key) = Key::from_name(&c.to_ascii_uppercase().to_string()) {
                self.frame(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE });
            }
            self.frame(Event::Text(c.to_string()));
            self.time += 0.02;
        }
        for pressed in [true, false] {
            self.frame(Event::Key { key: Key::Enter, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE });
        }
        self.time += 0.02;
    }

    /// A moment in which nothing is typed.
    fn rest(&mut self) {
        self.time += 1.0;
        self.window.0.input_mut().time = Some(self.time);
        self.window.settle();
    }

    /// Touches a target, by its name or a part of it.
    fn touch(&mut self, name: &str) {
        self.rest();
        let button = |node: &egui_kittest::kittest::AccessKitNode<'_>, fits: &dyn Fn(&str) -> bool| {
            node.role() == Role::Button && node.label().is_some_and(|label| fits(&label))
        };
        match self.window.query_by(|node| button(node, &|label| label == name)) {
            Some(exact) => exact.click(),
            None => self.window.get_by(|node| button(node, &|label| label.contains(name))).click(),
        }
        self.rest();
    }
}

fn stock(f: &Fixture, product: ProductId) -> i64 {
    products::get(&f.desk, product).unwrap().stock
}

#[test]
fn two_hundred_scans_with_the_focus_anywhere_book_two_hundred() {
    let mut f = Fixture::new();
    let product = f.product("WJ-LS", 100, 0);
    let mut terminal = Terminal::of(&f);
    terminal.touch("连续扫码");
    for at in 0..200 {
        if at % 7 == 0 {
            // The next control has the keyboard, whichever it is: buttons, tabs, the scan field.
            terminal.time += 0.5;
            terminal.frame(Event::Key { key: Key::Tab, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE });
        }
        terminal.scan("WJ-LS");
    }
    terminal.rest();
    assert_eq!(stock(&f, product), 200);
    assert_eq!(f.figure("SELECT COUNT(*) FROM stock_movements WHERE movement_type = 'in' AND quantity = 1"), 200);
    assert!(terminal.window.contains("199 → 200"), "{:?}", terminal.window.labels());
}

#[test]
fn the_strip_speaks_only_of_what_is_in_the_file() {
    let mut f = Fixture::new();
    let product = f.product("WJ-LS", 100, 5);
    let mut terminal = Terminal::of(&f);
    terminal.touch("连续扫码");
    let lock = rusqlite::Connection::open(f.path()).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    terminal.scan("WJ-LS");
    terminal.scan("WJ-LS");
    assert!(terminal.window.contains("等待其他终端…") && !terminal.window.contains("5 → 6"), "{:?}", terminal.window.labels());
    lock.execute_batch("ROLLBACK").unwrap();
    terminal.rest();
    terminal.window.wait_for("6 → 7");
    assert_eq!(stock(&f, product), 7);
}

#[test]
fn goods_come_in_and_go_out_by_touch_and_the_last_booking_is_undone() {
    let mut f = Fixture::new();
    let product = f.product("WJ-LS", 100, 64);
    f.product("WJ-PZ", 100, 1);
    let mut terminal = Terminal::of(&f);
    terminal.scan("WJ-LS");
    for key in ["1", "0", "0"] {
        terminal.touch(key);
    }
    terminal.window.get_by_label("入库 64 + 100 → 164 盒");
    terminal.window.get_by_label("出库 库存只有 64 盒");
    terminal.window.get_by_label("盘点 改为 100 盒（+36）");
    terminal.touch("出库");
    assert_eq!(stock(&f, product), 64, "more than there is does not go out");
    terminal.touch("入库");
    assert_eq!(stock(&f, product), 164);
    terminal.window.get_by_label("入库 产品 WJ-LS：64 → 164 盒");
    terminal.touch("撤销上一笔");
    assert_eq!(stock(&f, product), 64);
    // The same code again is a piece more; another one says what was not booked.
    terminal.scan("WJ-LS");
    terminal.scan("WJ-PZ");
    assert!(terminal.window.contains("还没提交"), "{:?}", terminal.window.labels());
    terminal.scan("NO-SUCH");
    terminal.rest();
    terminal.window.get_by_label("没有这个条码：NO-SUCH");
    // The search begins with what was scanned, and finds by less of it.
    terminal.touch("查找");
    terminal.window.get_by_label("NO-SUCH");
    for _ in 0.."NO-SUCH".len() {
        terminal.touch("退格");
    }
    for key in ["p", "z"] {
        terminal.touch(key);
    }
    terminal.touch("WJ-PZ");
    terminal.rest();
    // It is the one that was shown already: one piece more.
    terminal.window.get_by_label("入库 1 + 2 → 3 盒");
}

#[test]
fn an_order_is_picked_by_scans_and_shipped_once_complete() {
    let mut f = Fixture::new();
    let customer = f.customer("金华百汇五金商行");
    let (screws, tape) = (f.product("WJ-LS", 1000, 10), f.product("DG-JD", 500, 10));
    f.product("WJ-PZ", 100, 10);
    let order = f.order(customer, &[(screws, 2, 1000), (tape, 1, 500)]);
    f.pay(order, 2500).unwrap();
    let number = orders::get(&f.desk, order).unwrap().order.order_no;
    let mut terminal = Terminal::of(&f);
    terminal.touch("发货拣货");
    terminal.scan(&number);
    terminal.scan("WJ-LS");
    terminal.rest();
    assert!(terminal.window.contains("已拣 1 / 2"), "{:?}", terminal.window.labels());
    terminal.scan("WJ-PZ");
    terminal.rest();
    assert_eq!(f.figure("SELECT COALESCE(SUM(picked), 0) FROM order_picks"), 1, "a product that is not in the order is not picked");
    terminal.window.key(Key::F6);
    assert_eq!(orders::get(&f.desk, order).unwrap().order.status, OrderStatus::Paid, "lines are missing");
    terminal.scan("WJ-LS");
    terminal.scan("DG-JD");
    terminal.scan("DG-JD");
    terminal.rest();
    assert_eq!(f.figure("SELECT COALESCE(SUM(picked), 0) FROM order_picks"), 3, "more than was ordered is not picked");
    terminal.touch("确认发货");
    terminal.window.get_by_label(&format!("订单 {number} 已发货"));
    assert_eq!(orders::get(&f.desk, order).unwrap().order.status, OrderStatus::Shipped);
}

#[test]
fn a_scanned_order_is_known_however_many_wait() {
    let mut f = Fixture::new();
    let customer = f.customer("金华百汇五金商行");
    let product = f.product("WJ-LS", 1000, 1000);
    let orders: Vec<_> = (0..205).map(|_| f.order(customer, &[(product, 1, 0)])).collect();
    let number = orders::get(&f.desk, orders[204]).unwrap().order.order_no;
    let mut terminal = Terminal::of(&f);
    terminal.touch("发货拣货");
    assert!(terminal.window.contains("205"), "all are counted: {:?}", terminal.window.labels());
    terminal.scan(&number.to_lowercase());
    terminal.scan("WJ-LS");
    terminal.rest();
    assert_eq!(
        f.figure(&format!("SELECT SUM(picked) FROM order_picks k JOIN order_items i ON i.id = k.order_item_id WHERE order_id = {}", orders[204])),
        1
    );
}

#[test]
fn it_locks_by_itself_and_opens_with_the_password() {
    let mut f = Fixture::new();
    let product = f.product("WJ-LS", 100, 5);
    let mut terminal = Terminal::of(&f);
    terminal.touch("连续扫码");
    f.set_time("2026-01-30 02:09:59");
    terminal.rest();
    assert!(!terminal.window.shows("已锁定"), "{:?}", terminal.window.labels());
    // The list of operators stands open, with a way back: it locks all the same.
    terminal.touch("陈志远");
    f.set_time("2026-01-30 02:20:00");
    terminal.rest();
    assert!(terminal.window.shows("已锁定") && !terminal.window.shows("返回"), "{:?}", terminal.window.labels());
    terminal.scan("WJ-LS");
    terminal.rest();
    assert_eq!(stock(&f, product), 5);
    assert_eq!(f.figure("SELECT SUM(password_failures) FROM users"), 0, "a scan is no wrong password");
    terminal.window.type_text(PASSWORD);
    terminal.rest();
    terminal.window.key(Key::Enter);
    terminal.window.wait_for("连续扫码");
    assert!(!terminal.window.shows("已锁定"));
    terminal.scan("WJ-LS");
    terminal.rest();
    assert_eq!(stock(&f, product), 6);
}

#[test]
fn every_target_is_large_enough_for_a_finger() {
    let mut f = Fixture::new();
    let customer = f.customer("金华百汇五金商行");
    let product = f.product("WJ-LS", 1000, 10);
    let order = f.order(customer, &[(product, 2, 1000)]);
    f.pay(order, 2000).unwrap();
    let mut terminal = Terminal::of(&f);
    let check = |terminal: &Terminal, place: &str| {
        let nodes = terminal.window.root().children_recursive();
        let buttons: Vec<_> = nodes.filter(|node| node.accesskit_node().role() == Role::Button).collect();
        assert!(buttons.len() > 3, "{place}");
        for button in buttons {
            let size = button.rect().size();
            assert!(size.x >= 56.0 && size.y >= 56.0, "{place}: {:?} is {size}", button.accesskit_node().label());
        }
    };
    check(&terminal, "stock");
    terminal.scan("WJ-LS");
    check(&terminal, "stock with a product");
    terminal.touch("查找");
    check(&terminal, "search");
    terminal.touch("返回");
    terminal.touch("连续扫码");
    check(&terminal, "series");
    terminal.touch("发货拣货");
    check(&terminal, "orders");
    terminal.touch("金华百汇五金商行");
    check(&terminal, "an order");
    terminal.touch("输入数量");
    check(&terminal, "quantity");
    terminal.touch("返回");
    terminal.touch("锁定");
    check(&terminal, "locked");
}

#[test]
fn an_operator_comes_with_a_pin_and_leaves_with_it() {
    let mut f = Fixture::new();
    f.product("WJ-LS", 100, 5);
    f.user("wangjg", UserRole::Warehouse);
    let mut his = f.another_desk();
    auth::act_as(&mut his, "wangjg").unwrap();
    operators::set_pin(&mut his, PASSWORD, Some("4711")).unwrap();
    let mut terminal = Terminal::of(&f);
    terminal.touch("陈志远");
    terminal.touch("同事 wangjg");
    for digit in ["4", "7", "1", "2"] {
        terminal.touch(digit);
    }
    terminal.touch("进入");
    terminal.window.wait_for("(4001)");
    for digit in ["4", "7", "1", "1"] {
        terminal.touch(digit);
    }
    terminal.touch("进入");
    terminal.window.wait_for("收发盘点");
    terminal.scan("WJ-LS");
    terminal.touch("入库");
    let by = "SELECT u.username FROM stock_movements m JOIN users u ON u.id = m.created_by ORDER BY m.id DESC LIMIT 1";
    assert_eq!(f.text(by), "wangjg");
    // Out of the terminal, with the PIN again: then it is a desk with his own rights.
    terminal.touch("同事 wangjg");
    terminal.touch("离开仓库终端");
    for digit in ["4", "7", "1", "1"] {
        terminal.touch(digit);
    }
    terminal.touch("进入");
    terminal.window.wait_for("仪表盘");
    assert!(!terminal.window.entries().contains(&"客户".to_owned()));
}

#[test]
fn the_own_pin_is_set_from_the_account_menu_after_the_password() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    window.click("账号");
    window.click("设置终端 PIN");
    window.type_text("12");
    window.key(Key::Enter);
    window.type_text("wrong");
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.wait_for("PIN 应为 4 到 8 位数字");
    window.replace("终端 PIN", "4711");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("(4001)");
    assert_eq!(f.figure("SELECT COUNT(*) FROM users WHERE pin_hash IS NOT NULL"), 0);
    window.replace("密码", PASSWORD);
    f.set_time("2026-01-30 09:00:00");
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("PIN 已保存");
    let me = f.desk.session().unwrap().user;
    let mut desk = f.another_desk();
    assert_eq!(operators::switch(&mut desk, me, "4711").unwrap().user, me);
}
