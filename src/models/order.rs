//! Orders: the record with its lines, the draft of the editor, list rows and filters.

use super::choice::{CustomerLevel, OrderStatus, Status, StockState};
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{CustomerId, OrderId, OrderItemId, ProductId, UserId};
use super::list::PageRequest;
use super::money::Money;
use super::payment::Payment;
use super::product::{MOST_PIECES, parse_money, parse_whole};
use super::stock::MovementRow;
use super::time::{Day, Timestamp};

/// The most lines one order takes.
pub const MOST_LINES: usize = 1000;

/// An order to be created (spec 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOrder {
    pub customer: CustomerId,
    /// The business day; its number is of the day it is entered (rulings §6).
    pub order_day: Day,
    pub lines: Vec<NewLine>,
    pub notes: Option<String>,
}

/// One line: the same product may stand on several (rulings §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLine {
    pub product: ProductId,
    /// Pieces, 1 … 1,000,000.
    pub quantity: i64,
    pub unit_price: Money,
}

impl NewOrder {
    /// Field errors of the input by itself.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.lines.is_empty() {
            errors.add(Field::Lines, Problem::Required);
        } else if self.lines.len() > MOST_LINES {
            errors.add(Field::Lines, Problem::OutOfRange(1, MOST_LINES as i64));
        }
        for (at, line) in self.lines.iter().enumerate() {
            if !(1..=MOST_PIECES).contains(&line.quantity) {
                errors.add_in_line(at, Field::Quantity, Problem::OutOfRange(1, MOST_PIECES));
            }
            if line.unit_price.is_negative() {
                errors.add_in_line(at, Field::UnitPrice, Problem::Negative);
            } else if line.unit_price.checked_mul(line.quantity).is_none() {
                errors.add_in_line(at, Field::UnitPrice, Problem::TooLarge);
            }
        }
        text::check_optional(&mut errors, Field::Notes, self.notes.as_deref(), 2000);
        if errors.is_empty() && self.total().is_none() {
            errors.add(Field::Lines, Problem::TooLarge);
        }
        errors
    }

    /// Σ quantity × unit price; `None` beyond the largest amount.
    pub fn total(&self) -> Option<Money> {
        self.lines.iter().try_fold(Money::ZERO, |sum, line| sum.checked_add(line.unit_price.checked_mul(line.quantity)?))
    }
}

/// The order editor as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDraft {
    pub customer: Option<CustomerId>,
    pub order_day: String,
    pub lines: Vec<LineDraft>,
    pub notes: String,
}

/// One line of the editor as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineDraft {
    pub product: Option<ProductId>,
    pub quantity: String,
    pub unit_price: String,
}

impl LineDraft {
    /// The quantity where it is one.
    pub fn pieces(&self) -> Option<i64> {
        parse_whole(&self.quantity).ok().filter(|pieces| (1..=MOST_PIECES).contains(pieces))
    }

    /// Quantity × price where both are typed.
    pub fn subtotal(&self) -> Option<Money> {
        parse_money(&self.unit_price).ok()?.checked_mul(self.pieces()?)
    }

    pub fn is_blank(&self) -> bool {
        self.product.is_none() && self.quantity.trim().is_empty() && self.unit_price.trim().is_empty()
    }
}

impl OrderDraft {
    /// An empty draft of a day.
    pub fn new(day: Day) -> OrderDraft {
        OrderDraft { customer: None, order_day: day.to_string(), lines: Vec::new(), notes: String::new() }
    }

    /// Σ of the lines that are complete.
    pub fn total(&self) -> Option<Money> {
        self.lines.iter().filter_map(LineDraft::subtotal).try_fold(Money::ZERO, Money::checked_add)
    }

    /// The typed order, or what is wrong with it. Blank lines at the end are left out.
    pub fn parse(&self) -> std::result::Result<NewOrder, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.customer.is_none() {
            errors.add(Field::Customer, Problem::Required);
        }
        let order_day = Day::parse(&self.order_day);
        if order_day.is_none() {
            errors.add(Field::OrderDay, if self.order_day.trim().is_empty() { Problem::Required } else { Problem::NotADay });
        }
        let mut lines = Vec::with_capacity(self.lines.len());
        for (at, line) in self.lines.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
            if line.product.is_none() {
                errors.add_in_line(at, Field::Product, Problem::Required);
            }
            let quantity = parse_whole(&line.quantity)
                .and_then(|pieces| if (1..=MOST_PIECES).contains(&pieces) { Ok(pieces) } else { Err(Problem::OutOfRange(1, MOST_PIECES)) });
            if let Err(problem) = quantity {
                errors.add_in_line(at, Field::Quantity, problem);
            }
            let unit_price = parse_money(&line.unit_price);
            if let Err(problem) = unit_price {
                errors.add_in_line(at, Field::UnitPrice, problem);
            }
            if let (Some(product), Ok(quantity), Ok(unit_price)) = (line.product, quantity, unit_price) {
                lines.push(NewLine { product, quantity, unit_price });
            }
        }
        let (Some(customer), Some(order_day), true) = (self.customer, order_day, errors.is_empty()) else {
            return Err(errors);
        };
        let order = NewOrder { customer, order_day, lines, notes: text::tidy(&self.notes) };
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

/// An order with all that its page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderDetail {
    pub order: Order,
    pub items: Vec<OrderItem>,
    /// Empty where amounts are hidden.
    pub payments: Vec<Payment>,
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
