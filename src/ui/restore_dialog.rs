//! The dialog that brings a backup back: what is in it beside what is there now, the password, and the job.
//!
//! At the desk it asks for the own password; where the data file cannot be used, for name and password of the backup's own users.

use std::path::{Path, PathBuf};

use egui::{Id, Key, Ui};

use crate::i18n::{Lang, Texts};
use crate::jobs::list::{JobId, Jobs, Meter, Outcome, State, Task};
use crate::jobs::{self, Job, Wake};
use crate::models::backup::{Description, Facts, WithoutManifest};
use crate::models::money::grouped;
use crate::models::{Error, Zone};
use crate::services::{Desk, Setup, restore};
use crate::ui::context::Context;
use crate::ui::form::EnterChain;
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

/// Height of the dialog without its fields.
const AROUND: f32 = 172.0;
/// Width of the names of figures.
const NAME: f32 = 120.0;

/// What the dialog has of the window around it.
pub struct Site<'a> {
    pub t: &'static Texts,
    pub lang: Lang,
    pub zone: Zone,
    pub wake: &'a Wake,
    pub jobs: &'a mut Jobs,
    pub target: Target<'a>,
}

/// Where the backup goes.
#[derive(Clone, Copy)]
pub enum Target<'a> {
    /// Under the desk of the signed-in person.
    Desk(&'a Desk),
    /// In the place of a data file that cannot be used.
    File { path: &'a Path, setup: &'a Setup },
}

impl<'a> Site<'a> {
    /// The desk of a page.
    pub fn of(cx: &'a mut Context<'_>) -> Site<'a> {
        let zone = cx.zone();
        Site { t: cx.t, lang: cx.lang, zone, wake: cx.wake, jobs: cx.jobs, target: Target::Desk(cx.desk) }
    }
}

