//! The window: owns the desk, the pages and the notices, and goes from page to page.

mod appearance;
mod demo;
mod door;
mod lock;
mod reminders;
mod shell;
mod terminal;
mod work;

use std::collections::HashMap;
use std::sync::Arc;

use crate::i18n::Lang;
use crate::jobs::list::Jobs;
use crate::jobs::printing::Spooler;
use crate::jobs::{Job, Wake, Watcher};
use crate::models::config::Config;
use crate::models::picture::PictureName;
use crate::models::rights::Rights;
use crate::models::session::Session;
use crate::models::{Error, Result, Timestamp, UserId};
use crate::services::{Desk, auth};
use crate::ui::context::{Context, Data, Follow, Notice, Plans};
use crate::ui::pages::Pages;
use crate::ui::pages::entrance::{Beginning, Entrance, Hall, Passed};
use crate::ui::pictures::Pictures;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Look, ThemeChoice};
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::toast::{Toast, Toasts};

/// How the window starts.
pub struct Start {
    pub desk: Desk,
    /// A language from the command line; else the person's, else the configuration's.
    pub lang: Option<Lang>,
    pub theme: ThemeChoice,
    /// Straight to the warehouse terminal, full screen.
    pub terminal: bool,
    /// The programs that print.
    pub spooler: Spooler,
    /// The throw-away demo: its folder goes when the window closes.
    pub demo: Option<tempfile::TempDir>,
}

pub use demo::demo_start;
pub use door::{Opening, Program, open};

/// The state of a window at an open data file.
pub struct App {
    desk: Desk,
    look: Look,
    /// The look the window has.
    applied: Look,
    /// The language is the command line's: what a person kept does not change it.
    lang_given: bool,
    appearance: appearance::Appearance,
    wake: Wake,
    _watcher: Watcher,
    _demo: Option<tempfile::TempDir>,
    data: Data,
    /// A demo over this file's window.
    visit: demo::Visit,
    /// This is the demo over another window, and it is over.
    ended: bool,
    entrance: Option<Entrance>,
    /// The warehouse terminal, where the window is one.
    terminal: Option<terminal::Warehouse>,
    /// The screen is covered.
    lock: Option<lock::Lock>,
    /// What others had open when they were locked out, each for himself.
    kept: HashMap<UserId, lock::Kept>,
    /// When the window was last used, by the desk's clock.
    used_at: Option<Timestamp>,
    /// Who else has unsaved work that closing would lose.
    closing_over: Option<String>,
    pages: Pages,
    pictures: Pictures,
    route: Option<Route>,
    /// Where to go once the open draft is dealt with.
    leaving: Option<Leaving>,
    /// 保存并离开 was chosen: the page is saving.
    saving_to_leave: bool,
    toasts: Toasts<Follow>,
    notices: Vec<Notice>,
    reminders: reminders::Watch,
    plans: Plans,
    shell: shell::Shell,
    facts: Option<Facts>,
    /// Long work beside the window, whoever is at it.
    jobs: Jobs,
    closing: work::Closing,
    /// When it was last asked whether a backup is due.
    backup_asked: Option<Timestamp>,
    /// What a restore came to, for whoever signs in next.
    after_restore: Option<Toast<Follow>>,
    /// The system's program that opens a file.
    opener: Option<Job<()>>,
    /// The file cannot be read any more: the window goes back to its door.
    unreadable: Option<Error>,
}

/// What every frame needs from the file, read when it changed.
struct Facts {
    revision: crate::services::Revision,
    session: Session,
    config: Config,
    rights: Rights,
    avatar: Option<PictureName>,
}

/// What was asked for while a draft is open.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Leaving {
    To(Route),
    SignOut,
    ToTerminal,
    EndDemo,
    Close,
}

