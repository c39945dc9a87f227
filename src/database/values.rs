//! How our types stand in columns, in one place: ids, money as REAL, times and enums as TEXT.

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

use crate::models::choice::*;
use crate::models::picture::PictureName;
use crate::models::rights::Verb;
use crate::models::stocktake::StocktakeStatus;
use crate::models::*;

macro_rules! ids {
    ($($id:ident),*) => {$(
        impl ToSql for $id {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> { Ok(self.0.into()) }
        }
        impl FromSql for $id {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> { i64::column_result(value).map($id) }
        }
    )*};
}
ids!(UserId, CustomerId, ProductId, QuoteId, FollowupId, ReturnId, StocktakeId, OrderId, OrderItemId, PaymentId, MovementId, LogId);

/// Types whose stored text is read by `parse` and written by `$write`.
macro_rules! texts {
    ($($ty:ident: |$v:ident| $write:expr;)*) => {$(
        impl ToSql for $ty {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> { let $v = self; Ok($write.into()) }
        }
        impl FromSql for $ty {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                $ty::parse(value.as_str()?).ok_or(FromSqlError::InvalidType)
            }
        }
    )*};
}
texts! {
    PictureName: |v| v.as_str();
    Timestamp: |v| v.to_string();
    Day: |v| v.to_string();
    Role: |v| v.as_str();
    Status: |v| v.as_str();
    CustomerLevel: |v| v.as_str();
    OrderStatus: |v| v.as_str();
    QuoteStatus: |v| v.as_str();
    StocktakeStatus: |v| v.as_str();
    StockState: |v| v.as_str();
    MovementType: |v| v.as_str();
    ReferenceType: |v| v.as_str();
    LogAction: |v| v.as_str();
    Module: |v| v.as_str();
    Scope: |v| v.as_str();
    Entity: |v| v.as_str();
    Verb: |v| v.as_str();
}

impl ToSql for Money {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_real().into())
    }
}

impl FromSql for Money {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Money::from_real(f64::column_result(value)?).ok_or(FromSqlError::OutOfRange(0))
    }
}

/// Reads a column by name: `row.col("name")?`.
pub trait Get {
    fn col<T: FromSql>(&self, name: &str) -> rusqlite::Result<T>;
}

impl Get for Row<'_> {
    fn col<T: FromSql>(&self, name: &str) -> rusqlite::Result<T> {
        self.get(name)
    }
}

/// Reads the columns of a row one after the other, as the SELECT names them. Where thousands of rows are read at once, looking each name up
/// would take longer than the reading.
pub struct InOrder<'r, 's> {
    row: &'r Row<'s>,
    next: usize,
}

impl<'r, 's> InOrder<'r, 's> {
    pub fn of(row: &'r Row<'s>) -> InOrder<'r, 's> {
        InOrder { row, next: 0 }
    }

    pub fn col<T: FromSql>(&mut self) -> rusqlite::Result<T> {
        self.next += 1;
        self.row.get(self.next - 1)
    }
}

/// Reads the name of a picture; a path of another program counts as none.
pub fn picture(row: &Row<'_>, name: &str) -> rusqlite::Result<Option<PictureName>> {
    let text: Option<String> = row.get(name)?;
    Ok(text.as_deref().and_then(PictureName::parse))
}

/// Reads a sum in fen, as `SUM(CAST(ROUND(x*100) AS INTEGER))` gives it; NULL is zero.
pub fn money_sum(row: &Row<'_>, name: &str) -> rusqlite::Result<Money> {
    let fen: Option<i64> = row.get(name)?;
    Ok(Money::sum_from_fen(fen.unwrap_or(0)))
}
