//! The dialog that makes a sheet of labels of the chosen products: how many of each, and the PDF file it goes to.

use std::path::PathBuf;

use egui::{Id, Key, Ui};

use crate::documents::labels::{Label, PER_PAGE, bars, sheet};
use crate::i18n::fill;
use crate::jobs::{self, Job};
use crate::models::product::{ProductRow, parse_whole};
use crate::models::{Error, Field, Problem, ProductId, Result};
use crate::services::products;
use crate::ui::context::{Context, Follow};
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, select_all, text_input_with_id};

/// The most labels of one product on a sheet.
const MOST: i64 = 1_000;

/// The dialog's state.
pub struct LabelsDialog {
    labels: Vec<Label>,
    /// Codes that cannot be bars.
    without_bars: usize,
    count: String,
    path: String,
    choosing: Option<Job<Option<PathBuf>>>,
    making: Option<Job<PathBuf>>,
    failure: Option<Error>,
}

impl LabelsDialog {
    /// For these products, in this order.
    pub fn new(cx: &Context<'_>, ids: &[ProductId]) -> Result<LabelsDialog> {
        let rows: Vec<ProductRow> = ids.iter().map(|id| products::get(cx.desk, *id).map(|product| product.into_row())).collect::<Result<_>>()?;
        let labels: Vec<Label> = rows.iter().map(Label::of).collect();
        let without_bars = labels.iter().filter(|label| bars(&label.code).is_none()).count();
        let name = format!("{}-{}.pdf", cx.t.products.labels, cx.today);
        let path = jobs::document_folder().join(name).display().to_string();
        Ok(LabelsDialog { labels, without_bars, count: "1".into(), path, choosing: None, making: None, failure: None })
    }

    fn count(&self) -> std::result::Result<usize, Problem> {
        let count = parse_whole(&self.count)?;
        if (1..=MOST).contains(&count) { Ok(count as usize) } else { Err(Problem::OutOfRange(1, MOST)) }
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        if let Some(outcome) = self.choosing.as_ref().and_then(Job::poll) {
            self.choosing = None;
            match outcome {
                Ok(Some(path)) => self.path = path.display().to_string(),
                Ok(None) => {}
                Err(error) => self.failure = Some(error),
            }
        }
        match self.making.as_ref().and_then(Job::poll) {
            Some(Ok(path)) => {
                cx.done(fill(cx.t.products.labels_done, &[&path.display()]), None);
                // The system's viewer prints it.
                cx.follow(Follow::OpenFile(path));
                return true;
            }
            Some(Err(error)) => {
                self.making = None;
                self.failure = Some(error);
            }
            None => {}
        }
        let shown = dialog_ui(ui, "labels", size::FORM_WIDTH, |ui| self.body_ui(ui, cx));
        (shown.inner || shown.closed) && self.making.is_none()
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let t = &cx.t.products;
        let opened = just_opened(ui, "labels fields");
        let mut closed = title_row(ui, &fill(t.labels_title, &[&self.labels.len()]), "", cx.t.common.close);
        if let Some(error) = &self.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let mut entered = false;
        let count = self.count();
        let wrong = count.as_ref().err().map(|problem| cx.lang.problem(Field::Quantity, *problem));
        FieldUi::new(t.labels_each).error(wrong.as_deref()).show(ui, |ui| {
            let input = text_input_with_id(ui, Id::unique("labels each"), &mut self.count, InputOptions { align_right: true, ..Default::default() });
            if opened {
                input.request_focus();
                select_all(ui, input.id, &self.count);
            }
            entered |= input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
        });
        FieldUi::new(t.labels_file).show(ui, |ui| {
            let input = text_input_with_id(ui, Id::unique("labels file"), &mut self.path, InputOptions::default());
            entered |= input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
        });
        let p = palette(ui);
        let all = count.as_ref().map_or(0, |count| count * self.labels.len());
        ui.label(theme::secondary(p, fill(t.labels_sum, &[&all, &all.div_ceil(PER_PAGE)])));
        if self.without_bars > 0 {
            ui.label(theme::label(p, fill(t.labels_no_bars, &[&self.without_bars])));
        }
        let busy = self.making.is_some();
        button_row(ui, |ui| {
            let make = Button::primary(t.labels_act).icon(icons::PRINTER).keys("Enter").busy(busy, t.saving).show(ui).clicked();
            if (make || entered || Shortcut::Save.pressed_in_dialog(ui)) && !busy && count.is_ok() {
                self.make(cx, all);
            }
            if Button::secondary(t.labels_browse).icon(icons::FOLDER_OPEN).show(ui).clicked() && self.choosing.is_none() {
                self.choosing = Some(jobs::choose_target(cx.wake.clone(), t.labels_file, PathBuf::from(&self.path), "PDF", &["pdf"]));
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        closed
    }

    fn make(&mut self, cx: &Context<'_>, all: usize) {
        self.failure = None;
        let each = all / self.labels.len().max(1);
        let labels: Vec<Label> = self.labels.iter().flat_map(|label| std::iter::repeat_n(label.clone(), each)).collect();
        let path = PathBuf::from(self.path.trim());
        self.making = Some(Job::start("labels", cx.wake.clone(), move || {
            crate::documents::write(&path, &sheet(&labels)?)?;
            Ok(path)
        }));
    }
}