impl App {
    /// The window's state on an open desk; signed in where the desk is.
    pub fn new(ctx: &egui::Context, start: Start) -> App {
        theme::install(ctx);
        let waker = ctx.clone();
        let wake: Wake = Arc::new(move || waker.request_repaint());
        let lang = start.lang.unwrap_or_else(|| start.desk.config().map(|config| config.lang).unwrap_or_default());
        let look = Look { theme: start.theme, lang, ..Look::default() };
        look.apply(ctx);
        let entrance = start.desk.session().is_none().then(|| Entrance::new(&start.desk));
        let terminal = start.terminal.then(|| terminal::Warehouse::new(&start.desk));
        App {
            _watcher: Watcher::start(&start.desk.key(), wake.clone()),
            desk: start.desk,
            look,
            applied: look,
            lang_given: start.lang.is_some(),
            appearance: appearance::Appearance::default(),
            jobs: Jobs::new(wake.clone(), start.spooler),
            closing: work::Closing::default(),
            backup_asked: None,
            after_restore: None,
            opener: None,
            unreadable: None,
            wake,
            data: if start.demo.is_some() { Data::Demo } else { Data::Own },
            visit: demo::Visit::default(),
            ended: false,
            _demo: start.demo,
            entrance,
            terminal,
            lock: None,
            kept: HashMap::new(),
            used_at: None,
            closing_over: None,
            pages: Pages::default(),
            pictures: Pictures::default(),
            route: None,
            leaving: None,
            saving_to_leave: false,
            toasts: Toasts::default(),
            notices: Vec::new(),
            reminders: reminders::Watch::default(),
            plans: Plans::default(),
            shell: shell::Shell::default(),
            facts: None,
        }
    }

