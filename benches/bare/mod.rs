//! The floor of writes: the same statements as the program's, their values bound, on the bare library with the same pragmas. Nothing is looked up
//! and nothing checked but what the file itself checks.

use std::path::Path;

use rusqlite::{Connection, ToSql, TransactionBehavior, params};
use zhanggui::models::Day;

use crate::table::Outcome;

/// One person writing.
pub struct Bare {
    connection: Connection,
    day: String,
    at: String,
}

type Statement<'a> = (&'a str, Vec<Box<dyn ToSql>>);

/// A statement with its values.
macro_rules! run {
    ($sql:expr $(, $value:expr)*) => { ($sql, vec![$(Box::new($value) as Box<dyn ToSql>),*]) };
}

/// As long as the program's own rows.
const CHANGES: &str = r#"{"order_no":["","O20260130001"],"customer":["","宁波海纳机电工程有限公司"],"total_amount":["","75.00"],"lines":["","3"]}"#;
const DESCRIPTION: &str = "新建订单 O20260130001：宁波海纳机电工程有限公司，¥75.00";
const HASH: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

impl Bare {
    pub fn open(path: &Path, today: Day) -> Outcome<Bare> {
        let connection = Connection::open(path)?;
        connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; PRAGMA cell_size_check = ON")?;
        connection.set_prepared_statement_cache_capacity(256);
        Ok(Bare { connection, day: today.to_string(), at: format!("{today} 02:00:00") })
    }

    /// In one durable transaction.
    fn write(&mut self, statements: Vec<Statement<'_>>) -> Outcome<()> {
        let tx = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (sql, values) in statements {
            let mut statement = tx.prepare_cached(sql)?;
            let mut rows = statement.query(rusqlite::params_from_iter(values.iter().map(|value| &**value)))?;
            while rows.next()?.is_some() {}
        }
        Ok(tx.commit()?)
    }

    fn next_log(&self) -> Outcome<i64> {
        Ok(self.connection.query_row("SELECT MAX(id) + 1 FROM system_logs", params![], |row| row.get(0))?)
    }

    fn log(&self, id: i64) -> [Statement<'static>; 2] {
        let row = "INSERT INTO system_logs (id, user_id, action, module, description, ip_address, created_at, entity_type, entity_id, changes, hash)
                   VALUES (?1, 1, 'create', 'sales', ?2, 'bench', ?3, 'order', 1, ?4, ?5)";
        let head = "INSERT INTO file_state (key, value) VALUES ('log_head_of_bench', ?1) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        [run!(row, id, DESCRIPTION, self.at.clone(), CHANGES, HASH), run!(head, format!("{id}:{HASH}"))]
    }

    fn number(&self, kind: &'static str) -> Statement<'static> {
        let sql = "INSERT INTO counters (kind, day, last) VALUES (?1, ?2, 1) ON CONFLICT (kind, day) DO UPDATE SET last = last + excluded.last RETURNING last";
        run!(sql, kind, self.day.clone())
    }

    fn owe(customer: i64, fen: i64) -> Statement<'static> {
        let sql = "UPDATE customers SET outstanding = (CAST(ROUND(outstanding * 100) AS INTEGER) + ?2) / 100.0 WHERE id = ?1";
        run!(sql, customer, fen)
    }

    fn movement(&self, product: i64, pieces: i64) -> [Statement<'static>; 2] {
        let stock = "UPDATE products SET stock_quantity = stock_quantity + ?2, updated_at = ?3 WHERE id = ?1 RETURNING stock_quantity";
        let row = "INSERT INTO stock_movements (product_id, movement_type, quantity, created_by, created_at, stock_after)
                   VALUES (?1, IIF(?2 > 0, 'in', 'out'), ?2, 1, ?3, (SELECT stock_quantity FROM products WHERE id = ?1)) RETURNING id";
        [run!(stock, product, pieces, self.at.clone()), run!(row, product, pieces, self.at.clone())]
    }

