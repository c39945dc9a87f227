//! What must be the sum of other rows, added up in memory: each large table is read once, in the order it lies in. What small tables must hold, and
//! the search index, stand as queries in `invariants`.
//!
//! Sums are in fen and pieces. A file that is no longer sound may hold any number: sums stop at the largest one instead of overflowing.

use std::fmt;
use std::hash::Hash;

use foldhash::{HashMap, HashSet};
use rusqlite::{Row, Rows};

use super::Broken;
use super::columns::{Fen, Moment, Month, Print, Short, Status};
use crate::database::{Connection, InOrder, each, maybe, params, rows};
use crate::models::Result;

/// The rules that are looked at here alone.
pub const RULES: &[&str] = &[
    STOCK,
    RUNNING,
    RESERVED,
    TOTAL,
    SUBTOTAL,
    RETURNED,
    RETURNED_LINES,
    PAID,
    STATUS,
    MOVED,
    OUTSTANDING,
    LAST_ORDER,
    LINES,
    CUSTOMERS,
    ORDER_SUMS,
    PRODUCT_SUMS,
    PAYMENT_SUMS,
    NUMBERS,
    CUSTOMERS_FOUND,
    PRODUCTS_FOUND,
    ORDERS_FOUND,
];

const STOCK: &str = "stock_is_sum_of_movements";
const RUNNING: &str = "running_stock";
const RESERVED: &str = "reserved_is_sum_of_open_lines";
const TOTAL: &str = "total_is_sum_of_lines";
const SUBTOTAL: &str = "subtotal_is_quantity_times_price";
const RETURNED: &str = "returned_is_sum_of_returned_lines";
const RETURNED_LINES: &str = "returned_lines_are_sums_of_returns";
const PAID: &str = "paid_is_sum_of_payments";
const STATUS: &str = "status_agrees_with_sums";
const MOVED: &str = "order_stock_moved_once";
const OUTSTANDING: &str = "customer_outstanding";
const LAST_ORDER: &str = "customer_last_order";
const LINES: &str = "orders_know_their_lines";
const CUSTOMERS: &str = "orders_know_their_customers";
const ORDER_SUMS: &str = "order_sums";
const PRODUCT_SUMS: &str = "product_sums";
const PAYMENT_SUMS: &str = "payment_sums";
const CUSTOMERS_FOUND: &str = "customers_are_searchable";
const PRODUCTS_FOUND: &str = "products_are_searchable";
const ORDERS_FOUND: &str = "orders_are_searchable";
/// Of these three; `invariants` asks for quotes.
const STRANGERS: &str = "search_has_no_strangers";
const NUMBERS: &str = "numbers_are_counted";
/// Of the large tables; `invariants` asks for the others.
const FOREIGN_KEYS: &str = "foreign_keys";

/// The parts of the work, one after the other; each needs what those before it have added up.
pub const PARTS: &[Part] = &[parents, movements, payments, returns, orders, products, customers, kept_sums, numbers];

/// One part of the work.
pub type Part = fn(&Connection, &mut Ledger) -> Result<()>;

/// What was added up so far, and what was found wrong.
#[derive(Default)]
pub struct Ledger {
    broken: Vec<Broken>,
    /// Who and what rows of the large tables may be of; orders and customers are come across.
    users: HashSet<i64>,
    products: HashSet<i64>,
    quotes: HashSet<i64>,
    /// By product: the sum of its movements so far, what open orders have reserved of it.
    stock: HashMap<i64, i64>,
    reserved: HashMap<i64, i64>,
    /// By order: pieces its movements moved, what its payments amount to.
    moved: HashMap<i64, i64>,
    paid: HashMap<i64, i64>,
    /// By line: the pieces that came back.
    came_back: HashMap<i64, i64>,
    /// By customer.
    customers: HashMap<i64, Buyer>,
    order_sums: HashMap<SumsKey, [i64; 6]>,
    /// By month and product: orders, pieces, sold, returned, cost, kept.
    product_sums: HashMap<(Month, i64), [i64; 6]>,
    /// By hour: receipts, received, refunds, refunded.
    payment_sums: HashMap<Short<13>, [i64; 4]>,
    /// By kind and day as in a number: the highest sequence given, and the number.
    numbers: HashMap<(&'static str, Short<8>), (i64, String)>,
}

/// Day, status, person, owner.
type SumsKey = (Short<10>, Status, i64, i64);

/// What a customer's orders say of him.
#[derive(Default)]
struct Buyer {
    due: i64,
    last_order: Moment,
    /// His name and owner; none where no order is his.
    known_as: Option<(Print, Option<i64>)>,
}

impl Ledger {
    /// What was found wrong, in the order of [`RULES`].
    pub fn into_broken(self) -> Vec<Broken> {
        let mut broken = self.broken;
        broken.sort_by_key(|found| RULES.iter().position(|rule| *rule == found.name));
        broken
    }

