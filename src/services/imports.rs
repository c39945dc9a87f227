//! Import of customers, products and order history from csv (rulings §13): read and checked first, then written all or nothing.
//!
//! `sheet` reads the table, `columns` says what each column means, `customers`, `products`, `orders` make drafts of the rows,
//! and they or `history` write them.

mod cells;
pub mod columns;
mod customers;
mod days;
mod history;
mod orders;
mod products;
pub mod sheet;

use self::columns::Columns;
use self::sheet::Sheet;
use super::desk::{Act, Desk};
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, Scope};
use crate::models::import::{ImportKind, ImportOptions, ImportReport};
use crate::models::log::Changes;
use crate::models::rights::{Command, Verb};
use crate::models::session::Actor;
use crate::models::{Error, Result};

/// Imports a file of this kind; see [`customers()`], [`products()`], [`orders()`].
pub fn import(
    desk: &mut Desk,
    kind: ImportKind,
    file: &[u8],
    options: &ImportOptions,
    step: impl FnMut(usize, usize) -> bool,
) -> Result<ImportReport> {
    match kind {
        ImportKind::Customers => customers(desk, file, options, step),
        ImportKind::Products => products(desk, file, options, step),
        ImportKind::Orders => orders(desk, file, options, step),
    }
}

/// Imports customers. `step` (done, of) is told of the rows and stops the import by saying false; then nothing is kept.
/// 4000, 4004 or 4005 with what is wrong by row and column; nothing is kept then either.
pub fn customers(desk: &mut Desk, file: &[u8], options: &ImportOptions, mut step: impl FnMut(usize, usize) -> bool) -> Result<ImportReport> {
    let command = Command::ImportCustomers;
    desk.read(command, |_, _| Ok(()))?;
    let (sheet, columns, mut report) = open(ImportKind::Customers, file, options)?;
    let mut progress = Progress::new(&mut step, sheet.rows.len() * 2);
    let (drafts, repeated) = customers::parse(&sheet, &columns, &mut report.warnings, &mut progress)?;
    report.skipped += repeated;
    commit(desk, command, options, report, |act, report| customers::write(act, &drafts, &columns, options.existing, report, &mut progress))
}

/// Imports products, with their stock as opening movements. As [`customers()`].
pub fn products(desk: &mut Desk, file: &[u8], options: &ImportOptions, mut step: impl FnMut(usize, usize) -> bool) -> Result<ImportReport> {
    let command = Command::ImportProducts;
    desk.read(command, |_, _| Ok(()))?;
    let (sheet, columns, mut report) = open(ImportKind::Products, file, options)?;
    let mut progress = Progress::new(&mut step, sheet.rows.len() * 2);
    let (drafts, repeated) = products::parse(&sheet, &columns, &mut report.warnings, &mut progress)?;
    report.skipped += repeated;
    commit(desk, command, options, report, |act, report| products::write(act, &drafts, &columns, options.existing, report, &mut progress))
}

/// Imports order history, one line a row, and the customers and products that it names and the file does not have. As [`customers()`];
/// 4003 without scope `all` on sales (rulings §8), or without the right to create the customers or products that are missing.
pub fn orders(desk: &mut Desk, file: &[u8], options: &ImportOptions, mut step: impl FnMut(usize, usize) -> bool) -> Result<ImportReport> {
    let command = Command::ImportOrders;
    desk.read(command, |_, actor| reaches_all(actor))?;
    let (sheet, columns, report) = open(ImportKind::Orders, file, options)?;
    let mut progress = Progress::new(&mut step, sheet.rows.len() * 2);
    let book = orders::parse(&sheet, &columns, &mut progress)?;
    commit(desk, command, options, report, |act, report| {
        reaches_all(act.actor)?;
        history::write(act, &book, &columns, options.existing, report, &mut progress)
    })
}

fn reaches_all(actor: &Actor) -> Result<()> {
    let all = actor.rights.scope(Module::Sales) == Scope::All;
    if all { Ok(()) } else { Err(Error::Denied { module: Module::Sales, verb: Verb::Create }) }
}

/// Tells how far the work is, every few rows.
struct Progress<'a> {
    step: &'a mut dyn FnMut(usize, usize) -> bool,
    done: usize,
    of: usize,
}

impl<'a> Progress<'a> {
    fn new(step: &'a mut dyn FnMut(usize, usize) -> bool, of: usize) -> Progress<'a> {
        Progress { step, done: 0, of }
    }

    /// One more row; [`Error::Cancelled`] where the person stopped.
    fn tick(&mut self) -> Result<()> {
        let asked = self.done.is_multiple_of(256);
        self.done += 1;
        if asked && !(self.step)(self.done - 1, self.of) { Err(Error::Cancelled) } else { Ok(()) }
    }
}

/// Reads the table and settles its columns.
fn open(kind: ImportKind, file: &[u8], options: &ImportOptions) -> Result<(Sheet, Columns, ImportReport)> {
    let sheet = Sheet::read(file)?;
    let columns = Columns::of(kind, &sheet.headings, &options.map)?;
    let mut report = ImportReport::new(kind, options.dry_run);
    (report.mapping, report.ignored) = columns.described();
    Ok((sheet, columns, report))
}

/// One transaction with one log row; a dry run does the same and keeps nothing.
fn commit(
    desk: &mut Desk,
    command: Command,
    options: &ImportOptions,
    mut report: ImportReport,
    work: impl FnOnce(&Act<'_>, &mut ImportReport) -> Result<()>,
) -> Result<ImportReport> {
    let mut done = false;
    let outcome = desk.write(command, |act| {
        work(act, &mut report)?;
        log(act, options, &report)?;
        done = true;
        // An error is what undoes a transaction.
        if options.dry_run { Err(Error::Cancelled) } else { Ok(()) }
    });
    match outcome {
        Err(Error::Cancelled) if done && options.dry_run => Ok(report),
        outcome => outcome.map(|()| report),
    }
}

fn log(act: &Act<'_>, options: &ImportOptions, report: &ImportReport) -> Result<()> {
    let mut changes = Changes::default();
    let counts = [
        ("created", report.created),
        ("updated", report.updated),
        ("skipped", report.skipped),
        ("customers", report.customers_created),
        ("products", report.products_created),
        ("orders", report.orders_created),
        ("lines", report.lines),
        ("warnings", report.warnings.total()),
    ];
    for (name, count) in counts.into_iter().filter(|(_, count)| *count > 0) {
        changes.note(name, "", count);
    }
    let kind = act.actor.lang.import_kind(report.kind);
    let values: [&dyn std::fmt::Display; 5] = [&kind, &options.file, &report.created, &report.updated, &report.skipped];
    act.log(Entity::File, 0, fill(act.actor.lang.texts().logs.imported, &values), &changes)
}
