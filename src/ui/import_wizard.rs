//! 导入: from a file to its records in four steps – choose, columns, dry run, import. The jobs do the work; what a step shows stands in `columns` and `result`.

mod columns;
mod result;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Id, Key, Ui};

use crate::documents;
use crate::i18n::fill;
use crate::jobs::list::{JobId, Meter, Outcome, State, Task};
use crate::jobs::{self, Job};
use crate::models::choice::{Module, Scope};
use crate::models::import::{Existing, ImportField, ImportKind, ImportOptions, ImportReport, Preview, RowErrors};
use crate::models::rights::Verb;
use crate::models::{Error, Result};
use crate::services::imports::sheet::read_file;
use crate::services::{Desk, imports};
use crate::ui::context::{Context, Follow};
use crate::ui::icons;
use crate::ui::job_list;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::empty::EmptyButton;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::progress::progress_bar;
use crate::ui::widgets::stepper::{Step, StepState, stepper_ui};
use crate::ui::widgets::toast::Toast;

/// What a list page has of an import: its button, its key, and the wizard once it is open.
pub struct Import {
    kind: ImportKind,
    wizard: Option<ImportWizard>,
}

impl Import {
    pub fn new(kind: ImportKind) -> Import {
        Import { kind, wizard: None }
    }

    /// The button in the page's head.
    pub fn button_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let why = self.why_not(cx);
        let button = Button::ghost(cx.t.imports.key).icon(icons::UPLOAD_SIMPLE).reason(why.as_deref());
        // In a head of many buttons there is no room for the key.
        let button = if ui.available_width() < 200.0 { button } else { button.keys(Shortcut::Import.keys()) };
        if button.show(ui).clicked() || Shortcut::Import.pressed(ui) {
            self.begin(ui, cx);
        }
    }

    /// The button of an empty page; none where one may not import.
    pub fn offer(&self, cx: &Context<'_>) -> Option<EmptyButton<'static>> {
        let keys = Some(Shortcut::Import.keys());
        self.why_not(cx).is_none().then_some(EmptyButton { text: cx.t.imports.key, icon: Some(icons::UPLOAD_SIMPLE), keys, primary: false })
    }

    /// Opens the wizard, where one may.
    pub fn begin(&mut self, ctx: &egui::Context, cx: &Context<'_>) {
        if self.why_not(cx).is_none() {
            self.wizard = Some(ImportWizard::new(self.kind));
            ctx.request_repaint();
        }
    }

    /// As [`Import::begin`], for the first import of all: the wizard says where the other files go.
    pub fn begin_first(&mut self, ctx: &egui::Context, cx: &Context<'_>) {
        self.begin(ctx, cx);
        if let Some(wizard) = &mut self.wizard {
            wizard.first = true;
        }
    }

    /// Draws the wizard where it is open; true once it closes.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        let closed = self.wizard.as_mut().is_some_and(|wizard| wizard.ui(ui, cx));
        if closed {
            self.wizard = None;
            ui.request_repaint();
        }
        closed
    }

    /// Why one may not import this; services check again.
    fn why_not(&self, cx: &Context<'_>) -> Option<String> {
        let module = match self.kind {
            ImportKind::Customers => Module::Customer,
            ImportKind::Products => Module::Inventory,
            ImportKind::Orders => Module::Sales,
        };
        let right = cx.why_not(module, Verb::Create).or_else(|| cx.why_not(module, Verb::Update));
        let own = self.kind == ImportKind::Orders && cx.rights.scope(Module::Sales) == Scope::Own;
        right.or_else(|| own.then(|| cx.t.imports.needs_all.to_owned()))
    }
}

/// The endings of files that are taken.
const ENDINGS: &[&str] = &["xlsx", "xls", "csv", "txt", "tsv"];

/// A file as read: its bytes are what is tried out and what is imported.
#[derive(Clone)]
struct Loaded {
    name: String,
    bytes: Arc<[u8]>,
    preview: Arc<Preview>,
}

