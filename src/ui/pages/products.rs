//! The products page (picture 06): list with stock, movements, orders and prices below it, form, stock and bulk dialogs.
//! Stock changes through the services only.

mod bulk;
mod form;
mod labels;
mod list;
mod movements;
mod panel;
mod sales;

use egui::{Align, Layout, Ui};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, MovementType};
use crate::models::customer::Removal;
use crate::models::import::ImportKind;
use crate::models::product::{ProductFilter, ProductRow, ProductSort, StockCounts};
use crate::models::rights::Verb;
use crate::models::{ProductId, Result};
use crate::services::products;
use crate::ui::context::Context;
use crate::ui::export_dialog::ExportDialog;
use crate::ui::filters::CategoryFilterField;
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::import_wizard::Import;
use crate::ui::list_page::ListPage;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::stock_dialog::StockDialog;
use crate::ui::theme::Tone;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::paint;
use crate::ui::widgets::toast::Toast;

/// The share of the page's height below the list.
const BELOW_SHARE: f32 = 0.4;

/// The page's state.
pub struct Products {
    list: ListPage<ProductFilter, ProductSort, ProductRow, StockCounts>,
    categories: CategoryFilterField,
    below: panel::Below,
    form: Option<form::ProductForm>,
    stock: Option<StockDialog>,
    bulk: Option<bulk::BulkDialog>,
    labels: Option<labels::LabelsDialog>,
    import: Import,
    export: ExportDialog,
    deleting: Option<(ProductId, String)>,
    deletion: Act,
    /// A product that the page was asked to show.
    wanted: Option<ProductId>,
}

impl Default for Products {
    fn default() -> Self {
        Products {
            list: ListPage::new(&list::KIND),
            categories: CategoryFilterField::default(),
            below: panel::Below::default(),
            form: None,
            stock: None,
            bulk: None,
            labels: None,
            import: Import::new(ImportKind::Products),
            export: ExportDialog::default(),
            deleting: None,
            deletion: Act::default(),
            wanted: None,
        }
    }
}

impl Products {
    /// Opens the page, with this record selected where one is given.
    pub fn enter(&mut self, record: Option<ProductId>) {
        self.form = None;
        self.stock = None;
        self.bulk = None;
        self.labels = None;
        self.deleting = None;
        self.wanted = record;
        if record.is_none() {
            if self.list.list.selected.is_some() {
                self.list.list.take_focus = true;
            } else {
                self.list.focus_search();
            }
        }
    }

