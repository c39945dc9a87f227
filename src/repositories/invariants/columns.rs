//! Columns as `ledger` reads them by the million: nothing is put on the heap.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use rusqlite::types::{FromSql, FromSqlResult, ValueRef};

/// A short text as its first bytes, so that millions of them need no memory of their own.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Short<const N: usize>(pub [u8; N]);

impl<const N: usize> Short<N> {
    pub const NONE: Short<N> = Short([0; N]);

    pub fn of(text: &[u8]) -> Short<N> {
        let mut short = Short::NONE;
        short.0.iter_mut().zip(text).for_each(|(to, from)| *to = *from);
        short
    }
}

impl<const N: usize> Default for Short<N> {
    fn default() -> Short<N> {
        Short::NONE
    }
}

impl<const N: usize> fmt::Display for Short<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(String::from_utf8_lossy(&self.0).trim_end_matches('\0'))
    }
}

impl<const N: usize> FromSql for Short<N> {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Short<N>> {
        value.as_str().map(|text| Short::of(text.as_bytes()))
    }
}

pub type Month = Short<7>;
pub type Moment = Short<24>;
pub type Status = Short<16>;

/// A text of which only is to be known whether it is another one's equal.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Print(u64);

impl FromSql for Print {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Print> {
        let mut hasher = DefaultHasher::new();
        value.as_bytes()?.hash(&mut hasher);
        Ok(Print(hasher.finish()))
    }
}

/// An amount in fen.
pub struct Fen(pub i64);

impl FromSql for Fen {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Fen> {
        // A conversion to an integer stops at its bounds.
        f64::column_result(value).map(|amount| Fen((amount * 100.0).round() as i64))
    }
}