    /// Draws one frame.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        if self.visit_frame(ui) {
            return;
        }
        if self.applied != self.look {
            self.look.apply(ui);
            self.applied = self.look;
        }
        if Shortcut::FullScreen.pressed_in_dialog(ui) {
            let full = ui.input(|input| input.viewport().fullscreen.unwrap_or(false));
            ui.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
        }
        self.jobs_frame(ui);
        if self.terminal.is_some() {
            self.warehouse_ui(ui);
        } else if self.lock.is_some() {
            self.lock_ui(ui);
        } else if self.entrance.is_some() {
            self.entrance_ui(ui);
        } else {
            match self.read_facts() {
                Ok(facts) => self.desk_ui(ui, facts),
                Err(error) => self.end_session(ui, &error),
            }
        }
        if self.applied != self.look {
            ui.request_repaint();
        }
    }

    fn entrance_ui(&mut self, ui: &mut egui::Ui) {
        // Who waits for a new password has no facts yet.
        let is_in = self.desk.session().is_some_and(|session| !session.must_change_password);
        if is_in && let Ok(facts) = self.read_facts() {
            let minutes = facts.config.idle_minutes;
            self.facts = Some(facts);
            self.watch_idle(ui, minutes);
        }
        let Some(entrance) = &mut self.entrance else { return };
        let mut hall = Hall {
            now: self.desk.clock().now(),
            desk: &mut self.desk,
            t: self.look.lang.texts(),
            lang: &mut self.look.lang,
            theme: &mut self.look.theme,
            wake: &self.wake,
            data: self.data,
            making_demo: matches!(self.visit, demo::Visit::Making(_)),
        };
        let passed = entrance.ui(ui, &mut hall);
        if let Some(error) = entrance.failure() {
            self.unreadable = unreadable(error);
        }
        if let Some(passed) = passed {
            self.pass(passed);
            ui.request_repaint();
        }
    }

    /// Beyond the entrance, or wherever it leads.
    fn pass(&mut self, passed: Passed) {
        match passed {
            Passed::Back => self.entrance = None,
            Passed::In(session) => {
                let must_change = session.must_change_password;
                self.desk.resume(Some(session));
                self.entrance = must_change.then(|| Entrance::new_password(&self.desk));
            }
            Passed::Founded(session) => {
                self.desk.resume(Some(session));
                self.entrance = Some(Entrance::begin(&self.desk));
            }
            Passed::Demo | Passed::Begin(Beginning::Demo) => self.make_demo(),
            Passed::EndDemo => self.ended = true,
            Passed::Begin(beginning) => {
                self.entrance = None;
                if beginning == Beginning::Import {
                    self.route = Some(Route::FirstImport);
                    self.pages.enter(Route::FirstImport);
                }
            }
        }
    }

    /// Session, configuration and rights; read again only when the file changed.
    /// Where it cannot be read just now, what was known goes on until the next frame; only an ended session ends it.
    fn read_facts(&mut self) -> Result<Facts> {
        let revision = self.desk.revision();
        let known = match self.facts.take() {
            Some(known) if known.revision == revision => return Ok(known),
            known => known,
        };
        match (self.fresh_facts(revision), known) {
            (Err(error), Some(known)) if error != Error::NotSignedIn => Ok(known),
            (fresh, _) => fresh,
        }
    }

    fn fresh_facts(&mut self, revision: crate::services::Revision) -> Result<Facts> {
        let rights = self.desk.rights()?;
        let session = self.desk.session().cloned().ok_or(Error::NotSignedIn)?;
        let user = auth::current_user(&self.desk)?;
        // What is shown of the person follows the file, as his rights do.
        let session = Session { full_name: user.full_name, role: user.role, ..session };
        self.desk.resume(Some(session.clone()));
        Ok(Facts { revision, session, config: self.desk.config()?, rights, avatar: user.avatar })
    }

    /// The session is over (disabled, restored, signed out elsewhere): back to the entrance.
    fn end_session(&mut self, ctx: &egui::Context, error: &Error) {
        self.desk.resume(None);
        self.unreadable = unreadable(error);
        self.leave_desk();
        self.entrance = Some(Entrance::after(&self.desk, error.clone()));
        ctx.request_repaint();
    }

    fn leave_desk(&mut self) {
        self.entrance = Some(Entrance::new(&self.desk));
        self.pages = Pages::default();
        self.route = None;
        self.notices.clear();
        self.toasts = Toasts::default();
        self.shell.leave();
        self.appearance.leave();
        self.reminders = reminders::Watch::default();
        self.plans = Plans::default();
        self.facts = None;
    }

    fn desk_ui(&mut self, ui: &mut egui::Ui, facts: Facts) {
        self.backup_frame(ui);
        if let Some(notice) = self.after_restore.take() {
            self.toasts.push(notice);
        }
        let App { appearance, desk, look, lang_given, .. } = self;
        appearance.frame(ui, desk, facts.session.user, look, *lang_given);
        let t = self.look.lang.texts();
        let now = self.desk.clock().now();
        let route =
            *self.route.get_or_insert_with(|| Route::NAVIGATION.iter().copied().find(|route| route.visible(&facts.rights)).unwrap_or(Route::Orders));
        let still = self.jobs.running().next().is_none();
        if still && ui.input(|input| input.viewport().close_requested()) {
            if self.pages.unsaved(route, t).is_some() {
                ui.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.leaving = Some(Leaving::Close);
            } else if let Some(name) = self.others_unsaved() {
                ui.send_viewport_cmd(egui::ViewportCommand::CancelClose);
                self.closing_over = Some(name);
            }
        }
        let App { desk, pages, pictures, toasts, jobs, notices, reminders, plans, shell, look, wake, data, .. } = self;
        let mut cx = Context {
            desk,
            t,
            lang: look.lang,
            look,
            session: &facts.session,
            config: &facts.config,
            rights: &facts.rights,
            toasts,
            jobs,
            notices,
            revision: facts.revision,
            now,
            today: now.day(facts.config.zone),
            wake,
            pictures,
            plans,
            data: *data,
            avatar: facts.avatar.as_ref(),
            go: None,
            asked: None,
            wish: None,
        };
        reminders.frame(ui, &mut cx);
        let mut asked = shell.ui(ui, &mut cx, route, reminders, |ui, cx| pages.ui(ui, cx, route));
        if let Some(follow) = cx.asked.take() {
            asked = Some(shell::Ask::Follow(follow));
        }
        if let Some(to) = cx.go.take() {
            asked = Some(shell::Ask::Go(to));
        }
        if let Some(follow) = self.toasts.show(ui, t, theme::size::STATUS_BAR) {
            asked = Some(shell::Ask::Follow(follow));
        }
        match asked {
            Some(shell::Ask::Go(to) | shell::Ask::Follow(Follow::Go(to))) if to != route => self.leave(Leaving::To(to), ui),
            Some(shell::Ask::SignOut) => self.leave(Leaving::SignOut, ui),
            Some(shell::Ask::Terminal) => self.leave(Leaving::ToTerminal, ui),
            Some(shell::Ask::EndDemo) => self.leave(Leaving::EndDemo, ui),
            Some(shell::Ask::Follow(follow)) => self.follow(follow),
            Some(shell::Ask::CheckData) => self.start_check(),
            Some(shell::Ask::Lock) => return self.lock_now(ui, None),
            Some(shell::Ask::ChangePassword) => self.entrance = Some(Entrance::change_password(&self.desk)),
            _ => {}
        }
        self.leaving_ui(ui);
        self.closing_over_others_ui(ui);
        let minutes = facts.config.idle_minutes;
        self.facts = Some(facts);
        self.watch_idle(ui, minutes);
    }

    /// Leaves the page, or asks first where something is not saved.
    fn leave(&mut self, leaving: Leaving, ctx: &egui::Context) {
        let unsaved = self.route.and_then(|route| self.pages.unsaved(route, self.look.lang.texts()));
        if unsaved.is_some() {
            self.leaving = Some(leaving);
        } else {
            self.left(leaving, ctx);
        }
    }

    /// The question 保存并离开 / 继续编辑 / 不保存.
    fn leaving_ui(&mut self, ui: &mut egui::Ui) {
        let (Some(leaving), Some(route)) = (self.leaving, self.route) else { return };
        let t = self.look.lang.texts();
        let Some(what) = self.pages.unsaved(route, t) else {
            self.leaving = None;
            self.saving_to_leave = false;
            self.left(leaving, ui);
            return;
        };
        if self.saving_to_leave {
            if !self.pages.is_saving(route) {
                // It could not be saved: the form stays, with its errors.
                self.leaving = None;
                self.saving_to_leave = false;
            }
            return;
        }
        let confirm = Confirm::unsaved(t, what, t.shell.unsaved_body, t.shell.save_and_leave);
        match confirm.show(ui, "leaving") {
            Some(Choice::Act) => {
                self.pages.save(route, ui);
                self.saving_to_leave = true;
                ui.request_repaint();
            }
            Some(Choice::Other) => {
                self.pages.discard(route);
                self.leaving = None;
                self.left(leaving, ui);
            }
            Some(Choice::WayOut) => self.leaving = None,
            None => {}
        }
    }

    fn left(&mut self, leaving: Leaving, ctx: &egui::Context) {
        match leaving {
            Leaving::To(route) => {
                self.route = Some(route);
                self.pages.enter(route);
            }
            Leaving::SignOut => {
                // Signing out must always work, even where the log row cannot be written now.
                let _ = auth::logout(&mut self.desk);
                self.desk.resume(None);
                self.leave_desk();
            }
            Leaving::ToTerminal => self.enter_terminal(),
            Leaving::EndDemo => self.ended = true,
            Leaving::Close => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
        ctx.request_repaint();
    }
}

