//! Returns: what comes back of a shipped or completed order, by line, and what is paid back for it (rulings §6).

use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{OrderId, OrderItemId, ReturnId};
use super::money::Money;
use super::order::{OrderAmounts, OrderItem};
use super::product::{MOST_PIECES, parse_whole};
use super::time::Timestamp;

/// A return to be booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewReturn {
    pub order: OrderId,
    pub lines: Vec<ReturnLine>,
    /// How the refund is paid; needed where there is one.
    pub method: Option<String>,
    pub notes: Option<String>,
    /// The refund as it was shown and confirmed; zero where nothing is overpaid.
    pub refund: Money,
}

/// So many pieces of one line come back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnLine {
    pub item: OrderItemId,
    pub quantity: i64,
    /// How many could come back as it was shown: two persons do not take back the same pieces.
    pub returnable: i64,
}

impl NewReturn {
    /// Field errors of the input by itself.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        if self.lines.is_empty() {
            errors.add(Field::Lines, Problem::Required);
        }
        for (at, line) in self.lines.iter().enumerate() {
            if !(1..=MOST_PIECES).contains(&line.quantity) {
                errors.add_in_line(at, Field::Quantity, Problem::OutOfRange(1, MOST_PIECES));
            }
            if self.lines[..at].iter().any(|earlier| earlier.item == line.item) {
                errors.add_in_line(at, Field::Product, Problem::Taken);
            }
        }
        text::check_optional(&mut errors, Field::Notes, self.notes.as_deref(), 500);
        errors
    }
}

/// What a return does to an order's sums.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReturnEffect {
    pub pieces: i64,
    /// Σ quantity × unit price of what comes back.
    pub amount: Money,
    /// What is then overpaid.
    pub refund: Money,
}

impl ReturnEffect {
    /// The effect of these pieces and this amount on an order.
    pub fn of(amounts: OrderAmounts, pieces: i64, amount: Money) -> ReturnEffect {
        let net = amounts.net().checked_sub(amount).unwrap_or_default();
        let over = amounts.paid.checked_sub(net).unwrap_or_default();
        ReturnEffect { pieces, amount, refund: if over.is_negative() { Money::ZERO } else { over } }
    }
}

/// The return dialog as typed: one text per line of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnDraft {
    pub quantities: Vec<String>,
    pub method: String,
    pub notes: String,
}

impl ReturnDraft {
    /// Nothing chosen yet.
    pub fn new(items: &[OrderItem], method: &str) -> ReturnDraft {
        ReturnDraft { quantities: vec![String::new(); items.len()], method: method.to_owned(), notes: String::new() }
    }

    /// What the typed quantities would do; lines that are no number count as nothing. Zero amounts where they are hidden.
    pub fn effect(&self, items: &[OrderItem], amounts: OrderAmounts) -> ReturnEffect {
        let (mut pieces, mut amount) = (0_i64, Money::ZERO);
        for (item, typed) in items.iter().zip(&self.quantities) {
            let Ok(quantity) = parse_whole(typed) else { continue };
            let quantity = quantity.clamp(0, item.returnable());
            pieces += quantity;
            let price = item.price.map_or(Money::ZERO, |(price, _)| price);
            amount = price.checked_mul(quantity).and_then(|line| amount.checked_add(line)).unwrap_or(amount);
        }
        ReturnEffect::of(amounts, pieces, amount)
    }

    /// The typed return, or what is wrong with it. Lines left empty or at 0 stay with the customer.
    pub fn parse(&self, order: OrderId, items: &[OrderItem], amounts: OrderAmounts) -> std::result::Result<NewReturn, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut lines = Vec::new();
        for (at, (item, typed)) in items.iter().zip(&self.quantities).enumerate() {
            if typed.trim().is_empty() {
                continue;
            }
            match parse_whole(typed) {
                Ok(0) => {}
                Ok(quantity) if (1..=item.returnable()).contains(&quantity) => {
                    lines.push(ReturnLine { item: item.id, quantity, returnable: item.returnable() });
                }
                Ok(_) => errors.add_in_line(at, Field::Quantity, Problem::OutOfRange(0, item.returnable())),
                Err(problem) => errors.add_in_line(at, Field::Quantity, problem),
            }
        }
        if errors.is_empty() && lines.is_empty() {
            errors.add(Field::Lines, Problem::Required);
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let refund = self.effect(items, amounts).refund;
        let method = (!refund.is_zero()).then(|| self.method.clone());
        let new = NewReturn { order, lines, method, notes: text::tidy(&self.notes), refund };
        let errors = new.check();
        if errors.is_empty() { Ok(new) } else { Err(errors) }
    }
}

/// A booked return as the order's page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderReturn {
    pub id: ReturnId,
    pub return_no: String,
    /// What came back and what was paid back; `None` where amounts are hidden.
    pub amounts: Option<(Money, Money)>,
    pub pieces: i64,
    pub notes: Option<String>,
    pub created_by_name: String,
    pub created_at: Timestamp,
    /// Product name, its unit, pieces.
    pub items: Vec<ReturnedItem>,
}

/// One line that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnedItem {
    pub item: OrderItemId,
    pub name: String,
    pub unit: String,
    pub quantity: i64,
}

/// A booked return: its number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnCreated {
    pub id: ReturnId,
    pub return_no: String,
    pub refunded: Money,
}
