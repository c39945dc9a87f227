//! Lines of quotes and orders: as typed, as entered, their checks and sums.

use super::error::{Field, FieldErrors, Problem};
use super::ids::ProductId;
use super::money::Money;
use super::product::{MOST_PIECES, parse_money, parse_whole};

/// The most lines one document takes.
pub const MOST_LINES: usize = 1000;

/// One line: the same product may stand on several (rulings §6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLine {
    pub product: ProductId,
    /// Pieces, 1 … 1,000,000.
    pub quantity: i64,
    pub unit_price: Money,
}

/// One line of the editor as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineDraft {
    pub product: Option<ProductId>,
    pub quantity: String,
    pub unit_price: String,
}

impl LineDraft {
    /// The quantity where it is one.
    pub fn pieces(&self) -> Option<i64> {
        parse_whole(&self.quantity).ok().filter(|pieces| (1..=MOST_PIECES).contains(pieces))
    }

    /// Quantity × price where both are typed.
    pub fn subtotal(&self) -> Option<Money> {
        parse_money(&self.unit_price).ok()?.checked_mul(self.pieces()?)
    }

    pub fn is_blank(&self) -> bool {
        self.product.is_none() && self.quantity.trim().is_empty() && self.unit_price.trim().is_empty()
    }
}

/// Adds what is wrong with entered lines: none, too many, a quantity or price out of bounds, a total beyond the largest amount.
pub fn check_lines(errors: &mut FieldErrors, lines: &[NewLine]) {
    if lines.is_empty() {
        errors.add(Field::Lines, Problem::Required);
    } else if lines.len() > MOST_LINES {
        errors.add(Field::Lines, Problem::OutOfRange(1, MOST_LINES as i64));
    }
    for (at, line) in lines.iter().enumerate() {
        if !(1..=MOST_PIECES).contains(&line.quantity) {
            errors.add_in_line(at, Field::Quantity, Problem::OutOfRange(1, MOST_PIECES));
        }
        if line.unit_price.is_negative() {
            errors.add_in_line(at, Field::UnitPrice, Problem::Negative);
        } else if line.unit_price.checked_mul(line.quantity).is_none() {
            errors.add_in_line(at, Field::UnitPrice, Problem::TooLarge);
        }
    }
    if errors.is_empty() && total_of(lines).is_none() {
        errors.add(Field::Lines, Problem::TooLarge);
    }
}

/// Σ quantity × unit price; `None` beyond the largest amount.
pub fn total_of(lines: &[NewLine]) -> Option<Money> {
    lines.iter().try_fold(Money::ZERO, |sum, line| sum.checked_add(line.unit_price.checked_mul(line.quantity)?))
}

/// Σ of the typed lines that are complete.
pub fn typed_total(lines: &[LineDraft]) -> Option<Money> {
    lines.iter().filter_map(LineDraft::subtotal).try_fold(Money::ZERO, Money::checked_add)
}

/// The typed lines, blank ones left out; what is wrong is added by line.
pub fn parse_lines(errors: &mut FieldErrors, typed: &[LineDraft]) -> Vec<NewLine> {
    let mut lines = Vec::with_capacity(typed.len());
    for (at, line) in typed.iter().enumerate().filter(|(_, line)| !line.is_blank()) {
        if line.product.is_none() {
            errors.add_in_line(at, Field::Product, Problem::Required);
        }
        let quantity = parse_whole(&line.quantity)
            .and_then(|pieces| if (1..=MOST_PIECES).contains(&pieces) { Ok(pieces) } else { Err(Problem::OutOfRange(1, MOST_PIECES)) });
        if let Err(problem) = quantity {
            errors.add_in_line(at, Field::Quantity, problem);
        }
        let unit_price = parse_money(&line.unit_price);
        if let Err(problem) = unit_price {
            errors.add_in_line(at, Field::UnitPrice, problem);
        }
        if let (Some(product), Ok(quantity), Ok(unit_price)) = (line.product, quantity, unit_price) {
            lines.push(NewLine { product, quantity, unit_price });
        }
    }
    lines
}
