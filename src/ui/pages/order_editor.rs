//! The order editor (picture 04): customer and day above, the line grid, notes and total below. The grid stands in `grid`.

mod grid;

use std::collections::HashMap;

use egui::{Align, Layout, Rect, Stroke, Ui, UiBuilder, pos2, vec2};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::CustomerLevel;
use crate::models::customer::{CustomerRow, shown_phone};
use crate::models::error::Problem;
use crate::models::money::quantity;
use crate::models::order::{LineDraft, OrderCreated, OrderDraft, OrderEdit};
use crate::models::product::ProductRow;
use crate::models::{CustomerId, Error, Field, Money, OrderId, ProductId, Result};
use crate::services::{Desk, customers, orders, products};
use crate::ui::context::{Cached, Context};
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::chip::{plain_chip, status_chip, vip_chip};
use crate::ui::widgets::date::date_input;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, multiline_input, text_input};
use crate::ui::widgets::picker::{PickerOptions, PickerRows, highlight, paint_job, picker};
use crate::ui::widgets::{page, paint};

use grid::{Cell, Grid};

/// How the editor was asked for; taken up on its first frame.
#[derive(Clone, Copy, Debug)]
enum Entry {
    New(Option<CustomerId>),
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
}

/// The editor's state.
#[derive(Default)]
pub struct OrderEditor {
    entry: Option<Entry>,
    form: Option<Form<OrderDraft>>,
    existing: Option<Existing>,
    customer: Option<CustomerRow>,
    customer_query: String,
    found_customers: Cached<String, Vec<CustomerRow>>,
    shelves: Cached<Vec<ProductId>, HashMap<ProductId, ProductRow>>,
    last_prices: Cached<(Option<CustomerId>, Vec<ProductId>), HashMap<ProductId, Money>>,
    grid: Grid,
}

