//! Follow-ups by keyboard and by name: the customer's drawer, the follow-up page, reminders, the dashboard.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::followup::FollowupInput;
use zhanggui::models::{CustomerId, Timestamp};
use zhanggui::services::followups;

use crate::fixture::{Fixture, followup};
use crate::window::Window;

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn newest(f: &Fixture, customer: CustomerId) -> FollowupInput {
    followups::of_customer(&f.desk, customer, 1).unwrap().0.remove(0).input
}

fn value(window: &Window, name: &str) -> Option<String> {
    window.get_by_role_and_label(Role::TextInput, name).value()
}

/// What stands in the content at the foot of the drawer.
fn content(window: &Window) -> String {
    window.get_by_role_and_label(Role::MultilineTextInput, "跟进内容").value().unwrap_or_default()
}

#[test]
fn f4_in_the_list_records_with_a_next_time() {
    let mut f = Fixture::new();
    let (id, _) = (f.customer("杭州启明"), f.customer("宁波海纳"));
    let mut window = Window::of(&f);
    window.page("客户");
    window.get_by_role_and_label(Role::Row, "杭州启明").click();
    window.settle();
    window.key(Key::Escape);
    window.key(Key::F4);
    window.type_text("约好 17:30 催收尾款");
    window.replace("下次跟进", "2026-02-02");
    // The time of day comes by itself, and moves by half hours.
    assert_eq!(value(&window, "下次跟进的时刻").as_deref(), Some("10:00"));
    window.key(Key::Tab);
    window.key(Key::ArrowDown);
    window.keys(Modifiers::COMMAND, Key::Enter);
    window.get_by_label("已记录“杭州启明”的跟进");
    let wanted = FollowupInput {
        at: f.desk.clock().now(),
        content: "约好 17:30 催收尾款".into(),
        result: Some("已联系".into()),
        next: Some(at("2026-02-02 01:30:00")),
    };
    assert_eq!(newest(&f, id), wanted);
    // In the timeline, with the form empty again and the keyboard back in the list.
    window.get_by_label("约好 17:30 催收尾款");
    window.get_by_label("下次跟进 02-02 09:30");
    assert_eq!(content(&window), "");
    assert!(window.get_by_role(Role::Table).is_focused());
}

#[test]
fn what_is_typed_stays_with_its_customer_until_it_is_saved_or_thrown_away() {
    let mut f = Fixture::new();
    let (first, second) = (f.customer("甲公司"), f.customer("乙公司"));
    let mut window = Window::of(&f);
    window.page("客户");
    window.get_by_role_and_label(Role::Row, "甲公司").click();
    window.settle();
    window.key(Key::F4);
    window.type_text("给甲");
    // Esc leaves the form, not the drawer.
    window.key(Key::Escape);
    assert!(window.shows("添加跟进记录"));
    window.get_by_role_and_label(Role::Row, "乙公司").click();
    window.settle();
    assert_eq!(content(&window), "");
    window.get_by_role_and_label(Role::Row, "甲公司").click();
    window.settle();
    assert_eq!(content(&window), "给甲");
    // Leaving asks; saving on the way out saves.
    window.page("订单");
    window.get_by_label("跟进记录还没保存");
    window.key(Key::Escape);
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups"), 0);
    window.page("订单");
    window.key(Key::Enter);
    assert_eq!(newest(&f, first).content, "给甲");
    assert_eq!(followups::of_customer(&f.desk, second, 1).unwrap().1, 0);
    assert!(!window.shows("添加跟进记录"));
}

#[test]
fn nothing_is_recorded_without_content_or_with_a_wrong_time() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let mut window = Window::of(&f);
    window.page("客户");
    window.get_by_role_and_label(Role::Row, "甲公司").click();
    window.settle();
    window.key(Key::F4);
    window.keys(Modifiers::COMMAND, Key::Enter);
    window.get_by_label("请填写跟进内容");
    // The first wrong field has the keyboard.
    window.type_text("电话");
    window.replace("下次跟进", "2026-01-29");
    window.keys(Modifiers::COMMAND, Key::Enter);
    window.get_by_label("下次跟进应晚于跟进时间");
    window.replace("下次跟进", "2026-01-31");
    window.replace("下次跟进的时刻", "九点");
    window.keys(Modifiers::COMMAND, Key::Enter);
    window.get_by_label("下次跟进的时刻应如 14:30");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups"), 0);
    window.replace("下次跟进的时刻", "0900");
    window.click("明天");
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(newest(&f, id).next, Some(at("2026-01-31 01:00:00")));
}

