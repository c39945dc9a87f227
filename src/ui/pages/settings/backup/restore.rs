//! The dialog that brings a backup back: what is in it beside what is there now, the own password, and the job.

use std::path::{Path, PathBuf};

use egui::{Id, Key, Ui};

use crate::jobs::list::{JobId, Meter, Outcome, State, Task};
use crate::jobs::{self, Job};
use crate::models::Error;
use crate::models::backup::{Description, Facts, WithoutManifest};
use crate::models::money::grouped;
use crate::services::{Desk, restore};
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::job_list;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, checkbox, password_input, text_input_with_id};
use crate::ui::widgets::paint;
use crate::ui::widgets::progress::progress_bar;

/// Width of the names of figures.
const NAME: f32 = 120.0;

/// The dialog's state.
pub struct RestoreDialog {
    path: String,
    choosing: Option<Job<Option<PathBuf>>>,
    looking: Option<Job<Description>>,
    found: Option<Description>,
    password: String,
    shown: bool,
    accept: bool,
    job: Option<JobId>,
    failure: Option<Error>,
}

impl RestoreDialog {
    /// For a file that is yet to be named.
    pub fn choose() -> RestoreDialog {
        let path = String::new();
        RestoreDialog {
            path,
            choosing: None,
            looking: None,
            found: None,
            password: String::new(),
            shown: false,
            accept: false,
            job: None,
            failure: None,
        }
    }

    /// For this backup.
    pub fn new(cx: &Context<'_>, path: &Path) -> RestoreDialog {
        let mut dialog = RestoreDialog { path: path.display().to_string(), ..RestoreDialog::choose() };
        dialog.look(cx);
        dialog
    }

