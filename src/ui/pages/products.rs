//! The products page (picture 06): list with stock, movements below it, form, stock dialog. Stock changes through the services only.

mod form;
mod list;
mod movements;
mod stock;

use egui::{Frame, Id, Key, Modifiers, Panel, Ui};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, MovementType, Status};
use crate::models::customer::Removal;
use crate::models::list::Page;
use crate::models::product::{ProductFilter, ProductPage, ProductRow, ProductSort, StockCounts};
use crate::models::rights::Verb;
use crate::models::{ProductId, Result};
use crate::services::products;
use crate::ui::context::{Cached, Context};
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::Tone;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::table::ListState;
use crate::ui::widgets::toast::Toast;

/// The share of the page's height that the movements take.
const MOVEMENTS_SHARE: f32 = 0.4;

/// The page's state.
pub struct Products {
    filter: ProductFilter,
    list: ListState<ProductSort>,
    /// Counts from 1.
    page: u32,
    rows: Cached<(ProductFilter, ProductPage), (Page<ProductRow>, StockCounts)>,
    categories: Cached<(), Vec<String>>,
    movements: movements::Movements,
    form: Option<form::ProductForm>,
    stock: Option<stock::StockDialog>,
    deleting: Option<(ProductId, String)>,
    deletion: Act,
    /// A product that the page was asked to show.
    wanted: Option<ProductId>,
    /// The page was shown before: its search took the focus.
    entered: bool,
}

impl Default for Products {
    fn default() -> Self {
        Products {
            filter: start_filter(),
            list: ListState::new(ProductSort::Fill, false),
            page: 1,
            rows: Cached::default(),
            categories: Cached::default(),
            movements: movements::Movements::default(),
            form: None,
            stock: None,
            deleting: None,
            deletion: Act::default(),
            wanted: None,
            entered: false,
        }
    }
}

/// What the list shows at first: products on sale.
fn start_filter() -> ProductFilter {
    ProductFilter { status: Some(Status::Active), ..Default::default() }
}

fn search_id() -> Id {
    Id::unique("products search")
}

