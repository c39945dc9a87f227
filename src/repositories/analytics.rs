//! Every statement of the statistics in one place: sums over orders, their lines and returns; customers by kind; what stock was.
//!
//! Sums come back in fen. By day, month and person they come from the sums that the data file keeps of its orders (`order_sums`); by product and
//! category from `goods`.

pub mod goods;

use std::collections::{BTreeMap, HashMap};

use rusqlite::Row;

use super::orders::{OUTSTANDING_FEN, OWN, SUMS_OWN};
use crate::database::{Conditions, Connection, Get, maybe, one, params, rows};
use crate::models::first_steps::Begun;
use crate::models::period::Period;
use crate::models::statistics::{CustomerKind, Dimension, Grouping};
use crate::models::{Day, Money, ProductId, Result, Timestamp, UserId};

/// What a group is told apart by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Key {
    /// A day, or a month by its first.
    Day(Day),
    /// A person, product or customer.
    Id(i64),
    Category(Option<String>),
    /// Everything is one group.
    All,
}

/// Sums of one group, in fen and pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub orders: i64,
    /// Less what came back.
    pub pieces: i64,
    pub sold: i64,
    pub returned: i64,
    pub paid: i64,
    pub outstanding: i64,
    /// Of the net pieces.
    pub cost: i64,
    /// One of the products, by product and category only.
    pub product: Option<ProductId>,
}

impl Tally {
    /// Adds another group's sums; orders that are in both are counted twice.
    pub fn add(&mut self, other: &Tally) {
        self.orders += other.orders;
        self.pieces += other.pieces;
        self.sold += other.sold;
        self.returned += other.returned;
        self.paid += other.paid;
        self.outstanding += other.outstanding;
        self.cost += other.cost;
        self.product = self.product.into_iter().chain(other.product).min();
    }
}

/// Sums of a period by group; groups without sales and returns are left out. Without a grouping there is one group at most.
/// With `own`, only over orders this person reaches.
pub fn tally(c: &Connection, period: Period, grouping: Option<Grouping>, own: Option<UserId>) -> Result<BTreeMap<Key, Tally>> {
    let by = match grouping {
        None => By::All,
        Some(Grouping::Day) => By::Day,
        Some(Grouping::Month) => By::Month,
        Some(Grouping::Person) => By::Person,
        Some(Grouping::Customer) => By::Customer,
        Some(Grouping::Product) => return goods::by_product(c, period, own),
        Some(Grouping::Category) => return goods::by_category(c, period, own),
    };
    let mut found = BTreeMap::new();
    match by {
        By::Customer => add(c, &mut found, by, &orders_sql(by), &conditions("o.order_day", period, own))?,
        By::All | By::Day | By::Month | By::Person => add(c, &mut found, by, &sums_sql(by), &of_sums(period, own))?,
    }
    add(c, &mut found, by, &returns_sql(by), &conditions("r.return_day", period, own))?;
    Ok(found)
}

/// What whole orders are grouped by.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    All,
    Day,
    Month,
    Person,
    Customer,
}

/// What of the sums lies in a period and was not cancelled.
fn of_sums(period: Period, own: Option<UserId>) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.add("s.order_day >= ?", [Box::new(period.from)]);
    conditions.add("s.order_day <= ?", [Box::new(period.to)]);
    conditions.add("s.status <> 'cancelled'", []);
    if let Some(own) = own {
        conditions.add(SUMS_OWN, [Box::new(own), Box::new(own)]);
    }
    conditions
}

fn sums_sql(by: By) -> String {
    format!(
        "SELECT {} AS key, SUM(s.orders) AS orders, SUM(s.pieces) AS pieces, SUM(s.total) AS sold, 0 AS returned, SUM(s.paid) AS paid,
                SUM(s.total - s.returned - s.paid) AS outstanding, SUM(s.cost) AS cost FROM order_sums s {{where}} GROUP BY key",
        by.sql("s.order_day", "s.created_by")
    )
}

/// Orders and net sales in fen of each day; days with nothing are left out. As [`tally`] by day, without looking at lines.
pub fn net_by_day(c: &Connection, period: Period, own: Option<UserId>) -> Result<BTreeMap<Day, (i64, i64)>> {
    let mut found: BTreeMap<Day, (i64, i64)> = BTreeMap::new();
    let (sold, returned) = (of_sums(period, own), conditions("r.return_day", period, own));
    let sold_sql =
        format!("SELECT s.order_day AS day, SUM(s.orders) AS orders, SUM(s.total) AS net FROM order_sums s {} GROUP BY day", sold.to_sql());
    let returned_sql = format!(
        "SELECT r.return_day AS day, 0 AS orders, -SUM(CAST(ROUND(r.amount * 100) AS INTEGER)) AS net
         FROM order_returns r JOIN orders o ON o.id = r.order_id {} GROUP BY day",
        returned.to_sql()
    );
    for (sql, conditions) in [(sold_sql, sold), (returned_sql, returned)] {
        let read = |row: &Row<'_>| Ok((row.col("day")?, row.col::<i64>("orders")?, row.col::<i64>("net")?));
        for (day, orders, net) in rows(c, &sql, conditions.params(&[]), read)? {
            let sums = found.entry(day).or_default();
            *sums = (sums.0 + orders, sums.1 + net);
        }
    }
    Ok(found)
}

