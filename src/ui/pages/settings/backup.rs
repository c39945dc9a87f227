//! Backups: those there are, one more now, and bringing one back.

use std::hash::{DefaultHasher, Hash, Hasher};

use egui::{Align, Ui};

use super::padded_ui;
use crate::i18n::{Texts, fill};
use crate::jobs::list::{Meter, Outcome, Task};
use crate::models::backup::{BackupKind, BackupRow, BackupStatus};
use crate::models::choice::Module;
use crate::models::rights::Verb;
use crate::models::{Result, Zone};
use crate::services::{Desk, backup};
use crate::ui::context::{Cached, Context};
use crate::ui::fetched::Fetched;
use crate::ui::icons;
use crate::ui::list_page;
use crate::ui::restore_dialog::{RestoreDialog, Site};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::chip::{plain_chip, status_chip};
use crate::ui::widgets::empty::Empty;
use crate::ui::widgets::page;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width};
use crate::ui::widgets::toast::Toast;

/// The part's state.
pub struct BackupPage {
    status: Cached<usize, BackupStatus>,
    /// The files are no rows of the data: what a job changed is read again when one ends. Their folder may be far away.
    files: Fetched<usize, Vec<BackupRow>>,
    list: ListState<()>,
    restoring: Option<RestoreDialog>,
}

impl Default for BackupPage {
    fn default() -> Self {
        let list = ListState { take_focus: true, ..ListState::new((), false) };
        BackupPage { status: Cached::default(), files: Fetched::default(), list, restoring: None }
    }
}

/// A file's identity in the list.
fn key(row: &BackupRow) -> i64 {
    let mut hasher = DefaultHasher::new();
    row.path.hash(&mut hasher);
    i64::from_ne_bytes(hasher.finish().to_ne_bytes())
}

