//! Rows of `quotes` and `quote_items`.

use rusqlite::Row;

use super::search::{self, Index, OfCustomer, Test};
use crate::database::{Conditions, Connection, Get, each, execute, maybe, one, params, rows};
use crate::models::choice::QuoteStatus;
use crate::models::export::{Sorted, Take};
use crate::models::line::NewLine;
use crate::models::quote::*;
use crate::models::{CustomerId, Day, Money, OrderId, QuoteId, Result, Timestamp, UserId, Zone};

/// Only quotes of an own customer or entered by this person (rulings §8).
const OWN: &str = "(q.created_by = ?own OR c.assigned_to = ?own OR c.assigned_to IS NULL)";

const FROM: &str = "FROM quotes q JOIN customers c ON c.id = q.customer_id JOIN users u ON u.id = q.created_by
    LEFT JOIN orders o ON o.quote_id = q.id AND o.status <> 'cancelled'";

fn order(row: &Row<'_>) -> rusqlite::Result<Option<(OrderId, String)>> {
    Ok(row.col::<Option<OrderId>>("order_id")?.zip(row.col("order_no")?))
}

fn quote(row: &Row<'_>) -> rusqlite::Result<Quote> {
    Ok(Quote {
        id: row.col("id")?,
        quote_no: row.col("quote_no")?,
        customer: row.col("customer_id")?,
        customer_name: row.col("customer_name")?,
        total: Some(row.col("total_amount")?),
        status: row.col("status")?,
        valid_until: row.col("valid_until")?,
        notes: row.col("notes")?,
        created_by: row.col("created_by")?,
        created_by_name: row.col("created_by_name")?,
        created_at: row.col("created_at")?,
        sent_at: row.col("sent_at")?,
        decided_at: row.col("decided_at")?,
        order: order(row)?,
        updated_at: row.col("updated_at")?,
        version: row.col("version")?,
    })
}

/// The quote; with `own`, only where this person reaches it.
pub fn get(c: &Connection, id: QuoteId, own: Option<UserId>) -> Result<Option<Quote>> {
    let sql = format!("{WHOLE} {FROM} WHERE q.id = ?1 AND (?2 IS NULL OR {})", OWN.replace("?own", "?2"));
    maybe(c, &sql, params![id, own], quote)
}

/// The quote with this number, letter case aside; with `own`, only where this person reaches it.
pub fn find(c: &Connection, number: &str, own: Option<UserId>) -> Result<Option<QuoteId>> {
    let sql = format!("SELECT q.id {FROM} WHERE q.quote_no IN (?1, upper(?1)) AND (?2 IS NULL OR {})", OWN.replace("?own", "?2"));
    maybe(c, &sql, params![number, own], |row| row.col("id"))
}

/// The lines of a quote, in their order.
pub fn items(c: &Connection, quote: QuoteId) -> Result<Vec<QuoteItem>> {
    let sql = "SELECT i.*, p.sku, p.name, p.specification, p.unit FROM quote_items i JOIN products p ON p.id = i.product_id
               WHERE i.quote_id = ?1 ORDER BY i.id";
    rows(c, sql, params![quote], |row| {
        Ok(QuoteItem {
            id: row.col("id")?,
            product: row.col("product_id")?,
            sku: row.col("sku")?,
            name: row.col("name")?,
            specification: row.col("specification")?,
            unit: row.col("unit")?,
            quantity: row.col("quantity")?,
            price: Some((row.col("unit_price")?, row.col("subtotal")?)),
        })
    })
}

