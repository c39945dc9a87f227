//! What was seen to be wrong in the window and can be told without pixels: order of the keyboard, room, texts that fit.

use egui::accesskit::Role as Named;
use egui::{FontId, Key, Modifiers, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use zhanggui::i18n::{Lang, fill};
use zhanggui::jobs::list::{Progress, Task};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::import::ImportKind;
use zhanggui::ui::job_list::progress_text;
use zhanggui::ui::widgets::paint;

use crate::fixture::Fixture;
use crate::window::Window;

/// Role and name of what has the keyboard.
fn focused(window: &Window) -> Option<(Named, String)> {
    let node = window.root().children_recursive().find(|node| node.accesskit_node().is_focused())?;
    let node = node.accesskit_node();
    Some((node.role(), node.label().unwrap_or_default()))
}

/// A window of this size in points.
fn sized(f: &Fixture, width: f32, height: f32) -> Window {
    let mut window = Window::of(f);
    window.0.set_size(vec2(width, height));
    window.settle();
    window
}

/// Whether a button is wholly inside the window.
fn is_inside(window: &Window, button: &str) -> bool {
    let screen = window.ctx.content_rect();
    window.query_all_by_role_and_label(Named::Button, button).any(|node| screen.contains_rect(node.rect()))
}

#[test]
fn tab_comes_to_the_rows_before_the_pager_below_them() {
    let mut f = Fixture::new();
    f.customer("甲");
    let mut window = Window::of(&f);
    window.page("客户");
    let mut met = Vec::new();
    for _ in 0..20 {
        met.extend(focused(&window));
        window.key(Key::Tab);
    }
    let place = |what: &dyn Fn(&(Named, String)) -> bool| met.iter().position(what).unwrap_or_else(|| panic!("{met:?}"));
    let (search, rows) = (place(&|(role, _)| *role == Named::TextInput), place(&|(role, _)| *role == Named::Table));
    let pager = place(&|(_, name)| name == "每页 20");
    assert!(search < rows && rows < pager, "{met:?}");
}

/// The names that Tab comes to from here, until it has been everywhere.
fn tabbed(window: &mut Window) -> Vec<String> {
    let mut met = Vec::new();
    for _ in 0..60 {
        met.extend(focused(window).map(|(_, name)| name));
        window.key(Key::Tab);
    }
    met
}

#[test]
fn tab_comes_to_the_fields_before_the_bar_that_saves_them() {
    let f = Fixture::new();
    let mut window = Window::of(&f);
    window.page("系统设置");
    window.get_by_role_and_label(Named::Tab, "我的账号").click();
    window.settle();
    window.replace("姓名", "陈远");
    let met = tabbed(&mut window);
    let place = |name: &str| met.iter().position(|met| met == name).unwrap_or_else(|| panic!("no {name}: {met:?}"));
    assert!(place("邮箱") < place("保存") && place("保存") < place("仪表盘"), "{met:?}");
}

#[test]
fn tab_comes_to_the_list_before_the_drawer_beside_it() {
    let mut f = Fixture::new();
    f.customer("甲");
    let mut window = Window::of(&f);
    window.page("客户");
    window.key(Key::Escape);
    window.key(Key::Enter);
    window.keys(Modifiers::COMMAND, Key::F);
    let met = tabbed(&mut window);
    let place = |name: &str| met.iter().position(|met| met == name).unwrap_or_else(|| panic!("no {name}: {met:?}"));
    assert!(place("名称") < place("添加") && place("添加") < place("仪表盘"), "{met:?}");
}

#[test]
fn the_bar_of_the_ticked_stands_between_rows_and_pager() {
    let mut f = Fixture::new();
    f.customer("甲");
    let mut window = Window::of(&f);
    window.page("客户");
    window.key(Key::Escape);
    window.key(Key::Space);
    let top = |name: &str| window.get_by_label(name).rect().top();
    let (ticked, pager) = (top("已选 1 位客户"), top("每页 20"));
    assert!(ticked < pager && pager < window.ctx.content_rect().bottom(), "{ticked} {pager}");
}

#[test]
fn the_list_of_shortcuts_fits_into_the_window() {
    let f = Fixture::new();
    for (width, height) in [(1280.0, 800.0), (1024.0, 768.0), (853.0, 533.0)] {
        let mut window = sized(&f, width, height);
        window.key(Key::F1);
        assert!(window.shows("全部快捷键") && is_inside(&window, "关闭"), "{width} × {height}");
    }
}

#[test]
fn the_print_dialog_fits_into_a_small_window() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("杭州启明"), f.product("A", 1234, 10));
    f.order(customer, &[(product, 3, 1234)]);
    for (width, height) in [(1024.0, 768.0), (853.0, 533.0)] {
        let mut window = sized(&f, width, height);
        window.page("订单");
        window.key(Key::ArrowDown);
        window.key(Key::Enter);
        window.keys(Modifiers::COMMAND, Key::P);
        assert!(is_inside(&window, "保存 PDF") && is_inside(&window, "关闭"), "{width} × {height}");
    }
}