    /// An order of three lines whose stock is deducted at once.
    pub fn order(&mut self, at: i64) -> Outcome<()> {
        let id: i64 = self.connection.query_row("SELECT MAX(id) + 1 FROM orders", params![], |row| row.get(0))?;
        let (customer, log) = (at % 900 + 1, self.next_log()?);
        let head = "INSERT INTO orders (id, order_no, customer_id, total_amount, status, order_date, order_day, stock_state, created_by, created_at,
                        updated_at, pieces, cost_fen, owner_id, customer_name)
                    SELECT ?1, ?2, ?3, 75.0, 'pending_payment', ?4, ?5, 'reserved', 1, ?4, ?4, 6, 1000, assigned_to, name FROM customers WHERE id = ?3
                    RETURNING id";
        let item = "INSERT INTO order_items (order_id, product_id, quantity, unit_price, subtotal, cost_price) VALUES (?1, ?2, 2, 12.5, 25.0, 8.0)";
        // The pairs of characters of its number.
        let search = "INSERT OR REPLACE INTO order_search (rowid, grams, syllables) VALUES (?1, ?2, '')";
        let number = format!("bench-{id:08}");
        let grams: Vec<String> = number.replace('-', "x").as_bytes().windows(2).map(|pair| String::from_utf8_lossy(pair).into_owned()).collect();
        let mut statements =
            vec![self.number("order"), run!(head, id, number, customer, self.at.clone(), self.day.clone()), run!(search, id, grams.join(" "))];
        let products = [0, 1, 2].map(|n| (at + n) % 9 + 1);
        statements.extend(products.map(|product| run!(item, id, product)));
        for product in products {
            statements.extend(self.movement(product, -2));
        }
        statements.push(run!("UPDATE orders SET stock_state = 'deducted' WHERE id = ?1", id));
        statements.push(Bare::owe(customer, 7_500));
        let last = "UPDATE customers SET last_order_at = ?2 WHERE id = ?1 AND (last_order_at IS NULL OR last_order_at < ?2)";
        statements.push(run!(last, customer, self.at.clone()));
        statements.extend(self.log(log));
        self.write(statements)
    }

    /// A payment that settles an order of [`Bare::order`].
    pub fn payment(&mut self, order: i64, at: i64) -> Outcome<()> {
        let log = self.next_log()?;
        let row = "INSERT INTO payments (payment_no, order_id, amount, payment_date, payment_method, created_by, created_at)
                   VALUES ('bench-' || ?1, ?1, 75.0, ?2, '现金', 1, ?2) RETURNING id";
        let mut statements = vec![
            self.number("payment"),
            run!(row, order, self.at.clone()),
            run!("UPDATE orders SET paid_amount = 75.0 WHERE id = ?1", order),
            run!("UPDATE orders SET status = 'paid', updated_at = ?2, version = version + 1 WHERE id = ?1", order, self.at.clone()),
            Bare::owe(at % 900 + 1, -7_500),
        ];
        statements.extend(self.log(log));
        self.write(statements)
    }

    /// Pieces that come in.
    pub fn stock_in(&mut self, product: i64) -> Outcome<()> {
        let log = self.next_log()?;
        let mut statements: Vec<Statement<'_>> = self.movement(product, 1).into();
        statements.extend(self.log(log));
        self.write(statements)
    }

    /// A paid order goes out.
    pub fn ship(&mut self, order: i64) -> Outcome<()> {
        let log = self.next_log()?;
        let ship = "UPDATE orders SET status = 'shipped', ship_date = ?2, updated_at = ?2, version = version + 1 WHERE id = ?1";
        let mut statements = vec![
            run!("DELETE FROM order_picks WHERE order_item_id IN (SELECT id FROM order_items WHERE order_id = ?1)", order),
            run!(ship, order, self.at.clone()),
        ];
        statements.extend(self.log(log));
        self.write(statements)
    }

    /// The newest order.
    pub fn last_order(&self) -> Outcome<i64> {
        Ok(self.connection.query_row("SELECT MAX(id) FROM orders", params![], |row| row.get(0))?)
    }
}
