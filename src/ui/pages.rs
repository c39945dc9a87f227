//! One module per page. Pages own their state and know nothing of each other; this module only passes a route on to its page.

pub mod customers;
pub mod dashboard;
pub mod entrance;
pub mod followups;
pub mod movements;
pub mod order;
pub mod order_editor;
pub mod orders;
pub mod payments;
pub mod products;
pub mod quote;
pub mod quote_editor;
pub mod quotes;
pub mod reports;
pub mod settings;
pub mod statistics;
pub mod stocktake;
pub mod stocktakes;
pub mod warnings;

use egui::{Frame, Margin, Ui};

use crate::i18n::{Texts, fill};
use crate::models::choice::Module;
use crate::models::rights::Verb;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::page;

/// The pages' states.
#[derive(Default)]
pub struct Pages {
    dashboard: dashboard::Dashboard,
    customers: customers::Customers,
    followups: followups::Followups,
    quotes: quotes::Quotes,
    quote: quote::QuotePage,
    quote_editor: quote_editor::QuoteEditor,
    orders: orders::Orders,
    order: order::OrderPage,
    editor: order_editor::OrderEditor,
    payments: payments::Payments,
    products: products::Products,
    movements: movements::Movements,
    warnings: warnings::Warnings,
    stocktakes: stocktakes::Stocktakes,
    stocktake: stocktake::StocktakePage,
    statistics: statistics::Statistics,
    reports: reports::Reports,
    settings: settings::Settings,
    /// The open page is not the person's to see any more: nothing of it is drawn, so nothing of it is saved.
    hidden: bool,
}

