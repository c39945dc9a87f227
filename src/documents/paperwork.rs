//! A business paper as data: who to whom, what, how much. Nothing here knows where it stands on the page.

use std::sync::Arc;

use crate::models::Money;
use crate::models::choice::choices;
use crate::models::picture::{PictureName, Thumbnail};

choices! {
    /// What it is printed on.
    Paper {
        /// 210 × 297 mm, portrait.
        A4 = "a4",
        /// 241 × 140 mm, carbon copies for a dot-matrix printer.
        ThreePart = "three_part",
    }
}

/// The company's mark, decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    pub name: PictureName,
    pub picture: Thumbnail,
}

/// Who writes: the company, as the configuration has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Letterhead {
    pub name: String,
    pub address: String,
    pub phone: String,
    pub tax_number: String,
    /// Bank and account number.
    pub bank: String,
    pub logo: Option<Arc<Logo>>,
    /// A sentence at the foot of each page.
    pub footer: String,
}

/// Which side of its column a text stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
    Centre,
}

/// One column of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PaperColumn {
    pub title: &'static str,
    /// Its share of the width.
    pub share: f32,
    pub side: Side,
    /// A text too long for it goes on in a second line.
    pub wraps: bool,
}

/// Sums carried from page to page: the column they stand in, the running amount of each row, and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carry {
    pub column: usize,
    /// What each row adds.
    pub amounts: Vec<Money>,
    pub brought: &'static str,
    pub carried: &'static str,
}

/// The lines of a paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    pub columns: Vec<PaperColumn>,
    pub rows: Vec<Vec<String>>,
    pub carry: Option<Carry>,
    /// The last row: words and sums under their columns.
    pub total: Option<Vec<String>>,
}

/// One paper.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Paperwork {
    pub letterhead: Letterhead,
    pub title: String,
    /// Number, day, customer, address …: name and value, two side by side.
    pub facts: Vec<(&'static str, String)>,
    pub table: Table,
    /// Sums below the table, at the right.
    pub sums: Vec<(&'static str, String)>,
    /// The amount in words, with its name.
    pub capitals: Option<(&'static str, String)>,
    pub notes: Option<(&'static str, String)>,
    /// Lines to sign on: 送货人, 收货人.
    pub signatures: Vec<&'static str>,
    /// `第 {0} 页，共 {1} 页`.
    pub page: &'static str,
}