fn conditions(c: &Connection, filter: &QuoteFilter, scope: Scope) -> Result<Conditions> {
    let Scope { today, zone, own, search_customers } = scope;
    let mut conditions = Conditions::default();
    if let Some(own) = own {
        conditions.add(&OWN.replace("?own", "?"), [Box::new(own), Box::new(own)]);
    }
    conditions.add_some("q.customer_id = ?", filter.customer);
    conditions.add_some("q.created_by = ?", filter.person);
    conditions.add_some("q.created_at >= ?", filter.from.map(|day| day.start(zone)));
    conditions.add_some("q.created_at < ?", filter.to.map(|day| day.plus_days(1).start(zone)));
    match filter.state {
        Some(QuoteState::Draft) => conditions.add("q.status = 'draft'", []),
        Some(QuoteState::Sent) => conditions.add("q.status = 'sent' AND q.valid_until >= ?", [Box::new(today)]),
        Some(QuoteState::Expired) => conditions.add("q.status = 'sent' AND q.valid_until < ?", [Box::new(today)]),
        Some(QuoteState::Accepted) => conditions.add("q.status = 'accepted'", []),
        Some(QuoteState::Rejected) => conditions.add("q.status = 'rejected'", []),
        None => {}
    }
    if filter.open {
        conditions.add("q.status <> 'rejected' AND NOT EXISTS (SELECT 1 FROM orders t WHERE t.quote_id = q.id AND t.status <> 'cancelled')", []);
    }
    if search_customers {
        let customer = OfCustomer { id_column: "q.customer_id", own };
        search::add_condition_either(c, &mut conditions, (Index::Quotes, "q.id"), customer, &filter.search, Test::Listed)?;
    } else {
        search::add_condition(&mut conditions, Index::Quotes, "q.id", &filter.search, Test::Listed);
    }
    Ok(conditions)
}

/// What a list of quotes is asked against.
#[derive(Clone, Copy)]
pub struct Scope {
    pub today: Day,
    pub zone: Zone,
    pub own: Option<UserId>,
    /// False for who may not see customers: then only numbers are searched.
    pub search_customers: bool,
}

fn order_by(sort: QuoteSort, descending: bool) -> String {
    let column = match sort {
        QuoteSort::Created => "q.id",
        QuoteSort::Number => "q.quote_no",
        QuoteSort::Customer => "c.name",
        QuoteSort::ValidUntil => "q.valid_until",
        QuoteSort::Total => "q.total_amount",
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!("ORDER BY {column} {direction}, q.id {direction}")
}

const WHOLE: &str = "SELECT q.*, c.name AS customer_name, u.full_name AS created_by_name, o.id AS order_id, o.order_no";

/// Every quote of a filter.
pub fn each_quote(c: &Connection, filter: &QuoteFilter, sort: Sorted<QuoteSort>, scope: Scope, take: Take<'_, Quote>) -> Result<()> {
    let conditions = conditions(c, filter, scope)?;
    let sql = format!("{WHOLE} {FROM} {} {}", conditions.to_sql(), order_by(sort.0, sort.1));
    each(c, &sql, conditions.params(&[]), quote, take)
}

/// One page of quotes.
pub fn list(c: &Connection, filter: &QuoteFilter, page: &QuotePage, scope: Scope) -> Result<Vec<QuoteRow>> {
    let conditions = conditions(c, filter, scope)?;
    let sql = format!(
        "SELECT q.id, q.quote_no, q.customer_id, q.created_at, q.valid_until, q.total_amount, q.status, c.name AS customer_name,
                u.full_name AS created_by_name, o.id AS order_id, o.order_no, (SELECT COUNT(*) FROM quote_items i WHERE i.quote_id = q.id) AS lines
         {FROM} {} {} LIMIT ? OFFSET ?",
        conditions.to_sql(),
        order_by(page.sort, page.descending)
    );
    rows(c, &sql, conditions.params(&[&page.limit(), &page.offset()]), |row| {
        let (status, valid_until) = (row.col("status")?, row.col("valid_until")?);
        Ok(QuoteRow {
            id: row.col("id")?,
            quote_no: row.col("quote_no")?,
            customer: row.col("customer_id")?,
            customer_name: row.col("customer_name")?,
            created_at: row.col("created_at")?,
            valid_until,
            total: Some(row.col("total_amount")?),
            status,
            state: QuoteState::of(status, valid_until, scope.today),
            created_by_name: row.col("created_by_name")?,
            order: order(row)?,
            lines: row.col("lines")?,
        })
    })
}

/// Counts by state under the filter's other conditions.
pub fn counts(c: &Connection, filter: &QuoteFilter, scope: Scope) -> Result<QuoteCounts> {
    let filter = QuoteFilter { state: None, ..filter.clone() };
    let conditions = conditions(c, &filter, scope)?;
    let sql = format!(
        "SELECT q.status AS status, q.valid_until < ? AS past, COUNT(*) AS count FROM quotes q JOIN customers c ON c.id = q.customer_id {} GROUP BY 1, 2",
        conditions.to_sql()
    );
    let mut counts = QuoteCounts::default();
    let found = rows(c, &sql, conditions.params_between(&[&scope.today], &[]), |row| {
        Ok((row.col::<QuoteStatus>("status")?, row.col::<bool>("past")?, row.col::<i64>("count")?))
    })?;
    for (status, past, count) in found {
        let day = if past { scope.today.plus_days(-1) } else { scope.today };
        counts.0[QuoteState::of(status, day, scope.today) as usize] += count;
    }
    Ok(counts)
}

/// The head of a quote to be stored.
#[derive(Clone, Debug)]
pub struct NewHead<'a> {
    pub quote_no: &'a str,
    pub customer: CustomerId,
    pub total: Money,
    pub valid_until: Day,
    pub notes: Option<&'a str>,
    pub by: UserId,
    pub now: Timestamp,
}

