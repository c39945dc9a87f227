//! Rows of `orders` and `order_items`. Stock, payments and rollups are written by `posting`.

use rusqlite::Row;

use super::paging::Slice;
use super::search::{self, Index, OfCustomer, OfCustomers, Test};
use crate::database::{Conditions, Connection, Get, InOrder, each, execute, maybe, money_sum, one, params, rows};
use crate::models::choice::{OrderStatus, StockState};
use crate::models::export::{SaleLine, Sorted, Take};
use crate::models::list::Total;
use crate::models::order::*;
use crate::models::{CustomerId, Day, Money, OrderId, ProductId, QuoteId, Result, Timestamp, UserId};

/// Only orders of an own customer or entered by this person (rulings §8); `?own` stands for the parameter that is bound to
/// the person.
pub(super) const OWN: &str = "(o.created_by = ?own OR o.owner_id = ?own OR o.owner_id IS NULL)";

/// An order as stored, with what its rules need.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredOrder {
    pub order: Order,
    pub amounts: OrderAmounts,
    pub customer_term_days: Option<i64>,
    pub updated_at: Timestamp,
}

fn amounts(row: &Row<'_>) -> rusqlite::Result<OrderAmounts> {
    Ok(OrderAmounts { total: row.col("total_amount")?, paid: row.col("paid_amount")?, returned: row.col("returned_amount")? })
}

fn stored(row: &Row<'_>) -> rusqlite::Result<StoredOrder> {
    let amounts = amounts(row)?;
    let order_day: Day = row.col("order_day")?;
    let status: OrderStatus = row.col("status")?;
    Ok(StoredOrder {
        order: Order {
            id: row.col("id")?,
            order_no: row.col("order_no")?,
            external_no: row.col("external_no")?,
            quote: row.col::<Option<QuoteId>>("quote_id")?.zip(row.col("quote_no")?),
            customer: row.col("customer_id")?,
            customer_name: row.col("customer_name")?,
            amounts: Some(amounts),
            unpaid: is_unpaid(status, amounts),
            status,
            stock_state: row.col("stock_state")?,
            order_day,
            order_date: row.col("order_date")?,
            ship_date: row.col("ship_date")?,
            complete_date: row.col("complete_date")?,
            due_day: order_day,
            notes: row.col("notes")?,
            created_by: row.col("created_by")?,
            created_by_name: row.col("created_by_name")?,
            created_at: row.col("created_at")?,
            version: row.col("version")?,
        },
        amounts,
        customer_term_days: row.col("payment_term_days")?,
        updated_at: row.col("updated_at")?,
    })
}

fn is_unpaid(status: OrderStatus, amounts: OrderAmounts) -> bool {
    status != OrderStatus::Cancelled && amounts.outstanding() > Money::ZERO
}

/// The order; with `own`, only where this person reaches it.
pub fn get(c: &Connection, id: OrderId, own: Option<UserId>) -> Result<Option<StoredOrder>> {
    let sql = format!("{WHOLE} WHERE o.id = ?1 AND (?2 IS NULL OR {})", OWN.replace("?own", "?2"));
    maybe(c, &sql, params![id, own], stored)
}

/// The order with this number of ours or external number.
pub fn by_number(c: &Connection, number: &str) -> Result<Option<OrderId>> {
    maybe(c, "SELECT id FROM orders WHERE order_no = ?1 OR external_no = ?1", params![number], |row| row.col("id"))
}

/// The order with this number of ours (letter case aside) or external number; with `own`, only where this person reaches it.
pub fn find(c: &Connection, number: &str, own: Option<UserId>) -> Result<Option<OrderId>> {
    let sql = format!(
        "SELECT o.id FROM orders o WHERE (o.order_no IN (?1, upper(?1)) OR o.external_no = ?1) AND (?2 IS NULL OR {})
         ORDER BY o.order_no = ?1 DESC LIMIT 1",
        OWN.replace("?own", "?2")
    );
    maybe(c, &sql, params![number, own], |row| row.col("id"))
}

/// The lines of an order, in their order.
pub fn items(c: &Connection, order: OrderId) -> Result<Vec<OrderItem>> {
    let sql = "SELECT i.*, p.sku, p.name, p.specification, p.unit FROM order_items i JOIN products p ON p.id = i.product_id
               WHERE i.order_id = ?1 ORDER BY i.id";
    rows(c, sql, params![order], |row| {
        Ok(OrderItem {
            id: row.col("id")?,
            product: row.col("product_id")?,
            sku: row.col("sku")?,
            name: row.col("name")?,
            specification: row.col("specification")?,
            unit: row.col("unit")?,
            quantity: row.col("quantity")?,
            returned_quantity: row.col("returned_quantity")?,
            price: Some((row.col("unit_price")?, row.col("subtotal")?)),
            cost_price: Some(row.col("cost_price")?),
        })
    })
}

