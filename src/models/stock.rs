//! Stock movements: what is asked for, what was booked, and the filter of the records.

use super::choice::{MovementType, ReferenceType};
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{MovementId, OrderId, ProductId, UserId};
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
    pub sku: String,
    pub product_name: String,
    pub specification: Option<String>,
    pub kind: MovementType,
    /// Positive in, negative out.
    pub quantity: i64,
    /// The stock right after it.
    pub stock_after: i64,
    pub reference: Option<ReferenceType>,
    pub reference_id: Option<i64>,
    /// The number of the order or stocktake it refers to.
    pub reference_no: Option<String>,
    pub notes: Option<String>,
    pub created_by_name: String,
    pub created_at: Timestamp,
    /// A movement of the opposite sign undid it.
    pub reversed: bool,
}

impl MovementRow {
    /// Booked by a person as a movement of its own, not by an order, a stocktake or an undoing.
    pub fn is_by_hand(&self) -> bool {
        self.quantity != 0 && matches!(self.reference, None | Some(ReferenceType::Adjust | ReferenceType::Purchase))
    }

    /// The order it refers to, where the person reaches it.
    pub fn order(&self) -> Option<OrderId> {
        let of_order = matches!(self.reference, Some(ReferenceType::Order | ReferenceType::Return)) && self.reference_no.is_some();
        self.reference_id.filter(|_| of_order).map(OrderId)
    }
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

/// Which of the products at or below their threshold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WarningFilter {
    /// Words of the product.
    pub search: String,
    /// A category and what stands below it.
    pub category: Option<String>,
}
