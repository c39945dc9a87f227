//! Writing a book of orders into the data file as history: neither reserved nor deducted, paid as given (rulings §6, §13).

use super::orders::{Book, FileCustomer, FileOrder, FileProduct};
use super::{Progress, customers};
use crate::models::choice::{Module, OrderStatus, StockState};
use crate::models::import::{Existing, ImportField, ImportReport, RowErrors, RowProblem, WarningKind};
use crate::models::order::NewLine;
use crate::models::rights::Verb;
use crate::models::{CustomerId, Field, Money, Problem, ProductId, Result, Timestamp};
use crate::repositories as repo;
use crate::repositories::orders::{NewHead, Sold};
use crate::repositories::search::{Batch, Index};
use crate::services::desk::Act;
use crate::services::posting::history::{PastPayment, PaymentNumbers, pay, roll_up};
use crate::services::products;

use ImportField as F;

/// A customer of the data file, and what the new orders add to his figures.
struct Account {
    id: CustomerId,
    outstanding: i64,
    last_order: Option<Timestamp>,
}

/// A product of the data file with its present cost.
struct Good {
    id: ProductId,
    cost_price: Money,
}

/// Writes the orders of a book that the data file does not have yet; nothing is kept where something is wrong.
pub fn write(act: &Act<'_>, book: &Book<'_>, existing: Existing, report: &mut ImportReport, progress: &mut Progress<'_>) -> Result<()> {
    let mut errors = RowErrors::default();
    let new = new_orders(act, book, existing, report, &mut errors)?;
    let mut accounts: Vec<Option<Account>> = book.customers.iter().map(|_| None).collect();
    let mut goods: Vec<Option<Good>> = book.products.iter().map(|_| None).collect();
    for order in &new {
        if accounts[order.customer].is_none() {
            let id = account(act, book, &book.customers[order.customer], report, &mut errors)?;
            accounts[order.customer] = id.map(|id| Account { id, outstanding: 0, last_order: None });
        }
        for line in &order.lines {
            if goods[line.product].is_none() {
                goods[line.product] = good(act, book, &book.products[line.product], report, &mut errors)?;
            }
        }
        // What is missing is told once per record, not once per line.
        if errors.total >= RowErrors::KEPT {
            break;
        }
    }
    errors.into_result()?;
    let payments = new.iter().filter(|order| !paid_of(order).is_zero()).count();
    let mut numbers = PaymentNumbers::take(act, payments)?;
    let mut search = Batch::new(Index::Orders);
    for order in new {
        progress.tick()?;
        let Some(account) = &mut accounts[order.customer] else { continue };
        write_order(act, order, account, &goods, &mut numbers, &mut search, report)?;
    }
    for account in accounts.into_iter().flatten() {
        roll_up(act, account.id, account.outstanding, account.last_order)?;
    }
    search.finish(act.tx)
}

/// The orders that are not there yet. Refuses numbers of our own pattern and days to come.
fn new_orders<'b>(
    act: &Act<'_>,
    book: &'b Book<'b>,
    existing: Existing,
    report: &mut ImportReport,
    errors: &mut RowErrors,
) -> Result<Vec<&'b FileOrder<'b>>> {
    let mut new = Vec::with_capacity(book.orders.len());
    let prefixes = ["O", "Q", "R", &act.config.order_prefix, &act.config.quote_prefix, &act.config.payment_prefix];
    for order in &book.orders {
        let mut wrong = |field: ImportField, problem| errors.add(order.row, book.columns.heading(field), RowProblem::Field(field.field(), problem));
        if prefixes.iter().any(|prefix| is_own_pattern(order.number, prefix)) {
            wrong(F::OrderNo, Problem::OwnPattern);
            continue;
        }
        if order.placed.0 > act.actor.today {
            wrong(F::OrderDate, Problem::InTheFuture);
        }
        if order.shipped.is_some_and(|(day, _)| day > act.actor.today) {
            wrong(F::ShipDate, Problem::InTheFuture);
        }
        match (repo::orders::by_number(act.tx, order.number)?, existing) {
            (None, _) => new.push(order),
            (Some(_), Existing::Refuse) => wrong(F::OrderNo, Problem::Taken),
            (Some(_), existing) => {
                report.skipped += 1;
                if existing == Existing::Update {
                    report.warnings.add(WarningKind::OrderKept, order.row);
                }
            }
        }
    }
    Ok(new)
}