impl OrderEditor {
    /// A new order, for a customer where one was chosen.
    pub fn enter_new(&mut self, customer: Option<CustomerId>) {
        *self = OrderEditor { entry: Some(Entry::New(customer)), ..OrderEditor::default() };
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
        self.read(cx);
        let Some(mut form) = self.form.take() else { return };
        self.head_ui(ui, cx, &form);
        self.fields_ui(ui, cx, &mut form);
        let room = ui.available_rect_before_wrap();
        let save_top = room.bottom() - size::SAVE_BAR;
        let notes_top = save_top - 116.0;
        let shortages = self.shortages(&form.draft);
        let grid_room = room.with_max_y(notes_top);
        paint::inside(ui, grid_room, Layout::top_down(Align::Min), "grid", |ui| self.grid_ui(ui, cx, &mut form, &shortages));
        let notes_room = Rect::from_min_max(pos2(room.left(), notes_top), pos2(room.right(), save_top));
        paint::inside(ui, notes_room, Layout::top_down(Align::Min), "notes", |ui| notes_ui(ui, cx, &mut form));
        let save_room = room.with_min_y(save_top);
        paint::inside(ui, save_room, Layout::left_to_right(Align::Center), "save", |ui| self.save_bar_ui(ui, cx, &mut form, &shortages));
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
                    let (customer, _) = customers::get(cx.desk, id)?;
                    self.take_customer(&mut draft, customer.into_row());
                    self.grid.focus = Some(Cell::Product);
                } else {
                    self.grid.focus_customer = true;
                }
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
                self.customer_query.clone_from(&detail.order.customer_name);
                self.existing = Some(Existing { id, order_no: detail.order.order_no, version: detail.order.version, pieces });
                self.grid.focus = Some(Cell::Quantity(0));
            }
        }
        self.form = Some(Form::new(draft));
        Ok(())
    }

    fn take_customer(&mut self, draft: &mut OrderDraft, customer: CustomerRow) {
        draft.customer = Some(customer.id);
        self.customer_query.clone_from(&customer.name);
        self.customer = Some(customer);
    }

    /// Stock and last prices of the products in the lines, read again only where lines or file changed.
    fn read(&mut self, cx: &Context<'_>) {
        let Some(form) = &self.form else { return };
        let mut ids: Vec<ProductId> = form.draft.lines.iter().filter_map(|line| line.product).collect();
        ids.sort();
        ids.dedup();
        let customer = form.draft.customer;
        let _ = self.shelves.get(cx, &ids, |desk, ids| {
            let mut shelves = HashMap::new();
            for id in ids {
                shelves.insert(*id, products::get(desk, *id)?.into_row());
            }
            Ok(shelves)
        });
        let _ = self.last_prices.get(cx, &(customer, ids), |desk, (customer, ids)| {
            let mut prices = HashMap::new();
            let Some(customer) = customer else { return Ok(prices) };
            for id in ids {
                if let Some(price) = products::last_price(desk, *customer, *id)? {
                    prices.insert(*id, price);
                }
            }
            Ok(prices)
        });
    }

    /// What each line lacks: available and missing pieces, for the lines of a product after its stock is used up.
    fn shortages(&self, draft: &OrderDraft) -> HashMap<usize, (i64, i64)> {
        let mut left: HashMap<ProductId, i64> = HashMap::new();
        let mut found = HashMap::new();
        let none = HashMap::new();
        let shelves = self.shelves.last().unwrap_or(&none);
        for (at, line) in draft.lines.iter().enumerate() {
            let (Some(product), Some(wanted)) = (line.product, line.pieces()) else { continue };
            let Some(shelf) = shelves.get(&product) else { continue };
            let own = self.existing.as_ref().and_then(|existing| existing.pieces.get(&product)).copied().unwrap_or(0);
            let left = left.entry(product).or_insert((shelf.available() + own).max(0));
            if wanted > *left {
                found.insert(at, (*left, wanted - *left));
                *left = 0;
            } else {
                *left -= wanted;
            }
        }
        found
    }

    fn head_ui(&self, ui: &mut Ui, cx: &mut Context<'_>, form: &Form<OrderDraft>) {
        let t = &cx.t.orders;
        ui.allocate_ui_with_layout(vec2(ui.available_width(), 48.0), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(48.0);
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = 8.0;
            if link(ui, t.title).clicked() {
                cx.go = Some(Route::Orders);
            }
            ui.label(theme::icon(icons::CARET_RIGHT, size::ICON_SMALL).color(palette(ui).text_3));
            match &self.existing {
                Some(existing) => ui.label(theme::title(format!("{} {}", t.edit_title, existing.order_no))),
                None => ui.label(theme::title(t.new)),
            };
            if form.is_dirty() {
                status_chip(ui, cx.t.shell.unsaved, Tone::Mute);
            }
        });
        if let Some(error) = &form.failure {
            ui.horizontal(|ui| {
                ui.add_space(page::padding(ui));
                ui.allocate_ui(vec2(ui.available_width() - page::padding(ui), 40.0), |ui| {
                    banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
                });
            });
            ui.add_space(8.0);
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
            FieldUi::new(t.orders.customer).required(true).width(360.0).error(customer_error.as_deref()).show(ui, |ui| {
                if fixed {
                    let options = InputOptions { icon: Some(icons::USERS), readonly: true, ..Default::default() };
                    text_input(ui, "customer", &mut self.customer_query, options);
                } else {
                    self.customer_picker(ui, cx, form, wrong);
                }
            });
            let day_error = form.error(cx, Field::OrderDay);
            FieldUi::new(t.orders.order_day).width(148.0).error(day_error.as_deref()).show(ui, |ui| {
                let options = InputOptions { readonly: fixed, ..Default::default() };
                date_input(ui, t, "day", &mut form.draft.order_day, cx.today.0, options);
            });
            if let Some(customer) = &self.customer {
                ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                    ui.add_space(page::padding(ui));
                    ui.vertical(|ui| {
                        ui.add_space(30.0);
                        let phone = customer.phone.as_deref().map(shown_phone).unwrap_or_default();
                        let contact = customer.contact_person.clone().unwrap_or_default();
                        let due = customer.outstanding.map(|due| format!("{} {}", t.orders.outstanding, due.yuan())).unwrap_or_default();
                        let parts: Vec<String> =
                            [due, format!("{contact} {phone}").trim().to_owned()].into_iter().filter(|p| !p.is_empty()).collect();
                        ui.label(theme::label(palette(ui), parts.join("  ·  ")));
                    });
                });
            }
        });
    }

    fn customer_picker(&mut self, ui: &mut Ui, cx: &Context<'_>, form: &mut Form<OrderDraft>, wrong: bool) {
        let t = cx.t;
        let query = if form.draft.customer.is_some() { String::new() } else { self.customer_query.clone() };
        let found = self.found_customers.get(cx, &query, |desk, query| customers::find(desk, query, 20)).as_deref().unwrap_or_default().to_vec();
        let options = PickerOptions {
            input: InputOptions { hint: t.orders.customer_hint, icon: Some(icons::USERS), ..Default::default() },
            popup_width: Some(420.0),
            ..Default::default()
        };
        let words = crate::models::search::words(&query);
        let rows = PickerRows {
            count: found.len(),
            head: None::<fn(&mut Ui, Rect)>,
            label: |at: usize| found[at].name.clone(),
            draw: |ui: &mut Ui, rect: Rect, at: usize| {
                let p = palette(ui);
                let row = &found[at];
                let name = grid::matched(&row.name, &words);
                paint_job(ui, rect.with_max_x(rect.right() - 150.0), highlight(p, &row.name, &name));
                let phone = row.phone.as_deref().map(shown_phone).unwrap_or_default();
                paint::text_right(ui, rect, &phone, theme::font(size::TEXT_BODY), p.text_2);
            },
        };
        let out = picker(ui, t, "customer", &mut self.customer_query, options, rows);
        if out.changed {
            form.draft.customer = None;
            self.customer = None;
        }
        if std::mem::take(&mut self.grid.focus_customer) || wrong {
            out.input.request_focus();
        }
        if let Some(customer) = &self.customer {
            let chip = Rect::from_min_max(pos2(out.input.rect.right() - 78.0, out.input.rect.top()), out.input.rect.max);
            paint::inside(ui, chip, Layout::left_to_right(Align::Center), "level", |ui| match customer.level {
                CustomerLevel::Vip => {
                    vip_chip(ui, t.common.level_vip);
                }
                CustomerLevel::Important => {
                    plain_chip(ui, t.common.level_important, Tone::AccentSoft);
                }
                CustomerLevel::Normal => {}
            });
        }
        if let Some(customer) = out.taken.and_then(|at| found.get(at)) {
            self.take_customer(&mut form.draft, customer.clone());
            self.grid.focus = Some(Cell::Product);
            ui.request_repaint();
        }
    }

    fn grid_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, form: &mut Form<OrderDraft>, shortages: &HashMap<usize, (i64, i64)>) {
        let none = HashMap::new();
        let no_prices = HashMap::new();
        let known =
            grid::Known { shelves: self.shelves.last().unwrap_or(&none), last_prices: self.last_prices.last().unwrap_or(&no_prices), shortages };
        self.grid.ui(ui, cx, form, &known);
    }

    fn save_bar_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, form: &mut Form<OrderDraft>, shortages: &HashMap<usize, (i64, i64)>) {
        let t = cx.t;
        let p = palette(ui);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, p.sunken);
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
        ui.add_space(page::padding(ui));
        let danger = p.tone(Tone::Danger).fg;
        let lines_error = form.error(cx, Field::Lines);
        if let Some(first) = shortages.keys().min() {
            ui.label(theme::icon(icons::WARNING_CIRCLE, size::ICON).color(danger));
            ui.label(egui::RichText::new(fill(t.orders.short_lines, &[&shortages.len()])).color(danger));
            if link(ui, &fill(t.orders.go_to_line, &[&(first + 1)])).clicked() {
                self.grid.focus = Some(Cell::Quantity(*first));
            }
        } else if let Some(sentence) = lines_error {
            ui.label(theme::icon(icons::WARNING_CIRCLE, size::ICON).color(danger));
            ui.label(egui::RichText::new(sentence).color(danger));
        } else if !form.errors.is_empty() {
            ui.label(theme::icon(icons::WARNING_CIRCLE, size::ICON).color(danger));
            ui.label(egui::RichText::new(fill(t.errors.fields, &[&form.errors.0.len()])).color(danger));
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let reason = (!shortages.is_empty()).then(|| fill(t.orders.short_lines, &[&shortages.len()]));
            let save = Button::primary(t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).reason(reason.as_deref());
            if save.busy(form.is_saving(), t.shell.waiting).show(ui).clicked() {
                form.save(ui);
            }
            if Button::secondary(t.common.cancel).keys("Esc").show(ui).clicked() {
                cx.go = Some(self.back());
            }
        });
    }

    fn back(&self) -> Route {
        self.existing.as_ref().map_or(Route::Orders, |existing| Route::Order(existing.id))
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>, form: &mut Form<OrderDraft>, shortages: &HashMap<usize, (i64, i64)>) {
        if Shortcut::Save.pressed(ui) {
            match shortages.keys().min() {
                Some(first) => self.grid.focus = Some(Cell::Quantity(*first)),
                None => form.save(ui),
            }
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
            cx.go = Some(route);
        } else if form.focus_error
            && let Some(error) = form.errors.0.first()
        {
            if let Some(line) = error.line {
                self.grid.focus = Some(if error.field == Field::UnitPrice { Cell::Price(line) } else { Cell::Quantity(line) });
                form.focus_error = false;
            } else if error.field == Field::Lines && error.problem == Problem::Required {
                self.grid.focus = Some(Cell::Product);
                form.focus_error = false;
            }
        }
    }
}

