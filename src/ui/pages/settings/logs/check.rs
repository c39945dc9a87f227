//! 「检查数据」: integrity, rules, foreign keys and the log's chain as a job; what is broken, and what to do about it.

use egui::{ScrollArea, Ui};

use crate::i18n::fill;
use crate::jobs::list::{JobId, Meter, Outcome, Record, State, Task};
use crate::models::{Error, Result};
use crate::services::Desk;
use crate::services::check::{self, Depth, Findings};
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::plain_chip;
use crate::ui::widgets::dialog::{button_row, dialog_ui, title_row};
use crate::ui::widgets::paint;
use crate::ui::widgets::progress::progress_bar;

/// What is around the list of findings.
const AROUND: f32 = 280.0;

/// A check under way, or what it found.
pub struct CheckDialog {
    job: Result<JobId>,
}

impl CheckDialog {
    /// Begins to check everything, or looks at the check that is under way.
    pub fn start(cx: &mut Context<'_>) -> CheckDialog {
        let under_way = cx.jobs.of(cx.session.user).find(|record| record.is_running() && record.task == Task::Check).map(|record| record.id);
        let work = |desk: &mut Desk, meter: &Meter| check::run(desk, Depth::Full, |done, of| meter.step(done, of)).map(Outcome::Checked);
        CheckDialog { job: under_way.map_or_else(|| cx.jobs.start(cx.desk, Task::Check, work), Ok) }
    }

    /// Draws the dialog; true once it is closed. The check goes on without it.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        let record = self.job.as_ref().ok().and_then(|id| cx.jobs.get(*id));
        let running = record.is_some_and(Record::is_running);
        let t = &cx.t.log_words;
        let (mut again, mut stop) = (false, false);
        let shown = dialog_ui(ui, "check", size::FORM_WIDTH, |ui| {
            let mut closed = title_row(ui, t.check_title, "", cx.t.common.close);
            let failed = |ui: &mut Ui, error: &Error| _ = banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            match (&self.job, record.map(|record| &record.state)) {
                (_, Some(State::Running)) => {
                    ui.label(theme::secondary(palette(ui), t.checking));
                    ui.add_space(size::FIELD_GAP);
                    progress_bar(ui, record.map_or(0.0, |record| record.progress().share()), ui.available_width());
                }
                (_, Some(State::Done(Outcome::Checked(findings)))) if findings.is_good() => {
                    banner_ui(ui, &Banner::new(Tone::Ok, t.check_good, &fill(t.check_good_more, &[&check::rules()])));
                }
                (_, Some(State::Done(Outcome::Checked(findings)))) => findings_ui(ui, cx, findings),
                (_, Some(State::Failed(error))) | (Err(error), _) => failed(ui, error),
                _ => failed(ui, &Error::Cancelled),
            }
            button_row(ui, |ui| {
                closed |= Button::primary(cx.t.common.close).keys("Esc").show(ui).clicked();
                if running {
                    stop = Button::secondary(t.check_stop).show(ui).clicked();
                    return;
                }
                again = Button::secondary(t.check_again).icon(icons::ARROW_CLOCKWISE).show(ui).clicked();
            });
            closed
        });
        if stop && let Ok(id) = &self.job {
            cx.jobs.cancel(*id);
        }
        if again {
            *self = CheckDialog::start(cx);
            ui.request_repaint();
        }
        shown.inner || shown.closed
    }
}

fn findings_ui(ui: &mut Ui, cx: &Context<'_>, findings: &Findings) {
    let t = &cx.t.log_words;
    let count = findings.broken.len() + usize::from(!findings.integrity.is_empty());
    banner_ui(ui, &Banner::new(Tone::Danger, &fill(t.check_bad, &[&count]), t.check_bad_more));
    ui.add_space(size::FIELD_GAP);
    let room = (ui.content_rect().height() - AROUND).max(size::DRAWER_WIDTH / 2.0);
    ScrollArea::vertical().max_height(room).show(ui, |ui| {
        if !findings.integrity.is_empty() {
            finding_ui(ui, cx, t.integrity, findings.integrity.len() as i64, &findings.integrity, t.remedy_file);
        }
        for broken in &findings.broken {
            let (name, remedy) = cx.lang.rule(broken.name);
            finding_ui(ui, cx, name, broken.count, &broken.examples, remedy);
        }
    });
}

fn finding_ui(ui: &mut Ui, cx: &Context<'_>, name: &str, count: i64, examples: &[String], remedy: &str) {
    let t = &cx.t.log_words;
    let p = palette(ui);
    ui.add_space(size::BUTTON_GAP);
    ui.horizontal(|ui| {
        ui.label(theme::icon(icons::X_CIRCLE, size::ICON).color(p.danger.fg));
        ui.label(theme::body_medium(name));
        plain_chip(ui, &fill(t.records, &[&count]), Tone::Danger);
    });
    ui.add(egui::Label::new(theme::label(p, fill(t.examples, &[&examples.join(cx.t.settings.and)]))).wrap());
    ui.add_space(size::LABEL_GAP);
    ui.add(egui::Label::new(theme::secondary(p, remedy)).wrap());
    ui.add_space(size::BUTTON_GAP);
    paint::divider(ui);
}