impl Products {
    /// Opens the page, with this record selected where one is given.
    pub fn enter(&mut self, record: Option<ProductId>) {
        self.entered = false;
        self.form = None;
        self.stock = None;
        self.deleting = None;
        self.wanted = record;
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        if let Some(id) = self.wanted.take() {
            self.show_product(cx, id);
        }
        self.keys(ui, cx);
        if cx.may(Module::Inventory, Verb::View) {
            let height = (ui.available_height() * MOVEMENTS_SHARE).round();
            let panel = Panel::bottom("movements").exact_size(height).resizable(false).show_separator_line(false).frame(Frame::NONE);
            let selected = self.list.selected.map(ProductId);
            panel.show(ui, |ui| self.movements.ui(ui, cx, selected));
        }
        self.list_ui(ui, cx);
        self.form_ui(ui, cx);
        self.stock_ui(ui, cx);
        self.deleting_ui(ui, cx);
        if !std::mem::replace(&mut self.entered, true) && self.list.selected.is_none() {
            ui.memory_mut(|memory| memory.request_focus(search_id()));
        }
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        let form = self.form.as_ref().filter(|form| form.is_dirty()).map(|form| form.called(t));
        form.or(self.stock.as_ref().filter(|stock| stock.is_dirty()).map(|_| t.products.unsaved_stock))
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.as_ref().is_some_and(form::ProductForm::is_saving) || self.stock.as_ref().is_some_and(stock::StockDialog::is_saving)
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(form) = &mut self.form {
            form.save(ctx);
        } else if let Some(stock) = &mut self.stock {
            stock.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.form = None;
        self.stock = None;
    }

    /// Finds a product by its code and selects it, whatever was looked at before.
    fn show_product(&mut self, cx: &mut Context<'_>, id: ProductId) {
        match products::get(cx.desk, id) {
            Ok(product) => {
                self.filter = ProductFilter { search: product.input.sku, ..Default::default() };
                self.page = 1;
                self.list.select(id.0);
                self.list.take_focus = true;
            }
            Err(error) => cx.report(&error),
        }
    }

    fn selected_row(&self) -> Option<&ProductRow> {
        let rows = self.rows.last().map(|(page, _)| page.rows.as_slice()).unwrap_or_default();
        rows.iter().find(|row| Some(row.id.0) == self.list.selected)
    }

    /// Why no stock can be moved now, or nothing where it can.
    fn why_no_stock(&self, cx: &Context<'_>) -> Option<String> {
        let nothing_chosen = self.selected_row().is_none().then(|| cx.t.products.choose_first.to_owned());
        cx.why_not(Module::Inventory, Verb::Update).or(nothing_chosen)
    }

    fn move_stock(&mut self, cx: &Context<'_>, kind: MovementType) {
        if self.why_no_stock(cx).is_none()
            && let Some(row) = self.selected_row()
        {
            self.stock = Some(stock::StockDialog::new(row, kind));
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        // The search box clears before anything closes.
        if ui.memory(|memory| memory.has_focus(search_id()))
            && !self.filter.search.is_empty()
            && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
        {
            self.filter.search.clear();
            self.page = 1;
        }
        if Shortcut::New.pressed(ui) && cx.may(Module::Inventory, Verb::Create) {
            self.form = Some(form::ProductForm::new(cx));
        }
        if Shortcut::Find.pressed(ui) {
            ui.memory_mut(|memory| memory.request_focus(search_id()));
        }
        if Shortcut::Edit.pressed(ui)
            && let Some(id) = self.list.selected
        {
            self.edit(cx, ProductId(id));
        }
        for (shortcut, kind) in
            [(Shortcut::StockIn, MovementType::In), (Shortcut::StockOut, MovementType::Out), (Shortcut::Count, MovementType::Adjust)]
        {
            if shortcut.pressed(ui) {
                self.move_stock(cx, kind);
            }
        }
        if Shortcut::Refresh.pressed(ui) {
            self.refresh();
        }
    }

    fn refresh(&mut self) {
        self.rows.forget();
        self.categories.forget();
        self.movements.forget();
    }

    /// Opens the form on a product as it is now; it can only be read where the right to change it is missing.
    fn edit(&mut self, cx: &mut Context<'_>, id: ProductId) {
        match products::get(cx.desk, id) {
            Ok(product) => self.form = Some(form::ProductForm::edit(cx, product)),
            Err(error) => cx.report(&error),
        }
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(form) = &mut self.form else { return };
        match form.ui(ui, cx) {
            Some(form::Outcome::Closed) => {
                self.form = None;
                self.list.take_focus = true;
            }
            Some(form::Outcome::Saved { id, name, created }) => {
                self.form = None;
                let t = &cx.t.products;
                cx.done(fill(if created { t.created } else { t.updated }, &[&name]), None);
                if created {
                    self.show_product(cx, id);
                }
                self.list.select(id.0);
                self.list.take_focus = true;
                ui.request_repaint();
            }
            Some(form::Outcome::Reload(id)) => {
                self.form = None;
                self.edit(cx, id);
                ui.request_repaint();
            }
            None => {}
        }
    }

    fn stock_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(stock) = &mut self.stock else { return };
        if stock.ui(ui, cx) {
            self.stock = None;
            self.list.take_focus = true;
            ui.request_repaint();
        }
    }

    fn deleting_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some((id, name)) = self.deleting.clone() else { return };
        let t = &cx.t.products;
        if self.deletion.is_running() {
            if let Some(outcome) = self.deletion.attempt(ui, cx, |desk| products::delete(desk, id)) {
                self.deleting = None;
                self.deleted(cx, id, &name, outcome);
                ui.request_repaint();
            }
            return;
        }
        let confirm = Confirm {
            icon: icons::TRASH,
            tone: Tone::Danger,
            title: fill(t.delete_title, &[&name]),
            body: t.delete_body.to_owned(),
            facts: Vec::new(),
            way_out: cx.t.common.cancel.to_owned(),
            act: t.delete.to_owned(),
            other: None,
            danger: true,
            careful: false,
        };
        match confirm.show(ui, "delete product") {
            Some(Choice::Act) => {
                self.deletion.start(ui);
                ui.request_repaint();
            }
            Some(_) => {
                self.deleting = None;
                self.list.take_focus = true;
            }
            None => {}
        }
    }

    fn deleted(&mut self, cx: &mut Context<'_>, id: ProductId, name: &str, outcome: Result<Removal>) {
        let t = &cx.t.products;
        match outcome {
            Ok(Removal::Deleted) => {
                cx.done(fill(t.deleted, &[&name]), None);
                self.list.selected = None;
            }
            Ok(Removal::Deactivated) => {
                let title = fill(t.deactivated, &[&name]);
                let mut toast = Toast::new(Tone::Mute, title).body(t.deactivated_more).action(cx.t.shell.open, Route::Product(id));
                toast.icon = Some(icons::PROHIBIT);
                cx.toasts.push(toast);
            }
            Err(error) => cx.report(&error),
        }
        self.list.take_focus = true;
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["F7"], s.key_stock_in), (&["F8"], s.key_stock_out), (&["F9"], s.key_count)]
}