#[test]
fn a_follow_up_is_corrected_and_deleted_from_its_menu() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    followups::create(&mut f.desk, id, &followup("电话未接", None)).unwrap();
    let mut window = Window::of(&f);
    window.page("客户");
    window.get_by_role_and_label(Role::Row, "甲公司").click();
    window.settle();
    window.get_by_role_and_label(Role::ListItem, "电话未接").click();
    window.settle();
    // The menu by keyboard: the first entry corrects.
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.get_by_label("修改跟进记录");
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("已回电");
    window.keys(Modifiers::COMMAND, Key::Enter);
    window.get_by_label("“甲公司”的跟进已保存");
    assert_eq!(newest(&f, id).content, "已回电");
    assert!(window.get_by_role_and_label(Role::List, "跟进记录").is_focused());
    window.key(Key::Delete);
    // The question starts on its harmless button.
    window.key(Key::Enter);
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups"), 1);
    window.key(Key::Delete);
    window.get_by_role_and_label(Role::Button, "删除跟进").click();
    window.settle();
    window.get_by_label("“甲公司”的跟进记录已删除");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups"), 0);
}

#[test]
fn space_in_the_drawer_is_done_and_proposes_the_next_one() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let planned = FollowupInput { result: Some("待答复".into()), ..followup("发送报价", Some("2026-01-30 06:30:00")) };
    followups::create(&mut f.desk, id, &planned).unwrap();
    let mut window = Window::of(&f);
    window.page("客户");
    window.get_by_role_and_label(Role::Row, "甲公司").click();
    window.settle();
    window.get_by_role_and_label(Role::ListItem, "发送报价").click();
    window.settle();
    window.key(Key::Space);
    window.get_by_label("已完成，安排下一次");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups WHERE next_done_at IS NOT NULL"), 1);
    window.key(Key::Escape);
    window.get_by_label("下次跟进 今天 14:30 · 已完成");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups"), 1);
    // Open again, done again, and the proposal taken: one line and Enter.
    window.key(Key::Space);
    window.get_by_label("“甲公司”的跟进已恢复待办");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups WHERE next_done_at IS NULL"), 1);
    window.key(Key::Space);
    window.type_text("对方要再想想");
    window.key(Key::Enter);
    // A day ahead is Saturday: Monday at the same time.
    let wanted = FollowupInput {
        at: f.desk.clock().now(),
        content: "对方要再想想".into(),
        result: Some("待答复".into()),
        next: Some(at("2026-02-02 06:30:00")),
    };
    assert_eq!(newest(&f, id), wanted);
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups WHERE next_done_at IS NULL"), 1);
}

#[test]
fn the_drawer_shows_quotes_orders_and_payments_and_opens_them() {
    let mut f = Fixture::new();
    let (id, product) = (f.customer("甲公司"), f.product("A", 1000, 10));
    f.quote(id, &[(product, 1, 1000)]);
    let order = f.order(id, &[(product, 2, 1000)]);
    f.pay(order, 500).unwrap();
    let mut window = Window::of(&f);
    window.page("客户");
    window.get_by_role_and_label(Role::Row, "甲公司").click();
    window.settle();
    for (tab, number) in [("报价", "Q20260130001"), ("订单", "O20260130001"), ("回款", "R20260130001")] {
        window.get_by_role_and_label(Role::Tab, tab).click();
        window.settle();
        window.get_by_role_and_label(Role::Row, number);
    }
    window.get_by_role_and_label(Role::Row, "R20260130001").click();
    window.settle();
    window.get_by_label("产品明细");
}