/// How far one is.
enum Stage {
    File,
    Columns,
    /// The dry run is under way, or was cancelled.
    Trying(JobId),
    /// The dry run went well.
    Tried(ImportReport),
    /// The file has errors.
    Refused(RowErrors),
    Importing(JobId),
    Done(ImportReport),
}

/// The wizard's state.
struct ImportWizard {
    kind: ImportKind,
    stage: Stage,
    path: String,
    choosing: Option<Job<Option<PathBuf>>>,
    reading: Option<Job<Loaded>>,
    file: Option<Loaded>,
    sheet: Option<String>,
    fields: Vec<Option<ImportField>>,
    existing: Existing,
    /// A workbook is written: the empty one, or the errors.
    writing: Option<(&'static str, Job<PathBuf>)>,
    failure: Option<Error>,
    cancelled: bool,
    /// Opened for the first import of all.
    first: bool,
}

impl ImportWizard {
    fn new(kind: ImportKind) -> ImportWizard {
        ImportWizard {
            kind,
            stage: Stage::File,
            path: String::new(),
            choosing: None,
            reading: None,
            file: None,
            sheet: None,
            fields: Vec::new(),
            existing: Existing::Skip,
            writing: None,
            failure: None,
            cancelled: false,
            first: false,
        }
    }