/// How many orders of the period are not cancelled.
pub fn count_orders(c: &Connection, period: Period, own: Option<UserId>) -> Result<i64> {
    let conditions = of_sums(period, own);
    one(c, &format!("SELECT COALESCE(SUM(s.orders), 0) FROM order_sums s {}", conditions.to_sql()), conditions.params(&[]), |row| row.get(0))
}

fn add(c: &Connection, found: &mut BTreeMap<Key, Tally>, by: By, sql: &str, conditions: &Conditions) -> Result<()> {
    let sql = sql.replace("{where}", &conditions.to_sql());
    for (key, tally) in rows(c, &sql, conditions.params(&[]), |row| Ok((by.key(row)?, read(row)?)))? {
        found.entry(key).or_default().add(&tally);
    }
    Ok(())
}

fn conditions(day: &str, period: Period, own: Option<UserId>) -> Conditions {
    let mut conditions = Conditions::default();
    conditions.add(&format!("{day} >= ?"), [Box::new(period.from)]);
    conditions.add(&format!("{day} <= ?"), [Box::new(period.to)]);
    conditions.add("o.status <> 'cancelled'", []);
    if let Some(own) = own {
        conditions.add(&OWN.replace("?own", "?"), [Box::new(own), Box::new(own)]);
    }
    conditions
}

impl By {
    fn sql(self, day: &str, person: &str) -> String {
        match self {
            By::All => "NULL".to_owned(),
            By::Day => day.to_owned(),
            By::Month => format!("substr({day}, 1, 7) || '-01'"),
            By::Person => person.to_owned(),
            By::Customer => "o.customer_id".to_owned(),
        }
    }

