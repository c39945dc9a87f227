//! Stocktakes: what is to be counted, the count sheet, its differences.

use super::choice::choices;
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{ProductId, StocktakeId};
use super::list::PageRequest;
use super::money::Money;
use super::time::Timestamp;

/// The largest figure one can count.
pub const MOST_COUNTED: i64 = 1_000_000_000;

choices! {
    /// Where a stocktake stands.
    StocktakeStatus {
        Open = "open",
        Posted = "posted",
        Discarded = "discarded",
    }
}

/// What is to be counted; inactive products only where they are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StocktakeScope {
    All,
    /// A category and what stands below it.
    Category(String),
    Products(Vec<ProductId>),
}

/// A stocktake to be begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStocktake {
    pub scope: StocktakeScope,
    /// Hides the system's figures from who counts.
    pub blind: bool,
    pub notes: Option<String>,
}

impl NewStocktake {
    /// Field errors of the input by itself.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        match &self.scope {
            StocktakeScope::All => {}
            StocktakeScope::Category(category) => text::check_required(&mut errors, Field::Category, category, 50),
            StocktakeScope::Products(products) if products.is_empty() => errors.add(Field::Product, Problem::Required),
            StocktakeScope::Products(_) => {}
        }
        text::check_optional(&mut errors, Field::Notes, self.notes.as_deref(), 500);
        errors
    }
}

/// A figure counted for a product; `None` takes a count back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    pub product: ProductId,
    /// Pieces, 0 … [`MOST_COUNTED`].
    pub counted: Option<i64>,
    /// What had been counted as it was shown: two persons at one line are told of each other.
    pub seen: Option<i64>,
}

/// A stocktake as its list and head show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stocktake {
    pub id: StocktakeId,
    pub stocktake_no: String,
    /// The category that was chosen, if one was.
    pub category: Option<String>,
    /// Chosen products instead of all or a category.
    pub is_list: bool,
    pub blind: bool,
    pub status: StocktakeStatus,
    pub notes: Option<String>,
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub closed_by_name: Option<String>,
    pub closed_at: Option<Timestamp>,
    pub lines: i64,
    pub counted: i64,
    /// Counted lines whose figure differs; 0 in an open blind count.
    pub differing: i64,
    pub version: i64,
}

impl Stocktake {
    /// An open blind count: the system's figures, and what would tell them, are kept from everyone.
    pub fn hides_figures(&self) -> bool {
        self.blind && self.status == StocktakeStatus::Open
    }
}

/// One line of a count sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StocktakeLine {
    pub product: ProductId,
    pub sku: String,
    pub name: String,
    pub specification: Option<String>,
    pub unit: String,
    pub category: Option<String>,
    /// The system's stock now, or the one it was based on once closed; `None` in an open blind count.
    pub system: Option<i64>,
    pub counted: Option<i64>,
    /// Counted − system at the count; `None` where not counted, or in an open blind count.
    pub difference: Option<i64>,
    /// Difference × cost price; `None` for who may not see cost.
    pub value: Option<Money>,
    /// Something moved since the count: it does not post before it is counted again.
    pub moved: bool,
    pub counted_by_name: Option<String>,
    pub counted_at: Option<Timestamp>,
}

/// Which lines of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineView {
    #[default]
    All,
    Uncounted,
    Differing,
    /// Stock moved since the count.
    Moved,
}

/// Which lines of a sheet, all conditions together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineFilter {
    /// Words of the product.
    pub search: String,
    pub view: LineView,
}

/// Lines are listed by SKU, or by how far they are off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineSort {
    #[default]
    Sku,
    Name,
    Difference,
}

pub type LinePage = PageRequest<LineSort>;

/// Which stocktakes, all conditions together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StocktakeFilter {
    /// Words of number, category, notes and who began it.
    pub search: String,
    pub status: Option<StocktakeStatus>,
}

/// How many stocktakes a search finds, by where they stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StocktakeCounts {
    pub open: u64,
    pub posted: u64,
    pub discarded: u64,
}

impl StocktakeCounts {
    pub fn all(&self) -> u64 {
        self.open + self.posted + self.discarded
    }

    pub fn of(&self, status: StocktakeStatus) -> u64 {
        match status {
            StocktakeStatus::Open => self.open,
            StocktakeStatus::Posted => self.posted,
            StocktakeStatus::Discarded => self.discarded,
        }
    }
}

/// Stocktakes are listed by when they were begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StocktakeSort {
    #[default]
    Begun,
}

pub type StocktakePage = PageRequest<StocktakeSort>;

/// What a stocktake's lines come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct StocktakeSums {
    pub lines: i64,
    pub counted: i64,
    pub differing: i64,
    pub moved: i64,
    /// Pieces found beyond the system's, and missing ones (above zero); `None` in an open blind count.
    pub pieces: Option<(i64, i64)>,
    /// Σ difference × cost price; `None` for who may not see cost, and in an open blind count.
    pub value: Option<Money>,
}

/// What posting did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StocktakePosted {
    /// Lines that were booked as `adjust`.
    pub adjusted: i64,
    pub crossings: Vec<super::order::Crossing>,
}
