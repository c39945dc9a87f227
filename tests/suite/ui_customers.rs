//! The customers page by keyboard and by name, through the whole window.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use zhanggui::models::customer::CustomerInput;
use zhanggui::services::customers;

use crate::fixture::Fixture;
use crate::window::Window;

#[test]
fn a_customer_is_created_by_keyboard() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("杭州启明办公用品有限公司");
    window.key(Key::Enter);
    window.type_text("赵启明");
    window.key(Key::Enter);
    window.type_text("138 0000 6620");
    window.keys(Modifiers::COMMAND, Key::S);
    window.get_by_label("客户“杭州启明办公用品有限公司”已新建");
    window.get_by_label("添加跟进记录");
    let found = customers::find(&f.desk, "hzqm", 10).unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].contact_person.as_deref(), found[0].phone.as_deref()), (Some("赵启明"), Some("13800006620")));
    assert_eq!(found[0].owner_name.as_deref(), Some("陈志远"));
}

#[test]
fn wrong_input_is_named_and_writes_nothing() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.type_text("1390000770");
    window.key(Key::Enter);
    window.type_text("shen@hengxin");
    window.keys(Modifiers::COMMAND, Key::S);
    for sentence in ["有 3 处需要修改", "请填写名称", "手机号应为 11 位，还少 1 位"] {
        window.get_by_label(sentence);
    }
    assert_eq!(f.figure("SELECT COUNT(*) FROM customers"), 0);
    // The first wrong field has the focus: typing mends it.
    window.type_text("嘉兴恒信");
    window.key(Key::Escape);
    window.get_by_label("新建的客户还没保存");
    window.key(Key::Escape);
    window.get_by_label("有 3 处需要修改");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customers"), 0);
}

#[test]
fn a_customer_number_is_taken_once() {
    let mut f = Fixture::new();
    let input = CustomerInput { name: "甲".into(), code: Some("K1".into()), ..Default::default() };
    customers::create(&mut f.desk, &input).unwrap();
    let mut window = Window::of(&f);
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("乙");
    window.get_by_role_and_label(Role::TextInput, "客户编号").focus();
    window.settle();
    window.type_text("K1");
    window.keys(Modifiers::COMMAND, Key::S);
    window.get_by_label("客户编号已被使用");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customers"), 1);
}

#[test]
fn deleting_asks_first_and_says_what_happened() {
    let mut f = Fixture::new();
    let product = f.product("A", 1000, 10);
    let (kept, gone) = (f.customer("有订单的客户"), f.customer("没有往来的客户"));
    f.order(kept, &[(product, 1, 1000)]);
    let mut window = Window::of(&f);
    window.page("客户");
    for (name, sentence) in [("没有往来的客户", "客户“没有往来的客户”已删除"), ("有订单的客户", "客户“有订单的客户”有往来记录，已停用")]
    {
        window.get_by_role_and_label(Role::Row, name).click();
        window.settle();
        window.key(Key::Delete);
        // The question starts on its harmless button.
        window.key(Key::Enter);
        assert_eq!(f.figure("SELECT COUNT(*) FROM customers WHERE status = 'active'"), if name == "有订单的客户" { 1 } else { 2 });
        window.key(Key::Delete);
        window.get_by_role_and_label(Role::Button, "删除客户").click();
        window.settle();
        window.get_by_label(sentence);
    }
    assert!(customers::get(&f.desk, gone).is_err());
    assert_eq!(f.figure("SELECT COUNT(*) FROM customers WHERE status = 'inactive'"), 1);
}

#[test]
fn a_conflict_keeps_the_draft_until_it_is_given_up() {
    let mut f = Fixture::new();
    let id = f.customer("甲");
    let mut window = Window::of(&f);
    window.page("客户");
    window.get_by_role_and_label(Role::Row, "甲").click();
    window.settle();
    window.key(Key::F2);
    window.type_text("公司");
    let (customer, _) = customers::get(&f.desk, id).unwrap();
    let changed = CustomerInput { name: "乙".into(), ..customer.input };
    customers::update(&mut f.desk, id, customer.version, &changed).unwrap();
    window.keys(Modifiers::COMMAND, Key::S);
    assert!(window.shows("没有保存：陈志远刚改过这个客户(4005)"), "{:?}", window.labels());
    // 返回 has the keyboard: the draft is there again, and saving asks again.
    window.key(Key::Enter);
    assert_eq!(window.get_by_role_and_label(Role::TextInput, "客户名称").value().as_deref(), Some("甲公司"));
    assert_eq!(customers::get(&f.desk, id).unwrap().0.input.name, "乙");
    window.keys(Modifiers::COMMAND, Key::S);
    window.click("查看差异");
    assert!(window.shows("现在的值") && window.shows("乙") && window.shows("甲公司"), "{:?}", window.labels());
    window.click("放弃我的修改");
    assert_eq!(window.get_by_role_and_label(Role::TextInput, "客户名称").value().as_deref(), Some("乙"));
}

