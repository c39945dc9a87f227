//! Backups: complete under writes, verified, private, with their pictures, nothing half; the automatic ones.

use std::path::{Path, PathBuf};

use zhanggui::database::{Database, Wait};
use zhanggui::models::backup::*;
use zhanggui::models::choice::Role;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::error::{BackupProblem, Code};
use zhanggui::models::product::ProductInput;
use zhanggui::models::*;
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::{Desk, backup, pictures, products};

use crate::fixture::{Fixture, setup};
use crate::processes;
use crate::window::Window;

pub fn make(f: &mut Fixture) -> Backup {
    let folder = folder(f);
    backup::create(&mut f.desk, &folder, |_, _| true).unwrap()
}

pub fn folder(f: &Fixture) -> PathBuf {
    f.folder.path().join("to")
}

/// The names in a folder, hidden ones too.
pub fn entries(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A company with a customer, an order and a product that has a picture; the picture's name.
pub fn company() -> (Fixture, picture::PictureName) {
    let mut f = Fixture::new();
    let png = f.folder.path().join("a.png");
    image::RgbImage::from_fn(40, 40, |x, y| image::Rgb([x as u8, y as u8, 120])).save(&png).unwrap();
    let name = pictures::keep(&f.desk, &png).unwrap();
    let input = ProductInput { sku: "P".into(), name: "有图".into(), unit: "盒".into(), picture: Some(name.clone()), ..Default::default() };
    products::create(&mut f.desk, &input).unwrap();
    let (customer, product) = (f.customer("甲"), f.product("A", 100, 10));
    f.order(customer, &[(product, 1, 100)]);
    (f, name)
}

#[test]
fn the_logo_of_papers_goes_into_the_backup() {
    let (mut f, product) = company();
    let png = f.folder.path().join("logo.png");
    image::RgbImage::from_fn(900, 300, |x, y| image::Rgb([x as u8, y as u8, 120])).save(&png).unwrap();
    let logo = pictures::keep_logo(&f.desk, &png).unwrap();
    f.configure(ConfigKey::CompanyLogo, logo.as_str());
    let made = make(&mut f);
    let mut names = [product.as_str(), logo.as_str()];
    names.sort_unstable();
    assert_eq!(entries(&folder(&f).join("pictures")), names);
    assert_eq!((made.manifest.pictures, made.manifest.pictures_missing), (2, 0));
}

#[test]
fn a_backup_is_a_whole_private_file_with_its_manifest_and_pictures() {
    let (mut f, name) = company();
    let made = make(&mut f);
    assert_eq!(made.path.file_name().unwrap(), "crm_erp_20260130.db");
    assert_eq!(entries(&folder(&f)), ["crm_erp_20260130.db", "crm_erp_20260130.db.json", "pictures"]);
    assert_eq!(entries(&folder(&f).join("pictures")), [name.as_str()]);
    let manifest = Manifest::parse(&std::fs::read_to_string(folder(&f).join("crm_erp_20260130.db.json")).unwrap()).unwrap();
    assert_eq!(manifest, made.manifest);
    let Facts { company, customers, products, orders, last_order_day, .. } = &manifest.facts;
    assert_eq!((company.as_str(), *customers, *products, *orders), ("恒达五金办公批发", 1, 2, 1));
    assert_eq!(last_order_day.map(|day| day.to_string()), Some("2026-01-30".into()));
    assert_eq!((manifest.pictures, manifest.pictures_missing, manifest.bytes), (1, 0, std::fs::metadata(&made.path).unwrap().len()));
    #[cfg(unix)]
    for name in ["crm_erp_20260130.db", "crm_erp_20260130.db.json"] {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(folder(&f).join(name)).unwrap().permissions().mode() & 0o777, 0o600, "{name}");
    }
    // It opens as a data file, and everything holds in it.
    let copy = f.folder.path().join("copy.db");
    std::fs::copy(&made.path, &copy).unwrap();
    let desk = Desk::open(&copy, Wait::Job, setup(&f.clock)).unwrap();
    assert!(run_unattended(&desk, Depth::Full, |_, _| true).unwrap().is_good());
    assert_eq!(f.text("SELECT action || ' ' || user_id FROM system_logs ORDER BY id DESC LIMIT 1"), "backup 1");
}

