//! CPU time of a frame while a job writes an export of 100,000 order lines, or imports 100,000 products: `cargo bench --bench busy`.
//!
//! The window shows the orders, which change for it as often as the file does. Ends with 1 where a line misses its goal.

mod window;

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers};
use zhanggui::i18n::Lang;
use zhanggui::models::export::{Days, Export, ExportFormat, ExportKind, ExportRequest};
use zhanggui::models::import::ImportOptions;
use zhanggui::models::{FixedClock, Timestamp, Zone};
use zhanggui::services::demo::{self, DemoSize};
use zhanggui::services::{Desk, Setup, Wait, auth, imports, reports};

use window::{Bench, press, report};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// As many orders as have about 100,000 lines.
const ORDERS: u64 = 33_000;
const PRODUCTS: usize = 100_000;
const GOAL: Duration = Duration::from_millis(16);
/// From one frame to the next.
const REFRESH: Duration = Duration::from_micros(16_667);

fn failed(error: zhanggui::models::Error) -> Box<dyn Error> {
    format!("{error:?}").into()
}

fn desk(path: &Path, wait: Wait) -> Outcome<Desk> {
    let now = Timestamp::parse("2026-01-30 02:00:00").ok_or("no time")?;
    let setup = Setup { clock: Arc::new(FixedClock::new(now)), bcrypt_cost: 4, host: "bench".into(), zone: Zone::SHANGHAI };
    let mut desk = Desk::open_or_create(path, wait, setup).map_err(failed)?;
    if auth::is_first_run(&desk).map_err(failed)? {
        let size = DemoSize { customers: 1_000, products: 500, orders: ORDERS };
        demo::create(&mut desk, size, 1, |_, _| true).map_err(failed)?;
    }
    auth::act_as(&mut desk, "admin").map_err(failed)?;
    Ok(desk)
}

/// Frames at the pace of a screen until the work is done, an arrow key in each.
fn frames(bench: &mut Bench, work: impl FnOnce() -> Result<(), String> + Send) -> Outcome<Vec<Duration>> {
    std::thread::scope(|scope| {
        let worker = scope.spawn(work);
        let mut times = Vec::new();
        while !worker.is_finished() {
            let start = Instant::now();
            let key = if times.len() % 30 < 15 { Key::ArrowDown } else { Key::ArrowUp };
            times.push(bench.frame(vec![press(Modifiers::NONE, key)]));
            std::thread::sleep(REFRESH.saturating_sub(start.elapsed()));
        }
        worker.join().map_err(|_| "the work ended badly")??;
        Ok(times)
    })
}

fn products() -> Vec<u8> {
    let mut text = String::from("SKU,产品名称,单位,售价,库存\n");
    (0..PRODUCTS).for_each(|at| text.push_str(&format!("N-{at:06},不锈钢螺栓{at},盒,{}.50,5\n", 1 + at % 900)));
    text.into_bytes()
}

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("crm_erp.db");
    desk(&path, Wait::Job)?;
    let mut bench = Bench::new(desk(&path, Wait::Window)?);
    bench.key(Modifiers::COMMAND, Key::Num5);
    if !bench.shows("订单号") {
        return Err("another page than the orders".into());
    }
    if bench.rest() < Duration::from_secs(10) {
        return Err("the window does not rest before the work begins".into());
    }
    let target = folder.path().join("sales.xlsx");
    let (mut exporting, mut importing) = (desk(&path, Wait::Job)?, desk(&path, Wait::Job)?);
    let export = frames(&mut bench, || {
        let export = Export::report(ExportKind::Sales, Days::default()).ok_or("no report")?;
        let request = ExportRequest { export, format: ExportFormat::Excel, path: target, lang: Lang::ZhCn };
        reports::export(&mut exporting, &request, |_, _| true).map(drop).map_err(|e| format!("{e:?}"))
    })?;
    let import = frames(&mut bench, || {
        imports::products(&mut importing, &products(), &ImportOptions::new("bench.csv"), |_, _| true).map(drop).map_err(|e| format!("{e:?}"))
    })?;
    bench.frame(vec![Event::PointerGone]);
    let met = [report("orders, while 98,616 lines are exported", export, GOAL), report("orders, while 100,000 products are imported", import, GOAL)];
    if met.into_iter().all(|met| met) { Ok(()) } else { Err("a goal was missed".into()) }
}
