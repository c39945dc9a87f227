//! The window in a test: a real `Program` on a fixture's file, driven by keys and by names as a screen reader meets them.

use std::path::Path;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use zhanggui::app::{self, Opening, Program, Start};
use zhanggui::jobs::printing::Spooler;
use zhanggui::services::{Desk, Wait};
use zhanggui::ui::theme::ThemeChoice;

use crate::fixture::{Fixture, setup};

pub struct Window(pub Harness<'static, Program>);

impl std::ops::Deref for Window {
    type Target = Harness<'static, Program>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl Window {
    /// Opens the window at 1280 × 800 in light Chinese.
    pub fn open(desk: Desk) -> Window {
        // No test prints on what is plugged in here.
        Window::printing(desk, Spooler { lp: "no-lp-in-tests".into(), lpstat: "no-lpstat-in-tests".into(), ..Spooler::default() })
    }

    /// As [`Window::open`], with these programs to print.
    pub fn printing(desk: Desk, spooler: Spooler) -> Window {
        without_automatic_backups(&desk);
        let start = Start { desk, lang: None, theme: ThemeChoice::Light, terminal: false, spooler, demo: None };
        Window::begin(Opening::Desk(Box::new(start)))
    }

    /// Opens the window as the program does: at this file, whatever it is.
    pub fn at(f: &Fixture, path: &Path) -> Window {
        Window::begin(app::open(path.to_owned(), setup(&f.clock), None, false))
    }

    /// Opens the window on this.
    pub fn begin(opening: Opening) -> Window {
        let builder = Harness::builder().with_size([1280.0, 800.0]).with_max_steps(64);
        let mut window = Window(builder.build_eframe(|creation| Program::new(&creation.egui_ctx, opening)));
        window.settle();
        window
    }

    /// The window of the fixture's administrator.
    pub fn of(f: &Fixture) -> Window {
        let mut desk = Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
        desk.resume(f.desk.session().cloned());
        Window::open(desk)
    }

    /// Lets it draw until nothing moves.
    pub fn settle(&mut self) {
        self.0.run_ok();
    }

    /// One key, alone.
    pub fn key(&mut self, key: Key) {
        self.keys(Modifiers::NONE, key);
    }

    pub fn keys(&mut self, modifiers: Modifiers, key: Key) {
        self.0.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Goes to a page of the navigation by its number key, as it stands there.
    pub fn page(&mut self, name: &str) {
        const DIGITS: [Key; 10] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8, Key::Num9, Key::Num0];
        if name == "系统设置" {
            return self.keys(Modifiers::COMMAND, Key::Comma);
        }
        let entries = self.entries();
        let at = entries.iter().position(|entry| entry == name).unwrap_or_else(|| panic!("{name} is none of {entries:?}"));
        match DIGITS.get(at) {
            Some(digit) => self.keys(Modifiers::COMMAND, *digit),
            // Entries beyond the tenth have no key.
            None => {
                self.0.get_by_role_and_label(egui::accesskit::Role::Button, name).click();
                self.settle();
            }
        }
    }

    /// Goes to a page of the navigation by a press, for those beyond the number keys.
    pub fn open_entry(&mut self, name: &str) {
        self.0.get_by_role_and_label(egui::accesskit::Role::Button, name).click();
        self.settle();
    }

    /// The pages in the navigation, in its order.
    pub fn entries(&self) -> Vec<String> {
        const ALL: [&str; 11] = ["仪表盘", "客户", "跟进", "报价单", "订单", "回款", "产品库存", "出入库", "库存预警", "盘点", "报表导出"];
        let seen = |name: &&str| self.0.query_all_by_role_and_label(egui::accesskit::Role::Button, name).next().is_some();
        ALL.into_iter().filter(seen).map(str::to_owned).collect()
    }

    /// Types into whatever has the keyboard.
    pub fn type_text(&mut self, text: &str) {
        self.0.event(Event::Text(text.to_owned()));
        self.settle();
    }

    /// Puts the keyboard on a named control and types.
    pub fn enter(&mut self, name: &str, text: &str) {
        self.0.get_by_label(name).focus();
        self.settle();
        self.type_text(text);
    }

    /// As [`Window::enter`], over what stands there.
    pub fn replace(&mut self, name: &str, text: &str) {
        self.0.get_by_label(name).focus();
        self.settle();
        self.keys(Modifiers::COMMAND, Key::A);
        self.type_text(text);
    }

    pub fn click(&mut self, name: &str) {
        self.0.get_by_label(name).click();
        self.settle();
    }

    /// Whether a control or text of this name is there.
    pub fn shows(&self, name: &str) -> bool {
        self.0.query_all_by_label(name).next().is_some()
    }

    /// All names on the screen, for the message of a test that fails.
    pub fn labels(&self) -> Vec<String> {
        self.0.root().children_recursive().filter_map(|node| node.accesskit_node().label().or(node.accesskit_node().value())).collect()
    }

    /// Whether some text contains this.
    pub fn contains(&self, text: &str) -> bool {
        self.0.query_all_by_label_contains(text).next().is_some()
    }

    /// Draws until this text is there: for what a job brings.
    pub fn wait_for(&mut self, text: &str) {
        let deadline = Instant::now() + Duration::from_secs(60);
        while !self.contains(text) {
            assert!(Instant::now() < deadline, "{text} did not come; there is: {:?}", self.labels());
            std::thread::yield_now();
            self.0.step();
        }
        self.settle();
    }
}

/// A backup that comes by itself would be a job in every test; those of the backups ask for theirs.
fn without_automatic_backups(desk: &Desk) {
    let sql = "INSERT INTO system_config (config_key, config_value) VALUES ('backup_automatic', 'false') ON CONFLICT (config_key) DO NOTHING";
    rusqlite::Connection::open(desk.key().path()).unwrap().execute(sql, []).unwrap();
}
