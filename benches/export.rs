//! 100,000 order lines to xlsx: from the data file, and the same cells by the bare library; time and memory: `cargo bench --bench export`.
//!
//! Ends with 1 where a line misses its goal.

mod table;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Format, Workbook};
use zhanggui::i18n::Lang;
use zhanggui::models::export::{Days, Export, ExportFormat, ExportKind, ExportRequest};
use zhanggui::models::{FixedClock, Timestamp, Zone};
use zhanggui::services::demo::{self, DemoSize};
use zhanggui::services::{Desk, Setup, Wait, auth, reports};

use table::{Goal, Outcome, Table, memory};

/// As many orders as have about 100,000 lines.
const ORDERS: u64 = 33_000;
const ROUNDS: usize = 5;
/// Ours may take so many times as long as the bare library.
const GOAL: f64 = 1.3;
/// Memory above idle, in MB.
const MEMORY_GOAL: f64 = 150.0;

fn desk(folder: &Path) -> Outcome<Desk> {
    let now = Timestamp::parse("2026-01-30 02:00:00").ok_or("no time")?;
    let setup = Setup { clock: Arc::new(FixedClock::new(now)), bcrypt_cost: 4, host: "bench".into(), zone: Zone::SHANGHAI };
    let size = DemoSize { customers: 1_000, products: 500, orders: ORDERS };
    let made = || {
        let mut desk = Desk::create(&folder.join("crm_erp.db"), Wait::Job, setup)?;
        demo::create(&mut desk, size, 1, |_, _| true)?;
        auth::act_as(&mut desk, "admin")?;
        Ok(desk)
    };
    made().map_err(|e: zhanggui::models::Error| format!("{e:?}").into())
}

fn ours(desk: &mut Desk, path: &Path) -> Outcome<usize> {
    let export = Export::report(ExportKind::Sales, Days::default()).ok_or("no report")?;
    let request = ExportRequest { export, format: ExportFormat::Excel, path: path.to_owned(), lang: Lang::ZhCn };
    Ok(reports::export(desk, &request, |_, _| true).map_err(|e| format!("{e:?}"))?.rows)
}

/// Writes cells that stand in memory already, with the formats that the columns of order lines have.
fn bare(cells: &[Vec<Data>], path: &Path) -> Outcome<()> {
    let mut workbook = Workbook::new();
    let format = |text: &str| Format::new().set_num_format(text);
    let (money, day, percent) = (format("#,##0.00"), format("yyyy-mm-dd"), format("0.0%"));
    let sheet = workbook.add_worksheet_with_constant_memory()?;
    for (row, cells) in cells.iter().enumerate() {
        let row = u32::try_from(row)?;
        for (column, cell) in cells.iter().enumerate() {
            let at = u16::try_from(column)?;
            match cell {
                Data::String(text) => sheet.write_string(row, at, text)?,
                Data::DateTime(date) => sheet.write_number_with_format(row, at, date.as_f64(), &day)?,
                Data::Float(number) if matches!(column, 11..=14 | 16..=19) => sheet.write_number_with_format(row, at, *number, &money)?,
                Data::Float(number) if column == 15 => sheet.write_number_with_format(row, at, *number, &percent)?,
                Data::Float(number) => sheet.write_number(row, at, *number)?,
                _ => continue,
            };
        }
    }
    workbook.save(path)?;
    std::fs::File::open(path)?.sync_all()?;
    Ok(())
}

/// How long some work takes.
fn time(work: impl FnOnce() -> Outcome<()>) -> Outcome<Duration> {
    let start = Instant::now();
    work()?;
    Ok(start.elapsed())
}

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut desk = desk(folder.path())?;
    let (path, other) = (folder.path().join("ours.xlsx"), folder.path().join("bare.xlsx"));
    // Where the system allows it, the peak so far is forgotten.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    let idle = memory("VmRSS");
    let rows = ours(&mut desk, &path)?;
    let above = memory("VmHWM").zip(idle).map(|(peak, idle)| peak - idle);
    let mut book: Xlsx<_> = open_workbook(&path)?;
    let name = book.sheet_names().first().cloned().ok_or("no sheet")?;
    let cells: Vec<Vec<Data>> = book.worksheet_range(&name)?.rows().map(<[Data]>::to_vec).collect();
    // The quickest of some rounds in turn: whatever else this computer does slows both.
    let (mut took, mut floor) = (Duration::MAX, Duration::MAX);
    for _ in 0..ROUNDS {
        took = took.min(time(|| ours(&mut desk, &path).map(drop))?);
        floor = floor.min(time(|| bare(&cells, &other))?);
    }
    let mut table = Table::new("export");
    let note = format!("{rows} order lines: {:.2} s, bare library {:.2} s", took.as_secs_f64(), floor.as_secs_f64());
    table.line("export of 100,000 order lines", took.as_secs_f64() / floor.as_secs_f64(), "×", Goal::AtMost(GOAL), &note)?;
    if let Some(above) = above {
        table.line("memory of that export above idle", above, "MB", Goal::AtMost(MEMORY_GOAL), "")?;
    }
    table.end()
}
