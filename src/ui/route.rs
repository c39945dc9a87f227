//! Where the window can be. Pages never import each other: they ask the shell to go to a route.

use crate::models::choice::Module;
use crate::models::rights::{Rights, Verb};
use crate::models::{CustomerId, Day, OrderId, ProductId, QuoteId, StocktakeId, UserId};

/// The orders that are asked for: those behind a figure. All conditions hold together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrdersAsked {
    pub from: Option<Day>,
    pub to: Option<Day>,
    pub person: Option<UserId>,
    pub customer: Option<CustomerId>,
    pub product: Option<ProductId>,
    /// The category this product is of.
    pub category_of: Option<ProductId>,
}

/// A part of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    Users,
    Rights,
    Config,
    Appearance,
    Logs,
    Backup,
    Account,
}

impl Section {
    /// In the order of the second column.
    pub const ALL: &[Section] =
        &[Section::Users, Section::Rights, Section::Config, Section::Appearance, Section::Logs, Section::Backup, Section::Account];

    /// Whether a person with these rights may see it; appearance and the own account are everyone's (rulings §8).
    pub fn visible(self, rights: &Rights) -> bool {
        match self {
            Section::Users | Section::Rights | Section::Config | Section::Logs | Section::Backup => rights.allows(Module::System, Verb::View),
            Section::Appearance | Section::Account => true,
        }
    }
}

/// A place in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Dashboard,
    Customers,
    /// The list with this customer's drawer open.
    Customer(CustomerId),
    /// The list with the form for a new customer over it.
    NewCustomer,
    /// The list with the first import of all over it.
    FirstImport,
    Followups,
    Quotes,
    Quote(QuoteId),
    /// The editor, for a customer where one was chosen.
    NewQuote(Option<CustomerId>),
    /// The editor on a draft.
    EditQuote(QuoteId),
    Products,
    Product(ProductId),
    Movements,
    Warnings,
    Stocktakes,
    Stocktake(StocktakeId),
    Orders,
    /// The list with these filters and no others.
    OrdersOf(OrdersAsked),
    Order(OrderId),
    /// The editor, for a customer where one was chosen.
    NewOrder(Option<CustomerId>),
    /// The editor with the customer and the lines of a quote.
    NewOrderFromQuote(QuoteId),
    /// The editor on an order whose lines may still change.
    EditOrder(OrderId),
    Payments,
    /// The payments page with what customers owe.
    Receivables,
    Statistics,
    /// The spec's reports as files.
    Reports,
    Settings(Section),
}

impl Route {
    /// The entries of the navigation, in its order.
    pub const NAVIGATION: &'static [Route] = &[
        Route::Dashboard,
        Route::Customers,
        Route::Followups,
        Route::Quotes,
        Route::Orders,
        Route::Payments,
        Route::Products,
        Route::Movements,
        Route::Warnings,
        Route::Stocktakes,
        Route::Statistics,
        Route::Reports,
        Route::Settings(Section::Appearance),
    ];

    /// The navigation entry this place belongs to.
    pub fn entry(self) -> Route {
        match self {
            Route::Dashboard => Route::Dashboard,
            Route::Customers | Route::Customer(_) | Route::NewCustomer | Route::FirstImport => Route::Customers,
            Route::Followups => Route::Followups,
            Route::Quotes | Route::Quote(_) | Route::NewQuote(_) | Route::EditQuote(_) => Route::Quotes,
            Route::Products | Route::Product(_) => Route::Products,
            Route::Movements => Route::Movements,
            Route::Warnings => Route::Warnings,
            Route::Stocktakes | Route::Stocktake(_) => Route::Stocktakes,
            Route::Orders | Route::OrdersOf(_) | Route::Order(_) | Route::NewOrder(_) | Route::NewOrderFromQuote(_) | Route::EditOrder(_) => {
                Route::Orders
            }
            Route::Payments | Route::Receivables => Route::Payments,
            Route::Statistics => Route::Statistics,
            Route::Reports => Route::Reports,
            Route::Settings(_) => Route::Settings(Section::Appearance),
        }
    }

    /// The module whose view right it needs; the dashboard is for everyone (rulings §8).
    pub fn module(self) -> Option<Module> {
        match self.entry() {
            Route::Dashboard | Route::Settings(_) => None,
            Route::Customers | Route::Followups => Some(Module::Customer),
            Route::Products | Route::Movements | Route::Warnings | Route::Stocktakes => Some(Module::Inventory),
            Route::Statistics | Route::Reports => Some(Module::Analytics),
            _ => Some(Module::Sales),
        }
    }

    /// Where an entry of the navigation leads a person with these rights: the settings open at the first part he may see.
    pub fn landing(self, rights: &Rights) -> Route {
        match self {
            Route::Settings(section) => Route::Settings(Section::ALL.iter().copied().find(|part| part.visible(rights)).unwrap_or(section)),
            other => other,
        }
    }

    /// Whether a person with these rights may see it.
    pub fn visible(self, rights: &Rights) -> bool {
        match self {
            Route::Settings(section) => section.visible(rights),
            _ => self.module().is_none_or(|module| rights.allows(module, Verb::View)),
        }
    }
}
