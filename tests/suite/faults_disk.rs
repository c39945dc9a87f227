//! R3 on a real disk: a small file system that is full, or that may only be read. Each command fails with 5001 or 5002 and names the file or its
//! folder, nothing half stays, and with room again the same desk goes on.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use zhanggui::database::Wait;
use zhanggui::i18n::Lang;
use zhanggui::models::backup::WithoutManifest;
use zhanggui::models::error::{Code, FileProblem};
use zhanggui::models::export::Days;
use zhanggui::models::export::{Export, ExportFormat, ExportKind, ExportRequest};
use zhanggui::models::import::{ImportKind, ImportOptions};
use zhanggui::models::*;
use zhanggui::services::{Desk, auth, backup, imports, orders, reports, restore};

use crate::deeds::{assert_sound, contents, goods};
use crate::fixture::{Fixture, PASSWORD, at_now, new_order, open};
use crate::scale::skipped;

/// A file system in memory, gone with this.
struct Disk(PathBuf);

impl Disk {
    /// Only root may make one.
    fn new(test: &str, megabytes: u32) -> Option<Disk> {
        let place = tempfile::tempdir().unwrap().keep();
        let made = mount(&["-t", "tmpfs", "-o", &format!("size={megabytes}m"), "tmpfs"], &place);
        if !made {
            let _ = std::fs::remove_dir(&place);
            skipped(test, "needs root, to mount a small disk");
        }
        made.then(|| Disk(place))
    }

    fn folder(&self) -> TempDir {
        tempfile::tempdir_in(&self.0).unwrap()
    }

    /// Takes all the room there is.
    fn fill(&self) {
        let mut filler = std::fs::File::create(self.0.join("filler")).unwrap();
        while filler.write_all(&[1; 4096]).is_ok() {}
        // Single bytes: the last page may take some.
        while filler.write_all(&[1]).is_ok() {}
    }

    fn make_room(&self) {
        std::fs::remove_file(self.0.join("filler")).unwrap();
    }

    fn set_read_only(&self, read_only: bool) {
        assert!(mount(&["-o", if read_only { "remount,ro" } else { "remount,rw" }], &self.0));
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
        let _ = std::fs::remove_dir(&self.0);
    }
}

fn mount(options: &[&str], place: &Path) -> bool {
    Command::new("mount").args(options).arg(place).output().is_ok_and(|out| out.status.success())
}

/// All names below a folder, without what SQLite keeps beside an open file.
fn names(folder: &Path) -> Vec<String> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.display().to_string();
        if entry.is_dir() {
            all.extend(names(&entry));
        }
        if !name.ends_with("-wal") && !name.ends_with("-shm") {
            all.push(name);
        }
    }
    all.sort();
    all
}