/// A page on which something is typed that may not be saved.
enum Drafts<'a> {
    Dashboard(&'a mut dashboard::Dashboard),
    Followups(&'a mut followups::Followups),
    Customers(&'a mut customers::Customers),
    Products(&'a mut products::Products),
    Movements(&'a mut movements::Movements),
    Warnings(&'a mut warnings::Warnings),
    Order(&'a mut order_editor::OrderEditor),
    Quote(&'a mut quote_editor::QuoteEditor),
    Stocktakes(&'a mut stocktakes::Stocktakes),
    Stocktake(&'a mut stocktake::StocktakePage),
    Settings(&'a mut settings::Settings),
}

/// Does the same with whichever page it is.
macro_rules! on_drafts {
    ($drafts:expr, $page:ident => $what:expr) => {
        match $drafts {
            Drafts::Dashboard($page) => $what,
            Drafts::Followups($page) => $what,
            Drafts::Customers($page) => $what,
            Drafts::Products($page) => $what,
            Drafts::Movements($page) => $what,
            Drafts::Warnings($page) => $what,
            Drafts::Order($page) => $what,
            Drafts::Quote($page) => $what,
            Drafts::Stocktakes($page) => $what,
            Drafts::Stocktake($page) => $what,
            Drafts::Settings($page) => $what,
        }
    };
}

impl Pages {
    /// Draws the page of a route.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, route: Route) {
        self.hidden = !route.visible(cx.rights);
        if let Some(module) = route.module().filter(|_| self.hidden) {
            return not_yours_ui(ui, cx, module);
        }
        match route {
            Route::Dashboard => self.dashboard.ui(ui, cx),
            Route::Customers | Route::Customer(_) | Route::NewCustomer | Route::FirstImport => self.customers.ui(ui, cx),
            Route::Followups => self.followups.ui(ui, cx),
            Route::Quotes => self.quotes.ui(ui, cx),
            Route::Quote(id) => {
                let neighbours = self.quotes.neighbours(id);
                self.quote.ui(ui, cx, id, neighbours);
            }
            Route::NewQuote(_) | Route::EditQuote(_) => self.quote_editor.ui(ui, cx),
            Route::Products | Route::Product(_) => self.products.ui(ui, cx),
            Route::Movements => self.movements.ui(ui, cx),
            Route::Warnings => self.warnings.ui(ui, cx),
            Route::Stocktakes => self.stocktakes.ui(ui, cx),
            Route::Stocktake(id) => {
                let neighbours = self.stocktakes.neighbours(id);
                self.stocktake.ui(ui, cx, id, neighbours);
            }
            Route::Orders | Route::OrdersOf(_) => self.orders.ui(ui, cx),
            Route::Order(id) => {
                let neighbours = self.orders.neighbours(id);
                self.order.ui(ui, cx, id, neighbours);
            }
            Route::NewOrder(_) | Route::NewOrderFromQuote(_) | Route::EditOrder(_) => self.editor.ui(ui, cx),
            Route::Payments | Route::Receivables => self.payments.ui(ui, cx),
            Route::Statistics => self.statistics.ui(ui, cx),
            Route::Reports => self.reports.ui(ui, cx),
            Route::Settings(section) => self.settings.ui(ui, cx, section),
        }
    }

    /// Prepares the page before its first frame.
    pub fn enter(&mut self, route: Route) {
        match route {
            Route::Dashboard => self.dashboard.enter(),
            Route::Customers => self.customers.enter(None),
            Route::Customer(id) => self.customers.enter(Some(id)),
            Route::NewCustomer => self.customers.enter_new(),
            Route::FirstImport => self.customers.enter_import(),
            Route::Followups => self.followups.enter(),
            Route::Quotes => self.quotes.enter(),
            Route::Quote(_) => self.quote.enter(),
            Route::NewQuote(customer) => self.quote_editor.enter_new(customer),
            Route::EditQuote(id) => self.quote_editor.enter_edit(id),
            Route::Products => self.products.enter(None),
            Route::Product(id) => self.products.enter(Some(id)),
            Route::Movements => self.movements.enter(),
            Route::Warnings => self.warnings.enter(),
            Route::Stocktakes => self.stocktakes.enter(),
            Route::Stocktake(_) => self.stocktake.enter(),
            Route::Orders => self.orders.enter(),
            Route::OrdersOf(asked) => self.orders.enter_asked(asked),
            Route::Order(_) => self.order.enter(),
            Route::NewOrder(customer) => self.editor.enter_new(customer),
            Route::NewOrderFromQuote(id) => self.editor.enter_quote(id),
            Route::EditOrder(id) => self.editor.enter_edit(id),
            Route::Payments => self.payments.enter(),
            Route::Receivables => self.payments.enter_owed(),
            Route::Statistics => self.statistics.enter(),
            Route::Reports => self.reports.enter(),
            Route::Settings(section) => self.settings.enter(section),
        }
    }

    fn drafts(&mut self, route: Route) -> Option<Drafts<'_>> {
        match route {
            Route::Dashboard => Some(Drafts::Dashboard(&mut self.dashboard)),
            Route::Followups => Some(Drafts::Followups(&mut self.followups)),
            Route::Customers | Route::Customer(_) | Route::NewCustomer | Route::FirstImport => Some(Drafts::Customers(&mut self.customers)),
            Route::Products | Route::Product(_) => Some(Drafts::Products(&mut self.products)),
            Route::Movements => Some(Drafts::Movements(&mut self.movements)),
            Route::Warnings => Some(Drafts::Warnings(&mut self.warnings)),
            Route::NewOrder(_) | Route::NewOrderFromQuote(_) | Route::EditOrder(_) => Some(Drafts::Order(&mut self.editor)),
            Route::NewQuote(_) | Route::EditQuote(_) => Some(Drafts::Quote(&mut self.quote_editor)),
            Route::Stocktakes => Some(Drafts::Stocktakes(&mut self.stocktakes)),
            Route::Stocktake(_) => Some(Drafts::Stocktake(&mut self.stocktake)),
            Route::Settings(_) => Some(Drafts::Settings(&mut self.settings)),
            _ => None,
        }
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&mut self, route: Route, t: &'static Texts) -> Option<&'static str> {
        on_drafts!(self.drafts(route)?, page => page.unsaved(t))
    }

    pub fn is_saving(&mut self, route: Route) -> bool {
        !self.hidden && self.drafts(route).is_some_and(|drafts| on_drafts!(drafts, page => page.is_saving()))
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, route: Route, ctx: &egui::Context) {
        if !self.hidden
            && let Some(drafts) = self.drafts(route)
        {
            on_drafts!(drafts, page => page.save(ctx));
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self, route: Route) {
        if let Some(drafts) = self.drafts(route) {
            on_drafts!(drafts, page => page.discard());
        }
    }
}

/// What stands in the place of a page that the person may not see, whose right he needs, and from whom it comes.
pub fn not_yours_ui(ui: &mut Ui, cx: &Context<'_>, module: Module) {
    let t = &cx.t.settings;
    let more = fill(t.not_yours_more, &[&cx.lang.module(module), &cx.lang.verb(Verb::View)]);
    Frame::new().inner_margin(Margin::symmetric(page::padding(ui) as i8, 0)).show(ui, |ui| {
        ui.add_space(size::PAGE_PADDING);
        banner_ui(ui, &Banner::new(Tone::Danger, t.not_yours, &more));
    });
}

/// Icon, name and group of a navigation entry.
pub fn entry(route: Route, texts: &'static Texts) -> (&'static str, &'static str, &'static str) {
    let t = &texts.shell;
    match route.entry() {
        Route::Dashboard => (icons::SQUARES_FOUR, t.dashboard, ""),
        Route::Customers => (icons::USERS, t.customers, t.group_crm),
        Route::Followups => (icons::CALENDAR_CHECK, t.followups, t.group_crm),
        Route::Quotes => (icons::FILE_TEXT, t.quotes, t.group_sales),
        Route::Payments => (icons::HAND_COINS, t.payments, t.group_sales),
        Route::Products => (icons::PACKAGE, t.products, t.group_stock),
        Route::Movements => (icons::ARROWS_DOWN_UP, t.movements, t.group_stock),
        Route::Warnings => (icons::WARNING_CIRCLE, t.warnings, t.group_stock),
        Route::Stocktakes => (icons::CLIPBOARD_TEXT, t.stocktakes, t.group_stock),
        Route::Statistics => (icons::CHART_BAR, t.statistics, t.group_analysis),
        Route::Reports => (icons::FILE_XLS, texts.exports.reports, texts.exports.group),
        Route::Settings(_) => (icons::GEAR_SIX, t.settings, t.group_settings),
        _ => (icons::RECEIPT, t.orders, t.group_sales),
    }
}

/// A key hint: caps and what they do.
pub type Hint = (&'static [&'static str], &'static str);

/// The key hints of a page, most useful first.
pub fn hints(route: Route, t: &'static Texts) -> Vec<Hint> {
    match route {
        Route::Dashboard => dashboard::hints(t),
        Route::Customers | Route::Customer(_) | Route::NewCustomer | Route::FirstImport => customers::hints(t),
        Route::Followups => followups::hints(t),
        Route::Quotes => quotes::hints(t),
        Route::Quote(_) => quote::hints(t),
        Route::NewQuote(_) | Route::EditQuote(_) => quote_editor::hints(t),
        Route::Products | Route::Product(_) => products::hints(t),
        Route::Movements => movements::hints(t),
        Route::Warnings => warnings::hints(t),
        Route::Stocktakes => stocktakes::hints(t),
        Route::Stocktake(_) => stocktake::hints(t),
        Route::Orders | Route::OrdersOf(_) => orders::hints(t),
        Route::Order(_) => order::hints(t),
        Route::NewOrder(_) | Route::NewOrderFromQuote(_) | Route::EditOrder(_) => order_editor::hints(t),
        Route::Payments | Route::Receivables => payments::hints(t),
        Route::Statistics => statistics::hints(t),
        Route::Reports => reports::hints(t),
        Route::Settings(section) => settings::hints(t, section),
    }
}
