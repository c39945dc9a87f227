//! The last steps: what a dry run or an import came to, and what is wrong in a file.

use egui::{Label, ScrollArea, Ui, vec2};

use super::{ImportWizard, Stage};
use crate::i18n::fill;
use crate::models::import::{ImportKind, ImportReport, RowErrors, Warning};
use crate::models::money::grouped;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::figures_ui;
use crate::ui::widgets::dialog::{button_row, just_opened};
use crate::ui::widgets::paint;

/// So many errors are seen at once.
const SEEN: f32 = 9.0;

/// Widths of an error's row and column.
const ROW: f32 = 64.0;
const COLUMN: f32 = 150.0;

/// So many rows of a warning are named.
const ROWS_NAMED: usize = 8;

impl ImportWizard {
    /// What the dry run would do, or the import did.
    pub(super) fn report_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.imports;
        let (Stage::Tried(report) | Stage::Done(report)) = &self.stage else { return true };
        let done = !report.dry_run;
        let sentence = if done { t.did } else { t.would };
        banner_ui(ui, &Banner::new(Tone::Ok, sentence, ""));
        ui.add_space(size::FIELD_GAP);
        figures(ui, cx, report);
        let mut closed = false;
        let mut import = !done && Shortcut::Save.pressed_in_dialog(ui);
        let opened = just_opened(ui, if done { "import done" } else { "import tried" });
        button_row(ui, |ui| {
            let (text, keys) = if done { (t.done, "Enter") } else { (t.import_now, Shortcut::Save.keys()) };
            let button = Button::primary(text).keys(keys).show(ui);
            if opened {
                button.request_focus();
            }
            if done {
                closed = button.clicked();
                return;
            }
            import |= button.clicked();
            if Button::secondary(t.previous).show(ui).clicked() {
                self.stage = Stage::Columns;
            }
            closed = Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        if import && !closed && matches!(self.stage, Stage::Tried(_)) {
            self.start(cx, false);
        }
        closed
    }

    /// What is wrong, by row and column.
    pub(super) fn refused_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.imports;
        let Stage::Refused(errors) = &self.stage else { return true };
        banner_ui(ui, &Banner::new(Tone::Danger, &fill(t.errors_title, &[&grouped(errors.total as u64)]), t.errors_more));
        ui.add_space(size::FIELD_GAP);
        errors_ui(ui, cx, errors);
        let opened = just_opened(ui, "import refused");
        let (mut closed, mut again, mut save, mut back) = (false, false, false, false);
        let writing = self.writing.is_some();
        button_row(ui, |ui| {
            let button = Button::primary(t.try_again).icon(icons::ARROW_CLOCKWISE).busy(self.reading.is_some(), t.reading).show(ui);
            if opened {
                button.request_focus();
            }
            again = button.clicked();
            save = Button::secondary(t.save_errors).icon(icons::DOWNLOAD_SIMPLE).busy(writing, t.save_errors).show(ui).clicked();
            back = Button::secondary(t.previous).show(ui).clicked();
            closed = Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        if save && !writing {
            self.write_errors(cx);
        }
        if again && self.reading.is_none() {
            self.read(cx);
        } else if back {
            self.stage = if self.file.is_some() { Stage::Columns } else { Stage::File };
        }
        closed
    }
}

fn figures(ui: &mut Ui, cx: &Context<'_>, report: &ImportReport) {
    let t = &cx.t.imports;
    let p = palette(ui);
    let warnings = report.warnings.total();
    let tone = (warnings > 0).then_some(Tone::Warn);
    let (created, updated, skipped) = (grouped(report.created), grouped(report.updated), grouped(report.skipped));
    let figures = [(t.created, created.as_str(), None), (t.updated, updated.as_str(), None), (t.skipped, skipped.as_str(), None)];
    figures_ui(ui, &figures);
    ui.add_space(size::FIELD_GAP);
    if report.kind == ImportKind::Orders {
        let counts = [report.customers_created, report.products_created, report.lines, report.payments].map(grouped);
        ui.label(theme::secondary(p, fill(t.also, &[&counts[0], &counts[1], &counts[2], &counts[3]])));
        ui.add_space(size::LABEL_GAP);
    }
    if let Some(tone) = tone {
        ui.label(egui::RichText::new(fill(t.warnings, &[&grouped(warnings)])).color(p.tone(tone).fg));
        for warning in &report.warnings.0 {
            ui.horizontal_wrapped(|ui| {
                ui.label(cx.lang.import_warning(warning.kind));
                ui.label(theme::label(p, fill(t.warning_rows, &[&grouped(warning.count), &rows_named(warning, t.and_more)])));
            });
        }
        ui.add_space(size::LABEL_GAP);
    }
    if !report.ignored.is_empty() {
        ui.add(Label::new(theme::label(p, fill(t.ignored, &[&report.ignored.join(", ")]))).wrap());
    }
}

/// The first rows of a warning.
fn rows_named(warning: &Warning, more: &str) -> String {
    let mut rows: Vec<String> = warning.rows.iter().take(ROWS_NAMED).map(usize::to_string).collect();
    if warning.count > rows.len() as u64 {
        rows.push(more.to_owned());
    }
    rows.join(", ")
}

fn errors_ui(ui: &mut Ui, cx: &Context<'_>, errors: &RowErrors) {
    let t = &cx.t.imports;
    let p = palette(ui);
    let line = |ui: &mut Ui, row: &str, column: &str, problem: &str, head: bool| {
        paint::row_ui(ui, size::CONTROL_SMALL, |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let (color, font) = if head { (p.text_2, theme::font(size::TEXT_SMALL)) } else { (p.text, theme::font(size::TEXT_BODY)) };
            for (text, width) in [(row, ROW), (column, COLUMN)] {
                let (rect, _) = ui.allocate_exact_size(vec2(width, size::CONTROL_SMALL), egui::Sense::hover());
                paint::text_left(ui, rect, text, font.clone(), color);
            }
            let width = ui.available_width();
            let (rect, response) = ui.allocate_exact_size(vec2(width, size::CONTROL_SMALL), egui::Sense::hover());
            paint::text_left(ui, rect, problem, font, color);
            let name = [row, column, problem].join(" ");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &name));
            paint::tooltip(response, problem);
        });
    };
    line(ui, t.row, t.column, t.problem, true);
    ScrollArea::vertical().id_salt("import errors").max_height(SEEN * size::CONTROL_SMALL).show_rows(
        ui,
        size::CONTROL_SMALL,
        errors.errors.len(),
        |ui, seen| {
            for error in errors.errors.get(seen).unwrap_or_default() {
                line(ui, &error.row.to_string(), &error.column, &cx.lang.row_problem(error.problem), false);
            }
        },
    );
    if errors.total > errors.errors.len() {
        ui.label(theme::label(p, fill(t.errors_first, &[&errors.errors.len()])));
    }
}
