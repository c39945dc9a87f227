//! The quote editor: customer and last day of validity above, the line grid, notes and total below.

use std::collections::HashMap;

use egui::{Align, Layout, Ui};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::error::Problem;
use crate::models::line::LineDraft;
use crate::models::quote::{QuoteCreated, QuoteDraft};
use crate::models::{CustomerId, Error, Field, QuoteId, Result};
use crate::services::{Desk, quotes};
use crate::ui::context::Context;
use crate::ui::customer_field::CustomerField;
use crate::ui::document_editor::{self, Places};
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::lines::{Cell, LineSheet};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::date::date_input;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::InputOptions;
use crate::ui::widgets::{page, paint};

/// How the editor was asked for; taken up on its first frame.
#[derive(Clone, Copy, Debug)]
enum Entry {
    New(Option<CustomerId>),
    Edit(QuoteId),
}

/// A draft under change: what it was read as.
#[derive(Clone, Debug)]
struct Existing {
    id: QuoteId,
    quote_no: String,
    version: i64,
}

/// The editor's state.
#[derive(Default)]
pub struct QuoteEditor {
    entry: Option<Entry>,
    form: Option<Form<QuoteDraft>>,
    existing: Option<Existing>,
    customer: CustomerField,
    sheet: LineSheet,
}

impl QuoteEditor {
    /// A new quote, for a customer where one was chosen.
    pub fn enter_new(&mut self, customer: Option<CustomerId>) {
        *self = QuoteEditor { entry: Some(Entry::New(customer)), ..QuoteEditor::default() };
    }

    /// A draft to be changed.
    pub fn enter_edit(&mut self, id: QuoteId) {
        *self = QuoteEditor { entry: Some(Entry::Edit(id)), ..QuoteEditor::default() };
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        let title = if self.existing.is_some() { t.quotes.edit_title } else { t.quotes.new };
        self.form.as_ref().is_some_and(Form::is_dirty).then_some(title)
    }