/// The customer's card on an order's page.
pub fn customer_card(c: &Connection, id: CustomerId) -> Result<OrderCustomer> {
    let sql = "SELECT id, name, customer_level, contact_person, phone, address, status FROM customers WHERE id = ?1";
    one(c, sql, params![id], |row| {
        Ok(OrderCustomer {
            id: row.col("id")?,
            name: row.col("name")?,
            level: row.col("customer_level")?,
            contact_person: row.col("contact_person")?,
            phone: row.col("phone")?,
            address: row.col("address")?,
            status: row.col("status")?,
        })
    })
}

pub(super) const OUTSTANDING_FEN: &str =
    "(CAST(ROUND(o.total_amount * 100) AS INTEGER) - CAST(ROUND(o.returned_amount * 100) AS INTEGER) - CAST(ROUND(o.paid_amount * 100) AS INTEGER))";

fn conditions(c: &Connection, filter: &OrderFilter, own: Option<UserId>, search_customers: bool, test: Test) -> Result<Conditions> {
    let mut conditions = Conditions::default();
    if let Some(own) = own {
        conditions.add(&OWN.replace("?own", "?"), [Box::new(own), Box::new(own)]);
    }
    conditions.add_some("o.customer_id = ?", filter.customer);
    conditions.add_some("o.created_by = ?", filter.person);
    conditions.add_some("o.order_day >= ?", filter.from);
    conditions.add_some("o.order_day <= ?", filter.to);
    if filter.unpaid {
        conditions.add(&format!("o.status <> 'cancelled' AND {OUTSTANDING_FEN} > 0"), []);
    }
    match &filter.goods {
        Some(Goods::Product(product)) => conditions.add("o.id IN (SELECT order_id FROM order_items WHERE product_id = ?)", [Box::new(*product)]),
        Some(Goods::Category(category)) => {
            let of = "EXISTS (SELECT 1 FROM order_items i JOIN products p ON p.id = i.product_id
                      WHERE i.order_id = o.id AND NULLIF(TRIM(p.category), '') IS ?)";
            conditions.add(of, [Box::new(category.clone())]);
        }
        None => {}
    }
    conditions.add_some("o.status = ?", filter.status);
    if search_customers {
        let customer = OfCustomer { id_column: "o.customer_id", own };
        search::add_condition_either(c, &mut conditions, (Index::Orders, "o.id"), customer, &filter.search, test)?;
    } else {
        search::add_condition(&mut conditions, Index::Orders, "o.id", &filter.search, test);
    }
    Ok(conditions)
}

fn order_by(sort: OrderSort, descending: bool) -> String {
    let column = match sort {
        OrderSort::Day => "o.order_date",
        OrderSort::Number => "o.order_no",
        OrderSort::Customer => "o.customer_name",
        OrderSort::Total => "o.total_amount",
        OrderSort::Outstanding => OUTSTANDING_FEN,
    };
    let direction = if descending { "DESC" } else { "ASC" };
    format!("ORDER BY {column} {direction}, o.id {direction}")
}

/// One page of orders; `total` is how many there are, where it is known. `search_customers` is false for who may not see customers: then only
/// numbers are searched.
pub fn list(
    c: &Connection,
    filter: &OrderFilter,
    page: &OrderPage,
    own: Option<UserId>,
    search_customers: bool,
    total: Option<Total>,
) -> Result<Vec<OrderRow>> {
    let slice = Slice::of(page, total);
    search::page(Test::of_page(c, Index::Orders, &filter.search, slice, total)?, slice, |test| {
        let conditions = conditions(c, filter, own, search_customers, test)?;
        let ids = test.ids("orders o", "o.id", &conditions, &order_by(page.sort, page.descending != slice.reversed));
        let sql = format!(
            "SELECT o.id, o.order_no, o.order_day, o.status, o.total_amount, o.paid_amount, o.returned_amount, o.customer_name,
                    u.full_name AS created_by_name
             FROM ({ids}) page JOIN orders o ON o.id = page.id JOIN users u ON u.id = o.created_by {}",
            order_by(page.sort, page.descending)
        );
        rows(c, &sql, conditions.params(&[&slice.length, &slice.before]), order_row)
    })
}

