//! Reading `payments`, and what customers owe. Payments are written by `posting` only.

use rusqlite::Row;

use super::orders::{OUTSTANDING_FEN, OWN, SUMS_OWN};
use super::paging::Slice;
use super::search::{self, Index, OfCustomer};
use crate::database::{Conditions, Connection, Get, each, maybe, money_sum, one, params, rows};
use crate::models::export::{Sorted, Take};
use crate::models::list::Total;
use crate::models::payment::*;
use crate::models::{CustomerId, Day, Money, OrderId, PaymentId, Result, UserId, Zone};

fn payment(row: &Row<'_>) -> rusqlite::Result<Payment> {
    Ok(Payment {
        id: row.col("id")?,
        payment_no: row.col("payment_no")?,
        order: row.col("order_id")?,
        amount: row.col("amount")?,
        paid_at: row.col("payment_date")?,
        method: row.col("payment_method")?,
        notes: row.col("notes")?,
        created_by_name: row.col("created_by_name")?,
    })
}

/// The payments of an order, in the order they were booked.
pub fn of_order(c: &Connection, order: OrderId) -> Result<Vec<Payment>> {
    let sql = "SELECT p.*, u.full_name AS created_by_name FROM payments p JOIN users u ON u.id = p.created_by WHERE p.order_id = ?1 ORDER BY p.id";
    rows(c, sql, params![order], payment)
}

/// The payment with this number, letter case aside, and its order; with `own`, only where this person reaches the order.
pub fn find(c: &Connection, number: &str, own: Option<UserId>) -> Result<Option<(OrderId, PaymentId)>> {
    let sql = format!(
        "SELECT p.order_id, p.id FROM payments p JOIN orders o ON o.id = p.order_id
         WHERE p.payment_no IN (?1, upper(?1)) AND (?2 IS NULL OR {})",
        OWN.replace("?own", "?2")
    );
    maybe(c, &sql, params![number, own], |row| Ok((row.col("order_id")?, row.col("id")?)))
}

fn conditions(filter: &PaymentFilter, zone: Zone, own: Option<UserId>, search_customers: bool) -> Conditions {
    let mut conditions = Conditions::default();
    if let Some(own) = own {
        conditions.add(&OWN.replace("?own", "?"), [Box::new(own), Box::new(own)]);
    }
    match filter.flow {
        Some(Flow::Received) => conditions.add("p.amount > 0", []),
        Some(Flow::Refunded) => conditions.add("p.amount < 0", []),
        None => {}
    }
    conditions.add_some("p.payment_method = ?", filter.method.clone());
    // Asked through its orders, so that payments alone need not be joined with them.
    conditions.add_some("p.order_id IN (SELECT id FROM orders WHERE customer_id = ?)", filter.customer);
    conditions.add_some("p.created_by = ?", filter.person);
    conditions.add_some("p.payment_date >= ?", filter.from.map(|day| day.start(zone)));
    conditions.add_some("p.payment_date < ?", filter.to.map(|day| day.plus_days(1).start(zone)));
    let customer = search_customers.then_some(OfCustomer { id_column: "o.customer_id", own });
    search::add_condition_any(&mut conditions, (Index::Orders, "p.order_id"), customer, "p.payment_no", &filter.search);
    conditions
}

const FROM: &str = "FROM payments p JOIN orders o ON o.id = p.order_id JOIN customers c ON c.id = o.customer_id JOIN users u ON u.id = p.created_by";

fn payment_row(row: &Row<'_>) -> rusqlite::Result<PaymentRow> {
    Ok(PaymentRow {
        payment: payment(row)?,
        order_no: row.col("order_no")?,
        customer: row.col("customer_id")?,
        customer_name: row.col("customer_name")?,
    })
}

/// What the conditions of a filter need beside the payments.
fn joined(filter: &PaymentFilter, own: Option<UserId>) -> &'static str {
    if own.is_some() || !filter.search.trim().is_empty() { "JOIN orders o ON o.id = p.order_id" } else { "" }
}

