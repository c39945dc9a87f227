//! What was sold by product and category. Whole months come from the sums the data file keeps (`product_sums`), other days and what a scope
//! divides from the lines; what is due of a product from the lines of the orders that are not paid up.

use std::collections::{BTreeMap, HashMap};

use super::{Key, Tally, conditions};
use crate::database::{Conditions, Connection, Get, InOrder, each, one, params, rows};
use crate::models::period::Period;
use crate::models::{OrderId, ProductId, Result, UserId};
use crate::repositories::orders::OWN;
use crate::repositories::payments::{UNPAID, is_due};

/// Sums by product, what is paid and due included.
pub fn by_product(c: &Connection, period: Period, own: Option<UserId>) -> Result<BTreeMap<Key, Tally>> {
    let mut groups = sold(c, period, own)?;
    settle(c, period, own, &mut groups, |product| product)?;
    Ok(keyed(groups))
}

/// As [`by_product`], without counting what is due as unpaid.
pub fn without_due(c: &Connection, period: Period, own: Option<UserId>) -> Result<BTreeMap<Key, Tally>> {
    sold(c, period, own).map(keyed)
}

/// Sums by category as products have it now. An order counts once in each of its categories, so the lines are looked at.
pub fn by_category(c: &Connection, period: Period, own: Option<UserId>) -> Result<BTreeMap<Key, Tally>> {
    let mut categories: Vec<Option<String>> = Vec::new();
    let mut places: HashMap<Option<String>, i64> = HashMap::new();
    let mut of: HashMap<ProductId, i64> = HashMap::new();
    let sql = "SELECT id, NULLIF(TRIM(category), '') AS category FROM products";
    for (product, category) in rows(c, sql, [], |row| Ok((row.col("id")?, row.col::<Option<String>>("category")?)))? {
        let place = places.entry(category).or_insert_with_key(|category| {
            categories.push(category.clone());
            categories.len() as i64 - 1
        });
        of.insert(product, *place);
    }
    let place = |product: i64| of.get(&ProductId(product)).copied().unwrap_or(-1);
    let mut groups = Groups::new();
    add_lines(c, period, own, &mut groups, place)?;
    add_returns(c, period, own, &mut groups, place)?;
    settle(c, period, own, &mut groups, place)?;
    let category = |place: i64| usize::try_from(place).ok().and_then(|place| categories.get(place).cloned()).flatten();
    Ok(groups.into_iter().map(|(place, tally)| (Key::Category(category(place)), tally)).collect())
}

/// The products that sold best by net sales, by id where equal; only those that sold more than came back.
pub fn best(c: &Connection, period: Period, own: Option<UserId>, most: usize) -> Result<Vec<(ProductId, Tally)>> {
    if own.is_none()
        && let Months { whole: Some(whole), rest } = months(c, period)?
        && rest.is_empty()
        && month(whole.from) == month(whole.to)
    {
        let sql = format!("SELECT {KEPT} FROM product_sums WHERE month = ?1 AND returned - sold < 0 ORDER BY returned - sold, product_id LIMIT ?2");
        return rows(c, &sql, params![month(whole.from), most as i64], |row| kept(row).map(|(product, tally)| (ProductId(product), tally)));
    }
    let mut best: Vec<(i64, Tally)> = sold(c, period, own)?.into_iter().filter(|(_, tally)| tally.sold > tally.returned).collect();
    best.sort_by_key(|(product, tally)| (tally.returned - tally.sold, *product));
    best.truncate(most);
    Ok(best.into_iter().map(|(product, tally)| (ProductId(product), tally)).collect())
}

/// Sums by product, or by the place of a category.
type Groups = HashMap<i64, Tally>;

fn keyed(groups: Groups) -> BTreeMap<Key, Tally> {
    groups.into_iter().map(|(product, tally)| (Key::Id(product), tally)).collect()
}