fn order_row(row: &Row<'_>) -> rusqlite::Result<OrderRow> {
    let amounts = amounts(row)?;
    let status = row.col("status")?;
    Ok(OrderRow {
        id: row.col("id")?,
        order_no: row.col("order_no")?,
        customer_name: row.col("customer_name")?,
        order_day: row.col("order_day")?,
        amounts: Some(amounts),
        unpaid: is_unpaid(status, amounts),
        status,
        created_by_name: row.col("created_by_name")?,
    })
}

const WHOLE: &str = "SELECT o.*, c.payment_term_days, u.full_name AS created_by_name, q.quote_no
    FROM orders o JOIN customers c ON c.id = o.customer_id JOIN users u ON u.id = o.created_by LEFT JOIN quotes q ON q.id = o.quote_id";

/// Every order of a filter.
pub fn each_order(
    c: &Connection,
    filter: &OrderFilter,
    sort: Sorted<OrderSort>,
    own: Option<UserId>,
    search_customers: bool,
    take: Take<'_, StoredOrder>,
) -> Result<()> {
    let conditions = conditions(c, filter, own, search_customers, Test::Listed)?;
    let sql = format!("{WHOLE} {} {}", conditions.to_sql(), order_by(sort.0, sort.1));
    each(c, &sql, conditions.params(&[]), stored, take)
}

/// Every line of a filter's orders, each with its order.
pub fn each_line(
    c: &Connection,
    filter: &OrderFilter,
    sort: Sorted<OrderSort>,
    own: Option<UserId>,
    search_customers: bool,
    take: Take<'_, SaleLine>,
) -> Result<()> {
    let conditions = conditions(c, filter, own, search_customers, Test::Listed)?;
    let sql = format!(
        "SELECT o.status, o.total_amount, o.paid_amount, o.returned_amount, o.order_no, o.external_no, o.order_day, c.name, u.full_name,
                p.sku, p.name, p.specification, p.unit, i.quantity, i.returned_quantity, i.unit_price, i.subtotal, i.cost_price
         FROM orders o JOIN customers c ON c.id = o.customer_id JOIN users u ON u.id = o.created_by
         JOIN order_items i ON i.order_id = o.id JOIN products p ON p.id = i.product_id {} {}, i.id",
        conditions.to_sql(),
        order_by(sort.0, sort.1)
    );
    // The columns as the statement names them.
    let read = |row: &Row<'_>| {
        let mut row = InOrder::of(row);
        let status = row.col()?;
        let amounts = OrderAmounts { total: row.col()?, paid: row.col()?, returned: row.col()? };
        Ok(SaleLine {
            status,
            amounts,
            unpaid: is_unpaid(status, amounts),
            order_no: row.col()?,
            external_no: row.col()?,
            order_day: row.col()?,
            customer_name: row.col()?,
            created_by_name: row.col()?,
            sku: row.col()?,
            name: row.col()?,
            specification: row.col()?,
            unit: row.col()?,
            quantity: row.col()?,
            returned_quantity: row.col()?,
            unit_price: row.col()?,
            subtotal: row.col()?,
            cost_price: row.col()?,
        })
    };
    each(c, &sql, conditions.params(&[]), read, take)
}

