//! One command in a process of its own, on a file made ready for it, under `strace`: what `crash_writes` and `faults` put a kill or a failing
//! write into, at each of its writes.

#![expect(clippy::print_stdout, reason = "the worker speaks over its standard output")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use refinery::Migration;
use rusqlite::Connection;
use tempfile::TempDir;
use zhanggui::database::{APPLICATION_ID, Wait, migrate};
use zhanggui::models::backup::WithoutManifest;
use zhanggui::models::choice::{MovementType, StockState};
use zhanggui::models::import::{ImportKind, ImportOptions};
use zhanggui::models::order::CancelConfirmation;
use zhanggui::models::stock::StockChange;
use zhanggui::models::stocktake::*;
use zhanggui::models::*;
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::{Desk, auth, backup, imports, orders, payments, restore, stock, stocktakes};

use crate::fixture::{Fixture, PASSWORD, at_now, new_order, open, payment, state};
use crate::hands::shop;

const FOLDER: &str = "ZHANGGUI_TEST_FOLDER";
const DEED: &str = "ZHANGGUI_TEST_DEED";
const THEN: &str = "ZHANGGUI_TEST_THEN";

/// The commands, each tried by a test of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Order,
    Payment,
    Cancel,
    Post,
    Import,
    Restore,
    Migration,
    /// A new file and its administrator.
    First,
    /// A restore where no file is.
    Missing,
}

const DEEDS: [Deed; 9] =
    [Deed::Order, Deed::Payment, Deed::Cancel, Deed::Post, Deed::Import, Deed::Restore, Deed::Migration, Deed::First, Deed::Missing];

/// What the process does after the command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It closes the file and ends.
    Close,
    /// It ends at once: what was written so far is the command's own.
    Leave,
    /// It goes on at the same desk with another command.
    GoOn,
}

impl Deed {
    /// The file it works on.
    pub fn file(self, folder: &Path) -> PathBuf {
        folder.join(match self {
            Deed::Migration => "old.db",
            Deed::Missing => "missing.db",
            _ => "crm_erp.db",
        })
    }

    fn run(self, desk: &mut Desk, folder: &Path) -> Result<()> {
        match self {
            Deed::Order => {
                let lines = [(ProductId(1), 2, 1999), (ProductId(2), 1, 50), (ProductId(1), 3, 100)];
                orders::create(desk, &new_order(CustomerId(2), &lines)).map(drop)
            }
            Deed::Payment => payments::create(desk, &payment(OrderId(1), 150)).map(drop),
            Deed::Cancel => {
                let detail = orders::get(desk, OrderId(1))?;
                assert_eq!(detail.order.stock_state, StockState::Deducted);
                let pieces = detail.items.iter().map(|item| item.quantity).sum();
                orders::cancel(desk, OrderId(1), CancelConfirmation { pieces, refund: detail.order.amounts.unwrap().paid })
            }
            Deed::Post => {
                let version = stocktakes::get(desk, StocktakeId(1))?.0.version;
                stocktakes::post(desk, StocktakeId(1), version).map(drop)
            }
            Deed::Import => {
                imports::import(desk, ImportKind::Products, goods(60).as_bytes(), &ImportOptions::new("goods.csv"), |_, _| true).map(drop)
            }
            Deed::Restore => restore::run(desk, &backup_in(folder), PASSWORD, WithoutManifest::Refuse, |_, _| true).map(drop),
            // Opening was all.
            Deed::Migration | Deed::First | Deed::Missing => Ok(()),
        }
    }
}

/// A csv file of so many products with opening stock.
pub fn goods(rows: usize) -> String {
    let row = |at| format!("N{at},导入 {at},1.50,7\n");
    (1..=rows).map(row).fold("sku,name,price,opening stock\n".to_owned(), |file, row| file + &row)
}

/// A folder with a file for every command, which nobody has open.
pub fn prepared() -> TempDir {
    let mut f = shop();
    let order = f.order(CustomerId(1), &[(ProductId(1), 2, 150), (ProductId(3), 4, 999)]);
    f.pay(order, 250).unwrap();
    let to = f.folder.path().join("to");
    backup::create(&mut f.desk, &to, |_, _| true).unwrap();
    // What the backup does not have.
    f.order(CustomerId(3), &[(ProductId(4), 1, 12_345)]);
    let new = NewStocktake { scope: StocktakeScope::All, blind: false, notes: None };
    let stocktake = stocktakes::create(&mut f.desk, &new).unwrap();
    let counts = [1, 2, 3].map(|product| Count { product: ProductId(product), counted: Some(100 + product), seen: None });
    stocktakes::count(&mut f.desk, stocktake, &counts).unwrap();
    first_version(&f);
    f.close()
}

