//! What moved a customer's balance, and how old what is due is. Reads orders, returns and payments; writes nothing.

use super::orders::{OUTSTANDING_FEN, OWN};
use super::payments::{Cutoffs, UNPAID, is_due};
use super::search::{self, OfCustomer};
use crate::database::{Conditions, Connection, Get, each, money_sum, one, params, rows};
use crate::models::export::{Sorted, Take};
use crate::models::payment::ReceivableFilter;
use crate::models::statement::{AGE_DAYS, AGES, AgePage, AgeRow, AgeSort, AgeSums, EntryKind, Moved};
use crate::models::{CustomerId, Day, Money, Result, Timestamp, UserId, Zone};

/// Everything that moved one customer's balance, in no order; without cancelled orders.
pub fn moved(c: &Connection, customer: CustomerId, zone: Zone) -> Result<Vec<Moved>> {
    let orders = "SELECT order_day AS day, order_no AS number, order_no, total_amount AS amount FROM orders
                  WHERE customer_id = ?1 AND status <> 'cancelled' AND total_amount > 0";
    let mut all = rows(c, orders, params![customer], |row| {
        Ok(Moved {
            day: row.col("day")?,
            kind: EntryKind::Order,
            number: row.col("number")?,
            order_no: row.col("order_no")?,
            amount: row.col("amount")?,
        })
    })?;
    let returns = "SELECT r.return_day AS day, r.return_no AS number, o.order_no, r.amount AS amount FROM order_returns r
                   JOIN orders o ON o.id = r.order_id WHERE o.customer_id = ?1 AND o.status <> 'cancelled' AND r.amount > 0";
    all.extend(rows(c, returns, params![customer], |row| {
        let amount: Money = row.col("amount")?;
        let (number, order_no) = (row.col("number")?, row.col("order_no")?);
        Ok(Moved { day: row.col("day")?, kind: EntryKind::Return, number, order_no, amount: amount.negated() })
    })?);
    let payments = "SELECT p.payment_date AS paid_at, p.payment_no AS number, o.order_no, p.amount AS amount FROM payments p
                    JOIN orders o ON o.id = p.order_id WHERE o.customer_id = ?1 AND o.status <> 'cancelled'";
    all.extend(rows(c, payments, params![customer], |row| {
        let (paid_at, amount): (Timestamp, Money) = (row.col("paid_at")?, row.col("amount")?);
        let kind = if amount < Money::ZERO { EntryKind::Refund } else { EntryKind::Payment };
        Ok(Moved { day: paid_at.day(zone), kind, number: row.col("number")?, order_no: row.col("order_no")?, amount: amount.negated() })
    })?);
    Ok(all)
}

/// What customers owe by age, grouped: the inner part of both statements. Its `?` are first those of the ages, then the conditions'.
struct Ages {
    sql: String,
    cutoffs: Vec<Cutoffs>,
    conditions: Conditions,
}

impl Ages {
    fn of(c: &Connection, filter: &ReceivableFilter, today: Day, term: i64, own: Option<UserId>) -> Result<Ages> {
        let mut conditions = Conditions::default();
        conditions.add(&is_due(), []);
        if let Some(own) = own {
            conditions.add(&OWN.replace("?own", "?"), [Box::new(own), Box::new(own)]);
        }
        conditions.add_some("c.assigned_to = ?", filter.owner);
        search::add_customer_condition(&mut conditions, OfCustomer { id_column: "o.customer_id", own }, &filter.search);
        let mut cutoffs = Vec::new();
        let mut sums = String::new();
        // Due for at least so many days: ordered before the term and the days less one.
        for (at, days) in AGE_DAYS.iter().enumerate() {
            let cutoff = Cutoffs::of(c, today.plus_days(1 - days), term)?;
            sums.push_str(&format!(", COALESCE(SUM({OUTSTANDING_FEN}) FILTER (WHERE o.order_day < {}), 0) AS past{at}", cutoff.sql));
            cutoffs.push(cutoff);
        }
        let having = if filter.overdue { "HAVING past0 > 0" } else { "" };
        let sql = format!(
            "SELECT c.id AS id, c.name AS name, c.assigned_to AS assigned_to, SUM({OUTSTANDING_FEN}) AS outstanding{sums}
             FROM {UNPAID} JOIN customers c ON c.id = o.customer_id {} GROUP BY c.id {having}",
            conditions.to_sql()
        );
        Ok(Ages { sql, cutoffs, conditions })
    }

