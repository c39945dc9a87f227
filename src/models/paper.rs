//! The kinds of papers that are handed to customers.

use super::choice::choices;
use super::{CustomerId, Day, OrderId, PaymentId, QuoteId};

choices! {
    /// What is printed.
    PaperKind {
        Quote = "quote",
        Order = "order",
        Delivery = "delivery",
        Receipt = "receipt",
        Statement = "statement",
    }
}

/// One paper of one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Quote(QuoteId),
    Order(OrderId),
    /// With amounts or without.
    Delivery(OrderId, bool),
    Receipt(OrderId, PaymentId),
    /// The account over these business days, both ends included.
    Statement(CustomerId, Day, Day),
}

impl Wanted {
    pub fn kind(self) -> PaperKind {
        match self {
            Wanted::Quote(_) => PaperKind::Quote,
            Wanted::Order(_) => PaperKind::Order,
            Wanted::Delivery(..) => PaperKind::Delivery,
            Wanted::Receipt(..) => PaperKind::Receipt,
            Wanted::Statement(..) => PaperKind::Statement,
        }
    }
}
