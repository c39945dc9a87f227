//! The model's imports (rulings §13): whole or nothing, each key once, what is there skipped, updated or refused; a dry run keeps nothing.
//! Here is also the text of a file that holds such rows.

use std::collections::BTreeMap;

use zhanggui::models::choice::{Module, OrderStatus, Role, Status, StockState};
use zhanggui::models::import::{Existing, RowErrors, RowProblem};
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::records::{Customer, Product};
use super::sales::{Line, Order};
use super::shop::{PEOPLE, Shop, Told, UNIT, name};
use super::steps::Piece;
use crate::fixture::fen;

/// What an import answers: how many records of the file's kind, of others beside them, lines, payments and warnings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    pub created: u64,
    pub updated: u64,
    pub skipped: u64,
    pub customers: u64,
    pub products: u64,
    pub orders: u64,
    pub lines: u64,
    pub payments: u64,
    pub warnings: u64,
}

/// A row of products; what is `None` is a blank cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductRow {
    pub product: usize,
    pub price: Option<i64>,
    pub stock: Option<i64>,
    pub threshold: Option<i64>,
    pub active: Option<bool>,
    /// The price is no number.
    pub wrong: bool,
}

/// A row of customers; what is `None` is a blank cell. An owner beyond [`PEOPLE`] is nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub customer: usize,
    pub owner: Option<usize>,
    pub limit: Option<i64>,
    pub term: Option<i64>,
    pub active: Option<bool>,
    /// The term is no number.
    pub wrong: bool,
}

/// An order of a file, a row for each line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRows {
    pub number: String,
    pub customer: usize,
    pub day: Day,
    pub shipped: Option<Day>,
    /// `None` where the file has no column for it.
    pub paid: Option<i64>,
    pub lines: Vec<Piece>,
}

impl OrderRows {
    fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity * line.price).sum()
    }
}

/// The rows are numbered as in the spreadsheet: the heading is row 1.
const FIRST_ROW: usize = 2;

impl Shop {
    fn need_both(&self, module: Module) -> Result<()> {
        self.need(module, Verb::Create)?;
        self.need(module, Verb::Update)
    }

    pub fn import_products(&mut self, rows: &[ProductRow], existing: Existing) -> Result<Told> {
        self.need_both(Module::Inventory)?;
        let mut errors = RowErrors::default();
        for (at, _) in rows.iter().enumerate().filter(|(_, row)| row.wrong) {
            errors.add(at + FIRST_ROW, "售价", RowProblem::Field(Field::Price, Problem::NotANumber));
        }
        errors.into_result()?;
        let (mut told, mut errors) = (Imported::default(), RowErrors::default());
        let data = |row: &ProductRow| (row.price.unwrap_or(0), row.threshold.unwrap_or(10), row.active.unwrap_or(true), row.stock);
        for (at, row) in rows.iter().enumerate() {
            if let Some(first) = rows[..at].iter().find(|first| first.product == row.product) {
                told.skipped += 1;
                told.warnings += u64::from(data(first) != data(row));
                continue;
            }
            let Some(before) = self.products.get(row.product).cloned() else {
                let (price, threshold, active, _) = data(row);
                self.products.push(Product { price, threshold, active, ..Product::NEW });
                if let Some(stock) = row.stock.filter(|stock| *stock > 0) {
                    self.move_stock(row.product, stock)?;
                }
                told.created += 1;
                told.products += 1;
                continue;
            };
            let after = Product {
                price: row.price.unwrap_or(before.price),
                threshold: row.threshold.unwrap_or(before.threshold),
                active: row.active.unwrap_or(before.active),
                ..before
            };
            let changed = (after.price, after.threshold, after.active) != (before.price, before.threshold, before.active);
            match existing {
                Existing::Skip => told.skipped += 1,
                Existing::Refuse => errors.add(at + FIRST_ROW, "SKU", RowProblem::Field(Field::Sku, Problem::Taken)),
                Existing::Update => {
                    // The stock changes by movements only.
                    told.warnings += u64::from(row.stock.is_some_and(|stock| stock != before.stock));
                    told.updated += u64::from(changed);
                    told.skipped += u64::from(!changed);
                    self.products[row.product] = after;
                }
            }
        }
        errors.into_result()?;
        Ok(Told::Imported(told))
    }

