//! Reading a file of order lines: orders with their lines, and the customers and products it names. Asks the data file nothing.

use std::collections::{HashMap, HashSet};

use super::Progress;
use super::cells::Cells;
use super::columns::Columns;
use super::days::{self, Moment};
use super::sheet::Sheet;
use super::{customers, products};
use crate::models::customer::CustomerInput;
use crate::models::error::{FieldErrors, text};
use crate::models::import::{ImportField, RowErrors, RowProblem};
use crate::models::product::{MOST_PIECES, ProductInput};
use crate::models::{Field, Money, Problem, Result};

use ImportField as F;

/// What a file of orders holds. Texts stay where they are in its sheet, and customers and products are read again where they are written.
#[derive(Debug)]
pub struct Book<'s> {
    sheet: &'s Sheet,
    pub columns: &'s Columns,
    pub customers: Vec<FileCustomer<'s>>,
    pub products: Vec<FileProduct<'s>>,
    pub orders: Vec<FileOrder<'s>>,
}

/// A customer that the file names; by code alone where the file has no name.
#[derive(Debug)]
pub struct FileCustomer<'s> {
    pub row: usize,
    at: usize,
    name: &'s str,
    /// Rows that give the same code a further name.
    pub renamed: Vec<usize>,
}

/// A product that the file names, at the unit price of its first line.
#[derive(Debug)]
pub struct FileProduct<'s> {
    pub row: usize,
    at: usize,
    name: &'s str,
    price: Money,
    pub renamed: Vec<usize>,
}

/// One order. Customer and products are places in the book's lists.
#[derive(Debug)]
pub struct FileOrder<'s> {
    pub row: usize,
    pub number: &'s str,
    pub customer: usize,
    pub placed: Moment,
    pub shipped: Option<Moment>,
    /// `None` where the file has no such column.
    pub paid: Option<Money>,
    pub method: Option<&'s str>,
    pub notes: Option<&'s str>,
    pub lines: Vec<FileLine>,
    pub total: Money,
}

impl Book<'_> {
    /// What the file says of a customer.
    pub fn customer(&self, customer: &FileCustomer<'_>) -> CustomerInput {
        customers::draft(&mut self.cells(customer.at, &mut RowErrors::default())).input
    }

    /// What the file says of a product.
    pub fn product(&self, product: &FileProduct<'_>) -> ProductInput {
        let input = products::draft(&mut self.cells(product.at, &mut RowErrors::default())).input;
        ProductInput { price: product.price, ..input }
    }

    /// The cells of a row that was checked before.
    fn cells<'e>(&self, at: usize, errors: &'e mut RowErrors) -> Cells<'_, 'e> {
        Cells { columns: self.columns, row: self.sheet.row(at), errors }
    }
}

#[derive(Debug)]
pub struct FileLine {
    pub row: usize,
    pub product: usize,
    pub quantity: i64,
    pub unit_price: Money,
    pub subtotal: Money,
    /// The price is the amount shared by the pieces.
    pub derived: bool,
    /// The file's figures do not come out even in fen.
    pub rounded: bool,
}