type Step = (&'static str, fn(&mut Desk, &Path) -> Result<()>);

fn order(desk: &mut Desk, _: &Path) -> Result<()> {
    orders::create(desk, &new_order(CustomerId(1), &[(ProductId(1), 1, 100)])).map(drop)
}

const STEPS: &[Step] = &[
    ("order", order),
    ("import", |desk, _| {
        imports::import(desk, ImportKind::Products, goods(3000).as_bytes(), &ImportOptions::new("goods.csv"), |_, _| true).map(drop)
    }),
    ("export csv", |desk, folder| export(desk, ExportFormat::Csv, folder.join("out.csv"))),
    ("export xlsx", |desk, folder| export(desk, ExportFormat::Excel, folder.join("out.xlsx"))),
    ("backup", |desk, folder| backup::create(desk, &folder.join("backups"), |_, _| true).map(drop)),
    ("restore", |desk, folder| {
        let from = folder.join("backups").join("crm_erp_20260130.db");
        restore::run(desk, &from, PASSWORD, WithoutManifest::Refuse, |_, _| true)?;
        auth::act_as(desk, "admin").map(drop)
    }),
];

fn export(desk: &mut Desk, format: ExportFormat, path: PathBuf) -> Result<()> {
    let export = Export::report(ExportKind::Inventory, Days::default()).unwrap();
    reports::export(desk, &ExportRequest { export, format, path, lang: Lang::ZhCn }, |_, _| true).map(drop)
}

/// A company on this disk, with a backup.
fn company(disk: &Disk) -> Fixture {
    let mut f = Fixture::new_in(disk.folder());
    f.customer("甲");
    f.product("A", 100, 50);
    let to = f.folder.path().join("backups");
    backup::create(&mut f.desk, &to, |_, _| true).unwrap();
    f
}

#[test]
fn a_full_disk_fails_each_command_and_loses_nothing() {
    let Some(disk) = Disk::new("a full disk", 24) else { return };
    for (name, step) in STEPS {
        let mut f = company(&disk);
        let folder = f.folder.path().to_owned();
        order(&mut f.desk, &folder).unwrap();
        // The log is short now: the next command writes beyond what there is room for.
        assert_eq!(f.figure("PRAGMA wal_checkpoint(TRUNCATE)"), 0, "somebody reads");
        let (before, beside) = (contents(&f.path()), names(&folder));
        disk.fill();
        for again in 0..2 {
            let error = step(&mut f.desk, &folder).expect_err(name);
            assert!(matches!(error.code(), Code::Database | Code::File), "{name}: {error:?}");
            let sentence = Lang::En.sentence(&error);
            assert!(sentence.contains(folder.to_str().unwrap()), "{name}, {again}: no path in {sentence}");
            assert!(!sentence.contains("backup is damaged"), "{name}: {sentence}");
            assert!(orders::get(&f.desk, OrderId(1)).is_ok(), "{name}: it can be read meanwhile");
            assert_eq!(names(&folder), beside, "{name}: something stayed");
        }
        disk.make_room();
        assert!(contents(&f.path()) == before, "{name}: something was written");
        // With room, the same desk does it.
        step(&mut f.desk, &folder).unwrap_or_else(|error| panic!("{name} with room: {error:?}"));
        order(&mut f.desk, &folder).unwrap();
        assert_sound(&f.path(), name);
    }
}

#[test]
fn an_export_whose_log_row_finds_no_room_leaves_no_file() {
    let Some(disk) = Disk::new("an export that cannot be logged", 24) else { return };
    let mut f = company(&disk);
    let elsewhere = tempfile::tempdir().unwrap();
    let logged = f.logged();
    assert_eq!(f.figure("PRAGMA wal_checkpoint(TRUNCATE)"), 0, "somebody reads");
    disk.fill();
    let error = export(&mut f.desk, ExportFormat::Csv, elsewhere.path().join("out.csv")).unwrap_err();
    assert!(matches!(error.code(), Code::Database | Code::File), "{error:?}");
    assert_eq!(names(elsewhere.path()), [""; 0]);
    disk.make_room();
    assert_eq!(f.logged(), logged);
}

/// For who is not root.
#[cfg(unix)]
#[test]
fn a_file_without_the_right_to_write_is_said_to_be_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let mut f = Fixture::new();
    f.customer("甲");
    f.product("A", 100, 50);
    let folder = f.close();
    let path = folder.path().join("crm_erp.db");
    let set_mode = |path: &Path, mode| std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    let before = contents(&path);
    let read_only = Err(Error::DataFile { path: path.display().to_string(), problem: FileProblem::ReadOnly });
    set_mode(&path, 0o400);
    if std::fs::OpenOptions::new().append(true).open(&path).is_ok() {
        return skipped("a file without the right to write", "root may write into every file");
    }
    let open_now = || at_now(|setup| Desk::open(&path, Wait::Window, setup)).map(drop);
    assert_eq!(open_now(), read_only);
    // Who may only read leaves its empty log behind; without one and without the right to make one, the file cannot even be opened.
    for beside in ["crm_erp.db-wal", "crm_erp.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(beside));
    }
    set_mode(folder.path(), 0o500);
    let closed = open_now();
    set_mode(folder.path(), 0o700);
    set_mode(&path, 0o600);
    assert_eq!(closed, read_only);
    assert!(contents(&path) == before);
    assert_sound(&path, "after");
}

#[test]
fn a_file_that_may_only_be_read_is_said_to_be_so() {
    let Some(disk) = Disk::new("a read-only disk", 8) else { return };
    let folder = company(&disk).close();
    let path = folder.path().join("crm_erp.db");
    let (before, bytes) = (contents(&path), std::fs::read(&path).unwrap());
    disk.set_read_only(true);
    let outcome = at_now(|setup| Desk::open(&path, Wait::Window, setup)).map(drop);
    assert_eq!(outcome, Err(Error::DataFile { path: path.display().to_string(), problem: FileProblem::ReadOnly }));
    let new = at_now(|setup| Desk::create(&folder.path().join("new.db"), Wait::Window, setup)).map(drop);
    assert_eq!(new.unwrap_err().code(), Code::File);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    disk.set_read_only(false);
    assert!(contents(&path) == before);
    auth::act_as(&mut open(&path), "admin").unwrap();
    assert_sound(&path, "after");
    drop(folder);
}