    pub fn is_saving(&self) -> bool {
        self.form.as_ref().is_some_and(Form::is_saving)
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(form) = &mut self.form {
            form.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        *self = QuoteEditor::default();
    }

    /// Draws the editor.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        if self.form.is_none() {
            let entry = self.entry.take().unwrap_or(Entry::New(None));
            if let Err(error) = self.begin(cx, entry) {
                cx.report(&error);
                cx.go = Some(Route::Quotes);
                return;
            }
        }
        let Some(mut form) = self.form.take() else { return };
        self.sheet.read(cx, form.draft.customer, &form.draft.lines);
        self.head_ui(ui, cx, &form);
        self.fields_ui(ui, cx, &mut form);
        let room = ui.available_rect_before_wrap();
        let places = Places::of(room);
        paint::inside(ui, places.grid, Layout::top_down(Align::Min), "grid", |ui| {
            // A quote promises prices, not stock: what is short is for the order to say.
            self.sheet.ui(ui, cx, &mut form.draft.lines, &mut form.errors, &HashMap::new());
        });
        let notes_error = form.error(cx, Field::Notes);
        paint::inside(ui, places.notes, Layout::top_down(Align::Min), "notes", |ui| {
            document_editor::notes_ui(ui, cx, notes_error.as_deref(), &mut form.draft.notes, &form.draft.lines, cx.t.quotes.quote_total);
        });
        paint::inside(ui, places.save, Layout::left_to_right(Align::Center), "save", |ui| self.save_bar_ui(ui, cx, &mut form));
        ui.advance_cursor_after_rect(room);
        if Shortcut::Save.pressed(ui) {
            form.save(ui);
        }
        if page::escape(ui) {
            cx.go = Some(self.back());
        }
        self.attempt(ui, cx, &mut form);
        self.form = Some(form);
    }

    /// The draft of a first frame.
    fn begin(&mut self, cx: &Context<'_>, entry: Entry) -> Result<()> {
        let mut draft = QuoteDraft::new(cx.today.plus_days(cx.config.quote_validity_days));
        match entry {
            Entry::New(Some(customer)) => {
                self.customer.take(cx.desk, customer)?;
                draft.customer = Some(customer);
                self.sheet.focus(Cell::Product);
            }
            Entry::New(None) => self.customer.focus = true,
            Entry::Edit(id) => {
                let detail = quotes::get(cx.desk, id)?;
                let quote = detail.quote;
                for item in &detail.items {
                    let price = item.price.map(|(price, _)| price).unwrap_or_default();
                    draft.lines.push(LineDraft { product: Some(item.product), quantity: item.quantity.to_string(), unit_price: price.plain() });
                }
                draft.customer = Some(quote.customer);
                draft.valid_until = quote.valid_until.to_string();
                draft.notes = quote.notes.unwrap_or_default();
                if self.customer.take(cx.desk, quote.customer).is_err() {
                    self.customer.name(&quote.customer_name);
                }
                self.existing = Some(Existing { id, quote_no: quote.quote_no, version: quote.version });
                self.sheet.focus(Cell::Quantity(0));
            }
        }
        self.form = Some(Form::new(draft));
        Ok(())
    }

    fn head_ui(&self, ui: &mut Ui, cx: &mut Context<'_>, form: &Form<QuoteDraft>) {
        let t = &cx.t.quotes;
        let title = match &self.existing {
            Some(existing) => format!("{} {}", t.edit_title, existing.quote_no),
            None => t.new.to_owned(),
        };
        if document_editor::head_ui(ui, cx, t.title, &title, form.is_dirty(), form.failure.as_ref()) {
            cx.go = Some(Route::Quotes);
        }
    }

    fn fields_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, form: &mut Form<QuoteDraft>) {
        let t = cx.t;
        ui.horizontal_top(|ui| {
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = 16.0;
            let error = form.error(cx, Field::Customer);
            let wrong = form.takes_focus(Field::Customer);
            FieldUi::new(t.orders.customer).required(true).width(360.0).error(error.as_deref()).show(ui, |ui| {
                if self.customer.ui(ui, cx, &mut form.draft.customer, wrong) {
                    self.sheet.focus(Cell::Product);
                }
            });
            let error = form.error(cx, Field::ValidUntil);
            let wrong = form.takes_focus(Field::ValidUntil);
            FieldUi::new(t.quotes.valid_until).width(168.0).error(error.as_deref()).show(ui, |ui| {
                let day = date_input(ui, t, "valid until", &mut form.draft.valid_until, cx.today.0, InputOptions::default());
                if wrong {
                    day.request_focus();
                }
            });
            if let Some(about) = self.customer.about(cx)
                && ui.available_width() > 120.0
            {
                ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                    ui.add_space(page::padding(ui));
                    ui.vertical(|ui| {
                        ui.add_space(30.0);
                        ui.add(egui::Label::new(theme::label(palette(ui), about)).truncate());
                    });
                });
            }
        });
    }

    fn save_bar_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, form: &mut Form<QuoteDraft>) {
        let t = cx.t;
        document_editor::save_ground(ui);
        if let Some(sentence) = form.error(cx, Field::Lines) {
            document_editor::wrong_ui(ui, &sentence);
        } else if !form.errors.is_empty() {
            document_editor::wrong_ui(ui, &fill(t.errors.fields, &[&form.errors.0.len()]));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let save = Button::primary(t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys());
            if save.busy(form.is_saving(), t.shell.waiting).show(ui).clicked() {
                form.save(ui);
            }
            if Button::secondary(t.common.cancel).keys("Esc").show(ui).clicked() {
                cx.go = Some(self.back());
            }
        });
    }

    fn back(&self) -> Route {
        self.existing.as_ref().map_or(Route::Quotes, |existing| Route::Quote(existing.id))
    }

    fn attempt(&mut self, ui: &Ui, cx: &mut Context<'_>, form: &mut Form<QuoteDraft>) {
        let existing = self.existing.clone();
        let saved = form.attempt(ui, cx, |desk, draft| save(desk, draft, existing.as_ref()));
        if let Some(created) = saved {
            cx.done(fill(cx.t.quotes.saved_toast, &[&created.quote_no]), None);
            cx.go = Some(Route::Quote(created.id));
        } else if form.focus_error
            && let Some(error) = form.errors.0.first()
        {
            if let Some(line) = error.line {
                self.sheet.focus(if error.field == Field::UnitPrice { Cell::Price(line) } else { Cell::Quantity(line) });
                form.focus_error = false;
            } else if error.field == Field::Lines && error.problem == Problem::Required {
                self.sheet.focus(Cell::Product);
                form.focus_error = false;
            }
        }
    }
}

/// Creates the quote, or changes the draft that was opened.
fn save(desk: &mut Desk, draft: &QuoteDraft, existing: Option<&Existing>) -> Result<QuoteCreated> {
    let new = draft.parse().map_err(Error::Fields)?;
    match existing {
        None => quotes::create(desk, &new),
        Some(existing) => {
            quotes::update(desk, existing.id, existing.version, &new)?;
            Ok(QuoteCreated { id: existing.id, quote_no: existing.quote_no.clone() })
        }
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    vec![
        (&["Enter"], t.orders.key_next_cell),
        (&["Shift Enter"], t.orders.key_previous_cell),
        (&["Alt ↓"], t.orders.key_pick),
        (&["Ctrl Del"], t.orders.key_remove),
        (&["Ctrl S"], t.shell.key_save),
    ]
}
