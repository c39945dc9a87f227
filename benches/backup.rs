//! The window while a large file is backed up: `cargo bench --bench backup [-- MEGABYTES]`, 1,000 by default.
//!
//! Starts the backup in the real `App` as a person does, works on at 60 frames a second, and saves beside it. Ends with 1 where a goal is missed.

mod window;

use std::error::Error;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use zhanggui::database::{Database, backup};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::{FixedClock, Timestamp, Zone};
use zhanggui::services::demo::{self, DemoSize};
use zhanggui::services::{Desk, Setup, Wait, auth, config, customers};

use window::{Bench, press, report};

type Outcome<T> = Result<T, Box<dyn Error>>;

const FRAME: Duration = Duration::from_millis(16);
/// A backup's copy may take so many times as long as a plain one, verification apart.
const COPY: f64 = 3.0;
/// What is read while one waits for it, and what is saved.
const READ: Duration = Duration::from_millis(50);

/// A company with a year of orders, made as large as is wanted by what people keep of their lists.
fn file(path: &Path, megabytes: usize) -> Outcome<Setup> {
    let now = Timestamp::parse("2026-01-30 02:00:00").ok_or("no time")?;
    let setup = Setup { clock: Arc::new(FixedClock::new(now)), bcrypt_cost: 4, host: "bench".into(), zone: Zone::SHANGHAI };
    let mut desk = Desk::create(path, Wait::Job, setup.clone()).map_err(|e| format!("{e:?}"))?;
    let size = DemoSize { customers: 500, products: 500, orders: 10_000 };
    demo::create(&mut desk, size, 1, |_, _| true).map_err(|e| format!("{e:?}"))?;
    auth::act_as(&mut desk, "admin").map_err(|e| format!("{e:?}"))?;
    config::update(&mut desk, ConfigKey::BackupAutomatic, "false").map_err(|e| format!("{e:?}"))?;
    drop(desk);
    let file = rusqlite::Connection::open(path)?;
    let rows = megabytes * 1_000_000 / 4_096;
    let fill = format!(
        "PRAGMA synchronous = OFF; PRAGMA journal_mode = WAL;
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {rows})
         INSERT INTO user_preferences (user_id, key, value) SELECT 1, 'bench.' || i, hex(randomblob(2000)) FROM n;
         PRAGMA wal_checkpoint(TRUNCATE);"
    );
    file.execute_batch(&fill)?;
    drop(file);
    // On the disk, so that nothing of the filling is waited for later.
    std::fs::File::open(path)?.sync_all()?;
    Ok(setup)
}

/// How long a plain copy takes, durable like a backup.
fn plain_copy(path: &Path) -> Outcome<Duration> {
    let target = path.with_extension("copy");
    let begun = Instant::now();
    std::fs::copy(path, &target)?;
    std::fs::File::open(&target)?.sync_all()?;
    let took = begun.elapsed();
    std::fs::remove_file(&target)?;
    Ok(took)
}

/// What a backup does before it is verified.
fn our_copy(path: &Path) -> Outcome<Duration> {
    let target = path.with_extension("copy");
    let source = Database::open(path, Wait::Job).map_err(|e| format!("{e:?}"))?;
    let begun = Instant::now();
    backup::copy(&source, &target, &mut |_, _| true).map_err(|e| format!("{e:?}"))?;
    let took = begun.elapsed();
    std::fs::remove_file(&target)?;
    Ok(took)
}

fn is_done(backups: &Path) -> bool {
    let Ok(mut entries) = std::fs::read_dir(backups) else { return false };
    entries.any(|entry| entry.is_ok_and(|entry| entry.path().extension().is_some_and(|ending| ending == "json")))
}

/// How long things took.
#[derive(Default)]
struct Times {
    /// Frames that draw and answer the arrow keys.
    drawn: Vec<Duration>,
    /// Those that open a page, or read one again after a save beside.
    read: Vec<Duration>,
    saved: Vec<Duration>,
}