    /// Counts a record that breaks a rule.
    fn wrong(&mut self, rule: &'static str, record: impl fmt::Display) {
        let at = self.broken.iter().position(|found| found.name == rule).unwrap_or_else(|| {
            self.broken.push(Broken { name: rule, count: 0, examples: Vec::new() });
            self.broken.len() - 1
        });
        let found = &mut self.broken[at];
        found.count += 1;
        if found.examples.len() < Broken::EXAMPLES {
            found.examples.push(record.to_string());
        }
    }

    fn check(&mut self, rule: &'static str, holds: bool, record: impl fmt::Display) {
        if !holds {
            self.wrong(rule, record);
        }
    }

    /// Takes a document's number: letters, the day, the sequence.
    fn number(&mut self, kind: &'static str, number: &str) {
        let digits = number.trim_start_matches(|c: char| c.is_ascii_uppercase());
        let (day, sequence) = digits.split_at_checked(8).unwrap_or((digits, ""));
        let sequence = sequence.parse().unwrap_or(0);
        let highest = self.numbers.entry((kind, Short::of(day.as_bytes()))).or_default();
        if sequence > highest.0 || highest.1.is_empty() {
            highest.0 = sequence;
            number.clone_into(&mut highest.1);
        }
    }
}

fn add<K: Eq + Hash, const N: usize>(sums: &mut HashMap<K, [i64; N]>, key: K, more: [i64; N]) {
    let sums = sums.entry(key).or_insert([0; N]);
    for (sum, more) in sums.iter_mut().zip(more) {
        *sum = sum.saturating_add(more);
    }
}

/// Reads what there are few of.
fn parents(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    let ids = |sql: &str| -> Result<HashSet<i64>> { Ok(rows(c, sql, [], |row| row.get(0))?.into_iter().collect()) };
    ledger.users = ids("SELECT id FROM users")?;
    ledger.products = ids("SELECT id FROM products")?;
    ledger.quotes = ids("SELECT id FROM quotes")?;
    Ok(())
}

/// Goes through all movements: the stock after each, and what each order moved.
fn movements(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    let sql = "SELECT id, product_id, created_by, quantity, stock_after, reference_type IN ('order', 'return'), reference_id FROM stock_movements ORDER BY id";
    let read = |row: &Row<'_>| {
        let mut row = InOrder::of(row);
        let of = (row.col()?, row.col()?, row.col()?);
        Ok((of, (row.col()?, row.col()?), row.col::<Option<bool>>()? == Some(true), row.col()?))
    };
    type Movement = ((i64, i64, i64), (i64, i64), bool, Option<i64>);
    let mut take = |((id, product, person), (quantity, stock_after), of_order, reference): Movement| {
        ledger.check(FOREIGN_KEYS, ledger.products.contains(&product) && ledger.users.contains(&person), format_args!("stock_movements {id}"));
        let stock = ledger.stock.entry(product).or_default();
        *stock = stock.saturating_add(quantity);
        let agrees = *stock == stock_after;
        if let Some(order) = reference.filter(|_| of_order) {
            let moved = ledger.moved.entry(order).or_default();
            *moved = moved.saturating_add(quantity);
        }
        ledger.check(RUNNING, agrees, id);
        Ok(())
    };
    each(c, sql, [], read, &mut take)
}

