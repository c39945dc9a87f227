//! Orders: the record with its lines, the draft of the editor, list rows and filters.

use super::choice::{CustomerLevel, OrderStatus, Status, StockState};
use super::customer::OverLimit;
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{CustomerId, OrderId, OrderItemId, ProductId, QuoteId, UserId};
pub use super::line::{LineDraft, MOST_LINES, NewLine, check_lines, parse_lines, total_of, typed_total};
use super::list::PageRequest;
use super::money::Money;
use super::payment::Payment;
use super::returns::OrderReturn;
use super::stock::MovementRow;
use super::time::{Day, Timestamp};

/// An order to be created (spec 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    pub customer: CustomerId,
    /// The quote it comes from; it becomes accepted.
    pub quote: Option<QuoteId>,
    /// The business day; its number is of the day it is entered (rulings §6).
    pub order_day: Day,
    pub lines: Vec<NewLine>,
    pub notes: Option<String>,
}

impl NewOrder {
    /// Field errors of the input by itself.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        check_lines(&mut errors, &self.lines);
        text::check_optional(&mut errors, Field::Notes, self.notes.as_deref(), 2000);
        errors
    }

    /// Σ quantity × unit price; `None` beyond the largest amount.
    pub fn total(&self) -> Option<Money> {
        total_of(&self.lines)
    }
}

/// The order editor as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDraft {
    pub customer: Option<CustomerId>,
    pub quote: Option<QuoteId>,
    pub order_day: String,
    pub lines: Vec<LineDraft>,
    pub notes: String,
}

impl OrderDraft {
    /// An empty draft of a day.
    pub fn new(day: Day) -> OrderDraft {
        OrderDraft { customer: None, quote: None, order_day: day.to_string(), lines: Vec::new(), notes: String::new() }
    }

    /// Σ of the lines that are complete.
    pub fn total(&self) -> Option<Money> {
        typed_total(&self.lines)
    }

    /// The typed order, or what is wrong with it. Blank lines are left out.
    pub fn parse(&self) -> std::result::Result<NewOrder, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.customer.is_none() {
            errors.add(Field::Customer, Problem::Required);
        }
        let order_day = Day::parse(&self.order_day);
        if order_day.is_none() {
            errors.add(Field::OrderDay, if self.order_day.trim().is_empty() { Problem::Required } else { Problem::NotADay });
        }
        let lines = parse_lines(&mut errors, &self.lines);
        let (Some(customer), Some(order_day), true) = (self.customer, order_day, errors.is_empty()) else {
            return Err(errors);
        };
        let order = NewOrder { customer, quote: self.quote, order_day, lines, notes: text::tidy(&self.notes) };
        let errors = order.check();
        if errors.is_empty() { Ok(order) } else { Err(errors) }
    }
}

/// The head of an order. Amounts are `None` for who may not see them (rulings §8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub order_no: String,
    pub external_no: Option<String>,
    /// The quote it was made of, with its number.
    pub quote: Option<(QuoteId, String)>,
    pub customer: CustomerId,
    pub customer_name: String,
    pub amounts: Option<OrderAmounts>,
    /// True where money is still due; shown instead of a sum where amounts are hidden.
    pub unpaid: bool,
    pub status: OrderStatus,
    pub stock_state: StockState,
    pub order_day: Day,
    pub order_date: Timestamp,
    pub ship_date: Option<Timestamp>,
    pub complete_date: Option<Timestamp>,
    /// The day by which it is to be paid.
    pub due_day: Day,
    pub notes: Option<String>,
    pub created_by: UserId,
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub version: i64,
}

/// Total, paid and returned of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderAmounts {
    pub total: Money,
    pub paid: Money,
    pub returned: Money,
}

impl OrderAmounts {
    /// Total less what came back.
    pub fn net(&self) -> Money {
        self.total.checked_sub(self.returned).unwrap_or_default()
    }