/// A file of the first version, with an administrator and goods.
fn first_version(f: &Fixture) {
    let path = f.folder.path().join("old.db");
    let mut c = Connection::open(&path).unwrap();
    c.pragma_update(None, "application_id", APPLICATION_ID).unwrap();
    let v1 = Migration::unapplied("V1__first", include_str!("../../migrations/V1__first.sql")).unwrap();
    migrate::run_all(&mut c, &path, &[v1]).unwrap();
    c.execute_batch(
        "PRAGMA journal_mode = WAL;
         INSERT INTO users (username, password_hash, full_name, role) VALUES ('admin', 'x', '甲', 'admin');
         INSERT INTO counters (kind, day, last) VALUES ('order', '2026-01-30', 7);
         INSERT INTO products (name, sku) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) SELECT '货 ' || i, 'P' || i FROM n;
         INSERT INTO product_search (rowid, grams, syllables) SELECT id, 'p', '' FROM products;",
    )
    .unwrap();
}

/// A copy of the folder to spoil.
pub fn copy_of(folder: &Path) -> TempDir {
    fn copy(from: &Path, to: &Path) {
        for entry in std::fs::read_dir(from).unwrap() {
            let entry = entry.unwrap();
            let target = to.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                std::fs::create_dir(&target).unwrap();
                copy(&entry.path(), &target);
            } else {
                std::fs::copy(entry.path(), &target).unwrap();
            }
        }
    }
    let to = tempfile::tempdir().unwrap();
    copy(folder, to.path());
    to
}

/// Everything in a file, and how much its log says.
pub fn contents(path: &Path) -> Vec<String> {
    let mut all = state(path);
    let file = Connection::open(path).unwrap();
    let figure = |sql: &str| file.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    all.push(format!("{} rows in the log", figure("SELECT COUNT(*) FROM system_logs")));
    all.push(format!("version {}", figure("SELECT MAX(version) FROM refinery_schema_history")));
    all
}

/// Opens the file as the program does, and everything must hold in it.
pub fn assert_sound(path: &Path, what: &str) {
    let findings = run_unattended(&open(path), Depth::Full, |_, _| true).unwrap();
    assert!(findings.is_good(), "{what}: {findings:?}");
}

/// What stands beside the data under a name that a person would trust is whole.
pub fn nothing_half_beside(folder: &Path, what: &str) {
    for name in ["to", "backups", "."] {
        let Ok(entries) = std::fs::read_dir(folder.join(name)) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let name = path.file_name().unwrap().to_str().unwrap();
            let snapshot = name.starts_with("old.db.v") && !name.ends_with("-journal");
            let backup = name.starts_with("crm_erp_") && name.ends_with(".db");
            if snapshot || backup {
                let copy = tempfile::tempdir().unwrap();
                let copied = copy.path().join("copy.db");
                std::fs::copy(&path, &copied).unwrap();
                assert_sound(&copied, &format!("{what}: {name}"));
            }
        }
    }
}

/// Runs in a process of its own: the command, told; then perhaps another one, told too.
#[test]
#[ignore = "a worker: started by the tests of crash_writes and faults"]
fn worker() {
    let (Ok(folder), Ok(deed)) = (std::env::var(FOLDER), std::env::var(DEED)) else { return };
    let deed = *DEEDS.iter().find(|known| format!("{known:?}") == deed).unwrap();
    let then = std::env::var(THEN).unwrap();
    let folder = Path::new(&folder);
    let file = deed.file(folder);
    let mut desk = None;
    match deed {
        Deed::First => return tell("first", &first_run(&file)),
        Deed::Missing => return tell("first", &restore_anew(&file, &backup_in(folder))),
        _ => {}
    }
    let done = at_desk(&mut desk, &file).and_then(|desk| deed.run(desk, folder));
    tell("first", &done);
    if then == "Leave" {
        std::process::exit(0);
    }
    if then == "GoOn" {
        tell("second", &second(&mut desk, &file));
        std::process::exit(0);
    }
}

