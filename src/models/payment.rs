//! Payments and refunds (a refund is a negative payment, rulings §6).

use super::choice::CustomerLevel;
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{CustomerId, OrderId, PaymentId, UserId};
use super::list::PageRequest;
use super::money::Money;
use super::time::{Day, Timestamp};

/// A payment, or a refund of a positive amount, to be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPayment {
    pub order: OrderId,
    /// What came in, or goes out in a refund; above zero.
    pub amount: Money,
    /// One of the configured methods.
    pub method: String,
    pub day: Day,
    pub notes: Option<String>,
    /// What was paid before, as it was shown: the same sum is not booked twice by two persons. `None` where nothing was shown.
    pub paid_before: Option<Money>,
}

impl NewPayment {
    /// Field errors of the input by itself; method and day are held against configuration and clock by the service.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.amount.is_negative() {
            errors.add(Field::Amount, Problem::Negative);
        } else if self.amount.is_zero() {
            errors.add(Field::Amount, Problem::Required);
        }
        text::check_required(&mut errors, Field::Method, &self.method, 20);
        text::check_optional(&mut errors, Field::Notes, self.notes.as_deref(), 500);
        errors
    }
}

/// One booked payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    pub id: PaymentId,
    pub payment_no: String,
    pub order: OrderId,
    /// Negative for a refund.
    pub amount: Money,
    pub paid_at: Timestamp,
    pub method: Option<String>,
    pub notes: Option<String>,
    pub created_by_name: String,
}

/// The payment dialog as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentDraft {
    pub amount: String,
    pub method: String,
    pub day: String,
    pub notes: String,
}

impl PaymentDraft {
    /// The dialog with an amount filled in.
    pub fn new(amount: Money, method: &str, day: Day) -> PaymentDraft {
        PaymentDraft { amount: amount.plain(), method: method.to_owned(), day: day.to_string(), notes: String::new() }
    }

    /// The typed payment of an order, or what is wrong with it.
    pub fn parse(&self, order: OrderId) -> std::result::Result<NewPayment, FieldErrors> {
        let mut errors = FieldErrors::default();
        let amount = super::product::money(&mut errors, Field::Amount, &self.amount);
        let day = Day::parse(&self.day);
        if day.is_none() {
            errors.add(Field::PaymentDay, if self.day.trim().is_empty() { Problem::Required } else { Problem::NotADay });
        }
        let Some(day) = day.filter(|_| errors.is_empty()) else { return Err(errors) };
        let new = NewPayment { order, amount, method: self.method.clone(), day, notes: text::tidy(&self.notes), paid_before: None };
        let errors = new.check();
        if errors.is_empty() { Ok(new) } else { Err(errors) }
    }
}

/// One row of the payments page: a payment with its order and customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentRow {
    pub payment: Payment,
    pub order_no: String,
    pub customer: CustomerId,
    pub customer_name: String,
}

/// Which way the money went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Received,
    Refunded,
}

/// Which payments: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaymentFilter {
    /// Words of the payment's number, the order or the customer.
    pub search: String,
    pub flow: Option<Flow>,
    pub method: Option<String>,
    pub customer: Option<CustomerId>,
    /// Who booked it.
    pub person: Option<UserId>,
    /// First and last business day, both included.
    pub from: Option<Day>,
    pub to: Option<Day>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaymentSort {
    /// By the day of payment.
    #[default]
    Time,
    Number,
    Customer,
    Amount,
}

pub type PaymentPage = PageRequest<PaymentSort>;

/// Sums of the filtered payments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PaymentSums {
    pub received: Money,
    /// What was paid back, above zero.
    pub refunded: Money,
}

/// What one customer owes over all orders that are not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivableRow {
    pub customer: CustomerId,
    pub name: String,
    pub level: CustomerLevel,
    pub phone: Option<String>,
    pub owner_name: Option<String>,
    /// Orders with money due.
    pub orders: i64,
    pub outstanding: Money,
    /// The part whose term is over.
    pub overdue: Money,
    /// The order day of the oldest order with money due.
    pub oldest: Option<Day>,
}

/// Which customers that owe: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReceivableFilter {
    /// Words of the customer.
    pub search: String,
    /// Only with something overdue.
    pub overdue: bool,
    /// The customer's owner.
    pub owner: Option<UserId>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ReceivableSort {
    #[default]
    Outstanding,
    Overdue,
    Customer,
    Oldest,
}

pub type ReceivablePage = PageRequest<ReceivableSort>;

/// Sums over the filtered customers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReceivableSums {
    pub outstanding: Money,
    pub overdue: Money,
}