/// Everything counts as paid; see [`settle`].
fn sold(c: &Connection, period: Period, own: Option<UserId>) -> Result<Groups> {
    let mut groups = Groups::new();
    let months = if own.is_none() { months(c, period)? } else { Months { whole: None, rest: vec![period] } };
    if let Some(whole) = months.whole {
        let sql = format!("SELECT {KEPT} FROM product_sums WHERE month >= ?1 AND month <= ?2");
        let mut take = |(product, tally): (i64, Tally)| {
            groups.entry(product).or_default().add(&tally);
            Ok(())
        };
        each(c, &sql, params![month(whole.from), month(whole.to)], kept, &mut take)?;
    }
    for rest in months.rest {
        add_lines(c, rest, own, &mut groups, |product| product)?;
        add_returns(c, rest, own, &mut groups, |product| product)?;
    }
    for (product, tally) in &mut groups {
        tally.product = Some(ProductId(*product));
    }
    Ok(groups)
}

/// A row of the kept sums: everything counts as paid.
const KEPT: &str = "product_id, orders, pieces, sold, returned, kept, cost";

fn kept(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Tally)> {
    let mut row = InOrder::of(row);
    let product = row.col()?;
    let (orders, pieces, sold, returned, paid, cost) = (row.col()?, row.col()?, row.col()?, row.col()?, row.col()?, row.col()?);
    Ok((product, Tally { orders, pieces, sold, returned, paid, outstanding: 0, cost, product: None }))
}

/// A period as whole months, and the days that are none.
struct Months {
    whole: Option<Period>,
    rest: Vec<Period>,
}

/// A month counts as whole too where nothing happened on its other days.
fn months(c: &Connection, period: Period) -> Result<Months> {
    let (first, last) = (Period::month_of(period.from), Period::month_of(period.to));
    let begins = is_quiet(c, Period { from: first.from, to: period.from.plus_days(-1) })?;
    let ends = is_quiet(c, Period { from: period.to.plus_days(1), to: last.to })?;
    if first == last {
        return Ok(if begins && ends { Months { whole: Some(first), rest: Vec::new() } } else { Months { whole: None, rest: vec![period] } });
    }
    let (mut whole, mut rest) = (Period { from: first.from, to: last.to }, Vec::new());
    if !begins {
        rest.push(Period { from: period.from, to: first.to });
        whole.from = first.to.plus_days(1);
    }
    if !ends {
        rest.push(Period { from: last.from, to: period.to });
        whole.to = last.from.plus_days(-1);
    }
    Ok(Months { whole: (whole.from <= whole.to).then_some(whole), rest })
}

/// Whether no order and no return is of these days.
fn is_quiet(c: &Connection, days: Period) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM orders WHERE order_day >= ?1 AND order_day <= ?2)
                  AND NOT EXISTS (SELECT 1 FROM order_returns WHERE return_day >= ?1 AND return_day <= ?2)";
    one(c, sql, params![days.from, days.to], |row| row.get(0))
}

/// As the kept sums name it.
fn month(day: crate::models::Day) -> String {
    day.to_string().chars().take(7).collect()
}

/// Lines by the order's day, as if everything were paid.
fn add_lines(c: &Connection, period: Period, own: Option<UserId>, groups: &mut Groups, group: impl Fn(i64) -> i64) -> Result<()> {
    let conditions = conditions("o.order_day", period, own);
    // Order by order, so that the last order of a group tells whether it was counted.
    let sql = format!(
        "SELECT i.order_id, i.product_id, i.quantity, CAST(ROUND(i.subtotal * 100) AS INTEGER), i.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER),
                (i.quantity - i.returned_quantity) * CAST(ROUND(i.unit_price * 100) AS INTEGER)
         FROM orders o CROSS JOIN order_items i ON i.order_id = o.id {}",
        conditions.to_sql()
    );
    let read = |row: &rusqlite::Row<'_>| {
        let mut row = InOrder::of(row);
        let (order, product): (i64, i64) = (row.col()?, row.col()?);
        let tally =
            Tally { pieces: row.col()?, sold: row.col()?, cost: row.col()?, paid: row.col()?, product: Some(ProductId(product)), ..Tally::default() };
        Ok((order, product, tally))
    };
    let mut last_orders: HashMap<i64, i64> = HashMap::new();
    let mut take = |(order, product, mut line): (i64, i64, Tally)| {
        let group = group(product);
        line.orders = i64::from(last_orders.insert(group, order) != Some(order));
        groups.entry(group).or_default().add(&line);
        Ok(())
    };
    each(c, &sql, conditions.params(&[]), read, &mut take)
}