pub fn insert(c: &Connection, new: &NewHead<'_>) -> Result<QuoteId> {
    let sql = "INSERT INTO quotes (quote_no, customer_id, total_amount, valid_until, notes, created_by, created_at, updated_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7) RETURNING id";
    let n = new;
    let id: QuoteId = one(c, sql, params![n.quote_no, n.customer, n.total, n.valid_until, n.notes, n.by, n.now], |row| row.get(0))?;
    search::put(c, Index::Quotes, id.0, &[n.quote_no])?;
    Ok(id)
}

/// Adds a line; its subtotal is quantity × unit price.
pub fn insert_item(c: &Connection, quote: QuoteId, line: &NewLine, subtotal: Money) -> Result<()> {
    let sql = "INSERT INTO quote_items (quote_id, product_id, quantity, unit_price, subtotal) VALUES (?1, ?2, ?3, ?4, ?5)";
    execute(c, sql, params![quote, line.product, line.quantity, line.unit_price, subtotal])?;
    Ok(())
}

/// Removes all lines of a draft (the trigger refuses others).
pub fn delete_items(c: &Connection, quote: QuoteId) -> Result<()> {
    execute(c, "DELETE FROM quote_items WHERE quote_id = ?1", params![quote])?;
    Ok(())
}

/// Overwrites the head of a draft.
pub fn update_head(c: &Connection, id: QuoteId, new: &NewQuote, total: Money, now: Timestamp) -> Result<()> {
    let sql =
        "UPDATE quotes SET customer_id = ?2, total_amount = ?3, valid_until = ?4, notes = ?5, updated_at = ?6, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, new.customer, total, new.valid_until, new.notes, now])?;
    Ok(())
}

/// Moves a quote to a status; the times of sending and deciding are written with theirs.
pub fn set_status(c: &Connection, id: QuoteId, status: QuoteStatus, now: Timestamp) -> Result<()> {
    let sql = "UPDATE quotes SET status = ?2, sent_at = CASE ?2 WHEN 'sent' THEN ?3 ELSE sent_at END,
                   decided_at = CASE WHEN ?2 IN ('accepted', 'rejected') THEN ?3 ELSE decided_at END, updated_at = ?3, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, status, now])?;
    Ok(())
}

pub fn delete(c: &Connection, id: QuoteId) -> Result<()> {
    delete_items(c, id)?;
    execute(c, "DELETE FROM quotes WHERE id = ?1", params![id])?;
    search::remove(c, Index::Quotes, id.0)
}

/// Whether any order, cancelled ones too, was made of the quote.
pub fn is_referred_to(c: &Connection, id: QuoteId) -> Result<bool> {
    one(c, "SELECT EXISTS (SELECT 1 FROM orders WHERE quote_id = ?1)", params![id], |row| row.get(0))
}