#[test]
fn three_customers_are_handed_over_by_keyboard() {
    let mut f = Fixture::new();
    let lin = f.user("lin", zhanggui::models::choice::Role::Sales);
    for name in ["甲", "乙", "丙", "丁"] {
        f.customer(name);
    }
    let logged = f.logged();
    let mut window = Window::of(&f);
    window.page("客户");
    window.key(Key::ArrowDown);
    for _ in 0..3 {
        window.key(Key::Space);
        window.key(Key::ArrowDown);
    }
    window.get_by_label("已选 3 位客户");
    window.keys(Modifiers::COMMAND, Key::M);
    window.get_by_role_and_label(Role::Button, "移交 3 位客户");
    // Open the choice, past 未分配 and oneself, take it; then the act has the keyboard.
    window.key(Key::ArrowDown);
    let names: Vec<&str> = ["未分配", "陈志远", "同事 lin"].into_iter().filter(|name| window.shows(name)).collect();
    assert_eq!(names.len(), 3, "{:?}", window.labels());
    let colleagues = zhanggui::services::users::colleagues(&f.desk).unwrap();
    for _ in 0..=colleagues.iter().position(|colleague| colleague.id == lin).unwrap() {
        window.key(Key::ArrowDown);
    }
    window.key(Key::Enter);
    assert_eq!(f.figure("SELECT COUNT(*) FROM customers WHERE assigned_to IS NOT NULL"), 0, "chosen, not yet done");
    window.key(Key::Enter);
    window.get_by_label("已把 3 位客户移交给 同事 lin");
    assert!(!window.contains("已选"));
    assert_eq!(f.figure(&format!("SELECT COUNT(*) FROM customers WHERE assigned_to = {lin}")), 3);
    assert_eq!(f.text("SELECT name FROM customers WHERE assigned_to IS NULL"), "甲");
    assert_eq!(f.logged(), logged + 3);
    // The keyboard is on the list again.
    window.key(Key::Space);
    window.get_by_label("已选 1 位客户");
    window.key(Key::Escape);
    assert!(!window.contains("已选"));
}

#[test]
fn a_second_customer_of_the_same_name_or_phone_is_asked_about() {
    let mut f = Fixture::new();
    let input = CustomerInput { name: "杭州启明".into(), phone: Some("13800006620".into()), ..Default::default() };
    customers::create(&mut f.desk, &input).unwrap();
    let mut window = Window::of(&f);
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("启明办公");
    window.key(Key::Enter);
    assert!(!window.contains("已有同名或同电话的客户"), "nobody is like this");
    window.key(Key::Enter);
    window.type_text("138 0000 6620");
    assert!(!window.contains("已有同名或同电话的客户"), "not while it is typed");
    window.key(Key::Enter);
    window.get_by_label("已有同名或同电话的客户：");
    window.get_by_role_and_label(Role::Link, "杭州启明 · 138 0000 6620");
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.figure("SELECT COUNT(*) FROM customers"), 1, "the first time it asks");
    // The button that saves anyway has the keyboard.
    window.get_by_role_and_label(Role::Button, "仍然保存");
    window.key(Key::Enter);
    window.get_by_label("客户“启明办公”已新建");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customers"), 2);
}

#[test]
fn other_words_are_asked_about_again_and_a_customer_may_stay_as_he_is() {
    let mut f = Fixture::new();
    for name in ["甲", "甲", "乙"] {
        f.customer(name);
    }
    let mut window = Window::of(&f);
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("甲");
    window.keys(Modifiers::COMMAND, Key::S);
    window.get_by_label("已有同名或同电话的客户：");
    window.replace("客户名称", "乙");
    assert!(!window.contains("已有同名或同电话的客户") && !window.shows("仍然保存"), "the warning was of other words");
    window.keys(Modifiers::COMMAND, Key::S);
    window.get_by_label("已有同名或同电话的客户：");
    assert_eq!(f.figure("SELECT COUNT(*) FROM customers"), 3);
    window.replace("客户名称", "丙");
    window.keys(Modifiers::COMMAND, Key::S);
    window.get_by_label("客户“丙”已新建");
    // One who has a namesake is changed without a word about it.
    window.key(Key::Escape);
    window.key(Key::End);
    window.key(Key::F2);
    window.get_by_role_and_label(Role::TextInput, "联系人").focus();
    window.settle();
    window.type_text("王");
    window.keys(Modifiers::COMMAND, Key::S);
    assert_eq!(f.text("SELECT name FROM customers WHERE contact_person = '王'"), "甲", "{:?}", window.labels());
}

#[test]
fn tags_are_typed_with_enter_and_the_phone_is_copied_from_the_drawer() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    window.page("客户");
    window.keys(Modifiers::COMMAND, Key::N);
    window.type_text("绍兴鼎盛");
    window.key(Key::Enter);
    window.key(Key::Enter);
    window.type_text("13700000246");
    window.get_by_role_and_label(Role::TextInput, "标签").focus();
    window.settle();
    for tag in ["学校", "月结"] {
        window.type_text(tag);
        window.key(Key::Enter);
    }
    window.keys(Modifiers::COMMAND, Key::S);
    window.get_by_label("客户“绍兴鼎盛”已新建");
    let tags: Vec<String> = customers::find(&f.desk, "绍兴", 1)
        .unwrap()
        .into_iter()
        .map(|row| row.id)
        .map(|id| customers::get(&f.desk, id).unwrap().0.input.tags.join("/"))
        .collect();
    assert_eq!(tags, ["学校/月结"]);
    assert!(window.shows("学校") && window.shows("月结"), "{:?}", window.labels());
    window.get_by_role_and_label(Role::Button, "复制电话").focus();
    window.settle();
    window.key(Key::Enter);
    window.get_by_label("已复制 13700000246");
}
