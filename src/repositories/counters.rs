//! Sequences of document numbers (rulings §4).

use crate::database::{Connection, one, params};
use crate::models::{Day, Result};

/// The documents that are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Series {
    Order,
    Payment,
    Quote,
    Return,
    Stocktake,
}

/// The next number of a series on a business day: `O20260130001`, at least three digits, never given twice.
pub fn next(c: &Connection, series: Series, prefix: &str, day: Day) -> Result<String> {
    Ok(number(prefix, day, take(c, series, day, 1)?))
}

/// Takes `count` numbers at once; the last of them.
pub fn take(c: &Connection, series: Series, day: Day, count: i64) -> Result<i64> {
    let kind = match series {
        Series::Order => "order",
        Series::Payment => "payment",
        Series::Quote => "quote",
        Series::Return => "return",
        Series::Stocktake => "stocktake",
    };
    let sql = "INSERT INTO counters (kind, day, last) VALUES (?1, ?2, ?3)
               ON CONFLICT (kind, day) DO UPDATE SET last = last + excluded.last RETURNING last";
    one(c, sql, params![kind, day, count], |row| row.get(0))
}

/// A document number as printed.
pub fn number(prefix: &str, day: Day, sequence: i64) -> String {
    format!("{prefix}{}{sequence:03}", day.compact())
}