/// Goes through all payments: what each order was paid, the sums by hour, the numbers.
fn payments(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    let sql = "SELECT order_id, created_by, amount, substr(payment_date, 1, 13), payment_no FROM payments ORDER BY id";
    let read = |row: &Row<'_>| {
        let mut row = InOrder::of(row);
        Ok((row.col()?, row.col()?, row.col()?, row.col()?, row.col()?))
    };
    let mut take = |(order, person, Fen(amount), hour, number): (i64, i64, Fen, Short<13>, String)| {
        ledger.check(FOREIGN_KEYS, ledger.users.contains(&person), format_args!("payments {number}"));
        let paid = ledger.paid.entry(order).or_default();
        *paid = paid.saturating_add(amount);
        let of_hour = [i64::from(amount > 0), amount.max(0), i64::from(amount < 0), amount.saturating_neg().max(0)];
        add(&mut ledger.payment_sums, hour, of_hour);
        ledger.number("payment", &number);
        Ok(())
    };
    each(c, sql, [], read, &mut take)
}

/// Goes through what came back, which the lines and the months' sums know of.
fn returns(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    let sql = "SELECT t.order_item_id, t.quantity, substr(r.return_day, 1, 7), o.status <> 'cancelled', i.product_id, i.unit_price, i.cost_price
               FROM order_return_items t JOIN order_returns r ON r.id = t.return_id JOIN order_items i ON i.id = t.order_item_id
               JOIN orders o ON o.id = r.order_id";
    let read = |row: &Row<'_>| {
        let mut row = InOrder::of(row);
        Ok(((row.col()?, row.col()?), (row.col()?, row.col()?), (row.col()?, row.col()?, row.col()?)))
    };
    type Back = ((i64, i64), (Month, bool), (i64, Fen, Fen));
    let mut take = |((line, pieces), (month, counts), (product, Fen(price), Fen(cost))): Back| {
        let back = ledger.came_back.entry(line).or_default();
        *back = back.saturating_add(pieces);
        if counts {
            let sums = [0, pieces.saturating_neg(), 0, pieces.saturating_mul(price), pieces.saturating_mul(cost).saturating_neg(), 0];
            add(&mut ledger.product_sums, (month, product), sums);
        }
        Ok(())
    };
    each(c, sql, [], read, &mut take)
}

/// What an order says of itself.
struct Order {
    id: i64,
    customer: i64,
    customer_name: Print,
    number: String,
    /// Numbered here, not elsewhere.
    ours: bool,
    total: i64,
    returned: i64,
    paid: i64,
    status: Status,
    stock: Status,
    day: Short<10>,
    date: Moment,
    shipped: bool,
    completed: bool,
    person: i64,
    owner: Option<i64>,
    quote: Option<i64>,
    pieces: i64,
    cost: i64,
}

const ORDERS: &str =
    "SELECT id, customer_id, customer_name, order_no, external_no IS NULL, total_amount, returned_amount, paid_amount, status, stock_state, order_day,
    order_date, ship_date IS NOT NULL, complete_date IS NOT NULL, created_by, owner_id, quote_id, pieces, cost_fen FROM orders ORDER BY id";

fn order(row: &Row<'_>) -> rusqlite::Result<Order> {
    let mut row = InOrder::of(row);
    let (id, customer, customer_name, number, ours) = (row.col()?, row.col()?, row.col()?, row.col()?, row.col()?);
    let (Fen(total), Fen(returned), Fen(paid)) = (row.col()?, row.col()?, row.col()?);
    Ok(Order {
        id,
        customer,
        customer_name,
        number,
        ours,
        total,
        returned,
        paid,
        status: row.col()?,
        stock: row.col()?,
        day: row.col()?,
        date: row.col()?,
        shipped: row.col()?,
        completed: row.col()?,
        person: row.col()?,
        owner: row.col()?,
        quote: row.col()?,
        pieces: row.col()?,
        cost: row.col()?,
    })
}

impl Order {
    fn is_cancelled(&self) -> bool {
        self.status == Status::of(b"cancelled")
    }

    fn stock_is(&self, state: &[u8]) -> bool {
        self.stock == Status::of(state)
    }

    fn due(&self) -> i64 {
        self.total.saturating_sub(self.returned).saturating_sub(self.paid)
    }

