//! Printing through the system's programs, here scripts that stand for them: which printers there are, what is sent, what is said when it fails.

use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use zhanggui::i18n::Lang;
use zhanggui::jobs::Job;
use zhanggui::jobs::printing::{Printers, Spooler, printers, send};
use zhanggui::models::Error;
use zhanggui::models::error::Code;
use zhanggui::services::{Desk, Wait};

use crate::fixture::{Fixture, setup};
use crate::window::Window;

/// A folder with the programs, these printers, and one of them as the default.
struct Shop(tempfile::TempDir);

impl Shop {
    fn new(names: &str, default: &str) -> Shop {
        let shop = Shop(tempfile::tempdir().unwrap());
        for program in ["lp", "lpstat"] {
            let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/printing").join(program);
            symlink(script, shop.path(program)).unwrap();
        }
        shop.put("printers", names);
        shop.put("default", default);
        shop
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    fn spooler(&self, patience: Duration) -> Spooler {
        Spooler { lp: self.path("lp"), lpstat: self.path("lpstat"), patience }
    }

    fn told(&self) -> Vec<String> {
        std::fs::read_to_string(self.path("told")).unwrap().lines().map(str::to_owned).collect()
    }
}

const PATIENT: Duration = Duration::from_secs(60);

fn found(spooler: &Spooler) -> Printers {
    let job: Job<Printers> = printers(Arc::new(|| {}), spooler);
    let deadline = Instant::now() + PATIENT;
    loop {
        match job.poll() {
            Some(outcome) => return outcome.unwrap(),
            None => assert!(Instant::now() < deadline),
        }
        std::thread::yield_now();
    }
}

#[test]
fn the_systems_printers_are_named_with_its_default() {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let shop = Shop::new("HP_M403\n针式打印机\n", "system default destination: 针式打印机\n");
    assert_eq!(found(&shop.spooler(PATIENT)), Printers { names: names(&["HP_M403", "针式打印机"]), default: Some("针式打印机".into()) });
    // In the words of another language, and where there is no default.
    shop.put("default", "系统默认目标：HP_M403\n");
    assert_eq!(found(&shop.spooler(PATIENT)).default.as_deref(), Some("HP_M403"));
    shop.put("default", "no system default destination\n");
    assert_eq!(found(&shop.spooler(PATIENT)).default, None);
    shop.put("printers", "");
    assert_eq!(found(&shop.spooler(PATIENT)), Printers::default());
    let nowhere = Spooler { lpstat: shop.path("none"), ..shop.spooler(PATIENT) };
    assert_eq!(found(&nowhere), Printers::default());
}

#[test]
fn a_print_server_that_does_not_answer_holds_nothing_up() {
    let shop = Shop::new("HP_M403\n", "");
    shop.put("slow", "");
    let begun = Instant::now();
    assert_eq!(found(&shop.spooler(Duration::from_millis(50))), Printers::default());
    let late = send(&shop.spooler(Duration::from_millis(50)), "HP_M403", 1, "a.pdf", b"%PDF-");
    assert!(matches!(late, Err(Error::Printer { .. })), "{late:?}");
    assert!(begun.elapsed() < PATIENT);
}

#[test]
fn a_printer_gets_the_file_and_its_copies_and_what_it_refuses_is_told() {
    let shop = Shop::new("HP_M403\n", "");
    let spooler = shop.spooler(PATIENT);
    send(&spooler, "HP_M403", 3, "销售单_O20260130001.pdf", b"%PDF-1.7 all of it").unwrap();
    let told = shop.told();
    assert_eq!(told[..4], ["-d", "HP_M403", "-n", "3"]);
    assert!(told[4].ends_with("/销售单_O20260130001.pdf"), "{told:?}");
    assert_eq!(std::fs::read(shop.path("printed.pdf")).unwrap(), b"%PDF-1.7 all of it");
    assert!(!Path::new(&told[4]).exists(), "nothing stays behind");
    shop.put("broken", "\nlp: The printer or class does not exist.\n");
    let refused = send(&spooler, "HP_M403", 1, "a.pdf", b"%PDF-").unwrap_err();
    assert_eq!(refused, Error::Printer { printer: "HP_M403".into(), reason: "lp: The printer or class does not exist.".into() });
    assert_eq!(refused.code(), Code::File);
    let sentence = Lang::ZhCn.sentence(&refused);
    assert!(sentence.contains("HP_M403") && sentence.contains("does not exist") && sentence.contains("5002"), "{sentence}");
    let nowhere = Spooler { lp: shop.path("none"), ..spooler };
    assert!(matches!(send(&nowhere, "HP_M403", 1, "a.pdf", b"%PDF-"), Err(Error::Printer { .. })));
}

/// The window of the administrator on an order, with these printers.
fn on_order(f: &Fixture, shop: &Shop) -> Window {
    let mut desk = Desk::open(&f.path(), Wait::Window, setup(&f.clock)).unwrap();
    desk.resume(f.desk.session().cloned());
    let mut window = Window::printing(desk, shop.spooler(PATIENT));
    window.page("订单");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window
}

#[test]
fn an_order_goes_to_the_default_printer_by_two_keys_and_the_choice_is_kept() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("杭州启明"), f.product("A", 1234, 10));
    f.order(customer, &[(product, 3, 1234)]);
    let shop = Shop::new("HP_M403\n针式打印机\n", "system default destination: HP_M403\n");
    let mut window = on_order(&f, &shop);
    window.keys(Modifiers::COMMAND, Key::P);
    // The second press may come before the printers are known.
    window.keys(Modifiers::COMMAND, Key::P);
    window.wait_for("已送往打印机 HP_M403");
    assert_eq!(shop.told()[..4], ["-d", "HP_M403", "-n", "1"]);
    assert!(std::fs::read(shop.path("printed.pdf")).unwrap().starts_with(b"%PDF-"));
    assert_eq!(f.text("SELECT description FROM system_logs WHERE action = 'print'"), "打印销售单 O20260130001");

    // Another paper on another printer, twice; the next time it is proposed again.
    window.click("单据");
    window.click("送货单");
    window.click("打印机");
    window.click("针式打印机");
    window.replace("份数", "2");
    window.keys(Modifiers::COMMAND, Key::P);
    window.wait_for("已送往打印机 针式打印机");
    assert_eq!(shop.told()[..4], ["-d", "针式打印机", "-n", "2"]);
    window.key(Key::Escape);
    window.keys(Modifiers::COMMAND, Key::P);
    window.wait_for("份数");
    assert!(window.contains("收货人"), "{:?}", window.labels());
    assert!(f.text("SELECT value FROM user_preferences WHERE key = 'print'").contains("针式打印机"));
}

#[test]
fn a_printer_that_refuses_leaves_the_dialog_with_what_it_said() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("杭州启明"), f.product("A", 1234, 10));
    f.order(customer, &[(product, 3, 1234)]);
    let shop = Shop::new("HP_M403\n", "system default destination: HP_M403\n");
    shop.put("broken", "lp: Connection refused\n");
    let mut window = on_order(&f, &shop);
    window.keys(Modifiers::COMMAND, Key::P);
    window.keys(Modifiers::COMMAND, Key::P);
    window.wait_for("lp: Connection refused");
    assert!(window.shows("保存 PDF"), "the dialog is still there");
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'print'"), 0);
    window.replace("份数", "100");
    assert!(window.shows("1 到 99 份"), "{:?}", window.labels());
    // The file has no copies.
    let path = f.path().with_file_name("sales.pdf");
    window.replace("文件", &path.display().to_string());
    window.keys(Modifiers::COMMAND, Key::S);
    window.wait_for("已保存");
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF-"));
}