/// How many lines the orders of a filter have.
pub fn count_lines(c: &Connection, filter: &OrderFilter, own: Option<UserId>, search_customers: bool) -> Result<u64> {
    let conditions = conditions(c, filter, own, search_customers, Test::Listed)?;
    let sql = format!("SELECT COUNT(*) FROM orders o JOIN order_items i ON i.order_id = o.id {}", conditions.to_sql());
    let count: i64 = one(c, &sql, conditions.params(&[]), |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// Whether the sums by day, status, person and owner answer for what a filter leaves, its status aside.
fn is_summed(filter: &OrderFilter) -> bool {
    filter.search.trim().is_empty() && filter.customer.is_none() && filter.goods.is_none() && !filter.unpaid
}

/// The sums that a filter leaves; see [`is_summed`].
fn summed(filter: &OrderFilter, own: Option<UserId>) -> Conditions {
    let mut conditions = Conditions::default();
    if let Some(own) = own {
        conditions.add(SUMS_OWN, [Box::new(own), Box::new(own)]);
    }
    conditions.add_some("s.created_by = ?", filter.person);
    conditions.add_some("s.order_day >= ?", filter.from);
    conditions.add_some("s.order_day <= ?", filter.to);
    conditions.add_some("s.status = ?", filter.status);
    conditions
}

/// As [`OWN`], of the sums.
pub(super) const SUMS_OWN: &str = "(s.created_by = ? OR s.owner_id = ? OR s.owner_id = 0)";

/// How many orders a filter leaves, and how many of each status under its other conditions; none where a search finds too many to be counted.
pub fn count(c: &Connection, filter: &OrderFilter, own: Option<UserId>, search_customers: bool) -> Result<(Total, Option<StatusCounts>)> {
    let counts = match of_customers(c, filter, own, search_customers)? {
        Some(OfCustomers::Many(total)) => return Ok((total, None)),
        Some(OfCustomers::All(statuses)) if filter.status.is_none() && !search::is_in_documents(c, Index::Orders, &filter.search)? => {
            let mut counts = StatusCounts::default();
            statuses.into_iter().for_each(|status| counts.0[status as usize] += 1);
            counts
        }
        _ => counts(c, filter, own, search_customers)?,
    };
    let of_status = filter.status.map_or_else(|| counts.all(), |status| counts.of(status));
    Ok((Total::Exactly(of_status.unsigned_abs()), Some(counts)))
}

/// Whether a search finds too many orders to be counted.
pub fn is_many(c: &Connection, filter: &OrderFilter, own: Option<UserId>, search_customers: bool) -> Result<bool> {
    Ok(matches!(of_customers(c, filter, own, search_customers)?, Some(OfCustomers::Many(_))))
}

/// The orders of the customers that a search finds, where nothing but the status narrows it down.
fn of_customers(c: &Connection, filter: &OrderFilter, own: Option<UserId>, search_customers: bool) -> Result<Option<OfCustomers>> {
    let only_searched = OrderFilter { search: filter.search.clone(), status: filter.status, ..Default::default() };
    if own.is_some() || !search_customers || *filter != only_searched {
        return Ok(None);
    }
    search::orders_of_customers(c, &filter.search, filter.status)
}

/// Counts by status under the filter's other conditions.
pub fn counts(c: &Connection, filter: &OrderFilter, own: Option<UserId>, search_customers: bool) -> Result<StatusCounts> {
    let filter = OrderFilter { status: None, ..filter.clone() };
    let (sql, conditions) = if is_summed(&filter) {
        ("SELECT s.status AS status, SUM(s.orders) AS count FROM order_sums s", summed(&filter, own))
    } else {
        ("SELECT o.status AS status, COUNT(*) AS count FROM orders o", conditions(c, &filter, own, search_customers, Test::Listed)?)
    };
    let sql = format!("{sql} {} GROUP BY 1", conditions.to_sql());
    let mut counts = StatusCounts::default();
    for (status, count) in rows(c, &sql, conditions.params(&[]), |row| Ok((row.col::<OrderStatus>("status")?, row.col::<i64>("count")?)))? {
        counts.0[status as usize] = count;
    }
    Ok(counts)
}

/// Sums of the orders that a filter leaves, cancelled ones not counted.
pub fn sums(c: &Connection, filter: &OrderFilter, own: Option<UserId>, search_customers: bool) -> Result<OrderSums> {
    let (sql, conditions) = if is_summed(filter) {
        let mut conditions = summed(filter, own);
        conditions.add("s.status <> 'cancelled'", []);
        let sums = "SUM(s.total - s.returned) AS net, SUM(s.paid) AS paid, SUM(s.total - s.returned - s.paid) AS outstanding FROM order_sums s";
        (format!("SELECT {sums} {}", conditions.to_sql()), conditions)
    } else {
        let mut conditions = conditions(c, filter, own, search_customers, Test::Listed)?;
        conditions.add("o.status <> 'cancelled'", []);
        let sql = format!(
            "SELECT SUM(CAST(ROUND(o.total_amount * 100) AS INTEGER) - CAST(ROUND(o.returned_amount * 100) AS INTEGER)) AS net,
                    SUM(CAST(ROUND(o.paid_amount * 100) AS INTEGER)) AS paid, SUM({OUTSTANDING_FEN}) AS outstanding FROM orders o {}",
            conditions.to_sql()
        );
        (sql, conditions)
    };
    one(c, &sql, conditions.params(&[]), |row| {
        Ok(OrderSums { net: money_sum(row, "net")?, paid: money_sum(row, "paid")?, outstanding: money_sum(row, "outstanding")? })
    })
}

/// What an order's lines are, all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sold {
    pub pieces: i64,
    /// In fen, at the cost of that moment.
    pub cost: i64,
}

impl Sold {
    /// Of lines with the cost of each.
    pub fn of<'l>(lines: impl IntoIterator<Item = (&'l NewLine, Money)>) -> Sold {
        lines.into_iter().fold(Sold::default(), |sold, (line, cost)| sold.plus(line.quantity, cost))
    }

    /// And so many pieces more.
    pub fn plus(self, pieces: i64, cost: Money) -> Sold {
        Sold { pieces: self.pieces.saturating_add(pieces), cost: self.cost.saturating_add(cost.fen().saturating_mul(pieces)) }
    }
}

