//! One module per page. Pages own their state and know nothing of each other; this module only passes a route on to its page.

pub mod customers;
pub mod entrance;
pub mod order;
pub mod order_editor;
pub mod orders;
pub mod products;

use egui::Ui;

use crate::i18n::Texts;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::route::Route;

/// The pages' states.
#[derive(Default)]
pub struct Pages {
    customers: customers::Customers,
    products: products::Products,
    orders: orders::Orders,
    order: order::OrderPage,
    editor: order_editor::OrderEditor,
}

impl Pages {
    /// Draws the page of a route.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, route: Route) {
        match route {
            Route::Customers | Route::Customer(_) => self.customers.ui(ui, cx),
            Route::Products | Route::Product(_) => self.products.ui(ui, cx),
            Route::Orders => self.orders.ui(ui, cx),
            Route::Order(id) => {
                let neighbours = self.orders.neighbours(id);
                self.order.ui(ui, cx, id, neighbours);
            }
            Route::NewOrder(_) | Route::EditOrder(_) => self.editor.ui(ui, cx),
        }
    }

    /// Prepares the page before its first frame.
    pub fn enter(&mut self, route: Route) {
        match route {
            Route::Customers => self.customers.enter(None),
            Route::Customer(id) => self.customers.enter(Some(id)),
            Route::Products => self.products.enter(None),
            Route::Product(id) => self.products.enter(Some(id)),
            Route::Orders => self.orders.enter(),
            Route::Order(_) => self.order.enter(),
            Route::NewOrder(customer) => self.editor.enter_new(customer),
            Route::EditOrder(id) => self.editor.enter_edit(id),
        }
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, route: Route, t: &'static Texts) -> Option<&'static str> {
        match route.entry() {
            Route::Customers => self.customers.unsaved(t),
            Route::Products => self.products.unsaved(t),
            _ if matches!(route, Route::NewOrder(_) | Route::EditOrder(_)) => self.editor.unsaved(t),
            _ => None,
        }
    }

    pub fn is_saving(&self, route: Route) -> bool {
        match route.entry() {
            Route::Customers => self.customers.is_saving(),
            Route::Products => self.products.is_saving(),
            _ => self.editor.is_saving(),
        }
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, route: Route, ctx: &egui::Context) {
        match route.entry() {
            Route::Customers => self.customers.save(ctx),
            Route::Products => self.products.save(ctx),
            _ => self.editor.save(ctx),
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self, route: Route) {
        match route.entry() {
            Route::Customers => self.customers.discard(),
            Route::Products => self.products.discard(),
            _ => self.editor.discard(),
        }
    }
}

/// Icon, name and group of a navigation entry.
pub fn entry(route: Route, t: &'static Texts) -> (&'static str, &'static str, &'static str) {
    match route.entry() {
        Route::Customers => (icons::USERS, t.shell.customers, t.shell.group_crm),
        Route::Products => (icons::PACKAGE, t.shell.products, t.shell.group_stock),
        _ => (icons::RECEIPT, t.shell.orders, t.shell.group_sales),
    }
}

/// A key hint: caps and what they do.
pub type Hint = (&'static [&'static str], &'static str);

/// The key hints of a page, most useful first.
pub fn hints(route: Route, t: &'static Texts) -> Vec<Hint> {
    let s = &t.shell;
    match route {
        Route::Customers | Route::Customer(_) => customers::hints(t),
        Route::Products | Route::Product(_) => products::hints(t),
        Route::Orders => {
            vec![(&["↑", "↓"], s.key_choose), (&["Enter"], s.key_open), (&["Ctrl N"], s.key_new), (&["Ctrl F"], s.key_find), (&["F1"], s.key_help)]
        }
        Route::Order(_) => order::hints(t),
        Route::NewOrder(_) | Route::EditOrder(_) => order_editor::hints(t),
    }
}