impl Times {
    /// Prints the lines; whether the goals are met, by the worst frame that only draws too.
    fn report(self, when: &str) -> bool {
        let worst = self.drawn.iter().max().copied().unwrap_or_default();
        let drawn = report(&format!("{when}: frames"), self.drawn, FRAME);
        let read = report(&format!("{when}: frames that read a page"), self.read, READ);
        let saved = report(&format!("{when}: a customer saved"), self.saved, READ);
        drawn && read && saved && worst <= FRAME
    }
}

/// Works on, a frame every 16 ms, until `over`: arrow keys, now and then another page, and a save on another desk three times a second.
fn work(bench: &mut Bench, beside: &mut Desk, over: impl Fn(usize) -> bool) -> Outcome<Times> {
    let pages = [Key::Num5, Key::Num2, Key::Num7, Key::Num4, Key::Num6];
    let mut times = Times::default();
    for at in 0.. {
        if over(at) {
            break;
        }
        let event = match at % 40 {
            0 => press(Modifiers::COMMAND, pages[at / 40 % pages.len()]),
            _ => press(Modifiers::NONE, Key::ArrowDown),
        };
        let took = bench.frame(vec![event]);
        if at % 20 < 2 {
            times.read.push(took)
        } else {
            times.drawn.push(took)
        }
        if at % 20 == 19 {
            let begun = Instant::now();
            let input = CustomerInput { name: format!("备份时的客户 {at}"), ..Default::default() };
            customers::create(beside, &input).map_err(|e| format!("{e:?}"))?;
            times.saved.push(begun.elapsed());
        }
        std::thread::sleep(FRAME.saturating_sub(took));
    }
    Ok(times)
}

fn line(text: &str) -> Outcome<()> {
    // A benchmark's output is its table.
    Ok(writeln!(std::io::stdout(), "{text}")?)
}

fn main() -> Outcome<()> {
    let megabytes = std::env::args().skip(1).find_map(|word| word.parse().ok()).unwrap_or(1_000);
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("crm_erp.db");
    let setup = file(&path, megabytes)?;
    // In turn, the quicker of two: the disk has moods.
    let (mut plain, mut ours) = (Duration::MAX, Duration::MAX);
    for _ in 0..2 {
        plain = plain.min(plain_copy(&path)?);
        ours = ours.min(our_copy(&path)?);
    }
    let times = ours.as_secs_f64() / plain.as_secs_f64();
    let size = std::fs::metadata(&path)?.len() / 1_000_000;
    let (plain, ours) = (plain.as_secs_f64(), ours.as_secs_f64());
    line(&format!("data file {size} MB: plain copy {plain:.1} s, a backup's copy {ours:.1} s, {times:.1} times as long (goal {COPY})"))?;
    let open = || -> Outcome<Desk> {
        let mut desk = Desk::open(&path, Wait::Window, setup.clone()).map_err(|e| format!("{e:?}"))?;
        auth::act_as(&mut desk, "admin").map_err(|e| format!("{e:?}"))?;
        Ok(desk)
    };
    let (mut bench, mut beside) = (Bench::new(open()?), open()?);
    if bench.rest() < Duration::from_secs(10) {
        return Err("the window does not rest before the work begins".into());
    }
    let mut met = times <= COPY;
    met &= work(&mut bench, &mut beside, |at| at == 600)?.report("no backup");
    // 系统设置, 备份恢复, 立即备份.
    bench.key(Modifiers::COMMAND, Key::Comma);
    for _ in 0..5 {
        bench.key(Modifiers::ALT, Key::ArrowDown);
    }
    if !bench.shows("立即备份") {
        return Err("this is not the page of the backups".into());
    }
    let backups = path.with_file_name("backups");
    let begun = Instant::now();
    bench.key(Modifiers::NONE, Key::F4);
    let times = work(&mut bench, &mut beside, |_| is_done(&backups))?;
    line(&format!("backed up and verified in {:.1} s", begun.elapsed().as_secs_f64()))?;
    met &= times.report("backup");
    if met { Ok(()) } else { Err("a goal was missed".into()) }
}