    /// What is still due: net total − paid (rulings §6).
    pub fn outstanding(&self) -> Money {
        self.net().checked_sub(self.paid).unwrap_or_default()
    }
}

/// One line of an order as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderItem {
    pub id: OrderItemId,
    pub product: ProductId,
    pub sku: String,
    pub name: String,
    pub specification: Option<String>,
    pub unit: String,
    pub quantity: i64,
    pub returned_quantity: i64,
    /// Unit price and subtotal, `None` where amounts are hidden.
    pub price: Option<(Money, Money)>,
    /// `None` for who may not see cost.
    pub cost_price: Option<Money>,
}

impl OrderItem {
    /// Pieces that can still come back.
    pub fn returnable(&self) -> i64 {
        self.quantity - self.returned_quantity
    }
}

/// An order with all that its page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDetail {
    pub order: Order,
    pub items: Vec<OrderItem>,
    /// Empty where amounts are hidden.
    pub payments: Vec<Payment>,
    pub returns: Vec<OrderReturn>,
    pub movements: Vec<MovementRow>,
    pub customer: OrderCustomer,
}

/// The customer's card on the order's page; empty contact data where the viewer has no right to customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderCustomer {
    pub id: CustomerId,
    pub name: String,
    pub level: CustomerLevel,
    pub contact_person: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub status: Status,
}

/// One row of the order list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    pub id: OrderId,
    pub order_no: String,
    pub customer_name: String,
    pub order_day: Day,
    pub amounts: Option<OrderAmounts>,
    pub unpaid: bool,
    pub status: OrderStatus,
    pub created_by_name: String,
}

/// Which orders: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OrderFilter {
    /// Words of the number, the external number or the customer.
    pub search: String,
    pub status: Option<OrderStatus>,
    pub customer: Option<CustomerId>,
    /// Who entered it.
    pub person: Option<UserId>,
    /// First and last business day, both included.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Only with money due.
    pub unpaid: bool,
    /// Only with a line of these.
    pub goods: Option<Goods>,
}

/// What an order has a line of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Goods {
    Product(ProductId),
    /// A category and no other; `None` for products without one.
    Category(Option<String>),
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OrderSort {
    #[default]
    Day,
    Number,
    Customer,
    Total,
    Outstanding,
}

pub type OrderPage = PageRequest<OrderSort>;

/// Sums of the filtered orders that are not cancelled, net of returns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct OrderSums {
    pub net: Money,
    pub paid: Money,
    pub outstanding: Money,
}

/// Counts by status under the other filters, for the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StatusCounts(pub [i64; OrderStatus::ALL.len()]);

impl StatusCounts {
    pub fn of(&self, status: OrderStatus) -> i64 {
        self.0[status as usize]
    }

    pub fn all(&self) -> i64 {
        self.0.iter().sum()
    }
}

/// What the person confirmed before shipping: the sum still unpaid as shown, zero where all is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ShipConfirmation {
    /// `None` where amounts are hidden: "still unpaid" was confirmed without a sum.
    pub unpaid: Option<Money>,
    /// The order as it was read: nobody ships lines he did not see. `None` where none were shown.
    pub version: Option<i64>,
}

/// What the person confirmed before cancelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CancelConfirmation {
    /// Pieces that go back to stock.
    pub pieces: i64,
    /// What is paid back.
    pub refund: Money,
}

/// A created order, and what its stock movements did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderCreated {
    pub id: OrderId,
    pub order_no: String,
    pub crossings: Vec<Crossing>,
    /// It is over the customer's credit limit; nothing for who may not see amounts.
    pub over_limit: Option<OverLimit>,
}

/// A product whose stock fell to or below its threshold (rulings §5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crossing {
    pub product: ProductId,
    pub name: String,
    pub unit: String,
    pub stock: i64,
    pub threshold: i64,
}

/// A change of an existing order; `None` leaves the lines as they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderEdit {
    pub lines: Option<Vec<NewLine>>,
    pub notes: Option<String>,
}