/// The head of an order to be stored.
#[derive(Clone, Debug)]
pub struct NewHead<'a> {
    pub order_no: &'a str,
    pub external_no: Option<&'a str>,
    pub quote: Option<QuoteId>,
    pub customer: CustomerId,
    pub total: Money,
    pub status: OrderStatus,
    pub order_date: Timestamp,
    pub order_day: Day,
    pub ship_date: Option<Timestamp>,
    pub complete_date: Option<Timestamp>,
    pub stock_state: StockState,
    pub notes: Option<&'a str>,
    pub sold: Sold,
    pub by: UserId,
    pub now: Timestamp,
}

pub fn insert(c: &Connection, new: &NewHead<'_>) -> Result<OrderId> {
    let id = insert_row(c, new)?;
    search::put(c, Index::Orders, id.0, &search_texts(new))?;
    Ok(id)
}

/// What an order is found by.
pub fn search_texts<'a>(new: &NewHead<'a>) -> Vec<&'a str> {
    [Some(new.order_no), new.external_no.filter(|external| *external != new.order_no)].into_iter().flatten().collect()
}

/// As [`insert`], without the row of the search index: a [`search::Batch`] writes it.
pub fn insert_row(c: &Connection, new: &NewHead<'_>) -> Result<OrderId> {
    let sql =
        "INSERT INTO orders (order_no, external_no, quote_id, customer_id, total_amount, status, order_date, order_day, ship_date, complete_date,
                   stock_state, notes, created_by, created_at, updated_at, pieces, cost_fen, owner_id, customer_name)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14, ?15, ?16,
                   (SELECT assigned_to FROM customers WHERE id = ?4), (SELECT name FROM customers WHERE id = ?4)) RETURNING id";
    let n = new;
    let values = params![
        n.order_no,
        n.external_no,
        n.quote,
        n.customer,
        n.total,
        n.status,
        n.order_date,
        n.order_day,
        n.ship_date,
        n.complete_date,
        n.stock_state,
        n.notes,
        n.by,
        n.now,
        n.sold.pieces,
        n.sold.cost
    ];
    one(c, sql, values, |row| row.get(0))
}

/// Adds a line; its subtotal is quantity × unit price.
pub fn insert_item(c: &Connection, order: OrderId, line: &NewLine, subtotal: Money, cost_price: Money) -> Result<()> {
    let sql = "INSERT INTO order_items (order_id, product_id, quantity, unit_price, subtotal, cost_price) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    execute(c, sql, params![order, line.product, line.quantity, line.unit_price, subtotal, cost_price])?;
    Ok(())
}

/// Removes all lines of an order whose stock is not deducted (the trigger refuses others).
pub fn delete_items(c: &Connection, order: OrderId) -> Result<()> {
    execute(c, "DELETE FROM order_items WHERE order_id = ?1", params![order])?;
    Ok(())
}

/// Overwrites what of an order's head can be edited.
pub fn update_head(c: &Connection, id: OrderId, notes: Option<&str>, now: Timestamp) -> Result<()> {
    let sql = "UPDATE orders SET notes = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, notes, now])?;
    Ok(())
}

/// Overwrites what the lines add up to, after they were replaced.
pub fn set_total(c: &Connection, id: OrderId, total: Money, sold: Sold) -> Result<()> {
    execute(c, "UPDATE orders SET total_amount = ?2, pieces = ?3, cost_fen = ?4 WHERE id = ?1", params![id, total, sold.pieces, sold.cost])?;
    Ok(())
}

/// Moves an order to a status; the times of shipping and completing are written with theirs.
pub fn set_status(c: &Connection, id: OrderId, status: OrderStatus, now: Timestamp) -> Result<()> {
    let sql = "UPDATE orders SET status = ?2, ship_date = CASE ?2 WHEN 'shipped' THEN ?3 ELSE ship_date END,
                   complete_date = CASE ?2 WHEN 'completed' THEN ?3 ELSE complete_date END, updated_at = ?3, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, status, now])?;
    Ok(())
}

/// The unit price this customer paid last for a product.
pub fn last_price(c: &Connection, customer: CustomerId, product: ProductId) -> Result<Option<Money>> {
    let sql = "SELECT i.unit_price FROM order_items i JOIN orders o ON o.id = i.order_id
               WHERE i.product_id = ?2 AND o.customer_id = ?1 AND o.status <> 'cancelled' ORDER BY o.order_date DESC, i.id DESC LIMIT 1";
    maybe(c, sql, params![customer, product], |row| row.col("unit_price"))
}
