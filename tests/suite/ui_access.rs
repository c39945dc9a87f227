//! The window as a screen reader meets it: on every page and in every dialog each control has a name, in the language of the window.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use zhanggui::app::{Opening, Start};
use zhanggui::database::Wait;
use zhanggui::jobs::printing::Spooler;
use zhanggui::models::choice::{MovementType, QuoteStatus};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::product::ProductInput;
use zhanggui::services::{Desk, operators, products};
use zhanggui::ui::theme::ThemeChoice;

use crate::fixture::{Fixture, fen, setup};
use crate::window::Window;

/// What a person works with: each needs a name.
const CONTROLS: &[Role] = &[
    Role::Button,
    Role::CheckBox,
    Role::ColumnHeader,
    Role::ComboBox,
    Role::Link,
    Role::ListBoxOption,
    Role::MenuItem,
    Role::MultilineTextInput,
    Role::PasswordInput,
    Role::RadioButton,
    Role::Row,
    Role::Slider,
    Role::SpinButton,
    Role::Switch,
    Role::Tab,
    Role::Table,
    Role::TextInput,
];

/// An icon alone is no name.
fn says_nothing(name: &str) -> bool {
    name.chars().all(|c| c.is_whitespace() || ('\u{e000}'..='\u{f8ff}').contains(&c))
}

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// What is wrong on the screen at this place.
struct Walk {
    window: Window,
    english: bool,
    wrong: BTreeSet<String>,
}

impl Walk {
    fn look(&mut self, place: &str) {
        for node in self.window.root().children_recursive() {
            let node = node.accesskit_node();
            let name = node.label().unwrap_or_default();
            if CONTROLS.contains(&node.role()) && says_nothing(&name) {
                self.wrong.insert(format!("{:?} {name:?} has no name, first at {place}", node.role()));
            }
            // Records have the names people gave them: the fixture's are Latin here.
            let text = if name.is_empty() { node.value().unwrap_or_default() } else { name };
            let stored = CHINESE_IN_ENGLISH.contains(&text.trim()) || LOGGED_BEFORE.iter().any(|logged| text.contains(logged));
            if self.english && is_chinese(&text) && !stored {
                self.wrong.insert(format!("{text:?} is not English"));
            }
        }
    }

    /// Presses keys, looks, and leaves by Esc.
    fn dialog(&mut self, place: &str, modifiers: Modifiers, key: Key) {
        self.window.keys(modifiers, key);
        self.look(place);
        self.window.key(Key::Escape);
        self.window.key(Key::Escape);
    }
}

/// Languages are called by their own names, the product by its own; the configuration shows words as they are stored.
const CHINESE_IN_ENGLISH: &[&str] =
    &["中文", "中", "掌柜", "简体中文", "银行转账", "微信", "支付宝", "现金", "其他", "已联系", "有意向", "待答复", "已成交", "未接通", "无意向"];

/// What was logged before the language was chosen.
const LOGGED_BEFORE: &[&str] = &["建立账套", "修改系统配置"];

/// Made in Latin letters, by people who work in this language.
fn shop(english: bool) -> Fixture {
    let mut f = Fixture::new();
    f.configure(ConfigKey::CompanyName, "Northwind");
    f.configure(ConfigKey::Language, if english { "en" } else { "zh-CN" });
    let customer = f.customer("Alfreds Futterkiste");
    let chai = ProductInput { sku: "A-1".into(), name: "Chai".into(), unit: "box".into(), price: fen(1_200), ..Default::default() };
    let product = products::create(&mut f.desk, &chai).unwrap();
    f.stock(product, MovementType::In, 50);
    f.stock(product, MovementType::Out, 3);
    let order = f.order(customer, &[(product, 2, 1200)]);
    f.pay(order, 1_000).unwrap();
    let quote = f.quote(customer, &[(product, 4, 1100)]);
    f.set_quote(quote, QuoteStatus::Sent).unwrap();
    f.sql("UPDATE users SET full_name = 'Ann'").unwrap();
    f
}

const SHIFTED: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

#[test]
fn every_control_of_every_page_and_dialog_has_a_name_in_the_windows_language() {
    for english in [false, true] {
        let f = shop(english);
        let mut walk = Walk { window: Window::of(&f), english, wrong: BTreeSet::new() };
        let digits = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9, Key::Num0];
        for digit in digits {
            let place = format!("page {digit:?}");
            walk.window.keys(Modifiers::COMMAND, digit);
            walk.look(&place);
            // The first row, its drawer or page.
            walk.window.key(Key::ArrowDown);
            walk.window.key(Key::Enter);
            walk.look(&format!("{place}, opened"));
            for (key, modifiers) in
                [(Key::P, Modifiers::COMMAND), (Key::F4, Modifiers::NONE), (Key::F2, Modifiers::NONE), (Key::R, Modifiers::COMMAND)]
            {
                walk.dialog(&format!("{place}, opened, {key:?}"), modifiers, key);
            }
            walk.window.keys(Modifiers::COMMAND, digit);
            for (key, modifiers) in [
                (Key::N, Modifiers::COMMAND),
                (Key::E, Modifiers::COMMAND),
                (Key::I, SHIFTED),
                (Key::F7, Modifiers::NONE),
                (Key::F8, Modifiers::NONE),
                (Key::F9, Modifiers::NONE),
            ] {
                walk.window.keys(Modifiers::COMMAND, digit);
                walk.dialog(&format!("{place}, {modifiers:?} {key:?}"), modifiers, key);
            }
        }
        for (key, modifiers) in [(Key::F1, Modifiers::NONE), (Key::K, Modifiers::COMMAND), (Key::J, Modifiers::COMMAND)] {
            walk.dialog(&format!("{key:?}"), modifiers, key);
        }
        walk.window.keys(Modifiers::COMMAND, Key::Comma);
        let t = if english { zhanggui::i18n::Lang::En } else { zhanggui::i18n::Lang::ZhCn }.texts();
        for section in
            [t.settings.users, t.settings.rights, t.settings.config, t.settings.appearance, t.settings.logs, t.backup.title, t.settings.account]
        {
            walk.window.get_by_role_and_label(Role::Tab, section).click();
            walk.window.settle();
            walk.look(section);
        }
        walk.window.keys(Modifiers::COMMAND, Key::L);
        walk.look("locked");
        assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
    }
}

#[test]
fn the_entrance_and_the_terminal_too() {
    for english in [false, true] {
        let f = shop(english);
        let desk = || Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
        let mut walk = Walk { window: Window::open(desk()), english, wrong: BTreeSet::new() };
        walk.look("entrance");
        let mut desk = desk();
        desk.resume(f.desk.session().cloned());
        operators::enter_terminal(&mut desk).unwrap();
        let start = Start { desk, lang: None, theme: ThemeChoice::Light, terminal: true, spooler: Spooler::default(), demo: None };
        walk.window = Window::begin(Opening::Desk(Box::new(start)));
        walk.look("terminal");
        assert!(walk.wrong.is_empty(), "{:#?}", walk.wrong);
    }
}