fn order_by(sort: PaymentSort, descending: bool) -> String {
    let column = match sort {
        PaymentSort::Time => "p.payment_date",
        PaymentSort::Number => "p.payment_no",
        PaymentSort::Customer => "c.name",
        PaymentSort::Amount => "p.amount",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!("ORDER BY {column} {direction}, p.id {direction}")
}

const WHOLE: &str = "SELECT p.*, u.full_name AS created_by_name, o.order_no, o.customer_id, c.name AS customer_name";

/// One page of payments; `total` is how many there are. `search_customers` is false for who may not see customers: then only numbers are searched.
pub fn list(
    c: &Connection,
    filter: &PaymentFilter,
    page: &PaymentPage,
    zone: Zone,
    own: Option<UserId>,
    search_customers: bool,
    total: u64,
) -> Result<Vec<PaymentRow>> {
    let conditions = conditions(filter, zone, own, search_customers);
    let slice = Slice::of(page, Some(Total::Exactly(total)));
    let joined = match page.sort {
        PaymentSort::Customer => "JOIN orders o ON o.id = p.order_id JOIN customers c ON c.id = o.customer_id",
        _ => joined(filter, own),
    };
    let sql = format!(
        "{WHOLE} FROM (SELECT p.id AS id FROM payments p {joined} {} {} LIMIT ? OFFSET ?) page JOIN payments p ON p.id = page.id
         JOIN orders o ON o.id = p.order_id JOIN customers c ON c.id = o.customer_id JOIN users u ON u.id = p.created_by {}",
        conditions.to_sql(),
        order_by(page.sort, page.descending != slice.reversed),
        order_by(page.sort, page.descending)
    );
    rows(c, &sql, conditions.params(&[&slice.length, &slice.before]), payment_row)
}

/// Every payment of a filter.
pub fn each_payment(
    c: &Connection,
    filter: &PaymentFilter,
    sort: Sorted<PaymentSort>,
    zone: Zone,
    own: Option<UserId>,
    search_customers: bool,
    take: Take<'_, PaymentRow>,
) -> Result<()> {
    let conditions = conditions(filter, zone, own, search_customers);
    let sql = format!("{WHOLE} {FROM} {} {}", conditions.to_sql(), order_by(sort.0, sort.1));
    each(c, &sql, conditions.params(&[]), payment_row, take)
}

/// How many payments a filter leaves, and their sums.
pub fn sums(c: &Connection, filter: &PaymentFilter, zone: Zone, own: Option<UserId>, search_customers: bool) -> Result<(u64, PaymentSums)> {
    if own.is_none()
        && let Some(hours) = hours(filter, zone)
    {
        return kept_sums(c, filter.flow, &hours);
    }
    let conditions = conditions(filter, zone, own, search_customers);
    let sql = format!(
        "SELECT COUNT(*) AS count, SUM(CAST(ROUND(p.amount * 100) AS INTEGER)) FILTER (WHERE p.amount > 0) AS received,
                -SUM(CAST(ROUND(p.amount * 100) AS INTEGER)) FILTER (WHERE p.amount < 0) AS refunded
         FROM payments p {} {}",
        joined(filter, own),
        conditions.to_sql()
    );
    one(c, &sql, conditions.params(&[]), |row| {
        let count: i64 = row.col("count")?;
        Ok((count.unsigned_abs(), PaymentSums { received: money_sum(row, "received")?, refunded: money_sum(row, "refunded")? }))
    })
}

/// The kept sums by the hour that answer for a filter; `None` where it asks for more than days, or where the zone's days begin within an hour.
fn hours(filter: &PaymentFilter, zone: Zone) -> Option<Conditions> {
    let of_days = PaymentFilter { from: filter.from, to: filter.to, flow: filter.flow, ..PaymentFilter::default() };
    if *filter != of_days {
        return None;
    }
    let mut hours = Conditions::default();
    let bounds = [("hour >= ?", filter.from.map(|day| day.start(zone))), ("hour < ?", filter.to.map(|day| day.plus_days(1).start(zone)))];
    for (clause, bound) in bounds {
        let hour = bound.map(|bound| bound.to_string().strip_suffix(":00:00").map(str::to_owned));
        if hour == Some(None) {
            return None;
        }
        hours.add_some(clause, hour.flatten());
    }
    Some(hours)
}

fn kept_sums(c: &Connection, flow: Option<Flow>, hours: &Conditions) -> Result<(u64, PaymentSums)> {
    let sql = format!(
        "SELECT COALESCE(SUM(receipts), 0) AS receipts, SUM(received) AS received, COALESCE(SUM(refunds), 0) AS refunds, SUM(refunded) AS refunded
         FROM payment_sums {}",
        hours.to_sql()
    );
    one(c, &sql, hours.params(&[]), |row| {
        let (receipts, refunds): (i64, i64) = (row.col("receipts")?, row.col("refunds")?);
        let (received, refunded) = (money_sum(row, "received")?, money_sum(row, "refunded")?);
        let (count, sums) = match flow {
            None => (receipts + refunds, PaymentSums { received, refunded }),
            Some(Flow::Received) => (receipts, PaymentSums { received, refunded: Money::ZERO }),
            Some(Flow::Refunded) => (refunds, PaymentSums { received: Money::ZERO, refunded }),
        };
        Ok((count.unsigned_abs(), sums))
    })
}

/// Before which order day an unpaid sum is overdue, by the customer's own term: bound to the `?` of a CASE. Dates are computed here, not in SQL.
pub(super) struct Cutoffs {
    pub(super) sql: String,
    values: Vec<Box<dyn rusqlite::ToSql>>,
}

impl Cutoffs {
    /// `term` are the days of customers without a term of their own.
    pub(super) fn of(c: &Connection, today: Day, term: i64) -> Result<Cutoffs> {
        let sql = "SELECT DISTINCT payment_term_days FROM customers WHERE payment_term_days IS NOT NULL";
        let terms: Vec<i64> = rows(c, sql, [], |row| row.get(0))?;
        let mut values: Vec<Box<dyn rusqlite::ToSql>> = Vec::new();
        for days in &terms {
            values.push(Box::new(*days));
            values.push(Box::new(today.plus_days(-days)));
        }
        values.push(Box::new(today.plus_days(-term)));
        let cases = "WHEN ? THEN ? ".repeat(terms.len());
        let sql = if terms.is_empty() { "?".to_owned() } else { format!("CASE c.payment_term_days {cases}ELSE ? END") };
        Ok(Cutoffs { sql, values })
    }

    pub(super) fn params(&self) -> Vec<&dyn rusqlite::ToSql> {
        self.values.iter().map(|value| &**value).collect()
    }
}

/// The orders that money is due of, by customer and with their sums, from an index of these alone. It serves only beside [`is_due`].
pub(super) const UNPAID: &str = "orders o INDEXED BY idx_orders_unpaid";

/// The condition that money is due of an order, as [`UNPAID`]'s index says it.
pub(super) fn is_due() -> String {
    format!("o.status <> 'cancelled' AND {OUTSTANDING_FEN} > 0")
}

/// Whether nothing is asked of customers but that they owe: then [`debtors`] and the kept sums answer.
fn is_everyone(filter: &ReceivableFilter, own: Option<UserId>) -> bool {
    own.is_none() && !filter.overdue && filter.owner.is_none() && filter.search.trim().is_empty()
}

/// One page of the customers that owe, by what they owe.
fn debtors(c: &Connection, page: &ReceivablePage) -> Result<Vec<CustomerId>> {
    let direction = if page.descending { "DESC" } else { "ASC" };
    let sql = format!("SELECT id FROM customers WHERE outstanding > 0 ORDER BY outstanding {direction}, id {direction} LIMIT ?1 OFFSET ?2");
    rows(c, &sql, params![page.limit(), page.offset()], |row| row.get(0))
}

/// Orders with money due, grouped by customer: the inner part of the receivables' statements. With `debtors`, only theirs.
fn receivable_groups(filter: &ReceivableFilter, cutoffs: &Cutoffs, own: Option<UserId>, debtors: Option<Vec<CustomerId>>) -> (String, Conditions) {
    let mut conditions = Conditions::default();
    conditions.add(&is_due(), []);
    if let Some(debtors) = debtors {
        let clause = format!("o.customer_id IN ({})", vec!["?"; debtors.len()].join(", "));
        conditions.add_all(&clause, debtors.into_iter().map(|id| Box::new(id) as Box<dyn rusqlite::ToSql>).collect());
    }
    if let Some(own) = own {
        conditions.add(&OWN.replace("?own", "?"), [Box::new(own), Box::new(own)]);
    }
    conditions.add_some("c.assigned_to = ?", filter.owner);
    search::add_customer_condition(&mut conditions, OfCustomer { id_column: "o.customer_id", own }, &filter.search);
    let having = if filter.overdue { "HAVING overdue > 0" } else { "" };
    let sql = format!(
        "SELECT c.id AS id, c.name AS name, c.customer_level AS customer_level, c.phone AS phone, c.assigned_to AS assigned_to, COUNT(*) AS orders,
                SUM({OUTSTANDING_FEN}) AS outstanding,
                COALESCE(SUM({OUTSTANDING_FEN}) FILTER (WHERE o.order_day < {}), 0) AS overdue, MIN(o.order_day) AS oldest
         FROM {UNPAID} JOIN customers c ON c.id = o.customer_id {} GROUP BY c.id {having}",
        cutoffs.sql,
        conditions.to_sql()
    );
    (sql, conditions)
}

fn receivable_select(inner: &str, sort: ReceivableSort, descending: bool) -> String {
    let column = match sort {
        ReceivableSort::Outstanding => "outstanding",
        ReceivableSort::Overdue => "overdue",
        ReceivableSort::Customer => "name",
        ReceivableSort::Oldest => "oldest",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!(
        "SELECT r.*, u.full_name AS owner_name FROM ({inner}) r LEFT JOIN users u ON u.id = r.assigned_to
         ORDER BY {column} {direction}, r.id {direction}"
    )
}

fn receivable_row(row: &Row<'_>) -> rusqlite::Result<ReceivableRow> {
    Ok(ReceivableRow {
        customer: row.col("id")?,
        name: row.col("name")?,
        level: row.col("customer_level")?,
        phone: row.col("phone")?,
        owner_name: row.col("owner_name")?,
        orders: row.col("orders")?,
        outstanding: money_sum(row, "outstanding")?,
        overdue: money_sum(row, "overdue")?,
        oldest: row.col("oldest")?,
    })
}

/// One page of customers that owe. `term` are the days of customers without a term of their own.
pub fn receivables(
    c: &Connection,
    filter: &ReceivableFilter,
    page: &ReceivablePage,
    today: Day,
    term: i64,
    own: Option<UserId>,
) -> Result<Vec<ReceivableRow>> {
    let cutoffs = Cutoffs::of(c, today, term)?;
    if page.sort == ReceivableSort::Outstanding && is_everyone(filter, own) {
        let debtors = debtors(c, page)?;
        let (inner, conditions) = receivable_groups(filter, &cutoffs, own, Some(debtors));
        return rows(c, &receivable_select(&inner, page.sort, page.descending), conditions.params_between(&cutoffs.params(), &[]), receivable_row);
    }
    let (inner, conditions) = receivable_groups(filter, &cutoffs, own, None);
    let sql = format!("{} LIMIT ? OFFSET ?", receivable_select(&inner, page.sort, page.descending));
    rows(c, &sql, conditions.params_between(&cutoffs.params(), &[&page.limit(), &page.offset()]), receivable_row)
}

/// Every customer of a filter that owes; `term` as in [`receivables`].
pub fn each_receivable(
    c: &Connection,
    filter: &ReceivableFilter,
    sort: Sorted<ReceivableSort>,
    today: Day,
    term: i64,
    own: Option<UserId>,
    take: Take<'_, ReceivableRow>,
) -> Result<()> {
    let cutoffs = Cutoffs::of(c, today, term)?;
    let (inner, conditions) = receivable_groups(filter, &cutoffs, own, None);
    each(c, &receivable_select(&inner, sort.0, sort.1), conditions.params_between(&cutoffs.params(), &[]), receivable_row, take)
}

/// How many customers a filter leaves, and their sums.
pub fn receivable_sums(c: &Connection, filter: &ReceivableFilter, today: Day, term: i64, own: Option<UserId>) -> Result<(u64, ReceivableSums)> {
    if is_everyone(filter, own) {
        let count: i64 = one(c, "SELECT COUNT(*) FROM customers WHERE outstanding > 0", [], |row| row.get(0))?;
        return Ok((count.unsigned_abs(), owed(c, today, term, None)?));
    }
    let cutoffs = Cutoffs::of(c, today, term)?;
    let (inner, conditions) = receivable_groups(filter, &cutoffs, own, None);
    let sql = format!("SELECT COUNT(*) AS count, SUM(outstanding) AS outstanding, SUM(overdue) AS overdue FROM ({inner})");
    one(c, &sql, conditions.params_between(&cutoffs.params(), &[]), |row| {
        let count: i64 = row.col("count")?;
        Ok((count.unsigned_abs(), ReceivableSums { outstanding: money_sum(row, "outstanding")?, overdue: money_sum(row, "overdue")? }))
    })
}

/// What is owed in all, and how much of it is overdue: as [`receivable_sums`] without a filter, from the kept sums of orders. Only the orders of
/// customers with a term of their own are looked at.
pub fn owed(c: &Connection, today: Day, term: i64, own: Option<UserId>) -> Result<ReceivableSums> {
    let due = today.plus_days(-term);
    let mut summed = Conditions::default();
    summed.add("s.status <> 'cancelled'", []);
    let mut apart = Conditions::default();
    apart.add(&format!("c.payment_term_days IS NOT NULL AND o.status <> 'cancelled' AND {OUTSTANDING_FEN} > 0"), []);
    if let Some(own) = own {
        summed.add(SUMS_OWN, [Box::new(own), Box::new(own)]);
        apart.add(&OWN.replace("?own", "?"), [Box::new(own), Box::new(own)]);
    }
    let left = "s.total - s.returned - s.paid";
    let sql = format!(
        "SELECT COALESCE(SUM({left}), 0) AS outstanding, COALESCE(SUM({left}) FILTER (WHERE s.order_day < ?), 0) AS overdue FROM order_sums s {}",
        summed.to_sql()
    );
    let read = |row: &Row<'_>| Ok((row.col::<i64>("outstanding")?, row.col::<i64>("overdue")?));
    let (outstanding, overdue) = one(c, &sql, summed.params_between(&[&due], &[]), read)?;
    let cutoffs = Cutoffs::of(c, today, term)?;
    let sql = format!(
        "SELECT COALESCE(SUM({OUTSTANDING_FEN}) FILTER (WHERE o.order_day < {}), 0) - COALESCE(SUM({OUTSTANDING_FEN}) FILTER (WHERE o.order_day < ?), 0)
         FROM customers c CROSS JOIN orders o ON o.customer_id = c.id {}",
        cutoffs.sql,
        apart.to_sql()
    );
    let mut values = cutoffs.params();
    values.push(&due);
    let difference: i64 = one(c, &sql, apart.params_between(&values, &[]), |row| row.get(0))?;
    Ok(ReceivableSums { outstanding: Money::sum_from_fen(outstanding), overdue: Money::sum_from_fen(overdue + difference) })
}
