//! Where the window can be. Pages never import each other: they ask the shell to go to a route.

use crate::models::choice::Module;
use crate::models::rights::{Rights, Verb};
use crate::models::{CustomerId, OrderId, ProductId};

/// A place in the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    Customers,
    /// The list with this customer's drawer open.
    Customer(CustomerId),
    Products,
    Product(ProductId),
    Orders,
    Order(OrderId),
    /// The editor, for a customer where one was chosen.
    NewOrder(Option<CustomerId>),
    /// The editor on an order whose lines may still change.
    EditOrder(OrderId),
}

impl Route {
    /// The entries of the navigation, in its order.
    pub const NAVIGATION: [Route; 3] = [Route::Customers, Route::Orders, Route::Products];

    /// The navigation entry this place belongs to.
    pub fn entry(self) -> Route {
        match self {
            Route::Customers | Route::Customer(_) => Route::Customers,
            Route::Products | Route::Product(_) => Route::Products,
            Route::Orders | Route::Order(_) | Route::NewOrder(_) | Route::EditOrder(_) => Route::Orders,
        }
    }

    /// The module whose view right it needs.
    pub fn module(self) -> Module {
        match self.entry() {
            Route::Customers => Module::Customer,
            Route::Products => Module::Inventory,
            _ => Module::Sales,
        }
    }

    /// Whether a person with these rights may see it.
    pub fn visible(self, rights: &Rights) -> bool {
        rights.allows(self.module(), Verb::View)
    }
}
