//! A data file that cannot be used, through the window: each problem with its sentence and its ways out; a backup brought back from there.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use rusqlite::Connection;
use zhanggui::database::{Wait, shares};
use zhanggui::models::Error;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::error::FileProblem;
use zhanggui::services::{Desk, restore};

use crate::backups::{entries, make};
use crate::fixture::{Fixture, PASSWORD, setup};
use crate::window::Window;

/// A good file of its own beside the fixture's, closed.
fn good_file(f: &Fixture, name: &str) -> PathBuf {
    let path = f.folder.path().join(name).join("crm.db");
    drop(Desk::create(&path, Wait::Job, setup(&f.clock)).unwrap());
    path
}

/// One that was changed by SQL.
fn altered(f: &Fixture, name: &str, sql: &str) -> PathBuf {
    let path = good_file(f, name);
    Connection::open(&path).unwrap().execute_batch(sql).unwrap();
    path
}

/// The backup of a company that makes none by itself, and a damaged file in a folder of its own.
fn company() -> (Fixture, PathBuf, PathBuf) {
    let mut f = Fixture::new();
    f.configure(ConfigKey::BackupAutomatic, "false");
    f.customer("留下的客户");
    let backup = make(&mut f).path;
    let place = f.folder.path().join("place");
    std::fs::create_dir(&place).unwrap();
    let path = place.join("crm.db");
    std::fs::write(&path, &std::fs::read(&backup).unwrap()[..20_000]).unwrap();
    (f, backup, path)
}

#[test]
fn each_problem_has_its_sentence_and_its_ways_out() {
    let f = Fixture::new();
    let garbage = f.folder.path().join("garbage.db");
    std::fs::write(&garbage, "no database at all, only words").unwrap();
    let other = f.folder.path().join("other.db");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE notes (text TEXT)").unwrap();
    let newer = "INSERT INTO refinery_schema_history SELECT MAX(version) + 1, 'later', MAX(applied_on), '1' FROM refinery_schema_history";
    let planted = "CREATE TRIGGER planted AFTER INSERT ON orders BEGIN DELETE FROM customer_tags; END";
    let folder = f.folder.path().join("folder");
    std::fs::create_dir(&folder).unwrap();
    for (path, sentence, restore) in [
        (garbage, "这不是掌柜的数据文件(5001)", true),
        (other, "这是其他程序的数据库(5001)", false),
        (altered(&f, "planted", planted), "数据文件被其他程序改动过(5001)", true),
        (altered(&f, "newer", newer), "数据文件来自更新版本的掌柜(5001)", false),
        (folder, "找不到数据文件(5001)", true),
    ] {
        let window = Window::at(&f, &path);
        assert!(window.shows(sentence), "{}: {:?}", path.display(), window.labels());
        assert!(window.shows("打开其他文件") && window.shows("重试"), "{sentence}");
        assert_eq!(window.shows("恢复备份"), restore, "{sentence}");
        assert!(window.contains(&path.display().to_string()), "{sentence}");
    }
}

#[test]
fn problems_of_the_place_are_told_apart_and_never_offer_a_restore() {
    let f = Fixture::new();
    let path = f.path();
    let file = |problem| Error::DataFile { path: path.display().to_string(), problem };
    let lang = zhanggui::i18n::Lang::ZhCn;
    let mut told: Vec<String> = Vec::new();
    for problem in [file(FileProblem::ReadOnly), file(FileProblem::NetworkShare), file(FileProblem::Newer), Error::Busy] {
        assert!(!restore::mends(&path, &problem), "{problem:?}");
        let (title, more) = lang.data_file(&problem, false);
        assert!(title.ends_with("(5001)") && !more.is_empty() && !told.contains(&title), "{title}");
        told.push(title);
    }
}

#[test]
fn a_file_in_use_opens_by_itself_once_it_is_free() {
    let f = Fixture::new();
    let path = good_file(&f, "used");
    let other = Connection::open(&path).unwrap();
    let hold = "PRAGMA locking_mode = EXCLUSIVE; BEGIN IMMEDIATE; DELETE FROM customers; COMMIT;";
    other.execute_batch(hold).unwrap();
    let mut window = Window::at(&f, &path);
    assert!(window.shows("数据文件正被占用(5001)") && !window.shows("恢复备份"), "{:?}", window.labels());
    drop(other);
    window.wait_for("欢迎使用掌柜");
}

