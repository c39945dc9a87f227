//! What a customer owes over time: the statement of a period, and the age of what is due.

use super::choice::choices;
use super::list::PageRequest;
use super::{CustomerId, Day, Money, Result};
use crate::models::error::Refusal;

choices! {
    /// What moved the balance.
    EntryKind {
        Order = "order",
        Return = "return",
        Payment = "payment",
        Refund = "refund",
    }
}

/// One line of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatementEntry {
    /// Business day.
    pub day: Day,
    pub kind: EntryKind,
    /// The order's, return's or payment's number.
    pub number: String,
    pub order_no: String,
    /// What it adds to the balance; below zero for returns and payments.
    pub amount: Money,
    /// What is due after it.
    pub balance: Money,
}

/// What moved, before it stands in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub day: Day,
    pub kind: EntryKind,
    pub number: String,
    pub order_no: String,
    pub amount: Money,
}

/// The account of one customer over a period. Cancelled orders and what was paid and paid back on them are left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    pub customer: CustomerId,
    pub customer_name: String,
    pub contact_person: Option<String>,
    pub phone: Option<String>,
    pub address: Option<String>,
    /// First and last business day, both included.
    pub from: Day,
    pub to: Day,
    pub opening: Money,
    pub entries: Vec<StatementEntry>,
    /// Σ of orders.
    pub ordered: Money,
    /// Σ of returns, above zero.
    pub returned: Money,
    /// Σ of payments less refunds.
    pub paid: Money,
    pub closing: Money,
}

/// Opening, entries, sums and closing balance of everything that moved up to the period's last day. 4000 beyond the largest amount.
pub fn account(mut moved: Vec<Moved>, from: Day, to: Day) -> Result<(Money, Vec<StatementEntry>, [Money; 3], Money)> {
    let add = |sum: Money, amount: Money| sum.checked_add(amount).ok_or(super::Error::from(Refusal::TotalTooLarge));
    moved.sort_by(|a, b| (a.day, a.kind as u8, &a.number).cmp(&(b.day, b.kind as u8, &b.number)));
    let (mut opening, mut balance) = (Money::ZERO, Money::ZERO);
    let mut entries = Vec::new();
    let [mut ordered, mut returned, mut paid] = [Money::ZERO; 3];
    for each in moved.into_iter().filter(|each| each.day <= to) {
        balance = add(balance, each.amount)?;
        if each.day < from {
            opening = balance;
            continue;
        }
        match each.kind {
            EntryKind::Order => ordered = add(ordered, each.amount)?,
            EntryKind::Return => returned = add(returned, each.amount.negated())?,
            EntryKind::Payment | EntryKind::Refund => paid = add(paid, each.amount.negated())?,
        }
        let Moved { day, kind, number, order_no, amount } = each;
        entries.push(StatementEntry { day, kind, number, order_no, amount, balance });
    }
    Ok((opening, entries, [ordered, returned, paid], balance))
}

/// How old a debt is, by the days past its term.
pub const AGES: usize = 5;

/// What one customer owes, by age: not due yet, 1–30, 31–60, 61–90, more than 90 days past the term (rulings §6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgeRow {
    pub customer: CustomerId,
    pub name: String,
    pub owner_name: Option<String>,
    pub ages: [Money; AGES],
    pub outstanding: Money,
}

/// The first day past the term of each age but the first: due for at least so many days.
pub const AGE_DAYS: [i64; AGES - 1] = [1, 31, 61, 91];

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgeSort {
    #[default]
    Outstanding,
    Customer,
    /// By what is of one age, from not due yet to more than 90 days past its term.
    NotDue,
    To30,
    To60,
    To90,
    Oldest,
}

pub type AgePage = PageRequest<AgeSort>;

/// Sums of all customers a filter leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AgeSums {
    pub ages: [Money; AGES],
    pub outstanding: Money,
}

impl AgeSums {
    /// The part whose term is over.
    pub fn overdue(&self) -> Money {
        self.outstanding.sum_less(self.ages[0])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_moved_before_the_period_is_its_opening() {
        let day = |text: &str| Day::parse(text).unwrap();
        let moved =
            |at: &str, kind, fen| Moved { day: day(at), kind, number: at.into(), order_no: "O1".into(), amount: Money::from_fen(fen).unwrap() };
        let all = vec![
            moved("2026-01-05", EntryKind::Payment, -300),
            moved("2026-01-02", EntryKind::Order, 1000),
            moved("2026-01-10", EntryKind::Return, -200),
            moved("2026-02-01", EntryKind::Order, 7),
        ];
        let (opening, entries, [ordered, returned, paid], closing) = account(all, day("2026-01-03"), day("2026-01-31")).unwrap();
        assert_eq!((opening.fen(), closing.fen()), (1000, 500));
        assert_eq!((ordered.fen(), returned.fen(), paid.fen()), (0, 200, 300));
        assert_eq!(entries.iter().map(|entry| entry.balance.fen()).collect::<Vec<_>>(), [700, 500]);
    }
}
