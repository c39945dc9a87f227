//! What a column of an export is: its heading, its width, who sees it, and the cell of a row.

use crate::i18n::exports::Exports;
use crate::i18n::{Lang, Texts};
use crate::models::{Day, Timestamp, Zone};
use crate::services::tables::Cell;

/// Who sees a column (rulings §8).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    Always,
    Amounts,
    /// Stands in the place of amounts.
    WithoutAmounts,
    Cost,
    /// Needs amounts and cost.
    Margin,
}

/// What cells need besides their row.
pub struct View {
    pub lang: Lang,
    pub texts: &'static Texts,
    pub zone: Zone,
    pub today: Day,
    /// Days until an unpaid order is overdue, for customers without a term of their own.
    pub term: i64,
}

type Read<R> = for<'a> fn(&'a R, &View) -> Cell<'a>;

/// A column of rows `R`.
pub struct Column<R> {
    pub heading: fn(&Exports) -> &'static str,
    pub width: f64,
    pub shown: Shown,
    pub cell: Read<R>,
}

/// A column that everyone sees.
pub const fn column<R>(heading: fn(&Exports) -> &'static str, width: f64, cell: Read<R>) -> Column<R> {
    Column { heading, width, shown: Shown::Always, cell }
}

/// A column for some.
pub const fn only<R>(shown: Shown, heading: fn(&Exports) -> &'static str, width: f64, cell: Read<R>) -> Column<R> {
    Column { heading, width, shown, cell }
}

/// A moment that may be missing.
pub fn moment<'a>(at: Option<Timestamp>) -> Cell<'a> {
    at.map_or(Cell::Empty, Cell::Time)
}

/// A number that may be missing.
pub fn whole<'a>(number: Option<i64>) -> Cell<'a> {
    number.map_or(Cell::Empty, Cell::Whole)
}

/// 是, or nothing.
pub fn yes<'a>(is: bool, view: &View) -> Cell<'a> {
    if is { Cell::text(view.texts.exports.yes) } else { Cell::Empty }
}
