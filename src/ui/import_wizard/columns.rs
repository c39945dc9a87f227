//! The second step: what each column of the file is taken for, which sheet, and what becomes of records that are there already.

use egui::{Label, RichText, ScrollArea, Ui, vec2};

use super::{ImportWizard, Loaded};
use crate::i18n::fill;
use crate::models::import::{Existing, ImportField};
use crate::models::money::grouped;
use crate::ui::context::Context;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, just_opened};
use crate::ui::widgets::paint;
use crate::ui::widgets::segment::segments;
use crate::ui::widgets::select::{SelectOptions, select_index};

/// Widths of the heading and of the select; the samples have what is left.
const HEADING: f32 = 190.0;
const FIELD: f32 = 200.0;

/// So many columns are seen at once.
const SEEN: f32 = 8.0;

/// Each heading once with its field, as options take it: of columns with one name the first is meant.
pub fn map(headings: &[String], fields: &[Option<ImportField>]) -> Vec<(String, Option<ImportField>)> {
    let mut map: Vec<(String, Option<ImportField>)> = Vec::new();
    for (heading, field) in headings.iter().zip(fields) {
        if !map.iter().any(|(other, _)| other == heading) {
            map.push((heading.clone(), *field));
        }
    }
    map
}

impl ImportWizard {
    pub(super) fn columns_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.imports;
        let Some(file) = self.file.clone() else { return true };
        let p = palette(ui);
        let mut other_sheet = None;
        paint::row_ui(ui, size::CONTROL, |ui| {
            ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
            ui.add(Label::new(RichText::new(fill(t.rows_found, &[&file.name, &grouped(file.preview.total as u64)]))).truncate());
            if file.preview.from_memory {
                ui.label(theme::label(p, t.from_memory));
            }
            if file.preview.sheets.len() > 1 {
                let names: Vec<&str> = file.preview.sheets.iter().map(String::as_str).collect();
                let mut at = Some(self.sheet.as_ref().and_then(|sheet| names.iter().position(|name| name == sheet)).unwrap_or(0));
                let options = SelectOptions { width: Some(FIELD), name: t.sheet, ..Default::default() };
                if select_index(ui, "import sheet", &mut at, &names, "", options).changed() {
                    other_sheet = at.and_then(|at| names.get(at)).map(|name| (*name).to_owned());
                }
            }
        });
        if let Some(name) = other_sheet {
            self.read_sheet(cx, name);
        }
        ui.add_space(size::LABEL_GAP);
        self.head_ui(ui, cx);
        let height = SEEN * (size::CONTROL + size::LABEL_GAP);
        ScrollArea::vertical().id_salt("import columns").max_height(height).min_scrolled_height(height).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::LABEL_GAP;
            for column in 0..file.preview.headings.len() {
                self.column_ui(ui, cx, &file, column);
            }
        });
        ui.add_space(size::FIELD_GAP);
        paint::row_ui(ui, size::CONTROL, |ui| {
            ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
            ui.label(t.existing);
            let choices = [(Existing::Skip, t.existing_skip), (Existing::Update, t.existing_update), (Existing::Refuse, t.existing_refuse)];
            segments(ui, "import existing", &mut self.existing, &choices);
            let more = match self.existing {
                Existing::Skip => t.existing_skip_more,
                Existing::Update => t.existing_update_more,
                Existing::Refuse => t.existing_refuse_more,
            };
            ui.add(Label::new(theme::label(p, more)).truncate());
        });
        let opened = just_opened(ui, "import columns");
        let mut next = Shortcut::Save.pressed_in_dialog(ui);
        let mut closed = false;
        let reading = self.reading.is_some();
        button_row(ui, |ui| {
            let button = Button::primary(t.try_it).keys(Shortcut::Save.keys()).busy(reading, t.reading).show(ui);
            if opened {
                button.request_focus();
            }
            next |= button.clicked();
            if Button::secondary(t.previous).show(ui).clicked() {
                self.stage = super::Stage::File;
            }
            closed = Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        if next && !reading {
            self.start(cx, true);
        }
        closed
    }

    fn head_ui(&self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.imports;
        let p = palette(ui);
        paint::row_ui(ui, size::CONTROL_MINI, |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let samples = samples_width(ui);
            for (text, width) in [(t.heading, HEADING), (t.samples, samples), (t.taken_for, FIELD)] {
                let (rect, _) = ui.allocate_exact_size(vec2(width, size::CONTROL_MINI), egui::Sense::hover());
                paint::text_left(ui, rect, text, theme::font(size::TEXT_SMALL), p.text_2);
            }
        });
    }

    fn column_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, file: &Loaded, column: usize) {
        let t = &cx.t.imports;
        let p = palette(ui);
        let Some(heading) = file.preview.headings.get(column) else { return };
        let first = file.preview.headings.iter().position(|other| other == heading) == Some(column);
        let taken: Vec<ImportField> = self.fields.iter().enumerate().filter(|(at, _)| *at != column).filter_map(|(_, field)| *field).collect();
        let fields: Vec<ImportField> = ImportField::ALL.iter().copied().filter(|field| field.fits(self.kind) && !taken.contains(field)).collect();
        let mut texts = vec![t.left_out];
        texts.extend(fields.iter().map(|field| cx.lang.import_field(*field)));
        paint::row_ui(ui, size::CONTROL, |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let samples = samples_width(ui);
            let (rect, response) = ui.allocate_exact_size(vec2(HEADING, size::CONTROL), egui::Sense::hover());
            let shown = if heading.is_empty() { t.no_heading } else { heading };
            paint::text_left(ui, rect, shown, theme::font(size::TEXT_BODY), p.text);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, shown));
            let cells: Vec<&str> = file.preview.rows.iter().filter_map(|(_, cells)| cells.get(column)).map(String::as_str).collect();
            let cells = cells.into_iter().filter(|cell| !cell.trim().is_empty()).take(3).collect::<Vec<_>>().join(" · ");
            let (rect, _) = ui.allocate_exact_size(vec2(samples, size::CONTROL), egui::Sense::hover());
            paint::text_left(ui, rect, &cells, theme::font(size::TEXT_SMALL), p.text_2);
            let now = self.fields.get(column).copied().flatten();
            let mut at = Some(now.and_then(|field| fields.iter().position(|other| *other == field)).map_or(0, |at| at + 1));
            let options = SelectOptions { width: Some(FIELD), name: shown, ..Default::default() };
            ui.add_enabled_ui(first, |ui| {
                if select_index(ui, ("import column", column), &mut at, &texts, "", options).changed()
                    && let Some(field) = self.fields.get_mut(column)
                {
                    *field = at.and_then(|at| at.checked_sub(1)).and_then(|at| fields.get(at).copied());
                }
            });
        });
    }
}

/// What heading and select leave of a dialog's width.
fn samples_width(ui: &Ui) -> f32 {
    let scroll_bar = 12.0;
    (size::WIZARD_WIDTH - 40.0 - HEADING - FIELD - 2.0 * ui.spacing().item_spacing.x - scroll_bar).max(0.0)
}