#[test]
fn a_taken_name_gets_a_number_and_nothing_is_overwritten() {
    let mut f = Fixture::new();
    let first = make(&mut f);
    let bytes = std::fs::read(&first.path).unwrap();
    f.customer("乙");
    std::fs::write(folder(&f).join("crm_erp_20260130_2.db"), "someone's own").unwrap();
    assert_eq!(make(&mut f).path.file_name().unwrap(), "crm_erp_20260130_3.db");
    assert_eq!(std::fs::read(&first.path).unwrap(), bytes);
    assert_eq!(std::fs::read_to_string(folder(&f).join("crm_erp_20260130_2.db")).unwrap(), "someone's own");
    let rows: Vec<(String, bool)> = {
        let to = folder(&f).display().to_string();
        f.configure(ConfigKey::BackupFolder, &to);
        backup::list(&f.desk).unwrap().into_iter().map(|row| (row.name, row.manifest.is_some())).collect()
    };
    let wanted = [("crm_erp_20260130_3.db", true), ("crm_erp_20260130.db", true), ("crm_erp_20260130_2.db", false)];
    assert_eq!(rows, wanted.map(|(name, verified)| (name.to_owned(), verified)));
}

#[test]
fn stopping_at_any_step_leaves_nothing() {
    let (mut f, _) = company();
    let to = folder(&f);
    for stop_after in 0.. {
        let mut left = stop_after;
        let outcome = backup::create(&mut f.desk, &to, |done, of| {
            assert!(done <= of);
            left -= 1;
            left >= 0
        });
        let files: Vec<String> = entries(&to).into_iter().filter(|name| name != "pictures").collect();
        match outcome {
            Err(error) => assert_eq!((error, files), (Error::Cancelled, vec![]), "{stop_after}"),
            Ok(_) => {
                assert_eq!(files.len(), 2);
                assert!(stop_after > 10, "{stop_after}");
                return;
            }
        }
    }
}

#[test]
fn data_that_do_not_hold_are_not_called_a_backup() {
    let mut f = Fixture::new();
    f.expect_good = false;
    f.product("A", 100, 5);
    f.sql("UPDATE products SET stock_quantity = 6").unwrap();
    let to = folder(&f);
    let error = backup::create(&mut f.desk, &to, |_, _| true).unwrap_err();
    assert!(matches!(error, Error::Backup { problem: BackupProblem::DataUnsound("stock_is_sum_of_movements"), .. }), "{error:?}");
    assert_eq!(entries(&to), [""; 0]);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let mut f = Fixture::new();
    let file = f.folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    let error = backup::create(&mut f.desk, &file.join("below"), |_, _| true).unwrap_err();
    assert_eq!(error.code(), Code::File);
    assert!(matches!(error, Error::File { path, .. } if path.contains("below")));
}

#[test]
fn a_missing_picture_is_counted_and_does_not_stop_the_backup() {
    let (mut f, name) = company();
    std::fs::write(f.folder.path().join("crm_erp.files").join(name.as_str()), "damaged").unwrap();
    let made = make(&mut f);
    assert_eq!((made.manifest.pictures, made.manifest.pictures_missing), (0, 1));
}

#[test]
fn a_backup_under_four_writing_processes_is_complete() {
    let mut f = Fixture::new();
    f.product("A", 100, 0);
    let workers: Vec<_> = (0..4).map(|_| processes::start(&f, Some(2))).collect();
    let mut seen = Vec::new();
    // Making one verifies it: integrity, every rule, the log's chain.
    for _ in 0..3 {
        seen.push(make(&mut f).manifest.facts.movements);
    }
    for (mut child, out) in workers {
        std::io::BufRead::lines(out).for_each(drop);
        assert!(child.wait().unwrap().success());
    }
    assert!(seen.is_sorted(), "{seen:?}");
    assert!(f.figure("SELECT COUNT(*) FROM stock_movements") > seen[0]);
}

#[test]
fn the_automatic_backup_comes_once_and_the_next_day_again() {
    let mut f = Fixture::new();
    let auto = |f: &mut Fixture| backup::automatic(&mut f.desk, |_, _| true).unwrap().map(|made| made.path.file_name().unwrap().to_owned());
    assert_eq!(auto(&mut f).unwrap(), "crm_erp_20260130.db");
    assert_eq!(auto(&mut f), None);
    assert_eq!(entries(&f.folder.path().join("backups")).len(), 2);
    // Noon has not come yet where the last one was after noon of the day before.
    f.set_time("2026-01-30 04:00:00");
    assert!(auto(&mut f).is_some());
    f.set_time("2026-01-31 03:59:00");
    assert_eq!(auto(&mut f), None);
    f.set_time("2026-01-31 04:00:00");
    assert_eq!(auto(&mut f).unwrap(), "crm_erp_20260131.db");
    f.configure(ConfigKey::BackupAutomatic, "false");
    f.set_time("2026-02-05 04:00:00");
    assert_eq!(auto(&mut f), None);
    // Of the two of one day the newer one stayed, which is logged too.
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'backup' AND user_id IS NULL"), 3 + 1);
    assert_eq!(backup::status(&f.desk).unwrap().last.unwrap().to_string(), "2026-01-31 04:00:00");
}

