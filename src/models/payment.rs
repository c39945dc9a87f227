//! Payments and refunds (a refund is a negative payment, rulings §6).

use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{OrderId, PaymentId};
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
        let new = NewPayment { order, amount, method: self.method.clone(), day, notes: text::tidy(&self.notes) };
        let errors = new.check();
        if errors.is_empty() { Ok(new) } else { Err(errors) }
    }
}