/// The dialog's state.
pub struct RestoreDialog {
    path: String,
    choosing: Option<Job<Option<PathBuf>>>,
    looking: Option<Job<Description>>,
    found: Option<Description>,
    /// Who restores, where nobody is signed in.
    name: String,
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
            name: String::new(),
            password: String::new(),
            shown: false,
            accept: false,
            job: None,
            failure: None,
        }
    }

    /// For this backup.
    pub fn new(site: &Site<'_>, path: &Path) -> RestoreDialog {
        let mut dialog = RestoreDialog { path: path.display().to_string(), ..RestoreDialog::choose() };
        dialog.look(site);
        dialog
    }

    /// Reads what is in it, beside the window.
    fn look(&mut self, site: &Site<'_>) {
        (self.failure, self.found) = (None, None);
        let (wake, from) = (site.wake.clone(), PathBuf::from(self.path.trim()));
        self.looking = Some(match site.target {
            Target::Desk(desk) => {
                let key = desk.key();
                Job::start("backup", wake, move || restore::describe(&key.open()?, &from, |_, _| true))
            }
            Target::File { path, .. } => {
                let path = path.to_owned();
                Job::start("backup", wake, move || restore::describe_at(&path, &from, |_, _| true))
            }
        });
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &Ui, site: &mut Site<'_>) -> bool {
        match self.choosing.as_ref().and_then(Job::poll) {
            Some(Ok(chosen)) => {
                self.choosing = None;
                if let Some(path) = chosen {
                    self.path = path.display().to_string();
                    self.look(site);
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
        if let Some(record) = self.job.and_then(|id| site.jobs.get(id)).filter(|record| !record.is_running()) {
            self.job = None;
            match &record.state {
                State::Failed(error) => self.failure = Some(error.clone()),
                State::Done(_) => return true,
                _ => {}
            }
        }
        let shown = dialog_ui(ui, "restore", size::FORM_WIDTH, |ui| self.body_ui(ui, site));
        (shown.inner || shown.closed) && self.job.is_none()
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, site: &mut Site<'_>) -> bool {
        let t = &site.t.backup;
        let mut closed = title_row(ui, t.restore_title, "", site.t.common.close);
        if let Some(id) = self.job {
            self.running_ui(ui, site, id);
            return false;
        }
        let top = ui.cursor().top();
        if let Some(error) = &self.failure {
            // Above what scrolls: it is seen wherever one was.
            banner_ui(ui, &Banner::new(Tone::Danger, &site.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let taken = ui.cursor().top() - top;
        ui.spacing_mut().scroll.bar_outer_margin = -size::FIELD_GAP;
        let room = ui.content_rect().height() - AROUND - taken;
        let fields = egui::ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| self.fields_ui(ui, site));
        let (mut look, mut go) = fields.inner;
        let ready = self.found.is_some();
        let named = matches!(site.target, Target::Desk(_)) || !self.name.trim().is_empty();
        let accepted = self.accept || self.found.as_ref().is_some_and(|found| found.made_at.is_some());
        let may = ready && named && !self.password.is_empty() && accepted;
        button_row(ui, |ui| {
            if ready {
                let why = if !accepted { t.needs_tick } else { t.needs_password };
                let restore = Button::danger(t.restore).icon(icons::ARROW_COUNTER_CLOCKWISE);
                go |= restore.reason((!may).then_some(why)).show(ui).clicked();
            } else {
                let empty = self.path.trim().is_empty();
                look |= Button::primary(t.look).keys("Enter").enabled(!empty).busy(self.looking.is_some(), t.looking).show(ui).clicked();
                if Button::secondary(site.t.imports.browse).icon(icons::FOLDER_OPEN).show(ui).clicked() && self.choosing.is_none() {
                    self.choosing = Some(jobs::choose_file(site.wake.clone(), t.file, t.title, &["db"]));
                }
            }
            closed |= Button::secondary(site.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        if go && may {
            self.start(site);
        } else if look && !ready && self.looking.is_none() && !self.path.trim().is_empty() {
            self.look(site);
        }
        closed
    }

    /// What is asked and what was found; whether Enter was pressed in the file's field, and in the last one.
    fn fields_ui(&mut self, ui: &mut Ui, site: &Site<'_>) -> (bool, bool) {
        let t = &site.t.backup;
        ui.spacing_mut().item_spacing.y = 0.0;
        let opened = just_opened(ui, "restore fields");
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
        if let Some(found) = &self.found {
            figures_ui(ui, site, found);
            let without = found.made_at.is_none();
            banner_ui(ui, &Banner::new(Tone::Warn, t.replaces, t.warning));
            ui.add_space(size::FIELD_GAP);
            if without {
                checkbox(ui, &mut self.accept, t.accept);
                ui.add_space(size::FIELD_GAP);
            }
            go = self.person_ui(ui, site);
        } else if self.looking.is_some() {
            ui.label(theme::secondary(palette(ui), t.looking));
        }
        (look, go)
    }

    /// Who restores, and his password; true where Enter was pressed in the last field.
    fn person_ui(&mut self, ui: &mut Ui, site: &Site<'_>) -> bool {
        let t = &site.t.backup;
        let first = just_opened(ui, "restore password");
        // After a failure it is mostly the password that is typed again.
        let again = self.failure.is_some();
        let by_name = matches!(site.target, Target::File { .. });
        let mut chain = EnterChain::default();
        if by_name {
            FieldUi::new(site.t.shell.admin_username).required(true).hint(t.admin_of_backup).show(ui, |ui| {
                let input = text_input_with_id(ui, Id::unique("restore name"), &mut self.name, InputOptions::default());
                if first && !again {
                    input.request_focus();
                    input.scroll_to_me(None);
                }
                chain.line(ui, &input);
            });
        }
        let label = if by_name { site.t.shell.password } else { t.password };
        let field = FieldUi::new(label).required(true).show(ui, |ui| {
            let eye = site.t.widgets.show_password;
            let input = password_input(ui, "restore password", &mut self.password, &mut self.shown, eye, InputOptions::default());
            if first && (!by_name || again) {
                input.request_focus();
                input.scroll_to_me(None);
            }
            chain.stop(&input);
            input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter))
        });
        chain.finish(ui);
        field.inner
    }

    fn running_ui(&self, ui: &mut Ui, site: &Site<'_>, id: JobId) {
        let Some(record) = site.jobs.get(id) else { return };
        let progress = record.progress();
        ui.label(theme::secondary(palette(ui), site.t.backup.restoring));
        ui.add_space(size::FIELD_GAP);
        progress_bar(ui, progress.share(), ui.available_width());
        ui.add_space(size::LABEL_GAP);
        ui.label(theme::label(palette(ui), job_list::progress_text(&record.task, &progress, site.lang)));
        button_row(ui, |ui| {
            if Button::secondary(site.t.common.cancel).show(ui).clicked() {
                site.jobs.cancel(id);
            }
        });
    }

    fn start(&mut self, site: &mut Site<'_>) {
        self.failure = None;
        let (from, password) = (PathBuf::from(self.path.trim()), std::mem::take(&mut self.password));
        let without = if self.accept { WithoutManifest::Accept } else { WithoutManifest::Refuse };
        let task = Task::Restore { file: from.clone() };
        let started = match site.target {
            Target::Desk(desk) => site.jobs.start(desk, task, move |desk: &mut Desk, meter: &Meter| {
                let restored = restore::run(desk, &from, &password, without, |done, of| meter.step(done, of))?;
                Ok(Outcome::Restored(Box::new(restored)))
            }),
            Target::File { path, setup } => {
                let (path, setup, name) = (path.to_owned(), setup.clone(), self.name.clone());
                site.jobs.start_for_nobody(setup.clock.now(), task, move |meter| {
                    let who = (name.as_str(), password.as_str());
                    let restored = restore::run_at(&path, &setup, &from, who, without, |done, of| meter.step(done, of))?;
                    Ok(Outcome::Restored(Box::new(restored)))
                })
            }
        };
        match started {
            Ok(id) => self.job = Some(id),
            Err(error) => self.failure = Some(error),
        }
    }
}

/// How many there are of something.
type Figure = fn(&Facts) -> i64;

/// What is there now, and what is in the backup.
fn figures_ui(ui: &mut Ui, site: &Site<'_>, found: &Description) {
    let t = &site.t.backup;
    let p = palette(ui);
    let made = found.made_at.map(|at| at.shown(site.zone)).unwrap_or_default();
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
    let compare = |ui: &mut Ui, name: &str, text: &dyn Fn(&Facts) -> String| {
        let then = text(&found.backup);
        let now = found.present.as_ref().map(text);
        line(ui, name, now.as_deref().unwrap_or("—"), &then, now.as_ref() != Some(&then));
    };
    compare(ui, t.company, &|facts| facts.company.clone());
    let figures: [(&str, Figure); 7] = [
        (t.users, |facts| facts.users),
        (t.customers, |facts| facts.customers),
        (t.products, |facts| facts.products),
        (t.quotes, |facts| facts.quotes),
        (t.orders, |facts| facts.orders),
        (t.payments, |facts| facts.payments),
        (t.movements, |facts| facts.movements),
    ];
    for (name, figure) in figures {
        compare(ui, name, &|facts| grouped(figure(facts).unsigned_abs()));
    }
    compare(ui, t.last_order, &|facts| facts.last_order_day.map(|day| day.to_string()).unwrap_or_default());
    ui.add_space(size::FIELD_GAP);
}