/// What came back, by the day it came.
fn add_returns(c: &Connection, period: Period, own: Option<UserId>, groups: &mut Groups, group: impl Fn(i64) -> i64) -> Result<()> {
    let conditions = conditions("r.return_day", period, own);
    let sql = format!(
        "SELECT i.product_id AS product, -SUM(t.quantity) AS pieces, SUM(t.quantity * CAST(ROUND(i.unit_price * 100) AS INTEGER)) AS returned,
                -SUM(t.quantity * CAST(ROUND(i.cost_price * 100) AS INTEGER)) AS cost
         FROM order_returns r JOIN orders o ON o.id = r.order_id JOIN order_return_items t ON t.return_id = r.id
         JOIN order_items i ON i.id = t.order_item_id {} GROUP BY i.product_id",
        conditions.to_sql()
    );
    let read = |row: &rusqlite::Row<'_>| {
        let product: i64 = row.col("product")?;
        let (pieces, returned, cost) = (row.col("pieces")?, row.col("returned")?, row.col("cost")?);
        Ok((product, Tally { pieces, returned, cost, product: Some(ProductId(product)), ..Tally::default() }))
    };
    for (product, tally) in rows(c, &sql, conditions.params(&[]), read)? {
        groups.entry(group(product)).or_default().add(&tally);
    }
    Ok(())
}

/// A line of an order that money is due of, in fen.
struct DueLine {
    order: OrderId,
    product: i64,
    /// What the line still amounts to.
    left: i64,
    /// What the order still amounts to, and what of it is paid.
    net: i64,
    paid: i64,
}

/// Tells what is due from what is paid, on the orders of the period. A line's share of what was paid is the sum up to it less the sum up to the
/// line before, each in proportion and rounded half up, so that the shares of an order's lines are what was paid.
fn settle(c: &Connection, period: Period, own: Option<UserId>, groups: &mut Groups, group: impl Fn(i64) -> i64) -> Result<()> {
    let mut conditions = Conditions::default();
    conditions.add(&is_due(), []);
    conditions.add("o.order_day >= ?", [Box::new(period.from)]);
    conditions.add("o.order_day <= ?", [Box::new(period.to)]);
    if let Some(own) = own {
        conditions.add(&OWN.replace("?own", "?"), [Box::new(own), Box::new(own)]);
    }
    let fen = |amount: &str| format!("CAST(ROUND(o.{amount} * 100) AS INTEGER)");
    let sql = format!(
        "SELECT o.id, i.product_id, (i.quantity - i.returned_quantity) * CAST(ROUND(i.unit_price * 100) AS INTEGER), {} - {}, {}
         FROM {UNPAID} CROSS JOIN order_items i INDEXED BY idx_order_items_order ON i.order_id = o.id {}",
        fen("total_amount"),
        fen("returned_amount"),
        fen("paid_amount"),
        conditions.to_sql()
    );
    let read = |row: &rusqlite::Row<'_>| {
        let mut row = InOrder::of(row);
        Ok(DueLine { order: row.col()?, product: row.col()?, left: row.col()?, net: row.col()?, paid: row.col()? })
    };
    // The order at hand: what its lines so far amount to, and what of that is paid.
    let mut at: (Option<OrderId>, i64, i64) = (None, 0, 0);
    let mut take = |line: DueLine| {
        if at.0 != Some(line.order) {
            at = (Some(line.order), 0, 0);
        }
        let so_far = at.1 + line.left;
        let paid = share(line.paid, so_far, line.net);
        let due = line.left - (paid - at.2);
        at = (at.0, so_far, paid);
        let tally = groups.entry(group(line.product)).or_default();
        tally.outstanding += due;
        tally.paid -= due;
        Ok(())
    };
    each(c, &sql, conditions.params(&[]), read, &mut take)
}

/// What of `paid` falls to a `part` of `whole`, rounded half up.
fn share(paid: i64, part: i64, whole: i64) -> i64 {
    if whole == 0 {
        return 0;
    }
    let (paid, part, whole) = (i128::from(paid), i128::from(part), i128::from(whole));
    i64::try_from((2 * paid * part + whole).div_euclid(2 * whole)).unwrap_or(i64::MAX)
}
