//! The entrance to a data file that cannot be used: what is wrong with it, and the ways out. Nothing here changes the file but a restore.

use std::path::{Path, PathBuf};

use egui::{Align, CentralPanel, Frame, Id, Key, Label, Layout, Margin, Modifiers, ScrollArea, Stroke, Ui, UiBuilder, vec2};

use super::brand;
use crate::i18n::{Lang, Texts};
use crate::jobs::list::Jobs;
use crate::jobs::{self, Job, Wake};
use crate::models::error::FileProblem;
use crate::models::{Error, Result};
use crate::services::{Setup, backup, restore};
use crate::ui::icons;
use crate::ui::restore_dialog::{RestoreDialog, Site, Target};
use crate::ui::theme::{self, ThemeChoice, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};

/// Width of the form, as everywhere in the entrance.
const WIDTH: f32 = 360.0;
/// Height of all of it, about.
const HEIGHT: f32 = 420.0;
/// How often a file that is in use is tried again, in seconds.
const EVERY: f32 = 1.0;

/// What the page needs from the window.
pub struct Hall<'a> {
    pub setup: &'a Setup,
    pub t: &'static Texts,
    pub lang: &'a mut Lang,
    pub theme: &'a mut ThemeChoice,
    pub wake: &'a Wake,
    pub jobs: &'a mut Jobs,
}

/// The page's state.
pub struct DataFile {
    path: PathBuf,
    problem: Error,
    /// A restore would put it right.
    mends: bool,
    /// Beside the data file, where there is one.
    backups: Option<PathBuf>,
    other: Option<Other>,
    restoring: Option<RestoreDialog>,
    opener: Option<Job<()>>,
    failure: Option<Error>,
    /// When a file in use was tried the last time, in the window's seconds.
    tried: Option<f64>,
}

/// The dialog that names another file.
struct Other {
    path: String,
    choosing: Option<Job<Option<PathBuf>>>,
}

impl DataFile {
    /// For a file that could not be opened.
    pub fn new(path: &Path, problem: Error) -> DataFile {
        let folder = backup::default_folder(path);
        DataFile {
            mends: restore::mends(path, &problem),
            path: path.to_owned(),
            problem,
            backups: folder.is_dir().then_some(folder),
            other: None,
            restoring: None,
            opener: None,
            failure: None,
            tried: None,
        }
    }

    /// The file it speaks of.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Draws the page; the file that is to be opened, once there is one.
    pub fn ui(&mut self, ui: &mut Ui, hall: &mut Hall<'_>) -> Option<PathBuf> {
        if let Some(outcome) = self.opener.as_ref().and_then(Job::poll) {
            self.opener = None;
            self.failure = outcome.err().or(self.failure.take());
        }
        brand::panel_ui(ui, hall.t, hall.setup.clock.now().day(hall.setup.zone));
        let frame = Frame::new().fill(palette(ui).surface);
        let mut open = CentralPanel::default().frame(frame).show(ui, |ui| self.right_ui(ui, hall)).inner;
        open = open.or(self.other_ui(ui, hall)).or(self.again_by_itself(ui));
        if let Some(dialog) = &mut self.restoring {
            let target = Target::File { path: &self.path, setup: hall.setup };
            let mut site = Site { t: hall.t, lang: *hall.lang, zone: hall.setup.zone, wake: hall.wake, jobs: hall.jobs, target };
            if dialog.ui(ui, &mut site) {
                self.restoring = None;
                ui.request_repaint();
            }
        }
        open
    }

    fn right_ui(&mut self, ui: &mut Ui, hall: &mut Hall<'_>) -> Option<PathBuf> {
        let room = ui.max_rect();
        let top = room.with_max_y(room.top() + 62.0).shrink2(vec2(20.0, 14.0));
        ui.scope_builder(UiBuilder::new().max_rect(top).layout(Layout::right_to_left(Align::Center)), |ui| {
            brand::switches_ui(ui, hall.t, hall.lang, hall.theme);
        });
        let top = (room.center().y - HEIGHT / 2.0).max(room.top() + 62.0);
        let left = room.center().x - WIDTH / 2.0;
        let area = egui::Rect::from_min_max(egui::pos2(left, top), egui::pos2(left + WIDTH, room.bottom()));
        let body = UiBuilder::new().max_rect(area).layout(Layout::top_down(Align::Min));
        ui.scope_builder(body, |ui| ScrollArea::vertical().auto_shrink(false).show(ui, |ui| self.body_ui(ui, hall)).inner).inner
    }

