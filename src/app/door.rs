//! The window before it has a data file: opened, or told why it cannot be used, and the way from there to the desk and back.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{App, Start};
use crate::i18n::Lang;
use crate::jobs::Wake;
use crate::jobs::list::{Jobs, Outcome, State};
use crate::jobs::printing::Spooler;
use crate::models::{Error, Result};
use crate::services::{Desk, Setup, Wait, auth};
use crate::ui::job_list;
use crate::ui::pages::entrance::data_file::{DataFile, Hall};
use crate::ui::theme::{self, Look, ThemeChoice};
use crate::ui::widgets::dialog::return_focus;

/// What the window opens with.
pub enum Opening {
    Desk(Box<Start>),
    Closed(Box<Closed>),
}

/// A data file that cannot be used, and how the window would have begun on it.
pub struct Closed {
    path: PathBuf,
    problem: Error,
    setup: Setup,
    lang: Option<Lang>,
    theme: ThemeChoice,
    terminal: bool,
}

impl Opening {
    /// The language from the command line.
    pub fn lang(&self) -> Option<Lang> {
        match self {
            Opening::Desk(start) => start.lang,
            Opening::Closed(closed) => closed.lang,
        }
    }

    pub fn is_terminal(&self) -> bool {
        match self {
            Opening::Desk(start) => start.terminal,
            Opening::Closed(closed) => closed.terminal,
        }
    }
}

/// Opens the data file for the window, creating it where there is none; what is wrong with it, where it cannot be used.
pub fn open(path: PathBuf, setup: Setup, lang: Option<Lang>, terminal: bool) -> Opening {
    match Desk::open_or_create(&path, Wait::Window, setup.clone()).and_then(readable) {
        Ok(desk) => Opening::Desk(Box::new(Start { desk, lang, theme: ThemeChoice::System, terminal, spooler: Spooler::default(), demo: None })),
        Err(problem) => Opening::Closed(Box::new(Closed { path, problem, setup, lang, theme: ThemeChoice::System, terminal })),
    }
}

/// A file may open and still not tell whose it is.
fn readable(desk: Desk) -> Result<Desk> {
    auth::is_first_run(&desk)?;
    desk.config()?;
    Ok(desk)
}

/// The window: at its door, or at the desk.
pub enum Program {
    Door(Box<Door>),
    App(Box<App>),
}

impl Program {
    /// The window's state; whatever it opens with.
    pub fn new(ctx: &egui::Context, opening: Opening) -> Program {
        match opening {
            Opening::Desk(start) => Program::App(Box::new(App::new(ctx, *start))),
            Opening::Closed(closed) => {
                theme::install(ctx);
                Program::Door(Box::new(Door::new(ctx, *closed)))
            }
        }
    }

    /// Draws one frame.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        self.draw(ui);
        return_focus(ui);
    }

    fn draw(&mut self, ui: &mut egui::Ui) {
        match self {
            Program::Door(door) => {
                if let Some(app) = door.frame(ui) {
                    *self = Program::App(app);
                    ui.request_repaint();
                }
            }
            Program::App(app) => {
                app.frame(ui);
                if let Some(problem) = app.unreadable.take() {
                    *self = Program::Door(Box::new(Door::of(ui, app, problem)));
                    ui.request_repaint();
                }
            }
        }
    }
}

impl eframe::App for Program {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}

/// The state of a window whose data file cannot be used.
pub struct Door {
    /// The file the program was started with: only this one is created where it is missing.
    given: PathBuf,
    setup: Setup,
    lang_given: Option<Lang>,
    terminal: bool,
    look: Look,
    /// The look the window has.
    applied: Look,
    page: DataFile,
    jobs: Jobs,
    wake: Wake,
}

impl Door {
    fn new(ctx: &egui::Context, closed: Closed) -> Door {
        let Closed { path, problem, setup, lang, theme, terminal } = closed;
        let waker = ctx.clone();
        let wake: Wake = Arc::new(move || waker.request_repaint());
        let look = Look { theme, lang: lang.unwrap_or_default(), ..Look::default() };
        look.apply(ctx);
        let (page, jobs) = (DataFile::new(&path, problem), Jobs::new(wake.clone(), Spooler::default()));
        Door { given: path, setup, lang_given: lang, terminal, look, applied: look, page, jobs, wake }
    }

    /// Back from the desk: what was read a moment ago cannot be read any more.
    fn of(ctx: &egui::Context, app: &App, problem: Error) -> Door {
        let Look { lang, theme, .. } = app.look;
        let (path, setup) = (app.desk.key().path().to_owned(), app.desk.setup().clone());
        let given = app.lang_given.then_some(lang);
        let mut door = Door::new(ctx, Closed { path, problem, setup, lang: given, theme, terminal: app.terminal.is_some() });
        door.look.lang = lang;
        door
    }

    /// The desk, once there is a file to be at.
    fn frame(&mut self, ui: &mut egui::Ui) -> Option<Box<App>> {
        if self.applied != self.look {
            self.look.apply(ui);
            self.applied = self.look;
        }
        if self.jobs.running().next().is_some() && ui.input(|input| input.viewport().close_requested()) {
            ui.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.jobs.cancel_all();
        }
        if let Some(app) = self.restored(ui) {
            return Some(app);
        }
        let Look { lang, theme, .. } = &mut self.look;
        let mut hall = Hall { setup: &self.setup, t: lang.texts(), lang, theme, wake: &self.wake, jobs: &mut self.jobs };
        let path = self.page.ui(ui, &mut hall)?;
        self.open(ui, &path)
    }

    /// A restore that is done: its data, and the word of it for whoever signs in first.
    fn restored(&mut self, ctx: &egui::Context) -> Option<Box<App>> {
        let ended = self.jobs.poll();
        let record = ended.iter().filter_map(|id| self.jobs.get(*id)).find(|record| matches!(record.state, State::Done(Outcome::Restored(_))))?;
        let notice = job_list::notice(record, self.look.lang);
        let path = self.page.path().to_owned();
        let mut app = self.open(ctx, &path)?;
        app.after_restore = notice;
        Some(app)
    }

    /// Opens this file; where it cannot be used either, the door speaks of it from then on.
    fn open(&mut self, ctx: &egui::Context, path: &Path) -> Option<Box<App>> {
        let setup = self.setup.clone();
        let opened = if path == self.given { Desk::open_or_create(path, Wait::Window, setup) } else { Desk::open(path, Wait::Window, setup) };
        match opened.and_then(readable) {
            Ok(desk) => {
                let start =
                    Start { desk, lang: self.lang_given, theme: self.look.theme, terminal: self.terminal, spooler: Spooler::default(), demo: None };
                Some(Box::new(App::new(ctx, start)))
            }
            Err(problem) => {
                self.page = DataFile::new(path, problem);
                ctx.request_repaint();
                None
            }
        }
    }
}