    /// Whether the status is one that these sums, dates and stock can have.
    fn status_agrees(&self) -> bool {
        let due = self.due();
        let reserved = self.stock_is(b"reserved");
        let wrong = match self.status.0.split(|byte| *byte == 0).next().unwrap_or_default() {
            b"pending_payment" => due <= 0 || self.stock_is(b"returned"),
            b"paid" => due != 0,
            b"shipped" => reserved || !self.shipped || due < 0,
            b"completed" => due != 0 || !self.completed || reserved || !self.shipped,
            b"cancelled" => self.paid != 0,
            _ => due < 0,
        };
        !wrong
    }
}

/// A line of an order.
struct Line {
    id: i64,
    order: i64,
    product: i64,
    pieces: i64,
    price: i64,
    subtotal: i64,
    cost: i64,
    returned: i64,
}

const LINES_BY_ORDER: &str = "SELECT id, order_id, product_id, quantity, unit_price, subtotal, cost_price, returned_quantity
    FROM order_items INDEXED BY idx_order_items_order ORDER BY order_id";

fn line(row: &Row<'_>) -> rusqlite::Result<Line> {
    let mut row = InOrder::of(row);
    let (id, order, product, pieces) = (row.col()?, row.col()?, row.col()?, row.col()?);
    let (Fen(price), Fen(subtotal), Fen(cost)) = (row.col()?, row.col()?, row.col()?);
    Ok(Line { id, order, product, pieces, price, subtotal, cost, returned: row.col()? })
}

/// Goes through all orders, each with its lines.
fn orders(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    let mut statement = c.prepare(LINES_BY_ORDER)?;
    let mut lines = statement.query([])?;
    let mut next = lines.next()?.map(line).transpose()?;
    let mut of_search = c.prepare("SELECT rowid FROM order_search ORDER BY rowid")?;
    let mut search = Search::of(&mut of_search)?;
    let mut own: Vec<Line> = Vec::new();
    let mut take = |order: Order| {
        let found = search.finds(ledger, order.id)?;
        ledger.check(ORDERS_FOUND, found, &order.number);
        own.clear();
        while let Some(line) = next.take_if(|line| line.order <= order.id) {
            let of_order = line.order == order.id;
            ledger.check(FOREIGN_KEYS, of_order && ledger.products.contains(&line.product), format_args!("order_items {}", line.id));
            if of_order {
                own.push(line);
            }
            next = lines.next()?.map(self::line).transpose()?;
        }
        ledger.order(&order, &own);
        Ok(())
    };
    each(c, ORDERS, [], order, &mut take)?;
    search.end(ledger)?;
    // What is left is of no order.
    while let Some(line) = next {
        ledger.wrong(FOREIGN_KEYS, format_args!("order_items {}", line.id));
        next = lines.next()?.map(self::line).transpose()?;
    }
    let strangers: Vec<i64> = ledger.paid.keys().copied().collect();
    strangers.into_iter().for_each(|order| ledger.wrong(FOREIGN_KEYS, format_args!("payments: orders {order}")));
    Ok(())
}