/// Reads a file of order lines, one line a row; rows of one order share its number and must agree in customer and days.
pub fn parse<'s>(sheet: &'s Sheet, columns: &'s Columns, progress: &mut Progress<'_>) -> Result<Book<'s>> {
    needed_columns(columns).into_result()?;
    let mut errors = RowErrors::default();
    let placed = days::column(sheet, columns, F::OrderDate, &mut errors);
    let shipped = days::column(sheet, columns, F::ShipDate, &mut errors);
    let mut book = Book { sheet, columns, customers: Vec::new(), products: Vec::new(), orders: Vec::new() };
    let mut known = Known::default();
    for (at, row) in sheet.rows().enumerate() {
        progress.tick()?;
        let mut cells = Cells { columns, row, errors: &mut errors };
        let number = cells.required(F::OrderNo);
        if number.is_some_and(|number| number.chars().count() > 50) {
            cells.wrong(F::OrderNo, Problem::TooLong(50));
        }
        if cells.required(F::OrderDate).is_none() {
            continue;
        }
        let customer = customer(&mut cells, at, &mut book, &mut known);
        let line = line(&mut cells, at, &mut book, &mut known);
        let paid = if columns.has(F::Paid) { Some(cells.amount(F::Paid).map_or(Money::ZERO, |paid| paid.money)) } else { None };
        let (Some(number), Some(placed)) = (number, placed[at]) else { continue };
        let (Some(customer), Some(line)) = (customer, line) else { continue };
        let (method, notes) = (cells.text(F::Method), cells.text(F::Notes));
        let mut found = FieldErrors::default();
        text::check_optional(&mut found, Field::Method, method, 20);
        text::check_optional(&mut found, Field::Notes, notes, 2000);
        cells.take_over(found, F::CustomerName);
        let Some(&known_at) = known.orders.get(number) else {
            known.orders.insert(number, book.orders.len());
            let (total, shipped) = (line.subtotal, shipped[at]);
            book.orders.push(FileOrder { row: row.number, number, customer, placed, shipped, paid, method, notes, lines: vec![line], total });
            continue;
        };
        let order = &mut book.orders[known_at];
        agree(&mut cells, order, customer, placed, shipped[at], paid);
        match order.total.checked_add(line.subtotal) {
            Some(total) => order.total = total,
            None => cells.wrong(price_column(columns), Problem::TooLarge),
        }
        order.method = order.method.or(method);
        order.notes = order.notes.or(notes);
        order.lines.push(line);
    }
    for order in &book.orders {
        if order.paid.is_some_and(|paid| paid > order.total) {
            errors.add(order.row, columns.heading(F::Paid), RowProblem::Field(Field::Amount, Problem::TooLarge));
        }
    }
    errors.into_result()?;
    Ok(book)
}

/// Where customers, products and orders of the file stand in the book.
#[derive(Default)]
struct Known<'s> {
    customers: HashMap<Box<str>, usize>,
    /// By number, and by name where the file has no number.
    skus: HashMap<&'s str, usize>,
    product_names: HashMap<&'s str, usize>,
    orders: HashMap<&'s str, usize>,
    /// Further names of a customer, of a product.
    customers_renamed: HashSet<(usize, &'s str)>,
    products_renamed: HashSet<(usize, &'s str)>,
}

fn needed_columns(columns: &Columns) -> RowErrors {
    let mut errors = RowErrors::default();
    let either: [&[ImportField]; 6] =
        [&[F::OrderNo], &[F::OrderDate], &[F::CustomerCode, F::CustomerName], &[F::Sku, F::ProductName], &[F::Quantity], &[F::UnitPrice, F::Amount]];
    for fields in either {
        if !fields.iter().any(|field| columns.has(*field)) {
            errors.add(1, "", RowProblem::MissingColumn(fields[0]));
        }
    }
    errors
}

fn price_column(columns: &Columns) -> ImportField {
    if columns.has(F::Amount) { F::Amount } else { F::UnitPrice }
}

fn agree(cells: &mut Cells<'_, '_>, order: &FileOrder<'_>, customer: usize, placed: Moment, shipped: Option<Moment>, paid: Option<Money>) {
    if order.customer != customer {
        cells.wrong(if cells.columns.has(F::CustomerCode) { F::CustomerCode } else { F::CustomerName }, Problem::Contradicts);
    }
    if order.placed != placed {
        cells.wrong(F::OrderDate, Problem::Contradicts);
    }
    if order.shipped != shipped {
        cells.wrong(F::ShipDate, Problem::Contradicts);
    }
    if order.paid != paid {
        cells.wrong(F::Paid, Problem::Contradicts);
    }
}

/// The row's customer in the book; its first row gives the data.
fn customer<'s>(cells: &mut Cells<'s, '_>, place: usize, book: &mut Book<'s>, known: &mut Known<'s>) -> Option<usize> {
    let (code, name) = (cells.text(F::CustomerCode), cells.text(F::CustomerName));
    if let Some(code) = code
        && let Some(&at) = known.customers.get(format!("c{code}").as_str())
    {
        let customer = &mut book.customers[at];
        if is_renamed(&mut known.customers_renamed, at, customer.name, name) {
            customer.renamed.push(cells.row.number);
        }
        return Some(at);
    }
    if code.is_none() && name.is_none() {
        cells.wrong(if cells.columns.has(F::CustomerCode) { F::CustomerCode } else { F::CustomerName }, Problem::Required);
        return None;
    }
    let input = customers::draft(cells).input;
    let mut found = input.check();
    // By code alone the customer must be there already.
    found.0.retain(|error| !(error.field == Field::Name && error.problem == Problem::Required));
    cells.take_over(found, F::CustomerName);
    let at = *known.customers.entry(customers::key(&input).into()).or_insert(book.customers.len());
    if at == book.customers.len() {
        book.customers.push(FileCustomer { row: cells.row.number, at: place, name: name.unwrap_or_default(), renamed: Vec::new() });
    }
    Some(at)
}

