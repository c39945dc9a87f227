//! Quotes: the record with its lines, the draft of the editor, list rows and filters.

use super::choice::{QuoteStatus, choices};
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{CustomerId, OrderId, ProductId, QuoteId, UserId};
use super::line::{LineDraft, NewLine, check_lines, parse_lines, total_of, typed_total};
use super::list::PageRequest;
use super::money::Money;
use super::order::OrderCustomer;
use super::time::{Day, Timestamp};

/// A quote to be created, or the new content of a draft (spec 3.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewQuote {
    pub customer: CustomerId,
    /// The last day its prices hold.
    pub valid_until: Day,
    pub lines: Vec<NewLine>,
    pub notes: Option<String>,
}

impl NewQuote {
    /// Field errors of the input by itself; whether the day is past is the service's to say.
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

/// The quote editor as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteDraft {
    pub customer: Option<CustomerId>,
    pub valid_until: String,
    pub lines: Vec<LineDraft>,
    pub notes: String,
}

impl QuoteDraft {
    /// An empty draft that holds until a day.
    pub fn new(valid_until: Day) -> QuoteDraft {
        QuoteDraft { customer: None, valid_until: valid_until.to_string(), lines: Vec::new(), notes: String::new() }
    }

    /// Σ of the lines that are complete.
    pub fn total(&self) -> Option<Money> {
        typed_total(&self.lines)
    }

    /// The typed quote, or what is wrong with it. Blank lines are left out.
    pub fn parse(&self) -> std::result::Result<NewQuote, FieldErrors> {
        let mut errors = FieldErrors::default();
        if self.customer.is_none() {
            errors.add(Field::Customer, Problem::Required);
        }
        let valid_until = Day::parse(&self.valid_until);
        if valid_until.is_none() {
            errors.add(Field::ValidUntil, if self.valid_until.trim().is_empty() { Problem::Required } else { Problem::NotADay });
        }
        let lines = parse_lines(&mut errors, &self.lines);
        let (Some(customer), Some(valid_until), true) = (self.customer, valid_until, errors.is_empty()) else {
            return Err(errors);
        };
        let quote = NewQuote { customer, valid_until, lines, notes: text::tidy(&self.notes) };
        let errors = quote.check();
        if errors.is_empty() { Ok(quote) } else { Err(errors) }
    }
}

choices! {
    /// What a quote is by its status and today's date (rulings §6: expired is derived).
    QuoteState {
        Draft = "draft",
        Sent = "sent",
        /// Sent, and its last day is past.
        Expired = "expired",
        Accepted = "accepted",
        Rejected = "rejected",
    }
}

impl QuoteState {
    /// The state of a status whose prices hold until a day.
    pub fn of(status: QuoteStatus, valid_until: Day, today: Day) -> QuoteState {
        match status {
            QuoteStatus::Draft => QuoteState::Draft,
            QuoteStatus::Sent if valid_until < today => QuoteState::Expired,
            QuoteStatus::Sent => QuoteState::Sent,
            QuoteStatus::Accepted => QuoteState::Accepted,
            QuoteStatus::Rejected => QuoteState::Rejected,
        }
    }
}

/// The head of a quote. The total is `None` for who may not see amounts (rulings §8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    pub id: QuoteId,
    pub quote_no: String,
    pub customer: CustomerId,
    pub customer_name: String,
    pub total: Option<Money>,
    pub status: QuoteStatus,
    pub valid_until: Day,
    pub notes: Option<String>,
    pub created_by: UserId,
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub sent_at: Option<Timestamp>,
    /// When it was accepted or rejected.
    pub decided_at: Option<Timestamp>,
    /// The order it became, where that is not cancelled.
    pub order: Option<(OrderId, String)>,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl Quote {
    pub fn state(&self, today: Day) -> QuoteState {
        QuoteState::of(self.status, self.valid_until, today)
    }
}

/// One line of a quote as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteItem {
    pub id: i64,
    pub product: ProductId,
    pub sku: String,
    pub name: String,
    pub specification: Option<String>,
    pub unit: String,
    pub quantity: i64,
    /// Unit price and subtotal, `None` where amounts are hidden.
    pub price: Option<(Money, Money)>,
}

/// A quote with all that its page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteDetail {
    pub quote: Quote,
    pub items: Vec<QuoteItem>,
    pub customer: OrderCustomer,
}

/// One row of the quote list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteRow {
    pub id: QuoteId,
    pub quote_no: String,
    pub customer: CustomerId,
    pub customer_name: String,
    pub created_at: Timestamp,
    pub valid_until: Day,
    pub total: Option<Money>,
    pub status: QuoteStatus,
    pub state: QuoteState,
    pub created_by_name: String,
    pub order: Option<(OrderId, String)>,
    /// How many lines it has.
    pub lines: i64,
}

/// Which quotes: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteFilter {
    /// Words of the number or the customer.
    pub search: String,
    pub state: Option<QuoteState>,
    pub customer: Option<CustomerId>,
    /// Who entered it.
    pub person: Option<UserId>,
    /// First and last business day it was entered on, both included.
    pub from: Option<Day>,
    pub to: Option<Day>,
    /// Only those an order may be made of.
    pub open: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum QuoteSort {
    #[default]
    Created,
    Number,
    Customer,
    ValidUntil,
    Total,
}

pub type QuotePage = PageRequest<QuoteSort>;

/// Counts by state under the other filters, for the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct QuoteCounts(pub [i64; QuoteState::ALL.len()]);

impl QuoteCounts {
    pub fn of(&self, state: QuoteState) -> i64 {
        self.0[state as usize]
    }

    pub fn all(&self) -> i64 {
        self.0.iter().sum()
    }
}

/// A created quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuoteCreated {
    pub id: QuoteId,
    pub quote_no: String,
}