impl Ledger {
    fn order(&mut self, order: &Order, lines: &[Line]) {
        let sum = |of: fn(&Line) -> i64| lines.iter().fold(0i64, |sum, line| sum.saturating_add(of(line)));
        let pieces = sum(|line| line.pieces);
        self.check(TOTAL, order.total == sum(|line| line.subtotal), &order.number);
        self.check(RETURNED, order.returned == sum(|line| line.returned.saturating_mul(line.price)), &order.number);
        self.check(LINES, order.pieces == pieces && order.cost == sum(|line| line.pieces.saturating_mul(line.cost)), &order.number);
        let left = if order.stock_is(b"deducted") { pieces.saturating_sub(sum(|line| line.returned)) } else { 0 };
        let moved = self.moved.remove(&order.id).unwrap_or_default();
        self.check(MOVED, moved == left.saturating_neg(), &order.number);
        let paid = self.paid.remove(&order.id).unwrap_or_default();
        self.check(PAID, order.paid == paid, &order.number);
        self.check(STATUS, order.status_agrees(), &order.number);
        let (reserved, month) = (order.stock_is(b"reserved"), Month::of(&order.day.0));
        for (at, line) in lines.iter().enumerate() {
            self.check(SUBTOTAL, line.subtotal == line.pieces.saturating_mul(line.price), line.id);
            let came_back = self.came_back.remove(&line.id).unwrap_or_default();
            self.check(RETURNED_LINES, line.returned == came_back, &order.number);
            if reserved {
                let reserved = self.reserved.entry(line.product).or_default();
                *reserved = reserved.saturating_add(line.pieces);
            }
            if !order.is_cancelled() {
                let first = lines[..at].iter().all(|before| before.product != line.product);
                let kept = line.pieces.saturating_sub(line.returned).saturating_mul(line.price);
                let sums = [i64::from(first), line.pieces, line.subtotal, 0, line.pieces.saturating_mul(line.cost), kept];
                add(&mut self.product_sums, (month, line.product), sums);
            }
        }
        let people = self.users.contains(&order.person) && order.owner.is_none_or(|owner| self.users.contains(&owner));
        let quote = order.quote.is_none_or(|quote| self.quotes.contains(&quote));
        self.check(FOREIGN_KEYS, people && quote, format_args!("orders {}", order.number));
        let known_as = (order.customer_name, order.owner);
        let buyer = self.customers.entry(order.customer).or_default();
        let agrees = *buyer.known_as.get_or_insert(known_as) == known_as;
        if !order.is_cancelled() {
            buyer.due = buyer.due.saturating_add(order.due());
            buyer.last_order = buyer.last_order.max(order.date);
        }
        self.check(CUSTOMERS, agrees, &order.number);
        let key = (order.day, order.status, order.person, order.owner.unwrap_or(0));
        add(&mut self.order_sums, key, [1, order.total, order.returned, order.paid, order.pieces, order.cost]);
        if order.ours {
            self.number("order", &order.number);
        }
    }
}

/// Compares what each product says of its stock.
fn products(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    let sql = "SELECT id, sku, stock_quantity, reserved_quantity FROM products ORDER BY id";
    let mut statement = c.prepare("SELECT rowid FROM product_search ORDER BY rowid")?;
    let mut search = Search::of(&mut statement)?;
    let mut take = |(id, sku, stock, reserved): (i64, String, i64, i64)| {
        let moved = ledger.stock.remove(&id).unwrap_or_default();
        ledger.check(STOCK, stock == moved && stock >= 0, &sku);
        let of_orders = ledger.reserved.remove(&id).unwrap_or_default();
        ledger.check(RESERVED, reserved == of_orders, &sku);
        let found = search.finds(ledger, id)?;
        ledger.check(PRODUCTS_FOUND, found, &sku);
        Ok(())
    };
    each(c, sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)), &mut take)?;
    search.end(ledger)
}

/// Compares what each customer says of his orders, and what they say of him.
fn customers(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    let sql = "SELECT id, name, name, assigned_to, outstanding, last_order_at FROM customers ORDER BY id";
    let read = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?), (row.get(2)?, row.get(3)?), (row.get(4)?, row.get(5)?)));
    let mut statement = c.prepare("SELECT rowid FROM customer_search ORDER BY rowid")?;
    let mut search = Search::of(&mut statement)?;
    type Customer = ((i64, String), (Print, Option<i64>), (Fen, Option<Moment>));
    let mut take = |((id, name), known_as, (Fen(outstanding), last_order)): Customer| {
        let buyer = ledger.customers.remove(&id).unwrap_or_default();
        ledger.check(OUTSTANDING, outstanding == buyer.due, &name);
        ledger.check(LAST_ORDER, last_order.unwrap_or_default() == buyer.last_order, &name);
        ledger.check(CUSTOMERS, buyer.known_as.is_none_or(|known| known == known_as), &name);
        let found = search.finds(ledger, id)?;
        ledger.check(CUSTOMERS_FOUND, found, &name);
        Ok(())
    };
    each(c, sql, [], read, &mut take)?;
    search.end(ledger)?;
    let strangers: Vec<i64> = ledger.customers.keys().copied().collect();
    strangers.into_iter().for_each(|customer| ledger.wrong(FOREIGN_KEYS, format_args!("orders: customers {customer}")));
    Ok(())
}

/// The rows of a search index beside its records, both in the order of their ids.
struct Search<'s> {
    rows: Rows<'s>,
    next: Option<i64>,
}

