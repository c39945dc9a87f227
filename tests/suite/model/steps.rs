//! Steps of a sequence, as the model and the program take them; which one comes next is in `next`.

use zhanggui::models::choice::{CreditCheck, MovementType, QuoteStatus};
use zhanggui::models::import::Existing;
use zhanggui::models::*;

use super::files::{CustomerRow, OrderRows, ProductRow};
use super::shop::Shop;

/// Pieces of a product at a price in fen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub product: usize,
    pub quantity: i64,
    pub price: i64,
}

/// Pieces of an order's line that come back, and how many could as it was shown.
#[derive(Clone, Copy, Debug)]
pub struct Back {
    pub line: usize,
    pub pieces: i64,
    pub returnable: i64,
}

/// What a person saves of a product.
#[derive(Clone, Copy, Debug)]
pub struct ProductData {
    pub price: i64,
    /// `None` where he leaves it out.
    pub cost: Option<i64>,
    pub threshold: i64,
    pub active: bool,
}

/// What a person saves of a customer.
#[derive(Clone, Copy, Debug)]
pub struct CustomerData {
    pub owner: Option<usize>,
    pub limit: Option<i64>,
    pub term: Option<i64>,
    pub active: bool,
}

#[derive(Clone, Copy, Debug)]
pub enum Setting {
    DeductOnShipment(bool),
    ShipUnpaid(bool),
    Credit(CreditCheck),
    Zone(Zone),
}

/// One step. Records are named by their place in the model, amounts in fen, and what was shown and confirmed by its figures.
#[derive(Clone, Debug)]
pub enum Step {
    Order {
        customer: usize,
        quote: Option<usize>,
        lines: Vec<Piece>,
        day: Day,
    },
    /// Other lines, or other notes where there are none.
    Change {
        order: usize,
        stale: bool,
        lines: Option<Vec<Piece>>,
    },
    Pay {
        order: usize,
        fen: i64,
        day: Day,
        before: Option<i64>,
    },
    Refund {
        order: usize,
        fen: i64,
        day: Day,
        before: Option<i64>,
    },
    Cancel {
        order: usize,
        pieces: i64,
        refund: i64,
    },
    Ship {
        order: usize,
        stale: bool,
        unpaid: Option<i64>,
    },
    Complete {
        order: usize,
    },
    Return {
        order: usize,
        lines: Vec<Back>,
        refund: i64,
    },
    Pick {
        order: usize,
        product: usize,
        pieces: i64,
    },
    PutBack {
        order: usize,
        line: usize,
        pieces: i64,
    },
    Quote {
        customer: usize,
        lines: Vec<Piece>,
        until: Day,
    },
    ChangeQuote {
        quote: usize,
        stale: bool,
        customer: usize,
        lines: Vec<Piece>,
        until: Day,
    },
    DecideQuote {
        quote: usize,
        stale: bool,
        to: QuoteStatus,
    },
    CopyQuote {
        quote: usize,
    },
    RemoveQuote {
        quote: usize,
    },
    /// How many quotes one sees of each state.
    LookAtQuotes,
    FollowUp {
        customer: usize,
        at: Timestamp,
        next: Option<Timestamp>,
    },
    CorrectFollowup {
        followup: usize,
        stale: bool,
        at: Timestamp,
        next: Option<Timestamp>,
    },
    MarkFollowup {
        followup: usize,
        done: bool,
    },
    RemoveFollowup {
        followup: usize,
    },
    Stock {
        product: usize,
        kind: MovementType,
        quantity: i64,
    },
    Reverse {
        movement: usize,
    },
    /// A count sheet of one product, or of all.
    Begin {
        only: Option<usize>,
    },
    Count {
        sheet: usize,
        product: usize,
        counted: Option<i64>,
        seen: Option<i64>,
    },
    Post {
        sheet: usize,
        stale: bool,
    },
    Discard {
        sheet: usize,
    },
    NewProduct,
    ChangeProduct {
        product: usize,
        stale: bool,
        data: ProductData,
    },
    ChangeMany {
        products: Vec<usize>,
        percent: Option<i64>,
        threshold: Option<i64>,
    },
    RemoveProduct {
        product: usize,
    },
    NewCustomer {
        owner: Option<usize>,
        limit: Option<i64>,
    },
    ChangeCustomer {
        customer: usize,
        stale: bool,
        data: CustomerData,
    },
    RemoveCustomer {
        customer: usize,
    },
    HandOver {
        customers: Vec<usize>,
        owner: Option<usize>,
    },
    ImportProducts {
        rows: Vec<ProductRow>,
        existing: Existing,
        dry: bool,
    },
    ImportCustomers {
        rows: Vec<CustomerRow>,
        existing: Existing,
        dry: bool,
    },
    ImportOrders {
        orders: Vec<OrderRows>,
        existing: Existing,
        dry: bool,
    },
    Configure(Setting),
    Clock(Timestamp),
    Restart,
    Become(usize),
}