#[test]
fn a_damaged_file_is_restored_from_the_entrance() {
    let (f, backup, path) = company();
    let damaged = std::fs::read(&path).unwrap();
    let there = entries(path.parent().unwrap());
    let mut window = Window::at(&f, &path);
    assert!(window.shows("数据文件已损坏(5001)"), "{:?}", window.labels());
    window.key(Key::Enter);
    window.enter("备份文件", &backup.display().to_string());
    window.key(Key::Enter);
    window.wait_for("恢复会替换全部现有数据");
    assert!(window.shows("恒达五金办公批发"), "{:?}", window.labels());
    window.type_text("admin");
    window.key(Key::Enter);
    window.type_text("wrong horse");
    window.key(Key::Enter);
    window.wait_for("用户名或密码错误(4001)");
    assert_eq!((std::fs::read(&path).unwrap(), entries(path.parent().unwrap())), (damaged.clone(), there));
    window.enter("密码", PASSWORD);
    window.key(Key::Enter);
    window.wait_for("记住用户名");
    let kept: Vec<PathBuf> = std::fs::read_dir(path.with_file_name("backups")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(kept.iter().any(|kept| kept.extension().is_some_and(|ending| ending == "db") && std::fs::read(kept).unwrap() == damaged), "{kept:?}");
    window.enter("用户名", "admin");
    window.enter("密码", PASSWORD);
    window.key(Key::Enter);
    window.wait_for("恢复前的数据存为");
    window.page("客户");
    assert!(window.shows("留下的客户"), "{:?}", window.labels());
}

#[test]
fn a_restore_that_is_given_up_leaves_all_as_it_was() {
    let (f, backup, path) = company();
    let state = |path: &Path| (std::fs::read(path).unwrap(), entries(path.parent().unwrap()));
    let before = state(&path);
    let mut window = Window::at(&f, &path);
    window.click("恢复备份");
    window.enter("备份文件", &backup.display().to_string());
    window.key(Key::Enter);
    window.wait_for("恢复会替换全部现有数据");
    window.type_text("admin");
    window.key(Key::Escape);
    assert!(window.shows("数据文件已损坏(5001)") && !window.shows("备份文件"), "{:?}", window.labels());
    assert_eq!(state(&path), before);
}

#[test]
fn enter_is_the_first_ways_also_after_a_press_elsewhere() {
    let (f, _, path) = company();
    let mut window = Window::at(&f, &path);
    let elsewhere = egui::pos2(1200.0, 700.0);
    for pressed in [true, false] {
        window.0.event(egui::Event::PointerButton { pos: elsewhere, button: egui::PointerButton::Primary, pressed, modifiers: Modifiers::NONE });
        window.settle();
    }
    window.key(Key::Enter);
    assert!(window.shows("备份文件"), "{:?}", window.labels());
    // And so it is once the dialog is gone.
    window.key(Key::Escape);
    assert!(!window.shows("备份文件"));
    window.key(Key::Enter);
    assert!(window.shows("备份文件"), "{:?}", window.labels());
}

#[test]
fn another_file_is_opened_instead() {
    let (f, _, path) = company();
    let mut window = Window::at(&f, &path);
    window.click("打开其他文件");
    window.type_text("/nowhere/crm.db");
    window.key(Key::Enter);
    assert!(window.shows("找不到数据文件(5001)"), "{:?}", window.labels());
    window.click("打开其他文件");
    window.type_text(&f.path().display().to_string());
    window.key(Key::Enter);
    assert!(window.shows("记住用户名"), "{:?}", window.labels());
}

#[test]
fn a_file_that_breaks_under_the_window_leads_back_to_the_door() {
    let mut f = Fixture::new();
    f.expect_good = false;
    let mut window = Window::at(&f, &f.path());
    f.sql("ALTER TABLE users RENAME TO kept").unwrap();
    window.enter("用户名", "admin");
    window.enter("密码", PASSWORD);
    window.key(Key::Enter);
    window.wait_for("数据文件被其他程序改动过(5001)");
    assert!(window.shows("恢复备份"), "{:?}", window.labels());
}

#[test]
fn a_network_share_is_known_by_the_table_of_mounts() {
    let mounts = "22 27 0:21 / / rw - ext4 /dev/sda1 rw\n\
        30 22 0:40 / /srv/buero\\040daten rw,relatime shared:1 - nfs4 server:/daten rw\n\
        31 22 0:41 / /srv/buero\\040daten/local rw - ext4 /dev/sdb1 rw\n\
        32 22 0:42 / /mnt/share rw - cifs //server/share rw\n";
    let remote = |path: &str| shares::is_remote_by(mounts, Path::new(path));
    assert!(remote("/srv/buero daten/crm.db") && remote("/mnt/share/a/crm.db"));
    assert!(!remote("/srv/buero daten/local/crm.db") && !remote("/mnt/shared/crm.db") && !remote("/home/crm.db"));
}