impl<'s> Search<'s> {
    fn of(statement: &'s mut rusqlite::Statement<'_>) -> Result<Search<'s>> {
        let mut search = Search { rows: statement.query([])?, next: None };
        search.step()?;
        Ok(search)
    }

    fn step(&mut self) -> Result<()> {
        self.next = self.rows.next()?.map(|row| row.get(0)).transpose()?;
        Ok(())
    }

    /// Whether the next record is in the index; what is there before it is of no record.
    fn finds(&mut self, ledger: &mut Ledger, id: i64) -> Result<bool> {
        while let Some(row) = self.next.filter(|row| *row < id) {
            ledger.wrong(STRANGERS, row);
            self.step()?;
        }
        let found = self.next == Some(id);
        if found {
            self.step()?;
        }
        Ok(found)
    }

    fn end(mut self, ledger: &mut Ledger) -> Result<()> {
        self.finds(ledger, i64::MAX).map(drop)
    }
}

/// Compares the sums that the file keeps.
fn kept_sums(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    let sql = "SELECT order_day, status, created_by, owner_id, orders, total, returned, paid, pieces, cost FROM order_sums";
    let read = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?), numbers_of(row, 4)?));
    let live = std::mem::take(&mut ledger.order_sums);
    compare(c, ledger, ORDER_SUMS, sql, live, read, |(day, status, ..): &SumsKey| format!("{day} {status}"))?;

    let sql = "SELECT month, product_id, orders, pieces, sold, returned, cost, kept FROM product_sums";
    let read = |row: &Row<'_>| Ok(((row.get(0)?, row.get(1)?), numbers_of(row, 2)?));
    let live = std::mem::take(&mut ledger.product_sums);
    compare(c, ledger, PRODUCT_SUMS, sql, live, read, |(month, product): &(Month, i64)| format!("{month} {product}"))?;

    let sql = "SELECT hour, receipts, received, refunds, refunded FROM payment_sums";
    let live = std::mem::take(&mut ledger.payment_sums);
    compare(c, ledger, PAYMENT_SUMS, sql, live, |row| Ok((row.get(0)?, numbers_of(row, 1)?)), Short::<13>::to_string)
}

fn numbers_of<const N: usize>(row: &Row<'_>, first: usize) -> rusqlite::Result<[i64; N]> {
    let mut numbers = [0; N];
    for (at, number) in numbers.iter_mut().enumerate() {
        *number = row.get(first + at)?;
    }
    Ok(numbers)
}

/// The kept sums are the live ones, neither more nor fewer.
fn compare<K: Eq + Hash, const N: usize>(
    c: &Connection,
    ledger: &mut Ledger,
    rule: &'static str,
    sql: &str,
    mut live: HashMap<K, [i64; N]>,
    read: impl Fn(&Row<'_>) -> rusqlite::Result<(K, [i64; N])>,
    name: impl Fn(&K) -> String,
) -> Result<()> {
    let mut take = |(key, kept): (K, [i64; N])| {
        if live.remove(&key) != Some(kept) {
            ledger.wrong(rule, name(&key));
        }
        Ok(())
    };
    each(c, sql, [], read, &mut take)?;
    let mut missing: Vec<String> = live.keys().map(name).collect();
    missing.sort();
    missing.into_iter().for_each(|record| ledger.wrong(rule, record));
    Ok(())
}

/// No number is above the last one that was counted on its day.
fn numbers(c: &Connection, ledger: &mut Ledger) -> Result<()> {
    for (kind, sql) in [
        ("quote", "SELECT quote_no FROM quotes"),
        ("return", "SELECT return_no FROM order_returns"),
        ("stocktake", "SELECT stocktake_no FROM stocktakes"),
    ] {
        each(c, sql, [], |row| row.get(0), &mut |number: String| {
            ledger.number(kind, &number);
            Ok(())
        })?;
    }
    let mut given: Vec<_> = std::mem::take(&mut ledger.numbers).into_iter().collect();
    given.sort();
    for ((kind, digits), (highest, number)) in given {
        let sql = "SELECT last FROM counters WHERE kind = ?1 AND day = substr(?2, 1, 4) || '-' || substr(?2, 5, 2) || '-' || substr(?2, 7, 2)";
        let last: Option<i64> = maybe(c, sql, params![kind, digits.to_string()], |row| row.get(0))?;
        ledger.check(NUMBERS, last.is_some_and(|last| highest <= last), number);
    }
    Ok(())
}
