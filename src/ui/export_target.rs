//! Where an export goes: the kind of file, its name, 浏览…, and the job that writes it. Shared by the dialog of the lists and the reports.

use std::path::{Path, PathBuf};

use egui::{Id, Key, Ui};

use crate::jobs::list::{Meter, Outcome, Task};
use crate::jobs::{self, Job};
use crate::models::export::{Export, ExportFormat, ExportKind, ExportRequest};
use crate::models::rights::Verb;
use crate::models::{Error, choice::Module};
use crate::services::{Desk, reports};
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::Field;
use crate::ui::widgets::input::{InputOptions, select_all, text_input_with_id};
use crate::ui::widgets::segment::form_segments;

/// Why a person may not export this; nothing where he may.
pub fn why_not(cx: &Context<'_>, kind: ExportKind) -> Option<String> {
    cx.why_not(Module::Analytics, Verb::View).or_else(|| cx.why_not(kind.module(), Verb::View))
}

/// What stands at a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    NoName,
    NoFolder,
    Taken,
    Free,
}

impl Place {
    fn of(path: &str) -> Place {
        let path = Path::new(path.trim());
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        match () {
            () if path.file_name().is_none() || path.is_dir() => Place::NoName,
            () if !folder.is_dir() => Place::NoFolder,
            () if path.exists() => Place::Taken,
            () => Place::Free,
        }
    }
}

/// The target as typed.
pub struct ExportTarget {
    format: ExportFormat,
    path: String,
    /// What was proposed, so that a typed path is never replaced.
    proposed: String,
    /// The path as it was last looked at, and what stood there.
    looked: Option<(String, Place)>,
    /// Replacing this file was agreed to.
    replace: Option<String>,
    choosing: Option<Job<Option<PathBuf>>>,
    failure: Option<Error>,
}

impl ExportTarget {
    /// In the person's documents, by kind and day; a name that is free.
    pub fn new(cx: &Context<'_>, kind: ExportKind) -> ExportTarget {
        let mut target = ExportTarget {
            format: ExportFormat::Excel,
            path: String::new(),
            proposed: String::new(),
            looked: None,
            replace: None,
            choosing: None,
            failure: None,
        };
        target.propose(cx, kind);
        target
    }

    /// Proposes a name, unless the person typed one.
    pub fn propose(&mut self, cx: &Context<'_>, kind: ExportKind) {
        if self.path == self.proposed {
            let name = format!("{}_{}", cx.lang.export_kind(kind), cx.today);
            self.proposed = jobs::free_name(&jobs::document_folder(), &name, self.format.ending()).display().to_string();
            self.path.clone_from(&self.proposed);
            self.failure = None;
        }
    }

    fn place(&mut self) -> Place {
        match &self.looked {
            Some((path, place)) if *path == self.path => *place,
            _ => {
                let place = Place::of(&self.path);
                self.looked = Some((self.path.clone(), place));
                place
            }
        }
    }

    /// Format and file; true where Enter asks for the export. `focus`: the keyboard begins on the file.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, salt: &str, focus: bool) -> bool {
        let t = &cx.t.exports;
        if let Some(outcome) = self.choosing.as_ref().and_then(Job::poll) {
            self.choosing = None;
            match outcome {
                Ok(Some(path)) => {
                    self.path = path.display().to_string();
                    // The system's dialog asked already.
                    self.replace = Some(self.path.clone());
                }
                Ok(None) => {}
                Err(error) => self.failure = Some(error),
            }
        }
        if let Some(error) = &self.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let before = self.format;
        Field::new(t.format).show(ui, |ui| {
            let choices: Vec<(ExportFormat, &str)> = ExportFormat::ALL.iter().map(|format| (*format, cx.lang.export_format(*format))).collect();
            form_segments(ui, (salt, "format"), &mut self.format, &choices);
        });
        if before != self.format {
            self.change_ending(before);
        }
        let wrong = match self.place() {
            Place::NoName => Some(t.no_file),
            Place::NoFolder => Some(t.no_folder),
            Place::Taken | Place::Free => None,
        };
        let mut entered = false;
        Field::new(t.file).error(wrong).show(ui, |ui| {
            let input = text_input_with_id(ui, Id::unique((salt, "export file")), &mut self.path, InputOptions::default());
            if focus {
                input.request_focus();
                select_all(ui, input.id, &self.path);
            }
            entered |= input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
        });
        if self.asks() {
            banner_ui(ui, &Banner::new(Tone::Warn, t.exists, ""));
            ui.add_space(size::FIELD_GAP);
        }
        entered
    }

    /// 浏览…: the system's dialog for the file.
    pub fn browse_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.exports;
        if Button::secondary(t.browse).icon(icons::FOLDER_OPEN).show(ui).clicked() && self.choosing.is_none() {
            let endings: &'static [&'static str] = if self.format == ExportFormat::Excel { &["xlsx"] } else { &["csv"] };
            let proposal = PathBuf::from(self.path.trim());
            self.choosing = Some(jobs::choose_target(cx.wake.clone(), t.file, proposal, cx.lang.export_format(self.format), endings));
        }
    }

    /// Whether the next press replaces a file.
    fn asks(&self) -> bool {
        self.replace.as_deref() == Some(self.path.as_str()) && matches!(self.looked, Some((_, Place::Taken)))
    }

    /// What the button says.
    pub fn act(&self, cx: &Context<'_>) -> &'static str {
        if self.asks() { cx.t.exports.replace } else { cx.t.exports.export }
    }

    fn change_ending(&mut self, before: ExportFormat) {
        let was_proposed = self.path == self.proposed;
        let ending = format!(".{}", before.ending());
        if let Some(stem) = self.path.strip_suffix(&ending) {
            self.path = format!("{stem}.{}", self.format.ending());
        }
        if was_proposed {
            self.proposed.clone_from(&self.path);
        }
    }

    /// Starts the export as a job; true where it was started. A file that is there is replaced only after it was asked about.
    pub fn start(&mut self, cx: &mut Context<'_>, export: Export) -> bool {
        self.looked = None;
        self.failure = None;
        match self.place() {
            Place::NoName | Place::NoFolder => return false,
            Place::Taken if self.replace.as_deref() != Some(self.path.as_str()) => {
                self.replace = Some(self.path.clone());
                return false;
            }
            Place::Taken | Place::Free => {}
        }
        let request = ExportRequest { export, format: self.format, path: PathBuf::from(self.path.trim()), lang: cx.lang };
        let task = Task::Export { kind: request.export.kind(), file: request.path.clone() };
        let work = move |desk: &mut Desk, meter: &Meter| reports::export(desk, &request, |done, of| meter.step(done, of)).map(Outcome::Exported);
        match cx.jobs.start(cx.desk, task, work) {
            Ok(_) => {
                self.replace = None;
                true
            }
            Err(error) => {
                self.failure = Some(error);
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_name_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
        assert_eq!(name(jobs::free_name(folder.path(), "a", "csv")), "a.csv");
        std::fs::write(folder.path().join("a.csv"), "").unwrap();
        assert_eq!(name(jobs::free_name(folder.path(), "a", "csv")), "a_2.csv");
        assert_eq!(Place::of(&folder.path().join("a.csv").display().to_string()), Place::Taken);
        assert_eq!(Place::of(&folder.path().join("no/a.csv").display().to_string()), Place::NoFolder);
        assert_eq!((Place::of(""), Place::of(&folder.path().display().to_string())), (Place::NoName, Place::NoName));
    }
}
