//! The throw-away demo: made for a window of its own, or over the own file's window, which waits behind it as it was left.

use super::lock::forget_typing;
use super::{App, Start};
use crate::i18n::Lang;
use crate::jobs::Job;
use crate::jobs::printing::Spooler;
use crate::models::{Error, Result};
use crate::services::demo::{self, DemoSize};
use crate::services::{Desk, Setup, Wait, auth, operators};
use crate::ui::context::Data;
use crate::ui::theme::ThemeChoice;

/// A throw-away file with demo data, signed in as its administrator; as a terminal, its warehouse keeper is at it. Takes a second or two.
/// 5002 where there is no room for it.
pub fn demo_start(setup: Setup, lang: Option<Lang>, theme: ThemeChoice, terminal: bool) -> Result<Start> {
    let folder = tempfile::tempdir().map_err(|error| Error::File { path: std::env::temp_dir().display().to_string(), reason: error.to_string() })?;
    let mut desk = Desk::create(&folder.path().join("demo.db"), Wait::Window, setup)?;
    demo::create(&mut desk, DemoSize::WINDOW, 1, |_, _| true)?;
    if terminal {
        auth::act_as(&mut desk, "warehouse")?;
        operators::enter_terminal(&mut desk)?;
    } else {
        auth::act_as(&mut desk, "admin")?;
    }
    Ok(Start { desk, lang, theme, terminal, spooler: Spooler::default(), demo: Some(folder) })
}

/// A demo over the own file's window.
#[derive(Default)]
pub enum Visit {
    #[default]
    No,
    /// Its file is being filled.
    Making(Job<Start>),
    In(Box<App>),
}

impl App {
    /// Begins to make the demo beside the window; nothing of it is in the own file.
    pub(super) fn make_demo(&mut self) {
        if let Visit::No = self.visit {
            let (setup, lang, theme) = (self.desk.setup().clone(), self.look.lang, self.look.theme);
            let work = move || demo_start(setup, Some(lang), theme, false);
            self.visit = Visit::Making(Job::start("demo", self.wake.clone(), work));
        }
    }

    /// Draws the demo; whether there is one.
    pub(super) fn visit_frame(&mut self, ui: &mut egui::Ui) -> bool {
        if let Visit::Making(job) = &self.visit
            && let Some(made) = job.poll()
        {
            self.enter_demo(ui, made);
        }
        let Visit::In(demo) = &mut self.visit else { return false };
        demo.frame(ui);
        let is_covered = demo.desk.session().is_none_or(|session| session.locked);
        let failure = demo.unreadable.take();
        if failure.is_some() || demo.ended && demo.has_come_to_rest() {
            self.leave_demo(ui, failure);
        } else if is_covered && self.lock.is_none() {
            // Whoever locks the demo or signs out of it is gone: its password is no secret, and the own file is behind it.
            self.lock_now(ui, None);
        }
        true
    }

    fn enter_demo(&mut self, ctx: &egui::Context, made: Result<Start>) {
        self.visit = Visit::No;
        match made {
            Ok(start) => {
                forget_typing(ctx);
                let mut demo = App::new(ctx, start);
                demo.data = Data::Visit;
                self.visit = Visit::In(Box::new(demo));
            }
            Err(error) => self.back_at_entrance(Some(error)),
        }
        ctx.request_repaint();
    }

    /// Nothing of the demo's is under way any more: what was is cancelled.
    fn has_come_to_rest(&mut self) -> bool {
        self.jobs.cancel_all();
        self.jobs.running().next().is_none()
    }

    /// Back to the own file's window; the demo's file goes.
    fn leave_demo(&mut self, ctx: &egui::Context, failure: Option<Error>) {
        forget_typing(ctx);
        self.visit = Visit::No;
        self.look.apply(ctx);
        self.applied = self.look;
        // Whoever was at the demo was here.
        self.used_at = None;
        self.back_at_entrance(failure);
        ctx.request_repaint();
    }

    fn back_at_entrance(&mut self, failure: Option<Error>) {
        if let Some(entrance) = &mut self.entrance {
            entrance.back(failure);
        }
    }
}
