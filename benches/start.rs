//! From the program's start to its first frame, and its memory and frames at rest, beside an empty window with the same fonts:
//! `cargo bench --bench start`, with `-- --scale 10k`, `100k` (the default) or `1m`.
//!
//! Needs a display: the one that is there, else Xvfb. Each window is a process of its own, which tells what it sees of itself. Ends with 1 where a
//! line misses its goal.

mod scaled;
mod table;

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use zhanggui::app::{App, Start};
use zhanggui::jobs::printing::Spooler;
use zhanggui::ui::theme::{self, ThemeChoice};

use scaled::Scale;
use table::{Goal, Outcome, Table, argument, memory, say};

/// Each window is opened so often.
const ROUNDS: usize = 5;
/// After so long a window has settled.
const SETTLED: Duration = Duration::from_secs(3);
/// So long nobody touches it then.
const REST: Duration = Duration::from_secs(10);

/// A window that tells of itself: `shown` once its first frame is on the screen; with a file, the program on it.
struct Window {
    app: Option<App>,
    frames: u64,
}

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        if self.frames == 1 {
            // A second frame begins when the first is on the screen.
            let _ = say("shown");
        }
        self.frames += 1;
        if self.frames == 1 {
            ui.request_repaint();
        }
        FRAMES.store(self.frames, std::sync::atomic::Ordering::Relaxed);
        match &mut self.app {
            Some(app) => app.frame(ui),
            None => {
                ui.label("掌柜");
            }
        }
    }
}

static FRAMES: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);

/// The window's process: says its memory and the frames of its rest, and ends.
fn window(file: Option<&Path>) -> Outcome<()> {
    std::thread::spawn(|| {
        let frames = || FRAMES.load(std::sync::atomic::Ordering::Relaxed);
        std::thread::sleep(SETTLED);
        let before = frames();
        let _ = say(&format!("memory {}", memory("RssAnon").unwrap_or_default()));
        std::thread::sleep(REST);
        let _ = say(&format!("frames {}", frames() - before));
        std::process::exit(0);
    });
    let desk = file.map(|file| scaled::desk(file, "admin")).transpose()?;
    let viewport = egui::ViewportBuilder::default().with_inner_size([1280.0, 800.0]);
    let options =
        eframe::NativeOptions { renderer: eframe::Renderer::Glow, viewport, centered: true, system_font_fallback: false, ..Default::default() };
    let created = Box::new(|creation: &eframe::CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        theme::install(&creation.egui_ctx);
        let start = |desk| Start { desk, lang: None, theme: ThemeChoice::Light, terminal: false, spooler: Spooler::default(), demo: None };
        let app = desk.map(|desk| App::new(&creation.egui_ctx, start(desk)));
        Ok(Box::new(Window { app, frames: 0 }))
    });
    Ok(eframe::run_native("zhanggui", options, created)?)
}

/// What a window told: seconds until it was shown, MB, frames at rest.
struct Told {
    shown: f64,
    memory: f64,
    frames: f64,
}

/// Opens a window; with `whole` its rest is waited for, else it is closed once it is shown.
fn open(display: Option<&Display>, file: Option<&Path>, whole: bool) -> Outcome<Told> {
    let start = Instant::now();
    let mut command = Command::new(std::env::current_exe()?);
    command.arg("--window").stdout(Stdio::piped());
    if let Some(display) = display {
        command.env("DISPLAY", &display.name);
    }
    if let Some(file) = file {
        command.arg("--on").arg(file);
    }
    let mut child = command.spawn()?;
    let lines = BufReader::new(child.stdout.take().ok_or("no output")?).lines();
    let mut told = Told { shown: 0.0, memory: 0.0, frames: 0.0 };
    for line in lines {
        let line = line?;
        match line.split_once(' ') {
            None if line == "shown" => {
                told.shown = start.elapsed().as_secs_f64();
                if !whole {
                    break;
                }
            }
            Some(("memory", megabytes)) => told.memory = megabytes.parse()?,
            Some(("frames", frames)) => told.frames = frames.parse()?,
            _ => {}
        }
    }
    child.kill()?;
    child.wait()?;
    if told.shown > 0.0 { Ok(told) } else { Err("the window did not come".into()) }
}

/// A display of this benchmark's own, where there is none; gone with it.
struct Display {
    server: Child,
    name: String,
}

impl Drop for Display {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn display() -> Outcome<Option<Display>> {
    if std::env::var_os("DISPLAY").is_some() || std::env::var_os("WAYLAND_DISPLAY").is_some() {
        return Ok(None);
    }
    let mut server = Command::new("Xvfb")
        .args(["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut number = String::new();
    BufReader::new(server.stdout.take().ok_or("no output")?).read_line(&mut number)?;
    Ok(Some(Display { server, name: format!(":{}", number.trim()) }))
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() -> Outcome<()> {
    if std::env::args().any(|word| word == "--window") {
        return window(argument("--on").as_deref().map(Path::new));
    }
    let scale = Scale::asked();
    let mut table = Table::new(scale.name());
    let display = display()?;
    let open = |file, whole| open(display.as_ref(), file, whole);
    let folder = tempfile::tempdir()?;
    let path = scaled::copy(scale, folder.path())?;
    // A backup that is due would be work, not rest.
    let without = "INSERT INTO system_config (config_key, config_value) VALUES ('backup_automatic', 'false') ON CONFLICT (config_key) DO UPDATE SET config_value = 'false'";
    rusqlite::Connection::open(&path)?.execute(without, [])?;
    let (mut ours, mut empty) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        empty.push(open(None, false)?.shown);
        ours.push(open(Some(&path), false)?.shown);
    }
    let (ours, empty) = (median(ours), median(empty));
    table.line(
        "start to first frame",
        ours / empty,
        "×",
        Goal::AtMost(1.5),
        &format!("{:.0} ms, an empty window {:.0} ms", ours * 1000.0, empty * 1000.0),
    )?;
    let (ours, empty) = (open(Some(&path), true)?, open(None, true)?);
    let above = ours.memory - empty.memory;
    table.line(
        "memory above an empty window",
        above,
        "MB",
        Goal::AtMost(40.0),
        &format!("{:.0} MB, an empty window {:.0} MB", ours.memory, empty.memory),
    )?;
    table.line("frames in 10 s of rest", ours.frames, "", Goal::AtMost(0.0), "")?;
    table.end()
}
