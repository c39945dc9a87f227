//! CPU time of one frame, layout and tessellation, of pages at their fullest: `cargo bench --bench frames`.
//!
//! Drives the real `App` without a window. Ends with 1 where a line misses its goal.

mod window;

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use egui::{Event, Key, Modifiers};
use zhanggui::models::choice::MovementType;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::order::{NewLine, NewOrder};
use zhanggui::models::product::ProductInput;
use zhanggui::models::stock::StockChange;
use zhanggui::models::user::FirstRun;
use zhanggui::models::{FixedClock, Money, Timestamp, Zone};
use zhanggui::services::{Desk, Setup, Wait, auth, config, customers, orders, products, stock};

use window::{Bench, press, report};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The lines of the order under the keyboard.
const LINES: usize = 200;
/// Frames that are counted.
const FRAMES: usize = 300;

/// A company whose one order has 200 lines of 200 products and may still be changed.
fn desk(folder: &std::path::Path) -> Outcome<Desk> {
    let now = Timestamp::parse("2026-01-30 02:00:00").ok_or("no time")?;
    let setup = Setup { clock: Arc::new(FixedClock::new(now)), bcrypt_cost: 4, host: "bench".into(), zone: Zone::SHANGHAI };
    let mut desk = Desk::create(&folder.join("crm_erp.db"), Wait::Job, setup).map_err(|e| format!("{e:?}"))?;
    fill(&mut desk, now).map_err(|e| format!("{e:?}"))?;
    Ok(desk)
}

fn fill(desk: &mut Desk, now: Timestamp) -> zhanggui::models::Result<()> {
    let company = FirstRun { company: "甲".into(), username: "admin".into(), full_name: "甲".into(), password: "correct horse".into() };
    auth::first_run(desk, &company)?;
    config::update(desk, ConfigKey::StockDeduction, "shipment")?;
    let customer = customers::create(desk, &CustomerInput { name: "宁波海纳机电工程有限公司".into(), ..Default::default() })?;
    let mut lines = Vec::new();
    for at in 0..LINES {
        let price = Money::from_fen(1000 + at as i64).unwrap_or_default();
        let name = format!("外六角螺栓 M{at}×40 镀锌");
        let input = ProductInput { sku: format!("WJ-LS-{at:03}"), name, unit: "盒".into(), price, ..Default::default() };
        let product = products::create(desk, &input)?;
        stock::update(desk, &StockChange { product, kind: MovementType::In, quantity: 10_000, notes: None })?;
        lines.push(NewLine { product, quantity: 12, unit_price: price });
    }
    orders::create(desk, &NewOrder { customer, quote: None, order_day: now.day(Zone::SHANGHAI), lines, notes: None })?;
    Ok(())
}

fn main() -> Outcome<()> {
    let folder = tempfile::tempdir()?;
    let mut bench = Bench::new(desk(folder.path())?);
    // 订单, the first one, 修改, into the first quantity.
    bench.key(Modifiers::COMMAND, Key::Num5);
    bench.key(Modifiers::NONE, Key::Enter);
    bench.key(Modifiers::NONE, Key::F2);
    let mut typing = Vec::with_capacity(FRAMES);
    for at in 0..FRAMES {
        let events = match at % 3 {
            0 => vec![Event::Text("1".into())],
            1 => vec![press(Modifiers::NONE, Key::Backspace)],
            _ => vec![press(Modifiers::NONE, Key::ArrowDown)],
        };
        typing.push(bench.frame(events));
    }
    let met = report("order of 200 lines, a key each frame", typing, Duration::from_millis(8));
    if bench.rest() < Duration::from_secs(10) {
        return Err("the window does not rest where nobody types".into());
    }
    if !bench.shows("未保存") {
        return Err("nothing was typed: the benchmark measured another page".into());
    }
    if met { Ok(()) } else { Err("a goal was missed".into()) }
}
