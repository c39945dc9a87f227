//! What people see of long jobs: the list behind the icon in the top bar, and the notices while one runs and when it has ended.

use egui::{Label, Ui};

use crate::i18n::{Lang, fill};
use crate::jobs::list::{Jobs, Outcome, Progress, Record, State, Task};
use crate::models::money::grouped;
use crate::models::{UserId, Zone};
use crate::services::check;
use crate::ui::context::Follow;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::paint;
use crate::ui::widgets::progress::progress_bar;
use crate::ui::widgets::toast::Toast;

/// The notices of jobs have keys of their own.
const FIRST_KEY: u64 = 1 << 32;

/// The name of a task.
pub fn title(task: &Task, lang: Lang) -> String {
    let t = &lang.texts().jobs;
    match task {
        Task::Check => t.check.to_owned(),
        Task::Backup { automatic } => if *automatic { lang.texts().backup.task_automatic } else { lang.texts().backup.task_backup }.to_owned(),
        Task::Restore { file } => fill(lang.texts().backup.task_restore, &[&file.file_name().unwrap_or_default().to_string_lossy()]),
        Task::Export { file, .. } => fill(t.export, &[&file.file_name().unwrap_or_default().to_string_lossy()]),
        Task::Import { kind, file, dry_run } => fill(if *dry_run { t.try_out } else { t.import }, &[&lang.import_kind(*kind), file]),
    }
}

/// How far a job is, in words: rows where it goes by rows, else a percentage.
pub fn progress_text(task: &Task, progress: &Progress, lang: Lang) -> String {
    let t = &lang.texts().jobs;
    if progress.of == 0 {
        return t.begun.to_owned();
    }
    let mut parts = Vec::new();
    if matches!(task, Task::Import { .. } | Task::Export { .. }) {
        parts.push(fill(t.progress, &[&grouped(progress.done.min(progress.of)), &grouped(progress.of)]));
        if progress.rate >= 1.0 {
            parts.push(fill(t.rate, &[&grouped(progress.rate as u64)]));
        }
    } else {
        parts.push(fill(t.percent, &[&((progress.share() * 100.0) as u64)]));
    }
    match progress.left.map(|left| left.as_secs()) {
        Some(left) if left >= 90 => parts.push(fill(t.left_minutes, &[&left.div_ceil(60)])),
        Some(left) if left >= 1 => parts.push(fill(t.left_seconds, &[&left])),
        _ => {}
    }
    parts.join(" · ")
}

/// What a job ended with, in words; and whether it is good news.
fn outcome_text(outcome: &Outcome, lang: Lang) -> (Tone, String) {
    let t = lang.texts();
    match outcome {
        Outcome::Checked(findings) if findings.is_good() => (Tone::Ok, fill(t.shell.check_good, &[&check::rules()])),
        Outcome::Checked(findings) => {
            let file = (!findings.integrity.is_empty()).then_some(t.log_words.integrity);
            let names: Vec<&str> = file.into_iter().chain(findings.broken.iter().map(|broken| lang.rule(broken.name).0)).collect();
            (Tone::Danger, fill(t.shell.check_bad, &[&names.len(), &names.join(t.settings.and)]))
        }
        Outcome::Exported(exported) => {
            let name = exported.file.file_name().unwrap_or_default().to_string_lossy();
            (Tone::Ok, fill(t.jobs.exported, &[&grouped(exported.rows as u64), &name]))
        }
        Outcome::BackedUp(Some(made)) => (Tone::Ok, fill(t.backup.made, &[&made.path.file_name().unwrap_or_default().to_string_lossy()])),
        Outcome::BackedUp(None) => (Tone::Mute, t.backup.nothing_due.to_owned()),
        Outcome::Restored(restored) => {
            let kept = restored.safety_copy.as_ref().map(|path| fill(t.backup.restored_more, &[&path.display()]));
            (Tone::Ok, kept.unwrap_or_else(|| t.backup.restored.to_owned()))
        }
        Outcome::Imported(report) => (Tone::Ok, fill(t.jobs.imported, &[&report.created, &report.updated, &report.skipped])),
    }
}