/// Creates the order, or changes the one that was opened.
fn save(desk: &mut Desk, draft: &OrderDraft, existing: Option<&Existing>) -> Result<OrderCreated> {
    let new = draft.parse().map_err(Error::Fields)?;
    match existing {
        None => orders::create(desk, &new),
        Some(existing) => {
            let edit = OrderEdit { lines: Some(new.lines), notes: new.notes };
            orders::update(desk, existing.id, existing.version, &edit)?;
            Ok(OrderCreated { id: existing.id, order_no: existing.order_no.clone(), crossings: Vec::new() })
        }
    }
}

/// Notes at the left, sums at the right.
fn notes_ui(ui: &mut Ui, cx: &Context<'_>, form: &mut Form<OrderDraft>) {
    let t = &cx.t.orders;
    let p = palette(ui);
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
    let side = page::padding(ui);
    let sums_left = rect.right() - side - 348.0;
    let error = form.error(cx, Field::Notes);
    let notes = Rect::from_min_max(pos2(rect.left() + side, rect.top() + 14.0), pos2(sums_left - 40.0, rect.bottom()));
    ui.scope_builder(UiBuilder::new().max_rect(notes), |ui| {
        FieldUi::new(t.notes).error(error.as_deref()).show(ui, |ui| {
            let options = InputOptions { hint: t.notes_hint, ..Default::default() };
            multiline_input(ui, "notes", &mut form.draft.notes, 2, options)
        });
    });
    let pieces: i64 = form.draft.lines.iter().filter_map(LineDraft::pieces).sum();
    let lines = form.draft.lines.iter().filter(|line| line.product.is_some()).count();
    let total = form.draft.total();
    let sums = Rect::from_min_max(pos2(sums_left, rect.top() + 16.0), pos2(rect.right() - side, rect.bottom()));
    let line = |top: f32, height: f32| Rect::from_min_size(pos2(sums.left(), sums.top() + top), vec2(sums.width(), height));
    let small = theme::font(size::TEXT_BODY);
    paint::text_left(ui, line(0.0, 24.0), t.details, small.clone(), p.text_2);
    paint::text_right(ui, line(0.0, 24.0), &fill(t.details_value, &[&lines, &quantity(pieces)]), small.clone(), p.text);
    paint::text_left(ui, line(28.0, 32.0), t.order_total, small, p.text_2);
    let shown = total.map_or_else(|| "—".to_owned(), Money::yuan);
    let grand = paint::text_right(ui, line(28.0, 32.0), &shown, theme::medium_font(size::TEXT_TITLE), p.text);
    let name = format!("{} {shown}", t.order_total);
    ui.interact(grand, ui.scope_id().with("total"), egui::Sense::hover())
        .widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, &name));
    if let Some(total) = total {
        paint::text_left(ui, line(64.0, 20.0), t.capitals, theme::font(size::TEXT_SMALL), p.text_2);
        paint::text_right(ui, line(64.0, 20.0).with_min_x(sums.left() + 48.0), &total.capitals(), theme::font(size::TEXT_SMALL), p.text_2);
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
