//! The dialog that changes price and warning line of the ticked products at once, with the first of them as an example.

use egui::{Frame, Id, Key, Margin, Stroke, Ui};

use crate::i18n::fill;
use crate::models::money::quantity;
use crate::models::product::{BulkChange, PriceChange, Product, parse_money, parse_whole};
use crate::models::{Error, Field, FieldErrors, ProductId, Result};
use crate::services::products;
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::card::definition_row;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::segment::form_segments;

/// How a price changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum By {
    #[default]
    Percent,
    Amount,
}

/// What is typed; what is left empty stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Draft {
    by: By,
    price: String,
    threshold: String,
}

impl Draft {
    fn parse(&self) -> std::result::Result<BulkChange, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut change = BulkChange::default();
        if !self.price.trim().is_empty() {
            let price = match self.by {
                By::Percent => parse_whole(&self.price).map(PriceChange::Percent),
                By::Amount => parse_money(&self.price).map(PriceChange::To),
            };
            match price {
                Ok(price) => change.price = Some(price),
                Err(problem) => errors.add(Field::Price, problem),
            }
        }
        if !self.threshold.trim().is_empty() {
            match parse_whole(&self.threshold) {
                Ok(threshold) => change.threshold = Some(threshold),
                Err(problem) => errors.add(Field::Threshold, problem),
            }
        }
        if errors.is_empty() {
            errors = change.check();
        }
        if errors.is_empty() { Ok(change) } else { Err(errors) }
    }
}

/// The dialog's state.
pub struct BulkDialog {
    ids: Vec<ProductId>,
    example: Product,
    form: Form<Draft>,
}

/// How it ended.
pub enum Outcome {
    Closed,
    /// So many were really changed.
    Changed(usize),
}

impl BulkDialog {
    /// For these products; the first is the example.
    pub fn new(cx: &Context<'_>, ids: Vec<ProductId>) -> Result<BulkDialog> {
        let first = ids.first().copied().ok_or(Error::NotFound(crate::models::choice::Entity::Product))?;
        Ok(BulkDialog { example: products::get(cx.desk, first)?, ids, form: Form::new(Draft::default()) })
    }

    /// Whether anything was typed.
    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.is_saving()
    }

    /// Begins to save.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.form.save(ctx);
        ctx.request_repaint();
    }

    /// Draws the dialog; the outcome once it is over.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Outcome> {
        let ids = &self.ids;
        let saved = self.form.attempt(ui, cx, |desk, draft| products::set_many(desk, ids, &draft.parse().map_err(Error::Fields)?));
        if let Some(count) = saved {
            return Some(Outcome::Changed(count));
        }
        let shown = dialog_ui(ui, "bulk", size::FORM_WIDTH, |ui| self.body_ui(ui, cx));
        ((shown.inner || shown.closed) && !self.is_saving()).then_some(Outcome::Closed)
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let t = &cx.t.products;
        let opened = just_opened(ui, "bulk fields");
        let mut closed = title_row(ui, &fill(t.bulk_title, &[&self.ids.len()]), "", cx.t.common.close);
        if let Some(error) = &self.form.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let errors = [Field::Price, Field::Threshold].map(|field| self.form.error(cx, field));
        let wrong = [Field::Price, Field::Threshold].map(|field| self.form.takes_focus(field));
        let draft = &mut self.form.draft;
        let mut entered = false;
        let mut by_changed = false;
        FieldUi::new(t.price).show(ui, |ui| {
            by_changed = form_segments(ui, "price by", &mut draft.by, &[(By::Percent, t.by_percent), (By::Amount, t.to_amount)]).changed();
        });
        let (prefix, suffix, hint, name) = match draft.by {
            By::Percent => ("", "%", t.percent_example, t.by_percent),
            By::Amount => ("¥", "", t.stays_empty, t.to_amount),
        };
        let fields = [
            (name, &mut draft.price, InputOptions { prefix, suffix, hint, ..Default::default() }),
            (t.threshold, &mut draft.threshold, InputOptions { hint: t.stays_empty, ..Default::default() }),
        ];
        for (at, (label, text, options)) in fields.into_iter().enumerate() {
            FieldUi::new(label).error(errors[at].as_deref()).show(ui, |ui| {
                let input = text_input_with_id(ui, Id::unique(("bulk", at)), text, InputOptions { align_right: true, ..options });
                entered |= input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
                if wrong[at] || (at == 0 && (opened || by_changed)) {
                    input.request_focus();
                }
            });
        }
        self.example_ui(ui, cx);
        let saving = self.is_saving();
        button_row(ui, |ui| {
            let text = fill(t.bulk_act, &[&self.ids.len()]);
            let pressed = Button::primary(&text).keys("Enter").busy(saving, t.saving).show(ui).clicked();
            if pressed || entered || Shortcut::Save.pressed_in_dialog(ui) {
                self.save(ui);
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        closed
    }

    /// What becomes of the first product.
    fn example_ui(&self, ui: &mut Ui, cx: &Context<'_>) {
        let (t, p) = (&cx.t.products, palette(ui));
        let input = &self.example.input;
        let change = self.form.draft.parse().unwrap_or_default();
        let price = change.price.and_then(|change| change.of(input.price)).filter(|price| *price != input.price);
        let threshold = change.threshold.filter(|threshold| *threshold != input.threshold);
        let arrow = |before: String, after: Option<String>| after.map_or(before.clone(), |after| format!("{before} → {after}"));
        let frame = Frame::new().fill(p.sunken).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS);
        frame.inner_margin(Margin::symmetric(12, 6)).show(ui, |ui| {
            let name = format!("{} {}", input.name, input.specification.as_deref().unwrap_or_default());
            ui.add(egui::Label::new(theme::label(p, fill(t.bulk_example, &[&name.trim()]))).truncate());
            definition_row(ui, t.price, &arrow(input.price.to_string(), price.map(|price| price.to_string())));
            definition_row(ui, t.threshold, &arrow(quantity(input.threshold), threshold.map(quantity)));
        });
    }
}