static COLUMNS: &[Column<BackupRow, (), Zone>] = &[
    Column {
        title: |t| t.backup.name,
        width: Width::Fill(1.0, 200.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| _ = cell.text(ui, &row.name),
    },
    Column {
        title: |t| t.backup.kind,
        width: Width::Fixed(110.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            if let Some(manifest) = &row.manifest {
                plain_chip(ui, kind_name(manifest.kind, cell.texts), Tone::Mute);
            }
        },
    },
    Column {
        title: |t| t.backup.made_at,
        width: Width::Fixed(150.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| _ = cell.text(ui, &row.manifest.as_ref().map(|manifest| manifest.made_at.shown(*cell.data)).unwrap_or_default()),
    },
    Column {
        title: |t| t.backup.bytes,
        width: Width::Fixed(90.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| _ = cell.text(ui, &megabytes(row.bytes)),
    },
    Column {
        title: |t| t.backup.state,
        width: Width::Fixed(110.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            let t = &cell.texts.backup;
            if row.manifest.is_some() {
                status_chip(ui, t.verified, Tone::Ok)
            } else {
                status_chip(ui, t.unverified, Tone::Warn)
            };
        },
    },
];

fn kind_name(kind: BackupKind, t: &'static Texts) -> &'static str {
    match kind {
        BackupKind::Manual => t.backup.manual,
        BackupKind::Automatic => t.backup.automatic,
        BackupKind::Safety => t.backup.safety,
    }
}

/// One decimal; never 0 for a file that has something.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

impl BackupPage {
    /// The keyboard is on the list.
    pub fn enter(&mut self) {
        self.list.take_focus = true;
        self.restoring = None;
        self.forget();
    }

    fn forget(&mut self) {
        self.status.forget();
        self.files.forget();
    }

    /// Draws the part.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.backup;
        let ended = cx.jobs.of(cx.session.user).filter(|record| !record.is_running() && matches!(record.task, Task::Backup { .. })).count();
        if Shortcut::Refresh.pressed(ui) {
            self.forget();
        }
        let BackupPage { status, files, list, restoring } = self;
        let status = status.get(cx, &ended, |desk, _| backup::status(desk));
        files.ask(ui, cx, &ended, |desk, _| backup::list(desk));
        let (since, files) = (files.reading_since(), files.last());
        let rows = files.and_then(|files| files.as_ref().ok()).map(Vec::as_slice).unwrap_or_default();
        let why = cx.why_not(Module::System, Verb::Update);
        let chosen = rows.iter().find(|row| Some(key(row)) == list.selected).map(|row| row.path.clone());
        let nothing = chosen.is_none().then(|| t.choose_first.to_owned());
        let why_not_restore = why.clone().or(nothing);
        let (mut back_up, mut restore, mut other) = (false, false, false);
        list_page::head_ui(ui, t.title, |ui| {
            let button = Button::primary(t.now).icon(icons::HARD_DRIVES).keys(Shortcut::Main.keys()).reason(why.as_deref());
            back_up = (button.show(ui).clicked() || Shortcut::Main.pressed(ui)) && why.is_none();
            let button = Button::secondary(t.restore).icon(icons::ARROW_COUNTER_CLOCKWISE).reason(why_not_restore.as_deref());
            restore = button.show(ui).clicked() && why_not_restore.is_none();
            other = Button::ghost(t.other).icon(icons::FOLDER_OPEN).reason(why.as_deref()).show(ui).clicked() && why.is_none();
        });
        match (status, files) {
            (Ok(status), None | Some(Ok(_))) => status_ui(ui, cx, status),
            (Err(error), _) | (_, Some(Err(error))) => {
                let sentence = cx.lang.sentence(error);
                return padded_ui(ui, |ui| _ = banner_ui(ui, &Banner::new(Tone::Danger, &sentence, "")));
            }
        }
        let empty = Empty { icon: icons::HARD_DRIVES, headline: t.none, sentence: t.none_more, ..Default::default() };
        let phase = match (files, since) {
            (None, Some(since)) => Phase::Loading { since },
            _ if rows.is_empty() => Phase::Empty(empty),
            _ => Phase::Ready,
        };
        let zone = cx.zone();
        let options = ListOptions { padding: page::padding(ui), ..ListOptions::default() };
        let table = List { columns: COLUMNS, rows, key, label: |row| row.name.clone(), data: &zone, phase, options };
        let out = table.show(ui, cx.t, "backups", list);
        if let Some(row) = out.opened.and_then(|index| rows.get(index)).filter(|_| why.is_none()) {
            *restoring = Some(RestoreDialog::new(&Site::of(cx), &row.path));
        }
        if restore && let Some(path) = &chosen {
            *restoring = Some(RestoreDialog::new(&Site::of(cx), path));
        }
        if other {
            *restoring = Some(RestoreDialog::choose());
        }
        if back_up {
            start(cx);
        }
        if restoring.as_mut().is_some_and(|dialog| dialog.ui(ui, &mut Site::of(cx))) {
            *restoring = None;
            list.take_focus = true;
            ui.request_repaint();
        }
    }
}

fn status_ui(ui: &mut Ui, cx: &Context<'_>, status: &BackupStatus) {
    let t = &cx.t.backup;
    padded_ui(ui, |ui| {
        if let Some(failure) = &status.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, t.failed, &failure.sentence));
            ui.add_space(size::FIELD_GAP);
        }
        let last = status.last.map_or_else(|| t.never.to_owned(), |last| fill(t.last, &[&last.shown(cx.zone())]));
        let text = format!("{}  ·  {last}", fill(t.folder, &[&status.folder.display()]));
        ui.add(egui::Label::new(theme::label(palette(ui), text)).truncate());
        ui.add_space(size::FIELD_GAP);
    });
}

/// Starts a backup into the configured folder.
fn start(cx: &mut Context<'_>) {
    let work = |desk: &mut Desk, meter: &Meter| -> Result<Outcome> {
        let folder = backup::folder(desk)?;
        let made = backup::create(desk, &folder, |done, of| meter.step(done, of))?;
        Ok(Outcome::BackedUp(Some(Box::new(made))))
    };
    if let Err(error) = cx.jobs.start(cx.desk, Task::Backup { automatic: false }, work) {
        cx.toasts.push(Toast::error(cx.lang.sentence(&error), ""));
    }
}