impl Step {
    /// Whether what it names exists: shrinking takes steps out from under it.
    pub fn is_possible(&self, shop: &Shop) -> bool {
        let lines_known = |lines: &[Piece]| lines.iter().all(|line| line.product < shop.products.len());
        // A file may bring the next one.
        let product_or_next = |at: usize| shop.products.get(at).map_or(at == shop.products.len(), |product| !product.gone);
        let customer_or_next = |at: usize| shop.customers.get(at).map_or(at == shop.customers.len(), |customer| !customer.gone);
        match self {
            Step::Order { customer, quote, lines, .. } => {
                *customer < shop.customers.len() && quote.is_none_or(|quote| quote < shop.quotes.len()) && lines_known(lines)
            }
            Step::Quote { customer, lines, .. } => *customer < shop.customers.len() && lines_known(lines),
            Step::ChangeQuote { quote, customer, lines, .. } => *quote < shop.quotes.len() && *customer < shop.customers.len() && lines_known(lines),
            Step::DecideQuote { quote, .. } | Step::CopyQuote { quote } | Step::RemoveQuote { quote } => *quote < shop.quotes.len(),
            Step::Change { order, lines, .. } => *order < shop.orders.len() && lines.as_deref().is_none_or(lines_known),
            Step::Return { order, lines, .. } => shop.orders.get(*order).is_some_and(|order| lines.iter().all(|back| back.line < order.lines.len())),
            Step::PutBack { order, line, .. } => shop.orders.get(*order).is_some_and(|order| *line < order.lines.len()),
            Step::Pick { order, product, .. } => *order < shop.orders.len() && *product < shop.products.len(),
            Step::Pay { order, .. }
            | Step::Refund { order, .. }
            | Step::Cancel { order, .. }
            | Step::Ship { order, .. }
            | Step::Complete { order } => *order < shop.orders.len(),
            Step::Stock { product, .. } | Step::RemoveProduct { product } | Step::ChangeProduct { product, .. } => *product < shop.products.len(),
            Step::ChangeMany { products, .. } => products.iter().all(|product| *product < shop.products.len()),
            Step::Begin { only } => only.is_none_or(|product| product < shop.products.len()),
            Step::Count { sheet, product, .. } => *sheet < shop.sheets.len() && *product < shop.products.len(),
            Step::Post { sheet, .. } | Step::Discard { sheet } => *sheet < shop.sheets.len(),
            Step::Reverse { movement } => *movement < shop.movements.len(),
            Step::RemoveCustomer { customer } | Step::ChangeCustomer { customer, .. } | Step::FollowUp { customer, .. } => {
                *customer < shop.customers.len()
            }
            Step::HandOver { customers, .. } => customers.iter().all(|customer| *customer < shop.customers.len()),
            Step::CorrectFollowup { followup, .. } | Step::MarkFollowup { followup, .. } | Step::RemoveFollowup { followup } => {
                *followup < shop.followups.len()
            }
            Step::ImportProducts { rows, .. } => rows.iter().all(|row| product_or_next(row.product)),
            Step::ImportCustomers { rows, .. } => rows.iter().all(|row| customer_or_next(row.customer)),
            Step::ImportOrders { orders, .. } => {
                orders.iter().all(|order| customer_or_next(order.customer) && order.lines.iter().all(|line| product_or_next(line.product)))
            }
            Step::LookAtQuotes
            | Step::NewProduct
            | Step::NewCustomer { .. }
            | Step::Configure(_)
            | Step::Clock(_)
            | Step::Restart
            | Step::Become(_) => true,
        }
    }

    /// Whether it says what it would do and keeps nothing.
    pub fn is_dry(&self) -> bool {
        matches!(self, Step::ImportProducts { dry: true, .. } | Step::ImportCustomers { dry: true, .. } | Step::ImportOrders { dry: true, .. })
    }
}
