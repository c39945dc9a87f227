//! CPU time of a frame of each page on a large file, layout and tessellation, while its list is scrolled and its pages are turned:
//! `cargo bench --bench pages`, with `-- --scale 10k`, `100k` (the default) or `1m`.
//!
//! Drives the real `App` without a window, 1280 × 800. A frame that turns the page also reads it. Where nothing is pressed, no frame may be asked
//! for. Ends with 1 where a line misses its goal.

mod scaled;
mod table;
mod window;

use std::time::Duration;

use egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, pos2, vec2};

use scaled::Scale;
use table::{Goal, Outcome, Table};
use window::{Bench, press};

/// Frames that are counted.
const FRAMES: usize = 240;

/// Pages of the navigation by their digit.
const PAGES: &[(&str, Key)] = &[
    ("dashboard", Key::Num1),
    ("customers", Key::Num2),
    ("follow-ups", Key::Num3),
    ("quotes", Key::Num4),
    ("orders", Key::Num5),
    ("payments", Key::Num6),
    ("products", Key::Num7),
    ("movements", Key::Num8),
    ("warnings", Key::Num9),
    ("stocktakes", Key::Num0),
];

/// Scrolls, walks and turns pages.
fn events(at: usize) -> Vec<Event> {
    let wheel = |down: f32| Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, down),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Unknown,
        modifiers: Modifiers::NONE,
    };
    match at {
        _ if at % 24 == 23 => vec![press(Modifiers::NONE, Key::PageDown)],
        _ if at.is_multiple_of(4) => vec![press(Modifiers::NONE, Key::ArrowDown)],
        _ if at % 48 < 24 => vec![wheel(-60.0)],
        _ => vec![wheel(60.0)],
    }
}

fn main() -> Outcome<()> {
    let scale = Scale::asked();
    let folder = tempfile::tempdir()?;
    let path = scaled::copy(scale, folder.path())?;
    let mut table = Table::new(scale.name());
    let mut bench = Bench::new(scaled::desk(&path, "admin")?);
    let statistics = ("statistics", None);
    for (name, key) in PAGES.iter().map(|&(name, key)| (name, Some(key))).chain([statistics]) {
        match key {
            Some(key) => bench.key(Modifiers::COMMAND, key),
            // It has no digit, but a name.
            None => {
                bench.key(Modifiers::COMMAND, Key::K);
                bench.frame(vec![Event::Text("统计".into())]);
                bench.settle();
                bench.key(Modifiers::NONE, Key::Enter);
            }
        }
        bench.frame(vec![Event::PointerMoved(pos2(700.0, 450.0))]);
        bench.settle();
        let mut times: Vec<Duration> = (0..FRAMES).map(|at| bench.frame(events(at))).collect();
        times.sort();
        let ms = |share: usize| times[(times.len() - 1) * share / 100].as_secs_f64() * 1000.0;
        table.line(&format!("frame of {name}, median"), ms(50), "ms", Goal::AtMost(3.0), "")?;
        table.line(&format!("frame of {name}, 99 %"), ms(99), "ms", Goal::AtMost(8.0), &format!("worst {:.1}", ms(100)))?;
        bench.frame(vec![Event::PointerGone]);
        let idle = bench.rest().as_secs_f64().min(60.0);
        table.line(&format!("rest of {name}"), idle, "s", Goal::AtLeast(10.0), "until a frame is asked for")?;
        // Into the search field, where there is one.
        bench.key(Modifiers::COMMAND, Key::F);
        let idle = bench.rest().as_secs_f64().min(60.0);
        table.line(&format!("rest of {name}, a field focused"), idle, "s", Goal::AtLeast(10.0), "until a frame is asked for")?;
        bench.key(Modifiers::NONE, Key::Escape);
    }
    table.end()
}