/// The notice of a job as it stands now; none for what its own page shows.
pub fn notice(record: &Record, lang: Lang) -> Option<Toast<Follow>> {
    let t = lang.texts();
    let quiet = matches!(record.task, Task::Import { dry_run: true, .. } | Task::Restore { .. });
    if quiet && !matches!(record.state, State::Done(Outcome::Restored(_))) {
        return None;
    }
    let name = title(&record.task, lang);
    let mut toast = match &record.state {
        State::Running => {
            let progress = record.progress();
            let stopping = record.is_stopping();
            let body =
                if stopping { t.jobs.stopping.to_owned() } else { format!("{} · {}", progress_text(&record.task, &progress, lang), t.jobs.goes_on) };
            let cancel = (!stopping).then_some(Follow::Cancel(record.id));
            let mut toast = Toast::new(Tone::Info, name).body(body);
            toast.job = Some((progress.share(), cancel));
            if matches!(record.task, Task::Export { .. }) {
                toast.icon = Some(icons::FILE_XLS);
            }
            toast
        }
        State::Done(outcome) => {
            let (tone, text) = outcome_text(outcome, lang);
            Toast::new(tone, name).body(text)
        }
        State::Failed(error) => Toast::error(fill(t.jobs.failed_title, &[&name]), lang.sentence(error)),
        State::Cancelled => Toast::new(Tone::Mute, fill(t.jobs.cancelled_title, &[&name])).body(t.jobs.cancelled),
    };
    if let State::Done(outcome) = &record.state
        && let Some(file) = outcome.file()
    {
        toast = toast.action(t.jobs.open_file, Follow::OpenFile(file.clone()));
        if let Some(folder) = file.parent() {
            toast = toast.action(t.jobs.open_folder, Follow::OpenFolder(folder.to_owned()));
        }
    }
    toast.key = Some(FIRST_KEY + record.id.0);
    Some(toast)
}

/// The list: running and ended jobs of one person, the newest first. What was asked for.
pub fn list_ui(ui: &mut Ui, lang: Lang, jobs: &Jobs, user: UserId, zone: Zone) -> Option<Follow> {
    let t = &lang.texts().jobs;
    let p = palette(ui);
    let mut asked = None;
    let mut empty = true;
    ui.spacing_mut().item_spacing.y = 2.0;
    for record in jobs.of(user) {
        if !std::mem::take(&mut empty) {
            ui.separator();
        }
        ui.push_id(record.id, |ui| {
            paint::row_ui(ui, size::CONTROL_MINI, |ui| {
                ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
                let (icon, tone) = mark(&record.state);
                let (room, _) = ui.allocate_exact_size(egui::vec2(size::ICON_NAV, size::ICON_NAV), egui::Sense::hover());
                paint::icon(ui.painter(), room.center(), icon, size::ICON, p.tone(tone).fg);
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    if record.is_running() && !record.is_stopping() {
                        if Button::secondary(lang.texts().common.cancel).mini().show(ui).clicked() {
                            asked = Some(Follow::Cancel(record.id));
                        }
                    } else {
                        ui.label(theme::caption(p, record.started.shown(zone)));
                    }
                    ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                        ui.add(Label::new(title(&record.task, lang)).truncate());
                    });
                });
            });
            ended_or_progress_ui(ui, lang, record, &mut asked);
        });
    }
    if empty {
        ui.label(theme::secondary(p, t.none));
    }
    asked
}

fn mark(state: &State) -> (&'static str, Tone) {
    match state {
        State::Running => (icons::CIRCLE_NOTCH, Tone::Info),
        State::Done(Outcome::Checked(findings)) if !findings.is_good() => (icons::WARNING, Tone::Danger),
        State::Done(_) => (icons::CHECK_CIRCLE, Tone::Ok),
        State::Failed(_) => (icons::WARNING, Tone::Danger),
        State::Cancelled => (icons::PROHIBIT, Tone::Mute),
    }
}

fn ended_or_progress_ui(ui: &mut Ui, lang: Lang, record: &Record, asked: &mut Option<Follow>) {
    let t = &lang.texts().jobs;
    let p = palette(ui);
    match &record.state {
        State::Running => {
            let progress = record.progress();
            progress_bar(ui, progress.share(), ui.available_width());
            let text = if record.is_stopping() { t.stopping.to_owned() } else { progress_text(&record.task, &progress, lang) };
            ui.label(theme::caption(p, text));
        }
        State::Done(outcome) => {
            ui.label(theme::caption(p, outcome_text(outcome, lang).1));
            if let Some(file) = outcome.file() {
                ui.horizontal(|ui| {
                    if link(ui, t.open_file).clicked() {
                        *asked = Some(Follow::OpenFile(file.clone()));
                    }
                    if let Some(folder) = file.parent()
                        && link(ui, t.open_folder).clicked()
                    {
                        *asked = Some(Follow::OpenFolder(folder.to_owned()));
                    }
                });
            }
        }
        State::Failed(error) => {
            ui.label(theme::caption(p, lang.sentence(error)));
        }
        State::Cancelled => {
            ui.label(theme::caption(p, t.cancelled));
        }
    }
}
