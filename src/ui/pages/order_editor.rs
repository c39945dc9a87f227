//! The order editor (picture 04): customer, quote and day above, the line grid, notes and total below. The grid stands in `ui::lines`.

mod quotes;

use std::collections::HashMap;

use egui::{Align, Layout, Ui};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::{CreditCheck, Module};
use crate::models::customer::{Credit, OverLimit};
use crate::models::error::Problem;
use crate::models::line::typed_total;
use crate::models::order::{LineDraft, OrderCreated, OrderDraft, OrderEdit};
use crate::models::rights::Verb;
use crate::models::{CustomerId, Error, Field, Money, OrderId, ProductId, QuoteId, Result};
use crate::services::quotes as quotes_service;
use crate::services::{Desk, customers, orders};
use crate::ui::context::{Cached, Context};
use crate::ui::customer_field::CustomerField;
use crate::ui::document_editor::{self, Places};
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::lines::{Cell, LineSheet, Shortages};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::date::date_input;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::InputOptions;
use crate::ui::widgets::toast::Toast;
use crate::ui::widgets::{page, paint};

/// How the editor was asked for; taken up on its first frame.
#[derive(Clone, Copy, Debug)]
enum Entry {
    New(Option<CustomerId>),
    FromQuote(QuoteId),
    Edit(OrderId),
}

/// An order under change: what it was read as.
#[derive(Clone, Debug)]
struct Existing {
    id: OrderId,
    order_no: String,
    version: i64,
    /// Its own reserved pieces, which count as available to it.
    pieces: HashMap<ProductId, i64>,
    /// Its total as it was read, which the customer owes already.
    total: Money,
}

/// The editor's state.
#[derive(Default)]
pub struct OrderEditor {
    entry: Option<Entry>,
    form: Option<Form<OrderDraft>>,
    existing: Option<Existing>,
    customer: CustomerField,
    sheet: LineSheet,
    quote: quotes::QuoteImport,
    credit: Cached<CustomerId, Option<Credit>>,
    /// The quote's page that asked for this order: Esc leads back to it.
    asked_by: Option<QuoteId>,
}

impl OrderEditor {
    /// A new order, for a customer where one was chosen.
    pub fn enter_new(&mut self, customer: Option<CustomerId>) {
        *self = OrderEditor { entry: Some(Entry::New(customer)), ..OrderEditor::default() };
    }

    /// A new order of a quote.
    pub fn enter_quote(&mut self, quote: QuoteId) {
        *self = OrderEditor { entry: Some(Entry::FromQuote(quote)), ..OrderEditor::default() };
    }

    /// An order whose lines may still change.
    pub fn enter_edit(&mut self, id: OrderId) {
        *self = OrderEditor { entry: Some(Entry::Edit(id)), ..OrderEditor::default() };
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        let title = if self.existing.is_some() { t.orders.edit_title } else { t.orders.new };
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
        *self = OrderEditor::default();
    }

