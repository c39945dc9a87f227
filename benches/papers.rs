//! Paper: the time from an order to its PDF, laid out and written, and its size: `cargo bench --bench papers`.
//!
//! Ends with 1 where a line misses its goal.

use std::error::Error;
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use zhanggui::documents::paperwork::Paper;
use zhanggui::documents::{pdf, request};
use zhanggui::i18n::Lang;
use zhanggui::models::choice::MovementType;
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::order::{NewLine, NewOrder};
use zhanggui::models::paper::Wanted;
use zhanggui::models::product::ProductInput;
use zhanggui::models::stock::StockChange;
use zhanggui::models::user::FirstRun;
use zhanggui::models::{FixedClock, Money, OrderId, Timestamp, Zone};
use zhanggui::services::{Desk, Setup, Wait, auth, config, customers, orders, pictures, products, stock};

type Outcome<T> = Result<T, Box<dyn Error>>;

const LINES: [usize; 3] = [1, 20, 1000];
const ROUNDS: usize = 21;
/// For a paper of twenty lines.
const GOAL: Duration = Duration::from_millis(50);
const MOST_BYTES: usize = 150_000;

/// Orders of so many lines each, all of different products, by a company with a logo.
fn company(folder: &std::path::Path) -> Outcome<(Desk, Vec<OrderId>)> {
    let now = Timestamp::parse("2026-01-30 02:00:00").ok_or("no time")?;
    let setup = Setup { clock: Arc::new(FixedClock::new(now)), bcrypt_cost: 4, host: "bench".into(), zone: Zone::SHANGHAI };
    let logo = folder.join("logo.png");
    image::RgbImage::from_fn(1200, 400, |x, y| image::Rgb([(x / 5) as u8, (y / 2) as u8, 112])).save(&logo)?;
    let made = || {
        let mut desk = Desk::create(&folder.join("crm_erp.db"), Wait::Job, setup)?;
        let admin =
            FirstRun {
                company: "恒达五金办公批发".into(), username: "admin".into(), full_name: "陈志远".into(), password: "correct horse".into()
            };
        auth::first_run(&mut desk, &admin)?;
        let logo = pictures::keep_logo(&desk, &logo)?;
        config::update(&mut desk, ConfigKey::CompanyLogo, logo.as_str())?;
        config::update(&mut desk, ConfigKey::DocumentFooter, "货物签收后七日内可退换。")?;
        let customer = customers::create(&mut desk, &CustomerInput { name: "杭州启明办公用品有限公司".into(), ..Default::default() })?;
        let price = Money::from_fen(1234).unwrap_or_default();
        let mut lines = Vec::new();
        for at in 0..1000 {
            let name = format!("外六角螺栓 M10×{at} 镀锌");
            let input = ProductInput { sku: format!("WJ-{at:04}"), name, unit: "盒".into(), price, ..Default::default() };
            let product = products::create(&mut desk, &input)?;
            stock::update(&mut desk, &StockChange { product, kind: MovementType::In, quantity: 100, notes: None })?;
            lines.push(NewLine { product, quantity: 3, unit_price: price });
        }
        let day = now.day(Zone::SHANGHAI);
        let mut made = Vec::new();
        for count in LINES {
            let new = NewOrder { customer, quote: None, order_day: day, lines: lines[..count].to_vec(), notes: None };
            made.push(orders::create(&mut desk, &new)?.id);
        }
        Ok((desk, made))
    };
    made().map_err(|error: zhanggui::models::Error| format!("{error:?}").into())
}

fn main() -> Outcome<()> {
    let mut out = std::io::stdout();
    let folder = tempfile::tempdir()?;
    let (desk, orders) = company(folder.path())?;
    let mut missed = false;
    for (lines, order) in LINES.into_iter().zip(orders) {
        for paper in [Paper::A4, Paper::ThreePart] {
            let mut times = Vec::new();
            let mut bytes = 0;
            for _ in 0..ROUNDS {
                let begun = Instant::now();
                let made = request::pages(&desk, Wanted::Order(order), Lang::ZhCn, paper).and_then(|sheets| pdf::write(&sheets));
                bytes = made.map_err(|error| format!("{error:?}"))?.len();
                times.push(begun.elapsed());
            }
            times.sort();
            let median = times[ROUNDS / 2];
            let bad = lines == 20 && (median > GOAL || bytes > MOST_BYTES);
            missed |= bad;
            let note = if bad { "  MISSED" } else { "" };
            writeln!(out, "{lines:>5} lines {:<10}  {:>7.1} ms  {:>4} KB{note}", paper.as_str(), median.as_secs_f64() * 1000.0, bytes / 1000)?;
        }
    }
    if missed {
        std::process::exit(1);
    }
    Ok(())
}