fn first_run(file: &Path) -> Result<()> {
    let mut desk = at_now(|setup| Desk::open_or_create(file, Wait::Job, setup))?;
    let new = user::FirstRun { company: "恒达".into(), username: "admin".into(), full_name: "陈志远".into(), password: PASSWORD.into() };
    auth::first_run(&mut desk, &new).map(drop)
}

pub fn backup_in(folder: &Path) -> PathBuf {
    folder.join("to").join("crm_erp_20260130.db")
}

/// As it is done on a new computer: there is a backup, and no file yet.
pub fn restore_anew(file: &Path, from: &Path) -> Result<()> {
    at_now(|setup| restore::run_at(file, &setup, from, ("admin", PASSWORD), WithoutManifest::Refuse, |_, _| true).map(drop))
}

/// The command that follows.
fn second(desk: &mut Option<Desk>, file: &Path) -> Result<()> {
    let change = StockChange { product: ProductId(2), kind: MovementType::In, quantity: 1, notes: None };
    stock::update(at_desk(desk, file)?, &change).map(drop)
}

/// The command that follows, where nothing was done before.
pub fn second_alone(file: &Path) -> Result<()> {
    second(&mut None, file)
}

/// The desk there is, else a new one; the administrator is signed in.
fn at_desk<'a>(desk: &'a mut Option<Desk>, file: &Path) -> Result<&'a mut Desk> {
    if desk.is_none() {
        *desk = Some(at_now(|setup| Desk::open(file, Wait::Job, setup))?);
    }
    let desk = desk.as_mut().unwrap();
    auth::act_as(desk, "admin")?;
    Ok(desk)
}

fn tell(what: &str, outcome: &Result<()>) {
    match outcome {
        Ok(()) => println!("told {what} done"),
        Err(error) => println!("told {what} {} {error:?}", error.code() as i32),
    }
}

/// How a process under `strace` went.
#[derive(Debug)]
pub struct Run {
    /// `done`, or code and error, of the first and the second command, as far as it came.
    pub first: Option<String>,
    pub second: Option<String>,
    pub ended: bool,
    /// The calls that were watched, one a line.
    pub trace: String,
}

impl Run {
    /// Whether what was to go wrong went wrong.
    pub fn was_hit(&self) -> bool {
        self.trace.contains("(INJECTED)") || !self.ended
    }

    /// How many calls of this name its busiest thread made: `strace` counts each thread's own.
    pub fn calls(&self, name: &str) -> usize {
        let mut threads = std::collections::BTreeMap::<&str, usize>::new();
        for line in self.trace.lines().filter(|line| line.contains(&format!(" {name}("))) {
            *threads.entry(line.split(' ').next().unwrap()).or_default() += 1;
        }
        threads.into_values().max().unwrap_or(0)
    }
}

/// Whether `strace` can put faults into a process here.
pub fn can_inject() -> bool {
    static CAN: LazyLock<bool> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        let trace = folder.path().join("trace");
        let mut command = Command::new("strace");
        command.args(["-f", "-e", "trace=openat", "-e", "inject=openat:error=EIO:when=1000", "-o"]).arg(&trace).arg("true");
        command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
    });
    *CAN
}

/// Runs the command in the folder, watching `calls` (names of system calls), with a fault in one of them.
pub fn run(folder: &Path, deed: Deed, then: Then, calls: &str, fault: Option<&str>) -> Run {
    let trace = folder.join("trace");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", &format!("trace={calls}")]);
    if let Some(fault) = fault {
        command.args(["-e", &format!("inject={calls}:{fault}")]);
    }
    command.arg("-o").arg(&trace).arg(std::env::current_exe().unwrap());
    command.args(["--exact", "deeds::worker", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).env(DEED, format!("{deed:?}")).env(THEN, format!("{then:?}"));
    let out = command.output().unwrap();
    let said = String::from_utf8(out.stdout).unwrap();
    let told = |what: &str| said.lines().find_map(|line| line.split_once(&format!("told {what} ")).map(|(_, outcome)| outcome.to_owned()));
    let trace = std::fs::read_to_string(trace).unwrap();
    Run { first: told("first"), second: told("second"), ended: out.status.success(), trace }
}

/// Which of so many places are tried: each in the long run, else a few, the first and the last among them.
pub fn places(count: usize, few: usize) -> Vec<usize> {
    let few = if crate::scale::is_long() { count } else { few.min(count) };
    (0..few).map(|at| if few == 1 { count } else { 1 + at * (count - 1) / (few - 1) }).collect()
}