/// Errors of the data file itself, which no page can do anything about.
fn unreadable(error: &Error) -> Option<Error> {
    matches!(error, Error::Database(_) | Error::DataFile { .. }).then(|| error.clone())
}

/// The product mark, for the system's lists of windows; none where it cannot be read.
fn icon() -> egui::IconData {
    eframe::icon_data::from_png_bytes(include_bytes!("../assets/linux/zhanggui-128.png")).unwrap_or_default()
}

/// Opens the window and runs it until it is closed.
pub fn run(opening: Opening) -> Result<()> {
    let lang = opening.lang().unwrap_or_default();
    let viewport = egui::ViewportBuilder::default()
        .with_title(lang.texts().shell.window_title)
        .with_app_id("zhanggui")
        .with_icon(icon())
        .with_inner_size([1280.0, 800.0])
        .with_fullscreen(opening.is_terminal())
        .with_min_inner_size([800.0, 560.0]);
    let options =
        eframe::NativeOptions { renderer: eframe::Renderer::Glow, viewport, centered: true, system_font_fallback: false, ..Default::default() };
    let created = Box::new(|creation: &eframe::CreationContext<'_>| -> std::result::Result<Box<dyn eframe::App>, _> {
        Ok(Box::new(Program::new(&creation.egui_ctx, opening)))
    });
    eframe::run_native("zhanggui", options, created).map_err(|error| Error::Internal(error.to_string()))
}