/// `O20260130001`: prefix, eight digits of a day, three or more digits.
fn is_own_pattern(number: &str, prefix: &str) -> bool {
    let start = number.get(..prefix.len()).filter(|start| start.eq_ignore_ascii_case(prefix));
    let digits = start.and_then(|start| number.get(start.len()..));
    digits.is_some_and(|digits| digits.len() >= 11 && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// The customer in the data file; a new one where the file names him.
fn account(
    act: &Act<'_>,
    book: &Book<'_>,
    customer: &FileCustomer<'_>,
    report: &mut ImportReport,
    errors: &mut RowErrors,
) -> Result<Option<CustomerId>> {
    let (input, columns) = (book.customer(customer), book.columns);
    for row in &customer.renamed {
        report.warnings.add(WarningKind::SecondName, *row);
    }
    let found = if input.code.is_none() && !columns.has(F::Phone) {
        match repo::customers::by_name(act.tx, &input.name)?.as_slice() {
            [] => None,
            [one] => Some(*one),
            _ => {
                errors.add(customer.row, columns.heading(F::CustomerName), RowProblem::Ambiguous(Field::Customer));
                return Ok(None);
            }
        }
    } else {
        customers::find(act, &input)?
    };
    if found.is_some() {
        return Ok(found);
    }
    if input.name.is_empty() {
        errors.add(customer.row, columns.heading(F::CustomerCode), RowProblem::Field(Field::Customer, Problem::NotFound));
        return Ok(None);
    }
    act.actor.need(Module::Customer, Verb::Create)?;
    report.customers_created += 1;
    Ok(Some(repo::customers::insert(act.tx, &input, act.actor.user, act.actor.now)?))
}

/// The product in the data file; a new one where the file gives it a number and a name.
fn good(act: &Act<'_>, book: &Book<'_>, product: &FileProduct<'_>, report: &mut ImportReport, errors: &mut RowErrors) -> Result<Option<Good>> {
    let (mut input, columns) = (book.product(product), book.columns);
    for row in &product.renamed {
        report.warnings.add(WarningKind::SecondName, *row);
    }
    let (found, column) = if input.sku.is_empty() {
        match repo::products::by_name(act.tx, &input.name)?.as_slice() {
            [] => (None, F::ProductName),
            [one] => (Some(*one), F::ProductName),
            _ => {
                errors.add(product.row, columns.heading(F::ProductName), RowProblem::Ambiguous(Field::Product));
                return Ok(None);
            }
        }
    } else {
        (repo::products::by_sku(act.tx, &input.sku)?, F::Sku)
    };
    if let Some(id) = found {
        let cost_price = crate::services::posting::shelf(act, id)?.cost_price;
        return Ok(Some(Good { id, cost_price }));
    }
    if input.sku.is_empty() || input.name.is_empty() {
        errors.add(product.row, columns.heading(column), RowProblem::Field(Field::Product, Problem::NotFound));
        return Ok(None);
    }
    if let Some(barcode) = &input.barcode
        && repo::products::by_barcode(act.tx, barcode)?.is_some()
    {
        errors.add(product.row, columns.heading(F::Barcode), RowProblem::Field(Field::Barcode, Problem::Taken));
        return Ok(None);
    }
    act.actor.need(Module::Inventory, Verb::Create)?;
    products::hide_cost(&mut input.cost_price, act.actor);
    input.threshold = act.config.default_threshold;
    let id = repo::products::insert(act.tx, &input, act.actor.now)?;
    report.products_created += 1;
    report.warnings.add(WarningKind::DerivedProductPrice, product.row);
    Ok(Some(Good { id, cost_price: input.cost_price.unwrap_or_default() }))
}

/// What was paid: as given, else all of it.
fn paid_of(order: &FileOrder<'_>) -> Money {
    order.paid.unwrap_or(order.total)
}

fn write_order(
    act: &Act<'_>,
    order: &FileOrder<'_>,
    account: &mut Account,
    goods: &[Option<Good>],
    numbers: &mut PaymentNumbers,
    search: &mut Batch,
    report: &mut ImportReport,
) -> Result<()> {
    let zone = act.actor.zone;
    let order_date = order.placed.0.at(order.placed.1, zone);
    let ship_date = order.shipped.map(|(day, time)| day.at(time, zone));
    let paid = paid_of(order);
    let settled = paid == order.total;
    let status = match (ship_date, settled) {
        (Some(_), true) => OrderStatus::Completed,
        (Some(_), false) => OrderStatus::Shipped,
        (None, true) => OrderStatus::Paid,
        (None, false) => OrderStatus::PendingPayment,
    };
    let priced = order.lines.iter().filter_map(|line| goods[line.product].as_ref().map(|good| (line.quantity, good.cost_price)));
    let sold = priced.fold(Sold::default(), |sold, (pieces, cost)| sold.plus(pieces, cost));
    let head = NewHead {
        quote: None,
        order_no: order.number,
        external_no: Some(order.number),
        customer: account.id,
        total: order.total,
        status,
        order_date,
        order_day: order.placed.0,
        ship_date,
        complete_date: ship_date.filter(|_| settled),
        stock_state: StockState::Untracked,
        notes: order.notes,
        sold,
        by: act.actor.user,
        now: act.actor.now,
    };
    let id = repo::orders::insert_row(act.tx, &head)?;
    search.add(act.tx, id.0, &repo::orders::search_texts(&head))?;
    for line in &order.lines {
        let Some(good) = &goods[line.product] else { continue };
        let new = NewLine { product: good.id, quantity: line.quantity, unit_price: line.unit_price };
        repo::orders::insert_item(act.tx, id, &new, line.subtotal, good.cost_price)?;
        report.lines += 1;
        if line.derived {
            report.warnings.add(WarningKind::DerivedPrice, line.row);
        }
        if line.rounded {
            report.warnings.add(WarningKind::RoundedAmount, line.row);
        }
    }
    if !paid.is_zero() {
        pay(act, numbers, &PastPayment { order: id, amount: paid, paid_at: order_date, method: order.method })?;
        report.payments += 1;
        if order.paid.is_none() {
            report.warnings.add(WarningKind::AssumedPayment, order.row);
        }
    }
    account.outstanding += order.total.fen() - paid.fen();
    account.last_order = account.last_order.max(Some(order_date));
    report.created += 1;
    report.orders_created += 1;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_our_own_pattern() {
        for number in ["O20260130001", "o20260130001", "O202601300012"] {
            assert!(is_own_pattern(number, "O"), "{number}");
        }
        for number in ["10248", "CA-2016-152156", "O2026013000", "OX20260130001", "订单20260130001"] {
            assert!(!is_own_pattern(number, "O"), "{number}");
        }
    }
}