    /// Reads what is in it, beside the window.
    fn look(&mut self, cx: &Context<'_>) {
        (self.failure, self.found) = (None, None);
        let (key, path) = (cx.desk.key(), PathBuf::from(self.path.trim()));
        self.looking = Some(Job::start("backup", cx.wake.clone(), move || restore::describe(&key.open()?, &path, |_, _| true)));
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        match self.choosing.as_ref().and_then(Job::poll) {
            Some(Ok(chosen)) => {
                self.choosing = None;
                if let Some(path) = chosen {
                    self.path = path.display().to_string();
                    self.look(cx);
                }
            }
            Some(Err(error)) => {
                self.choosing = None;
                self.failure = Some(error);
            }
            None => {}
        }
        if let Some(outcome) = self.looking.as_ref().and_then(Job::poll) {
            self.looking = None;
            match outcome {
                Ok(found) => self.found = Some(found),
                Err(error) => self.failure = Some(error),
            }
        }
        if let Some(record) = self.job.and_then(|id| cx.jobs.get(id)).filter(|record| !record.is_running()) {
            self.job = None;
            match &record.state {
                State::Failed(error) => self.failure = Some(error.clone()),
                State::Done(_) => return true,
                _ => {}
            }
        }
        let shown = dialog_ui(ui, "restore", size::FORM_WIDTH, |ui| self.body_ui(ui, cx));
        (shown.inner || shown.closed) && self.job.is_none()
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.backup;
        let opened = just_opened(ui, "restore fields");
        let mut closed = title_row(ui, t.restore_title, "", cx.t.common.close);
        if let Some(error) = &self.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        if let Some(id) = self.job {
            self.running_ui(ui, cx, id);
            return false;
        }
        let (mut look, mut go) = (false, false);
        FieldUi::new(t.file).show(ui, |ui| {
            let input = text_input_with_id(ui, Id::unique("restore file"), &mut self.path, InputOptions::default());
            if opened && self.path.is_empty() {
                input.request_focus();
            }
            if input.changed() {
                self.found = None;
            }
            look = input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
        });
        let ready = self.found.is_some();
        if let Some(found) = &self.found {
            figures_ui(ui, cx, found);
            let without = found.made_at.is_none();
            banner_ui(ui, &Banner::new(Tone::Warn, t.replaces, t.warning));
            ui.add_space(size::FIELD_GAP);
            if without {
                checkbox(ui, &mut self.accept, t.accept);
                ui.add_space(size::FIELD_GAP);
            }
            let first = just_opened(ui, "restore password");
            FieldUi::new(t.password).required(true).show(ui, |ui| {
                let options = InputOptions::default();
                let input = password_input(ui, "restore password", &mut self.password, &mut self.shown, cx.t.shell.password, options);
                if first {
                    input.request_focus();
                }
                go = input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
            });
        } else if self.looking.is_some() {
            ui.label(theme::secondary(palette(ui), t.looking));
        }
        let may = ready && !self.password.is_empty() && (self.accept || self.found.as_ref().is_some_and(|found| found.made_at.is_some()));
        button_row(ui, |ui| {
            if ready {
                go |= Button::danger(t.restore).icon(icons::ARROW_COUNTER_CLOCKWISE).enabled(may).show(ui).clicked();
            } else {
                let empty = self.path.trim().is_empty();
                look |= Button::primary(t.look).keys("Enter").enabled(!empty).busy(self.looking.is_some(), t.looking).show(ui).clicked();
                if Button::secondary(cx.t.imports.browse).icon(icons::FOLDER_OPEN).show(ui).clicked() && self.choosing.is_none() {
                    self.choosing = Some(jobs::choose_file(cx.wake.clone(), t.file, t.title, &["db"]));
                }
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        if go && may {
            self.start(cx);
        } else if look && !ready && self.looking.is_none() && !self.path.trim().is_empty() {
            self.look(cx);
        }
        closed
    }

    fn running_ui(&self, ui: &mut Ui, cx: &mut Context<'_>, id: JobId) {
        let Some(record) = cx.jobs.get(id) else { return };
        let progress = record.progress();
        ui.label(theme::secondary(palette(ui), cx.t.backup.restoring));
        ui.add_space(size::FIELD_GAP);
        progress_bar(ui, progress.share(), ui.available_width());
        ui.add_space(size::LABEL_GAP);
        ui.label(theme::label(palette(ui), job_list::progress_text(&progress, cx.lang)));
        button_row(ui, |ui| {
            if Button::secondary(cx.t.common.cancel).show(ui).clicked() {
                cx.jobs.cancel(id);
            }
        });
    }

    fn start(&mut self, cx: &mut Context<'_>) {
        self.failure = None;
        let (from, password) = (PathBuf::from(self.path.trim()), std::mem::take(&mut self.password));
        let without = if self.accept { WithoutManifest::Accept } else { WithoutManifest::Refuse };
        let task = Task::Restore { file: from.clone() };
        let work = move |desk: &mut Desk, meter: &Meter| {
            let restored = restore::run(desk, &from, &password, without, |done, of| meter.step(done, of))?;
            Ok(Outcome::Restored(Box::new(restored)))
        };
        match cx.jobs.start(cx.desk, task, work) {
            Ok(id) => self.job = Some(id),
            Err(error) => self.failure = Some(error),
        }
    }
}

/// What is there now, and what is in the backup.
fn figures_ui(ui: &mut Ui, cx: &Context<'_>, found: &Description) {
    let t = &cx.t.backup;
    let p = palette(ui);
    let made = found.made_at.map(|at| at.shown(cx.zone())).unwrap_or_default();
    let line = |ui: &mut Ui, name: &str, now: &str, then: &str, differs: bool| {
        paint::row_ui(ui, size::CONTROL_MINI, |ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            let column = (size::FORM_WIDTH - 40.0 - NAME) / 2.0;
            let color = if differs { p.text } else { p.text_2 };
            for (text, width, color) in [(name, NAME, p.text_2), (now, column, color), (then, column, color)] {
                let (rect, response) = ui.allocate_exact_size(egui::vec2(width, size::CONTROL_MINI), egui::Sense::hover());
                paint::text_left(ui, rect, text, theme::font(size::TEXT_BODY), color);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, text));
            }
        });
    };
    line(ui, "", t.there, &format!("{} {made}", t.in_backup), false);
    line(ui, t.company, &found.present.company, &found.backup.company, found.present.company != found.backup.company);
    let figures = |facts: &Facts| {
        [facts.users, facts.customers, facts.products, facts.quotes, facts.orders, facts.payments, facts.movements].map(i64::unsigned_abs)
    };
    let names = [t.users, t.customers, t.products, t.quotes, t.orders, t.payments, t.movements];
    for ((name, now), then) in names.into_iter().zip(figures(&found.present)).zip(figures(&found.backup)) {
        line(ui, name, &grouped(now), &grouped(then), now != then);
    }
    let day = |facts: &Facts| facts.last_order_day.map(|day| day.to_string()).unwrap_or_default();
    line(ui, t.last_order, &day(&found.present), &day(&found.backup), day(&found.present) != day(&found.backup));
    ui.add_space(size::FIELD_GAP);
}