    pub fn import_customers(&mut self, rows: &[CustomerRow], existing: Existing) -> Result<Told> {
        self.need_both(Module::Customer)?;
        let mut errors = RowErrors::default();
        for (at, _) in rows.iter().enumerate().filter(|(_, row)| row.wrong) {
            errors.add(at + FIRST_ROW, "账期", RowProblem::Field(Field::PaymentTerm, Problem::NotANumber));
        }
        errors.into_result()?;
        let (mut told, mut errors) = (Imported::default(), RowErrors::default());
        let data = |row: &CustomerRow| (row.owner, row.limit, row.term, row.active.unwrap_or(true));
        for (at, row) in rows.iter().enumerate() {
            let taken = RowProblem::Field(Field::Customer, Problem::Taken);
            if let Some(first) = rows[..at].iter().find(|first| first.customer == row.customer) {
                told.skipped += 1;
                told.warnings += u64::from(data(first) != data(row));
                continue;
            }
            if row.owner.is_some_and(|owner| owner >= PEOPLE.len()) {
                errors.add(at + FIRST_ROW, "负责人", RowProblem::Field(Field::Owner, Problem::NotFound));
                continue;
            }
            let Some(before) = self.customers.get(row.customer).cloned() else {
                let (owner, limit, term, active) = data(row);
                self.customers.push(Customer { owner, limit, term, active, gone: false });
                told.created += 1;
                told.customers += 1;
                continue;
            };
            let after = Customer {
                owner: row.owner.or(before.owner),
                limit: row.limit.or(before.limit),
                term: row.term.or(before.term),
                active: row.active.unwrap_or(before.active),
                gone: false,
            };
            let same = |one: &Customer| (one.owner, one.limit, one.term, one.active);
            let changed = same(&after) != same(&before);
            match existing {
                Existing::Skip => told.skipped += 1,
                Existing::Refuse => errors.add(at + FIRST_ROW, "客户名称", taken),
                Existing::Update if !self.reaches_customer(row.customer) => errors.add(at + FIRST_ROW, "客户名称", taken),
                Existing::Update => {
                    told.updated += u64::from(changed);
                    told.skipped += u64::from(!changed);
                    self.customers[row.customer] = after;
                }
            }
        }
        errors.into_result()?;
        Ok(Told::Imported(told))
    }

    /// History: it moves no stock; paid as given, else in full on its day; shipped and paid is completed.
    pub fn import_orders(&mut self, orders: &[OrderRows], existing: Existing) -> Result<Told> {
        self.need_both(Module::Sales)?;
        if self.role() == Role::Sales {
            // Wants all orders within reach.
            return Err(Error::Denied { module: Module::Sales, verb: Verb::Create });
        }
        let starts: Vec<usize> = (0..orders.len()).map(|at| FIRST_ROW + orders[..at].iter().map(|order| order.lines.len()).sum::<usize>()).collect();
        let mut errors = RowErrors::default();
        for (_, row) in orders.iter().zip(&starts).filter(|(order, _)| order.paid.is_some_and(|paid| paid > order.total())) {
            errors.add(*row, "已付", RowProblem::Field(Field::Amount, Problem::TooLarge));
        }
        errors.into_result()?;
        let (mut told, mut errors) = (Imported::default(), RowErrors::default());
        let today = self.today();
        let mut new = Vec::new();
        for (order, row) in orders.iter().zip(starts) {
            if order.number.starts_with('O') {
                errors.add(row, "订单号", RowProblem::Field(Field::OrderNo, Problem::OwnPattern));
                continue;
            }
            if order.day > today {
                errors.add(row, "下单日期", RowProblem::Field(Field::OrderDay, Problem::InTheFuture));
            }
            if order.shipped.is_some_and(|day| day > today) {
                errors.add(row, "发货日期", RowProblem::Field(Field::ShippedDay, Problem::InTheFuture));
            }
            match self.orders.iter().any(|known| known.number == order.number) {
                true if existing == Existing::Refuse => errors.add(row, "订单号", RowProblem::Field(Field::OrderNo, Problem::Taken)),
                true => {
                    told.skipped += 1;
                    told.warnings += u64::from(existing == Existing::Update);
                }
                false => new.push(order),
            }
        }
        errors.into_result()?;
        let mut prices = BTreeMap::new();
        for line in orders.iter().flat_map(|order| &order.lines) {
            prices.entry(line.product).or_insert(line.price);
        }
        for order in new {
            self.import_order(order, &prices, &mut told);
        }
        Ok(Told::Imported(told))
    }

