//! Stock movements: what is asked for, what was booked, and the filter of the records.

use super::choice::{MovementType, ReferenceType};
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{MovementId, ProductId, UserId};
use super::list::PageRequest;
use super::product::MOST_PIECES;
use super::time::{Day, Timestamp};

/// A movement asked for by a person (spec 3.4 `update_product_stock`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockChange {
    pub product: ProductId,
    pub kind: MovementType,
    /// Pieces in or out, above zero; for `Adjust` the counted figure, zero or more.
    pub quantity: i64,
    pub notes: Option<String>,
}

impl StockChange {
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        let least = if self.kind == MovementType::Adjust { 0 } else { 1 };
        if !(least..=MOST_PIECES).contains(&self.quantity) {
            errors.add(Field::Quantity, Problem::OutOfRange(least, MOST_PIECES));
        }
        text::check_optional(&mut errors, Field::Notes, self.notes.as_deref(), 500);
        errors
    }
}

/// What a movement did: the stock before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StockOutcome {
    pub movement: MovementId,
    pub before: i64,
    pub after: i64,
    /// The stock fell to or below its threshold by this (rulings §5).
    pub crossed_threshold: bool,
}

/// One booked movement as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovementRow {
    pub id: MovementId,
    pub product: ProductId,
    pub product_name: String,
    pub specification: Option<String>,
    pub kind: MovementType,
    /// Positive in, negative out.
    pub quantity: i64,
    /// The stock right after it.
    pub stock_after: i64,
    pub reference: Option<ReferenceType>,
    pub reference_id: Option<i64>,
    /// The order's number where it refers to one.
    pub reference_no: Option<String>,
    pub notes: Option<String>,
    pub created_by_name: String,
    pub created_at: Timestamp,
}

/// Which movements: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MovementFilter {
    pub product: Option<ProductId>,
    pub kind: Option<MovementType>,
    /// Who booked it.
    pub person: Option<UserId>,
    /// Where it comes from.
    pub reference: Option<ReferenceType>,
    /// Words of the product.
    pub search: String,
    /// First and last business day, both included.
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// Movements are listed newest first, or oldest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MovementSort {
    #[default]
    Time,
}

pub type MovementPage = PageRequest<MovementSort>;