    /// Draws the wizard; true once it is done with. An import under way goes on without it.
    fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        self.take_results(cx);
        if let Some(path) = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned())) {
            self.path = path.display().to_string();
            self.stage = Stage::File;
            self.read(cx);
        }
        let shown = dialog_ui(ui, "import", size::WIZARD_WIDTH, |ui| self.body_ui(ui, cx));
        let closed = shown.inner || shown.closed;
        if closed && let Stage::Trying(id) = self.stage {
            cx.jobs.cancel(id);
        }
        closed
    }

    /// What the threads brought since the last frame.
    fn take_results(&mut self, cx: &mut Context<'_>) {
        match self.choosing.as_ref().and_then(Job::poll) {
            Some(Ok(chosen)) => {
                self.choosing = None;
                if let Some(path) = chosen {
                    self.path = path.display().to_string();
                    self.read(cx);
                }
            }
            Some(Err(error)) => {
                self.choosing = None;
                self.failure = Some(error);
            }
            None => {}
        }
        if let Some(outcome) = self.reading.as_ref().and_then(Job::poll) {
            self.reading = None;
            self.file_read(outcome);
        }
        if let Some((sentence, outcome)) = self.writing.as_ref().and_then(|(sentence, job)| job.poll().map(|outcome| (*sentence, outcome))) {
            self.writing = None;
            match outcome {
                Ok(path) => {
                    let toast = Toast::success(fill(sentence, &[&path.display()]));
                    cx.toasts.push(toast.action(cx.t.jobs.open_file, Follow::OpenFile(path)));
                }
                Err(error) => self.failure = Some(error),
            }
        }
        let (Stage::Trying(id) | Stage::Importing(id)) = self.stage else { return };
        let Some(record) = cx.jobs.get(id).filter(|record| !record.is_running()) else { return };
        match &record.state {
            State::Done(Outcome::Imported(report)) if report.dry_run => self.stage = Stage::Tried((**report).clone()),
            State::Done(Outcome::Imported(report)) => self.stage = Stage::Done((**report).clone()),
            State::Failed(Error::Rows(errors)) => self.stage = Stage::Refused(errors.clone()),
            State::Failed(error) => {
                self.failure = Some(error.clone());
                self.stage = Stage::Columns;
            }
            _ => {
                self.cancelled = true;
                self.stage = Stage::Columns;
            }
        }
    }

    fn file_read(&mut self, outcome: Result<Loaded>) {
        match outcome {
            Ok(file) => {
                self.fields.clone_from(&file.preview.fields);
                self.file = Some(file);
                self.stage = Stage::Columns;
            }
            Err(Error::Rows(errors)) if errors.total > 1 => self.stage = Stage::Refused(errors),
            Err(error) => {
                self.failure = Some(error);
                self.stage = Stage::File;
            }
        }
    }

    /// True where ✕ or 取消 was pressed, or all is done.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.imports;
        let closed = title_row(ui, &fill(t.title, &[&cx.lang.import_kind(self.kind)]), "", cx.t.common.close);
        let at = match self.stage {
            Stage::File => 0,
            Stage::Columns => 1,
            Stage::Trying(_) | Stage::Tried(_) | Stage::Refused(_) => 2,
            Stage::Importing(_) => 3,
            Stage::Done(_) => 4,
        };
        let state = |step: usize| match step.cmp(&at) {
            std::cmp::Ordering::Less => StepState::Done,
            std::cmp::Ordering::Equal => StepState::Current,
            std::cmp::Ordering::Greater => StepState::Later,
        };
        let titles = [t.step_file, t.step_columns, t.step_trial, t.step_done];
        let steps: Vec<Step<'_>> = (0..).zip(titles).map(|(step, title)| Step { title, note: "", state: state(step) }).collect();
        stepper_ui(ui, &steps);
        ui.add_space(size::FIELD_GAP);
        if self.first && matches!(self.stage, Stage::File | Stage::Done(_)) {
            let title = if matches!(self.stage, Stage::File) { t.first_title } else { t.first_done };
            banner_ui(ui, &Banner::new(Tone::Info, title, &fill(t.first_more, &[&Shortcut::Import.keys()])));
            ui.add_space(size::FIELD_GAP);
        }
        if let Some(error) = &self.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        if self.cancelled {
            banner_ui(ui, &Banner::new(Tone::Info, t.cancelled, ""));
            ui.add_space(size::FIELD_GAP);
        }
        let done = match self.stage {
            Stage::File => self.file_ui(ui, cx),
            Stage::Columns => self.columns_ui(ui, cx),
            Stage::Trying(id) => self.running_ui(ui, cx, id, t.trying),
            Stage::Importing(id) => self.running_ui(ui, cx, id, t.importing),
            Stage::Tried(_) | Stage::Done(_) => self.report_ui(ui, cx),
            Stage::Refused(_) => self.refused_ui(ui, cx),
        };
        closed || done
    }

    fn file_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.imports;
        let opened = just_opened(ui, "import file");
        let mut closed = false;
        let mut next = Shortcut::Save.pressed_in_dialog(ui);
        FieldUi::new(t.file).required(true).hint(t.file_more).show(ui, |ui| {
            let options = InputOptions { hint: t.file_hint, icon: Some(icons::FILE_XLS), ..Default::default() };
            let input = text_input_with_id(ui, Id::unique("import file"), &mut self.path, options);
            if opened {
                input.request_focus();
            }
            next |= input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
        });
        if link(ui, t.template).clicked() && self.writing.is_none() {
            self.write_template(cx);
        }
        let busy = self.reading.is_some();
        let empty = self.path.trim().is_empty();
        button_row(ui, |ui| {
            next |= Button::primary(t.next).keys("Enter").enabled(!empty).busy(busy, t.reading).show(ui).clicked();
            if Button::secondary(t.browse).icon(icons::FOLDER_OPEN).show(ui).clicked() && self.choosing.is_none() {
                self.choosing = Some(jobs::choose_file(cx.wake.clone(), t.file, t.file_kinds, ENDINGS));
            }
            closed = Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        if next && !busy && !empty {
            self.read(cx);
        }
        closed
    }

    /// Reads the file beside the window.
    fn read(&mut self, cx: &Context<'_>) {
        self.failure = None;
        self.cancelled = false;
        let (path, kind, key) = (PathBuf::from(self.path.trim().trim_matches('"')), self.kind, cx.desk.key());
        let sheet = self.sheet.take();
        self.reading = Some(Job::start("import file", cx.wake.clone(), move || {
            let bytes: Arc<[u8]> = read_file(&path)?.into();
            let preview = imports::preview(&key.open()?, kind, &bytes, sheet.as_deref())?.into();
            Ok(Loaded { name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes, preview })
        }));
    }

    /// Another sheet of the same file.
    fn read_sheet(&mut self, cx: &Context<'_>, name: String) {
        let Some(file) = self.file.clone() else { return };
        self.failure = None;
        let (kind, key) = (self.kind, cx.desk.key());
        self.sheet = Some(name.clone());
        self.reading = Some(Job::start("import file", cx.wake.clone(), move || {
            Ok(Loaded { preview: imports::preview(&key.open()?, kind, &file.bytes, Some(&name))?.into(), ..file })
        }));
    }

    fn running_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: JobId, what: &str) -> bool {
        let t = &cx.t.imports;
        let p = palette(ui);
        let Some(record) = cx.jobs.get(id) else { return true };
        let progress = record.progress();
        let stopping = record.is_stopping();
        ui.label(theme::secondary(p, what));
        ui.add_space(size::FIELD_GAP);
        progress_bar(ui, progress.share(), ui.available_width());
        ui.add_space(size::LABEL_GAP);
        let text = if stopping { cx.t.jobs.stopping.to_owned() } else { job_list::progress_text(&record.task, &progress, cx.lang) };
        ui.label(theme::label(p, text));
        let mut closed = false;
        button_row(ui, |ui| {
            if matches!(self.stage, Stage::Importing(_)) {
                closed = Button::primary(t.in_background).keys("Esc").show(ui).clicked();
            }
            if Button::secondary(cx.t.common.cancel).enabled(!stopping).show(ui).clicked() {
                cx.jobs.cancel(id);
            }
        });
        closed
    }

    /// Starts the dry run or the import of the file as it was read.
    fn start(&mut self, cx: &mut Context<'_>, dry_run: bool) {
        let Some(file) = &self.file else { return };
        self.failure = None;
        self.cancelled = false;
        let mut options = ImportOptions::new(&file.name);
        (options.existing, options.dry_run, options.sheet) = (self.existing, dry_run, self.sheet.clone());
        options.map = columns::map(&file.preview.headings, &self.fields);
        let (kind, bytes) = (self.kind, file.bytes.clone());
        let task = Task::Import { kind, file: file.name.clone(), dry_run };
        let work = move |desk: &mut Desk, meter: &Meter| {
            let report = imports::import(desk, kind, &bytes, &options, |done, of| meter.step(done, of))?;
            Ok(Outcome::Imported(Box::new(report)))
        };
        match cx.jobs.start(cx.desk, task, work) {
            Ok(id) if dry_run => self.stage = Stage::Trying(id),
            Ok(id) => self.stage = Stage::Importing(id),
            Err(error) => self.failure = Some(error),
        }
    }

    fn write_template(&mut self, cx: &Context<'_>) {
        let (kind, lang, key) = (self.kind, cx.lang, cx.desk.key());
        let name = fill(cx.t.imports.template_name, &[&lang.import_kind(kind)]);
        self.writing = Some((cx.t.imports.template_saved, write(cx, name, move || imports::template(&key.open()?, kind, lang))));
    }

    fn write_errors(&mut self, cx: &Context<'_>) {
        let Stage::Refused(errors) = &self.stage else { return };
        let (kind, lang, key, errors, sheet) = (self.kind, cx.lang, cx.desk.key(), errors.clone(), self.sheet.clone());
        let file = self.file.clone();
        let path = PathBuf::from(self.path.trim());
        let stem = Path::new(self.path.trim()).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let name = fill(cx.t.imports.errors_name, &[&stem]);
        let work = move || {
            let bytes = file.map_or_else(|| read_file(&path).map(Into::into), |file| Ok(file.bytes))?;
            imports::error_workbook(&key.open()?, kind, &bytes, sheet.as_deref(), &errors, lang)
        };
        self.writing = Some((cx.t.imports.errors_saved, write(cx, name, work)));
    }
}

/// Writes a workbook into the person's documents under a name that is free.
fn write(cx: &Context<'_>, name: String, work: impl FnOnce() -> Result<Vec<u8>> + Send + 'static) -> Job<PathBuf> {
    Job::start("workbook", cx.wake.clone(), move || {
        let path = jobs::free_name(&jobs::document_folder(), &name, "xlsx");
        documents::write(&path, &work()?)?;
        Ok(path)
    })
}