    fn import_order(&mut self, order: &OrderRows, prices: &BTreeMap<usize, i64>, told: &mut Imported) {
        if order.customer == self.customers.len() {
            self.customers.push(Customer::NEW);
            told.customers += 1;
        }
        for line in &order.lines {
            if line.product == self.products.len() {
                // Its price is that of the file's first line, with a warning.
                self.products.push(Product { price: prices[&line.product], ..Product::NEW });
                told.products += 1;
                told.warnings += 1;
            }
        }
        let (total, paid) = (order.total(), order.paid.unwrap_or(order.total()));
        let status = match (order.shipped, paid == total) {
            (Some(_), true) => OrderStatus::Completed,
            (Some(_), false) => OrderStatus::Shipped,
            (None, true) => OrderStatus::Paid,
            (None, false) => OrderStatus::PendingPayment,
        };
        let line = |piece: &Piece| Line::of(*piece, self.products[piece.product].cost);
        self.orders.push(Order {
            number: order.number.clone(),
            customer: order.customer,
            quote: None,
            lines: order.lines.iter().map(line).collect(),
            status,
            stock: StockState::Untracked,
            paid,
            annotated: false,
            by: self.actor,
            day: order.day,
            date: order.day.start(self.zone),
        });
        if paid != 0 {
            let number = self.number('R');
            self.payments.push((number, self.orders.len() - 1, paid));
            told.payments += 1;
            told.warnings += u64::from(order.paid.is_none());
        }
        told.lines += order.lines.len() as u64;
        told.orders += 1;
        told.created += 1;
    }
}

fn blank<T>(value: Option<T>, text: impl Fn(T) -> String) -> String {
    value.map_or(String::new(), text)
}

fn active(active: Option<bool>) -> String {
    blank(active, |active| (if active { Status::Active } else { Status::Inactive }).as_str().into())
}

pub fn products_csv(rows: &[ProductRow]) -> String {
    let mut file = "SKU,产品名称,单位,售价,库存,预警线,状态\n".to_owned();
    for row in rows {
        let price = if row.wrong { "面议".into() } else { blank(row.price, |price| fen(price).plain()) };
        let (stock, threshold) = (blank(row.stock, |stock| stock.to_string()), blank(row.threshold, |threshold| threshold.to_string()));
        file += &format!("P{},{},{UNIT},{price},{stock},{threshold},{}\n", row.product, name(row.product), active(row.active));
    }
    file
}

pub fn customers_csv(rows: &[CustomerRow]) -> String {
    let mut file = "客户名称,负责人,信用额度,账期,状态\n".to_owned();
    for row in rows {
        let owner = blank(row.owner, |owner| PEOPLE.get(owner).map_or("nobody", |(name, _)| name).into());
        let term = if row.wrong { "月结".into() } else { blank(row.term, |term| term.to_string()) };
        let limit = blank(row.limit, |limit| fen(limit).plain());
        file += &format!("客户 K{},{owner},{limit},{term},{}\n", row.customer, active(row.active));
    }
    file
}

pub fn orders_csv(orders: &[OrderRows]) -> String {
    let with_paid = orders.iter().any(|order| order.paid.is_some());
    let mut file = format!("订单号,客户名称,下单日期,发货日期,SKU,产品名称,单位,数量,单价{}\n", if with_paid { ",已付" } else { "" });
    for order in orders {
        let shipped = blank(order.shipped, |day| day.to_string());
        let paid = blank(order.paid, |paid| format!(",{}", fen(paid).plain()));
        for Piece { product, quantity, price } in &order.lines {
            let (number, customer, day) = (&order.number, order.customer, order.day);
            let goods = format!("P{product},{},{UNIT},{quantity},{}", name(*product), fen(*price).plain());
            file += &format!("{number},客户 K{customer},{day},{shipped},{goods}{paid}\n");
        }
    }
    file
}