    fn key(self, row: &Row<'_>) -> rusqlite::Result<Key> {
        Ok(match self {
            By::All => Key::All,
            By::Day | By::Month => Key::Day(row.col("key")?),
            By::Person | By::Customer => Key::Id(row.col("key")?),
        })
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Tally> {
    Ok(Tally {
        orders: row.col("orders")?,
        pieces: row.col("pieces")?,
        sold: row.col("sold")?,
        returned: row.col("returned")?,
        paid: row.col("paid")?,
        outstanding: row.col("outstanding")?,
        cost: row.col("cost")?,
        product: None,
    })
}

/// Sums over the orders themselves.
fn orders_sql(by: By) -> String {
    format!(
        "SELECT {} AS key, COUNT(*) AS orders, SUM(o.pieces) AS pieces, SUM(CAST(ROUND(o.total_amount * 100) AS INTEGER)) AS sold, 0 AS returned,
                SUM(CAST(ROUND(o.paid_amount * 100) AS INTEGER)) AS paid, SUM({OUTSTANDING_FEN}) AS outstanding, SUM(o.cost_fen) AS cost
         FROM orders o {{where}} GROUP BY key",
        by.sql("o.order_day", "o.created_by")
    )
}

/// Sums over what came back, by the day it came.
fn returns_sql(by: By) -> String {
    format!(
        "SELECT {} AS key, 0 AS orders, 0 AS sold, 0 AS paid, 0 AS outstanding, -SUM(r.pieces) AS pieces,
                SUM(CAST(ROUND(r.amount * 100) AS INTEGER)) AS returned, -SUM(r.cost_fen) AS cost
         FROM order_returns r JOIN orders o ON o.id = r.order_id {{where}} GROUP BY key",
        by.sql("r.return_day", "o.created_by")
    )
}

/// What a person is called.
pub fn person_name(c: &Connection, id: UserId) -> Result<Option<String>> {
    maybe(c, "SELECT full_name FROM users WHERE id = ?1", params![id], |row| row.get(0))
}

/// What a product is called, its specification (empty where there is none), and its unit.
pub fn product_name(c: &Connection, id: ProductId) -> Result<Option<(String, String, String)>> {
    let sql = "SELECT name, COALESCE(specification, ''), unit FROM products WHERE id = ?1";
    maybe(c, sql, params![id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
}

/// What products or customers are called, and the unit of products: read one by one where few are asked for, else all at once.
pub struct Names<'c> {
    c: &'c Connection,
    sql: String,
    all: Option<HashMap<i64, Name>>,
}

/// A name, and a product's unit.
pub type Name = (String, Option<String>);

impl<'c> Names<'c> {
    /// A name that is looked up takes as long as so many that are read in a row.
    const LOOK_UP: i64 = 8;

    pub fn of_products(c: &'c Connection, asked: usize) -> Result<Names<'c>> {
        Names::of(c, "name, unit", "products", asked)
    }

    pub fn of_customers(c: &'c Connection, asked: usize) -> Result<Names<'c>> {
        Names::of(c, "name, NULL", "customers", asked)
    }

    fn of(c: &'c Connection, columns: &str, table: &str, asked: usize) -> Result<Names<'c>> {
        let last: Option<i64> = one(c, &format!("SELECT MAX(id) FROM {table}"), [], |row| row.get(0))?;
        let many = i64::try_from(asked).unwrap_or(i64::MAX).saturating_mul(Self::LOOK_UP) > last.unwrap_or(0);
        let all = many.then(|| rows(c, &format!("SELECT id, {columns} FROM {table}"), [], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))));
        let all = all.transpose()?.map(|all| all.into_iter().collect());
        Ok(Names { c, sql: format!("SELECT {columns} FROM {table} WHERE id = ?1"), all })
    }

    pub fn get(&mut self, id: i64) -> Result<Option<Name>> {
        match &mut self.all {
            Some(all) => Ok(all.remove(&id)),
            None => maybe(self.c, &self.sql, params![id], |row| Ok((row.get(0)?, row.get(1)?))),
        }
    }
}

/// Active customers by kind; with `own`, only those this person reaches.
pub fn distribution(c: &Connection, dimension: Dimension, own: Option<UserId>) -> Result<Vec<(CustomerKind, i64)>> {
    let key = match dimension {
        Dimension::Level => "c.customer_level",
        Dimension::Industry => "NULLIF(TRIM(c.industry), '')",
        Dimension::Owner => "c.assigned_to",
    };
    let mut conditions = Conditions::default();
    conditions.add("c.status = 'active'", []);
    conditions.add_some("(c.assigned_to = ? OR c.assigned_to IS NULL)", own);
    let sql = format!(
        "SELECT g.key, g.count, u.full_name FROM (SELECT {key} AS key, COUNT(*) AS count FROM customers c {} GROUP BY key) g
         LEFT JOIN users u ON {} AND u.id = g.key",
        conditions.to_sql(),
        i32::from(dimension == Dimension::Owner)
    );
    rows(c, &sql, conditions.params(&[]), |row| {
        let kind = match dimension {
            Dimension::Level => CustomerKind::Level(row.col("key")?),
            Dimension::Industry => row.col::<Option<String>>("key")?.map_or(CustomerKind::None, CustomerKind::Industry),
            Dimension::Owner => {
                row.col::<Option<UserId>>("key")?.zip(row.col("full_name")?).map_or(CustomerKind::None, |(id, name)| CustomerKind::Owner(id, name))
            }
        };
        Ok((kind, row.col("count")?))
    })
}

/// A product with its stock now and what it costs.
#[derive(Clone, Debug)]
pub struct Stocked {
    pub id: ProductId,
    pub name: String,
    pub unit: String,
    pub category: Option<String>,
    pub stock: i64,
    pub cost: Money,
    pub active: bool,
}

/// All products.
pub fn stocked(c: &Connection) -> Result<Vec<Stocked>> {
    let sql = "SELECT id, name, unit, NULLIF(TRIM(category), '') AS category, stock_quantity, cost_price, status = 'active' AS active FROM products";
    rows(c, sql, [], |row| {
        Ok(Stocked {
            id: row.col("id")?,
            name: row.col("name")?,
            unit: row.col("unit")?,
            category: row.col("category")?,
            stock: row.col("stock_quantity")?,
            cost: row.col("cost_price")?,
            active: row.col("active")?,
        })
    })
}

/// By product, what its stock changed by since a moment.
pub fn moved_since(c: &Connection, since: Timestamp) -> Result<BTreeMap<ProductId, i64>> {
    // The plus keeps the planner from going through all movements by product, for the sake of the grouping.
    let sql = "SELECT product_id, SUM(quantity) AS pieces FROM stock_movements WHERE created_at >= ?1 GROUP BY +product_id";
    Ok(rows(c, sql, params![since], |row| Ok((row.col("product_id")?, row.col("pieces")?)))?.into_iter().collect())
}

/// Whether the file has an order.
pub fn any_order(c: &Connection) -> Result<bool> {
    one(c, "SELECT EXISTS (SELECT 1 FROM orders) AS found", [], |row| row.col("found"))
}

/// What the file has by now, of customers those within `own` reach.
pub fn begun(c: &Connection, own: Option<UserId>) -> Result<Begun> {
    let sql = "SELECT EXISTS (SELECT 1 FROM products) AS products,
                      EXISTS (SELECT 1 FROM customers WHERE ?1 IS NULL OR assigned_to = ?1 OR assigned_to IS NULL) AS customers,
                      EXISTS (SELECT 1 FROM system_logs WHERE action = 'backup') AS backup";
    one(c, sql, params![own], |row| Ok(Begun { products: row.col("products")?, customers: row.col("customers")?, backup: row.col("backup")? }))
}