    fn before(&self) -> Vec<&dyn rusqlite::ToSql> {
        self.cutoffs.iter().flat_map(Cutoffs::params).collect()
    }
}

/// The ages of a row from what is past each of them.
fn ages(row: &rusqlite::Row<'_>) -> rusqlite::Result<([Money; AGES], Money)> {
    let outstanding = money_sum(row, "outstanding")?;
    let mut past = [Money::ZERO; AGES];
    past[0] = outstanding;
    for (at, sum) in past.iter_mut().skip(1).enumerate() {
        *sum = money_sum(row, &format!("past{at}"))?;
    }
    let mut ages = past;
    for at in 0..AGES - 1 {
        ages[at] = past[at].sum_less(past[at + 1]);
    }
    Ok((ages, outstanding))
}

fn select(inner: &Ages, sort: AgeSort, descending: bool) -> String {
    let column = match sort {
        AgeSort::Outstanding => "outstanding",
        AgeSort::Customer => "name",
        AgeSort::NotDue => "outstanding - past0",
        AgeSort::To30 => "past0 - past1",
        AgeSort::To60 => "past1 - past2",
        AgeSort::To90 => "past2 - past3",
        AgeSort::Oldest => "past3",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!(
        "SELECT r.*, u.full_name AS owner_name FROM ({}) r LEFT JOIN users u ON u.id = r.assigned_to
         ORDER BY {column} {direction}, r.id {direction}",
        inner.sql
    )
}

fn age_row(row: &rusqlite::Row<'_>) -> rusqlite::Result<AgeRow> {
    let (ages, outstanding) = ages(row)?;
    Ok(AgeRow { customer: row.col("id")?, name: row.col("name")?, owner_name: row.col("owner_name")?, ages, outstanding })
}

/// One page of customers that owe, with the ages of it.
pub fn by_age(c: &Connection, filter: &ReceivableFilter, page: &AgePage, today: Day, term: i64, own: Option<UserId>) -> Result<Vec<AgeRow>> {
    let inner = Ages::of(c, filter, today, term, own)?;
    let sql = format!("{} LIMIT ? OFFSET ?", select(&inner, page.sort, page.descending));
    rows(c, &sql, inner.conditions.params_between(&inner.before(), &[&page.limit(), &page.offset()]), age_row)
}

/// Every customer of a filter that owes, with the ages of it; `term` are the days of customers without a term of their own.
pub fn each_by_age(
    c: &Connection,
    filter: &ReceivableFilter,
    sort: Sorted<AgeSort>,
    today: Day,
    term: i64,
    own: Option<UserId>,
    take: Take<'_, AgeRow>,
) -> Result<()> {
    let inner = Ages::of(c, filter, today, term, own)?;
    each(c, &select(&inner, sort.0, sort.1), inner.conditions.params_between(&inner.before(), &[]), age_row, take)
}

/// How many customers a filter leaves, and their sums by age.
pub fn age_sums(c: &Connection, filter: &ReceivableFilter, today: Day, term: i64, own: Option<UserId>) -> Result<(u64, AgeSums)> {
    let inner = Ages::of(c, filter, today, term, own)?;
    let sums: String = (0..AGE_DAYS.len()).map(|at| format!(", COALESCE(SUM(past{at}), 0) AS past{at}")).collect();
    let sql = format!("SELECT COUNT(*) AS count, COALESCE(SUM(outstanding), 0) AS outstanding{sums} FROM ({})", inner.sql);
    one(c, &sql, inner.conditions.params_between(&inner.before(), &[]), |row| {
        let count: i64 = row.col("count")?;
        let (ages, outstanding) = ages(row)?;
        Ok((count.unsigned_abs(), AgeSums { ages, outstanding }))
    })
}
