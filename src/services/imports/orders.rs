//! Reading a file of order lines: orders with their lines, and the customers and products it names. Asks the data file nothing.

use std::collections::HashMap;

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

/// What a file of orders holds.
#[derive(Debug, Default)]
pub struct Book {
    pub customers: Vec<FileCustomer>,
    pub products: Vec<FileProduct>,
    pub orders: Vec<FileOrder>,
}

/// A customer that the file names; by code alone where the file has no name.
#[derive(Debug)]
pub struct FileCustomer {
    pub row: usize,
    pub input: CustomerInput,
    /// Rows that give the same code a further name.
    pub renamed: Vec<(usize, String)>,
}

/// A product that the file names, at the unit price of its first line.
#[derive(Debug)]
pub struct FileProduct {
    pub row: usize,
    pub input: ProductInput,
    pub renamed: Vec<(usize, String)>,
}

/// One order. Customer and products are places in the book's lists.
#[derive(Debug)]
pub struct FileOrder {
    pub row: usize,
    pub number: String,
    pub customer: usize,
    pub placed: Moment,
    pub shipped: Option<Moment>,
    /// `None` where the file has no such column.
    pub paid: Option<Money>,
    pub method: Option<String>,
    pub notes: Option<String>,
    pub lines: Vec<FileLine>,
    pub total: Money,
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
pub fn parse(sheet: &Sheet, columns: &Columns, progress: &mut Progress<'_>) -> Result<Book> {
    needed_columns(columns).into_result()?;
    let mut errors = RowErrors::default();
    let placed = days::column(sheet, columns, F::OrderDate, &mut errors);
    let shipped = days::column(sheet, columns, F::ShipDate, &mut errors);
    let mut book = Book::default();
    let mut known = Known::default();
    for (at, row) in sheet.rows.iter().enumerate() {
        progress.tick()?;
        let mut cells = Cells { columns, row, errors: &mut errors };
        let number = cells.required(F::OrderNo);
        if number.is_some_and(|number| number.chars().count() > 50) {
            cells.wrong(F::OrderNo, Problem::TooLong(50));
        }
        if cells.required(F::OrderDate).is_none() {
            continue;
        }
        let customer = customer(&mut cells, &mut book, &mut known);
        let line = line(&mut cells, &mut book, &mut known);
        let paid = if columns.has(F::Paid) { Some(cells.amount(F::Paid).map_or(Money::ZERO, |paid| paid.money)) } else { None };
        let (Some(number), Some(placed)) = (number, placed[at]) else { continue };
        let (Some(customer), Some(line)) = (customer, line) else { continue };
        let (method, notes) = (cells.owned(F::Method), cells.owned(F::Notes));
        let mut found = FieldErrors::default();
        text::check_optional(&mut found, Field::Method, method.as_deref(), 20);
        text::check_optional(&mut found, Field::Notes, notes.as_deref(), 2000);
        cells.take_over(found, F::CustomerName);
        let Some(&known_at) = known.orders.get(number) else {
            known.orders.insert(number.to_owned(), book.orders.len());
            let (number, total, shipped) = (number.to_owned(), line.subtotal, shipped[at]);
            book.orders.push(FileOrder { row: row.number, number, customer, placed, shipped, paid, method, notes, lines: vec![line], total });
            continue;
        };
        let order = &mut book.orders[known_at];
        agree(&mut cells, order, customer, placed, shipped[at], paid);
        match order.total.checked_add(line.subtotal) {
            Some(total) => order.total = total,
            None => cells.wrong(price_column(columns), Problem::TooLarge),
        }
        order.method = order.method.take().or(method);
        order.notes = order.notes.take().or(notes);
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
struct Known {
    customers: HashMap<String, usize>,
    products: HashMap<String, usize>,
    orders: HashMap<String, usize>,
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

fn agree(cells: &mut Cells<'_>, order: &FileOrder, customer: usize, placed: Moment, shipped: Option<Moment>, paid: Option<Money>) {
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
fn customer(cells: &mut Cells<'_>, book: &mut Book, known: &mut Known) -> Option<usize> {
    let (code, name) = (cells.text(F::CustomerCode), cells.text(F::CustomerName));
    if let Some(code) = code
        && let Some(&at) = known.customers.get(&format!("c{code}"))
    {
        let customer = &mut book.customers[at];
        note_name(&customer.input.name, &mut customer.renamed, name, cells.row.number);
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
    let at = *known.customers.entry(customers::key(&input)).or_insert(book.customers.len());
    if at == book.customers.len() {
        book.customers.push(FileCustomer { row: cells.row.number, input, renamed: Vec::new() });
    }
    Some(at)
}

fn note_name(first: &str, renamed: &mut Vec<(usize, String)>, name: Option<&str>, row: usize) {
    if let Some(name) = name
        && name != first
        && !renamed.iter().any(|(_, other)| other == name)
    {
        renamed.push((row, name.to_owned()));
    }
}

/// The row's line, with its product in the book.
fn line(cells: &mut Cells<'_>, book: &mut Book, known: &mut Known) -> Option<FileLine> {
    let product = product(cells, book, known);
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
        first.input.price = unit_price;
    }
    Some(FileLine { row: cells.row.number, product, quantity, unit_price, subtotal, derived, rounded })
}

/// The row's product in the book; its first row gives the data.
fn product(cells: &mut Cells<'_>, book: &mut Book, known: &mut Known) -> Option<usize> {
    let (sku, name) = (cells.text(F::Sku), cells.text(F::ProductName));
    let key = match (sku, name) {
        (Some(sku), _) => format!("s{sku}"),
        (None, Some(name)) => format!("n{name}"),
        (None, None) => {
            cells.wrong(if cells.columns.has(F::Sku) { F::Sku } else { F::ProductName }, Problem::Required);
            return None;
        }
    };
    if let Some(&at) = known.products.get(&key) {
        let product = &mut book.products[at];
        note_name(&product.input.name, &mut product.renamed, name, cells.row.number);
        return Some(at);
    }
    let input = products::draft(cells).input;
    let mut found = input.check();
    // Without a name, or without a number, the product must be there already.
    found.0.retain(|error| !(matches!(error.field, Field::Name | Field::Sku) && error.problem == Problem::Required));
    cells.take_over(found, F::ProductName);
    known.products.insert(key, book.products.len());
    book.products.push(FileProduct { row: cells.row.number, input, renamed: Vec::new() });
    Some(book.products.len() - 1)
}
