//! The real `App` without a window, a frame at a time. Shared by the benchmarks that measure frames.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::time::{Duration, Instant};

use egui::{Event, Key, Modifiers, RawInput, Rect, pos2};
use zhanggui::app::{App, Start};
use zhanggui::jobs::printing::Spooler;
use zhanggui::services::Desk;
use zhanggui::ui::theme::ThemeChoice;

/// The window without a window.
pub struct Bench {
    ctx: egui::Context,
    app: App,
    time: f64,
    /// When the last frame asked for the next one.
    next: Duration,
}

impl Bench {
    pub fn new(desk: Desk) -> Bench {
        let ctx = egui::Context::default();
        let app = App::new(&ctx, Start { desk, lang: None, theme: ThemeChoice::Light, terminal: false, spooler: Spooler::default(), demo: None });
        let mut bench = Bench { ctx, app, time: 0.0, next: Duration::ZERO };
        bench.settle();
        bench
    }

    /// One frame with these events: how long it took.
    pub fn frame(&mut self, events: Vec<Event>) -> Duration {
        self.time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_max(pos2(0.0, 0.0), pos2(1280.0, 800.0)));
        let input = RawInput { screen_rect, time: Some(self.time), events, ..RawInput::default() };
        let start = Instant::now();
        let app = &mut self.app;
        let mut output = self.ctx.run_ui(input, |ui| app.frame(ui));
        output.textures_delta.clear();
        self.next = output.viewport_output.values().map(|viewport| viewport.repaint_delay).min().unwrap_or(Duration::MAX);
        let shapes = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = start.elapsed();
        std::hint::black_box(shapes);
        took
    }

    /// Whether a text is on the screen, as a screen reader meets it.
    pub fn shows(&mut self, text: &str) -> bool {
        self.ctx.enable_accesskit();
        let app = &mut self.app;
        let mut shown = false;
        for _ in 0..2 {
            let mut output = self.ctx.run_ui(RawInput { time: Some(self.time), ..RawInput::default() }, |ui| app.frame(ui));
            output.textures_delta.clear();
            let nodes = output.platform_output.accesskit_update.map(|update| update.nodes).unwrap_or_default();
            shown |= nodes.iter().any(|(_, node)| node.label() == Some(text) || node.value() == Some(text));
        }
        shown
    }

    /// Frames as they are asked for until the window rests, at most a quarter of a minute of them; how long it rests then.
    pub fn rest(&mut self) -> Duration {
        for _ in 0..900 {
            if self.next >= Duration::from_secs(10) {
                break;
            }
            self.frame(Vec::new());
        }
        self.next
    }

    pub fn settle(&mut self) {
        for _ in 0..8 {
            self.frame(Vec::new());
        }
    }

    pub fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.frame(vec![press(modifiers, key)]);
        self.settle();
    }
}

pub fn press(modifiers: Modifiers, key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// Prints a line of the table; whether the goal is met.
pub fn report(name: &str, mut times: Vec<Duration>, goal: Duration) -> bool {
    times.sort();
    let at = |share: usize| times.get(times.len().saturating_sub(1) * share / 100).copied().unwrap_or_default();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let met = at(99) <= goal;
    let verdict = if met { "met" } else { "MISSED" };
    let line = format!(
        "{name:<44} median {:6.2} ms  p99 {:6.2} ms  worst {:6.2} ms  goal {:6.2} ms  {verdict}\n",
        ms(at(50)),
        ms(at(99)),
        ms(at(100)),
        ms(goal)
    );
    // A benchmark's output is its table.
    let _ = std::io::Write::write_all(&mut std::io::stdout(), line.as_bytes());
    met
}
