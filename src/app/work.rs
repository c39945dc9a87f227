//! Long jobs in the window: their notices, what their links ask for, and the question before the window closes while one runs.

use crate::i18n::fill;
use crate::jobs::list::{JobId, Meter, Outcome, State, Task};
use crate::jobs::{Job, open_with_system};
use crate::models::session::Mode;
use crate::services::check::{self, Depth};
use crate::services::{Desk, backup};
use crate::ui::context::Follow;
use crate::ui::icons;
use crate::ui::job_list;
use crate::ui::theme::Tone;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::toast::Toast;

use super::App;

/// How often it is asked whether an automatic backup is due, in seconds.
const HOUR: i64 = 3600;

/// Whether the window is to close.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Closing {
    #[default]
    No,
    /// The person is asked: jobs are under way.
    Asked,
    /// It closes once the cancelled jobs have ended.
    WhenStill,
}

impl App {
    /// Once per frame, wherever the window is: takes what jobs ended with, and keeps the window open while one runs.
    pub(super) fn jobs_frame(&mut self, ui: &egui::Ui) {
        let ended = self.jobs.poll();
        if let Some(outcome) = self.opener.as_ref().and_then(Job::poll) {
            self.opener = None;
            if let Err(error) = outcome {
                self.toasts.push(Toast::error(self.look.lang.sentence(&error), ""));
            }
        }
        self.take_restore(&ended);
        let user = self.desk.session().filter(|session| session.mode == Mode::Full && !session.locked).map(|session| session.user);
        if let Some(user) = user {
            let seen = self.jobs.of(user).filter(|record| record.is_running() || ended.contains(&record.id));
            let notices: Vec<Toast<Follow>> = seen.filter_map(|record| job_list::notice(record, self.look.lang)).collect();
            notices.into_iter().for_each(|notice| self.toasts.push(notice));
        }
        self.closing_ui(ui);
    }

    /// A restore ends every session: its notice waits for whoever signs in next.
    fn take_restore(&mut self, ended: &[JobId]) {
        for id in ended {
            let Some(record) = self.jobs.get(*id) else { continue };
            if let State::Done(Outcome::Restored(_)) = &record.state {
                self.after_restore = job_list::notice(record, self.applied.lang);
            }
        }
    }

    /// Makes the automatic backup where one is due: when the person is at the desk first, then every hour (rulings §11).
    pub(super) fn backup_frame(&mut self, ctx: &egui::Context) {
        let now = self.desk.clock().now();
        let Some(asked) = self.backup_asked else {
            // What reads the whole file does not stand in the way of the first picture.
            self.backup_asked = Some(now.plus_seconds(-HOUR));
            ctx.request_repaint();
            return;
        };
        if self.data.is_demo() || (0..HOUR).contains(&now.seconds_since(asked)) {
            return;
        }
        self.backup_asked = Some(now);
        ctx.request_repaint_after_secs(HOUR as f32);
        // Asked here, so that no job comes and goes every hour for nothing.
        let due = backup::is_due(&self.desk).unwrap_or(false);
        let work = |desk: &mut Desk, meter: &Meter| {
            let made = backup::automatic(desk, |done, of| meter.step(done, of))?;
            Ok(Outcome::BackedUp(made.map(Box::new)))
        };
        if due && let Err(error) = self.jobs.start(&self.desk, Task::Backup { automatic: true }, work) {
            self.toasts.push(Toast::error(self.applied.lang.sentence(&error), ""));
        }
    }

    fn closing_ui(&mut self, ui: &egui::Ui) {
        let running = self.jobs.running().count();
        if ui.input(|input| input.viewport().close_requested()) && running > 0 {
            ui.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.closing = Closing::Asked;
        }
        match self.closing {
            Closing::No => {}
            Closing::WhenStill if running == 0 => ui.send_viewport_cmd(egui::ViewportCommand::Close),
            Closing::WhenStill => ui.request_repaint_after_secs(0.05),
            // What was asked about has ended meanwhile.
            Closing::Asked if running == 0 => self.closing = Closing::No,
            Closing::Asked => self.ask_before_closing(ui, running),
        }
    }

    fn ask_before_closing(&mut self, ui: &egui::Ui, running: usize) {
        let t = &self.look.lang.texts().jobs;
        // Behind the lock nobody reads what someone works on.
        let facts = self.jobs.running().filter(|_| self.lock.is_none()).map(|record| {
            let progress = record.progress();
            (job_list::title(&record.task, self.look.lang), job_list::progress_text(&record.task, &progress, self.look.lang))
        });
        let confirm = Confirm {
            icon: icons::WARNING,
            tone: Tone::Warn,
            title: fill(t.close_title, &[&running]),
            body: t.close_body.to_owned(),
            facts: facts.collect(),
            way_out: t.close_stay.to_owned(),
            act: t.close_act.to_owned(),
            other: None,
            danger: false,
            careful: true,
        };
        match confirm.show(ui, "close with jobs") {
            Some(Choice::Act) => {
                self.jobs.cancel_all();
                self.closing = Closing::WhenStill;
                ui.request_repaint();
            }
            Some(_) => self.closing = Closing::No,
            None => {}
        }
    }

    /// Checks the whole file beside the window.
    pub(super) fn start_check(&mut self) {
        let work = |desk: &mut Desk, meter: &Meter| check::run(desk, Depth::Full, |done, of| meter.step(done, of)).map(Outcome::Checked);
        if let Err(error) = self.jobs.start(&self.desk, Task::Check, work) {
            self.toasts.push(Toast::error(self.look.lang.sentence(&error), ""));
        }
    }

    /// Does what a link of a notice or of the job list asks for, where it is no other page.
    pub(super) fn follow(&mut self, follow: Follow) {
        match follow {
            Follow::Go(_) => {}
            Follow::OpenFile(path) | Follow::OpenFolder(path) => self.opener = Some(open_with_system(self.wake.clone(), &path)),
            Follow::Cancel(id) => self.jobs.cancel(id),
        }
    }
}