    fn body_ui(&mut self, ui: &mut Ui, hall: &Hall<'_>) -> Option<PathBuf> {
        let t = &hall.t.data_file;
        let p = palette(ui);
        ui.spacing_mut().item_spacing.y = 0.0;
        ui.set_width(WIDTH);
        let (title, more) = hall.lang.data_file(&self.problem, self.mends);
        ui.label(theme::title(&title));
        ui.add_space(8.0);
        ui.add(Label::new(theme::secondary(p, more)).wrap());
        ui.add_space(size::FIELD_GAP);
        let frame = Frame::new().fill(p.sunken).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS);
        frame.inner_margin(Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(theme::label(p, t.path));
            ui.add_space(2.0);
            ui.add(Label::new(self.path.display().to_string()).wrap());
        });
        ui.add_space(size::PAGE_PADDING);
        if let Some(error) = &self.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &hall.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let opened = just_opened(ui, "data file");
        let mut asked = None;
        for (at, way) in self.ways().into_iter().enumerate() {
            let (icon, text) = match way {
                Way::Restore => (icons::ARROW_COUNTER_CLOCKWISE, t.restore),
                Way::Again => (icons::ARROW_CLOCKWISE, hall.t.common.retry),
                Way::Other => (icons::FOLDER_OPEN, t.other),
                Way::Backups => (icons::HARD_DRIVES, t.folder),
            };
            let button = if at == 0 { Button::primary(text).keys("Enter") } else { Button::secondary(text) };
            let button = button.icon(icon).large().full_width().show(ui);
            if at == 0 && opened {
                button.request_focus();
            }
            // Enter is the first way's also where a click elsewhere took the keyboard from it.
            let free = at == 0 && ui.memory(|memory| memory.focused().is_none() && memory.top_modal_layer().is_none());
            if button.clicked() || free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
                asked = Some(way);
            }
            ui.add_space(size::BUTTON_GAP);
        }
        self.follow(asked?, hall)
    }

    /// What can be done, the best first. A newer version's data are never written over by a backup.
    fn ways(&self) -> Vec<Way> {
        let newer = matches!(self.problem, Error::DataFile { problem: FileProblem::Newer, .. });
        let first = match self.problem {
            _ if self.mends => &[Way::Restore, Way::Other, Way::Again][..],
            Error::DataFile { problem: FileProblem::Foreign | FileProblem::Newer, .. } => &[Way::Other, Way::Again],
            _ => &[Way::Again, Way::Other],
        };
        let mut ways = first.to_vec();
        if self.backups.is_some() && (self.mends || newer) {
            ways.push(Way::Backups);
        }
        ways
    }

    fn follow(&mut self, way: Way, hall: &Hall<'_>) -> Option<PathBuf> {
        self.failure = None;
        match way {
            Way::Again => return Some(self.path.clone()),
            Way::Restore => self.restoring = Some(RestoreDialog::choose()),
            Way::Other => self.other = Some(Other { path: String::new(), choosing: None }),
            Way::Backups => self.opener = self.backups.as_ref().map(|folder| jobs::open_with_system(hall.wake.clone(), folder)),
        }
        None
    }

    /// A file in use opens by itself once it is free.
    fn again_by_itself(&mut self, ui: &Ui) -> Option<PathBuf> {
        let waits = self.problem == Error::Busy && self.other.is_none();
        let now = ui.input(|input| input.time);
        let since = *self.tried.get_or_insert(now);
        if !waits {
            return None;
        }
        ui.request_repaint_after_secs(EVERY);
        (now - since >= f64::from(EVERY)).then(|| self.path.clone())
    }

    fn other_ui(&mut self, ui: &Ui, hall: &Hall<'_>) -> Option<PathBuf> {
        let other = self.other.as_mut()?;
        let t = hall.t;
        if let Some(chosen) = other.choosing.as_ref().and_then(Job::poll) {
            other.take(chosen, &mut self.failure);
        }
        let opened = just_opened(ui, "other data file field");
        let (mut open, mut closed) = (false, false);
        let shown = dialog_ui(ui, "other data file", size::FORM_WIDTH, |ui| {
            closed = title_row(ui, t.data_file.other, "", t.common.close);
            FieldUi::new(t.data_file.path).hint(t.data_file.other_more).show(ui, |ui| {
                let input = text_input_with_id(ui, Id::unique("other data file"), &mut other.path, InputOptions::default());
                if opened {
                    input.request_focus();
                }
                open = input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
            });
            button_row(ui, |ui| {
                let empty = other.path.trim().is_empty();
                open |= Button::primary(t.data_file.open).keys("Enter").enabled(!empty).show(ui).clicked();
                open &= !empty;
                if Button::secondary(t.imports.browse).icon(icons::FOLDER_OPEN).show(ui).clicked() && other.choosing.is_none() {
                    other.choosing = Some(jobs::choose_file(hall.wake.clone(), t.data_file.path, t.data_file.path, &["db"]));
                }
                closed |= Button::secondary(t.common.cancel).keys("Esc").show(ui).clicked();
            });
        });
        if open {
            return Some(PathBuf::from(other.path.trim()));
        }
        if closed || shown.closed {
            self.other = None;
            ui.request_repaint();
        }
        None
    }
}

impl Other {
    fn take(&mut self, chosen: Result<Option<PathBuf>>, failure: &mut Option<Error>) {
        self.choosing = None;
        match chosen {
            Ok(Some(path)) => self.path = path.display().to_string(),
            Ok(None) => {}
            Err(error) => *failure = Some(error),
        }
    }
}

/// A way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Restore,
    Again,
    Other,
    Backups,
}