#[test]
fn three_buttons_of_a_question_stand_beside_each_other_in_both_languages() {
    for (lang, buttons) in [("zh-CN", ["不保存", "继续编辑", "保存客户"]), ("en", ["Discard", "Keep editing", "Save customer"])] {
        let mut f = Fixture::new();
        f.configure(ConfigKey::Language, lang);
        let mut window = sized(&f, 1024.0, 768.0);
        window.keys(Modifiers::COMMAND, Key::Num2);
        window.keys(Modifiers::COMMAND, Key::N);
        window.type_text("x");
        window.key(Key::Escape);
        let rects = buttons.map(|name| window.get_all_by_role_and_label(Named::Button, name).last().unwrap().rect());
        // A text without an edge may reach into the room around the next one.
        assert!(rects[0].right() <= rects[1].left() + 12.0 && rects[1].right() < rects[2].left(), "{rects:?}");
    }
}

#[test]
fn products_of_one_name_are_told_apart_among_the_best_sellers() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1234, 10));
    f.sql("UPDATE products SET specification = '90×120cm 磁性'").unwrap();
    f.order(customer, &[(product, 3, 1234)]);
    let window = Window::of(&f);
    assert!(window.contains("产品 A 90×120cm 磁性"), "{:?}", window.labels());
}

#[test]
fn an_amount_is_never_cut() {
    let f = Fixture::new();
    let window = Window::of(&f);
    let font = FontId::proportional(14.0);
    let ui = egui::Ui::new(window.ctx.clone(), egui::Id::unique("texts"), egui::UiBuilder::new());
    for (text, room) in
        [("¥9,999,999,999.99", 80.0), ("-1,229,999,998.77", 72.0), ("2026-11-26 00:00", 84.0), ("O202611272277", 72.0), ("1,122 台", 44.0)]
    {
        let set = paint::fitted(&ui, text, font.clone(), egui::Color32::BLACK, room);
        assert!(!set.elided && set.size().x <= room && set.text() == text, "{text} in {room}");
    }
    let name = paint::fitted(&ui, "杭州启明办公用品有限公司", font, egui::Color32::BLACK, 80.0);
    assert!(name.elided, "names are cut, with a tooltip");
}

#[test]
fn only_rows_are_told_a_second() {
    let progress = Progress { done: 78, of: 100, rate: 134.0, left: None };
    let restore = Task::Restore { file: "a.db".into() };
    let import = Task::Import { kind: ImportKind::Customers, file: "a.csv".to_owned(), dry_run: false };
    assert_eq!(progress_text(&restore, &progress, Lang::ZhCn), "78%");
    assert_eq!(progress_text(&Task::Check, &progress, Lang::En), "78%");
    assert_eq!(progress_text(&import, &progress, Lang::ZhCn), "78 / 100 · 每秒 134 行");
}

#[test]
fn hints_fit_where_they_stand_in_both_languages() {
    let f = Fixture::new();
    let window = Window::of(&f);
    let wide = |text: &str, points: f32| {
        window.ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), FontId::proportional(points), egui::Color32::BLACK).size().x)
    };
    for lang in Lang::ALL {
        // Half of what the configuration is wide, less the gap between its two columns.
        for key in ConfigKey::ALL {
            let (name, more) = lang.config_key(*key);
            let more = fill(more, &[&"PD"]);
            assert!(wide(&more, 12.0) <= 354.0, "{name}: {more}");
        }
        // The widest search field, less its icon and its key.
        let t = lang.texts();
        for hint in [
            t.customers.search_hint,
            t.followups.search_hint,
            t.orders.search,
            t.quotes.search,
            t.payments.search,
            t.payments.search_owed,
            t.products.search_hint,
            t.stock.search,
            t.stocktakes.search,
            t.users.search,
        ] {
            assert!(wide(hint, 14.0) <= 220.0, "{hint}");
        }
    }
}