/// Whether a row gives the record a name that no row before gave it.
fn is_renamed<'s>(renamed: &mut HashSet<(usize, &'s str)>, at: usize, first: &str, name: Option<&'s str>) -> bool {
    name.is_some_and(|name| name != first && renamed.insert((at, name)))
}

/// The row's line, with its product in the book.
fn line<'s>(cells: &mut Cells<'s, '_>, place: usize, book: &mut Book<'s>, known: &mut Known<'s>) -> Option<FileLine> {
    let product = product(cells, place, book, known);
    cells.required(F::Quantity);
    let quantity = cells.whole(F::Quantity, 1, MOST_PIECES);
    let (price, amount, discount) = (cells.amount(F::UnitPrice), cells.amount(F::Amount), cells.discount());
    if cells.text(F::UnitPrice).is_none() && cells.text(F::Amount).is_none() {
        cells.wrong(price_column(cells.columns), Problem::Required);
    }
    let (product, quantity) = (product?, quantity?);
    let (mut derived, mut rounded) = (false, false);
    let unit_price = match (amount, price) {
        // A line amount is final; a price beside it is kept where both agree.
        (Some(amount), price) => match price {
            Some(price) if price.exact && amount.exact && price.money.checked_mul(quantity) == Some(amount.money) => price.money,
            _ => {
                derived = true;
                let shared = amount.decimal.shared_half_up(quantity).ok()?;
                rounded = !amount.exact || shared.checked_mul(quantity) != Some(amount.money);
                shared
            }
        },
        (None, Some(price)) => {
            rounded = !price.exact;
            let (numerator, denominator) = discount.unwrap_or((0, 1));
            price.money.less_discount(numerator, denominator)?
        }
        (None, None) => return None,
    };
    let Some(subtotal) = unit_price.checked_mul(quantity) else {
        cells.wrong(price_column(cells.columns), Problem::TooLarge);
        return None;
    };
    let first = &mut book.products[product];
    if first.row == cells.row.number {
        first.price = unit_price;
    }
    Some(FileLine { row: cells.row.number, product, quantity, unit_price, subtotal, derived, rounded })
}

/// The row's product in the book; its first row gives the data.
fn product<'s>(cells: &mut Cells<'s, '_>, place: usize, book: &mut Book<'s>, known: &mut Known<'s>) -> Option<usize> {
    let (sku, name) = (cells.text(F::Sku), cells.text(F::ProductName));
    let (by, key) = match (sku, name) {
        (Some(sku), _) => (&mut known.skus, sku),
        (None, Some(name)) => (&mut known.product_names, name),
        (None, None) => {
            cells.wrong(if cells.columns.has(F::Sku) { F::Sku } else { F::ProductName }, Problem::Required);
            return None;
        }
    };
    if let Some(&at) = by.get(key) {
        let product = &mut book.products[at];
        if is_renamed(&mut known.products_renamed, at, product.name, name) {
            product.renamed.push(cells.row.number);
        }
        return Some(at);
    }
    let mut found = products::draft(cells).input.check();
    // Without a name, or without a number, the product must be there already.
    found.0.retain(|error| !(matches!(error.field, Field::Name | Field::Sku) && error.problem == Problem::Required));
    cells.take_over(found, F::ProductName);
    by.insert(key, book.products.len());
    let row = cells.row.number;
    book.products.push(FileProduct { row, at: place, name: name.unwrap_or_default(), price: Money::ZERO, renamed: Vec::new() });
    Some(book.products.len() - 1)
}