#[test]
fn a_plan_is_told_once_when_its_time_comes() {
    let mut f = Fixture::new();
    let (id, other) = (f.customer("甲公司"), f.customer("乙公司"));
    followups::create(&mut f.desk, id, &followup("催收尾款", Some("2026-01-30 06:30:00"))).unwrap();
    followups::create(&mut f.desk, other, &followup("核对账单", Some("2026-01-31 06:30:00"))).unwrap();
    f.configure(ConfigKey::IdleMinutes, "0");
    let mut window = Window::of(&f);
    window.page("产品库存");
    window.get_by_label("1 项待跟进");
    assert!(!window.shows("甲公司") && window.shows("通知"));
    f.set_time("2026-01-30 06:30:02");
    window.settle();
    for text in ["甲公司", "催收尾款", "通知，1 条未读"] {
        window.get_by_label(text);
    }
    window.click("关闭提示");
    f.set_time("2026-01-30 06:45:00");
    window.settle();
    assert!(!window.shows("甲公司"));
    // Behind the bell until it is done.
    window.click("通知，1 条未读");
    window.get_by_label("14:30 · 甲公司 · 催收尾款").click();
    window.settle();
    window.get_by_label("添加跟进记录");
    assert!(window.shows("通知"));
    // Another day: what was due yesterday counts on, what is due today joins it and is told.
    f.set_time("2026-01-31 06:30:00");
    window.page("产品库存");
    window.get_by_label("2 项待跟进");
    window.get_by_label("核对账单");
    window.get_by_role_and_label(Role::Link, "打开").click();
    window.settle();
    window.get_by_role_and_label(Role::Heading, "乙公司");
}

#[test]
fn a_plan_that_was_due_before_the_window_opened_is_counted_and_not_told() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    followups::create(&mut f.desk, id, &followup("催收尾款", Some("2026-01-30 06:30:00"))).unwrap();
    f.set_time("2026-01-30 07:00:00");
    let mut window = Window::of(&f);
    window.page("产品库存");
    assert!(!window.shows("甲公司"));
    window.get_by_label("通知，1 条未读");
    // Done elsewhere: the badge goes by itself.
    let plan = followups::of_customer(&f.desk, id, 1).unwrap().0[0].id;
    followups::mark(&mut f.desk, plan, true).unwrap();
    window.settle();
    assert!(!window.contains("项待跟进"));
    window.get_by_label("通知");
}

#[test]
fn who_may_not_see_customers_is_not_reminded() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    followups::create(&mut f.desk, id, &followup("催收尾款", Some("2026-01-30 06:30:00"))).unwrap();
    f.configure(ConfigKey::IdleMinutes, "0");
    let mut window = Window::open(f.as_role(zhanggui::models::choice::Role::Warehouse));
    f.set_time("2026-01-30 06:30:02");
    window.settle();
    assert!(!window.contains("待跟进") && !window.contains("今日待办") && !window.shows("甲公司"));
    window.get_by_label("今日订单 0 笔");
}

#[test]
fn the_dashboard_works_through_what_is_due() {
    let mut f = Fixture::new();
    f.set_time("2026-01-20 02:00:00");
    let product = f.product("A", 1000, 10);
    let ids = ["甲公司", "乙公司", "丙公司"].map(|name| f.customer(name));
    for (id, next) in ids.iter().zip(["2026-01-28 02:00:00", "2026-01-30 02:30:00", "2026-02-05 02:00:00"]) {
        let input = FollowupInput { at: at("2026-01-20 02:00:00"), ..followup("回访", Some(next)) };
        followups::create(&mut f.desk, *id, &input).unwrap();
    }
    f.set_time("2026-01-30 02:00:00");
    f.order(ids[0], &[(product, 1, 1000)]);
    let mut window = Window::of(&f);
    for text in ["2026-01-30 星期五", "今日待办", "2 项", "逾期 2 天", "10:30", "最近订单"] {
        window.get_by_label(text);
    }
    // The first is late: done with Space, the next one proposed and left; then the second is selected.
    window.key(Key::Space);
    window.get_by_label("已完成，安排下一次");
    window.key(Key::Escape);
    window.get_by_label("1 项");
    window.key(Key::Space);
    window.type_text("已经谈过");
    window.key(Key::Enter);
    window.get_by_label("今天没有待办");
    assert_eq!(newest(&f, ids[1]).content, "已经谈过");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups WHERE next_done_at IS NOT NULL"), 2);
    window.get_by_role_and_label(Role::Row, "O20260130001").click();
    window.settle();
    window.get_by_label("产品明细");
    window.page("仪表盘");
    window.keys(Modifiers::COMMAND, Key::N);
    assert!(window.contains("新建订单"));
    window.page("仪表盘");
    window.get_by_role_and_label(Role::Button, "新建客户").click();
    window.settle();
    window.get_by_role_and_label(Role::TextInput, "客户名称");
}

