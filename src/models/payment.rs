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