    /// Draws the page.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        if let Some(id) = self.wanted.take() {
            self.show_product(cx, id);
        }
        self.keys(ui, cx);
        let room = ui.available_rect_before_wrap();
        let seen = cx.may(Module::Inventory, Verb::View);
        let height = if seen { (room.height() * BELOW_SHARE).round() } else { 0.0 };
        let (above, below) = room.split_top_bottom_at_y(room.bottom() - height);
        let column = Layout::top_down(Align::Min);
        paint::inside(ui, above, column, "products", |ui| self.list_ui(ui, cx));
        if seen {
            let selected = self.list.list.selected.map(ProductId);
            paint::inside(ui, below, column, "below products", |ui| self.below.ui(ui, cx, selected));
        }
        self.form_ui(ui, cx);
        self.stock_ui(ui, cx);
        self.deleting_ui(ui, cx);
        self.bulk_ui(ui, cx);
        if self.import.ui(ui, cx) {
            self.list.list.take_focus = true;
        }
        self.list.list.take_focus |= self.export.ui(ui, cx);
        if self.labels.as_mut().is_some_and(|dialog| dialog.ui(ui, cx)) {
            self.labels = None;
            self.list.list.take_focus = true;
            ui.request_repaint();
        }
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        let form = self.form.as_ref().filter(|form| form.is_dirty()).map(|form| form.called(t));
        let stock = self.stock.as_ref().filter(|stock| stock.is_dirty()).map(|_| t.products.unsaved_stock);
        let bulk = self.bulk.as_ref().filter(|bulk| bulk.is_dirty()).map(|_| t.products.unsaved_bulk);
        form.or(stock).or(bulk)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form.as_ref().is_some_and(form::ProductForm::is_saving)
            || self.stock.as_ref().is_some_and(StockDialog::is_saving)
            || self.bulk.as_ref().is_some_and(bulk::BulkDialog::is_saving)
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(form) = &mut self.form {
            form.save(ctx);
        } else if let Some(stock) = &mut self.stock {
            stock.save(ctx);
        } else if let Some(bulk) = &mut self.bulk {
            bulk.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.form = None;
        self.stock = None;
        self.bulk = None;
    }

    /// Finds a product by its code and selects it, whatever was looked at before.
    fn show_product(&mut self, cx: &mut Context<'_>, id: ProductId) {
        match products::get(cx.desk, id) {
            Ok(product) => {
                self.list.filter = ProductFilter { search: product.input.sku, ..Default::default() };
                self.list.list.select(id.0);
                self.list.list.take_focus = true;
            }
            Err(error) => cx.report(&error),
        }
    }

    /// Why no stock can be moved now, or nothing where it can.
    fn why_no_stock(&self, cx: &Context<'_>) -> Option<String> {
        let nothing_chosen = self.list.selected().is_none().then(|| cx.t.products.choose_first.to_owned());
        cx.why_not(Module::Inventory, Verb::Update).or(nothing_chosen)
    }

    fn move_stock(&mut self, cx: &Context<'_>, kind: MovementType) {
        if self.why_no_stock(cx).is_none()
            && let Some(row) = self.list.selected()
        {
            self.stock = Some(StockDialog::new(row, kind));
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        self.list.begin(ui, cx);
        if Shortcut::New.pressed(ui) && cx.may(Module::Inventory, Verb::Create) {
            self.form = Some(form::ProductForm::new(cx));
        }
        if Shortcut::Edit.pressed(ui) {
            if !self.list.list.checked.is_empty() {
                self.change_ticked(cx);
            } else if let Some(id) = self.list.list.selected {
                self.edit(cx, ProductId(id));
            }
        }
        for (shortcut, kind) in
            [(Shortcut::StockIn, MovementType::In), (Shortcut::StockOut, MovementType::Out), (Shortcut::Count, MovementType::Adjust)]
        {
            if shortcut.pressed(ui) {
                self.move_stock(cx, kind);
            }
        }
        if Shortcut::Print.pressed(ui) {
            self.print_labels(cx);
        }
        if Shortcut::Refresh.pressed(ui) {
            self.refresh();
        }
    }

    /// Opens the dialog for labels of what is ticked, else of what is selected.
    fn print_labels(&mut self, cx: &mut Context<'_>) {
        let mut ids = self.ticked();
        if ids.is_empty() {
            ids.extend(self.list.list.selected.map(ProductId));
        }
        if ids.is_empty() {
            return;
        }
        match labels::LabelsDialog::new(cx, &ids) {
            Ok(dialog) => self.labels = Some(dialog),
            Err(error) => cx.report(&error),
        }
    }

    fn refresh(&mut self) {
        self.list.forget();
        self.categories.forget();
        self.below.forget();
    }

    /// Opens the form on a product as it is now; it can only be read where the right to change it is missing.
    fn edit(&mut self, cx: &mut Context<'_>, id: ProductId) {
        match products::get(cx.desk, id) {
            Ok(product) => self.form = Some(form::ProductForm::edit(cx, product)),
            Err(error) => cx.report(&error),
        }
    }

    /// Opens the dialog that changes what is ticked.
    fn change_ticked(&mut self, cx: &mut Context<'_>) {
        if !cx.may(Module::Inventory, Verb::Update) {
            return;
        }
        match bulk::BulkDialog::new(cx, self.ticked()) {
            Ok(dialog) => self.bulk = Some(dialog),
            Err(error) => cx.report(&error),
        }
    }

    fn bulk_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(bulk) = &mut self.bulk else { return };
        let Some(outcome) = bulk.ui(ui, cx) else { return };
        self.bulk = None;
        if let bulk::Outcome::Changed(count) = outcome {
            let t = &cx.t.products;
            cx.done(if count == 0 { t.bulk_none.to_owned() } else { fill(t.bulk_done, &[&count]) }, None);
            self.list.untick();
        }
        self.list.list.take_focus = true;
        ui.request_repaint();
    }

    fn form_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let Some(form) = &mut self.form else { return };
        match form.ui(ui, cx) {
            Some(form::Outcome::Closed) => {
                self.form = None;
                self.list.list.take_focus = true;
            }
            Some(form::Outcome::Saved { id, name, created }) => {
                self.form = None;
                let t = &cx.t.products;
                cx.done(fill(if created { t.created } else { t.updated }, &[&name]), None);
                if created {
                    self.show_product(cx, id);
                }
                self.list.list.select(id.0);
                self.list.list.take_focus = true;
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
        if stock.ui(ui, cx).is_some() {
            self.stock = None;
            self.list.list.take_focus = true;
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
        let confirm = Confirm::delete(cx.t, fill(t.delete_title, &[&name]), t.delete_body, t.delete);
        match confirm.show(ui, "delete product") {
            Some(Choice::Act) => {
                self.deletion.start(ui);
                ui.request_repaint();
            }
            Some(_) => {
                self.deleting = None;
                self.list.list.take_focus = true;
            }
            None => {}
        }
    }

    fn deleted(&mut self, cx: &mut Context<'_>, id: ProductId, name: &str, outcome: Result<Removal>) {
        let t = &cx.t.products;
        match outcome {
            Ok(Removal::Deleted) => {
                cx.done(fill(t.deleted, &[&name]), None);
                self.list.list.selected = None;
            }
            Ok(Removal::Deactivated) => {
                let title = fill(t.deactivated, &[&name]);
                let mut toast = Toast::new(Tone::Mute, title).body(t.deactivated_more).action(cx.t.shell.open, Route::Product(id));
                toast.icon = Some(icons::PROHIBIT);
                cx.toasts.push(toast);
            }
            Err(error) => cx.report(&error),
        }
        self.list.list.take_focus = true;
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    vec![
        (&["↑", "↓"], s.key_choose),
        (&["Space"], t.products.key_tick),
        (&["F7"], s.key_stock_in),
        (&["F8"], s.key_stock_out),
        (&["F9"], s.key_count),
    ]
}