    /// Draws the editor.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        if self.form.is_none() {
            let entry = self.entry.take().unwrap_or(Entry::New(None));
            if let Err(error) = self.begin(cx, entry) {
                cx.report(&error);
                cx.go = Some(Route::Orders);
                return;
            }
        }
        let Some(mut form) = self.form.take() else { return };
        self.sheet.read(cx, form.draft.customer, &form.draft.lines);
        self.head_ui(ui, cx, &form);
        self.fields_ui(ui, cx, &mut form);
        let room = ui.available_rect_before_wrap();
        let places = Places::of(room);
        let own = self.existing.as_ref().map(|existing| &existing.pieces);
        let shortages = self.sheet.shortages(&form.draft.lines, own.unwrap_or(&HashMap::new()));
        paint::inside(ui, places.grid, Layout::top_down(Align::Min), "grid", |ui| {
            self.sheet.ui(ui, cx, &mut form.draft.lines, &mut form.errors, &shortages);
        });
        let notes_error = form.error(cx, Field::Notes);
        paint::inside(ui, places.notes, Layout::top_down(Align::Min), "notes", |ui| {
            document_editor::notes_ui(ui, cx, notes_error.as_deref(), &mut form.draft.notes, &form.draft.lines, cx.t.orders.order_total);
        });
        paint::inside(ui, places.save, Layout::left_to_right(Align::Center), "save", |ui| self.save_bar_ui(ui, cx, &mut form, &shortages));
        ui.advance_cursor_after_rect(room);
        self.keys(ui, cx, &mut form, &shortages);
        self.attempt(ui, cx, &mut form);
        self.form = Some(form);
    }

    /// The draft of a first frame.
    fn begin(&mut self, cx: &Context<'_>, entry: Entry) -> Result<()> {
        let mut draft = OrderDraft::new(cx.today);
        match entry {
            Entry::New(customer) => {
                if let Some(id) = customer {
                    self.customer.take(cx.desk, id)?;
                    draft.customer = Some(id);
                    self.sheet.focus(Cell::Product);
                } else {
                    self.customer.focus = true;
                }
            }
            Entry::FromQuote(id) => {
                let detail = quotes_service::get(cx.desk, id)?;
                let customer = detail.quote.customer;
                if self.customer.take(cx.desk, customer).is_err() {
                    self.customer.name(&detail.quote.customer_name);
                }
                draft.customer = Some(customer);
                self.quote.take(&mut draft, detail);
                self.asked_by = Some(id);
                self.sheet.focus(Cell::Quantity(0));
                let mut form = Form::new(OrderDraft::new(cx.today));
                form.draft = draft;
                self.form = Some(form);
                return Ok(());
            }
            Entry::Edit(id) => {
                let detail = orders::get(cx.desk, id)?;
                let mut pieces = HashMap::new();
                for item in &detail.items {
                    *pieces.entry(item.product).or_insert(0) += item.quantity;
                    let price = item.price.map(|(price, _)| price).unwrap_or_default();
                    draft.lines.push(LineDraft { product: Some(item.product), quantity: item.quantity.to_string(), unit_price: price.plain() });
                }
                draft.customer = Some(detail.order.customer);
                draft.order_day = detail.order.order_day.to_string();
                draft.notes = detail.order.notes.clone().unwrap_or_default();
                self.customer.name(&detail.order.customer_name);
                let total = detail.order.amounts.map(|amounts| amounts.total).unwrap_or_default();
                self.existing = Some(Existing { id, order_no: detail.order.order_no, version: detail.order.version, pieces, total });
                self.sheet.focus(Cell::Quantity(0));
            }
        }
        self.form = Some(Form::new(draft));
        Ok(())
    }

    fn head_ui(&self, ui: &mut Ui, cx: &mut Context<'_>, form: &Form<OrderDraft>) {
        let t = &cx.t.orders;
        let title = match &self.existing {
            Some(existing) => format!("{} {}", t.edit_title, existing.order_no),
            None => t.new.to_owned(),
        };
        if document_editor::head_ui(ui, cx, t.title, &title, form.is_dirty(), form.failure.as_ref()) {
            cx.go = Some(Route::Orders);
        }
    }

    fn fields_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, form: &mut Form<OrderDraft>) {
        let t = cx.t;
        ui.horizontal_top(|ui| {
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = 16.0;
            let customer_error = form.error(cx, Field::Customer);
            let fixed = self.existing.is_some();
            let wrong = form.takes_focus(Field::Customer);
            FieldUi::new(t.orders.customer).required(true).width(320.0).error(customer_error.as_deref()).show(ui, |ui| {
                if fixed {
                    self.customer.fixed_ui(ui);
                } else if self.customer.ui(ui, cx, &mut form.draft.customer, wrong) {
                    self.quote.customer_chosen(&mut form.draft);
                    self.sheet.focus(Cell::Product);
                }
            });
            if !fixed && let Some(brought) = self.quote.field_ui(ui, cx, form) {
                // Who may not see customers still sees the quote's name on the order.
                let _ = self.customer.take(cx.desk, brought);
            }
            let day_error = form.error(cx, Field::OrderDay);
            FieldUi::new(t.orders.order_day).width(148.0).error(day_error.as_deref()).show(ui, |ui| {
                let options = InputOptions { readonly: fixed, ..Default::default() };
                date_input(ui, t, "day", &mut form.draft.order_day, cx.today.0, options);
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
        self.quote.banner_ui(ui, cx);
    }

    fn save_bar_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, form: &mut Form<OrderDraft>, shortages: &Shortages) {
        let t = cx.t;
        document_editor::save_ground(ui);
        let lines_error = form.error(cx, Field::Lines);
        if let Some(first) = shortages.keys().min() {
            document_editor::wrong_ui(ui, &fill(t.orders.short_lines, &[&shortages.len()]));
            if link(ui, &fill(t.orders.go_to_line, &[&(first + 1)])).clicked() {
                self.sheet.focus(Cell::Quantity(*first));
            }
        } else if let Some(sentence) = lines_error {
            document_editor::wrong_ui(ui, &sentence);
        } else if !form.errors.is_empty() {
            document_editor::wrong_ui(ui, &fill(t.errors.fields, &[&form.errors.0.len()]));
        }
        let over = if shortages.is_empty() && form.errors.is_empty() { self.over_limit(cx, form) } else { None };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let refused = over.filter(|_| cx.config.credit_check == CreditCheck::Refuse).map(|over| over_limit_text(cx, over));
            let reason = (!shortages.is_empty()).then(|| fill(t.orders.short_lines, &[&shortages.len()])).or(refused);
            let save = Button::primary(t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).reason(reason.as_deref());
            if save.busy(form.is_saving(), t.shell.waiting).show(ui).clicked() {
                form.save(ui);
            }
            if Button::secondary(t.common.cancel).keys("Esc").show(ui).clicked() {
                cx.go = Some(self.back());
            }
            if let Some(over) = over {
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| over_limit_ui(ui, cx, over));
            }
        });
    }

    /// The customer's credit limit where the order as typed is over it. Who may not see the customer hears it from the service alone.
    fn over_limit(&mut self, cx: &Context<'_>, form: &Form<OrderDraft>) -> Option<OverLimit> {
        if cx.config.credit_check == CreditCheck::Off || !cx.may(Module::Customer, Verb::View) {
            return None;
        }
        let credit = self.credit.get(cx, &form.draft.customer?, |desk, id| Ok(customers::get(desk, *id)?.0.credit()));
        let before = self.existing.as_ref().map(|existing| existing.total).unwrap_or_default();
        let added = typed_total(&form.draft.lines)?.checked_sub(before)?;
        credit.as_ref().ok().copied().flatten()?.over(added)
    }

    fn back(&self) -> Route {
        let asked_by = self.asked_by.map_or(Route::Orders, Route::Quote);
        self.existing.as_ref().map_or(asked_by, |existing| Route::Order(existing.id))
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>, form: &mut Form<OrderDraft>, shortages: &Shortages) {
        if Shortcut::Save.pressed(ui) {
            match shortages.keys().min() {
                Some(first) => self.sheet.focus(Cell::Quantity(*first)),
                None => form.save(ui),
            }
        }
        if self.existing.is_none() && Shortcut::FromQuote.pressed(ui) {
            self.quote.open(ui);
        }
        if page::escape(ui) {
            cx.go = Some(self.back());
        }
    }

    fn attempt(&mut self, ui: &Ui, cx: &mut Context<'_>, form: &mut Form<OrderDraft>) {
        let existing = self.existing.clone();
        let saved = form.attempt(ui, cx, |desk, draft| save(desk, draft, existing.as_ref()));
        if let Some(created) = saved {
            let route = Route::Order(created.id);
            cx.done(fill(cx.t.orders.saved_toast, &[&created.order_no]), None);
            cx.warn_of_crossings(&created.crossings);
            if let Some(over) = created.over_limit {
                let toast = Toast::new(Tone::Warn, fill(cx.t.orders.over_limit_title, &[&over.excess().yuan()]));
                cx.toasts.push(toast.body(fill(cx.t.orders.over_limit_body, &[&over.limit.yuan(), &over.due.yuan()])));
            }
            cx.go = Some(route);
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

/// 超出信用额度 at the left of the save bar: a warning, or what the save will be refused for.
fn over_limit_ui(ui: &mut Ui, cx: &Context<'_>, over: OverLimit) {
    let refused = cx.config.credit_check == CreditCheck::Refuse;
    let color = palette(ui).tone(if refused { Tone::Danger } else { Tone::Warn }).fg;
    ui.label(theme::icon(icons::WARNING, size::ICON).color(color));
    ui.add(egui::Label::new(egui::RichText::new(over_limit_text(cx, over)).color(color)).truncate());
}

fn over_limit_text(cx: &Context<'_>, over: OverLimit) -> String {
    let t = &cx.t.orders;
    let text = if cx.config.credit_check == CreditCheck::Refuse { t.over_limit_refused } else { t.over_limit };
    fill(text, &[&over.excess().yuan(), &over.limit.yuan(), &over.due.yuan()])
}

/// Creates the order, or changes the one that was opened.
fn save(desk: &mut Desk, draft: &OrderDraft, existing: Option<&Existing>) -> Result<OrderCreated> {
    let new = draft.parse().map_err(Error::Fields)?;
    match existing {
        None => orders::create(desk, &new),
        Some(existing) => {
            let edit = OrderEdit { lines: Some(new.lines), notes: new.notes };
            orders::update(desk, existing.id, existing.version, &edit)?;
            Ok(OrderCreated { id: existing.id, order_no: existing.order_no.clone(), crossings: Vec::new(), over_limit: None })
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
        (&["Ctrl I"], t.orders.key_from_quote),
        (&["Ctrl S"], t.shell.key_save),
    ]
}