#[test]
fn the_pencil_of_a_row_opens_its_drawer_with_the_keyboard_in_the_form() {
    let mut f = Fixture::new();
    let (_, id) = (f.customer("甲公司"), f.customer("乙公司"));
    let mut window = Window::of(&f);
    window.page("客户");
    let row = window.get_by_role_and_label(Role::Row, "乙公司").rect().left_center() + egui::vec2(12.0, 0.0);
    for event in [egui::Event::PointerMoved(row), press(row, true), press(row, false)] {
        window.0.event(event);
        window.settle();
    }
    window.type_text("路过拜访");
    window.keys(Modifiers::COMMAND, Key::Enter);
    assert_eq!(newest(&f, id).content, "路过拜访");
}

fn press(pos: egui::Pos2, pressed: bool) -> egui::Event {
    egui::Event::PointerButton { pos, button: egui::PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// Three customers: one late, one of today, one of next week; today is Friday.
fn planned(f: &mut Fixture) -> [CustomerId; 3] {
    f.set_time("2026-01-20 02:00:00");
    let ids = ["北京科技", "杭州启明", "宁波海纳"].map(|name| f.customer(name));
    for (id, next) in ids.iter().zip(["2026-01-28 02:00:00", "2026-01-30 02:30:00", "2026-02-05 02:00:00"]) {
        let input = FollowupInput { at: at("2026-01-20 02:00:00"), ..followup("回访", Some(next)) };
        followups::create(&mut f.desk, *id, &input).unwrap();
    }
    f.set_time("2026-01-30 02:00:00");
    ids
}

fn rows(window: &Window) -> Vec<String> {
    window.query_all_by_role(Role::Row).filter_map(|row| row.accesskit_node().label()).collect()
}

#[test]
fn the_page_has_what_is_late_first_and_a_tab_for_each_time() {
    let mut f = Fixture::new();
    let [late, ..] = planned(&mut f);
    let mut window = Window::of(&f);
    window.page("跟进");
    // There is something late: that tab is open.
    assert_eq!(rows(&window), ["北京科技"]);
    window.get_by_label("逾期 2 天");
    for (tab, wanted) in [("今日", vec!["杭州启明"]), ("本周", vec!["杭州启明"]), ("全部", vec!["宁波海纳", "杭州启明", "北京科技"])]
    {
        window.get_by_role_and_label(Role::Tab, tab).click();
        window.settle();
        assert_eq!(rows(&window), wanted, "{tab}");
    }
    window.keys(Modifiers::COMMAND, Key::F);
    window.type_text("bjkj");
    assert_eq!(rows(&window), ["北京科技"]);
    // From the search into the list, and on to the customer.
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.get_by_role_and_label(Role::Heading, "北京科技");
    window.get_by_label("下次跟进 01-28 10:00 · 逾期 2 天");
    assert_eq!(followups::of_customer(&f.desk, late, 1).unwrap().1, 1);
}

#[test]
fn on_the_page_f4_records_space_is_done_f2_corrects_and_del_deletes() {
    let mut f = Fixture::new();
    let [late, today, _] = planned(&mut f);
    let mut window = Window::of(&f);
    window.page("跟进");
    window.key(Key::F4);
    window.get_by_label("添加跟进记录");
    window.type_text("催收");
    // Leaving what is typed asks; Esc goes back to it.
    window.key(Key::Escape);
    window.get_by_label("跟进记录还没保存");
    window.key(Key::Escape);
    window.keys(Modifiers::COMMAND, Key::Enter);
    window.get_by_label("已记录“北京科技”的跟进");
    assert_eq!(newest(&f, late).content, "催收");
    window.get_by_label("这里没有待跟进的客户");
    window.get_by_role_and_label(Role::Tab, "今日").click();
    window.settle();
    window.get_by_role_and_label(Role::Row, "杭州启明").click();
    window.settle();
    window.key(Key::F2);
    window.keys(Modifiers::COMMAND, Key::A);
    window.type_text("回访碎纸机");
    window.keys(Modifiers::COMMAND, Key::Enter);
    window.get_by_label("回访碎纸机");
    window.key(Key::Space);
    window.type_text("用得不错");
    window.key(Key::Enter);
    // As far ahead as it had been planned: ten days, on a Monday.
    assert_eq!(newest(&f, today).next, Some(at("2026-02-09 02:30:00")));
    window.get_by_role_and_label(Role::Tab, "全部").click();
    window.settle();
    window.get_by_role_and_label(Role::Row, "宁波海纳").click();
    window.settle();
    window.key(Key::Delete);
    window.get_by_role_and_label(Role::Button, "删除跟进").click();
    window.settle();
    window.get_by_label("“宁波海纳”的跟进记录已删除");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups"), 4);
}

#[test]
fn plans_of_others_show_once_the_person_is_cleared() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let mut manager = f.as_role(zhanggui::models::choice::Role::Manager);
    followups::create(&mut manager, id, &followup("经理的", Some("2026-01-30 06:00:00"))).unwrap();
    let mut window = Window::of(&f);
    window.page("跟进");
    assert_eq!(rows(&window), Vec::<String>::new());
    window.click("清除 负责人：陈志远");
    assert_eq!(rows(&window), ["甲公司"]);
    // Who may only look is offered nothing to change.
    let mut window = Window::open(f.as_role(zhanggui::models::choice::Role::Employee));
    window.page("跟进");
    window.click("清除 负责人：同事 employee");
    window.get_by_role_and_label(Role::Row, "甲公司").click();
    window.settle();
    for key in [Key::F4, Key::F2, Key::Space, Key::Delete] {
        window.key(key);
    }
    assert!(!window.shows("添加跟进记录") && !window.shows("删除跟进") && !window.shows("已完成，安排下一次"));
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups WHERE next_done_at IS NULL"), 1);
}

#[test]
fn ctrl_o_makes_an_order_for_the_customer_and_with_shift_a_quote() {
    let mut f = Fixture::new();
    f.customer("甲公司");
    let mut window = Window::of(&f);
    for (modifiers, page) in [(Modifiers::COMMAND, "新建订单"), (Modifiers::COMMAND | Modifiers::SHIFT, "报价单")] {
        window.page("客户");
        window.get_by_role_and_label(Role::Row, "甲公司").click();
        window.settle();
        window.keys(modifiers, Key::O);
        assert!(!window.shows("添加跟进记录"));
        assert!(window.contains(page), "{:?}", window.labels());
    }
}

#[test]
fn whose_plans_are_shown_is_remembered_and_the_page_opens_on_what_is_late() {
    let mut f = Fixture::new();
    planned(&mut f);
    let mut manager = f.as_role(zhanggui::models::choice::Role::Manager);
    let id = f.customer("经理的客户");
    followups::create(&mut manager, id, &followup("经理的", Some("2026-01-30 06:00:00"))).unwrap();
    let mut window = Window::of(&f);
    window.page("跟进");
    window.click("清除 负责人：陈志远");
    window.get_by_role_and_label(Role::Tab, "今日").click();
    window.settle();
    assert_eq!(rows(&window), ["杭州启明", "经理的客户"]);
    let mut again = Window::of(&f);
    again.page("跟进");
    assert_eq!(rows(&again), ["北京科技"]);
    assert!(!again.shows("负责人：陈志远"));
    again.get_by_role_and_label(Role::Tab, "今日").click();
    again.settle();
    assert_eq!(rows(&again), ["杭州启明", "经理的客户"]);
    // Another person begins with his own, of today where nothing is late.
    let mut other = Window::open(f.signed_in("manager"));
    other.page("跟进");
    assert_eq!(rows(&other), ["经理的客户"]);
}
