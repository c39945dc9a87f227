//! 100,000 products with opening stock from a csv: time, memory, how soon a cancelled one is gone; and a million rows, the last one wrong:
//! `cargo bench --bench import`.
//!
//! Ends with 1 where a line misses its goal.

mod table;

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use zhanggui::models::import::ImportOptions;
use zhanggui::models::product::{ProductFilter, ProductPage, ProductSort};
use zhanggui::models::user::FirstRun;
use zhanggui::models::{FixedClock, Timestamp, Zone};
use zhanggui::services::{Desk, Setup, Wait, auth, imports, products};

use table::{Goal, Outcome, Table, memory};

const PRODUCTS: usize = 100_000;
/// Seconds from the first byte read to the commit.
const GOAL: f64 = 10.0;
/// Seconds from the wish to cancel to the end.
const CANCEL_GOAL: f64 = 0.2;
/// Peak of the process in MB, with a million rows.
const MEMORY_GOAL: f64 = 512.0;

fn failed(error: zhanggui::models::Error) -> Box<dyn std::error::Error> {
    format!("{error:?}").into()
}

fn desk(path: &Path) -> Outcome<Desk> {
    let now = Timestamp::parse("2026-01-30 02:00:00").ok_or("no time")?;
    let setup = Setup { clock: Arc::new(FixedClock::new(now)), bcrypt_cost: 4, host: "bench".into(), zone: Zone::SHANGHAI };
    let mut desk = Desk::create(path, Wait::Job, setup).map_err(failed)?;
    let first = FirstRun { username: "admin".into(), password: "bench-pass-1".into(), full_name: "管理员".into(), company: "掌柜".into() };
    auth::first_run(&mut desk, &first).map_err(failed)?;
    Ok(desk)
}

/// So many products as a csv; the last row of a broken one has a price that is none.
fn file(rows: usize, broken: bool) -> Outcome<Vec<u8>> {
    const NAMES: [&str; 8] = ["不锈钢螺栓", "打印纸", "工业手套", "电动扳手", "水性涂料", "铝合金型材", "轴承座", "密封圈"];
    let mut text = String::from("SKU,产品名称,分类,规格,单位,售价,成本价,库存,条码\r\n");
    for at in 0..rows {
        let name = NAMES[at % NAMES.len()];
        let price = if broken && at + 1 == rows { "三块".to_owned() } else { format!("{}.{:02}", 1 + at % 900, at % 100) };
        // Short rows, so that a million of them are no larger than a file may be.
        if broken {
            write!(text, "S{at:06},{name}{at},C{},,盒,{price},1.5,5,\r\n", at % 40)?;
        } else {
            write!(text, "SKU-{at:06},{name}{at},分类{},M{}x{},盒,{price},1.50,{},69{at:011}\r\n", at % 40, at % 30, at % 200, at % 500)?;
        }
    }
    Ok(text.into_bytes())
}

fn peak_begins() {
    // Where the system allows it, the peak so far is forgotten.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

fn count(desk: &Desk) -> Outcome<u64> {
    let page = ProductPage::first(ProductSort::Sku, false);
    Ok(products::list(desk, &ProductFilter::default(), &page).map_err(failed)?.0.total)
}

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let options = ImportOptions::new("bench.csv");
    let bytes = file(PRODUCTS, false)?;

    let mut cancelled = desk(&folder.path().join("cancelled.db"))?;
    let mut worst: f64 = 0.0;
    for part in 1..10 {
        let mut wished = None;
        let outcome = imports::products(&mut cancelled, &bytes, &options, |done, of| {
            let go_on = of == 0 || done * 10 < of * part;
            if !go_on {
                wished = Some(Instant::now());
            }
            go_on
        });
        if outcome != Err(zhanggui::models::Error::Cancelled) || count(&cancelled)? != 0 {
            return Err("a cancelled import left something".into());
        }
        worst = worst.max(wished.ok_or("never asked")?.elapsed().as_secs_f64());
    }
    let mut table = Table::new("import");
    table.line("an import is cancelled", worst, "s", Goal::AtMost(CANCEL_GOAL), "the longest of 9 moments; nothing stayed")?;

    let mut desk = desk(&folder.path().join("crm_erp.db"))?;
    peak_begins();
    let start = Instant::now();
    let report = imports::products(&mut desk, &bytes, &options, |_, _| true).map_err(failed)?;
    let took = start.elapsed().as_secs_f64();
    let peak = memory("VmHWM").unwrap_or_default();
    table.line("100,000 products with stock", took, "s", Goal::AtMost(GOAL), &format!("{}; the process's peak {peak:.0} MB", report.created))?;

    drop(bytes);
    let bytes = file(1_000_000, true)?;
    peak_begins();
    let start = Instant::now();
    let refused = imports::products(&mut desk, &bytes, &options, |_, _| true);
    let (refusal, peak) = (start.elapsed().as_secs_f64(), memory("VmHWM").unwrap_or_default());
    if !matches!(&refused, Err(zhanggui::models::Error::Rows(rows)) if rows.total == 1 && rows.errors[0].row == 1_000_001) {
        return Err(format!("not refused: {refused:?}").into());
    }
    let note = format!("{} MB, refused after {refusal:.1} s", bytes.len() >> 20);
    table.line("1,000,000 rows, the last one wrong: peak", peak, "MB", Goal::AtMost(MEMORY_GOAL), &note)?;
    table.end()
}
