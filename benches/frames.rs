//! CPU time of one frame, layout and tessellation, of pages at their fullest: `cargo bench --bench frames`.
//!
//! Drives the real `App` without a window. Ends with 1 where a line misses its goal.

use std::error::Error;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, RawInput, Rect, pos2};
use zhanggui::app::{App, Start};
use zhanggui::models::choice::MovementType;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::order::{NewLine, NewOrder};
use zhanggui::models::product::ProductInput;
use zhanggui::models::stock::StockChange;
use zhanggui::models::user::FirstRun;
use zhanggui::models::{FixedClock, Money, Timestamp, Zone};
use zhanggui::services::{Desk, Setup, Wait, auth, config, customers, orders, products, stock};
use zhanggui::ui::theme::ThemeChoice;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The lines of the order under the keyboard.
const LINES: usize = 200;
/// Frames that are counted.
const FRAMES: usize = 300;

/// The window without a window.
struct Bench {
    ctx: egui::Context,
    app: App,
    time: f64,
}

impl Bench {
    fn new(desk: Desk) -> Bench {
        let ctx = egui::Context::default();
        let app = App::new(&ctx, Start { desk, lang: None, theme: ThemeChoice::Light, terminal: false, demo: None });
        let mut bench = Bench { ctx, app, time: 0.0 };
        bench.settle();
        bench
    }

    /// One frame with these events: how long it took.
    fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_max(pos2(0.0, 0.0), pos2(1280.0, 800.0)));
        let input = RawInput { screen_rect, time: Some(self.time), events, ..RawInput::default() };
        let start = Instant::now();
        let app = &mut self.app;
        let output = self.ctx.run_ui(input, |ui| app.frame(ui));
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = start.elapsed();
        std::hint::black_box(shapes);
        took
    }

    /// Whether a text is on the screen, as a screen reader meets it.
    fn shows(&mut self, text: &str) -> bool {
        self.ctx.enable_accesskit();
        let app = &mut self.app;
        let mut shown = false;
        for _ in 0..2 {
            let output = self.ctx.run_ui(RawInput { time: Some(self.time), ..RawInput::default() }, |ui| app.frame(ui));
            let nodes = output.platform_output.accesskit_update.map(|update| update.nodes).unwrap_or_default();
            shown |= nodes.iter().any(|(_, node)| node.label() == Some(text) || node.value() == Some(text));
        }
        shown
    }

    fn settle(&mut self) {
        for _ in 0..8 {
            self.frame(Vec::new());
        }
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.frame(vec![press(modifiers, key)]);
        self.settle();
    }
}

fn press(modifiers: Modifiers, key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

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

/// Prints a line of the table; whether the goal is met.
fn report(name: &str, mut times: Vec<Duration>, goal: Duration) -> bool {
    times.sort();
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let met = at(99) <= goal;
    let verdict = if met { "met" } else { "MISSED" };
    let line = format!("{name:<44} median {:6.2} ms  p99 {:6.2} ms  goal {:6.2} ms  {verdict}\n", ms(at(50)), ms(at(99)), ms(goal));
    // A benchmark's output is its table.
    let _ = std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes());
    met
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
    if !bench.shows("未保存") {
        return Err("nothing was typed: the benchmark measured another page".into());
    }
    if met { Ok(()) } else { Err("a goal was missed".into()) }
}