#[test]
fn the_window_makes_the_automatic_backup_that_is_due() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::BackupAutomatic, "true");
    assert_eq!(backup::is_due(&f.desk), Ok(true));
    let mut window = Window::of(&f);
    window.wait_for("已备份并验证：crm_erp_20260130.db");
    drop(window);
    assert_eq!(backup::is_due(&f.desk), Ok(false));
    f.set_time("2026-01-31 04:00:00");
    assert_eq!(backup::is_due(&f.desk), Ok(true), "the next day again");
    f.configure(ConfigKey::BackupAutomatic, "false");
    assert_eq!(backup::is_due(&f.desk), Ok(false));
}

#[test]
fn old_automatic_backups_are_thinned_out_and_those_of_people_stay() {
    let mut f = Fixture::new();
    let to = f.folder.path().join("backups");
    backup::create(&mut f.desk, &to, |_, _| true).unwrap();
    let first = Timestamp::parse("2026-01-30 04:00:00").unwrap();
    for day in 0..40 {
        f.clock.set(first.plus_seconds(day * 86_400));
        backup::automatic(&mut f.desk, |_, _| true).unwrap().unwrap();
    }
    let names: Vec<String> = entries(&to).into_iter().filter(|name| name.ends_with(".db")).collect();
    // Seven days, the Sundays before them, the ends of January and February, and the one that was made by hand.
    let wanted =
        ["0130", "0131", "0222", "0228", "0301", "0304", "0305", "0306", "0307", "0308", "0309", "0310"].map(|day| format!("crm_erp_2026{day}.db"));
    assert_eq!(names, wanted);
    assert_eq!(entries(&to).len(), 2 * wanted.len());
}

#[test]
fn a_failed_automatic_backup_is_remembered_until_one_succeeds() {
    let mut f = Fixture::new();
    let file = f.folder.path().join("file");
    std::fs::write(&file, "x").unwrap();
    f.configure(ConfigKey::BackupFolder, &file.join("below").display().to_string());
    for _ in 0..3 {
        assert_eq!(backup::automatic(&mut f.desk, |_, _| true).unwrap_err().code(), Code::File);
    }
    let status = backup::status(&f.as_role(Role::Manager)).unwrap();
    let failure = status.failure.unwrap();
    assert!(failure.sentence.contains("below") && failure.sentence.contains("5002"), "{failure:?}");
    assert_eq!((failure.at.to_string().as_str(), status.last), (crate::fixture::NOW, None));
    // One row of the log for a row of failures.
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'backup'"), 1);
    f.configure(ConfigKey::BackupFolder, "");
    backup::automatic(&mut f.desk, |_, _| true).unwrap().unwrap();
    assert_eq!(backup::status(&f.desk).unwrap().failure, None);
}

#[test]
fn two_windows_make_one_automatic_backup() {
    let mut f = Fixture::new();
    let mut other = f.another_desk();
    let made = backup::automatic(&mut f.desk, |_, _| {
        assert_eq!(backup::automatic(&mut other, |_, _| true), Ok(None));
        true
    });
    assert!(made.unwrap().is_some());
    assert_eq!(backup::automatic(&mut other, |_, _| true), Ok(None));
}

#[test]
fn a_stopped_automatic_backup_is_no_failure_and_comes_again() {
    let mut f = Fixture::new();
    assert_eq!(backup::automatic(&mut f.desk, |_, _| false), Err(Error::Cancelled));
    assert_eq!(backup::status(&f.desk).unwrap().failure, None);
    assert!(backup::automatic(&mut f.desk, |_, _| true).unwrap().is_some());
}

#[test]
fn a_company_that_is_not_set_up_yet_has_nothing_to_back_up() {
    let f = Fixture::new();
    let path = f.folder.path().join("new.db");
    drop(Database::create(&path, Wait::Job).unwrap());
    let mut desk = Desk::open(&path, Wait::Job, setup(&f.clock)).unwrap();
    assert_eq!(backup::automatic(&mut desk, |_, _| true), Ok(None));
}

#[test]
fn a_log_that_was_rewritten_is_found_against_the_last_backup() {
    let mut f = Fixture::new();
    f.expect_good = false;
    let to = f.folder.path().join("backups");
    backup::create(&mut f.desk, &to, |_, _| true).unwrap();
    assert!(run_unattended(&f.desk, Depth::Quick, |_, _| true).unwrap().is_good());
    // The chain of nothing holds in itself.
    f.sql("DROP TRIGGER system_logs_no_delete").unwrap();
    f.sql("DELETE FROM system_logs").unwrap();
    f.sql("DELETE FROM file_state WHERE key = 'log_head'").unwrap();
    let findings = run_unattended(&f.desk, Depth::Quick, |_, _| true).unwrap();
    assert_eq!(findings.broken.iter().map(|broken| broken.name).collect::<Vec<_>>(), ["log_is_that_of_the_last_backup"]);
}
